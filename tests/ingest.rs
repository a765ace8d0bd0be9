//! What a provider tells step by step ends in the store as what it told last: every recorded scenario, each of its
//! events written as it came, once and twice.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "asterisk/recorded.rs"]
#[expect(dead_code, reason = "shared with the provider's own tests, which also forge and cut")]
mod recorded;

use std::collections::BTreeMap;

use chrono::DateTime;
use pult::domain::call::{CallKey, Snapshot};
use pult::store::{Author, Store, calls};
use pult::telephony::Event;

use recorded::{Recorded, data, played, replay};

/// Each scenario's connections, from the full stream and from the least-privilege one.
fn streams() -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(data("expected.json")).unwrap();
    let all: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(all.len(), 31);
    let both = |name: &String| match name.as_str() {
        "n_restart" => [vec![name.clone(), "n_restart.after".to_owned()], vec![format!("min/{name}")]],
        _ => [vec![name.clone()], vec![format!("min/{name}")]],
    };
    all.keys().flat_map(both).collect()
}

fn opened(stream: &[String]) -> Vec<Recorded> {
    stream.iter().map(|name| Recorded::open(name)).collect()
}

/// The calls as they stand after these events were told `times` each; then the store forgets them.
fn stored(store: &Store, events: Vec<Event>, times: usize) -> BTreeMap<CallKey, Snapshot> {
    let author = Author { employee: None, at: DateTime::UNIX_EPOCH };
    let ids = store
        .write(move |tx| {
            let mut ids = vec![];
            for event in events.iter().flat_map(|event| std::iter::repeat_n(event, times)) {
                match event {
                    Event::Call(snapshot) => ids.push(calls::record(tx, snapshot, &author)?.id),
                    Event::Merged { gone, into } => drop(calls::merge(tx, gone, into, &author)?),
                    _ => {}
                }
            }
            Ok(ids)
        })
        .unwrap();
    let call = |id| store.read(|conn| calls::board_call(conn, id)).unwrap();
    let stood: Vec<Snapshot> = ids.into_iter().filter_map(call).map(|call| call.snapshot).collect();
    store.write(|tx| Ok(tx.execute_batch("DELETE FROM calls; DELETE FROM call_merges")?)).unwrap();
    stood.into_iter().map(|call| (call.key.clone(), call)).collect()
}

#[test]
fn every_scenario_told_step_by_step_ends_as_it_was_told_last() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(&directory.path().join("pult.db")).unwrap();
    let (mut told, mut ended) = (0, 0);
    for stream in streams() {
        let recorded = opened(&stream);
        let last = replay(&recorded, usize::MAX).into_iter().map(|call| Event::Call(Box::new(call)));
        let last = stored(&store, last.collect(), 1);
        let steps = played(&recorded, usize::MAX).events();
        told += steps.len();
        ended += last.len();
        for times in [1, 2] {
            assert_eq!(stored(&store, steps.clone(), times), last, "{stream:?}, each event {times} times");
        }
    }
    assert!(told > 5 * ended, "{told} steps of {ended} calls: most of them have several");
}
