//! Figures asked for again: nothing old passes for new, nothing waits for ever, and a refusal is said.

use chrono::TimeDelta;
use pult::desk::Event;
use pult::domain::desk::{Change, Refusal, Request};
use pult::domain::report::Level;

use super::fixture::{Desk, PLAIN, reply};

/// A report answered, and a key pressed that asks for it again.
fn asked_again(keys: &str) -> Desk {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all();
    desk.event(Event::Change(Change::Figures));
    desk.press(keys);
    desk
}

fn reports(desk: &Desk, by: Level) -> usize {
    let of = |request: &&&Request| matches!(request, Request::Report(query) if query.by == by);
    desk.requests().iter().filter(of).count()
}

/// Today's missed calls ask a report of their own, before the picture of the other one was answered.
#[test]
fn a_picture_whose_question_was_superseded_asks_again() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all().press("v f7");
    desk.asked.clear();
    desk.press("f6");
    assert_eq!(reports(&desk, Level::Weekday), 1, "{:?}", desk.requests());
}

#[test]
fn a_table_whose_renewal_was_superseded_is_asked_for_again() {
    let mut desk = asked_again("r f7");
    desk.asked.clear();
    desk.press("f6");
    assert_eq!(reports(&desk, Level::Employee), 1, "{:?}", desk.requests());
    assert!(desk.screen().contains("Считаю"), "{}", desk.screen());
    desk.answer_all();
    assert!(!desk.screen().contains("данные изменились"), "{}", desk.screen());
}

#[test]
fn a_refused_renewal_is_said_beside_the_old_picture() {
    for keys in ["v", "v v", "v v v", "V V", "V"] {
        let mut desk = Desk::new(PLAIN);
        desk.press("f6 1").answer_all().press(keys).answer_all().press("r");
        for (ticket, request) in std::mem::take(&mut desk.asked) {
            let is_table = matches!(&request, Request::Report(query) if query.by == Level::Employee);
            let refused = Refusal::Store("disk".into());
            let of_table = if keys == "v v v" { Err(refused.clone()) } else { Ok(reply(&request)) };
            desk.answer(ticket, if is_table { of_table } else { Err(refused) });
        }
        assert!(desk.screen().contains("хранилище не отвечает (disk)"), "{keys}\n{}", desk.screen());
    }
}

#[test]
fn a_funnel_without_a_table_says_why() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1");
    desk.refuse_all(Refusal::Store("disk".into()));
    desk.press("v v v");
    assert!(!desk.screen().contains("Считаю"), "{}", desk.screen());
    assert!(desk.screen().matches("(disk)").count() == 2, "{}", desk.screen());
}

/// The night shift: the month of the report is this day's month, and what was opened is of it too.
#[test]
fn a_renewal_after_midnight_asks_for_the_new_day() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all().press("enter j enter").answer_all();
    desk.now += TimeDelta::days(1);
    desk.press("r");
    let ends = |request: &&Request| match request {
        Request::Report(query) => Some(query.period.to.to_string()),
        Request::Drill { figure, .. } | Request::Size(figure) => Some(figure.query.period.to.to_string()),
        _ => None,
    };
    let ends: Vec<_> = desk.requests().iter().filter_map(ends).collect();
    assert_eq!(ends, ["2026-11-22"; 3]);
    desk.answer_all();
    assert!(desk.screen().contains("1 из 250"), "{}", desk.screen());
    desk.press("backspace v").answer_all();
    assert!(desk.screen().contains("‹По часам›"));
}

/// The calls asked for before a renewal come while the renewal is on its way.
#[test]
fn a_late_answer_is_not_taken_for_the_renewal() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all().press("enter j enter").answer_all().press("pagedown");
    let late = std::mem::take(&mut desk.asked);
    assert!(late.iter().any(|(_, request)| matches!(request, Request::Drill { .. })));
    desk.press("home r");
    let renewal = std::mem::take(&mut desk.asked);
    for (ticket, request) in late.into_iter().chain(renewal) {
        desk.answer(ticket, Ok(reply(&request)));
    }
    desk.press("pagedown");
    let drilled = |request: &&Request| matches!(request, Request::Drill { .. });
    assert!(desk.requests().iter().any(drilled), "calls of before the renewal are not kept");
}
