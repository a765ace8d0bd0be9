//! What a notification says of a call besides what happened.

use super::Call;
use crate::domain::advert::Advert;
use crate::domain::call::Direction;
use crate::domain::text;
use crate::telephony::uis::live::listed::direction;
use crate::telephony::uis::live::talk::Who;
use crate::telephony::uis::map::{digits, time};
use crate::telephony::uis::notice::{Kind, Notice};

impl Call<'_> {
    pub(super) fn learn(&mut self, notice: &Notice, kind: Kind) {
        let said = |name: &str| notice.get(name).and_then(cleaned);
        self.direction = match kind {
            Kind::Arrived => Some(Direction::Incoming),
            Kind::Placed => Some(Direction::Outgoing),
            Kind::Lost => self.direction.or(Some(Direction::Incoming)),
            _ => notice.get("direction").and_then(direction).or(self.direction),
        };
        self.contact = said("contact_phone_number").or(self.contact.take());
        self.withheld |= kind == Kind::Arrived && self.contact.is_none();
        self.name = said("contact_full_name").or(self.name.take());
        self.line = said("virtual_phone_number").as_deref().and_then(line).or(self.line.take());
        if let Some(start) = notice.get("start_time").and_then(|text| time::moment(text, self.zone)) {
            self.began.told = Some(start);
        }
        let links = ["full_record_file_link", "file_link", "record_file_link", "record_file_links"];
        self.recording = self.recording.take().or(links.into_iter().find_map(said));
        self.advert.fill_in(&advert(notice));
        if !notice.all("tag_names").is_empty() {
            self.tags = notice.all("tag_names").iter().filter_map(|tag| cleaned(tag)).collect();
        }
        if self.direction == Some(Direction::Outgoing) {
            self.caller.learn(self.who(notice));
        }
    }

    pub(super) fn who(&self, notice: &Notice) -> Who {
        let id = notice.get("employee_id").map(str::to_owned);
        let known = id.as_ref().and_then(|id| self.staff.get(id).cloned());
        let written = || notice.get("extension_phone_number").and_then(cleaned);
        Who { extension: known.or_else(written), id }
    }
}

pub(super) fn cleaned(raw: &str) -> Option<String> {
    Some(text::clean(raw)).filter(|text| !text.is_empty())
}

/// As the reports have it.
pub(super) fn line(number: &str) -> Option<String> {
    Some(digits(number)).filter(|number| !number.is_empty())
}

fn advert(notice: &Notice) -> Advert {
    let said = |name: &str| notice.get(name).and_then(cleaned);
    Advert {
        campaign: said("campaign_name"),
        medium: said("channel"),
        search_engine: said("search_engine"),
        search_words: said("search_query"),
        referrer: said("referrer_domain"),
        entrance_page: said("entrance_page"),
        utm_source: said("utm_source"),
        utm_medium: said("utm_medium"),
        utm_campaign: said("utm_campaign"),
        utm_term: said("utm_term"),
        utm_content: said("utm_content"),
    }
}
