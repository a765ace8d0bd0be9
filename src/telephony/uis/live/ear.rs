//! Whether notifications reach us: calls run that the provider lists, and not one of them was ever announced.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::reason::Trouble;
use crate::telephony::Hearing;

/// A notification takes seconds; a call that nobody announced for so long was missed.
const PATIENCE: TimeDelta = TimeDelta::seconds(45);

const REASON: &str = "calls run and no notification of them comes";

#[derive(Default)]
pub struct Ear {
    /// Since when calls run of which nothing was heard.
    silent_since: Option<DateTime<Utc>>,
    deaf: bool,
}

impl Ear {
    /// A notification came.
    pub fn hear(&mut self) -> Option<Hearing> {
        self.silent_since = None;
        std::mem::take(&mut self.deaf).then_some(Hearing::Well)
    }

    /// `unheard`: whether the provider lists calls, and none that was announced.
    pub fn listed(&mut self, unheard: bool, now: DateTime<Utc>) -> Option<Hearing> {
        if !unheard {
            self.silent_since = self.silent_since.filter(|_| self.deaf);
            return None;
        }
        let since = *self.silent_since.get_or_insert(now);
        let turned = !self.deaf && now - since >= PATIENCE;
        self.deaf |= turned;
        turned.then(|| Hearing::Deaf { since, reason: Trouble::Unannounced.because(REASON) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    #[test]
    fn deaf_once_calls_run_unannounced_and_well_with_the_next_notification() {
        let mut ear = Ear::default();
        assert_eq!(ear.listed(true, at(0)), None);
        assert_eq!(ear.listed(true, at(44)), None);
        let deaf = Hearing::Deaf { since: at(0), reason: Trouble::Unannounced.because(REASON) };
        assert_eq!(ear.listed(true, at(45)), Some(deaf));
        assert_eq!(ear.listed(true, at(90)), None);
        assert_eq!((ear.hear(), ear.hear()), (Some(Hearing::Well), None));
    }

    #[test]
    fn a_quiet_day_is_not_deafness() {
        let mut ear = Ear::default();
        assert_eq!(ear.listed(true, at(0)), None);
        assert_eq!(ear.listed(false, at(30)), None);
        assert_eq!(ear.listed(true, at(60)), None);
        assert_eq!(ear.listed(true, at(100)), None);
    }
}
