//! Keys on the table: opening rows, going to the calls and back, what is asked and what is not.

use pult::desk::{Effect, Event};
use pult::domain::desk::{Change, Figure, Refusal, Reply, Request};
use pult::domain::outcome::Outcome;
use pult::domain::period::Period;
use pult::domain::report::{Filter, Group, Kind, Level, Measure, Query};

use super::fixture::{ANNA, Desk, Look, PLAIN, reply, table};

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

fn administrators() -> Query {
    Query {
        period: Period { from: day("2026-11-01"), to: day("2026-11-21") },
        kind: Kind::Patients,
        by: Level::Employee,
        then_by: Level::Outcome,
        filter: Filter { patients_only: true, ..Filter::default() },
        compare: None,
    }
}

fn opened() -> Desk {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 enter").answer_all();
    desk
}

#[test]
fn the_first_report_asks_nothing_before_its_filter_is_applied() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 right down down down right");
    assert!(desk.requests().is_empty());
    desk.press("esc");
    assert!(desk.screen().contains("Звонки"), "nothing to see without a report: back to the desk");
    assert!(desk.requests().is_empty());
    desk.press("f6 enter");
    assert_eq!(desk.requests(), [&Request::Report(administrators())]);
}

#[test]
fn a_row_opens_then_leads_to_its_calls_and_back_to_itself() {
    let mut desk = opened();
    desk.press("enter j j enter");
    let path = vec![Group::Employee(Some(ANNA)), Group::Outcome(Some(Outcome::Booked))];
    assert_eq!(listed(&desk), figure(administrators(), path));
    desk.answer_all();
    assert!(desk.screen().contains("Смирнова Анна Игоревна › Записался"));
    for back in ["esc", "backspace", "left"] {
        desk.press(back);
        assert!(desk.selected().contains("Записался"), "{back}: {}", desk.selected());
        desk.press("enter").answer_all();
    }
}

#[test]
fn left_goes_up_and_folds_right_unfolds_and_goes_in() {
    let mut desk = opened();
    desk.press("right right");
    assert!(desk.selected().contains("Не записался"));
    desk.press("left");
    assert!(desk.selected().contains("▾ Смирнова"));
    desk.press("left");
    assert!(desk.selected().contains("▸ Смирнова"));
    desk.press("left left");
    assert!(desk.selected().contains("▸ Смирнова"));
}

#[test]
fn the_russian_layout_moves_as_well() {
    let mut desk = opened();
    desk.type_text("оо");
    assert!(desk.selected().contains("без сотрудника"));
    desk.type_text("л");
    assert!(desk.selected().contains("Соколова"));
}

#[test]
fn the_total_is_the_last_row_and_has_its_calls_too() {
    let mut desk = opened();
    desk.press("end");
    assert!(desk.selected().contains("Итого"));
    desk.press("enter");
    assert_eq!(listed(&desk), figure(administrators(), vec![]));
}

#[test]
fn figures_that_changed_are_only_said_until_refreshed() {
    let mut desk = opened();
    desk.press("j enter j");
    let before = desk.selected();
    desk.event(Event::Change(Change::Figures));
    assert!(desk.requests().is_empty());
    assert!(desk.screen().contains("данные изменились, r обновить"));
    assert_eq!(desk.selected(), before);
    desk.press("r");
    assert_eq!(desk.requests(), [&Request::Report(administrators())]);
    assert!(!desk.screen().contains("данные изменились"));
    desk.answer_all();
    assert_eq!(desk.selected(), before, "the cursor stays on its row");
}

/// A drill and an explanation are counted when they are asked for: they must add up to the figure they came from.
#[test]
fn what_is_opened_after_a_change_is_counted_together_with_its_table() {
    for keys in ["end enter", "end x", "f3"] {
        let mut desk = opened();
        desk.event(Event::Change(Change::Figures));
        desk.press(keys);
        let anew = Request::Report(administrators());
        assert!(desk.requests().contains(&&anew), "{keys}: {:?}", desk.requests());
        desk.answer_all();
        assert!(!desk.screen().contains("данные изменились"), "{keys}");
    }
}

#[test]
fn an_answer_to_an_earlier_question_is_dropped() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1");
    let (first, first_asked) = desk.asked.pop().unwrap();
    desk.press("f4 3");
    let (second, asked) = desk.asked.pop().unwrap();
    desk.answer(first, Ok(reply(&first_asked)));
    assert!(desk.screen().contains("Считаю"));
    desk.answer(second, Ok(reply(&asked)));
    assert!(!desk.screen().contains("Считаю"));
    desk.answer(first, Ok(Reply::Report(Box::new(table(&administrators())))));
    assert!(desk.screen().contains("Рекламные каналы"));
}

#[test]
fn a_refusal_says_what_to_do_and_is_asked_again() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1");
    desk.refuse_all(Refusal::Store("disk is full".into()));
    let screen = desk.screen();
    assert!(
        screen.contains("хранилище не отвечает (disk is full)") && screen.contains("r — посчитать ещё"),
        "{screen}"
    );
    assert!(desk.requests().is_empty(), "it is not asked again by itself");
    desk.press("r");
    assert_eq!(desk.requests().len(), 1);
}

#[test]
fn an_empty_report_says_what_to_do() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1");
    let (ticket, request) = desk.asked.pop().unwrap();
    let Request::Report(query) = request else { panic!("{request:?}") };
    let empty = pult::domain::report::Table { query, rows: vec![], total: Default::default(), before: None };
    desk.answer(ticket, Ok(Reply::Report(Box::new(empty))));
    assert!(desk.screen().contains("За этот период таких звонков нет. F4"));
    desk.press("enter j right");
    assert!(desk.requests().is_empty());
}

#[test]
fn the_report_stays_as_it_was_left_behind_the_missed_calls() {
    let mut desk = opened();
    desk.press("enter j j");
    let place = desk.selected();
    desk.press("esc f7").answer_all();
    assert!(desk.screen().contains("Пропущенный вызов"));
    desk.press("f6");
    assert!(desk.requests().is_empty());
    assert_eq!(desk.selected(), place);
}

#[test]
fn missed_calls_of_today_are_one_key_and_the_first_is_dialled_by_another() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f7");
    let today = day("2026-11-21");
    let query = Query {
        period: Period::day(today),
        kind: Kind::Calls,
        by: Level::Channel,
        then_by: Level::None,
        filter: Filter { patients_only: true, ..Filter::only([Group::Outcome(Some(Outcome::Missed))]) },
        compare: None,
    };
    assert_eq!(*desk.requests()[0], Request::Report(query.clone()));
    assert_eq!(listed(&desk), figure(query, vec![]));
    desk.answer_all().press("f5");
    assert!(matches!(desk.requests()[..], [Request::Dial(phone)] if phone.0 == 79_161_234_000));
    desk.asked.clear();
    desk.press("esc");
    assert!(desk.screen().contains("Комментарий к разговору"), "one key back to the desk");
}

#[test]
fn today_is_the_clinics_day() {
    let mut desk = Desk::new(PLAIN);
    desk.now = "2026-11-21T21:30:00Z".parse().unwrap();
    desk.press("f7");
    assert_eq!(desk.query().period, Period::day(day("2026-11-22")), "half past midnight in Moscow");
}

#[test]
fn the_missed_calls_have_their_table_beneath_by_channels() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f7").answer_all().press("backspace");
    assert!(desk.screen().contains("Рекламные каналы") && desk.screen().contains("Итого"));
    desk.press("down down enter").answer_all().press("esc");
    assert!(desk.screen().contains("Итого"), "from the calls of a channel back to the table");
}

#[test]
fn missed_calls_are_counted_anew_each_time() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f7").answer_all().press("j j esc f7");
    assert_eq!(desk.requests().len(), 3, "the table, the first calls, how many there are");
}

#[test]
fn what_the_report_hides_is_not_touched() {
    let mut desk = opened();
    desk.press("f2 f9 alt+a alt+c alt+t f5 y i");
    assert!(desk.requests().is_empty());
    assert!(!desk.others.iter().any(|effect| matches!(effect, Effect::Copy(_))));
}

#[test]
fn a_double_click_opens_a_row() {
    let mut desk = opened();
    let row =
        u16::try_from(desk.screen().lines().position(|line| line.contains("Соколова")).unwrap()).unwrap();
    desk.click(10, row);
    assert!(desk.selected().contains("▸ Соколова"));
    desk.click(10, row);
    assert!(desk.selected().contains("▾ Соколова"));
}

fn figure(query: Query, path: Vec<Group>) -> Figure {
    Figure { query, path, measure: Measure::Calls }
}

/// The figure whose first calls were asked for last, with how many there are.
fn listed(desk: &Desk) -> Figure {
    match desk.requests()[..] {
        [.., Request::Drill { figure, offset: 0, .. }, Request::Size(sized)] if figure == sized => {
            figure.clone()
        }
        ref other => panic!("{other:?}"),
    }
}

#[test]
fn what_was_said_is_gone_with_the_next_key() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all().press("Y");
    assert!(desk.screen().contains("Скопировано"), "{}", desk.screen());
    desk.press("j");
    assert!(!desk.screen().contains("Скопировано"), "{}", desk.screen());
}

#[test]
fn a_warning_of_the_desk_does_not_follow_into_the_report() {
    let mut desk = Desk::new(PLAIN);
    desk.press("9 9 9 9");
    assert!(desk.screen().contains("…9999"), "{}", desk.screen());
    desk.press("f6");
    assert!(!desk.screen().contains("…9999"), "{}", desk.screen());
}

#[test]
fn esc_goes_back_step_by_step() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 f4 esc");
    assert!(desk.screen().contains("┌ Отчёты"), "from the filter to the list: {}", desk.screen());
    desk.press("1").answer_all().press("f3").answer_all();
    assert!(!desk.screen().contains("Смирнова"), "a picture: {}", desk.screen());
    desk.press("esc");
    assert!(desk.screen().contains("Смирнова"), "from a picture to its table: {}", desk.screen());
    desk.press("esc");
    assert!(!desk.screen().contains("Смирнова"), "{}", desk.screen());
}

#[test]
fn an_order_by_a_column_that_was_hidden_is_named() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all().press("tab s");
    assert!(!desk.screen().contains("↓ Обращения"), "in its heading: {}", desk.screen());
    desk.press("c space enter");
    assert!(desk.screen().contains("↓ Обращения"), "{}", desk.screen());
}

#[test]
fn averages_are_rounded_and_not_cut() {
    let mut desk = Desk::new(Look { size: (120, 40), ..PLAIN });
    desk.press("f6 1");
    let query = desk.query();
    let (ticket, _) = desk.asked.remove(0);
    let mut table = table(&query);
    table.total.calls = 62;
    table.total.wait = std::time::Duration::from_secs(47 * 60 + 2);
    desk.answer(ticket, Ok(Reply::Report(Box::new(table))));
    assert!(desk.screen().contains("0:46"), "{}", desk.screen());
}

#[test]
fn an_order_by_a_column_that_finds_no_room_is_named() {
    let mut desk = opened();
    desk.press("tab tab tab tab s esc");
    assert!(desk.screen().contains("↓ Ожидание"), "{}", desk.screen());
    desk.press("c");
    assert!(desk.screen().contains("нет места"), "{}", desk.screen());
    assert!(desk.screen().contains("Esc отменить"), "{}", desk.screen());
}
