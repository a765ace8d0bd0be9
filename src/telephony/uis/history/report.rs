//! One report as it is asked for: its columns, of which those that the account may not see are given up for good.

use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::NaiveDateTime;
use serde_json::{Value, json};

use crate::telephony::uis::map::time;
use crate::telephony::uis::rpc::{Refusal, Rpc, RpcError, Trouble};

pub struct Report {
    method: &'static str,
    /// Rows of one answer.
    pub limit: usize,
    /// `None`: this report cannot be sorted by time.
    sort: Option<&'static str>,
    needed: &'static [&'static str],
    wanted: Mutex<Vec<&'static str>>,
}

/// What one question asks for.
#[derive(Clone, Copy)]
pub struct Part {
    pub from: NaiveDateTime,
    pub till: NaiveDateTime,
    pub skip: usize,
}

pub struct Rows {
    pub rows: Vec<Value>,
    /// In the part, beyond these.
    pub more: u64,
}

impl Report {
    pub fn new(
        method: &'static str,
        limit: usize,
        sort: Option<&'static str>,
        needed: &'static [&'static str],
        wanted: impl IntoIterator<Item = &'static str>,
    ) -> Report {
        Report { method, limit, sort, needed, wanted: Mutex::new(wanted.into_iter().collect()) }
    }

    pub async fn ask(&self, data: &Rpc, part: Part) -> Result<Rows, RpcError> {
        loop {
            match data.call::<_, Vec<Value>>(self.method, self.question(part)).await {
                Ok(answer) => {
                    let read = (part.skip + answer.data.len()) as u64;
                    let full = answer.data.len() >= self.limit;
                    let total = answer.total.unwrap_or(read + u64::from(full));
                    // An empty answer ends the part, whatever it counts.
                    let more = if answer.data.is_empty() { 0 } else { total.saturating_sub(read) };
                    return Ok(Rows { rows: answer.data, more });
                }
                Err(error) if error.refusal().is_some_and(|refusal| self.give_up(refusal)) => {
                    tracing::warn!(method = self.method, reason = %error, "asked for less of a report");
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn question(&self, part: Part) -> Value {
        let columns: Vec<&str> = self.needed.iter().chain(self.wanted().iter()).copied().collect();
        let mut question = json!({
            "date_from": time::asked(part.from),
            "date_till": time::asked(part.till),
            "limit": self.limit,
            "offset": part.skip,
            "fields": columns,
        });
        if let Some(field) = self.sort {
            question["sort"] = json!([{ "field": field, "order": "asc" }]);
        }
        question
    }

    /// Asks no more for the columns that a refusal is about, for all that can be spared where it does not say which.
    /// Whether there was any.
    fn give_up(&self, refusal: &Refusal) -> bool {
        if !matches!(refusal.trouble(), Trouble::Component | Trouble::Parameter | Trouble::Rights) {
            return false;
        }
        let mut wanted = self.wanted();
        let before = wanted.len();
        wanted.retain(|column| !refusal.names(column));
        let says_little = refusal.trouble() == Trouble::Component || refusal.names("fields");
        if wanted.len() == before && says_little {
            wanted.clear();
        }
        wanted.len() < before
    }

    fn wanted(&self) -> MutexGuard<'_, Vec<&'static str>> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
