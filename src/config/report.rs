//! `[report]`: by what limits the metrics are reckoned and which calls stand out.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;

use super::{Error, File};
use crate::domain::metric::ServiceLevel;

#[derive(Clone, PartialEq, Debug)]
pub struct Report {
    /// T of the service level.
    pub answer_within: Duration,
    pub short_abandon: Duration,
    pub service_level: ServiceLevel,
    pub usual: Limits,
    /// By the topic's name in the directory.
    pub topics: BTreeMap<String, Limits>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    pub long_wait: Duration,
    pub long_talk: Duration,
}

impl Default for Report {
    fn default() -> Report {
        RawReport::default().settled()
    }
}

/// Times in seconds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RawReport {
    answer_within: u32,
    short_abandon: u32,
    service_level: ServiceLevel,
    long_wait: u32,
    long_talk: u32,
    topics: BTreeMap<String, RawTopic>,
}

impl Default for RawReport {
    fn default() -> RawReport {
        RawReport {
            answer_within: 20,
            short_abandon: 5,
            service_level: ServiceLevel::default(),
            long_wait: 60,
            long_talk: 300,
            topics: BTreeMap::new(),
        }
    }
}

/// What it leaves out is as for every topic.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawTopic {
    long_wait: Option<u32>,
    long_talk: Option<u32>,
}

impl RawReport {
    pub fn validate(self, file: &File) -> Result<Report, Error> {
        if self.answer_within == 0 {
            return Err(file.fault("report.answer_within", "nobody answers within 0 seconds; write e.g. 20"));
        }
        Ok(self.settled())
    }

    fn settled(self) -> Report {
        let limits = |topic: &RawTopic| Limits {
            long_wait: seconds(topic.long_wait.unwrap_or(self.long_wait)),
            long_talk: seconds(topic.long_talk.unwrap_or(self.long_talk)),
        };
        Report {
            answer_within: seconds(self.answer_within),
            short_abandon: seconds(self.short_abandon),
            service_level: self.service_level,
            usual: limits(&RawTopic::default()),
            topics: self.topics.iter().map(|(name, topic)| (name.clone(), limits(topic))).collect(),
        }
    }
}

fn seconds(count: u32) -> Duration {
    Duration::from_secs(count.into())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn read(text: &str) -> Result<Report, String> {
        let raw: RawReport = toml::from_str(text).map_err(|error| error.to_string())?;
        raw.validate(&File(Path::new("config.toml"))).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_not_said_is_as_usual_and_a_topic_has_its_own() {
        let report = read("long_wait = 45\n[topics.\"Имплантация\"]\nlong_talk = 900").unwrap();
        let seconds = |limits: &Limits| (limits.long_wait.as_secs(), limits.long_talk.as_secs());
        assert_eq!(seconds(&report.usual), (45, 300));
        assert_eq!(seconds(&report.topics["Имплантация"]), (45, 900));
        assert_eq!(read("").unwrap(), Report::default());
    }

    #[test]
    fn a_formula_is_chosen_by_name_and_a_wrong_one_is_refused() {
        let report = read("service_level = \"answered-or-short-of-all\"").unwrap();
        assert_eq!(report.service_level, ServiceLevel::AnsweredOrShortOfAll);
        assert!(read("service_level = \"best\"").unwrap_err().contains("answered-within-of-all"));
        assert!(read("answer_within = 0").unwrap_err().contains("report.answer_within"));
        assert!(read("answer_within = -5").is_err());
    }
}
