//! The files as they stand: columns, separators, line numbers. Knows no meaning of a value.

use csv::{ByteRecord, ReaderBuilder, StringRecord};
use serde::Deserialize;

use super::Fault;
use crate::domain::clinic::Numbered;
use crate::domain::text::clean;

/// The columns of one kind of file.
pub struct Columns {
    required: &'static [&'static str],
    optional: &'static [&'static str],
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
        self.record.deserialize(Some(self.headers)).map_err(fault)
    }
}

/// Reads every row, or tells the first thing wrong. `record` need not know the line.
pub fn read<T>(
    file: &[u8],
    columns: &Columns,
    record: impl Fn(Raw) -> Result<T, Fault>,
) -> Result<Vec<Numbered<T>>, Fault> {
    let text = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    let mut reader = ReaderBuilder::new().delimiter(separator(text)).from_reader(text);
    let headers = headers(reader.byte_headers().map_err(fault)?, columns)?;
    let mut records = vec![];
    let mut row = StringRecord::new();
    while reader.read_record(&mut row).map_err(fault)? {
        let line = row.position().map_or(0, csv::Position::line);
        let read = record(Raw { record: &row, headers: &headers });
        records.push(Numbered { line, record: read.map_err(|fault| Fault { line: Some(line), ..fault })? });
    }
    Ok(records)
}

/// Whichever of the two the header has more of.
fn separator(text: &[u8]) -> u8 {
    let header = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |separator| header.iter().filter(|byte| **byte == separator).count();
    if count(b';') > count(b',') { b';' } else { b',' }
}

fn headers(found: &ByteRecord, columns: &Columns) -> Result<StringRecord, Fault> {
    let names = StringRecord::from_byte_record(found.clone()).map_err(|_| not_utf8(1))?;
    let names: Vec<String> = names.iter().map(|name| name.trim().to_lowercase()).collect();
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

fn header(problem: String) -> Fault {
    Fault { line: Some(1), column: None, problem }
}

fn not_utf8(line: u64) -> Fault {
    let problem = "this is not UTF-8 text: save the file as «CSV UTF-8»".to_owned();
    Fault { line: Some(line), column: None, problem }
}

fn fault(error: csv::Error) -> Fault {
    let line = error.position().map(csv::Position::line);
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => not_utf8(line.unwrap_or_default()),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => Fault {
            line,
            column: None,
            problem: format!("{len} values where the header has {expected_len} columns"),
        },
        _ => Fault { line, column: None, problem: error.to_string() },
    }
}
