//! The mouse does what keys do.

use pult::desk::{Event, Mouse, MouseKind};
use pult::domain::desk::Request;

use super::clinic::{MARIA, OLGA, PETYA, earlier, ended, from, ringing};
use super::fixture::Desk;

fn two_calls() -> Desk {
    Desk::with(vec![from(ringing(79161234567), &[MARIA]), earlier(from(ringing(79035551221), &[OLGA]), 5)])
}

#[test]
fn a_press_takes_a_call_and_fields_unfold() {
    let mut desk = two_calls();
    desk.click_on("903 555-12-21");
    desk.assert_shows("Кто     Ольгина Ольга");
    desk.click_on("Тип ");
    desk.click_on("Пациент. Лист");
    desk.assert_shows("Тип     Пациент. Лист ожидания");
}

#[test]
fn a_press_puts_the_cursor_into_the_comment() {
    let mut desk = two_calls();
    desk.press("enter 1 2").type_text("абвгд");
    let (column, row) = desk.find("абвгд").unwrap();
    desk.click(column + 2, row);
    desk.type_text("Х");
    desk.assert_shows("абХвгд");
}

#[test]
fn hints_are_buttons_and_a_press_beside_a_layer_closes_it() {
    let mut desk = two_calls();
    desk.click_on("Скрипт");
    desk.press("enter");
    desk.click_on("F1 Помощь");
    desk.assert_shows("Помощь: клавиши");
    desk.press("esc f9");
    desk.assert_shows("консультация");
    desk.click(0, 1);
    desk.assert_hides("консультация");
    desk.click_on("F5 Позвонить");
    assert!(desk.asked().iter().any(|request| matches!(request, Request::Dial(_))));
}

#[test]
fn the_sidebar_and_the_history_are_pressed_too() {
    let mut desk = Desk::with(vec![from(ringing(79161234567), &[MARIA, PETYA])]);
    desk.click_on("2 Иванов Пётр");
    desk.assert_shows("Кто     Иванов Пётр Олегович");
    desk.click_on("Счёт");
    desk.assert_shows("Дата рождения: 02.05.2019");
    desk.press("esc");
    desk.click_on("Скрипт ");
    desk.assert_shows("консультация");
    desk.press("esc");
    desk.resize(200, 60);
    desk.clinic.calls.push(ended(ringing(79161234500)));
    desk.click_on("Перенесла на ноябрь");
    desk.assert_shows("+7 916 123-45-00");
}

#[test]
fn the_wheel_moves_the_cursor() {
    let mut desk = two_calls();
    desk.press("g");
    let before = desk.find("▌").unwrap().1;
    desk.event(Event::Mouse(Mouse { kind: MouseKind::ScrollDown, column: 5, row: 5 }));
    assert_eq!(desk.find("▌").unwrap().1, before + 1);
}

#[test]
fn a_press_anywhere_on_any_screen_breaks_nothing() {
    for keys in ["", "enter", "?", ":", "f4", "i", "n", "d", "f6"] {
        for (width, height) in [(60, 20), (80, 24), (200, 60)] {
            let mut desk = two_calls();
            desk.resize(width, height);
            desk.press(keys);
            for row in 0..height {
                desk.click(row * 3 % width, row);
                desk.frame();
            }
        }
    }
}
