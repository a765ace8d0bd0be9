//! What the demo's calls sound like: two voices that take turns, a channel each, made anew from the name of the
//! recording. The same name always sounds the same, so nothing needs to be kept to have something to hear.

mod a_law;
mod voice;

use std::time::Duration;

use futures_util::future::BoxFuture;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tokio::fs::File;
use tokio::io::AsyncWriteExt as _;

use super::NAME;
use crate::domain::recording::SoundForm;
use crate::telephony::{FetchError, Fetched, Recordings};
use a_law::{RATE, SILENCE};
use voice::Voice;

/// No talk of a clinic is longer; a name that says so is not one of ours.
const LONGEST: u64 = 2 * 60 * 60;

/// In Hz: ours and theirs.
const PITCHES: [f64; 2] = [205.0, 118.0];

/// What the demo's provider says of the recording of a talk: `demo-3-42s.wav`.
pub fn name(call: &str, talk: Duration) -> String {
    format!("{call}-{}s.wav", talk.as_secs())
}

fn length(recording: &str) -> Option<u64> {
    let (_, length) = recording.strip_suffix("s.wav")?.rsplit_once('-')?;
    length.parse().ok().filter(|length| (1..=LONGEST).contains(length))
}

pub struct Voices;

impl Recordings for Voices {
    fn provider(&self) -> &str {
        NAME
    }

    fn fetch<'a>(
        &'a self,
        recording: &'a str,
        into: &'a mut File,
        at_most: u64,
    ) -> BoxFuture<'a, Result<Fetched, FetchError>> {
        Box::pin(async move {
            let length = length(recording).ok_or_else(|| FetchError::Gone("no such recording".into()))?;
            let bytes = a_law::size(length);
            if bytes > at_most {
                return Err(FetchError::TooLarge(at_most));
            }
            into.write_all(&a_law::wav(talk(recording, length))).await?;
            into.flush().await?;
            Ok(Fetched { bytes, form: SoundForm::Wav })
        })
    }
}

/// Two channels of A-law.
fn talk(recording: &str, seconds: u64) -> [Vec<u8>; 2] {
    let samples = usize::try_from(seconds).unwrap_or(0) * RATE;
    let mut channels = [vec![SILENCE; samples], vec![SILENCE; samples]];
    let mut dice = ChaCha8Rng::seed_from_u64(seed(recording));
    let voices = PITCHES.map(|pitch| Voice::of(pitch * dice.random_range(0.9..1.15)));
    let (mut at, mut turn) = (RATE / 3, 0);
    while at < samples {
        let end = at + dice.random_range(RATE..6 * RATE);
        let (voice, channel) = (&voices[turn % 2], &mut channels[turn % 2]);
        at = voice.speak(channel, at..end.min(samples), &mut dice);
        at += pause(&mut dice);
        turn += 1;
    }
    channels
}

/// Now and then somebody looks something up.
fn pause(dice: &mut ChaCha8Rng) -> usize {
    match dice.random_range(0..8) {
        0 => dice.random_range(4 * RATE..9 * RATE),
        _ => dice.random_range(RATE / 5..RATE),
    }
}

/// FNV-1a: the same on every machine.
fn seed(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn fetched(recording: &str, at_most: u64) -> Result<(Fetched, Vec<u8>), FetchError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut into = File::create(file.path()).await.unwrap();
        let fetched = Voices.fetch(recording, &mut into, at_most).await?;
        Ok((fetched, std::fs::read(file.path()).unwrap()))
    }

    #[tokio::test]
    async fn a_recording_is_as_long_as_its_talk_and_always_the_same() {
        let name = name("demo-1", Duration::from_secs(7));
        let (fetched_once, bytes) = fetched(&name, u64::MAX).await.unwrap();
        assert_eq!(fetched_once.bytes, bytes.len() as u64);
        assert_eq!(bytes.len(), 58 + 7 * 2 * RATE);
        assert_eq!(SoundForm::of(&bytes), Some(SoundForm::Wav));
        assert_eq!(fetched(&name, u64::MAX).await.unwrap().1, bytes);
        assert_ne!(fetched("demo-2-7s.wav", u64::MAX).await.unwrap().1, bytes);
    }

    #[tokio::test]
    async fn two_speak_in_turns_and_are_silent_between() {
        let [ours, theirs] = talk("demo-1-60s.wav", 60);
        let speaks = |channel: &[u8], second: usize| {
            channel[second * RATE..][..RATE].iter().filter(|byte| **byte != SILENCE).count() > RATE / 2
        };
        let alone = |one: &[u8], other: &[u8]| {
            (0..60).filter(|second| speaks(one, *second) && !speaks(other, *second)).count()
        };
        assert!(alone(&ours, &theirs) > 10);
        assert!(alone(&theirs, &ours) > 10);
        assert!((0..60).all(|second| !(speaks(&ours, second) && speaks(&theirs, second))));
    }

    #[tokio::test]
    async fn other_names_and_too_large_ones_are_refused() {
        for wrong in ["", "demo-1", "demo-1-0s.wav", "demo-1-99999999s.wav", "../../etc/passwd", "x-1s.mp3"] {
            assert!(matches!(fetched(wrong, u64::MAX).await, Err(FetchError::Gone(_))), "{wrong}");
        }
        assert!(matches!(fetched("demo-1-7s.wav", 1000).await, Err(FetchError::TooLarge(1000))));
    }
}
