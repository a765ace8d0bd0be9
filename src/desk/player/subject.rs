//! The call whose recording is heard: what of it stands over the player.

use chrono::{DateTime, Utc};

use crate::desk::format;
use crate::desk::look::Look;
use crate::domain::call::Direction;
use crate::domain::desk::{BoardCall, Recognition};
use crate::domain::directory::Directories;
use crate::domain::id::{CallId, PersonId};
use crate::domain::phone::Remote;
use crate::domain::report::CallRow;

#[derive(Clone, PartialEq, Debug)]
pub struct Subject {
    pub call: CallId,
    started_at: DateTime<Utc>,
    direction: Direction,
    remote: Remote,
    name: Option<String>,
    employee: Option<PersonId>,
    /// Our phone that talked.
    agent: Option<String>,
}

impl From<&CallRow> for Subject {
    fn from(row: &CallRow) -> Subject {
        Subject {
            call: row.id,
            started_at: row.started_at,
            direction: row.direction,
            remote: row.remote.clone(),
            name: row.person_name.clone(),
            employee: row.employee,
            agent: row.agent.clone(),
        }
    }
}

impl From<&BoardCall> for Subject {
    fn from(call: &BoardCall) -> Subject {
        let name = match &call.recognition {
            Recognition::One(person) => Some(person.name.clone()),
            Recognition::Unknown | Recognition::Several(_) => call.snapshot.name.clone(),
        };
        Subject {
            call: call.id,
            started_at: call.snapshot.started_at,
            direction: call.snapshot.direction,
            remote: call.snapshot.remote.clone(),
            name,
            employee: None,
            agent: call.snapshot.agent.clone(),
        }
    }
}

impl Subject {
    /// `♪ 21.11.2026 12:24 ← Иванова Мария Петровна +7 916 123-45-67 · Смирнова Анна`.
    pub fn said(&self, directories: &Directories, look: &Look) -> String {
        let signs = look.signs;
        let way = match self.direction {
            Direction::Incoming => signs.incoming,
            Direction::Outgoing => signs.outgoing,
            Direction::Internal => signs.internal,
        };
        let day = format::date(look.day(self.started_at), look);
        let number = format::remote(&self.remote, look);
        let who = self.name.as_ref().map_or_else(|| number.clone(), |name| format!("{name} {number}"));
        let head = format!("{} {day} {} {way} {who}", signs.recording, format::clock(self.started_at, look));
        match self.colleague(directories) {
            Some(colleague) => format!("{head} {} {colleague}", signs.dot),
            None => head,
        }
    }

    /// Who wrapped the call up, or whose phone talked, or that phone.
    fn colleague<'a>(&'a self, directories: &'a Directories) -> Option<&'a str> {
        let agent = self.agent.as_deref();
        let known = self.employee.and_then(|id| directories.employee(id));
        let known = known.or_else(|| directories.employee_at(agent?));
        known.map(|employee| employee.name.as_str()).or(agent)
    }
}
