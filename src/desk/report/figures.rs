//! Figures of a row as people read them: digits in threes, a dash where there is nothing to count.

use std::time::Duration;

use crate::desk::format;
use crate::desk::look::Look;
use crate::desk::setup::Language;
use crate::domain::money::Money;
use crate::domain::report::Measures;
use crate::domain::written::whole_roubles;

/// What stands in one column, or in a part of one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Figure {
    Calls,
    Taken,
    Missed,
    Wait,
    Talk,
    Booked,
    BookedPercent,
    Held,
    HeldPercent,
    Money,
    /// Per held visit, in brackets.
    Average,
}

pub fn figure(figure: Figure, of: &Measures, look: &Look) -> String {
    match figure {
        Figure::Calls => count(of.calls, look),
        Figure::Taken => count(of.taken, look),
        Figure::Missed => count(of.missed, look),
        Figure::Wait => duration(of.average_wait(), look),
        Figure::Talk => duration(of.average_talk(), look),
        Figure::Booked => count(of.booked, look),
        Figure::BookedPercent => percent(of.booked, of.booked_percent(), look),
        Figure::Held => count(of.held, look),
        Figure::HeldPercent => percent(of.held, of.held_percent(), look),
        Figure::Money if of.money == Money::default() => look.signs.nothing.to_owned(),
        Figure::Money => sum(of.money, look),
        Figure::Average => of
            .average_money()
            .filter(|_| of.money != Money::default())
            .map_or_else(String::new, |money| format!("({})", roubles(money, look))),
    }
}

pub fn count(count: u64, look: &Look) -> String {
    match count {
        0 => look.signs.nothing.to_owned(),
        _ => format::grouped(count, look.signs.thin),
    }
}

pub fn duration(average: Option<Duration>, look: &Look) -> String {
    average.map_or_else(|| look.signs.nothing.to_owned(), format::duration)
}

/// `44,1 %`; nothing beside a dash.
fn percent(count: u64, percent: Option<f64>, look: &Look) -> String {
    percent.filter(|_| count > 0).map_or_else(String::new, |percent| percentage(percent, look))
}

pub fn percentage(percent: f64, look: &Look) -> String {
    match look.language() {
        Language::Ru => format!("{percent:.1}{}%", gap(look)).replace('.', ","),
        Language::En => format!("{percent:.1}%"),
    }
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
fn gap(look: &Look) -> &'static str {
    if look.signs.thin == " " { " " } else { "\u{a0}" }
}
