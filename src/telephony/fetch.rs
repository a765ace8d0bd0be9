//! Sound over HTTP, streamed into a file: never held in memory, never larger than allowed, never taken for sound by its
//! name. Where it may be fetched from is the adapter's to say: what a recording is called is somebody else's text.

use std::sync::Arc;
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode, Url};
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use super::web::{self, NoTls};
use super::{FetchError, Fetched, SoundForm};

/// Silence between two pieces of a recording after which it is given up for now.
const SILENCE: Duration = Duration::from_secs(30);

const MOST_REDIRECTS: usize = 5;

/// Enough of a file's beginning to tell its form.
const HEAD: usize = 12;

/// A client that follows a redirect only to where it would have been allowed to begin.
pub fn client(allowed: impl Fn(&Url) -> bool + Send + Sync + 'static) -> Result<Client, NoTls> {
    let allowed = Arc::new(allowed);
    let follow = Policy::custom(move |attempt| {
        if attempt.previous().len() > MOST_REDIRECTS || !allowed(attempt.url()) {
            attempt.error("redirected to where nothing is fetched from")
        } else {
            attempt.follow()
        }
    });
    web::built(web::builder()?.redirect(follow).read_timeout(SILENCE))
}

/// `url` is allowed already. A 404 is taken for "not ready": recordings appear some time after the talk, and whoever
/// keeps them knows how long ago that was.
pub async fn http(client: &Client, url: Url, into: &mut File, at_most: u64) -> Result<Fetched, FetchError> {
    let response = client.get(url).send().await.map_err(|error| lost(&error))?;
    match response.status() {
        StatusCode::NOT_FOUND | StatusCode::TOO_EARLY | StatusCode::ACCEPTED => {
            return Err(FetchError::NotReady);
        }
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::PROXY_AUTHENTICATION_REQUIRED => {
            return Err(FetchError::Refused(format!("HTTP status {}", response.status())));
        }
        status if status.is_server_error() || is_passing(status) => {
            return Err(FetchError::Unreachable(format!("HTTP status {status}")));
        }
        status if !status.is_success() => return Err(FetchError::Gone(format!("HTTP status {status}"))),
        _ => {}
    }
    if response.content_length().is_some_and(|length| length > at_most) {
        return Err(FetchError::TooLarge(at_most));
    }
    stream(response, into, at_most).await
}

/// Too many questions, or too slow: another time it may work.
fn is_passing(status: StatusCode) -> bool {
    matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT)
}

async fn stream(mut response: Response, into: &mut File, at_most: u64) -> Result<Fetched, FetchError> {
    let (mut head, mut form, mut bytes) = (vec![], None, 0);
    while let Some(chunk) = response.chunk().await.map_err(|error| lost(&error))? {
        bytes += chunk.len() as u64;
        if bytes > at_most {
            return Err(FetchError::TooLarge(at_most));
        }
        if form.is_none() {
            head.extend_from_slice(&chunk);
            if head.len() < HEAD {
                continue;
            }
            form = Some(SoundForm::of(&head).ok_or_else(no_sound)?);
            into.write_all(&std::mem::take(&mut head)).await?;
        } else {
            into.write_all(&chunk).await?;
        }
    }
    into.flush().await?;
    Ok(Fetched { bytes, form: form.ok_or_else(no_sound)? })
}

fn no_sound() -> FetchError {
    FetchError::NoSound("neither MP3 nor WAV nor Ogg".into())
}

fn lost(error: &reqwest::Error) -> FetchError {
    let reason = web::reason(error);
    if error.is_redirect() { FetchError::Refused(reason) } else { FetchError::Unreachable(reason) }
}
