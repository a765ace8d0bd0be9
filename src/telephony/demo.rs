//! A provider that plays a written day of calls, so that the whole desk can be tried and tested without a PBX.
//! The calls answer themselves (there is no telephone here); orders are carried out as a PBX would.

mod record;
pub mod recordings;
mod scene;
pub mod script;
mod stage;

use chrono::{DateTime, Utc};
use tokio::sync::mpsc;

use super::{Abilities, Event, Placed, Provider};
use crate::domain::desk::Link;
pub use record::Record;
pub use script::Script;
pub use stage::Stage;

pub const NAME: &str = "demo";

pub struct Demo {
    pub script: Script,
    /// Seconds of the script that pass in one real second.
    pub speed: f64,
    pub clock: fn() -> DateTime<Utc>,
    /// What it keeps of its calls, to be read by whoever was not told.
    pub record: Record,
}

impl Provider for Demo {
    fn name(&self) -> &'static str {
        NAME
    }

    fn abilities(&self) -> Abilities {
        Abilities { transfer: true, hold: true, consult: true, tag: true, play_on_phone: false }
    }

    async fn run(self, events: mpsc::Sender<Event>, mut orders: mpsc::Receiver<Placed>) {
        let mut stage = Stage::new(self.script, self.speed, (self.clock)()).recorded_in(self.record);
        let opening = [
            Event::Live { provider: NAME.into(), calls: vec![] },
            Event::Link(Link::Up { since: (self.clock)() }),
        ];
        let mut told = send_all(&events, opening.into()).await;
        while told {
            let wake = stage.next_at().and_then(|at| (at - (self.clock)()).to_std().ok()).unwrap_or_default();
            let idle = stage.next_at().is_none();
            let news = tokio::select! {
                () = tokio::time::sleep(wake), if !idle => stage.advance((self.clock)()),
                Some(placed) = orders.recv() => carry_out(&mut stage, placed, (self.clock)()),
                () = events.closed() => return,
            };
            told = send_all(&events, news).await;
        }
    }
}

fn carry_out(stage: &mut Stage, placed: Placed, now: DateTime<Utc>) -> Vec<Event> {
    let (news, result) = match stage.order(placed.order, now) {
        Ok(news) => (news, Ok(())),
        Err(error) => (vec![], Err(error)),
    };
    // A desk that no longer waits for the answer is no error.
    let _ = placed.done.send(result);
    news
}

/// False once nobody listens.
async fn send_all(events: &mpsc::Sender<Event>, news: Vec<Event>) -> bool {
    for event in news {
        if events.send(event).await.is_err() {
            return false;
        }
    }
    true
}
