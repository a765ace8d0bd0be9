//! `uis.leads`: what people wrote in the forms of the site.
//!
//! This report cannot be sorted by time, so a time in which it has more than one answer holds is halved.

use std::ops::Range;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use serde_json::Value;

use super::place::Place;
use super::report::{Part, Report, Rows};
use super::{admitted, refused};
use crate::domain::lead::Lead;
use crate::telephony::uis::account::Account;
use crate::telephony::uis::map::{self, Directory, Reading, time};
use crate::telephony::uis::rpc::{RpcError, Trouble};
use crate::telephony::uis::wire::{Message, Visit};
use crate::telephony::uis::{NAME, SOURCE_LEADS};
use crate::telephony::{History, HistoryError, Page};

/// The most an answer holds.
const PAGE: usize = 10_000;

pub struct Leads {
    account: Arc<Account>,
    messages: Report,
}

impl Leads {
    pub fn new(account: Arc<Account>) -> Leads {
        let columns = Message::WANTED.into_iter().chain(Visit::WANTED);
        let messages = Report::new("get.offline_messages_report", PAGE, None, &Message::NEEDED, columns);
        Leads { account, messages }
    }

    /// Leads in one answer; tests want few.
    #[must_use]
    pub fn with_page(mut self, leads: usize) -> Leads {
        self.messages.limit = leads;
        self
    }

    async fn read(&self, span: &Range<DateTime<Utc>>, next: Option<&str>) -> Result<Page, HistoryError> {
        admitted(&self.account)?;
        match self.ask(span, next).await {
            // Forms are a component of their own: without it there are none.
            Err(error) if error.refusal().is_some_and(|refusal| refusal.trouble() == Trouble::Component) => {
                Ok(Page::default())
            }
            answer => answer.map_err(|error| refused(&self.account, error)),
        }
    }

    async fn ask(&self, span: &Range<DateTime<Utc>>, next: Option<&str>) -> Result<Page, RpcError> {
        let zone = self.account.zone().await?;
        let whole = time::covering(span, zone);
        let (part, Rows { rows, more }) = self.all_of(Place::of(next, &whole).part(&whole)).await?;
        let reading = Reading { zone, directory: &Directory::default(), media_host: None };
        let mut page = Page { unread: u32::try_from(more).unwrap_or(u32::MAX), ..Page::default() };
        for row in rows {
            match lead(row, reading) {
                Some(lead) if span.contains(&lead.left_at) => page.leads.push(lead),
                Some(_) => {}
                None => page.unread += 1,
            }
        }
        Ok(Page { next: Place::beyond(part, &whole).map(Place::write), ..page })
    }

    /// As long a beginning of `part` as fits into one answer.
    async fn all_of(&self, mut part: Part) -> Result<(Part, Rows), RpcError> {
        loop {
            let rows = self.messages.ask(&self.account.data, part).await?;
            let half = TimeDelta::seconds((part.till - part.from).num_seconds() / 2);
            if rows.more == 0 || half.is_zero() {
                return Ok((part, rows));
            }
            part.till = part.from + half;
        }
    }
}

fn lead(row: Value, reading: Reading<'_>) -> Option<Lead> {
    let row: Message = serde_json::from_value(row).ok()?;
    let lead = map::lead(&row, reading);
    lead.inspect_err(
        |unclear| tracing::warn!(id = row.id, %unclear, "a message of the report cannot be read"),
    )
    .ok()
}

impl History for Leads {
    fn source(&self) -> &str {
        SOURCE_LEADS
    }

    fn provider(&self) -> &str {
        NAME
    }

    fn tells_calls(&self) -> bool {
        false
    }

    fn page<'a>(
        &'a self,
        span: &'a Range<DateTime<Utc>>,
        next: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Page, HistoryError>> {
        self.read(span, next).boxed()
    }
}
