//! What brought the callers: the provider's words beside the call, and the advertising channel they name.

use std::collections::HashMap;

use rusqlite::{Connection, Row, Transaction, named_params};

use crate::domain::advert::Advert;
use crate::domain::id::{CallId, ChannelId};

use crate::store::{Author, Error, Ids, directories};

/// The channel of the campaign's name.
pub(super) fn channel(
    transaction: &Transaction,
    advert: Option<&Advert>,
    author: &Author,
) -> Result<Option<ChannelId>, Error> {
    let Some(campaign) = advert.and_then(|advert| advert.campaign.as_deref()) else { return Ok(None) };
    Ok(Some(directories::channel_named(transaction, campaign, author)?))
}

pub(super) fn write(
    transaction: &Transaction,
    call: CallId,
    advert: &Advert,
    author: &Author,
) -> Result<(), Error> {
    let mut statement = transaction.prepare_cached(
        "INSERT OR REPLACE INTO call_adverts (call, campaign, medium, search_engine, search_words, referrer,
             entrance_page, utm_source, utm_medium, utm_campaign, utm_term, utm_content, changed_at, changed_by)
         VALUES (:call, :campaign, :medium, :search_engine, :search_words, :referrer,
             :entrance_page, :utm_source, :utm_medium, :utm_campaign, :utm_term, :utm_content, :at, :by)",
    )?;
    statement.execute(named_params! {
        ":call": call.0,
        ":campaign": advert.campaign,
        ":medium": advert.medium,
        ":search_engine": advert.search_engine,
        ":search_words": advert.search_words,
        ":referrer": advert.referrer,
        ":entrance_page": advert.entrance_page,
        ":utm_source": advert.utm_source,
        ":utm_medium": advert.utm_medium,
        ":utm_campaign": advert.utm_campaign,
        ":utm_term": advert.utm_term,
        ":utm_content": advert.utm_content,
        ":at": author.when(),
        ":by": author.by(),
    })?;
    Ok(())
}

pub(super) fn of(connection: &Connection, calls: &[CallId]) -> Result<HashMap<CallId, Advert>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT * FROM call_adverts WHERE call IN (SELECT unhex(value) FROM json_each(?1))",
    )?;
    let rows = statement.query_map([Ids(calls)], |row| Ok((CallId(row.get("call")?), read(row)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read(row: &Row) -> rusqlite::Result<Advert> {
    Ok(Advert {
        campaign: row.get("campaign")?,
        medium: row.get("medium")?,
        search_engine: row.get("search_engine")?,
        search_words: row.get("search_words")?,
        referrer: row.get("referrer")?,
        entrance_page: row.get("entrance_page")?,
        utm_source: row.get("utm_source")?,
        utm_medium: row.get("utm_medium")?,
        utm_campaign: row.get("utm_campaign")?,
        utm_term: row.get("utm_term")?,
        utm_content: row.get("utm_content")?,
    })
}

/// Channels that stand with the calls themselves.
pub(super) fn channels(
    connection: &Connection,
    calls: &[CallId],
) -> Result<HashMap<CallId, ChannelId>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT id, channel FROM calls
         WHERE id IN (SELECT unhex(value) FROM json_each(?1)) AND channel IS NOT NULL",
    )?;
    let rows = statement.query_map([Ids(calls)], |row| Ok((CallId(row.get(0)?), ChannelId(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
