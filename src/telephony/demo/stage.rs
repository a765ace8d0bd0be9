//! The played day: which calls run, what happens next. Pure; the time comes in.

use chrono::{DateTime, TimeDelta, Utc};

use super::NAME;
use super::record::Record;
use super::scene::Scene;
use super::script::{Outage, Part, Script};
use crate::domain::call::{CallKey, Direction, Phase, TransferKind};
use crate::domain::desk::Link;
use crate::telephony::{Event, Order, OrderError};

pub struct Stage {
    /// Calls still to come, the next one last.
    coming: Vec<Part>,
    running: Vec<Scene>,
    speed: f64,
    begun: DateTime<Utc>,
    opened: u32,
    outages: Vec<Outage>,
    /// Whether nobody is told of anything now.
    cut: bool,
    record: Record,
}

impl Stage {
    /// `speed`: seconds of the script in one real second.
    pub fn new(mut script: Script, speed: f64, begun: DateTime<Utc>) -> Stage {
        script.calls.reverse();
        let (coming, outages) = (script.calls, script.outages);
        let (running, record) = (vec![], Record::default());
        Stage { coming, running, speed, begun, opened: 0, outages, cut: false, record }
    }

    pub fn recorded_in(self, record: Record) -> Stage {
        Stage { record, ..self }
    }

    pub fn next_at(&self) -> Option<DateTime<Utc>> {
        let coming = self.coming.last().map(|part| self.starts(part));
        let edges = self.outages.iter().flat_map(|outage| self.edges(outage));
        let edge = edges.filter(|(_, opens)| *opens != self.cut).map(|(at, _)| at).min();
        self.running.iter().filter_map(Scene::next_at).chain(coming).chain(edge).min()
    }

    /// What is told: nothing while nobody can be, and then how everything stands.
    pub fn advance(&mut self, now: DateTime<Utc>) -> Vec<Event> {
        let news = self.play(now);
        let is_cut = self.is_cut(now);
        let was_cut = std::mem::replace(&mut self.cut, is_cut);
        let mut outages = std::mem::take(&mut self.outages);
        outages.retain(|outage| self.edges(outage).iter().any(|(at, _)| *at > now));
        self.outages = outages;
        match (was_cut, self.cut) {
            (false, false) => news,
            (false, true) => news.into_iter().chain([self.loss(now)]).collect(),
            (true, true) => vec![],
            (true, false) => self.standing(now),
        }
    }

    fn is_cut(&self, now: DateTime<Utc>) -> bool {
        self.outages.iter().any(|outage| {
            let [(from, _), (to, _)] = self.edges(outage);
            (from..to).contains(&now)
        })
    }

    /// When it begins and when it ends; the first is an edge that opens one.
    fn edges(&self, outage: &Outage) -> [(DateTime<Utc>, bool); 2] {
        let at = |seconds: f64| self.begun + TimeDelta::milliseconds((seconds * 1000.0 / self.speed) as i64);
        [(at(outage.at), true), (at(outage.at + outage.seconds), false)]
    }

    fn loss(&self, now: DateTime<Utc>) -> Event {
        Event::Link(Link::Down { since: now, reason: "pult demo: [[outage]]".into() })
    }

    fn standing(&self, now: DateTime<Utc>) -> Vec<Event> {
        let calls = self.running.iter().map(|scene| scene.snapshot.key.clone()).collect();
        let told = self.running.iter().map(|scene| Event::Call(Box::new(scene.snapshot.clone())));
        let list = Event::Live { provider: NAME.into(), calls };
        [list].into_iter().chain(told).chain([Event::Link(Link::Up { since: now })]).collect()
    }

    fn play(&mut self, now: DateTime<Utc>) -> Vec<Event> {
        let mut news = vec![];
        while let Some(part) = self.coming.pop_if(|part| starts(part, self.speed, self.begun) <= now) {
            news.push(self.open(part, now));
        }
        for scene in &mut self.running {
            if scene.advance(now) {
                news.push(Event::Call(Box::new(scene.snapshot.clone())));
            }
        }
        self.let_go_of_ended();
        news
    }

    fn let_go_of_ended(&mut self) {
        let record = &self.record;
        self.running.retain(|scene| {
            if !scene.snapshot.is_live() {
                record.keep(&scene.snapshot);
            }
            scene.snapshot.is_live()
        });
    }

    pub fn order(&mut self, order: Order, now: DateTime<Utc>) -> Result<Vec<Event>, OrderError> {
        match order {
            _ if self.cut => Err(OrderError::NotConnected),
            Order::Dial { extension, number } => {
                Ok(vec![self.open(click_to_call(extension, number.to_string()), now)])
            }
            Order::HangUp(key) => self.change(&key, |scene| scene.hang_up(now)),
            Order::Transfer { call, to } => self.transfer(&call, to, now),
            Order::Hold(call) => self.talk(&call, |scene| scene.hold(now)),
            Order::Unhold(call) => self.talk(&call, |scene| scene.unhold(now)),
            Order::Consult { call, to } => self.talk(&call, |scene| scene.consult(to, now)),
            Order::HandOver(call) => self.hand_over(&call, now),
            Order::TakeBack(call) => self.talk(&call, |scene| scene.unhold(now)),
            Order::Tag { call, tag } => self.change(&call, |scene| scene.tag(tag)),
            Order::PlayOnPhone { .. } => Err(OrderError::Unsupported),
        }
    }

    /// Something with whoever is being talked with, held or not.
    fn talk(&mut self, key: &CallKey, change: impl FnOnce(&mut Scene)) -> Result<Vec<Event>, OrderError> {
        let talks = |scene: &Scene| matches!(scene.snapshot.phase, Phase::Talking | Phase::OnHold);
        match self.running.iter().any(|scene| scene.snapshot.key == *key && talks(scene)) {
            true => self.change(key, change),
            false => Err(OrderError::Refused("only a call that is being talked can be held".into())),
        }
    }

    fn hand_over(&mut self, key: &CallKey, now: DateTime<Utc>) -> Result<Vec<Event>, OrderError> {
        let asked = self.running.iter().find(|scene| scene.snapshot.key == *key).and_then(Scene::asked);
        let Some(to) = asked.map(str::to_owned) else {
            return Err(OrderError::Refused("nobody was asked: there is nobody to hand the call to".into()));
        };
        self.change(key, |scene| scene.hand_over(to, TransferKind::Attended, now))
    }

    fn open(&mut self, part: Part, now: DateTime<Utc>) -> Event {
        self.opened += 1;
        let scene = Scene::open(format!("demo-{}", self.opened), part, self.speed, now);
        let event = Event::Call(Box::new(scene.snapshot.clone()));
        self.running.push(scene);
        event
    }

    fn transfer(&mut self, key: &CallKey, to: String, now: DateTime<Utc>) -> Result<Vec<Event>, OrderError> {
        let talking = |scene: &Scene| scene.snapshot.key == *key && scene.snapshot.phase == Phase::Talking;
        if !self.running.iter().any(talking) {
            return Err(OrderError::Refused("only a call that is being talked can be handed over".into()));
        }
        self.change(key, |scene| scene.hand_over(to, TransferKind::Blind, now))
    }

    fn change(&mut self, key: &CallKey, change: impl FnOnce(&mut Scene)) -> Result<Vec<Event>, OrderError> {
        let scene = self
            .running
            .iter_mut()
            .find(|scene| scene.snapshot.key == *key)
            .ok_or_else(|| OrderError::Refused("the call is over".into()))?;
        change(scene);
        let event = Event::Call(Box::new(scene.snapshot.clone()));
        self.let_go_of_ended();
        Ok(vec![event])
    }

    fn starts(&self, part: &Part) -> DateTime<Utc> {
        starts(part, self.speed, self.begun)
    }
}

fn starts(part: &Part, speed: f64, begun: DateTime<Utc>) -> DateTime<Utc> {
    begun + TimeDelta::milliseconds((part.at * 1000.0 / speed) as i64)
}

/// The demo's outside world always answers.
fn click_to_call(extension: String, number: String) -> Part {
    Part {
        at: 0.0,
        direction: Direction::Outgoing,
        number,
        name: None,
        line: None,
        queue: None,
        rings: vec![extension.clone()],
        wait: 5.0,
        agent: Some(extension),
        talk: 30.0,
        hold: 0.0,
        transfer: None,
        advert: None,
        tags: vec![],
        result: None,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::domain::call::{CallResult, Snapshot};
    use crate::domain::phone::Phone;

    const DAY: &str = r#"
        [[call]]
        at = 0
        number = "+79161234567"
        line = "74950000001"
        rings = ["101", "102"]
        wait = 4
        agent = "102"
        talk = 10
        hold = 2
        transfer = { to = "103", talk = 5 }

        [[call]]
        at = 1
        number = "anonymous"
        rings = ["101"]
        wait = 6
    "#;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    fn stage(speed: f64) -> Stage {
        Stage::new(Script::parse(DAY).unwrap(), speed, at(0))
    }

    fn snapshots(news: Vec<Event>) -> Vec<Snapshot> {
        let call = |event| match event {
            Event::Call(snapshot) => Some(*snapshot),
            _ => None,
        };
        news.into_iter().filter_map(call).collect()
    }

    /// Plays to the end, waking when the stage asks for it; the last snapshot of each call.
    fn play(stage: &mut Stage) -> Vec<Snapshot> {
        let mut last: Vec<Snapshot> = vec![];
        while let Some(next) = stage.next_at() {
            for snapshot in snapshots(stage.advance(next)) {
                last.retain(|known| known.key != snapshot.key);
                last.push(snapshot);
            }
        }
        last
    }

    #[test]
    fn a_call_waits_talks_and_is_handed_over_as_written() {
        let mut stage = stage(1.0);
        let calls = play(&mut stage);
        let answered = calls.iter().find(|call| call.key.id == "demo-1").unwrap();
        assert_eq!(answered.result, Some(CallResult::Answered));
        assert_eq!(answered.wait, Duration::from_secs(4));
        assert_eq!(answered.talk, Duration::from_secs(10));
        assert_eq!(answered.hold, Duration::from_secs(2));
        assert_eq!(answered.holder.as_deref(), Some("103"));
        assert_eq!(answered.transfers[0].talk, Duration::from_secs(5));
        let missed = calls.iter().find(|call| call.key.id == "demo-2").unwrap();
        assert_eq!((missed.result, missed.wait), (Some(CallResult::Missed), Duration::from_secs(6)));
    }

    #[test]
    fn speed_shortens_the_day_and_not_its_figures() {
        let mut stage = stage(10.0);
        stage.advance(at(0));
        let calls = play(&mut stage);
        let missed = calls.iter().find(|call| call.key.id == "demo-2").unwrap();
        assert_eq!(missed.wait, Duration::from_secs(6));
        assert_eq!(missed.ended_at.unwrap() - missed.started_at, TimeDelta::milliseconds(600));
    }

    #[test]
    fn a_script_with_impossible_times_is_refused_and_the_call_named() {
        for time in ["-1", "1e300", "inf", "nan"] {
            let script = format!("[[call]]\nat = 0\nwait = 1\n[[call]]\nat = 0\nwait = {time}\n");
            let refused = Script::parse(&script).unwrap_err().to_string();
            assert!(refused.contains("call 2"), "{refused}");
        }
    }

    #[test]
    fn a_held_call_waits_for_whoever_asks_a_colleague_and_goes_on() {
        let mut stage = stage(1.0);
        stage.advance(at(0));
        stage.advance(at(4));
        let key = CallKey { provider: "demo".into(), id: "demo-1".into() };
        let early = stage.order(Order::HandOver(key.clone()), at(5));
        assert!(matches!(early, Err(OrderError::Refused(_))), "nobody was asked");
        let consult = Order::Consult { call: key.clone(), to: "105".into() };
        let asked = snapshots(stage.order(consult.clone(), at(5)).unwrap()).remove(0);
        assert_eq!((asked.phase, asked.ringing), (Phase::OnHold, vec!["105".to_owned()]));
        stage.advance(at(60));
        let back = snapshots(stage.order(Order::TakeBack(key.clone()), at(65)).unwrap()).remove(0);
        assert_eq!((back.phase, back.hold), (Phase::Talking, Duration::from_secs(60)));
        stage.order(consult, at(66)).unwrap();
        let handed = snapshots(stage.order(Order::HandOver(key.clone()), at(70)).unwrap()).remove(0);
        assert_eq!(
            (handed.holder.as_deref(), handed.transfers[0].kind),
            (Some("105"), TransferKind::Attended)
        );
        let tagged = stage.order(Order::Tag { call: key, tag: "Целевой".into() }, at(71)).unwrap();
        assert_eq!(snapshots(tagged)[0].tags, ["Целевой"]);
    }

    #[test]
    fn orders_are_carried_out_on_running_calls_only() {
        let mut stage = stage(1.0);
        let dialled = stage.order(Order::Dial { extension: "101".into(), number: Phone(79031234567) }, at(0));
        let key = snapshots(dialled.unwrap())[0].key.clone();
        let early = stage.order(Order::Transfer { call: key.clone(), to: "102".into() }, at(1));
        assert!(matches!(early, Err(OrderError::Refused(_))));
        stage.advance(at(6));
        let ended = snapshots(stage.order(Order::HangUp(key.clone()), at(16)).unwrap());
        assert_eq!((ended[0].result, ended[0].talk), (Some(CallResult::Answered), Duration::from_secs(11)));
        assert!(matches!(stage.order(Order::HangUp(key), at(17)), Err(OrderError::Refused(_))));
    }
}
