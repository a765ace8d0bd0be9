//! What else a provider says: receipts, its office, notifications nobody understands.

use pult::domain::desk::{Reply, Request};
use pult::domain::office::{Office, OfficeLine};
use pult::store::notices;
use pult::telephony::{Event, Receipt, Unread};

use crate::fixture::*;

#[test]
fn a_receipt_is_told_when_what_came_before_it_is_stored() {
    let clinic = Clinic::new();
    let life = clinic.live();
    for nth in 0..300 {
        life.say(ringing(&missed(&nth.to_string(), noon())));
    }
    let receipt = Receipt::default();
    life.say(Event::Receipt(receipt.clone()));
    futures_util::FutureExt::now_or_never(receipt.told());
    life.settle();
    assert!(life.stored("299").is_some());
    life.end();
}

#[test]
fn the_office_and_unread_notifications_are_kept() {
    let clinic = Clinic::new();
    let life = clinic.live();
    let line =
        OfficeLine {
            number: "74950000009".into(), name: "Сайт".into(), campaign: Some("Яндекс".into())
        };
    life.say(Event::Office(Box::new(Office { lines: vec![line], employees: vec![] })));
    life.say(Event::Unread(Box::new(Unread {
        provider: "test".into(),
        body: "{".into(),
        reason: "no JSON".into(),
    })));
    life.settle();
    let Ok(Reply::Directories(directories)) = life.ask(Request::Directories) else { panic!() };
    assert_eq!((directories.lines.len(), directories.channels.len()), (1, 1));
    assert_eq!(life.store.read(|conn| notices::count(conn, noon())).unwrap(), 1);
    life.end();
}
