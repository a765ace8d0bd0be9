//! Recordings: sound bytes at the address a report or notification names, not found before they are ready.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use super::faults::Target;
use super::{Inner, parts};

pub(super) async fn talk(State(inner): State<Arc<Inner>>, uri: Uri) -> Response {
    let now = (inner.clock)();
    let path = parts(&uri);
    let sound = match path[..] {
        [.., id, hash] => id.parse().ok().and_then(|id: i64| {
            let mut world = inner.world.lock().unwrap();
            let session = world.session(id)?;
            let record =
                session.records.iter().find(|record| record.hash == hash && record.ready_from <= now)?;
            Some(record.sound.clone())
        }),
        _ => None,
    };
    let Some(sound) = sound else { return StatusCode::NOT_FOUND.into_response() };
    let form = if sound.starts_with(b"RIFF") { "audio/wav" } else { "audio/mpeg" };
    let typed = [(header::CONTENT_TYPE, form)];
    inner.faults.spoil((Target::Media, ""), sound, |body| (typed, body).into_response()).await
}

/// A tone of 440 Hz: 16-bit mono PCM of 8 kHz in a WAV file.
pub fn wav(millis: u32) -> Vec<u8> {
    let samples = 8 * millis;
    let mut file = b"RIFF".to_vec();
    file.extend((36 + samples * 2).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    for word in [1_u16, 1] {
        file.extend(word.to_le_bytes());
    }
    for long in [8_000_u32, 16_000] {
        file.extend(long.to_le_bytes());
    }
    for word in [2_u16, 16] {
        file.extend(word.to_le_bytes());
    }
    file.extend(b"data");
    file.extend((samples * 2).to_le_bytes());
    let wave = |n: u32| (f64::from(n) * 440.0 / 8_000.0 * std::f64::consts::TAU).sin();
    file.extend((0..samples).flat_map(|n| ((wave(n) * 12_000.0) as i16).to_le_bytes()));
    file
}

/// Silence: frames of MPEG-1 Layer III at 128 kbit/s and 44.1 kHz, 26 ms each.
pub fn mp3(frames: usize) -> Vec<u8> {
    let mut frame = vec![0; 417];
    frame[..4].copy_from_slice(&[0xff, 0xfb, 0x90, 0xc4]);
    frame.repeat(frames)
}
