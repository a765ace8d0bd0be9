//! The pictures beside the table: what they ask, what they show at every size, and the calls they open into.

use std::time::Duration;

use pult::desk::Language;
use pult::domain::desk::{Figure, Refusal, Reply, Request};
use pult::domain::metric::{Debts, Metrics, Spread};
use pult::domain::period::Period;
use pult::domain::report::{Group, Kind, Level, Measure, Measures, Query, Row, Table};

use super::fixture::{self, Desk, Look, MAPS, PLAIN, SITE, measures, row};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];
/// Key presses from the table, and what they lead to.
const PANES: [(&str, &str); 5] =
    [("v", "heat"), ("v v", "trend"), ("v v v", "funnel"), ("V V", "channels"), ("V", "metrics")];

/// As the sample clinic would: it works from 8 to 21, less on Sundays, and is called most at ten on Mondays.
fn reply(request: &Request) -> Reply {
    match request {
        Request::Report(query) => Reply::Report(Box::new(table(query))),
        Request::Metrics { .. } => Reply::Metrics(Box::new(METRICS)),
        other => fixture::reply(other),
    }
}

fn table(query: &Query) -> Table {
    let rows = match query.by {
        Level::Weekday => (0..7).map(weekday).collect(),
        Level::Day | Level::Week => days(query),
        Level::Channel => channels(),
        Level::None => vec![row(Group::All, measures(800, 320, 560_000_000), vec![])],
        _ => return fixture::table(query),
    };
    let total = rows.iter().map(|row| row.measures).sum();
    Table { query: query.clone(), rows, total, before: None }
}

fn weekday(day: u8) -> Row {
    let calls = |hour: u8| match (day, hour) {
        (6, 9..15) => 3,
        (6, _) => 0,
        (_, 8..12) => 150 - 10 * u64::from(day) - 9 * u64::from(hour.abs_diff(10)),
        (_, 12..21) => 70 - 3 * u64::from(hour.abs_diff(16)) - u64::from(day),
        _ => 0,
    };
    let hour = |hour| row(Group::Hour(hour), measures(calls(hour), calls(hour) / 3, 0), vec![]);
    let rows: Vec<Row> = (0..24).filter(|hour| calls(*hour) > 0).map(hour).collect();
    row(Group::Weekday(day), rows.iter().map(|row| row.measures).sum(), rows)
}

fn days(query: &Query) -> Vec<Row> {
    let Period { from, to } = query.period;
    let first = match query.by {
        Level::Week => from.week(chrono::Weekday::Mon).first_day(),
        _ => from,
    };
    let step = if query.by == Level::Week { 7 } else { 1 };
    let later = u64::from(query.period.to >= fixture::noon().date_naive());
    first
        .iter_days()
        .step_by(step)
        .take_while(|day| *day <= to)
        .enumerate()
        .filter(|(nth, _)| nth % 7 != 6)
        .map(|(nth, day)| {
            let calls = 40 + 5 * (nth as u64 % 5) + 9 * later * (nth as u64 % 3);
            let group = if query.by == Level::Week { Group::Week(day) } else { Group::Day(day) };
            row(group, measures(calls, calls / 3, 250_000 * calls as i64), vec![])
        })
        .collect()
}

fn channels() -> Vec<Row> {
    let channel = |id, calls, booked, money| row(Group::Channel(id), measures(calls, booked, money), vec![]);
    vec![
        channel(None, 300, 20, 12_000_000),
        channel(Some(MAPS), 250, 120, 241_030_000),
        channel(Some(SITE), 40, 4, -250_000),
    ]
}

const METRICS: Metrics = Metrics {
    answered: 1000,
    abandoned: 60,
    answered_in_time: 860,
    abandoned_in_time: 20,
    abandoned_short: 10,
    answer: Spread {
        sum: Duration::from_secs(13_000),
        median: Duration::from_secs(9),
        p90: Duration::from_secs(31),
        longest: Duration::from_secs(190),
    },
    abandon: Spread {
        sum: Duration::from_secs(1_800),
        median: Duration::from_secs(25),
        p90: Duration::from_secs(61),
        longest: Duration::from_secs(140),
    },
    taken: 1200,
    talk: Duration::from_secs(265_000),
    wrapped: 900,
    wrap_up: Duration::from_secs(36_000),
    booked: 452,
    debts: Debts { open: 12, attempted: 5, came_through: 11, called_back_late: 7, called_back_in_time: 25 },
};

fn answer(desk: &mut Desk) {
    desk.answer_by(reply);
}

fn pictured(look: Look, keys: &str) -> Desk {
    let mut desk = Desk::new(look);
    desk.press("f6 1");
    answer(&mut desk);
    for key in keys.split_whitespace() {
        desk.press(key);
        answer(&mut desk);
    }
    desk
}

#[test]
fn every_pane_at_every_size_in_both_languages() {
    for size in SIZES {
        for (language, tag) in [(Language::Ru, "ru"), (Language::En, "en")] {
            for (keys, name) in PANES {
                let desk = pictured(Look { size, language, ..PLAIN }, keys);
                insta::assert_snapshot!(format!("{name}_{tag}_{}", size.0), desk.screen());
            }
        }
    }
}

#[test]
fn themes_change_no_text_and_ascii_is_ascii() {
    for (keys, name) in PANES {
        let plain = pictured(PLAIN, keys).screen();
        for theme in ["dark", "light", "high-contrast", "monochrome"] {
            assert_eq!(pictured(Look { theme, ..PLAIN }, keys).screen(), plain, "{name} {theme}");
        }
        let ascii = Look { language: Language::En, ascii: true, theme: "monochrome", ..PLAIN };
        let screen = pictured(ascii, keys).screen();
        let strange = |char: &char| !char.is_ascii() && !matches!(char, 'А'..='я' | 'ё' | '\u{a0}');
        assert!(!screen.chars().any(|char| strange(&char)), "{screen}");
        insta::assert_snapshot!(format!("{name}_ascii"), screen);
    }
}

/// What a pane asks beside the table, with the sheet's period and filter.
fn asked(keys: &str) -> Vec<Query> {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1");
    answer(&mut desk);
    desk.press(keys);
    let query = |request: &&Request| match request {
        Request::Report(query) | Request::Metrics { query, .. } => query.clone(),
        other => panic!("{other:?}"),
    };
    desk.requests().iter().map(query).collect()
}

#[test]
fn panes_ask_ordinary_questions_of_the_same_calls() {
    let [heat] = &asked("v")[..] else { panic!() };
    assert_eq!((heat.by, heat.then_by, heat.kind), (Level::Weekday, Level::Hour, Kind::Patients));
    let [now, before] = &asked("v v")[1..] else { panic!() };
    assert_eq!((now.by, before.by), (Level::Day, Level::Day));
    assert_eq!(
        (now.period.from.to_string(), before.period.to.to_string()),
        ("2026-11-01".into(), "2026-10-31".into())
    );
    assert_eq!(now.filter, heat.filter);
    let [metrics, losses] = &asked("V")[..] else { panic!() };
    assert_eq!((metrics.kind, losses.kind), (Kind::Calls, Kind::Patients));
    assert!(losses.filter.patients_only);
    assert_eq!(asked("v v v").len(), 3, "the funnel needs nothing but the table");
}

/// The whole year, with the figure that was chosen before.
#[test]
fn a_year_goes_by_weeks_in_curves_of_the_figure_chosen_before() {
    for (ascii, language, name) in [(false, Language::Ru, "year_ru"), (true, Language::En, "year_ascii")] {
        let mut desk = pictured(Look { ascii, language, ..PLAIN }, "v v m m");
        desk.press("f4 right right right right enter");
        answer(&mut desk);
        insta::assert_snapshot!(name, desk.screen());
        desk.press("enter");
        let week = |request: &&Request| match request {
            Request::Drill { figure, .. } => {
                figure.path == [Group::Week("2026-11-16".parse().unwrap())]
                    && figure.measure == Measure::Missed
            }
            _ => false,
        };
        assert!(desk.requests().iter().any(week), "{:?}", desk.requests());
    }
}

/// One cell of the heat map is opened into exactly its calls, and left to the same cell.
#[test]
fn a_cell_opens_into_its_calls_and_backspace_comes_back() {
    let mut desk = pictured(PLAIN, "v m j l l");
    assert!(desk.screen().contains("Вторник 11:00"), "{}", desk.screen());
    let before = desk.screen();
    desk.press("enter");
    let drilled = desk.requests().into_iter().find_map(|request| match request {
        Request::Drill { figure, .. } => Some(figure.clone()),
        _ => None,
    });
    let Some(Figure { query, path, measure }) = drilled else { panic!("{:?}", desk.requests()) };
    assert_eq!((query.by, query.then_by), (Level::Weekday, Level::Hour));
    assert_eq!((path, measure), (vec![Group::Weekday(1), Group::Hour(11)], Measure::Missed));
    answer(&mut desk);
    desk.press("backspace");
    assert_eq!(desk.screen(), before);
}

#[test]
fn every_pane_opens_what_the_cursor_stands_on() {
    let opened = |keys: &str| {
        let mut desk = pictured(PLAIN, keys);
        desk.press("enter");
        let figure = desk.requests().into_iter().find_map(|request| match request {
            Request::Drill { figure, .. } => Some(figure.clone()),
            _ => None,
        });
        figure.unwrap_or_else(|| panic!("{keys}"))
    };
    let trend = opened("v v h");
    assert_eq!(trend.path, [Group::Day("2026-11-20".parse().unwrap())]);
    assert_eq!((opened("v v v j j").measure, opened("v v v j j").path), (Measure::Booked, vec![]));
    let channel = opened("V V");
    assert_eq!((channel.path, channel.measure), (vec![Group::Channel(Some(MAPS))], Measure::Money));
    let conversion = opened("V j j j j j");
    assert_eq!((conversion.query.kind, conversion.measure), (Kind::Calls, Measure::Booked));
    let lost = opened("V G");
    assert_eq!((lost.query.kind, lost.measure), (Kind::Patients, Measure::Missed));
}

/// What a metric rests on: the misses without the short ones, those answered where the formula is of them alone.
#[test]
fn a_metric_opens_its_own_base() {
    let opened = |keys: &str| {
        let mut desk = pictured(PLAIN, keys);
        desk.press("enter");
        match desk.requests()[..] {
            [Request::Drill { figure, .. }, ..] => figure.clone(),
            _ => panic!("{keys}"),
        }
    };
    let [all, late] = ["V j j", "V j j j"].map(opened);
    assert_eq!((all.measure, all.query.filter.wait.least), (Measure::Missed, None));
    assert_eq!((late.measure, late.query.filter.wait.least), (Measure::Missed, Some(Duration::from_secs(5))));
    assert_eq!([opened("V").measure, opened("V m m").measure], [Measure::Calls, Measure::Taken]);
}

/// Its formula stands beneath it already.
#[test]
fn a_metric_of_calls_says_where_it_is_explained() {
    let mut desk = pictured(PLAIN, "V");
    desk.press("x");
    assert!(desk.screen().contains("Формула стоит под показателем"), "{}", desk.screen());
    assert!(desk.asked.is_empty());
}

#[test]
fn nothing_is_claimed_of_what_a_filter_chose_by_its_end() {
    let desk = pictured(PLAIN, "o 2 V");
    assert!(desk.screen().contains("звонки отобраны по успешности"), "{}", desk.screen());
}

#[test]
fn one_key_explains_a_cell() {
    let mut desk = pictured(PLAIN, "v");
    desk.press("x");
    let explained =
        |request: &&Request| matches!(request, Request::Explain(figure) if figure.path.len() == 2);
    assert!(desk.requests().iter().any(explained), "{:?}", desk.requests());
    desk.refuse_all(Refusal::NotFound);
    desk.press("esc");
    assert!(desk.screen().contains("‹По часам›"), "{}", desk.screen());
}

#[test]
fn each_formula_names_itself_and_gives_the_published_result() {
    let mut desk = pictured(PLAIN, "V");
    for (level, words) in [
        ("81,1", "принятые за 20 с / (принятые + пропущенные)"),
        ("83,0", "(принятые + пропущенные за 20 с) / (принятые + пропущенные)"),
        ("86,0", "принятые за 20 с / принятые"),
        ("82,7", "пропущенные позже 20 с"),
        ("82,1", "пропущенные до 5 с"),
    ] {
        let screen = desk.screen();
        assert!(screen.contains(level) && screen.contains(words), "{level} {words}\n{screen}");
        desk.press("m");
        assert!(desk.asked.is_empty());
    }
    assert!(desk.screen().contains("81,1"));
}

/// Answers `keys` with one total by patients and no metrics.
fn losses_of(total: Measures) -> String {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1");
    answer(&mut desk);
    desk.press("V");
    for (ticket, request) in std::mem::take(&mut desk.asked) {
        let reply = match &request {
            Request::Report(query) => {
                Ok(Reply::Report(Box::new(Table { query: query.clone(), rows: vec![], total, before: None })))
            }
            _ => Err(Refusal::NotFound),
        };
        desk.answer(ticket, reply);
    }
    desk.screen()
}

#[test]
fn nothing_is_claimed_from_a_small_sample_and_a_refusal_hides_nothing_else() {
    let few = losses_of(measures(50, 20, 30_000_000));
    assert!(few.contains("нужно 100 пациентов, с которыми поговорили, есть 47"), "{few}");
    assert!(few.contains("того, о чём спрошено, больше нет"), "{few}");
    let some = losses_of(measures(140, 36, 30_000_000));
    assert!(some.contains("около 3") && some.contains("нужно 30 состоявшихся приёмов, есть 27"), "{some}");
    let enough = losses_of(measures(1400, 400, 600_000_000));
    assert!(enough.contains("около 31 ") && enough.contains("100 пациентов не дозвонились"), "{enough}");
}

/// Nobody called.
fn nothing(request: &Request) -> Reply {
    match request {
        Request::Report(query) => {
            let (query, rows, total) = (query.clone(), vec![], Measures::default());
            Reply::Report(Box::new(Table { query, rows, total, before: None }))
        }
        Request::Metrics { .. } => Reply::Metrics(Box::default()),
        other => fixture::reply(other),
    }
}

#[test]
fn an_empty_period_says_so_in_every_pane() {
    for (keys, name) in PANES {
        let mut desk = Desk::new(PLAIN);
        desk.press("f6 1").press(keys);
        desk.answer_by(nothing);
        assert!(desk.screen().contains("За этот период"), "{name}\n{}", desk.screen());
        desk.press("enter j l m G x");
        assert!(desk.asked.is_empty(), "{name} {:?}", desk.asked);
    }
}

#[test]
fn the_mouse_chooses_panes_and_cells_and_opens_them() {
    let mut desk = pictured(PLAIN, "v");
    let find = |desk: &Desk, text: &str| {
        let screen = desk.screen();
        let (row, line) = screen.lines().enumerate().find(|(_, line)| line.contains(text)).unwrap();
        let column = line.split(text).next().unwrap().chars().count();
        (column as u16, row as u16)
    };
    let (column, row) = find(&desk, "121  130  121   56");
    desk.click(column + 6, row);
    assert!(desk.screen().contains("Среда 10:00"), "{}", desk.screen());
    desk.click(column + 6, row);
    assert!(desk.requests().iter().any(|request| matches!(request, Request::Drill { .. })));
    answer(&mut desk);
    desk.press("backspace");
    let (column, row) = find(&desk, "Воронка");
    desk.click(column, row);
    assert!(desk.screen().contains("‹Воронка›"), "{}", desk.screen());
}

/// Everybody was talked with: of the figure looked at there is none.
#[test]
fn hours_without_a_missed_call_are_drawn_as_noughts() {
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1 v").answer_by(|request| match request {
        Request::Report(query) if query.by == Level::Weekday => {
            let hour = row(Group::Hour(10), measures(5, 1, 0), vec![]);
            let rows = vec![row(Group::Weekday(0), measures(5, 1, 0), vec![hour])];
            let total = measures(5, 1, 0);
            Reply::Report(Box::new(Table { query: query.clone(), rows, total, before: None }))
        }
        other => reply(other),
    });
    desk.press("m");
    let screen = desk.screen();
    assert!(screen.contains("Понедельник 10:00") && !screen.contains("от 1"), "{screen}");
    desk.press("enter");
    assert!(desk.asked.is_empty(), "no missed call to be opened");
}

/// Five years of ten million calls, a clinic that never sleeps, sums beyond any clinic's.
fn vast(request: &Request) -> Reply {
    let huge = |calls| measures(calls, calls / 3, i64::MAX / 3);
    let group = |query: &Query| match query.by {
        Level::Weekday => Group::Weekday(0),
        Level::Day => Group::Day(query.period.from),
        Level::Week => Group::Week(query.period.from),
        Level::Channel => Group::Channel(None),
        _ => Group::All,
    };
    match request {
        Request::Report(query) => {
            let hours = (0..24).map(|hour| row(Group::Hour(hour), huge(1_234_567), vec![])).collect();
            let rows = vec![row(group(query), huge(9_999_999), hours)];
            Reply::Report(Box::new(Table {
                query: query.clone(),
                rows,
                total: huge(9_999_999),
                before: None,
            }))
        }
        Request::Metrics { .. } => Reply::Metrics(Box::new(METRICS)),
        other => fixture::reply(other),
    }
}

#[test]
fn nothing_is_too_large_or_too_small_to_be_drawn() {
    for width in [60, 61, 79, 80, 100, 159, 250] {
        for height in [20, 21, 30, 90] {
            let mut desk = Desk::new(Look { size: (width, height), ..PLAIN });
            desk.press("f6 1");
            for _ in 0..6 {
                for (ticket, request) in std::mem::take(&mut desk.asked) {
                    desk.answer(ticket, Ok(vast(&request)));
                }
                desk.screen();
                desk.press("m l G pageup home v");
            }
        }
    }
    let mut desk = Desk::new(PLAIN);
    desk.press("f6 1 v");
    for (ticket, request) in std::mem::take(&mut desk.asked) {
        desk.answer(ticket, Ok(vast(&request)));
    }
    insta::assert_snapshot!("vast_heat", desk.screen());
}
