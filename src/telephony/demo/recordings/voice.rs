//! A voice nobody has: syllables of a few overtones, strung into words. Enough to hear who speaks and when.

use std::f64::consts::TAU;
use std::ops::Range;

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::a_law::{RATE, compress};

/// Of the overtones of each vowel.
const VOWELS: [[f64; 5]; 4] = [
    [1.0, 0.8, 0.5, 0.3, 0.2],
    [1.0, 0.3, 0.2, 0.5, 0.4],
    [0.8, 1.0, 0.2, 0.1, 0.1],
    [1.0, 0.6, 0.6, 0.1, 0.3],
];
/// Each is spoken softly and loudly.
const LOUDNESS: [f64; 3] = [0.25, 0.5, 0.9];

/// Samples of a syllable, and of the gap after a word.
const SYLLABLE: usize = RATE * 17 / 100;
const GAP: usize = RATE / 10;

pub struct Voice {
    /// In A-law, made once: a talk is strung together from these.
    syllables: Vec<Vec<u8>>,
}

impl Voice {
    /// `pitch` in Hz.
    pub fn of(pitch: f64) -> Voice {
        let spoken = VOWELS.iter().enumerate().flat_map(|(nth, vowel)| {
            let pitch = pitch * (1.0 + 0.06 * nth as f64);
            LOUDNESS.map(|loudness| syllable(vowel, pitch, loudness))
        });
        Voice { syllables: spoken.collect() }
    }

    /// Speaks within `span`, whole syllables alone; where it fell silent comes back.
    pub fn speak(&self, channel: &mut [u8], span: Range<usize>, dice: &mut ChaCha8Rng) -> usize {
        let mut at = span.start;
        while at + SYLLABLE <= span.end {
            let syllable = &self.syllables[dice.random_range(0..self.syllables.len())];
            channel[at..at + SYLLABLE].copy_from_slice(syllable);
            at += SYLLABLE;
            if dice.random_range(0..4) == 0 {
                at += GAP;
            }
        }
        at.max(span.end)
    }
}

/// Swells and dies away, so that no syllable clicks.
fn syllable(vowel: &[f64], pitch: f64, loudness: f64) -> Vec<u8> {
    let whole: f64 = vowel.iter().sum();
    let sample = |nth: usize| {
        let time = nth as f64 / RATE as f64;
        let tone =
            |(overtone, share): (usize, &f64)| share * (TAU * pitch * (overtone + 1) as f64 * time).sin();
        let swell = (TAU / 2.0 * nth as f64 / SYLLABLE as f64).sin();
        let sound: f64 = vowel.iter().enumerate().map(tone).sum();
        compress((sound / whole * swell * loudness * f64::from(i16::MAX)) as i16)
    };
    (0..SYLLABLE).map(sample).collect()
}
