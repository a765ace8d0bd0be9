//! HTTP clients that carry our own TLS: ring alone, no provider of the whole process, no proxy from the environment.

use std::error::Error;
use std::iter;
use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, ClientBuilder, Url};
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};

use crate::domain::text;

/// Time for a connection to stand: name, TCP and TLS.
const CONNECT: Duration = Duration::from_secs(10);

#[derive(Clone, PartialEq, Debug, thiserror::Error)]
#[error("no secure connections can be made here: {0}")]
pub struct NoTls(String);

/// To be finished with what the caller needs of timeouts and redirects.
pub fn builder() -> Result<ClientBuilder, NoTls> {
    let mut roots = RootCertStore::from_iter(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    // A clinic may have a certificate authority of its own between itself and the world.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| NoTls(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Client::builder().tls_backend_preconfigured(tls).no_proxy().connect_timeout(CONNECT))
}

pub fn built(builder: ClientBuilder) -> Result<Client, NoTls> {
    builder.build().map_err(|error| NoTls(error.without_url().to_string()))
}

/// The innermost cause is what a person can do something about (`connection refused`, an invalid certificate).
pub fn reason(error: &reqwest::Error) -> String {
    match iter::successors(error.source(), |&cause| cause.source()).last() {
        Some(cause) => text::clean(&cause.to_string()),
        None => "the connection broke".into(),
    }
}

/// HTTPS, or plain HTTP that never leaves this machine.
pub fn is_private(url: &Url) -> bool {
    url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url))
}

fn is_loopback(url: &Url) -> bool {
    match url.host_str() {
        Some("localhost") => true,
        Some(host) => {
            host.trim_matches(['[', ']']).parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
        }
        None => false,
    }
}
