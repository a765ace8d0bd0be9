//! Who may come in, and what they bring.

use std::net::IpAddr;

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::{HeaderMap, Method};
use subtle::ConstantTimeEq;

use super::{Net, Settings, What};
use crate::domain::text;
use crate::telephony::Unread;
use crate::telephony::uis::NAME;
use crate::telephony::uis::notice::{Kind, Notice, Sent};

/// The longest template with all its values has about 8 KB.
const LARGEST: usize = 64 * 1024;
/// What is kept of what nobody could read, in characters.
const KEPT: usize = 2000;
/// Addresses looked at in one `X-Forwarded-For`.
const MOST_HOPS: usize = 16;

/// Somebody who may speak, and of what by our own address.
pub struct Entry {
    event: Option<String>,
}

pub struct TooLarge;

/// `None`: not for us, not from whom it may come, or without the secret.
pub fn entry(request: &Request, peer: IpAddr, settings: &Settings) -> Option<Entry> {
    let path = request.uri().path().strip_prefix("/uis/")?;
    let (secret, event) = path.split_once('/').map_or((path, None), |(secret, event)| (secret, Some(event)));
    let event = event.map(|event| event.trim_end_matches('/')).filter(|event| !event.is_empty());
    let known = bool::from(secret.as_bytes().ct_eq(settings.secret.as_bytes()));
    let method = matches!(*request.method(), Method::GET | Method::POST);
    let deep = event.is_some_and(|event| event.contains('/'));
    let welcome = known && method && !deep && is_allowed(source(peer, request.headers(), settings), settings);
    welcome.then(|| Entry { event: event.map(str::to_owned) })
}

fn is_allowed(address: IpAddr, settings: &Settings) -> bool {
    settings.allow.is_empty() || among(&settings.allow, address)
}

fn among(nets: &[Net], address: IpAddr) -> bool {
    nets.iter().any(|net| net.contains(address))
}

/// The nearest address that is no proxy of ours: only those tell the truth about who is behind them.
fn source(peer: IpAddr, headers: &HeaderMap, settings: &Settings) -> IpAddr {
    let lines = headers.get_all("x-forwarded-for").iter().rev().filter_map(|line| line.to_str().ok());
    let hops =
        lines.flat_map(|line| line.rsplit(',')).take(MOST_HOPS).map(|hop| hop.trim().parse::<IpAddr>());
    let mut source = peer;
    for hop in hops {
        match hop {
            Ok(hop) if among(&settings.trusted_proxies, source) => source = hop,
            _ => return source,
        }
    }
    source
}

pub async fn read(entry: Entry, request: Request) -> Result<What, TooLarge> {
    let query = request.uri().query().unwrap_or_default().to_owned();
    let body = to_bytes(request.into_body(), LARGEST).await.map_err(|_| TooLarge)?;
    let notice = Notice::read(&Sent { event: entry.event.as_deref(), query: &query, body: &body });
    Ok(match fault(&notice) {
        None => What::Notice(Box::new(notice)),
        Some(reason) => What::Unread(Box::new(Unread {
            provider: NAME.into(),
            body: kept(&body, &query),
            reason: reason.to_owned(),
        })),
    })
}

fn fault(notice: &Notice) -> Option<&'static str> {
    match notice.kind {
        None => Some("it does not say what happened: take the template from `pult uis templates`"),
        Some(Kind::Aside) => None,
        Some(_) if notice.session().is_none() => Some("it names no call: the template lacks call_session_id"),
        Some(_) => None,
    }
}

fn kept(body: &[u8], query: &str) -> String {
    let body = String::from_utf8_lossy(body);
    let said = if body.trim().is_empty() { query } else { &*body };
    said.chars().filter(|&c| c == '\n' || text::is_visible(c)).take(KEPT).collect()
}
