//! What `pult doctor` says of an account, by the built program.

use std::fs;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::fake::Fake;
use crate::fake::faults::{Target, Trouble};
use crate::fake::world::KEY;
use crate::given::{Given, error, result, saying};

/// Its report and whether it calls all of it good, for an account at `url` with this key.
async fn doctor(url: &str, key: &str, more: &str) -> (String, bool) {
    let home = TempDir::new().unwrap();
    let folder = home.path().join(".config/pult");
    fs::create_dir_all(&folder).unwrap();
    let uis = format!("[uis]\ndata_url = \"{url}/v2.0\"\ncall_url = \"{url}/v4.0\"\n{more}\n");
    fs::write(folder.join("config.toml"), format!("[desk]\nlanguage = \"ru\"\n{uis}")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_pult"));
    command.arg("doctor").env_clear().env("HOME", home.path()).env("PULT_UIS_KEY", key);
    command.env("TERM", "xterm").env("LANG", "C.UTF-8").stdin(Stdio::null());
    // The fake lives on this runtime.
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    assert!(!said.contains(KEY) && !said.contains("wrong-key"), "{said}");
    (said, output.status.success())
}

async fn of(fake: &Fake) -> (String, bool) {
    doctor(&fake.url(), KEY, "number = \"74950000001\"").await
}

fn says(said: &str, words: &[&str]) {
    for word in words {
        assert!(said.contains(word), "wanted: {word}\n{said}");
    }
}

#[tokio::test]
async fn a_healthy_account_shows_its_zone_and_its_points() {
    let given = Given::new().await;
    given.fake.limit(750, 150);
    let (said, good) = of(&given.fake).await;
    assert!(good, "{said}");
    says(&said, &["✓ uiscom.ru: связь есть, часовой пояс Europe/Moscow", "осталось 74", "из 750"]);
}

#[tokio::test]
async fn a_wrong_key_an_address_off_the_list_and_an_account_switched_off() {
    let given = Given::new().await;
    let (said, good) = doctor(&given.fake.url(), "wrong-key", "").await;
    assert!(!good);
    says(&said, &["access_token_invalid", "создайте ключ в кабинете «Аккаунт → Управление пользователями»"]);
    given.fake.world(|world| world.allows_address = false);
    says(
        &of(&given.fake).await.0,
        &["ip_not_whitelisted", "«Аккаунт → Правила и настройки безопасности → API»"],
    );
    given.fake.world(|world| world.allows_address = true);
    given.fake.faults().until_mended(Target::Data, Trouble::Refuse(-32009, "account_inactive"));
    says(&of(&given.fake).await.0, &["аккаунт отключён"]);
}

#[tokio::test]
async fn few_points_a_missing_component_and_a_platform_out_of_reach() {
    let given = Given::new().await;
    given.fake.limit(20, 150);
    // Each look costs five.
    for _ in 0..3 {
        assert!(!of(&given.fake).await.0.contains("запросов почти не осталось"));
    }
    says(&of(&given.fake).await.0, &["! Запросов к API осталось", "запросов почти не осталось"]);
    let hidden = saying(|method, _| match method {
        "get.employees" => error(-32008, serde_json::json!({ "mnemonic": "method_component_disabled" })),
        _ => result(serde_json::json!([])),
    });
    let (said, good) = doctor(&hidden.await, KEY, "").await;
    assert!(good, "{said}");
    says(&said, &["! Не видно get.employees: method_component_disabled", "услуга", "не назван свой номер"]);
    let (said, good) = doctor("http://127.0.0.1:1", KEY, "").await;
    assert!(!good);
    says(&said, &["127.0.0.1 cannot be reached", "проверьте интернет"]);
}

#[tokio::test]
async fn settings_that_cannot_work_are_named() {
    for (more, wanted) in [
        ("zone = \"Moscow\"", "uis.zone"),
        ("login = \"desk\"\nkey_file = \"x\"", "uis.login"),
        ("password_file = \"x\"", "uis.password_file"),
        ("login = \"desk\"", "PULT_UIS_PASSWORD"),
        ("host = \"example.com\"", "uiscom.ru, comagic.ru, novofon.ru, callgear.com"),
        ("number = \"+7 495\"", "number must be digits"),
        ("poll = 0", "poll must be at least 1 s"),
        ("[asterisk]\nhost = \"a\"\nusername = \"a\"\ntrunks = [\"t\"]", "[asterisk] or [uis]"),
        ("[uis.listener]", "PULT_UIS_LISTENER_SECRET"),
    ] {
        let (said, good) = doctor("https://127.0.0.1:1", KEY, more).await;
        assert!(!good && said.contains(wanted), "{more}\nwanted: {wanted}\n{said}");
    }
    let (said, _) = doctor("http://dataapi.uiscom.ru", KEY, "").await;
    says(&said, &["must begin with https://"]);
}
