//! Commands on a call and its number.

use std::time::Duration;

use pult::desk::{Effect, Setup};
use pult::domain::call::{Direction, Phase};
use pult::domain::desk::{Abilities, Change, Link, Refusal, Request};
use pult::domain::phone::{Phone, Remote};

use super::clinic::{MARIA, OLGA, SEVA, call_id, ended, from, missed, noon, past_call, ringing, talking};
use super::fixture::{Desk, setup};

const MARIAS: Phone = Phone(79161234567);

fn maria_talks() -> Desk {
    Desk::with(vec![from(ringing(MARIAS.0), &[MARIA]), talking(from(ringing(MARIAS.0), &[MARIA]), "101")])
}

#[test]
fn one_key_dials_the_number_from_the_board_and_from_the_form() {
    for keys in ["f5", "enter f5"] {
        let mut desk = maria_talks();
        desk.press(keys);
        assert!(desk.asked().contains(&Request::Dial(MARIAS)), "{keys}");
        desk.assert_shows("сначала зазвонит ваш телефон");
    }
}

#[test]
fn a_refusal_says_what_to_do() {
    for (refusal, text, hint) in [
        (Refusal::ProviderDown, "Телефония не подключена", "pult doctor"),
        (Refusal::NoExtension, "Не указан ваш внутренний номер", "[operator]"),
        (Refusal::ProviderRefused("busy".into()), "Телефония отказала: busy", "ещё раз"),
    ] {
        let mut desk = maria_talks();
        desk.clinic.refusal = Some(refusal);
        desk.press("f5");
        desk.assert_shows(text);
        desk.assert_shows(hint);
    }
}

#[test]
fn any_number_can_be_dialled_however_it_is_written() {
    let mut desk = Desk::new();
    desk.press("d").type_text("8 (916) 123-45-67").press("enter");
    assert!(desk.asked().contains(&Request::Dial(MARIAS)));
    desk.press("d").type_text("12").press("enter");
    desk.assert_shows("не похоже на номер");
    desk.press("esc");
    desk.assert_hides("Набрать номер");
}

#[test]
fn a_live_call_is_ended_and_handed_over() {
    let mut desk = maria_talks();
    desk.press("f8");
    assert!(desk.asked().contains(&Request::HangUp(call_id(MARIAS.0))));
    desk.assert_shows("Звонок завершается");
    desk.press("t").type_text("102").press("enter");
    assert!(desk.asked().contains(&Request::Transfer { call: call_id(MARIAS.0), to: "102".into() }));
    desk.assert_shows("Переводим на 102");
    desk.press("t").type_text("10\u{1b}2x").press("enter");
    desk.assert_shows("Внутренний номер — это цифры");
}

#[test]
fn no_order_is_offered_while_the_telephony_is_away() {
    let talk = talking(from(ringing(MARIAS.0), &[MARIA]), "101");
    let mut desk = Desk::of(able(), vec![talk]);
    desk.assert_shows("Удержать");
    desk.assert_shows("Перевести");
    desk.change(Change::Link(Link::Down { since: noon(), reason: "нет ответа".into() }));
    desk.assert_hides("Удержать");
    desk.assert_hides("Перевести");
}

fn able() -> Setup {
    let abilities = Abilities { transfer: true, hold: true, consult: true, tag: true, play_on_phone: false };
    Setup { abilities, size: (200, 40), ..setup() }
}

#[test]
fn a_talk_is_held_asked_about_handed_over_and_taken_back() {
    let call = call_id(MARIAS.0);
    let talk = || talking(from(ringing(MARIAS.0), &[MARIA]), "101");
    let mut desk = Desk::of(able(), vec![talk()]);
    desk.assert_shows("Удержать");
    desk.assert_hides("Alt+V");
    desk.press("h").press("s").type_text("102").press("enter").press("m").type_text("Целевой").press("enter");
    let asked = desk.asked();
    for request in [
        Request::Hold(call),
        Request::Consult { call, to: "102".into() },
        Request::Tag { call, tag: "Целевой".into() },
    ] {
        assert!(asked.contains(&request), "{request:?}");
    }
    let mut held = talk();
    held.snapshot.phase = Phase::OnHold;
    let mut desk = Desk::of(able(), vec![held]);
    desk.assert_shows("Передать");
    desk.press("h").press("v").press("r");
    let asked = desk.asked();
    for request in [Request::Unhold(call), Request::HandOver(call), Request::TakeBack(call)] {
        assert!(asked.contains(&request), "{request:?}");
    }
}

#[test]
fn what_the_telephony_cannot_do_is_not_offered() {
    let mut desk = maria_talks();
    desk.assert_hides("Удержать");
    desk.press("h");
    desk.assert_shows("Эта телефония так не умеет");
    assert!(!desk.asked().iter().any(|request| matches!(request, Request::Hold(_))));
    desk.press("f1");
    desk.assert_hides("Удержать");
}

#[test]
fn an_ended_call_is_not_ended_again() {
    let mut desk = Desk::with(vec![ended(ringing(MARIAS.0))]);
    desk.press("j f8");
    desk.assert_shows("Нет разговора");
    assert!(!desk.asked().iter().any(|request| matches!(request, Request::HangUp(_))));
}

#[test]
fn one_key_writes_a_new_number_into_the_card_and_again_makes_it_the_main_one() {
    let add = |primary| Request::AddPhone { person: OLGA, phone: Phone(79160000009), primary };
    let mut desk = Desk::with(vec![ringing(79160000009)]);
    desk.press("enter").type_text("ольг").press("enter alt+a");
    assert!(desk.asked().contains(&add(false)));
    desk.assert_shows("Номер записан: Ольгина Ольга");
    desk.assert_shows("Alt+A ещё раз — основной");
    desk.press("alt+a");
    assert!(desk.asked().contains(&add(true)));
    desk.assert_shows("Номер теперь основной: Ольгина Ольга");
}

#[test]
fn the_main_number_is_offered_only_while_the_notice_says_so() {
    let mut desk = Desk::with(vec![ringing(79160000009)]);
    desk.press("enter").type_text("ольг").press("enter alt+a");
    desk.pass(25_000);
    desk.press("alt+a");
    assert!(!desk.asked().iter().any(|asked| matches!(asked, Request::AddPhone { primary: true, .. })));
}

#[test]
fn a_number_without_a_card_asks_for_the_card_first() {
    let mut desk = Desk::with(vec![ringing(79160000009)]);
    desk.press("a");
    desk.assert_shows("В поле «Кто» нет карточки");
}

#[test]
fn the_number_is_copied() {
    let mut desk = maria_talks();
    desk.press("y");
    assert!(desk.effects.contains(&Effect::Copy("+79161234567".into())));
}

#[test]
fn a_call_outside_the_telephony_is_logged_and_opened() {
    let mut desk = Desk::new();
    desk.press("n space tab")
        .type_text("89161234567")
        .press("enter backspace backspace backspace backspace backspace");
    desk.type_text("12:05").press("enter backspace").type_text("4").press("enter");
    let logged = desk.asked().into_iter().find_map(|request| match request {
        Request::LogByHand(call) => Some(call),
        _ => None,
    });
    let call = logged.expect("a logged call");
    assert_eq!((call.direction, call.remote), (Direction::Outgoing, Remote::Number(MARIAS)));
    assert_eq!((call.talk, call.answered), (Duration::from_secs(240), true));
    assert_eq!((noon() - call.started_at).num_minutes(), 26);
    desk.assert_shows("Тип     цифра или буквы");
}

#[test]
fn a_manual_call_wants_a_number_and_a_time() {
    let mut desk = Desk::new();
    desk.press("n f2");
    desk.assert_shows("Номер не введён");
    desk.press("tab")
        .type_text("89161234567")
        .press("tab end backspace backspace backspace backspace backspace");
    desk.type_text("24:59").press("f2");
    desk.assert_shows("часы и минуты");
    desk.press("esc");
    desk.assert_hides("Звонок мимо телефонии");
}

#[test]
fn a_time_still_to_come_was_yesterday() {
    let mut desk = Desk::new();
    desk.press("n tab").type_text("89161234567").press("tab end");
    desk.assert_hides("вчера");
    desk.press("backspace backspace backspace backspace backspace").type_text("23:50");
    desk.assert_shows("вчера");
    desk.press("f2");
    let logged = desk.asked().into_iter().find_map(|request| match request {
        Request::LogByHand(call) => Some(call.started_at),
        _ => None,
    });
    assert_eq!((noon() - logged.expect("a logged call")).num_minutes(), 12 * 60 + 41);
}

#[test]
fn a_persons_history_opens_dials_and_completes_late() {
    let mut desk = maria_talks();
    desk.clinic.calls.push(ended(ringing(79161234500)));
    desk.press("i");
    desk.assert_shows("Перенесла на ноябрь");
    desk.press("f5");
    assert!(desk.asked().contains(&Request::Dial(MARIAS)));
    desk.press("i enter");
    assert!(desk.asked().contains(&Request::Open(past_call().id)));
    desk.assert_shows("+7 916 123-45-00");
}

#[test]
fn a_call_that_is_not_on_the_board_leaves_no_row_marked() {
    let mut desk = maria_talks();
    desk.press("i enter");
    desk.assert_hides("▌");
    desk.press("f8");
    assert!(
        !desk.asked().iter().any(|request| matches!(request, Request::HangUp(_))),
        "no other call is meant"
    );
}

#[test]
fn script_and_details_are_one_key_away() {
    let mut desk = maria_talks();
    desk.press("f9");
    desk.assert_shows("Первая консультация бесплатно.");
    desk.press("esc f4");
    desk.assert_shows("Согласие, № АБ-1234567");
    desk.assert_shows("02.03.2026");
    desk.assert_shows("Муж платит отдельно.");
    desk.press("q");
    desk.assert_hides("Согласие");
}

#[test]
fn every_number_of_a_card_can_be_dialled() {
    let dialled = |keys: &str| {
        let mut desk = Desk::with(vec![from(ringing(MARIAS.0), &[SEVA])]);
        desk.press("f4");
        desk.assert_shows("F5 Позвонить");
        desk.press(keys);
        desk.asked().into_iter().find_map(|request| match request {
            Request::Dial(phone) => Some(phone.0),
            _ => None,
        })
    };
    let [own, second, mother, father] = [79161234567, 79160000021, 79160000022, 79160000023];
    for (keys, phone) in [
        ("f5", own),
        ("down f5", second),
        ("j j f5", mother),
        ("down down down f5", father),
        ("down down down down f5", father),
        ("down down up f5", second),
    ] {
        assert_eq!(dialled(keys), Some(phone), "{keys}");
    }
}

#[test]
fn a_script_has_no_number_to_dial() {
    let mut desk = maria_talks();
    desk.press("f9 f5");
    assert!(!desk.asked().contains(&Request::Dial(MARIAS)));
    desk.assert_shows("Первая консультация");
}

#[test]
fn an_impatient_second_press_orders_nothing_twice() {
    let mut desk = Desk::with(vec![missed(ringing(79161234567))]);
    desk.press("j");
    desk.hold();
    desk.press("f5 f5");
    let dials = desk.asked().into_iter().filter(|request| matches!(request, Request::Dial(_))).count();
    assert_eq!(dials, 1);
}

#[test]
fn one_press_takes_back_one_save() {
    let mut desk = Desk::with(vec![from(ringing(MARIAS.0), &[MARIA])]);
    desk.press("enter 1 1").type_text("хочет имплант");
    desk.press("f2");
    desk.asked();
    desk.hold();
    desk.press("alt+u alt+u");
    let undone = desk.asked().into_iter().filter(|request| matches!(request, Request::UndoSave(_))).count();
    assert_eq!(undone, 1);
}
