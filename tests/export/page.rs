use calamine::Reader as _;
use proptest::prelude::*;
use pult::desk::Language;
use pult::domain::desk::{Reply, Request};
use pult::domain::export::Content;
use pult::domain::gap::{Cause, Gap, Restored};
use pult::domain::period::Period;
use pult::domain::report::{Measures, Query};
use pult::export::Format;
use roxmltree::{Document, ParsingOptions};

use super::given::{answer, compared, hostile, list, table, try_written, written};

fn page(content: &Content, names: &[String]) -> String {
    String::from_utf8(written(content, Format::Page, Language::Ru, names)).unwrap()
}

fn parsed(page: &str) -> Document<'_> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(page, options).unwrap_or_else(|error| panic!("{error}\n{page}"))
}

fn texts(page: &str) -> String {
    parsed(page).descendants().filter_map(|node| node.text()).collect::<Vec<_>>().join("|")
}

/// Elements and attributes that run something or fetch something.
fn assert_stands_alone(page: &str) {
    for node in parsed(page).descendants().filter(|node| node.is_element()) {
        let name = node.tag_name().name();
        assert!(
            !["script", "link", "img", "iframe", "object", "embed", "base", "form", "a"].contains(&name),
            "{name}"
        );
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            assert!(!name.starts_with("on") && !["src", "href", "srcset"].contains(&name), "{name}");
            assert!(
                !value.contains("url(") && !value.contains("http:") && !value.contains("https:"),
                "{value}"
            );
        }
    }
    assert!(!page.contains("url(") && !page.contains("@import"), "the style fetches nothing either");
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn a_page_says_the_question_the_charts_and_every_row() {
    let page = page(&compared(), &["Имплантация".to_owned()]);
    assert_stands_alone(&page);
    let texts = texts(&page);
    for said in ["История общения", "16.11–21.11.2026", "Имплантация", "20.11.2026 Пт", "Итого", "1\u{a0}234"]
    {
        assert!(texts.contains(said), "{said}: {texts}");
    }
    for heading in ["От звонка до выручки", "Рекламные каналы", "Звонки по дням", "По часам и дням недели"]
    {
        assert!(texts.contains(heading), "{heading}");
    }
    assert!(
        texts.contains("было 7") && texts.contains("было −0") && texts.contains("−1\u{a0}201"),
        "{texts}"
    );
}

#[test]
fn days_to_come_are_not_drawn_as_days_without_calls() {
    let Content::Table { query, columns, sorted } = table() else { panic!("a table") };
    let query = Query { period: Period { to: "2026-11-25".parse().unwrap(), ..query.period }, ..query };
    let page = page(&Content::Table { query, columns, sorted }, &["Имплантация".to_owned()]);
    let page = parsed(&page);
    let line = |class: &str| {
        let line = page.descendants().find(|node| node.attribute("class") == Some(class)).unwrap();
        let points = line.attribute("points").unwrap().split(' ').map(str::to_owned);
        (points.collect::<Vec<_>>(), line.attribute("stroke-dasharray"))
    };
    let ((now, solid), (before, dashed)) = (line("now"), line("before"));
    assert_eq!((now.len(), before.len()), (6, 10), "16 to 21 November of the 16 to 25");
    assert!(now[5].starts_with("555.6,"), "{now:?}");
    assert_eq!((solid, dashed), (Some("none"), Some("5 4")));
}

#[test]
fn the_metrics_stand_on_the_page_with_their_formulas() {
    let metrics = Content::Metrics { query: super::given::query(), formula: Default::default() };
    for content in [compared(), metrics] {
        let page = page(&content, &["Имплантация".to_owned()]);
        assert_stands_alone(&page);
        let texts = texts(&page);
        for said in ["Показатели", "Уровень обслуживания", "81,1", "860", "принятые за 20 с"]
        {
            assert!(texts.contains(said), "{said}: {texts}");
        }
    }
}

#[test]
fn no_name_becomes_markup() {
    let names = hostile();
    for content in [table(), list()] {
        let page = page(&content, &names);
        assert_stands_alone(&page);
        let texts = texts(&page);
        assert!(texts.contains("</td><script>alert('x')</script>") && texts.contains("[2J&amp;"), "{texts}");
        assert!(texts.contains(&names[10]));
    }
}

#[test]
fn an_empty_period_says_so_and_draws_nothing() {
    let mut ask = |request: Request| match answer(&request, &[]) {
        Reply::Report(mut table) => {
            (table.rows, table.total) = (vec![], Measures::default());
            Ok(Reply::Report(table))
        }
        other => Ok(other),
    };
    let page = try_written(&table(), Format::Page, Language::En, &[], &mut ask).unwrap();
    let page = String::from_utf8(page).unwrap();
    assert_stands_alone(&page);
    assert!(texts(&page).contains("There are no such calls in this period."));
    assert!(!page.contains("<svg"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_a_name_is_the_page_is_well_formed(name in "[<>&\"'/a-c\u{0}-\u{1f}\\PC]{0,20}|.*") {
        let names = [name];
        assert_stands_alone(&page(&table(), &names));
        assert_stands_alone(&page(&list(), &names));
    }
}

#[test]
fn a_page_and_a_workbook_say_what_was_not_heard() {
    let gap = Gap {
        source: "asterisk".into(),
        cause: Cause::Provider,
        reason: "".into(),
        began_at: "2026-11-20T11:02:00Z".parse().unwrap(),
        ended_at: Some("2026-11-20T11:31:00Z".parse().unwrap()),
        restored: Restored::Unknown,
    };
    let names = hostile();
    let mut ask = |request| match request {
        Request::Gaps(_) => Ok(Reply::Gaps(vec![gap.clone()])),
        other => Ok(answer(&other, &names)),
    };
    let said = "Связи не было 20.11 14:02–14:31: сколько звонков было, неизвестно";
    for content in [table(), list()] {
        let page = try_written(&content, Format::Page, Language::Ru, &names, &mut ask).unwrap();
        assert!(texts(&String::from_utf8(page).unwrap()).contains(said));
        let book = try_written(&content, Format::Workbook, Language::Ru, &names, &mut ask).unwrap();
        let mut book = calamine::Xlsx::new(std::io::Cursor::new(book)).unwrap();
        let question = book.worksheet_range_at(1).unwrap().unwrap();
        assert!(question.used_cells().any(|(_, _, cell)| cell.to_string().contains(said)));
    }
}
