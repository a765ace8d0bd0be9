//! A recording's file as samples: mp3, WAV, Ogg with Opus or Vorbis, told apart by content, never by name. Read piece by
//! piece, so that length costs no memory. Files come from outside: a damaged one sounds as far as it goes, and whatever
//! a decoder does to itself stays here.

mod mended;
mod opus;

use std::fs::File;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use symphonia::core::codecs::audio::well_known::CODEC_ID_OPUS;
use symphonia::core::codecs::audio::{AudioCodecParameters, AudioDecoder};
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatReader, SeekMode, SeekTo, Track, TrackType};
use symphonia::core::io::MediaSourceStream;
use symphonia::core::packet::Packet;
use symphonia::core::units::Timestamp;
use symphonia::default::{get_codecs, get_probe};

use crate::domain::recording::Absence;
use mended::Mended;
use opus::Opus;

/// Samples a second: below is no speech, above is no sound server.
const RATES: std::ops::RangeInclusive<u32> = 4_000..=192_000;
const MOST_CHANNELS: usize = 8;
/// Frames decoded before a place so that it sounds as on the way there: two of the longest packets.
const LEAD: i64 = 8_192;

/// Why a file cannot be played; the texts are for people.
#[derive(Debug, thiserror::Error)]
pub enum Unplayable {
    #[error("the file cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    #[error("the file is no sound of a known kind")]
    Unknown,
    #[error("there is no sound in the file")]
    Empty,
}

impl From<Unplayable> for Absence {
    fn from(unplayable: Unplayable) -> Absence {
        match unplayable {
            Unplayable::Unreadable(error) => Absence::Unreadable(error.to_string()),
            Unplayable::Unknown => Absence::UnknownForm,
            Unplayable::Empty => Absence::Silent,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shape {
    /// Frames a second.
    pub rate: u32,
    /// 1 or 2; what has more is mixed to 2.
    pub channels: usize,
}

pub struct Decoder {
    format: Box<dyn FormatReader>,
    codec: Codec,
    track: u32,
    /// The stream's own time of its first packet, below 0 where the codec only warms up.
    start: i64,
    /// The stream's own time of frame 0: a piece of a longer one does not begin at 0.
    origin: i64,
    shape: Shape,
    /// Interleaved; the samples before `given` were given out.
    ready: Vec<f32>,
    given: usize,
    /// The frame that is given out next.
    at: u64,
    ended: bool,
}

enum Codec {
    Known(Box<dyn AudioDecoder>),
    Opus(Box<Opus>),
}

impl Decoder {
    pub fn open(path: &Path) -> Result<Decoder, Unplayable> {
        let file = File::open(path)?;
        unharmed(|| Decoder::of(file)).unwrap_or(Err(Unplayable::Unknown))
    }

    fn of(file: File) -> Result<Decoder, Unplayable> {
        let stream = MediaSourceStream::new(Box::new(Mended::of(file)?), Default::default());
        let probed = get_probe().probe(&Hint::new(), stream, Default::default(), Default::default());
        let format = probed.map_err(unplayable)?;
        let track = format.default_track(TrackType::Audio).ok_or(Unplayable::Unknown)?;
        let (codec, shape) = Codec::of(track)?;
        let (track, start) = (track.id, track.start_ts.get());
        let origin = start.max(0);
        Ok(Decoder {
            format,
            codec,
            track,
            start,
            origin,
            shape,
            ready: vec![],
            given: 0,
            at: 0,
            ended: false,
        })
    }

    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// The frame that [`Decoder::next`] begins with.
    pub fn at(&self) -> u64 {
        self.at
    }

    /// At most so many frames, interleaved, between -1 and 1; none at the end.
    pub fn next(&mut self, frames: usize) -> &[f32] {
        while self.given == self.ready.len() && self.refill(0) {}
        let wanted = frames.saturating_mul(self.shape.channels);
        let from = self.given;
        self.given += wanted.min(self.ready.len() - from);
        self.at += ((self.given - from) / self.shape.channels) as u64;
        &self.ready[from..self.given]
    }

    /// Beyond the end nothing comes any more.
    pub fn seek(&mut self, frame: u64) {
        self.ready.clear();
        self.given = 0;
        self.ended = unharmed(|| self.jump(frame)).flatten().is_none();
        self.at = frame;
        while self.ready.is_empty() && self.refill(frame) {}
    }

    fn jump(&mut self, frame: u64) -> Option<()> {
        let ts = Timestamp::new(self.origin.checked_add(self.codec.ticks_before(frame)?)?.max(self.start));
        self.format.seek(SeekMode::Accurate, SeekTo::Timestamp { ts, track_id: self.track }).ok()?;
        self.codec.reset();
        Some(())
    }

    /// One packet more, without the frames before `from`; false at the end.
    fn refill(&mut self, from: u64) -> bool {
        self.ready.clear();
        self.given = 0;
        self.ended = self.ended || !unharmed(|| self.decode(from)).unwrap_or(false);
        !self.ended
    }

    fn decode(&mut self, from: u64) -> bool {
        // Whatever cannot be read on is the end: what came until there has sounded.
        let Ok(Some(packet)) = self.format.next_packet() else { return false };
        if packet.track_id != self.track {
            return true;
        }
        let begin = packet.pts.get().saturating_sub(self.origin);
        let first = self.codec.decode(&packet, begin, self.shape, &mut self.ready);
        let early = i64::try_from(from).unwrap_or(i64::MAX).saturating_sub(first).max(0);
        let early = usize::try_from(early).unwrap_or(usize::MAX).saturating_mul(self.shape.channels);
        self.ready.drain(..early.min(self.ready.len()));
        true
    }
}

impl Codec {
    fn of(track: &Track) -> Result<(Codec, Shape), Unplayable> {
        let parameters = track.codec_params.as_ref().and_then(|parameters| parameters.audio());
        let parameters = parameters.ok_or(Unplayable::Unknown)?;
        if parameters.codec == CODEC_ID_OPUS {
            let (opus, shape) =
                parameters.extra_data.as_deref().and_then(Opus::of).ok_or(Unplayable::Unknown)?;
            return Ok((Codec::Opus(Box::new(opus)), shape));
        }
        let shape = shape_of(parameters).ok_or(Unplayable::Unknown)?;
        let decoder = get_codecs().make_audio_decoder(parameters, &Default::default()).map_err(unplayable)?;
        Ok((Codec::Known(decoder), shape))
    }

    /// The time of the stream from which to decode so that `frame` comes out right.
    fn ticks_before(&self, frame: u64) -> Option<i64> {
        match self {
            Codec::Known(_) => Some(i64::try_from(frame).ok()?.saturating_sub(LEAD)),
            Codec::Opus(opus) => opus.ticks_before(frame),
        }
    }

    fn reset(&mut self) {
        match self {
            Codec::Known(decoder) => decoder.reset(),
            Codec::Opus(opus) => opus.reset(),
        }
    }

    /// The samples of a packet that begins at `begin` in the stream's own time; the number of their first frame, before 0
    /// where the codec only warms up.
    fn decode(&mut self, packet: &Packet, begin: i64, shape: Shape, samples: &mut Vec<f32>) -> i64 {
        let decoder = match self {
            Codec::Opus(opus) => return opus.decode(packet, begin, samples),
            Codec::Known(decoder) => decoder,
        };
        match decoder.decode(packet) {
            Ok(buffer) => {
                buffer.copy_to_vec_interleaved(samples);
                mix(samples, buffer.spec().channels().count(), shape.channels);
            }
            // A damaged packet is silence, so that what comes after stays in its place.
            Err(_) => {
                samples.resize((packet.dur.get().min(u64::from(shape.rate)) as usize) * shape.channels, 0.0)
            }
        }
        begin.saturating_add_unsigned(packet.trim_start.get())
    }
}

fn shape_of(parameters: &AudioCodecParameters) -> Option<Shape> {
    let rate = parameters.sample_rate.filter(|rate| RATES.contains(rate))?;
    let channels = parameters.channels.as_ref().map(|channels| channels.count())?;
    (1..=MOST_CHANNELS).contains(&channels).then(|| Shape { rate, channels: channels.min(2) })
}

/// Each channel of the result is the mean of every second one of `from`, or the only one there is.
fn mix(samples: &mut Vec<f32>, from: usize, to: usize) {
    if from != to && from > 0 {
        let mixed = |frame: &[f32], channel: usize| {
            let of_channel = || frame.iter().skip(channel.min(from - 1)).step_by(to);
            of_channel().sum::<f32>() / of_channel().count() as f32
        };
        let frames = samples.chunks_exact(from);
        *samples = frames.flat_map(|frame| (0..to).map(move |channel| mixed(frame, channel))).collect();
    }
    for sample in samples {
        *sample = if sample.is_finite() { sample.clamp(-1.0, 1.0) } else { 0.0 };
    }
}

fn unplayable(error: Error) -> Unplayable {
    match error {
        Error::IoError(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            Unplayable::Unreadable(error)
        }
        _ => Unplayable::Unknown,
    }
}

/// `None` when a decoder broke on what it was given; it is never asked again.
fn unharmed<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_are_mixed_to_those_there_are() {
        let mixed = |samples: &[f32], from, to| {
            let mut samples = samples.to_vec();
            mix(&mut samples, from, to);
            samples
        };
        assert_eq!(mixed(&[0.5, 0.25], 2, 2), [0.5, 0.25]);
        assert_eq!(mixed(&[0.5, 0.25], 1, 2), [0.5, 0.5, 0.25, 0.25]);
        assert_eq!(mixed(&[0.5, 0.25], 2, 1), [0.375]);
        assert_eq!(mixed(&[0.1, 0.2, 0.3, 0.4], 4, 2), [0.2, 0.3]);
        assert_eq!(mixed(&[f32::NAN, 7.0, f32::NEG_INFINITY], 1, 1), [0.0, 1.0, 0.0]);
    }
}
