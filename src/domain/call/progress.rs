//! Putting two snapshots of one call together, in whatever order they come.

use super::{CallResult, Snapshot};

impl Snapshot {
    /// What is known of the call after `news`. Who is at least as far leads, and its figures replace the others:
    /// what comes later is better known (a transfer told after the talk it cuts short, the PBX's own count
    /// after the end). News that is less far is old and changes no figure. Either way nobody takes away a fact
    /// that the other knows, a moment once told stands (who joined in mid-call knows only a bound of
    /// it), and an ended call stays ended. The provider's record of the past is further than all that was seen live:
    /// its moments, figures and transfers stand alone, and a later reading of it replaces an earlier one.
    #[must_use]
    pub fn with(&self, news: &Snapshot) -> Snapshot {
        let news_lead = news.progress() >= self.progress();
        let (lead, rest) = if news_lead { (news, self) } else { (self, news) };
        let mut whole = lead.clone();
        whole.fill_in(rest);
        if !whole.settled {
            whole.join_moments(self, news);
        }
        whole
    }

    /// Never falls in the life of a call. Of two readings of the record neither is further: the later one counts.
    fn progress(&self) -> (bool, bool, bool) {
        (self.settled, self.settled || !self.is_live(), self.settled || self.was_answered())
    }

    fn fill_in(&mut self, rest: &Snapshot) {
        fill(&mut self.name, &rest.name);
        fill(&mut self.line, &rest.line);
        fill(&mut self.queue, &rest.queue);
        fill(&mut self.agent, &rest.agent);
        fill(&mut self.recording, &rest.recording);
        match (&mut self.advert, &rest.advert) {
            (Some(known), Some(other)) => known.fill_in(other),
            (known @ None, other) => known.clone_from(other),
            (Some(_), None) => {}
        }
        if self.tags.is_empty() {
            self.tags.clone_from(&rest.tags);
        }
    }

    /// What two live views of one call add to each other.
    fn join_moments(&mut self, known: &Snapshot, news: &Snapshot) {
        for other in [known, news] {
            if other.was_answered() && !self.was_answered() {
                self.learn_of_talk(other);
            }
            if other.transfers.len() > self.transfers.len() {
                self.transfers.clone_from(&other.transfers);
            }
        }
        self.started_at = known.started_at;
        self.answered_at = known.answered_at.or(news.answered_at);
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
