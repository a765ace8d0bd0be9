//! A desk at work: keys go in by their names, the clinic answers at once unless held back, and what the desk
//! asked and shows can be looked at.

use chrono::{DateTime, TimeDelta, Utc};
use pult::desk::{
    Effect, Event, Key, Keymap, Language, Mouse, MouseKind, RingKind, Setup, State, Theme, Ticket, next_wake,
    start, update, view,
};
use pult::domain::desk::{BoardCall, Change, Link, Request};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::clinic::{ANNA, Clinic, noon};

pub struct Desk {
    pub state: State,
    pub clinic: Clinic,
    pub now: DateTime<Utc>,
    pub size: (u16, u16),
    /// Everything the desk wanted since last looked at.
    pub effects: Vec<Effect>,
    /// The clinic does not answer: requests wait here.
    pub held: Option<Vec<(Ticket, Request)>>,
}

pub fn setup() -> Setup {
    Setup {
        operator: Some(ANNA),
        operator_name: "Анна".into(),
        extension: None,
        language: Language::Ru,
        words: None,
        zone: chrono_tz::Europe::Moscow,
        theme: Theme::preset("dark").unwrap(),
        keymap: Keymap::from_toml(None).unwrap(),
        ascii: false,
        ring: RingKind::Bell,
        norms: Default::default(),
        abilities: pult::domain::desk::Abilities { transfer: true, ..Default::default() },
        size: (80, 24),
    }
}

impl Desk {
    pub fn new() -> Desk {
        Desk::of(setup(), vec![])
    }

    pub fn with(calls: Vec<BoardCall>) -> Desk {
        Desk::of(setup(), calls)
    }

    pub fn of(setup: Setup, calls: Vec<BoardCall>) -> Desk {
        let size = setup.size;
        let (state, effects) = start(setup);
        let clinic = Clinic { calls, ..Clinic::default() };
        let mut desk = Desk { state, clinic, now: noon(), size, effects: vec![], held: None };
        desk.carry_out(effects);
        desk.event(Event::Change(Change::Link(Link::Up { since: noon() })));
        desk
    }

    pub fn event(&mut self, event: Event) {
        let effects = update(&mut self.state, event, self.now);
        self.carry_out(effects);
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.effects.push(effect.clone());
            if let Effect::Ask { ticket, request } = effect {
                match &mut self.held {
                    Some(held) => held.push((ticket, request)),
                    None => self.answer(ticket, &request),
                }
            }
        }
    }

    pub fn answer(&mut self, ticket: Ticket, request: &Request) {
        let reply = self.clinic.answer(request);
        self.event(Event::Reply { ticket, reply });
    }

    pub fn hold(&mut self) {
        self.held = Some(vec![]);
    }

    /// The clinic answers what it was asked meanwhile, in order.
    pub fn release(&mut self) {
        for (ticket, request) in self.held.take().unwrap_or_default() {
            self.answer(ticket, &request);
        }
    }

    /// Keys by their names, parted by spaces.
    pub fn press(&mut self, keys: &str) -> &mut Desk {
        for name in keys.split_whitespace() {
            let key: Key = name.parse().unwrap_or_else(|()| panic!("no key {name:?}"));
            self.event(Event::Key(key));
        }
        self
    }

    pub fn type_text(&mut self, text: &str) -> &mut Desk {
        text.chars().for_each(|char| self.event(Event::Key(Key::char(char))));
        self
    }

    pub fn click(&mut self, column: u16, row: u16) {
        self.event(Event::Mouse(Mouse { kind: MouseKind::Press, column, row }));
    }

    /// Clicks where this text stands on the screen.
    pub fn click_on(&mut self, text: &str) {
        let (column, row) =
            self.find(text).unwrap_or_else(|| panic!("{text:?} is not on\n{}", self.screen()));
        self.click(column, row);
    }

    pub fn find(&self, text: &str) -> Option<(u16, u16)> {
        let screen = self.screen();
        let (row, line) = screen.lines().enumerate().find(|(_, line)| line.contains(text))?;
        let column = line[..line.find(text)?].chars().count();
        Some((u16::try_from(column).unwrap(), u16::try_from(row).unwrap()))
    }

    pub fn call(&mut self, call: BoardCall) -> &mut Desk {
        self.clinic.calls.retain(|known| known.id != call.id);
        self.clinic.calls.push(call.clone());
        self.event(Event::Change(Change::Call(Box::new(call))));
        self
    }

    pub fn change(&mut self, change: Change) -> &mut Desk {
        self.event(Event::Change(change));
        self
    }

    pub fn resize(&mut self, width: u16, height: u16) {
        self.size = (width, height);
        self.event(Event::Resize { width, height });
    }

    /// Time passes, with a wake whenever the desk asked for one.
    pub fn pass(&mut self, milliseconds: i64) {
        let end = self.now + TimeDelta::milliseconds(milliseconds);
        while let Some(wake) = next_wake(&self.state, self.now).filter(|wake| *wake <= end) {
            assert!(wake > self.now || self.now == end, "a wake must be ahead: {wake}");
            self.now = wake;
            self.event(Event::Wake);
        }
        self.now = end;
    }

    /// What was asked since last looked at; forgets it.
    pub fn asked(&mut self) -> Vec<Request> {
        let effects = std::mem::take(&mut self.effects);
        let asked = |effect| match effect {
            Effect::Ask { request, .. } => Some(request),
            _ => None,
        };
        effects.into_iter().filter_map(asked).collect()
    }

    pub fn frame(&self) -> (Buffer, Option<Position>) {
        let area = Rect::new(0, 0, self.size.0, self.size.1);
        let mut buf = Buffer::empty(area);
        let cursor = view(&self.state, area, &mut buf, self.now);
        (buf, cursor)
    }

    pub fn screen(&self) -> String {
        let (buf, _) = self.frame();
        let row = |cells: &[ratatui::buffer::Cell]| {
            cells.iter().map(|cell| cell.symbol()).collect::<String>().trim_end().to_owned()
        };
        buf.content().chunks(usize::from(self.size.0.max(1))).map(row).collect::<Vec<_>>().join("\n")
    }

    pub fn shows(&self, text: &str) -> bool {
        self.screen().contains(text)
    }

    #[track_caller]
    pub fn assert_shows(&self, text: &str) {
        assert!(self.shows(text), "{text:?} is not on\n{}", self.screen());
    }

    #[track_caller]
    pub fn assert_hides(&self, text: &str) {
        assert!(!self.shows(text), "{text:?} is on\n{}", self.screen());
    }
}
