//! What follows from a call's standing wrap-up: whom the call was with, and the counterparty it makes us remember
//! (one named on an unknown number is recognised the next time).

use rusqlite::{Connection, ErrorCode, OptionalExtension, Transaction};

use crate::domain::id::{CallId, CallerTypeId, PersonId};
use crate::domain::person::{PersonKind, PersonPhone};
use crate::domain::phone::Phone;
use crate::domain::wrapup::Fields;

use crate::store::people::{self, NewPerson};
use crate::store::{Author, E164, Error, calls};

pub(super) fn settle(transaction: &Transaction, call: CallId, author: &Author) -> Result<(), Error> {
    let standing = super::get(transaction, call)?.map(|wrapup| wrapup.fields);
    let phone = phone_of(transaction, call)?;
    // Let go of the person first: one who is forgotten must not be leant on by the call that brought them.
    calls::attribute(transaction, call, None, author)?;
    let name = counterparty(transaction, standing.as_ref())?;
    remember(transaction, call, name.as_deref().zip(phone), author)?;
    let person = match standing.and_then(|fields| fields.who) {
        Some(who) => Some(who),
        None => people::only_owner(transaction, phone)?,
    };
    calls::attribute(transaction, call, person, author)
}

/// The typed name of a counterparty without a card.
fn counterparty(connection: &Connection, fields: Option<&Fields>) -> Result<Option<String>, Error> {
    let Some(fields) = fields else { return Ok(None) };
    let name = fields.who_text.trim();
    let (None, false, Some(caller_type)) = (fields.who, name.is_empty(), fields.caller_type) else {
        return Ok(None);
    };
    Ok(is_for_counterparties(connection, caller_type)?.then(|| name.to_owned()))
}

fn is_for_counterparties(connection: &Connection, caller_type: CallerTypeId) -> Result<bool, Error> {
    let mut statement = connection
        .prepare_cached("SELECT 1 FROM caller_types WHERE id = ?1 AND sets_itself_for = 'counterparty'")?;
    Ok(statement.exists([caller_type.0])?)
}

fn remember(
    transaction: &Transaction,
    call: CallId,
    counterparty: Option<(&str, Phone)>,
    author: &Author,
) -> Result<(), Error> {
    match (remembered_by(transaction, call)?, counterparty) {
        (Some(person), Some((name, _))) => people::rename(transaction, person, name, author),
        (Some(person), None) => forget(transaction, person),
        (None, Some((name, phone))) if !people::is_known(transaction, phone)? => {
            let person = NewPerson {
                phones: vec![PersonPhone { phone, primary: true }],
                remembered_by: Some(call),
                ..NewPerson::named(PersonKind::Counterparty, name)
            };
            people::add(transaction, person, author).map(drop)
        }
        (None, _) => Ok(()),
    }
}

fn remembered_by(connection: &Connection, call: CallId) -> Result<Option<PersonId>, Error> {
    let mut statement = connection.prepare_cached("SELECT id FROM people WHERE remembered_by = ?1")?;
    Ok(statement.query_row([call.0], |row| row.get(0)).optional()?.map(PersonId))
}

/// Unless something else was written about them since: then they stay.
fn forget(transaction: &Transaction, person: PersonId) -> Result<(), Error> {
    match transaction.prepare_cached("DELETE FROM people WHERE id = ?1")?.execute([person.0]) {
        Err(error) if error.sqlite_error_code() != Some(ErrorCode::ConstraintViolation) => Err(error.into()),
        _ => Ok(()),
    }
}

fn phone_of(connection: &Connection, call: CallId) -> Result<Option<Phone>, Error> {
    let mut statement = connection.prepare_cached("SELECT phone FROM calls WHERE id = ?1")?;
    let phone = statement.query_row([call.0], |row| row.get::<_, Option<E164>>(0)).optional()?;
    Ok(phone.ok_or(Error::NotFound)?.map(|phone| phone.0))
}
