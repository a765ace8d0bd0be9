//! One key on a figure: what it is made of, and the calls behind it.

use pult::desk::Language;
use pult::domain::desk::{Refusal, Reply, Request};
use pult::domain::link::{Deed, DeedLink};
use pult::domain::money::Money;
use pult::domain::report::{Explanation, Group, Level, Measure, Part, Reason};
use pult::domain::visit::Stage;

use super::fixture::{ANNA, Desk, Look, PLAIN, call, calls, measures};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];

fn at(text: &str) -> chrono::DateTime<chrono::Utc> {
    text.parse().unwrap()
}

/// The mission's own example, in Moscow: a talk 13:00-13:15 and a booking at 13:41.
fn booking() -> DeedLink {
    DeedLink {
        deed: Deed::Booked,
        at: at("2026-11-20T10:41:00Z"),
        talk_from: at("2026-11-20T10:00:00Z"),
        talk_to: at("2026-11-20T10:15:00Z"),
        starts_at: at("2026-11-25T07:00:00Z"),
        doctor: "Орлов Андрей".into(),
        speciality: "имплантолог".into(),
        stage: Stage::Held,
        money: Money(1_230_000),
    }
}

fn explanation(measure: Measure) -> Explanation {
    Explanation {
        measure,
        measures: measures(312, 128, 241_030_000),
        considered: 1_204,
        left_out: vec![
            (Reason::Filter(Part::PatientsOnly), 120),
            (Reason::Filter(Part::Only(Level::Topic)), 100),
            (Reason::OtherRow, 600),
            (Reason::NotCounted, 204),
        ],
        counted: 180,
        contacts: 128,
    }
}

fn answer(request: &Request) -> Result<Reply, Refusal> {
    Ok(match request {
        Request::Explain(figure) => Reply::Explained(Box::new(explanation(figure.measure))),
        Request::Links(_) => Reply::Links(vec![booking()]),
        Request::Drill { offset, limit, .. } => calls(*offset, *limit, 180),
        Request::Size(_) => Reply::Size(180),
        other => panic!("{other:?}"),
    })
}

fn answer_all(desk: &mut Desk) {
    while !desk.asked.is_empty() {
        for (ticket, request) in std::mem::take(&mut desk.asked) {
            desk.answer(ticket, answer(&request));
        }
    }
}

/// The percent of Anna's bookings, explained.
pub fn explained(look: Look) -> Desk {
    let mut desk = Desk::new(look);
    desk.press("f6 1").answer_all().press("tab tab tab tab tab tab tab x");
    answer_all(&mut desk);
    desk
}

#[test]
fn a_figure_is_explained_in_words_numbers_calls_and_the_newest_booking() {
    let screen = explained(PLAIN).screen();
    for words in [
        "Записались, %: 44,1\u{a0}%",
        "Смирнова Анна Игоревна",
        "Записались из принятых.",
        "128 ÷ 290 = 44,1\u{a0}%",
        "База: Принято, 290",
        "1\u{202f}204",
        "сотрудники и контрагенты",
        "−120",
        "отбор: Тема разговора",
        "в других строках",
        "не записались",
        "20.11.2026: запись 13:41, разговор 13:00–13:15, окно до 13:45",
        "приём 25.11.2026 10:00, Орлов Андрей, имплантолог, визит состоялся,",
        "12\u{202f}300,00\u{a0}₽",
    ] {
        assert!(screen.contains(words), "{words}\n{screen}");
    }
}

/// Calls came between the table and the explanation: its figure and its counts are of one moment.
#[test]
fn the_figure_is_of_the_same_calls_as_its_counts() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all().press("tab tab tab tab tab tab tab x");
    assert!(desk.screen().contains("128 ÷ 290 = 44,1"), "{}", desk.screen());
    desk.answer_by(|request| match request {
        Request::Explain(figure) => {
            let measures = measures(14_000, 1_300, 0);
            Reply::Explained(Box::new(Explanation { measures, ..explanation(figure.measure) }))
        }
        other => answer(other).unwrap(),
    });
    let screen = desk.screen();
    assert!(screen.contains("Записались, %: 10,0"), "{screen}");
    assert!(screen.contains("1\u{202f}300 ÷ 13\u{202f}000 = 10,0"), "{screen}");
}

/// The money of held visits over those held: these are its calls, whether or not they paid.
#[test]
fn the_average_stands_without_brackets_and_opens_those_held() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all().press("backtab");
    assert!(desk.screen().contains("Средняя выручка: 25\u{202f}107\u{a0}₽"), "{}", desk.screen());
    desk.press("x");
    answer_all(&mut desk);
    let screen = desk.screen();
    assert!(screen.contains("2\u{202f}410\u{202f}300 ÷ 96 = 25\u{202f}107"), "{screen}");
    assert!(!screen.contains("= ("), "{screen}");
    desk.press("enter");
    let Request::Drill { figure, .. } = desk.requests()[0] else { panic!("{:?}", desk.requests()) };
    assert_eq!(figure.measure, Measure::Held);
}

#[test]
fn enter_lists_exactly_those_calls_and_backspace_comes_back() {
    let mut desk = explained(PLAIN);
    let before = desk.screen();
    desk.press("enter");
    let Request::Drill { figure, .. } = desk.requests()[0] else { panic!("{:?}", desk.requests()) };
    assert_eq!((&figure.path[..], figure.measure), (&[Group::Employee(Some(ANNA))][..], Measure::Booked));
    answer_all(&mut desk);
    assert!(desk.screen().contains("1 из 180"), "{}", desk.screen());
    desk.press("backspace");
    assert_eq!(desk.screen(), before);
    desk.press("esc");
    assert!(!desk.screen().contains("База:") && desk.screen().contains("Записались, %: 44,1"));
}

#[test]
fn every_figure_of_every_kind_of_row_is_explained() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all().press("enter");
    for row in ["home", "j", "end"] {
        desk.press(row);
        for measure in Measure::ALL {
            desk.press("tab x");
            let asked = desk
                .requests()
                .iter()
                .any(|request| matches!(request, Request::Explain(figure) if figure.measure == measure));
            assert!(asked, "{measure:?}");
            answer_all(&mut desk);
            assert!(desk.screen().contains("Посчитано звонков"), "{measure:?}\n{}", desk.screen());
            desk.press("x");
        }
        desk.press("esc");
    }
}

#[test]
fn without_an_answer_the_formula_is_still_there() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all().press("tab tab tab tab x");
    assert!(desk.screen().contains("1:12:48 ÷ 312 = 0:14"), "{}", desk.screen());
    assert!(desk.screen().contains("Считаю"));
    desk.refuse_all(Refusal::NotFound);
    assert!(desk.screen().contains("1:12:48 ÷ 312 = 0:14"));
    assert!(desk.screen().contains("сейчас недоступен") && !desk.screen().contains("больше нет"));
    assert!(desk.requests().is_empty(), "not asked again by itself");
}

#[test]
fn the_newest_call_is_the_one_that_stands_for_its_contact() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all().press("tab tab tab tab tab tab x");
    let asked = std::mem::take(&mut desk.asked);
    for (ticket, request) in asked {
        match request {
            Request::Drill { .. } => {
                desk.answer(ticket, Ok(Reply::Calls { rows: vec![call(3), call(4)], total: Some(2) }));
            }
            other => desk.answer(ticket, answer(&other)),
        }
    }
    assert_eq!(desk.requests(), [&Request::Links(call(4).id)]);
}

#[test]
fn a_call_says_what_belongs_to_it() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all().press("enter j enter").answer_all().press("j x");
    assert_eq!(desk.requests(), [&Request::Links(call(1).id)]);
    let (ticket, _) = desk.asked.pop().unwrap();
    let cancelled = DeedLink {
        deed: Deed::Cancelled,
        at: at("2026-11-20T09:50:00Z"),
        stage: Stage::Cancelled,
        money: Money(0),
        ..booking()
    };
    desk.answer(ticket, Ok(Reply::Links(vec![booking(), cancelled])));
    let screen = desk.screen();
    assert!(screen.contains("запись 13:41, разговор 13:00–13:15, окно до 13:45"), "{screen}");
    assert!(screen.contains("отмена 12:50, разговор 13:00–13:15, окно с 12:45"), "{screen}");
    desk.press("esc");
    assert!(desk.screen().contains("2 из 250"));
    desk.press("j x");
    let (ticket, _) = desk.asked.pop().unwrap();
    desk.answer(ticket, Ok(Reply::Links(vec![])));
    assert!(desk.screen().contains("не дальше 30 минут"), "{}", desk.screen());
}

#[test]
fn enter_on_a_call_that_is_explained_opens_it() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all().press("enter j enter").answer_all().press("j x enter");
    assert!(desk.requests().contains(&&Request::Open(call(1).id)));
}

#[test]
fn every_size_in_both_languages() {
    for size in SIZES {
        for (language, tag) in [(Language::Ru, "ru"), (Language::En, "en")] {
            let desk = explained(Look { size, language, ..PLAIN });
            insta::assert_snapshot!(format!("{tag}_{}", size.0), desk.screen());
        }
    }
    insta::assert_snapshot!("least", explained(Look { size: (60, 20), ..PLAIN }).screen());
    let ascii = explained(Look { language: Language::En, ascii: true, ..PLAIN }).screen();
    let strange = |char: &char| !char.is_ascii() && !matches!(char, 'А'..='я' | 'ё' | '\u{a0}');
    assert_eq!(ascii.chars().filter(strange).collect::<String>(), "");
    insta::assert_snapshot!("ascii", ascii);
}

#[test]
fn what_finds_no_room_is_scrolled() {
    let mut desk = explained(Look { size: (60, 20), ..PLAIN });
    assert!(!desk.screen().contains("12\u{202f}300,00"), "{}", desk.screen());
    desk.press("end");
    assert!(desk.screen().contains("12\u{202f}300,00"), "{}", desk.screen());
    desk.press("home");
    assert!(desk.screen().contains("Записались из принятых."));
}

#[test]
fn a_refresh_explains_the_new_figures() {
    let mut desk = explained(PLAIN);
    desk.press("r");
    let (ticket, request) = desk.asked.pop().unwrap();
    let Request::Report(query) = request else { panic!("{request:?}") };
    let mut fresh = super::fixture::table(&query);
    fresh.rows[0].measures.booked = 145;
    desk.answer(ticket, Ok(Reply::Report(Box::new(fresh))));
    assert!(desk.screen().contains("145 ÷ 290 = 50,0\u{a0}%"), "{}", desk.screen());
    assert!(desk.requests().iter().any(|request| matches!(request, Request::Explain(_))));
}
