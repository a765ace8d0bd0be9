//! pult in a process of its own, to be killed: the store, the engine and the whole UIS adapter, with the time that the
//! parent writes down. Speaks with the world through loopback alone, and ends with the parent.

use std::fs::File;
use std::io::{Read, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use pult::engine::sync::Pace;
use pult::engine::{Clock, Engine, Outside};
use pult::telephony::uis::rpc::Patience;
use pult::telephony::uis::{Account, Credentials, Settings, Uis, listener};
use serde::{Deserialize, Serialize};

use super::fake::world::{LOGIN, PASSWORD};

/// Holds the orders of a child; without it the test that is one does nothing.
const ORDERS: &str = "PULT_CHAOS_CHILD";
pub const SECRET: &str = "chaos-of-a-clinics-day";

#[derive(Serialize, Deserialize)]
pub struct Orders {
    pub store: PathBuf,
    pub clock: PathBuf,
    /// Of the fake, without a slash at the end.
    pub url: String,
    /// Where it listens for notifications.
    pub port: u16,
}

/// Milliseconds in a file that one process writes and another reads.
pub struct Hands(File);

impl Hands {
    pub fn make(path: &Path) -> Hands {
        Hands(File::options().create(true).truncate(false).read(true).write(true).open(path).unwrap())
    }

    pub fn set(&self, now: DateTime<Utc>) {
        self.0.write_all_at(&now.timestamp_millis().to_le_bytes(), 0).unwrap();
    }

    pub fn now(&self) -> DateTime<Utc> {
        let mut bytes = [0; 8];
        self.0.read_exact_at(&mut bytes, 0).unwrap();
        DateTime::from_timestamp_millis(i64::from_le_bytes(bytes)).unwrap()
    }
}

pub fn start(orders: &Orders) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child::runs_until_killed", "--nocapture"])
        .env(ORDERS, serde_json::to_string(orders).unwrap())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap()
}

/// The process that is killed. In a normal run of the tests there is nothing to do.
#[test]
fn runs_until_killed() {
    let Ok(orders) = std::env::var(ORDERS) else { return };
    let orders: Orders = serde_json::from_str(&orders).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let inside = runtime.enter();
    let _engine = run(&orders);
    drop(inside);
    // The parent's end of it closes when the parent ends, however it ends.
    let _ = std::io::stdin().read(&mut [0]);
    let _ = std::io::stdout().flush();
    std::process::exit(0);
}

fn run(orders: &Orders) -> Engine {
    let hands = Hands::make(&orders.clock);
    let clock: Clock = Arc::new(move || hands.now());
    let address = ([127, 0, 0, 1], orders.port).into();
    let listener =
        listener::Settings { address, secret: SECRET.into(), allow: vec![], trusted_proxies: vec![] };
    let settings = Settings {
        data_url: format!("{}/v2.0", orders.url),
        call_url: format!("{}/v4.0", orders.url),
        credentials: Credentials::Login { login: LOGIN.into(), password: PASSWORD.into() },
        virtual_number: None,
        poll: Duration::from_millis(5),
        media_hosts: vec!["127.0.0.1".into()],
        zone: None,
        listener: Some(listener),
    };
    let patience =
        Patience { answer: Duration::from_secs(5), retry: Duration::from_millis(20), ..Patience::default() };
    let account = Arc::new(Account::new(settings, clock.clone(), patience).unwrap());
    let outside = Outside {
        provider: Uis::new(account.clone(), clock.clone()),
        archive: Uis::archive(&account).unwrap(),
        pace: pace(),
        keeping: None,
    };
    let store = super::direct::opened(&orders.store);
    Engine::start(store, chrono_tz::Europe::Moscow, clock, outside)
}

fn pace() -> Pace {
    Pace {
        every: Duration::from_millis(200),
        late_every: Duration::from_secs(4 * 3_600),
        heartbeat: Duration::from_millis(20),
        retry: Duration::from_millis(20),
        ..Pace::default()
    }
}
