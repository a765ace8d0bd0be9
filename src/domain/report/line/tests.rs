use std::time::Duration;

use chrono::NaiveDate;
use uuid::Uuid;

use super::LineFault;
use crate::domain::directory::{Directories, Employee, Line, Topic};
use crate::domain::id::{PersonId, TopicId};
use crate::domain::outcome::Outcome;
use crate::domain::period::Span;
use crate::domain::report::{
    Between, Comparison, Filter, Group, Kind, Level, Measure, Order, Pane, Sorted, View, When,
};

pub fn topic(nth: u128, name: &str) -> Topic {
    Topic { id: TopicId(Uuid::from_u128(nth)), name: name.into() }
}

pub fn employee(nth: u128, name: &str) -> Employee {
    Employee { id: PersonId(Uuid::from_u128(nth)), name: name.into(), extension: None, branch: None }
}

fn clinic() -> Directories {
    let line = |number: &str, name: &str| Line {
        number: number.into(),
        name: name.into(),
        channel: None,
        branch: None,
    };
    Directories {
        topics: vec![topic(1, "Имплантация"), topic(2, "Гигиена, отбеливание"), topic(3, "unknown")],
        employees: vec![
            employee(11, "Смирнова Анна Игоревна"),
            employee(12, "Соколова Вера"),
            employee(13, "Соколова Вера"),
        ],
        lines: vec![line("74950000001", "Карты"), line("74950000002", "")],
        ..Directories::default()
    }
}

fn read(line: &str) -> View {
    View::read(line, &clinic()).unwrap_or_else(|fault| panic!("{line}: {fault}"))
}

fn fault(line: &str) -> LineFault {
    View::read(line, &clinic()).unwrap_err()
}

#[test]
fn a_line_says_what_a_person_would() {
    let view = View {
        filter: Filter {
            only: vec![
                Group::Outcome(Some(Outcome::Booked)),
                Group::Outcome(None),
                Group::Topic(Some(TopicId(Uuid::from_u128(1)))),
                Group::Topic(None),
                Group::Topic(Some(TopicId(Uuid::from_u128(3)))),
                Group::Employee(Some(PersonId(Uuid::from_u128(11)))),
                Group::Line(Some("74950000001".into())),
                Group::Line(Some("74950000002".into())),
            ],
            patients_only: true,
            wait: Between { least: Some(Duration::from_secs(30)), most: Some(Duration::from_secs(300)) },
            text: "дорого".into(),
            recording: Some(true),
            ..Filter::default()
        },
        compare: Some(Comparison::YearAgo),
        pane: Pane::HeatMap,
        columns: vec![Measure::Calls, Measure::Money],
        sorted: Some(Sorted { by: Measure::Money, order: Order::MostFirst }),
        ..View::new(When::Span(Span::Month), Kind::Patients, Level::Employee, Level::Outcome)
    };
    let line = concat!(
        "month patients employee/outcome patients-only outcome=booked,none ",
        "topic=Имплантация,unknown,\"unknown\" employee=\"Смирнова Анна Игоревна\" line=Карты,#74950000002 ",
        "wait>=30s wait<=5m text=дорого recording=yes compare=year-ago pane=heat-map columns=calls,money ",
        "sort=-money"
    );
    assert_eq!(view.line(&clinic()), line);
    assert_eq!(read(line), view);
}

#[test]
fn lines_typed_in_any_order_and_shortened_are_read() {
    let view =
        read(" sort=calls topic=\"гигиена\", импл  Outcome/none  CALLS 21.11.2026..2026-11-01 talk>=1:30 ");
    assert_eq!(view.when.period(NaiveDate::MIN).from, "2026-11-01".parse::<NaiveDate>().unwrap());
    assert_eq!((view.kind, view.by, view.then_by), (Kind::Calls, Level::Outcome, Level::None));
    assert_eq!(view.filter.only, [2, 1].map(|id| Group::Topic(Some(TopicId(Uuid::from_u128(id))))));
    assert_eq!(view.filter.talk.least, Some(Duration::from_secs(90)));
    assert_eq!(view.sorted, Some(Sorted { by: Measure::Calls, order: Order::LeastFirst }));
    let again = read("week/none week=2026-11-04 weekday=sat,sunday month=2026-11 hour=9");
    let monday = Group::Week("2026-11-02".parse().unwrap());
    let rest =
        [Group::Weekday(5), Group::Weekday(6), Group::Month("2026-11-01".parse().unwrap()), Group::Hour(9)];
    assert_eq!((again.by, again.filter.only.split_first()), (Level::Week, Some((&monday, &rest[..]))));
    assert_eq!(read(""), View::new(When::Span(Span::Month), Kind::Calls, Level::Employee, Level::None));
    assert_eq!(read("line=74950000009").filter.only, [Group::Line(Some("74950000009".into()))]);
}

#[test]
fn what_is_wrong_is_named_with_what_was_expected() {
    let said = |line: &str| fault(line).to_string();
    assert!(said("month foo").contains("no word foo"));
    assert!(said("month year").contains("year: already said"));
    assert!(said("topic=Брекеты").contains("topic=Брекеты: no such topic: Брекеты"));
    assert!(said("employee=сокол").contains("Соколова Вера, Соколова Вера"));
    assert!(said("outcome=maybe").contains("booked, moved"));
    assert!(said("wait=30s").contains("wait>=30s"));
    assert!(said("wait>=soon").contains("0:30"));
    assert!(said("sort=name").contains("average-money"));
    assert!(said("hour=24").contains("23"));
    assert!(said("day=unknown").contains("2026-11-21"));
    assert!(said("person=Иванова").contains("-774b-"));
    assert!(said("compare=previous,year-ago").contains("year-ago"));
    for line in ["text=\"дорого", "text=\"a\\x\"", "text=\"a\"b", "text=a\"b\""] {
        assert!(matches!(fault(line), LineFault::Quote { .. }), "{line}");
    }
    assert!(matches!(fault("topic>=1"), LineFault::Word { .. }));
}

#[test]
fn a_year_that_nobody_means_is_a_slip() {
    for day in ["-262143-01-01", "0026-11-21", "1899-12-31", "2201-01-01", "+262142-12-31"] {
        assert!(matches!(fault(day), LineFault::Word { .. }), "{day}");
        assert!(matches!(fault(&format!("2026-11-01..{day}")), LineFault::Word { .. }), "{day}");
        assert!(matches!(fault(&format!("day={day}")), LineFault::Value { .. }), "{day}");
    }
    assert_eq!(read("1900-01-01..2200-12-31").when.period(NaiveDate::MIN).days(), 109_938);
}

#[test]
fn ends_are_put_in_order_columns_stand_once_and_what_no_report_has_is_refused() {
    let wait = read("wait>=5m wait<=1m").filter.wait;
    assert_eq!([wait.least, wait.most], [60, 300].map(|seconds| Some(Duration::from_secs(seconds))));
    assert_eq!(read("columns=calls,money,calls").columns, [Measure::Calls, Measure::Money]);
    let said = fault("direction=internal").to_string();
    assert!(said.ends_with("expected in, out"), "{said}");
}

#[test]
fn a_line_can_be_given_to_a_shell_in_apostrophes_and_through_one_line_of_typing() {
    let view = View {
        filter: Filter { text: "д'Артаньян\n\u{a0}\u{202e}\t\u{1b}[2J".into(), ..Filter::default() },
        ..View::new(When::Span(Span::Today), Kind::Calls, Level::None, Level::None)
    };
    let line = view.line(&clinic());
    assert!(
        !line.contains(|c: char| c == '\'' || !crate::domain::text::is_visible(c) || c == '\u{a0}'),
        "{line}"
    );
    assert_eq!(read(&line), view);
}
