//! Figures of the table: chosen, opened, sorted by, compared; columns chosen and remembered.

use pult::domain::desk::{Figure, Refusal, Reply, Request};
use pult::domain::outcome::Outcome;
use pult::domain::report::{Group, Measure, Measures, Row, Table};

use super::fixture::{ANNA, Desk, Look, PLAIN, row, table};

fn opened() -> Desk {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all();
    desk
}

/// The first word of every row.
fn labels(desk: &Desk) -> Vec<String> {
    let screen = desk.screen();
    let rows = screen.lines().filter(|line| line.contains(['▸', '▾']) || line.contains("Итого"));
    let first =
        |line: &str| line.trim_start_matches(['▌', ' ', '▸', '▾']).split(' ').next().unwrap().to_owned();
    rows.map(first).collect()
}

#[test]
fn tab_chooses_a_figure_that_is_named_below_and_opens_into_its_own_calls() {
    let mut desk = opened();
    desk.press("tab tab tab");
    assert!(desk.screen().contains("1 из 3  Пропущено: 22"), "{}", desk.screen());
    desk.press("right right right");
    assert!(desk.screen().contains("Записались: 128"), "{}", desk.screen());
    desk.press("enter");
    let Request::Drill { figure: Figure { path, measure, .. }, .. } = desk.requests()[0] else {
        panic!("{:?}", desk.requests())
    };
    assert_eq!((path, measure), (&vec![Group::Employee(Some(ANNA))], &Measure::Booked));
    desk.answer_all();
    assert!(desk.screen().contains("Смирнова Анна Игоревна · Записались"), "{}", desk.screen());
    assert!(desk.screen().contains("128 обращений, 250 звонков"), "{}", desk.screen());
    desk.press("backspace");
    assert!(desk.screen().contains("Записались: 128"), "back to the same figure");
}

#[test]
fn a_percent_opens_what_it_is_a_percentage_of() {
    let mut desk = opened();
    desk.press("backtab backtab backtab enter");
    assert!(
        matches!(desk.requests()[0], Request::Drill { figure, .. } if figure.measure == Measure::Held),
        "{:?}",
        desk.requests()
    );
}

#[test]
fn left_of_the_first_figure_and_esc_give_the_row_back() {
    for keys in ["tab left", "tab tab h h", "tab tab esc", "backtab tab"] {
        let mut desk = opened();
        desk.press(keys).press("enter");
        assert!(desk.requests().is_empty(), "{keys}");
        assert!(desk.selected().contains("▾ Смирнова"), "{keys}: the row opens");
    }
}

#[test]
fn sorting_goes_round_and_the_cursor_stays_on_its_row() {
    let mut desk = opened();
    desk.press("j");
    assert_eq!(labels(&desk), ["Смирнова", "Соколова", "без", "Итого"]);
    desk.press("tab tab tab s");
    assert!(desk.screen().contains("↓Пропущ."));
    assert_eq!(labels(&desk), ["Смирнова", "Соколова", "без", "Итого"]);
    desk.press("s");
    assert!(desk.screen().contains("↑Пропущ."));
    assert_eq!(labels(&desk), ["без", "Соколова", "Смирнова", "Итого"]);
    assert!(desk.selected().contains("Соколова"));
    desk.press("s");
    assert_eq!(labels(&desk), ["Смирнова", "Соколова", "без", "Итого"]);
}

#[test]
fn opened_rows_are_sorted_too() {
    let mut desk = opened();
    desk.press("enter tab s s");
    let screen = desk.screen();
    let place = |words: &str| screen.find(words).unwrap_or_else(|| panic!("{words}\n{screen}"));
    assert!(place("Отменил приём") < place("Перенёс приём"));
    assert!(place("Перенёс приём") < place("Записался"));
    assert!(place("Записался") < place("Не записался"));
}

#[test]
fn a_heading_pressed_sorts_and_a_figure_pressed_is_chosen() {
    let mut desk = opened();
    let screen = desk.screen();
    let (heading, line) = screen.lines().enumerate().find(|(_, line)| line.contains("Пропущ.")).unwrap();
    let column = line[..line.find("Пропущ.").unwrap()].chars().count() as u16 + 2;
    desk.click(column, heading as u16);
    assert!(desk.screen().contains("↓Пропущ."));
    desk.now += chrono::TimeDelta::seconds(2);
    desk.click(column + 4, heading as u16 + 2);
    assert!(desk.screen().contains("2 из 3  Пропущено: 6"), "{}", desk.screen());
    desk.click(column + 4, heading as u16 + 2);
    assert!(
        matches!(desk.requests()[..], [.., Request::Drill { figure, .. }, _] if figure.measure == Measure::Missed)
    );
}

#[test]
fn days_stand_in_their_order_unless_sorted() {
    let day = |day: u32, calls| {
        let date = chrono::NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        row(Group::Day(date), Measures { calls, ..Measures::default() }, vec![])
    };
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1");
    let (ticket, request) = desk.asked.pop().unwrap();
    let Request::Report(query) = request else { panic!("{request:?}") };
    let rows = vec![day(9, 30), day(2, 20), day(5, 10)];
    desk.answer(
        ticket,
        Ok(Reply::Report(Box::new(Table { query, rows, total: Measures::default(), before: None }))),
    );
    let days = |desk: &Desk| -> Vec<String> {
        let screen = desk.screen();
        let days = screen.lines().map(|line| line.trim_start_matches(['▌', ' ']));
        days.filter(|line| line.get(2..11) == Some(".11.2026 ")).map(|line| line[..2].to_owned()).collect()
    };
    assert_eq!(days(&desk), ["02", "05", "09"]);
    desk.press("s");
    assert_eq!(days(&desk), ["09", "02", "05"]);
}

#[test]
fn columns_are_ticked_and_only_those_are_shown_and_remembered() {
    let mut desk = opened();
    desk.press("c");
    assert!(desk.screen().contains("[x] Средняя выручка"), "{}", desk.screen());
    desk.press("j j space j space j space enter");
    let screen = desk.screen();
    assert!(!screen.contains("Пропущ.  ") && screen.contains("Записались"), "{screen}");
    let [Request::Remember { name, value }] = desk.requests()[..] else { panic!("{:?}", desk.requests()) };
    assert_eq!(name, "report.columns");
    let value = value.clone();
    // Another day, another desk of the same operator.
    let mut desk = Desk::new(PLAIN);
    desk.press("f6");
    desk.recall(Some(value));
    desk.press("1").answer_all();
    assert!(!desk.screen().contains("Пропущ.  "), "{}", desk.screen());
    desk.press("c");
    assert!(desk.screen().contains("[ ] Пропущено") && desk.screen().contains("[x] Принято"));
}

#[test]
fn columns_left_by_esc_stay_and_a_refusal_is_silent() {
    let mut desk = opened();
    let before = desk.screen();
    desk.press("c space j space esc");
    assert_eq!(desk.screen(), before);
    desk.press("c space enter");
    desk.refuse_all(Refusal::NotFound);
    assert!(!desk.screen().contains("Обращения"), "{}", desk.screen());
    assert!(!desk.screen().contains("недоступ") && !desk.screen().contains("не посчитан"));
}

#[test]
fn everything_opens_and_closes_at_one_key() {
    let mut desk = opened();
    desk.press("j *");
    assert!(desk.selected().contains("▾ Соколова"));
    let screen = desk.screen();
    assert!(screen.contains("Отменил приём") && screen.contains("вне статистики"), "{screen}");
    desk.press("j *");
    assert!(desk.selected().contains("▸ Соколова"), "the row that holds the cursor's");
    assert!(!desk.screen().contains("Отменил приём"));
}

/// The sample table beside a period with a fifth less of everything.
pub fn compared(desk: &mut Desk) {
    let (ticket, request) = desk.asked.pop().unwrap();
    let Request::Report(query) = request else { panic!("{request:?}") };
    let mut table = table(&query);
    let before = |now: &Measures| Measures {
        calls: now.calls * 4 / 5,
        taken: now.taken * 4 / 5,
        missed: now.missed * 2,
        booked: now.booked / 2,
        held: now.held / 2,
        money: pult::domain::money::Money(now.money.0 / 2),
        ..*now
    };
    fn fill(rows: &mut [Row], before: &impl Fn(&Measures) -> Measures) {
        for row in rows {
            row.before = Some(before(&row.measures));
            fill(&mut row.rows, before);
        }
    }
    fill(&mut table.rows, &before);
    table.before = Some(before(&table.total));
    desk.answer(ticket, Ok(Reply::Report(Box::new(table))));
}

#[test]
fn compared_the_change_stands_beside_and_below() {
    for size in [(80, 24), (120, 40)] {
        let mut desk = Desk::new(Look { size, ..PLAIN });
        desk.press("f6 1");
        compared(&mut desk);
        assert!(desk.selected().contains("+25") && desk.screen().contains('±'), "{}", desk.screen());
        assert!(desk.screen().contains("Обращения: 312, было 249 (+25\u{a0}%)"), "{}", desk.screen());
        desk.press("tab tab tab tab tab tab tab");
        assert!(
            desk.screen().contains("было 28,1\u{a0}% (+16,1 п. п.)") || desk.screen().contains("п. п."),
            "{}",
            desk.screen()
        );
    }
}

#[test]
fn outcomes_of_a_row_may_be_gone_after_a_refresh() {
    let mut desk = opened();
    desk.press("enter j j r");
    let (ticket, request) = desk.asked.pop().unwrap();
    let Request::Report(query) = request else { panic!("{request:?}") };
    let mut fresh = table(&query);
    fresh.rows[0].rows.retain(|row| row.group != Group::Outcome(Some(Outcome::Booked)));
    desk.answer(ticket, Ok(Reply::Report(Box::new(fresh))));
    assert!(desk.selected().contains("Смирнова"), "the row that held it");
}

/// The channels come by money, which is their report's order and nobody's habit.
#[test]
fn only_the_half_of_a_habit_that_was_changed_is_remembered() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6");
    let habit = r#"{"columns":["calls"],"sorted":{"by":"calls","order":"least_first"}}"#;
    desk.recall(Some(habit.to_owned()));
    desk.press("3").answer_all().press("c j space enter");
    let remembered = desk.requests().into_iter().find_map(|request| match request {
        Request::Remember { value, .. } => Some(value.clone()),
        _ => None,
    });
    let wanted = r#"{"columns":["calls","taken"],"sorted":{"by":"calls","order":"least_first"}}"#;
    assert_eq!(remembered.as_deref(), Some(wanted));
}
