//! An administrator with a new account at UIS: from the first question to the healed break, in a real terminal.

#[allow(dead_code, reason = "the adapter's own tests use the rest")]
#[path = "../fake_uis/fake.rs"]
mod fake;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Europe::Moscow;

use fake::Fake;
use fake::world::{Campaign, Employee, KEY, Leg, Number, Session, Way, World};

use super::{ENTER, F10, User};

const WIDE: (u16, u16) = (120, 40);
const ALT_O: &str = "\x1bo";

#[test]
fn the_set_up_says_what_is_wrong_keeps_the_answers_and_the_key_to_itself() {
    let user = User::new();
    let mut terminal = user.start(&[], WIDE);
    terminal.see("Язык / Language");
    terminal.send("1\r");
    terminal.see("UIS, CoMagic");
    terminal.send("3\r");
    for (asked, answer) in
        [("Сайт", "uiscom"), ("Ключ API", KEY), ("Свой номер", "74950000001"), ("Внутренний номер", "101")]
    {
        terminal.see(asked);
        terminal.send(answer);
        terminal.send(ENTER);
    }
    terminal.see("сайт «uiscom» не из перечисленных");
    terminal.send("1\r");
    terminal.see("[uiscom]");
    terminal.send(ENTER);
    terminal.see("пусто — прежний");
    terminal.send(ENTER);
    terminal.see("[74950000001]");
    terminal.send(ENTER);
    terminal.see("[101]");
    terminal.send(ENTER);
    terminal.wait("the second failure", |screen| screen.matches("не из перечисленных").count() == 2);
    terminal.send("2\r");
    terminal.see("Настройки записаны");
    assert!(!terminal.text().contains(KEY));
    assert!(!terminal.wait_for_exit().success(), "no desk opens on a site that is none");
    let folder = user.home.path().join(".config/pult");
    let config = fs::read_to_string(folder.join("config.toml")).unwrap();
    for line in
        ["host = \"uiscom\"", "key_file = \"uis.key\"", "number = \"74950000001\"", "extension = \"101\""]
    {
        assert!(config.contains(line), "wanted: {line}\n{config}");
    }
    assert_eq!(fs::read_to_string(folder.join("uis.key")).unwrap().trim(), KEY);
    assert_eq!(fs::metadata(folder.join("uis.key")).unwrap().permissions().mode() & 0o077, 0);
}

/// One that rings at Anna's since `began` and is taken at once, over after `seconds`.
fn talk(id: i64, number: &str, began: DateTime<Utc>, seconds: i64) -> Session {
    let ends = began + TimeDelta::seconds(seconds);
    let leg = |id, employee: Option<i64>| Leg {
        id,
        way: if employee.is_some() { Way::Out } else { Way::In },
        calling: number.into(),
        called: if employee.is_some() { "101".into() } else { "74950000001".into() },
        employee,
        begins: began,
        connects: Some(began + TimeDelta::seconds(1)),
        ends,
        reason: "success_finish".into(),
        by_transfer: false,
    };
    Session {
        contact: Some(number.into()),
        line: "74950000001".into(),
        ends,
        reported: ends,
        legs: vec![leg(id * 10 + 1, None), leg(id * 10 + 2, Some(7))],
        campaign: Some(5),
        ..Session::new(id, began)
    }
}

fn clinic() -> World {
    let mut world = World::empty(Moscow);
    let phones = vec!["79260000001".into()];
    world.employees.push(Employee {
        id: 7,
        name: "Иванова Анна".into(),
        extension: Some("101".into()),
        phones,
    });
    let name = "Главный".into();
    world.numbers.push(Number { id: 1, number: "74950000001".into(), name, campaigns: vec![5] });
    world.campaigns.push(Campaign { id: 5, name: "Яндекс Карты".into() });
    world.sessions.push(talk(1, "79161234567", Utc::now(), 3_600));
    world
}

fn user(fake: &Fake) -> User {
    let url = fake.url();
    let user = User::with_config(&format!(
        "[operator]\nextension = \"101\"\n[recordings]\nfetch = false\n[uis]\ndata_url = \"{url}/v2.0\"\n\
         call_url = \"{url}/v4.0\"\nkey_file = \"uis.key\"\nnumber = \"74950000001\"\npoll = 1\n"
    ));
    user.file(".config/pult/uis.key", KEY);
    user
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_with_a_break_in_it_is_whole_again_after_it() {
    let fake = Fake::start(clinic(), Arc::new(Utc::now)).await;
    let user = user(&fake);
    let mut terminal = user.start(&[], WIDE);
    terminal.see("+7 916 123-45-67");
    terminal.see("Яндекс Карты");
    // The account's own employee: nobody imported her.
    terminal.see("Иванова Анна");
    fake.faults().cut();
    terminal.see("до сервера не достучаться");
    let began = Utc::now() - TimeDelta::seconds(1);
    fake.world(|world| world.sessions.push(talk(2, "79167654321", began, 1)));
    terminal.send(ALT_O);
    terminal.see("не было связи с АТС. Длится");
    terminal.send("\x1b");
    fake.faults().mend();
    terminal.see("восстановлено 1 из 1");
    terminal.see("+7 916 765-43-21");
    terminal.send(F10);
    assert!(terminal.wait_for_exit().success());
    let said = user.run(&["doctor"]);
    assert!(said.contains("Восстановлено 1 из 1"), "{said}");
}
