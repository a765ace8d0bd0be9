//! With whom a call was, as far as counting by patients goes: whoever was on the telephone, also when they spoke for
//! somebody else (a mother's missed call is closed by her call about the child).

use super::settle::Settling;
use super::world::Who;
use crate::domain::fact::Party;
use crate::domain::period::day_of;
use crate::domain::phone::Phone;

impl Settling<'_> {
    /// A call from a number of nobody or of several people is with whom the same number's other calls of that day
    /// name: the next one, else the last before; so a missed call is closed by the talk that followed.
    pub(super) fn party(&self, place: usize) -> Party {
        let case = &self.cases[place];
        let person = |who: Who| Party::Person(self.world.known(who).number);
        match (case.person, case.told.phone, &case.told.other) {
            (Some(who), ..) => person(who),
            (None, Some(phone), _) => self.named(place, phone).map_or(Party::Phone(phone), person),
            (None, None, Some(text)) => Party::Text(text.clone()),
            (None, None, None) => Party::Alone,
        }
    }

    fn named(&self, place: usize, phone: Phone) -> Option<Who> {
        let mut others =
            self.by_phone.with(phone).filter(|other| self.cases[*other].person.is_some()).peekable();
        others.peek()?;
        let day = |place: usize| day_of(self.cases[place].told.started_at, self.zone);
        let today = day(place);
        let same_day: Vec<usize> = others.filter(|other| day(*other) == today).collect();
        let next = same_day.iter().find(|other| **other > place).or(same_day.last())?;
        self.cases[*next].person
    }
}
