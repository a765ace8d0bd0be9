//! Opening: migrations, versions, files that are not ours, and one owner at a time.

use std::time::{Duration, Instant};

use std::fs;

use pult::domain::directory::CallerType;
use pult::domain::person::PersonKind;
use pult::store::{Error, Store, directories, people};
use rusqlite::Connection;

use crate::given::{NUMBER, assert_sound, author, desk};

#[test]
fn a_new_file_has_the_missions_caller_types() {
    let desk = desk();
    let directories = desk.store.read(directories::all).unwrap();
    let names: Vec<_> = directories.caller_types.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Пациент. Хочет записаться",
            "Пациент. Уже записан",
            "Пациент. Лист ожидания",
            "Пациент. Задача CRM",
            "Пациент. Наполнение",
            "Сотрудник",
            "Прочие и контрагенты"
        ]
    );
    let needing = |entry: &&CallerType| entry.needs_topic && entry.counts;
    assert_eq!(directories.caller_types.iter().filter(needing).count(), 5);
    assert_eq!(directories.type_set_by(PersonKind::Employee).unwrap().name, "Сотрудник");
    assert_eq!(directories.type_set_by(PersonKind::Counterparty).unwrap().name, "Прочие и контрагенты");
    assert!(directories.type_set_by(PersonKind::Patient).is_none());
}

#[test]
fn a_file_opens_again_with_what_was_written() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("pult.db");
    let anna = people::NewPerson::named(PersonKind::Patient, "Иванова Анна");
    let id = Store::open(&path).unwrap().write(move |tx| people::add(tx, anna, &author())).unwrap();
    let brief = Store::open(&path).unwrap().read(|conn| people::brief(conn, id)).unwrap();
    assert_eq!(brief.unwrap().name, "Иванова Анна");
    assert_sound(&path);
}

#[test]
fn the_log_is_written_ahead_and_flushed_at_each_commit() {
    let desk = desk();
    let settings = desk
        .store
        .write(|tx| {
            let pragma = |name| tx.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
            let journal: String = tx.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
            Ok((journal, pragma("synchronous")?, pragma("foreign_keys")?))
        })
        .unwrap();
    assert_eq!(settings, ("wal".into(), 2, 1));
}

#[test]
fn a_file_of_a_newer_pult_is_refused_and_left_alone() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("pult.db");
    drop(Store::open(&path).unwrap());
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 999).unwrap();

    let refused = Store::open(&path).err().unwrap();
    assert!(matches!(refused, Error::Newer { found: 999, .. }), "{refused}");
    assert!(refused.to_string().contains("update pult"), "{refused}");
    assert!(matches!(Store::open_shared(&path), Err(Error::Newer { .. })));
    let version: u32 =
        Connection::open(&path).unwrap().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(version, 999);
}

#[test]
fn a_file_that_is_no_store_is_refused_and_left_alone() {
    let directory = tempfile::tempdir().unwrap();
    let text = directory.path().join("notes.txt");
    fs::write(&text, "not a database, only some notes\n".repeat(99)).unwrap();
    assert!(matches!(Store::open(&text), Err(Error::NotAStore(_))));
    assert!(fs::read_to_string(&text).unwrap().starts_with("not a database"));

    let other = directory.path().join("other.db");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE theirs (x)").unwrap();
    let before = fs::read(&other).unwrap();
    assert!(matches!(Store::open(&other), Err(Error::NotAStore(_))));
    assert!(matches!(Store::open_shared(&other), Err(Error::NotAStore(_))));
    assert_eq!(fs::read(&other).unwrap(), before);
}

#[test]
fn a_missing_file_is_not_made_by_a_reader() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("pult.db");
    assert!(matches!(Store::open_shared(&path), Err(Error::Io { .. })));
    assert!(!path.exists());
}

#[test]
fn a_second_owner_is_refused_until_the_first_is_gone() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("pult.db");
    let first = Store::open(&path).unwrap();
    let refused = Store::open(&path).err().unwrap();
    assert!(matches!(refused, Error::Locked(_)), "{refused}");
    assert!(refused.to_string().contains("in use"), "{refused}");

    let another_handle = first.clone();
    drop(first);
    assert!(Store::open(&path).is_err(), "a clone still owns it");
    drop(another_handle);
    // A process another test is just starting holds a copy of every open file until it has begun.
    let begun = Instant::now();
    while Store::open(&path).is_err() {
        assert!(begun.elapsed() < Duration::from_secs(5), "the lock stays");
    }
}

#[test]
fn a_reader_beside_the_desk_sees_commits_and_cannot_write() {
    let desk = desk();
    let beside = Store::open_shared(&desk.path).unwrap();
    desk.patient("Иванов Пётр", &[NUMBER]);
    let known = beside.read(|conn| people::recognise(conn, NUMBER)).unwrap();
    assert!(matches!(known, pult::domain::desk::Recognition::One(_)));
    assert!(matches!(beside.write(|_| Ok(())), Err(Error::ReadOnly)));
    let tried = beside.read(|conn| Ok(conn.execute("DELETE FROM people", [])?));
    assert!(matches!(tried, Err(Error::ReadOnly)));
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_written_says_so() {
    use std::os::unix::fs::PermissionsExt;

    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("pult.db");
    drop(Store::open(&path).unwrap());
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    // Root writes everywhere: then there is nothing to refuse.
    if fs::OpenOptions::new().write(true).open(&path).is_err() {
        assert!(matches!(Store::open(&path), Err(Error::ReadOnly)));
    }
}

#[cfg(unix)]
#[test]
fn what_is_new_is_its_owners_alone_and_what_was_there_stays_as_it_was() {
    use std::os::unix::fs::PermissionsExt;

    let directory = tempfile::tempdir().unwrap();
    let folder = directory.path().join("share/pult");
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let store = Store::open(&folder.join("pult.db")).unwrap();
    store.write(|tx| Ok(tx.execute_batch("UPDATE topics SET name = name")?)).unwrap();
    for name in ["pult.db", "pult.db-wal", "pult.db-shm", "pult.db-lock"] {
        assert_eq!(mode(&folder.join(name)), 0o600, "{name}");
    }
    assert_eq!((mode(&folder), mode(folder.parent().unwrap())), (0o700, 0o700));

    drop(store);
    fs::set_permissions(folder.join("pult.db"), fs::Permissions::from_mode(0o640)).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o750)).unwrap();
    Store::open(&folder.join("pult.db")).unwrap();
    assert_eq!((mode(&folder.join("pult.db")), mode(&folder)), (0o640, 0o750));
}
