//! The past as the reports tell it: whole, whatever happens between two pages.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use pult::domain::call::{CallResult, Snapshot, TransferKind};
use pult::domain::lead::Lead;
use pult::telephony::uis::history::{Calls, Leads};
use pult::telephony::{History, HistoryError};
use serde_json::{Map, Value, json};

use crate::fake::faults::{Target, Trouble as Fault};
use crate::fake::world;
use crate::fake::world::{Session, World};
use crate::given::{Given, HOUR, account_at, at, error, in_zone, leg, result, saying, talk, world};

fn day() -> Range<DateTime<Utc>> {
    at(-HOUR)..at(9 * HOUR)
}

/// All pages, with what `between` does before each of the next ones.
async fn pages(
    history: &dyn History,
    span: &Range<DateTime<Utc>>,
    mut between: impl FnMut(usize),
) -> (Vec<Snapshot>, Vec<Lead>, u32) {
    let (mut calls, mut leads, mut unread, mut next) = (vec![], vec![], 0, None::<String>);
    for count in 0..50 {
        let page = history.page(span, next.as_deref()).await.unwrap();
        calls.extend(page.calls);
        leads.extend(page.leads);
        unread += page.unread;
        next = page.next;
        if next.is_none() {
            return (calls, leads, unread);
        }
        between(count);
    }
    panic!("the past has no end");
}

fn ids(calls: &[Snapshot]) -> BTreeSet<i64> {
    calls.iter().map(|call| call.key.id.parse().unwrap()).collect()
}

/// Calls begin every ten seconds.
async fn busy(count: i64) -> Given {
    let mut world = world();
    world.sessions = (1..=count).map(|id| talk(id, id * 10)).collect();
    Given::of(world).await
}

#[tokio::test]
async fn pages_hold_every_call_with_its_legs() {
    let given = busy(250).await;
    let calls = Calls::new(given.account()).with_page(100);
    let (found, _, unread) = pages(&calls, &day(), |_| {}).await;
    assert_eq!((ids(&found).len(), unread), (250, 0));
    assert!(found.iter().all(|call| call.settled && call.agent.as_deref() == Some("101")));
    assert_eq!(given.fake.times_asked("get.calls_report"), 3);
}

#[tokio::test]
async fn rows_that_vanish_or_appear_between_pages_lose_none() {
    let given = busy(250).await;
    let calls = Calls::new(given.account()).with_page(100);
    let (found, ..) = pages(&calls, &day(), |page| {
        given.fake.world(|world| match page {
            0 => world.sessions.retain(|session| session.id > 50),
            _ => world.sessions.extend((301..340).map(|id| talk(id, id - 300))),
        });
    })
    .await;
    assert!(ids(&found).is_superset(&(1..=250).collect()));
}

#[tokio::test]
async fn hundreds_of_calls_of_one_second_are_no_trap() {
    let mut world = world();
    world.sessions = (1..=210).map(|id| talk(id, 5)).collect();
    let given = Given::of(world).await;
    let (found, ..) = pages(&Calls::new(given.account()).with_page(100), &day(), |_| {}).await;
    assert_eq!(ids(&found).len(), 210);
}

#[tokio::test]
async fn a_token_may_run_out_in_mid_page() {
    let given = busy(10).await;
    let account = given.account();
    account.get_account().await.unwrap();
    let calls = Calls::new(account);
    // Zone, three directories, calls: the legs are refused.
    given.fake.expire_tokens_after(5);
    let (found, ..) = pages(&calls, &day(), |_| {}).await;
    assert_eq!(found.len(), 10);
    assert!(found.iter().all(|call| call.agent.is_some()));
    assert_eq!(given.fake.times_asked("login.user"), 2);
}

#[tokio::test]
async fn a_year_is_asked_for_in_parts() {
    let mut world = world();
    let months = 30 * 24 * HOUR;
    world.sessions = (0..12).map(|month| talk(month + 1, -month * months)).collect();
    let given = Given::of(world).await;
    let (found, ..) = pages(&Calls::new(given.account()), &(at(-12 * months)..at(HOUR)), |_| {}).await;
    assert_eq!(ids(&found).len(), 12);
}

#[tokio::test]
async fn the_zone_and_the_span_are_kept() {
    let mut world = in_zone(chrono_tz::Asia::Vladivostok);
    world.sessions = vec![talk(1, -1), talk(2, 0), talk(3, 1_800), talk(4, HOUR)];
    let given = Given::of(world).await;
    let (found, ..) = pages(&Calls::new(given.account()), &(at(0)..at(HOUR)), |_| {}).await;
    assert_eq!(ids(&found), BTreeSet::from([2, 3]));
    assert_eq!(found[0].started_at, at(0));
}

/// On 25 October 2026 Berlin's clocks show the hour from two to three twice.
#[tokio::test]
async fn an_hour_shown_twice_loses_no_call_and_has_an_end() {
    let change = DateTime::parse_from_rfc3339("2026-10-25T01:00:00Z").unwrap().to_utc();
    let offset = (change - at(0)).num_seconds();
    let mut world = in_zone(chrono_tz::Europe::Berlin);
    world.sessions = (0..240).map(|n| talk(n + 1, offset - 2 * HOUR + n * 60)).collect();
    let given = Given::of(world).await;
    given.go_to(offset + 9 * HOUR);
    let span = change - TimeDelta::hours(3)..change + TimeDelta::hours(4);
    let (found, ..) = pages(&Calls::new(given.account()).with_page(50), &span, |_| {}).await;
    assert_eq!(ids(&found).len(), 240);
    assert!(found.iter().all(|call| call.ended_at.is_some_and(|end| end >= call.started_at)));
}

#[tokio::test]
async fn a_row_of_other_types_is_counted_and_its_neighbours_are_read() {
    let row = |id: Value, start: Value| json!({ "id": id, "start_time": start, "finish_time": "2026-09-21 10:05:00", "direction": "in" });
    let rows = json!([
        row(json!(1), json!("2026-09-21 10:00:00")),
        row(json!("2"), json!("2026-09-21T10:00:01.250")),
        row(json!(null), json!("2026-09-21 10:00:02")),
        row(json!(4), json!("yesterday")),
        "no row at all",
        row(json!(5), json!("2026-09-21 10:00:03")),
    ]);
    let url = saying(move |method, _| match method {
        "get.account" => result(json!([{ "timezone": "Europe/Moscow" }])),
        "get.calls_report" => result(rows.clone()),
        _ => result(json!([])),
    });
    let (found, _, unread) = pages(&Calls::new(account_at(&url.await)), &day(), |_| {}).await;
    assert_eq!((ids(&found), unread), (BTreeSet::from([1, 2, 5]), 3));
}

#[tokio::test]
async fn columns_that_the_account_lacks_are_given_up_for_good() {
    let asked = Arc::new(std::sync::Mutex::new(vec![]));
    let seen = asked.clone();
    let url = saying(move |method, params| {
        if method != "get.calls_report" {
            return result(json!([]));
        }
        let fields: Vec<String> = serde_json::from_value(params["fields"].clone()).unwrap();
        seen.lock().unwrap().push(fields.len());
        let has = |name: &str| fields.iter().any(|field| field == name);
        match () {
            () if has("tags") => {
                error(-32008, json!({ "mnemonic": "parameter_component_disabled", "field": "fields.tags" }))
            }
            () if has("utm_term") => error(
                -32602,
                json!({ "mnemonic": "invalid_parameter_value", "field": "fields", "value": "utm_term" }),
            ),
            () if has("channel") => error(-32008, json!({ "mnemonic": "parameter_component_disabled" })),
            () => result(
                json!([{ "id": 1, "start_time": "2026-09-21 10:00:00", "finish_time": "2026-09-21 10:01:00", "direction": "in" }]),
            ),
        }
    });
    let calls = Calls::new(account_at(&url.await));
    assert_eq!(pages(&calls, &day(), |_| {}).await.0.len(), 1);
    assert_eq!(pages(&calls, &day(), |_| {}).await.0.len(), 1);
    let asked = asked.lock().unwrap();
    assert_eq!(asked.len(), 5, "three refusals once: {asked:?}");
    assert_eq!((asked[0] - asked[1], asked[1] - asked[2], asked[3]), (1, 1, asked[4]));
}

#[tokio::test]
async fn calls_whose_legs_are_hidden_are_still_calls() {
    let url = saying(|method, _| match method {
        "get.call_legs_report" => error(-32003, json!({ "mnemonic": "forbidden" })),
        "get.employees" => result(json!([{ "id": 7, "extension": { "extension_phone_number": "101" } }])),
        "get.calls_report" => result(json!([{
            "id": 1, "start_time": "2026-09-21 10:00:00", "finish_time": "2026-09-21 10:01:00", "direction": "in",
            "is_lost": false, "talk_duration": 40, "clean_talk_duration": 30, "last_talked_employee_id": 7,
            "employees": [{ "employee_id": 7, "is_answered": true, "is_talked": true }],
        }])),
        _ => result(json!([])),
    });
    let (found, ..) = pages(&Calls::new(account_at(&url.await)), &day(), |_| {}).await;
    assert_eq!((found[0].agent.as_deref(), found[0].holder.as_deref()), (Some("101"), Some("101")));
    assert_eq!((found[0].talk.as_secs(), found[0].hold.as_secs()), (40, 10));
}

#[tokio::test]
async fn calls_whose_people_are_hidden_are_still_calls() {
    let url = saying(|method, _| match method {
        "get.employees" => error(-32003, json!({ "mnemonic": "forbidden" })),
        "get.calls_report" => result(json!([{
            "id": 1, "start_time": "2026-09-21 10:00:00", "finish_time": "2026-09-21 10:01:00", "direction": "in",
            "is_lost": false, "talk_duration": 40, "operator_phone_number": "79260000001",
        }])),
        _ => result(json!([])),
    });
    let (found, ..) = pages(&Calls::new(account_at(&url.await)), &day(), |_| {}).await;
    assert_eq!(found[0].agent.as_deref(), Some("79260000001"));
}

/// A key that ran out between two questions says nothing of what calls were.
#[tokio::test]
async fn legs_that_were_not_asked_for_are_not_taken_for_none() {
    let url = saying(|method, _| match method {
        "get.call_legs_report" => error(-32001, json!({ "mnemonic": "access_token_expired" })),
        "get.calls_report" => result(json!([{
            "id": 1, "start_time": "2026-09-21 10:00:00", "finish_time": "2026-09-21 10:01:00", "direction": "in",
        }])),
        _ => result(json!([])),
    });
    let calls = Calls::new(account_at(&url.await));
    assert!(matches!(calls.page(&day(), None).await, Err(HistoryError::Refused(_))));
}

#[tokio::test]
async fn troubles_are_told_by_what_can_be_done() {
    let given = busy(3).await;
    let calls = Calls::new(given.account());
    assert_eq!(calls.page(&day(), None).await.unwrap().calls.len(), 3);
    let faults = given.fake.faults();
    faults.next(Target::Data, Fault::HtmlError, 1);
    assert!(matches!(calls.page(&day(), None).await, Err(HistoryError::Unreachable(_))));
    given.go_to(10 * HOUR + 2);
    given.fake.world(|world| world.allows_address = false);
    let Err(HistoryError::Refused(reason)) = calls.page(&day(), None).await else { panic!("let in") };
    assert!(reason.contains("ip_not_whitelisted") && reason.contains("безопасности"), "{reason}");
    given.fake.world(|world| world.allows_address = true);
    given.go_to(10 * HOUR + 90);
    assert_eq!(calls.page(&day(), None).await.unwrap().calls.len(), 3);
    given.fake.limit(0, 0);
    assert!(matches!(calls.page(&day(), None).await, Err(HistoryError::Later(_))));
}

/// Seven hundred and fifty questions last the day, though the past is asked for every minute, and a tenth is left.
#[tokio::test]
async fn the_past_spreads_what_is_left_of_the_day() {
    let given = busy(3).await;
    given.fake.limit(750, 150);
    let calls = Calls::new(given.account());
    let mut late = 0;
    for minute in 0..24 * 60 {
        // From the day's beginning to its end.
        given.go_to(-10 * HOUR + minute * 60);
        match calls.page(&day(), None).await {
            Ok(_) => late = minute,
            Err(HistoryError::Later(pause)) => assert!(pause > Duration::ZERO),
            Err(error) => panic!("{error}"),
        }
    }
    let asked = given.fake.asked().iter().filter(|asked| asked.refused.is_none()).count();
    assert!((600..=677).contains(&asked), "{asked} questions");
    assert!(late > 22 * 60, "the last in minute {late}");
}

#[tokio::test]
async fn figures_add_up_to_what_the_cabinet_shows() {
    let mut world = world();
    let blind = Session {
        legs: vec![
            leg(11, None, 0, [0, 0, 120]),
            leg(12, Some(7), 0, [1, 10, 40]),
            leg(13, Some(8), 0, [41, 50, 120]),
        ],
        ends: at(120),
        reported: at(121),
        ..talk(1, 0)
    };
    let consulted = Session {
        legs: vec![
            leg(21, None, 0, [0, 0, 120]),
            leg(22, Some(7), 0, [1, 10, 60]),
            leg(23, Some(8), 0, [40, 50, 120]),
        ],
        id: 2,
        ..blind.clone()
    };
    let asked_back = Session {
        legs: vec![
            leg(31, None, 0, [0, 0, 120]),
            leg(32, Some(7), 0, [1, 10, 120]),
            leg(33, Some(8), 0, [40, 50, 60]),
        ],
        id: 3,
        ..blind.clone()
    };
    let missed = Session { legs: vec![], contact: None, id: 4, ..blind.clone() };
    world.sessions = vec![blind, consulted, asked_back, missed];
    let given = Given::of(world).await;
    let (found, ..) = pages(&Calls::new(given.account()), &day(), |_| {}).await;
    let seconds = |duration: Duration| duration.as_secs();
    let told = |id: &str| {
        let call = found.iter().find(|call| call.key.id == id).unwrap();
        let transfers: Vec<_> =
            call.transfers.iter().map(|one| (one.kind, one.to.as_str(), seconds(one.talk))).collect();
        (
            call.holder.as_deref(),
            seconds(call.wait),
            seconds(call.talk),
            transfers,
            seconds(call.talk_in_all()),
        )
    };
    assert_eq!(told("1"), (Some("102"), 10, 40, vec![(TransferKind::Blind, "102", 70)], 110));
    assert_eq!(told("2"), (Some("102"), 10, 50, vec![(TransferKind::Attended, "102", 60)], 110));
    assert_eq!(told("3"), (Some("101"), 10, 110, vec![], 110));
    assert_eq!(told("4"), (None, 120, 0, vec![], 0));
    let results: Vec<_> = found.iter().filter_map(|call| call.result).collect();
    assert_eq!(
        results,
        [CallResult::Answered, CallResult::Answered, CallResult::Answered, CallResult::Missed]
    );
}

fn lead(id: i64, left: i64) -> world::Lead {
    world::Lead {
        id,
        left_at: at(left),
        known_from: at(left),
        name: Some("Мария \u{1b}[2J".into()),
        phone: Some(79_161_234_567),
        email: Some("maria@example.com".into()),
        text: "Хочу записаться".into(),
        campaign: Some(5),
        visit: Map::from_iter([("utm_source".to_owned(), json!("yandex"))]),
    }
}

#[tokio::test]
async fn forms_of_the_site_are_leads() {
    let mut world: World = world();
    world.leads = (1..=3).map(|id| lead(id, id * 60)).collect();
    let given = Given::of(world).await;
    let (_, leads, unread) = pages(&Leads::new(given.account()), &day(), |_| {}).await;
    assert_eq!((leads.len(), unread), (3, 0));
    assert_eq!(leads[0].left_at, at(60));
    assert_eq!(leads[0].remote.phone().unwrap().0, 79_161_234_567);
    assert_eq!(leads[0].name.as_deref(), Some("Мария [2J"));
    assert_eq!(leads[0].advert.campaign.as_deref(), Some("Яндекс"));
    assert_eq!(leads[0].advert.utm_source.as_deref(), Some("yandex"));
}

/// The report cannot be sorted: more than an answer holds is asked for again in halves.
#[tokio::test]
async fn more_leads_than_an_answer_holds_are_halved() {
    let mut world: World = world();
    world.leads = (1..=105).map(|id| lead(id, id)).collect();
    let given = Given::of(world).await;
    let (_, leads, unread) = pages(&Leads::new(given.account()).with_page(20), &day(), |_| {}).await;
    assert_eq!(leads.iter().map(|lead| &lead.id).collect::<BTreeSet<_>>().len(), 105);
    assert_eq!(unread, 0);
}

#[tokio::test]
async fn an_account_without_forms_has_no_leads() {
    let given = Given::new().await;
    given.fake.faults().until_mended(Target::Data, Fault::Refuse(-32008, "method_component_disabled"));
    let account = given.account_with(|settings| {
        settings.zone = Some(chrono_tz::Europe::Moscow);
        settings.credentials = pult::telephony::uis::Credentials::Key(world::KEY.into());
    });
    let (_, leads, unread) = pages(&Leads::new(account), &day(), |_| {}).await;
    assert_eq!((leads.len(), unread), (0, 0));
}
