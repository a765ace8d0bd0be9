//! All that the report counts of one finished call with the outside, settled: whose it is, what was done in it, what
//! came of it. The store makes facts, the ledger keeps them.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::call::{CallResult, Direction};
use super::id::{BranchId, CallerTypeId, ChannelId, PersonId, TopicId};
use super::money::Money;
use super::outcome::Outcome;
use super::phone::Phone;
use super::report::Familiarity;

/// A call's number in this machine's store: short, given in the order of writing, never used again, never replicated.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct CallNumber(pub u32);

#[derive(Clone, PartialEq, Debug)]
pub struct Fact {
    pub number: CallNumber,
    pub started_at: DateTime<Utc>,
    pub party: Party,
    pub employee: Option<PersonId>,
    pub topic: Option<TopicId>,
    pub caller_type: Option<CallerTypeId>,
    pub line: Option<Arc<str>>,
    pub channel: Option<ChannelId>,
    /// The channel is the call's own, from its campaign: it stays when the line comes to mean another one.
    pub own_channel: bool,
    pub branch: Option<BranchId>,
    /// Of the doctor of the visit booked in it, the earliest booked when there are several.
    pub speciality: Option<Arc<str>>,
    pub direction: Direction,
    pub result: CallResult,
    /// Stands in patient statistics.
    pub counts: bool,
    pub outcome: Option<Outcome>,
    pub booked: bool,
    /// A visit booked in it was held.
    pub held: bool,
    pub familiarity: Option<Familiarity>,
    pub recording: bool,
    /// The standing wrap-up has a comment.
    pub commented: bool,
    /// What became of a missed call; `None` of any other.
    pub debt: Option<Debt>,
    pub wait: Duration,
    pub talk: Duration,
    /// From the end of a talk to the first «Сохранить» after it, at most [`WRAP_UP_AT_MOST`]; `None` when nobody wrote.
    pub wrap_up: Option<Duration>,
    pub money: Money,
}

/// What is written later than this is no work on the call any more.
pub const WRAP_UP_AT_MOST: Duration = Duration::from_secs(15 * 60);

/// With whom a call was, as far as counting by patients goes.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Party {
    /// By their number in this machine's store.
    Person(u32),
    /// An unknown number is a person of its own.
    Phone(Phone),
    Text(Arc<str>),
    /// A hidden number: nobody can tell whether two are the same.
    Alone,
}

/// A missed call is a debt with a clock. It closes when, within a day, we talk with the person or the number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Debt {
    Open,
    /// Called back, nobody answered.
    Attempted,
    /// They called again and got through.
    CameThrough,
    /// Called back and reached, later than in time.
    CalledBackLate,
    /// Called back and reached within [`CALL_BACK_IN_TIME`].
    CalledBackInTime,
}

pub const CALL_BACK_IN_TIME: Duration = Duration::from_secs(20 * 60);
pub const CALL_BACK_AT_MOST: Duration = Duration::from_secs(24 * 60 * 60);

/// A set of calls by their numbers: those that a look into the store found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Numbers {
    bits: Vec<u64>,
}

impl Numbers {
    pub fn contains(&self, number: CallNumber) -> bool {
        let (word, bit) = (number.0 as usize / 64, number.0 % 64);
        self.bits.get(word).is_some_and(|bits| bits >> bit & 1 == 1)
    }

    pub fn insert(&mut self, number: CallNumber) {
        let (word, bit) = (number.0 as usize / 64, number.0 % 64);
        if word >= self.bits.len() {
            self.bits.resize(word + 1, 0);
        }
        self.bits[word] |= 1 << bit;
    }

    /// Those that are in both.
    pub fn and(mut self, other: &Numbers) -> Numbers {
        self.bits.truncate(other.bits.len());
        self.bits.iter_mut().zip(&other.bits).for_each(|(bits, others)| *bits &= others);
        self
    }
}

impl FromIterator<CallNumber> for Numbers {
    fn from_iter<I: IntoIterator<Item = CallNumber>>(numbers: I) -> Numbers {
        let mut all = Numbers::default();
        numbers.into_iter().for_each(|number| all.insert(number));
        all
    }
}
