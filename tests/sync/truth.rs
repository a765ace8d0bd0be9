//! However live word, losses, restarts and readings interleave: at the end the store is the record's truth.

use chrono::TimeDelta;
use proptest::prelude::*;
use pult::domain::call::{Snapshot, Transfer, TransferKind};
use pult::telephony::Event;

use crate::fixture::*;

#[derive(Clone, Debug)]
enum Step {
    /// A call, which of its words are heard live (begun, ended), whether the last is heard again late.
    Call {
        begun: bool,
        ended: bool,
        again: bool,
        transferred: bool,
    },
    Down,
    Up,
    /// Kill -9 and a new start.
    Kill,
    Minutes(i64),
    /// The record answers an error next time.
    Trouble,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => any::<(bool, bool, bool, bool)>().prop_map(|(begun, ended, again, transferred)| {
            Step::Call { begun, ended, again, transferred }
        }),
        1 => Just(Step::Down),
        2 => Just(Step::Up),
        1 => Just(Step::Kill),
        3 => (1_i64..40).prop_map(Step::Minutes),
        1 => Just(Step::Trouble),
    ]
}

/// What was seen live of its end: less than the record says, and more transfers.
fn seen(truth: &Snapshot) -> Event {
    let transfer = Transfer { kind: TransferKind::Blind, to: "102".into(), talk: std::time::Duration::ZERO };
    Event::Call(Box::new(Snapshot {
        talk: truth.talk / 2,
        transfers: vec![transfer; truth.transfers.len() + 1],
        settled: false,
        ..truth.clone()
    }))
}

fn play(steps: Vec<Step>) {
    let clinic = Clinic::new();
    clinic.record.lock().unwrap().page = 3;
    let mut life = clinic.live();
    life.up(noon());
    let (mut minute, mut truths) = (0, vec![]);
    for (nth, step) in steps.into_iter().enumerate() {
        match step {
            Step::Call { begun, ended, again, transferred } => {
                let mut truth = talked(&nth.to_string(), at(minute), TimeDelta::minutes(1));
                if transferred {
                    let talk = std::time::Duration::from_secs(7);
                    truth.transfers = vec![Transfer { kind: TransferKind::Attended, to: "103".into(), talk }];
                }
                minute += 2;
                clinic.set_clock(at(minute));
                if begun {
                    life.say(ringing(&truth));
                }
                clinic.has_in_record([truth.clone()]);
                if ended {
                    life.say(seen(&truth));
                }
                if again {
                    life.say(ringing(&truth));
                }
                truths.push(truth);
            }
            Step::Down => life.down(at(minute)),
            Step::Up => life.up(at(minute)),
            Step::Minutes(minutes) => minute += minutes,
            Step::Trouble => clinic
                .record
                .lock()
                .unwrap()
                .errors
                .push_back(pult::telephony::HistoryError::Later(std::time::Duration::from_millis(1))),
            Step::Kill => {
                life.end();
                life = clinic.live();
            }
        }
        clinic.set_clock(at(minute));
    }
    clinic.set_clock(at(minute + 61));
    life.up(at(minute + 61));
    life.wait_until("the truth", |life| {
        truths.iter().all(|truth| life.stored(&truth.key.id).as_ref() == Some(truth))
            && life.gaps().iter().all(|gap| !gap.is_open())
    });
    life.end();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_interleaving_ends_at_the_records_truth(steps in prop::collection::vec(step(), 1..24)) {
        play(steps);
    }
}
