//! What the engine tells unasked, in the order networks bring it: late replies, a link that comes and goes,
//! calls that nobody waits for any more, a new day.

use chrono::{TimeDelta, TimeZone, Utc};
use pult::desk::{Event, Setup, Ticket};
use pult::domain::call::Direction;
use pult::domain::desk::{BoardCall, Change, Link, Reply, Request, Trouble};
use pult::domain::phone::Phone;
use pult::domain::report::Measures;

use super::clinic::{MARIA, OLGA, call_id, earlier, ended, from, missed, noon, ringing, talking};
use super::fixture::{Desk, setup};

const FIRST: u64 = 79161234567;
const SECOND: u64 = 79035551221;

/// A desk that has asked for the board anew: the question, and what the store said at that moment.
fn asking_anew(desk: &mut Desk) -> (Ticket, Reply) {
    desk.hold();
    desk.change(Change::Resync);
    let held = desk.held.take().unwrap();
    let (ticket, request) = held.into_iter().find(|(_, request)| *request == Request::Board).unwrap();
    (ticket, desk.clinic.answer(&request).unwrap())
}

#[test]
fn a_late_board_brings_no_ended_call_back() {
    let mut desk = Desk::with(vec![ringing(FIRST), ringing(SECOND)]);
    let (ticket, reply) = asking_anew(&mut desk);
    desk.call(missed(ringing(FIRST))).change(Change::Gone(call_id(SECOND)));
    desk.call(earlier(ringing(79160000003), 9));
    desk.event(Event::Reply { ticket, reply: Ok(reply) });
    desk.assert_shows("пропущен");
    desk.assert_hides("903 555-12-21");
    desk.assert_shows("916 000-00-03");
    let (ticket, reply) = asking_anew(&mut desk);
    desk.event(Event::Reply { ticket, reply: Ok(reply) });
    desk.assert_shows("903 555-12-21");
}

fn down(minutes: i64) -> Change {
    let since = noon() + TimeDelta::minutes(minutes);
    Change::Link(Link::Down { since, reason: "нет ответа".into() })
}

#[test]
fn a_disk_without_room_for_recordings_is_warned_of_until_there_is_some() {
    let mut desk = Desk::with(vec![ringing(FIRST)]);
    desk.change(Change::Sounds(Some(Trouble::NoRoom { waiting: 7 })));
    desk.assert_shows("На диске нет места для записей: ждут 7");
    desk.assert_shows("Освободите место: pult doctor");
    desk.change(Change::Sounds(None));
    desk.assert_hides("нет места");
    desk.assert_shows("Записи разговоров снова приходят");
}

#[test]
fn a_lost_link_is_warned_of_once_and_its_return_clears_the_warning() {
    let mut desk = Desk::with(vec![ringing(FIRST)]);
    let hint = ": нет ответа";
    desk.change(down(0));
    desk.assert_shows(hint);
    desk.press("esc");
    desk.change(Change::Link(Link::Connecting)).change(down(3));
    desk.assert_hides(hint);
    desk.assert_shows("с 12:31");
    desk.change(down(0)).change(Change::Link(Link::Connecting));
    desk.change(Change::Link(Link::Up { since: noon() }));
    desk.assert_shows("Телефония на связи");
    desk.change(down(5));
    desk.assert_shows(hint);
    desk.assert_shows("с 12:36");
    desk.change(Change::Link(Link::Connecting)).change(Change::Link(Link::Up { since: noon() }));
    desk.assert_hides(hint);
    desk.assert_hides("Нет телефонии");
}

fn shows_missed(desk: &Desk) -> bool {
    desk.shows("пропущен")
}

#[test]
fn a_call_that_wants_nothing_more_leaves_the_board() {
    let mut desk = Desk::with(vec![ringing(FIRST), earlier(ringing(SECOND), 60)]);
    desk.press("2 1 alt+b 6 7");
    desk.call(BoardCall { wrapped: true, ..ended(earlier(ringing(SECOND), 60)) });
    desk.assert_hides("903 555-12-21");
    desk.call(BoardCall { wrapped: true, ..ended(ringing(FIRST)) });
    desk.assert_shows("окончен");
    desk.press("tab tab 1 2 f2");
    desk.assert_hides("916 123-45-67");
    desk.call(ended(ringing(FIRST)));
    desk.assert_shows("916 123-45-67");
}

/// By the number, or by the person on another number; called back or calling again; never by another's call,
/// an earlier one, or one nobody answered.
#[test]
fn a_missed_call_is_handled_when_its_caller_is_reached() {
    let lost = || from(earlier(missed(ringing(FIRST)), 600), &[MARIA]);
    let back = |mut call: BoardCall| {
        call.snapshot.direction = Direction::Outgoing;
        call
    };
    let again = BoardCall { id: call_id(1), ..ringing(FIRST) };
    let elsewhere = from(ringing(79990000001), &[MARIA]);
    for reached in [again.clone(), back(again.clone()), elsewhere.clone(), back(elsewhere)] {
        let mut desk = Desk::with(vec![lost()]);
        desk.call(reached.clone());
        assert!(shows_missed(&desk), "it only rings");
        desk.call(talking(reached, "102"));
        assert!(!shows_missed(&desk));
        desk.call(lost());
        assert!(!shows_missed(&desk), "an older word of it comes late");
    }
    for other in [from(ringing(SECOND), &[OLGA]), earlier(again, 900)] {
        let mut desk = Desk::with(vec![lost()]);
        desk.call(talking(other, "102"));
        assert!(shows_missed(&desk));
    }
}

#[test]
fn the_last_digits_mean_the_live_call_first() {
    let again = BoardCall { id: call_id(1), ..from(ringing(FIRST), &[MARIA]) };
    let mut desk = Desk::with(vec![earlier(missed(ringing(FIRST)), 60), again, ringing(SECOND)]);
    desk.press("2 1 alt+b 6 7");
    desk.assert_shows("Кто     Иванова Мария Петровна");
    assert!(desk.frame().1.is_some(), "the form has the keys");
}

#[test]
fn digits_that_may_begin_a_live_number_wait_for_more() {
    let mut desk = Desk::with(vec![
        from(ringing(79030004567), &[OLGA]),
        from(missed(ringing(79160000045)), &[MARIA]),
        ringing(SECOND),
    ]);
    desk.press("2 1 alt+b 4 5 6 7");
    desk.assert_shows("Кто     Ольгина Ольга");
}

#[test]
fn at_midnight_the_day_begins_anew() {
    let mut desk = Desk::with(vec![missed(ringing(FIRST))]);
    desk.now = Utc.with_ymd_and_hms(2026, 11, 21, 20, 58, 30).unwrap();
    desk.event(Event::Wake);
    desk.asked();
    desk.clinic.calls.clear();
    desk.pass(60_000);
    assert_eq!(desk.asked(), [], "23:59");
    desk.hold();
    desk.pass(60_000);
    assert_eq!(desk.asked(), [Request::Board]);
    desk.assert_shows("Пропущено, не обработано 1");
    desk.release();
    assert!(matches!(desk.asked()[..], [Request::Report(_), Request::Gaps(_)]));
    desk.assert_hides("916 123-45-67");
    desk.assert_shows("Пропущено 4, не обработано 0");
}

#[test]
fn yesterdays_figures_are_never_counted_as_todays() {
    let mut desk = Desk::new();
    desk.now = Utc.with_ymd_and_hms(2026, 11, 21, 20, 59, 30).unwrap();
    desk.hold();
    desk.change(Change::Figures);
    let (ticket, request) = desk.held.take().unwrap().pop().unwrap();
    desk.hold();
    desk.pass(60_000);
    let Ok(Reply::Report(mut table)) = desk.clinic.answer(&request) else { panic!("{request:?}") };
    table.total = Measures { missed: 77, ..table.total };
    desk.event(Event::Reply { ticket, reply: Ok(Reply::Report(table)) });
    desk.assert_hides("77");
    desk.release();
    desk.assert_shows("Пропущено 4");
}

#[test]
fn a_call_that_is_done_stays_under_a_cursor_that_was_just_moved_there() {
    let mut desk = Desk::with(vec![ringing(SECOND), earlier(missed(ringing(FIRST)), 60)]);
    desk.press("down down");
    desk.call(BoardCall { wrapped: true, ..earlier(missed(ringing(FIRST)), 60) });
    desk.press("f5");
    assert!(desk.asked().contains(&Request::Dial(Phone(FIRST))));
    desk.pass(60_000);
    desk.assert_hides("916 123-45-67");
}

#[test]
fn a_late_word_on_the_opened_call_does_not_make_it_ring_again() {
    let mut desk = Desk::new();
    desk.hold();
    desk.call(from(ringing(FIRST), &[MARIA]));
    let held = desk.held.take().unwrap();
    let (ticket, request) = held.into_iter().find(|(_, asked)| matches!(asked, Request::Open(_))).unwrap();
    let late = desk.clinic.answer(&request);
    desk.call(talking(from(ringing(FIRST), &[MARIA]), "102"));
    desk.event(Event::Reply { ticket, reply: late });
    desk.call(from(ringing(SECOND), &[OLGA]));
    desk.assert_shows("Кто     Ольгина Ольга");
}

#[test]
fn an_employee_that_comes_with_the_provider_is_met_at_their_phone() {
    let known = setup();
    let unknown = Setup { operator: None, operator_name: String::new(), size: (120, 24), ..known };
    let desk =
        |extension: &str| Desk::of(Setup { extension: Some(extension.into()), ..unknown.clone() }, vec![]);
    assert!(desk("101").screen().contains("Смирнова Анна"), "{}", desk("101").screen());
    assert!(!desk("199").screen().contains("Смирнова"), "{}", desk("199").screen());
}
