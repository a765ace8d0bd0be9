//! Many calls at once, in any order.

use chrono_tz::Tz;

use super::{Fault, Ledger};
use crate::domain::fact::Fact;

/// Takes each call once.
#[derive(Debug)]
pub struct Builder {
    ledger: Ledger,
}

impl Builder {
    pub fn new(zone: Tz) -> Builder {
        Builder { ledger: Ledger::new(zone) }
    }

    pub fn push(&mut self, fact: &Fact) -> Result<(), Fault> {
        let row = self.ledger.names.row(fact)?;
        let (day, at) = self.ledger.day(fact);
        self.ledger.days[day].push(&row.began(at));
        Ok(())
    }

    pub fn finish(mut self) -> Ledger {
        self.ledger.days.iter_mut().for_each(|day| day.settle());
        self.ledger.days.shrink_to_fit();
        self.ledger
    }
}
