//! Putting two snapshots of one call together, in whatever order they come.

use super::{CallResult, Snapshot};

impl Snapshot {
    /// What is known of the call after `news`. Who is at least as far leads, and its figures replace the others:
    /// what comes later is better known (a transfer told after the talk it cuts short, the PBX's own count
    /// after the end). News that is less far is old and changes no figure. Either way nobody takes away a fact
    /// that the other knows, a moment once told stands (who joined in mid-call knows only a bound of
    /// it), and an ended call stays ended.
    #[must_use]
    pub fn with(&self, news: &Snapshot) -> Snapshot {
        let news_lead = news.progress() >= self.progress();
        let (lead, rest) = if news_lead { (news, self) } else { (self, news) };
        let mut whole = lead.clone();
        whole.fill_in(rest);
        whole.started_at = self.started_at;
        whole.answered_at = self.answered_at.or(news.answered_at);
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
        if rest.transfers.len() > self.transfers.len() {
            self.transfers.clone_from(&rest.transfers);
        }
        if rest.was_answered() && !self.was_answered() {
            self.learn_of_talk(rest);
        }
    }

    /// One knows of the end, the other of the answer: neither knows all, so no figure is less than either's.
    fn learn_of_talk(&mut self, rest: &Snapshot) {
        self.result = self.result.map(|_| CallResult::Answered);
        self.wait = self.wait.max(rest.wait);
        self.talk = self.talk.max(rest.talk);
        self.hold = self.hold.max(rest.hold);
    }
}

fn fill(known: &mut Option<String>, other: &Option<String>) {
    if known.is_none() {
        known.clone_from(other);
    }
}
