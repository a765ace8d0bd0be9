//! From a key to what it means here: typed text first, then the key table of the place that has the keys.

use chrono::{DateTime, Utc};

use crate::desk::board::Found;
use crate::desk::form::Field;
use crate::desk::key::Key;
use crate::desk::keymap::Context;
use crate::desk::layer::Step;
use crate::desk::layout;
use crate::desk::notice::Notice;
use crate::desk::state::State;

impl State {
    pub(super) fn press(&mut self, key: Key, now: DateTime<Utc>) {
        let key = key.canonical();
        let context = self.context();
        if let Some(layer) = self.layers.last_mut().filter(|layer| layer.takes(key)) {
            let step = layer.press(key);
            return self.follow_step(step, now);
        }
        if context == Context::Filter && self.report.takes(key) {
            self.pass_notice();
            return self.with_report(now, |report, around| report.press(key, around));
        }
        if context == Context::Form && self.form_takes(key) {
            return self.type_in_form(key, now);
        }
        match self.keymap.action(context, key) {
            Some(action) => self.act(action, now),
            None if context == Context::Board => self.choose_by_digit(key, now),
            None if context == Context::Form && self.form.field == Field::Comment => {
                self.edit_comment(now, |comment| comment.press(key.latin()));
            }
            None => {}
        }
    }

    /// The call whose number ends so. When no other can be meant, it is taken up at once.
    fn choose_by_digit(&mut self, key: Key, now: DateTime<Utc>) {
        let Some(digit) = key.typed().filter(char::is_ascii_digit) else { return };
        self.pass_notice();
        match self.board.press_digit(digit, now) {
            Found::Nothing if self.board.digits.is_full() => self.tell_no_such_number(),
            Found::Nothing => {}
            Found::Perhaps(call) => self.board.select(call),
            Found::Certain(call) => self.work_on(call, now),
        }
    }

    pub(super) fn tell_no_such_number(&mut self) {
        let digits = self.board.digits.typed().to_owned();
        self.board.digits.clear();
        let text = self.look.say_with("no-such-digits", &[("digits", digits.into())]);
        self.tell(Notice::warning(text, self.look.say("no-such-digits-hint")));
    }

    pub(super) fn paste(&mut self, text: &str, now: DateTime<Utc>) {
        let context = self.context();
        match self.layers.last_mut() {
            Some(layer) => layer.paste(text),
            None if matches!(context, Context::Report | Context::Filter) => {
                self.with_report(now, |report, around| report.paste(text, around));
            }
            None if context == Context::Form => self.paste_in_form(text, now),
            None => {}
        }
    }

    /// What a layer's key led to.
    pub(super) fn follow_step(&mut self, step: Step, now: DateTime<Utc>) {
        match step {
            Step::Stay => return,
            Step::Refuse(key) => {
                return self.tell(Notice::warning(self.look.say(key), ""));
            }
            Step::Player(wish) => return self.grant(wish, now),
            Step::Listen(subject) => return self.listen_to(*subject),
            _ => self.close_layer(),
        };
        match step {
            Step::Act(action) => self.act(action, now),
            Step::Ask(request) => self.asking.ask(*request),
            Step::Open(call) => self.work_on(call, now),
            Step::Export(export) => self.export(*export, now),
            Step::Stay | Step::Close | Step::Refuse(_) | Step::Player(_) | Step::Listen(_) => {}
        }
    }

    pub(super) fn body(&self) -> ratatui::layout::Rect {
        layout::areas(self.area()).map_or_else(|| self.area(), |areas| areas.body)
    }
}
