//! The cache file: what it holds, and what becomes of a damaged one.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use pult::domain::fact::{CallNumber, Fact};
use pult::domain::report::{Kind, Level, Query};
use pult::ledger::Ledger;

use crate::given::{self, CLOCKS};
use crate::{built, check};

fn facts(count: usize) -> BTreeMap<CallNumber, Fact> {
    let base = CLOCKS[1].1.parse().unwrap();
    let facts = proptest::collection::vec(given::fact(base), count);
    let facts = facts.new_tree(&mut TestRunner::deterministic()).unwrap().current();
    facts.into_iter().map(|fact| (fact.number, fact)).collect()
}

fn saved(path: &Path) -> Ledger {
    let ledger = built(&facts(60), CLOCKS[1].0);
    ledger.save(path, 7).unwrap();
    ledger
}

/// Everything the ledger holds, as far as questions show it.
fn shown(ledger: &Ledger) -> Vec<pult::domain::report::Table> {
    let from = "2026-10-01".parse().unwrap();
    let period = pult::domain::period::Period { from, to: "2026-11-30".parse().unwrap() };
    let table = |(by, then_by)| {
        let query =
            Query { period, kind: Kind::Patients, by, then_by, filter: Default::default(), compare: None };
        ledger.table(&query, None)
    };
    Level::ALL.windows(2).map(|pair| table((pair[0], pair[1]))).collect()
}

#[test]
fn it_holds_everything() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pult.ledger");
    let (zone, base) = (CLOCKS[1].0, CLOCKS[1].1.parse().unwrap());
    let mut facts = facts(60);
    built(&facts, zone).save(&path, 7).unwrap();
    let (mut ledger, stamp) = Ledger::load(&path, zone).unwrap();
    assert_eq!(stamp, 7);
    let later = proptest::collection::vec(given::fact(base), 30);
    let mut runner = TestRunner::deterministic();
    for fact in later.new_tree(&mut runner).unwrap().current() {
        ledger.put(&fact).unwrap();
        facts.insert(fact.number, fact);
    }
    let facts: Vec<Fact> = facts.into_values().collect();
    let naive = crate::naive::Naive { facts: &facts, zone, matching: None };
    for query in proptest::collection::vec(given::query(base), 12).new_tree(&mut runner).unwrap().current() {
        check(&ledger, &naive, &query);
    }
}

#[test]
fn it_is_for_its_owner_alone_and_leaves_nothing_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pult.ledger");
    saved(&path);
    saved(&path);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_missing_file_or_one_of_another_zone_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pult.ledger");
    assert!(Ledger::load(&path, CLOCKS[1].0).is_none());
    saved(&path);
    assert!(Ledger::load(&path, CLOCKS[0].0).is_none());
    assert!(Ledger::load(&path, CLOCKS[1].0).is_some());
}

#[test]
fn damage_anywhere_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pult.ledger");
    saved(&path);
    let whole = fs::read(&path).unwrap();
    for place in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[place] ^= 1 << (place % 8);
        fs::write(&path, &damaged).unwrap();
        assert!(Ledger::load(&path, CLOCKS[1].0).is_none(), "byte {place}");
    }
    for length in (0..whole.len()).step_by(7) {
        fs::write(&path, &whole[..length]).unwrap();
        assert!(Ledger::load(&path, CLOCKS[1].0).is_none(), "cut to {length}");
    }
}

#[test]
fn a_file_that_somebody_made_up_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pult.ledger");
    saved(&path);
    let whole = fs::read(&path).unwrap();
    for made_up in
        [vec![], vec![0xff; 4096], [&whole[..8], &[0xff; 64]].concat(), [&whole[..], b"more"].concat()]
    {
        fs::write(&path, made_up).unwrap();
        assert!(Ledger::load(&path, CLOCKS[1].0).is_none());
    }
}

#[test]
fn a_save_that_was_cut_short_leaves_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pult.ledger");
    let ledger = saved(&path);
    fs::write(path.with_added_extension("new"), vec![7; 1 << 20]).unwrap();
    let (loaded, _) = Ledger::load(&path, CLOCKS[1].0).unwrap();
    assert_eq!(shown(&loaded), shown(&ledger));
    ledger.save(&path, 8).unwrap();
    assert_eq!(Ledger::load(&path, CLOCKS[1].0).unwrap().1, 8);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "what it left is gone");
}

#[test]
fn two_that_save_at_once_never_mix_their_ledgers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pult.ledger");
    // As many calls on the same days: a mixture would have the length and the checks of a whole file.
    let one = facts(60);
    let longer = |fact: Fact| Fact { talk: fact.talk + std::time::Duration::from_secs(1), ..fact };
    let other = one.iter().map(|(number, fact)| (*number, longer(fact.clone()))).collect();
    let ledgers = [built(&one, CLOCKS[1].0), built(&other, CLOCKS[1].0)];
    let wanted = ledgers.each_ref().map(shown);
    let save = |ledger: &Ledger, stamp| {
        if ledger.save(&path, stamp).is_ok() {
            let (loaded, stamp) = Ledger::load(&path, CLOCKS[1].0).expect("whole at every moment");
            assert_eq!(shown(&loaded), wanted[stamp as usize]);
        }
    };
    std::thread::scope(|scope| {
        for (ledger, stamp) in ledgers.iter().zip(0..) {
            let save = &save;
            scope.spawn(move || (0..150).for_each(|_| save(ledger, stamp)));
        }
    });
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
