//! The files' columns: which there must be, which there may be, and that no record stands twice. Knows no
//! meaning of a value.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;

use csv::StringRecord;
use serde::Deserialize;

use super::Fault;
use super::rows::{Rows, breaks};
use crate::domain::clinic::Numbered;
use crate::domain::text::clean;

/// The columns of one kind of file.
pub struct Columns {
    required: &'static [&'static str],
    optional: &'static [&'static str],
}

impl fmt::Display for Columns {
    /// The required ones with a star.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let required = self.required.iter().map(|column| format!("{column}*"));
        let all = required.chain(self.optional.iter().map(|column| (*column).to_owned()));
        f.write_str(&all.collect::<Vec<_>>().join(" "))
    }
}

/// Rows whose fields are their columns: required ones, then those that may be missing.
macro_rules! rows {
    ($($name:ident { $($required:ident)+ ; $($optional:ident)* })+) => {$(
        #[derive(Deserialize)]
        pub struct $name<'a> {
            $(pub $required: &'a str,)+
            $(#[serde(default)] pub $optional: &'a str,)*
        }

        impl $name<'_> {
            pub const COLUMNS: Columns =
                Columns { required: &[$(stringify!($required)),+], optional: &[$(stringify!($optional)),*] };
        }
    )+};
}

rows! {
    Person {
        id kind name;
        born phones family parent account treatment_total insured_total policy_insurer policy_number policy_from
        policy_until comment extra_comment extension branch
    }
    Visit {
        id patient doctor starts_at minutes stage booked_at;
        branch speciality moved_at cancelled_at money comment
    }
    Call {
        id direction number result started_at wait_s talk_s;
        line agent hold_s transfer transfer_to transfer_talk_s recording wrapped_at employee who who_text about
        caller_type topic comment
    }
    Task { id person text due_at; done_at }
    Line { number name; channel script branch address }
    Topic { name; }
}

/// One row, not yet told apart into its columns.
pub struct Raw<'r> {
    record: &'r StringRecord,
    headers: &'r StringRecord,
}

impl<'r> Raw<'r> {
    pub fn row<R: Deserialize<'r>>(&self) -> Result<R, Fault> {
        let whole = self.record.deserialize(Some(self.headers));
        whole.map_err(|error| Fault { problem: error.to_string(), ..Fault::default() })
    }
}

/// Reads every row, or tells the first thing wrong. `record` need not know the line.
pub fn read<T>(
    file: &[u8],
    columns: &Columns,
    record: impl Fn(Raw) -> Result<T, Fault>,
) -> Result<Vec<Numbered<T>>, Fault> {
    let text = text(file)?;
    let mut rows = Rows::open(text.as_bytes());
    let found = rows.next()?.ok_or_else(|| header("the file is empty; its first line names the columns"))?;
    let headers = headers(found.record, columns)?;
    let mut keys = Keys::of(columns, &headers);
    let mut records = vec![];
    while let Some(row) = rows.next()? {
        let at = |fault: Fault| Fault { line: Some(row.line), ..fault };
        if row.record.iter().all(|value| value.trim().is_empty()) {
            continue;
        }
        let whole = fitted(row.record, headers.len()).map_err(at)?;
        let read = record(Raw { record: &whole, headers: &headers }).map_err(at)?;
        keys.note(&whole, row.line).map_err(at)?;
        records.push(Numbered { line: row.line, record: read });
    }
    Ok(records)
}

fn text(file: &[u8]) -> Result<&str, Fault> {
    std::str::from_utf8(file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file)).map_err(|error| {
        let problem = "this is not UTF-8 text: save the file as «CSV UTF-8»".to_owned();
        Fault { line: Some(1 + breaks(&file[..error.valid_up_to()])), column: None, problem }
    })
}

/// Columns without a name at the end are what spreadsheets leave of emptied ones.
fn headers(found: &StringRecord, columns: &Columns) -> Result<StringRecord, Fault> {
    let mut names: Vec<String> = found.iter().map(|name| name.trim().to_lowercase()).collect();
    while names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    let known = |name: &str| columns.required.iter().chain(columns.optional).any(|column| *column == name);
    if let Some(name) = names.iter().find(|name| !known(name)) {
        let all = [columns.required, columns.optional].concat().join(", ");
        return Err(header(format!("unknown column «{}»; the columns are {all}", clean(name))));
    }
    if let Some(column) = columns.required.iter().find(|column| !names.iter().any(|name| name == *column)) {
        return Err(header(format!("the column «{column}» is missing")));
    }
    let twice = |name: &&String| names.iter().filter(|other| other == name).count() > 1;
    match names.iter().find(twice) {
        Some(name) => Err(header(format!("the column «{name}» stands twice"))),
        None => Ok(StringRecord::from(names)),
    }
}

/// The row as wide as the header: what stands beyond it must be empty.
fn fitted(row: &StringRecord, wanted: usize) -> Result<StringRecord, Fault> {
    let beyond = row.iter().skip(wanted).any(|value| !value.trim().is_empty());
    if row.len() < wanted || beyond {
        let problem = format!("{} values where the header has {wanted} columns", row.len());
        return Err(Fault { problem, ..Fault::default() });
    }
    Ok(row.iter().take(wanted).collect())
}

/// What records are known by: the first of the required columns.
struct Keys {
    column: &'static str,
    place: usize,
    lines: HashMap<String, u64>,
}

impl Keys {
    fn of(columns: &Columns, headers: &StringRecord) -> Keys {
        let column = columns.required.first().copied().unwrap_or_default();
        let place = headers.iter().position(|name| name == column).unwrap_or_default();
        Keys { column, place, lines: HashMap::new() }
    }

    /// Of two rows with one key the later would win, and win again whenever the file is loaded again.
    fn note(&mut self, row: &StringRecord, line: u64) -> Result<(), Fault> {
        let key = clean(row.get(self.place).unwrap_or_default());
        match self.lines.entry(key) {
            Entry::Occupied(first) => {
                let problem = format!("«{}» stands in line {} already", first.key(), first.get());
                Err(Fault { column: Some(self.column), problem, ..Fault::default() })
            }
            Entry::Vacant(place) => {
                place.insert(line);
                Ok(())
            }
        }
    }
}

fn header(problem: impl Into<String>) -> Fault {
    Fault { line: Some(1), column: None, problem: problem.into() }
}
