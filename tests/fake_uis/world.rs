//! What the vendor would know: an account, its people, numbers and campaigns, and calls as scripts in time. What stands
//! in a report or on the wire at a moment follows from the script and that moment.

use std::ops::Range;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde_json::{Map, Value};

pub const KEY: &str = "permanent-key";
pub const LOGIN: &str = "desk";
pub const PASSWORD: &str = "correct horse";

pub struct World {
    pub app_id: i64,
    /// Of every date that is told.
    pub zone: Tz,
    pub login: String,
    pub password: String,
    /// A token without end.
    pub key: String,
    /// Whether we stand on the list of addresses.
    pub allows_address: bool,
    /// What the vendor's clock is ahead of the true one, in every date it tells.
    pub skew: TimeDelta,
    /// Where recordings are, without a slash at the end; set when the server starts.
    pub media: String,
    pub employees: Vec<Employee>,
    pub numbers: Vec<Number>,
    pub campaigns: Vec<Campaign>,
    pub tags: Vec<Tag>,
    pub leads: Vec<Lead>,
    pub sessions: Vec<Session>,
}

pub struct Employee {
    pub id: i64,
    pub name: String,
    pub extension: Option<String>,
    pub phones: Vec<String>,
}

pub struct Number {
    pub id: i64,
    /// Digits, e.g. `74950000001`.
    pub number: String,
    pub name: String,
    pub campaigns: Vec<i64>,
}

pub struct Campaign {
    pub id: i64,
    pub name: String,
}

pub struct Tag {
    pub id: i64,
    pub name: String,
}

pub struct Lead {
    pub id: i64,
    pub left_at: DateTime<Utc>,
    /// From when it stands in the report.
    pub known_from: DateTime<Utc>,
    pub name: Option<String>,
    pub phone: Option<i64>,
    pub email: Option<String>,
    pub text: String,
    pub campaign: Option<i64>,
    /// Further columns of the report.
    pub visit: Map<String, Value>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    In,
    Out,
}

impl Way {
    pub fn word(self) -> &'static str {
        match self {
            Way::In => "in",
            Way::Out => "out",
        }
    }
}

/// A call from its beginning to its end, in the vendor's words.
#[derive(Clone)]
pub struct Session {
    pub id: i64,
    pub way: Way,
    /// The outside party's digits; `None` when hidden.
    pub contact: Option<String>,
    pub line: String,
    pub begins: DateTime<Utc>,
    pub ends: DateTime<Utc>,
    /// A `finish_reason` of the documented list.
    pub reason: String,
    pub source: String,
    pub legs: Vec<Leg>,
    /// The contact hears music.
    pub holds: Vec<Range<DateTime<Utc>>>,
    pub campaign: Option<i64>,
    pub tags: Vec<i64>,
    pub records: Vec<Record>,
    pub external_id: Option<String>,
    /// Further columns of the report, e.g. `utm_source`.
    pub visit: Map<String, Value>,
    /// When the report first has it.
    pub reported: DateTime<Utc>,
    /// What the report says otherwise from a moment on.
    pub late: Vec<Late>,
    /// What the Call API was told about it, the last thing last.
    pub stage: Option<super::orders::Stage>,
}

#[derive(Clone)]
pub struct Leg {
    pub id: i64,
    pub way: Way,
    pub calling: String,
    pub called: String,
    /// Of an employee; otherwise it is the contact's.
    pub employee: Option<i64>,
    pub begins: DateTime<Utc>,
    pub connects: Option<DateTime<Utc>>,
    pub ends: DateTime<Utc>,
    pub reason: String,
    /// The employee got the call from another.
    pub by_transfer: bool,
}

#[derive(Clone)]
pub struct Record {
    /// 32 hexadecimal digits.
    pub hash: String,
    /// From when the report names it and the notification goes out.
    pub known_from: DateTime<Utc>,
    /// From when its address answers.
    pub ready_from: DateTime<Utc>,
    pub sound: Vec<u8>,
}

#[derive(Clone)]
pub struct Late {
    pub from: DateTime<Utc>,
    /// Columns of `get.calls_report`.
    pub columns: Map<String, Value>,
}

impl World {
    pub fn empty(zone: Tz) -> World {
        World {
            app_id: 1103,
            zone,
            login: LOGIN.into(),
            password: PASSWORD.into(),
            key: KEY.into(),
            allows_address: true,
            skew: TimeDelta::zero(),
            media: String::new(),
            employees: vec![],
            numbers: vec![],
            campaigns: vec![],
            tags: vec![],
            leads: vec![],
            sessions: vec![],
        }
    }

    pub fn employee(&self, id: i64) -> Option<&Employee> {
        self.employees.iter().find(|employee| employee.id == id)
    }

    pub fn campaign(&self, id: Option<i64>) -> Option<&Campaign> {
        self.campaigns.iter().find(|campaign| Some(campaign.id) == id)
    }

    pub fn tag(&self, id: i64) -> Option<&Tag> {
        self.tags.iter().find(|tag| tag.id == id)
    }

    pub fn session(&mut self, id: i64) -> Option<&mut Session> {
        self.sessions.iter_mut().find(|session| session.id == id)
    }
}

impl Session {
    /// An incoming call that nobody took and that is over as soon as it began: the start of any other.
    pub fn new(id: i64, begins: DateTime<Utc>) -> Session {
        Session {
            id,
            way: Way::In,
            contact: None,
            line: String::new(),
            begins,
            ends: begins,
            reason: "success_finish".into(),
            source: "va".into(),
            legs: vec![],
            holds: vec![],
            campaign: None,
            tags: vec![],
            records: vec![],
            external_id: None,
            visit: Map::new(),
            reported: begins,
            late: vec![],
            stage: None,
        }
    }

    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        self.begins <= now && now < self.ends
    }

    /// Legs of employees, in the order they were rung.
    pub fn operators(&self) -> impl Iterator<Item = &Leg> {
        self.legs.iter().filter(|leg| leg.employee.is_some())
    }

    /// An employee and the contact spoke, at least for a moment.
    pub fn talks(&self) -> impl Iterator<Item = Range<DateTime<Utc>>> + '_ {
        let reached = match self.way {
            Way::In => Some(self.begins),
            Way::Out => {
                let contacts = self.legs.iter().filter(|leg| leg.employee.is_none());
                contacts.filter_map(|leg| leg.connects).min()
            }
        };
        let legs = self.operators().filter_map(move |leg| Some(leg.connects?.max(reached?)..leg.ends));
        legs.filter(|talk| talk.start < talk.end)
    }

    pub fn first_talk(&self) -> Option<DateTime<Utc>> {
        self.talks().map(|talk| talk.start).min()
    }

    pub fn is_lost(&self) -> bool {
        self.first_talk().is_none()
    }
}

impl Leg {
    pub fn is_connected(&self, now: DateTime<Utc>) -> bool {
        self.connects.is_some_and(|at| at <= now) && now < self.ends
    }
}
