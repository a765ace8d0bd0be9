//! Lines with their channels and branches, and topics: what is named for the first time is made.

use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::{Done, Intake};
use crate::domain::clinic::{LineRecord, Numbered, TopicRecord};
use crate::store::{Error, Millis};

impl Intake<'_> {
    pub(super) fn put_line(&mut self, row: &Numbered<LineRecord>) -> Result<Done, Error> {
        let LineRecord { number, name, channel, script, branch, address } = &row.record;
        let channel = match channel {
            Some(channel) => self.entry(&CHANNEL, channel, script)?,
            None => (None, false),
        };
        let branch = match branch {
            Some(branch) => self.entry(&BRANCH, branch, address)?,
            None => (None, false),
        };
        let known =
            self.transaction.prepare_cached("SELECT 1 FROM lines WHERE number = ?1")?.exists([number])?;
        let mut statement = self.transaction.prepare_cached(
            "INSERT INTO lines (number, name, channel, branch, changed_at, changed_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (number) DO UPDATE SET name = excluded.name, channel = excluded.channel,
                 branch = excluded.branch, changed_at = excluded.changed_at, changed_by = excluded.changed_by
             WHERE (name, channel, branch) IS NOT (excluded.name, excluded.channel, excluded.branch)",
        )?;
        let written = statement.execute(params![
            number,
            name,
            channel.0,
            branch.0,
            Millis(self.author.at),
            self.by()
        ])? > 0;
        Ok(if known { Done::changed_if(written || channel.1 || branch.1) } else { Done::Added })
    }

    pub(super) fn put_topic(&mut self, row: &Numbered<TopicRecord>) -> Result<Done, Error> {
        let mut statement = self.transaction.prepare_cached(
            "INSERT INTO topics (id, name, position, changed_at, changed_by)
             SELECT ?1, ?2, 1 + coalesce(max(position), 0), ?3, ?4 FROM topics WHERE true
             ON CONFLICT (name) DO NOTHING",
        )?;
        let id = self.ids.next();
        let added = statement.execute(params![id, row.record.name, Millis(self.author.at), self.by()])? > 0;
        Ok(if added { Done::Added } else { Done::Nothing })
    }

    /// The entry of this name, made or brought up to date with its text, and whether that changed anything. An
    /// empty text leaves the one that stands.
    fn entry(&mut self, kind: &Entry, name: &str, text: &str) -> Result<(Option<Uuid>, bool), Error> {
        let id = self.ids.next();
        let mut statement = self.transaction.prepare_cached(kind.put)?;
        let changed = statement.execute(params![id, name, text, Millis(self.author.at), self.by()])? > 0;
        let found =
            self.transaction.prepare_cached(kind.find)?.query_row([name], |row| row.get(0)).optional()?;
        Ok((found, changed))
    }

    pub(super) fn by(&self) -> Option<Uuid> {
        self.author.employee.map(|employee| employee.0)
    }
}

/// A directory whose entries have a name and a text.
struct Entry {
    put: &'static str,
    find: &'static str,
}

const CHANNEL: Entry = Entry {
    put: "INSERT INTO channels (id, name, script, position, changed_at, changed_by)
          SELECT ?1, ?2, ?3, 1 + coalesce(max(position), 0), ?4, ?5 FROM channels WHERE true
          ON CONFLICT (name) DO UPDATE SET script = excluded.script, changed_at = excluded.changed_at,
              changed_by = excluded.changed_by
          WHERE excluded.script NOT IN ('', script)",
    find: "SELECT id FROM channels WHERE name = ?1",
};

const BRANCH: Entry = Entry {
    put: "INSERT INTO branches (id, name, address, position, changed_at, changed_by)
          SELECT ?1, ?2, ?3, 1 + coalesce(max(position), 0), ?4, ?5 FROM branches WHERE true
          ON CONFLICT (name) DO UPDATE SET address = excluded.address, changed_at = excluded.changed_at,
              changed_by = excluded.changed_by
          WHERE excluded.address NOT IN ('', address)",
    find: "SELECT id FROM branches WHERE name = ?1",
};
