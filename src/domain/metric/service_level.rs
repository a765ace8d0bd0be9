//! The five ways of reckoning a service level that are in use; there is no industry standard, so the one in force
//! is always named beside its figure.

use serde::{Deserialize, Serialize};

use super::{Metrics, Share};

/// T is [`super::Norms::answer_within`]. Configurations name them as they are written here, with hyphens.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceLevel {
    /// Answered within T of answered and abandoned: the strictest, nobody can better it by letting calls go.
    #[default]
    AnsweredWithinOfAll,
    /// Answered or abandoned within T of answered and abandoned.
    EndedWithinOfAll,
    /// Answered within T of answered: says nothing of those who gave up.
    AnsweredWithinOfAnswered,
    /// Answered within T of answered and those abandoned later than T.
    AnsweredWithinOfWaited,
    /// Answered within T, or abandoned too soon to be answered, of answered and abandoned.
    AnsweredOrShortOfAll,
}

impl ServiceLevel {
    pub const ALL: [ServiceLevel; 5] = [
        ServiceLevel::AnsweredWithinOfAll,
        ServiceLevel::EndedWithinOfAll,
        ServiceLevel::AnsweredWithinOfAnswered,
        ServiceLevel::AnsweredWithinOfWaited,
        ServiceLevel::AnsweredOrShortOfAll,
    ];

    /// The one after it, in a circle.
    pub fn next(self) -> ServiceLevel {
        let after = ServiceLevel::ALL.into_iter().skip_while(|formula| *formula != self).nth(1);
        after.unwrap_or_default()
    }

    pub fn share(self, of: &Metrics) -> Share {
        let in_time = of.answered_in_time;
        let all = of.offered();
        let (part, base) = match self {
            ServiceLevel::AnsweredWithinOfAll => (in_time, all),
            ServiceLevel::EndedWithinOfAll => (in_time + of.abandoned_in_time, all),
            ServiceLevel::AnsweredWithinOfAnswered => (in_time, of.answered),
            ServiceLevel::AnsweredWithinOfWaited => (in_time, all.saturating_sub(of.abandoned_in_time)),
            ServiceLevel::AnsweredOrShortOfAll => (in_time + of.abandoned_short, all),
        };
        Share { part, base }
    }

    pub fn percent(&self, of: &Metrics) -> Option<f64> {
        self.share(of).percent()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The worked example of Call Centre Helper: 1000 answered, 860 of them in time; 60 abandoned, 20 of them within
    /// T and 10 too soon.
    #[test]
    fn the_worked_example_comes_out_as_published() {
        let example = Metrics {
            answered: 1000,
            abandoned: 60,
            answered_in_time: 860,
            abandoned_in_time: 20,
            abandoned_short: 10,
            ..Metrics::default()
        };
        let percent = |formula: ServiceLevel| format!("{:.1}", formula.percent(&example).unwrap());
        assert_eq!(percent(ServiceLevel::EndedWithinOfAll), "83.0");
        assert_eq!(percent(ServiceLevel::AnsweredWithinOfAnswered), "86.0");
        assert_eq!(percent(ServiceLevel::AnsweredWithinOfAll), "81.1");
        assert_eq!(percent(ServiceLevel::AnsweredWithinOfWaited), "82.7");
        assert_eq!(percent(ServiceLevel::AnsweredOrShortOfAll), "82.1");
    }

    #[test]
    fn nothing_offered_is_no_level() {
        assert!(ServiceLevel::ALL.iter().all(|formula| formula.percent(&Metrics::default()).is_none()));
    }

    #[test]
    fn the_circle_has_all_five() {
        let mut formula = ServiceLevel::default();
        for expected in ServiceLevel::ALL {
            assert_eq!(formula, expected);
            formula = formula.next();
        }
        assert_eq!(formula, ServiceLevel::default());
    }

    proptest! {
        #[test]
        fn a_level_is_a_percentage_and_the_default_is_the_strictest(
            answered in 0u64..1000, abandoned in 0u64..1000, a in 0u64..1000, b in 0u64..1000, c in 0u64..1000,
        ) {
            let abandoned_in_time = b.min(abandoned);
            let metrics = Metrics {
                answered,
                abandoned,
                answered_in_time: a.min(answered),
                abandoned_in_time,
                abandoned_short: c.min(abandoned_in_time),
                ..Metrics::default()
            };
            let strictest = ServiceLevel::default().percent(&metrics);
            for formula in ServiceLevel::ALL {
                let Some(percent) = formula.percent(&metrics) else { continue };
                prop_assert!((0.0..=100.0).contains(&percent), "{formula:?} {percent}");
                prop_assert!(strictest.is_none_or(|strictest| strictest <= percent + 1e-9), "{formula:?}");
            }
        }
    }
}
