//! The filter: what each field leads to, and that nothing is counted before it is applied.

use pult::domain::call::Direction;
use pult::domain::desk::Request;
use pult::domain::outcome::Outcome;
use pult::domain::period::Period;
use pult::domain::report::{Group, Kind, Level};

use super::fixture::{CENTRE, Desk, HYGIENE, IMPLANTS, MAPS, PLAIN, VERA, WANTS};

fn days(from: &str, to: &str) -> Period {
    Period { from: from.parse().unwrap(), to: to.parse().unwrap() }
}

fn filter() -> Desk {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6");
    desk
}

#[test]
fn arrows_go_through_the_usual_periods() {
    let expected = [
        ("right", days("2026-10-01", "2026-10-31")),
        ("right right", days("2026-10-01", "2026-11-21")),
        ("right right right", days("2026-07-01", "2026-09-30")),
        ("right right right right", days("2026-01-01", "2026-11-21")),
        ("left", days("2026-11-09", "2026-11-15")),
        ("left left", days("2026-11-16", "2026-11-21")),
    ];
    for (keys, period) in expected {
        let mut desk = filter();
        desk.press(keys).press("enter");
        assert_eq!(desk.query().period, period, "{keys}");
    }
}

#[test]
fn two_dates_are_typed_in_any_order_and_moved_by_days() {
    let mut desk = filter();
    desk.press("down").type_text("21.09.2026").press("down").type_text("3.9.26").press("enter");
    assert_eq!(desk.query().period, days("2026-09-03", "2026-09-21"));
    let mut desk = filter();
    desk.press("down left left down right enter");
    assert_eq!(desk.query().period, days("2026-10-30", "2026-11-22"));
}

#[test]
fn a_date_that_is_none_stops_the_filter_and_is_shown() {
    let mut desk = filter();
    desk.press("down").type_text("31.02").press("down down enter");
    assert!(desk.requests().is_empty());
    assert!(desk.screen().contains("Дата — день, месяц, год"));
    desk.type_text("28.02").press("enter");
    assert_eq!(desk.query().period, days("2026-02-28", "2026-11-21"));
}

#[test]
fn kind_levels_and_direction_turn_in_place() {
    let mut desk = filter();
    desk.press("down down down right down right down right down space down right enter");
    let query = desk.query();
    assert_eq!((query.kind, query.by, query.then_by), (Kind::Calls, Level::Outcome, Level::Topic));
    assert_eq!(
        (query.filter.patients_only, query.filter.only),
        (false, vec![Group::Direction(Direction::Incoming)])
    );
}

#[test]
fn a_level_is_not_asked_twice_nor_without_the_first() {
    let mut desk = filter();
    desk.press("down down down down right enter");
    assert_eq!((desk.query().by, desk.query().then_by), (Level::Outcome, Level::None));
    let mut desk = filter();
    desk.press("down down down down left enter");
    assert_eq!((desk.query().by, desk.query().then_by), (Level::Outcome, Level::None));
}

#[test]
fn lists_are_found_by_letters_in_either_layout_and_ticked_by_space() {
    let mut desk = filter();
    desk.press("end up up up up up up");
    desk.press("space down space enter");
    desk.press("down right").type_text("ubu").press("space backspace backspace backspace home space enter");
    desk.press("down space enter down space enter down space").type_text("Вера").press("enter");
    desk.press("down space enter down space enter enter");
    let filter = desk.query().filter;
    let chosen = [
        Group::Outcome(Some(Outcome::Moved)),
        Group::Topic(Some(HYGIENE)),
        Group::Topic(Some(IMPLANTS)),
        Group::Channel(Some(MAPS)),
        Group::Line(Some("74950000001".into())),
        Group::Employee(Some(VERA)),
        Group::CallerType(Some(WANTS)),
        Group::Branch(Some(CENTRE)),
    ];
    assert_eq!(filter.only, chosen);
}

#[test]
fn a_list_left_by_esc_is_as_before_and_so_is_the_filter() {
    let mut desk = filter();
    desk.press("1").answer_all();
    let before = desk.screen();
    desk.press("f4 end space space esc");
    assert!(desk.screen().contains("Филиал             ▾ все"));
    desk.press("home right esc");
    assert_eq!(desk.screen(), before);
    assert!(desk.requests().is_empty());
}

#[test]
fn the_filter_opens_with_the_question_that_stands() {
    let mut desk = filter();
    desk.press("2").answer_all().press("f4 enter");
    let query = desk.query();
    assert_eq!((query.by, query.then_by), (Level::Topic, Level::Employee));
    assert_eq!(query.filter.only, [Group::Outcome(Some(Outcome::NotBooked))]);
}

#[test]
fn a_question_made_of_the_missed_calls_becomes_the_operators_own() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f7").answer_all().press("f4 right enter").answer_all().press("f7").answer_all().press("f6");
    assert!(desk.screen().contains("вчера 20.11.2026"), "{}", desk.screen());
}

#[test]
fn the_mouse_asks_a_scenario_and_a_double_click_applies_nothing() {
    let mut desk = filter();
    let at = |desk: &Desk, text: &str| {
        u16::try_from(desk.screen().lines().position(|line| line.contains(text)).unwrap()).unwrap()
    };
    let kind = at(&desk, "Вид");
    desk.click(30, kind);
    desk.click(30, kind);
    assert!(desk.screen().contains("‹ по звонкам ›"));
    assert!(desk.requests().is_empty());
    let row = at(&desk, "3 Каналы");
    desk.click(5, row);
    assert!(matches!(desk.requests()[..], [Request::Report(query)] if query.by == Level::Channel));
}

#[test]
fn pasted_text_goes_only_where_text_is_typed() {
    let mut desk = filter();
    desk.event(pult::desk::Event::Paste("3".into()));
    assert!(desk.requests().is_empty());
    desk.press("down");
    desk.event(pult::desk::Event::Paste("03.09.2026\n".into()));
    desk.press("enter");
    assert_eq!(desk.query().period, days("2026-09-03", "2026-11-21"));
}
