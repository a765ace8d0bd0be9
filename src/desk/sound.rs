//! What the desk tells whoever plays sound for it, and what it hears back. The desk knows no device and no file.

use std::sync::Arc;
use std::time::Duration;

use crate::domain::desk::Refusal;
use crate::domain::id::CallId;

#[derive(Clone, PartialEq, Debug)]
pub enum SoundOrder {
    /// Finds the recording of a call, fetches it if need be, and looks through it; answered by [`SoundNews::Opened`] or
    /// [`SoundNews::Refused`]. What was open before is closed.
    Open(CallId),
    /// From a place in the recording, also while it plays.
    Play {
        from: Duration,
        manner: Manner,
    },
    Pause,
    Close,
    /// A copy of the file into the operator's folder; answered by [`Event::Exported`](super::Event).
    SaveCopy(CallId),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Manner {
    /// 75 to 200; the pitch stays.
    pub percent: u16,
    pub skip_silence: bool,
    /// Played over and over: from, to.
    pub part: Option<(Duration, Duration)>,
}

impl Default for Manner {
    fn default() -> Manner {
        Manner { percent: 100, skip_silence: false, part: None }
    }
}

#[derive(Clone, PartialEq, Debug)]
pub enum SoundNews {
    Opened {
        call: CallId,
        waveform: Arc<Waveform>,
    },
    Refused {
        call: CallId,
        refusal: Refusal,
    },
    /// Where it is, a few times a second while it plays.
    At(Duration),
    Ended,
    /// How else a recording can be heard: the telephony can ring a phone and play it there. Told at the beginning.
    Ways {
        phone: bool,
    },
    /// There is nothing to play it with. The recording stays open.
    NoDevice(Mute),
}

/// Why nothing is heard.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Mute {
    /// No sound server was found.
    NoServer,
    /// The one that is named is not of this machine: it would play in another room.
    Elsewhere,
    /// It does not answer; in its own words.
    Failed(String),
}

/// The loudness of a recording, window by window.
#[derive(Clone, PartialEq, Debug)]
pub struct Waveform {
    pub length: Duration,
    pub window: Duration,
    /// One or two channels of as many windows: the loudest sample of each, 0 to 255.
    pub channels: Vec<Vec<u8>>,
    /// Longer spans in which nobody speaks: from, to.
    pub silences: Vec<(Duration, Duration)>,
}
