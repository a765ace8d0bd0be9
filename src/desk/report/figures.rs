//! Figures of a row as people read them: digits in threes, a dash where there is nothing to count; and how they
//! changed.

use std::time::Duration;

use crate::desk::format;
use crate::desk::look::Look;
use crate::desk::setup::Language;
use crate::domain::money::Money;
use crate::domain::report::{Measure, Measures};
use crate::domain::written::{nearest_second, whole_roubles};

/// A greater change is no news in per cent.
const MOST_CHANGE: f64 = 999.0;

pub fn figure(measure: Measure, of: &Measures, look: &Look) -> String {
    match measure {
        Measure::Calls => count(of.calls, look),
        Measure::Taken => count(of.taken, look),
        Measure::Missed => count(of.missed, look),
        Measure::Wait => duration(of.average_wait(), look),
        Measure::Talk => duration(of.average_talk(), look),
        Measure::Booked => count(of.booked, look),
        Measure::BookedPercent => share(of.booked, of.booked_percent(), look),
        Measure::Held => count(of.held, look),
        Measure::HeldPercent => share(of.held, of.held_percent(), look),
        Measure::Money if of.money == Money::default() => look.signs.nothing.to_owned(),
        Measure::Money => sum(of.money, look),
        Measure::AverageMoney => {
            average(of).map_or_else(String::new, |money| format!("({})", roubles(money, look)))
        }
    }
}

/// `None` where the visits brought no money.
fn average(of: &Measures) -> Option<Money> {
    of.average_money().filter(|_| of.money != Money::default())
}

/// As it stands beside its name and not in a table: a dash where there is none.
pub fn alone(measure: Measure, of: &Measures, look: &Look) -> String {
    let said = match measure {
        Measure::AverageMoney => average(of).map_or_else(String::new, |money| sum(money, look)),
        _ => figure(measure, of, look),
    };
    if said.is_empty() { look.signs.nothing.to_owned() } else { said }
}

/// `+12 %` against `before`; of a percent in points of it, `+3,1`. A dash where there was nothing to compare with,
/// and nothing at all where there is nothing on either side.
pub fn change(measure: Measure, now: &Measures, before: &Measures, look: &Look) -> String {
    let value = |of: &Measures| of.value(measure).filter(|value| *value != 0.0);
    match (value(now), value(before)) {
        (None, None) => String::new(),
        (now, before) if is_percent(measure) => {
            signed(now.unwrap_or_default() - before.unwrap_or_default(), 1, look)
        }
        (_, None) => look.signs.nothing.to_owned(),
        (now, Some(before)) => relative(now.unwrap_or_default(), before, look),
    }
}

fn relative(now: f64, before: f64, look: &Look) -> String {
    let change = (now - before) * 100.0 / before.abs();
    let shown = change.clamp(-MOST_CHANGE, MOST_CHANGE);
    let beyond = if change == shown { "" } else { ">" };
    format!("{beyond}{}", percent_sign(&signed(shown, 0, look), look))
}

pub fn is_percent(measure: Measure) -> bool {
    matches!(measure, Measure::BookedPercent | Measure::HeldPercent)
}

/// `+12,5`; what rounds to nothing has no sign.
fn signed(value: f64, digits: usize, look: &Look) -> String {
    let text = decimal(value.abs(), digits, look);
    let nothing = text.chars().all(|char| !char.is_ascii_digit() || char == '0');
    match value {
        _ if nothing => text,
        _ if value < 0.0 => format!("{}{text}", look.signs.minus),
        _ => format!("+{text}"),
    }
}

fn decimal(value: f64, digits: usize, look: &Look) -> String {
    pointed(format!("{value:.digits$}"), look)
}

/// With the point that the language writes.
pub fn pointed(text: String, look: &Look) -> String {
    match look.language() {
        Language::Ru => text.replace('.', ","),
        Language::En => text,
    }
}

fn percent_sign(text: &str, look: &Look) -> String {
    match look.language() {
        Language::Ru => format!("{text}{}%", gap(look)),
        Language::En => format!("{text}%"),
    }
}

pub fn count(count: u64, look: &Look) -> String {
    match count {
        0 => look.signs.nothing.to_owned(),
        _ => format::grouped(count, look.signs.thin),
    }
}

pub fn duration(average: Option<Duration>, look: &Look) -> String {
    let rounded = |average: Duration| format::duration(nearest_second(average));
    average.map_or_else(|| look.signs.nothing.to_owned(), rounded)
}

/// `44,1 %`; nothing beside a dash.
fn share(count: u64, percent: Option<f64>, look: &Look) -> String {
    percent.filter(|_| count > 0).map_or_else(String::new, |percent| percentage(percent, look))
}

pub fn percentage(percent: f64, look: &Look) -> String {
    percent_sign(&decimal(percent, 1, look), look)
}

/// `2 410 300 ₽`
pub fn sum(money: Money, look: &Look) -> String {
    format!("{}{}{}", roubles(money, look), gap(look), look.signs.rouble)
}

/// `2 410 300`
pub fn roubles(money: Money, look: &Look) -> String {
    let sign = if money.0 < 0 { look.signs.minus } else { "" };
    format!("{sign}{}", format::grouped(whole_roubles(money), look.signs.thin))
}

/// What belongs together is never parted.
pub fn gap(look: &Look) -> &'static str {
    if look.signs.thin == " " { " " } else { "\u{a0}" }
}
