//! The door at which notifications arrive: who comes in, and when they are answered.

use std::net::SocketAddr;
use std::time::Duration;

use chrono::Utc;
use pult::telephony::uis::listener::{self, Heard, Listener};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::timeout;

const SECRET: &str = "a-secret-of-the-cabinet";

pub fn doorway(allow: &[&str], trusted: &[&str]) -> listener::Settings {
    let nets = |list: &[&str]| list.iter().map(|net| net.parse().unwrap()).collect();
    let settings = listener::Settings {
        address: "127.0.0.1:0".parse().unwrap(),
        secret: SECRET.into(),
        allow: nets(allow),
        trusted_proxies: nets(trusted),
    };
    settings.checked().unwrap()
}

/// A listener; everything that it hears.
async fn listening(settings: listener::Settings, patience: Duration) -> (SocketAddr, mpsc::Receiver<Heard>) {
    let (sender, heard) = mpsc::channel(16);
    let listener = Listener::bind(settings, sender).await.unwrap().with_patience(patience);
    let address = listener.address().unwrap();
    tokio::spawn(listener.serve());
    (address, heard)
}

/// The status of the answer to one request.
async fn ask(address: SocketAddr, method: &str, target: &str, more: &str, body: &str) -> u16 {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let length = body.len();
    let head = format!(
        "{method} {target} HTTP/1.1\r\nHost: desk\r\nConnection: close\r\nContent-Length: {length}\r\n{more}\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    // Whoever is refused early may find the door shut before the body is out.
    let _ = stream.write_all(body.as_bytes()).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
}

pub fn arrived(id: u64) -> String {
    json!({
        "notification_mnemonic": "in_call_session",
        "notification_timestamp": Utc::now().timestamp(),
        "call_session_id": id,
        "contact_phone_number": "79160000011",
        "virtual_phone_number": "74950000001",
    })
    .to_string()
}

/// Whoever keeps everything at once.
fn keep(mut heard: mpsc::Receiver<Heard>) {
    tokio::spawn(async move {
        while let Some(heard) = heard.recv().await {
            heard.receipt.tell();
        }
    });
}

#[tokio::test]
async fn strangers_find_nothing() {
    let (address, heard) = listening(doorway(&[], &[]), Duration::from_secs(5)).await;
    keep(heard);
    let good = format!("/uis/{SECRET}/in_call_session");
    for (method, target) in [
        ("POST", "/".to_owned()),
        ("POST", "/uis".to_owned()),
        ("POST", "/uis/".to_owned()),
        ("POST", "/uis/another-secret-of-it".to_owned()),
        ("POST", format!("/uis/{SECRET}x")),
        ("POST", format!("/uis/{}", &SECRET[1..])),
        ("POST", format!("/other/{SECRET}")),
        ("POST", format!("{good}/more")),
        ("PUT", good.clone()),
        ("DELETE", good.clone()),
    ] {
        assert_eq!(ask(address, method, &target, "", &arrived(1)).await, 404, "{method} {target}");
    }
    assert_eq!(ask(address, "POST", &good, "", &arrived(1)).await, 200);
    assert_eq!(ask(address, "GET", &format!("{good}?call_session_id=1"), "", "").await, 200);
    assert_eq!(ask(address, "POST", &good, "", &"x".repeat(70_000)).await, 413);
}

#[tokio::test]
async fn the_list_of_addresses_counts_and_only_a_trusted_proxy_speaks_for_others() {
    let good = format!("/uis/{SECRET}/in_call_session");
    let via = |hops: &str| format!("X-Forwarded-For: {hops}\r\n");
    let open = |allow: &'static [&str], trusted: &'static [&str]| async move {
        let (address, heard) = listening(doorway(allow, trusted), Duration::from_secs(5)).await;
        keep(heard);
        address
    };
    let strict = open(&["192.0.2.0/24"], &[]).await;
    assert_eq!(ask(strict, "POST", &good, "", &arrived(1)).await, 404);
    assert_eq!(ask(strict, "POST", &good, &via("192.0.2.7"), &arrived(1)).await, 404);
    let proxied = open(&["192.0.2.0/24"], &["127.0.0.1"]).await;
    assert_eq!(ask(proxied, "POST", &good, &via("192.0.2.7"), &arrived(1)).await, 200);
    assert_eq!(ask(proxied, "POST", &good, &via("192.0.2.7, 203.0.113.5"), &arrived(1)).await, 404);
    assert_eq!(ask(proxied, "POST", &good, &via("203.0.113.5, 192.0.2.7"), &arrived(1)).await, 200);
    assert_eq!(ask(proxied, "POST", &good, &via("nonsense"), &arrived(1)).await, 404);
}

#[tokio::test]
async fn the_answer_waits_for_the_disk() {
    let (address, mut heard) = listening(doorway(&[], &[]), Duration::from_millis(200)).await;
    let target = format!("/uis/{SECRET}");
    let waiting = tokio::spawn({
        let target = target.clone();
        async move { ask(address, "POST", &target, "", &arrived(1)).await }
    });
    let first = heard.recv().await.unwrap();
    assert!(!waiting.is_finished());
    first.receipt.tell();
    assert_eq!(waiting.await.unwrap(), 200);
    assert_eq!(ask(address, "POST", &target, "", &arrived(2)).await, 503, "nobody wrote it down");
    drop(heard);
    assert_eq!(ask(address, "POST", &target, "", &arrived(3)).await, 503);
}

#[tokio::test]
async fn a_crowd_that_says_nothing_is_shown_out_and_keeps_nobody_away() {
    let (address, heard) = listening(doorway(&[], &[]), Duration::from_millis(100)).await;
    keep(heard);
    let mut crowd = Vec::new();
    for _ in 0..200 {
        let mut guest = TcpStream::connect(address).await.unwrap();
        guest.write_all(b"POST /uis/").await.unwrap();
        crowd.push(guest);
    }
    let target = format!("/uis/{SECRET}");
    let asked = timeout(Duration::from_secs(5), ask(address, "POST", &target, "", &arrived(1))).await;
    assert_eq!(asked.expect("a place in time"), 200);
    let shown_out = timeout(Duration::from_secs(5), crowd[0].read_to_end(&mut Vec::new())).await;
    assert!(shown_out.is_ok());
}

#[tokio::test]
async fn what_nobody_can_read_is_kept_and_answered_well() {
    let (address, mut heard) = listening(doorway(&[], &[]), Duration::from_secs(5)).await;
    for body in [
        "",
        "<xml/>",
        "{{{{",
        "{\"notification_name\":\"Звонок\"}",
        "{\"notification_mnemonic\":\"in_call_session\"}",
    ] {
        let asked =
            tokio::spawn(async move { ask(address, "POST", &format!("/uis/{SECRET}"), "", body).await });
        let one = heard.recv().await.unwrap();
        one.receipt.tell();
        assert_eq!(asked.await.unwrap(), 200);
        let listener::What::Unread(unread) = one.what else { panic!("{body} was read") };
        assert_eq!((unread.provider.as_str(), unread.body.as_str()), ("uis", body));
        assert!(!unread.reason.is_empty());
    }
}
