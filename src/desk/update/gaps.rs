//! What the desk asks and learns of times without word of calls: today's for the status line, a week's to be read.

use chrono::{DateTime, Days, Utc};

use crate::desk::gaps;
use crate::desk::layer::{Layer, Reading};
use crate::desk::state::{State, View};
use crate::domain::desk::Request;
use crate::domain::gap::{Gap, Source};
use crate::domain::period::Period;

impl State {
    pub(super) fn ask_gaps(&mut self, now: DateTime<Utc>) {
        self.asking.ask_latest(View::Desk, Request::Gaps(Period::day(self.look.day(now))));
    }

    /// With them the list of the week's gaps is whole.
    pub(super) fn ask_week(&mut self, sources: Vec<Source>, now: DateTime<Utc>) {
        self.gaps.sources = sources;
        let today = self.look.day(now);
        let week = Period { from: today - Days::new(6), to: today };
        self.asking.ask(Request::Gaps(week));
    }

    pub(super) fn heard_gaps(&mut self, asked: Period, gaps: Vec<Gap>, now: DateTime<Utc>) {
        if asked.from == asked.to {
            return self.gaps.learn(gaps);
        }
        let rows = gaps::rows(&gaps, &self.gaps.sources, &self.look, now);
        self.gaps.look(now);
        self.layers.push(Layer::Reading(Reading::of(self.look.say("connection-title"), rows)));
    }
}
