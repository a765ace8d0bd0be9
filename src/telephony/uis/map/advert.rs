//! What brought the caller, as the reports tell it.

use crate::domain::advert::Advert;
use crate::domain::text;
use crate::telephony::uis::wire::Visit;

pub fn advert(visit: &Visit) -> Advert {
    Advert {
        campaign: cleaned(visit.campaign_name.as_ref()),
        medium: cleaned(visit.channel.as_ref()),
        search_engine: cleaned(visit.search_engine.as_ref()),
        search_words: cleaned(visit.search_query.as_ref()),
        referrer: cleaned(visit.referrer.as_ref()),
        entrance_page: cleaned(visit.entrance_page.as_ref()),
        utm_source: cleaned(visit.utm_source.as_ref()),
        utm_medium: cleaned(visit.utm_medium.as_ref()),
        utm_campaign: cleaned(visit.utm_campaign.as_ref()),
        utm_term: cleaned(visit.utm_term.as_ref()),
        utm_content: cleaned(visit.utm_content.as_ref()),
    }
}

pub fn cleaned(raw: Option<&String>) -> Option<String> {
    raw.map(|raw| text::clean(raw)).filter(|text| !text.is_empty())
}
