//! One call of all that is said about it, in whatever order it is said.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Europe::Moscow;
use proptest::prelude::*;
use pult::domain::call::{CallResult, Direction, Phase, Snapshot, TransferKind};
use pult::domain::phone::{Phone, Remote};
use pult::telephony::uis::live::{Dialled, ListedCall, Live, Staff};
use pult::telephony::uis::notice::{Notice, Sent};
use serde_json::{Value, json};

const ANNA: (&str, &str) = ("1201", "101");
const BORIS: (&str, &str) = ("1202", "102");

/// Seconds after ten in the morning of the clinic's second of March.
fn at(seconds: i64) -> DateTime<Utc> {
    "2026-03-02T07:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::seconds(seconds)
}

fn live() -> Live {
    let mut live = Live::new(Moscow);
    let staff = [ANNA, BORIS].map(|(id, extension)| (id.to_owned(), extension.to_owned()));
    live.meet(Moscow, Staff::from(staff));
    live
}

fn written(seconds: i64) -> String {
    at(seconds).with_timezone(&Moscow).format("%Y-%m-%d %H:%M:%S%.3f").to_string()
}

fn notice(mnemonic: &str, seconds: i64, more: Value) -> Notice {
    let mut fields = json!({
        "notification_mnemonic": mnemonic,
        "notification_time": written(seconds),
        "call_session_id": 7001,
        "direction": "in",
        "virtual_phone_number": "74950000001",
        "contact_phone_number": "79160000011",
    });
    for (name, value) in more.as_object().unwrap() {
        fields[name] = value.clone();
    }
    Notice::read(&Sent { event: None, query: "", body: fields.to_string().as_bytes() })
}

fn of(who: (&str, &str)) -> Value {
    json!({ "employee_id": who.0.parse::<i64>().unwrap(), "leg_id": 12 })
}

fn listed(legs: Value) -> ListedCall {
    let call = json!({
        "call_session_id": 7001,
        "direction": "in",
        "start_time": written(0).replace(' ', "T"),
        "virtual_phone_number": "74950000001",
        "contact_phone_number": "79160000011",
        "external_id": null,
        "tags": [],
        "legs": legs,
    });
    ListedCall::read(&call).unwrap()
}

fn leg(who: Option<(&str, &str)>, state: &str) -> Value {
    json!({
        "leg_id": 1,
        "calling_phone_number": "74950000001",
        "called_phone_number": "79160000099...9.2.3.3",
        "is_operator": who.is_some(),
        "employee_id": who.map(|(id, _)| id.parse::<i64>().unwrap()),
        "employee_full_name": null,
        "record_call_enabled": true,
        "state": state,
    })
}

fn hear(live: &mut Live, seconds: i64, mnemonic: &str, more: Value) -> Snapshot {
    live.hear(notice(mnemonic, seconds, more), at(seconds)).expect("news")
}

/// Rings at Anna's and Boris's, Boris talks, holds, hands on to Anna.
fn story() -> Vec<(i64, Notice)> {
    let end = json!({
        "employee_id": 1202, "talk_time_duration": 60, "wait_time_duration": 8, "total_time_duration": 68,
        "last_talked_employee_id": 1201, "tag_names": ["Целевой"], "call_source": "va",
    });
    let over = json!({ "employee_id": 1202, "talk_time_duration": 40 });
    let handed = json!({ "employee_id": 1201, "talk_time_duration": 20 });
    let told = [
        (0, "in_call_session", json!({ "contact_full_name": "Пётр", "campaign_name": "Карты" })),
        (0, "in_call", json!({ "leg_id": 11 })),
        (2, "call_proceeding", of(ANNA)),
        (3, "call_proceeding", of(BORIS)),
        (8, "call_connected", of(BORIS)),
        (8, "talk_started", of(BORIS)),
        (20, "call_hold_control", json!({ "employee_id": 1202, "status": "on" })),
        (30, "call_hold_control", json!({ "employee_id": 1202, "status": "off" })),
        (35, "set_mark", json!({ "tag_id": 4, "tag_name": "Целевой" })),
        (48, "talk_finished", over),
        (48, "talk_started", of(ANNA)),
        (68, "talk_finished", handed),
        (68, "call_session_finished", end),
        (
            400,
            "talk_record_file",
            json!({ "file_link": "https://media.example/talk/7001/0f", "file_duration": 60 }),
        ),
    ];
    told.into_iter().map(|(seconds, mnemonic, more)| (seconds, notice(mnemonic, seconds, more))).collect()
}

#[test]
fn a_call_is_followed_from_the_first_ring_to_the_sound() {
    let mut live = live();
    let came = hear(&mut live, 0, "in_call_session", json!({ "contact_full_name": "Пётр" }));
    assert_eq!((came.direction, came.phase), (Direction::Incoming, Phase::Waiting));
    assert_eq!(came.remote, Remote::Number(Phone(79160000011)));
    assert_eq!((came.name.as_deref(), came.line.as_deref()), (Some("Пётр"), Some("74950000001")));
    assert_eq!(came.started_at, at(0));
    let rings = hear(&mut live, 2, "call_proceeding", of(ANNA));
    assert_eq!((rings.phase, rings.ringing), (Phase::Ringing, vec!["101".to_owned()]));
    let talks = hear(&mut live, 8, "talk_started", of(BORIS));
    assert_eq!((talks.phase, talks.agent.as_deref()), (Phase::Talking, Some("102")));
    assert_eq!((talks.answered_at, talks.wait), (Some(at(8)), Duration::from_secs(8)));
    assert!(talks.ringing.is_empty());
    let held = hear(&mut live, 20, "call_hold_control", json!({ "status": "on", "leg_id": 12 }));
    assert_eq!(held.phase, Phase::OnHold);
    let freed = hear(&mut live, 26, "call_hold_control", json!({ "status": "off", "leg_id": 12 }));
    assert_eq!((freed.phase, freed.hold), (Phase::Talking, Duration::from_secs(6)));
    let end = json!({ "talk_time_duration": 40, "wait_time_duration": 8, "total_time_duration": 48 });
    let over = hear(&mut live, 48, "call_session_finished", end);
    assert_eq!((over.phase, over.result), (Phase::Ended, Some(CallResult::Answered)));
    assert_eq!((over.ended_at, over.talk), (Some(at(48)), Duration::from_secs(40)));
    let link = json!({ "file_link": "https://media.example/talk/7001/0f" });
    let sound = hear(&mut live, 9000, "talk_record_file", link);
    assert_eq!(sound.recording.as_deref(), Some("https://media.example/talk/7001/0f"));
    assert_eq!((sound.ended_at, sound.settled), (over.ended_at, false));
}

#[test]
fn a_call_handed_on_keeps_both_talks() {
    let mut live = live();
    let told: Vec<_> = story().into_iter().filter_map(|(when, notice)| live.hear(notice, at(when))).collect();
    let last = told.last().unwrap();
    assert_eq!((last.agent.as_deref(), last.holder.as_deref()), (Some("102"), Some("101")));
    assert_eq!((last.talk, last.talk_in_all()), (Duration::from_secs(40), Duration::from_secs(60)));
    assert_eq!(last.transfers.len(), 1);
    assert_eq!((last.transfers[0].kind, last.transfers[0].to.as_str()), (TransferKind::Blind, "101"));
    assert_eq!(last.tags, ["Целевой"]);
    assert_eq!(last.advert.as_ref().unwrap().campaign.as_deref(), Some("Карты"));
    assert_eq!(last.hold, Duration::from_secs(10));
}

#[test]
fn a_lost_call_is_missed_at_once() {
    let mut live = live();
    hear(&mut live, 0, "in_call_session", json!({}));
    let lost =
        hear(&mut live, 43, "lost_call_session", json!({ "wait_time_duration": 43, "employee_ids": [1201] }));
    assert_eq!((lost.phase, lost.result), (Phase::Ended, Some(CallResult::Missed)));
    assert_eq!((lost.wait, lost.agent), (Duration::from_secs(43), None));
}

#[test]
fn the_list_alone_is_enough_to_see_a_call_and_its_end() {
    let mut live = live();
    let queued = json!([leg(None, "На очереди"), leg(Some(ANNA), "Дозвон")]);
    let rings = live.list(&[listed(queued)], at(3), at(3)).remove(0);
    assert_eq!((rings.phase, rings.started_at), (Phase::Ringing, at(0)));
    assert_eq!(rings.ringing, ["101"]);
    let talk = || json!([leg(None, "Разговор"), leg(Some(BORIS), "Разговор")]);
    let talks = live.list(&[listed(talk())], at(9), at(9)).remove(0);
    assert_eq!((talks.phase, talks.answered_at), (Phase::Talking, Some(at(9))));
    assert!(live.list(&[listed(talk())], at(12), at(12)).is_empty(), "nothing new");
    let held = json!([leg(None, "На удержании"), leg(Some(BORIS), "Разговор")]);
    assert_eq!(live.list(&[listed(held)], at(15), at(15))[0].phase, Phase::OnHold);
    assert!(live.list(&[], at(18), at(18)).is_empty(), "one list may be older than the call");
    let over = live.list(&[], at(21), at(21)).remove(0);
    assert_eq!((over.phase, over.result), (Phase::Ended, Some(CallResult::Answered)));
    assert!(live.running().is_empty());
}

#[test]
fn an_outgoing_call_is_no_talk_while_only_our_own_phone_is_picked_up() {
    let mut live = live();
    let dialled = Dialled {
        external_id: "x-1".into(),
        extension: "101".into(),
        number: Phone(79160000011),
        line: "74950000001".into(),
    };
    let rings = live.dialled("7001".into(), dialled, at(0)).unwrap();
    assert_eq!((rings.direction, rings.phase), (Direction::Outgoing, Phase::Ringing));
    assert_eq!((rings.agent.as_deref(), rings.ringing), (Some("101"), vec!["101".to_owned()]));
    let out = |more: Value| {
        let mut all = json!({ "direction": "out", "external_id": "x-1" });
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        all
    };
    live.hear(notice("call_connected", 4, out(of(ANNA))), at(4));
    let calls = live.list(
        &[ListedCall {
            direction: Some(Direction::Outgoing),
            ..listed(json!([leg(None, "Дозвон"), leg(Some(ANNA), "Разговор")]))
        }],
        at(5),
        at(5),
    );
    assert!(calls.iter().all(|call| call.phase == Phase::Ringing && call.answered_at.is_none()));
    let talks = live.hear(notice("talk_started", 9, out(of(ANNA))), at(9)).unwrap();
    assert_eq!((talks.phase, talks.agent.as_deref()), (Phase::Talking, Some("101")));
    let end = out(json!({ "talk_time_duration": 0, "total_time_duration": 20 }));
    let other = live.hear(notice("call_session_finished", 20, end), at(20)).unwrap();
    assert_eq!(other.phase, Phase::Ended);
}

/// A long wait in a queue: each list shows other phones that ring.
#[test]
fn however_much_was_listed_the_end_is_heard() {
    let rings = |who| json!([leg(None, "На очереди"), leg(Some(who), "Дозвон")]);
    let mut live = live();
    hear(&mut live, 0, "in_call_session", json!({}));
    for nth in 1..1000 {
        live.list(&[listed(rings(if nth % 2 == 0 { ANNA } else { BORIS }))], at(nth * 3), at(nth * 3));
    }
    let lost = hear(&mut live, 3001, "lost_call_session", json!({ "wait_time_duration": 3001 }));
    assert_eq!((lost.phase, lost.result), (Phase::Ended, Some(CallResult::Missed)));
    assert!(live.running().is_empty());
}

#[test]
fn the_written_time_yields_to_the_unix_time_where_the_zone_is_wrong() {
    let mut live = Live::new(chrono_tz::Asia::Vladivostok);
    let told = json!({ "notification_timestamp": at(5).timestamp() });
    let call = live.hear(notice("in_call_session", 5, told), at(5)).unwrap();
    assert_eq!(call.started_at, at(5));
}

#[test]
fn a_late_notice_to_an_empty_memory_takes_nothing_from_the_store() {
    let mut before = live();
    let known = story().into_iter().filter(|(when, _)| *when < 100);
    let known: Vec<_> = known.filter_map(|(when, notice)| before.hear(notice, at(when))).collect();
    let known = known.iter().skip(1).fold(known[0].clone(), |known, news| known.with(news));
    for (when, notice) in story() {
        let mut after = live();
        if let Some(news) = after.hear(notice, at(when + 1000)) {
            let whole = known.with(&news);
            assert!(!whole.is_live());
            assert_eq!((whole.started_at, whole.answered_at), (known.started_at, known.answered_at));
            assert_eq!((&whole.agent, whole.result), (&known.agent, known.result));
            assert_eq!(whole.talk_in_all(), known.talk_in_all());
        }
    }
}

/// The provider's own record of the same call.
fn settled() -> Snapshot {
    let mut live = live();
    let told: Vec<_> = story().into_iter().filter_map(|(when, notice)| live.hear(notice, at(when))).collect();
    Snapshot { settled: true, ..told.last().unwrap().clone() }
}

#[derive(Clone, Debug)]
enum Said {
    Notice(usize),
    Listed(u8),
    Restart,
    Settled,
}

fn said() -> impl Strategy<Value = Vec<Said>> {
    let one = prop_oneof![
        12 => (0..story().len()).prop_map(Said::Notice),
        3 => (0u8..4).prop_map(Said::Listed),
        1 => Just(Said::Restart),
        1 => Just(Said::Settled),
    ];
    prop::collection::vec(one, 0..40)
}

fn picture(nth: u8) -> Vec<ListedCall> {
    let legs = match nth {
        0 => return vec![],
        1 => json!([leg(None, "На очереди"), leg(Some(ANNA), "Дозвон"), leg(Some(BORIS), "Дозвон")]),
        2 => json!([leg(None, "Разговор"), leg(Some(BORIS), "Разговор")]),
        _ => json!([leg(None, "На удержании"), leg(Some(BORIS), "Разговор")]),
    };
    vec![listed(legs)]
}

proptest! {
    /// What the store holds is the fold of all that it was told.
    #[test]
    fn whatever_came_and_however_the_settled_call_is_the_same(said in said()) {
        let (story, settled) = (story(), settled());
        let mut live = live();
        let mut stored: Option<Snapshot> = None;
        let mut now = 0;
        for said in said {
            now += 3;
            let news = match said {
                Said::Notice(nth) => live.hear(story[nth].1.clone(), at(now)).into_iter().collect(),
                Said::Listed(nth) => live.list(&picture(nth), at(now), at(now)),
                Said::Settled => vec![settled.clone()],
                Said::Restart => {
                    live = self::live();
                    vec![]
                }
            };
            for news in news {
                prop_assert!(!news.is_live() || news.result.is_none());
                prop_assert_eq!(news.result.is_some(), news.ended_at.is_some());
                stored = Some(stored.map_or_else(|| news.clone(), |known| known.with(&news)));
            }
        }
        let stored = stored.map_or_else(|| settled.clone(), |known| known.with(&settled));
        prop_assert_eq!(stored, settled);
    }

    /// Without the provider's record: all that was said, in any order and twice, comes to one and the same call.
    #[test]
    fn the_order_of_arrival_says_nothing(order in Just((0..story().len()).collect::<Vec<_>>()).prop_shuffle(), again: Vec<prop::sample::Index>) {
        let story = story();
        let again = again.iter().map(|index| index.index(story.len()));
        let mut live = live();
        let told: Vec<_> = order.into_iter().chain(again).filter_map(|nth| live.hear(story[nth].1.clone(), at(500))).collect();
        prop_assert_eq!(Snapshot { settled: true, ..told.last().unwrap().clone() }, settled());
    }
}
