//! What sounds in the tests, and how it is told again.

use std::f32::consts::TAU;
use std::path::{Path, PathBuf};

use pult::host::sound::Decoder;

pub fn tone(hertz: f32, rate: u32, seconds: f32) -> Vec<f32> {
    let frames = (rate as f32 * seconds) as usize;
    (0..frames).map(|at| 0.5 * (at as f32 * hertz * TAU / rate as f32).sin()).collect()
}

/// A sound that is nowhere like itself elsewhere: a place in it can be found again.
pub fn noise(frames: usize) -> Vec<f32> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1 << 24) as f32 - 0.5
    };
    (0..frames).map(|_| (next() * 32_768.0).round() / 32_768.0).collect()
}

/// How much of `hertz` there is, as an amplitude (Goertzel).
pub fn amount(samples: &[f32], hertz: f32, rate: u32) -> f32 {
    let (mut sine, mut cosine) = (0.0, 0.0);
    for (at, sample) in samples.iter().enumerate() {
        let turn = (at as f32 * hertz / rate as f32).fract() * TAU;
        sine += sample * turn.sin();
        cosine += sample * turn.cos();
    }
    2.0 * f32::hypot(sine, cosine) / samples.len() as f32
}

pub fn channel(samples: &[f32], channels: usize, which: usize) -> Vec<f32> {
    samples.iter().skip(which).step_by(channels).copied().collect()
}

pub fn recorded(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/sound").join(name)
}

pub fn all_of(decoder: &mut Decoder) -> Vec<f32> {
    let mut samples = vec![];
    loop {
        let piece = decoder.next(1_000);
        if piece.is_empty() {
            return samples;
        }
        samples.extend_from_slice(piece);
    }
}
