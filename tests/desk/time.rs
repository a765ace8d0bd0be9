//! Time: woken only when the picture changes by it.

use chrono::{TimeDelta, Timelike};
use pult::desk::next_wake;

use super::clinic::{missed, ringing};
use super::fixture::Desk;

#[test]
fn a_quiet_desk_wakes_once_a_minute_for_the_clock() {
    let mut desk = Desk::with(vec![missed(ringing(79161234567))]);
    let wake = next_wake(&desk.state, desk.now).unwrap();
    assert_eq!((wake.second(), wake - desk.now <= TimeDelta::minutes(1)), (0, true));
    let before = desk.screen();
    desk.pass(40_000);
    assert_eq!(desk.screen(), before);
    desk.pass(20_000);
    desk.assert_shows("12:32");
}

#[test]
fn a_ringing_call_counts_its_seconds_and_nothing_else_changes() {
    let mut desk = Desk::with(vec![ringing(79161234567)]);
    desk.assert_shows("0:07");
    let before = desk.frame().0;
    desk.pass(1000);
    desk.assert_shows("0:08");
    assert_eq!(before.diff(&desk.frame().0).len(), 1, "one digit");
}

#[test]
fn the_report_does_not_wake_for_seconds_it_does_not_show() {
    let mut desk = Desk::with(vec![ringing(79161234567)]);
    desk.press("f6");
    let wake = next_wake(&desk.state, desk.now).unwrap();
    assert_eq!(wake.second(), 0);
}

#[test]
fn good_news_goes_by_itself_and_bad_news_stays() {
    let mut desk = Desk::with(vec![ringing(79161234567)]);
    desk.press("y");
    desk.assert_shows("Скопировано");
    desk.pass(25_000);
    desk.assert_hides("Скопировано");
    desk.press("f2");
    desk.pass(120_000);
    desk.assert_shows("Не заполнено");
    desk.press("esc esc");
    desk.assert_hides("Не заполнено");
}

#[test]
fn a_letter_typed_into_a_comment_changes_one_cell() {
    let mut desk = Desk::with(vec![ringing(79161234567)]);
    desk.press("enter tab tab 1 2").type_text("Проси");
    let before = desk.frame().0;
    desk.type_text("т");
    assert_eq!(before.diff(&desk.frame().0).len(), 1);
    desk.pass(400);
    let kept = desk.frame().0;
    desk.type_text(" утро");
    assert_eq!(kept.diff(&desk.frame().0).len(), 4, "the space was blank before");
}
