//! Rows to calls, on invented rows of the documented shape.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;
use pult::domain::call::{CallResult, Direction, Snapshot};
use pult::domain::phone::Remote;
use pult::telephony::uis::Directory;
use pult::telephony::uis::map::{self, Reading, time};
use pult::telephony::uis::wire::{Call, Employee, Leg};
use serde_json::{Value, json};

const MOSCOW: Tz = chrono_tz::Europe::Moscow;

fn directory() -> Directory {
    let employees = json!([
        { "id": 7, "full_name": "Иванова", "extension": { "extension_phone_number": "101" } },
        { "id": 8, "full_name": "Петрова", "extension": {}, "phone_numbers": [
            { "phone_number": "79260000001", "status": "inactive" }, { "phone_number": "79260000002", "status": "active" }] },
    ]);
    let employees: Vec<Employee> = serde_json::from_value(employees).unwrap();
    Directory::new(employees, vec![], vec![])
}

/// A call of 100 s from the start of the day, with what `more` says.
fn call(more: Value, legs: Value) -> Snapshot {
    let mut row = json!({
        "id": 5139032004_i64, "communication_id": 5139032004_i64, "direction": "in", "is_lost": false,
        "start_time": "2026-09-21 10:00:00", "finish_time": "2026-09-21 10:01:40", "total_duration": 100,
        "contact_phone_number": "79161234567", "virtual_phone_number": "74950000001", "finish_reason": "success_finish",
        "wait_duration": 10, "total_wait_duration": 20, "talk_duration": 90, "clean_talk_duration": 80,
    });
    for (name, value) in more.as_object().unwrap() {
        row[name] = value.clone();
    }
    let (row, legs): (Call, Vec<Leg>) =
        (serde_json::from_value(row).unwrap(), serde_json::from_value(legs).unwrap());
    let directory = directory();
    map::call(&row, &legs, Reading { zone: MOSCOW, directory: &directory, media_host: Some("app.uiscom.ru") })
        .unwrap()
}

fn utc(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

#[test]
fn a_row_alone_tells_who_when_and_how_long() {
    let told = call(
        json!({ "employees": [{ "employee_id": 8, "is_answered": true, "is_talked": true }] }),
        json!([]),
    );
    assert_eq!(told.key.id, "5139032004");
    assert_eq!((told.direction, told.result), (Direction::Incoming, Some(CallResult::Answered)));
    assert_eq!(told.started_at, utc("2026-09-21T07:00:00Z"));
    assert_eq!(told.answered_at, Some(utc("2026-09-21T07:00:10Z")));
    assert_eq!(told.agent.as_deref(), Some("79260000002"), "no extension: the number in service");
    assert_eq!((told.talk.as_secs(), told.hold.as_secs(), told.wait.as_secs()), (90, 10, 10));
    assert!(told.settled && told.transfers.is_empty());
}

#[test]
fn what_ended_without_a_talk_is_told_by_direction_and_reason() {
    let ended = |direction: &str, reason: &str| {
        let more = json!({ "direction": direction, "finish_reason": reason, "is_lost": true,
                           "talk_duration": 0, "clean_talk_duration": 0 });
        call(more, json!([]))
    };
    for (direction, reason, result) in [
        ("in", "subscriber_disconnects", CallResult::Missed),
        ("in", "a_reason_of_tomorrow", CallResult::Missed),
        ("in", "numa_in_black_list", CallResult::Rejected),
        ("out", "subscriber_busy", CallResult::Busy),
        ("out", "subscriber_not_responsible", CallResult::NoAnswer),
        ("out", "no_success_operator_call", CallResult::AgentNoAnswer),
        ("out", "numb_not_exists", CallResult::Failed),
        ("out", "out_call_not_allowed", CallResult::Rejected),
        ("out", "a_reason_of_tomorrow", CallResult::NoAnswer),
    ] {
        let told = ended(direction, reason);
        assert_eq!(told.result, Some(result), "{direction} {reason}");
        assert_eq!((told.answered_at, told.talk.as_secs(), told.wait.as_secs()), (None, 0, 20));
    }
}

#[test]
fn a_menu_that_answers_alone_answers_nobody() {
    let told = call(json!({ "talk_duration": 0, "clean_talk_duration": 0 }), json!([]));
    assert_eq!(told.result, Some(CallResult::Missed));
}

#[test]
fn hidden_numbers_colleagues_and_the_cabinets_own_calls_are_no_patients() {
    assert_eq!(call(json!({ "contact_phone_number": null }), json!([])).remote, Remote::Withheld);
    assert_eq!(call(json!({ "contact_phone_number": "101" }), json!([])).direction, Direction::Internal);
    assert_eq!(call(json!({ "source": "private_number" }), json!([])).direction, Direction::Internal);
}

#[test]
fn a_recording_is_the_whole_call_or_its_talk_or_the_voice_mail() {
    let hash = "2e675888ded89ed517d5c60e63a2d8c3";
    let recording = |more: Value| call(more, json!([])).recording;
    let whole = format!("https://media.uiscom.ru/5139032004/{hash}");
    assert_eq!(recording(json!({ "full_record_file_link": whole, "call_records": [hash] })), Some(whole));
    let talk = format!("https://app.uiscom.ru/system/media/talk/5139032004/{hash}/");
    assert_eq!(recording(json!({ "call_records": [hash] })), Some(talk));
    assert_eq!(recording(json!({ "call_records": ["../../../admin"] })), None);
    let lost =
        json!({ "is_lost": true, "talk_duration": 0, "voice_mail_records": [hash], "call_records": [hash] });
    assert!(recording(lost).unwrap().contains("/voice_mail/"));
}

#[test]
fn figures_beyond_all_reason_harm_nobody() {
    for seconds in [i64::MAX, i64::MIN, -1] {
        let told = call(
            json!({ "total_duration": seconds, "wait_duration": seconds, "talk_duration": seconds }),
            json!([]),
        );
        assert!(told.ended_at >= Some(told.started_at));
    }
}

#[test]
fn adverts_and_tags_are_read_and_cleaned() {
    let told = call(
        json!({ "campaign_name": "Яндекс\u{1b}[2J", "channel": "paid", "search_query": "имплант", "utm_source": "ya",
                "tags": [{ "tag_id": 1, "tag_name": "Целевой" }, { "tag_id": 2, "tag_name": null }] }),
        json!([]),
    );
    let advert = told.advert.unwrap();
    assert_eq!((advert.campaign.as_deref(), advert.medium.as_deref()), (Some("Яндекс[2J"), Some("paid")));
    assert_eq!((advert.search_words.as_deref(), advert.utm_source.as_deref()), (Some("имплант"), Some("ya")));
    assert_eq!(told.tags, ["Целевой"]);
}

#[test]
fn dates_are_read_in_every_form_and_every_odd_hour() {
    let moscow = |raw: &str| time::moment(raw, MOSCOW);
    let ten = Some(utc("2026-09-21T07:00:00Z"));
    for raw in [
        "2026-09-21 10:00:00",
        "2026-09-21T10:00:00",
        "2026-09-21T10:00:00+03:00",
        " 2026-09-21 10:00:00.000 ",
    ] {
        assert_eq!(moscow(raw), ten, "{raw}");
    }
    assert_eq!(moscow("2016-10-19T12:26:48.418"), Some(utc("2016-10-19T09:26:48.418Z")));
    let never =
        ["+262142-12-31 23:59:59", "-0044-03-15 12:00:00", "0000-00-00 00:00:00", "9999-12-31T23:59:59Z"];
    for raw in ["", "yesterday", "2026-13-01 00:00:00", "2026-09-21"].into_iter().chain(never) {
        assert_eq!(moscow(raw), None, "{raw}");
    }
    let berlin = chrono_tz::Europe::Berlin;
    assert_eq!(
        time::moment("2026-10-25 02:30:00", berlin),
        Some(utc("2026-10-25T00:30:00Z")),
        "the first of two"
    );
    assert_eq!(time::moment("2026-03-29 02:30:00", berlin), Some(utc("2026-03-29T01:30:00Z")), "left out");
    let near = time::moment_near("2026-10-25 02:10:00", berlin, utc("2026-10-25T01:11:00Z"));
    assert_eq!(near, Some(utc("2026-10-25T01:10:00Z")), "the second, where it fits");
}

fn any_leg() -> impl Strategy<Value = Value> {
    let numbers = (0_i64..100, 0_i64..100, prop::sample::select(vec![7_i64, 8, 9]));
    let truths = (any::<bool>(), any::<bool>(), prop::option::of(any::<bool>()));
    (numbers, truths).prop_map(|((connects, lasts, employee), (operator, coach, talked))| {
        json!({ "id": connects, "call_session_id": 5139032004_i64, "employee_id": employee, "duration": lasts,
                "connect_time": format!("2026-09-21 10:{:02}:{:02}", connects / 60, connects % 60),
                "is_operator": operator, "is_coach": coach, "is_talked": talked, "employee_phone_number": "102" })
    })
}

proptest! {
    /// Whatever the legs say, the shares of the talk are the talk that the cabinet shows.
    #[test]
    fn shares_add_up(legs in prop::collection::vec(any_leg(), 0..6), talk in 1_i64..90, clean in 1_i64..120) {
        let told = call(json!({ "talk_duration": talk, "clean_talk_duration": clean }), json!(legs));
        prop_assert_eq!(told.talk_in_all().as_secs() as i64, talk);
        prop_assert_eq!(told.hold.as_secs() as i64, (talk - clean).max(0));
    }
}
