//! From one recording to the next through the list the player was opened from.

use pult::desk::SoundOrder;
use pult::domain::desk::{Reply, Request};

use super::desk::{Desk, call, calls, reply};
use super::fixture::{EIGHTY, Listener, call_id};

#[test]
fn the_next_and_the_previous_recording_of_the_list_are_one_key_away() {
    let mut desk = Desk::playing(EIGHTY);
    // Every third call was missed and has none.
    for (key, nth) in [("n", 1), ("]", 3), ("т", 4), ("N", 3), ("[", 1), ("х", 0)] {
        desk.press(key);
        assert_eq!(desk.orders(), [SoundOrder::Open(call_id(nth))], "{key}");
        assert_eq!(desk.requests(), [&Request::Recording(call_id(nth))]);
        desk.answer_all();
    }
    desk.press("N");
    assert_eq!(desk.orders(), []);
    desk.shows("Дальше записей в этом списке нет");
}

#[test]
fn the_row_that_plays_is_marked_and_in_sight() {
    let mut desk = Desk::playing(EIGHTY);
    for _ in 0..40 {
        desk.press("n").answer_all();
        let row = desk.selected();
        assert!(row.contains('▶'), "{row}");
    }
}

#[test]
fn speed_and_skipped_silence_stay_and_a_part_goes() {
    let mut desk = Desk::playing(EIGHTY);
    desk.press("+ s a right a n");
    desk.orders();
    desk.open(call_id(1), 60);
    let [SoundOrder::Play { from, manner }] = desk.orders()[..] else { panic!("one order") };
    assert_eq!((from.as_secs(), manner.percent, manner.skip_silence, manner.part), (0, 125, true, None));
}

#[test]
fn calls_that_are_not_here_yet_are_asked_for_until_a_recording_is_found() {
    // Only the first and the 200th have one.
    let rare = |request: &Request| match (request, reply(request)) {
        (Request::Drill { .. }, Reply::Calls { mut rows, total }) => {
            for row in &mut rows {
                row.recording = [call(0).id, call(200).id].contains(&row.id);
            }
            Reply::Calls { rows, total }
        }
        (_, reply) => reply,
    };
    let mut desk = Desk::new(EIGHTY);
    desk.press("f6 1").answer_all().press("enter down enter").answer_by(rare).press("p").answer_by(rare);
    desk.orders();
    desk.press("n");
    assert_eq!(desk.orders(), []);
    desk.answer_by(rare);
    assert_eq!(desk.orders(), [SoundOrder::Open(call_id(200))]);
    desk.answer_by(rare).press("n").answer_by(rare);
    desk.shows("Дальше записей в этом списке нет");
    desk.press("N").answer_by(rare);
    assert_eq!(desk.orders(), [SoundOrder::Open(call_id(0))]);
}

#[test]
fn a_call_without_a_recording_says_so() {
    let mut desk = Desk::listing(EIGHTY);
    desk.press("j j");
    desk.hides("p Слушать");
    desk.press("p");
    assert_eq!(desk.orders(), []);
    desk.shows("У этого звонка нет записи");
    desk.press("k");
    desk.shows("p Слушать");
}

#[test]
fn the_persons_history_is_gone_through_in_the_same_way() {
    let mut desk = Desk::listing(EIGHTY);
    desk.press("j i").answer_by(|request| match request {
        Request::History(_) => calls(0, 5, 5),
        other => reply(other),
    });
    desk.press("p n");
    assert_eq!(desk.orders(), [SoundOrder::Open(call_id(0)), SoundOrder::Open(call_id(1))]);
}
