//! Calls as a provider tells them, and a record of the past that has them.

use std::ops::Range;
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use pult::domain::advert::Advert;
use pult::domain::call::{CallKey, CallResult, Direction, Phase, Snapshot};
use pult::domain::phone::{Phone, Remote};
use pult::telephony::{Event, History, HistoryError, Page};

pub const NAME: &str = "bench";
pub const SOURCE: &str = "bench.calls";
/// Rows of a page of the record.
const ROWS: u64 = 500;
/// Calls that run at once.
const AT_ONCE: usize = 100;

pub fn now() -> DateTime<Utc> {
    super::moment(400_000)
}

/// Each call's three words, those of many calls mixed as they run at once.
pub fn told(calls: Range<u64>) -> Vec<Event> {
    let calls: Vec<u64> = calls.collect();
    let word = |snapshot| Event::Call(Box::new(snapshot));
    let begun_before =
        |nth: usize, steps: usize| nth.checked_sub(AT_ONCE * steps).and_then(|nth| calls.get(nth));
    let mut told = vec![];
    for nth in 0..calls.len() + 2 * AT_ONCE {
        told.extend(calls.get(nth).map(|call| word(ringing(*call))));
        told.extend(begun_before(nth, 1).map(|call| word(talking(*call))));
        told.extend(begun_before(nth, 2).map(|call| word(Snapshot { settled: false, ..ended(*call) })));
    }
    told
}

fn ringing(number: u64) -> Snapshot {
    Snapshot {
        phase: Phase::Ringing,
        result: None,
        agent: None,
        holder: None,
        ringing: vec!["101".into(), "102".into()],
        answered_at: None,
        ended_at: None,
        wait: Duration::ZERO,
        talk: Duration::ZERO,
        recording: None,
        settled: false,
        ..ended(number)
    }
}

fn talking(number: u64) -> Snapshot {
    Snapshot {
        phase: Phase::Talking,
        result: None,
        ended_at: None,
        talk: Duration::ZERO,
        recording: None,
        settled: false,
        ..ended(number)
    }
}

/// As the record has it.
pub fn ended(number: u64) -> Snapshot {
    let begun = number as i64;
    Snapshot {
        key: CallKey { provider: NAME.into(), id: (5_139_000_000 + number).to_string() },
        direction: Direction::Incoming,
        remote: Remote::Number(Phone(79_160_000_000 + number * 7_919 % 600_000)),
        name: None,
        line: Some(format!("749500000{:02}", number % 10)),
        queue: None,
        phase: Phase::Ended,
        result: Some(CallResult::Answered),
        agent: Some("101".into()),
        holder: Some("101".into()),
        ringing: vec![],
        started_at: super::moment(begun),
        answered_at: Some(super::moment(begun + 8)),
        ended_at: Some(super::moment(begun + 98)),
        wait: Duration::from_secs(8),
        talk: Duration::from_secs(90),
        hold: Duration::ZERO,
        transfers: vec![],
        recording: Some(format!("https://media.example/{number}/2e675888ded89ed517d5c60e63a2d8c3")),
        advert: Some(Box::new(Advert {
            campaign: Some(format!("Кампания {}", number % 20)),
            search_words: Some("стоматология рядом".into()),
            utm_source: Some("search".into()),
            ..Advert::default()
        })),
        tags: vec![],
        settled: true,
    }
}

pub struct Past {
    calls: Range<u64>,
}

impl Past {
    pub fn of(calls: Range<u64>) -> Past {
        Past { calls }
    }
}

impl History for Past {
    fn source(&self) -> &str {
        SOURCE
    }

    fn provider(&self) -> &str {
        NAME
    }

    fn page<'a>(
        &'a self,
        _span: &'a Range<DateTime<Utc>>,
        next: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Page, HistoryError>> {
        let from = next.map_or(self.calls.start, |next| next.parse().unwrap());
        let until = self.calls.end.min(from + ROWS);
        let next = (until < self.calls.end).then(|| until.to_string());
        let page = Page { calls: (from..until).map(ended).collect(), next, ..Page::default() };
        async { Ok(page) }.boxed()
    }
}
