//! A file from a key to the disk: a whole session on an engine and a store, without a terminal.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::io;
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use calamine::{Data, Reader as _, Xlsx, open_workbook};
use chrono::Utc;
use pult::desk::{Event, Key, Keymap, Language, ReportNorms, RingKind, Setup, Theme};
use pult::domain::call::Direction;
use pult::domain::desk::{ManualCall, Reply, Request};
use pult::domain::id::PersonId;
use pult::domain::person::PersonKind;
use pult::domain::phone::{Phone, Remote};
use pult::engine::{Clock, Engine, Operator};
use pult::host::session::{Seat, Session};
use pult::host::sound::NoOutlet;
use pult::store::people::NewPerson;
use pult::store::{Author, Store, people};
use tempfile::TempDir;
use tokio::io::AsyncWrite;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

const ZONE: chrono_tz::Tz = chrono_tz::Europe::Moscow;

/// What a terminal would show.
#[derive(Clone)]
struct Screen(Arc<Mutex<vt100::Parser>>);

impl AsyncWrite for Screen {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.0.lock().unwrap().process(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

struct Desk {
    keys: mpsc::Sender<Event>,
    screen: Screen,
    session: JoinHandle<io::Result<()>>,
    store: Store,
    operator: PersonId,
    exports: PathBuf,
    _home: TempDir,
}

async fn desk() -> Desk {
    let home = TempDir::new().unwrap();
    let store = Store::open(&home.path().join("test.db")).unwrap();
    let author = Author { employee: None, at: Utc::now() };
    let anna = NewPerson::named(PersonKind::Employee, "Смирнова Анна");
    let operator = store.write(move |tx| people::add(tx, anna, &author)).unwrap();
    let clock: Clock = Arc::new(Utc::now);
    let engine = Engine::alone(store.clone(), ZONE, clock.clone());
    let sits = Operator { employee: Some(operator), extension: None };
    log_a_call(&engine, &sits).await;
    let cells = |count| NonZeroU16::new(count).unwrap();
    let screen = Screen(Arc::new(Mutex::new(vt100::Parser::new(cells(40), cells(200), 0))));
    let exports = home.path().join("exports");
    let seat = Seat {
        operator: sits,
        setup: setup(operator),
        exports: exports.clone(),
        outlet: Err(NoOutlet::Unknown),
    };
    let (keys, events) = mpsc::channel(16);
    let session = tokio::spawn(Session::new(engine, seat, clock, screen.clone()).run(events));
    Desk { keys, screen, session, store, operator, exports, _home: home }
}

async fn log_a_call(engine: &Engine, operator: &Operator) {
    let call = ManualCall {
        direction: Direction::Incoming,
        remote: Remote::Number(Phone(79_161_234_567)),
        answered: true,
        started_at: Utc::now() - Duration::from_secs(120),
        talk: Duration::from_secs(60),
    };
    let logged = engine.ask(operator, Request::LogByHand(call)).await;
    assert!(matches!(logged, Ok(Reply::Logged(_))), "{logged:?}");
}

fn setup(operator: PersonId) -> Setup {
    Setup {
        operator: Some(operator),
        operator_name: "Анна".into(),
        extension: None,
        language: Language::Ru,
        words: None,
        zone: ZONE,
        theme: Theme::preset("dark").unwrap(),
        keymap: Keymap::from_toml(None).unwrap(),
        ascii: false,
        ring: RingKind::Off,
        norms: ReportNorms::default(),
        abilities: Default::default(),
        size: (200, 40),
    }
}

impl Desk {
    async fn press(&self, keys: &str) {
        for name in keys.split_whitespace() {
            self.keys.send(Event::Key(name.parse::<Key>().unwrap())).await.unwrap();
        }
    }

    async fn see(&self, text: &str) {
        for _ in 0..2_000 {
            if self.text().contains(text) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("no {text:?} on\n{}", self.text());
    }

    fn text(&self) -> String {
        self.screen.0.lock().unwrap().screen().contents()
    }

    fn files(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(&self.exports)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// What the journal says of exports: who, and what.
    fn journal(&self) -> Vec<(Option<uuid::Uuid>, String)> {
        let sql = "SELECT changed_by, subject FROM journal WHERE action = 'export' ORDER BY rowid";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        self.store
            .read(|connection| {
                let mut statement = connection.prepare(sql)?;
                Ok(statement.query_map([], read)?.collect::<Result<_, _>>()?)
            })
            .unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_and_a_list_become_files_and_the_journal_knows_who_took_them() {
    let desk = desk().await;
    desk.press("f6 1").await;
    desk.see("Итого").await;
    desk.press("e 1").await;
    desk.see("Сохранено: pult-").await;
    desk.press("enter").await;
    desk.press("down").await;
    desk.press("enter").await;
    desk.see("916 123-45-67").await;
    desk.press("e 1").await;
    desk.see("calls.xlsx").await;
    desk.press("e 1").await;
    desk.see("calls-2.xlsx").await;

    let files = desk.files();
    assert_eq!(files.len(), 3, "{files:?}");
    let list = files.iter().find(|name| name.ends_with("-calls.xlsx")).expect("the list");
    let mut book: Xlsx<_> = open_workbook(desk.exports.join(list)).unwrap();
    let sheet = book.worksheet_range("История общения").unwrap();
    assert_eq!(sheet.height(), 2);
    assert_eq!(sheet.get((1, 2)), Some(&Data::String("+7 916 123-45-67".into())));

    let journal = desk.journal();
    assert_eq!(journal.len(), 3);
    assert!(journal.iter().all(|(who, _)| *who == Some(desk.operator.0)));
    assert!(
        journal[0].1.starts_with("xlsx table ") && journal[1].1.starts_with("xlsx calls "),
        "{journal:?}"
    );
    assert!(journal.iter().all(|(_, said)| !said.contains("916")), "{journal:?}");

    desk.press("e 2 f10").await;
    desk.session.await.unwrap().unwrap();
    let files: Vec<String> =
        fs::read_dir(&desk.exports).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    assert!(files.iter().any(|name| name.ends_with(".csv")), "written though the desk was left: {files:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_cannot_be_made_is_said() {
    let desk = desk().await;
    fs::write(&desk.exports, "in the way").unwrap();
    desk.press("f6 1").await;
    desk.see("Итого").await;
    desk.press("e 1").await;
    desk.see("Файл не записан").await;
    desk.press("f10").await;
    desk.session.await.unwrap().unwrap();
}
