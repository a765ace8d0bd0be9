//! Who wrote before they called, and what brought them.

use chrono::TimeDelta;
use pult::desk::Setup;
use pult::domain::advert::Advert;
use pult::domain::lead::Lead;
use pult::domain::phone::{Phone, Remote};

use super::clinic::{from, noon, ringing};
use super::fixture::{Desk, setup};

fn lead(minutes_ago: i64) -> Lead {
    Lead {
        source: "uis".into(),
        id: minutes_ago.to_string(),
        left_at: noon() - TimeDelta::minutes(minutes_ago),
        remote: Remote::Number(Phone(79990001122)),
        name: Some("Игорь".into()),
        email: None,
        text: "Хочу имплант\u{1b}[2J, позвоните".into(),
        advert: Advert { utm_source: Some("yandex".into()), ..Advert::default() },
    }
}

fn called(leads: Vec<Lead>) -> Desk {
    let mut desk = Desk::of(Setup { size: (120, 30), ..setup() }, vec![]);
    desk.clinic.leads = leads;
    let mut call = from(ringing(79990001122), &[]);
    let advert = Advert {
        campaign: Some("Яндекс Поиск".into()),
        search_words: Some("имплант под ключ".into()),
        ..Advert::default()
    };
    (call.snapshot.advert, call.snapshot.tags) = (Some(Box::new(advert)), vec!["Повторный".into()]);
    desk.call(call).press("enter");
    desk
}

#[test]
fn a_form_left_lately_stands_in_the_sidebar_and_whole_in_the_details() {
    let mut desk = called(vec![lead(29)]);
    let line = desk.screen().lines().find(|line| line.contains("Заявка")).unwrap().to_owned();
    assert!(line.contains("Заявка с сайта 12:02: Хочу имплант"), "{line}");
    desk.press("f4");
    insta::assert_snapshot!(desk.screen());
}

#[test]
fn an_old_form_is_not_what_the_call_is_about() {
    assert!(!called(vec![lead(60 * 24 * 20)]).screen().contains("Заявка"));
}

#[test]
fn a_long_form_takes_three_lines_and_one_advertisement_is_named_once() {
    let advert = Advert { campaign: Some("Яндекс Поиск".into()), ..Advert::default() };
    let text = "Сколько стоит имплантация под ключ? Удобно после обеда, лучше сегодня.".to_owned();
    let mut desk = Desk::of(Setup { size: (80, 24), ..setup() }, vec![]);
    desk.clinic.leads = vec![Lead { text, advert: advert.clone(), ..lead(29) }];
    let mut call = from(ringing(79990001122), &[]);
    call.snapshot.advert = Some(Box::new(advert));
    desk.call(call).press("enter");
    insta::assert_snapshot!(desk.screen());
    desk.press("f4");
    assert_eq!(desk.screen().matches("Рекламная кампания").count(), 1);
}
