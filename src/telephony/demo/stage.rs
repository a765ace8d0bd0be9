//! The played day: which calls run, what happens next. Pure; the time comes in.

use chrono::{DateTime, TimeDelta, Utc};

use super::scene::Scene;
use super::script::{Part, Script};
use crate::domain::call::{CallKey, Direction, Phase, TransferKind};
use crate::telephony::{Event, Order, OrderError};

pub struct Stage {
    /// Calls still to come, the next one last.
    coming: Vec<Part>,
    running: Vec<Scene>,
    speed: f64,
    begun: DateTime<Utc>,
    opened: u32,
}

impl Stage {
    /// `speed`: seconds of the script in one real second.
    pub fn new(mut script: Script, speed: f64, begun: DateTime<Utc>) -> Stage {
        script.calls.reverse();
        Stage { coming: script.calls, running: vec![], speed, begun, opened: 0 }
    }

    pub fn next_at(&self) -> Option<DateTime<Utc>> {
        let coming = self.coming.last().map(|part| self.starts(part));
        self.running.iter().filter_map(Scene::next_at).chain(coming).min()
    }

    pub fn advance(&mut self, now: DateTime<Utc>) -> Vec<Event> {
        let mut news = vec![];
        while let Some(part) = self.coming.pop_if(|part| starts(part, self.speed, self.begun) <= now) {
            news.push(self.open(part, now));
        }
        for scene in &mut self.running {
            if scene.advance(now) {
                news.push(Event::Call(Box::new(scene.snapshot.clone())));
            }
        }
        self.running.retain(|scene| scene.snapshot.is_live());
        news
    }

    pub fn order(&mut self, order: Order, now: DateTime<Utc>) -> Result<Vec<Event>, OrderError> {
        match order {
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
        self.running.retain(|scene| scene.snapshot.is_live());
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
