//! A desk without an engine: the test presses keys, sees what is asked and gives the answers.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use pult::desk::{
    Effect, Event, Key, Keymap, Language, Mouse, MouseKind, RingKind, Setup, State, Theme, Ticket, start,
    update, view,
};
use pult::domain::call::{CallResult, Direction};
use pult::domain::desk::{NamedView, Refusal, Reply, Request};
use pult::domain::directory::{Branch, CallerType, Channel, Directories, Employee, Line, Topic};
use pult::domain::gap::Gap;
use pult::domain::id::{BranchId, CallId, CallerTypeId, ChannelId, PersonId, TopicId};
use pult::domain::money::Money;
use pult::domain::outcome::Outcome;
use pult::domain::phone::{Phone, Remote};
use pult::domain::report::{CallRow, Filter, Group, Level, Measures, Query, Row, Table};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use uuid::Uuid;

pub const ANNA: PersonId = PersonId(Uuid::from_u128(1));
pub const VERA: PersonId = PersonId(Uuid::from_u128(2));
pub const IMPLANTS: TopicId = TopicId(Uuid::from_u128(11));
pub const HYGIENE: TopicId = TopicId(Uuid::from_u128(12));
pub const MAPS: ChannelId = ChannelId(Uuid::from_u128(21));
pub const SITE: ChannelId = ChannelId(Uuid::from_u128(22));
pub const WANTS: CallerTypeId = CallerTypeId(Uuid::from_u128(31));
pub const CENTRE: BranchId = BranchId(Uuid::from_u128(41));
pub const MARIA: PersonId = PersonId(Uuid::from_u128(51));

/// 21 November 2026, 12:31 in Moscow, a Saturday.
pub fn noon() -> DateTime<Utc> {
    "2026-11-21T09:31:00Z".parse().unwrap()
}

pub struct Desk {
    pub state: State,
    pub now: DateTime<Utc>,
    /// Asked and not answered.
    pub asked: Vec<(Ticket, Request)>,
    pub others: Vec<Effect>,
    recall: Option<Ticket>,
    /// The clinic's own reports, told at once to who asks.
    pub views: Result<Vec<NamedView>, Refusal>,
    /// Times in which nobody was heard, told at once to who asks.
    pub gaps: Vec<Gap>,
    size: (u16, u16),
}

pub struct Look {
    pub size: (u16, u16),
    pub language: Language,
    pub theme: &'static str,
    pub ascii: bool,
}

pub const PLAIN: Look = Look { size: (80, 24), language: Language::Ru, theme: "dark", ascii: false };

impl Desk {
    pub fn new(look: Look) -> Desk {
        Desk::at(look, directories())
    }

    pub fn at(look: Look, directories: Directories) -> Desk {
        let setup = Setup {
            operator: Some(ANNA),
            operator_name: "Анна".into(),
            extension: None,
            language: look.language,
            words: None,
            zone: chrono_tz::Europe::Moscow,
            theme: Theme::preset(look.theme).unwrap(),
            keymap: Keymap::from_toml(None).unwrap(),
            ascii: look.ascii,
            ring: RingKind::Off,
            norms: Default::default(),
            abilities: pult::domain::desk::Abilities { transfer: true, ..Default::default() },
            size: look.size,
        };
        let (state, effects) = start(setup);
        let (others, views) = (Vec::new(), Ok(Vec::new()));
        let (now, asked, recall, size) = (noon(), Vec::new(), None, look.size);
        let mut desk = Desk { state, now, asked, others, recall, views, gaps: vec![], size };
        let asked = effects.iter().find_map(|effect| match effect {
            Effect::Ask { ticket, request: Request::Directories } => Some(*ticket),
            _ => None,
        });
        desk.answer(asked.expect("a question"), Ok(Reply::Directories(Box::new(directories))));
        desk
    }

    /// Answers what the operator's desk was told to remember.
    pub fn recall(&mut self, value: Option<String>) {
        let ticket = self.recall.take().expect("the habit was asked for");
        self.answer(ticket, Ok(Reply::Recalled(value)));
    }

    pub fn event(&mut self, event: Event) {
        for effect in update(&mut self.state, event, self.now) {
            match effect {
                Effect::Ask { ticket, request: Request::Views } => {
                    self.answer(ticket, self.views.clone().map(Reply::Views));
                }
                Effect::Ask { ticket, request: Request::Gaps(_) } => {
                    self.answer(ticket, Ok(Reply::Gaps(self.gaps.clone())));
                }
                Effect::Ask { ticket, request } if !is_the_desks(&request) => {
                    self.asked.push((ticket, request))
                }
                Effect::Ask { ticket, request: Request::Recall { .. } } => self.recall = Some(ticket),
                Effect::Ask { .. } => {}
                other => self.others.push(other),
            }
        }
    }

    /// Keys by their names, parted by spaces.
    pub fn press(&mut self, keys: &str) -> &mut Desk {
        for name in keys.split_whitespace() {
            self.event(Event::Key(name.parse::<Key>().unwrap()));
        }
        self
    }

    pub fn type_text(&mut self, text: &str) -> &mut Desk {
        text.chars().for_each(|char| self.event(Event::Key(Key::char(char))));
        self
    }

    pub fn click(&mut self, column: u16, row: u16) {
        self.event(Event::Mouse(Mouse { kind: MouseKind::Press, column, row }));
    }

    /// What was asked and is not answered.
    pub fn requests(&self) -> Vec<&Request> {
        self.asked.iter().map(|(_, request)| request).collect()
    }

    pub fn query(&self) -> Query {
        let found = self.asked.iter().rev().find_map(|(_, request)| match request {
            Request::Report(query) => Some(query.clone()),
            _ => None,
        });
        found.expect("a report was asked")
    }

    pub fn answer(&mut self, ticket: Ticket, reply: Result<Reply, Refusal>) {
        self.event(Event::Reply { ticket, reply });
    }

    /// Answers everything asked as the sample clinic would.
    pub fn answer_all(&mut self) -> &mut Desk {
        self.answer_by(reply)
    }

    /// Answers everything asked, and what is asked upon that.
    pub fn answer_by(&mut self, reply: impl Fn(&Request) -> Reply) -> &mut Desk {
        while !self.asked.is_empty() {
            for (ticket, request) in std::mem::take(&mut self.asked) {
                self.answer(ticket, Ok(reply(&request)));
            }
        }
        self
    }

    pub fn refuse_all(&mut self, refusal: Refusal) {
        for (ticket, _) in std::mem::take(&mut self.asked) {
            self.answer(ticket, Err(refusal.clone()));
        }
    }

    pub fn buffer(&self) -> Buffer {
        let area = Rect::new(0, 0, self.size.0, self.size.1);
        let mut buf = Buffer::empty(area);
        view(&self.state, area, &mut buf, self.now);
        buf
    }

    pub fn screen(&self) -> String {
        let buf = self.buffer();
        let line = |y| {
            let cells: String = (0..buf.area.width).map(|x| buf[(x, y)].symbol()).collect();
            cells.trim_end().to_owned()
        };
        (0..buf.area.height).map(line).collect::<Vec<_>>().join("\n")
    }

    /// The line of the cursor.
    pub fn selected(&self) -> String {
        let buf = self.buffer();
        let row = (0..buf.area.height).find(|y| buf[(0, *y)].symbol() == "▌").expect("a selected row");
        (0..buf.area.width).map(|x| buf[(x, row)].symbol()).collect()
    }
}

/// The status line counts today's missed calls for itself, and the operator's habit is asked once.
fn is_the_desks(request: &Request) -> bool {
    match request {
        Request::Report(query) => query.by == Level::None && query.filter == Filter::default(),
        Request::Recall { .. } => true,
        _ => false,
    }
}

pub fn reply(request: &Request) -> Reply {
    match request {
        Request::Report(query) => Reply::Report(Box::new(table(query))),
        Request::Drill { offset, limit, .. } => calls(*offset, *limit, 250),
        Request::History(_) => calls(0, 3, 3),
        Request::Size(_) => Reply::Size(250),
        _ => Reply::Done,
    }
}

pub fn calls(offset: usize, limit: usize, total: usize) -> Reply {
    Reply::Calls { rows: (offset..total.min(offset + limit)).map(call).collect(), total: Some(total) }
}

pub fn call(nth: usize) -> CallRow {
    let missed = nth % 3 == 2;
    let known = !nth.is_multiple_of(4);
    CallRow {
        id: CallId(Uuid::from_u128(1000 + nth as u128)),
        started_at: noon() - TimeDelta::minutes(7 * nth as i64 + 7),
        direction: if nth % 5 == 4 { Direction::Outgoing } else { Direction::Incoming },
        remote: if nth == 8 { Remote::Withheld } else { Remote::Number(Phone(79_161_234_000 + nth as u64)) },
        person: known.then_some(MARIA),
        person_name: known.then(|| "Иванова Мария Петровна".to_owned()),
        line: Some("74950000001".into()),
        channel: Some(MAPS),
        branch: Some(CENTRE),
        result: if missed { CallResult::Missed } else { CallResult::Answered },
        outcome: Some(if missed { Outcome::Missed } else { Outcome::NotBooked }),
        employee: (!missed && !nth.is_multiple_of(4)).then_some(VERA),
        agent: (!missed).then(|| "102".to_owned()),
        caller_type: known.then_some(WANTS),
        topic: known.then_some(IMPLANTS),
        wait: Duration::from_secs(if nth % 6 == 5 { 95 } else { 14 }),
        talk: Duration::from_secs(match nth % 9 {
            _ if missed => 0,
            6 => 761,
            _ => 221,
        }),
        recording: !missed,
        comment: if known && !missed {
            "Спрашивала, сколько стоит имплант и когда можно утром".into()
        } else {
            String::new()
        },
        wrapped: known && !missed,
        familiarity: None,
        speciality: None,
        stands: nth % 7 != 3,
        money: Money(0),
    }
}

/// A row of calls none of which was missed.
fn talks(calls: u64, booked: u64, money: i64) -> Measures {
    let all = measures(calls, booked, money);
    Measures { taken: calls, missed: 0, talk: Duration::from_secs(221 * calls), ..all }
}

pub fn measures(calls: u64, booked: u64, money: i64) -> Measures {
    let missed = calls / 14;
    let taken = calls - missed;
    Measures {
        calls,
        taken,
        missed,
        wait: Duration::from_secs(14 * calls),
        talk: Duration::from_secs(221 * taken),
        booked,
        held: booked * 3 / 4,
        money: Money(money),
    }
}

pub fn row(group: Group, measures: Measures, rows: Vec<Row>) -> Row {
    Row { group, measures, before: None, rows }
}

pub fn table(query: &Query) -> Table {
    let outcome = |outcome, calls, booked, money| {
        row(Group::Outcome(Some(outcome)), talks(calls, booked, money), vec![])
    };
    let rows = vec![
        row(
            Group::Employee(Some(ANNA)),
            measures(312, 128, 241_030_000),
            vec![
                outcome(Outcome::NotBooked, 131, 0, 0),
                outcome(Outcome::Booked, 128, 128, 241_030_000),
                outcome(Outcome::AlreadyBooked, 40, 0, 0),
                outcome(Outcome::Moved, 9, 0, 0),
                outcome(Outcome::Cancelled, 4, 0, 0),
            ],
        ),
        row(
            Group::Employee(Some(VERA)),
            measures(97, 41, -1_200_050),
            vec![outcome(Outcome::Booked, 41, 41, -1_200_050)],
        ),
        row(
            Group::Employee(None),
            measures(20, 0, 0),
            vec![outcome(Outcome::Missed, 18, 0, 0), row(Group::Outcome(None), measures(2, 0, 0), vec![])],
        ),
    ];
    let rows = match query.then_by {
        Level::None => rows.into_iter().map(|row| Row { rows: vec![], ..row }).collect(),
        _ => rows,
    };
    Table { query: query.clone(), rows, total: measures(429, 169, 239_829_950), before: None }
}

fn directories() -> Directories {
    let topic = |id, name: &str| Topic { id, name: name.into() };
    let channel = |id, name: &str| Channel { id, name: name.into(), script: String::new() };
    let employee = |id, name: &str, extension: &str| Employee {
        id,
        name: name.into(),
        extension: Some(extension.into()),
        branch: Some(CENTRE),
    };
    Directories {
        caller_types: vec![CallerType {
            id: WANTS,
            name: "Пациент. Хочет записаться".into(),
            direction: Some(Direction::Incoming),
            sets_itself_for: None,
            counts: true,
            needs_topic: true,
        }],
        topics: vec![topic(IMPLANTS, "Имплантация"), topic(HYGIENE, "Гигиена")],
        channels: vec![channel(MAPS, "Яндекс Карты"), channel(SITE, "Сайт")],
        lines: vec![Line {
            number: "74950000001".into(),
            name: "Карты".into(),
            channel: Some(MAPS),
            branch: Some(CENTRE),
        }],
        branches: vec![Branch { id: CENTRE, name: "Центр".into(), address: "Лесная, 1".into() }],
        employees: vec![
            employee(ANNA, "Смирнова Анна Игоревна", "101"),
            employee(VERA, "Соколова Вера Ильинична", "102"),
        ],
    }
}
