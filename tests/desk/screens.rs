//! What the desk looks like: whole screens, in both languages, four themes, three sizes, ASCII.

use pult::desk::{Language, Setup, Theme};
use pult::domain::desk::{BoardCall, Change, Link};

use super::clinic::{MARIA, PETYA, earlier, from, missed, noon, ringing, talking, withheld};
use super::fixture::{Desk, setup};

fn busy_calls() -> Vec<BoardCall> {
    vec![
        from(ringing(79161234567), &[MARIA]),
        talking(earlier(ringing(79035551221), 55), "102"),
        withheld(earlier(ringing(1), 24)),
        missed(earlier(ringing(79851002030), 420)),
    ]
}

/// A call taken, the form half filled.
fn busy(setup: Setup) -> Desk {
    let mut desk = Desk::of(setup, busy_calls());
    desk.press("enter 1").type_text("имп").press("enter").type_text("Спрашивает про имплант, просит утро");
    desk
}

fn sized(width: u16, height: u16) -> Setup {
    Setup { size: (width, height), ..setup() }
}

#[test]
fn the_desk_at_80x24() {
    insta::assert_snapshot!(busy(sized(80, 24)).screen());
}

#[test]
fn the_desk_at_120x40() {
    insta::assert_snapshot!(busy(sized(120, 40)).screen());
}

#[test]
fn the_desk_at_200x60() {
    insta::assert_snapshot!(busy(sized(200, 60)).screen());
}

#[test]
fn the_least_desk() {
    insta::assert_snapshot!(busy(sized(60, 20)).screen());
}

#[test]
fn the_desk_in_english() {
    insta::assert_snapshot!(busy(Setup { language: Language::En, ..setup() }).screen());
}

#[test]
fn the_desk_in_ascii() {
    let desk = busy(Setup { ascii: true, ..setup() });
    let drawn: String = desk.screen().chars().filter(|char| !char.is_alphanumeric()).collect();
    assert!(!drawn.contains(['│', '┌', '─', '▶', '…', '₽', '−', '·', '▾', '☂', '●']), "{drawn}");
    insta::assert_snapshot!(desk.screen());
}

#[test]
fn an_empty_desk_says_what_belongs_where() {
    insta::assert_snapshot!(Desk::new().screen());
}

#[test]
fn a_shared_number_offers_its_people() {
    insta::assert_snapshot!(Desk::with(vec![from(ringing(79161234567), &[MARIA, PETYA])]).screen());
}

#[test]
fn an_unfolded_list_lies_over_the_fields_below() {
    let mut desk = Desk::with(busy_calls());
    desk.press("enter");
    insta::assert_snapshot!(desk.screen());
}

#[test]
fn the_four_themes() {
    for name in ["dark", "light", "high-contrast", "monochrome"] {
        let theme = Theme::preset(name).unwrap();
        let (buf, _) = busy(Setup { theme, ..setup() }).frame();
        insta::assert_snapshot!(name, format!("{buf:?}"));
    }
}

#[test]
fn too_small_a_window_is_told_so_politely() {
    let mut desk = Desk::with(busy_calls());
    for (width, height) in [(59, 24), (80, 19), (20, 5), (1, 1), (0, 0)] {
        desk.resize(width, height);
        assert!(!desk.shows("Звонки"), "{width}x{height}");
        desk.press("j enter f2 tab x esc");
        desk.click(0, 0);
    }
    desk.resize(59, 24);
    insta::assert_snapshot!(desk.screen().trim_end());
}

#[test]
fn the_link_is_mentioned_only_when_it_is_not_well() {
    let mut desk = Desk::new();
    desk.assert_hides("Нет телефонии");
    desk.change(Change::Link(Link::Down { since: noon(), reason: "нет ответа".into() }));
    desk.assert_shows("Нет телефонии с 12:31: нет ответа");
}

/// What is wrong, since when, and what is not handled are read at every size; the rest gives way.
#[test]
fn the_status_line_cuts_no_word_that_matters() {
    for (width, name) in
        [(60, "Анна ○"), (80, "Анна ○"), (120, "Смирнова Анна Павловна ○"), (200, "Смирнова Анна Павловна ○")]
    {
        let setup =
            Setup { operator_name: "Смирнова Анна Павловна".into(), ..sized(width, 30) };
        let mut desk = Desk::of(setup, vec![ringing(79161234567), missed(ringing(79035551221))]);
        desk.assert_shows("не обработано 1");
        desk.assert_shows("●");
        desk.change(Change::Link(Link::Down {
            since: noon(), reason: "нет ответа от сервера АТС".into()
        }));
        let line = desk.screen().lines().next().unwrap().to_lowercase();
        for words in ["нет телефонии с 12:31", "не обработано 1", &name.to_lowercase(), "12:31"]
        {
            assert!(line.contains(words), "{width}: {words:?} is not in {line:?}");
        }
    }
}

#[test]
fn without_the_link_a_live_call_is_only_what_was_last_known() {
    let call = talking(from(ringing(79161234567), &[MARIA]), "102");
    let mut desk = Desk::of(sized(120, 40), vec![call.clone()]);
    desk.assert_shows("говорит Вера ");
    desk.change(Change::Link(Link::Down { since: noon(), reason: "нет ответа".into() }));
    desk.assert_shows("говорит Вера?");
    desk.assert_shows("говорят 1?");
    let before = desk.screen();
    desk.pass(20_000);
    assert_eq!(desk.screen(), before, "no seconds are counted that may be false");
    desk.change(Change::Link(Link::Up { since: noon() }));
    desk.assert_hides("?");
}

#[test]
fn hostile_and_long_names_stay_in_their_place() {
    let mut call = ringing(79161234567);
    let name = format!("\u{1b}[2J\u{202e}{}漢字\u{7}", "Очень".repeat(16));
    call.snapshot.name = Some(name);
    for (width, height) in [(60, 20), (80, 24), (120, 40), (200, 60)] {
        let desk = Desk::of(sized(width, height), vec![call.clone()]);
        let (buf, _) = desk.frame();
        assert!(
            buf.content()
                .iter()
                .all(|cell| !cell.symbol().contains(|c: char| c.is_control() || c == '\u{202e}'))
        );
        let frame = |column: u16, row: u16| buf[(column, row)].symbol();
        assert_eq!(frame(0, 3), "│");
        assert_eq!(frame(width - 1, height - 3), "│");
    }
}

#[test]
fn two_desks_in_one_process_differ_in_everything() {
    let russian = busy(setup());
    let english = busy(Setup {
        language: Language::En,
        zone: chrono_tz::Asia::Novosibirsk,
        ascii: true,
        theme: Theme::preset("monochrome").unwrap(),
        ..setup()
    });
    russian.assert_shows("Звонят 1");
    russian.assert_shows("12:31");
    english.assert_shows("Ringing 1");
    english.assert_shows("16:31");
    russian.assert_shows("Звонят 1");
}

#[test]
fn windows_over_the_desk() {
    for (name, keys) in
        [("help", "?"), ("palette", ":"), ("details", "f4"), ("past", "i"), ("manual", "n"), ("dial", "d")]
    {
        let mut desk = Desk::with(busy_calls());
        desk.press(keys);
        insta::assert_snapshot!(name, desk.screen());
    }
}

#[test]
fn a_notice_stands_on_the_lowest_line_of_the_frame() {
    let mut desk = Desk::with(busy_calls());
    let before = desk.screen();
    desk.press("enter f2 esc");
    let shown = desk.screen();
    let changed = before.lines().zip(shown.lines()).enumerate().filter(|(_, (old, new))| old != new);
    assert_eq!(changed.map(|(row, _)| row).collect::<Vec<_>>(), [22]);
    insta::assert_snapshot!(shown);
}
