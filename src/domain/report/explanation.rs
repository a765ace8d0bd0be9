//! Where a figure comes from.

use serde::{Deserialize, Serialize};

use super::filter::Part;
use super::measure::{Measure, Measures};

/// Every call of the period is either behind the figure or left out for one reason, the first that holds:
/// `considered` is `counted` and all of `left_out` together.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Explanation {
    pub measure: Measure,
    /// Of the row the figure stands in.
    pub measures: Measures,
    /// All calls of the period with the outside.
    pub considered: u64,
    /// In the order in which they are asked; reasons that left out nothing are not named.
    pub left_out: Vec<(Reason, u64)>,
    /// The calls behind the figure: what opening it lists.
    pub counted: u64,
    /// What they count as: the contacts by patients, the calls themselves by calls.
    pub contacts: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    Filter(Part),
    /// Counted in another row; by patients also as a part of a contact that stands there.
    OtherRow,
    /// In this row, but nothing of what the figure counts: not taken, not booked, nothing paid.
    NotCounted,
}
