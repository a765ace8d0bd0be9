//! The fake UIS itself: what is documented it does, and what is not it refuses. A client can only be believed as far as
//! this is strict.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "fake.rs"]
#[expect(dead_code, reason = "shared with the tests that break it")]
mod fake;

use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use fake::Fake;
use fake::faults::{Target, Trouble};
use fake::notices::Notice;
use fake::templates::{Method, defaults};
use fake::world::*;

/// A server whose clock is moved by hand, at ten minutes past the hour.
struct Given {
    fake: Fake,
    now: Arc<Mutex<DateTime<Utc>>>,
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000 + seconds, 0).unwrap()
}

fn leg(id: i64, employee: Option<i64>, (begins, connects, ends): (i64, Option<i64>, i64)) -> Leg {
    Leg {
        id,
        way: if employee.is_some() { Way::Out } else { Way::In },
        calling: "79161234567".into(),
        called: if employee.is_some() { "101".into() } else { "74950000001".into() },
        employee,
        begins: at(begins),
        connects: connects.map(at),
        ends: at(ends),
        reason: "success_finish".into(),
        by_transfer: false,
    }
}

/// Rings for 10 s, is held from 30 s to 40 s, ends after 70 s; its recording is ready 60 s later.
fn talk(id: i64) -> Session {
    Session {
        contact: Some("79161234567".into()),
        line: "74950000001".into(),
        ends: at(70),
        reported: at(71),
        legs: vec![leg(id + 1, None, (0, Some(0), 70)), leg(id + 2, Some(7), (1, Some(10), 70))],
        holds: vec![at(30)..at(40)],
        campaign: Some(5),
        records: vec![Record {
            hash: "0f1e2d3c4b5a69788796a5b4c3d2e1f0".into(),
            known_from: at(130),
            ready_from: at(140),
            sound: fake::media::wav(100),
        }],
        ..Session::new(id, at(0))
    }
}

async fn given() -> Given {
    let mut world = World::empty(chrono_tz::Europe::Moscow);
    let name = "Иванова Анна Петровна".to_owned();
    world.employees.push(Employee {
        id: 7,
        name,
        extension: Some("101".into()),
        phones: vec!["79260000001".into()],
    });
    world.employees.push(Employee {
        id: 8,
        name: "Другая".into(),
        extension: Some("102".into()),
        phones: vec![],
    });
    let number = "74950000001".to_owned();
    world.numbers.push(Number { id: 1, number, name: "Основная".into(), campaigns: vec![5] });
    world.campaigns.push(Campaign { id: 5, name: "Яндекс".into() });
    world.tags.push(Tag { id: 9, name: "Целевой".into() });
    world.sessions.push(talk(1000));
    let now = Arc::new(Mutex::new(at(3_600)));
    let clock = now.clone();
    Given { fake: Fake::start(world, Arc::new(move || *clock.lock().unwrap())).await, now }
}

impl Given {
    fn go_to(&self, seconds: i64) {
        *self.now.lock().unwrap() = at(seconds);
    }

    async fn http(&self, request: &str) -> (u16, Vec<u8>) {
        let mut stream = TcpStream::connect(self.fake.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut reply = vec![];
        let _ = stream.read_to_end(&mut reply).await;
        let end = reply.windows(4).position(|four| four == b"\r\n\r\n").map_or(reply.len(), |end| end + 4);
        let status = String::from_utf8_lossy(&reply).split(' ').nth(1).and_then(|word| word.parse().ok());
        (status.unwrap_or(0), reply.split_off(end))
    }

    async fn post(&self, path: &str, body: &str) -> Vec<u8> {
        let length = body.len();
        self.http(&format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
        ))
        .await
        .1
    }

    async fn ask(&self, method: &str, mut params: Value) -> Value {
        if !method.starts_with("login") && params.get("access_token").is_none() {
            params["access_token"] = json!(KEY);
        }
        let calls = ["list", "start", "release", "hold", "unhold", "make", "transfer", "restore", "tag"];
        let path = if calls.contains(&method.split('.').next().unwrap()) { "/v4.0" } else { "/v2.0" };
        let envelope = json!({"jsonrpc": "2.0", "id": "1", "method": method, "params": params});
        serde_json::from_slice(&self.post(path, &envelope.to_string()).await).unwrap_or_default()
    }

    async fn report(&self, more: Value) -> Value {
        let mut params = json!({"date_from": "2026-09-21 00:00:00", "date_till": "2026-09-22 00:00:00"});
        params.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
        self.ask("get.calls_report", params).await
    }
}

fn mnemonic(reply: &Value) -> &str {
    reply["error"]["data"]["mnemonic"].as_str().unwrap_or_default()
}

#[tokio::test]
async fn a_report_has_the_documented_columns_in_the_accounts_zone() {
    let given = given().await;
    let reply = given.report(json!({})).await;
    assert_eq!(reply["result"]["metadata"]["total_items"], 1);
    let call = &reply["result"]["data"][0];
    assert_eq!(call["id"], call["communication_id"]);
    assert_eq!(call["start_time"], "2026-09-21 17:13:20");
    assert_eq!((&call["wait_duration"], &call["talk_duration"]), (&json!(10), &json!(60)));
    assert_eq!(call["call_records"], json!(["0f1e2d3c4b5a69788796a5b4c3d2e1f0"]));
    assert!(call.get("employees").is_none(), "not by default");
    let reply = given.report(json!({"fields": ["id", "employees", "campaign_name", "utm_source"]})).await;
    let employees = json!([{"employee_id": 7, "employee_full_name": "Иванова Анна Петровна",
                            "is_answered": true, "is_talked": true}]);
    let wanted = json!({"id": 1000, "employees": employees, "campaign_name": "Яндекс", "utm_source": null});
    assert_eq!(reply["result"]["data"][0], wanted);
}

#[tokio::test]
async fn what_is_not_documented_is_refused() {
    let given = given().await;
    for (more, wanted) in [
        (json!({"page": 1}), "unexpected_parameters"),
        (json!({"limit": 10_001}), "invalid_parameter_value"),
        (json!({"offset": 100_001}), "invalid_parameter_value"),
        (json!({"limit": "10"}), "data_type_error"),
        (json!({"fields": ["id", "agent"]}), "invalid_parameter_value"),
        (json!({"sort": [{"field": "id", "order": "asc"}]}), "sort_prohibited"),
        (json!({"filter": {"field": "start_time", "operator": "=", "value": 1}}), "filter_prohibited"),
        (json!({"date_till": "2026-12-22 00:00:00"}), "date_interval_limit_reached"),
        (json!({"date_till": "22.09.2026"}), "invalid_parameter_value"),
        (json!({"access_token": "stolen"}), "access_token_invalid"),
    ] {
        assert_eq!(mnemonic(&given.report(more.clone()).await), wanted, "{more}");
    }
    assert_eq!(mnemonic(&given.ask("get.everything", json!({})).await), "method_not_found");
    assert_eq!(mnemonic(&given.ask("get.calls_report", json!({})).await), "required_parameter_missed");
    for (body, wanted) in [
        ("{", "parse_error"),
        ("[]", "batch_opreations_not_supported"),
        (r#"{"jsonrpc":"2.0","method":"get.account","params":{}}"#, "notifications_not_supported"),
        (r#"{"id":1,"method":"get.account","params":{}}"#, "invalid_request"),
    ] {
        let reply: Value = serde_json::from_slice(&given.post("/v2.0", body).await).unwrap();
        assert_eq!(mnemonic(&reply), wanted, "{body}");
    }
}

#[tokio::test]
async fn a_session_of_an_hour_ends() {
    let given = given().await;
    let login = json!({"login": LOGIN, "password": PASSWORD});
    let token = given.ask("login.user", login).await["result"]["data"]["access_token"].clone();
    let account = || given.ask("get.account", json!({"access_token": token}));
    assert_eq!(account().await["result"]["data"][0]["timezone"], "Europe/Moscow");
    given.go_to(3_600 + 3_600);
    assert_eq!(mnemonic(&account().await), "access_token_invalid");
    assert_eq!(
        mnemonic(&given.ask("login.user", json!({"login": LOGIN, "password": "?"})).await),
        "auth_error"
    );
    assert!(given.fake.asked().iter().all(|asked| !asked.params.to_string().contains("token")));
}

#[tokio::test]
async fn points_run_out_and_come_back() {
    let given = given().await;
    given.fake.limit(100, 2);
    for left in [1, 0] {
        let reply = given.report(json!({})).await;
        assert_eq!(reply["result"]["metadata"]["limits"]["minute_remaining"], left);
    }
    let reply = given.report(json!({})).await;
    assert_eq!((mnemonic(&reply), &reply["error"]["code"]), ("limit_exceeded", &json!(-32029)));
    assert!(reply["error"]["data"]["metadata"]["limits"]["minute_reset"].as_i64().unwrap() <= 60);
    given.go_to(3_660);
    assert_eq!(mnemonic(&given.report(json!({})).await), "");
}

#[tokio::test]
async fn pages_are_cut_and_late_changes_come_later() {
    let given = given().await;
    given.fake.world(|world| {
        world
            .sessions
            .extend((1..5).map(|number| Session { begins: at(number), ..talk(1000 + number * 10) }));
        let columns = json!({"talk_duration": 61}).as_object().cloned().unwrap();
        world.sessions[0].late.push(Late { from: at(500), columns });
    });
    let sorted = json!([{"field": "start_time", "order": "desc"}]);
    let reply = given.report(json!({"limit": 2, "offset": 3, "sort": sorted, "fields": ["id"]})).await;
    assert_eq!(reply["result"]["data"], json!([{"id": 1010}, {"id": 1000}]));
    assert_eq!(reply["result"]["metadata"]["total_items"], 5);
    let one = json!({"filter": {"field": "id", "operator": "=", "value": 1000}, "fields": ["talk_duration"]});
    for (seconds, wanted) in [(499, 60), (500, 61)] {
        given.go_to(seconds);
        assert_eq!(given.report(one.clone()).await["result"]["data"][0]["talk_duration"], wanted);
    }
    given.go_to(70);
    assert_eq!(given.report(json!({})).await["result"]["metadata"]["total_items"], 0, "none is reported yet");
}

#[tokio::test]
async fn a_running_call_is_steered_by_the_documented_chain() {
    let given = given().await;
    given.go_to(20);
    let order = |method: &'static str, mut more: Value| {
        more["call_session_id"] = json!(1000);
        given.ask(method, more)
    };
    let hold = json!({"contact_message": {"type": "tts", "value": "Подождите"}});
    assert_eq!(mnemonic(&order("unhold.call", json!({})).await), "invalid_state");
    assert_eq!(mnemonic(&order("make.call", json!({"to": "102"})).await), "invalid_state");
    assert_eq!(order("hold.call", hold.clone()).await["result"]["data"]["success"], "true");
    assert_eq!(mnemonic(&order("hold.call", hold.clone()).await), "invalid_state");
    let live = given.ask("list.calls", json!({})).await;
    assert_eq!(live["result"]["data"][0]["legs"][0]["state"], "На удержании");
    assert_eq!(mnemonic(&order("make.call", json!({"to": "102"})).await), "");
    let live = given.ask("list.calls", json!({"direction": "in"})).await;
    assert_eq!(live["result"]["data"][0]["legs"][2]["state"], "Дозвон");
    given.go_to(25);
    let live = given.ask("list.calls", json!({})).await;
    assert_eq!(live["result"]["data"][0]["legs"][2]["state"], "Разговор операторов");
    assert_eq!(mnemonic(&order("transfer.talk", json!({})).await), "");
    assert_eq!(mnemonic(&order("restore.talk", json!({})).await), "invalid_state");
    assert_eq!(mnemonic(&order("tag.call", json!({"tag_id": 9})).await), "");
    assert_eq!(mnemonic(&order("tag.call", json!({"tag_id": 9})).await), "duplicate_tag");
    given.go_to(30);
    assert_eq!(mnemonic(&order("release.call", json!({})).await), "");
    assert_eq!(mnemonic(&order("release.call", json!({})).await), "call_session_not_found");
    given.go_to(200);
    let call = given.report(json!({"fields": ["is_transfer", "total_duration", "tags"]})).await;
    let call = &call["result"]["data"][0];
    assert_eq!((&call["is_transfer"], &call["total_duration"]), (&json!(true), &json!(30)));
    assert_eq!(call["tags"][0]["tag_name"], "Целевой");
}

#[tokio::test]
async fn click_to_call_makes_a_call_that_can_be_found_again() {
    let given = given().await;
    let order = json!({"first_call": "employee", "virtual_phone_number": "74950000001", "contact": "79160000000",
                       "employee": {"id": 7}, "external_id": "ours"});
    let id =
        given.ask("start.employee_call", order.clone()).await["result"]["data"]["call_session_id"].clone();
    let live = given.ask("list.calls", json!({})).await;
    let live = &live["result"]["data"][0];
    assert_eq!((&live["call_session_id"], &live["external_id"]), (&id, &json!("ours")));
    for (change, wanted) in [
        (json!({"employee": {"id": 8}}), "no_active_phone_number"),
        (json!({"employee": {"id": 1}}), "employee_not_found"),
        (json!({"virtual_phone_number": "74959999999"}), "virtual_phone_number_not_found"),
        (json!({"extension": "101"}), "unexpected_parameters"),
    ] {
        let mut order = order.clone();
        order.as_object_mut().unwrap().extend(change.as_object().cloned().unwrap());
        assert_eq!(mnemonic(&given.ask("start.employee_call", order).await), wanted);
    }
}

#[tokio::test]
async fn a_recording_is_there_once_it_is_ready() {
    let given = given().await;
    let path = "/system/media/talk/1000/0f1e2d3c4b5a69788796a5b4c3d2e1f0/";
    let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    given.go_to(135);
    assert_eq!(given.http(&request).await.0, 404);
    given.go_to(140);
    let (status, sound) = given.http(&request).await;
    assert_eq!((status, sound), (200, fake::media::wav(100)));
}

#[tokio::test]
async fn it_breaks_on_command_and_is_mended() {
    let given = given().await;
    let faults = given.fake.faults();
    faults.next(Target::Data, Trouble::HtmlError, 1);
    assert_eq!(given.report(json!({})).await, Value::Null);
    for trouble in [Trouble::BrokenJson, Trouble::CutInBody] {
        faults.next(Target::Any, trouble, 1);
        assert_eq!(given.report(json!({})).await, Value::Null);
    }
    faults.next(Target::Data, Trouble::WrongTypes, 1);
    assert!(given.report(json!({})).await["result"]["data"][0]["start_time"].is_array());
    faults.next(Target::Data, Trouble::Refuse(-32603, "internal_error"), 1);
    assert_eq!(mnemonic(&given.report(json!({})).await), "internal_error");
    faults.cut();
    assert_eq!(given.report(json!({})).await, Value::Null);
    faults.mend();
    assert_eq!(given.report(json!({})).await["result"]["metadata"]["total_items"], 1);
}

/// Everything that comes to an address, answered with 200.
async fn listener() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/secret", listener.local_addr().unwrap());
    let heard = Arc::new(Mutex::new(vec![]));
    let into = heard.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut bytes = vec![0; 65_536];
            let read = stream.read(&mut bytes).await.unwrap_or(0);
            into.lock().unwrap().push(String::from_utf8_lossy(&bytes[..read]).into_owned());
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
        }
    });
    (url, heard)
}

#[tokio::test]
async fn a_call_is_told_step_by_step_in_the_vendors_templates() {
    let given = given().await;
    let told: Vec<Notice> = given.fake.notices(&(at(0)..at(1_000)));
    let events: Vec<&str> = told.iter().map(|notice| notice.event).collect();
    let wanted = [
        "in_call_session",
        "in_call",
        "out_call",
        "call_proceeding",
        "call_connected",
        "talk_started",
        "call_hold_control",
        "call_hold_control",
        "call_disconnected",
        "call_disconnected",
        "talk_finished",
        "call_session_finished",
        "talk_record_file",
    ];
    assert_eq!(events, wanted);
    let (url, heard) = listener().await;
    let end = told.iter().find(|notice| notice.event == "call_session_finished").unwrap();
    for method in [Method::Post, Method::Get] {
        assert!(given.fake.deliver(&url, &defaults(method), end).await);
    }
    let heard = heard.lock().unwrap();
    let body: Map<String, Value> = serde_json::from_str(heard[0].split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!(body["notification_name"], "Завершение звонка");
    assert_eq!(body["notification_time"], "2026-09-21 17:14:30.000");
    assert_eq!(body["call_info"]["talk_time_duration"], 60, "holds and all");
    assert_eq!(body["call_info"]["tag_names"], Value::Null);
    assert!(heard[1].starts_with("GET /secret?virtual_phone_number=%22"));
    assert!(heard[1].contains("%22employee_full_name="), "the vendor's own slip");
    assert_eq!(fake::templates::fill("{{direction}} {{leg_id}}", &end.known), "\"in\" {{leg_id}}");
    given.fake.world(|world| world.skew = TimeDelta::seconds(90));
    let late = given.fake.notices(&(at(0)..at(1)));
    assert_eq!(late[0].known["notification_time"], "2026-09-21 17:14:50.000");
}
