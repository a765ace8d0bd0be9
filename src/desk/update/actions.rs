//! What each action does.

use chrono::{DateTime, Utc};

use crate::desk::action::Action;
use crate::desk::event::Effect;
use crate::desk::layer::{Help, Layer, Palette};
use crate::desk::layout;
use crate::desk::report::Preset;
use crate::desk::state::{State, View};

impl State {
    pub(super) fn act(&mut self, action: Action, now: DateTime<Utc>) {
        let body = self.body();
        let context = self.context();
        if action == Action::Quit {
            return self.asking.tell(Effect::Quit);
        }
        if let Some(layer) = self.layers.last_mut() {
            let step = layer.act(action, body);
            return self.follow_step(step, now);
        }
        if self.view == View::Report {
            let step = self.with_report(now, |report, around| report.act(action, around));
            if self.follow_report(step, now) {
                return;
            }
        }
        match action {
            Action::Help => self.layers.push(Layer::Help(Help::of(context))),
            Action::Palette => self.layers.push(Layer::Palette(Palette::of(context, &self.look))),
            Action::Dismiss => self.dismiss(),
            Action::Report => self.open_report(Preset::AsLeft, now),
            Action::Missed => self.open_report(Preset::MissedToday, now),
            _ => self.move_on_board(action),
        }
    }

    fn open_report(&mut self, preset: Preset, now: DateTime<Utc>) {
        self.view = View::Report;
        self.with_report(now, |report, around| report.open(preset, around));
    }

    fn dismiss(&mut self) {
        self.notice = None;
    }

    fn move_on_board(&mut self, action: Action) {
        let page = layout::areas(self.area()).map_or(1, |areas| layout::inside(areas.board).height);
        self.board.step(action, page);
    }
}
