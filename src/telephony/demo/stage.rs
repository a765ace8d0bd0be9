//! The played day: which calls run, what happens next. Pure; the time comes in.

use chrono::{DateTime, TimeDelta, Utc};

use super::scene::Scene;
use super::script::{Part, Script};
use crate::domain::call::{CallKey, Direction, Phase};
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
        }
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
        self.change(key, |scene| scene.hand_over(to, now))
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
