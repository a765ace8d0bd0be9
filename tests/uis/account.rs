//! Who works in the account, which numbers it has, which zone it lives in.

use pult::domain::office::Office;
use pult::telephony::uis::{Unreached, probe};
use serde_json::json;

use crate::fake::faults::{Target, Trouble as Fault};
use crate::given::{Given, account_at, error, result, saying};

#[tokio::test]
async fn the_office_names_lines_people_and_the_campaign_of_a_number_that_has_one() {
    let given = Given::new().await;
    let Office { lines, employees } = given.account().read_directory().await.unwrap().office();
    let campaigns: Vec<_> =
        lines.iter().map(|line| (line.number.as_str(), line.campaign.as_deref())).collect();
    assert_eq!(campaigns, [("74950000001", Some("Яндекс")), ("74950000002", None)]);
    let people: Vec<_> = employees
        .iter()
        .map(|one| (one.code.as_str(), one.name.as_str(), one.extension.as_deref()))
        .collect();
    assert_eq!(people, [("uis:7", "Иванова Анна", Some("101")), ("uis:8", "Петрова Мария", Some("102"))]);
    assert_eq!(employees[0].phones[0].0, 79_260_000_001);
}

#[tokio::test]
async fn directories_that_we_may_not_see_are_empty_and_told() {
    let url = saying(|method, _| match method {
        "get.account" => result(json!([{ "app_id": 1, "timezone": "Asia/Omsk" }])),
        "get.virtual_numbers" => error(-32003, json!({ "mnemonic": "forbidden" })),
        _ => result(json!([])),
    });
    let account = account_at(&url.await);
    assert!(account.read_directory().await.unwrap().office().lines.is_empty());
    let found = probe(&account).await.unwrap();
    assert_eq!(found.zone, "Asia/Omsk");
    assert_eq!(found.hidden.iter().map(|(method, _)| *method).collect::<Vec<_>>(), ["get.virtual_numbers"]);
    assert!(found.calls.is_none());
}

#[tokio::test]
async fn an_address_off_the_list_is_told_with_the_place_in_the_cabinet() {
    let given = Given::new().await;
    given.fake.world(|world| world.allows_address = false);
    let error = Unreached::Answer(probe(&given.account()).await.unwrap_err()).to_string();
    assert!(
        error.contains("Правила и настройки безопасности") && error.contains("ip_not_whitelisted"),
        "{error}"
    );
}

#[tokio::test]
async fn the_setting_outweighs_the_accounts_zone_and_an_unknown_one_is_moscow() {
    let given = Given::new().await;
    let account = given.account_with(|settings| settings.zone = Some(chrono_tz::Asia::Tokyo));
    given.fake.faults().until_mended(Target::Data, Fault::HtmlError);
    assert_eq!(account.zone().await.unwrap(), chrono_tz::Asia::Tokyo, "nothing is asked");
    let url = saying(|_, _| result(json!({ "timezone": "Mars/Olympus" }))).await;
    assert_eq!(account_at(&url).zone().await.unwrap(), chrono_tz::Europe::Moscow);
}
