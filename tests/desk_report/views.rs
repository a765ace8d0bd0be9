//! Reports by name: the shipped ones, the clinic's own, and the line that says each of them.

use pult::desk::{Effect, Event};
use pult::domain::desk::{NamedView, Refusal, Reply, Request};
use pult::domain::outcome::Outcome;
use pult::domain::person::{PersonBrief, PersonKind};
use pult::domain::report::{Group, Kind, Level};

use super::fixture::{Desk, IMPLANTS, MARIA, PLAIN};

fn named(name: &str, line: &str) -> NamedView {
    NamedView { name: name.into(), line: line.into() }
}

fn with_own(views: &[(&str, &str)]) -> Desk {
    let mut desk = Desk::new(PLAIN);
    desk.views = Ok(views.iter().map(|(name, line)| named(name, line)).collect());
    desk
}

fn copied(desk: &Desk) -> &str {
    let copied = desk.others.iter().rev().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text.as_str()),
        _ => None,
    });
    copied.expect("something was copied")
}

/// Takes the only question asked.
fn question(desk: &mut Desk) -> (pult::desk::Ticket, Request) {
    assert_eq!(desk.asked.len(), 1, "{:?}", desk.requests());
    desk.asked.remove(0)
}

/// Where a person may be when a report is wanted.
const PLACES: [&str; 9] = [
    "",
    "tab",
    "?",
    ":",
    "f7",
    "f6 1",
    "f6 1 enter j enter",
    "f6 f4 down down down down down down down down down down down down a",
    "f6 f4 tab space",
];

#[test]
fn every_scenario_is_few_keys_from_anywhere() {
    for place in PLACES {
        for scenario in "1234567890".chars() {
            let mut desk = Desk::new(PLAIN);
            desk.press(place).answer_all();
            // A letter on the list of reports is no harm: the same keys lead there from everywhere.
            let keys = match place {
                "?" | ":" => "esc f6 o",
                _ if place.starts_with("f6 f4") => "alt+o",
                _ => "f6 o",
            };
            let mut keys: Vec<&str> = keys.split(' ').collect();
            for key in &keys {
                desk.press(key).answer_all();
            }
            assert!(desk.screen().contains("┌ Отчёты"), "{place}: {}", desk.screen());
            let digit = scenario.to_string();
            keys.push(&digit);
            desk.press(&digit);
            if scenario == '0' {
                keys.extend(["и", "в", "enter", "enter"]);
                desk.press("и в");
                desk.asked.pop().into_iter().for_each(|(ticket, _)| desk.answer(ticket, Ok(found())));
                desk.press("enter enter");
            }
            assert!(keys.len() <= 8, "{place}: {keys:?}");
            let asked = desk.requests().iter().any(|request| matches!(request, Request::Report(_)));
            assert!(asked, "{place}: {keys:?}\n{}", desk.screen());
            assert!(!desk.screen().contains("┌ "), "{place}: {keys:?}\n{}", desk.screen());
        }
    }
}

fn found() -> Reply {
    let name = "Иванова Мария Петровна".to_owned();
    Reply::Found(vec![PersonBrief { id: MARIA, kind: PersonKind::Patient, name, born: None, phone: None }])
}

#[test]
fn shipped_reports_ask_what_they_say() {
    let asked = |digit: &str| {
        let mut desk = Desk::new(PLAIN);
        desk.press("f6").press(digit);
        desk.query()
    };
    let query = asked("2");
    assert_eq!(query.filter.only, [Group::Topic(Some(IMPLANTS)), Group::Outcome(Some(Outcome::NotBooked))]);
    assert_eq!(asked("3").by, Level::Channel);
    assert_eq!((asked("6").by, asked("6").kind), (Level::CallerType, Kind::Calls));
    assert!(asked("7").filter.wait.least.is_some() && asked("8").filter.talk.least.is_some());
    assert_eq!((asked("9").by, asked("9").then_by), (Level::Weekday, Level::Hour));
}

#[test]
fn calls_are_opened_at_once_where_they_are_wanted() {
    for digit in ["4", "5", "7", "8"] {
        let mut desk = Desk::new(PLAIN);
        desk.press("f6").press(digit);
        assert!(matches!(desk.requests()[..], [Request::Report(_), Request::Drill { .. }, ..]), "{digit}");
    }
}

#[test]
fn a_report_is_saved_by_name_and_picked_again() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all().press("f2").type_text("Наши админы").press("enter");
    let line = "month patients employee/outcome patients-only";
    let (ticket, request) = question(&mut desk);
    assert_eq!(request, Request::SaveView(named("Наши админы", line)));
    assert!(!desk.screen().contains("Отчёт сохранён"), "not before the engine has said so");
    desk.views = Ok(vec![named("Наши админы", line)]);
    desk.answer(ticket, Ok(Reply::Done));
    assert!(desk.screen().contains("Отчёт сохранён: Наши админы"), "{}", desk.screen());
    desk.press("o end");
    assert!(desk.screen().contains("· Наши админы"), "{}", desk.screen());
    desk.press("enter");
    assert_eq!(desk.query().by, Level::Employee);
}

#[test]
fn what_is_in_the_filter_is_what_is_saved_and_the_filter_stays() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 f4 right f2").type_text("Прошлый месяц").press("enter");
    let saved = named("Прошлый месяц", "last-month patients employee/outcome patients-only");
    assert_eq!(desk.requests(), [&Request::SaveView(saved)]);
    assert!(desk.screen().contains("прошлый месяц"), "{}", desk.screen());
}

#[test]
fn dates_that_were_typed_stay_dates_and_a_name_of_days_moves_with_them() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 f4 down").type_text("01.11").press("up Y");
    assert!(copied(&desk).starts_with("2026-11-01..2026-11-21 patients"), "{}", copied(&desk));
    desk.press("left right Y");
    assert!(copied(&desk).starts_with("month patients"), "{}", copied(&desk));
}

#[test]
fn a_key_that_is_typed_is_not_shown_as_a_command() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 f4");
    assert!(desk.screen().contains(" x Убрать всё  o Отчёты"), "{}", desk.screen());
    desk.press("end tab");
    assert!(desk.screen().contains("Alt+X Убрать всё  Alt+O Отчёты"), "{}", desk.screen());
    desk.press("f2");
    assert!(!desk.screen().lines().last().unwrap().contains("Y "), "{}", desk.screen());
}

#[test]
fn a_refused_save_changes_nothing_and_says_why() {
    let mut desk = with_own(&[("Наши", "today calls topic")]);
    desk.press("f6 end f2").type_text("Другие").press("enter");
    desk.refuse_all(Refusal::Store("disk is full".into()));
    let screen = desk.screen();
    assert!(screen.contains("Не сохранено: хранилище не отвечает (disk is full)"), "{screen}");
    assert!(screen.contains("· Наши") && !screen.contains("· Другие"), "{screen}");
}

#[test]
fn a_name_that_is_taken_is_replaced_only_when_asked_twice() {
    let mut desk = with_own(&[("Наши", "today calls topic")]);
    desk.press("f6 f2").type_text("Наши").press("enter");
    assert!(desk.requests().is_empty());
    assert!(desk.screen().contains("Такое имя уже есть"), "{}", desk.screen());
    desk.press("enter");
    let saved = named("Наши", "month patients employee/outcome patients-only");
    assert_eq!(desk.requests(), [&Request::SaveView(saved)]);
}

#[test]
fn a_name_is_known_as_taken_where_the_list_was_never_opened_and_when_it_is_pasted() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f7").answer_all();
    desk.views = Ok(vec![named("Наши", "today calls topic"), named("Наши 2", "today calls topic")]);
    desk.press("f2").type_text("Наши").press("enter");
    assert!(desk.requests().is_empty(), "{:?}", desk.requests());
    assert!(desk.screen().contains("Такое имя уже есть"), "{}", desk.screen());
    desk.event(Event::Paste(" 2".into()));
    desk.press("enter");
    assert!(desk.requests().is_empty(), "another name is another question: {:?}", desk.requests());
    assert!(desk.screen().contains("Такое имя уже есть"), "{}", desk.screen());
}

#[test]
fn nothing_is_saved_before_the_names_that_are_taken_are_known() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f7").answer_all();
    desk.views = Err(Refusal::Store("disk is full".into()));
    desk.press("f2").type_text("Наши").press("enter");
    assert!(desk.requests().is_empty(), "{:?}", desk.requests());
    assert!(desk.screen().contains("Своих отчётов не видно"), "{}", desk.screen());
}

#[test]
fn while_a_name_or_a_line_is_typed_no_other_list_or_line_is_laid_over_it() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all().press("f2 alt+o").type_text("Имя");
    assert!(
        desk.screen().contains("┌ Сохранить отчёт") && !desk.screen().contains("┌ Отчёты"),
        "{}",
        desk.screen()
    );
    let hints = desk.screen();
    let hints = hints.lines().last().unwrap();
    assert!(!hints.contains("F2") && !hints.contains("Alt+O"), "{hints}");
    desk.press("esc P");
    desk.event(Event::Paste("today".into()));
    desk.press("esc");
    assert!(!desk.screen().contains("┌ "), "{}", desk.screen());
}

#[test]
fn a_renamed_report_is_said_to_be_renamed_and_not_deleted() {
    let mut desk = with_own(&[("Наши", "today calls topic")]);
    desk.press("f6 end n").type_text("й").press("enter").answer_all();
    let screen = desk.screen();
    assert!(screen.contains("Отчёт переименован: Наший") && !screen.contains("удалён"), "{screen}");
}

#[test]
fn a_refused_deletion_is_not_said_to_be_a_refused_save() {
    let mut desk = with_own(&[("Наши", "today calls topic")]);
    desk.press("f6 end delete enter");
    desk.refuse_all(Refusal::Store("disk is full".into()));
    let screen = desk.screen();
    assert!(screen.contains("Не удалено: хранилище не отвечает (disk is full)"), "{screen}");
}

#[test]
fn what_is_deleted_is_what_was_named_though_the_list_changed() {
    let mut desk = with_own(&[("Б", "today calls topic"), ("В", "today calls topic")]);
    desk.press("f6 end up delete");
    assert!(desk.screen().contains("Б — удалить?"), "{}", desk.screen());
    desk.press("enter");
    assert_eq!(desk.requests(), [&Request::ForgetView { name: "Б".into() }]);
    desk.press("end delete");
    desk.views = Ok(vec![named("А", "today calls topic"), named("В", "today calls topic")]);
    desk.answer_all();
    assert!(desk.screen().contains("В — удалить?"), "{}", desk.screen());
    desk.press("enter");
    assert_eq!(desk.requests(), [&Request::ForgetView { name: "В".into() }]);
}

#[test]
fn when_the_last_own_report_goes_the_cursor_stays_in_the_list() {
    let mut desk = with_own(&[("Наши", "month calls topic")]);
    desk.press("f6 end delete enter");
    desk.views = Ok(vec![]);
    desk.answer_all().press("enter");
    assert!(!desk.screen().contains("┌ Отчёты") || desk.screen().contains("┌ Фильтр"), "{}", desk.screen());
}

#[test]
fn the_list_of_reports_fits_any_room() {
    for size in [(1, 1), (1, 24), (2, 9), (3, 5), (80, 3)] {
        let mut desk = Desk::new(super::fixture::Look { size, ..PLAIN });
        desk.press("f6 end");
        desk.screen();
    }
}

#[test]
fn talks_not_wrapped_up_are_those_nobody_is_named_for() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 5");
    let only = desk.query().filter.only;
    assert!(only.contains(&Group::Employee(None)), "{only:?}");
    assert!(!only.contains(&Group::Topic(None)), "a wrap-up may leave the topic open: {only:?}");
}

#[test]
fn renaming_keeps_the_new_name_before_the_old_one_goes() {
    let mut desk = with_own(&[("Наши", "today calls topic")]);
    desk.press("f6 end n backspace backspace").type_text("ш").press("enter");
    let (ticket, request) = question(&mut desk);
    assert_eq!(request, Request::SaveView(named("Наш", "today calls topic")));
    desk.answer(ticket, Ok(Reply::Done));
    assert_eq!(desk.requests(), [&Request::ForgetView { name: "Наши".into() }]);
    let mut desk = with_own(&[("Наши", "today calls topic")]);
    desk.press("f6 end n").type_text("й").press("enter");
    desk.refuse_all(Refusal::Store("disk is full".into()));
    assert!(desk.requests().is_empty(), "the old name stays when the new one is refused");
}

#[test]
fn deleting_asks_first_and_shipped_reports_stay() {
    let mut desk = with_own(&[("Наши", "today calls topic")]);
    desk.press("f6 end delete");
    assert!(desk.screen().contains("Наши — удалить?"), "{}", desk.screen());
    desk.press("up");
    assert!(!desk.screen().contains("удалить?"));
    desk.press("delete enter");
    assert_eq!(desk.requests(), [&Request::ForgetView { name: "Наши".into() }]);
    let mut desk = with_own(&[]);
    desk.press("f6 delete");
    assert!(desk.screen().contains("его не переименовать и не удалить"), "{}", desk.screen());
}

#[test]
fn a_report_that_names_what_is_gone_is_shown_and_not_asked() {
    let mut desk = with_own(&[("Брекеты", "month calls topic=Брекеты")]);
    desk.press("f6 end enter");
    assert!(desk.requests().is_empty());
    assert!(desk.screen().contains("нет «Брекеты»"), "{}", desk.screen());
}

#[test]
fn own_reports_that_cannot_be_had_leave_the_shipped_ones() {
    let mut desk = Desk::new(PLAIN);
    desk.views = Err(Refusal::Store("disk is full".into()));
    desk.press("f6");
    assert!(desk.screen().contains("Своих отчётов не видно"), "{}", desk.screen());
    desk.press("1");
    assert_eq!(desk.query().by, Level::Employee);
}

#[test]
fn the_line_goes_to_the_clipboard_and_comes_back() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 2").answer_all().press("Y");
    let line = "month patients employee patients-only topic=Имплантация outcome=not-booked";
    assert_eq!(copied(&desk), line);
    let mut other = Desk::new(PLAIN);
    other.press("f6 P");
    other.event(Event::Paste(format!("{line}\n")));
    assert!(other.screen().contains("Тема разговора: Имплантация"), "{}", other.screen());
    other.press("enter");
    assert_eq!(other.query(), desk_query(line));
}

fn desk_query(line: &str) -> pult::domain::report::Query {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 P").type_text(line).press("enter");
    desk.query()
}

#[test]
fn a_line_with_a_slip_says_which_word_and_is_not_asked() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 P").type_text("month calls outcome=lost").press("enter");
    assert!(desk.requests().is_empty());
    let screen = desk.screen();
    assert!(screen.contains("outcome=lost: нужно booked, moved"), "{screen}");
    desk.press("backspace backspace backspace backspace").type_text("missed").press("enter");
    assert_eq!(desk.query().filter.only, [Group::Outcome(Some(Outcome::Missed))]);
}

#[test]
fn a_line_pasted_over_a_report_is_looked_at_first() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all();
    desk.event(Event::Paste("today calls hour".into()));
    assert!(desk.requests().is_empty());
    desk.press("enter");
    assert_eq!(desk.query().by, Level::Hour);
}

#[test]
fn the_mouse_chooses_a_report_then_shows_it() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6");
    let row = desk.screen().lines().position(|line| line.contains("3 Каналы")).unwrap();
    let row = u16::try_from(row).unwrap();
    desk.click(5, row);
    assert!(desk.requests().is_empty());
    desk.click(5, row);
    assert_eq!(desk.query().by, Level::Channel);
}

#[test]
fn a_line_is_the_whole_of_what_is_shown_and_habit_is_of_the_shipped_reports() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6");
    desk.recall(Some(r#"{"columns":["calls","missed"],"sorted":null}"#.into()));
    desk.press("1").answer_all();
    assert!(!desk.screen().contains("Записались"), "{}", desk.screen());
    desk.event(Event::Paste("month patients employee/outcome".into()));
    desk.press("enter").answer_all();
    assert!(desk.screen().contains("Записались"), "{}", desk.screen());
}
