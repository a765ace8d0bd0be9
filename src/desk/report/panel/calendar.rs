//! A calendar over the dates of the filter: weeks from Monday, a second month beside where there is room.
//!
//! Today stands in brackets, the days between the two dates have a dot, and a rule parts the weekend off, so that
//! nothing hangs on colour.

use chrono::{Datelike, Days, Months, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Clear, Widget};

use super::days::Days as Dates;
use super::field::Field;
use crate::desk::action::Action;
use crate::desk::layout::inside;
use crate::desk::report::draw::Scene;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::period::Period;

const CELL: u16 = 4;
/// Seven days and the rule before the weekend.
const MONTH_WIDTH: u16 = 7 * CELL + 1;
/// Name, weekdays, six weeks.
const MONTH_HEIGHT: u16 = 8;
const GAP: u16 = 3;
/// From this width two months fit.
const TWO: u16 = 2 * MONTH_WIDTH + GAP + 2;

#[derive(Debug)]
pub struct Calendar {
    /// Which of the two dates is chosen.
    pub field: Field,
    pub day: NaiveDate,
    /// The first of two months shown: it moves only when the day leaves them.
    shown: NaiveDate,
    before: Dates,
}

impl Calendar {
    pub fn of(field: Field, days: &Dates, today: NaiveDate) -> Calendar {
        let day = days.day(field, today).unwrap_or(today);
        let shown = days.day(Field::From, today).unwrap_or(day);
        let mut calendar = Calendar { field, day, shown: month_of(shown), before: days.clone() };
        calendar.go_to(day);
        calendar
    }

    pub fn go_to(&mut self, day: NaiveDate) {
        self.day = day;
        let month = month_of(day);
        if month < self.shown {
            self.shown = month;
        } else if Some(month) > month_after(self.shown) {
            self.shown = month.checked_sub_months(Months::new(1)).unwrap_or(month);
        }
    }

    /// The dates as they were when it was opened.
    pub fn undone(&self) -> Dates {
        self.before.clone()
    }

    pub fn step(&mut self, action: Action) {
        let day = self.day;
        let moved = match action {
            Action::Next => day.checked_add_days(Days::new(7)),
            Action::Previous => day.checked_sub_days(Days::new(7)),
            Action::Unfold => day.succ_opt(),
            Action::Back => day.pred_opt(),
            Action::NextPage => day.checked_add_months(Months::new(1)),
            Action::PreviousPage => day.checked_sub_months(Months::new(1)),
            Action::First => Some(month_of(day)),
            Action::Last => month_after(day).and_then(|next| next.pred_opt()),
            _ => None,
        };
        self.go_to(moved.unwrap_or(day));
    }

    /// First days of the months shown.
    fn months(&self, area: Rect) -> Vec<NaiveDate> {
        match area.width >= TWO {
            true => [Some(self.shown), month_after(self.shown)].into_iter().flatten().collect(),
            false => vec![month_of(self.day)],
        }
    }

    pub fn day_at(&self, at: Position, body: Rect) -> Option<NaiveDate> {
        let area = place(body);
        let places = self.months(area).into_iter().zip(month_places(area));
        let mut cells =
            places.flat_map(|(first, month)| days_of(first).map(move |day| (cell(day, month), day)));
        cells.find(|(cell, _)| cell.contains(at)).map(|(_, day)| day)
    }

    pub fn draw(&self, scene: &Scene<'_>, dates: &Dates, body: Rect, buf: &mut Buffer) {
        let area = place(body);
        Clear.render(area, buf);
        let title = scene.words.say(self.field.key());
        super::draw::frame(scene.words.look, &title).render(area, buf);
        let chosen = dates.period(scene.today).ok();
        for (first, month) in self.months(area).into_iter().zip(month_places(area)) {
            draw_heading(scene, first, month, buf);
            for day in days_of(first) {
                self.draw_day(scene, day, chosen, cell(day, month), buf);
            }
        }
        let keys = [
            ("filter-take", Action::Pick),
            ("calendar-month", Action::NextPage),
            ("filter-undo", Action::Dismiss),
        ];
        super::draw::keys(scene, &keys, area, buf);
    }

    fn draw_day(
        &self,
        scene: &Scene<'_>,
        day: NaiveDate,
        chosen: Option<Period>,
        cell: Rect,
        buf: &mut Buffer,
    ) {
        let look = scene.words.look;
        let within = chosen.is_some_and(|period| period.from <= day && day <= period.to);
        let (open, close) = match (day == scene.today, within) {
            (true, _) => ("[", "]"),
            (false, true) => (look.signs.within, " "),
            (false, false) => (" ", " "),
        };
        let meaning = match (day == self.day, within, is_weekend(day)) {
            (true, ..) => Meaning::Selected,
            (_, true, _) => Meaning::Key,
            (.., true) => Meaning::Muted,
            _ => Meaning::Text,
        };
        let said = format!("{open}{:>2}{close}", day.day());
        Strip::new(buf, cell, 0, "").put(&said, look.style(meaning));
    }
}

/// Beneath the two dates.
pub fn place(body: Rect) -> Rect {
    let width = if body.width >= TWO + 4 { TWO } else { MONTH_WIDTH + 2 };
    let x = body.x + 2.min(body.width.saturating_sub(width));
    let y = body.y + 5.min(body.height.saturating_sub(MONTH_HEIGHT + 2));
    Rect { x, y, width, height: MONTH_HEIGHT + 2 }.intersection(body)
}

fn month_places(area: Rect) -> [Rect; 2] {
    let inner = inside(area);
    let month = Rect { width: MONTH_WIDTH.min(inner.width), ..inner };
    [month, Rect { x: inner.x + MONTH_WIDTH + GAP, ..month }]
}

/// Its first day.
fn month_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

fn month_after(day: NaiveDate) -> Option<NaiveDate> {
    month_of(day).checked_add_months(Months::new(1))
}

fn days_of(first: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    first.iter_days().take_while(move |day| day.month() == first.month())
}

fn is_weekend(day: NaiveDate) -> bool {
    day.weekday().num_days_from_monday() >= 5
}

fn column(weekday: u32, month: Rect) -> u16 {
    let rule = u32::from(weekday >= 5);
    month.x + u16::try_from(weekday).unwrap_or(0) * CELL + u16::try_from(rule).unwrap_or(0)
}

fn cell(day: NaiveDate, month: Rect) -> Rect {
    let first = month_of(day).weekday().num_days_from_monday();
    let week = u16::try_from((first + day.day0()) / 7).unwrap_or(0);
    let x = column(day.weekday().num_days_from_monday(), month);
    Rect { x, y: month.y + 2 + week, width: CELL, height: 1 }.intersection(month)
}

fn draw_heading(scene: &Scene<'_>, first: NaiveDate, month: Rect, buf: &mut Buffer) {
    let look = scene.words.look;
    Strip::new(buf, month, 0, look.signs.ellipsis)
        .gap(1)
        .put(&scene.words.month(first), look.style(Meaning::Title));
    for weekday in 0..7u8 {
        let place = Rect { x: column(weekday.into(), month), width: CELL, ..month }.intersection(month);
        let meaning = if weekday >= 5 { Meaning::Muted } else { Meaning::Label };
        Strip::new(buf, place, 1, "").gap(1).put(&scene.words.weekday_short(weekday), look.style(meaning));
    }
    for row in 1..month.height {
        let rule = Rect { x: column(5, month).saturating_sub(1), width: 1, ..month }.intersection(month);
        Strip::new(buf, rule, row, "").put(look.signs.bar, look.style(Meaning::Border));
    }
}
