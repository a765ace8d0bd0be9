//! What goes wrong on command, for the next answers of one kind or until it is mended.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use futures_util::stream;
use serde_json::{Value, json};
use tokio::sync::Notify;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    Data,
    Call,
    Media,
    Any,
    /// Of either API, e.g. `get.calls_report`.
    Method(&'static str),
}

#[derive(Clone, Debug)]
pub enum Trouble {
    /// No answer comes until the trouble is mended.
    Hang,
    /// The answer comes in ten pieces with this pause before each.
    Slow(Duration),
    /// The connection breaks after half of the answer.
    CutInBody,
    /// Status 500 and a page for people.
    HtmlError,
    /// The answer stops in the middle as if that were its end.
    BrokenJson,
    /// Values of `data` have other types than documented.
    WrongTypes,
    /// An error of the vendor's own: group and mnemonic.
    Refuse(i32, &'static str),
}

/// A handle; clones share what is broken.
#[derive(Clone, Default)]
pub struct Faults(Arc<Inner>);

#[derive(Default)]
struct Inner {
    cut: AtomicBool,
    planned: Mutex<Vec<Planned>>,
    mended: Notify,
}

struct Planned {
    target: Target,
    trouble: Trouble,
    /// `None`: until it is mended.
    times: Option<u32>,
}

impl Faults {
    /// Breaks every connection and lets no new one in.
    pub fn cut(&self) {
        self.0.cut.store(true, Ordering::SeqCst);
    }

    /// Whether the next byte breaks the connection.
    pub fn is_cut(&self) -> bool {
        self.0.cut.load(Ordering::SeqCst)
    }

    /// The next `times` answers of `target` go wrong, one planned trouble after the other.
    pub fn next(&self, target: Target, trouble: Trouble, times: u32) {
        self.0.planned.lock().unwrap().push(Planned { target, trouble, times: Some(times) });
    }

    /// Every answer of `target` goes wrong until [`mend`](Faults::mend).
    pub fn until_mended(&self, target: Target, trouble: Trouble) {
        self.0.planned.lock().unwrap().push(Planned { target, trouble, times: None });
    }

    /// All is well again, connections included.
    pub fn mend(&self) {
        self.0.cut.store(false, Ordering::SeqCst);
        self.0.planned.lock().unwrap().clear();
        self.0.mended.notify_waiters();
    }

    fn take(&self, (target, method): (Target, &str)) -> Option<Trouble> {
        let mut planned = self.0.planned.lock().unwrap();
        let meant = |one: &Planned| match one.target {
            Target::Any => true,
            Target::Method(name) => name == method,
            other => other == target,
        };
        let position = planned.iter().position(meant)?;
        let trouble = planned[position].trouble.clone();
        if let Some(times) = planned[position].times.as_mut() {
            *times -= 1;
            if *times == 0 {
                planned.remove(position);
            }
        }
        Some(trouble)
    }

    /// The answer as it leaves the house.
    pub(super) async fn spoil<F>(&self, asked: (Target, &str), body: Vec<u8>, whole: F) -> Response
    where
        F: FnOnce(Body) -> Response,
    {
        let mended = self.0.mended.notified();
        match self.take(asked) {
            None => whole(body.into()),
            Some(Trouble::Hang) => {
                mended.await;
                whole(body.into())
            }
            Some(Trouble::Slow(pause)) => whole(in_pieces(body, pause)),
            Some(Trouble::CutInBody) => whole(cut(body)),
            Some(Trouble::HtmlError) => {
                let page = Html("<html><body><h1>500 Internal Server Error</h1></body></html>");
                (StatusCode::INTERNAL_SERVER_ERROR, page).into_response()
            }
            Some(Trouble::BrokenJson) => whole(body[..body.len() / 2].to_vec().into()),
            Some(Trouble::WrongTypes) => whole(other_types(&body).into()),
            Some(Trouble::Refuse(code, mnemonic)) => whole(refusal(&body, code, mnemonic).into()),
        }
    }
}

fn in_pieces(body: Vec<u8>, pause: Duration) -> Body {
    let pieces: Vec<Bytes> = body.chunks(body.len() / 10 + 1).map(Bytes::copy_from_slice).collect();
    Body::from_stream(stream::unfold(pieces.into_iter(), move |mut pieces| async move {
        let piece = pieces.next()?;
        tokio::time::sleep(pause).await;
        Some((Ok::<_, std::io::Error>(piece), pieces))
    }))
}

fn cut(body: Vec<u8>) -> Body {
    let half = Bytes::copy_from_slice(&body[..body.len() / 2]);
    Body::from_stream(stream::iter([
        Ok(half),
        Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset)),
    ]))
}

fn other_types(body: &[u8]) -> Vec<u8> {
    let mut reply: Value = serde_json::from_slice(body).unwrap_or_default();
    if let Some(data) = reply.pointer_mut("/result/data") {
        match data {
            Value::Array(rows) => rows.iter_mut().for_each(twist),
            other => twist(other),
        }
    }
    reply.to_string().into_bytes()
}

fn twist(row: &mut Value) {
    for value in row.as_object_mut().into_iter().flat_map(|row| row.values_mut()) {
        *value = match value.take() {
            number @ Value::Number(_) => json!({ "value": number }),
            text @ Value::String(_) => json!([text]),
            other => json!(other.to_string()),
        };
    }
}

fn refusal(body: &[u8], code: i32, mnemonic: &'static str) -> Vec<u8> {
    let reply: Value = serde_json::from_slice(body).unwrap_or_default();
    super::rpc::reply(&reply["id"], Err(super::rpc::Fault::new(code, mnemonic)), None)
        .to_string()
        .into_bytes()
}
