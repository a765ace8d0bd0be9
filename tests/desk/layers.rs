//! What stands over the desk: help from the key table, the palette with every action.

use pult::desk::{Action, Keymap, Setup};
use pult::domain::desk::{Abilities, Request};

use super::clinic::{MARIA, from, ringing};
use super::fixture::{Desk, setup};

#[test]
fn help_is_the_key_table_as_it_is() {
    for key in ["f1", "?", ","] {
        let mut desk = Desk::new();
        desk.press(key);
        desk.assert_shows("Помощь: клавиши");
        desk.assert_shows("В списке звонков");
        desk.press("esc");
        desk.assert_hides("Помощь: клавиши");
    }
    let keymap = Keymap::from_toml(Some("[board]\nz = \"log_by_hand\"")).unwrap();
    let mut desk = Desk::of(Setup { keymap, size: (100, 60), ..setup() }, vec![]);
    desk.press("?");
    desk.assert_shows("n z");
}

#[test]
fn every_action_is_in_help() {
    let abilities = Abilities { transfer: true, hold: true, consult: true, tag: true, play_on_phone: true };
    let mut desk = Desk::of(Setup { size: (120, 200), abilities, ..setup() }, vec![]);
    desk.press("?");
    let text = pult::desk::Text::new(pult::desk::Language::Ru);
    for action in Action::ALL {
        desk.assert_shows(&text.action(*action));
    }
}

#[test]
fn the_palette_finds_every_action_by_either_name_and_layout() {
    for typed in ["скрипт", "script", "crhbgn", "ыскшзе"] {
        let mut desk = Desk::with(vec![from(ringing(79161234567), &[MARIA])]);
        desk.press(":").type_text(typed).press("enter");
        desk.assert_shows("Первая консультация бесплатно.");
    }
}

#[test]
fn the_palette_acts_where_it_was_opened() {
    let mut desk = Desk::with(vec![from(ringing(79161234567), &[MARIA])]);
    desk.press("enter 1 2 ctrl+p").type_text("сохр").press("enter");
    assert!(desk.asked().iter().any(|request| matches!(request, Request::Save { .. })));
}

#[test]
fn a_layer_keeps_the_keys_from_what_is_under_it() {
    let mut desk = Desk::with(vec![from(ringing(79161234567), &[MARIA])]);
    desk.press("? f2 6 7");
    desk.assert_hides("Не заполнено");
    assert_eq!(desk.frame().1, None);
}

#[test]
fn a_call_that_comes_leaves_the_layer_where_it_is() {
    let mut desk = Desk::new();
    desk.press(":").type_text("скр");
    desk.call(ringing(79161234567));
    desk.assert_shows(": скр");
}
