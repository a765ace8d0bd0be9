//! The story of one call, read from the first word to the last.

mod learnt;
mod seen;
mod summary;

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::Staff;
use super::talk::{Talks, Who};
use super::word::{Dialled, What, Word};
use crate::domain::advert::Advert;
use crate::domain::call::Direction;
use crate::telephony::uis::notice::{Kind, Notice};

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
    /// The sound of a talk is ready, so there was one.
    recorded: bool,
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
            recorded: false,
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
            Kind::Arrived | Kind::Placed => self.begin(at),
            Kind::LegOut | Kind::Rings => self.ring(who),
            Kind::PickedUp => self.pick_up(who, at),
            Kind::LegOver => self.stop_ringing(&who),
            Kind::TalkBegan => self.talk(who, at),
            Kind::TalkOver => self.end_talk(notice, at),
            Kind::Hold => self.hold(notice.get("status") == Some("on"), at),
            Kind::Tagged => self.tag(notice),
            Kind::Untagged => self.untag(notice),
            Kind::Lost | Kind::Over => self.finish(notice, at),
            Kind::Recorded => self.end_recorded(at),
            Kind::LegIn | Kind::Aside => {}
        }
    }

    fn begin(&mut self, at: DateTime<Utc>) {
        self.began.first_event = Some(self.began.first_event.map_or(at, |known| known.min(at)));
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
        let tag = notice.get("tag_name").and_then(learnt::cleaned);
        self.tags.extend(tag.filter(|tag| !self.tags.contains(tag)));
    }

    fn untag(&mut self, notice: &Notice) {
        let gone = notice.get("tag_name").and_then(learnt::cleaned);
        self.tags.retain(|tag| Some(tag) != gone.as_ref());
    }

    fn finish(&mut self, notice: &Notice, at: DateTime<Utc>) {
        let wait = seconds(notice, "wait_time_duration");
        // What a menu or a machine took on its own is counted as talk, and lost all the same.
        let lost = notice.get("call_status") == Some("lost") && self.talks.first().is_none();
        let talk = seconds(notice, "talk_time_duration").filter(|_| !lost);
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
        self.recorded = true;
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

    fn started(&self) -> DateTime<Utc> {
        let Began { told, first_event, counted_back, first_word } = &self.began;
        told.or(*first_event).or(*counted_back).or(*first_word).unwrap_or(self.last_at)
    }
}

fn seconds(notice: &Notice, name: &str) -> Option<Duration> {
    notice.number(name).map(Duration::from_secs_f64)
}
