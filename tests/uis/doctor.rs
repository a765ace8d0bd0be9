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
    doctor_in("ru", url, key, more).await
}

async fn doctor_in(language: &str, url: &str, key: &str, more: &str) -> (String, bool) {
    let home = TempDir::new().unwrap();
    let folder = home.path().join(".config/pult");
    fs::create_dir_all(&folder).unwrap();
    let uis = format!("[uis]\ndata_url = \"{url}/v2.0\"\ncall_url = \"{url}/v4.0\"\n{more}\n");
    fs::write(folder.join("config.toml"), format!("[desk]\nlanguage = \"{language}\"\n{uis}")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_pult"));
    command.arg("doctor").env_clear().env("HOME", home.path()).env("PULT_UIS_KEY", key);
    command.env("PULT_UIS_LISTENER_SECRET", "0123456789abcdef");
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

/// What was wrong, what is said of it, what to do: in Russian and in English.
const KINDS: [(i32, &str, [&str; 2], [&str; 2]); 7] = [
    (
        -32001,
        "access_token_invalid",
        ["не подходит", "создайте ключ"],
        ["is wrong", "make one in the cabinet"],
    ),
    (-32001, "access_token_expired", ["ключ API истёк", "создайте новый"], ["has expired", "make a new one"]),
    (-32003, "ip_not_whitelisted", ["не разрешён", "добавьте адрес"], ["not allowed", "add this computer's"]),
    (
        -32008,
        "component_disabled",
        ["подключённой услуги", "она подключается"],
        ["component", "it is bought"],
    ),
    (-32009, "account_inactive", ["аккаунт отключён", "проверьте баланс"], ["switched off", "balance"]),
    (
        -32029,
        "limit_exceeded",
        ["запросы к API кончились", "лимит"],
        ["no API questions", "limit can be raised"],
    ),
    (-32603, "internal_error", ["сбой на стороне", "попробует снова"], ["own failure", "tries again"]),
];

#[tokio::test]
async fn each_kind_of_refusal_is_said_with_what_to_do_in_both_languages() {
    let given = Given::new().await;
    for (code, mnemonic, ru, en) in KINDS {
        given.fake.faults().until_mended(Target::Any, Trouble::Refuse(code, mnemonic));
        for (language, words) in [("ru", ru), ("en", en)] {
            let (said, good) = doctor_in(language, &given.fake.url(), KEY, "").await;
            assert!(!good, "{said}");
            says(&said, &words);
            says(&said, &[mnemonic]);
        }
        given.fake.faults().mend();
    }
}

#[tokio::test]
async fn answers_of_somebody_else_are_told_from_no_answer_at_all() {
    let given = Given::new().await;
    given.fake.faults().until_mended(Target::Any, Trouble::HtmlError);
    says(&of(&given.fake).await.0, &["сервер отвечает не то", "отвечает не API: проверьте data_url"]);
    given.fake.faults().mend();
    given.fake.faults().cut();
    let (said, good) = doctor_in("en", &given.fake.url(), KEY, "").await;
    assert!(!good);
    says(&said, &["no way to the server", "check the internet connection"]);
}

#[tokio::test]
async fn a_port_for_notifications_that_is_taken_is_told_from_a_free_one() {
    let given = Given::new().await;
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let section = format!("[uis.listener]\naddress = \"{}\"", other.local_addr().unwrap());
    let (said, good) = doctor(&given.fake.url(), KEY, &section).await;
    assert!(!good);
    says(&said, &["занят другой программой", "ss -ltnp", "[uis.listener]"]);
    drop(other);
    let (said, good) = doctor(&given.fake.url(), KEY, &section).await;
    assert!(good, "{said}");
    says(&said, &["свободен, откроется вместе с пультом"]);
    let (said, _) =
        doctor_in("en", &given.fake.url(), KEY, "[uis.listener]\naddress = \"192.0.2.1:8871\"").await;
    says(&said, &["192.0.2.1:8871 cannot be opened", "name an address of this computer"]);
}

#[tokio::test]
async fn few_points_a_missing_component_and_a_platform_out_of_reach() {
    let given = Given::new().await;
    given.fake.limit(20, 150);
    for _ in 0..3 {
        let (said, _) = of(&given.fake).await;
        if said.contains("! Запросов к API осталось") {
            says(&said, &["запросов почти не осталось"]);
        }
    }
    let hidden = saying(|method, _| match method {
        "get.employees" => error(-32008, serde_json::json!({ "mnemonic": "method_component_disabled" })),
        _ => result(serde_json::json!([])),
    });
    let (said, good) = doctor(&hidden.await, KEY, "").await;
    assert!(good, "{said}");
    says(
        &said,
        &[
            "! Не видно get.employees: не хватает прав или подключённой услуги (method_component_disabled",
            "услуга",
            "не назван свой номер",
        ],
    );
    let (said, good) = doctor("http://127.0.0.1:1", KEY, "").await;
    assert!(!good);
    says(&said, &["до сервера не достучаться", "127.0.0.1 cannot be reached", "проверьте интернет"]);
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
        ("[uis.listener]\nsecret_file = \"none\"", "uis.listener"),
        ("[asterisk]\nhost = \"a\"\nusername = \"a\"\ntrunks = [\"t\"]", "[asterisk] or [uis]"),
    ] {
        let (said, good) = doctor("https://127.0.0.1:1", KEY, more).await;
        assert!(!good && said.contains(wanted), "{more}\nwanted: {wanted}\n{said}");
    }
    let (said, _) = doctor("http://dataapi.uiscom.ru", KEY, "").await;
    says(&said, &["must begin with https://"]);
}
