//! Putting two snapshots of one call together, in whatever order they come.

use std::time::Duration;

use super::{CallResult, Snapshot};

impl Snapshot {
    /// What is known of the call after `news`. The further of the two says where the call stands; neither
    /// takes away a fact that the other knows (a provider that restarted in mid-call knows less, not
    /// otherwise), counters only grow, and an ended call stays ended. Between two that are equally far
    /// and still live the one that came last is right.
    #[must_use]
    pub fn with(&self, news: &Snapshot) -> Snapshot {
        let news_lead =
            news.progress() > self.progress() || (news.progress() == self.progress() && news.is_live());
        let (lead, rest) = if news_lead { (news, self) } else { (self, news) };
        let mut whole = lead.clone();
        whole.fill_in(rest);
        whole
    }

    /// Never falls in the life of a call.
    fn progress(&self) -> (bool, bool) {
        (!self.is_live(), self.was_answered())
    }

    fn fill_in(&mut self, rest: &Snapshot) {
        fill(&mut self.name, &rest.name);
        fill(&mut self.line, &rest.line);
        fill(&mut self.queue, &rest.queue);
        fill(&mut self.agent, &rest.agent);
        fill(&mut self.recording, &rest.recording);
        if rest.was_answered() && !self.was_answered() && self.result.is_some() {
            self.result = Some(CallResult::Answered);
        }
        self.started_at = self.started_at.min(rest.started_at);
        self.answered_at = [self.answered_at, rest.answered_at].into_iter().flatten().min();
        self.ended_at = [self.ended_at, rest.ended_at].into_iter().flatten().min();
        self.wait = grown(self.wait, rest.wait);
        self.talk = grown(self.talk, rest.talk);
        self.hold = grown(self.hold, rest.hold);
        if rest.transfers.len() > self.transfers.len() {
            self.transfers.clone_from(&rest.transfers);
        }
    }
}

fn fill(known: &mut Option<String>, other: &Option<String>) {
    if known.is_none() {
        known.clone_from(other);
    }
}

fn grown(known: Duration, other: Duration) -> Duration {
    known.max(other)
}
