//! The period of the filter: the usual ones by name, any other by two dates.

use chrono::{Datelike, NaiveDate};

use super::Way;
use super::field::{Field, turned};
use crate::desk::entry::Entry;
use crate::desk::key::{Key, KeyCode};
use crate::domain::period::{Period, Span, is_meant};
use crate::domain::report::When;

/// The two dates as they are typed.
#[derive(Clone, Debug)]
pub struct Days {
    from: Entry,
    to: Entry,
    /// The name that was turned to: on some days two names mean the same dates.
    named: Option<Span>,
    /// Nothing typed since the field was come to: the first letter replaces what stands there.
    untouched: bool,
}

impl Days {
    pub fn of(when: When, today: NaiveDate) -> Days {
        let mut days = Days { from: Entry::default(), to: Entry::default(), named: None, untouched: true };
        match when {
            When::Span(span) => days.name(span, today),
            When::Dates(period) => days.put(period),
        }
        days
    }

    /// What was named stays a name; two dates stay two dates.
    pub fn when(&self, today: NaiveDate) -> Result<When, Field> {
        self.named.map_or_else(|| self.period(today).map(When::Dates), |span| Ok(When::Span(span)))
    }

    fn put(&mut self, period: Period) {
        self.from = Entry::of(&written(period.from));
        self.to = Entry::of(&written(period.to));
    }

    /// A field was come to.
    pub fn touch(&mut self) {
        self.untouched = true;
    }

    pub fn entry(&self, field: Field) -> &Entry {
        if field == Field::From { &self.from } else { &self.to }
    }

    fn entry_mut(&mut self, field: Field) -> &mut Entry {
        self.named = None;
        let fresh = std::mem::take(&mut self.untouched);
        let entry = if field == Field::From { &mut self.from } else { &mut self.to };
        if fresh {
            *entry = Entry::default();
        }
        entry
    }

    pub fn press(&mut self, field: Field, key: Key) {
        self.entry_mut(field).press(key);
    }

    pub fn paste(&mut self, field: Field, text: &str) {
        self.entry_mut(field).paste(text);
    }

    /// The name of the period; `None` for any other two dates.
    pub fn span(&self, today: NaiveDate) -> Option<Span> {
        self.named.or_else(|| Span::of(self.period(today).ok()?, today))
    }

    /// The neighbouring named period.
    pub fn turn(&mut self, way: Way, today: NaiveDate) {
        let span = match (self.span(today), way) {
            (None, Way::Forth) => Span::ALL[0],
            (None, Way::Back) => Span::ALL[Span::ALL.len() - 1],
            (Some(span), way) => turned(&Span::ALL, span, way),
        };
        self.name(span, today);
    }

    pub fn name(&mut self, span: Span, today: NaiveDate) {
        self.put(span.period(today));
        self.named = Some(span);
    }

    pub fn set(&mut self, field: Field, day: NaiveDate) {
        *self.entry_mut(field) = Entry::of(&written(day));
        self.untouched = true;
    }

    /// The date of a field, where it can be read.
    pub fn day(&self, field: Field, today: NaiveDate) -> Option<NaiveDate> {
        read(self.entry(field).text(), today)
    }

    /// A day later or earlier; a date that cannot be read becomes today.
    pub fn shift(&mut self, field: Field, way: Way, today: NaiveDate) {
        let day = match (self.day(field, today), way) {
            (None, _) => Some(today),
            (Some(day), Way::Forth) => day.succ_opt(),
            (Some(day), Way::Back) => day.pred_opt(),
        };
        self.set(field, day.unwrap_or(today));
    }

    /// The period in order; the field whose date cannot be read.
    pub fn period(&self, today: NaiveDate) -> Result<Period, Field> {
        let from = self.day(Field::From, today).ok_or(Field::From)?;
        let to = self.day(Field::To, today).ok_or(Field::To)?;
        Ok(Period { from: from.min(to), to: from.max(to) })
    }
}

/// As people of both languages type it on a number pad.
fn written(day: NaiveDate) -> String {
    day.format("%d.%m.%Y").to_string()
}

/// What may stand between the parts of a date; `ю` is the dot of the other layout.
fn is_separator(char: char) -> bool {
    matches!(char, '.' | ',' | '/' | '-' | ' ' | 'ю' | 'Ю')
}

/// Whether the key is a part of a date and no command; a space is the calendar's.
pub fn takes(key: Key) -> bool {
    match key.typed() {
        Some(char) => char.is_ascii_digit() || char != ' ' && is_separator(char),
        None => key == Key::plain(KeyCode::Backspace),
    }
}

/// `21.11.2026`, `21.11.26`, `21.11` of this year, `21` of this month, `21112026`.
fn read(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let text = text.trim();
    let mut parts: Vec<&str> = text.split(is_separator).filter(|part| !part.is_empty()).collect();
    if let ([whole], 8) = (parts.as_slice(), text.len()) {
        parts = vec![whole.get(..2)?, whole.get(2..4)?, whole.get(4..)?];
    }
    let number = |nth: usize| parts.get(nth).map(|part| part.parse::<u32>().ok());
    let day = number(0)??;
    let month = number(1).unwrap_or(Some(today.month()))?;
    let year = match number(2) {
        None => today.year(),
        Some(year) => i32::try_from(year?).ok()?,
    };
    let year = if year < 100 { year + 2000 } else { year };
    NaiveDate::from_ymd_opt(year, month, day).filter(|day| parts.len() <= 3 && is_meant(*day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        read(text, NaiveDate::MIN).unwrap()
    }

    #[test]
    fn dates_read_as_people_type_them() {
        let today = day("21.11.2026");
        for text in
            ["21.11.2026", "21.11.26", "21.11", "21", "21112026", "21/11/2026", "21ю11", " 21-11-2026 "]
        {
            assert_eq!(read(text, today), Some(today), "{text}");
        }
        for text in ["", "31.02.2026", "21.13", "0.1.2026", "1.2.3.4", "21.11.20266", "завтра", "²1"] {
            assert_eq!(read(text, today), None, "{text}");
        }
        assert_eq!(read("1.1.1", today), NaiveDate::from_ymd_opt(2001, 1, 1), "a year of this century");
    }

    #[test]
    fn turning_goes_round_even_where_two_names_mean_the_same_days() {
        let monday = day("01.06.2026");
        let mut days = Days::of(When::Dates(Period::day(monday)), monday);
        let mut seen = vec![days.span(monday)];
        for _ in Span::ALL {
            days.turn(Way::Forth, monday);
            seen.push(days.span(monday));
        }
        assert_eq!(seen[..10], Span::ALL.map(Some));
        assert_eq!(seen[10], Some(Span::Today));
    }
}
