//! Messages torn apart by a caller: a number with CR LF CR LF in it (SIP lets it through, the PBX writes it as
//! it is) ends a message early and makes what follows look like another.
//!
//! The PBX writes every snapshot of a channel whole, from `ChannelState` to `Linkedid`, and every message in
//! one piece. So a message with an unfinished snapshot is torn, and the very next block, whatever event it
//! claims to be, is its rest: its headers go behind those that came first, where they win nothing. The fields
//! of a snapshot are more than fits into the 80 characters a caller has: he cannot finish one himself.

use super::Message;

/// A caller cannot tear a message into more pieces than this.
const MOST_PIECES: usize = 24;

/// What follows the number in every snapshot, since Asterisk 12.
const SNAPSHOT: [&str; 10] = [
    "CallerIDNum",
    "CallerIDName",
    "ConnectedLineNum",
    "ConnectedLineName",
    "AccountCode",
    "Context",
    "Exten",
    "Priority",
    "Uniqueid",
    "Linkedid",
];

/// Records have no snapshot; these fields stand behind what a caller can write into.
const CDR: [&str; 8] = [
    "Destination",
    "DestinationContext",
    "CallerID",
    "Channel",
    "DestinationChannel",
    "LastApplication",
    "StartTime",
    "UniqueID",
];
const CEL: [&str; 8] = [
    "CallerIDname",
    "CallerIDani",
    "CallerIDdnid",
    "Context",
    "Application",
    "EventTime",
    "UniqueID",
    "LinkedID",
];

/// Items of lists carry raw numbers too, and behind them the ActionID that makes them believed.
const QUEUE_ENTRY: [&str; 5] =
    ["CallerIDNum", "CallerIDName", "ConnectedLineNum", "ConnectedLineName", "Wait"];
const STATUS: [&str; 9] = [
    "EffectiveConnectedLineNum",
    "EffectiveConnectedLineName",
    "TimeToHangup",
    "Application",
    "Data",
    "Nativeformats",
    "Readformat",
    "Writeformat",
    "Seconds",
];

#[derive(Default)]
pub struct Mender {
    torn: Option<Message>,
    pieces: usize,
}

impl Mender {
    /// The message that this block completes; `None` while its rest is still to come.
    pub fn mend(&mut self, block: Message) -> Option<Message> {
        let whole = match self.torn.take() {
            Some(mut head) if !starts_anew(&block) => {
                head.headers.extend(block.headers);
                head
            }
            _ => {
                self.pieces = 0;
                block
            }
        };
        self.pieces += 1;
        if is_torn(&whole) && self.pieces < MOST_PIECES {
            self.torn = Some(whole);
            return None;
        }
        Some(whole)
    }
}

/// A block that cannot be anybody's rest: a live event with a whole snapshot of its own.
fn starts_anew(block: &Message) -> bool {
    block.is_live() && snapshots(block).any(str::is_empty) && !is_torn(block)
}

fn is_torn(message: &Message) -> bool {
    let lacks = |prefix: &str, fields: &[&str]| {
        fields.iter().any(|field| message.get(&format!("{prefix}{field}")).is_none())
    };
    // Behind the privilege, or the time where the PBX writes it.
    let opens_with =
        |field: &str| message.is_live() && message.names().skip(2).take(2).any(|name| name == field);
    match message.event() {
        None => false,
        Some("Cdr") => opens_with("AccountCode") && lacks("", &CDR),
        Some("CEL") => opens_with("EventName") && lacks("", &CEL),
        Some("QueueEntry") => message.name_at(1) == Some("Queue") && lacks("", &QUEUE_ENTRY),
        Some("Status") if message.get("Type").is_some() && lacks("", &STATUS) => true,
        Some(_) => snapshots(message).any(|prefix| lacks(prefix, &SNAPSHOT)),
    }
}

/// The prefixes of the snapshots in a message: `DestChannel`, `DestChannelState` open the one of `Dest`.
fn snapshots(message: &Message) -> impl Iterator<Item = &str> {
    let behind = message.names().skip(1);
    message.names().zip(behind).filter_map(|(channel, state)| {
        let prefix = channel.strip_suffix("Channel")?;
        (state.strip_suffix("ChannelState") == Some(prefix)).then_some(prefix)
    })
}
