//! A line's words, one after another, becoming a view.

use uuid::Uuid;

use super::LineFault;
use super::keyword::Keyword;
use super::words::{Sign, Value, Word};
use super::{dates, lengths, names};
use crate::domain::directory::Directories;
use crate::domain::id::PersonId;
use crate::domain::period::Span;
use crate::domain::report::{
    Comparison, Filter, Kind, Level, Measure, Order, Pane, Sorted, View, When, each_once,
};

/// What stands before a sign, besides the levels.
const KEYS: &str = "person=, wait>=, wait<=, talk>=, talk<=, text=, number=, recording=, comment=, compare=, pane=, \
                    columns=, sort=";

pub struct Reader<'d> {
    directories: &'d Directories,
    when: Option<When>,
    kind: Option<Kind>,
    levels: Option<(Level, Level)>,
    filter: Filter,
    text: Option<String>,
    number: Option<String>,
    compare: Option<Comparison>,
    pane: Option<Pane>,
    columns: Option<Vec<Measure>>,
    sorted: Option<Sorted>,
}

impl<'d> Reader<'d> {
    pub fn new(directories: &'d Directories) -> Reader<'d> {
        Reader {
            directories,
            when: None,
            kind: None,
            levels: None,
            filter: Filter::default(),
            text: None,
            number: None,
            compare: None,
            pane: None,
            columns: None,
            sorted: None,
        }
    }

    pub fn view(self) -> View {
        let (by, then_by) = self.levels.unwrap_or((Level::Employee, Level::None));
        let (when, kind) = (self.when.unwrap_or(When::Span(Span::Month)), self.kind.unwrap_or(Kind::Calls));
        let (text, number) = (self.text.unwrap_or_default(), self.number.unwrap_or_default());
        let (wait, talk) = (self.filter.wait, self.filter.talk);
        View {
            filter: Filter { text, number, wait: wait.in_order(), talk: talk.in_order(), ..self.filter },
            compare: self.compare,
            pane: self.pane.unwrap_or_default(),
            columns: self.columns.unwrap_or_default(),
            sorted: self.sorted,
            ..View::new(when, kind, by, then_by)
        }
    }

    pub fn take(&mut self, word: &Word<'_>) -> Result<(), LineFault> {
        match &word.value {
            Some((sign, values)) => self.take_value(word, *sign, values),
            None => self.take_bare(word),
        }
    }

    /// `week` and `month` alone are periods.
    fn take_bare(&mut self, word: &Word<'_>) -> Result<(), LineFault> {
        if word.said.eq_ignore_ascii_case("patients-only") {
            self.filter.patients_only = true;
            Ok(())
        } else if let Some(when) = dates::read(word.said) {
            once(&mut self.when, when, word)
        } else if let Some(kind) = Kind::named(word.said) {
            once(&mut self.kind, kind, word)
        } else if let Some(levels) = levels(word.said) {
            once(&mut self.levels, levels, word)
        } else {
            Err(unknown(word))
        }
    }

    fn take_value(&mut self, word: &Word<'_>, sign: Sign, values: &[Value]) -> Result<(), LineFault> {
        let filter = &mut self.filter;
        match (word.key.to_ascii_lowercase().as_str(), sign) {
            ("wait", Sign::AtLeast) => once(&mut filter.wait.least, length(word, values)?, word),
            ("wait", Sign::AtMost) => once(&mut filter.wait.most, length(word, values)?, word),
            ("talk", Sign::AtLeast) => once(&mut filter.talk.least, length(word, values)?, word),
            ("talk", Sign::AtMost) => once(&mut filter.talk.most, length(word, values)?, word),
            ("wait" | "talk", Sign::Is) => Err(word.fault(format!("{0}>=30s, {0}<=5m", word.key))),
            (_, Sign::AtLeast | Sign::AtMost) => Err(unknown(word)),
            ("recording", _) => once(&mut filter.recording, yes_or_no(word, values)?, word),
            ("comment", _) => once(&mut filter.comment, yes_or_no(word, values)?, word),
            ("person", _) => once(&mut filter.person, person(word, values)?, word),
            ("text", _) => once(&mut self.text, text(word, values)?, word),
            ("number", _) => once(&mut self.number, text(word, values)?, word),
            ("compare", _) => once(&mut self.compare, keyword(word, values)?, word),
            ("pane", _) => once(&mut self.pane, keyword(word, values)?, word),
            ("columns", _) => once(&mut self.columns, measures(word, values)?, word),
            ("sort", _) => once(&mut self.sorted, sorted(word, values)?, word),
            (key, _) => self.take_groups(Level::named(key).ok_or_else(|| unknown(word))?, word, values),
        }
    }

    /// A level said again has more groups.
    fn take_groups(&mut self, level: Level, word: &Word<'_>, values: &[Value]) -> Result<(), LineFault> {
        for value in values {
            let group = names::read(level, value, word, self.directories)?;
            if !self.filter.has(&group) {
                self.filter.only.push(group);
            }
        }
        Ok(())
    }
}

fn once<T>(known: &mut Option<T>, value: T, word: &Word<'_>) -> Result<(), LineFault> {
    match known.replace(value) {
        Some(_) => Err(LineFault::Twice { word: word.said.to_owned() }),
        None => Ok(()),
    }
}

fn unknown(word: &Word<'_>) -> LineFault {
    LineFault::Word { word: word.said.to_owned(), expected: format!("{}, {KEYS}", Level::expected()) }
}

/// `employee/outcome`, `employee`
fn levels(said: &str) -> Option<(Level, Level)> {
    match said.split_once('/') {
        Some((by, then_by)) => Some((Level::named(by)?, Level::named(then_by)?)),
        None => Some((Level::named(said)?, Level::None)),
    }
}

fn one<'v>(word: &Word<'_>, values: &'v [Value], expected: &str) -> Result<&'v Value, LineFault> {
    match values {
        [value] => Ok(value),
        _ => Err(word.fault(expected)),
    }
}

fn text(word: &Word<'_>, values: &[Value]) -> Result<String, LineFault> {
    one(word, values, "\"one, two\"").map(|value| value.text.clone())
}

fn length(word: &Word<'_>, values: &[Value]) -> Result<std::time::Duration, LineFault> {
    let expected = "30s, 0:30, 5m";
    lengths::read(&one(word, values, expected)?.text).ok_or_else(|| word.fault(expected))
}

fn yes_or_no(word: &Word<'_>, values: &[Value]) -> Result<bool, LineFault> {
    let value = one(word, values, "yes, no")?;
    match (value.is("yes"), value.is("no")) {
        (true, _) => Ok(true),
        (_, true) => Ok(false),
        _ => Err(word.fault("yes, no")),
    }
}

fn person(word: &Word<'_>, values: &[Value]) -> Result<PersonId, LineFault> {
    let expected = "01890a5d-ac96-774b-bcce-b302099a8057";
    let id = Uuid::parse_str(&one(word, values, expected)?.text);
    id.map(PersonId).map_err(|_| word.fault(expected))
}

fn keyword<T: Keyword>(word: &Word<'_>, values: &[Value]) -> Result<T, LineFault> {
    let expected = T::expected();
    T::of(one(word, values, &expected)?).ok_or_else(|| word.fault(expected))
}

fn measures(word: &Word<'_>, values: &[Value]) -> Result<Vec<Measure>, LineFault> {
    let read = values.iter().map(Measure::of).collect::<Option<Vec<_>>>();
    read.map(each_once).ok_or_else(|| word.fault(Measure::expected()))
}

fn sorted(word: &Word<'_>, values: &[Value]) -> Result<Sorted, LineFault> {
    let expected = || format!("-money, {}", Measure::expected());
    Sorted::read(&one(word, values, &expected())?.text).ok_or_else(|| word.fault(expected()))
}

impl Sorted {
    /// `-money` has the most first, `money` the least.
    pub fn read(text: &str) -> Option<Sorted> {
        let (order, name) = match text.strip_prefix('-') {
            Some(name) => (Order::MostFirst, name),
            None => (Order::LeastFirst, text),
        };
        Some(Sorted { by: Measure::named(name)?, order })
    }
}
