//! The adapter's live side as it runs: what notifications, lists and orders say goes through one map and out as events.
//! One task owns the map; questions to the platform run beside it, so that none of them keeps a notification waiting.

use std::collections::HashSet;
use std::time::Duration;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use super::limits::Need;
use super::listener::{Heard, What};
use super::live::{Ear, ListedCall, Live, Staff};
use super::orders::{Orders, Outcome};
use super::poll::{self, Picture};
use super::rpc::RpcError;
use super::{Clock, NAME};
use crate::domain::call::Snapshot;
use crate::domain::desk::Link;
use crate::domain::reason::{Reason, Trouble};
use crate::telephony::{Event, OrderError, Placed};

/// Points that come back sooner are waited for without a word; longer than this nobody may be blind and say nothing.
const BLIND: Duration = Duration::from_secs(90);

/// After an order the picture changes at once.
const AFTER_ORDER: Duration = Duration::from_millis(300);

const NO_POINTS: &str = "the account's questions of the day are used up, and no notifications come";

/// What the live side is made of.
pub struct Switchboard {
    pub orders: Orders,
    /// Between two looks at what runs, while anything does.
    pub poll: Duration,
    pub clock: Clock,
    pub events: mpsc::Sender<Event>,
}

/// Where news come from.
pub struct Lines {
    /// `None`: no listener is configured.
    pub heard: Option<mpsc::Receiver<Heard>>,
    pub orders: mpsc::Receiver<Placed>,
    pub account: watch::Receiver<Account>,
}

/// What the account says of itself; changes while we run.
#[derive(Clone, PartialEq, Debug)]
pub struct Account {
    /// In which the platform writes its times.
    pub zone: Tz,
    pub staff: Staff,
}

/// A question to the platform that was answered.
enum Answered {
    List { asked: DateTime<Utc>, answer: Result<(Vec<ListedCall>, usize), RpcError> },
    Order { outcome: Outcome, done: oneshot::Sender<Result<(), OrderError>> },
}

struct Running {
    board: Switchboard,
    live: Live,
    ear: Ear,
    /// Notifications have come since we began, and none is missing.
    hears: bool,
    /// Calls that ran when the link was made: they were announced before, to nobody.
    met: HashSet<String>,
    link: Link,
    asking: JoinSet<Answered>,
    next_list: Option<Instant>,
    /// We did not ask last time, for want of points.
    spared: bool,
}

/// Nobody listens to us any more.
struct Closed;

impl Switchboard {
    /// Until nobody listens.
    pub async fn run(self, mut lines: Lines) {
        let account = lines.account.borrow_and_update().clone();
        let mut running = Running {
            live: Live::new(account.zone),
            board: self,
            ear: Ear::default(),
            hears: false,
            met: HashSet::new(),
            link: Link::Connecting,
            asking: JoinSet::new(),
            next_list: Some(Instant::now()),
            spared: false,
        };
        running.live.meet(account.zone, account.staff);
        while running.step(&mut lines).await.is_ok() {}
    }
}

impl Running {
    async fn step(&mut self, lines: &mut Lines) -> Result<(), Closed> {
        let events = self.board.events.clone();
        let list_at = self.next_list;
        tokio::select! {
            Some(heard) = next(&mut lines.heard) => self.hear(heard).await,
            Some(placed) = lines.orders.recv() => { self.place(placed); Ok(()) }
            Some(Ok(answered)) = self.asking.join_next() => self.take(answered, lines.heard.is_some()).await,
            Ok(()) = lines.account.changed() => { self.meet(lines.account.borrow_and_update().clone()); Ok(()) }
            () = sleep_until(list_at.unwrap_or_else(Instant::now)), if list_at.is_some() => self.ask_list().await,
            () = events.closed() => Err(Closed),
        }
    }

    fn now(&self) -> DateTime<Utc> {
        (self.board.clock)()
    }

    async fn tell(&self, event: Event) -> Result<(), Closed> {
        self.board.events.send(event).await.map_err(|_| Closed)
    }

    async fn tell_calls(&self, calls: impl IntoIterator<Item = Snapshot>) -> Result<(), Closed> {
        for call in calls {
            self.tell(Event::Call(Box::new(call))).await?;
        }
        Ok(())
    }

    /// The receipt comes last: once it is told, all that the notification said is on the disk.
    async fn hear(&mut self, heard: Heard) -> Result<(), Closed> {
        let now = self.now();
        self.hears = true;
        if let Some(hearing) = self.ear.hear() {
            self.tell(Event::Hearing(hearing)).await?;
        }
        match heard.what {
            What::Notice(notice) => {
                let news = self.live.hear(*notice, now);
                self.tell_calls(news).await?;
            }
            What::Unread(unread) => self.tell(Event::Unread(unread)).await?,
        }
        self.tell(Event::Receipt(heard.receipt)).await
    }

    fn place(&mut self, placed: Placed) {
        let orders = self.board.orders.clone();
        self.asking.spawn(async move {
            let outcome = orders.carry_out(placed.order).await;
            Answered::Order { outcome, done: placed.done }
        });
    }

    fn meet(&mut self, account: Account) {
        self.live.meet(account.zone, account.staff);
    }

    /// Not while the points are spent: orders need the first ones that come back.
    async fn ask_list(&mut self) -> Result<(), Closed> {
        let asked = self.now();
        let rpc = self.board.orders.0.calls.clone();
        let spared = std::mem::take(&mut self.spared);
        if let Err(pause) = rpc.meter().admit(Need::Live, asked)
            && let Some(rest) = poll::sparing(pause.max(rpc.patience().retry), spared)
        {
            self.spared = true;
            self.next_list = Some(Instant::now() + rest);
            let blind = pause > BLIND && !self.hears;
            return if blind { self.lose(Trouble::Limit.because(NO_POINTS)).await } else { Ok(()) };
        }
        self.next_list = None;
        self.asking.spawn(async move { Answered::List { asked, answer: poll::running(&rpc).await } });
        Ok(())
    }

    async fn take(&mut self, answered: Answered, listens: bool) -> Result<(), Closed> {
        match answered {
            Answered::List { asked, answer: Ok((calls, unread)) } => {
                if unread > 0 {
                    tracing::warn!(unread, "running calls could not be read");
                }
                self.list(&calls, asked).await?;
                if listens {
                    self.doubt(&calls).await?;
                }
            }
            Answered::List { answer: Err(error), .. } => {
                tracing::warn!(%error, "the platform does not say what runs");
                let pause = self.board.poll.max(self.board.orders.0.calls.patience().retry);
                self.next_list = Some(Instant::now() + pause);
                self.lose(error.reason()).await?;
            }
            Answered::Order { outcome, done } => self.settle(outcome, done).await?,
        }
        Ok(())
    }

    async fn list(&mut self, calls: &[ListedCall], asked: DateTime<Utc>) -> Result<(), Closed> {
        let now = self.now();
        let news = self.live.list(calls, asked, now);
        self.live.forget(now);
        if !matches!(self.link, Link::Up { .. }) {
            self.met = calls.iter().map(|call| call.id.clone()).collect();
            self.tell(Event::Live { provider: NAME.into(), calls: self.live.running() }).await?;
            self.link = Link::Up { since: now };
            self.tell(Event::Link(self.link.clone())).await?;
        }
        self.tell_calls(news).await?;
        let meter = self.board.orders.0.calls.meter();
        let picture = Picture {
            poll: self.board.poll,
            anything_live: self.live.is_anything_live(),
            hearing: self.hears,
            limits: meter.limits(),
        };
        let spent = meter.admit(Need::Live, now).is_err();
        self.next_list = Some(Instant::now() + if spent { Duration::ZERO } else { picture.pause(now) });
        Ok(())
    }

    /// Calls run: was any of them announced?
    async fn doubt(&mut self, calls: &[ListedCall]) -> Result<(), Closed> {
        let new = || calls.iter().filter(|call| !self.met.contains(&call.id));
        let unheard = new().next().is_some() && !calls.iter().any(|call| self.live.has_heard_of(&call.id));
        if let Some(hearing) = self.ear.listed(unheard, self.now()) {
            self.hears = false;
            self.tell(Event::Hearing(hearing)).await?;
        }
        Ok(())
    }

    async fn lose(&mut self, reason: Reason) -> Result<(), Closed> {
        let since = match &self.link {
            Link::Down { reason: told, .. } if *told == reason => return Ok(()),
            Link::Down { since, .. } => *since,
            _ => self.now(),
        };
        self.link = Link::Down { since, reason };
        self.tell(Event::Link(self.link.clone())).await
    }

    async fn settle(
        &mut self,
        outcome: Outcome,
        done: oneshot::Sender<Result<(), OrderError>>,
    ) -> Result<(), Closed> {
        let now = self.now();
        let (dialled, result) = match outcome {
            Ok(dialled) => (dialled, Ok(())),
            Err(error) => (None, Err(error)),
        };
        // A desk that no longer waits for the answer is no error.
        let _ = done.send(result);
        self.next_list = self.next_list.map(|at| at.min(Instant::now() + AFTER_ORDER));
        let news = dialled.and_then(|(id, dialled)| self.live.dialled(id, dialled, now));
        self.tell_calls(news).await
    }
}

/// Never, where nothing is listened to.
async fn next(heard: &mut Option<mpsc::Receiver<Heard>>) -> Option<Heard> {
    match heard {
        Some(heard) => heard.recv().await,
        None => std::future::pending().await,
    }
}
