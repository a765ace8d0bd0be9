//! From the call to the money: how many are left at each step.

use super::super::cell::{percent, roubles};
use super::super::paper::Paper;
use super::markup::{bar, element, section};
use crate::domain::report::{Kind, Measure, Measures};
use crate::domain::written::grouped;

pub fn draw(total: &Measures, kind: Kind, paper: &Paper<'_>) -> String {
    let steps = [
        (Measure::Calls, total.calls),
        (Measure::Taken, total.taken),
        (Measure::Booked, total.booked),
        (Measure::Held, total.held),
    ];
    let all = total.calls.max(1) as f64;
    let step = |(measure, count): (Measure, u64)| {
        let share = count as f64 / all;
        let said = format!("{} · {}", grouped(count, "\u{a0}"), percent(share * 100.0, paper.language()));
        bar(&paper.words.measure(measure, kind), share, &said)
    };
    let bars: String = steps.into_iter().map(step).collect();
    let money = bar(&paper.words.measure(Measure::Money, kind), 0.0, &said_money(total));
    section(&paper.say("page-funnel"), &element("table", "bars", &(bars + &money)))
}

fn said_money(total: &Measures) -> String {
    let average = total.average_money().map(|average| format!(" ({} ₽)", roubles(average)));
    format!("{} ₽{}", roubles(total.money), average.unwrap_or_default())
}
