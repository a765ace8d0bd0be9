//! People: patients, employees, counterparties, and what an operator must know of a caller.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::id::{FamilyId, PersonId};
use super::money::Money;
use super::phone::Phone;
use super::visit::{Task, Visit};

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonKind {
    Patient,
    Employee,
    Counterparty,
}

/// A person in a list: enough to choose by.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PersonBrief {
    pub id: PersonId,
    pub kind: PersonKind,
    /// «Фамилия Имя Отчество», or a counterparty's name.
    pub name: String,
    pub born: Option<NaiveDate>,
    /// The main phone.
    pub phone: Option<Phone>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PersonPhone {
    pub phone: Phone,
    pub primary: bool,
}

/// «ДМС»: a policy of voluntary medical insurance.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Policy {
    pub insurer: String,
    pub number: String,
    pub from: NaiveDate,
    pub until: NaiveDate,
}

impl Policy {
    pub fn in_force(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.until
    }
}

/// The sidebar's content: one person, whole.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Card {
    pub id: PersonId,
    pub kind: PersonKind,
    pub name: String,
    pub born: Option<NaiveDate>,
    pub phones: Vec<PersonPhone>,
    /// A child's parent: name and main phone.
    pub parent: Option<PersonBrief>,
    pub family: Option<FamilyId>,
    /// The other members of the family.
    pub relatives: Vec<PersonBrief>,
    /// Negative is debt, positive an advance.
    pub account: Money,
    pub treatment_total: Money,
    /// Of the whole family; `None` when the person stands alone.
    pub family_total: Option<Money>,
    pub insured_total: Money,
    pub policy: Option<Policy>,
    pub comment: String,
    pub extra_comment: String,
    /// Visits that took place, and those whose time has passed (kept, cancelled late or lost).
    pub visits_kept: u32,
    pub visits_due: u32,
    pub last_visit: Option<DateTime<Utc>>,
    /// Soonest first.
    pub future_visits: Vec<Visit>,
    /// Open ones, the most urgent first.
    pub tasks: Vec<Task>,
}

impl Card {
    /// Percent of visits kept; `None` before the first due visit.
    pub fn visits_kept_percent(&self) -> Option<u32> {
        (self.visits_due > 0).then(|| self.visits_kept * 100 / self.visits_due)
    }
}

/// Whole years between two days; `None` for a birth after `today`.
pub fn age(born: NaiveDate, today: NaiveDate) -> Option<u32> {
    today.years_since(born)
}

/// Children's cards show the parent.
pub const ADULT_AT: u32 = 18;
