//! What a report says of times in which nobody told of calls: over the figures, and where one is explained.

use chrono::TimeDelta;
use pult::desk::Language;
use pult::domain::gap::{Cause, Gap, Restored};

use super::fixture::{Desk, Look, PLAIN, noon};

fn gap(hours_ago: i64, restored: Restored) -> Gap {
    let began_at = noon() - TimeDelta::hours(hours_ago);
    Gap {
        source: "asterisk".into(),
        cause: Cause::Provider,
        reason: "refused".into(),
        began_at,
        ended_at: Some(began_at + TimeDelta::minutes(29)),
        restored,
    }
}

fn whole(whole: u32, found: u32) -> Restored {
    Restored::Counted { whole, found }
}

fn opened(gaps: Vec<Gap>, language: Language) -> Desk {
    let mut desk = Desk::new(Look { size: (100, 24), language, ..PLAIN });
    desk.gaps = gaps;
    desk.press("f6 1").answer_all();
    desk
}

fn said(gaps: Vec<Gap>) -> String {
    let screen = opened(gaps, Language::Ru).screen();
    let line = screen.lines().find(|line| line.contains("вязи"));
    line.unwrap_or_default().trim().to_owned()
}

#[test]
fn one_gap_is_said_with_its_time() {
    assert_eq!(said(vec![gap(1, whole(11, 11))]), "Связи не было 11:31–12:00: восстановлено 11 из 11");
    let unknown = "! Связи не было 11:31–12:00: сколько звонков было, неизвестно";
    assert_eq!(said(vec![gap(1, Restored::Unknown)]), unknown);
    let lasting = Gap { ended_at: None, ..gap(1, Restored::Pending) };
    assert_eq!(said(vec![lasting]), "! Связи нет 11:31–…: сколько звонков было, пока неизвестно");
}

#[test]
fn many_are_added_up() {
    let many = vec![gap(30, whole(20, 20)), gap(20, whole(9, 10)), gap(10, whole(11, 11))];
    assert_eq!(said(many), "! 3 перерыва связи, восстановлено 40 из 41");
    let mixed = vec![gap(30, whole(20, 20)), gap(20, Restored::Unknown)];
    assert_eq!(
        said(mixed),
        "! 2 перерыва связи, восстановлено 20 из 20, сколько звонков было, неизвестно: 1"
    );
}

#[test]
fn where_nothing_was_missed_nothing_is_said() {
    assert_eq!(said(vec![]), "");
    assert_eq!(said(vec![gap(10, whole(0, 0))]), "");
}

#[test]
fn a_figure_that_is_explained_says_it_too() {
    let mut desk = opened(vec![gap(1, whole(10, 11))], Language::Ru);
    desk.press("x").answer_all();
    assert_eq!(desk.screen().matches("восстановлено 10 из 11").count(), 2, "{}", desk.screen());
    desk.press("esc down enter").answer_all();
    assert!(desk.screen().contains("восстановлено 10 из 11"), "over the calls too: {}", desk.screen());
}

#[test]
fn in_english() {
    let screen = opened(vec![gap(1, Restored::Unknown)], Language::En).screen();
    assert!(screen.contains("! No connection 11:31–12:00: how many calls there were is unknown"), "{screen}");
}
