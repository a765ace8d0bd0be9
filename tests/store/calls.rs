//! Ingesting: twice, late, out of order.

use std::cell::Cell;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use pult::domain::call::{CallResult, Direction, Phase, Snapshot, Transfer, TransferKind};
use pult::domain::clinic::{CallRecord, Numbered};
use pult::domain::desk::Recognition;
use pult::domain::id::CallId;
use pult::domain::person::{PersonKind, PersonPhone};
use pult::domain::phone::{Phone, Remote};
use pult::domain::wrapup::Fields;
use pult::store::clinic::{Records, put};
use pult::store::people::NewPerson;
use pult::store::{Author, Error, calls, wrapups};

use crate::given::{Desk, NUMBER, answered, at, author, desk, key, missed, ringing, talking};

#[test]
fn a_snapshot_comes_back_as_it_was() {
    let desk = desk();
    let mut whole = answered("1", NUMBER);
    whole.name = Some("IVANOVA".into());
    whole.queue = Some("sales".into());
    whole.recording = Some("2026/1.mp3".into());
    whole.transfers = vec![
        Transfer { kind: TransferKind::Blind, to: "102".into(), talk: Duration::from_millis(1500) },
        Transfer { kind: TransferKind::Attended, to: "200".into(), talk: Duration::ZERO },
    ];
    let id = desk.record(whole.clone());
    assert_eq!(desk.stored(id), whole);
    for (id, remote) in [("2", Remote::Withheld), ("3", Remote::Other("101".into()))] {
        let id = desk.record(Snapshot { remote: remote.clone(), ..answered(id, NUMBER) });
        assert_eq!(desk.stored(id).remote, remote);
    }
}

#[test]
fn the_same_snapshot_again_changes_nothing() {
    let desk = desk();
    let mut call = talking("1", NUMBER);
    call.wait = Duration::from_nanos(8_000_000_123);
    let again = call.clone();
    let (first, second) = desk
        .store
        .write(move |tx| Ok((calls::record(tx, &call, &author())?, calls::record(tx, &again, &author())?)))
        .unwrap();
    assert!(first.changed);
    assert_eq!((second.id, second.changed), (first.id, false), "less than a millisecond is no change");
}

#[test]
fn an_ended_call_is_not_reopened_and_takes_its_recording_later() {
    let desk = desk();
    let id = desk.record(answered("1", NUMBER));
    desk.record(ringing("1", NUMBER));
    desk.record(talking("1", NUMBER));
    assert_eq!(desk.stored(id), answered("1", NUMBER));
    desk.record(Snapshot { recording: Some("1.mp3".into()), ..answered("1", NUMBER) });
    assert_eq!(desk.stored(id).recording.as_deref(), Some("1.mp3"));
    assert!(desk.store.read(calls::live).unwrap().is_empty());
}

#[test]
fn a_late_ringing_does_not_undo_the_answer() {
    let desk = desk();
    let id = desk.record(talking("1", NUMBER));
    desk.record(ringing("1", NUMBER));
    assert_eq!(desk.stored(id), talking("1", NUMBER));
}

#[test]
fn hold_and_back_follow_the_order_of_arrival() {
    let desk = desk();
    let id = desk.record(talking("1", NUMBER));
    desk.record(Snapshot { phase: Phase::OnHold, ..talking("1", NUMBER) });
    assert_eq!(desk.stored(id).phase, Phase::OnHold);
    desk.record(Snapshot { hold: Duration::from_secs(5), ..talking("1", NUMBER) });
    assert_eq!((desk.stored(id).phase, desk.stored(id).hold), (Phase::Talking, Duration::from_secs(5)));
}

#[test]
fn a_provider_that_restarted_takes_no_facts_away() {
    let desk = desk();
    let mut before = talking("1", NUMBER);
    before.queue = Some("sales".into());
    before.hold = Duration::from_secs(4);
    let id = desk.record(before.clone());
    desk.record(missed("1", NUMBER));
    let after = desk.stored(id);
    assert_eq!(after.result, Some(CallResult::Answered), "what was answered did not end as missed");
    assert_eq!((after.agent, after.queue, after.hold), (before.agent, before.queue, before.hold));
}

#[test]
fn a_later_word_corrects_the_figures_and_keeps_the_recording() {
    let desk = desk();
    let first = Snapshot { recording: Some("1.mp3".into()), ..answered("1", NUMBER) };
    let id = desk.record(first);
    let counted = Duration::from_secs(55);
    desk.record(Snapshot { wait: Duration::from_secs(7), talk: counted, ..answered("1", NUMBER) });
    let stored = desk.stored(id);
    assert_eq!((stored.wait, stored.talk), (Duration::from_secs(7), counted));
    assert_eq!(stored.recording.as_deref(), Some("1.mp3"));
    desk.record(Snapshot { talk: Duration::from_secs(99), ..talking("1", NUMBER) });
    assert_eq!(desk.stored(id), stored, "an old one that comes late corrects nothing");
}

#[test]
fn talk_told_too_long_shrinks_while_the_call_lives() {
    let desk = desk();
    let told = |seconds| Snapshot { talk: Duration::from_secs(seconds), ..talking("1", NUMBER) };
    let id = desk.record(told(7));
    desk.record(told(2));
    assert_eq!(desk.stored(id).talk, Duration::from_secs(2));
}

#[test]
fn an_estimate_of_a_provider_that_joined_later_moves_no_moment() {
    let desk = desk();
    let id = desk.record(talking("1", NUMBER));
    let guess = |snapshot| Snapshot { started_at: at(1), answered_at: Some(at(2)), ..snapshot };
    desk.record(guess(talking("1", NUMBER)));
    desk.record(guess(answered("1", NUMBER)));
    desk.record(Snapshot { talk: Duration::from_secs(59), ..guess(answered("1", NUMBER)) });
    let stored = desk.stored(id);
    assert_eq!((stored.started_at, stored.answered_at), (at(0), Some(at(8))));
    assert_eq!(stored.talk, Duration::from_secs(59), "its count of the whole is taken");
}

/// A whole call as a provider tells it, its facts coming one by one.
fn history() -> impl Strategy<Value = Vec<Snapshot>> {
    let facts = (any::<bool>(), any::<bool>(), 0..3_usize, any::<bool>(), any::<bool>());
    facts.prop_map(|(answers, held, transfers, named, recorded)| {
        let queued = Snapshot { queue: Some("sales".into()), ..ringing("x", NUMBER) };
        let waiting = Snapshot { phase: Phase::Waiting, ringing: vec![], ..queued.clone() };
        let mut story = vec![ringing("x", NUMBER), waiting, queued];
        let mut end = missed("x", NUMBER);
        if answers {
            end = answered("x", NUMBER);
            story.extend(conversation(held, transfers));
            end.hold = Duration::from_secs(if held { 3 } else { 0 });
            end.transfers = handed_on(transfers);
        }
        end.queue = Some("sales".into());
        story.push(end.clone());
        end.name = named.then(|| "IVANOV".into());
        end.recording = recorded.then(|| "x.mp3".into());
        story.push(end);
        story
    })
}

/// What the provider counts when all is over, a little less than what was told first.
fn corrected(story: &[Snapshot]) -> Snapshot {
    let end = story.last().unwrap();
    let less = |figure: Duration| figure.saturating_sub(Duration::from_secs(1));
    Snapshot { wait: less(end.wait), talk: less(end.talk), ..end.clone() }
}

fn conversation(held: bool, transfers: usize) -> Vec<Snapshot> {
    let mut steps = vec![talking("x", NUMBER)];
    if held {
        steps.push(Snapshot { phase: Phase::OnHold, ..talking("x", NUMBER) });
        steps.push(Snapshot { hold: Duration::from_secs(3), ..talking("x", NUMBER) });
    }
    for so_far in 1..=transfers {
        let holder = Some(format!("20{so_far}"));
        steps.push(Snapshot { holder, transfers: handed_on(so_far), ..talking("x", NUMBER) });
    }
    steps
}

fn handed_on(times: usize) -> Vec<Transfer> {
    let once = |step: usize| Transfer {
        kind: TransferKind::Blind,
        to: format!("20{step}"),
        talk: Duration::from_secs(step as u64),
    };
    (1..=times).map(once).collect()
}

fn told(desk: &Desk, id: String, story: Vec<Snapshot>) -> Snapshot {
    let story = story.into_iter().map(move |snapshot| Snapshot { key: key(&id), ..snapshot });
    let story: Vec<_> = story.collect();
    let id = desk
        .store
        .write(move |tx| {
            let mut ids: Vec<CallId> = vec![];
            for snapshot in &story {
                ids.push(calls::record(tx, snapshot, &author())?.id);
            }
            ids.dedup();
            assert_eq!(ids.len(), 1, "one call is one row");
            Ok(ids[0])
        })
        .unwrap();
    Snapshot { key: key("x"), ..desk.stored(id) }
}

#[test]
fn any_order_with_repeats_and_the_last_count_after_it_ends_in_the_same_row() {
    let desk = desk();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 96,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let shuffled = history().prop_flat_map(|story| {
        let repeats = prop::collection::vec(0..story.len(), 0..5);
        (Just(story), repeats).prop_flat_map(|(story, repeats)| {
            let again: Vec<_> = repeats.into_iter().map(|place| story[place].clone()).collect();
            let all = [story.clone(), again].concat();
            (Just(story), Just(all).prop_shuffle(), any::<bool>())
        })
    });
    let case = Cell::new(0);
    runner
        .run(&shuffled, |(mut story, mut shuffled, counted)| {
            case.set(case.get() + 1);
            // A correction has its place in the order: after the end. Old news of the living may follow it.
            if counted {
                let count = corrected(&story);
                let late = story.first().cloned();
                story.push(count.clone());
                shuffled.extend([Some(count), late].into_iter().flatten());
            }
            let in_order = told(&desk, format!("{}-in-order", case.get()), story);
            let mixed = told(&desk, format!("{}-mixed", case.get()), shuffled);
            prop_assert_eq!(mixed, in_order);
            Ok(())
        })
        .unwrap();
}

#[test]
fn the_board_shows_live_calls_and_recent_ends_newest_first() {
    let desk = desk();
    desk.run(
        "INSERT INTO channels (id, name, position, changed_at) VALUES (x'01000000000000000000000000000001', 'Сайт', 1, 0);
         INSERT INTO lines (number, channel, changed_at) VALUES ('74950000001', x'01000000000000000000000000000001', 0);",
    );
    let anna = desk.patient("Иванова Анна", &[NUMBER]);
    let live = desk.record(Snapshot { started_at: at(30), ..ringing("live", NUMBER) });
    let ended = desk.record(missed("ended", Phone(79_160_000_000)));
    desk.record(Snapshot { ended_at: Some(at(-90)), started_at: at(-99), ..missed("yesterday", NUMBER) });
    desk.record(Snapshot { direction: Direction::Internal, ..ringing("internal", NUMBER) });

    let board = desk.store.read(|conn| calls::board(conn, at(0))).unwrap();
    assert_eq!(board.iter().map(|call| call.id).collect::<Vec<_>>(), [live, ended]);
    assert!(matches!(&board[0].recognition, Recognition::One(person) if person.id == anna));
    assert_eq!(board[1].recognition, Recognition::Unknown);
    assert!(board.iter().all(|call| call.channel.is_some() && !call.wrapped));
    assert_eq!(desk.store.read(calls::live).unwrap().len(), 2, "internal calls live too");
}

fn seconds_later(seconds: i64, call: Snapshot) -> Snapshot {
    let later = |at: chrono::DateTime<chrono::Utc>| at + chrono::TimeDelta::seconds(seconds);
    Snapshot {
        started_at: later(call.started_at),
        answered_at: call.answered_at.map(later),
        ended_at: call.ended_at.map(later),
        ..call
    }
}

fn outgoing(call: Snapshot) -> Snapshot {
    Snapshot { direction: Direction::Outgoing, ..call }
}

/// Ids of the provider, newest first.
fn standing(desk: &Desk) -> Vec<String> {
    let board = desk.store.read(|conn| calls::board(conn, at(0))).unwrap();
    board.into_iter().map(|call| call.snapshot.key.id).collect()
}

#[test]
fn a_missed_call_stands_until_somebody_talked_with_whoever_called() {
    let others = [Phone(79_160_000_001), Phone(79_160_000_002)];
    let reached: [fn(Phone) -> Snapshot; 3] = [
        |phone| answered("later", phone),
        |phone| talking("later", phone),
        |phone| outgoing(answered("later", phone)),
    ];
    for (later, by) in reached.iter().flat_map(|later| [(later, NUMBER), (later, others[0])]) {
        let desk = desk();
        desk.patient("Иванова Анна", &[NUMBER, others[0]]);
        desk.record(missed("debt", NUMBER));
        desk.record(seconds_later(100, missed("nobody", others[1])));
        desk.record(seconds_later(
            100,
            outgoing(Snapshot { result: Some(CallResult::NoAnswer), ..missed("try", NUMBER) }),
        ));
        desk.record(seconds_later(-100, answered("before", by)));
        assert!(
            standing(&desk).contains(&"debt".to_owned()),
            "an attempt and an earlier talk settle nothing"
        );
        desk.record(seconds_later(200, later(by)));
        assert_eq!(
            standing(&desk).iter().filter(|id| *id != "before").collect::<Vec<_>>(),
            ["later", "nobody"]
        );
    }
}

#[test]
fn an_answered_call_stands_until_it_is_wrapped_up_if_it_asks_for_that() {
    let desk = desk();
    let (employee, both) = (Phone(79_160_000_001), Phone(79_160_000_002));
    for kind in [PersonKind::Employee, PersonKind::Counterparty] {
        let phones = [employee, both].map(|phone| PersonPhone { phone, primary: phone == employee });
        desk.add(NewPerson { phones: phones.to_vec(), ..NewPerson::named(kind, "Орлова Вера") });
    }
    desk.patient("Иванова Анна", &[both]);
    let unknown = desk.record(answered("unknown", NUMBER));
    desk.record(seconds_later(-1, answered("hers too", both)));
    desk.record(answered("colleague", employee));
    desk.record(outgoing(Snapshot { result: Some(CallResult::Busy), ..missed("busy", NUMBER) }));
    desk.record(Snapshot { result: Some(CallResult::Rejected), ..missed("refused", NUMBER) });
    assert_eq!(standing(&desk), ["unknown", "hers too"]);
    desk.store.write(move |tx| wrapups::save(tx, unknown, &Fields::default(), &author())).unwrap();
    assert_eq!(standing(&desk), ["hers too"]);
    desk.store.write(move |tx| wrapups::undo(tx, unknown, &author())).unwrap();
    assert_eq!(standing(&desk), ["unknown", "hers too"]);
}

#[test]
fn a_board_of_a_day_of_two_thousand_calls_is_read_at_once() {
    let desk = desk();
    let write = |tx: &rusqlite::Transaction| {
        for number in 0..2000_u64 {
            let phone = Phone(79_160_000_000 + number % 1500);
            let end = if number % 4 == 0 { missed } else { answered };
            let call = seconds_later(number as i64, end(&number.to_string(), phone));
            let id = calls::record(tx, &call, &author())?.id;
            if number % 20 > 0 && number % 4 > 0 {
                wrapups::save(tx, id, &Fields::default(), &author())?;
            }
        }
        Ok(())
    };
    desk.store.write(write).unwrap();
    for person in 0..500 {
        desk.patient("Иванова Анна", &[Phone(79_160_000_000 + person)]);
    }
    let fastest = (0..5).map(|_| {
        let begun = Instant::now();
        let board = desk.store.read(|conn| calls::board(conn, at(0))).unwrap();
        assert!((300..600).contains(&board.len()), "{}", board.len());
        begun.elapsed()
    });
    let fastest = fastest.min().unwrap();
    assert!(fastest < Duration::from_millis(100), "{fastest:?}");
}

#[test]
fn a_merged_call_leaves_and_its_words_go_with_the_whole() {
    let desk = desk();
    let part = desk.record(talking("part", NUMBER));
    let whole = desk.record(talking("whole", NUMBER));
    let fields = Fields { comment: "просит перезвонить".into(), ..Fields::default() };
    desk.store.write(move |tx| wrapups::save(tx, part, &fields, &author())).unwrap();

    let merge = || desk.store.write(|tx| calls::merge(tx, &key("part"), &key("whole"), &author())).unwrap();
    assert_eq!(merge(), Some(part));
    assert_eq!(merge(), None, "it left already");
    assert_eq!(desk.store.read(|conn| calls::board_call(conn, part)).unwrap(), None);
    let board = desk.store.read(|conn| calls::board(conn, at(0))).unwrap();
    assert_eq!(board.iter().map(|call| call.id).collect::<Vec<_>>(), [whole]);
    let open = desk.store.read(|conn| calls::open(conn, whole)).unwrap().unwrap();
    assert_eq!(open.wrapup.unwrap().fields.comment, "просит перезвонить");
}

#[test]
fn a_merge_may_come_before_its_calls() {
    let desk = desk();
    let merged = desk.store.write(|tx| calls::merge(tx, &key("part"), &key("whole"), &author())).unwrap();
    assert_eq!(merged, None);
    desk.record(ringing("part", NUMBER));
    let whole = desk.record(ringing("whole", NUMBER));
    let live = desk.store.read(calls::live).unwrap();
    assert_eq!(live.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [whole]);
}

#[test]
fn a_call_is_put_down_to_the_only_owner_then_or_later() {
    let desk = desk();
    let party = |id: CallId| {
        desk.store
            .read(|conn| {
                let sql = "SELECT person FROM call_parties WHERE call = ?1";
                Ok(conn.query_row(sql, [id.0], |row| row.get::<_, Option<uuid::Uuid>>(0))?)
            })
            .unwrap()
    };
    let unknown = desk.record(missed("1", NUMBER));
    assert_eq!(party(unknown), None);
    let anna = desk.patient("Иванова Анна", &[NUMBER]);
    let known = desk.record(missed("2", NUMBER));
    assert_eq!((party(unknown), party(known)), (Some(anna.0), Some(anna.0)));
    desk.patient("Иванов Пётр", &[NUMBER]);
    assert_eq!(party(unknown), None, "two have the number now: nobody guesses");
    assert_eq!(party(known), Some(anna.0), "it was hers alone at the time");
}

#[test]
fn a_call_outside_the_years_that_are_kept_is_refused() {
    let desk = desk();
    let started = |started_at| {
        let call = Snapshot { started_at, ..missed(&format!("{started_at}"), NUMBER) };
        desk.store.write(move |tx| calls::record(tx, &call, &author()))
    };
    let (first, last) = (-2_208_988_800_000, 253_402_300_799_999);
    let kept = [first, last].map(|millis| DateTime::from_timestamp_millis(millis).unwrap());
    let early = kept[0] - TimeDelta::milliseconds(1);
    for time in
        [DateTime::<Utc>::MIN_UTC, early, kept[1] + TimeDelta::milliseconds(1), DateTime::<Utc>::MAX_UTC]
    {
        let refused = started(time).unwrap_err();
        assert!(matches!(refused, Error::OutOfTime(_)), "{refused}");
    }
    assert!(started(early).unwrap_err().to_string().contains("1899-12-31"));
    assert!(kept.into_iter().all(|time| started(time).is_ok()));
    let record =
        CallRecord { snapshot: Snapshot { started_at: early, ..missed("of a file", NUMBER) }, wrapup: None };
    let records = Records::Calls(vec![Numbered { line: 7, record }]);
    let refused = desk.store.write(move |tx| put(tx, &records, &author(), &mut || ())).unwrap_err();
    assert!(refused.to_string().starts_with("line 7, column started_at: a call of 1899-12-31"), "{refused}");
}

#[test]
fn a_corrected_number_takes_the_call_to_its_owner_unless_somebody_is_named() {
    let desk = desk();
    let other = Phone(79_160_000_009);
    let anna = desk.patient("Иванова Анна", &[NUMBER]);
    let vera = desk.patient("Орлова Вера", &[other]);
    let person = |call: CallId| {
        let sql = "SELECT person FROM calls WHERE id = ?1";
        let read = |row: &rusqlite::Row| row.get::<_, Option<uuid::Uuid>>(0);
        desk.store.read(|conn| Ok(conn.query_row(sql, [call.0], read)?)).unwrap()
    };
    let call = desk.record(answered("1", NUMBER));
    assert_eq!(person(call), Some(anna.0));
    desk.record(answered("1", other));
    assert_eq!(person(call), Some(vera.0));
    desk.record(answered("1", Phone(79_160_000_010)));
    assert_eq!(person(call), None);

    let named = desk.record(answered("2", NUMBER));
    let fields = Fields { who: Some(anna), ..Fields::default() };
    desk.store.write(move |tx| wrapups::save(tx, named, &fields, &author())).unwrap();
    desk.record(answered("2", other));
    assert_eq!(person(named), Some(anna.0));
}

/// The author and time of a call's row.
fn changed(desk: &Desk, id: CallId) -> (i64, Option<uuid::Uuid>) {
    let sql = "SELECT changed_at, changed_by FROM calls WHERE id = ?1";
    desk.store.read(|conn| Ok(conn.query_row(sql, [id.0], |row| Ok((row.get(0)?, row.get(1)?)))?)).unwrap()
}

#[test]
fn whoever_says_who_called_or_merges_is_the_rows_author() {
    let desk = desk();
    let anna = desk.patient("Иванова Анна", &[]);
    let by = Author { employee: Some(anna), at: at(500) };
    let theirs = (by.at.timestamp_millis(), Some(anna.0));
    let said = desk.record(answered("said", NUMBER));
    let part = desk.record(answered("part", NUMBER));
    assert_eq!(changed(&desk, said), (at(0).timestamp_millis(), None));
    let fields = Fields { who: Some(anna), ..Fields::default() };
    desk.store.write(move |tx| wrapups::save(tx, said, &fields, &by)).unwrap();
    desk.store.write(move |tx| calls::merge(tx, &key("part"), &key("said"), &by)).unwrap();
    assert_eq!((changed(&desk, said), changed(&desk, part)), (theirs, theirs));
}
