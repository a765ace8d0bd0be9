//! Who talked when, within one call.

use std::time::Duration;

use chrono::{DateTime, Utc};

/// One of ours, as far as the provider names them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Who {
    /// The provider's id of the employee.
    pub id: Option<String>,
    pub extension: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Talk {
    pub who: Who,
    pub since: DateTime<Utc>,
    pub until: Option<DateTime<Utc>>,
    /// As the provider counted it.
    counted: Option<Duration>,
}

/// In their order.
#[derive(Default)]
pub struct Talks(Vec<Talk>);

impl Talks {
    /// A talk that is said to begin twice (picked up, then begun; listed again) is one.
    pub fn begin(&mut self, who: Who, at: DateTime<Utc>) {
        match self.0.last_mut() {
            Some(last) if last.until.is_none() && last.is_with(&who) => last.who.learn(who),
            last => {
                if let Some(open) = last.filter(|last| last.until.is_none()) {
                    open.until = Some(at);
                }
                self.0.push(Talk { who, since: at, until: None, counted: None });
            }
        }
    }

    /// The last one is over; `counted` by the provider.
    pub fn end(&mut self, at: DateTime<Utc>, counted: Option<Duration>) {
        if let Some(last) = self.0.last_mut() {
            last.until.get_or_insert(at);
            last.counted = counted.or(last.counted);
        }
    }

    pub fn first(&self) -> Option<&Talk> {
        self.0.first()
    }

    pub fn last(&self) -> Option<&Talk> {
        self.0.last()
    }

    pub fn is_on(&self) -> bool {
        self.0.last().is_some_and(|talk| talk.until.is_none())
    }

    /// With whoever talked first, to the first that was somebody else.
    pub fn own(&self) -> impl Iterator<Item = &Talk> {
        let first = self.first().map(|talk| talk.who.clone()).unwrap_or_default();
        self.0.iter().take_while(move |talk| talk.is_with(&first))
    }

    /// Those after, each with whom the call was handed to.
    pub fn handed_on(&self) -> &[Talk] {
        &self.0[self.own().count()..]
    }
}

impl Talk {
    fn is_with(&self, other: &Who) -> bool {
        match (&self.who.id, &other.id) {
            (Some(mine), Some(theirs)) => mine == theirs,
            _ => true,
        }
    }

    /// To `now` while it goes on.
    pub fn length(&self, now: DateTime<Utc>) -> Duration {
        let length = || (self.until.unwrap_or(now) - self.since).to_std().unwrap_or_default();
        self.counted.unwrap_or_else(length)
    }
}

impl Who {
    /// What is known stays: the other may be somebody else.
    pub fn learn(&mut self, other: Who) {
        self.id = self.id.take().or(other.id);
        self.extension = self.extension.take().or(other.extension);
    }
}
