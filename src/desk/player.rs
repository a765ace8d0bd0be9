//! The player: the recording of one call, heard and looked at, in a strip under the list it was opened from.
//!
//! Owns the place, the manner of playing and the marks as they are shown. It plays nothing: what is to be heard goes
//! out as a [`Wish`] and comes back as [`SoundNews`], so the same pane serves a machine without a loudspeaker.

mod draw;
mod place;
mod subject;
mod tape;
mod wave;

use std::time::Duration;

use ratatui::layout::{Position, Rect};

use super::action::Action;
use super::layer::Step;
use super::scroll;
use super::sound::{Manner, SoundNews, SoundOrder};
use crate::domain::desk::{Refusal, Request};
use crate::domain::id::CallId;
use crate::domain::recording::{Mark, Recording, Sound};
use tape::Tape;

pub use place::{height, place};
pub use subject::Subject;

/// In percent.
const SPEEDS: [u16; 6] = [75, 100, 125, 150, 175, 200];
const STEP: Duration = Duration::from_secs(5);
const LEAP: Duration = Duration::from_secs(15);

/// To the next call of the list or the one before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    Next,
    Previous,
}

/// What became of looking for another recording.
#[derive(Clone, PartialEq, Debug)]
pub enum Sought {
    Found(Box<Subject>),
    /// The calls it may be among are asked for.
    Coming,
    Nothing,
}

/// What the player asks of the desk; it stays open.
#[derive(Clone, PartialEq, Debug)]
pub enum Wish {
    Sound(SoundOrder),
    Ask(Box<Request>),
    /// Another recording of the same list.
    Turn(Way),
    /// What is to be written at this place.
    Note {
        call: CallId,
        at: Duration,
    },
    RingMe(CallId),
    Help,
}

#[derive(Debug)]
enum Deck {
    Opening,
    Refused(Refusal),
    Loaded(Tape),
}

#[derive(Debug)]
pub struct Player {
    subject: Subject,
    /// What the engine knows of the recording; `None` until it answers.
    known: Option<Recording>,
    deck: Deck,
    manner: Manner,
    /// The mark that is jumped to.
    mark: usize,
    /// Looked for in calls that are still to come.
    pub seeking: Option<Way>,
}

impl Player {
    pub fn of(subject: Subject) -> Player {
        let (deck, manner) = (Deck::Opening, Manner::default());
        Player { subject, known: None, deck, manner, mark: 0, seeking: None }
    }

    pub fn call(&self) -> CallId {
        self.subject.call
    }

    pub fn plays(&self) -> bool {
        matches!(&self.deck, Deck::Loaded(tape) if tape.playing)
    }

    /// Another recording; how fast it is played and what is skipped stays.
    pub fn turn_to(&mut self, subject: Subject) {
        let manner = Manner { part: None, ..self.manner };
        *self = Player { manner, ..Player::of(subject) };
    }

    /// What is open plays at once: a list is gone through by one key.
    pub fn hear(&mut self, news: SoundNews) -> Option<SoundOrder> {
        match (news, &mut self.deck) {
            (SoundNews::Opened { call, waveform }, _) if call == self.subject.call => {
                let mut tape = Tape::of(waveform);
                let order = tape.play(self.manner);
                self.deck = Deck::Loaded(tape);
                return Some(order);
            }
            (SoundNews::Refused { call, refusal }, _) if call == self.subject.call => {
                self.deck = Deck::Refused(refusal);
            }
            (SoundNews::At(at), Deck::Loaded(tape)) => tape.reach(at),
            (SoundNews::Ended, Deck::Loaded(tape)) => tape.end(),
            (SoundNews::NoDevice(why), Deck::Loaded(tape)) => tape.fall_silent(why),
            _ => {}
        }
        None
    }

    /// A recording that came after all is opened.
    pub fn learn(&mut self, recording: Recording) -> Option<SoundOrder> {
        if recording.call != self.subject.call {
            return None;
        }
        let came = matches!((&self.deck, &recording.state), (Deck::Refused(_), Sound::Here { .. }));
        self.mark = self.mark.min(recording.marks.len().saturating_sub(1));
        self.known = Some(recording);
        came.then(|| self.open())
    }

    fn open(&mut self) -> SoundOrder {
        self.deck = Deck::Opening;
        SoundOrder::Open(self.subject.call)
    }

    fn marks(&self) -> &[Mark] {
        self.known.as_ref().map(|known| known.marks.as_slice()).unwrap_or_default()
    }

    fn is_held(&self) -> bool {
        self.known.as_ref().is_some_and(|known| known.held)
    }

    pub fn act(&mut self, action: Action, body: Rect) -> Step {
        let call = self.subject.call;
        let wish = match action {
            Action::NextRecording => Some(Wish::Turn(Way::Next)),
            Action::PreviousRecording => Some(Wish::Turn(Way::Previous)),
            Action::SaveCopy => Some(Wish::Sound(SoundOrder::SaveCopy(call))),
            Action::PlayOnPhone => Some(Wish::RingMe(call)),
            Action::KeepRecording => {
                Some(Wish::Ask(Box::new(Request::HoldRecording { call, held: !self.is_held() })))
            }
            Action::Clear => self.unmark(),
            Action::Help => Some(Wish::Help),
            Action::PlayPause if matches!(self.deck, Deck::Refused(_)) => Some(Wish::Sound(self.open())),
            _ => return self.act_on_tape(action, body),
        };
        wish.map_or(Step::Stay, Step::Player)
    }

    fn act_on_tape(&mut self, action: Action, body: Rect) -> Step {
        let rows = place::places(body).marks.height;
        if let Some(mark) = scroll::moved(self.mark, self.marks().len(), rows, action) {
            self.mark = mark;
            return Step::Stay;
        }
        let marked = self.marks().get(self.mark).map(|mark| mark.at);
        let (call, manner) = (self.subject.call, &mut self.manner);
        let Deck::Loaded(tape) = &mut self.deck else { return Step::Refuse("player-not-open") };
        let order = match action {
            Action::PlayPause => Some(tape.toggle(*manner)),
            Action::StepBack => tape.seek(tape.at.saturating_sub(STEP), *manner),
            Action::StepOn => tape.seek(tape.at + STEP, *manner),
            Action::LeapBack => tape.seek(tape.at.saturating_sub(LEAP), *manner),
            Action::LeapOn => tape.seek(tape.at + LEAP, *manner),
            Action::Pick => marked.and_then(|at| tape.seek(at, *manner)),
            Action::MarkPlace => return Step::Player(Wish::Note { call, at: tape.at }),
            _ if change(manner, tape, action) => tape.go_on(*manner),
            _ => None,
        };
        order.map_or(Step::Stay, |order| Step::Player(Wish::Sound(order)))
    }

    fn unmark(&self) -> Option<Wish> {
        let mark = self.marks().get(self.mark)?;
        Some(Wish::Ask(Box::new(Request::UnmarkRecording(mark.id))))
    }

    /// 0 is the beginning, 5 the middle.
    pub fn seek_tenth(&mut self, digit: u32) -> Step {
        self.seek_part(digit, 10)
    }

    fn seek_part(&mut self, part: u32, parts: u32) -> Step {
        let manner = self.manner;
        let Deck::Loaded(tape) = &mut self.deck else { return Step::Stay };
        let order = tape.seek(tape.length() * part / parts.max(1), manner);
        order.map_or(Step::Stay, |order| Step::Player(Wish::Sound(order)))
    }

    /// A press on the waveform goes there.
    pub fn click(&mut self, at: Position, body: Rect) -> Step {
        let wave = place::places(body).wave;
        match wave.contains(at) {
            true => self.seek_part(u32::from(at.x - wave.x), u32::from(wave.width)),
            false => Step::Stay,
        }
    }
}

/// Whether the manner of playing is another now.
fn change(manner: &mut Manner, tape: &mut Tape, action: Action) -> bool {
    let before = *manner;
    match action {
        Action::Faster => manner.percent = faster(manner.percent),
        Action::Slower => manner.percent = slower(manner.percent),
        Action::SkipSilence => manner.skip_silence = !manner.skip_silence,
        Action::LoopPart => tape.turn_part(manner),
        _ => {}
    }
    *manner != before
}

fn faster(percent: u16) -> u16 {
    SPEEDS.into_iter().find(|speed| *speed > percent).unwrap_or(percent)
}

fn slower(percent: u16) -> u16 {
    SPEEDS.into_iter().rfind(|speed| *speed < percent).unwrap_or(percent)
}
