//! One desk in front of one person: input and news become events, events become effects, effects become requests
//! and bytes. Draws only when something happened and the last frame is out; an idle session does nothing.

use std::io;
use std::path::PathBuf;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use chrono::{DateTime, Utc};
use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::sync::{broadcast, mpsc};

use super::exports::Exports;
use super::lanes::Lanes;
use super::listening::Listening;
use super::screen::Screen;
use super::sound::{NoOutlet, Sounds};
use crate::desk::{self, Effect, Event, Setup, SoundNews, SoundOrder, State};
use crate::domain::desk::Change;
use crate::engine::{Clock, Engine, Operator};

/// Who sits where, and how they see the desk.
pub struct Seat {
    pub operator: Operator,
    pub setup: Setup,
    /// The folder in which their files are written.
    pub exports: PathBuf,
    /// The socket of the sound server they hear, or why there is none.
    pub outlet: Result<PathBuf, NoOutlet>,
}

pub struct Session<W> {
    state: State,
    screen: Screen,
    lanes: Lanes,
    exports: Exports,
    listening: Listening,
    changes: broadcast::Receiver<Change>,
    clock: Clock,
    output: W,
    /// Bytes that make this terminal ring.
    ring: Vec<u8>,
    /// Bytes to send besides the frame: a ring, a copied text.
    aside: Vec<u8>,
    open: bool,
}

impl<W: AsyncWrite + Unpin> Session<W> {
    /// Needs a tokio runtime.
    pub fn new(engine: Engine, seat: Seat, clock: Clock, output: W) -> Session<W> {
        let exports = Exports::of(&seat, engine.clone(), clock.clone());
        let Seat { operator, setup, outlet, .. } = seat;
        let listening = Listening::of(engine.clone(), operator.clone(), Sounds::new(outlet));
        let phone = engine.abilities().play_on_phone;
        let setup = Setup { abilities: engine.abilities(), ..setup };
        let (width, height) = setup.size;
        let changes = engine.changes();
        let (link, trouble) = (engine.link(), engine.trouble());
        let ring = super::ring::bytes(setup.ring, setup.language);
        let (state, effects) = desk::start(setup);
        let mut session = Session {
            state,
            screen: Screen::new(width, height),
            lanes: Lanes::new(engine, operator),
            exports,
            listening,
            changes,
            clock,
            output,
            ring,
            aside: vec![],
            open: true,
        };
        session.carry_out(effects);
        session.learn(Change::Link(link));
        if trouble.is_some() {
            session.learn(Change::Sounds(trouble));
        }
        session.take(Some(Event::Sound(SoundNews::Ways { phone })));
        session
    }

    /// Runs until the person quits or `input` ends.
    pub async fn run(mut self, input: mpsc::Receiver<Event>) -> io::Result<()> {
        let result = self.work(input).await;
        if result.is_err() {
            // The terminal broke off: what was typed last is still to be kept.
            self.take(None);
        }
        self.lanes.drain().await;
        self.exports.drain().await;
        result
    }

    async fn work(&mut self, mut input: mpsc::Receiver<Event>) -> io::Result<()> {
        while self.open {
            self.draw().await?;
            let event = self.next(&mut input).await;
            self.take(event);
            // Whatever else is already here goes into the same frame.
            while let Some(event) = self.waiting(&mut input) {
                self.take(Some(event));
            }
        }
        Ok(())
    }

    async fn draw(&mut self) -> io::Result<()> {
        let now = (self.clock)();
        let frame = self.screen.frame(|area, buffer| desk::view(&self.state, area, buffer, now));
        if frame.is_empty() && self.aside.is_empty() {
            return Ok(());
        }
        self.output.write_all(frame).await?;
        self.output.write_all(&self.aside).await?;
        self.aside.clear();
        self.output.flush().await
    }

    /// `None` when the input ended.
    async fn next(&mut self, input: &mut mpsc::Receiver<Event>) -> Option<Event> {
        let wake = desk::next_wake(&self.state, (self.clock)());
        tokio::select! {
            event = input.recv() => event,
            Some((ticket, reply)) = self.lanes.replies.recv() => Some(Event::Reply { ticket, reply }),
            news = self.listening.next() => Some(Event::Sound(news)),
            written = self.exports.next() => Some(Event::Exported(written)),
            change = self.changes.recv() => Some(Event::Change(or_resync(change))),
            () = until(wake, (self.clock)()), if wake.is_some() => Some(Event::Wake),
        }
    }

    fn waiting(&mut self, input: &mut mpsc::Receiver<Event>) -> Option<Event> {
        if !self.open {
            return None;
        }
        if let Ok(event) = input.try_recv() {
            return Some(event);
        }
        if let Ok((ticket, reply)) = self.lanes.replies.try_recv() {
            return Some(Event::Reply { ticket, reply });
        }
        match self.changes.try_recv() {
            Ok(change) => Some(Event::Change(change)),
            Err(broadcast::error::TryRecvError::Lagged(_)) => Some(Event::Change(Change::Resync)),
            Err(_) => None,
        }
    }

    fn take(&mut self, event: Option<Event>) {
        let event = event.unwrap_or(Event::Leave);
        if let Event::Resize { width, height } = event {
            self.screen.resize(width, height);
        }
        let effects = desk::update(&mut self.state, event, (self.clock)());
        self.carry_out(effects);
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Ask { ticket, request } => self.lanes.ask(ticket, request),
                Effect::Ring => self.aside.extend_from_slice(&self.ring),
                Effect::Copy(text) => self.aside.extend_from_slice(clipboard(&text).as_bytes()),
                Effect::Export(export) => self.exports.start(*export),
                Effect::Sound(order) => self.sound(order),
                Effect::Quit => self.open = false,
            }
        }
    }

    fn sound(&mut self, order: SoundOrder) {
        match order {
            SoundOrder::Open(call) => self.listening.open(call),
            SoundOrder::Play { from, manner } => self.listening.play(from, manner),
            SoundOrder::Pause => self.listening.pause(),
            SoundOrder::Close => self.listening.close(),
            SoundOrder::SaveCopy(call) => self.exports.copy(call),
        }
    }

    fn learn(&mut self, change: Change) {
        self.take(Some(Event::Change(change)));
    }
}

/// A desk that fell behind asks for the board anew instead of catching up change by change.
fn or_resync(change: Result<Change, broadcast::error::RecvError>) -> Change {
    change.unwrap_or(Change::Resync)
}

async fn until(wake: Option<DateTime<Utc>>, now: DateTime<Utc>) {
    let wait = wake.and_then(|at| (at - now).to_std().ok()).unwrap_or_default();
    tokio::time::sleep(wait).await;
}

/// OSC 52: the person's own terminal puts the text on its clipboard.
fn clipboard(text: &str) -> String {
    format!("\x1b]52;c;{}\x07", BASE64_STANDARD.encode(text))
}
