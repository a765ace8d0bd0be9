//! Everything a call's row is coded by: people, lines, topics and parties.

use std::sync::Arc;

use super::bits;
use super::day::{Long, NO_WRAP_UP, Row, money};
use super::dictionary::{Combinations, Dictionary, Strangers};
use super::fault::Fault;
use crate::domain::call::Direction;
use crate::domain::fact::{Fact, Party};
use crate::domain::id::{BranchId, CallerTypeId, ChannelId, PersonId, TopicId};

/// A wrap-up is kept in these: at most fifteen minutes must fit into sixteen bits.
pub(super) const WRAP_UP_UNIT_MS: u32 = 20;

/// Unix time in milliseconds of the years 1900 to 9999: calendars do not reckon far beyond.
const TIMES: std::ops::Range<i64> = -2_208_988_800_000..253_402_300_800_000;

#[derive(Debug)]
pub(super) struct Names {
    pub employees: Dictionary<PersonId>,
    pub lines: Dictionary<Arc<str>>,
    pub channels: Dictionary<ChannelId>,
    pub branches: Dictionary<BranchId>,
    /// Line, channel, branch, and whether the channel is the call's own: 0 or 1.
    pub origins: Combinations<4>,
    pub topics: Dictionary<TopicId>,
    pub caller_types: Dictionary<CallerTypeId>,
    pub specialities: Dictionary<Arc<str>>,
    /// Topic, caller type and speciality.
    pub saids: Combinations<3>,
    pub strangers: Strangers,
}

impl Names {
    pub fn new() -> Names {
        Names {
            employees: Dictionary::new(),
            lines: Dictionary::new(),
            channels: Dictionary::new(),
            branches: Dictionary::new(),
            origins: Combinations::new(),
            topics: Dictionary::new(),
            caller_types: Dictionary::new(),
            specialities: Dictionary::new(),
            saids: Combinations::new(),
            strangers: Strangers::default(),
        }
    }

    /// A call's row; when it began is left to whoever knows its day. A wait or a talk of more than 49 days is a
    /// broken clock's and is cut there.
    pub fn row(&mut self, fact: &Fact) -> Result<Row, Fault> {
        let number = fact.number.0;
        let in_range = TIMES.contains(&fact.started_at.timestamp_millis());
        let party = match (fact.direction, in_range) {
            (Direction::Internal, _) => return Err(Fault::Internal(number)),
            (_, false) => return Err(Fault::Time(number)),
            _ => self.party(&fact.party)?,
        };
        let whole = |length: std::time::Duration| u32::try_from(length.as_millis()).unwrap_or(u32::MAX);
        let (money, large) = money(fact.money);
        let wrap_up = fact.wrap_up.map_or(NO_WRAP_UP, |length| wrap_up(whole(length)));
        Ok(Row {
            long: [number, 0, party, whole(fact.wait), whole(fact.talk), money],
            short: [
                self.employees.code(fact.employee.as_ref()),
                self.origin(fact),
                self.said(fact),
                bits::flags(fact),
                wrap_up,
            ],
            large,
        })
    }

    fn party(&mut self, party: &Party) -> Result<u32, Fault> {
        let fault = match party {
            Party::Person(number) => Fault::Person(*number),
            _ => Fault::Strangers,
        };
        self.strangers.code(party).ok_or(fault)
    }

    fn origin(&mut self, fact: &Fact) -> u16 {
        let line = self.lines.code(fact.line.as_ref());
        let [channel, branch] = self.place(fact.channel, fact.branch);
        self.origins.code([line, channel, branch, fact.own_channel.into()])
    }

    fn place(&mut self, channel: Option<ChannelId>, branch: Option<BranchId>) -> [u16; 2] {
        [self.channels.code(channel.as_ref()), self.branches.code(branch.as_ref())]
    }

    fn said(&mut self, fact: &Fact) -> u16 {
        let topic = self.topics.code(fact.topic.as_ref());
        let caller_type = self.caller_types.code(fact.caller_type.as_ref());
        let speciality = self.specialities.code(fact.speciality.as_ref());
        self.saids.code([topic, caller_type, speciality])
    }

    /// A line means another channel and branch from now on, for all its calls but those with a channel of their own.
    pub fn relabel(&mut self, line: &str, channel: Option<ChannelId>, branch: Option<BranchId>) {
        let [channel, branch] = self.place(channel, branch);
        let Some(relabelled) = self.lines.find(line) else { return };
        self.origins.change(|[line, known, before, own]| match (line == relabelled, own == 0) {
            (true, true) => [line, channel, branch, own],
            (true, false) => [line, known, branch, own],
            (false, _) => [line, known, before, own],
        });
    }
}

impl Row {
    /// Completes it with its time: milliseconds since the start of its day.
    pub fn began(mut self, at: u32) -> Row {
        self.long[Long::At as usize] = at;
        self
    }
}

fn wrap_up(milliseconds: u32) -> u16 {
    let units = milliseconds.saturating_add(WRAP_UP_UNIT_MS / 2) / WRAP_UP_UNIT_MS;
    u16::try_from(units).map_or(NO_WRAP_UP - 1, |units| units.min(NO_WRAP_UP - 1))
}
