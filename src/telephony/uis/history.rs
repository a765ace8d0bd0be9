//! The account's past as the Data API reports it: calls with their legs, and messages of the site's forms.
//!
//! What is asked next follows from what was read (the time of a page's last row), never from a count of rows: a report in which
//! rows appear or vanish between two pages loses none. A row that tells of nothing is counted as unread.

mod calls;
mod leads;
mod place;
mod report;

use chrono::TimeDelta;

pub use calls::Calls;
pub use leads::Leads;

use super::account::Account;
use super::limits::Need;
use super::rpc::{RpcError, Trouble};
use crate::telephony::HistoryError;

/// The reports take at most three months at once, and three months have at least 89 days.
const LONGEST: TimeDelta = TimeDelta::days(85);

impl From<RpcError> for HistoryError {
    fn from(error: RpcError) -> HistoryError {
        match error.refusal() {
            Some(refusal) if refusal.trouble().is_lasting() => HistoryError::Refused(error.to_string()),
            _ => HistoryError::Unreachable(error.to_string()),
        }
    }
}

/// Whether it is the past's turn to spend points.
fn admitted(account: &Account) -> Result<(), HistoryError> {
    account.data.meter().admit(Need::Background, account.data.now()).map_err(HistoryError::Later)
}

/// What a refused question becomes: one for want of points is asked again when there are some.
fn refused(account: &Account, error: RpcError) -> HistoryError {
    let spent = error.refusal().is_some_and(|refusal| refusal.trouble() == Trouble::Limit);
    match account.data.meter().admit(Need::Live, account.data.now()) {
        Err(pause) if spent => HistoryError::Later(pause),
        _ => error.into(),
    }
}
