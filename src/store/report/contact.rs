//! What counts once: a call, or all calls with one person on one local day.
//!
//! The filter has been applied before: the best of the day is the best of what the filter left.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::fact::Fact;
use crate::domain::call::CallResult;
use crate::domain::id::{CallId, PersonId};
use crate::domain::money::Money;
use crate::domain::outcome;
use crate::domain::phone::{Phone, Remote};
use crate::domain::report::{Kind, Measures};

/// One or more calls that count once.
pub(super) struct Contact<'f> {
    /// The call with the best outcome, the later on a tie: its employee, topic and channel are the contact's.
    pub stands: &'f Fact,
    /// The others, oldest first.
    pub others: Vec<&'f Fact>,
}

/// With whom a call was, as far as counting goes: whoever was on the telephone, also when they spoke for somebody
/// else (a mother's missed call is closed by her call about the child).
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub(super) enum Party {
    Person(PersonId),
    /// An unknown number is a person of its own.
    Number(Phone),
    Text(String),
    /// A hidden number: nobody can tell whether two are the same.
    Alone(CallId),
}

/// Each call's party. A call from a number of nobody or of several people is with whom the same number's other
/// calls of that day name: the next one, else the one before; so a missed call is closed by the talk
/// that followed. `facts` are in order of time.
pub(super) fn parties(facts: &[Fact]) -> Vec<Party> {
    let mut named: HashMap<(NaiveDate, Phone), Vec<(usize, PersonId)>> = HashMap::new();
    for (place, fact) in facts.iter().enumerate() {
        if let (Some(phone), Some(person)) = (fact.row.remote.phone(), fact.row.person) {
            named.entry((fact.day, phone)).or_default().push((place, person));
        }
    }
    let whose = |place: usize, day: NaiveDate, phone: Phone| {
        let calls = named.get(&(day, phone))?;
        let next = calls.iter().find(|(named, _)| *named > place);
        next.or(calls.last()).map(|(_, person)| *person)
    };
    let party = |(place, fact): (usize, &Fact)| match (fact.row.person, &fact.row.remote) {
        (Some(person), _) => Party::Person(person),
        (None, Remote::Number(phone)) => {
            whose(place, fact.day, *phone).map_or(Party::Number(*phone), Party::Person)
        }
        (None, Remote::Other(text)) => Party::Text(text.clone()),
        (None, Remote::Withheld) => Party::Alone(fact.row.id),
    };
    facts.iter().enumerate().map(party).collect()
}

/// The contacts that the kept facts make.
pub(super) fn contacts<'f>(kind: Kind, kept: Vec<(&'f Fact, &Party)>) -> Vec<Contact<'f>> {
    match kind {
        Kind::Calls => kept.into_iter().map(|(fact, _)| Contact { stands: fact, others: vec![] }).collect(),
        Kind::Patients => {
            let mut days: BTreeMap<(NaiveDate, &Party), Vec<&Fact>> = BTreeMap::new();
            for (fact, party) in kept {
                days.entry((fact.day, party)).or_default().push(fact);
            }
            days.into_values().filter_map(Contact::of).collect()
        }
    }
}

impl<'f> Contact<'f> {
    fn of(mut facts: Vec<&'f Fact>) -> Option<Contact<'f>> {
        let rank =
            |fact: &Fact| (outcome::rank(fact.row.outcome), Reverse((fact.row.started_at, fact.row.id)));
        let best = (0..facts.len()).min_by_key(|place| rank(facts[*place]))?;
        Some(Contact { stands: facts.remove(best), others: facts })
    }

    pub fn facts(&self) -> impl Iterator<Item = &'f Fact> {
        [self.stands].into_iter().chain(self.others.iter().copied())
    }

    /// Counts are of the contact; waits, talks and money are of all its calls.
    pub fn measures(&self) -> Measures {
        let any = |is: fn(&Fact) -> bool| self.facts().any(is);
        let taken = any(|fact| fact.row.result == CallResult::Answered);
        let missed = !taken && any(|fact| fact.row.result == CallResult::Missed);
        Measures {
            calls: 1,
            taken: u64::from(taken),
            missed: u64::from(missed),
            wait: self.facts().map(|fact| fact.row.wait).sum(),
            talk: self.facts().map(|fact| fact.row.talk).sum(),
            booked: u64::from(any(|fact| fact.booked)),
            held: u64::from(any(|fact| fact.held)),
            money: self.facts().map(|fact| fact.row.money).sum::<Money>(),
        }
    }
}
