//! `uis.calls`: the report of calls, each with the legs of its session.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use serde_json::Value;

use super::place::Place;
use super::report::{Report, Rows};
use super::{admitted, refused};
use crate::telephony::uis::account::Account;
use crate::telephony::uis::map::{self, Reading, time};
use crate::telephony::uis::rpc::RpcError;
use crate::telephony::uis::wire::{Call, Leg, Visit};
use crate::telephony::uis::{NAME, SOURCE_CALLS};
use crate::telephony::{History, HistoryError, Page};

/// Calls that one transaction takes comfortably.
const PAGE: usize = 1000;

/// Legs come in larger pieces: each question costs as much, and they are not written.
const LEGS: usize = 10_000;

/// Questions for the legs of one page at most.
const MOST_LEG_QUESTIONS: usize = 20;

pub struct Calls {
    account: Arc<Account>,
    calls: Report,
    legs: Report,
}

type Legs = HashMap<i64, Vec<Leg>>;

impl Calls {
    pub fn new(account: Arc<Account>) -> Calls {
        let columns = Call::WANTED.into_iter().chain(Visit::WANTED);
        Calls {
            account,
            calls: Report::new("get.calls_report", PAGE, Some("start_time"), &Call::NEEDED, columns),
            legs: Report::new("get.call_legs_report", LEGS, Some("start_time"), &Leg::NEEDED, Leg::WANTED),
        }
    }

    /// Calls on a page; tests want few.
    #[must_use]
    pub fn with_page(mut self, calls: usize) -> Calls {
        self.calls.limit = calls;
        self
    }

    async fn read(&self, span: &Range<DateTime<Utc>>, next: Option<&str>) -> Result<Page, HistoryError> {
        admitted(&self.account)?;
        self.ask(span, next).await.map_err(|error| refused(&self.account, error))
    }

    async fn ask(&self, span: &Range<DateTime<Utc>>, next: Option<&str>) -> Result<Page, RpcError> {
        let zone = self.account.zone().await?;
        let directory = self.account.directory().await?;
        let whole = time::covering(span, zone);
        let place = Place::of(next, &whole);
        let part = place.part(&whole);
        let Rows { rows, more } = self.calls.ask(&self.account.data, part).await?;
        let read = rows.len();
        let calls: Vec<Call> = rows.into_iter().filter_map(|row| serde_json::from_value(row).ok()).collect();
        let (known, (legs, lost)) = (calls.len(), self.legs_of(&calls).await?);
        let media_host = self.account.settings.media_hosts.first().map(String::as_str);
        let reading = Reading { zone, directory: &directory, media_host };
        let last = calls.iter().rev().find_map(|call| time::local(call.start_time.as_deref()?));
        let next = match more {
            0 => Place::beyond(part, &whole),
            _ => Some(place.after(last, read)),
        };
        let Page { calls, unread, .. } = told(&calls, &legs, reading, span);
        Ok(Page {
            calls,
            unread: unread + lost + tally(read - known),
            next: next.map(Place::write),
            ..Page::default()
        })
    }

    /// The legs of the time in which these calls ran, by session, and how many could not be read. An account whose legs
    /// we may not see still has calls.
    async fn legs_of(&self, calls: &[Call]) -> Result<(Legs, u32), RpcError> {
        let (mut legs, mut lost, mut seen) = (Legs::new(), 0, HashSet::new());
        let Some(whole) = ran(calls) else { return Ok((legs, lost)) };
        let mut place = Some(Place::of(None, &whole));
        for _ in 0..MOST_LEG_QUESTIONS {
            let Some(at) = place else { break };
            let part = at.part(&whole);
            let Rows { rows, more } = match self.legs.ask(&self.account.data, part).await {
                Err(error) if error.refusal().is_some_and(|refusal| refusal.trouble().hides()) => {
                    tracing::warn!(reason = %error, "calls are read without their legs");
                    return Ok((legs, lost));
                }
                answer => answer?,
            };
            let (read, mut last) = (rows.len(), None);
            for leg in rows.into_iter().map(leg) {
                let Some((session, leg)) = leg else {
                    lost += 1;
                    continue;
                };
                last = leg.start_time.as_deref().and_then(time::local).or(last);
                if seen.insert(leg.id) || leg.id.is_none() {
                    legs.entry(session).or_default().push(leg);
                }
            }
            place = if more == 0 { Place::beyond(part, &whole) } else { Some(at.after(last, read)) };
        }
        if place.is_some() {
            tracing::warn!("the legs of a page of calls have no end: some calls are read without theirs");
        }
        Ok((legs, lost))
    }
}

fn told(rows: &[Call], legs: &Legs, reading: Reading<'_>, span: &Range<DateTime<Utc>>) -> Page {
    let mut page = Page::default();
    for row in rows {
        let own = row.id.and_then(|id| legs.get(&id)).map_or(&[][..], Vec::as_slice);
        match map::call(row, own, reading) {
            Ok(call) if span.contains(&call.started_at) => page.calls.push(call),
            Ok(_) => {}
            Err(unclear) => {
                tracing::warn!(id = row.id, %unclear, "a call of the report cannot be read");
                page.unread += 1;
            }
        }
    }
    page
}

fn leg(row: Value) -> Option<(i64, Leg)> {
    let leg: Leg = serde_json::from_value(row).ok()?;
    Some((leg.call_session_id?, leg))
}

/// From the beginning of the first to the end of the last, on the account's clock.
fn ran(calls: &[Call]) -> Option<Range<NaiveDateTime>> {
    let starts = || calls.iter().filter_map(|call| time::local(call.start_time.as_deref()?));
    let ends = calls.iter().filter_map(|call| time::local(call.finish_time.as_deref()?));
    let end = ends.chain(starts()).max()?;
    Some(starts().min()?..end + TimeDelta::seconds(1))
}

fn tally(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl History for Calls {
    fn source(&self) -> &str {
        SOURCE_CALLS
    }

    fn provider(&self) -> &str {
        NAME
    }

    fn page<'a>(
        &'a self,
        span: &'a Range<DateTime<Utc>>,
        next: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Page, HistoryError>> {
        self.read(span, next).boxed()
    }
}
