//! The snapshot that a call's story comes to.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::Call;
use crate::domain::call::{CallKey, CallResult, Direction, Phase, Snapshot, Transfer, TransferKind};
use crate::domain::phone::Remote;

impl Call<'_> {
    /// `None` while too little is known to show a call.
    pub fn snapshot(&self, key: CallKey) -> Option<Snapshot> {
        let (direction, remote) = (self.direction?, self.remote()?);
        let started_at = self.started();
        let answered_at = self.talks.first().map(|talk| talk.since.max(started_at));
        let transfers = self.transfers();
        Some(Snapshot {
            key,
            direction,
            remote,
            name: self.name.clone(),
            line: self.line.clone(),
            queue: None,
            phase: self.phase(direction),
            result: self.result(direction),
            agent: self.agent(direction),
            holder: self.holder(direction),
            ringing: self.extensions_ringing(),
            started_at,
            answered_at,
            ended_at: self.end.as_ref().map(|end| end.at),
            wait: self.wait(started_at, answered_at),
            talk: self.own_talk(&transfers),
            hold: self.hold,
            transfers,
            recording: self.recording.clone(),
            advert: Some(self.advert.clone()).filter(|advert| !advert.is_empty()).map(Box::new),
            tags: self.tags.clone(),
            settled: false,
        })
    }

    fn remote(&self) -> Option<Remote> {
        match &self.contact {
            Some(number) => Some(Remote::parse(number)),
            None => self.withheld.then_some(Remote::Withheld),
        }
    }

    fn phase(&self, direction: Direction) -> Phase {
        match () {
            () if self.end.is_some() => Phase::Ended,
            () if self.held_since.is_some() => Phase::OnHold,
            () if self.talks.is_on() => Phase::Talking,
            () if !self.ringing.is_empty() || direction == Direction::Outgoing => Phase::Ringing,
            () => Phase::Waiting,
        }
    }

    fn result(&self, direction: Direction) -> Option<CallResult> {
        let end = self.end.as_ref()?;
        let talked = self.talks.first().is_some() || end.talk.is_some_and(|talk| !talk.is_zero());
        Some(match direction {
            _ if talked || self.recorded => CallResult::Answered,
            Direction::Incoming => CallResult::Missed,
            Direction::Outgoing | Direction::Internal => CallResult::NoAnswer,
        })
    }

    fn agent(&self, direction: Direction) -> Option<String> {
        let answered = || self.talks.first().and_then(|talk| talk.who.extension.clone());
        match direction {
            Direction::Incoming => answered(),
            Direction::Outgoing | Direction::Internal => self.caller.extension.clone().or_else(answered),
        }
    }

    fn holder(&self, direction: Direction) -> Option<String> {
        let last = self.end.as_ref().and_then(|end| end.last.as_ref()?.extension.clone());
        let talks = || self.talks.last().and_then(|talk| talk.who.extension.clone());
        last.or_else(talks).or_else(|| self.agent(direction))
    }

    fn extensions_ringing(&self) -> Vec<String> {
        let ringing = self.ringing.iter().filter(|_| self.end.is_none());
        ringing.filter_map(|who| who.extension.clone()).collect()
    }

    /// Before the first answer, or in all; nothing while it still goes on.
    fn wait(&self, started: DateTime<Utc>, answered: Option<DateTime<Utc>>) -> Duration {
        let end = self.end.as_ref();
        let until = answered.or(end.map(|end| end.at)).unwrap_or(started);
        let counted = end.and_then(|end| end.wait);
        counted.unwrap_or_else(|| (until - started).to_std().unwrap_or_default())
    }

    /// The provider counts all talks of a call in one.
    fn own_talk(&self, transfers: &[Transfer]) -> Duration {
        let others: Duration = transfers.iter().map(|transfer| transfer.talk).sum();
        let counted = self.end.as_ref().and_then(|end| end.talk);
        let seen = || {
            self.talks.own().filter(|talk| talk.until.is_some()).map(|talk| talk.length(self.last_at)).sum()
        };
        counted.map_or_else(seen, |all| all.saturating_sub(others))
    }

    fn transfers(&self) -> Vec<Transfer> {
        let kind = if self.consulted { TransferKind::Attended } else { TransferKind::Blind };
        let known = self.talks.handed_on().iter().filter_map(|talk| {
            let length = if talk.until.is_some() { talk.length(self.last_at) } else { Duration::ZERO };
            Some(Transfer { kind, to: talk.who.extension.clone()?, talk: length })
        });
        known.collect()
    }
}
