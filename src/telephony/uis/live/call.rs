//! The story of one call, read from the first word to the last, and the snapshot that it comes to.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::Staff;
use super::listed::{Leg, LegState, ListedCall, direction};
use super::talk::{Talks, Who};
use super::word::{Dialled, What, Word};
use crate::domain::advert::Advert;
use crate::domain::call::{CallKey, CallResult, Direction, Phase, Snapshot, Transfer, TransferKind};
use crate::domain::phone::Remote;
use crate::domain::text;
use crate::telephony::uis::notice::{Kind, Notice, moment};

pub struct Call<'a> {
    staff: &'a Staff,
    zone: Tz,
    direction: Option<Direction>,
    contact: Option<String>,
    /// Told, and told that there is none.
    withheld: bool,
    name: Option<String>,
    line: Option<String>,
    advert: Advert,
    tags: Vec<String>,
    recording: Option<String>,
    began: Began,
    ringing: Vec<Who>,
    /// Of ours who placed an outgoing call.
    caller: Who,
    talks: Talks,
    held_since: Option<DateTime<Utc>>,
    hold: Duration,
    consulted: bool,
    end: Option<End>,
    last_at: DateTime<Utc>,
}

/// Instants at which it may have begun, the surest first.
#[derive(Default)]
struct Began {
    told: Option<DateTime<Utc>>,
    first_event: Option<DateTime<Utc>>,
    counted_back: Option<DateTime<Utc>>,
    first_word: Option<DateTime<Utc>>,
}

/// What is said at the end; figures where the provider counted them.
#[derive(Default)]
struct End {
    at: DateTime<Utc>,
    wait: Option<Duration>,
    talk: Option<Duration>,
    last: Option<Who>,
}

impl<'a> Call<'a> {
    pub fn new(staff: &'a Staff, zone: Tz) -> Call<'a> {
        Call {
            staff,
            zone,
            direction: None,
            contact: None,
            withheld: false,
            name: None,
            line: None,
            advert: Advert::default(),
            tags: Vec::new(),
            recording: None,
            began: Began::default(),
            ringing: Vec::new(),
            caller: Who::default(),
            talks: Talks::default(),
            held_since: None,
            hold: Duration::ZERO,
            consulted: false,
            end: None,
            last_at: DateTime::UNIX_EPOCH,
        }
    }

    pub fn take(&mut self, word: &Word) {
        self.began.first_word.get_or_insert(word.at);
        self.last_at = word.at;
        match &word.what {
            What::Dialled(dialled) => self.dial(dialled, word.at),
            What::Notice(notice) => self.hear(notice, word.at),
            What::Listed(call) => self.see(call, word.at),
            What::Gone => self.vanish(word.at),
        }
    }

    fn dial(&mut self, dialled: &Dialled, at: DateTime<Utc>) {
        self.direction = Some(Direction::Outgoing);
        self.contact = Some(dialled.number.0.to_string());
        self.line = Some(dialled.line.clone());
        self.caller.extension = Some(dialled.extension.clone());
        self.ringing = vec![self.caller.clone()];
        self.began.first_event.get_or_insert(at);
    }

    fn hear(&mut self, notice: &Notice, at: DateTime<Utc>) {
        let Some(kind) = notice.kind.filter(|kind| *kind != Kind::Aside) else { return };
        self.learn(notice, kind);
        let who = self.who(notice);
        match kind {
            Kind::Arrived | Kind::Placed => self.begin(kind, who, at),
            Kind::LegOut | Kind::Rings => self.ring(who),
            Kind::PickedUp => self.pick_up(who, at),
            Kind::LegOver => self.stop_ringing(&who),
            Kind::TalkBegan => self.talk(who, at),
            Kind::TalkOver => self.end_talk(notice, at),
            Kind::Hold => self.hold(notice.get("status") == Some("on"), at),
            Kind::Tagged => self.tag(notice),
            Kind::Untagged => self.tags.retain(|tag| notice.get("tag_name") != Some(tag)),
            Kind::Lost | Kind::Over => self.finish(notice, at),
            Kind::Recorded => self.end_recorded(at),
            Kind::LegIn | Kind::Aside => {}
        }
    }

    /// What any notification may say besides.
    fn learn(&mut self, notice: &Notice, kind: Kind) {
        let said = |name: &str| notice.get(name).map(text::clean);
        self.direction = match kind {
            Kind::Arrived => Some(Direction::Incoming),
            Kind::Placed => Some(Direction::Outgoing),
            Kind::Lost => self.direction.or(Some(Direction::Incoming)),
            _ => notice.get("direction").and_then(direction).or(self.direction),
        };
        self.contact = said("contact_phone_number").or(self.contact.take());
        self.withheld |= kind == Kind::Arrived && self.contact.is_none();
        self.name = said("contact_full_name").or(self.name.take());
        self.line = said("virtual_phone_number").or(self.line.take());
        if let Some(start) = notice.get("start_time").and_then(|text| moment(text, self.zone)) {
            self.began.told = Some(start);
        }
        let links = ["full_record_file_link", "file_link", "record_file_link", "record_file_links"];
        self.recording = self.recording.take().or(links.into_iter().find_map(said));
        self.advert.fill_in(&advert(notice));
        if !notice.all("tag_names").is_empty() {
            self.tags = notice.all("tag_names").iter().map(|tag| text::clean(tag)).collect();
        }
    }

    fn who(&self, notice: &Notice) -> Who {
        let id = notice.get("employee_id").map(str::to_owned);
        let known = id.as_ref().and_then(|id| self.staff.get(id).cloned());
        let written = || notice.get("extension_phone_number").map(text::clean);
        Who { extension: known.or_else(written), id }
    }

    fn begin(&mut self, kind: Kind, who: Who, at: DateTime<Utc>) {
        self.began.first_event = Some(self.began.first_event.map_or(at, |known| known.min(at)));
        if kind == Kind::Placed && who.id.is_some() {
            self.caller = who;
        }
    }

    fn ring(&mut self, who: Who) {
        let is_ours = who != Who::default();
        if is_ours && !self.ringing.contains(&who) && !self.is_talking_with(&who) {
            self.ringing.push(who);
        }
    }

    fn is_talking_with(&self, who: &Who) -> bool {
        self.talks.is_on() && self.talks.last().is_some_and(|talk| talk.who == *who)
    }

    /// Outgoing, this is our own phone or theirs: only a talk says which.
    fn pick_up(&mut self, who: Who, at: DateTime<Utc>) {
        let is_ours = who.id.is_some();
        if self.direction == Some(Direction::Incoming) && is_ours && !self.talks.is_on() {
            self.talk(who, at);
        }
    }

    fn stop_ringing(&mut self, who: &Who) {
        self.ringing.retain(|ringing| ringing != who);
    }

    fn talk(&mut self, who: Who, at: DateTime<Utc>) {
        self.ringing.clear();
        self.talks.begin(who, at);
    }

    fn end_talk(&mut self, notice: &Notice, at: DateTime<Utc>) {
        self.hold(false, at);
        self.talks.end(at, seconds(notice, "talk_time_duration"));
    }

    fn hold(&mut self, on: bool, at: DateTime<Utc>) {
        match (on, self.held_since) {
            (true, None) => self.held_since = Some(at),
            (false, Some(since)) => {
                self.hold += (at - since).to_std().unwrap_or_default();
                self.held_since = None;
            }
            _ => {}
        }
    }

    fn tag(&mut self, notice: &Notice) {
        let tag = notice.get("tag_name").map(text::clean);
        self.tags.extend(tag.filter(|tag| !self.tags.contains(tag)));
    }

    fn finish(&mut self, notice: &Notice, at: DateTime<Utc>) {
        let (wait, talk) = (seconds(notice, "wait_time_duration"), seconds(notice, "talk_time_duration"));
        if let Some(total) = seconds(notice, "total_time_duration").or(wait) {
            let began = TimeDelta::from_std(total).ok().and_then(|total| at.checked_sub_signed(total));
            self.began.counted_back = began;
        }
        let last = notice
            .get("last_talked_employee_id")
            .map(|id| Who { id: Some(id.to_owned()), extension: self.staff.get(id).cloned() });
        let end = self.end.get_or_insert_default();
        *end = End { at, wait: wait.or(end.wait), talk: talk.or(end.talk), last: last.or(end.last.take()) };
        let who = self.who(notice);
        self.close(at);
        if talk.is_some_and(|talk| !talk.is_zero()) && self.talks.first().is_none() {
            self.talked_unheard(who, at);
        }
    }

    /// Nobody told of the talk but its length: it was the last thing in the call. Handed on, it was several talks, and
    /// which was how long is not known here: whoever heard them knows better.
    fn talked_unheard(&mut self, who: Who, at: DateTime<Utc>) {
        let Some(end) = &self.end else { return };
        if end.last.as_ref().is_some_and(|last| last.id != who.id) {
            return;
        }
        let wait = end.wait.and_then(|wait| TimeDelta::from_std(wait).ok());
        let talk = end.talk.and_then(|talk| TimeDelta::from_std(talk).ok()).unwrap_or_default();
        let answered = match wait {
            Some(wait) => self.started().checked_add_signed(wait),
            None => at.checked_sub_signed(talk),
        };
        self.talks.begin(who, answered.unwrap_or(at).min(at));
        self.talks.end(at, end.talk);
    }

    /// The sound is ready: the talk is over, and where nothing else is known of the call, so is the call.
    fn end_recorded(&mut self, at: DateTime<Utc>) {
        let alone = self.began.first_word == Some(at) && self.end.is_none();
        if alone {
            self.end = Some(End { at, ..End::default() });
        }
    }

    fn vanish(&mut self, at: DateTime<Utc>) {
        if self.end.is_none() {
            self.end = Some(End { at, ..End::default() });
            self.close(at);
        }
    }

    fn close(&mut self, at: DateTime<Utc>) {
        self.hold(false, at);
        if self.talks.is_on() {
            self.talks.end(at, None);
        }
    }

    fn see(&mut self, listed: &ListedCall, at: DateTime<Utc>) {
        self.direction = listed.direction.or(self.direction);
        self.contact = listed.contact.as_deref().map(text::clean).or(self.contact.take());
        self.line = listed.line.as_deref().map(text::clean).or(self.line.take());
        let start = listed.start_time.as_deref().and_then(|text| moment(text, self.zone));
        self.began.told = self.began.told.or(start);
        self.tags = listed.tags.iter().map(|tag| text::clean(tag)).collect();
        if self.end.is_none() {
            self.see_legs(&listed.legs, at);
        }
    }

    fn see_legs(&mut self, legs: &[Leg], at: DateTime<Utc>) {
        let ours = |state| legs.iter().filter(move |leg| leg.is_operator && leg.state == state);
        let is = |state| legs.iter().any(|leg| leg.state == state);
        let reached = !legs.iter().any(|leg| !leg.is_operator && leg.state == LegState::Ringing);
        if self.direction == Some(Direction::Outgoing) && self.caller.id.is_none() {
            let caller = legs.iter().find(|leg| leg.is_operator && leg.employee.is_some());
            self.caller.id = caller.and_then(|leg| leg.employee.clone());
            self.caller.extension =
                self.caller.extension.take().or(caller.and_then(|leg| self.at(leg).extension));
        }
        self.ringing = ours(LegState::Ringing).map(|leg| self.at(leg)).collect();
        if let Some(leg) = ours(LegState::Talking).next().filter(|_| reached) {
            let who = self.at(leg);
            if !self.is_talking_with(&who) {
                self.talks.begin(who, at);
            }
        }
        self.consulted |= is(LegState::Consulting);
        self.hold(is(LegState::Held) || is(LegState::Consulting), at);
    }

    fn at(&self, leg: &Leg) -> Who {
        let extension = leg.employee.as_ref().and_then(|id| self.staff.get(id).cloned());
        Who { id: leg.employee.clone(), extension }
    }

    fn started(&self) -> DateTime<Utc> {
        let Began { told, first_event, counted_back, first_word } = &self.began;
        told.or(*first_event).or(*counted_back).or(*first_word).unwrap_or(self.last_at)
    }

    /// `None` while too little is known to show a call.
    pub fn snapshot(&self, key: CallKey) -> Option<Snapshot> {
        let (direction, remote) = (self.direction?, self.remote()?);
        let started_at = self.started();
        let answered_at = self.talks.first().map(|talk| talk.since.max(started_at));
        let transfers = self.transfers();
        Some(Snapshot {
            key,
            direction,
            remote,
            name: self.name.clone(),
            line: self.line.clone(),
            queue: None,
            phase: self.phase(direction),
            result: self.result(direction),
            agent: self.agent(direction),
            holder: self.holder(direction),
            ringing: self.extensions_ringing(),
            started_at,
            answered_at,
            ended_at: self.end.as_ref().map(|end| end.at),
            wait: self.wait(started_at, answered_at),
            talk: self.own_talk(&transfers),
            hold: self.hold,
            transfers,
            recording: self.recording.clone(),
            advert: Some(self.advert.clone()).filter(|advert| !advert.is_empty()).map(Box::new),
            tags: self.tags.clone(),
            settled: false,
        })
    }

    fn remote(&self) -> Option<Remote> {
        match &self.contact {
            Some(number) => Some(Remote::parse(number)),
            None => self.withheld.then_some(Remote::Withheld),
        }
    }

    fn phase(&self, direction: Direction) -> Phase {
        match () {
            () if self.end.is_some() => Phase::Ended,
            () if self.held_since.is_some() => Phase::OnHold,
            () if self.talks.is_on() => Phase::Talking,
            () if !self.ringing.is_empty() || direction == Direction::Outgoing => Phase::Ringing,
            () => Phase::Waiting,
        }
    }

    fn result(&self, direction: Direction) -> Option<CallResult> {
        let end = self.end.as_ref()?;
        let talked = self.talks.first().is_some() || end.talk.is_some_and(|talk| !talk.is_zero());
        Some(match direction {
            _ if talked || self.recording.is_some() => CallResult::Answered,
            Direction::Incoming => CallResult::Missed,
            Direction::Outgoing | Direction::Internal => CallResult::NoAnswer,
        })
    }

    fn agent(&self, direction: Direction) -> Option<String> {
        let answered = || self.talks.first().and_then(|talk| talk.who.extension.clone());
        match direction {
            Direction::Incoming => answered(),
            Direction::Outgoing | Direction::Internal => self.caller.extension.clone().or_else(answered),
        }
    }

    fn holder(&self, direction: Direction) -> Option<String> {
        let last = self.end.as_ref().and_then(|end| end.last.as_ref()?.extension.clone());
        let talks = || self.talks.last().and_then(|talk| talk.who.extension.clone());
        last.or_else(talks).or_else(|| self.agent(direction))
    }

    fn extensions_ringing(&self) -> Vec<String> {
        let ringing = self.ringing.iter().filter(|_| self.end.is_none());
        ringing.filter_map(|who| who.extension.clone()).collect()
    }

    /// Before the first answer, or in all; nothing while it still goes on.
    fn wait(&self, started: DateTime<Utc>, answered: Option<DateTime<Utc>>) -> Duration {
        let end = self.end.as_ref();
        let until = answered.or(end.map(|end| end.at)).unwrap_or(started);
        let counted = end.and_then(|end| end.wait);
        counted.unwrap_or_else(|| (until - started).to_std().unwrap_or_default())
    }

    /// The provider counts all talks of a call in one.
    fn own_talk(&self, transfers: &[Transfer]) -> Duration {
        let others: Duration = transfers.iter().map(|transfer| transfer.talk).sum();
        let counted = self.end.as_ref().and_then(|end| end.talk);
        let seen = || {
            self.talks.own().filter(|talk| talk.until.is_some()).map(|talk| talk.length(self.last_at)).sum()
        };
        counted.map_or_else(seen, |all| all.saturating_sub(others))
    }

    fn transfers(&self) -> Vec<Transfer> {
        let kind = if self.consulted { TransferKind::Attended } else { TransferKind::Blind };
        let known = self.talks.handed_on().iter().filter_map(|talk| {
            let length = if talk.until.is_some() { talk.length(self.last_at) } else { Duration::ZERO };
            Some(Transfer { kind, to: talk.who.extension.clone()?, talk: length })
        });
        known.collect()
    }
}

fn seconds(notice: &Notice, name: &str) -> Option<Duration> {
    notice.number(name).map(Duration::from_secs_f64)
}

fn advert(notice: &Notice) -> Advert {
    let said = |name: &str| notice.get(name).map(text::clean);
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
