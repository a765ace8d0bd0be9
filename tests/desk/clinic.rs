//! A clinic small enough to know by heart, and the engine's answers about it.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone, Utc};
use pult::domain::call::{CallKey, CallResult, Direction, Phase, Snapshot};
use pult::domain::desk::{BoardCall, OpenCall, Recognition, Refusal, Reply, Request};
use pult::domain::directory::{CallerType, Channel, Directories, Employee, Line, Topic};
use pult::domain::gap::{Gap, Source};
use pult::domain::id::{CallId, CallerTypeId, ChannelId, PersonId, TaskId, TopicId, VisitId};
use pult::domain::lead::Lead;
use pult::domain::money::Money;
use pult::domain::person::{Card, PersonBrief, PersonKind, PersonPhone, Policy};
use pult::domain::phone::{Phone, Remote};
use pult::domain::report::{CallRow, Measures, Table};
use pult::domain::visit::{Stage, Task, Visit};
use pult::domain::wrapup::{Fields, WrapUp};
use uuid::Uuid;

pub const MARIA: PersonId = PersonId(Uuid::from_u128(1));
pub const PETYA: PersonId = PersonId(Uuid::from_u128(2));
pub const OLGA: PersonId = PersonId(Uuid::from_u128(3));
/// A child with two phones, a mother and a father.
pub const SEVA: PersonId = PersonId(Uuid::from_u128(4));
pub const ANNA: PersonId = PersonId(Uuid::from_u128(101));
pub const VERA: PersonId = PersonId(Uuid::from_u128(102));
pub const WATERWORKS: PersonId = PersonId(Uuid::from_u128(201));
pub const COMPANY: PersonId = PersonId(Uuid::from_u128(202));
pub const MAPS: ChannelId = ChannelId(Uuid::from_u128(301));
pub const IMPLANTS: TopicId = TopicId(Uuid::from_u128(402));

/// 12:31:11 in Moscow.
pub fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 21, 9, 31, 11).unwrap()
}

pub fn call_id(number: u64) -> CallId {
    CallId(Uuid::from_u128(u128::from(number)))
}

pub fn type_id(nth: u128) -> CallerTypeId {
    CallerTypeId(Uuid::from_u128(500 + nth))
}

/// An incoming call that rings at Anna's phone for seven seconds.
pub fn ringing(number: u64) -> BoardCall {
    let started_at = noon() - TimeDelta::seconds(7);
    BoardCall {
        id: call_id(number),
        snapshot: Snapshot {
            key: CallKey { provider: "demo".into(), id: number.to_string() },
            direction: Direction::Incoming,
            remote: Remote::Number(Phone(number)),
            name: None,
            line: Some("74950000001".into()),
            queue: None,
            phase: Phase::Ringing,
            result: None,
            agent: None,
            holder: None,
            ringing: vec!["101".into()],
            started_at,
            answered_at: None,
            ended_at: None,
            wait: Duration::ZERO,
            talk: Duration::ZERO,
            hold: Duration::ZERO,
            transfers: vec![],
            recording: None,
            advert: None,
            tags: vec![],
            settled: false,
        },
        recognition: Recognition::Unknown,
        channel: Some(MAPS),
        wrapped: false,
    }
}

/// `seconds` earlier.
pub fn earlier(mut call: BoardCall, seconds: i64) -> BoardCall {
    call.snapshot.started_at -= TimeDelta::seconds(seconds);
    call
}

pub fn from(mut call: BoardCall, people: &[PersonId]) -> BoardCall {
    let brief = |id: &PersonId| Clinic::card(*id).map(|card| brief(&card)).unwrap();
    call.recognition = match people {
        [] => Recognition::Unknown,
        [one] => Recognition::One(brief(one)),
        several => Recognition::Several(several.iter().map(brief).collect()),
    };
    call
}

pub fn talking(mut call: BoardCall, extension: &str) -> BoardCall {
    let snapshot = &mut call.snapshot;
    snapshot.phase = Phase::Talking;
    snapshot.answered_at = Some(snapshot.started_at + TimeDelta::seconds(5));
    (snapshot.agent, snapshot.holder) = (Some(extension.into()), Some(extension.into()));
    snapshot.ringing.clear();
    call
}

pub fn missed(mut call: BoardCall) -> BoardCall {
    let snapshot = &mut call.snapshot;
    (snapshot.phase, snapshot.result) = (Phase::Ended, Some(CallResult::Missed));
    snapshot.wait = Duration::from_secs(24);
    snapshot.ended_at = Some(snapshot.started_at + TimeDelta::seconds(24));
    snapshot.ringing.clear();
    call
}

pub fn ended(mut call: BoardCall) -> BoardCall {
    let snapshot = &mut call.snapshot;
    (snapshot.phase, snapshot.result) = (Phase::Ended, Some(CallResult::Answered));
    snapshot.talk = Duration::from_secs(62);
    snapshot.answered_at = Some(snapshot.started_at + TimeDelta::seconds(5));
    snapshot.ringing.clear();
    call
}

pub fn withheld(mut call: BoardCall) -> BoardCall {
    call.snapshot.remote = Remote::Withheld;
    call.snapshot.phase = Phase::Waiting;
    call.snapshot.ringing.clear();
    call
}

pub fn brief(card: &Card) -> PersonBrief {
    PersonBrief {
        id: card.id,
        kind: card.kind,
        name: card.name.clone(),
        born: card.born,
        phone: card.phones.first().map(|phone| phone.phone),
    }
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn card(id: PersonId, kind: PersonKind, name: &str, phone: u64) -> Card {
    Card {
        id,
        kind,
        name: name.into(),
        born: None,
        phones: vec![PersonPhone { phone: Phone(phone), primary: true }],
        parent: None,
        family: None,
        relatives: vec![],
        account: Money(0),
        treatment_total: Money(0),
        family_total: None,
        insured_total: Money(0),
        policy: None,
        comment: String::new(),
        extra_comment: String::new(),
        visits_kept: 0,
        visits_due: 0,
        last_visit: None,
        future_visits: vec![],
        tasks: vec![],
    }
}

fn maria() -> Card {
    let visit = Visit {
        id: VisitId(Uuid::from_u128(601)),
        patient: MARIA,
        branch: None,
        doctor: "Орлов Андрей Ильич".into(),
        speciality: "Имплантолог".into(),
        starts_at: Utc.with_ymd_and_hms(2026, 11, 25, 7, 0, 0).unwrap(),
        minutes: 60,
        stage: Stage::Booked,
        booked_at: noon(),
        moved_at: None,
        cancelled_at: None,
        money: Money(0),
        comment: String::new(),
    };
    let task = Task {
        id: TaskId(Uuid::from_u128(602)),
        person: MARIA,
        text: "Профосмотр".into(),
        due_at: Utc.with_ymd_and_hms(2026, 12, 1, 7, 0, 0).unwrap(),
        done_at: None,
    };
    Card {
        born: Some(day(1992, 3, 14)),
        account: Money(-120_000),
        treatment_total: Money(14_830_000),
        family_total: Some(Money(31_045_000)),
        insured_total: Money(2_500_000),
        policy: Some(Policy {
            insurer: "Согласие".into(),
            number: "АБ-1234567".into(),
            from: day(2026, 3, 2),
            until: day(2027, 3, 1),
        }),
        comment: "Просит утро. Боится уколов.".into(),
        extra_comment: "Муж платит отдельно.".into(),
        visits_kept: 12,
        visits_due: 13,
        last_visit: Some(Utc.with_ymd_and_hms(2026, 10, 12, 9, 0, 0).unwrap()),
        future_visits: vec![visit],
        tasks: vec![task],
        relatives: vec![brief(&petya())],
        ..card(MARIA, PersonKind::Patient, "Иванова Мария Петровна", 79161234567)
    }
}

fn petya() -> Card {
    let mother = PersonBrief {
        id: MARIA,
        kind: PersonKind::Patient,
        name: "Иванова Мария Петровна".into(),
        born: None,
        phone: Some(Phone(79161234567)),
    };
    Card {
        born: Some(day(2019, 5, 2)),
        parent: Some(mother),
        account: Money(50_000),
        ..card(PETYA, PersonKind::Patient, "Иванов Пётр Олегович", 79161234567)
    }
}

fn seva() -> Card {
    let [mother, father] =
        [(5, "Седова Нина", 79160000022), (6, "Седов Глеб", 79160000023)].map(|(id, name, phone)| {
            brief(&card(PersonId(Uuid::from_u128(id)), PersonKind::Patient, name, phone))
        });
    let mut seva = card(SEVA, PersonKind::Patient, "Седов Сева", 79161234567);
    seva.phones.push(PersonPhone { phone: Phone(79160000021), primary: false });
    Card { parent: Some(mother.clone()), relatives: vec![father, mother], ..seva }
}

/// Answers as the engine would; remembers drafts and wrap-ups.
#[derive(Default)]
pub struct Clinic {
    pub calls: Vec<BoardCall>,
    pub drafts: BTreeMap<CallId, Fields>,
    pub wrapups: BTreeMap<CallId, WrapUp>,
    /// Answers every order to the telephony, and every save, with this.
    pub refusal: Option<Refusal>,
    pub gaps: Vec<Gap>,
    pub sources: Vec<Source>,
    pub leads: Vec<Lead>,
}

impl Clinic {
    pub fn card(id: PersonId) -> Option<Card> {
        let cards = [
            maria(),
            petya(),
            seva(),
            card(OLGA, PersonKind::Patient, "Ольгина Ольга", 79035551221),
            card(VERA, PersonKind::Employee, "Соколова Вера Ильинична", 79990000102),
            card(COMPANY, PersonKind::Counterparty, "ООО «Ромашка и партнёры»", 74951112244),
            card(WATERWORKS, PersonKind::Counterparty, "Водоканал", 74951112233),
        ];
        cards.into_iter().find(|card| card.id == id)
    }

    pub fn answer(&mut self, request: &Request) -> Result<Reply, Refusal> {
        match request {
            Request::Board => Ok(Reply::Board(self.calls.clone())),
            Request::Directories => Ok(Reply::Directories(Box::new(directories()))),
            Request::Open(id) => self.open(*id),
            Request::Card(id) => {
                Self::card(*id).map(|card| Reply::Card(Box::new(card))).ok_or(Refusal::NotFound)
            }
            Request::Search { text } => Ok(Reply::Found(search(text))),
            Request::KeepDraft { call, fields } => {
                self.drafts.insert(*call, fields.clone());
                Ok(Reply::DraftKept)
            }
            Request::Save { call, fields } => self.refused_or(|clinic| clinic.save(*call, fields)),
            Request::UndoSave(call) => self.undo(*call),
            Request::Report(query) => Ok(Reply::Report(Box::new(Table {
                query: query.clone(),
                rows: vec![],
                total: Measures { missed: 4, ..Measures::default() },
                before: None,
            }))),
            Request::Size(_)
            | Request::Explain(_)
            | Request::Links(_)
            | Request::Metrics { .. }
            | Request::Views
            | Request::SaveView(_)
            | Request::ForgetView { .. }
            | Request::Recall { .. }
            | Request::Remember { .. }
            | Request::NoteExport(_) => Err(Refusal::NotFound),
            Request::Drill { .. } | Request::History(_) => {
                Ok(Reply::Calls { rows: vec![past_call()], total: Some(1) })
            }
            Request::LogByHand(call) => Ok(Reply::Logged(self.log(call))),
            Request::Dial(_) => self.refused_or(|_| Reply::Dialling),
            Request::Gaps(_) => Ok(Reply::Gaps(self.gaps.clone())),
            Request::Sources => Ok(Reply::Sources(self.sources.clone())),
            Request::Leads(_) => Ok(Reply::Leads(self.leads.clone())),
            Request::Recording(_) => Err(Refusal::NotFound),
            Request::HangUp(_)
            | Request::Transfer { .. }
            | Request::Hold(_)
            | Request::Unhold(_)
            | Request::Consult { .. }
            | Request::HandOver(_)
            | Request::TakeBack(_)
            | Request::Tag { .. }
            | Request::MarkRecording { .. }
            | Request::UnmarkRecording(_)
            | Request::HoldRecording { .. }
            | Request::PlayOnPhone(_)
            | Request::AddPhone { .. } => self.refused_or(|_| Reply::Done),
        }
    }

    fn refused_or(&mut self, done: impl FnOnce(&mut Clinic) -> Reply) -> Result<Reply, Refusal> {
        match self.refusal.clone() {
            Some(refusal) => Err(refusal),
            None => Ok(done(self)),
        }
    }

    fn open(&self, id: CallId) -> Result<Reply, Refusal> {
        let call = self.calls.iter().find(|call| call.id == id).cloned().ok_or(Refusal::NotFound)?;
        let (draft, wrapup) = (self.drafts.get(&id).cloned(), self.wrapups.get(&id).cloned());
        Ok(Reply::Opened(Box::new(OpenCall { call, draft, wrapup })))
    }

    fn save(&mut self, call: CallId, fields: &Fields) -> Reply {
        let wrapup = WrapUp { call, fields: fields.clone(), employee: Some(ANNA), saved_at: noon() };
        self.drafts.remove(&call);
        self.wrapups.insert(call, wrapup.clone());
        Reply::Saved(Box::new(wrapup))
    }

    fn undo(&mut self, call: CallId) -> Result<Reply, Refusal> {
        let wrapup = self.wrapups.remove(&call).ok_or(Refusal::NothingToUndo)?;
        self.drafts.insert(call, wrapup.fields.clone());
        Ok(Reply::Undone { wrapup: None, fields: Box::new(wrapup.fields) })
    }

    fn log(&mut self, manual: &pult::domain::desk::ManualCall) -> CallId {
        let number = manual.remote.phone().map_or(0, |phone| phone.0);
        let mut call = ended(ringing(number));
        call.snapshot.direction = manual.direction;
        self.calls.push(call.clone());
        call.id
    }
}

fn search(text: &str) -> Vec<PersonBrief> {
    let all = [MARIA, PETYA, OLGA, WATERWORKS].map(|id| brief(&Clinic::card(id).unwrap()));
    let text = text.to_lowercase();
    all.into_iter().filter(|person| person.name.to_lowercase().contains(&text)).collect()
}

pub fn past_call() -> CallRow {
    CallRow {
        id: call_id(79161234500),
        started_at: Utc.with_ymd_and_hms(2026, 10, 3, 8, 15, 0).unwrap(),
        direction: Direction::Incoming,
        remote: Remote::Number(Phone(79161234567)),
        person: Some(MARIA),
        person_name: Some("Иванова Мария Петровна".into()),
        line: None,
        channel: Some(MAPS),
        branch: None,
        result: CallResult::Answered,
        outcome: None,
        employee: Some(VERA),
        agent: Some("102".into()),
        caller_type: Some(type_id(1)),
        topic: Some(IMPLANTS),
        wait: Duration::from_secs(9),
        talk: Duration::from_secs(204),
        recording: true,
        comment: "Перенесла на ноябрь, просила утро".into(),
        wrapped: true,
        familiarity: None,
        speciality: None,
        stands: true,
        money: Money(0),
    }
}

pub fn directories() -> Directories {
    let types: [(&str, Option<PersonKind>, bool); 7] = [
        ("Пациент. Хочет записаться", None, true),
        ("Пациент. Уже записан", None, true),
        ("Пациент. Лист ожидания", None, true),
        ("Пациент. Задача CRM", None, true),
        ("Пациент. Наполнение", None, true),
        ("Сотрудник", Some(PersonKind::Employee), false),
        ("Прочие и контрагенты", Some(PersonKind::Counterparty), false),
    ];
    let caller_type =
        |(nth, (name, sets_itself_for, needs_topic)): (usize, (&str, Option<PersonKind>, bool))| CallerType {
            id: type_id(nth as u128 + 1),
            name: name.into(),
            direction: None,
            sets_itself_for,
            counts: needs_topic,
            needs_topic,
        };
    let topics = ["Терапия", "Имплантация", "Ортодонтия", "Лечение дёсен", "Неизвестно"];
    let topic = |(nth, name): (usize, &str)| Topic {
        id: TopicId(Uuid::from_u128(401 + nth as u128)),
        name: name.into(),
    };
    let employee = |id, name: &str, extension: &str| Employee {
        id,
        name: name.into(),
        extension: Some(extension.into()),
        branch: None,
    };
    Directories {
        caller_types: types.into_iter().enumerate().map(caller_type).collect(),
        topics: topics.into_iter().enumerate().map(topic).collect(),
        channels: vec![Channel {
            id: MAPS,
            name: "Яндекс Карты".into(),
            script: "Здравствуйте! Клиника на Садовой.\nПервая консультация бесплатно.".into(),
        }],
        lines: vec![Line {
            number: "74950000001".into(),
            name: "Садовая, общий".into(),
            channel: Some(MAPS),
            branch: None,
        }],
        branches: vec![],
        employees: vec![
            employee(ANNA, "Смирнова Анна Олеговна", "101"),
            employee(VERA, "Соколова Вера Ильинична", "102"),
        ],
    }
}
