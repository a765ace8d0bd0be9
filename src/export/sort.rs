//! Rows by a figure.

use std::cmp::Ordering;

use crate::domain::report::{Measure, Measures, Order, Row, Sorted};

/// Both levels. Equal rows stay as they stood, and what has no such figure goes last either way.
pub fn sort(rows: &mut [Row], sorted: Sorted) {
    rows.sort_by(|a, b| compared(value(sorted.by, &a.measures), value(sorted.by, &b.measures), sorted.order));
    rows.iter_mut().for_each(|row| sort(&mut row.rows, sorted));
}

fn compared(a: Option<f64>, b: Option<f64>, order: Order) -> Ordering {
    match (a, b, order) {
        (Some(a), Some(b), Order::MostFirst) => b.total_cmp(&a),
        (Some(a), Some(b), Order::LeastFirst) => a.total_cmp(&b),
        (a, b, _) => b.is_some().cmp(&a.is_some()),
    }
}

/// Exact for all that a clinic counts: kopecks below 2⁵³.
fn value(measure: Measure, of: &Measures) -> Option<f64> {
    match measure {
        Measure::Calls => Some(of.calls as f64),
        Measure::Taken => Some(of.taken as f64),
        Measure::Missed => Some(of.missed as f64),
        Measure::Wait => of.average_wait().map(|wait| wait.as_secs_f64()),
        Measure::Talk => of.average_talk().map(|talk| talk.as_secs_f64()),
        Measure::Booked => Some(of.booked as f64),
        Measure::BookedPercent => of.booked_percent(),
        Measure::Held => Some(of.held as f64),
        Measure::HeldPercent => of.held_percent(),
        Measure::Money => Some(of.money.0 as f64),
        Measure::AverageMoney => of.average_money().map(|money| money.0 as f64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::report::Group;

    #[test]
    fn what_has_no_figure_goes_last_either_way() {
        let row = |hour, taken, booked| Row {
            group: Group::Hour(hour),
            measures: Measures { calls: 9, taken, booked, ..Measures::default() },
            before: None,
            rows: vec![],
        };
        let sorted = |order| {
            let mut rows = vec![row(1, 4, 1), row(2, 0, 0), row(3, 4, 3), row(4, 4, 1)];
            sort(&mut rows, Sorted { by: Measure::BookedPercent, order });
            rows.iter().map(|row| row.group.clone()).collect::<Vec<_>>()
        };
        let hours = |hours: [u8; 4]| hours.map(Group::Hour).to_vec();
        assert_eq!(sorted(Order::MostFirst), hours([3, 1, 4, 2]));
        assert_eq!(sorted(Order::LeastFirst), hours([1, 4, 3, 2]));
    }
}
