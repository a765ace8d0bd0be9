//! Opus in Ogg (RFC 7845), which symphonia unpacks and does not decode. Decoded at the rate it was recorded with, so that
//! a telephone call costs a sixth of the work and of the way to the operator.

use ropus::{Channels, DecodeMode, Decoder};
use symphonia::core::packet::Packet;

use super::Shape;

/// The stream's own time, whatever the recording's rate.
const TICKS: u32 = 48_000;
/// To be decoded before a place so that it sounds right: twice the least that RFC 7845, 4.6 asks for.
const PREROLL: u64 = 7_680;
/// The longest packet: 120 ms.
const LONGEST: u32 = TICKS * 120 / 1000;

pub struct Opus {
    decoder: Decoder,
    shape: Shape,
    /// Ticks at the beginning in which the decoder only warms up.
    preskip: u64,
    /// What to multiply samples with.
    gain: f32,
    frames: Vec<i16>,
}

impl Opus {
    /// Reads the identification header (RFC 7845, 5.1); more than two channels are not played.
    pub fn of(head: &[u8]) -> Option<(Opus, Shape)> {
        let head = head.strip_prefix(b"OpusHead")?.first_chunk::<11>()?;
        let [_, channels, skip_low, skip_high, r0, r1, r2, r3, gain_low, gain_high, family] = *head;
        let shape = Shape { rate: rate(u32::from_le_bytes([r0, r1, r2, r3])), channels: channels.into() };
        let decoder = decoder(shape).filter(|_| family < 2)?;
        let decibels = f32::from(i16::from_le_bytes([gain_low, gain_high])) / 256.0;
        let frames = vec![0; (LONGEST / (TICKS / shape.rate)) as usize * shape.channels];
        let preskip = u16::from_le_bytes([skip_low, skip_high]).into();
        let gain = 10_f32.powf(decibels / 20.0) / 32_768.0;
        Some((Opus { decoder, shape, preskip, gain, frames }, shape))
    }

    pub fn ticks_before(&self, frame: u64) -> Option<i64> {
        let ticks = frame.checked_mul(self.ticks_per_frame())?.checked_add(self.preskip)?;
        i64::try_from(ticks.saturating_sub(PREROLL)).ok()
    }

    pub fn reset(&mut self) {
        if let Some(fresh) = decoder(self.shape) {
            self.decoder = fresh;
        }
    }

    pub fn decode(&mut self, packet: &Packet, begin: i64, samples: &mut Vec<f32>) -> i64 {
        let per_frame = self.ticks_per_frame();
        let decoded = self.decoder.decode(&packet.data, &mut self.frames, DecodeMode::Normal);
        // A damaged packet is silence, so that what comes after stays in its place.
        let frames = decoded.unwrap_or_else(|_| {
            self.frames.fill(0);
            (packet.block_dur().get() / per_frame) as usize
        });
        let trimmed = frames.saturating_sub((packet.trim_end.get() / per_frame) as usize);
        let sounding = self.frames.iter().take(trimmed.saturating_mul(self.shape.channels));
        samples.extend(sounding.map(|sample| (f32::from(*sample) * self.gain).clamp(-1.0, 1.0)));
        begin.saturating_sub_unsigned(self.preskip).div_euclid(per_frame as i64)
    }

    fn ticks_per_frame(&self) -> u64 {
        u64::from(TICKS / self.shape.rate)
    }
}

fn decoder(shape: Shape) -> Option<Decoder> {
    let channels = match shape.channels {
        1 => Channels::Mono,
        2 => Channels::Stereo,
        _ => return None,
    };
    Decoder::new(shape.rate, channels).ok()
}

/// The least rate of Opus that keeps all of the original's; 0 is an original nobody knows.
fn rate(original: u32) -> u32 {
    [8_000, 12_000, 16_000, 24_000].into_iter().find(|rate| (1..=*rate).contains(&original)).unwrap_or(TICKS)
}
