//! Recordings over HTTP: the address is the vendor's own secret, asked with no token, and somebody else's text until it
//! is seen to lead to one of the account's own hosts.

use std::sync::Arc;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use reqwest::{Client, Url};
use tokio::fs::File;

use super::NAME;
use crate::telephony::web::{self, NoTls};
use crate::telephony::{FetchError, Fetched, Recordings, fetch};

pub struct Media {
    client: Client,
    hosts: Arc<[String]>,
}

impl Media {
    /// `hosts`: as in [`Settings::media_hosts`](super::Settings::media_hosts).
    pub fn new(hosts: &[String]) -> Result<Media, NoTls> {
        let hosts: Arc<[String]> = hosts.into();
        let allowed = hosts.clone();
        Ok(Media { client: fetch::client(move |url| is_allowed(url, &allowed))?, hosts })
    }
}

/// Nothing else inside the clinic's network, on this machine or in the world is asked for what a report says.
fn is_allowed(url: &Url, hosts: &[String]) -> bool {
    let plain = url.username().is_empty() && url.password().is_none();
    let known = |host: &str| hosts.iter().any(|one| one.eq_ignore_ascii_case(host));
    plain && web::is_private(url) && url.host_str().is_some_and(known)
}

/// Addresses of old records begin with `http`; the vendor leads them to `https` itself.
fn secured(mut url: Url) -> Url {
    if !web::is_private(&url) && url.scheme() == "http" {
        let _ = url.set_scheme("https");
    }
    url
}

impl Recordings for Media {
    fn provider(&self) -> &str {
        NAME
    }

    fn fetch<'a>(
        &'a self,
        recording: &'a str,
        into: &'a mut File,
        at_most: u64,
    ) -> BoxFuture<'a, Result<Fetched, FetchError>> {
        async move {
            let strange = || FetchError::Refused("its address is none of the account's".into());
            let url = secured(Url::parse(recording).map_err(|_| strange())?);
            if !is_allowed(&url, &self.hosts) {
                return Err(strange());
            }
            fetch::http(&self.client, url, into, at_most).await
        }
        .boxed()
    }
}
