//! The player over the desk: of the call that is meant, and of the person's past calls.

use std::sync::Arc;
use std::time::Duration;

use pult::desk::{Effect, Event, Setup, SoundNews, SoundOrder, Waveform};

use super::clinic::{MARIA, ended, from, missed, past_call, ringing, talking};
use super::fixture::{Desk, setup};

fn orders(desk: &mut Desk) -> Vec<SoundOrder> {
    let order = |effect| match effect {
        Effect::Sound(order) => Some(order),
        _ => None,
    };
    std::mem::take(&mut desk.effects).into_iter().filter_map(order).collect()
}

fn opened(desk: &mut Desk) {
    let call = ended(ringing(79161234567)).id;
    let waveform = Waveform {
        length: Duration::from_secs(62),
        window: Duration::from_millis(100),
        channels: vec![(0..620).map(|window| u8::try_from(window * 13 % 200).unwrap()).collect()],
        silences: vec![],
    };
    desk.event(Event::Sound(SoundNews::Opened { call, waveform: Arc::new(waveform) }));
}

#[test]
fn a_call_that_just_ended_is_heard_from_the_board_and_from_the_form() {
    for keys in ["p", "enter alt+p"] {
        let mut desk = Desk::with(vec![from(ended(ringing(79161234567)), &[MARIA])]);
        desk.press(keys);
        let call = ended(ringing(79161234567)).id;
        assert_eq!(orders(&mut desk), [SoundOrder::Open(call)], "{keys}");
        desk.assert_shows("♪ 21.11.2026 12:31 ← Иванова Мария Петровна +7 916 123-45-67");
    }
}

#[test]
fn a_letter_in_the_form_is_text() {
    let mut desk = Desk::with(vec![from(ended(ringing(79161234567)), &[MARIA])]);
    desk.press("enter p");
    assert_eq!(orders(&mut desk), []);
}

#[test]
fn a_live_call_and_one_nobody_took_have_nothing_to_hear() {
    let mut desk = Desk::with(vec![talking(ringing(79161234567), "101")]);
    desk.press("p");
    desk.assert_shows("Разговор ещё идёт");
    let mut desk = Desk::with(vec![missed(ringing(79161234567))]);
    desk.press("p");
    desk.assert_shows("У этого звонка нет записи");
    assert_eq!(orders(&mut desk), []);
}

#[test]
fn a_call_that_comes_while_listening_is_in_the_status_and_one_key_away() {
    let mut desk = Desk::with(vec![from(ended(ringing(79161234567)), &[MARIA])]);
    desk.press("p");
    opened(&mut desk);
    desk.call(ringing(79035551221));
    desk.assert_shows("Звонят 1");
    desk.assert_shows("0:00 / 1:02");
    orders(&mut desk);
    desk.press("esc");
    assert_eq!(orders(&mut desk), [SoundOrder::Close]);
    desk.assert_hides("0:00 / 1:02");
}

#[test]
fn a_past_call_of_the_person_is_heard_over_their_history() {
    let mut desk = Desk::with(vec![from(ringing(79161234567), &[MARIA])]);
    desk.press("i p");
    assert_eq!(orders(&mut desk), [SoundOrder::Open(past_call().id)]);
    desk.assert_shows("♪ 03.10.2026 11:15");
    desk.assert_shows("3:24 ▶");
    desk.press("esc");
    desk.assert_shows("3:24 ♪");
    desk.press("esc");
    desk.assert_hides("3:24");
}

#[test]
fn the_player_over_the_desk_at_every_size() {
    for size in [(80, 24), (120, 40), (200, 60)] {
        let call = from(ended(ringing(79161234567)), &[MARIA]);
        let mut desk = Desk::of(Setup { size, ..setup() }, vec![call]);
        desk.press("p");
        opened(&mut desk);
        desk.event(Event::Sound(SoundNews::At(Duration::from_secs(20))));
        insta::assert_snapshot!(format!("player_{}", size.0), desk.screen());
    }
}
