//! Drafts: kept soon, one at a time, the newest words, found again to the letter.

use pult::desk::{Effect, Event};
use pult::domain::desk::{Refusal, Request};

use super::clinic::{MARIA, OLGA, call_id, from, ringing};
use super::fixture::Desk;

fn two_calls() -> Desk {
    Desk::with(vec![from(ringing(79161234567), &[MARIA]), from(ringing(79035551221), &[OLGA])])
}

fn drafts(desk: &mut Desk) -> Vec<String> {
    let kept = desk.asked().into_iter().filter_map(|request| match request {
        Request::KeepDraft { fields, .. } => Some(fields.comment),
        _ => None,
    });
    kept.collect()
}

#[test]
fn what_is_typed_is_kept_within_a_third_of_a_second() {
    let mut desk = two_calls();
    desk.press("6 7 1 2").type_text("Просит");
    desk.pass(200);
    assert_eq!(drafts(&mut desk), Vec::<String>::new());
    desk.pass(100);
    assert_eq!(drafts(&mut desk), ["Просит"]);
}

#[test]
fn one_draft_is_under_way_at_a_time_and_the_newest_wins() {
    let mut desk = two_calls();
    desk.press("6 7 1 2");
    desk.pass(400);
    drafts(&mut desk);
    desk.hold();
    desk.type_text("а");
    desk.pass(400);
    desk.type_text("б");
    desk.pass(400);
    desk.type_text("в");
    desk.pass(2000);
    assert_eq!(drafts(&mut desk), ["а"]);
    desk.release();
    desk.pass(400);
    assert_eq!(drafts(&mut desk), ["абв"]);
}

#[test]
fn a_second_call_while_writing_loses_nothing() {
    let mut desk = two_calls();
    desk.press("6 7 1 2").type_text("Недописанная ст");
    desk.press("alt+b 2 1");
    desk.assert_shows("Кто     Ольгина Ольга");
    assert_eq!(drafts(&mut desk), ["Недописанная ст"], "sent at once on leaving");
    desk.type_text("7");
    desk.press("alt+b 6 7").type_text("рока");
    desk.assert_shows("Тема    Имплантация");
    desk.assert_shows("Недописанная строка");
    desk.assert_shows("черновик");
}

#[test]
fn coming_back_before_the_store_has_it_finds_every_letter() {
    let mut desk = two_calls();
    desk.press("6 7 1 2");
    desk.hold();
    desk.type_text("Быстро").press("alt+b 2 1 alt+b 6 7");
    desk.release();
    desk.assert_shows("Быстро");
}

#[test]
fn what_is_typed_before_the_store_answers_joins_the_draft() {
    let mut desk = two_calls();
    desk.press("6 7 1 2").type_text("Первое");
    desk.press("alt+b 2 1 alt+b");
    desk.hold();
    desk.press("6 7 tab tab tab tab").type_text("второе");
    desk.release();
    desk.assert_shows("Первое");
    desk.assert_shows("второе");
}

#[test]
fn a_draft_the_store_refused_is_sent_again() {
    let mut desk = two_calls();
    desk.press("6 7 1 2").type_text("Текст");
    desk.hold();
    desk.pass(400);
    let (ticket, _) = desk.held.take().unwrap().pop().unwrap();
    drafts(&mut desk);
    desk.event(Event::Reply { ticket, reply: Err(Refusal::Store("disk full".into())) });
    desk.assert_shows("База не приняла: disk full");
    desk.pass(6000);
    assert_eq!(drafts(&mut desk), ["Текст"]);
}

#[test]
fn a_saved_call_keeps_no_draft() {
    let mut desk = two_calls();
    desk.press("6 7 1 2").type_text("Текст").press("f2");
    desk.pass(2000);
    assert_eq!(drafts(&mut desk), Vec::<String>::new());
    assert!(desk.clinic.drafts.is_empty());
}

#[test]
fn a_refused_save_is_a_draft_again_and_the_form_stays() {
    let mut desk = two_calls();
    desk.clinic.refusal = Some(Refusal::Store("disk full".into()));
    desk.press("6 7 1 2").type_text("Текст").press("f2");
    desk.assert_shows("База не приняла: disk full");
    desk.assert_shows("Текст");
    desk.pass(400);
    assert_eq!(desk.clinic.drafts[&call_id(79161234567)].comment, "Текст");
}

#[test]
fn leaving_sends_what_was_not_sent_yet() {
    let mut desk = two_calls();
    desk.press("6 7 1 2").type_text("Последнее").press("f10");
    assert_eq!(desk.effects.last(), Some(&Effect::Quit));
    assert_eq!(drafts(&mut desk), ["Последнее"]);
}

#[test]
fn a_draft_found_in_the_store_is_taken_up() {
    let mut desk = two_calls();
    let fields =
        pult::domain::wrapup::Fields { comment: "С прошлого раза".into(), ..Default::default() };
    desk.clinic.drafts.insert(call_id(79161234567), fields);
    desk.press("6 7");
    desk.assert_shows("С прошлого раза");
}

/// A desk that is being saved, and the saving's question held back.
fn saving(desk: &mut Desk) -> (pult::desk::Ticket, Request) {
    desk.press("6 7 1 2").type_text("перенос");
    desk.hold();
    desk.press("f2");
    desk.held.take().unwrap().pop().unwrap()
}

#[test]
fn a_refused_save_takes_nothing_back_that_was_typed_since() {
    let refused = || Err(Refusal::Store("disk full".into()));
    let first = call_id(79161234567);
    let mut desk = two_calls();
    let (ticket, _) = saving(&mut desk);
    desk.type_text(" два");
    desk.event(Event::Reply { ticket, reply: refused() });
    desk.pass(400);
    assert_eq!(desk.clinic.drafts[&first].comment, "перенос два");
    let mut desk = two_calls();
    let (ticket, _) = saving(&mut desk);
    desk.type_text(" два").press("alt+b 2 1");
    assert_eq!(drafts(&mut desk), ["перенос два"], "kept already");
    desk.event(Event::Reply { ticket, reply: refused() });
    desk.pass(400);
    assert_eq!(desk.clinic.drafts[&first].comment, "перенос два");
}

#[test]
fn coming_back_while_the_save_is_under_way_finds_its_words() {
    let mut desk = two_calls();
    let (ticket, request) = saving(&mut desk);
    desk.press("alt+b 2 1 alt+b 6 7");
    desk.assert_shows("перенос");
    desk.answer(ticket, &request);
    desk.assert_hides("перенос");
}

#[test]
fn a_late_answer_settles_no_other_draft() {
    let mut desk = two_calls();
    desk.press("6 7 1 2").type_text("первый");
    desk.hold();
    desk.pass(400);
    let (late, _) = desk.held.take().unwrap().pop().unwrap();
    desk.press("f2 2 1 1 2").type_text("Ольга");
    desk.press("alt+b");
    desk.hold();
    desk.pass(2000);
    assert_eq!(desk.held.take().unwrap(), [], "one draft under way");
    desk.hold();
    desk.event(Event::Reply { ticket: late, reply: Ok(pult::domain::desk::Reply::DraftKept) });
    let (ticket, _) = desk.held.take().unwrap().pop().unwrap();
    desk.event(Event::Reply { ticket, reply: Err(Refusal::Store("disk full".into())) });
    desk.pass(6000);
    assert_eq!(desk.clinic.drafts.keys().collect::<Vec<_>>(), [&call_id(79035551221)]);
}
