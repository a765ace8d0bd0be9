//! The mouse: everything it does a key does too.

use chrono::{DateTime, Utc};
use ratatui::layout::Position;

use crate::desk::action::Action;
use crate::desk::event::{Mouse, MouseKind};
use crate::desk::layout::{self, Areas};
use crate::desk::state::{State, View};
use crate::desk::{board, hints};

impl State {
    pub(super) fn point(&mut self, mouse: Mouse, now: DateTime<Utc>) {
        let Some(areas) = layout::areas(self.area()) else { return };
        let at = Position::new(mouse.column, mouse.row);
        match mouse.kind {
            MouseKind::ScrollUp => self.act(Action::Previous, now),
            MouseKind::ScrollDown => self.act(Action::Next, now),
            MouseKind::Press => self.click(at, &areas, now),
        }
    }

    fn click(&mut self, at: Position, areas: &Areas, now: DateTime<Utc>) {
        if areas.hints.contains(at) {
            if let Some(action) = hints::at(self, areas.hints, at.x) {
                self.act(action, now);
            }
        } else if let Some(layer) = self.layers.last_mut() {
            let step = layer.click(at, areas.body);
            self.follow_step(step, now);
        } else if self.view == View::Report {
            let step = self.with_report(now, |report, around| report.click(at, around));
            self.follow_report(step, now);
        } else if areas.board.contains(at) {
            self.click_board(at, areas);
        }
    }

    fn click_board(&mut self, at: Position, areas: &Areas) {
        let rows = board::rows(areas.board);
        let row = usize::from(at.y.saturating_sub(rows.y));
        if let Some(call) = self.board.page(rows.height).get(row).map(|call| call.id) {
            self.board.select(call);
        }
    }
}
