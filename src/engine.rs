//! The running desk without a screen. Takes what providers say into the store, recognises callers, tells every
//! desk what changed, answers their requests, passes their orders on. It owns time; it knows no screen.

mod answer;
mod figures;
mod ingest;
mod order;
mod report;
mod scribe;
pub mod sounds;
mod start;
pub mod sync;
mod teller;
mod write;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use tokio::sync::{broadcast, mpsc, watch};

use crate::domain::desk::{Change, Link, Refusal, Reply, Request, Trouble};
use crate::domain::id::PersonId;
use crate::store::{Author, Store, directories};
use crate::telephony::{Abilities, Archive, Placed, Provider};

use sounds::Sounds;
use teller::Teller;

pub use figures::Figures;
pub use sounds::Heard;

/// Changes a slow desk may fall behind before it is told to ask for the board again.
const CHANGES_KEPT: usize = 256;

/// Where the time comes from; tests bring their own.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// Who sits at a desk.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Operator {
    pub employee: Option<PersonId>,
    /// Their own phone: rings first in click-to-call.
    pub extension: Option<String>,
}

impl Operator {
    /// Employees may come from the provider after the desk was opened: then the phone tells who sits there.
    fn employee_in(&self, store: &Store) -> Option<PersonId> {
        let at_phone =
            |extension: &String| store.read(|conn| directories::employee_at(conn, extension)).ok().flatten();
        self.employee.or_else(|| self.extension.as_ref().and_then(at_phone))
    }
}

/// A provider, its past, and what the engine does with both by itself.
pub struct Outside<P> {
    pub provider: P,
    pub archive: Archive,
    pub pace: sync::Pace,
    /// `None`: recordings stay where they are.
    pub keeping: Option<sounds::Keeping>,
}

impl<P: Provider> From<P> for Outside<P> {
    fn from(provider: P) -> Outside<P> {
        Outside { provider, archive: Archive::default(), pace: sync::Pace::default(), keeping: None }
    }
}

/// A cheap handle; clones share one running desk.
#[derive(Clone)]
pub struct Engine {
    figures: Figures,
    clock: Clock,
    teller: Teller,
    link: watch::Receiver<Link>,
    orders: Option<mpsc::Sender<Placed>>,
    abilities: Abilities,
    sounds: Option<Sounds>,
}

impl Engine {
    /// An engine without telephony: calls are logged by hand.
    pub fn alone(store: Store, zone: Tz, clock: Clock) -> Engine {
        let (_, link) = watch::channel(Link::Absent);
        let figures = Figures::new(store, zone);
        let teller = Teller::new(figures.clone(), CHANGES_KEPT);
        Engine { figures, clock, teller, link, orders: None, abilities: Abilities::default(), sounds: None }
    }

    /// Reads what the report needs, so that the first question need not wait; tells every desk how far it is. Blocks.
    pub fn read_figures(&self) {
        let last = AtomicU64::new(0);
        let told = |done: u64, total: u64| {
            let percent = done * 100 / total.max(1);
            if last.swap(percent, Ordering::Relaxed) != percent {
                self.teller.reading(done, total);
            }
        };
        match self.figures.catch_up(&told) {
            Ok(()) => self.figures.save(),
            Err(error) => tracing::error!(%error, "the report's figures could not be read"),
        }
        self.teller.reading(1, 1);
    }

    /// Writes down what makes the next start quick. Blocks.
    pub fn close(&self) {
        self.figures.save();
    }

    /// What happens from now on. A receiver that lags must ask for the board again (`Change::Resync`).
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.teller.listen()
    }

    /// Which orders the provider can carry out.
    pub fn abilities(&self) -> Abilities {
        self.abilities
    }

    pub fn link(&self) -> Link {
        self.link.borrow().clone()
    }

    /// What keeps recordings from being fetched now.
    pub fn trouble(&self) -> Option<Trouble> {
        self.sounds.as_ref().and_then(Sounds::trouble)
    }

    /// Answers one request. Reads never wait for writes, but a report waits while its figures are brought up to date;
    /// writes return once they are durable.
    pub async fn ask(&self, operator: &Operator, request: Request) -> Result<Reply, Refusal> {
        match order::from(&request, operator) {
            Some(order) => self.place(order?).await,
            None => self.answer(operator, request).await,
        }
    }

    async fn answer(&self, operator: &Operator, request: Request) -> Result<Reply, Refusal> {
        let now = (self.clock)();
        let (figures, teller, operator) = (self.figures.clone(), self.teller.clone(), operator.clone());
        let answer = move || {
            let author = Author { employee: operator.employee_in(&figures.store), at: now };
            answer::Asked { figures, author, teller }.answer(request)
        };
        tokio::task::spawn_blocking(answer)
            .await
            .unwrap_or_else(|_| Err(Refusal::Store("the request was cut short".into())))
    }
}
