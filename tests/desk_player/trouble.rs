//! What is wrong is said in words, with what else can be done.

use pult::desk::{Event, Mute, SoundNews, SoundOrder};
use pult::domain::desk::{Change, Refusal};
use pult::domain::recording::{Absence, Sound};

use super::desk::{Desk, Look};
use super::fixture::{EIGHTY, HERE, Listener, call_id, recording};

#[test]
fn without_a_device_the_waveform_stays_and_other_ways_are_offered() {
    let mut desk = Desk::playing(EIGHTY);
    desk.news(SoundNews::NoDevice(Mute::NoServer));
    desk.shows("Не слышно: звуковой сервер не найден");
    desk.shows("c Копия");
    desk.hides("t На телефон");
    desk.shows("▆");
    desk.news(SoundNews::Ways { phone: true });
    desk.shows("t На телефон");
    desk.press("space");
    assert!(matches!(desk.orders()[..], [SoundOrder::Play { .. }]), "it is tried again");
    desk.at(1);
    desk.hides("Не слышно");
}

#[test]
fn why_nothing_is_heard_is_said_in_the_operators_words() {
    let refused = Mute::Failed("Connection refused\u{1b}[2J".into());
    for (why, said) in
        [(Mute::Elsewhere, "не сокет этой машины"), (refused, "не отвечает: Connection refused[2J")]
    {
        let mut desk = Desk::playing(Look { size: (120, 40), ..EIGHTY });
        desk.news(SoundNews::NoDevice(why));
        desk.shows(said);
    }
}

#[test]
fn what_is_known_of_a_recording_is_said() {
    let deleted = "2026-08-01T09:00:00Z".parse().unwrap();
    let states = [
        (Sound::Awaited, "Запись ещё у телефонии"),
        (Sound::Silent, "Файл записи пуст"),
        (
            Sound::Lost { reason: Absence::Gone("404\u{1b}[2J".into()) },
            "Записи не будет: у телефонии её нет: 404[2J",
        ),
        (Sound::Deleted { at: deleted }, "Запись удалена 01.08.2026"),
    ];
    for (state, said) in states {
        let mut desk = Desk::listing(EIGHTY);
        desk.press("p");
        desk.know(recording(call_id(0), state));
        desk.shows(said);
    }
}

#[test]
fn a_refusal_is_said_and_a_recording_that_comes_after_all_is_opened() {
    let mut desk = Desk::listing(EIGHTY);
    desk.press("p");
    desk.know(recording(call_id(0), Sound::Awaited));
    desk.orders();
    let refusal = Refusal::NoRecording(Absence::NotReady);
    desk.news(SoundNews::Refused { call: call_id(0), refusal });
    desk.shows("Записи пока нет: телефония её ещё готовит");
    desk.shows("попробовать снова");
    desk.press("space");
    assert_eq!(desk.orders(), [SoundOrder::Open(call_id(0))]);
    desk.news(SoundNews::Refused { call: call_id(0), refusal: Refusal::NotFound });
    desk.event(Event::Change(Change::Recording(call_id(0))));
    desk.know(recording(call_id(0), HERE));
    assert_eq!(desk.orders(), [SoundOrder::Open(call_id(0))]);
}

#[test]
fn why_there_is_nothing_to_hear_is_said_in_words_of_the_desk() {
    let deleted = "2026-08-01T09:00:00Z".parse().unwrap();
    let reasons = [
        (Absence::NotRecorded, "Записи нет: разговор не записывался"),
        (Absence::TooOld(90), "Записи нет: звонку больше 90 дн., столько записи хранятся"),
        (Absence::Deleted(deleted), "Записи нет: удалена 01.08.2026"),
        (Absence::NoRoom, "Записи пока нет: на диске не осталось места"),
        (Absence::TooLarge(100_000_000), "Записи нет: она больше 100 МБ"),
        (Absence::UnknownForm, "Записи нет: в файле не звук"),
    ];
    for (why, said) in reasons {
        let mut desk = Desk::listing(EIGHTY);
        desk.press("p");
        desk.news(SoundNews::Refused { call: call_id(0), refusal: Refusal::NoRecording(why) });
        desk.shows(said);
    }
}
