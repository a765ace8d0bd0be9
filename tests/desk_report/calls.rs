//! The calls behind a figure: paging, dialling, copying, the person's history, opening in the form.

use std::time::Duration;

use pult::desk::Effect;
use pult::domain::desk::{Figure, Reply, Request};
use pult::domain::outcome::Outcome;
use pult::domain::report::{CallRow, Group};

use super::fixture::{Desk, MARIA, PLAIN, call, calls};

/// The calls of Anna's first outcome, 250 of them.
fn listed() -> Desk {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all().press("enter j enter").answer_all();
    desk
}

/// From which call on, and how many, were asked for.
fn spans(desk: &Desk) -> Vec<(usize, usize)> {
    let span = |request: &&Request| match request {
        Request::Drill { offset, limit, .. } => (*offset, *limit),
        other => panic!("{other:?}"),
    };
    desk.requests().iter().map(span).collect()
}

#[test]
fn five_keys_from_the_desk_to_the_calls_of_a_cell() {
    let mut desk = Desk::new(PLAIN);
    let keys = "f6 1 enter j enter";
    for key in keys.split(' ') {
        desk.press(key);
        if !matches!(desk.requests()[..], [Request::Drill { .. }, _]) {
            desk.answer_all();
        }
    }
    let [Request::Drill { figure: Figure { path, .. }, .. }, Request::Size(_)] = desk.requests()[..] else {
        panic!("{:?}", desk.requests())
    };
    assert!(matches!(path[..], [Group::Employee(_), Group::Outcome(_)]));
}

#[test]
fn what_is_seen_and_a_screen_more_is_asked_and_each_call_once() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all().press("enter j enter");
    assert!(matches!(desk.requests()[..], [Request::Drill { offset: 0, limit: 22, .. }, Request::Size(_)]));
    desk.answer_all().press("j k j");
    assert!(desk.requests().is_empty());
    desk.press("pagedown");
    assert_eq!(spans(&desk), [(22, 11)]);
    desk.press("j k j");
    assert_eq!(spans(&desk), [(22, 11)], "under way: not asked twice");
    desk.answer_all().press("end");
    assert_eq!(spans(&desk), [(231, 19)]);
    desk.answer_all();
    assert!(desk.screen().contains("250 из 250"));
    desk.press("home end home");
    assert!(desk.requests().is_empty());
}

#[test]
fn how_many_there_are_may_come_after_the_first_of_them() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all().press("enter j enter");
    let [(first, _), (size, _)] = std::mem::take(&mut desk.asked).try_into().unwrap();
    let rows = (0..22).map(call).collect();
    desk.answer(first, Ok(Reply::Calls { rows, total: None }));
    assert!(desk.screen().contains("1 из …"), "{}", desk.screen());
    desk.press("pagedown pagedown");
    assert!(desk.screen().contains("22 из …"), "no farther than what is known: {}", desk.screen());
    desk.answer(size, Ok(Reply::Size(250)));
    assert!(desk.screen().contains("22 из 250"), "{}", desk.screen());
}

#[test]
fn fewer_than_were_asked_for_are_the_last() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all().press("enter j enter");
    let [(first, _), (size, _)] = std::mem::take(&mut desk.asked).try_into().unwrap();
    desk.answer(size, Err(pult::domain::desk::Refusal::NotFound));
    desk.answer(first, Ok(Reply::Calls { rows: (0..3).map(call).collect(), total: None }));
    assert!(desk.screen().contains("1 из 3"), "{}", desk.screen());
    assert!(desk.requests().is_empty());
}

#[test]
fn a_page_that_comes_after_the_list_was_left_is_dropped() {
    let mut desk = listed();
    desk.press("end");
    let (ticket, _) = desk.asked.pop().unwrap();
    desk.asked.clear();
    desk.press("esc");
    desk.answer(ticket, Ok(calls(200, 100, 250)));
    assert!(desk.selected().contains("Не записался"));
    desk.press("j enter");
    assert!(desk.screen().contains("Считаю"), "another list does not take it");
}

#[test]
fn enter_opens_the_call_in_the_form_and_the_report_is_as_it_was_left() {
    let mut desk = listed();
    desk.press("j j j enter");
    assert!(desk.requests().contains(&&Request::Open(call(3).id)), "{:?}", desk.requests());
    assert!(desk.screen().contains("Комментарий к разговору"));
    desk.press("f6");
    assert!(desk.screen().contains("4 из 250"));
}

#[test]
fn a_number_is_dialled_and_copied_and_a_withheld_one_is_not() {
    let mut desk = listed();
    desk.press("j y f5");
    assert!(desk.others.contains(&Effect::Copy("+79161234001".into())));
    assert!(matches!(desk.requests()[..], [Request::Dial(phone)] if phone.0 == 79_161_234_001));
    desk.asked.clear();
    desk.press("home j j j j j j j j f5");
    assert!(desk.requests().is_empty());
    assert!(desk.screen().contains("нет номера"));
}

#[test]
fn history_of_the_person_stands_over_the_list_and_goes_back_to_it() {
    let mut desk = listed();
    desk.press("i");
    assert!(desk.requests().is_empty(), "nobody is known at the first number");
    assert!(desk.screen().contains("не найден"));
    desk.press("esc j i");
    assert_eq!(desk.requests(), [&Request::History(MARIA)]);
    desk.answer_all();
    assert!(desk.screen().contains("История: Иванова Мария Петровна"));
    assert!(desk.screen().contains("1 из 3"));
    desk.press("backspace");
    assert!(desk.screen().contains("2 из 250"));
}

#[test]
fn a_refreshed_list_keeps_the_cursor_on_its_call() {
    let mut desk = listed();
    desk.press("j j j r");
    assert_eq!(desk.requests().len(), 3, "the table, the list and how long it is");
    let asked = std::mem::take(&mut desk.asked);
    let (ticket, _) =
        asked.into_iter().find(|(_, request)| matches!(request, Request::Drill { .. })).unwrap();
    let mut rows: Vec<_> = (0..21).map(call).collect();
    rows.insert(0, call(900));
    desk.answer(ticket, Ok(Reply::Calls { rows, total: Some(251) }));
    assert!(desk.screen().contains("5 из 251"), "{}", desk.screen());
}

#[test]
fn calls_nobody_wrapped_up_are_two_keys_away() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 5");
    let drilled = desk.requests().into_iter().find_map(|request| match request {
        Request::Drill { figure, .. } => Some(figure),
        _ => None,
    });
    assert!(drilled.is_some_and(|it| it.path.is_empty() && it.query.filter.has(&Group::Employee(None))));
    desk.answer_all();
    assert!(desk.selected().contains("Добавить"));
}

#[test]
fn calls_of_a_contact_follow_the_one_that_stands_for_it_and_both_are_counted() {
    let desk = listed();
    assert!(desk.screen().contains("    └ 12:03"), "{}", desk.screen());
    assert!(desk.screen().contains("131 обращение, 250 звонков"), "{}", desk.screen());
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 5").answer_all();
    assert!(!desk.screen().contains("обращени"), "every call counts for itself");
}

#[test]
fn the_patients_card_is_one_key_away_and_the_form_leaves_the_keys_alone() {
    let mut desk = listed();
    desk.press("d");
    assert!(desk.screen().contains("не найден"), "nobody is known at the first number");
    desk.press("esc j d");
    assert!(desk.requests().contains(&&Request::Open(call(1).id)), "{:?}", desk.requests());
    assert!(desk.screen().contains("Комментарий к разговору"), "the desk with the card beside the form");
    desk.press("f6");
    assert!(desk.screen().contains("2 из 250"));
}

#[test]
fn a_long_comment_is_read_whole_where_the_details_have_half_the_room() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all().press("enter j enter");
    let [(first, _), _] = std::mem::take(&mut desk.asked).try_into().unwrap();
    let mut row = call(1);
    row.comment = "Просила перезвонить после обеда. ".repeat(12) + "Конец.";
    desk.answer(first, Ok(Reply::Calls { rows: vec![row], total: Some(1) }));
    assert!(!desk.screen().contains("Конец.") && desk.screen().contains('▾'), "{}", desk.screen());
    desk.press("space");
    assert!(desk.screen().contains("Конец."), "{}", desk.screen());
    desk.press("space");
    assert!(!desk.screen().contains("Конец."));
}

/// Looking at a picture meanwhile costs nothing of what was opened.
#[test]
fn a_list_is_there_again_after_a_look_at_a_picture() {
    for keys in ["f6 1 enter j enter", "f6 5"] {
        let mut desk = Desk::new(PLAIN);
        for key in keys.split_whitespace() {
            desk.press(key).answer_all();
        }
        let before = desk.press("j j j").answer_all().screen();
        desk.press("v").answer_all();
        assert!(desk.screen().contains("‹По часам›"), "{}", desk.screen());
        desk.press("V");
        assert_eq!(desk.answer_all().screen(), before, "{keys}");
        desk.press("v v v v v v").answer_all();
        assert_eq!(desk.screen(), before, "{keys}");
    }
}

/// The same calls stand out that the reports of long waits and long talks list.
#[test]
fn what_is_as_long_as_the_norm_stands_out_and_what_was_cancelled_does_not() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all().press("enter j enter").answer_by(|request| {
        let long = CallRow { wait: Duration::from_secs(60), talk: Duration::from_secs(300), ..call(0) };
        let cancelled = CallRow { outcome: Some(Outcome::Cancelled), ..long.clone() };
        match request {
            Request::Drill { .. } => Reply::Calls { rows: vec![long, cancelled], total: Some(2) },
            other => super::fixture::reply(other),
        }
    });
    let screen = desk.screen();
    assert_eq!(
        screen.matches("!1:00").count(),
        2 + 1,
        "each in its row, and the chosen one's details\n{screen}"
    );
    assert_eq!(screen.matches("!5:00").count(), 1, "the one chosen was cancelled\n{screen}");
}

#[test]
fn a_phone_that_talked_is_no_employee_and_is_told_as_a_phone() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all().press("enter j enter");
    let [(first, _), _] = std::mem::take(&mut desk.asked).try_into().unwrap();
    let row = CallRow { employee: None, agent: Some("103".into()), ..call(1) };
    desk.answer(first, Ok(Reply::Calls { rows: vec![row], total: Some(1) }));
    let screen = desk.screen().replace('\u{a0}', " ");
    assert!(!desk.selected().contains("103"), "{screen}");
    assert!(screen.contains("Сотрудник: –") && screen.contains("Аппарат: 103"), "{screen}");
}

#[test]
fn enter_is_named_by_what_it_does() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all();
    assert!(desk.screen().contains("Enter Раскрыть"), "{}", desk.screen());
    desk.press("enter j enter").answer_all();
    assert!(desk.screen().contains("Enter Открыть"), "{}", desk.screen());
}
