//! Calls by the words of their comments: the standing ones, whatever was typed to look for.

use pult::domain::fact::{CallNumber, Numbers};
use pult::domain::id::CallId;
use pult::domain::report::Filter;
use pult::domain::wrapup::Fields;
use pult::store::{calls, facts, wrapups};
use rusqlite::Connection;

use crate::given::{Desk, NUMBER, answered, author, desk, key};

fn says(desk: &Desk, call: CallId, comment: &str) {
    let fields = Fields { comment: comment.into(), ..Fields::default() };
    desk.store.write(move |tx| wrapups::save(tx, call, &fields, &author())).unwrap();
}

/// Whether the last call is found.
fn found(desk: &Desk, text: &str) -> bool {
    let filter = Filter { text: text.into(), ..Filter::default() };
    let numbers = desk.store.read(|conn| facts::matching(conn, &filter)).unwrap().unwrap();
    let number =
        desk.store.read(|conn| Ok(conn.query_row("SELECT max(number) FROM calls", [], |row| row.get(0))?));
    numbers.contains(CallNumber(number.unwrap()))
}

#[test]
fn all_words_are_looked_for_each_from_its_beginning_and_yo_is_ye() {
    let desk = desk();
    let call = desk.record(answered("1", NUMBER));
    says(&desk, call, "Ёлкин: перенёс на завтра, №5");
    for text in ["елк", "ЁЛКИН", "завтра перенес", "перенёс 5", "на", "е\u{308}лкин"]
    {
        assert!(found(&desk, text), "{text}");
    }
    for text in ["лкин", "завтра вчера", "55"] {
        assert!(!found(&desk, text), "{text}");
    }
}

#[test]
fn what_is_typed_is_never_a_query_of_its_own() {
    let desk = desk();
    let call = desk.record(answered("1", NUMBER));
    says(&desk, call, "боль");
    for text in [
        "боль OR зуб",
        "NOT боль зуб",
        "\"боль зуб",
        "comment:зуб",
        "NEAR(боль зуб)",
        "зуб*) OR (боль",
        "'; DROP",
    ] {
        assert!(!found(&desk, text), "{text}");
    }
    assert!(found(&desk, "\"боль\"*^"));
    let asked = |text: &str, number: &str| {
        let filter = Filter { text: text.into(), number: number.into(), ..Filter::default() };
        desk.store.read(|conn| facts::matching(conn, &filter)).unwrap()
    };
    assert_eq!(asked(" ", ""), None, "nothing is asked");
    assert_eq!(asked(" …!", ""), Some(Numbers::default()), "what has no word is found nowhere");
    assert_eq!(asked("", "+"), Some(Numbers::default()));
}

#[test]
fn only_the_standing_comment_is_found_also_after_an_undo() {
    let desk = desk();
    let call = desk.record(answered("1", NUMBER));
    says(&desk, call, "первый");
    says(&desk, call, "второй");
    assert_eq!((found(&desk, "первый"), found(&desk, "второй")), (false, true));
    desk.store.write(move |tx| wrapups::undo(tx, call, &author())).unwrap();
    assert_eq!((found(&desk, "первый"), found(&desk, "второй")), (true, false));
    says(&desk, call, "");
    assert!(!found(&desk, "первый"));
}

#[test]
fn a_comment_goes_with_its_call_into_the_whole() {
    let desk = desk();
    let part = desk.record(answered("part", NUMBER));
    says(&desk, part, "часть");
    desk.record(answered("whole", NUMBER));
    assert!(!found(&desk, "часть"));
    desk.store.write(|tx| calls::merge(tx, &key("part"), &key("whole"), &author())).unwrap();
    assert!(found(&desk, "часть"));
}

/// Behind the desk's back.
fn damage(desk: &Desk, sql: &str) {
    Connection::open(&desk.path).unwrap().execute_batch(sql).unwrap();
}

#[test]
fn a_damaged_index_is_made_anew_with_all_there_was() {
    for damaged in [
        "UPDATE call_comments_data SET block = x'00'",
        "UPDATE call_comments_data SET block = x'ffffffffffff' WHERE id = 10",
        "DELETE FROM call_comments_data",
        "UPDATE call_comments_docsize SET sz = x''",
        "DELETE FROM call_comments_docsize",
    ] {
        let desk = desk();
        let call = desk.record(answered("1", NUMBER));
        let second = desk.record(answered("2", NUMBER));
        says(&desk, call, "первый");
        says(&desk, second, "второй");
        damage(&desk, damaged);
        says(&desk, second, "новый");
        says(&desk, second, "последний");
        assert!(found(&desk, "последний") && !found(&desk, "новый"), "{damaged}");
        let all = Filter { text: "перв".into(), ..Filter::default() };
        let numbers = desk.store.read(|conn| facts::matching(conn, &all)).unwrap().unwrap();
        assert!(numbers.contains(CallNumber(1)), "{damaged}");
    }
}

#[test]
fn an_index_that_cannot_be_written_never_refuses_a_comment() {
    let desk = desk();
    let call = desk.record(answered("1", NUMBER));
    damage(&desk, "DROP TABLE call_comments_docsize");
    says(&desk, call, "первый");
    let saved = desk.store.read(|conn| wrapups::get(conn, call)).unwrap().unwrap();
    assert_eq!(saved.fields.comment, "первый");
    damage(&desk, "CREATE TABLE call_comments_docsize (id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER)");
    let second = desk.record(answered("2", NUMBER));
    says(&desk, second, "второй");
    assert!(found(&desk, "второй"));
    let earlier = Filter { text: "первый".into(), ..Filter::default() };
    let numbers = desk.store.read(|conn| facts::matching(conn, &earlier)).unwrap().unwrap();
    assert!(numbers.contains(CallNumber(1)), "indexed as soon as it could be");
}
