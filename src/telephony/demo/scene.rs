//! One played call: its steps in time, and the snapshot that each of them leaves.

use std::collections::VecDeque;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::script::Part;
use super::{NAME, recordings};
use crate::domain::call::{CallKey, CallResult, Direction, Phase, Snapshot, Transfer, TransferKind};
use crate::domain::phone::Remote;

#[derive(Clone, Copy, PartialEq, Debug)]
enum Step {
    Answer,
    Hold,
    Resume,
    HandOver,
    End,
}

/// What is to come of a call, the next first.
type Steps = VecDeque<(DateTime<Utc>, Step)>;

pub struct Scene {
    part: Part,
    speed: f64,
    steps: Steps,
    /// Since when an order holds the other side, and what was to come next: time stands still for it.
    held: Option<(DateTime<Utc>, Steps)>,
    /// Who is asked meanwhile.
    asked: Option<String>,
    /// How the call is handed on, when it is.
    handed: TransferKind,
    pub snapshot: Snapshot,
}

impl Scene {
    pub fn open(id: String, part: Part, speed: f64, now: DateTime<Utc>) -> Scene {
        let (steps, snapshot) = (steps(&part, speed, now), ringing(id, &part, now));
        Scene { steps, held: None, asked: None, handed: TransferKind::Blind, snapshot, part, speed }
    }

    pub fn next_at(&self) -> Option<DateTime<Utc>> {
        self.steps.front().map(|(at, _)| *at)
    }

    /// Takes the steps that are due; false when nothing was.
    pub fn advance(&mut self, now: DateTime<Utc>) -> bool {
        let mut moved = false;
        while let Some((at, step)) = self.steps.front().copied().filter(|(at, _)| *at <= now) {
            self.steps.pop_front();
            self.take(step, at);
            moved = true;
        }
        moved
    }

    pub fn hold(&mut self, now: DateTime<Utc>) {
        if self.held.is_none() {
            self.held = Some((now, std::mem::take(&mut self.steps)));
            self.snapshot.phase = Phase::OnHold;
        }
    }

    /// The rest of the call goes on from where it stood.
    pub fn unhold(&mut self, now: DateTime<Utc>) {
        self.asked = None;
        self.snapshot.ringing.clear();
        let Some((since, steps)) = self.held.take() else {
            if self.snapshot.phase == Phase::OnHold {
                self.steps.retain(|(_, step)| *step != Step::Resume);
                self.resume();
            }
            return;
        };
        self.snapshot.hold += self.played(since, now);
        self.steps = steps.into_iter().map(|(at, step)| (at + (now - since), step)).collect();
        self.snapshot.phase = Phase::Talking;
    }

    /// Who is asked listens at once.
    pub fn consult(&mut self, to: String, now: DateTime<Utc>) {
        self.hold(now);
        self.snapshot.ringing = vec![to.clone()];
        self.asked = Some(to);
    }

    pub fn tag(&mut self, tag: String) {
        if !self.snapshot.tags.contains(&tag) {
            self.snapshot.tags.push(tag);
        }
    }

    pub fn asked(&self) -> Option<&str> {
        self.asked.as_deref()
    }

    pub fn hang_up(&mut self, now: DateTime<Utc>) {
        self.unhold(now);
        self.steps.clear();
        self.take(Step::End, now);
    }

    pub fn hand_over(&mut self, to: String, kind: TransferKind, now: DateTime<Utc>) {
        let talk = 20.0;
        self.unhold(now);
        self.handed = kind;
        self.part.transfer = Some(super::script::HandOver { to, talk });
        self.steps.clear();
        self.steps.push_back((now + real(talk, self.speed), Step::End));
        self.take(Step::HandOver, now);
    }

    fn take(&mut self, step: Step, at: DateTime<Utc>) {
        match step {
            Step::Answer => self.answer(at),
            Step::Hold => self.snapshot.phase = Phase::OnHold,
            Step::Resume => self.resume(),
            Step::HandOver => self.pass_on(at),
            Step::End => self.end(at),
        }
    }

    fn answer(&mut self, at: DateTime<Utc>) {
        self.snapshot.phase = Phase::Talking;
        self.snapshot.ringing.clear();
        self.snapshot.agent.clone_from(&self.part.agent);
        self.snapshot.holder.clone_from(&self.part.agent);
        self.snapshot.answered_at = Some(at);
        self.snapshot.wait = self.played(self.snapshot.started_at, at);
    }

    fn resume(&mut self) {
        self.snapshot.phase = Phase::Talking;
        self.snapshot.hold += Duration::from_secs_f64(self.part.hold);
    }

    fn pass_on(&mut self, at: DateTime<Utc>) {
        let Some(hand_over) = self.part.transfer.clone() else { return };
        self.snapshot.talk = self.talked(at);
        self.snapshot.holder = Some(hand_over.to.clone());
        self.snapshot.transfers.push(Transfer { kind: self.handed, to: hand_over.to, talk: Duration::ZERO });
    }

    fn end(&mut self, at: DateTime<Utc>) {
        if !self.snapshot.transfers.is_empty() {
            self.end_transfer();
        } else if self.snapshot.was_answered() {
            self.snapshot.talk = self.talked(at);
        } else {
            self.snapshot.wait = self.played(self.snapshot.started_at, at);
        }
        self.snapshot.phase = Phase::Ended;
        self.snapshot.ringing.clear();
        self.snapshot.result = Some(self.result());
        self.snapshot.recording = self.recording();
        self.snapshot.ended_at = Some(at);
    }

    fn end_transfer(&mut self) {
        let talk = self.part.transfer.as_ref().map_or(0.0, |hand_over| hand_over.talk);
        if let Some(transfer) = self.snapshot.transfers.last_mut() {
            transfer.talk = Duration::from_secs_f64(talk);
        }
    }

    /// Of the whole talk, handed over or not.
    fn recording(&self) -> Option<String> {
        let handed_over: Duration = self.snapshot.transfers.iter().map(|transfer| transfer.talk).sum();
        let talk = self.snapshot.talk + handed_over;
        let recorded = self.snapshot.was_answered() && talk >= Duration::from_secs(1);
        recorded.then(|| recordings::name(&self.snapshot.key.id, talk))
    }

    fn result(&self) -> CallResult {
        match (self.snapshot.was_answered(), self.snapshot.direction) {
            (true, _) => CallResult::Answered,
            (false, Direction::Incoming) => CallResult::Missed,
            (false, _) => self.part.result.unwrap_or(CallResult::NoAnswer),
        }
    }

    fn talked(&self, until: DateTime<Utc>) -> Duration {
        self.snapshot.answered_at.map_or(Duration::ZERO, |from| self.played(from, until))
    }

    /// Time of the script between two real instants.
    fn played(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> Duration {
        (until - from).to_std().unwrap_or_default().mul_f64(self.speed)
    }
}

/// Real time that `seconds` of the script take.
fn real(seconds: f64, speed: f64) -> TimeDelta {
    TimeDelta::milliseconds((seconds * 1000.0 / speed) as i64)
}

fn steps(part: &Part, speed: f64, now: DateTime<Utc>) -> Steps {
    let at = |seconds: f64| now + real(seconds, speed);
    let answered = part.talk > 0.0;
    if !answered {
        return [(at(part.wait), Step::End)].into();
    }
    let mut steps = VecDeque::from([(at(part.wait), Step::Answer)]);
    if part.hold > 0.0 {
        let middle = part.wait + (part.talk - part.hold).max(0.0) / 2.0;
        steps.extend([(at(middle), Step::Hold), (at(middle + part.hold), Step::Resume)]);
    }
    let talked = part.wait + part.talk;
    match &part.transfer {
        Some(hand_over) => {
            steps.extend([(at(talked), Step::HandOver), (at(talked + hand_over.talk), Step::End)]);
        }
        None => steps.push_back((at(talked), Step::End)),
    }
    steps
}

fn ringing(id: String, part: &Part, now: DateTime<Utc>) -> Snapshot {
    let outgoing = part.direction != Direction::Incoming;
    Snapshot {
        key: CallKey { provider: NAME.into(), id },
        direction: part.direction,
        remote: Remote::parse(&part.number),
        name: part.name.clone(),
        line: part.line.clone(),
        queue: part.queue.clone(),
        phase: if part.rings.is_empty() && !outgoing { Phase::Waiting } else { Phase::Ringing },
        result: None,
        agent: part.agent.clone().filter(|_| outgoing),
        holder: part.agent.clone().filter(|_| outgoing),
        ringing: part.rings.clone(),
        started_at: now,
        answered_at: None,
        ended_at: None,
        wait: Duration::ZERO,
        talk: Duration::ZERO,
        hold: Duration::ZERO,
        transfers: vec![],
        recording: None,
        advert: part.advert.clone().map(Box::new),
        tags: part.tags.clone(),
        settled: false,
    }
}
