//! Forms left on the site: the same one twice is one, as its source tells it last.

use rusqlite::types::Type;
use rusqlite::{Connection, Row, Transaction, named_params, params};

use crate::domain::lead::Lead;
use crate::domain::phone::{Phone, Remote};

use super::{Author, E164, Error, Millis};

/// Whether it said anything new.
pub fn record(transaction: &Transaction, lead: &Lead, author: &Author) -> Result<bool, Error> {
    let (phone, other) = match &lead.remote {
        Remote::Number(phone) => (Some(E164(*phone)), None),
        Remote::Other(text) => (None, Some(text)),
        Remote::Withheld => (None, None),
    };
    let advert = serde_json::to_string(&lead.advert)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    let mut statement = transaction.prepare_cached(
        "INSERT INTO leads (id, source, source_id, left_at, phone, other, name, email, text, advert, changed_at, changed_by)
         VALUES (:id, :source, :source_id, :left_at, :phone, :other, :name, :email, :text, :advert, :at, :by)
         ON CONFLICT (source, source_id) DO UPDATE SET left_at = excluded.left_at, phone = excluded.phone,
             other = excluded.other, name = excluded.name, email = excluded.email, text = excluded.text,
             advert = excluded.advert, changed_at = excluded.changed_at, changed_by = excluded.changed_by
         WHERE (left_at, phone, other, name, email, text, advert) IS NOT (excluded.left_at, excluded.phone,
             excluded.other, excluded.name, excluded.email, excluded.text, excluded.advert)",
    )?;
    let written = statement.execute(named_params! {
        ":id": author.new_id(),
        ":source": lead.source,
        ":source_id": lead.id,
        ":left_at": Millis(lead.left_at),
        ":phone": phone,
        ":other": other,
        ":name": lead.name,
        ":email": lead.email,
        ":text": lead.text,
        ":advert": advert,
        ":at": author.when(),
        ":by": author.by(),
    })?;
    Ok(written > 0)
}

/// Left from this number, the newest first.
pub fn by_phone(connection: &Connection, phone: Phone, at_most: usize) -> Result<Vec<Lead>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT source, source_id, left_at, name, email, text, advert FROM leads
         WHERE phone = ?1 ORDER BY left_at DESC, id DESC LIMIT ?2",
    )?;
    let rows = statement.query_map(params![E164(phone), at_most as i64], |row| read(row, phone))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read(row: &Row, phone: Phone) -> rusqlite::Result<Lead> {
    let advert: String = row.get("advert")?;
    Ok(Lead {
        source: row.get("source")?,
        id: row.get("source_id")?,
        left_at: row.get::<_, Millis>("left_at")?.0,
        remote: Remote::Number(phone),
        name: row.get("name")?,
        email: row.get("email")?,
        text: row.get("text")?,
        advert: serde_json::from_str(&advert)
            .map_err(|error| rusqlite::Error::FromSqlConversionFailure(6, Type::Text, error.into()))?,
    })
}
