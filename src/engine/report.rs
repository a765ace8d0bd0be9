//! The report's requests: what the ledger knows of calls, put together with what only the store does.

use std::collections::HashMap;

use super::figures::Figures;
use crate::domain::desk::{Figure, Refusal, Reply};
use crate::domain::fact::CallNumber;
use crate::domain::id::{CallId, PersonId};
use crate::domain::metric::Norms;
use crate::domain::period::{Period, day_start};
use crate::domain::report::{CallRow, Query};
use crate::ledger::Drilled;
use crate::store::{gaps, report};

impl Figures {
    pub fn report(&self, query: &Query) -> Result<Reply, Refusal> {
        let matching = self.matching(&query.filter)?;
        Ok(Reply::Report(Box::new(self.ask(|ledger| ledger.table(query, matching.as_ref()))?)))
    }

    pub fn drill(&self, figure: &Figure, offset: usize, limit: usize) -> Result<Reply, Refusal> {
        let matching = self.matching(&figure.query.filter)?;
        let page = offset..offset.saturating_add(limit);
        let drilled = self.ask(|ledger| ledger.drill(figure, page, matching.as_ref()))?;
        // A page that is not full is the last one, and says how many there are.
        let last = drilled.len() < limit && (offset == 0 || !drilled.is_empty());
        let total = last.then_some(offset + drilled.len());
        Ok(Reply::Calls { rows: self.rows(&drilled)?, total })
    }

    fn rows(&self, drilled: &[Drilled]) -> Result<Vec<CallRow>, Refusal> {
        let numbers: Vec<CallNumber> = drilled.iter().map(|call| call.number).collect();
        let rows = self.store.read(|connection| report::rows(connection, &numbers))?;
        let settled: HashMap<CallNumber, &Drilled> = drilled.iter().map(|call| (call.number, call)).collect();
        let whole = |(number, row)| match settled.get(&number) {
            Some(call) => whole(row, call),
            None => row,
        };
        Ok(rows.into_iter().map(whole).collect())
    }

    pub fn size(&self, figure: &Figure) -> Result<Reply, Refusal> {
        let matching = self.matching(&figure.query.filter)?;
        Ok(Reply::Size(self.ask(|ledger| ledger.size(figure, matching.as_ref()))?))
    }

    pub fn explain(&self, figure: &Figure) -> Result<Reply, Refusal> {
        let matching = self.matching(&figure.query.filter)?;
        Ok(Reply::Explained(Box::new(self.ask(|ledger| ledger.explain(figure, matching.as_ref()))?)))
    }

    pub fn metrics(&self, query: &Query, norms: &Norms) -> Result<Reply, Refusal> {
        let matching = self.matching(&query.filter)?;
        Ok(Reply::Metrics(Box::new(self.ask(|ledger| ledger.metrics(query, norms, matching.as_ref()))?)))
    }

    pub fn links(&self, call: CallId) -> Result<Reply, Refusal> {
        Ok(Reply::Links(self.store.read(|connection| report::links(connection, call, self.zone))?))
    }

    /// Of whole local days.
    pub fn gaps(&self, period: Period) -> Result<Reply, Refusal> {
        let day_after = period.to.succ_opt().unwrap_or(period.to);
        let time = day_start(period.from, self.zone)..day_start(day_after, self.zone);
        Ok(Reply::Gaps(self.store.read(|connection| gaps::touching(connection, &time))?))
    }

    pub fn history(&self, person: PersonId) -> Result<Reply, Refusal> {
        let rows = self.store.read(|connection| report::history(connection, person, self.zone))?;
        Ok(Reply::Calls { total: Some(rows.len()), rows })
    }
}

/// The store's row with what was settled among the calls.
fn whole(row: CallRow, call: &Drilled) -> CallRow {
    CallRow {
        stands: call.stands,
        outcome: call.outcome,
        money: call.money,
        familiarity: call.familiarity,
        speciality: call.speciality.clone(),
        ..row
    }
}
