//! JSON-RPC 2.0 over POST to one endpoint: the Data API or the Call API.
//!
//! Puts the token into every question, renews it once and silently when it has run out, keeps count of the points.
//! The body is read first, whatever the HTTP status: the platform does not say which status goes with an error.

mod body;
mod envelope;
mod refusal;
mod token;

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

pub use envelope::Answer;
pub use refusal::{Refusal, Trouble};

use super::limits::Meter;
use super::{Clock, Credentials};
use crate::domain::reason::{self, Reason};
use crate::telephony::web::{self, NoTls};
use token::{Keeper, Token};

/// Times and sizes of one question; tests hurry them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Patience {
    /// For the whole answer: a report of a busy month takes the platform a while.
    pub answer: Duration,
    /// Bytes. A page of 500 calls with all its fields has about 2 MB.
    pub at_most: usize,
    /// Between two tries to reach a platform that does not answer, at least.
    pub retry: Duration,
}

impl Default for Patience {
    fn default() -> Patience {
        Patience { answer: Duration::from_secs(60), at_most: 32 * 1024 * 1024, retry: Duration::from_secs(5) }
    }
}

/// Why there is no answer; for people, and holds no secret.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum RpcError {
    #[error("{host} cannot be reached: {reason}")]
    Unreachable { host: String, reason: String },
    #[error("{0} does not answer in time")]
    Silent(String),
    #[error("what {host} answers is no JSON-RPC (HTTP status {status})")]
    NotRpc { host: String, status: u16 },
    #[error("the answer is larger than {0} bytes")]
    TooLarge(usize),
    /// An answer, but not of the shape that the documents give.
    #[error("the answer to {method} cannot be read: {reason}")]
    Unread { method: String, reason: String },
    #[error("{0}")]
    Refused(Box<Refusal>),
}

impl RpcError {
    /// What happened, without what to do about it.
    pub fn plainly(&self) -> String {
        self.refusal().map_or_else(|| self.to_string(), Refusal::words)
    }

    pub fn reason(&self) -> Reason {
        let trouble = match self {
            RpcError::Unreachable { .. } => reason::Trouble::Unreachable,
            RpcError::Silent(_) => reason::Trouble::Silent,
            RpcError::NotRpc { .. } | RpcError::TooLarge(_) | RpcError::Unread { .. } => {
                reason::Trouble::Garbled
            }
            RpcError::Refused(refusal) => refusal.trouble().kind(),
        };
        trouble.because(self.plainly())
    }

    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            RpcError::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    fn without(mut self, secret: &str) -> RpcError {
        if let RpcError::Refused(refusal) = &mut self {
            refusal.forget(secret);
        }
        self
    }

    fn is_stale_token(&self) -> bool {
        self.refusal().is_some_and(|refusal| refusal.trouble() == Trouble::Token)
    }
}

/// One endpoint. Shared by everybody who asks it.
pub struct Rpc {
    client: Client,
    url: Url,
    keeper: Keeper,
    meter: Meter,
    clock: Clock,
    patience: Patience,
    last_id: AtomicI64,
}

impl Rpc {
    /// `url` is as [`Settings::checked`](super::Settings::checked) let it pass.
    pub fn new(url: Url, credentials: Credentials, clock: Clock) -> Result<Rpc, NoTls> {
        Ok(Rpc {
            // A redirect would carry the token to somebody else.
            client: web::built(web::builder()?.redirect(Policy::none()))?,
            url,
            keeper: Keeper::new(credentials),
            meter: Meter::default(),
            clock,
            patience: Patience::default(),
            last_id: AtomicI64::new(0),
        })
    }

    #[must_use]
    pub fn with_patience(self, patience: Patience) -> Rpc {
        Rpc { patience, ..self }
    }

    pub fn patience(&self) -> Patience {
        self.patience
    }

    pub fn meter(&self) -> &Meter {
        &self.meter
    }

    pub fn now(&self) -> chrono::DateTime<chrono::Utc> {
        (self.clock)()
    }

    /// Asks. `params` is a struct or a map without the token.
    pub async fn call<P, R>(&self, method: &str, params: P) -> Result<Answer<R>, RpcError>
    where
        P: Serialize,
        R: DeserializeOwned,
    {
        let params = serde_json::to_value(params).map_err(|error| unread(method, &error))?;
        let token = self.keeper.token(self).await?;
        match self.ask(method, &params, &token).await {
            Err(error) if error.is_stale_token() => {
                let token = self.keeper.renewed(self, &token, error).await?;
                self.ask(method, &params, &token).await
            }
            answer => answer,
        }
    }

    async fn ask<R: DeserializeOwned>(
        &self,
        method: &str,
        params: &Value,
        token: &Token,
    ) -> Result<Answer<R>, RpcError> {
        let mut params = params.clone();
        if let Value::Object(fields) = &mut params {
            fields.insert("access_token".into(), token.reveal().into());
        }
        self.post(method, params).await.map_err(|error| error.without(token.reveal()))
    }

    async fn post<R: DeserializeOwned>(&self, method: &str, params: Value) -> Result<Answer<R>, RpcError> {
        let id = self.last_id.fetch_add(1, Ordering::Relaxed) + 1;
        let question = json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
        let sent = self.client.post(self.url.clone()).timeout(self.patience.answer);
        let sent = sent.header(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=UTF-8"));
        let lost = |error: reqwest::Error| self.lost(&error);
        // A body of known length: the platform wants Content-Length, no chunks.
        let response = sent.body(question.to_string()).send().await.map_err(lost)?;
        let status = response.status().as_u16();
        let body = body::whole(response, self.patience.at_most).await.map_err(|lost| match lost {
            body::Lost::TooLarge => RpcError::TooLarge(self.patience.at_most),
            body::Lost::Broken(error) => self.lost(&error),
        })?;
        let host = || self.host();
        let said = envelope::open(&body).ok_or_else(|| RpcError::NotRpc { host: host(), status })?;
        self.read(method, said)
    }

    fn read<R: DeserializeOwned>(&self, method: &str, said: envelope::Said) -> Result<Answer<R>, RpcError> {
        if let Some(told) = said.limits() {
            self.meter.note(&told, self.now());
        }
        match said {
            envelope::Said::Result(result) => result.answer().map_err(|error| unread(method, &error)),
            envelope::Said::Error(error) => {
                let refusal = Refusal::from(error);
                if refusal.trouble() == Trouble::Limit {
                    self.meter.refused(self.now());
                }
                Err(RpcError::Refused(Box::new(refusal)))
            }
        }
    }

    fn lost(&self, error: &reqwest::Error) -> RpcError {
        if error.is_timeout() {
            return RpcError::Silent(self.host());
        }
        RpcError::Unreachable { host: self.host(), reason: web::reason(error) }
    }

    fn host(&self) -> String {
        self.url.host_str().unwrap_or_default().to_owned()
    }
}

fn unread(method: &str, error: &serde_json::Error) -> RpcError {
    // The error's own text quotes the data: only where and what kind goes on.
    let reason = format!("{:?} at line {} column {}", error.classify(), error.line(), error.column());
    RpcError::Unread { method: method.to_owned(), reason }
}
