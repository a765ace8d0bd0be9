use std::time::Duration;

use pult::desk::Waveform;
use pult::host::sound::{Unplayable, look_through};

use crate::decode::file;
use crate::tone::{recorded, tone};
use crate::wav::Wav;

fn seen(bytes: &[u8]) -> Result<Option<Waveform>, Unplayable> {
    look_through(file(bytes).path(), || true)
}

#[test]
fn every_kind_of_recording_shows_its_silence_and_its_channels() {
    for name in ["mono.mp3", "mono.opus", "mono.ogg"] {
        let waveform = look_through(&recorded(name), || true).unwrap().unwrap();
        assert_eq!(
            (waveform.length, waveform.window),
            (Duration::from_secs(3), Duration::from_millis(20)),
            "{name}"
        );
        let [(from, to)] = waveform.silences[..] else { panic!("{name}: {:?}", waveform.silences) };
        assert!((1.13..1.25).contains(&from.as_secs_f32()), "{name}: from {from:?}");
        assert!((2.25..2.37).contains(&to.as_secs_f32()), "{name}: to {to:?}");
        let [peaks] = &waveform.channels[..] else { panic!("{name}") };
        assert_eq!(peaks.len(), 150, "{name}");
        assert!(peaks[2..48].iter().all(|peak| (100..160).contains(peak)), "{name}: {peaks:?}");
        assert!(peaks[60..110].iter().all(|peak| *peak < 8), "{name}: {peaks:?}");
    }
    for name in ["stereo.mp3", "stereo.opus", "stereo.ogg"] {
        let waveform = look_through(&recorded(name), || true).unwrap().unwrap();
        assert_eq!(waveform.silences, [], "{name}: the other side speaks on");
        let [_, right] = &waveform.channels[..] else { panic!("{name}") };
        assert!(right[5..145].iter().all(|peak| (45..90).contains(peak)), "{name}: {right:?}");
    }
}

#[test]
fn a_file_without_a_sample_is_no_recording() {
    assert!(matches!(seen(&Wav::telephone().bytes(&[])), Err(Unplayable::Empty)));
}

#[test]
fn it_is_not_looked_through_when_nobody_wants_it_any_more() {
    let file = file(&Wav::telephone().bytes(&tone(440.0, 8_000, 1.0)));
    assert_eq!(look_through(file.path(), || false).unwrap(), None);
}
