//! What is seen: every size, both languages, the themes, ASCII, and text that nobody should trust.

use pult::desk::{Language, Theme};
use pult::domain::desk::{NamedView, Reply, Request};
use pult::domain::money::Money;
use pult::domain::report::{Group, Measures, Table};
use ratatui::style::Color;

use super::fixture::{Desk, Look, PLAIN, call, measures, row};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];
const LANGUAGES: [(Language, &str); 2] = [(Language::Ru, "ru"), (Language::En, "en")];

/// The table with one row open, the calls, the filter.
fn scenes(look: Look) -> [String; 3] {
    let mut desk = Desk::new(look);
    desk.press("f6 1").answer_all().press("enter");
    let table = desk.screen();
    desk.press("down enter").answer_all().press("j");
    let calls = desk.screen();
    desk.press("f4 tab down space space down");
    [table, calls, desk.screen()]
}

#[test]
fn every_size_in_both_languages() {
    for size in SIZES {
        for (language, tag) in LANGUAGES {
            let scenes = scenes(Look { size, language, ..PLAIN });
            for (name, scene) in ["table", "calls", "filter"].into_iter().zip(scenes) {
                insta::assert_snapshot!(format!("{name}_{tag}_{}", size.0), scene);
            }
        }
    }
}

/// The calendar, a list, the reports by name, a line with a slip in it.
fn over(look: Look) -> [String; 4] {
    let mut desk = Desk::new(look);
    let own = [
        (
            "Жалобы Лесной",
            "last-month calls branch/topic text=жалоба branch=Центр,unknown wait>=30s compare=year-ago",
        ),
        ("Старый", "month calls topic=Брекеты"),
    ];
    desk.views = Ok(own.map(|(name, line)| NamedView { name: name.into(), line: line.into() }).to_vec());
    desk.press("f6 f4 down space right down");
    let calendar = desk.screen();
    desk.press("esc down down down space down");
    let list = desk.screen();
    desk.press("esc o end up");
    let views = desk.screen();
    desk.press("esc P").type_text("month calls topic=Имп outcome=booked,lost");
    [calendar, list, views, desk.screen()]
}

#[test]
fn what_lies_over_the_report_at_every_size_in_both_languages() {
    for size in SIZES.into_iter().chain([(60, 20)]) {
        for (language, tag) in LANGUAGES {
            let scenes = over(Look { size, language, ..PLAIN });
            for (name, scene) in ["calendar", "levels", "views", "line"].into_iter().zip(scenes) {
                insta::assert_snapshot!(format!("{name}_{tag}_{}", size.0), scene);
            }
        }
    }
}

#[test]
fn what_lies_over_the_report_in_ascii_and_in_every_theme() {
    let plain = over(PLAIN);
    for theme in ["light", "high-contrast", "monochrome"] {
        assert_eq!(over(Look { theme, ..PLAIN }), plain, "{theme}");
    }
    for (name, scene) in ["calendar", "levels", "views"].into_iter().zip(over(Look { ascii: true, ..PLAIN }))
    {
        let strange =
            |char: &char| !char.is_ascii() && !matches!(char, 'А'..='я' | 'ё' | '«' | '»' | '—' | '…');
        let strange: Vec<char> = scene.chars().filter(strange).collect();
        assert!(strange.is_empty(), "{strange:?}\n{scene}");
        insta::assert_snapshot!(format!("ascii_{name}"), scene);
    }
}

#[test]
fn the_least_size_has_room_for_work() {
    for scene in scenes(Look { size: (60, 20), ..PLAIN }) {
        insta::assert_snapshot!(scene);
    }
}

#[test]
fn ascii_is_ascii_but_for_the_words() {
    let [table, calls, filter] = scenes(Look { language: Language::En, ascii: true, ..PLAIN });
    for scene in [&table, &calls, &filter] {
        let strange: Vec<char> = scene
            .chars()
            .filter(|char| !char.is_ascii() && !matches!(char, 'А'..='я' | 'ё' | '\u{a0}'))
            .collect();
        assert!(strange.is_empty(), "{strange:?}\n{scene}");
    }
    insta::assert_snapshot!("ascii_table", table);
    insta::assert_snapshot!("ascii_calls", calls);
}

#[test]
fn themes_change_no_text_and_every_theme_shows_the_cursor() {
    let plain = scenes(PLAIN);
    for theme in ["dark", "light", "high-contrast", "monochrome"] {
        assert_eq!(scenes(Look { theme, ..PLAIN }), plain, "{theme}");
        let mut desk = Desk::new(Look { theme, ..PLAIN });
        desk.press("f6 1").answer_all();
        let buf = desk.buffer();
        let y = (0..24).find(|y| buf[(0, *y)].symbol() == "▌").unwrap();
        assert_ne!(buf[(20, y)].style(), buf[(20, y + 1)].style(), "{theme}");
        let coloured = |color: Option<Color>| color.is_some_and(|color| color != Color::Reset);
        let any = buf.content().iter().any(|cell| coloured(cell.style().fg) || coloured(cell.style().bg));
        assert_eq!(any, theme != "monochrome", "{theme}");
        assert!(Theme::preset(theme).is_ok());
    }
}

/// A table with what nobody expects: a name of 80 letters, one that would steer a terminal, sums beyond
/// any clinic's.
fn strange_table(request: &Request) -> Table {
    let Request::Report(query) = request else { panic!("{request:?}") };
    let rows = [i64::MAX, i64::MIN, -1_250_050, 49]
        .into_iter()
        .enumerate()
        .map(|(nth, money)| {
            let id = uuid::Uuid::from_u128(61 + nth as u128);
            row(Group::Employee(Some(pult::domain::id::PersonId(id))), measures(1_234_567, 7, money), vec![])
        })
        .collect();
    Table {
        query: query.clone(),
        rows,
        total: Measures { money: Money(-500_000_000_000), ..measures(9_999_999, 12_345, 0) },
        before: None,
    }
}

#[test]
fn strange_names_and_sums_break_nothing() {
    for size in SIZES.into_iter().chain([(60, 20)]) {
        let mut desk = Desk::at(Look { size, ..PLAIN }, strange_directories());
        desk.press("f6 1");
        let (ticket, request) = desk.asked.pop().unwrap();
        desk.answer(ticket, Ok(Reply::Report(Box::new(strange_table(&request)))));
        insta::assert_snapshot!(format!("strange_table_{}", size.0), desk.screen());
        desk.press("enter");
        let (ticket, _) = desk.asked.remove(0);
        desk.answer(ticket, Ok(Reply::Calls { rows: strange_calls(), total: Some(2) }));
        insta::assert_snapshot!(format!("strange_calls_{}", size.0), desk.screen());
        assert!(!desk.screen().chars().any(|char| char.is_control() && char != '\n' || char == '\u{202e}'));
    }
}

fn strange_directories() -> pult::domain::directory::Directories {
    let names = [
        "Константинопольская-Переяславль-Залесская Александра-Виктория Константиновна-Юрьевна".to_owned(),
        "\u{1b}[2J\u{202e}Злая\r\nЗоя\u{7}".to_owned(),
        "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字".to_owned(),
    ];
    let employee = |(nth, name): (usize, String)| pult::domain::directory::Employee {
        id: pult::domain::id::PersonId(uuid::Uuid::from_u128(61 + nth as u128)),
        name,
        extension: None,
        branch: None,
    };
    pult::domain::directory::Directories {
        employees: names.into_iter().enumerate().map(employee).collect(),
        ..Default::default()
    }
}

fn strange_calls() -> Vec<pult::domain::report::CallRow> {
    let mut first = call(1);
    first.person_name = Some("Ы".repeat(80));
    first.comment = "\u{1b}]0;заголовок\u{7}Первая строка\nвторая строка ".repeat(9);
    let mut second = call(2);
    second.person_name = Some("\u{202e}тсюл\u{1b}[31m".into());
    second.remote = pult::domain::phone::Remote::Other("что-то\tвместо номера, и очень длинное".into());
    second.line = Some("sip:\u{1b}[Hевил".into());
    second.channel = None;
    second.money = Money(i64::MIN);
    vec![first, second]
}

#[test]
fn every_screen_opens_at_any_size() {
    for width in [60, 61, 79, 100, 159, 160, 161, 250] {
        for height in [20, 21, 30, 90] {
            let mut desk = Desk::new(Look { size: (width, height), ..PLAIN });
            desk.press("f7").answer_all().press("f6").answer_all();
            desk.press("1").answer_all().press("enter end pageup");
            desk.screen();
            for keys in ["f4 end space", "esc home down space", "down pagedown enter", "o end", "P", "esc f2"]
            {
                desk.press(keys);
                desk.screen();
            }
        }
    }
}

#[test]
fn ascii_words_have_ascii_quotation_marks_and_dashes() {
    let mut desk = Desk::new(Look { ascii: true, ..PLAIN });
    desk.press("f6");
    assert!(desk.screen().contains("\"Имплантация\": не записались"), "{}", desk.screen());
    assert!(!desk.screen().contains(['«', '»', '—', '…']), "{}", desk.screen());
}
