//! The writer: many at once, failures beside successes, a full disk.

use std::thread;

use pult::store::{Error, cursors, journal};
use rusqlite::Transaction;

use crate::given::{assert_sound, author, desk};

fn set(tx: &Transaction, name: &str, value: &str) -> Result<(), Error> {
    cursors::set(tx, name, value, &author())
}

#[test]
fn many_threads_write_and_each_is_answered_with_its_own() {
    let desk = desk();
    thread::scope(|scope| {
        for thread in 0..8 {
            let store = desk.store.clone();
            scope.spawn(move || {
                for step in 0..50 {
                    let name = format!("{thread}/{step}");
                    let written = name.clone();
                    let told = store
                        .write(move |tx| {
                            set(tx, &name, "done")?;
                            Ok(name)
                        })
                        .unwrap();
                    assert_eq!(told, written);
                    let read = store.read(|conn| cursors::get(conn, &written)).unwrap();
                    assert_eq!(read.as_deref(), Some("done"), "acknowledged is visible");
                }
            });
        }
    });
    assert_sound(&desk.path);
}

#[test]
fn a_job_that_panics_is_refused_and_the_store_goes_on() {
    let desk = desk();
    desk.store.write(|tx| set(tx, "before", "1")).unwrap();
    let refused = desk.store.write(|tx| -> Result<(), Error> {
        set(tx, "half", "1")?;
        panic!("a fault in a job, as this test wants it")
    });
    assert!(matches!(refused, Err(Error::Fault)), "{refused:?}");
    desk.store.write(|tx| set(tx, "after", "1")).unwrap();
    let read = |name| desk.store.read(|conn| cursors::get(conn, name)).unwrap();
    assert_eq!(["before", "half", "after"].map(|name| read(name).is_some()), [true, false, true]);
}

#[test]
fn a_job_that_fails_takes_back_only_its_own() {
    let desk = desk();
    thread::scope(|scope| {
        for thread in 0..8 {
            let store = desk.store.clone();
            scope.spawn(move || {
                for step in 0..25 {
                    let outcome = store.write(move |tx| {
                        set(tx, &format!("{thread}/{step}"), "written")?;
                        match step % 2 {
                            0 => Ok(()),
                            _ => Err(Error::Refused("не подошло".into())),
                        }
                    });
                    assert_eq!(outcome.is_ok(), step % 2 == 0);
                }
            });
        }
    });
    let count = |sql: &'static str| {
        desk.store.read(move |conn| Ok(conn.query_row(sql, [], |row| row.get::<_, u32>(0))?)).unwrap()
    };
    assert_eq!(count("SELECT count(*) FROM cursors"), 8 * 13);
}

#[test]
fn a_reader_sees_one_moment_and_does_not_wait() {
    let desk = desk();
    desk.store.write(|tx| set(tx, "uis", "1")).unwrap();
    desk.store
        .read(|conn| {
            assert_eq!(cursors::get(conn, "uis")?.as_deref(), Some("1"));
            desk.store.write(|tx| set(tx, "uis", "2"))?;
            assert_eq!(cursors::get(conn, "uis")?.as_deref(), Some("1"), "still the moment it began with");
            Ok(())
        })
        .unwrap();
    assert_eq!(desk.store.read(|conn| cursors::get(conn, "uis")).unwrap().as_deref(), Some("2"));
}

#[test]
fn a_full_disk_is_said_plainly_and_loses_nothing_else() {
    let desk = desk();
    desk.store.write(|tx| set(tx, "kept", "1")).unwrap();
    let pages: u32 =
        desk.store.write(|tx| Ok(tx.pragma_query_value(None, "page_count", |row| row.get(0))?)).unwrap();
    let limit = |pages: u32| {
        desk.store.write(move |tx| Ok(tx.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?))
    };
    limit(pages).unwrap();
    let store = desk.store.clone();
    let refused = store.write(|tx| set(tx, "large", &"x".repeat(100_000))).unwrap_err();
    assert!(matches!(refused, Error::DiskFull), "{refused}");
    assert!(refused.to_string().contains("disk is full"), "{refused}");
    limit(pages + 1000).unwrap();
    store.write(|tx| set(tx, "large", "now")).unwrap();
    assert_eq!(store.read(|conn| cursors::get(conn, "kept")).unwrap().as_deref(), Some("1"));
}

#[test]
fn the_journal_keeps_who_did_what_to_whom() {
    let desk = desk();
    let employee = desk.patient("Администратор", &[]);
    let by = pult::store::Author { employee: Some(employee), ..author() };
    desk.store.write(move |tx| journal::note(tx, "person.phone", "0192", &by)).unwrap();
    let noted = desk
        .store
        .read(|conn| {
            let sql = "SELECT action, subject, changed_by FROM journal";
            Ok(conn.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)
        })
        .unwrap();
    assert_eq!(noted, ("person.phone".to_owned(), "0192".to_owned(), employee.0));
}
