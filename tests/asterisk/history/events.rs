//! Rows as Asterisk would write them, from the events it sent about the same calls.

use crate::recorded::data;

/// A column, and the header of the event that carries the same.
pub const CEL: [(&str, &str); 12] = [
    ("eventtype", "EventName"),
    ("eventtime", "EventTime"),
    ("cid_name", "CallerIDname"),
    ("cid_num", "CallerIDnum"),
    ("exten", "Exten"),
    ("channame", "Channel"),
    ("appname", "Application"),
    ("appdata", "AppData"),
    ("uniqueid", "UniqueID"),
    ("linkedid", "LinkedID"),
    ("peer", "Peer"),
    ("extra", "Extra"),
];
pub const CDR: [(&str, &str); 17] = [
    ("calldate", "StartTime"),
    ("answer", "AnswerTime"),
    ("end", "EndTime"),
    ("clid", "CallerID"),
    ("src", "Source"),
    ("dst", "Destination"),
    ("channel", "Channel"),
    ("dstchannel", "DestinationChannel"),
    ("lastapp", "LastApplication"),
    ("lastdata", "LastData"),
    ("duration", "Duration"),
    ("billsec", "BillableSeconds"),
    ("disposition", "Disposition"),
    ("uniqueid", "UniqueID"),
    ("linkedid", "Linkedid"),
    ("recordingfile", "RecordingFile"),
    ("did", "Did"),
];

/// Events that were torn apart by a caller's line breaks are left out.
pub fn rows(scenario: &str, event: &str, columns: &[(&str, &str)]) -> Vec<Vec<String>> {
    let bytes = std::fs::read(data(&format!("{scenario}.txt"))).unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let opening = format!("Event: {event}\r\n");
    let whole = |block: &&str| block.starts_with(&opening) && block.contains("\r\nU");
    text.split("\r\n\r\n").filter(whole).map(|block| row(block, columns)).collect()
}

fn row(block: &str, columns: &[(&str, &str)]) -> Vec<String> {
    let header = |name: &str| {
        let line = block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(":"));
        line.unwrap_or_default().trim().to_owned()
    };
    columns.iter().map(|(_, name)| header(name)).collect()
}

/// Every value in quotes, as `CSV_QUOTE` does.
pub fn separated(rows: &[Vec<String>]) -> String {
    let quoted = |value: &String| format!("\"{}\"", value.replace('"', "\"\""));
    let line = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n";
    rows.iter().map(line).collect()
}
