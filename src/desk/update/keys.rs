//! From a key to what it means here: typed text first, then the key table of the place that has the keys.

use chrono::{DateTime, Utc};

use crate::desk::board::Found;
use crate::desk::key::Key;
use crate::desk::keymap::Context;
use crate::desk::layer::Step;
use crate::desk::layout;
use crate::desk::state::{State, View};

impl State {
    pub(super) fn press(&mut self, key: Key, now: DateTime<Utc>) {
        let context = self.context();
        match self.layers.last_mut() {
            Some(layer) if layer.takes(key) => layer.press(key),
            None if self.view == View::Report && self.report.takes(key) => {
                self.with_report(now, |report, around| report.press(key, around));
            }
            _ => match (self.keymap.action(context, key), key.digit()) {
                (Some(action), _) => self.act(action, now),
                (None, Some(_)) if context == Context::Board => self.choose_by_digit(key, now),
                _ => {}
            },
        }
    }

    fn choose_by_digit(&mut self, key: Key, now: DateTime<Utc>) {
        let Some(digit) = key.typed() else { return };
        match self.board.press_digit(digit, now) {
            Found::Nothing => {}
            Found::Perhaps(call) | Found::Certain(call) => self.board.select(call),
        }
    }

    pub(super) fn paste(&mut self, text: &str, now: DateTime<Utc>) {
        match self.layers.last_mut() {
            Some(layer) => layer.paste(text),
            None if self.view == View::Report => {
                self.with_report(now, |report, around| report.paste(text, around));
            }
            None => {}
        }
    }

    /// What a layer's key led to.
    pub(super) fn follow_step(&mut self, step: Step, now: DateTime<Utc>) {
        match step {
            Step::Stay => {}
            Step::Close => {
                self.layers.pop();
            }
            Step::Act(action) => {
                self.layers.pop();
                self.act(action, now);
            }
        }
    }

    pub(super) fn body(&self) -> ratatui::layout::Rect {
        layout::areas(self.area()).map_or_else(|| self.area(), |areas| areas.body)
    }
}
