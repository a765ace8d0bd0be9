//! A provider's recordings in memory, that come when and how a test says.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use pult::telephony::{FetchError, Fetched, Recordings, SoundForm};
use tokio::fs::File;
use tokio::io::AsyncWriteExt as _;
use tokio::sync::Semaphore;

#[derive(Clone, Debug)]
pub enum Answer {
    Bytes(Vec<u8>),
    NotReady,
    Unreachable,
    Gone,
    /// Writes to a disk that is full.
    Full,
    /// Grows by a kilobyte every few milliseconds, for ever.
    Endless,
    Panic,
}

#[derive(Default)]
pub struct Library {
    answers: Mutex<HashMap<String, Answer>>,
    otherwise: Mutex<Option<Answer>>,
    state: Mutex<State>,
    /// While it is there, each fetch waits for a permit.
    gate: Mutex<Option<Arc<Semaphore>>>,
}

#[derive(Default)]
struct State {
    asked: Vec<String>,
    running: usize,
    at_once: usize,
}

/// A wav of a second and more, told apart by `seed`.
pub fn wav(seed: u8) -> Vec<u8> {
    let data = 8000 + u32::from(seed);
    let mut bytes =
        b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x06\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data".to_vec();
    bytes.extend(data.to_le_bytes());
    bytes.extend(std::iter::repeat_n(seed, data as usize));
    bytes
}

/// Forty-four bytes: what is written of a call in which nobody spoke.
pub fn silence() -> Vec<u8> {
    let mut bytes = wav(0)[..40].to_vec();
    bytes.extend([0; 4]);
    bytes
}

impl Library {
    pub fn put(&self, recording: &str, answer: Answer) {
        self.answers.lock().unwrap().insert(recording.into(), answer);
    }

    /// Of all that nothing else is said of.
    pub fn put_others(&self, answer: Answer) {
        *self.otherwise.lock().unwrap() = Some(answer);
    }

    /// From now on each fetch waits for a permit of what is answered.
    pub fn lock(&self) -> Arc<Semaphore> {
        let gate = Arc::new(Semaphore::new(0));
        *self.gate.lock().unwrap() = Some(gate.clone());
        gate
    }

    /// What was asked for, in this order.
    pub fn asked(&self) -> Vec<String> {
        self.state.lock().unwrap().asked.clone()
    }

    pub fn most_at_once(&self) -> usize {
        self.state.lock().unwrap().at_once
    }

    fn begin(self: &Arc<Library>, recording: &str) -> Running {
        let mut state = self.state.lock().unwrap();
        state.asked.push(recording.into());
        state.running += 1;
        state.at_once = state.at_once.max(state.running);
        Running(self.clone())
    }

    async fn answer(&self, recording: &str, into: &mut File, at_most: u64) -> Result<Fetched, FetchError> {
        let gate = self.gate.lock().unwrap().clone();
        if let Some(gate) = gate {
            gate.acquire().await.unwrap().forget();
        }
        let answer = self.answers.lock().unwrap().get(recording).cloned();
        let otherwise = || self.otherwise.lock().unwrap().clone();
        match answer.or_else(otherwise).unwrap_or(Answer::Gone) {
            Answer::Bytes(bytes) if bytes.len() as u64 > at_most => Err(FetchError::TooLarge(at_most)),
            Answer::Bytes(bytes) => {
                for part in bytes.chunks(1000) {
                    into.write_all(part).await?;
                }
                Ok(Fetched { bytes: bytes.len() as u64, form: SoundForm::Mp3 })
            }
            Answer::NotReady => Err(FetchError::NotReady),
            Answer::Unreachable => Err(FetchError::Unreachable("no route".into())),
            Answer::Gone => Err(FetchError::Gone("404".into())),
            Answer::Full => {
                let mut full = File::options().write(true).open("/dev/full").await?;
                full.write_all(&[0; 1000]).await?;
                full.flush().await?;
                panic!("a full disk took something")
            }
            Answer::Endless => loop {
                into.write_all(&[1; 1000]).await?;
                tokio::time::sleep(Duration::from_millis(5)).await;
            },
            Answer::Panic => panic!("a fault of the provider's"),
        }
    }
}

struct Running(Arc<Library>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.state.lock().unwrap().running -= 1;
    }
}

/// The library as the engine knows it.
pub struct Shelf(pub Arc<Library>);

impl Recordings for Shelf {
    fn provider(&self) -> &str {
        "test"
    }

    fn fetch<'a>(
        &'a self,
        recording: &'a str,
        into: &'a mut File,
        at_most: u64,
    ) -> BoxFuture<'a, Result<Fetched, FetchError>> {
        let running = self.0.begin(recording);
        async move {
            let _running = running;
            self.0.answer(recording, into, at_most).await
        }
        .boxed()
    }
}
