//! Forms that the caller left on the site, and what brought the call: the latest in one line, all of it in the details.
//! Every word of it is somebody else's.

use chrono::{DateTime, TimeDelta, Utc};

use super::format;
use super::layer::Row;
use super::look::Look;
use crate::domain::advert::Advert;
use crate::domain::call::Snapshot;
use crate::domain::lead::Lead;
use crate::domain::phone::Phone;
use crate::domain::text::clean;

/// An older form is hardly what the call is about.
const LATELY: TimeDelta = TimeDelta::days(14);

/// Of the number the desk last asked about.
#[derive(Debug, Default)]
pub struct Leads {
    of: Option<Phone>,
    /// The newest first.
    leads: Vec<Lead>,
}

impl Leads {
    /// Whether they have to be asked for.
    pub fn turn_to(&mut self, phone: Phone) -> bool {
        let news = self.of.replace(phone) != Some(phone);
        if news {
            self.leads.clear();
        }
        news
    }

    pub fn learn(&mut self, phone: Phone, leads: Vec<Lead>) {
        if self.of == Some(phone) {
            self.leads = leads;
        }
    }

    fn of(&self, phone: Option<Phone>) -> &[Lead] {
        if phone.is_some() && self.of == phone { &self.leads } else { &[] }
    }

    /// The latest form of the caller, in one line.
    pub fn latest(&self, phone: Option<Phone>, look: &Look, now: DateTime<Utc>) -> Option<String> {
        let lead = self.of(phone).first().filter(|lead| now - lead.left_at < LATELY)?;
        Some(said(lead, look, now))
    }
}

/// «Заявка с сайта 14:02: ...».
fn said(lead: &Lead, look: &Look, now: DateTime<Utc>) -> String {
    let day = look.day(lead.left_at);
    let at = format::clock(lead.left_at, look);
    let at = if day == look.day(now) { at } else { format!("{} {at}", format::short_date(day, look)) };
    look.say_with("lead", &[("at", at.into()), ("text", clean(&lead.text).into())])
}

/// What the details say of a call besides the card: the advertisement, the provider's tags, the forms.
pub fn rows(call: &Snapshot, leads: &Leads, look: &Look, now: DateTime<Utc>) -> Vec<Row> {
    let mut rows = call.advert.as_deref().map(|advert| of_advert(advert, look)).unwrap_or_default();
    if !call.tags.is_empty() {
        let tags = call.tags.iter().map(|tag| clean(tag)).collect::<Vec<_>>().join(", ");
        rows.extend(row(look, "details-tags", &tags));
    }
    for lead in leads.of(call.remote.phone()) {
        rows.extend(Row::lines(&said(lead, look, now)));
        let by = [&lead.name, &lead.email].into_iter().flatten().map(|text| clean(text));
        let by = by.collect::<Vec<_>>().join(", ");
        rows.extend((!by.is_empty()).then(|| Row { text: format!("  {by}"), phone: None }));
        // Usually one advertisement brought both.
        if call.advert.as_deref() != Some(&lead.advert) {
            rows.extend(of_advert(&lead.advert, look));
        }
    }
    rows
}

fn of_advert(advert: &Advert, look: &Look) -> Vec<Row> {
    let utm = [
        ("utm_source", &advert.utm_source),
        ("utm_medium", &advert.utm_medium),
        ("utm_campaign", &advert.utm_campaign),
        ("utm_term", &advert.utm_term),
        ("utm_content", &advert.utm_content),
    ];
    let utm = utm.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", clean(value.as_ref()?))));
    let utm = Some(utm.collect::<Vec<_>>().join(" ")).filter(|utm| !utm.is_empty());
    let fields = [
        ("details-campaign", &advert.campaign),
        ("details-medium", &advert.medium),
        ("details-search-engine", &advert.search_engine),
        ("details-search-words", &advert.search_words),
        ("details-referrer", &advert.referrer),
        ("details-entrance-page", &advert.entrance_page),
        ("details-utm", &utm),
    ];
    fields.into_iter().filter_map(|(key, value)| row(look, key, &clean(value.as_ref()?))).collect()
}

fn row(look: &Look, key: &str, text: &str) -> Option<Row> {
    let row = || Row { text: format!("{}: {text}", look.say(key)), phone: None };
    (!text.is_empty()).then(row)
}
