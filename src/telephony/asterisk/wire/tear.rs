//! Messages torn apart by a caller: a number with CR LF CR LF in it (SIP lets it through, the PBX writes it as
//! it is) ends a message early and makes what follows look like another.
//!
//! The PBX writes every snapshot of a channel whole, from `ChannelState` to `Linkedid`, and every message in
//! one piece. So a message with an unfinished snapshot is torn, and the very next block, whatever event it
//! claims to be, is its rest: its headers go behind those that came first, where they win nothing.

use super::Message;

/// A caller has 80 characters for his trick: more pieces than this are something else.
const MOST_PIECES: usize = 8;

/// Events that have their ids behind the numbers, and no snapshot.
const RECORDS: [&str; 2] = ["Cdr", "CEL"];

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

/// A block that cannot be anybody's rest: a live event with a snapshot of its own.
fn starts_anew(block: &Message) -> bool {
    block.is_live() && block.get("Channel").is_some() && block.get("ChannelState").is_some()
}

fn is_torn(message: &Message) -> bool {
    let Some(event) = message.event() else { return false };
    if RECORDS.iter().any(|record| event.eq_ignore_ascii_case(record)) {
        return message.is_live() && message.get("UniqueID").is_none();
    }
    message.names().filter_map(snapshot_prefix).any(|prefix| unfinished(message, prefix))
}

/// `DestChannelState` opens the snapshot whose headers begin with `Dest`.
fn snapshot_prefix(name: &str) -> Option<&str> {
    let at = name.len().checked_sub("ChannelState".len())?;
    let tail = name.get(at..)?;
    tail.eq_ignore_ascii_case("ChannelState").then(|| &name[..at])
}

fn unfinished(message: &Message, prefix: &str) -> bool {
    message.get(&format!("{prefix}Linkedid")).is_none()
}
