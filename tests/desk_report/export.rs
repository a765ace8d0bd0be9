//! What is on the screen goes into a file: which form is asked, the host is told, the answer is said.

use pult::desk::{Effect, Event, Unwritten, Written};
use pult::domain::desk::{Refusal, Reply, Request};
use pult::domain::export::{Content, Export, Form};
use pult::domain::metric::ServiceLevel;
use pult::domain::report::{Group, Level, Measure, Order, Sorted};

use super::fixture::{ANNA, Desk, MARIA, PLAIN};

fn exports(desk: &Desk) -> Vec<&Export> {
    let export = |effect: &'_ Effect| matches!(effect, Effect::Export(_));
    let all = desk.others.iter().filter(|effect| export(effect));
    all.map(|effect| match effect {
        Effect::Export(export) => &**export,
        other => panic!("{other:?}"),
    })
    .collect()
}

#[test]
fn the_table_goes_into_the_form_that_was_chosen() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all().press("e");
    let screen = desk.screen();
    for said in ["Таблицу в файл", "1 XLSX", "2 CSV", "3 HTML", "4 JSON"] {
        assert!(screen.contains(said), "{said}\n{screen}");
    }
    desk.press("j enter");
    let [Export { content: Content::Table { query, .. }, form: Form::Csv }] = exports(&desk)[..] else {
        panic!("{:?}", desk.others)
    };
    assert_eq!((query.by, query.then_by), (Level::Employee, Level::Outcome));
    assert!(!desk.screen().contains("Таблицу в файл"), "the choice is made");
    desk.press("e 4");
    assert_eq!(exports(&desk).last().unwrap().form, Form::Json);
}

#[test]
fn a_list_goes_whole_with_the_figure_it_stands_behind() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all().press("enter j enter").answer_all().press("e 1");
    let [Export { content: Content::Calls(figure), form: Form::Xlsx }] = exports(&desk)[..] else {
        panic!("{:?}", desk.others)
    };
    assert_eq!(figure.path.len(), 2);
    assert_eq!(figure.path[0], Group::Employee(Some(ANNA)));
    desk.press("j i").answer_all().press("e 3");
    let last = exports(&desk).pop().unwrap().clone();
    assert_eq!(last, Export { content: Content::History(MARIA), form: Form::Html });
}

/// Of a picture goes what it draws, not the table beside it.
#[test]
fn a_picture_goes_as_the_question_it_draws() {
    let exported = |keys: &str| {
        let mut desk = Desk::new(PLAIN);
        desk.press("f6 1").answer_all();
        for key in keys.split(' ') {
            desk.press(key).answer_by(|request| match request {
                Request::Metrics { .. } => Reply::Metrics(Box::default()),
                other => super::fixture::reply(other),
            });
        }
        desk.press("e 2");
        exports(&desk).pop().unwrap().content.clone()
    };
    for (keys, levels) in [
        ("v", [Level::Weekday, Level::Hour]),
        ("v v", [Level::Day, Level::None]),
        ("v v v", [Level::None, Level::None]),
        ("V V", [Level::Channel, Level::None]),
    ] {
        let Content::Table { query, .. } = exported(keys) else { panic!("{keys}") };
        assert_eq!([query.by, query.then_by], levels, "{keys}");
    }
    let Content::Table { sorted, .. } = exported("V V") else { panic!() };
    assert_eq!(sorted, Some(Sorted { by: Measure::Money, order: Order::MostFirst }));
    let Content::Metrics { formula, .. } = exported("V m") else { panic!() };
    assert_eq!(formula, ServiceLevel::EndedWithinOfAll);
}

#[test]
fn the_russian_layout_and_the_mouse_choose_too() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all().press("у");
    let screen = desk.screen();
    let row = screen.lines().position(|line| line.contains("3 HTML")).expect("the layer");
    desk.click(40, row.try_into().unwrap());
    assert_eq!(exports(&desk)[0].form, Form::Html);
    desk.press("e esc");
    assert_eq!(exports(&desk).len(), 1, "nothing was chosen");
}

#[test]
fn before_an_answer_there_is_nothing_to_save() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1 e");
    assert!(desk.screen().contains("Сохранять ещё нечего"));
    desk.refuse_all(Refusal::NotFound);
    desk.press("esc e 1");
    assert!(exports(&desk).is_empty());
}

#[test]
fn the_file_is_named_or_the_reason_is() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1").answer_all().press("e 1");
    assert!(desk.screen().contains("Записываю файл"));
    let written = Written { name: "pult-2026-11-01.xlsx".into(), folder: "/srv/exports".into() };
    desk.event(Event::Exported(Ok(written)));
    assert!(desk.screen().contains("Сохранено: pult-2026-11-01.xlsx  /srv/exports"), "{}", desk.screen());
    let reasons = [
        (Unwritten::Failed("No space left on device".into()), "Файл не записан: No space left on device"),
        (Unwritten::TooLong, "строк больше, чем вмещает XLSX  Возьмите CSV"),
        (Unwritten::Refused(Refusal::Store("disk".into())), "хранилище не отвечает (disk)"),
    ];
    for (reason, said) in reasons {
        desk.event(Event::Exported(Err(reason)));
        assert!(desk.screen().contains(said), "{}", desk.screen());
    }
}
