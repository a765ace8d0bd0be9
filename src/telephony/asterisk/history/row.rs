//! Rows of the PBX's record as they stand in a file or a table: columns by name, times in the server's own zone.

use std::collections::HashMap;
use std::time::Duration;

use chrono_tz::Tz;

use super::moment::moment;
use crate::domain::text;
use crate::telephony::asterisk::map::At;

/// Where each column stands in a row. Names are compared without case.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Columns(HashMap<String, usize>);

impl Columns {
    pub fn named<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> Columns {
        let place = |(index, name): (usize, S)| (name.as_ref().trim().to_ascii_lowercase(), index);
        Columns(names.into_iter().enumerate().map(place).collect())
    }

    pub fn has(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.0.contains_key(*name))
    }

    /// The first of these columns that there is.
    fn value<'r>(&self, row: &'r [String], names: &[&str]) -> &'r str {
        let index = names.iter().find_map(|name| self.0.get(*name));
        index.and_then(|index| row.get(*index)).map_or("", String::as_str)
    }

    pub fn moment(&self, row: &[String], names: &[&str], zone: Tz) -> Option<At> {
        moment(self.value(row, names), zone)
    }

    fn text(&self, row: &[String], names: &[&str]) -> String {
        self.value(row, names).to_owned()
    }
}

/// The names that one column goes by in Asterisk's back ends and in FreePBX.
pub mod names {
    pub const START: &[&str] = &["calldate", "start"];
    pub const END: &[&str] = &["end"];
    pub const LINKED: &[&str] = &["linkedid"];
    pub const UNIQUE: &[&str] = &["uniqueid"];
    pub const RECORDING: &[&str] = &["recordingfile"];
    pub const DISPOSITION: &[&str] = &["disposition"];
    pub const CHANNEL: &[&str] = &["channel"];
    pub const EVENT: &[&str] = &["eventtype"];
    pub const EVENT_TIME: &[&str] = &["eventtime"];
    pub const EVENT_CHANNEL: &[&str] = &["channame"];
    pub const EXTRA: &[&str] = &["extra", "eventextra"];
}

/// Without these a row is worth nothing.
pub const NEEDED_OF_CDR: [&[&str]; 4] = [names::START, names::UNIQUE, names::CHANNEL, names::DISPOSITION];
pub const NEEDED_OF_CEL: [&[&str]; 6] =
    [names::EVENT, names::EVENT_TIME, names::EVENT_CHANNEL, names::UNIQUE, names::LINKED, names::EXTRA];

/// One leg dialled, or what followed it.
#[derive(Clone, PartialEq, Debug)]
pub struct Cdr {
    /// Linkedid, or where the record has none the row's own Uniqueid.
    pub call: String,
    pub channel: String,
    pub dialled_channel: String,
    pub source: String,
    pub caller: String,
    pub destination: String,
    pub app: String,
    pub data: String,
    pub start: At,
    /// When the calling leg was answered, by the dialplan or by a person.
    pub answer: Option<At>,
    pub end: At,
    pub billed: Duration,
    pub disposition: String,
    pub recording: String,
    pub did: String,
}

/// One thing that happened to a channel.
#[derive(Clone, PartialEq, Debug)]
pub struct Cel {
    pub event: String,
    pub at: At,
    pub number: String,
    pub name: String,
    pub exten: String,
    pub channel: String,
    pub app: String,
    pub data: String,
    pub id: String,
    pub call: String,
    pub peer: String,
    /// A JSON object, or nothing.
    pub extra: String,
}

impl Cdr {
    /// `None` when the row tells neither whose call it is nor when.
    pub fn read(columns: &Columns, row: &[String], zone: Tz) -> Option<Cdr> {
        let time = |names| columns.moment(row, names, zone);
        let start = time(names::START)?;
        let seconds = |names| seconds(columns.value(row, names));
        let billed = seconds(&["billsec"]).unwrap_or_default();
        let whole = seconds(&["duration"]).unwrap_or(billed);
        let end = time(names::END).filter(|end| *end >= start).unwrap_or(start + whole);
        // The stock tables keep no time of the answer; what was billed ran from it.
        let told = time(&["answer"]);
        let answer = told.or_else(|| (!billed.is_zero()).then(|| end - billed));
        let linked = columns.value(row, names::LINKED);
        let call = if linked.is_empty() { columns.value(row, names::UNIQUE) } else { linked };
        (!call.is_empty()).then(|| Cdr {
            call: text::clean(call),
            channel: columns.text(row, names::CHANNEL),
            dialled_channel: columns.text(row, &["dstchannel"]),
            source: columns.text(row, &["src", "source"]),
            caller: columns.text(row, &["clid"]),
            destination: columns.text(row, &["dst", "destination"]),
            app: columns.text(row, &["lastapp"]),
            data: columns.text(row, &["lastdata"]),
            start,
            answer,
            end,
            billed,
            disposition: columns.value(row, names::DISPOSITION).to_ascii_uppercase(),
            recording: columns.text(row, names::RECORDING),
            did: columns.text(row, &["did"]),
        })
    }

    pub fn is_answered(&self) -> bool {
        self.disposition == "ANSWERED"
    }
}

impl Cel {
    pub fn read(columns: &Columns, row: &[String], zone: Tz) -> Option<Cel> {
        let at = columns.moment(row, names::EVENT_TIME, zone)?;
        let cel = Cel {
            event: columns.value(row, names::EVENT).to_ascii_uppercase(),
            at,
            number: columns.text(row, &["cid_num", "cidnum"]),
            name: columns.text(row, &["cid_name", "cidname"]),
            exten: columns.text(row, &["exten"]),
            channel: columns.text(row, names::EVENT_CHANNEL),
            app: columns.text(row, &["appname"]),
            data: columns.text(row, &["appdata"]),
            id: columns.text(row, names::UNIQUE),
            call: text::clean(columns.value(row, names::LINKED)),
            peer: columns.text(row, &["peer"]),
            extra: columns.text(row, names::EXTRA),
        };
        (!cel.id.is_empty() && !cel.call.is_empty()).then_some(cel)
    }
}

/// Whole, or with a fraction where the record was told to keep one.
fn seconds(raw: &str) -> Option<Duration> {
    const LONGEST: f64 = 31.0 * 24.0 * 3600.0;
    raw.trim().parse().ok().filter(|seconds| (0.0..=LONGEST).contains(seconds)).map(Duration::from_secs_f64)
}
