//! The mouse: everything it does a key does too.

use chrono::{DateTime, TimeDelta, Utc};
use ratatui::layout::Position;

use crate::desk::action::Action;
use crate::desk::event::{Mouse, MouseKind};
use crate::desk::form::{self, Field, Value};
use crate::desk::layout::{self, Areas};
use crate::desk::sidebar::Place;
use crate::desk::state::{Focus, State, View};
use crate::desk::{board, hints, history, sidebar};

/// Two presses on one cell within this are a double click.
const DOUBLE: TimeDelta = TimeDelta::milliseconds(400);

impl State {
    pub(super) fn point(&mut self, mouse: Mouse, now: DateTime<Utc>) {
        let Some(areas) = layout::areas(self.area()) else { return };
        let at = Position::new(mouse.column, mouse.row);
        match mouse.kind {
            MouseKind::ScrollUp => self.scroll(Action::Previous, at, &areas, now),
            MouseKind::ScrollDown => self.scroll(Action::Next, at, &areas, now),
            MouseKind::Press => self.click(at, &areas, now),
        }
    }

    /// The wheel moves what is under it, whoever has the keys.
    fn scroll(&mut self, action: Action, at: Position, areas: &Areas, now: DateTime<Utc>) {
        let over_desk = self.layers.is_empty() && self.view == View::Desk;
        match self.form.choice.is_some() {
            _ if !over_desk => self.act(action, now),
            true if areas.form.contains(at) => self.act_in_form(action, now),
            _ if areas.board.contains(at) => self.act_on_board(action, now),
            _ => {}
        }
    }

    /// Whether this press makes a pair with the one before.
    fn is_double(&mut self, at: Position, now: DateTime<Utc>) -> bool {
        let twice = self.pressed.is_some_and(|(last, when)| last == at && now - when <= DOUBLE);
        self.pressed = (!twice).then_some((at, now));
        twice
    }

    fn click(&mut self, at: Position, areas: &Areas, now: DateTime<Utc>) {
        let twice = self.is_double(at, now);
        self.pass_notice();
        if areas.hints.contains(at) {
            if let Some(action) = hints::at(self, areas.hints, at.x) {
                self.act(action, now);
            }
        } else if let Some(layer) = self.layers.last_mut() {
            let step = layer.click(at, areas.body);
            self.follow_step(step, now);
        } else if self.view == View::Report {
            let step = self.with_report(now, |report, around| report.click(at, twice, around));
            self.follow_report(step, now);
        } else if areas.form.contains(at) {
            self.click_form(at, areas, now);
        } else if areas.board.contains(at) {
            self.click_board(at, areas, now);
        } else if areas.sidebar.contains(at) {
            self.click_sidebar(at, areas, now);
        } else if let Some(call) = areas.history.and_then(|area| history::call_at(self, area, at)) {
            self.work_on(call, now);
        }
    }

    /// Of a shared number's people one is picked; else what is behind the place is read.
    fn click_sidebar(&mut self, at: Position, areas: &Areas, now: DateTime<Utc>) {
        match sidebar::at(self, areas.sidebar, at) {
            Some(Place::Choice(person)) => {
                self.enter_field(Field::Who, now);
                self.pick(Value::Person(person), now);
            }
            Some(Place::Script) => self.read_script(),
            Some(Place::Card) => self.read_details(now),
            None => {}
        }
    }

    /// A press takes the call, as Enter does.
    fn click_board(&mut self, at: Position, areas: &Areas, now: DateTime<Utc>) {
        self.focus = Focus::Board;
        let rows = board::rows(areas.board);
        let Some(row) = at.y.checked_sub(rows.y) else { return };
        let call = self.board.seen(rows.height).nth(usize::from(row)).map(|call| call.id);
        if let Some(call) = call {
            self.work_on(call, now);
        }
    }

    fn click_form(&mut self, at: Position, areas: &Areas, now: DateTime<Utc>) {
        let field = self.form.field;
        let listed = self.form.choice.as_ref().and_then(|choice| {
            let row = form::list_row_at(choice, field, areas.form, at)?;
            Some(choice.shown().nth(row).map(|candidate| candidate.value.clone()))
        });
        match (listed, form::field_at(areas.form, at)) {
            (Some(value), _) => value.into_iter().for_each(|value| self.pick(value, now)),
            (None, Some((Field::Comment, row, column))) => {
                self.enter_field(Field::Comment, now);
                self.form.comment.point(row, column);
            }
            (None, Some((field, ..))) => {
                self.enter_field(field, now);
                self.unfold(now);
            }
            (None, None) => {}
        }
    }
}
