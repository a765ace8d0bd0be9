use std::io::Write as _;
use std::path::Path;

use pult::host::sound::{Decoder, Shape, Unplayable};
use tempfile::NamedTempFile;

use crate::tone::{all_of, amount, channel, noise, recorded, tone};
use crate::wav::{Kind, Wav};

const KINDS: [Kind; 7] =
    [Kind::Pcm(8), Kind::Pcm(16), Kind::Pcm(24), Kind::Pcm(32), Kind::Float, Kind::ALaw, Kind::MuLaw];

pub fn file(bytes: &[u8]) -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    file
}

fn opened(bytes: &[u8]) -> Decoder {
    Decoder::open(file(bytes).path()).unwrap()
}

#[test]
fn every_kind_of_wav_gives_the_samples_that_were_written() {
    let samples = tone(440.0, 8_000, 0.5);
    for kind in KINDS {
        let wav = Wav { kind, ..Wav::telephone() };
        let mut decoder = opened(&wav.bytes(&samples));
        assert_eq!(decoder.shape(), Shape { rate: 8_000, channels: 1 });
        let heard = all_of(&mut decoder);
        assert_eq!(heard.len(), samples.len(), "{kind:?}");
        let off = heard.iter().zip(&samples).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(off <= kind.error(), "{kind:?}: {off}");
    }
}

#[test]
fn a_short_header_tells_enough_of_a_law() {
    for kind in [Kind::ALaw, Kind::MuLaw] {
        let wav = Wav { kind, ..Wav::telephone() };
        let mut bytes = wav.bytes(&tone(440.0, 8_000, 0.5));
        let whole = all_of(&mut opened(&bytes));
        bytes[16] = 16;
        bytes.drain(36..38);
        let mut decoder = opened(&bytes);
        assert_eq!(all_of(&mut decoder), whole);
        decoder.seek(1_000);
        assert_eq!(decoder.next(100), &whole[1_000..1_100]);
    }
}

#[test]
fn two_channels_stay_two_and_more_become_two() {
    let frames = [0.5, -0.25, 0.1, 0.3].repeat(4_000);
    let wav = |channels| Wav { channels, ..Wav::telephone() }.bytes(&frames);
    let mut two = opened(&wav(2));
    assert_eq!(two.shape().channels, 2);
    assert_eq!(two.next(2)[..4], [0.5, -0.25, 3277.0 / 32_768.0, 9830.0 / 32_768.0]);
    let mut four = opened(&wav(4));
    assert_eq!(four.shape().channels, 2);
    let frame = four.next(1);
    assert!((frame[0] - 0.3).abs() < 1e-4 && (frame[1] - 0.025).abs() < 1e-4, "{frame:?}");
}

#[test]
fn compressed_recordings_sound_as_long_and_as_high_as_they_are() {
    for (name, rate, channels) in [
        ("mono.mp3", 16_000, 1),
        ("stereo.mp3", 16_000, 2),
        ("mono.opus", 8_000, 1),
        ("stereo.opus", 16_000, 2),
        ("mono.ogg", 8_000, 1),
        ("stereo.ogg", 16_000, 2),
    ] {
        let mut decoder = Decoder::open(&recorded(name)).unwrap();
        assert_eq!(decoder.shape(), Shape { rate, channels }, "{name}");
        let samples = all_of(&mut decoder);
        assert_eq!(samples.len() / channels, 3 * rate as usize, "{name}");
        check_tones(name, &samples, rate, channels);
    }
}

fn check_tones(name: &str, samples: &[f32], rate: u32, channels: usize) {
    let left = channel(samples, channels, 0);
    let second = |from: f32, to: f32| &left[(from * rate as f32) as usize..(to * rate as f32) as usize];
    assert!((0.4..0.6).contains(&amount(second(0.1, 0.9), 440.0, rate)), "{name}");
    assert!((0.4..0.6).contains(&amount(second(2.6, 2.9), 660.0, rate)), "{name}");
    assert!(second(1.2, 2.3).iter().all(|sample| sample.abs() < 0.03), "{name}");
    if channels == 2 {
        let right = channel(samples, 2, 1);
        assert!((0.18..0.3).contains(&amount(&right[rate as usize / 10..], 550.0, rate)), "{name}");
    }
}

/// From any place the same samples come as on the way there, to the frame.
#[test]
fn a_seek_lands_on_the_frame() {
    let noise = file(&Wav::telephone().bytes(&noise(24_000)));
    lands_on_the_frame(noise.path(), 1e-9);
    lands_on_the_frame(&recorded("mono.ogg"), 1e-6);
    lands_on_the_frame(&recorded("stereo.ogg"), 1e-6);
    // What these keep from packet to packet is not all there after a seek.
    lands_on_the_frame(&recorded("mono.mp3"), 0.02);
    lands_on_the_frame(&recorded("stereo.mp3"), 0.02);
    lands_on_the_frame(&recorded("mono.opus"), 0.02);
    lands_on_the_frame(&recorded("stereo.opus"), 0.02);
}

fn lands_on_the_frame(path: &Path, tolerance: f32) {
    let mut decoder = Decoder::open(path).unwrap();
    let channels = decoder.shape().channels;
    let whole = all_of(&mut decoder);
    for frame in [0, 1, 4_321, 2_000, 22_000, 100] {
        decoder.seek(frame);
        assert_eq!(decoder.at(), frame);
        let piece = decoder.next(200).to_vec();
        assert!(!piece.is_empty(), "{path:?} at {frame}");
        let expected = &whole[frame as usize * channels..][..piece.len()];
        let off = piece.iter().zip(expected).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(off <= tolerance, "{path:?} at {frame}: {off}");
    }
    decoder.seek(10_000_000);
    assert!(decoder.next(1).is_empty(), "{path:?}");
    decoder.seek(3);
    assert!(!decoder.next(1).is_empty(), "{path:?}");
}

#[test]
fn what_is_no_recording_is_told_by_its_content() {
    let error = |bytes: &[u8]| Decoder::open(file(bytes).path()).map(|_| ()).unwrap_err();
    assert!(matches!(error(b""), Unplayable::Unknown));
    assert!(matches!(error(b"<html>404</html>"), Unplayable::Unknown));
    assert!(matches!(
        Decoder::open(Path::new("/nowhere/at.all")).map(|_| ()),
        Err(Unplayable::Unreadable(_))
    ));
    for strange in [Wav { rate: 100, ..Wav::telephone() }, Wav { channels: 30, ..Wav::telephone() }] {
        assert!(matches!(error(&strange.bytes(&[0.0; 600])), Unplayable::Unknown));
    }
}
