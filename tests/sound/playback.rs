use std::time::Duration;

use pult::desk::{Manner, Waveform};
use pult::host::sound::{Heard, Playback, look_through};

use crate::decode::file;
use crate::tone::{amount, noise, tone};
use crate::wav::Wav;

const RATE: usize = 8_000;

fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

fn playback(samples: &[f32], from: Duration, manner: Manner) -> (Playback, Heard) {
    let file = file(&Wav::telephone().bytes(samples));
    let waveform = look_through(file.path(), || true).unwrap().unwrap();
    Playback::open(file.path(), &waveform, from, manner).unwrap()
}

/// At most so many samples; asked for in odd pieces, as servers do.
fn played(playback: &mut Playback, most: usize) -> Vec<f32> {
    let (mut samples, mut bytes) = (vec![], [0; 998]);
    while samples.len() < most {
        let wanted = most.saturating_sub(samples.len()).saturating_mul(2).min(bytes.len());
        let filled = playback.read(&mut bytes[..wanted]);
        if filled == 0 {
            break;
        }
        let sample = |pair: &[u8]| f32::from(i16::from_le_bytes([pair[0], pair[1]])) / 32_768.0;
        samples.extend(bytes[..filled].chunks_exact(2).map(sample));
    }
    samples
}

#[test]
fn the_samples_of_the_file_come_unchanged_from_any_place() {
    let samples = noise(RATE);
    let (mut whole, mut heard) = playback(&samples, ms(0), Manner::default());
    assert_eq!(played(&mut whole, usize::MAX), samples);
    assert_eq!((heard.at(0), heard.at(2_000)), (ms(0), ms(250)));
    let (mut rest, mut heard) = playback(&samples, ms(300), Manner::default());
    assert_eq!(played(&mut rest, usize::MAX), samples[2_400..]);
    assert_eq!((heard.at(0), heard.at(800)), (ms(300), ms(400)));
    for beyond in [ms(5_000), Duration::MAX] {
        let (mut nothing, mut heard) = playback(&samples, beyond, Manner::default());
        assert_eq!(played(&mut nothing, usize::MAX), [0.0; 0]);
        assert!(heard.at(10) > ms(1_000));
    }
}

#[test]
fn speed_changes_how_long_it_takes_and_where_it_is() {
    let samples = tone(440.0, RATE as u32, 6.0);
    let manner = Manner { percent: 150, ..Manner::default() };
    let (mut playback, mut heard) = playback(&samples, ms(0), manner);
    let fast = played(&mut playback, usize::MAX);
    assert!((31_500..32_700).contains(&fast.len()), "{}", fast.len());
    assert!(amount(&fast[4_000..8_000], 440.0, RATE as u32) > 0.45);
    assert_eq!(heard.at(8_000), ms(1_500));
}

/// A second of noise, two of silence, a second of noise.
fn with_silence() -> (Vec<f32>, Vec<f32>) {
    let sound = noise(2 * RATE);
    let samples = [&sound[..RATE], &[0.0; 2 * RATE], &sound[RATE..]].concat();
    (sound, samples)
}

#[test]
fn silence_is_skipped_but_for_a_breath() {
    let (sound, samples) = with_silence();
    let manner = Manner { skip_silence: true, ..Manner::default() };
    let (mut playback, mut heard) = playback(&samples, ms(0), manner);
    let short = played(&mut playback, usize::MAX);
    assert_eq!(short.len(), 2 * RATE + 2 * RATE * 150 / 1_000);
    assert_eq!((&short[..RATE], &short[short.len() - RATE..]), (&sound[..RATE], &sound[RATE..]));
    assert_eq!(heard.at(RATE as u64), ms(1_000));
    assert_eq!(heard.at(short.len() as u64), ms(4_000));
}

#[test]
fn a_part_is_played_over_and_over() {
    let samples = noise(RATE);
    let manner = Manner { part: Some((ms(250), ms(500))), ..Manner::default() };
    let (mut playback, mut heard) = playback(&samples, ms(400), manner);
    let (part, lead) = (&samples[2_000..4_000], &samples[3_200..4_000]);
    assert_eq!(played(&mut playback, 4_800), [lead, part, part].concat());
    assert_eq!(heard.at(0), ms(400));
    assert_eq!(heard.at(900), ms(262) + Duration::from_micros(500));
    assert_eq!(heard.at(2_800), ms(250));
}

#[test]
fn a_part_beyond_the_end_turns_at_the_end() {
    let samples = noise(RATE);
    let manner = Manner { part: Some((ms(750), ms(5_000))), ..Manner::default() };
    let (mut playback, _) = playback(&samples, ms(900), manner);
    assert_eq!(played(&mut playback, 2_800), [&samples[7_200..], &samples[6_000..]].concat());
}

/// Nothing is left of these to be heard; they end instead of seeking for ever.
#[test]
fn a_part_without_a_sound_ends() {
    let (_, samples) = with_silence();
    let silent = Manner { skip_silence: true, part: Some((ms(1_500), ms(2_500))), ..Manner::default() };
    assert_eq!(played(&mut playback(&samples, ms(1_500), silent).0, usize::MAX), [0.0; 0]);
    let beyond = Manner { part: Some((ms(9_000), ms(9_500))), ..Manner::default() };
    assert_eq!(played(&mut playback(&samples, ms(9_600), beyond).0, usize::MAX), [0.0; 0]);
}

#[test]
fn a_part_too_short_to_be_heard_is_none() {
    let samples = noise(RATE);
    for part in [(ms(500), ms(500)), (ms(500), ms(300)), (Duration::MAX, Duration::MAX)] {
        let manner = Manner { part: Some(part), ..Manner::default() };
        assert_eq!(played(&mut playback(&samples, ms(0), manner).0, usize::MAX), samples);
    }
}

#[test]
fn a_waveform_of_another_file_harms_nobody() {
    let file = file(&Wav::telephone().bytes(&noise(RATE)));
    let silences = vec![(ms(100), ms(90_000))];
    let waveform = Waveform { length: ms(90_000), window: ms(20), channels: vec![], silences };
    let manner = Manner { skip_silence: true, ..Manner::default() };
    let (mut playback, _) = Playback::open(file.path(), &waveform, ms(0), manner).unwrap();
    assert_eq!(played(&mut playback, usize::MAX).len(), 800);
}
