//! Anything an operator, a caller or a network may do, in any order: nothing panics, nothing hostile is drawn,
//! and the promises of the drafts hold.

use proptest::prelude::*;
use pult::desk::{Event, KeyCode, Mouse, MouseKind};
use pult::domain::desk::{BoardCall, Change, Refusal, Reply, Request};

use super::clinic::{MARIA, OLGA, PETYA, call_id, ended, from, missed, ringing, talking, withheld};
use super::fixture::Desk;

const NUMBERS: [u64; 3] = [79161234567, 79035551221, 442071234567];
const HOSTILE: &str = "\u{1b}]0;x\u{7}\u{202e}Ё\u{200b}\u{301}\r\n漢字\u{1f469}\u{200d}\u{1f469}";

#[derive(Clone, Debug)]
enum Step {
    Press(&'static str),
    Type(char),
    Paste,
    Click(u16, u16),
    Wheel(u16, u16),
    Resize(u16, u16),
    Call(usize, usize),
    Gone(usize),
    Resync,
    Pass(i64),
    Hold,
    Release,
    Refuse(bool),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let keys = prop::sample::select(vec![
        "enter",
        "esc",
        "tab",
        "backtab",
        "up",
        "down",
        "left",
        "home",
        "end",
        "pagedown",
        "backspace",
        "delete",
        "f1",
        "f2",
        "f4",
        "f5",
        "f6",
        "f7",
        "f8",
        "f9",
        "alt+a",
        "alt+b",
        "alt+c",
        "alt+d",
        "alt+i",
        "alt+n",
        "alt+t",
        "alt+u",
        "ctrl+p",
        "ctrl+w",
        "ctrl+u",
    ]);
    let step = prop_oneof![
        6 => keys.prop_map(Step::Press),
        6 => prop::sample::select("123456789jkиванолг?:\u{7}".chars().collect::<Vec<_>>()).prop_map(Step::Type),
        1 => Just(Step::Paste),
        2 => (0u16..210, 0u16..70).prop_map(|(x, y)| Step::Click(x, y)),
        1 => (0u16..210, 0u16..70).prop_map(|(x, y)| Step::Wheel(x, y)),
        1 => (0u16..210, 0u16..70).prop_map(|(width, height)| Step::Resize(width, height)),
        4 => (0usize..3, 0usize..6).prop_map(|(number, state)| Step::Call(number, state)),
        1 => (0usize..3).prop_map(Step::Gone),
        1 => Just(Step::Resync),
        2 => (1i64..5000).prop_map(Step::Pass),
        1 => Just(Step::Hold),
        2 => Just(Step::Release),
        1 => any::<bool>().prop_map(Step::Refuse),
    ];
    prop::collection::vec(step, 1..80)
}

fn call(number: usize, state: usize) -> BoardCall {
    let mut call = from(ringing(NUMBERS[number]), [&[MARIA][..], &[OLGA, PETYA], &[]][number]);
    call.snapshot.name = Some(HOSTILE.into());
    match state {
        0 | 1 => call,
        2 => talking(call, "101"),
        3 => missed(call),
        4 => ended(call),
        _ => withheld(call),
    }
}

fn take(desk: &mut Desk, step: &Step) {
    match step {
        Step::Press(keys) => {
            desk.press(keys);
        }
        Step::Type(char) => desk.event(Event::Key(pult::desk::Key::plain(KeyCode::Char(*char)))),
        Step::Paste => desk.event(Event::Paste(HOSTILE.into())),
        Step::Click(column, row) => desk.click(*column, *row),
        Step::Wheel(column, row) => {
            desk.event(Event::Mouse(Mouse { kind: MouseKind::ScrollDown, column: *column, row: *row }));
        }
        Step::Resize(width, height) => desk.resize(*width, *height),
        Step::Call(number, state) => {
            desk.call(call(*number, *state));
        }
        Step::Gone(number) => {
            desk.change(Change::Gone(call_id(NUMBERS[*number])));
        }
        Step::Resync => {
            desk.change(Change::Resync);
        }
        Step::Pass(milliseconds) => desk.pass(*milliseconds),
        Step::Hold if desk.held.is_none() => desk.hold(),
        Step::Release => desk.release(),
        Step::Refuse(refuses) => desk.clinic.refusal = refuses.then(|| Refusal::Store(HOSTILE.into())),
        Step::Hold => {}
    }
}

fn drafts_under_way(desk: &Desk) -> usize {
    let held = desk.held.iter().flatten();
    held.filter(|(_, request)| matches!(request, Request::KeepDraft { .. })).count()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn nothing_breaks_the_desk(steps in steps()) {
        let mut desk = Desk::new();
        for step in &steps {
            take(&mut desk, step);
            let (buf, cursor) = desk.frame();
            let steers = |c: char| c.is_control() || c == '\u{202e}';
            prop_assert!(buf.content().iter().all(|cell| !cell.symbol().contains(steers)));
            if let Some(cursor) = cursor {
                prop_assert!(buf.area.contains(cursor), "{cursor:?} {step:?}");
            }
            prop_assert!(drafts_under_way(&desk) <= 1, "{step:?}");
        }
    }

    /// Whatever is typed, whichever calls come and go meanwhile: the store ends with every letter.
    #[test]
    fn no_letter_of_a_comment_is_lost(text in "[а-яa-z ]{1,40}", comes in prop::collection::vec(0usize..5, 1..6)) {
        let mut desk = Desk::with(vec![call(0, 0)]);
        desk.press("enter 1 2");
        for (nth, letter) in text.chars().enumerate() {
            desk.type_text(&letter.to_string());
            let state = comes[nth % comes.len()];
            desk.call(call(1, state)).call(call(2, state)).call(call(0, 2));
            desk.pass(i64::try_from(state).unwrap() * 90);
        }
        desk.pass(2000);
        let kept = &desk.clinic.drafts[&call_id(NUMBERS[0])];
        prop_assert_eq!(&kept.comment, &text);
        let opened = matches!(desk.clinic.answer(&Request::Open(call_id(NUMBERS[0]))), Ok(Reply::Opened(_)));
        prop_assert!(opened);
    }
}
