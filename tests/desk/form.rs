//! The wrap-up form: recognised, picked, typed, refused while incomplete, saved, taken back.

use pult::desk::{Event, Ticket};
use pult::domain::desk::{Change, Reply, Request};
use pult::domain::wrapup::Fields;

use super::clinic::{
    IMPLANTS, MARIA, OLGA, PETYA, VERA, WATERWORKS, call_id, ended, from, ringing, talking, type_id,
};
use super::fixture::Desk;

fn maria_rings() -> Desk {
    Desk::with(vec![from(ringing(79161234567), &[MARIA])])
}

fn saved(desk: &mut Desk) -> Fields {
    let mut saves = desk.asked().into_iter().filter_map(|request| match request {
        Request::Save { fields, .. } => Some(fields),
        _ => None,
    });
    saves.next_back().expect("a save")
}

/// From the ring to the saved wrap-up: no more than six keys beside the comment's text.
#[test]
fn six_keys_wrap_up_a_known_patients_call() {
    for keys in [["enter", "1", "2", "f2"].as_slice(), &["6", "7", "1", "и", "enter", "f2"]] {
        let mut desk = maria_rings();
        assert!(keys.len() <= 6, "{} keys", keys.len());
        for (nth, key) in keys.iter().enumerate() {
            if nth + 1 == keys.len() {
                desk.type_text("Просит утро");
            }
            desk.press(key);
        }
        let fields = saved(&mut desk);
        assert_eq!((fields.who, fields.caller_type), (Some(MARIA), Some(type_id(1))), "{keys:?}");
        assert_eq!((fields.topic, fields.comment.as_str()), (Some(IMPLANTS), "Просит утро"), "{keys:?}");
        desk.assert_shows("Сохранено: Иванова Мария Петровна");
    }
}

#[test]
fn a_save_wants_type_and_topic_and_goes_where_they_are() {
    let mut desk = maria_rings();
    desk.press("f2");
    desk.assert_shows("Не заполнено: Тип, Тема");
    desk.assert_shows("7 Прочие и контрагенты");
    desk.press("1 esc f2");
    desk.assert_shows("Не заполнено: Тема");
    desk.assert_shows("2 Имплантация");
    assert!(!desk.asked().iter().any(|request| matches!(request, Request::Save { .. })));
}

#[test]
fn an_employee_and_a_counterparty_set_the_type_themselves_and_need_no_topic() {
    for (person, caller_type) in [(VERA, type_id(6)), (WATERWORKS, type_id(7))] {
        let mut desk = Desk::with(vec![from(ringing(79990000102), &[person])]);
        desk.press("f2");
        assert_eq!(saved(&mut desk).caller_type, Some(caller_type));
        let mut desk = Desk::with(vec![from(ringing(79990000102), &[person])]);
        desk.press("enter").type_text("Спросила про смену").press("f2");
        assert_eq!(saved(&mut desk).comment, "Спросила про смену", "nothing is asked before the comment");
    }
}

#[test]
fn a_shared_number_guesses_nobody_and_a_digit_picks() {
    let mut desk = Desk::with(vec![from(ringing(79161234567), &[MARIA, PETYA])]);
    desk.assert_shows("Чей это номер?");
    desk.press("enter 2");
    desk.assert_shows("Кто     Иванов Пётр Олегович");
    desk.press("1 2 f2");
    assert_eq!(saved(&mut desk).who, Some(PETYA));
}

#[test]
fn typing_a_name_searches_and_enter_picks() {
    let mut desk = Desk::with(vec![ringing(79160000009)]);
    desk.press("enter").type_text("ольг");
    assert!(desk.asked().contains(&Request::Search { text: "ольг".into() }));
    desk.press("enter");
    desk.assert_shows("Кто     Ольгина Ольга");
    assert!(desk.asked().contains(&Request::Card(OLGA)), "the sidebar asks for the card");
}

#[test]
fn a_name_without_a_card_is_kept_as_typed() {
    let mut desk = Desk::with(vec![ringing(79160000009)]);
    desk.press("enter").type_text("Сидоров").press("tab");
    desk.assert_shows("Кто     Сидоров");
    desk.press("tab 1 2 f2");
    let fields = saved(&mut desk);
    assert_eq!((fields.who, fields.who_text.as_str()), (None, "Сидоров"));
}

#[test]
fn an_older_search_never_replaces_a_newer_one() {
    let mut desk = Desk::with(vec![ringing(79160000009)]);
    desk.press("enter");
    desk.hold();
    desk.type_text("иван").type_text("ова");
    let mut held = desk.held.take().unwrap();
    held.reverse();
    for (ticket, request) in held {
        desk.answer(ticket, &request);
    }
    desk.assert_shows("1 Иванова Мария");
    desk.assert_hides("2 Иванов Пётр");
}

#[test]
fn a_reply_nobody_asked_for_changes_nothing() {
    let mut desk = maria_rings();
    let before = desk.screen();
    desk.event(Event::Reply { ticket: Ticket(999), reply: Ok(Reply::Board(vec![])) });
    assert_eq!(desk.screen(), before);
}

#[test]
fn about_whom_offers_the_family() {
    let mut desk = maria_rings();
    desk.press("enter esc backtab down 1");
    desk.assert_shows("О ком   Иванов Пётр Олегович, 7 лет");
    desk.assert_shows("О ком: Иванов Пётр");
    desk.assert_shows("Родитель Иванова М. П.");
    desk.assert_shows("аванс");
    desk.press("alt+c");
    desk.assert_shows("долг");
}

#[test]
fn topics_are_found_by_letters_in_the_wrong_layout_too() {
    for letters in ["имп", "bvg", "ИМП"] {
        let mut desk = maria_rings();
        desk.press("enter 1").type_text(letters).press("enter");
        desk.assert_shows("Тема    Имплантация");
    }
    let mut desk = maria_rings();
    desk.press("enter 1").type_text("десен").press("tab");
    desk.assert_shows("Тема    Лечение дёсен");
}

#[test]
fn erasing_empties_a_field() {
    let mut desk = maria_rings();
    desk.press("enter 1 backtab backspace");
    desk.assert_shows("Тип     цифра или буквы");
    desk.press("backtab backtab backspace");
    desk.assert_shows("Кто     фамилия и имя");
}

#[test]
fn the_save_is_taken_back_with_one_key() {
    let mut desk = maria_rings();
    desk.press("enter 1 2").type_text("Текст").press("f2");
    desk.assert_hides("Кто     Иванова");
    desk.press("u");
    assert!(desk.asked().contains(&Request::UndoSave(call_id(79161234567))));
    desk.assert_shows("Тема    Имплантация");
    desk.assert_shows("Текст");
}

#[test]
fn after_a_save_the_next_call_waits_until_it_is_chosen() {
    let mut desk = maria_rings();
    desk.call(ended(from(ringing(79035551221), &[OLGA])));
    desk.press("enter 1 2 f2");
    desk.assert_shows("Выберите звонок");
}

#[test]
fn after_a_save_a_call_that_rings_is_opened() {
    let mut desk = maria_rings();
    desk.call(talking(from(ringing(79161234567), &[MARIA]), "101"));
    desk.press("enter 1 2").call(from(ringing(79035551221), &[OLGA]));
    desk.press("f2");
    desk.assert_shows("Кто     Ольгина Ольга");
    desk.press("u");
    desk.assert_shows("Кто     Иванова Мария Петровна");
}

#[test]
fn what_is_typed_while_the_save_is_under_way_is_not_lost() {
    let mut desk = maria_rings();
    desk.press("enter 1 2").type_text("раз");
    desk.hold();
    desk.press("f2").type_text(" два").press("f2");
    desk.release();
    desk.assert_shows("раз два");
    assert_eq!(saved(&mut desk).comment, "раз", "one save at a time");
}

#[test]
fn a_call_that_is_over_is_wrapped_up_the_same_way() {
    let mut desk = Desk::with(vec![ended(from(ringing(79161234567), &[MARIA]))]);
    desk.press("enter 1 2").type_text("Перенос").press("f2");
    assert_eq!(saved(&mut desk).comment, "Перенос");
    desk.press("enter");
    desk.assert_shows("сохранён");
}

#[test]
fn a_recognition_that_comes_later_fills_an_untouched_form_only() {
    let mut desk = Desk::with(vec![ringing(79161234567)]);
    desk.call(talking(from(ringing(79161234567), &[MARIA]), "101"));
    desk.assert_shows("Кто     Иванова Мария");
    let mut desk = Desk::with(vec![ringing(79161234567)]);
    desk.press("enter").type_text("Я").call(from(ringing(79161234567), &[MARIA]));
    desk.assert_hides("Кто     Иванова Мария");
}

#[test]
fn a_card_that_changed_is_asked_for_again() {
    let mut desk = maria_rings();
    desk.asked();
    desk.change(Change::Person(OLGA));
    assert_eq!(desk.asked(), []);
    desk.change(Change::Person(MARIA));
    assert_eq!(desk.asked(), [Request::Card(MARIA)]);
}

#[test]
fn a_question_mark_and_a_colon_are_text_in_a_comment() {
    let mut desk = maria_rings();
    desk.press("enter 1 2").type_text("Когда? В 10:30, да?");
    desk.assert_shows("Когда? В 10:30, да?");
    desk.press("enter").type_text("j k q");
    desk.assert_shows("j k q");
}

#[test]
fn moving_within_a_folded_field_erases_nothing() {
    let mut desk = maria_rings();
    desk.press("enter 1 backtab home end left right");
    desk.assert_shows("Тип     Пациент. Хочет записаться");
    desk.press("2");
    desk.assert_shows("Тип     Пациент. Уже записан");
}

#[test]
fn esc_brings_back_whom_typing_would_have_replaced() {
    let mut desk = maria_rings();
    desk.press("enter esc backtab backtab").type_text("Ольг");
    desk.assert_hides("Кто     Иванова");
    desk.press("esc");
    desk.assert_shows("Кто     Иванова Мария Петровна");
}

#[test]
fn a_call_that_is_not_there_leaves_the_form_free() {
    let mut desk = maria_rings();
    desk.clinic.calls.clear();
    desk.press("enter esc alt+b i enter");
    desk.assert_shows("Этого уже нет");
    desk.assert_shows("Выберите звонок");
}

#[test]
fn a_habitual_enter_chooses_nothing_in_a_list_nobody_looked_at() {
    let mut desk = maria_rings();
    desk.press("4 5 6 7 enter");
    desk.assert_shows("Тип     цифра или буквы");
    desk.press("f2");
    desk.assert_shows("Не заполнено: Тип, Тема");
    desk.press("enter enter");
    desk.assert_shows("Тип     Пациент. Хочет записаться");
    desk.press("down down enter f2");
    assert_eq!(saved(&mut desk).topic, Some(IMPLANTS), "moved in: Enter takes the marked row");
}

#[test]
fn a_name_about_whom_without_a_card_goes_into_the_comment() {
    let mut desk = maria_rings();
    desk.press("enter 1 2").type_text("Просит утро").press("tab tab").type_text("Незнайка");
    desk.assert_shows("имя запишется в комментарий");
    desk.press("tab f2");
    assert_eq!(saved(&mut desk).comment, "О ком: Незнайка\nПросит утро");
    let mut desk = maria_rings();
    desk.press("enter esc backtab").type_text("Незнайка").press("esc f2");
    desk.assert_hides("О ком: Незнайка");
}

#[test]
fn what_was_typed_in_a_field_goes_with_its_call_when_another_is_taken() {
    let mut desk = maria_rings();
    desk.call(from(ringing(79035551221), &[OLGA]));
    desk.press("enter 1").type_text("имп").press("alt+b 1 2 2 1 alt+b 4 5 6 7");
    desk.assert_shows("Тема    Имплантация");
}

#[test]
fn nobody_is_said_to_be_missing_before_anybody_has_looked() {
    let mut desk = Desk::with(vec![ringing(79160000009)]);
    desk.press("enter").type_text("Н");
    desk.assert_shows("наберите фамилию");
    desk.hold();
    desk.type_text("езнайка");
    desk.assert_shows("ищу…");
    desk.release();
    desk.assert_shows("карточки нет: имя сохранится как есть");
}

#[test]
fn a_late_search_for_the_caller_fills_no_other_list() {
    let mut desk = maria_rings();
    desk.press("enter esc backtab backtab");
    desk.hold();
    desk.type_text("водок").press("tab down");
    desk.release();
    desk.assert_hides("Водоканал");
    desk.press("esc backtab");
    desk.hold();
    desk.type_text("водок").press("esc down");
    desk.release();
    desk.assert_hides("Водоканал");
}

#[test]
fn a_number_the_card_has_is_not_written_again() {
    let mut desk = maria_rings();
    desk.press("a");
    desk.assert_shows("Этот номер уже основной в карточке");
    assert!(!desk.asked().iter().any(|asked| matches!(asked, Request::AddPhone { .. })));
}
