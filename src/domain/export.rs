//! What leaves the program as a file: figures or calls, and in which form. An export is journalled, so it can say
//! what it is in words of the program and ids alone.

use serde::{Deserialize, Serialize};

use super::desk::Figure;
use super::id::PersonId;
use super::metric::ServiceLevel;
use super::period::Period;
use super::report::{Column, Filter, Keyword as _, Query, Sorted};

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Export {
    pub content: Content,
    pub form: Form,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    Table {
        query: Query,
        /// In the order of the screen; empty is all of them.
        columns: Vec<Column>,
        sorted: Option<Sorted>,
    },
    /// The standard metrics of what the query counts, and what misses cost.
    Metrics {
        query: Query,
        /// Of the service level.
        formula: ServiceLevel,
    },
    /// All calls behind a figure, newest first.
    Calls(Figure),
    /// All calls with one person, newest first.
    History(PersonId),
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    Csv,
    Xlsx,
    Json,
    /// One page with charts, for mailing and printing.
    Html,
}

impl Form {
    pub const ALL: [Form; 4] = [Form::Xlsx, Form::Csv, Form::Html, Form::Json];

    /// How such files end.
    pub fn ending(self) -> &'static str {
        match self {
            Form::Csv => "csv",
            Form::Xlsx => "xlsx",
            Form::Json => "json",
            Form::Html => "html",
        }
    }
}

impl Content {
    /// The days that are counted; a history has no bounds.
    pub fn period(&self) -> Option<Period> {
        match self {
            Content::Table { query, .. } | Content::Metrics { query, .. } => Some(query.period),
            Content::Calls(figure) => Some(figure.query.period),
            Content::History(_) => None,
        }
    }

    /// What its file is called, without the ending: `pult-2026-11-01-2026-11-21-employee-outcome`. Names nobody.
    pub fn file_name(&self) -> String {
        let query = match self {
            Content::Table { query, .. } | Content::Metrics { query, .. } => query,
            Content::Calls(figure) => &figure.query,
            Content::History(_) => return "pult-history".to_owned(),
        };
        let mut parts = vec!["pult".to_owned(), query.period.from.to_string()];
        parts.extend((query.period.to != query.period.from).then(|| query.period.to.to_string()));
        match self {
            Content::Calls(_) => parts.push("calls".to_owned()),
            Content::Metrics { .. } => parts.push("metrics".to_owned()),
            _ => parts.extend(query.levels().map(|level| level.word().to_owned())),
        }
        parts.join("-")
    }
}

impl Export {
    /// For the journal: `xlsx calls 2026-11-01..2026-11-21 patients employee only:topic text`. Which topic, which
    /// words and whose number were asked for is not said.
    pub fn said(&self) -> String {
        let mut parts = vec![self.form.ending().to_owned()];
        match &self.content {
            Content::Table { query, .. } => {
                parts.push("table".to_owned());
                parts.extend(asked(query));
            }
            Content::Metrics { query, .. } => {
                parts.push("metrics".to_owned());
                parts.extend(asked(query));
            }
            Content::Calls(figure) => {
                parts.push("calls".to_owned());
                parts.extend(asked(&figure.query));
                parts.extend(figure.path.iter().map(|group| format!("in:{}", group.level().word())));
            }
            Content::History(person) => parts.push(format!("history {}", person.0)),
        }
        parts.join(" ")
    }
}

fn asked(query: &Query) -> Vec<String> {
    let mut parts = vec![format!("{}..{}", query.period.from, query.period.to), query.kind.word().to_owned()];
    parts.extend(query.levels().map(|level| level.word().to_owned()));
    parts.extend(query.compare.map(|comparison| format!("compare:{}", comparison.word())));
    parts.extend(narrowed(&query.filter));
    parts
}

fn narrowed(filter: &Filter) -> Vec<String> {
    let only = filter.levels().into_iter().map(|level| format!("only:{}", level.word()));
    let person = filter.person.map(|person| format!("person:{}", person.0));
    let named = [
        (filter.patients_only, "patients-only"),
        (!filter.wait.is_open(), "wait"),
        (!filter.talk.is_open(), "talk"),
        (!filter.text.trim().is_empty(), "text"),
        (!filter.number.trim().is_empty(), "number"),
        (filter.recording.is_some(), "recording"),
        (filter.comment.is_some(), "comment"),
    ];
    let named = named.into_iter().filter(|(holds, _)| *holds).map(|(_, name)| name.to_owned());
    only.chain(person).chain(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::report::{Group, Kind, Level, Measure};

    fn query(from: &str, to: &str) -> Query {
        Query {
            period: Period { from: from.parse().unwrap(), to: to.parse().unwrap() },
            kind: Kind::Patients,
            by: Level::Employee,
            then_by: Level::Outcome,
            filter: Filter {
                text: "Петрова".into(), number: "9161234567".into(), ..Filter::default()
            },
            compare: None,
        }
    }

    #[test]
    fn a_file_is_named_by_what_was_asked() {
        let table = |query| Content::Table { query, columns: vec![], sorted: None };
        let of = |content: Content| content.file_name();
        let month = query("2026-11-01", "2026-11-21");
        assert_eq!(of(table(month.clone())), "pult-2026-11-01-2026-11-21-employee-outcome");
        assert_eq!(
            of(table(Query { then_by: Level::None, ..query("2026-11-21", "2026-11-21") })),
            "pult-2026-11-21-employee"
        );
        let figure = Figure { query: month, path: vec![], measure: Measure::Calls };
        assert_eq!(of(Content::Calls(figure)), "pult-2026-11-01-2026-11-21-calls");
    }

    #[test]
    fn the_journal_learns_what_was_asked_and_about_nobody() {
        let path = vec![Group::Topic(None)];
        let figure = Figure { query: query("2026-11-01", "2026-11-21"), path, measure: Measure::Calls };
        let said = Export { content: Content::Calls(figure), form: Form::Xlsx }.said();
        assert_eq!(said, "xlsx calls 2026-11-01..2026-11-21 patients employee outcome text number in:topic");
    }
}
