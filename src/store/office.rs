//! What a provider knows of the clinic fills gaps in the directories. What the clinic wrote itself, or imported, is
//! never overwritten; an employee that came from the provider follows the provider.

use rusqlite::{OptionalExtension, Transaction, params};
use uuid::Uuid;

use crate::domain::id::ChannelId;
use crate::domain::office::{Office, OfficeEmployee, OfficeLine};
use crate::domain::person::{PersonKind, PersonPhone};

use super::people::{self, NewPerson};
use super::{Author, E164, Error, directories};

/// Whether anything was added.
pub fn fill_in(transaction: &Transaction, office: &Office, author: &Author) -> Result<bool, Error> {
    let mut added = false;
    for line in &office.lines {
        added |= put_line(transaction, line, author)?;
    }
    for employee in &office.employees {
        added |= put_employee(transaction, employee, author)?;
    }
    Ok(added)
}

fn put_line(transaction: &Transaction, line: &OfficeLine, author: &Author) -> Result<bool, Error> {
    let mut known = transaction.prepare_cached("SELECT channel IS NOT NULL FROM lines WHERE number = ?1")?;
    let known: Option<bool> = known.query_row([&line.number], |row| row.get(0)).optional()?;
    if known == Some(true) || (known.is_some() && line.campaign.is_none()) {
        return Ok(false);
    }
    let campaign = line.campaign.as_deref();
    let channel = campaign.map(|name| directories::channel_named(transaction, name, author)).transpose()?;
    let mut put = transaction.prepare_cached(
        "INSERT INTO lines (number, name, channel, changed_at, changed_by) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (number) DO UPDATE
         SET channel = excluded.channel, changed_at = excluded.changed_at, changed_by = excluded.changed_by",
    )?;
    let channel = channel.map(|ChannelId(id)| id);
    put.execute(params![line.number, line.name, channel, author.when(), author.by()])?;
    Ok(true)
}

/// Who answers at an extension that nobody of the clinic has.
fn put_employee(
    transaction: &Transaction,
    employee: &OfficeEmployee,
    author: &Author,
) -> Result<bool, Error> {
    let Some(extension) = &employee.extension else { return Ok(false) };
    let mut taken =
        transaction.prepare_cached("SELECT 1 FROM employees WHERE extension = ?1 AND active = 1")?;
    if taken.exists([extension])? {
        return Ok(false);
    }
    let mut known = transaction.prepare_cached("SELECT id FROM people WHERE code = ?1")?;
    let known: Option<Uuid> = known.query_row([&employee.code], |row| row.get(0)).optional()?;
    let person = match known {
        Some(person) => person,
        None => people::add(transaction, card(transaction, employee)?, author)?.0,
    };
    let mut seat = transaction.prepare_cached(
        "INSERT INTO employees (person, extension, changed_at, changed_by) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (person) DO UPDATE
         SET extension = excluded.extension, changed_at = excluded.changed_at, changed_by = excluded.changed_by
         WHERE active = 1",
    )?;
    Ok(seat.execute(params![person, extension, author.when(), author.by()])? > 0)
}

/// With the numbers that are nobody's yet: a number of two people would be recognised as neither.
fn card(transaction: &Transaction, employee: &OfficeEmployee) -> Result<NewPerson, Error> {
    let mut owned = transaction.prepare_cached("SELECT 1 FROM person_phones WHERE phone = ?1")?;
    let mut phones = vec![];
    for phone in &employee.phones {
        let own = |known: &PersonPhone| known.phone == *phone;
        if !phones.iter().any(own) && !owned.exists([E164(*phone)])? {
            phones.push(PersonPhone { phone: *phone, primary: false });
        }
    }
    let code = Some(employee.code.clone());
    Ok(NewPerson { code, phones, ..NewPerson::named(PersonKind::Employee, &employee.name) })
}
