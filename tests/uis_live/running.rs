//! The live side as it runs: over loopback, with a clock and a store of its own.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use pult::domain::call::{CallKey, CallResult, Direction, Phase, Snapshot};
use pult::domain::desk::Link;
use pult::domain::phone::Phone;
use pult::domain::reason::Trouble;
use pult::telephony::uis::listener::{self, Heard, Listener};
use pult::telephony::uis::orders::Orders;
use pult::telephony::uis::rpc::Patience;
use pult::telephony::uis::switchboard::{self, Lines, Switchboard};
use pult::telephony::uis::{Account, Credentials, Settings, Uis};
use pult::telephony::{Event, Hearing, Order, OrderError, Placed, Provider};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::timeout;

use crate::api::Api;

const SECRET: &str = "a-secret-of-the-cabinet";

fn doorway(allow: &[&str], trusted: &[&str]) -> listener::Settings {
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

fn arrived(id: u64) -> String {
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

struct Desk {
    api: Api,
    events: mpsc::Receiver<Event>,
    orders: mpsc::Sender<Placed>,
    heard: mpsc::Sender<Heard>,
}

async fn desk(api: Api) -> Desk {
    api.data("get.account", json!([{ "app_id": 1, "timezone": "Europe/Moscow" }]));
    let employee =
        json!({ "id": 1201, "full_name": "Орлова Анна", "extension": { "extension_phone_number": "101" } });
    api.data("get.employees", json!([employee]));
    api.data("get.virtual_numbers", json!([]));
    api.data("get.campaigns", json!([]));
    let url = api.open().await;
    let settings = Settings {
        data_url: url.clone(),
        call_url: url,
        credentials: Credentials::Key("key".into()),
        virtual_number: Some("74950000001".into()),
        poll: Duration::from_millis(20),
        media_hosts: vec![],
        zone: None,
        listener: None,
    };
    let clock: pult::telephony::uis::Clock = Arc::new(Utc::now);
    let account = Arc::new(Account::new(settings, clock.clone(), Patience::default()).unwrap());
    let (event_sender, events) = mpsc::channel(256);
    let (orders, placed) = mpsc::channel(16);
    let (heard, listener) = mpsc::channel(16);
    let staff = [("1201".to_owned(), "101".to_owned())].into();
    let (_, known) = watch::channel(switchboard::Account { zone: chrono_tz::Europe::Moscow, staff });
    let lines = Lines { heard: Some(listener), orders: placed, account: known };
    let poll = account.settings.poll;
    let board = Switchboard { orders: Orders(account), poll, clock, events: event_sender };
    tokio::spawn(board.run(lines));
    Desk { api, events, orders, heard }
}

impl Desk {
    /// The first event that says it.
    async fn event<T>(&mut self, what: impl Fn(Event) -> Option<T>) -> T {
        let found = async {
            loop {
                if let Some(found) = what(self.events.recv().await.unwrap()) {
                    return found;
                }
            }
        };
        timeout(Duration::from_secs(10), found).await.expect("the event in time")
    }

    async fn call(&mut self, what: impl Fn(&Snapshot) -> bool) -> Snapshot {
        let call = |event| match event {
            Event::Call(call) if what(&call) => Some(*call),
            _ => None,
        };
        self.event(call).await
    }

    async fn order(&self, order: Order) -> Result<(), OrderError> {
        let (done, result) = oneshot::channel();
        self.orders.send(Placed { order, done }).await.unwrap();
        timeout(Duration::from_secs(10), result).await.unwrap().unwrap()
    }
}

fn running(id: u64, legs: Value) -> Value {
    json!({
        "call_session_id": id, "direction": "in", "start_time": "2026-03-02T10:00:00.5",
        "virtual_phone_number": "74950000001", "contact_phone_number": "79160000011", "external_id": null,
        "tags": [], "legs": legs,
    })
}

fn key(id: &str) -> CallKey {
    CallKey { provider: "uis".into(), id: id.into() }
}

#[tokio::test]
async fn the_first_list_is_the_whole_picture_and_what_vanishes_is_over() {
    let api = Api::default();
    let talk = json!([{ "leg_id": 1, "is_operator": true, "employee_id": 1201, "state": "Разговор" }]);
    api.data("list.calls", json!([running(7001, talk)]));
    let mut desk = desk(api).await;
    let live = |event| match event {
        Event::Live { calls, .. } => Some(calls),
        _ => None,
    };
    assert_eq!(desk.event(live).await, [key("7001")]);
    desk.event(|event| matches!(event, Event::Link(Link::Up { .. })).then_some(())).await;
    desk.call(|call| call.phase == Phase::Talking).await;
    desk.api.data("list.calls", json!([]));
    let over = desk.call(|call| !call.is_live()).await;
    assert_eq!((over.key, over.result), (key("7001"), Some(CallResult::Answered)));
    desk.api.refuses("list.calls", -32003, "ip_not_whitelisted");
    let reason = |event| match event {
        Event::Link(Link::Down { reason, .. }) => Some(reason),
        _ => None,
    };
    let reason = desk.event(reason).await;
    assert_eq!(reason.trouble, Trouble::Address);
    assert!(reason.details.contains("ip_not_whitelisted"));
}

#[tokio::test]
async fn without_points_for_the_day_the_link_does_not_pretend_to_be_up() {
    let api = Api::default();
    let limits = json!({ "day_limit": 750, "day_remaining": 0, "day_reset": 7_200 });
    let answer = json!({ "result": { "data": [], "metadata": { "limits": limits } } });
    api.on("list.calls", move |_| answer.clone());
    let mut desk = desk(api).await;
    desk.event(|event| matches!(event, Event::Link(Link::Up { .. })).then_some(())).await;
    let reason = |event| match event {
        Event::Link(Link::Down { reason, .. }) => Some(reason),
        _ => None,
    };
    let spent = timeout(Duration::from_secs(1), desk.event(reason)).await;
    assert!(spent.expect("at once").details.contains("used up"));
}

#[tokio::test]
async fn a_notification_is_told_before_its_receipt() {
    let api = Api::default();
    api.data("list.calls", json!([]));
    let mut desk = desk(api).await;
    let notice = pult::telephony::uis::notice::Notice::read(&pult::telephony::uis::notice::Sent {
        body: arrived(7002).as_bytes(),
        ..Default::default()
    });
    let receipt = pult::telephony::Receipt::default();
    let what = listener::What::Notice(Box::new(notice));
    desk.heard.send(Heard { what, receipt: receipt.clone() }).await.unwrap();
    let call = desk.call(|_| true).await;
    assert_eq!((call.key, call.direction), (key("7002"), Direction::Incoming));
    let told = |event| match event {
        Event::Receipt(receipt) => Some(receipt),
        _ => None,
    };
    assert!(desk.event(told).await == receipt);
}

#[tokio::test]
async fn a_click_rings_the_operator_first_and_shows_at_once() {
    let api = Api::default();
    api.data("list.calls", json!([]));
    api.data("start.employee_call", json!({ "call_session_id": 5139032004u64 }));
    let mut desk = desk(api).await;
    desk.order(Order::Dial { extension: "101".into(), number: Phone(79160000011) }).await.unwrap();
    let call = desk.call(|_| true).await;
    assert_eq!((call.key, call.direction), (key("5139032004"), Direction::Outgoing));
    assert_eq!((call.phase, call.ringing), (Phase::Ringing, vec!["101".to_owned()]));
    let asked = desk.api.asked(&["start.employee_call"]);
    let params = &asked[0].1;
    assert_eq!((&params["first_call"], &params["employee"]["id"]), (&json!("employee"), &json!(1201)));
    assert_eq!(
        (&params["contact"], &params["virtual_phone_number"]),
        (&json!("79160000011"), &json!("74950000001"))
    );
    assert!(params["external_id"].as_str().unwrap().len() > 30);
    let nobody = desk.order(Order::Dial { extension: "999".into(), number: Phone(79160000011) }).await;
    assert!(matches!(nobody, Err(OrderError::Refused(_))));
}

#[tokio::test]
async fn a_lost_answer_is_looked_for_and_never_asked_again() {
    let api = Api::default();
    let begun = Arc::new(std::sync::Mutex::new(Value::Null));
    let kept = begun.clone();
    api.on("start.employee_call", move |params| {
        *kept.lock().unwrap() = params["external_id"].clone();
        json!({ "neither": "result nor error" })
    });
    api.on("list.calls", move |_| {
        let id = begun.lock().unwrap().clone();
        let mut call = running(7003, json!([]));
        call["external_id"] = id.clone();
        json!({ "result": { "data": if id.is_null() { json!([]) } else { json!([call]) } } })
    });
    let desk = desk(api).await;
    desk.order(Order::Dial { extension: "101".into(), number: Phone(79160000011) }).await.unwrap();
    assert_eq!(desk.api.asked(&["start.employee_call"]).len(), 1);
}

const CONTROL: [&str; 6] =
    ["hold.call", "unhold.call", "make.call", "transfer.talk", "restore.talk", "release.call"];

#[tokio::test]
async fn a_call_goes_through_the_states_the_platform_allows() {
    let api = Api::default();
    api.data("list.calls", json!([]));
    CONTROL.iter().for_each(|method| api.success(method));
    api.data("get.tags", json!([{ "id": 36, "name": "Целевой контакт", "is_system": false }]));
    api.success("tag.call");
    let desk = desk(api).await;
    let call = || key("7001");
    let methods =
        |desk: &Desk| desk.api.asked(&CONTROL).into_iter().map(|(method, _)| method).collect::<Vec<_>>();
    desk.order(Order::Consult { call: call(), to: "102".into() }).await.unwrap();
    desk.order(Order::TakeBack(call())).await.unwrap();
    desk.order(Order::Transfer { call: call(), to: "+79160000012".into() }).await.unwrap();
    desk.order(Order::HangUp(call())).await.unwrap();
    assert_eq!(
        methods(&desk),
        ["hold.call", "make.call", "restore.talk", "hold.call", "make.call", "transfer.talk", "release.call"]
    );
    let made = desk.api.asked(&["make.call"]);
    assert_eq!((&made[1].1["to"], &made[1].1["call_session_id"]), (&json!("79160000012"), &json!(7001)));
    assert!(desk.api.asked(&["hold.call"])[0].1["contact_message"]["type"].is_string());
    desk.order(Order::Tag { call: call(), tag: "целевой контакт ".into() }).await.unwrap();
    assert_eq!(desk.api.asked(&["tag.call"])[0].1["tag_id"], 36);
    let unknown = desk.order(Order::Tag { call: call(), tag: "другой".into() }).await;
    assert!(matches!(unknown, Err(OrderError::Refused(_))));
    let letters = desk.order(Order::Transfer { call: call(), to: "102;drop".into() }).await;
    assert_eq!(letters, Err(OrderError::Unsafe("number")));
}

#[tokio::test]
async fn a_colleague_who_cannot_be_called_leaves_nobody_on_hold() {
    let api = Api::default();
    api.data("list.calls", json!([]));
    CONTROL.iter().for_each(|method| api.success(method));
    api.refuses("make.call", -32602, "no_active_phone_number");
    let desk = desk(api).await;
    let refused = desk.order(Order::Transfer { call: key("7001"), to: "102".into() }).await;
    assert!(matches!(refused, Err(OrderError::Refused(reason)) if reason.contains("telephone")));
    assert_eq!(desk.api.asked(&CONTROL).last().unwrap().0, "unhold.call");
    desk.api.refuses("restore.talk", -32004, "invalid_state");
    desk.order(Order::TakeBack(key("7001"))).await.unwrap();
    assert_eq!(desk.api.asked(&CONTROL).last().unwrap().0, "unhold.call");
    desk.api.refuses("unhold.call", -32004, "invalid_state");
    let refused = desk.order(Order::Unhold(key("7001"))).await;
    assert!(matches!(refused, Err(OrderError::Refused(reason)) if reason.contains("state")));
}

#[tokio::test]
async fn silence_of_the_notifications_is_not_heard_where_nothing_runs() {
    let api = Api::default();
    api.data("list.calls", json!([]));
    let mut desk = desk(api).await;
    desk.event(|event| matches!(event, Event::Link(Link::Up { .. })).then_some(())).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    while let Ok(event) = desk.events.try_recv() {
        assert!(!matches!(event, Event::Hearing(Hearing::Deaf { .. })));
    }
}

#[tokio::test]
async fn an_ear_whose_place_is_taken_says_so() {
    let api = Api::default();
    api.data("list.calls", json!([]));
    let url = api.open().await;
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let settings = Settings {
        data_url: url.clone(),
        call_url: url,
        credentials: Credentials::Key("key".into()),
        virtual_number: None,
        poll: Duration::from_secs(60),
        media_hosts: vec![],
        zone: Some(chrono_tz::Europe::Moscow),
        listener: Some(listener::Settings { address, ..doorway(&[], &[]) }),
    };
    let clock: pult::telephony::uis::Clock = Arc::new(Utc::now);
    let account = Arc::new(Account::new(settings, clock.clone(), Patience::default()).unwrap());
    let (sender, mut events) = mpsc::channel(256);
    let (_orders, placed) = mpsc::channel(16);
    tokio::spawn(Uis::new(account, clock).run(sender, placed));
    let deaf = async {
        loop {
            if let Event::Hearing(Hearing::Deaf { reason, .. }) = events.recv().await.unwrap() {
                return reason;
            }
        }
    };
    let reason = timeout(Duration::from_secs(10), deaf).await.unwrap();
    assert_eq!(reason.trouble, Trouble::Port);
    assert!(reason.details.contains(&address.to_string()), "{reason:?}");
}
