//! A call that bypassed the telephony, written by hand: direction, number, when, how long.

use std::time::Duration;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{Step, frame};
use crate::desk::action::Action;
use crate::desk::entry::Entry;
use crate::desk::format;
use crate::desk::key::Key;
use crate::desk::layout::{centred, inside};
use crate::desk::look::Look;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::call::Direction;
use crate::domain::desk::{ManualCall, Request};
use crate::domain::phone::Remote;

const LABELS: [&str; 4] = ["manual-direction", "manual-number", "manual-time", "manual-minutes"];
const LABEL_WIDTH: u16 = 14;
/// A conversation of a day is a slip of the finger.
const LONGEST_MINUTES: u64 = 24 * 60;

#[derive(Debug)]
pub struct Manual {
    direction: Direction,
    number: Entry,
    time: Entry,
    minutes: Entry,
    row: usize,
    /// When it was begun: no time written here is later.
    opened_at: DateTime<Utc>,
}

pub fn place(body: Rect) -> Rect {
    centred(body, 60, 7)
}

impl Manual {
    pub fn at(now: DateTime<Utc>, look: &Look) -> Manual {
        Manual {
            direction: Direction::Incoming,
            number: Entry::default(),
            time: Entry::of(&format::clock(now, look)),
            minutes: Entry::of("1"),
            row: 0,
            opened_at: now,
        }
    }

    fn entry(&mut self) -> Option<&mut Entry> {
        [None, Some(&mut self.number), Some(&mut self.time), Some(&mut self.minutes)]
            .into_iter()
            .nth(self.row)?
    }

    pub fn takes(&self, key: Key) -> bool {
        if self.row == 0 { key.typed().is_some() } else { Entry::takes(key) }
    }

    /// On the direction's line any character turns it.
    pub fn press(&mut self, key: Key) {
        match self.entry() {
            Some(entry) => {
                entry.press(key);
            }
            None => self.turn(),
        }
    }

    pub fn paste(&mut self, text: &str) {
        if let Some(entry) = self.entry() {
            entry.paste(text);
        }
    }

    fn turn(&mut self) {
        self.direction = match self.direction {
            Direction::Incoming => Direction::Outgoing,
            _ => Direction::Incoming,
        };
    }

    pub fn act(&mut self, action: Action, look: &Look) -> Step {
        match action {
            Action::Next | Action::NextField => self.row = (self.row + 1) % LABELS.len(),
            Action::Previous | Action::PreviousField => {
                self.row = (self.row + LABELS.len() - 1) % LABELS.len()
            }
            Action::Pick if self.row + 1 < LABELS.len() => self.row += 1,
            Action::Pick | Action::Save => return self.write(look),
            _ => {}
        }
        Step::Stay
    }

    pub fn click(&mut self, at: Position, body: Rect) -> Step {
        let inner = inside(place(body));
        let row = usize::from(at.y.saturating_sub(inner.y));
        match (row, self.row) {
            (0, 0) => self.turn(),
            (row, _) if row < LABELS.len() => self.row = row,
            _ => {}
        }
        Step::Stay
    }

    fn write(&mut self, look: &Look) -> Step {
        let number = self.number.text().trim();
        let minutes: Option<u64> = self.minutes.text().trim().parse().ok();
        let minutes = minutes.filter(|minutes| *minutes <= LONGEST_MINUTES);
        match (number, self.started_at(look), minutes) {
            ("", ..) => Step::Refuse("manual-no-number"),
            (_, None, _) => Step::Refuse("manual-no-time"),
            (_, _, None) => Step::Refuse("manual-no-minutes"),
            (number, Some(started_at), Some(minutes)) => {
                Step::Ask(Box::new(Request::LogByHand(ManualCall {
                    direction: self.direction,
                    remote: Remote::parse(number),
                    started_at,
                    talk: Duration::from_secs(minutes * 60),
                    answered: minutes > 0,
                })))
            }
        }
    }

    /// The last time the clock showed what is typed: today, or yesterday when that is still to come.
    fn started_at(&self, look: &Look) -> Option<DateTime<Utc>> {
        let typed = self.time.text().trim().replace('.', ":");
        let time = NaiveTime::parse_from_str(&typed, "%H:%M").ok()?;
        let today = look.day(self.opened_at);
        let on = |day: NaiveDate| {
            let local = look.zone().from_local_datetime(&day.and_time(time));
            local.earliest().map(|started| started.with_timezone(&Utc))
        };
        let was = |started: &DateTime<Utc>| *started <= self.opened_at;
        on(today).filter(was).or_else(|| on(today.pred_opt()?))
    }

    fn was_yesterday(&self, look: &Look) -> bool {
        self.started_at(look).is_some_and(|started| look.day(started) != look.day(self.opened_at))
    }

    pub fn draw(&self, look: &Look, body: Rect, buf: &mut Buffer) -> Option<Position> {
        let inner = frame(look, &look.say("manual-title"), place(body), buf);
        for (row, key) in (0u16..).zip(LABELS) {
            let here = usize::from(row) == self.row;
            let style = look.style(if here { Meaning::Focus } else { Meaning::Label });
            Strip::new(buf, inner, row, look.signs.ellipsis).gap(1).put(&look.say(key), style);
        }
        let value =
            Rect { x: inner.x + LABEL_WIDTH, width: inner.width.saturating_sub(LABEL_WIDTH), ..inner };
        let direction = match self.direction {
            Direction::Incoming => "manual-incoming",
            _ => "manual-outgoing",
        };
        let text = look.style(Meaning::Text);
        Strip::new(buf, value, 0, look.signs.ellipsis).put(&look.say(direction), text);
        let line = |row: u16| Rect { y: value.y + row, height: 1, ..value };
        let entries = [&self.number, &self.time, &self.minutes];
        let cursors: Vec<Position> =
            (1u16..).zip(entries).map(|(row, entry)| entry.draw(line(row), buf, text)).collect();
        let hint = look.style(Meaning::Placeholder);
        if self.was_yesterday(look) {
            Strip::new(buf, inner, 2, "").put_right(&look.say("period-yesterday"), hint);
        }
        Strip::new(buf, inner, 4, look.signs.ellipsis).gap(1).put(&look.say("manual-hint"), hint);
        self.row.checked_sub(1).and_then(|row| cursors.get(row).copied())
    }
}
