//! The provider's own record beside what was seen live, and the advertisement that brought a call.

use std::time::Duration;

use pult::domain::advert::Advert;
use pult::domain::call::{CallResult, Snapshot};
use pult::domain::id::CallId;
use pult::store::{calls, directories};

use crate::given::{Desk, NUMBER, answered, at, desk, missed, ringing, talking};

fn settled(snapshot: Snapshot) -> Snapshot {
    Snapshot { settled: true, ..snapshot }
}

#[test]
fn the_record_outweighs_what_was_seen_live_whenever_it_comes() {
    let record = settled(Snapshot {
        started_at: at(1),
        answered_at: Some(at(9)),
        ended_at: Some(at(70)),
        wait: Duration::from_secs(8),
        talk: Duration::from_secs(61),
        ..answered("1", NUMBER)
    });
    let live = [ringing("1", NUMBER), talking("1", NUMBER), answered("1", NUMBER)];
    for place in 0..=live.len() {
        let desk = desk();
        let mut told = live.to_vec();
        told.insert(place, record.clone());
        let ids: Vec<CallId> = told.into_iter().map(|news| desk.record(news)).collect();
        assert_eq!(desk.stored(ids[0]), record, "told after {place} live ones");
    }
}

#[test]
fn a_later_reading_of_the_record_replaces_an_earlier_one() {
    let desk = desk();
    let id = desk.record(settled(answered("1", NUMBER)));
    let corrected = settled(Snapshot { talk: Duration::from_secs(40), ..answered("1", NUMBER) });
    desk.record(corrected.clone());
    assert_eq!(desk.stored(id), corrected);
    let missed = settled(missed("1", NUMBER));
    desk.record(missed.clone());
    assert_eq!(desk.stored(id).result, Some(CallResult::Missed), "even of whether it was answered");
    assert_eq!(desk.stored(id).answered_at, None);
}

#[test]
fn what_the_record_does_not_know_stays_as_seen() {
    let desk = desk();
    let seen =
        Snapshot { queue: Some("sales".into()), recording: Some("1.mp3".into()), ..answered("1", NUMBER) };
    let id = desk.record(seen);
    desk.record(settled(Snapshot { agent: None, ..answered("1", NUMBER) }));
    let stored = desk.stored(id);
    assert_eq!(stored.queue.as_deref(), Some("sales"));
    assert_eq!(stored.recording.as_deref(), Some("1.mp3"));
    assert_eq!(stored.agent.as_deref(), Some("101"));
}

#[test]
fn a_campaign_that_is_told_late_gives_the_call_its_channel() {
    let desk = desk();
    desk.run(
        "INSERT INTO channels (id, name, position, changed_at) VALUES (x'01000000000000000000000000000001', 'Вывеска', 1, 0);
         INSERT INTO lines (number, channel, changed_at) VALUES ('74950000001', x'01000000000000000000000000000001', 0);",
    );
    let id = desk.record(answered("1", NUMBER));
    assert_eq!(channel(&desk, id).as_deref(), Some("Вывеска"), "the line's");
    let advert = |advert: Advert| Snapshot { advert: Some(Box::new(advert)), ..answered("1", NUMBER) };
    desk.record(advert(Advert { search_words: Some("имплант цена".into()), ..Advert::default() }));
    assert_eq!(channel(&desk, id).as_deref(), Some("Вывеска"), "no campaign yet");
    desk.record(advert(Advert { campaign: Some("Яндекс Карты".into()), ..Advert::default() }));
    assert_eq!(channel(&desk, id).as_deref(), Some("Яндекс Карты"), "joined the directory");
    let other = Snapshot {
        advert: Some(Box::new(Advert { campaign: Some("Вывеска".into()), ..Advert::default() })),
        ..missed("2", NUMBER)
    };
    let other = desk.record(other);
    assert_eq!(channel(&desk, other).as_deref(), Some("Вывеска"));
    assert_eq!(desk.store.read(directories::all).unwrap().channels.len(), 2, "each name once");
    let known = desk.stored(id).advert.unwrap();
    assert_eq!(known.search_words.as_deref(), Some("имплант цена"), "nothing known is taken away");
}

fn channel(desk: &Desk, id: CallId) -> Option<String> {
    let call = desk.store.read(|conn| calls::board_call(conn, id)).unwrap().unwrap();
    let channels = desk.store.read(directories::all).unwrap().channels;
    channels.into_iter().find(|entry| Some(entry.id) == call.channel).map(|entry| entry.name)
}
