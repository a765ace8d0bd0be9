//! The connection to one PBX: connects, logs in, asks for the state, follows it, places orders, and does so
//! again after every loss. Knows sockets and time; what messages mean is the map's.

mod login;
mod orders;
mod pace;
mod pending;
mod probe;
mod session;

use chrono::{DateTime, Utc};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

pub use self::pace::Pace;
pub use self::probe::{Found, probe};
pub use self::session::Loss;

use self::pace::Backoff;
use self::session::Session;
use super::map::Map;
use super::recordings::Shelf;
use super::settings::Settings;
use crate::domain::desk::Link;
use crate::telephony::asterisk::NAME;
use crate::telephony::{Abilities, Event, OrderError, Placed, Provider};

/// Where the time comes from.
pub type Clock = fn() -> DateTime<Utc>;

/// The Asterisk provider.
pub struct Asterisk {
    settings: Settings,
    pace: Pace,
    clock: Clock,
}

impl Asterisk {
    pub fn new(settings: Settings, clock: Clock) -> Asterisk {
        Asterisk { settings, pace: Pace::default(), clock }
    }

    pub fn with_pace(self, pace: Pace) -> Asterisk {
        Asterisk { pace, ..self }
    }
}

impl Provider for Asterisk {
    fn name(&self) -> &'static str {
        NAME
    }

    fn abilities(&self) -> Abilities {
        let play_on_phone = self.settings.shelf.as_ref().is_some_and(Shelf::is_played_by_pbx);
        Abilities { transfer: true, play_on_phone, ..Abilities::default() }
    }

    async fn run(self, events: mpsc::Sender<Event>, mut orders: mpsc::Receiver<Placed>) {
        let mut map = Map::new(self.settings.trunks.clone());
        let mut backoff = Backoff::new(&self.pace);
        let mut outage = Outage::default();
        let _ = events.send(Event::Link(Link::Connecting)).await;
        while !events.is_closed() {
            let began = Instant::now();
            let loss = match self.connect(&events, &mut orders).await {
                Ok(mut session) => {
                    outage = Outage::default();
                    session.follow(&mut map, &events, &mut orders).await
                }
                Err(loss) => loss,
            };
            let now = (self.clock)();
            map.disconnected(now);
            tracing::warn!(reason = %loss, "telephony connection lost");
            if let Some(link) = outage.go_on(&loss, now) {
                let _ = events.send(Event::Link(link)).await;
            }
            let pause = backoff.after(&loss, began.elapsed());
            pause_refusing(&events, &mut orders, Instant::now() + pause).await;
        }
    }
}

impl Asterisk {
    async fn connect(
        &self,
        events: &mpsc::Sender<Event>,
        orders: &mut mpsc::Receiver<Placed>,
    ) -> Result<Session, Loss> {
        tokio::select! {
            opened = Session::open(&self.settings, &self.pace, self.clock) => opened,
            () = refuse_all(orders) => Err(Loss::Closed),
            () = events.closed() => Err(Loss::Closed),
        }
    }
}

/// From the loss of one connection to the next: one outage, however many attempts fail meanwhile.
#[derive(Default)]
struct Outage {
    said: Option<(DateTime<Utc>, Loss)>,
}

impl Outage {
    /// What is to be said of another failure; `None` when it is what was said before.
    fn go_on(&mut self, loss: &Loss, now: DateTime<Utc>) -> Option<Link> {
        let since = match &self.said {
            Some((_, said)) if said == loss => return None,
            Some((since, _)) => *since,
            None => now,
        };
        self.said = Some((since, loss.clone()));
        Some(Link::Down { since, reason: loss.reason() })
    }
}

async fn pause_refusing(events: &mpsc::Sender<Event>, orders: &mut mpsc::Receiver<Placed>, until: Instant) {
    tokio::select! {
        () = sleep_until(until) => {}
        () = refuse_all(orders) => {}
        () = events.closed() => {}
    }
}

/// Never ends while orders can come.
async fn refuse_all(orders: &mut mpsc::Receiver<Placed>) {
    while let Some(placed) = orders.recv().await {
        let _ = placed.done.send(Err(OrderError::NotConnected));
    }
    std::future::pending::<()>().await;
}
