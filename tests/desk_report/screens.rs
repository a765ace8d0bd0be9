//! What is seen.

use pult::desk::Language;

use crate::fixture::{Desk, Look, PLAIN};

#[test]
fn show() {
    for size in [(80, 24), (120, 40), (200, 60)] {
        let mut desk = Desk::new(Look { size, ..PLAIN });
        desk.press("f6");
        println!("{}", desk.screen());
        desk.press("1").answer_all().press("enter");
        println!("{}", desk.screen());
        desk.press("down enter").answer_all();
        println!("{}", desk.screen());
    }
    let _ = Language::En;
}
