//! The report's desk with a list of calls and a host that is played by the test.

use std::sync::Arc;
use std::time::Duration;

use pult::desk::{Effect, Event, SoundNews, SoundOrder, Waveform};
use pult::domain::desk::{Reply, Request};
use pult::domain::id::{CallId, MarkId};
use pult::domain::recording::{Mark, Recording, Sound};
use uuid::Uuid;

use super::desk::{Desk, Look, PLAIN, reply};

/// The nth call of the list.
pub fn call_id(nth: u128) -> CallId {
    CallId(Uuid::from_u128(1000 + nth))
}

pub fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Two who speak in turns, with a pause of ten seconds in the middle.
pub fn waveform(length: u64) -> Arc<Waveform> {
    let windows = usize::try_from(length * 10).unwrap();
    let voice = |turn: usize| -> Vec<u8> {
        let level = |window: usize| match (window / 40 % 2 == turn, is_pause(window, windows)) {
            (_, true) | (false, _) => 2,
            (true, _) => u8::try_from(60 + window * 37 % 190).unwrap(),
        };
        (0..windows).map(level).collect()
    };
    let middle = length / 2;
    Arc::new(Waveform {
        length: seconds(length),
        window: Duration::from_millis(100),
        channels: vec![voice(0), voice(1)],
        silences: vec![(seconds(middle - 5), seconds(middle + 5))],
    })
}

fn is_pause(window: usize, windows: usize) -> bool {
    window.abs_diff(windows / 2) < 50
}

pub fn recording(call: CallId, state: Sound) -> Recording {
    Recording { call, state, held: false, marks: vec![] }
}

pub fn mark(nth: u128, at: u64, note: &str) -> Mark {
    Mark { id: MarkId(Uuid::from_u128(nth)), at: seconds(at), note: note.into() }
}

pub const HERE: Sound = Sound::Here { bytes: 480_000 };

pub trait Listener {
    fn listing(look: Look) -> Desk;
    /// The player of the first call of the list, opened and playing: 200 seconds of two channels.
    fn playing(look: Look) -> Desk;
    fn news(&mut self, news: SoundNews);
    /// The sound of `call` is found and looked through.
    fn open(&mut self, call: CallId, length: u64);
    /// What the host was told since last looked at.
    fn orders(&mut self) -> Vec<SoundOrder>;
    fn know(&mut self, recording: Recording);
    fn at(&mut self, at: u64);
    fn shows(&self, text: &str);
    fn hides(&self, text: &str);
}

impl Listener for Desk {
    fn listing(look: Look) -> Desk {
        let mut desk = Desk::new(look);
        desk.press("f6 1").answer_all().press("enter down enter").answer_all();
        desk.others.clear();
        desk
    }

    fn playing(look: Look) -> Desk {
        let mut desk = Desk::listing(look);
        desk.press("p");
        desk.know(recording(call_id(0), HERE));
        desk.open(call_id(0), 200);
        desk.orders();
        desk
    }

    fn news(&mut self, news: SoundNews) {
        self.event(Event::Sound(news));
    }

    fn open(&mut self, call: CallId, length: u64) {
        self.news(SoundNews::Opened { call, waveform: waveform(length) });
    }

    fn orders(&mut self) -> Vec<SoundOrder> {
        let order = |effect| match effect {
            Effect::Sound(order) => Some(order),
            _ => None,
        };
        std::mem::take(&mut self.others).into_iter().filter_map(order).collect()
    }

    fn know(&mut self, recording: Recording) {
        self.answer_by(|request| match request {
            Request::Recording(_) | Request::HoldRecording { .. } | Request::MarkRecording { .. } => {
                Reply::Recording(Box::new(recording.clone()))
            }
            other => reply(other),
        });
    }

    fn at(&mut self, at: u64) {
        self.news(SoundNews::At(seconds(at)));
    }

    #[track_caller]
    fn shows(&self, text: &str) {
        assert!(self.screen().contains(text), "{text:?} is not on\n{}", self.screen());
    }

    #[track_caller]
    fn hides(&self, text: &str) {
        assert!(!self.screen().contains(text), "{text:?} is on\n{}", self.screen());
    }
}

pub const EIGHTY: Look = PLAIN;
