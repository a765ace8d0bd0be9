//! The card's blocks, each a few lines: who, money, visits, tasks, comments.

use chrono::{DateTime, Utc};
use ratatui::layout::Rect;
use ratatui::widgets::{Paragraph, Widget, Wrap};

use super::Page;
use unicode_width::UnicodeWidthStr;

use crate::desk::format;
use crate::desk::look::Look;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::money::Money;
use crate::domain::person::{ADULT_AT, Card, PersonKind, age};
use crate::domain::visit::Visit;

pub const LABEL_WIDTH: u16 = 9;
/// A sidebar this wide names tasks and visits whole and shows both comments.
const WIDE: u16 = 44;

fn label(strip: &mut Strip<'_>, look: &Look, key: &str) {
    strip.put_within(&look.say(key), LABEL_WIDTH, look.style(Meaning::Label));
}

/// Age or kind, and the umbrella while a policy is in force; a child's parent under it.
pub fn person(page: &mut Page<'_>, card: &Card) {
    let (look, today) = (&page.state.look, page.state.look.day(page.now));
    let years = card.born.and_then(|born| age(born, today));
    let first = match (card.kind, years) {
        (PersonKind::Employee, _) => look.say("kind-employee").into_owned(),
        (PersonKind::Counterparty, _) => look.say("kind-counterparty").into_owned(),
        (PersonKind::Patient, Some(years)) => look.say_with("age", &[("n", years.into())]),
        (PersonKind::Patient, None) => look.say("age-unknown").into_owned(),
    };
    let policy = card.policy.as_ref().filter(|policy| policy.in_force(today));
    let mut strip = page.line();
    strip.put(&first, look.style(Meaning::Text)).gap(1);
    if let Some(policy) = policy {
        let until = format::near_date(policy.until, today, look);
        let whole = look.say_with("side-insured-until", &[("until", until.into())]);
        let fits = whole.width() + 2 <= usize::from(strip.room());
        let said = if fits { whole } else { look.say("side-insured").into_owned() };
        strip.put_right(&format!("{} {said}", look.signs.umbrella), look.style(Meaning::Insured));
    }
    if years.is_some_and(|years| years < ADULT_AT) {
        parent(page, card);
    }
}

fn parent(page: &mut Page<'_>, card: &Card) {
    let look = &page.state.look;
    let Some(parent) = &card.parent else { return };
    let mut strip = page.line();
    label(&mut strip, look, "side-parent");
    let name = format::fit_name(&parent.name, strip.room());
    strip.put(&name, look.style(Meaning::Text));
    if let Some(phone) = parent.phone {
        page.line().gap(LABEL_WIDTH).put(&phone.international(), look.style(Meaning::Text));
    }
}

pub fn money(page: &mut Page<'_>, card: &Card) {
    let look = &page.state.look;
    if card.kind != PersonKind::Patient {
        return;
    }
    account(page, card.account);
    sum(page, "side-treatment", card.treatment_total);
    if let Some(total) = card.family_total {
        sum(page, "side-family", total);
    }
    if card.policy.is_some() || card.insured_total != Money(0) {
        let mut strip = page.line();
        label(&mut strip, look, "side-insured-total");
        strip.put_right(&format::money(card.insured_total, look), look.style(Meaning::Insured));
    }
}

/// Signed, named and coloured: debt is not read for an advance.
fn account(page: &mut Page<'_>, account: Money) {
    let look = &page.state.look;
    let (key, meaning) = match account.0 {
        ..0 => ("side-debt", Meaning::Debt),
        0 => ("side-even", Meaning::Text),
        _ => ("side-advance", Meaning::Advance),
    };
    let mut strip = page.line();
    label(&mut strip, look, "side-account");
    strip.put_right(&format::money(account, look), look.style(meaning)).gap_right(1);
    // Where there is no room for the word the sign must do.
    let word = look.say(key);
    if word.width() <= usize::from(strip.room()) {
        strip.put(&word, look.style(meaning));
    }
}

fn sum(page: &mut Page<'_>, key: &str, amount: Money) {
    let look = &page.state.look;
    let mut strip = page.line();
    label(&mut strip, look, key);
    strip.put_right(&format::money(amount, look), look.style(Meaning::Text));
}

/// How visits are kept, the last one, and those to come.
pub fn visits(page: &mut Page<'_>, card: &Card) {
    if card.kind != PersonKind::Patient {
        return;
    }
    attendance(page, card);
    let most = if page.area.width >= WIDE { 3 } else { 2 };
    for (nth, visit) in card.future_visits.iter().take(most).enumerate() {
        future_visit(page, visit, nth == 0);
    }
    if card.future_visits.is_empty() {
        let look = &page.state.look;
        let mut strip = page.line();
        label(&mut strip, look, "side-future");
        strip.put(&look.say("side-no-visits"), look.style(Meaning::Placeholder));
    }
}

fn attendance(page: &mut Page<'_>, card: &Card) {
    let look = &page.state.look;
    let today = look.day(page.now);
    let mut strip = page.line();
    label(&mut strip, look, "side-visits");
    let Some(percent) = card.visits_kept_percent() else {
        strip.put(&look.say("side-first-time"), look.style(Meaning::Text));
        return;
    };
    // Who books and does not come should not be offered the best hours.
    let meaning = if percent < 70 { Meaning::Warning } else { Meaning::Text };
    strip.put(&format!("{percent}\u{a0}%"), look.style(meaning)).gap(1);
    if let Some(last) = card.last_visit {
        let day = format::near_date(look.day(last), today, look);
        strip.put_right(&look.say_with("side-last-visit", &[("day", day.into())]), look.style(Meaning::Text));
    }
}

fn future_visit(page: &mut Page<'_>, visit: &Visit, first: bool) {
    let look = &page.state.look;
    let when = day_and_time(visit.starts_at, look);
    let mut strip = page.line();
    match first {
        true => label(&mut strip, look, "side-future"),
        false => {
            strip.gap(LABEL_WIDTH);
        }
    }
    strip.put(&when, look.style(Meaning::Text)).gap(1);
    let doctor = format::fit_name(&visit.doctor, strip.room());
    strip.put(&doctor, look.style(Meaning::Text));
}

pub fn day_and_time(at: DateTime<Utc>, look: &Look) -> String {
    format!("{} {}", format::short_date(look.day(at), look), format::clock(at, look))
}

/// The count and the most urgent; on a wide sidebar each with its day.
pub fn tasks(page: &mut Page<'_>, card: &Card) {
    let look = &page.state.look;
    let most = if page.area.width >= WIDE { 4 } else { 1 };
    for (nth, task) in card.tasks.iter().take(most).enumerate() {
        let due = format::short_date(look.day(task.due_at), look);
        let late = task.due_at < page.now;
        let mut strip = page.line();
        match nth {
            0 => label(&mut strip, look, "side-tasks"),
            _ => {
                strip.gap(LABEL_WIDTH);
            }
        }
        if nth == 0 {
            strip.put(&card.tasks.len().to_string(), look.style(Meaning::Text)).gap(2);
        } else {
            strip.gap(3);
        }
        let meaning = if late { Meaning::Warning } else { Meaning::Text };
        strip.put_right(&due, look.style(meaning)).gap_right(1).put(&task.text, look.style(Meaning::Text));
    }
}

/// The main comment; the additional one too where there is room, else it is in the details.
pub fn comments(page: &mut Page<'_>, card: &Card) {
    let text = match page.area.width >= WIDE && !card.extra_comment.is_empty() {
        true => format!("{}\n\n{}", card.comment, card.extra_comment),
        false => card.comment.clone(),
    };
    let room = page.room();
    if text.is_empty() || room < 2 {
        return;
    }
    let area = Rect { y: page.area.y + page.row + 1, height: room - 1, ..page.area };
    let style = page.state.look.style(Meaning::Text);
    Paragraph::new(text).style(style).wrap(Wrap { trim: true }).render(area, page.buf);
    page.row = page.row.saturating_add(room);
}
