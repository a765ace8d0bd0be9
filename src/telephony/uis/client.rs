//! The UIS provider as it runs: the switchboard with its ear, and beside it whoever learns the account's zone and its
//! people. Neither waits for the other: notifications count even while the platform answers no question.

use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::time::{sleep, timeout};

use super::account::{Account, USUAL_ZONE};
use super::history::{Calls, Leads};
use super::listener::{Heard, Listener};
use super::orders::Orders;
use super::recordings::Media;
use super::rpc::RpcError;
use super::switchboard::{self, Lines, Switchboard};
use super::{Clock, NAME};
use crate::domain::desk::Link;
use crate::domain::reason::Trouble;
use crate::telephony::web::NoTls;
use crate::telephony::{Abilities, Archive, Event, Hearing, Placed, Provider};

/// Between two readings of the account's people and numbers.
const OFFICE: Duration = Duration::from_secs(4 * 60 * 60);

/// First pause after a reading that failed; doubles up to the longest, each varied by half.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_secs(10 * 60);

/// How long what runs waits for the account's zone, without which its times may be hours off.
const ZONE: Duration = Duration::from_secs(4);

/// Notifications that wait for their turn; a clinic has some a second.
const HEARD: usize = 256;

pub struct Uis {
    account: Arc<Account>,
    clock: Clock,
}

impl Uis {
    pub fn new(account: Arc<Account>, clock: Clock) -> Uis {
        Uis { account, clock }
    }

    /// What the account has of the past.
    pub fn archive(account: &Arc<Account>) -> Result<Archive, NoTls> {
        let media = Media::new(&account.settings.media_hosts)?;
        Ok(Archive {
            histories: vec![Arc::new(Calls::new(account.clone())), Arc::new(Leads::new(account.clone()))],
            recordings: Some(Arc::new(media)),
        })
    }

    /// What is heard meanwhile waits at the listener's door.
    async fn serve(&self, events: &mpsc::Sender<Event>, mut lines: Lines) {
        let _ = timeout(ZONE, lines.account.changed()).await;
        let (orders, poll) = (Orders(self.account.clone()), self.account.settings.poll);
        Switchboard { orders, poll, clock: self.clock.clone(), events: events.clone() }.run(lines).await;
    }

    /// Learns who works there, again and again.
    async fn keep_office(&self, events: &mpsc::Sender<Event>, told: watch::Sender<switchboard::Account>) {
        let mut pause = FIRST_PAUSE;
        loop {
            match self.read_office(events, &told).await {
                Ok(()) => {
                    pause = FIRST_PAUSE;
                    sleep(OFFICE).await;
                }
                Err(error) => {
                    tracing::warn!(reason = %error, "the account's people cannot be read");
                    sleep(pause.mul_f64(rand::random_range(0.5..1.5))).await;
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
            }
        }
    }

    async fn read_office(
        &self,
        events: &mpsc::Sender<Event>,
        told: &watch::Sender<switchboard::Account>,
    ) -> Result<(), RpcError> {
        let zone = self.account.zone().await?;
        // Even an account that shows nobody has a zone.
        told.send_modify(|account| account.zone = zone);
        let directory = self.account.read_directory().await?;
        told.send_modify(|account| account.staff = directory.staff());
        let _ = events.send(Event::Office(Box::new(directory.office()))).await;
        Ok(())
    }

    /// Keeps our own ear open, where one is configured: another program may have its place for a while.
    async fn listen(&self, events: &mpsc::Sender<Event>, ear: mpsc::Sender<Heard>) {
        let Some(settings) = self.account.settings.listener.clone() else { return pending().await };
        let mut deaf = false;
        loop {
            match Listener::bind(settings.clone(), ear.clone()).await {
                Ok(listener) => {
                    if std::mem::take(&mut deaf) {
                        let _ = events.send(Event::Hearing(Hearing::Well)).await;
                    }
                    let ended = listener.serve().await;
                    tracing::error!(kind = ?ended.err().map(|error| error.kind()), "the listener stopped");
                }
                Err(error) if !std::mem::replace(&mut deaf, true) => {
                    let reason = Trouble::Port.because(format!("{}: {}", settings.address, error.kind()));
                    let hearing = Hearing::Deaf { since: (self.clock)(), reason };
                    let _ = events.send(Event::Hearing(hearing)).await;
                }
                Err(_) => {}
            }
            sleep(FIRST_PAUSE).await;
        }
    }
}

impl Provider for Uis {
    fn name(&self) -> &'static str {
        NAME
    }

    fn abilities(&self) -> Abilities {
        Abilities { transfer: true, hold: true, consult: true, tag: true, play_on_phone: false }
    }

    async fn run(self, events: mpsc::Sender<Event>, orders: mpsc::Receiver<Placed>) {
        let _ = events.send(Event::Link(Link::Connecting)).await;
        let (ear, heard) = mpsc::channel(HEARD);
        let heard = self.account.settings.listener.is_some().then_some(heard);
        let nobody = switchboard::Account { zone: USUAL_ZONE, staff: Default::default() };
        let (told, account) = watch::channel(nobody);
        tokio::select! {
            () = self.serve(&events, Lines { heard, orders, account }) => {}
            () = self.keep_office(&events, told) => {}
            () = self.listen(&events, ear) => {}
        }
    }
}
