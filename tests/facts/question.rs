//! What is asked after a change, by one random number: of the facts, of the ledger and of the store the same.

use std::time::Duration;

use chrono::NaiveDate;
use pult::domain::outcome::Outcome;
use pult::domain::period::Period;
use pult::domain::report::{Between, Comparison, Filter, Group, Kind, Level, Query};

use crate::clinic::Clinic;
use crate::fold;

const COMPARED: [Option<Comparison>; 4] = [None, None, Some(Comparison::Previous), Some(Comparison::YearAgo)];
/// Days of November: some with all that happens near them, some with its edges.
const DAYS: [(u32, u32); 4] = [(10, 11), (9, 12), (9, 9), (11, 11)];
const PAIRS: usize = 3;

pub struct Question {
    pub filter: Filter,
    /// The filter in SQL.
    pub condition: String,
    pub period: Period,
    pub compare: Option<Comparison>,
    /// Every level alone, and some pairs.
    pub groupings: Vec<(Level, Level)>,
}

impl Question {
    pub fn of(clinic: &Clinic, mut seed: usize) -> Question {
        let mut pick = |count: usize| {
            let picked = seed % count;
            seed /= count;
            picked
        };
        let mut filters = filters(clinic);
        let (filter, condition) = filters.swap_remove(pick(filters.len()));
        let (from, to) = DAYS[pick(DAYS.len())];
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        let compare = COMPARED[pick(COMPARED.len())];
        let pairs = (0..PAIRS).map(|_| (Level::ALL[pick(16)], Level::ALL[pick(16)]));
        let groupings = Level::ALL.map(|level| (level, Level::None)).into_iter().chain(pairs).collect();
        Question { filter, condition, period: Period { from: day(from), to: day(to) }, compare, groupings }
    }

    pub fn queries(&self, kind: Kind) -> impl Iterator<Item = Query> {
        let Question { period, compare, .. } = *self;
        self.groupings.iter().map(move |(by, then_by)| {
            let (by, then_by, filter) = (*by, *then_by, self.filter.clone());
            Query { period, kind, by, then_by, filter, compare }
        })
    }
}

/// A filter and the same in SQL.
fn filters(clinic: &Clinic) -> Vec<(Filter, String)> {
    let topic = clinic.topic("Гигиена");
    let between = Between { least: Some(Duration::from_secs(60)), most: Some(Duration::from_secs(1200)) };
    let mut filters = vec![
        (Filter::default(), "1".to_owned()),
        (Filter { patients_only: true, ..Filter::default() }, "counts".into()),
        (
            Filter::only([Outcome::Missed, Outcome::NotBooked].map(|it| Group::Outcome(Some(it)))),
            "outcome IN ('missed', 'not_booked')".into(),
        ),
        (
            Filter::only([
                Group::Topic(Some(topic)),
                Group::Topic(None),
                Group::Line(Some("74950000001".into())),
            ]),
            format!("topic IN ('{}', '-') AND line = '74950000001'", fold::hex(Some(topic.0))),
        ),
        (Filter::only([Group::Topic(Some(topic))]), format!("topic = '{}'", fold::hex(Some(topic.0)))),
        (
            Filter { talk: between, recording: Some(false), ..Filter::default() },
            "talk BETWEEN 60000 AND 1200000 AND NOT recording".into(),
        ),
        (Filter { comment: Some(true), ..Filter::default() }, "comment <> ''".into()),
        (
            Filter { text: "бол ЗУБ".into(), ..Filter::default() },
            "comment IN ('зуб болит', 'Больница, зубы')".into(),
        ),
        (Filter { text: "Елк\"* OR".into(), ..Filter::default() }, "0".into()),
        (Filter { text: "елк".into(), ..Filter::default() }, "comment = 'ёлка'".into()),
        (Filter { number: "8 (942) 000-00-02".into(), ..Filter::default() }, "phone = 79420000002".into()),
        (
            Filter { number: "21".into(), ..Filter::default() },
            "instr(phone, '21') OR instr(other, '21')".into(),
        ),
    ];
    if let Some(person) = clinic.find("p1") {
        let id = format!("x'{}'", person.0.simple());
        filters.push((
            Filter { person: Some(person), ..Filter::default() },
            format!("who = {id} OR about = {id}"),
        ));
    }
    filters
}
