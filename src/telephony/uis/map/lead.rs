//! One row of the messages' report to a lead.

use super::advert::{advert, cleaned};
use super::{Reading, Unclear, time};
use crate::domain::lead::Lead;
use crate::domain::phone::Remote;
use crate::telephony::uis::NAME;
use crate::telephony::uis::wire::Message;

pub fn lead(row: &Message, reading: Reading<'_>) -> Result<Lead, Unclear> {
    let id = row.id.ok_or(Unclear::NoId)?;
    let left_at = row.date_time.as_deref().and_then(|raw| time::moment(raw, reading.zone));
    let said = [row.text.as_ref(), row.properties.as_ref()].into_iter().filter_map(cleaned);
    Ok(Lead {
        source: NAME.into(),
        id: id.to_string(),
        left_at: left_at.ok_or(Unclear::NoTime)?,
        remote: Remote::parse(row.visitor_phone_number.as_deref().unwrap_or_default()),
        name: cleaned(row.visitor_name.as_ref()),
        email: cleaned(row.visitor_email.as_ref()),
        text: said.collect::<Vec<String>>().join("; "),
        advert: advert(&row.visit),
    })
}
