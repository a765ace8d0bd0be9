//! Every recorded scenario, from the full and the least-privilege stream, whole and cut anywhere.

use std::process::Command;

use proptest::prelude::*;
use pult::domain::call::{CallResult, Direction, Snapshot, TransferKind};
use pult::domain::phone::Remote;
use serde_json::Value;

use crate::recorded::{Recorded, data, replay};

/// What the scenario's author wrote.
pub fn expected() -> Vec<(String, Vec<Value>)> {
    let text = std::fs::read_to_string(data("expected.json")).unwrap();
    let all: serde_json::Map<String, Value> = serde_json::from_str(&text).unwrap();
    let calls = |value: Value| value.as_array().unwrap().clone();
    all.into_iter().map(|(name, list)| (name, calls(list))).collect()
}

fn streams(name: &str) -> Vec<Vec<String>> {
    let full = match name {
        "n_restart" => vec![name.to_owned(), "n_restart.after".to_owned()],
        _ => vec![name.to_owned()],
    };
    vec![full, vec![format!("min/{name}")]]
}

#[test]
fn every_scenario_gives_the_calls_its_author_expects() {
    let expected = expected();
    assert_eq!(expected.len(), 31);
    for (name, calls) in expected {
        for stream in streams(&name) {
            let recorded: Vec<Recorded> = stream.iter().map(|name| Recorded::open(name)).collect();
            let got = replay(&recorded, usize::MAX);
            assert_eq!(got.len(), calls.len(), "{stream:?}: {got:#?}");
            got.iter().zip(&calls).for_each(|(call, wanted)| compare(&stream[0], call, wanted));
        }
    }
}

fn compare(name: &str, call: &Snapshot, wanted: &Value) {
    compare_within(name, call, wanted, 0.6);
}

/// A record in whole seconds may be a second off where a call that lasts one is not.
pub fn compare_within(name: &str, call: &Snapshot, wanted: &Value, tolerance: f64) {
    let text = |key: &str| wanted.get(key).and_then(Value::as_str);
    let near = |got: f64, key: &str, tolerance: f64| {
        let nominal = wanted.get(key).and_then(Value::as_f64);
        assert!(nominal.is_none_or(|nominal| (got - nominal).abs() <= tolerance), "{name}: {key} {got}");
    };
    assert_eq!(call.direction, direction(text("dir").unwrap()), "{name}");
    assert_eq!(call.result, Some(result(text("result").unwrap())), "{name}");
    assert_eq!(call.agent.as_deref(), text("by"), "{name}");
    assert_eq!(call.queue.as_deref(), text("queue"), "{name}");
    assert_eq!(remote(call), text("num").map_or("withheld".to_owned(), number), "{name}");
    if !name.ends_with("i5_hostile_name") {
        assert_eq!(call.line.as_deref(), text("did"), "{name}");
        assert_eq!(call.name.as_deref(), text("name"), "{name}");
    }
    near(call.wait.as_secs_f64(), "wait", tolerance);
    near(call.talk.as_secs_f64(), "talk", tolerance.max(1.0));
    near(call.hold.as_secs_f64(), "hold", tolerance);
    let handed = wanted.get("then").and_then(Value::as_array).cloned().unwrap_or_default();
    assert_eq!(call.transfers.len(), handed.len(), "{name}");
    for (transfer, wanted) in call.transfers.iter().zip(handed) {
        let kind = if wanted["kind"] == "blind" { TransferKind::Blind } else { TransferKind::Attended };
        assert_eq!((transfer.kind, transfer.to.as_str()), (kind, wanted["to"].as_str().unwrap()), "{name}");
        assert!((transfer.talk.as_secs_f64() - wanted["talk"].as_f64().unwrap()).abs() <= 1.0, "{name}");
    }
}

fn direction(word: &str) -> Direction {
    match word {
        "in" => Direction::Incoming,
        "out" => Direction::Outgoing,
        _ => Direction::Internal,
    }
}

fn result(words: &str) -> CallResult {
    match words {
        "answered" => CallResult::Answered,
        "missed" => CallResult::Missed,
        "busy" => CallResult::Busy,
        "agent did not pick up" => CallResult::AgentNoAnswer,
        "rejected by the dialplan" => CallResult::Rejected,
        other => panic!("{other}"),
    }
}

fn remote(call: &Snapshot) -> String {
    match &call.remote {
        Remote::Number(phone) => phone.to_string(),
        Remote::Other(text) => text.clone(),
        Remote::Withheld => "withheld".to_owned(),
    }
}

/// As the trunk wrote it to what is stored.
fn number(raw: &str) -> String {
    match raw {
        "101" | "102" => raw.to_owned(),
        "7916 + CR LF forged headers" => "7916".to_owned(),
        "8103804412345678" => "+3804412345678".to_owned(),
        "84951234567" => "+74951234567".to_owned(),
        "89161234567" | "9161234567" | "+7(916)123-45-67" => "+79161234567".to_owned(),
        digits => format!("+{digits}"),
    }
}

#[test]
fn where_tcp_cuts_the_bytes_changes_nothing() {
    for (name, _) in expected() {
        for stream in streams(&name) {
            let recorded: Vec<Recorded> = stream.iter().map(|name| Recorded::open(name)).collect();
            let whole = replay(&recorded, usize::MAX);
            for size in [1, 3, 1000] {
                assert_eq!(replay(&recorded, size), whole, "{stream:?} by {size}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn any_cut_is_as_good(size in 1usize..4000, which in 0usize..31) {
        let (name, _) = expected().swap_remove(which);
        for stream in streams(&name) {
            let recorded: Vec<Recorded> = stream.iter().map(|name| Recorded::open(name)).collect();
            prop_assert_eq!(replay(&recorded, size), replay(&recorded, usize::MAX));
        }
    }

    /// Half a log, a log with a hole, or two thrown together must not break anything.
    #[test]
    fn torn_logs_do_no_harm(from in 0usize..30_000, to in 0usize..60_000) {
        let mut recorded = Recorded::open("min/h_attended_transfer");
        recorded.cut_out(from, to);
        for call in replay(&[recorded], 77) {
            prop_assert!(!call.is_live() && call.result.is_some());
        }
    }
}

#[test]
fn a_client_that_comes_late_sees_what_runs() {
    let calls = replay(&[Recorded::open("k_reconnect.newclient")], usize::MAX);
    assert_eq!(calls.len(), 3);
    assert_eq!(calls[0].name.as_deref(), Some("Первый"));
    assert_eq!(calls[0].wait.as_secs(), 2);
    assert_eq!(calls[1].result, Some(CallResult::Missed));
    assert!((calls[1].wait.as_secs_f64() - 6.5).abs() < 0.6);
    assert_eq!((calls[2].agent.as_deref(), calls[2].talk.as_secs()), (Some("103"), 6));
}

#[test]
fn a_break_in_mid_call_loses_nothing_that_was_known() {
    let whole = replay(&[Recorded::open("k_reconnect")], usize::MAX);
    let before = Recorded::open("k_reconnect").until(4.0);
    let broken = replay(&[before, Recorded::open("k_reconnect.newclient")], usize::MAX);
    assert_eq!(broken.len(), 3);
    for (call, broken) in whole.iter().zip(&broken) {
        assert_eq!((&broken.key, broken.result, &broken.name), (&call.key, call.result, &call.name));
        assert!((broken.wait.as_secs_f64() - call.wait.as_secs_f64()).abs() < 0.1);
        assert!((broken.talk.as_secs_f64() - call.talk.as_secs_f64()).abs() < 0.1);
    }
}

#[test]
fn calls_that_a_restart_swallowed_end_when_we_last_knew() {
    let before = Recorded::open("k_reconnect").until(4.0);
    let calls = replay(&[before, Recorded::open("n_restart.after")], usize::MAX);
    assert_eq!(calls.len(), 3);
    assert!(calls.iter().all(|call| !call.is_live() && call.talk.as_secs() < 2), "{calls:#?}");
}

/// A caller's number may hold 80 characters, line breaks among them.
fn forgeries() -> Vec<String> {
    let events =
        ["AgentConnect", "Hangup", "BridgeLeave", "DialEnd", "Newchannel", "BlindTransfer", "Cdr", "Hold"];
    let forms = [
        "7\r\n\r\nEvent: {}",
        "7\r\n\r\n\r\n\r\nEvent: {}\r\n\r\nResponse: Error",
        "7\r\n\r\nEvent: {}\r\nPrivilege: call,all",
        "7\r\n\r\nEvent: {}\r\nPrivilege: c\r\nChannel: PJSIP/trunk-00000000",
        "7\r\n\r\nEvent: {}\r\nPrivilege: a\r\nChannelState: 6\r\nUniqueid: 1",
        "7\r\nEvent: {}\r\nQueue: v\r\nBridgeUniqueid: 1\r\nExten: 1\r\nCause: 17",
        "7\r\nUniqueid: 1\r\nLinkedid: 1\r\n\r\nEvent: {}",
        "7\r\nUniqueid: 1795290547.1\r\nLinkedid: 9\r\nX: {}",
        "7\r\nLinkedid: 9\r\n\r\nEvent: {}\r\nPrivilege: c",
    ];
    let forged = |form: &str| events.map(|event| form.replace("{}", event));
    forms.into_iter().flat_map(forged).collect()
}

#[test]
fn nothing_forged_in_the_number_changes_the_call() {
    for stream in ["min/a_queue_answered", "min/g_blind_transfer", "a_queue_answered"] {
        let plain = replay(&[Recorded::open(stream)], usize::MAX);
        for forged in forgeries() {
            assert!(forged.chars().count() <= 80);
            let mut recorded = Recorded::open(stream);
            recorded.replace("+79161234567", &forged);
            let mut calls = replay(&[recorded], usize::MAX);
            assert_eq!(calls.len(), 1, "{stream} {forged:?}: {calls:#?}");
            assert_eq!(calls[0].remote, Remote::Other("7".into()));
            calls[0].remote = plain[0].remote.clone();
            calls[0].recording = plain[0].recording.clone();
            assert_eq!(calls, plain, "{stream} {forged:?}");
        }
    }
}

/// A waiting caller's number stands in two lists, each time before the ActionID that makes an answer believed.
#[test]
fn a_list_is_not_ended_by_who_stands_in_it() {
    let plain = replay(&[Recorded::open("k_reconnect.newclient")], usize::MAX);
    for event in ["CoreShowChannelsComplete", "StatusComplete", "QueueStatusComplete"] {
        for form in ["7\r\n\r\nEvent: {}\r\n", "7\r\nActionID: x\r\n\r\nEvent: {}"] {
            for number in ["+79161234567", "+79261112233"] {
                let mut recorded = Recorded::open("k_reconnect.newclient");
                recorded.replace(number, &form.replace("{}", event));
                let calls = replay(&[recorded], usize::MAX);
                let told =
                    |call: &Snapshot| (call.key.clone(), call.result, call.wait, call.talk, call.ended_at);
                let told = |calls: &[Snapshot]| calls.iter().map(told).collect::<Vec<_>>();
                assert_eq!(told(&calls), told(&plain), "{form:?} {event} {number}");
            }
        }
    }
}

#[test]
fn the_command_prints_exactly_the_promised_keys() {
    let output = pult(&["--json", "h_attended_transfer.txt"]);
    let line: serde_json::Map<String, Value> = serde_json::from_str(output.trim()).unwrap();
    let keys = ["direction", "number", "withheld", "name", "line", "queue", "result", "agent"];
    let figures = ["wait_s", "talk_s", "hold_s", "transfers", "started_at"];
    let mut keys: Vec<&str> = keys.into_iter().chain(figures).collect();
    keys.sort_unstable();
    assert_eq!(line.keys().map(String::as_str).collect::<Vec<_>>(), keys);
    assert_eq!(line["transfers"][0]["kind"], "attended");
    assert_eq!(line["started_at"], "2026-11-21T19:40:58.216Z");
}

#[test]
fn the_table_is_aligned_and_clean() {
    let output = pult(&["k_reconnect.txt", "i5_hostile_name.txt"]);
    assert!(!output.chars().any(|c| c.is_control() && c != '\n'));
    let column = output.lines().next().unwrap().find("result").unwrap();
    let words: Vec<&str> =
        output.lines().skip(1).map(|line| line[column..].split(' ').next().unwrap()).collect();
    assert_eq!(words, ["answered", "missed", "answered", "answered", "rejected"]);
}

fn pult(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_pult"))
        .args(["replay", "--provider", "asterisk", "--trunk", "trunk"])
        .args(args)
        .current_dir(data(""))
        .output()
        .unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}
