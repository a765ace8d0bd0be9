use std::io::Cursor;

use calamine::{Data, DataType as _, Range, Reader as _, Xlsx};
use proptest::prelude::*;
use pult::desk::Language;
use pult::domain::export::Content;
use pult::export::Format;

use super::given::{compared, hostile, list, table, written};

fn book(content: &Content, names: &[String]) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(written(content, Format::Workbook, Language::Ru, names))).unwrap()
}

fn sheet(content: &Content, names: &[String]) -> Range<Data> {
    book(content, names).worksheet_range("История общения").unwrap()
}

fn seconds(cell: &Data) -> f64 {
    let Data::DateTime(days) = cell else { panic!("{cell:?} is no length") };
    assert!(days.is_duration());
    (days.as_f64() * 86_400.0 * 10.0).round() / 10.0
}

#[test]
fn numbers_are_numbers_and_sums_stand_above_what_they_sum() {
    let names = ["Имплантация".to_owned()];
    let sheet = sheet(&table(), &names);
    let heading: Vec<String> = sheet.rows().next().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(heading[..4], ["Тема разговора", "День", "Звонки", "Принято"]);
    assert_eq!(sheet.height(), 4, "heading, topic, its day, total");
    let [outer, leaf, total] = [1, 2, 3].map(|row| sheet.rows().nth(row).unwrap());
    assert_eq!(outer[0], Data::String("Имплантация".into()));
    assert_eq!(outer[1], Data::Empty);
    assert_eq!(leaf[1].as_date(), Some("2026-11-20".parse().unwrap()));
    assert_eq!(total[0], Data::String("Итого".into()));
    for row in [outer, leaf, total] {
        assert_eq!(row[2], Data::Float(1234.0));
        assert_eq!([&row[5], &row[6]].map(seconds), [14.0, 221.5]);
        assert_eq!(row[8].as_f64().map(|share| (share * 1000.0).round()), Some(441.0));
        assert_eq!([&row[11], &row[12]].map(|cell| cell.as_f64()), [Some(-1200.5), Some(-600.25)]);
    }
}

#[test]
fn a_list_has_dates_lengths_and_texts() {
    let sheet = sheet(&list(), &["=1+1".to_owned(), "Гигиена".to_owned()]);
    let row = sheet.rows().nth(2).unwrap();
    assert_eq!(row[0].as_datetime(), Some("2026-11-21T00:30:05".parse().unwrap()));
    assert_eq!(row[2], Data::String("+7 916 123-45-67".into()));
    assert_eq!([&row[13], &row[14]].map(seconds), [2.5, 3723.0]);
    assert_eq!(row[16].as_f64(), Some(-1200.5));
    assert_eq!(row[20], Data::String("Гигиена Гигиена".into()));
}

#[test]
fn what_was_asked_stands_on_a_sheet_of_its_own() {
    let mut book = book(&compared(), &["Имплантация".to_owned()]);
    let about = book.worksheet_range("Что показано").unwrap();
    let parts: Vec<String> = about.rows().map(|row| row[0].to_string()).collect();
    assert_eq!(parts[0], "16.11–21.11.2026");
    assert!(parts.last().unwrap().ends_with("2026-11-21 12:31"), "{parts:?}");
}

#[test]
fn nothing_in_it_is_a_formula() {
    let names = hostile();
    for content in [table(), list()] {
        let mut book = book(&content, &names);
        let formulas = book.worksheet_formula("История общения").unwrap();
        assert_eq!(formulas.used_cells().count(), 0);
        let sheet = book.worksheet_range("История общения").unwrap();
        let named = |wanted: &str| sheet.rows().flatten().any(|cell| *cell == Data::String(wanted.into()));
        assert!(named("=1+1") && named("</td><script>alert('x')</script>") && named(&names[10]));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn whatever_a_name_is_the_workbook_opens_with_it(name in "\\PC{0,40}|[\u{0}-\u{1f}<&\"_x00]{0,12}") {
        let shown = name.replace(['\n', '\r', '\t'], " ");
        let sheet = sheet(&list(), std::slice::from_ref(&name));
        let cell = sheet.rows().nth(1).unwrap()[3].to_string();
        let kept = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        prop_assert_eq!(kept(&cell), kept(&shown));
    }
}
