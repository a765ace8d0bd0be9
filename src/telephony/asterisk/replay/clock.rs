//! The time of a log without a timing file, as far as the log tells it.
//!
//! Best are the PBX's own stamps. Else a channel's id begins with the second it was made, and call records and
//! channel events carry whole seconds of the PBX's local time, whose zone those ids give away.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use crate::telephony::asterisk::wire::Message;

/// Zones differ by quarters of an hour.
const ZONE_STEP: i64 = 15 * 60;

#[derive(Default)]
pub struct LogClock {
    now: DateTime<Utc>,
    zone: Option<TimeDelta>,
    stamped: bool,
}

impl LogClock {
    /// Never goes back.
    pub fn read(&mut self, message: &Message) -> DateTime<Utc> {
        if let Some(at) = message.timestamp() {
            self.stamped = true;
            self.advance(DateTime::from_timestamp_micros((at * 1e6) as i64));
        } else if !self.stamped {
            self.advance(born(message));
            let local = self.local(message);
            self.advance(local);
        }
        self.now
    }

    pub fn precision(&self) -> &'static str {
        match (self.stamped, self.now == DateTime::UNIX_EPOCH) {
            (true, _) => "times are the PBX's own stamps",
            (false, false) => "times are to the second, waits and talks may be off by one or two",
            (false, true) => "times are unknown",
        }
    }

    fn advance(&mut self, at: Option<DateTime<Utc>>) {
        self.now = at.map_or(self.now, |at| self.now.max(at));
    }

    fn local(&mut self, message: &Message) -> Option<DateTime<Utc>> {
        let read = |name| NaiveDateTime::parse_from_str(message.get(name)?, "%Y-%m-%d %H:%M:%S").ok();
        let begun = if message.get("EventName") == Some("CHAN_START") {
            read("EventTime")
        } else {
            read("StartTime")
        };
        if let (None, Some(begun), Some(born)) = (self.zone, begun, created(message)) {
            let steps = ((begun.and_utc() - born).num_seconds() as f64 / ZONE_STEP as f64).round() as i64;
            self.zone = Some(TimeDelta::seconds(steps * ZONE_STEP));
        }
        let local = read("EventTime").or(read("EndTime"))?;
        local.and_utc().checked_sub_signed(self.zone?)
    }
}

fn born(message: &Message) -> Option<DateTime<Utc>> {
    message.event().filter(|event| event.eq_ignore_ascii_case("Newchannel")).and_then(|_| created(message))
}

/// `1795290547.0` was made in that second. Ids of click-to-calls are no times.
fn created(message: &Message) -> Option<DateTime<Utc>> {
    let (second, counter) = message.all("Uniqueid").last()?.split_once('.')?;
    counter.parse::<u64>().ok()?;
    DateTime::from_timestamp(second.parse().ok()?, 0)
}

#[cfg(test)]
mod tests {
    use super::LogClock;
    use crate::telephony::asterisk::wire::Decoder;

    fn read(text: &str) -> (LogClock, i64) {
        let mut clock = LogClock::default();
        let at = Decoder::default().feed(text.as_bytes()).iter().map(|m| clock.read(m).timestamp()).last();
        (clock, at.unwrap())
    }

    #[test]
    fn the_zone_follows_from_a_channels_id() {
        let (clock, at) = read(
            "Event: Cdr\r\nPrivilege: cdr,all\r\nStartTime: 2026-11-21 22:49:07\r\nEndTime: 2026-11-21 22:49:16\r\n\
             UniqueID: 1795290547.0\r\n\r\n",
        );
        assert_eq!(at, 1795290556);
        assert!(clock.precision().contains("to the second"));
    }

    #[test]
    fn a_time_beyond_all_calendars_is_none() {
        let (_, at) = read(
            "Event: Cdr\r\nPrivilege: cdr,all\r\nStartTime: 2026-11-21 10:49:07\r\nUniqueID: 1795290547.0\r\n\r\n\
             Event: Cdr\r\nPrivilege: cdr,all\r\nEndTime: +262142-12-31 23:59:59\r\n\r\n",
        );
        assert_eq!(at, 0);
    }

    #[test]
    fn stamps_win() {
        let (clock, at) =
            read("Event: Newchannel\r\nPrivilege: call,all\r\nTimestamp: 50.5\r\nUniqueid: 40.0\r\n\r\n");
        assert_eq!(at, 50);
        assert!(clock.precision().contains("stamps"));
    }

    #[test]
    fn a_log_that_tells_nothing_is_called_so() {
        assert!(read("Response: Success\r\n\r\n").0.precision().contains("unknown"));
    }
}
