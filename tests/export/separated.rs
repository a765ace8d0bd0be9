use proptest::prelude::*;
use pult::desk::Language;
use pult::domain::export::Content;
use pult::domain::report::{Measure, Order, Sorted};
use pult::export::{Dialect, Format};

use super::given::{compared, hostile, list, query, table, written};

const PROGRAMS: Format = Format::Separated(Dialect::OF_PROGRAMS);

fn excel(language: Language) -> Format {
    Format::Separated(Dialect::of_excel(language))
}

fn text(content: &Content, format: Format, language: Language, names: &[String]) -> String {
    String::from_utf8(written(content, format, language, names)).unwrap()
}

fn cells(text: &str, separator: u8) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn a_table_is_written_as_programs_and_as_excel_read_it() {
    let names = ["Имплантация".to_owned()];
    let programs = text(&table(), PROGRAMS, Language::Ru, &names);
    assert_eq!(
        programs,
        "by,then_by,calls,taken,missed,average_wait_s,average_talk_s,booked,booked_percent,held,held_percent,\
         money,average_money\n\
         Имплантация,2026-11-20,1234,1000,234,14.0,221.5,441,44.1,2,0.2,-1200.50,-600.25\n"
    );
    let russian = text(&table(), excel(Language::Ru), Language::Ru, &names);
    assert_eq!(
        russian,
        "\u{feff}Тема разговора;День;Звонки;Принято;Пропущено;Ожидание;Длительность;Записались;Записались, %;\
         Состоялось;Состоялось, %;Выручка;Средняя выручка\n\
         Имплантация;2026-11-20;1234;1000;234;0:00:14;0:03:41;441;44,1;2;0,2;-1200,50;-600,25\n"
    );
    let english = text(&table(), excel(Language::En), Language::En, &names);
    assert!(english.starts_with("\u{feff}Topic,Day,Calls,"), "{english}");
    assert!(english.ends_with(",44.1,2,0.2,-1200.50,-600.25\n"), "{english}");
}

#[test]
fn a_list_has_one_line_for_each_call_on_the_clinics_clock() {
    let names = ["Имплантация".to_owned(), "Гигиена".to_owned()];
    let rows = cells(&text(&list(), PROGRAMS, Language::En, &names), b',');
    assert_eq!(rows.len(), 2);
    let row = rows[1].join("|");
    assert_eq!(
        row,
        "2026-11-21 00:30:05|incoming|79161234567|Гигиена|Гигиена|||answered|Not booked||Гигиена||Гигиена|2.5|3723.0|1|\
         -1200.50|New|Гигиена|1|Гигиена Гигиена"
    );
}

#[test]
fn lengths_are_times_to_excel_and_seconds_to_programs() {
    let names = ["Имплантация".to_owned()];
    let excel = cells(&text(&list(), excel(Language::Ru), Language::Ru, &names), b';');
    assert_eq!(excel[0][13..15], ["0:00:02", "1:02:03"]);
}

#[test]
fn compared_figures_stand_beside_each_other() {
    let names = ["Имплантация".to_owned()];
    let programs = text(&compared(), PROGRAMS, Language::Ru, &names);
    let heading = "by,then_by,calls,calls_before,money,money_before\n";
    assert_eq!(programs, format!("{heading}Имплантация,2026-11-20,1234,7,-1200.50,-0.05\n"));
    let russian = text(&compared(), excel(Language::Ru), Language::Ru, &names);
    assert!(russian.contains(";Звонки;Звонки, было;Выручка;Выручка, было\n"), "{russian}");
}

#[test]
fn rows_stand_as_they_were_asked_for() {
    let by = |order| Content::Table {
        query: query(),
        columns: vec![Measure::Calls],
        sorted: Some(Sorted { by: Measure::Calls, order }),
    };
    let names = hostile();
    // Equal figures: nothing moves, whichever way.
    let ways =
        [Order::MostFirst, Order::LeastFirst].map(|order| text(&by(order), PROGRAMS, Language::Ru, &names));
    assert_eq!(ways[0], ways[1]);
}

fn starts_a_formula(cell: &str) -> bool {
    let number = cell.parse::<f64>().is_ok() || cell.replace(',', ".").parse::<f64>().is_ok();
    !number && cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

#[test]
fn no_cell_starts_a_formula() {
    let names = hostile();
    for (format, separator) in [(PROGRAMS, b','), (excel(Language::Ru), b';')] {
        for content in [table(), list()] {
            let rows = cells(&text(&content, format, Language::Ru, &names), separator);
            assert_eq!(rows.len(), names.len());
            for cell in rows.iter().flatten() {
                assert!(!starts_a_formula(cell), "{cell:?}");
                assert!(!cell.chars().any(char::is_control), "{cell:?}");
            }
        }
    }
}

proptest! {
    #[test]
    fn whatever_a_name_is_it_starts_no_formula_and_stays_in_its_cell(name in "[=+@\\-\t\r\n;,\"'＝ a-я\\PC]{0,12}") {
        for (format, separator) in [(PROGRAMS, b','), (excel(Language::Ru), b';')] {
            let rows = cells(&text(&list(), format, Language::Ru, std::slice::from_ref(&name)), separator);
            prop_assert_eq!(rows.len(), 1);
            prop_assert_eq!(rows[0].len(), 21);
            for cell in &rows[0] {
                prop_assert!(!starts_a_formula(cell), "{:?}", cell);
            }
        }
    }
}
