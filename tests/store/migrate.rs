//! A store of the first version, with something in every table, becomes one of today whole.

use std::path::Path;

use pult::domain::id::CallId;
use pult::store::{Store, calls, people};
use rusqlite::Connection;

use crate::given::{NUMBER, assert_sound, key};

const FIRST: &str = include_str!("../../src/store/migrations/0001_first.sql");

/// Written with short ids (see `blobs`): a person with everything that leans on people and on calls.
const DATA: &str = "
    INSERT INTO families (id, changed_at) VALUES (zeroblob(15) || x'f1', 0);
    INSERT INTO people (id, kind, name, surname_key, given_key, rest_key, family, changed_at) VALUES
        (zeroblob(15) || x'a1', 'patient', 'Иванова Анна', 'иванова', 'анна', '', zeroblob(15) || x'f1', 0);
    INSERT INTO people (id, kind, name, surname_key, given_key, rest_key, parent, changed_at) VALUES
        (zeroblob(15) || x'a2', 'patient', 'Иванов Пётр', 'иванов', 'петр', '', zeroblob(15) || x'a1', 0);
    INSERT INTO person_phones VALUES (zeroblob(15) || x'a1', 79161234567, 1, 0, NULL);
    INSERT INTO accounts (person, balance, changed_at) VALUES (zeroblob(15) || x'a1', 5, 0);
    INSERT INTO policies VALUES (zeroblob(15) || x'b1', zeroblob(15) || x'a1', 'СК', '1', '2026-01-01', '2026-12-31', 0, NULL);
    INSERT INTO employees (person, extension, changed_at) VALUES (zeroblob(15) || x'a2', '101', 0);
    INSERT INTO visits (id, patient, doctor, starts_at, minutes, stage, changed_at) VALUES
        (zeroblob(15) || x'd1', zeroblob(15) || x'a1', 'Орлов', 1, 30, 'held', 0);
    INSERT INTO visit_events VALUES (zeroblob(15) || x'd1', 'booked', 1, 0, NULL);
    INSERT INTO calls (id, provider, provider_id, direction, phone, phase, result, started_at, ended_at, wait_ms,
        talk_ms, hold_ms, person, changed_at) VALUES
        (zeroblob(15) || x'c2', 'asterisk', 'late', 'in', 79161234567, 'ended', 'answered', 9, 10, 0, 0, 0, zeroblob(15) || x'a1', 0),
        (zeroblob(15) || x'c1', 'asterisk', 'early', 'in', 79161234567, 'ended', 'missed', 1, 2, 0, 0, 0, NULL, 0);
    INSERT INTO call_transfers VALUES (zeroblob(15) || x'c2', 0, 'blind', '102', 7, 0, NULL);
    INSERT INTO wrapups (call, revision, who, who_text, comment, changed_at) VALUES
        (zeroblob(15) || x'c2', 1, zeroblob(15) || x'a1', '', 'Ёлка', 0);
    INSERT INTO drafts (call, who_text, comment, changed_at) VALUES (zeroblob(15) || x'c1', '', 'позже', 0);
    UPDATE people SET remembered_by = zeroblob(15) || x'c1' WHERE id = zeroblob(15) || x'a2';
    PRAGMA application_id = 1886743668;
    PRAGMA user_version = 1;";

const TABLES: [&str; 12] = [
    "families",
    "people",
    "person_phones",
    "accounts",
    "policies",
    "employees",
    "visits",
    "visit_events",
    "calls",
    "call_transfers",
    "wrapups",
    "drafts",
];

fn first_version(path: &Path) -> Vec<i64> {
    let file = Connection::open(path).unwrap();
    file.execute_batch(FIRST).unwrap();
    file.execute_batch(&blobs(DATA)).unwrap();
    counts(&file)
}

/// `zeroblob(15) || x'a1'` would be text: writes the sixteen bytes out.
fn blobs(sql: &str) -> String {
    sql.replace("zeroblob(15) || x'", &format!("x'{}", "00".repeat(15)))
}

fn counts(file: &Connection) -> Vec<i64> {
    let count = |table: &&str| {
        file.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
    };
    TABLES.iter().map(count).collect()
}

#[test]
fn a_store_of_the_first_version_comes_over_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pult.db");
    let before = first_version(&path);
    assert_eq!(before, [1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1]);
    let store = Store::open(&path).unwrap();
    let late = store.read(|conn| calls::id_of(conn, &key("late"))).unwrap();
    assert_eq!(late.map(|CallId(id)| id.as_u128()), Some(0xc2));
    assert!(matches!(
        store.read(|conn| people::recognise(conn, NUMBER)).unwrap(),
        pult::domain::desk::Recognition::One(_)
    ));
    drop(store);
    let file = Connection::open(&path).unwrap();
    assert_eq!(counts(&file), before, "nothing was deleted along with the tables");
    let numbers =
        "SELECT group_concat(number || provider_id, ' ') FROM (SELECT * FROM calls ORDER BY number)";
    let numbers: String = file.query_row(numbers, [], |row| row.get(0)).unwrap();
    assert_eq!(numbers, "1late 2early", "numbers follow the order of writing, not of time");
    let found = "SELECT group_concat(rowid) FROM call_comments WHERE call_comments MATCH 'елка'";
    assert_eq!(file.query_row(found, [], |row| row.get::<_, String>(0)).unwrap(), "1");
    assert_sound(&path);
}

#[test]
fn a_number_is_never_given_twice_and_stays_when_the_file_is_packed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pult.db");
    first_version(&path);
    drop(Store::open(&path).unwrap());
    let file = Connection::open(&path).unwrap();
    let call = "INSERT INTO calls (id, provider, provider_id, direction, phase, result, started_at, wait_ms, talk_ms,
        hold_ms, changed_at) VALUES (randomblob(16), 'asterisk', ?1, 'in', 'ended', 'missed', 1, 0, 0, 0, 0)
        RETURNING number";
    let add = |name: &str| file.query_row(call, [name], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(add("third"), 3);
    file.execute("DELETE FROM calls WHERE number = 3", []).unwrap();
    file.execute_batch("VACUUM").unwrap();
    assert_eq!(add("fourth"), 4);
    let early: i64 =
        file.query_row("SELECT number FROM calls WHERE provider_id = 'early'", [], |row| row.get(0)).unwrap();
    assert_eq!(early, 2);
}
