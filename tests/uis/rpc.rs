//! One question and its answer.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use pult::telephony::uis::Credentials;
use pult::telephony::uis::limits::Need;
use pult::telephony::uis::rpc::{Patience, RpcError, Trouble};
use serde_json::{Value, json};

use crate::fake::faults::{Target, Trouble as Fault};
use crate::fake::world::KEY;
use crate::given::{Given, HOUR, at, error, login, result, rpc, saying};

fn key() -> Credentials {
    Credentials::Key(KEY.into())
}

fn clock() -> pult::telephony::uis::Clock {
    Arc::new(|| at(0))
}

async fn employees(rpc: &pult::telephony::uis::rpc::Rpc) -> Result<Vec<Value>, RpcError> {
    rpc.call("get.employees", json!({})).await.map(|answer| answer.data)
}

#[tokio::test]
async fn a_login_is_bought_once_and_renewed_once_for_all_who_wait() {
    let given = Given::new().await;
    let rpc = given.rpc();
    for _ in 0..3 {
        assert_eq!(employees(&rpc).await.unwrap().len(), 2);
    }
    assert_eq!(given.fake.times_asked("login.user"), 1);
    given.fake.expire_tokens();
    let all = join_all((0..10).map(|_| employees(&rpc))).await;
    assert!(all.iter().all(Result::is_ok));
    assert_eq!(given.fake.times_asked("login.user"), 2);
}

#[tokio::test]
async fn a_token_that_is_refused_at_once_again_is_not_renewed_for_ever() {
    let given = Given::new().await;
    given.fake.faults().until_mended(Target::Data, Fault::Refuse(-32001, "access_token_invalid"));
    let rpc = rpc(&format!("{}/v2.0", given.fake.url()), key(), clock());
    assert_eq!(employees(&rpc).await.unwrap_err().refusal().unwrap().trouble(), Trouble::Token);
    given.fake.faults().mend();
    given.fake.faults().next(Target::Data, Fault::Refuse(-32001, "access_token_invalid"), 9);
    assert!(employees(&given.rpc()).await.is_err());
    assert!(given.fake.times_asked("get.employees") <= 3);
}

#[tokio::test]
async fn a_wrong_password_is_tried_once_by_all_who_wait_and_never_told() {
    let given = Given::new().await;
    let url = format!("{}/v2.0", given.fake.url());
    let rpc = rpc(&url, login("tr0ub4dor"), clock());
    let all = join_all((0..10).map(|_| employees(&rpc))).await;
    for failed in all {
        let error = failed.unwrap_err();
        assert_eq!(error.refusal().unwrap().trouble(), Trouble::Login);
        assert!(!format!("{error} {error:?}").contains("tr0ub4dor"));
    }
    assert_eq!(given.fake.times_asked("login.user"), 1, "who guesses is locked out");
}

#[tokio::test]
async fn what_is_quoted_of_a_key_is_not_told() {
    let url = saying(|_, params| {
        let token = params["access_token"].as_str().unwrap();
        let data = json!({ "mnemonic": "access_token_invalid", "value": token, "field": "access_token" });
        (
            401,
            json!({ "error": { "code": -32001, "message": format!("bad {token}"), "data": data } })
                .to_string(),
        )
    });
    let rpc = rpc(&format!("{}/v2.0", url.await), key(), clock());
    let error = employees(&rpc).await.unwrap_err();
    assert_eq!(error.refusal().unwrap().mnemonic, "access_token_invalid", "read whatever the status");
    assert!(!format!("{error} {error:?} {}", error.plainly()).contains(KEY));
}

#[tokio::test]
async fn every_group_of_errors_has_its_trouble_and_unknown_words_survive() {
    let cases = [
        (-32001, "access_token_expired", Trouble::KeyExpired),
        (-32001, "access_token_blocked", Trouble::KeyBlocked),
        (-32001, "auth_error", Trouble::Login),
        (-32001, "something_new", Trouble::Token),
        (-32002, "contact_in_blacklist", Trouble::Blocked),
        (-32602, "contact_in_blacklist", Trouble::Blocked),
        (-32003, "ip_not_whitelisted", Trouble::Address),
        (-32003, "forbidden", Trouble::Rights),
        (-32004, "invalid_state", Trouble::State),
        (-32007, "virtual_phone_number_not_found", Trouble::VirtualNumber),
        (-32008, "method_component_disabled", Trouble::Component),
        (-32009, "account_inactive", Trouble::Account),
        (-32029, "limit_exceeded", Trouble::Limit),
        (-32099, "batch_opreations_not_supported", Trouble::Protocol),
        (-32601, "method_not_found", Trouble::Protocol),
        (-32602, "data_type_error", Trouble::Parameter),
        (-32603, "internal_error", Trouble::Server),
        (-1, "a_mnemonic_of_tomorrow", Trouble::Unknown),
    ];
    for (code, mnemonic, trouble) in cases {
        let url = saying(move |_, _| error(code, json!({ "mnemonic": mnemonic }))).await;
        let rpc = rpc(&format!("{url}/v2.0"), key(), clock());
        let refused = employees(&rpc).await.unwrap_err();
        assert_eq!(refused.refusal().unwrap().trouble(), trouble, "{mnemonic}");
        assert!(refused.to_string().contains(mnemonic));
    }
}

#[tokio::test]
async fn answers_of_odd_shapes_are_read() {
    for (body, wanted) in [
        (json!({ "result": { "data": [1], "meta_data": { "total_items": 1 } } }), json!([1])),
        (json!({ "result": { "success": "true" } }), json!({ "success": "true" })),
        (json!({ "result": {} }), json!({})),
        (json!({ "result": { "id": 12_803_565_894_i64 } }), json!({ "id": 12_803_565_894_i64 })),
        (json!({ "result": { "data": [], "metadata": { "limits": {}, "version": null } } }), json!([])),
        (json!({ "result": { "data": [2], "metadata": "none" } }), json!([2])),
    ] {
        let body = body.to_string();
        let url = saying(move |_, _| (200, body.clone())).await;
        let rpc = rpc(&format!("{url}/v2.0"), key(), clock());
        assert_eq!(rpc.call::<_, Value>("get.tags", json!({})).await.unwrap().data, wanted);
    }
}

#[tokio::test]
async fn what_is_no_answer_is_told_apart() {
    let given = Given::new().await;
    let patience = Patience { answer: Duration::from_millis(300), at_most: 4_000, ..Patience::default() };
    let rpc = rpc(&format!("{}/v2.0", given.fake.url()), key(), clock()).with_patience(patience);
    let faults = given.fake.faults();
    faults.next(Target::Data, Fault::HtmlError, 1);
    assert!(matches!(employees(&rpc).await, Err(RpcError::NotRpc { status: 500, .. })));
    faults.next(Target::Data, Fault::BrokenJson, 1);
    assert!(matches!(employees(&rpc).await, Err(RpcError::NotRpc { status: 200, .. })));
    faults.next(Target::Data, Fault::CutInBody, 1);
    assert!(matches!(employees(&rpc).await, Err(RpcError::Unreachable { .. })));
    faults.until_mended(Target::Data, Fault::Hang);
    assert!(matches!(employees(&rpc).await, Err(RpcError::Silent(_))));
    faults.mend();
    given.fake.world(|world| world.employees[0].name = "ы".repeat(4_000));
    assert_eq!(employees(&rpc).await, Err(RpcError::TooLarge(4_000)));
}

#[tokio::test]
async fn a_redirect_does_not_carry_the_key_away() {
    let url = saying(|_, _| (308, String::new())).await;
    let rpc = rpc(&format!("{url}/v2.0"), key(), clock());
    assert!(matches!(employees(&rpc).await, Err(RpcError::NotRpc { status: 308, .. })));
}

#[tokio::test]
async fn points_are_counted_from_answers_and_refusals() {
    let given = Given::new().await;
    given.go_to(0);
    given.fake.limit(20, 1_000);
    let rpc = given.rpc();
    assert_eq!(employees(&rpc).await.unwrap().len(), 2);
    let day = rpc.meter().limits().day.unwrap();
    assert_eq!(day.limit, 20);
    assert!((18..=19).contains(&day.remaining) && day.resets_at > at(0));
    while employees(&rpc).await.is_ok() {}
    let Err(pause) = rpc.meter().admit(Need::Live, at(0)) else { panic!("nothing is left") };
    assert!(pause > Duration::from_secs(HOUR as u64), "until the day's end: {pause:?}");
}

#[tokio::test]
async fn the_minute_is_waited_for_where_only_it_is_spent() {
    let limits = json!({ "day_limit": 750, "day_remaining": 700, "day_reset": 31_492,
                         "minute_limit": 150, "minute_remaining": 0, "minute_reset": 52 });
    let data = json!({ "mnemonic": "limit_exceeded", "metadata": { "limits": limits } });
    let url = saying(move |_, _| error(-32029, data.clone())).await;
    let rpc = rpc(&format!("{url}/v2.0"), key(), clock());
    assert!(employees(&rpc).await.is_err());
    assert_eq!(rpc.meter().admit(Need::Live, at(0)), Err(Duration::from_secs(52)));
    assert_eq!(rpc.meter().admit(Need::Live, at(52)), Ok(()));
}

#[tokio::test]
async fn limits_may_be_missing() {
    let url = saying(|_, _| result(json!([]))).await;
    let rpc = rpc(&format!("{url}/v2.0"), key(), clock());
    assert!(employees(&rpc).await.is_ok());
    assert_eq!(rpc.meter().admit(Need::Background, at(0)), Ok(()));
}

#[test]
fn settings_show_no_secret_and_refuse_the_open_road() {
    let settings = crate::given::settings("http://127.0.0.1:1");
    assert!(!format!("{settings:?}").contains(crate::fake::world::PASSWORD));
    let open =
        pult::telephony::uis::Settings { data_url: "http://dataapi.uiscom.ru/v2.0".into(), ..settings };
    assert!(open.checked().unwrap_err().to_string().contains("https"));
}
