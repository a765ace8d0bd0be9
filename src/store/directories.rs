//! The directories, read whole: they are small.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::domain::directory::{Branch, CallerType, Channel, Directories, Employee, Line, Topic};
use crate::domain::id::{BranchId, CallerTypeId, ChannelId, PersonId, TopicId};

use super::{Author, Error, Text};

pub fn all(connection: &Connection) -> Result<Directories, Error> {
    Ok(Directories {
        caller_types: caller_types(connection)?,
        topics: list(connection, "SELECT id, name FROM topics ORDER BY position, name", topic)?,
        channels: list(connection, "SELECT id, name, script FROM channels ORDER BY position, name", channel)?,
        lines: list(connection, "SELECT number, name, channel, branch FROM lines ORDER BY number", line)?,
        branches: list(connection, "SELECT id, name, address FROM branches ORDER BY position, name", branch)?,
        employees: list(
            connection,
            // Those who left come last, without their extension: their names still stand in reports.
            "SELECT person, name, iif(active, extension, NULL), branch
             FROM employees JOIN people ON people.id = person ORDER BY active DESC, name",
            employee,
        )?,
    })
}

/// Who works at this extension.
pub fn employee_at(connection: &Connection, extension: &str) -> Result<Option<PersonId>, Error> {
    let mut known =
        connection.prepare_cached("SELECT person FROM employees WHERE active AND extension = ?1")?;
    Ok(known.query_row([extension], |row| row.get(0)).optional()?.map(PersonId))
}

/// The channel of this name. One that the clinic does not have yet joins the directory, at its end.
pub(super) fn channel_named(
    transaction: &Transaction,
    name: &str,
    author: &Author,
) -> Result<ChannelId, Error> {
    let mut known = transaction.prepare_cached("SELECT id FROM channels WHERE name = ?1")?;
    if let Some(id) = known.query_row([name], |row| row.get(0)).optional()? {
        return Ok(ChannelId(id));
    }
    let id = author.new_id();
    let mut add = transaction.prepare_cached(
        "INSERT INTO channels (id, name, position, changed_at, changed_by)
         SELECT ?1, ?2, 1 + coalesce(max(position), 0), ?3, ?4 FROM channels",
    )?;
    add.execute(params![id, name, author.when(), author.by()])?;
    Ok(ChannelId(id))
}

pub(super) fn caller_types(connection: &Connection) -> Result<Vec<CallerType>, Error> {
    list(
        connection,
        "SELECT id, name, direction, sets_itself_for, counts, needs_topic FROM caller_types ORDER BY position, name",
        caller_type,
    )
}

fn list<T>(
    connection: &Connection,
    sql: &str,
    entry: fn(&Row) -> rusqlite::Result<T>,
) -> Result<Vec<T>, Error> {
    let mut statement = connection.prepare_cached(sql)?;
    let entries = statement.query_map([], entry)?.collect::<Result<_, _>>()?;
    Ok(entries)
}

fn caller_type(row: &Row) -> rusqlite::Result<CallerType> {
    Ok(CallerType {
        id: CallerTypeId(row.get(0)?),
        name: row.get(1)?,
        direction: row.get::<_, Option<Text<_>>>(2)?.map(|direction| direction.0),
        sets_itself_for: row.get::<_, Option<Text<_>>>(3)?.map(|kind| kind.0),
        counts: row.get(4)?,
        needs_topic: row.get(5)?,
    })
}

fn topic(row: &Row) -> rusqlite::Result<Topic> {
    Ok(Topic { id: TopicId(row.get(0)?), name: row.get(1)? })
}

fn channel(row: &Row) -> rusqlite::Result<Channel> {
    Ok(Channel { id: ChannelId(row.get(0)?), name: row.get(1)?, script: row.get(2)? })
}

fn line(row: &Row) -> rusqlite::Result<Line> {
    Ok(Line {
        number: row.get(0)?,
        name: row.get(1)?,
        channel: row.get::<_, Option<_>>(2)?.map(ChannelId),
        branch: row.get::<_, Option<_>>(3)?.map(BranchId),
    })
}

fn branch(row: &Row) -> rusqlite::Result<Branch> {
    Ok(Branch { id: BranchId(row.get(0)?), name: row.get(1)?, address: row.get(2)? })
}

fn employee(row: &Row) -> rusqlite::Result<Employee> {
    Ok(Employee {
        id: PersonId(row.get(0)?),
        name: row.get(1)?,
        extension: row.get(2)?,
        branch: row.get::<_, Option<_>>(3)?.map(BranchId),
    })
}
