//! The calls behind a figure: paging, dialling, copying, the person's history, opening in the form.

use pult::desk::Effect;
use pult::domain::desk::{Figure, Reply, Request};
use pult::domain::report::Group;

use super::fixture::{Desk, MARIA, PLAIN, call, calls};

/// The calls of Anna's first outcome, 250 of them.
fn listed() -> Desk {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all().press("enter j enter").answer_all();
    desk
}

fn offsets(desk: &Desk) -> Vec<usize> {
    let offset = |request: &&Request| match request {
        Request::Drill { offset, limit: 100, .. } => *offset,
        other => panic!("{other:?}"),
    };
    desk.requests().iter().map(offset).collect()
}

#[test]
fn five_keys_from_the_desk_to_the_calls_of_a_cell() {
    let mut desk = Desk::new(PLAIN);
    let keys = "f6 1 enter j enter";
    for key in keys.split(' ') {
        desk.press(key);
        if !matches!(desk.requests()[..], [Request::Drill { .. }]) {
            desk.answer_all();
        }
    }
    let [Request::Drill { figure: Figure { path, .. }, .. }] = desk.requests()[..] else {
        panic!("{:?}", desk.requests())
    };
    assert!(matches!(path[..], [Group::Employee(_), Group::Outcome(_)]));
}

#[test]
fn pages_come_as_the_cursor_comes_near_and_each_once() {
    let mut desk = listed();
    assert!(desk.requests().is_empty());
    desk.press("pagedown pagedown pagedown pagedown pagedown pagedown pagedown");
    assert_eq!(offsets(&desk), [] as [usize; 0]);
    desk.press("pagedown");
    assert_eq!(offsets(&desk), [100]);
    desk.press("j k j");
    assert_eq!(offsets(&desk), [100], "under way: not asked twice");
    desk.answer_all().press("end");
    assert_eq!(offsets(&desk), [200]);
    desk.answer_all();
    assert!(desk.screen().contains("250 из 250"));
    desk.press("home end home");
    assert!(desk.requests().is_empty());
}

#[test]
fn a_page_that_comes_after_the_list_was_left_is_dropped() {
    let mut desk = listed();
    desk.press("end");
    let (ticket, _) = desk.asked.pop().unwrap();
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
    desk.press("j j j f8");
    assert_eq!(desk.requests().len(), 2, "the table and the list");
    let asked = std::mem::take(&mut desk.asked);
    let (ticket, _) =
        asked.into_iter().find(|(_, request)| matches!(request, Request::Drill { .. })).unwrap();
    let mut rows: Vec<_> = (0..99).map(call).collect();
    rows.insert(0, call(900));
    desk.answer(ticket, Ok(Reply::Calls { rows, total: Some(251) }));
    assert!(desk.screen().contains("5 из 251"), "{}", desk.screen());
}

#[test]
fn calls_nobody_wrapped_up_are_two_keys_away() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 5");
    let [_, Request::Drill { figure, .. }] = desk.requests()[..] else { panic!("{:?}", desk.requests()) };
    assert!(figure.path.is_empty() && figure.query.filter.has(&Group::Topic(None)));
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
