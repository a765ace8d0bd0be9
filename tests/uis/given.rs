//! An account at the fake, a clock moved by hand, and a server that says whatever a test wants.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::routing::post;
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use pult::telephony::uis::rpc::{Patience, Rpc};
use pult::telephony::uis::{Account, Clock, Credentials, Settings};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::fake::Fake;
use crate::fake::world::*;

/// Ten in the morning in Moscow.
pub fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-09-21T10:00:00+03:00").unwrap().to_utc() + TimeDelta::seconds(seconds)
}

pub const HOUR: i64 = 3_600;

pub struct Given {
    pub fake: Fake,
    now: Arc<Mutex<DateTime<Utc>>>,
}

impl Given {
    pub async fn new() -> Given {
        Given::of(world()).await
    }

    pub async fn of(world: World) -> Given {
        let now = Arc::new(Mutex::new(at(10 * HOUR)));
        Given { fake: Fake::start(world, hand(&now)).await, now }
    }

    pub fn go_to(&self, seconds: i64) {
        *self.now.lock().unwrap() = at(seconds);
    }

    pub fn clock(&self) -> Clock {
        hand(&self.now)
    }

    pub fn account(&self) -> Arc<Account> {
        self.account_with(|_| {})
    }

    pub fn account_with(&self, change: impl FnOnce(&mut Settings)) -> Arc<Account> {
        let mut settings = settings(&self.fake.url());
        change(&mut settings);
        Arc::new(Account::new(settings.checked().unwrap(), self.clock(), Patience::default()).unwrap())
    }

    /// An endpoint with a login.
    pub fn rpc(&self) -> Rpc {
        rpc(&format!("{}/v2.0", self.fake.url()), login(PASSWORD), self.clock())
    }
}

fn hand(now: &Arc<Mutex<DateTime<Utc>>>) -> Clock {
    let now = now.clone();
    Arc::new(move || *now.lock().unwrap())
}

pub fn login(password: &str) -> Credentials {
    Credentials::Login { login: LOGIN.into(), password: password.into() }
}

pub fn rpc(url: &str, credentials: Credentials, clock: Clock) -> Rpc {
    Rpc::new(url.parse().unwrap(), credentials, clock).unwrap()
}

pub fn settings(url: &str) -> Settings {
    Settings {
        data_url: format!("{url}/v2.0"),
        call_url: format!("{url}/v4.0"),
        credentials: login(PASSWORD),
        virtual_number: Some("74950000001".into()),
        poll: Duration::from_secs(3),
        media_hosts: vec!["127.0.0.1".into()],
        zone: None,
        listener: None,
    }
}

pub fn world() -> World {
    in_zone(chrono_tz::Europe::Moscow)
}

/// Two employees, a number with one campaign and one with two.
pub fn in_zone(zone: Tz) -> World {
    let mut world = World::empty(zone);
    let employee = |id, name: &str, extension: &str, phone: &str| Employee {
        id,
        name: name.into(),
        extension: Some(extension.into()),
        phones: vec![phone.into()],
    };
    world.employees.push(employee(7, "Иванова Анна", "101", "79260000001"));
    world.employees.push(employee(8, "Петрова Мария", "102", "79260000002"));
    let number =
        |id, number: &str, campaigns| Number {
            id, number: number.into(), name: "Линия".into(), campaigns
        };
    world.numbers.push(number(1, "74950000001", vec![5]));
    world.numbers.push(number(2, "74950000002", vec![5, 6]));
    world.campaigns.push(Campaign { id: 5, name: "Яндекс".into() });
    world.campaigns.push(Campaign { id: 6, name: "Карты".into() });
    world.tags.push(Tag { id: 9, name: "Целевой".into() });
    world
}

/// Rings for 10 s, is taken by employee 7, ends after 70 s.
pub fn talk(id: i64, begins: i64) -> Session {
    Session {
        contact: Some("79161234567".into()),
        line: "74950000001".into(),
        ends: at(begins + 70),
        reported: at(begins + 71),
        legs: vec![
            leg(id * 10 + 1, None, begins, [0, 0, 70]),
            leg(id * 10 + 2, Some(7), begins, [1, 10, 70]),
        ],
        campaign: Some(5),
        ..Session::new(id, at(begins))
    }
}

/// `times`: begin, connect and end, in seconds of the call.
pub fn leg(id: i64, employee: Option<i64>, begins: i64, times: [i64; 3]) -> Leg {
    let [rings, connects, ends] = times.map(|time| at(begins + time));
    Leg {
        id,
        way: if employee.is_some() { Way::Out } else { Way::In },
        calling: "79161234567".into(),
        called: if employee.is_some() { "101".into() } else { "74950000001".into() },
        employee,
        begins: rings,
        connects: Some(connects),
        ends,
        reason: "success_finish".into(),
        by_transfer: false,
    }
}

/// An endpoint that answers every question with what `says` makes of its method and parameters: a body and a status.
pub async fn saying(says: impl Fn(&str, &Value) -> (u16, String) + Clone + Send + Sync + 'static) -> String {
    let answer = move |body: String| async move {
        let question: Value = serde_json::from_str(&body).unwrap();
        let (status, body) = says(question["method"].as_str().unwrap(), &question["params"]);
        (axum::http::StatusCode::from_u16(status).unwrap(), body)
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = Router::new().route("/v2.0", post(answer.clone())).route("/v4.0", post(answer));
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}")
}

/// An account at such an endpoint, with a key.
pub fn account_at(url: &str) -> Arc<Account> {
    let settings = Settings { credentials: Credentials::Key(KEY.into()), ..settings(url) };
    Arc::new(
        Account::new(settings.checked().unwrap(), Arc::new(|| at(10 * HOUR)), Patience::default()).unwrap(),
    )
}

pub fn result(data: Value) -> (u16, String) {
    (200, json!({ "jsonrpc": "2.0", "id": 1, "result": { "data": data, "metadata": {} } }).to_string())
}

pub fn error(code: i64, data: Value) -> (u16, String) {
    let error = json!({ "code": code, "message": "no", "data": data });
    (200, json!({ "jsonrpc": "2.0", "id": null, "error": error }).to_string())
}
