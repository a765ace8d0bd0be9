//! What each action does: the topmost that has the keys is asked first.

use chrono::{DateTime, Utc};

use crate::desk::action::Action;
use crate::desk::event::Effect;
use crate::desk::layer::{Help, Layer, Palette};
use crate::desk::layout;
use crate::desk::report::Preset;
use crate::desk::state::{Focus, State, View};
use crate::domain::desk::Request;

impl State {
    pub(super) fn act(&mut self, action: Action, now: DateTime<Utc>) {
        let body = self.body();
        // A message that waits to be read is what the key of dismissal is for.
        if action != Action::Dismiss {
            self.pass_notice();
        }
        if action == Action::Quit {
            return self.quit();
        }
        if let Some(layer) = self.layers.last_mut() {
            let step = layer.act(action, body, &self.look);
            return self.follow_step(step, now);
        }
        if self.view == View::Report && action == Action::Export {
            return self.offer_export(now);
        }
        if self.view == View::Report {
            let step = self.with_report(now, |report, around| report.act(action, around));
            if self.follow_report(step, now) {
                return;
            }
        }
        if !self.act_on_call(action, now) {
            self.act_on_desk(action, now);
        }
    }

    fn act_on_desk(&mut self, action: Action, now: DateTime<Utc>) {
        let context = self.context();
        match action {
            Action::Help => self.layers.push(Layer::Help(Help::of(context))),
            Action::Connection => self.asking.ask_latest(View::Desk, Request::Sources),
            Action::Palette => {
                let palette = Palette::of(context, self);
                self.layers.push(Layer::Palette(palette));
            }
            Action::Report => self.open_report(Preset::AsLeft, now),
            Action::Missed => self.open_report(Preset::MissedToday, now),
            Action::Save => self.save(now),
            Action::UndoSave => self.undo_save(),
            Action::FocusBoard => self.focus_board(now),
            Action::Dismiss => self.dismiss(now),
            _ if self.view == View::Report => {}
            _ if self.focus == Focus::Form => self.act_in_form(action, now),
            _ => self.act_on_board(action, now),
        }
    }

    /// Drafts on their way are sent first: nothing that was typed is lost by leaving.
    pub(super) fn quit(&mut self) {
        self.drafts.send_all(&mut self.asking);
        self.asking.tell(Effect::Quit);
    }

    /// The report's own key leaves what is being typed over it as it is.
    fn open_report(&mut self, preset: Preset, now: DateTime<Utc>) {
        if preset == Preset::AsLeft && self.view == View::Report && self.report.is_covered() {
            return;
        }
        self.turn_to(View::Report);
        self.with_report(now, |report, around| report.open(preset, around));
    }

    pub(super) fn focus_board(&mut self, now: DateTime<Utc>) {
        self.settle_typed(now);
        self.turn_to(View::Desk);
        self.focus = Focus::Board;
    }

    /// The topmost goes: the list, then the message, then the form gives the keys back.
    fn dismiss(&mut self, now: DateTime<Utc>) {
        let before = self.form.fields.clone();
        if self.form.fold() {
            if self.form.fields != before {
                self.keep_draft(now);
            }
            return;
        }
        if self.notice.take().is_none() {
            self.focus_board(now);
        }
    }

    pub(super) fn act_on_board(&mut self, action: Action, now: DateTime<Utc>) {
        match action {
            Action::Pick if self.board.digits.miss() => self.tell_no_such_number(),
            Action::Pick | Action::NextField | Action::PreviousField => self.take_call(action, now),
            _ => {
                self.board.digits.clear();
                let page = layout::areas(self.area()).map_or(1, |areas| layout::inside(areas.board).height);
                self.board.step(action, page, now);
            }
        }
    }

    /// Enter takes the call under the cursor; Tab goes to the form that is open.
    fn take_call(&mut self, action: Action, now: DateTime<Utc>) {
        let opened = self.form.id();
        let selected = self.board.selected().or(self.board.calls().first()).map(|call| call.id);
        let call = if action == Action::Pick { selected.or(opened) } else { opened.or(selected) };
        if let Some(call) = call {
            self.work_on(call, now);
        }
    }
}
