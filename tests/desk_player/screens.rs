//! What is seen: every size, both languages, themes, ASCII.

use pult::desk::{Event, Language, Mute, SoundNews};
use pult::domain::desk::Change;
use pult::domain::recording::Recording;

use super::desk::{Desk, Look, PLAIN};
use super::fixture::{HERE, Listener, call_id, mark, recording};

const SIZES: [(u16, u16); 4] = [(60, 20), (80, 24), (120, 40), (200, 60)];

fn at_work(look: Look) -> Desk {
    let mut desk = Desk::playing(look);
    let marks = vec![mark(1, 62, "спросила про рассрочку"), mark(2, 130, "жалоба на ожидание у кабинета")];
    desk.event(Event::Change(Change::Recording(call_id(0))));
    desk.know(Recording { marks, held: true, ..recording(call_id(0), HERE) });
    desk.at(20);
    desk.press("a");
    desk.at(45);
    desk.press("a s +");
    desk.at(30);
    desk
}

#[test]
fn every_size_in_both_languages() {
    for size in SIZES {
        for (language, tag) in [(Language::Ru, "ru"), (Language::En, "en")] {
            let mut desk = at_work(Look { size, language, ..PLAIN });
            insta::assert_snapshot!(format!("playing_{tag}_{}", size.0), desk.screen());
            desk.news(SoundNews::Ways { phone: true });
            desk.news(SoundNews::NoDevice(Mute::NoServer));
            insta::assert_snapshot!(format!("unheard_{tag}_{}", size.0), desk.screen());
        }
    }
}

#[test]
fn ascii_is_ascii_but_for_the_words() {
    let screen = at_work(Look { ascii: true, ..PLAIN }).screen();
    let drawn: String = screen.chars().filter(|char| !char.is_alphanumeric()).collect();
    assert!(drawn.is_ascii(), "{drawn:?}");
    insta::assert_snapshot!(screen);
}

#[test]
fn what_was_played_differs_in_every_theme() {
    for theme in ["dark", "light", "high-contrast", "monochrome"] {
        let desk = at_work(Look { theme, ..PLAIN });
        let buf = desk.buffer();
        let row = (0..24).find(|y| buf[(2, *y)].symbol() == "Л").unwrap();
        let styles = [6, 70].map(|x| buf[(x, row)].style());
        assert_ne!(styles[0], styles[1], "{theme}");
        let ruler: String = (0..80).map(|x| buf[(x, row + 2)].symbol()).collect();
        for sign in ["▲", "[", "]", "◆"] {
            assert!(ruler.contains(sign), "{theme}: {ruler}");
        }
    }
}

#[test]
fn one_channel_has_the_room_of_two_and_no_letter() {
    let mut desk = Desk::listing(PLAIN);
    desk.press("p");
    let two = super::fixture::waveform(90);
    let one = pult::desk::Waveform { channels: vec![two.channels[0].clone()], ..(*two).clone() };
    desk.news(SoundNews::Opened { call: call_id(0), waveform: one.into() });
    insta::assert_snapshot!(desk.screen());
}
