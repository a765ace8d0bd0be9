//! The running desk without a screen: what providers say becomes the board, the store and news for every desk.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use pult::domain::call::{CallKey, CallResult, Direction, Phase, Snapshot};
use pult::domain::desk::{BoardCall, Change, Link, ManualCall, Recognition, Refusal, Reply, Request};
use pult::domain::gap::Restored;
use pult::domain::period::Period;
use pult::domain::person::{PersonKind, PersonPhone};
use pult::domain::phone::{Phone, Remote};
use pult::domain::report::{Filter, Kind, Level, Query};
use pult::domain::wrapup::Fields;
use pult::engine::{Clock, Engine, Operator, Outside};
use pult::store::people::NewPerson;
use pult::store::{Author, Store, cursors, people};
use pult::telephony::{Abilities, Archive, Event, OrderError, Placed, Provider};
use tempfile::TempDir;
use tokio::sync::{broadcast, mpsc};

const ZONE: chrono_tz::Tz = chrono_tz::Europe::Moscow;
const KNOWN: Phone = Phone(79440000001);

fn noon() -> DateTime<Utc> {
    "2026-11-20T09:00:00Z".parse().unwrap()
}

fn clock() -> Clock {
    Arc::new(|| noon() + TimeDelta::minutes(10))
}

/// Says what the test hands it; takes every order but one.
struct Prompter {
    lines: mpsc::Receiver<Event>,
}

impl Provider for Prompter {
    fn name(&self) -> &'static str {
        "test"
    }

    fn abilities(&self) -> Abilities {
        Abilities::default()
    }

    async fn run(mut self, events: mpsc::Sender<Event>, mut orders: mpsc::Receiver<Placed>) {
        loop {
            tokio::select! {
                Some(line) = self.lines.recv() => events.send(line).await.unwrap(),
                Some(placed) = orders.recv() => {
                    let _ = placed.done.send(Err(OrderError::Refused("no such extension".into())));
                }
                else => return,
            }
        }
    }
}

struct Desk {
    engine: Engine,
    store: Store,
    stage: mpsc::Sender<Event>,
    changes: broadcast::Receiver<Change>,
    _folder: TempDir,
}

fn desk() -> Desk {
    let folder = TempDir::new().unwrap();
    let store = Store::open(&folder.path().join("test.db")).unwrap();
    let (stage, lines) = mpsc::channel(16);
    let engine = Engine::start(store.clone(), ZONE, clock(), Prompter { lines });
    let changes = engine.changes();
    Desk { engine, store, stage, changes, _folder: folder }
}

impl Desk {
    async fn say(&self, event: Event) {
        self.stage.send(event).await.unwrap();
    }

    async fn change(&mut self) -> Change {
        tokio::time::timeout(Duration::from_secs(5), self.changes.recv()).await.expect("no news").unwrap()
    }

    async fn call(&mut self) -> BoardCall {
        loop {
            if let Change::Call(call) = self.change().await {
                return *call;
            }
        }
    }

    async fn ask(&self, request: Request) -> Result<Reply, Refusal> {
        self.engine.ask(&Operator::default(), request).await
    }

    async fn board(&self) -> Vec<BoardCall> {
        match self.ask(Request::Board).await {
            Ok(Reply::Board(calls)) => calls,
            other => panic!("{other:?}"),
        }
    }

    fn add(&self, kind: PersonKind, name: &str, phone: Phone) {
        let person =
            NewPerson { phones: vec![PersonPhone { phone, primary: true }], ..NewPerson::named(kind, name) };
        let author = Author { employee: None, at: noon() };
        self.store.write(move |tx| people::add(tx, person, &author)).unwrap();
    }
}

fn ringing(id: &str, phone: Phone) -> Snapshot {
    Snapshot {
        key: CallKey { provider: "test".into(), id: id.into() },
        direction: Direction::Incoming,
        remote: Remote::Number(phone),
        name: None,
        line: Some("74950000001".into()),
        queue: None,
        phase: Phase::Ringing,
        result: None,
        agent: None,
        holder: None,
        ringing: vec!["101".into()],
        started_at: noon(),
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
    }
}

fn talking(id: &str, phone: Phone) -> Snapshot {
    Snapshot {
        phase: Phase::Talking,
        ringing: vec![],
        agent: Some("101".into()),
        answered_at: Some(noon() + TimeDelta::seconds(4)),
        wait: Duration::from_secs(4),
        ..ringing(id, phone)
    }
}

fn event(snapshot: Snapshot) -> Event {
    Event::Call(Box::new(snapshot))
}

#[tokio::test]
async fn a_ringing_call_reaches_every_desk_with_its_caller() {
    let mut desk = desk();
    desk.add(PersonKind::Patient, "Иванова Мария Петровна", KNOWN);
    desk.say(event(ringing("a", KNOWN))).await;
    let call = desk.call().await;
    let Recognition::One(person) = &call.recognition else { panic!("{:?}", call.recognition) };
    assert_eq!(person.name, "Иванова Мария Петровна");
    assert_eq!(desk.board().await, [call]);
}

#[tokio::test]
async fn a_family_phone_is_a_choice_and_an_unknown_number_is_nobody() {
    let mut desk = desk();
    desk.add(PersonKind::Patient, "Зуев Пётр Ильич", KNOWN);
    desk.add(PersonKind::Patient, "Зуева Анна Ильинична", KNOWN);
    desk.say(event(ringing("a", KNOWN))).await;
    assert!(matches!(desk.call().await.recognition, Recognition::Several(people) if people.len() == 2));
    desk.say(event(ringing("b", Phone(79440000002)))).await;
    assert_eq!(desk.call().await.recognition, Recognition::Unknown);
}

/// Written in the transaction of the data it speaks of: where a gap begins after a crash.
#[tokio::test]
async fn how_far_the_provider_was_heard_is_kept() {
    let mut desk = desk();
    desk.say(event(ringing("a", KNOWN))).await;
    desk.call().await;
    let heard = desk.store.read(|conn| cursors::get(conn, "test.heard_until")).unwrap();
    assert_eq!(heard.as_deref(), Some(clock()().to_rfc3339().as_str()));
}

#[tokio::test]
async fn the_same_event_twice_is_no_news() {
    let mut desk = desk();
    desk.say(event(ringing("a", KNOWN))).await;
    desk.call().await;
    desk.say(event(ringing("a", KNOWN))).await;
    desk.say(event(ringing("b", KNOWN))).await;
    assert_eq!(desk.call().await.snapshot.key.id, "b");
}

#[tokio::test]
async fn calls_the_provider_no_longer_lists_end_with_what_is_known() {
    let mut desk = desk();
    desk.say(event(talking("talked", KNOWN))).await;
    desk.say(event(ringing("rang", KNOWN))).await;
    desk.say(event(ringing("stays", KNOWN))).await;
    for _ in 0..3 {
        desk.call().await;
    }
    let listed = CallKey { provider: "test".into(), id: "stays".into() };
    desk.say(Event::Live { provider: "test".into(), calls: vec![listed] }).await;
    let ended = [desk.call().await, desk.call().await];
    let result = |id: &str| ended.iter().find(|call| call.snapshot.key.id == id).unwrap().snapshot.result;
    assert_eq!(result("talked"), Some(CallResult::Answered));
    assert_eq!(result("rang"), Some(CallResult::Missed));
    // Both ran at least until the provider was last heard, ten minutes after noon.
    let talked = ended.iter().find(|call| call.snapshot.key.id == "talked").unwrap();
    assert_eq!(talked.snapshot.talk, Duration::from_secs(600 - 4));
    assert_eq!(talked.snapshot.ended_at, Some(noon() + TimeDelta::minutes(10)));
    let live: Vec<String> = desk
        .board()
        .await
        .into_iter()
        .filter(|call| call.snapshot.is_live())
        .map(|call| call.snapshot.key.id)
        .collect();
    assert_eq!(live, ["stays"]);
}

#[tokio::test]
async fn an_empty_list_ends_only_this_providers_calls() {
    let mut desk = desk();
    let mut other = ringing("a", KNOWN);
    other.key.provider = "other".into();
    desk.say(event(other)).await;
    desk.say(event(ringing("a", KNOWN))).await;
    desk.call().await;
    desk.call().await;
    desk.say(Event::Live { provider: "test".into(), calls: vec![] }).await;
    assert_eq!(desk.call().await.snapshot.key.provider, "test");
    assert_eq!(desk.board().await.iter().filter(|call| call.snapshot.is_live()).count(), 1);
}

#[tokio::test]
async fn a_consultation_leaves_the_board_when_it_turns_out_to_be_part_of_a_call() {
    let mut desk = desk();
    desk.say(event(ringing("main", KNOWN))).await;
    desk.say(event(ringing("part", Phone(79440000003)))).await;
    desk.call().await;
    let part = desk.call().await;
    let key = |id: &str| CallKey { provider: "test".into(), id: id.into() };
    desk.say(Event::Merged { gone: key("part"), into: key("main") }).await;
    assert_eq!(desk.change().await, Change::Gone(part.id));
    assert_eq!(desk.board().await.len(), 1);
}

#[tokio::test]
async fn colleagues_calls_are_nobodys_news() {
    let mut desk = desk();
    let internal = Snapshot { direction: Direction::Internal, ..ringing("a", KNOWN) };
    desk.say(event(internal)).await;
    desk.say(event(ringing("b", KNOWN))).await;
    assert_eq!(desk.call().await.snapshot.key.id, "b");
}

#[tokio::test]
async fn the_link_is_told_and_kept() {
    let mut desk = desk();
    let down = Link::Down { since: noon(), reason: "connection refused".into() };
    desk.say(Event::Link(down.clone())).await;
    while desk.change().await != Change::Link(down.clone()) {}
    assert_eq!(desk.engine.link(), down);
}

#[tokio::test]
async fn a_wrap_up_is_saved_told_and_taken_back() {
    let mut desk = desk();
    desk.say(event(ringing("a", KNOWN))).await;
    let call = desk.call().await.id;
    let empty = Request::Save { call, fields: Fields::default() };
    assert_eq!(desk.ask(empty).await, Err(Refusal::Incomplete));

    let Ok(Reply::Directories(directories)) = desk.ask(Request::Directories).await else { panic!() };
    let employee = directories.caller_types.iter().find(|entry| !entry.needs_topic).unwrap();
    let fields =
        Fields {
            caller_type: Some(employee.id), comment: "спросила о смене".into(), ..Fields::default()
        };
    desk.ask(Request::KeepDraft { call, fields: fields.clone() }).await.unwrap();
    desk.ask(Request::Save { call, fields: fields.clone() }).await.unwrap();
    assert!(desk.call().await.wrapped);
    let Ok(Reply::Opened(opened)) = desk.ask(Request::Open(call)).await else { panic!() };
    assert_eq!((opened.wrapup.unwrap().fields, opened.draft), (fields.clone(), None));

    let undone = desk.ask(Request::UndoSave(call)).await;
    assert_eq!(undone, Ok(Reply::Undone { wrapup: None, fields: Box::new(fields) }));
    assert_eq!(desk.ask(Request::UndoSave(call)).await, Err(Refusal::NothingToUndo));
}

#[tokio::test]
async fn a_call_that_bypassed_the_telephony_is_logged_by_hand() {
    let mut desk = desk();
    let manual = ManualCall {
        direction: Direction::Outgoing,
        remote: Remote::Number(KNOWN),
        started_at: noon(),
        talk: Duration::from_secs(120),
        answered: true,
    };
    let Ok(Reply::Logged(id)) = desk.ask(Request::LogByHand(manual)).await else { panic!() };
    let call = desk.call().await;
    assert_eq!((call.id, call.snapshot.result), (id, Some(CallResult::Answered)));
    assert_eq!(call.snapshot.talk, Duration::from_secs(120));
    // It is over, whatever the provider lists.
    desk.say(Event::Live { provider: "test".into(), calls: vec![] }).await;
    desk.say(event(ringing("a", KNOWN))).await;
    assert_eq!(desk.call().await.snapshot.key.id, "a");
}

#[tokio::test]
async fn orders_that_cannot_be_carried_out_say_why() {
    let desk = desk();
    assert_eq!(desk.ask(Request::Dial(KNOWN)).await, Err(Refusal::NoExtension));
    let operator = Operator { employee: None, extension: Some("101".into()) };
    let refused = desk.engine.ask(&operator, Request::Dial(KNOWN)).await;
    assert!(matches!(refused, Err(Refusal::ProviderRefused(reason)) if reason.contains("no such extension")));

    let alone = Engine::alone(desk.store.clone(), ZONE, clock());
    assert_eq!(alone.ask(&operator, Request::Dial(KNOWN)).await, Err(Refusal::ProviderDown));
}

fn limit_pages(store: &Store, count: u32) {
    let sql = format!("PRAGMA max_page_count = {count}");
    store.write(move |tx| Ok(tx.query_row(&sql, [], |_| Ok(()))?)).unwrap();
}

/// A store that refuses for a while, as a full disk does: the writer's own limit on pages.
#[tokio::test]
async fn events_wait_until_the_store_takes_them_again() {
    let mut desk = desk();
    limit_pages(&desk.store, 1);
    let long = "x".repeat(200);
    for nth in 0..40 {
        let crowd = Snapshot { name: Some(long.clone()), ..ringing(&format!("{long}{nth}"), KNOWN) };
        desk.say(event(crowd)).await;
    }
    let refused = loop {
        if let Change::Link(Link::Down { reason, .. }) = desk.change().await {
            break reason;
        }
    };
    assert!(refused.details.contains("disk is full"), "{refused:?}");
    limit_pages(&desk.store, 1_000_000);
    while desk.board().await.len() < 40 {
        desk.change().await;
    }
}

/// Fails as a program fails.
struct Broken;

impl Provider for Broken {
    fn name(&self) -> &'static str {
        "demo"
    }

    fn abilities(&self) -> Abilities {
        Abilities::default()
    }

    async fn run(self, _: mpsc::Sender<Event>, _: mpsc::Receiver<Placed>) {
        panic!("a fault of the adapter")
    }
}

#[tokio::test]
async fn a_failed_provider_does_not_look_healthy() {
    let desk = desk();
    let engine = Engine::start(desk.store.clone(), ZONE, clock(), Broken);
    let mut changes = engine.changes();
    let down = async { while !matches!(changes.recv().await, Ok(Change::Link(Link::Down { .. }))) {} };
    tokio::time::timeout(Duration::from_secs(5), down).await.unwrap();
    assert!(matches!(engine.link(), Link::Down { .. }));
}

#[tokio::test]
async fn hanging_up_is_not_dialling() {
    let folder = TempDir::new().unwrap();
    let store = Store::open(&folder.path().join("test.db")).unwrap();
    let script = pult::telephony::demo::Script::parse(
        "[[call]]\nat = 0\nnumber = \"+79440000001\"\nrings = [\"101\"]\nwait = 0.1\nagent = \"101\"\ntalk = 600\n",
    )
    .unwrap();
    let demo =
        pult::telephony::demo::Demo { script, speed: 1.0, clock: Utc::now, record: Default::default() };
    let engine = Engine::start(store, ZONE, Arc::new(Utc::now), demo);
    let mut changes = engine.changes();
    let call = loop {
        match tokio::time::timeout(Duration::from_secs(5), changes.recv()).await.unwrap().unwrap() {
            Change::Call(call) if call.snapshot.phase == Phase::Talking => break call.id,
            _ => {}
        }
    };
    let operator = Operator { employee: None, extension: Some("101".into()) };
    assert_eq!(engine.ask(&operator, Request::HangUp(call)).await, Ok(Reply::Done));
    assert_eq!(engine.ask(&operator, Request::Dial(KNOWN)).await, Ok(Reply::Dialling));
}

fn all_calls() -> Query {
    let day = noon().date_naive();
    let period = Period { from: day - chrono::Days::new(9), to: day + chrono::Days::new(9) };
    let filter = Filter::default();
    Query { period, kind: Kind::Calls, by: Level::Outcome, then_by: Level::None, filter, compare: None }
}

async fn calls_counted(engine: &Engine) -> u64 {
    match engine.ask(&Operator::default(), Request::Report(all_calls())).await {
        Ok(Reply::Report(table)) => table.total.calls,
        other => panic!("{other:?}"),
    }
}

fn by_hand(minutes: i64) -> Request {
    Request::LogByHand(ManualCall {
        direction: Direction::Incoming,
        remote: Remote::Number(KNOWN),
        started_at: noon() + TimeDelta::minutes(minutes),
        talk: Duration::from_secs(60),
        answered: true,
    })
}

#[tokio::test]
async fn the_report_is_right_to_the_last_call_also_after_a_restart() {
    let desk = desk();
    assert_eq!(calls_counted(&desk.engine).await, 0);
    for minutes in 0..3 {
        desk.ask(by_hand(minutes)).await.unwrap();
        assert_eq!(calls_counted(&desk.engine).await, 1 + minutes as u64);
    }
    desk.engine.close();
    let cache = desk.store.path().with_added_extension("ledger");
    let (_, stamp) = pult::ledger::Ledger::load(&cache, ZONE).unwrap();
    let mark = (stamp >> 64) as u64;
    let is_ours = |conn: &rusqlite::Connection| pult::store::facts::is_marked(conn, mark);
    assert!(desk.store.read(is_ours).unwrap(), "the next start would not believe it");
    let kept = std::fs::read(&cache).unwrap();
    desk.ask(by_hand(10)).await.unwrap();

    // Killed after the cache was written, and before; and whatever became of the cache.
    for cached in [Some(&kept[..]), Some(&kept[..kept.len() / 2]), Some(b"nonsense"), None] {
        match cached {
            Some(bytes) => std::fs::write(&cache, bytes).unwrap(),
            None => std::fs::remove_file(&cache).unwrap(),
        }
        let again = Engine::alone(desk.store.clone(), ZONE, clock());
        assert_eq!(calls_counted(&again).await, 4);
    }
}

/// The demo's own outage, played a hundred times as fast: what nobody was told of is there afterwards.
#[tokio::test]
async fn a_played_outage_heals() {
    let folder = TempDir::new().unwrap();
    let store = Store::open(&folder.path().join("test.db")).unwrap();
    let call = |at: u32| format!("[[call]]\nat = {at}\nnumber = \"+79440000001\"\nwait = 5\n");
    let script = format!("{}{}[[outage]]\nat = 10\nseconds = 60\n", call(20), call(40));
    let script = pult::telephony::demo::Script::parse(&script).unwrap();
    let record = pult::telephony::demo::Record::default();
    let demo = pult::telephony::demo::Demo { script, speed: 100.0, clock: Utc::now, record: record.clone() };
    let archive = Archive { histories: vec![Arc::new(record)], recordings: None };
    let outside = Outside { archive, ..Outside::from(demo) };
    let engine = Engine::start(store, ZONE, Arc::new(Utc::now), outside);
    let mut changes = engine.changes();
    loop {
        let change = tokio::time::timeout(Duration::from_secs(5), changes.recv()).await.unwrap().unwrap();
        if let Change::Gap(gap) = change
            && gap.ended_at.is_some()
            && let Restored::Counted { whole, found } = gap.restored
        {
            assert_eq!((whole, found), (2, 2));
            return;
        }
    }
}
