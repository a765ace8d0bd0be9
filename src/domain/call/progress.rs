//! Putting two snapshots of one call together, in whatever order they come.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::{CallResult, Snapshot};

/// Two views of a call that differ in its end by no more than this saw the same end.
const SAME_END: TimeDelta = TimeDelta::seconds(2);
/// What whole seconds may leave out.
const ROUNDED: Duration = Duration::from_secs(1);

impl Snapshot {
    /// What is known of the call after `news`. Who is at least as far leads, and its figures replace the others:
    /// what comes later is better known (a transfer told after the talk it cuts short, the PBX's own count
    /// after the end). News that is less far is old and changes no figure. Either way nobody takes away a fact
    /// that the other knows, a moment once told stands (who joined in mid-call knows only a bound of
    /// it), and an ended call stays ended. The provider's record of the past is further than all that was seen live:
    /// its moments, figures and transfers stand alone, and a later reading of it replaces an earlier one; only what
    /// whole seconds leave out of them, and holds it does not know, is taken from the other.
    /// A record that does not settle the call, being rough, leads where the live view did not see the end.
    #[must_use]
    pub fn with(&self, news: &Snapshot) -> Snapshot {
        let news_lead = match (self.is_rough(), news.is_rough()) {
            (true, false) if self.ended_like(news) => self.ends_with(news),
            (false, true) if self.ended_like(news) => !self.ends_with(news),
            _ => news.progress() >= self.progress(),
        };
        let (lead, rest) = if news_lead { (news, self) } else { (self, news) };
        let mut whole = lead.clone();
        whole.fill_in(rest);
        if whole.settled {
            whole.refine(rest);
        } else {
            whole.join_moments(self, news);
        }
        whole
    }

    /// Ended, in whole seconds: no live view is.
    fn is_rough(&self) -> bool {
        let whole = |at: DateTime<Utc>| at.timestamp_subsec_nanos() == 0;
        !self.is_live() && whole(self.started_at) && self.ended_at.is_some_and(whole)
    }

    /// Neither is settled, and what they say of the call differs in figures alone.
    fn ended_like(&self, other: &Snapshot) -> bool {
        let ended = !self.is_live() && !other.is_live() && !self.settled && !other.settled;
        ended && self.was_answered() == other.was_answered()
    }

    fn ends_with(&self, other: &Snapshot) -> bool {
        self.ended_at.zip(other.ended_at).is_some_and(|(a, b)| (a - b).abs() <= SAME_END)
    }

    fn refine(&mut self, rest: &Snapshot) {
        refine_at(&mut self.started_at, rest.started_at);
        let pairs = [(&mut self.answered_at, rest.answered_at), (&mut self.ended_at, rest.ended_at)];
        for (known, finer) in pairs {
            known.iter_mut().zip(finer).for_each(|(known, finer)| refine_at(known, finer));
        }
        refine(&mut self.wait, rest.wait);
        refine(&mut self.talk, rest.talk);
        refine(&mut self.hold, rest.hold);
        if self.hold.is_zero() {
            self.hold = rest.hold;
        }
        for (known, finer) in self.transfers.iter_mut().zip(&rest.transfers) {
            refine(&mut known.talk, finer.talk);
        }
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

/// The same moment, told to the second and finer.
fn refine_at(known: &mut DateTime<Utc>, finer: DateTime<Utc>) {
    if known.timestamp_subsec_nanos() == 0 && (*known - finer).abs() < TimeDelta::seconds(1) {
        *known = finer;
    }
}

fn refine(known: &mut Duration, finer: Duration) {
    if known.subsec_nanos() == 0 && known.abs_diff(finer) < ROUNDED {
        *known = finer;
    }
}
