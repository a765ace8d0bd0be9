//! Patients, employees and counterparties, and who stands behind a number.

mod card;

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params, params};

use crate::domain::desk::Recognition;
use crate::domain::id::{CallId, FamilyId, PersonId};
use crate::domain::name::Keys;
use crate::domain::person::{PersonBrief, PersonKind, PersonPhone};
use crate::domain::phone::Phone;

use super::{Author, Day, E164, Error, Phones, Text};

pub use card::card;

/// A card to be made.
#[derive(Clone, PartialEq, Debug)]
pub struct NewPerson {
    /// The card's number in the clinic's own system.
    pub code: Option<String>,
    pub kind: PersonKind,
    pub name: String,
    pub born: Option<NaiveDate>,
    /// The first one is the main phone when none says so.
    pub phones: Vec<PersonPhone>,
    pub family: Option<FamilyId>,
    pub parent: Option<PersonId>,
    pub comment: String,
    pub extra_comment: String,
    /// The call whose wrap-up made us remember a counterparty.
    pub remembered_by: Option<CallId>,
}

impl NewPerson {
    pub fn named(kind: PersonKind, name: &str) -> NewPerson {
        NewPerson {
            code: None,
            kind,
            name: name.to_owned(),
            born: None,
            phones: vec![],
            family: None,
            parent: None,
            comment: String::new(),
            extra_comment: String::new(),
            remembered_by: None,
        }
    }
}

pub fn add(transaction: &Transaction, person: NewPerson, author: &Author) -> Result<PersonId, Error> {
    let id = PersonId(author.new_id());
    let keys = Keys::of(&person.name);
    let mut statement = transaction.prepare_cached(
        "INSERT INTO people (id, code, kind, name, surname_key, given_key, rest_key, born, family, parent,
             comment, extra_comment, remembered_by, changed_at, changed_by)
         VALUES (:id, :code, :kind, :name, :surname, :given, :rest, :born, :family, :parent,
             :comment, :extra_comment, :remembered_by, :changed_at, :changed_by)",
    )?;
    statement.execute(named_params! {
        ":id": id.0,
        ":code": person.code,
        ":kind": Text(person.kind),
        ":name": person.name,
        ":surname": keys.surname,
        ":given": keys.given,
        ":rest": keys.rest,
        ":born": person.born.map(Day),
        ":family": person.family.map(|family| family.0),
        ":parent": person.parent.map(|parent| parent.0),
        ":comment": person.comment,
        ":extra_comment": person.extra_comment,
        ":remembered_by": person.remembered_by.map(|call| call.0),
        ":changed_at": author.when(),
        ":changed_by": author.by(),
    })?;
    for PersonPhone { phone, primary } in person.phones {
        add_phone(transaction, id, phone, primary, author)?;
    }
    Ok(id)
}

/// Writes a number into a card. A main number takes the place of the main one before; the first number is the
/// main one. Writing an extra number that is there already changes nothing.
pub fn add_phone(
    transaction: &Transaction,
    person: PersonId,
    phone: Phone,
    primary: bool,
    author: &Author,
) -> Result<(), Error> {
    if primary {
        step_down(transaction, person, phone, author)?;
    }
    let mut statement = transaction.prepare_cached(
        "INSERT INTO person_phones (person, phone, is_primary, changed_at, changed_by)
         VALUES (?1, ?2, ?3 OR NOT EXISTS (SELECT 1 FROM person_phones WHERE person = ?1), ?4, ?5)
         ON CONFLICT (person, phone) DO UPDATE
         SET is_primary = 1, changed_at = excluded.changed_at, changed_by = excluded.changed_by
         WHERE excluded.is_primary > is_primary",
    )?;
    statement.execute(params![person.0, E164(phone), primary, author.when(), author.by()])?;
    Ok(())
}

/// The main number, unless it is `next`, becomes an extra one.
fn step_down(transaction: &Transaction, person: PersonId, next: Phone, author: &Author) -> Result<(), Error> {
    let mut statement = transaction.prepare_cached(
        "UPDATE person_phones SET is_primary = 0, changed_at = ?3, changed_by = ?4
         WHERE person = ?1 AND phone <> ?2 AND is_primary = 1",
    )?;
    statement.execute(params![person.0, E164(next), author.when(), author.by()])?;
    Ok(())
}

pub(super) fn rename(
    transaction: &Transaction,
    person: PersonId,
    name: &str,
    author: &Author,
) -> Result<(), Error> {
    let keys = Keys::of(name);
    let mut statement = transaction.prepare_cached(
        "UPDATE people SET name = ?2, surname_key = ?3, given_key = ?4, rest_key = ?5, changed_at = ?6, changed_by = ?7
         WHERE id = ?1 AND name <> ?2",
    )?;
    statement.execute(params![
        person.0,
        name,
        keys.surname,
        keys.given,
        keys.rest,
        author.when(),
        author.by()
    ])?;
    Ok(())
}

/// Everybody who has this number, by name.
pub fn recognise(connection: &Connection, phone: Phone) -> Result<Recognition, Error> {
    Ok(Recognition::of(owners(connection, &[phone])?.remove(&phone).unwrap_or_default()))
}

/// Who has each of these numbers, by name.
pub(super) fn owners(
    connection: &Connection,
    phones: &[Phone],
) -> Result<HashMap<Phone, Vec<PersonBrief>>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT id, kind, name, born,
             (SELECT phone FROM person_phones WHERE person = id AND is_primary = 1) AS phone, owned.phone
         FROM person_phones AS owned JOIN people ON id = owned.person
         WHERE owned.phone IN (SELECT value FROM json_each(?1)) ORDER BY name, born",
    )?;
    let rows =
        statement.query_map([Phones(phones)], |row| Ok((row.get::<_, E164>(5)?.0, read_brief(row)?)))?;
    let mut owners: HashMap<Phone, Vec<PersonBrief>> = HashMap::new();
    for row in rows {
        let (phone, owner) = row?;
        owners.entry(phone).or_default().push(owner);
    }
    Ok(owners)
}

pub fn brief(connection: &Connection, person: PersonId) -> Result<Option<PersonBrief>, Error> {
    Ok(briefs(connection, "WHERE id = ?1", [person.0])?.pop())
}

/// People by the end of a query on `people`.
pub(super) fn briefs(
    connection: &Connection,
    condition: &'static str,
    parameters: impl rusqlite::Params,
) -> Result<Vec<PersonBrief>, Error> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT id, kind, name, born,
             (SELECT phone FROM person_phones WHERE person = id AND is_primary = 1) AS phone
         FROM people {condition}"
    ))?;
    Ok(statement.query_map(parameters, read_brief)?.collect::<Result<_, _>>()?)
}

fn read_brief(row: &Row) -> rusqlite::Result<PersonBrief> {
    Ok(PersonBrief {
        id: PersonId(row.get(0)?),
        kind: row.get::<_, Text<_>>(1)?.0,
        name: row.get(2)?,
        born: row.get::<_, Option<Day>>(3)?.map(|day| day.0),
        phone: row.get::<_, Option<E164>>(4)?.map(|phone| phone.0),
    })
}

/// The person behind a number, when there is exactly one.
pub(super) fn only_owner(connection: &Connection, phone: Option<Phone>) -> Result<Option<PersonId>, Error> {
    let mut statement = connection
        .prepare_cached("SELECT min(person) FROM person_phones WHERE phone = ?1 HAVING count(*) = 1")?;
    Ok(statement.query_row([phone.map(E164)], |row| row.get(0)).optional()?.map(PersonId))
}

pub(super) fn is_known(connection: &Connection, phone: Phone) -> Result<bool, Error> {
    Ok(connection.prepare_cached("SELECT 1 FROM person_phones WHERE phone = ?1")?.exists([E164(phone)])?)
}
