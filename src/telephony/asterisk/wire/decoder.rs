//! Bytes to messages, whatever way they arrive.

use super::Message;
use super::tear::Mender;

/// The rest of a longer line is dropped. The longest real lines (variables, dialplan) stay below 2 KB.
const LONGEST_LINE: usize = 16 * 1024;
/// Further headers are dropped. A channel's status with all its variables has about a hundred.
const MOST_HEADERS: usize = 1024;

/// Turns a connection's bytes into messages. One per connection; memory is bounded whatever the peer sends.
#[derive(Default)]
pub struct Decoder {
    line: Vec<u8>,
    last: u8,
    ending: Option<Ending>,
    greeted: bool,
    banner: Option<String>,
    message: Message,
    mender: Mender,
}

/// How this peer ends its lines. A PBX writes CR LF, so a lone LF inside a value is data and no new header;
/// a log that went through an editor may have lone LFs throughout.
#[derive(Clone, Copy, PartialEq)]
enum Ending {
    CrLf,
    Lf,
}

impl Decoder {
    /// The messages that these bytes complete.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Message> {
        let mut messages = Vec::new();
        for &byte in bytes {
            if byte == b'\n' && self.ends_line() {
                messages.extend(self.close_line());
            } else if self.line.len() < LONGEST_LINE {
                self.line.push(byte);
            }
            self.last = byte;
        }
        messages
    }

    /// `Asterisk Call Manager/11.0.0`, once it has come.
    pub fn banner(&self) -> Option<&str> {
        self.banner.as_deref()
    }

    fn ends_line(&mut self) -> bool {
        let ending = if self.last == b'\r' { Ending::CrLf } else { Ending::Lf };
        *self.ending.get_or_insert(ending) == Ending::Lf || ending == Ending::CrLf
    }

    fn close_line(&mut self) -> Option<Message> {
        let bytes = std::mem::take(&mut self.line);
        let line = String::from_utf8_lossy(bytes.strip_suffix(b"\r").unwrap_or(&bytes));
        if line.is_empty() {
            return self.close_message();
        }
        let first = !std::mem::replace(&mut self.greeted, true);
        if first && line.starts_with("Asterisk Call Manager") {
            self.banner = Some(line.into_owned());
        } else if self.message.headers.len() < MOST_HEADERS {
            self.message.push(&line);
        }
        None
    }

    fn close_message(&mut self) -> Option<Message> {
        let block = std::mem::take(&mut self.message);
        if block.headers.is_empty() { None } else { self.mender.mend(block) }
    }
}
