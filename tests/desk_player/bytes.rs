//! What playing costs on the wire: nothing while it stands still, little while it runs.

use std::time::Duration;

use pult::desk::{SoundNews, view};
use pult::host::screen::Screen;

use super::desk::{Desk, Look, PLAIN};
use super::fixture::Listener;

/// Bytes of each second of a minute that plays.
fn seconds_cost(look: Look) -> Vec<usize> {
    let (width, height) = look.size;
    let mut desk = Desk::playing(look);
    let mut screen = Screen::new(width, height);
    let mut frame =
        |desk: &Desk| screen.frame(|area, buffer| view(&desk.state, area, buffer, desk.now)).len();
    frame(&desk);
    let mut second = |second: u64| {
        let place = |tick: u64| Duration::from_millis(second * 1000 + tick * 250);
        (0..4)
            .map(|tick| {
                desk.news(SoundNews::At(place(tick)));
                frame(&desk)
            })
            .sum()
    };
    (10..70).map(&mut second).collect()
}

#[test]
fn a_second_of_playing_is_a_few_cells() {
    for size in [(80, 24), (120, 40), (200, 60)] {
        let costs = seconds_cost(Look { size, ..PLAIN });
        let (most, all) = (costs.iter().max().unwrap(), costs.iter().sum::<usize>());
        assert!(all / costs.len() < 200, "{size:?}: {} a second", all / costs.len());
        assert!(*most < 400, "{size:?}: {most} in one second");
    }
}

#[test]
fn nothing_is_sent_while_it_stands_still() {
    let mut desk = Desk::playing(PLAIN);
    desk.press("space");
    let mut screen = Screen::new(80, 24);
    let mut frame =
        |desk: &Desk| screen.frame(|area, buffer| view(&desk.state, area, buffer, desk.now)).len();
    assert!(frame(&desk) > 0);
    desk.at(9);
    assert_eq!(frame(&desk), 0);
}
