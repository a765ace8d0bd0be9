//! The sound of a call: whether it can be heard, how long it is kept, what was marked in it.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::id::{CallId, MarkId};

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Recording {
    pub call: CallId,
    pub state: Sound,
    /// Exempt from deletion by age until somebody lifts it.
    pub held: bool,
    /// In the order of their time.
    pub marks: Vec<Mark>,
}

/// Where the sound is.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sound {
    /// The provider has it, or soon will; it is fetched in the background, at once when somebody wants to hear it.
    Awaited,
    /// On this machine. `bytes` is the file's size.
    Here { bytes: u64 },
    /// Nothing was said in it: a file without sound.
    Silent,
    /// Could not be fetched and will not be tried again by itself.
    Lost { reason: Absence },
    /// Deleted by age, or by hand.
    Deleted { at: DateTime<Utc> },
}

/// Why there is nothing to hear. What a provider or a file said of it is somebody else's text, already cleaned.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Absence {
    #[error("the call was not recorded")]
    NotRecorded,
    #[error("recordings are not kept on this machine")]
    NotKept,
    #[error("recordings of {0} are not fetched")]
    NotFetchedFrom(String),
    #[error("it is older than the {0} days that recordings are kept")]
    TooOld(u32),
    #[error("not fetched within {0} days")]
    NeverCame(u32),
    #[error("nothing was said in it")]
    Silent,
    #[error("deleted on {}", .0.format("%Y-%m-%d"))]
    Deleted(DateTime<Utc>),
    #[error("the file is gone")]
    FileGone,
    #[error("the disk has no room for it")]
    NoRoom,
    #[error("the disk refuses it")]
    DiskRefused,
    #[error("it is still being fetched")]
    OnItsWay,
    #[error("the recording is not ready yet")]
    NotReady,
    #[error("the provider cannot be reached: {0}")]
    Unreachable(String),
    #[error("the recording is refused: {0}")]
    Refused(String),
    #[error("the recording is not there: {0}")]
    Gone(String),
    #[error("what came is no sound: {0}")]
    NoSound(String),
    #[error("the recording is larger than {0} bytes")]
    TooLarge(u64),
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
    #[error("the file is no sound of a known kind")]
    UnknownForm,
}

impl Absence {
    /// Whether trying again later may help.
    pub fn may_pass(&self) -> bool {
        use Absence::{DiskRefused, FileGone, NoRoom, NotReady, OnItsWay, Unreachable};
        matches!(self, FileGone | NoRoom | DiskRefused | OnItsWay | NotReady | Unreachable(_))
    }
}

/// How a file holds its sound.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SoundForm {
    Mp3,
    Wav,
    Ogg,
}

impl SoundForm {
    /// Told by the first bytes of a file, twelve or more of them.
    pub fn of(head: &[u8]) -> Option<SoundForm> {
        match head {
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Some(SoundForm::Wav),
            [b'O', b'g', b'g', b'S', ..] => Some(SoundForm::Ogg),
            [b'I', b'D', b'3', ..] => Some(SoundForm::Mp3),
            [0xff, layer, rate, ..] if is_mp3_frame(*layer, *rate) => Some(SoundForm::Mp3),
            _ => None,
        }
    }

    /// As at the end of a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            SoundForm::Mp3 => "mp3",
            SoundForm::Wav => "wav",
            SoundForm::Ogg => "ogg",
        }
    }
}

/// ISO 11172-3, 2.4.2.3: eleven bits set, a known version, layer III, a bit rate and a sampling rate that there are.
fn is_mp3_frame(layer: u8, rate: u8) -> bool {
    let version_known = layer & 0b1_1000 != 0b0_1000;
    let third_layer = layer & 0b110 == 0b010;
    layer >= 0b1110_0000 && version_known && third_layer && rate >> 4 != 15 && rate & 0b1100 != 0b1100
}

/// A place in a recording that somebody wants to find again.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Mark {
    pub id: MarkId,
    /// From the beginning of the recording.
    pub at: Duration,
    pub note: String,
}

#[cfg(test)]
mod tests {
    use super::SoundForm;

    #[test]
    fn the_form_is_told_by_the_first_bytes() {
        assert_eq!(SoundForm::of(b"RIFF\x24\0\0\0WAVEfmt "), Some(SoundForm::Wav));
        assert_eq!(SoundForm::of(b"OggS\0\x02\0\0\0\0\0\0"), Some(SoundForm::Ogg));
        assert_eq!(SoundForm::of(b"ID3\x04\0\0\0\0\0\0\0\0"), Some(SoundForm::Mp3));
        assert_eq!(SoundForm::of(b"\xff\xfb\x90\x44\0\0\0\0\0\0\0\0"), Some(SoundForm::Mp3));
        assert_eq!(SoundForm::of(b"\xff\xf1\x50\x80\0\0\0\0\0\0\0\0"), None, "AAC");
        assert_eq!(SoundForm::of(b"<!DOCTYPE html>"), None);
        assert_eq!(SoundForm::of(b"RIFF\x24\0\0\0AVI LIST"), None);
    }
}
