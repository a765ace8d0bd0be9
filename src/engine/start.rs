//! Starts what runs beside the answers: the provider, the intake of what it says, the readers of its past, the keeping
//! of recordings.

use chrono_tz::Tz;
use tokio::sync::{mpsc, watch};

use super::ingest::{Ear, Intake};
use super::scribe::Scribe;
use super::sounds::{Keeper, Sounds};
use super::sync::{self, Past};
use super::{Clock, Engine, Outside};
use crate::domain::desk::Link;
use crate::store::Store;
use crate::telephony::{Event, Placed, Provider};

/// Provider events that may wait for the store.
const EVENTS_WAITING: usize = 1024;
const ORDERS_WAITING: usize = 16;

impl Engine {
    /// Starts the provider and takes in what it says as long as the runtime lives. Needs a tokio runtime.
    pub fn start<P: Provider>(
        store: Store,
        zone: Tz,
        clock: Clock,
        outside: impl Into<Outside<P>>,
    ) -> Engine {
        let Outside { provider, archive, pace, keeping } = outside.into();
        let mut engine = Engine::alone(store.clone(), zone, clock.clone());
        let scribe = Scribe { store, clock, teller: engine.teller.clone() };
        let (link, heard) = watch::channel(Link::Connecting);
        let heard_again = watch::Sender::new(());
        let has_record = sync::record_of(&archive.histories, provider.name()).is_some();
        let ear = Ear::of(provider.name(), has_record, pace.heartbeat * 2);
        let intake = Intake {
            scribe: scribe.clone(),
            link,
            ear,
            heartbeat: pace.heartbeat,
            heard_again: heard_again.clone(),
        };
        engine.link = heard;
        engine.abilities = provider.abilities();
        engine.sounds = archive
            .recordings
            .zip(keeping)
            .map(|(source, keeping)| Sounds::start(Keeper { scribe: scribe.clone(), keeping, source }));
        Past { scribe: scribe.clone(), zone, pace }.read(&archive.histories, &heard_again);
        engine.orders = Some(hear(provider, intake, scribe));
        engine
    }
}

/// Both tasks live as long as the runtime; a part that failed by a fault of ours must not look healthy.
fn hear<P: Provider>(provider: P, intake: Intake, scribe: Scribe) -> mpsc::Sender<Placed> {
    let (orders, placed) = mpsc::channel(ORDERS_WAITING);
    let (said, events) = mpsc::channel(EVENTS_WAITING);
    let (link, clock) = (intake.link.clone(), scribe.clock.clone());
    let fault =
        move || Link::Down { since: clock(), reason: "a fault of pult itself: start it again".into() };
    let speaks = tokio::spawn(provider.run(said.clone(), placed));
    let listens = tokio::spawn(intake.run(events));
    let silent = fault.clone();
    tokio::spawn(async move {
        if speaks.await.is_err_and(|error| error.is_panic()) {
            // Nobody hears it any more: a gap like any other. With the intake gone too, the desks know already.
            let _ = said.send(Event::Link(silent())).await;
        }
    });
    tokio::spawn(async move {
        if listens.await.is_err_and(|error| error.is_panic()) {
            link.send_replace(fault());
            scribe.teller.link(fault());
        }
    });
    orders
}
