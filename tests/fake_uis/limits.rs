//! Who may ask, and how much: tokens of an hour, the permanent key, the address list, points of a day and a minute.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::params;
use super::rpc::{Fault, Question};
use super::world::World;

/// The default numbers are not in the reference; these stand in a public client's tests.
const DAY: u32 = 750;
const MINUTE: u32 = 150;

pub struct Desk {
    /// With the moment each runs out.
    tokens: HashMap<String, DateTime<Utc>>,
    given: u32,
    /// Questions until the tokens given up to a number are worth nothing.
    doomed: Option<(u32, u32)>,
    day: Bucket,
    minute: Bucket,
}

struct Bucket {
    limit: u32,
    used: u32,
    since: DateTime<Utc>,
    lasts: TimeDelta,
}

impl Default for Desk {
    fn default() -> Desk {
        let bucket = |limit, lasts| Bucket { limit, used: 0, since: DateTime::UNIX_EPOCH, lasts };
        Desk {
            tokens: HashMap::new(),
            given: 0,
            doomed: None,
            // Without a word from the test nobody is held up.
            day: bucket(DAY * 100_000, TimeDelta::days(1)),
            minute: bucket(MINUTE * 100_000, TimeDelta::minutes(1)),
        }
    }
}

impl Desk {
    pub fn limit(&mut self, day: u32, minute: u32) {
        (self.day.limit, self.minute.limit) = (day, minute);
        (self.day.used, self.minute.used) = (0, 0);
    }

    pub fn expire(&mut self) {
        self.tokens.clear();
    }

    pub fn expire_after(&mut self, questions: u32) {
        self.doomed = Some((questions, self.given));
    }

    /// The answer of a login or logout; `None` for another method, which may be carried out.
    pub fn admit(
        &mut self,
        question: &Question,
        world: &World,
        now: DateTime<Utc>,
    ) -> Result<Option<Value>, Fault> {
        if !world.allows_address {
            return Err(Fault::new(-32003, "ip_not_whitelisted"));
        }
        if question.method == "login.user" {
            return self.login(question, world, now).map(Some);
        }
        if !params::is_known(&question.method) {
            return Err(Fault::new(-32601, "method_not_found"));
        }
        self.check(question, world, now)?;
        params::check(question)?;
        for bucket in [&mut self.day, &mut self.minute] {
            bucket.turn(now);
            if bucket.used >= bucket.limit {
                return Err(Fault::new(-32029, "limit_exceeded"));
            }
        }
        let leaves = question.method == "logout.user";
        Ok(leaves.then(|| {
            self.tokens.remove(question.params["access_token"].as_str().unwrap_or_default());
            json!({"data": {"success": true}})
        }))
    }

    fn login(&mut self, question: &Question, world: &World, now: DateTime<Utc>) -> Result<Value, Fault> {
        params::check(question)?;
        let said = |name: &str| question.params[name].as_str().unwrap_or_default();
        if (said("login"), said("password")) != (&world.login, &world.password) {
            return Err(Fault::new(-32001, "auth_error"));
        }
        self.given += 1;
        let (token, until) = (format!("token-{}", self.given), now + TimeDelta::hours(1));
        self.tokens.insert(token.clone(), until);
        Ok(json!({"data": {"access_token": token, "expire_at": until.timestamp(), "app_id": world.app_id}}))
    }

    fn check(&mut self, question: &Question, world: &World, now: DateTime<Utc>) -> Result<(), Fault> {
        let Some(token) = question.params.get("access_token").and_then(Value::as_str) else {
            return Err(Fault::of("required_parameter_missed", "access_token"));
        };
        if token == world.key {
            return Ok(());
        }
        match self.doomed.as_mut() {
            Some((0, last)) => {
                let last = *last;
                self.doomed = None;
                self.tokens.retain(|token, _| number(token) > last);
            }
            Some((left, _)) => *left -= 1,
            None => {}
        }
        match self.tokens.get(token) {
            Some(until) if now < *until => Ok(()),
            _ => Err(Fault::new(-32001, "access_token_invalid")),
        }
    }

    /// Only what succeeded is charged.
    pub fn charge(&mut self, succeeded: bool, now: DateTime<Utc>) -> Option<Value> {
        for bucket in [&mut self.day, &mut self.minute] {
            bucket.turn(now);
            bucket.used += u32::from(succeeded);
        }
        let (day, minute) = (&self.day, &self.minute);
        Some(json!({
            "day_limit": day.limit, "day_remaining": day.left(), "day_reset": day.reset(now),
            "minute_limit": minute.limit, "minute_remaining": minute.left(), "minute_reset": minute.reset(now),
        }))
    }
}

fn number(token: &str) -> u32 {
    token.rsplit('-').next().and_then(|number| number.parse().ok()).unwrap_or_default()
}

impl Bucket {
    fn turn(&mut self, now: DateTime<Utc>) {
        if now >= self.since + self.lasts {
            (self.since, self.used) = (now, 0);
        }
    }

    fn left(&self) -> u32 {
        self.limit.saturating_sub(self.used)
    }

    fn reset(&self, now: DateTime<Utc>) -> i64 {
        (self.since + self.lasts - now).num_seconds().max(0)
    }
}
