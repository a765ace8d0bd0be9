//! What a file is and whether there is anything to hear in it, told by its bytes. Reads its ends, never the whole.
//!
//! Providers write files for calls in which nobody spoke: a header and nothing after it. Those are not offered.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use crate::domain::recording::SoundForm;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Judged {
    Sound(SoundForm),
    Silent,
    NoSound,
}

/// Read of the beginning and of the end.
const END: u64 = 64 << 10;
/// Fewer bytes of MP3 are less than half a second even at 8 kbit/s.
const SHORTEST_MP3: u64 = 512;
/// Fewer samples of Ogg are its own lead-in: a thirtieth of a second of Opus, a fifth of Vorbis at 8 kHz.
const SHORTEST_OGG: i64 = 1600;
/// A wav file as short as this part of a second holds a click at most.
const SHORTEST_WAV: u64 = 10;

pub(super) fn judge(file: &mut File) -> io::Result<Judged> {
    let length = file.metadata()?.len();
    let head = read(file, 0)?;
    Ok(match SoundForm::of(&head) {
        None => Judged::NoSound,
        Some(form) if sounds(form, &head, &read(file, length.saturating_sub(END))?, length) => {
            Judged::Sound(form)
        }
        Some(_) => Judged::Silent,
    })
}

fn read(file: &mut File, from: u64) -> io::Result<Vec<u8>> {
    let mut bytes = vec![];
    file.seek(SeekFrom::Start(from))?;
    file.take(END).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn sounds(form: SoundForm, head: &[u8], tail: &[u8], length: u64) -> bool {
    match form {
        SoundForm::Wav => wav_sounds(head, length),
        SoundForm::Mp3 => length.saturating_sub(tag_length(head)) >= SHORTEST_MP3,
        SoundForm::Ogg => last_sample(tail).is_some_and(|sample| sample >= SHORTEST_OGG),
    }
}

/// The chunk `data` holds more than a click. A length of zero before a second of bytes and more is that of a recorder
/// that was cut off before it came back to write it.
fn wav_sounds(head: &[u8], length: u64) -> bool {
    let (mut at, mut a_second) = (12, 8000);
    while let Some((name, said)) = chunk(head, at) {
        let body = at + 8;
        match name {
            b"fmt " => a_second = number(head, body + 8).unwrap_or(a_second).max(1),
            b"data" => {
                let there = length.saturating_sub(body as u64);
                let sound = if said == 0 && there > a_second { there } else { said.min(there) };
                return sound > a_second / SHORTEST_WAV;
            }
            _ => {}
        }
        // Chunks begin at even places.
        at = body.saturating_add(usize::try_from(said + said % 2).unwrap_or(usize::MAX));
    }
    false
}

fn chunk(bytes: &[u8], at: usize) -> Option<(&[u8], u64)> {
    Some((bytes.get(at..at.checked_add(4)?)?, number(bytes, at.checked_add(4)?)?))
}

fn number(bytes: &[u8], at: usize) -> Option<u64> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(four.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

/// An ID3v2 tag before the sound says its length seven bits a byte.
fn tag_length(head: &[u8]) -> u64 {
    match head.get(..10) {
        Some([b'I', b'D', b'3', _, _, _, length @ ..]) => {
            10 + length.iter().fold(0, |sum, byte| sum << 7 | u64::from(byte & 0x7f))
        }
        _ => 0,
    }
}

/// Of the last page, its place in samples: pages of headers stand at 0, one that ends no packet at -1.
fn last_sample(tail: &[u8]) -> Option<i64> {
    let pages = tail.windows(14).filter(|bytes| bytes.starts_with(b"OggS"));
    let places = pages.filter_map(|page| page.get(6..14)?.try_into().ok().map(i64::from_le_bytes));
    places.max()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use proptest::prelude::*;

    use super::*;

    fn judged(bytes: &[u8]) -> Judged {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        judge(&mut file).unwrap()
    }

    /// Of eight thousand bytes a second, with a chunk of odd length before the sound.
    fn wav(said: u32, sound: usize) -> Vec<u8> {
        let mut bytes =
            b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x06\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0".to_vec();
        bytes.extend(b"LIST\x03\0\0\0abc\0data");
        bytes.extend(said.to_le_bytes());
        bytes.extend(vec![0xd5; sound]);
        bytes
    }

    fn ogg(places: &[i64]) -> Vec<u8> {
        let page = |place: &i64| [b"OggS\0\x02".as_slice(), &place.to_le_bytes(), &[0; 20]].concat();
        places.iter().flat_map(page).collect()
    }

    #[test]
    fn a_wav_sounds_when_its_data_do() {
        assert_eq!(judged(&wav(16_000, 16_000)), Judged::Sound(SoundForm::Wav));
        assert_eq!(judged(&wav(0, 0)), Judged::Silent);
        assert_eq!(judged(&wav(400, 400)), Judged::Silent);
        assert_eq!(judged(&wav(16_000, 0)), Judged::Silent);
        assert_eq!(
            judged(&wav(0, 16_000)),
            Judged::Sound(SoundForm::Wav),
            "cut off before its length was written"
        );
        assert_eq!(
            judged(&wav(u32::MAX, 16_000)),
            Judged::Sound(SoundForm::Wav),
            "of a length not known yet"
        );
        assert_eq!(judged(&wav(0, 0)[..36]), Judged::Silent);
    }

    #[test]
    fn an_mp3_sounds_after_its_tag() {
        let frame = [0xff, 0xfb, 0x90, 0x00];
        assert_eq!(judged(&[&frame[..], &[0; 2000]].concat()), Judged::Sound(SoundForm::Mp3));
        assert_eq!(judged(&frame), Judged::Silent);
        let tag = [b"ID3\x04\0\0\0\0\x0f\x50".as_slice(), &[0; 2000]].concat();
        assert_eq!(judged(&tag), Judged::Silent);
        assert_eq!(judged(&[&tag[..], &frame, &[0; 2000]].concat()), Judged::Sound(SoundForm::Mp3));
    }

    #[test]
    fn an_ogg_sounds_when_its_pages_go_on() {
        assert_eq!(judged(&ogg(&[0, 0, 48_000, -1])), Judged::Sound(SoundForm::Ogg));
        assert_eq!(judged(&ogg(&[0, 0])), Judged::Silent);
        assert_eq!(judged(&ogg(&[0, 0, 312])), Judged::Silent);
    }

    #[test]
    fn what_is_no_sound_is_none() {
        for bytes in [b"".as_slice(), b"<!doctype html>", b"RIFF\0\0\0\0AVI LIST", b"\xff\xf1\x50\x80"] {
            assert_eq!(judged(bytes), Judged::NoSound);
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_judged(form in 0..4_usize, rest in prop::collection::vec(any::<u8>(), 0..200)) {
            let head = [b"RIFF\0\0\0\0WAVE".as_slice(), b"OggS", b"ID3", b""][form];
            judged(&[head, &rest].concat());
        }
    }
}
