//! Keys at the player, and what the host is told for them.

use pult::desk::Event;
use pult::desk::{Manner, SoundNews, SoundOrder};
use pult::domain::desk::{Change, Request};

use super::desk::Desk;
use super::fixture::{EIGHTY, Listener, call_id, seconds};

fn play(from: u64, manner: Manner) -> SoundOrder {
    SoundOrder::Play { from: seconds(from), manner }
}

#[test]
fn a_recording_is_opened_by_one_key_and_plays_when_it_is_there() {
    for key in ["p", "з", "alt+p"] {
        let mut desk = Desk::listing(EIGHTY);
        desk.press(key);
        assert_eq!(desk.orders(), [SoundOrder::Open(call_id(0))]);
        assert_eq!(desk.requests(), [&Request::Recording(call_id(0))]);
        desk.shows("Открывается");
        desk.open(call_id(0), 200);
        assert_eq!(desk.orders(), [play(0, Manner::default())]);
        desk.shows("0:00 / 3:20");
    }
}

#[test]
fn the_space_bar_stops_and_goes_on_from_there() {
    let mut desk = Desk::playing(EIGHTY);
    desk.at(37);
    desk.shows("▶ 0:37 / 3:20");
    desk.press("space");
    assert_eq!(desk.orders(), [SoundOrder::Pause]);
    desk.shows("‖ 0:37");
    desk.at(38);
    desk.shows("‖ 0:37");
    desk.press("space");
    assert_eq!(desk.orders(), [play(37, Manner::default())]);
}

#[test]
fn seeking_by_steps_leaps_and_tenths() {
    let mut desk = Desk::playing(EIGHTY);
    desk.at(50);
    let steps =
        [("right", 55), ("left", 50), ("pagedown", 65), ("pageup", 50), ("shift+right", 65), ("l", 70)];
    for (key, at) in steps {
        desk.press(key);
        assert_eq!(desk.orders(), [play(at, Manner::default())], "{key}");
    }
    for (key, at) in [("5", 100), ("0", 0), ("9", 180), ("д", 185)] {
        desk.press(key);
        assert_eq!(desk.orders(), [play(at, Manner::default())], "{key}");
    }
    desk.press("pagedown right");
    desk.orders();
    desk.shows("3:20 / 3:20");
}

#[test]
fn while_it_stands_still_a_seek_only_moves_the_place() {
    let mut desk = Desk::playing(EIGHTY);
    desk.press("space right 5");
    assert_eq!(desk.orders(), [SoundOrder::Pause]);
    desk.shows("‖ 1:40");
}

#[test]
fn speed_goes_by_quarters_from_75_to_200() {
    let mut desk = Desk::playing(EIGHTY);
    let mut heard = Vec::new();
    for key in ["+", "=", "+", "+", "+", "-", "-", "-", "-", "-", "-"] {
        desk.press(key);
        heard.extend(desk.orders().into_iter().map(|order| match order {
            SoundOrder::Play { manner, .. } => manner.percent,
            other => panic!("{other:?}"),
        }));
    }
    assert_eq!(heard, [125, 150, 175, 200, 175, 150, 125, 100, 75]);
    desk.shows("75 %");
}

#[test]
fn silence_is_skipped_and_not() {
    let mut desk = Desk::playing(EIGHTY);
    desk.press("s");
    assert_eq!(desk.orders(), [play(0, Manner { skip_silence: true, ..Manner::default() })]);
    desk.shows("без пауз");
    desk.press("ы");
    assert_eq!(desk.orders(), [play(0, Manner::default())]);
    desk.hides("без пауз");
}

#[test]
fn a_part_is_begun_ended_and_let_go_by_one_key() {
    let mut desk = Desk::playing(EIGHTY);
    desk.at(20);
    desk.press("a");
    assert_eq!(desk.orders(), []);
    desk.shows("повтор с 0:20");
    desk.at(30);
    desk.press("a");
    let part = Some((seconds(20), seconds(30)));
    assert_eq!(desk.orders(), [play(20, Manner { part, ..Manner::default() })]);
    desk.shows("повтор 0:20–0:30");
    desk.press("a");
    assert_eq!(desk.orders(), [play(20, Manner::default())]);
    desk.hides("повтор");
}

#[test]
fn the_end_is_the_end_and_the_next_press_begins_anew() {
    let mut desk = Desk::playing(EIGHTY);
    desk.at(199);
    desk.news(SoundNews::Ended);
    desk.shows("‖ 3:20 / 3:20");
    desk.press("space");
    assert_eq!(desk.orders(), [play(0, Manner::default())]);
}

#[test]
fn one_key_leaves_the_player_and_the_sound_with_it() {
    let mut desk = Desk::playing(EIGHTY);
    let list = { Desk::listing(EIGHTY).screen() };
    desk.press("esc");
    assert_eq!(desk.orders(), [SoundOrder::Close]);
    assert_eq!(desk.screen(), list);
}

#[test]
fn a_press_on_the_waveform_goes_there() {
    let mut desk = Desk::playing(EIGHTY);
    let screen = desk.screen();
    let row = screen.lines().position(|line| line.contains(" Л ")).unwrap();
    desk.click(4 + 37, u16::try_from(row).unwrap());
    let [SoundOrder::Play { from, .. }] = desk.orders()[..] else { panic!("one order") };
    assert_eq!(from.as_secs(), 100);
}

#[test]
fn a_press_on_the_sign_of_a_recording_plays_it() {
    let mut desk = Desk::listing(EIGHTY);
    let screen = desk.screen();
    let row = screen.lines().position(|line| line.contains("12:17")).unwrap();
    let column = screen.lines().nth(row).unwrap().chars().position(|char| char == '♪').unwrap();
    let [column, row] = [column, row].map(|place| u16::try_from(place).unwrap());
    desk.click(column - 1, row);
    assert_eq!(desk.orders(), []);
    desk.click(column, row);
    assert_eq!(desk.orders(), [SoundOrder::Open(call_id(1))]);
}

#[test]
fn news_of_another_recording_and_late_places_change_nothing() {
    let mut desk = Desk::playing(EIGHTY);
    let before = desk.screen();
    desk.open(call_id(7), 60);
    desk.event(Event::Change(Change::Recording(call_id(7))));
    assert_eq!(desk.orders(), []);
    assert!(desk.requests().is_empty());
    assert_eq!(desk.screen(), before);
    desk.press("esc");
    desk.orders();
    desk.at(9);
    desk.news(SoundNews::Ended);
    assert_eq!(desk.orders(), []);
}

#[test]
fn help_over_the_player_says_its_keys_and_gives_it_back() {
    let mut desk = Desk::playing(EIGHTY);
    desk.press("?");
    desk.shows("В проигрывателе записи");
    desk.shows("Без пауз");
    desk.press("esc");
    desk.shows("0:00 / 3:20");
    assert_eq!(desk.orders(), []);
}
