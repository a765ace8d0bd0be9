//! Files that were cut off, damaged or made to do harm: they sound as far as they go, and nothing breaks.

use pult::host::sound::{Decoder, look_through};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use crate::decode::file;
use crate::tone::{all_of, recorded, tone};
use crate::wav::{Kind, Wav};

const COMPRESSED: [&str; 6] =
    ["mono.mp3", "stereo.mp3", "mono.opus", "stereo.opus", "mono.ogg", "stereo.ogg"];

fn recordings() -> Vec<Vec<u8>> {
    let samples = tone(440.0, 8_000, 1.0);
    let wav = |kind| Wav { kind, ..Wav::telephone() }.bytes(&samples);
    let wavs = [Kind::Pcm(16), Kind::ALaw, Kind::Float].map(wav);
    COMPRESSED.iter().map(|name| std::fs::read(recorded(name)).unwrap()).chain(wavs).collect()
}

#[test]
fn a_file_cut_off_sounds_until_there() {
    // An Ogg page sounds as a whole, and these of Vorbis have but one.
    for bytes in recordings().into_iter().filter(|bytes| !bytes.windows(6).any(|part| part == b"vorbis")) {
        let whole = all_of(&mut Decoder::open(file(&bytes).path()).unwrap()).len();
        let rest = all_of(&mut Decoder::open(file(&bytes[..bytes.len() * 7 / 10]).path()).unwrap()).len();
        let share = rest as f32 / whole as f32;
        assert!((0.3..0.8).contains(&share), "{share} of {whole} frames in 7/10 of {} bytes", bytes.len());
    }
}

#[test]
fn a_wav_whose_writer_died_sounds_to_its_end() {
    let samples = tone(440.0, 8_000, 1.0);
    let data = &Wav::telephone().bytes(&samples)[44..];
    for claimed in [0, u32::MAX - 36, 1 << 30] {
        let bytes = [Wav::telephone().header(claimed).as_slice(), data].concat();
        assert_eq!(all_of(&mut Decoder::open(file(&bytes).path()).unwrap()).len(), 8_000, "{claimed}");
    }
}

#[test]
fn a_damaged_file_harms_nobody() {
    let mut random = StdRng::seed_from_u64(4);
    for bytes in recordings() {
        for _ in 0..40 {
            let mut damaged = bytes.clone();
            for _ in 0..random.random_range(1..20) {
                let at = random.random_range(0..damaged.len());
                damaged[at] = random.random();
            }
            damaged.truncate(random.random_range(1..=damaged.len()));
            let file = file(&damaged);
            let _ = look_through(file.path(), || true);
            let Ok(mut decoder) = Decoder::open(file.path()) else { continue };
            decoder.seek(random.random_range(0..30_000));
            assert!(all_of(&mut decoder).iter().all(|sample| (-1.0..=1.0).contains(sample)));
        }
    }
}
