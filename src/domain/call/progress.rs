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

    /// Its end, and with it its figures, are told to the second: no live view's are. Its beginning may be another's.
    fn is_rough(&self) -> bool {
        !self.is_live() && self.ended_at.is_some_and(|at| at.timestamp_subsec_nanos() == 0)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::call::{CallKey, Direction, Phase};
    use crate::domain::phone::{Phone, Remote};

    /// A talk of an hour's first minutes, in milliseconds.
    fn talk(answered: i64, ended: i64) -> Snapshot {
        let at = |ms| DateTime::<Utc>::UNIX_EPOCH + TimeDelta::milliseconds(ms);
        let span = |ms: i64| Duration::from_millis(ms.unsigned_abs());
        Snapshot {
            key: CallKey { provider: "test".into(), id: "1".into() },
            direction: Direction::Incoming,
            remote: Remote::Number(Phone(79440000001)),
            name: None,
            line: None,
            queue: None,
            phase: Phase::Ended,
            result: Some(CallResult::Answered),
            agent: Some("101".into()),
            holder: Some("101".into()),
            ringing: vec![],
            started_at: at(0),
            answered_at: Some(at(answered)),
            ended_at: Some(at(ended)),
            wait: span(answered),
            talk: span(ended - answered),
            hold: Duration::ZERO,
            transfers: vec![],
            recording: None,
            advert: None,
            tags: vec![],
            settled: false,
        }
    }

    /// As the clock had it: never at a whole second.
    fn live() -> impl Strategy<Value = Snapshot> {
        (0..9_i64, 10..200_i64).prop_map(|(answered, ended)| {
            let call = talk(answered * 1000 + 345, ended * 1000 + 678);
            Snapshot { started_at: call.started_at + TimeDelta::milliseconds(123), ..call }
        })
    }

    fn rough() -> impl Strategy<Value = Snapshot> {
        (0..9_i64, 10..200_i64).prop_map(|(answered, ended)| talk(answered * 1000, ended * 1000))
    }

    fn settled() -> impl Strategy<Value = Snapshot> {
        (prop_oneof![live(), rough()]).prop_map(|call| Snapshot { settled: true, ..call })
    }

    /// All but the moments that stand as they were told first.
    fn figures(call: &Snapshot) -> (Option<DateTime<Utc>>, Duration, Duration) {
        (call.ended_at, call.wait, call.talk)
    }

    proptest! {
        #[test]
        fn the_same_again_changes_nothing(tellings in prop::collection::vec(prop_oneof![live(), rough(), settled()], 1..4)) {
            let whole = tellings.iter().skip(1).fold(tellings[0].clone(), |whole, news| whole.with(news));
            let last = tellings.last().unwrap();
            prop_assert_eq!(&whole.with(last), &whole);
        }

        #[test]
        fn a_live_view_and_a_rough_record_come_to_the_same_in_any_order_and_number(
            live in live(), rough in rough(), told in prop::collection::vec(any::<bool>(), 0..5),
        ) {
            let expected = figures(&live.with(&rough));
            prop_assert_eq!(figures(&rough.with(&live)), expected);
            let mut whole = live.with(&rough);
            for again in told {
                whole = whole.with(if again { &live } else { &rough });
                prop_assert_eq!(figures(&whole), expected);
            }
        }

        #[test]
        fn the_record_stands_whatever_came_before_and_after(seen in live(), rough in rough(), settled in settled()) {
            let ended = settled.ended_at.unwrap();
            for order in [[&seen, &rough, &settled], [&settled, &seen, &rough], [&rough, &settled, &seen]] {
                let whole = order[0].with(order[1]).with(order[2]);
                prop_assert!(whole.settled);
                prop_assert!((whole.ended_at.unwrap() - ended).abs() < TimeDelta::seconds(1));
                prop_assert!(whole.talk.abs_diff(settled.talk) < ROUNDED);
            }
        }
    }
}
