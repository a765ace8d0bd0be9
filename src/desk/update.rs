//! The router: each kind of event goes to the one place that knows it. Nothing is decided here.

mod actions;
mod calls;
mod changes;
mod export;
mod form;
mod gaps;
mod keys;
mod mouse;
mod player;
mod replies;
mod report;
mod saving;
mod today;
mod typing;

use chrono::{DateTime, DurationRound, TimeDelta, Utc};

use crate::domain::desk::BoardCall;

use super::event::{Effect, Event};
use super::state::{State, View};

pub use today::Today;

pub fn update(state: &mut State, event: Event, now: DateTime<Utc>) -> Vec<Effect> {
    match event {
        Event::Key(key) => state.press(key, now),
        Event::Mouse(mouse) => state.point(mouse, now),
        Event::Paste(text) => state.paste(&text, now),
        Event::Resize { width, height } => state.resize(width, height),
        Event::Reply { ticket, reply } => state.hear(ticket, reply, now),
        Event::Change(change) => state.follow(change, now),
        Event::Exported(written) => state.exported(written, now),
        Event::Sound(news) => state.hear_sound(news),
        Event::Wake => {}
        Event::Leave => state.quit(),
    }
    state.tidy_board(now);
    state.pass_time(now);
    state.asking.take_effects()
}

/// When the picture changes by time alone: a live call's seconds, the clock's minute (a new day begins with
/// one), a notice that goes, a draft that wants to be kept.
pub fn next_wake(state: &State, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let seconds = (state.view == View::Desk && state.hears_calls() && state.board.any_live())
        .then(|| next_whole(now, 1));
    let minute = Some(next_whole(now, 60));
    let notice = state.notice.as_ref().and_then(|notice| notice.gone_at);
    let digits = state.board.digits.until();
    let draft = state.drafts.due();
    [seconds, minute, notice, digits, draft].into_iter().flatten().min().map(|at| at.max(now))
}

/// The next instant at a whole multiple of `seconds`.
fn next_whole(now: DateTime<Utc>, seconds: i64) -> DateTime<Utc> {
    let span = TimeDelta::seconds(seconds);
    now.duration_trunc(span).map_or(now + span, |whole| whole + span)
}

impl State {
    fn tidy_board(&mut self, now: DateTime<Utc>) {
        let own = self.extension().map(str::to_owned);
        let directories = &self.directories;
        let colleagues =
            |call: &BoardCall| own.as_deref().is_some_and(|own| call.is_a_colleagues(own, directories));
        self.board.tidy(self.form.id(), colleagues, now);
    }

    fn resize(&mut self, width: u16, height: u16) {
        self.size = (width, height);
        self.look_up_history();
    }

    fn pass_time(&mut self, now: DateTime<Utc>) {
        self.turn_day(now);
        self.expire_notice(now);
        self.board.digits.expire(now);
        self.drafts.send_due(&mut self.asking, now);
    }
}
