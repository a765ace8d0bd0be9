//! Where notifications arrive: HTTP on the clinic's own machine, behind its reverse proxy.
//!
//! Whoever does not know the secret of the address, or comes from elsewhere, learns not even that something listens
//! here. Answers once what was said is on the disk: the platform promises no second try. Knows no call.

mod gate;
mod net;
mod request;
mod strangers;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::StatusCode;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::time::timeout;

pub use net::{Net, NoNet};

use self::gate::{Gate, Peer};
use self::strangers::Strangers;
use super::notice::Notice;
use crate::telephony::{Receipt, Unread};

/// The platform's own patience is not documented; longer than this nobody waits for a disk.
const PATIENCE: Duration = Duration::from_secs(8);

/// So many times that long a guest may say nothing.
const SILENCE: u32 = 5;

#[derive(Clone, PartialEq)]
pub struct Settings {
    pub address: SocketAddr,
    /// Part of the address that only the cabinet knows.
    pub secret: String,
    /// Who may send; empty: whoever knows the secret.
    pub allow: Vec<Net>,
    /// Whose word on where a request comes from counts.
    pub trusted_proxies: Vec<Net>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SettingsError {
    #[error("the secret must be at least {SHORTEST_SECRET} letters, digits, - or _")]
    Secret,
}

const SHORTEST_SECRET: usize = 16;

/// What came, and whoever waits for it to be on the disk.
pub struct Heard {
    pub what: What,
    pub receipt: Receipt,
}

#[derive(Clone, PartialEq, Debug)]
pub enum What {
    Notice(Box<Notice>),
    Unread(Box<Unread>),
}

pub struct Listener {
    socket: TcpListener,
    door: Arc<Door>,
}

struct Door {
    settings: Settings,
    strangers: Strangers,
    heard: mpsc::Sender<Heard>,
    patience: Duration,
}

impl Settings {
    pub fn checked(self) -> Result<Settings, SettingsError> {
        let plain = self.secret.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        let good = plain && self.secret.len() >= SHORTEST_SECRET;
        if good { Ok(self) } else { Err(SettingsError::Secret) }
    }
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Settings({}, …)", self.address)
    }
}

impl Listener {
    pub async fn bind(settings: Settings, heard: mpsc::Sender<Heard>) -> io::Result<Listener> {
        let socket = TcpListener::bind(settings.address).await?;
        let door = Door { settings, strangers: Strangers::default(), heard, patience: PATIENCE };
        Ok(Listener { socket, door: Arc::new(door) })
    }

    /// How long a sender waits for the disk; tests hurry it.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Listener {
        if let Some(door) = Arc::get_mut(&mut self.door) {
            door.patience = patience;
        }
        self
    }

    pub fn address(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }

    /// Until it is dropped.
    pub async fn serve(self) -> io::Result<()> {
        let gate = Gate::new(self.socket, self.door.patience * SILENCE);
        let app = Router::new().fallback(answer).with_state(self.door);
        axum::serve(gate, app.into_make_service_with_connect_info::<Peer>()).await
    }
}

async fn answer(
    State(door): State<Arc<Door>>,
    ConnectInfo(Peer(peer)): ConnectInfo<Peer>,
    request: Request,
) -> StatusCode {
    let Some(entry) = request::entry(&request, peer.ip(), &door.settings) else {
        door.strangers.note();
        return StatusCode::NOT_FOUND;
    };
    match timeout(door.patience, door.take(entry, request)).await {
        Ok(status) => status,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

impl Door {
    async fn take(&self, entry: request::Entry, request: Request) -> StatusCode {
        let Ok(what) = request::read(entry, request).await else { return StatusCode::PAYLOAD_TOO_LARGE };
        let receipt = Receipt::default();
        let heard = Heard { what, receipt: receipt.clone() };
        if self.heard.send(heard).await.is_err() {
            return StatusCode::SERVICE_UNAVAILABLE;
        }
        receipt.told().await;
        StatusCode::OK
    }
}
