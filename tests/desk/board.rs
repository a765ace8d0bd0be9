//! The board: calls come, change, go; one is chosen by digits, arrows, and never against the operator's will.

use pult::desk::{Effect, RingKind, Setup};
use pult::domain::call::Direction;
use pult::domain::desk::{Change, Request};
use pult::domain::phone::Phone;

use super::clinic::{COMPANY, MARIA, OLGA, call_id, earlier, ended, from, missed, ringing, talking};
use super::fixture::{Desk, setup};

#[test]
fn it_asks_for_the_board_and_the_directories_at_once() {
    let (_, effects) = pult::desk::start(setup());
    let asked: Vec<&Request> = effects
        .iter()
        .map(|effect| match effect {
            Effect::Ask { request, .. } => request,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(asked, [&Request::Directories, &Request::Board]);
}

#[test]
fn a_call_that_ends_unanswered_turns_missed_in_its_place() {
    let mut desk = Desk::with(vec![ringing(79161234567), earlier(ringing(79035551221), 60)]);
    let before = desk.find("916 123-45-67").unwrap().1;
    desk.call(missed(ringing(79161234567)));
    assert_eq!(desk.find("✗").unwrap().1, before);
    desk.assert_shows("пропущен");
    desk.change(Change::Gone(call_id(79161234567)));
    desk.assert_hides("пропущен");
}

#[test]
fn the_first_ringing_call_opens_by_itself_without_taking_the_keys() {
    let mut desk = Desk::new();
    desk.call(from(ringing(79161234567), &[MARIA]));
    desk.assert_shows("Кто     Иванова Мария Петровна");
    assert!(desk.asked().contains(&Request::Open(call_id(79161234567))));
    assert_eq!(desk.frame().1, None, "no field has the cursor");
}

#[test]
fn a_second_call_takes_nothing_from_somebody_who_works() {
    let mut desk = Desk::with(vec![from(ringing(79161234567), &[MARIA])]);
    desk.press("enter 1");
    let before = desk.find("Комментарий к разговору").unwrap();
    desk.call(from(ringing(79035551221), &[OLGA]));
    desk.assert_shows("Кто     Иванова Мария Петровна");
    assert_eq!(desk.find("Комментарий к разговору").unwrap(), before, "the form has not moved");
}

#[test]
fn nor_from_somebody_who_talks_and_has_written_nothing_yet() {
    let mut desk = Desk::with(vec![from(ringing(79161234567), &[MARIA])]);
    desk.call(talking(from(ringing(79161234567), &[MARIA]), "101"));
    desk.call(from(ringing(79035551221), &[OLGA]));
    desk.assert_shows("Кто     Иванова Мария Петровна");
}

#[test]
fn a_call_a_colleague_took_gives_way_to_the_next() {
    let mut desk = Desk::with(vec![from(ringing(79161234567), &[MARIA])]);
    desk.call(talking(from(ringing(79161234567), &[MARIA]), "102"));
    desk.call(from(ringing(79035551221), &[OLGA]));
    desk.assert_shows("Кто     Ольгина Ольга");
}

#[test]
fn the_call_answered_at_the_operators_own_phone_takes_an_idle_form() {
    let mut desk = Desk::with(vec![from(ringing(79161234567), &[MARIA])]);
    desk.call(from(ringing(79035551221), &[OLGA]));
    desk.assert_shows("Кто     Иванова Мария Петровна");
    desk.call(talking(from(ringing(79035551221), &[OLGA]), "101"));
    desk.assert_shows("Кто     Ольгина Ольга");
    desk.press("enter").type_text("д").call(talking(from(ringing(79161234567), &[MARIA]), "101"));
    desk.assert_shows("Кто     Ольгина Ольга");
}

#[test]
fn the_last_digits_take_a_call_and_its_form() {
    let mut desk =
        Desk::with(vec![from(ringing(79161234567), &[MARIA]), from(ringing(79035551221), &[OLGA])]);
    desk.press("2 1");
    desk.assert_shows("Кто     Ольгина Ольга");
    assert!(desk.frame().1.is_some(), "the form has the keys");
}

#[test]
fn digits_that_may_go_on_wait_for_more() {
    let mut desk =
        Desk::with(vec![from(ringing(79160000045), &[MARIA]), from(ringing(79030004567), &[OLGA])]);
    desk.press("4 5");
    desk.assert_shows("…45");
    desk.press("6 7");
    desk.assert_shows("Кто     Ольгина Ольга");
}

#[test]
fn digits_mean_a_live_call_before_one_that_ended() {
    let live = talking(earlier(from(ringing(79160000045), &[MARIA]), 90), "101");
    let mut desk = Desk::with(vec![ended(from(ringing(79030000045), &[OLGA])), live]);
    desk.press("4 5 enter");
    desk.assert_shows("Кто     Иванова Мария");
}

#[test]
fn digits_of_no_call_open_no_other() {
    let mut desk = Desk::with(vec![from(ringing(79161234567), &[MARIA])]);
    for keys in ["9 9 enter", "9 enter", "9 9 9 9"] {
        desk.press(keys);
        desk.assert_shows("Нет звонка с номера на …9");
        assert_eq!(desk.frame().1, None, "{keys}: the form has no keys");
        desk.press("esc");
    }
    desk.press("enter");
    assert!(desk.frame().1.is_some());
}

#[test]
fn a_number_being_dialled_rings_nobody_here() {
    let mut call = ringing(79161234567);
    call.snapshot.direction = Direction::Outgoing;
    let desk = Desk::with(vec![call]);
    desk.assert_shows("набор");
    desk.assert_shows("Звонят 0");
    desk.assert_hides("▶");
}

#[test]
fn a_pause_begins_the_digits_anew() {
    let mut desk =
        Desk::with(vec![from(ringing(79160000045), &[MARIA]), from(ringing(79030004567), &[OLGA])]);
    desk.press("4");
    desk.pass(2500);
    desk.assert_hides("…4");
    desk.press("6 7");
    desk.assert_shows("Кто     Ольгина Ольга");
}

#[test]
fn arrows_and_letters_move_the_cursor_in_either_layout() {
    let calls =
        vec![ringing(79160000001), earlier(ringing(79160000002), 5), earlier(ringing(79160000003), 9)];
    let mut desk = Desk::with(calls);
    desk.press("g");
    let row = |desk: &Desk| desk.find("▌").unwrap().1;
    let first = row(&desk);
    for (keys, wanted) in
        [("down", 1), ("j", 2), ("up", 1), ("о", 2), ("л", 1), ("g", 0), ("G", 2), ("home", 0)]
    {
        desk.press(keys);
        assert_eq!(row(&desk), first + wanted, "{keys}");
    }
}

#[test]
fn more_calls_than_room_go_page_by_page() {
    let calls = (0..30).map(|nth| earlier(missed(ringing(79160000000 + nth)), nth as i64)).collect();
    let mut desk = Desk::with(calls);
    desk.assert_shows("916 000-00-00");
    desk.press("pagedown pagedown");
    desk.assert_hides("916 000-00-00");
    desk.assert_shows("916 000-00-18");
    desk.assert_shows("Звонки 19–27 из 30");
}

#[test]
fn what_rings_is_seen_from_every_page() {
    let calls = (0..30).map(|nth| earlier(missed(ringing(79160000000 + nth)), nth as i64)).collect();
    let mut desk = Desk::with(calls);
    desk.press("pagedown pagedown");
    desk.call(from(ringing(79161234567), &[MARIA]));
    desk.assert_shows("916 123-45-67");
    desk.assert_shows("Звонки 17–24 из 31");
    assert!(desk.find("▌").is_some(), "the cursor is seen");
    desk.click_on("916 123-45-67");
    desk.assert_shows("Кто     Иванова Мария Петровна");
}

/// Enter or the key that calls back is meant for the row the operator has just marked.
#[test]
fn a_call_that_rings_does_not_take_the_cursor_from_somebody_choosing() {
    let old = || vec![missed(ringing(79160000001)), earlier(missed(ringing(79160000002)), 60)];
    let mut desk = Desk::with(old());
    desk.press("down down").call(from(ringing(79161234567), &[MARIA]));
    desk.assert_shows("Кто     Иванова Мария Петровна");
    desk.press("f5");
    assert!(desk.asked().contains(&Request::Dial(Phone(79160000002))));
    let mut desk = Desk::with(old());
    desk.press("down down").pass(11_000);
    desk.call(from(ringing(79161234567), &[MARIA])).press("f5");
    assert!(desk.asked().contains(&Request::Dial(Phone(79161234567))));
}

#[test]
fn it_rings_once_for_a_call_and_not_at_all_when_told_not_to() {
    let rings = |kind: RingKind| {
        let mut desk = Desk::of(Setup { ring: kind, ..setup() }, vec![]);
        desk.call(ringing(79161234567)).call(ringing(79161234567)).call(talking(ringing(79161234567), "101"));
        desk.effects.iter().filter(|effect| **effect == Effect::Ring).count()
    };
    assert_eq!(rings(RingKind::Bell), 1);
    assert_eq!(rings(RingKind::Off), 0);
}

#[test]
fn too_many_changes_ask_for_the_board_again() {
    let mut desk = Desk::new();
    desk.asked();
    desk.clinic.calls = vec![ringing(79161234567)];
    desk.change(Change::Resync);
    assert!(desk.asked().contains(&Request::Board));
    desk.assert_shows("916 123-45-67");
}

#[test]
fn who_talks_and_who_waits_is_counted_above() {
    let mut desk = Desk::with(vec![ringing(79160000001), talking(ringing(79160000002), "102")]);
    desk.assert_shows("Звонят 1 · говорят 1 · ждут 0");
    desk.assert_shows("Пропущено 4, не обработано 0");
    desk.call(missed(ringing(79160000001)));
    desk.assert_shows("Звонят 0 · говорят 1 · ждут 0");
    desk.assert_shows("не обработано 1");
}

#[test]
fn an_unknown_number_looks_unknown() {
    let desk = Desk::with(vec![ringing(79161234567)]);
    desk.assert_shows("Неизвестный номер");
    desk.assert_shows("фамилия и имя");
}

#[test]
fn a_companys_name_is_not_taken_for_a_surname() {
    let desk = Desk::with(vec![from(ringing(74951112233), &[COMPANY])]);
    desk.assert_shows("ООО «Рома");
}

#[test]
fn the_history_beside_the_card_follows_the_figures() {
    let mut desk = Desk::of(Setup { size: (200, 60), ..setup() }, vec![from(ringing(79161234567), &[MARIA])]);
    assert!(desk.asked().contains(&Request::History(MARIA)));
    desk.change(Change::Figures);
    assert!(desk.asked().contains(&Request::History(MARIA)));
    desk.resize(80, 24);
    desk.change(Change::Figures);
    assert!(!desk.asked().contains(&Request::History(MARIA)), "nobody sees it");
}

#[test]
fn an_ended_call_says_so_and_how_long_it_was() {
    let desk = Desk::with(vec![ended(ringing(79161234567))]);
    desk.assert_shows("окончен");
    desk.assert_shows("1:02");
}

#[test]
fn a_colleagues_finished_talk_is_theirs_to_wrap_up() {
    let mut desk = Desk::new();
    desk.call(talking(ringing(79035551221), "102"));
    desk.assert_shows("903 555-12-21");
    desk.call(ended(talking(ringing(79035551221), "102")));
    desk.assert_hides("903 555-12-21");
    desk.call(ended(talking(ringing(79161234567), "101")));
    desk.assert_shows("916 123-45-67");
    desk.call(missed(ringing(79851002030)));
    desk.assert_shows("985 100-20-30");
}

#[test]
fn a_suppliers_finished_call_asks_for_nothing() {
    let mut desk = Desk::new();
    desk.press("tab");
    let call = from(talking(ringing(79161234567), "102"), &[COMPANY]);
    desk.call(call.clone());
    desk.assert_shows("916 123-45-67");
    desk.call(missed(ringing(79035551221)));
    desk.call(ended(call));
    assert!(desk.find("окончен").is_none(), "{}", desk.screen());
}
