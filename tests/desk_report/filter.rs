//! The filter: what each field leads to, and that nothing is counted before it is applied.

use std::time::Duration;

use pult::desk::Event;
use pult::domain::call::Direction;
use pult::domain::desk::{Refusal, Reply, Request};
use pult::domain::money::Money;
use pult::domain::outcome::Outcome;
use pult::domain::period::Period;
use pult::domain::person::{Card, PersonBrief, PersonKind};
use pult::domain::report::{Between, Comparison, Familiarity, Filter, Group, Kind, Level};

use super::fixture::{CENTRE, Desk, HYGIENE, IMPLANTS, MAPS, MARIA, PLAIN, VERA, WANTS, table};

fn days(from: &str, to: &str) -> Period {
    Period { from: from.parse().unwrap(), to: to.parse().unwrap() }
}

/// The filter with the administrators' question, its cursor on the period.
fn filter() -> Desk {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 f4");
    desk
}

fn asked(keys: &str) -> pult::domain::report::Query {
    let mut desk = filter();
    desk.press(keys).press("enter");
    desk.query()
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
        ("space home enter", days("2026-11-21", "2026-11-21")),
        ("space end enter", days("2025-01-01", "2025-12-31")),
        ("space в ч е enter", days("2026-11-20", "2026-11-20")),
        ("space down enter delete", days("2026-11-01", "2026-11-21")),
    ];
    for (keys, period) in expected {
        assert_eq!(asked(keys).period, period, "{keys}");
    }
}

#[test]
fn two_dates_are_typed_in_any_order_and_moved_by_days() {
    let mut desk = filter();
    desk.press("down").type_text("21.09.2026").press("down").type_text("3.9.26").press("enter");
    assert_eq!(desk.query().period, days("2026-09-03", "2026-09-21"));
    assert_eq!(asked("down left left down right").period, days("2026-10-30", "2026-11-22"));
}

#[test]
fn the_calendar_goes_by_days_weeks_and_months_from_the_first_date_to_the_second() {
    let expected = [
        ("enter enter", days("2026-11-01", "2026-11-21")),
        ("right down enter left up enter", days("2026-11-09", "2026-11-13")),
        ("pageup end enter pagedown home enter", days("2026-10-31", "2026-12-01")),
        ("pageup esc", days("2026-11-01", "2026-11-21")),
        ("1 5 . 0 9 right enter enter", days("2026-09-16", "2026-11-21")),
    ];
    for (keys, period) in expected {
        assert_eq!(asked(&format!("down space {keys}")).period, period, "{keys}");
    }
}

#[test]
fn the_mouse_picks_days_in_the_calendar() {
    let mut desk = filter();
    desk.press("down space");
    let at = |desk: &Desk, text: &str| {
        let screen = desk.screen();
        let (row, line) = screen.lines().enumerate().find(|(_, line)| line.contains(text)).unwrap();
        let column = line[..line.find(text).unwrap()].chars().count();
        (u16::try_from(column).unwrap(), u16::try_from(row).unwrap())
    };
    let (column, row) = at(&desk, "· 9 ·10");
    desk.click(column + 1, row);
    desk.click(column + 5, row);
    desk.press("enter");
    assert_eq!(desk.query().period, days("2026-11-09", "2026-11-10"));
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
fn choices_turn_in_place_or_are_picked_from_a_list_by_letters() {
    let query = asked("down down down right down right down space с п е ц enter down left down space");
    assert_eq!((query.kind, query.by, query.then_by), (Kind::Calls, Level::Outcome, Level::Speciality));
    assert_eq!((query.compare, query.filter.patients_only), (Some(Comparison::YearAgo), false));
    let filter = asked("end tab down down right down right right").filter;
    assert_eq!((filter.recording, filter.comment), (Some(true), Some(false)));
}

#[test]
fn a_level_is_not_asked_twice_nor_without_the_first() {
    for keys in ["down down down down right", "down down down down left", "down down down down delete"] {
        let query = asked(keys);
        assert_eq!((query.by, query.then_by), (Level::Outcome, Level::None), "{keys}");
    }
}

#[test]
fn lists_are_found_by_letters_in_either_layout_and_ticked_by_space() {
    let mut desk = filter();
    desk.press("tab space down space enter");
    desk.press("down right").type_text("ubu").press("space backspace backspace backspace home space enter");
    desk.press("down space enter down space enter down space").type_text("Вера").press("enter");
    desk.press("down space enter down space enter down space enter");
    desk.press("down space home space down space enter down space end space enter");
    desk.press("down space").type_text("детский врач").press("enter down space enter");
    assert!(desk.screen().contains("●Направление     ▾ входящие"), "{}", desk.screen());
    assert!(desk.screen().contains("●Тема разговора  ▾ 2: Гигиена, Импла"), "{}", desk.screen());
    desk.press("enter");
    let chosen = [
        Group::Outcome(Some(Outcome::Moved)),
        Group::Topic(Some(HYGIENE)),
        Group::Topic(Some(IMPLANTS)),
        Group::Channel(Some(MAPS)),
        Group::CallerType(Some(WANTS)),
        Group::Employee(Some(VERA)),
        Group::Branch(Some(CENTRE)),
        Group::Line(Some("74950000001".into())),
        Group::Direction(Direction::Incoming),
        Group::Weekday(0),
        Group::Weekday(1),
        Group::Hour(23),
        Group::Speciality(Some("детский врач".into())),
        Group::Familiarity(Some(Familiarity::New)),
    ];
    assert_eq!(desk.query().filter.only, chosen);
}

#[test]
fn every_list_ends_with_what_is_not_known() {
    let lists = ["", "down", "down down", "down down down", "end up", "end up up"];
    let last = lists.map(|keys| asked(&format!("tab {keys} space end enter")).filter.only);
    let empty = [
        Group::Outcome(None),
        Group::Topic(None),
        Group::Channel(None),
        Group::CallerType(None),
        Group::Familiarity(None),
        Group::Speciality(None),
    ];
    assert_eq!(last, empty.map(|group| vec![group]));
}

#[test]
fn specialities_of_the_last_table_are_offered() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1");
    let (ticket, request) = desk.asked.pop().unwrap();
    let Request::Report(query) = &request else { panic!("{request:?}") };
    let mut seen = table(query);
    seen.rows[0].group = Group::Speciality(Some("Хирург".into()));
    desk.answer(ticket, Ok(Reply::Report(Box::new(seen))));
    desk.press("f4 end up up space enter enter");
    assert_eq!(desk.query().filter.only, [Group::Speciality(Some("Хирург".into()))]);
}

#[test]
fn lengths_words_and_digits_are_typed() {
    let mut desk = filter();
    desk.press("end tab up up up up").type_text("30").press("down").type_text("5:00");
    desk.press("down")
        .type_text("2m")
        .press("down down")
        .type_text("дорого, подумаю")
        .press("down")
        .type_text("45-67");
    desk.press("enter");
    let between = |least: Option<u64>, most: Option<u64>| Between {
        least: least.map(Duration::from_secs),
        most: most.map(Duration::from_secs),
    };
    let filter = desk.query().filter;
    assert_eq!((filter.wait, filter.talk), (between(Some(30), Some(300)), between(Some(120), None)));
    assert_eq!((filter.text.as_str(), filter.number.as_str()), ("дорого, подумаю", "45-67"));
    assert!(desk.screen().contains("Ожидание: от 0:30 до 5:00"), "{}", desk.screen());
    desk.press("f4").press("end tab up up up up");
    assert!(desk.screen().contains("●Ожидание от       0:30"), "{}", desk.screen());
    desk.type_text(":").press("home enter");
    assert!(desk.screen().contains("Время — секунды или минуты и секунды"), "{}", desk.screen());
}

#[test]
fn one_key_clears_a_field_and_another_all_of_them() {
    let filter = asked("tab space space enter delete").filter;
    assert_eq!(filter, Filter { patients_only: true, ..Filter::default() });
    let mut desk = filter_with_much();
    desk.press("alt+x enter");
    let query = desk.query();
    assert_eq!((query.filter, query.compare), (Filter::default(), None));
    assert_eq!((query.by, query.then_by), (Level::Employee, Level::Outcome), "what is asked stays");
}

fn filter_with_much() -> Desk {
    let mut desk = filter();
    desk.press("tab space space enter home down down down down down down right end tab up").type_text("4567");
    desk
}

#[test]
fn the_person_is_found_by_name() {
    let mut desk = filter();
    desk.press("end space").type_text("ив");
    let (ticket, request) = desk.asked.pop().unwrap();
    assert_eq!(request, Request::Search { text: "ив".into() });
    let maria = PersonBrief {
        id: MARIA,
        kind: PersonKind::Patient,
        name: "Иванова Мария Петровна".into(),
        born: None,
        phone: None,
    };
    desk.answer(ticket, Ok(Reply::Found(vec![maria])));
    desk.press("enter");
    assert!(desk.screen().contains("●Человек         ▾ Иванова Мария Пет"), "{}", desk.screen());
    desk.press("enter");
    assert_eq!(desk.query().filter.person, Some(MARIA));
    let card = |request: &Request| *request == Request::Card(MARIA);
    let ticket = desk.asked.iter().find(|(_, request)| card(request)).unwrap().0;
    desk.answer(ticket, Ok(Reply::Card(Box::new(maria_card()))));
    assert!(desk.screen().contains("\n Иванова Мария Петровна"), "{}", desk.screen());
    desk.press("f4");
    assert!(desk.screen().contains("●Человек         ▾ Иванова Мария Пет"), "{}", desk.screen());
}

/// Who is asked for by `text` in the search for a person.
fn sought(desk: &mut Desk, text: &str) -> pult::desk::Ticket {
    let place = desk.requests().iter().position(|asked| **asked == Request::Search { text: text.into() });
    desk.asked.remove(place.expect("the search was asked")).0
}

#[test]
fn the_people_of_an_earlier_text_are_not_picked_while_the_next_is_sought() {
    let maria = || PersonBrief {
        id: MARIA,
        kind: PersonKind::Patient,
        name: "Иванова Мария Петровна".into(),
        born: None,
        phone: None,
    };
    let mut desk = filter();
    desk.press("end space").type_text("ив");
    let ticket = sought(&mut desk, "ив");
    desk.answer(ticket, Ok(Reply::Found(vec![maria(), maria()])));
    desk.press("down").type_text("а");
    assert!(!desk.screen().contains("Иванова") && desk.screen().contains("ищу…"), "{}", desk.screen());
    desk.press("enter");
    assert!(desk.screen().contains("ищу…"), "nobody to pick yet: {}", desk.screen());
    let ticket = sought(&mut desk, "ива");
    desk.answer(ticket, Ok(Reply::Found(vec![])));
    assert!(desk.screen().contains("ничего не найдено"), "{}", desk.screen());
    desk.press("enter backspace");
    desk.refuse_all(Refusal::Store("disk is full".into()));
    assert!(desk.screen().contains("disk is full"), "{}", desk.screen());
    desk.press("esc enter");
    assert_eq!(desk.query().filter.person, None);
}

#[test]
fn the_key_of_the_report_leaves_a_filter_being_filled_in_alone() {
    let mut desk = filter();
    desk.press("right f6");
    assert!(
        desk.screen().contains("┌ Фильтр") && desk.screen().contains("прошлый месяц"),
        "{}",
        desk.screen()
    );
    desk.press("enter");
    assert_eq!(desk.query().period, days("2026-10-01", "2026-10-31"));
}

fn maria_card() -> Card {
    Card {
        id: MARIA,
        kind: PersonKind::Patient,
        name: "Иванова Мария Петровна".into(),
        born: None,
        phones: vec![],
        parent: None,
        family: None,
        relatives: vec![],
        account: Money(0),
        treatment_total: Money(0),
        family_total: None,
        insured_total: Money(0),
        policy: None,
        comment: String::new(),
        extra_comment: String::new(),
        visits_kept: 0,
        visits_due: 0,
        last_visit: None,
        future_visits: vec![],
        tasks: vec![],
    }
}

#[test]
fn a_list_left_by_esc_is_as_before_and_so_is_the_filter() {
    let mut desk = filter();
    desk.press("1").answer_all();
    let before = desk.screen();
    desk.press("f4 tab space space esc");
    assert!(desk.screen().contains("Успешность      ▾ все"), "{}", desk.screen());
    desk.press("home right esc");
    assert_eq!(desk.screen(), before);
    assert!(desk.requests().is_empty());
}

#[test]
fn the_filter_opens_with_the_question_that_stands() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 2").answer_all().press("f4 enter");
    let query = desk.query();
    assert_eq!((query.by, query.then_by), (Level::Employee, Level::None));
    assert_eq!(query.filter.only, [Group::Topic(Some(IMPLANTS)), Group::Outcome(Some(Outcome::NotBooked))]);
}

#[test]
fn a_question_made_of_the_missed_calls_becomes_the_operators_own() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f7").answer_all().press("f4 right enter").answer_all().press("f7").answer_all().press("f6");
    assert!(desk.screen().contains("вчера 20.11.2026"), "{}", desk.screen());
}

#[test]
fn the_mouse_chooses_a_field_then_changes_it() {
    let mut desk = filter();
    let at = |desk: &Desk, text: &str| {
        u16::try_from(desk.screen().lines().position(|line| line.contains(text)).unwrap()).unwrap()
    };
    let kind = at(&desk, "Вид");
    desk.click(30, kind);
    desk.click(30, kind);
    assert!(desk.screen().contains("‹ по звонкам ›"));
    let topics = at(&desk, "Тема разговора");
    desk.click(60, topics);
    desk.click(60, topics);
    let first = at(&desk, "[ ] Имплантация");
    desk.click(60, first);
    assert!(desk.screen().contains("[x] Имплантация"), "{}", desk.screen());
    assert!(desk.requests().is_empty());
    desk.click(2, 1);
    desk.click(2, 1);
    assert!(!desk.screen().contains("┌ Фильтр"), "{}", desk.screen());
}

#[test]
fn pasted_text_goes_only_where_text_is_typed() {
    let mut desk = filter();
    desk.event(Event::Paste("3".into()));
    assert!(desk.requests().is_empty());
    desk.press("down");
    desk.event(Event::Paste("03.09.2026\n".into()));
    desk.press("enter");
    assert_eq!(desk.query().period, days("2026-09-03", "2026-11-21"));
}
