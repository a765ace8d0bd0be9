//! Calls, missed and booked by hour and weekday.

use super::super::paper::Paper;
use super::markup::{element, escaped, section};
use crate::domain::report::{Group, Kind, Measure, Row, Table};

/// Shades above none.
const SHADES: u64 = 5;

pub fn draw(table: &Table, paper: &Paper<'_>) -> String {
    let kind = table.query.kind;
    let maps =
        [Measure::Calls, Measure::Missed, Measure::Booked].map(|measure| map(table, measure, kind, paper));
    section(&paper.say("page-heat"), &element("div", "maps", &maps.concat()))
}

/// Nothing where nothing was counted.
fn map(table: &Table, measure: Measure, kind: Kind, paper: &Paper<'_>) -> String {
    let cells: Vec<[u64; 24]> = (0..7).map(|weekday| hours(table, weekday, measure)).collect();
    let most = cells.iter().flatten().copied().max().unwrap_or(0);
    if most == 0 {
        return String::new();
    }
    // The hours of the clinic: the same for all three maps.
    let open = |hour: &usize| (0..7).any(|day| hours(table, day, Measure::Calls)[*hour] > 0);
    let (first, last) = ((0..24).find(open).unwrap_or(0), (0..24).rfind(open).unwrap_or(23));
    let head: String = (first..=last).map(|hour| format!("<th scope=\"col\">{hour}</th>")).collect();
    let line = |(weekday, counts): (u8, &[u64; 24])| {
        let cells: String = counts[first..=last].iter().map(|count| cell(*count, most)).collect();
        format!("<tr><th scope=\"row\">{}</th>{cells}</tr>", escaped(&paper.words.weekday_short(weekday)))
    };
    let lines: String = (0..).zip(&cells).map(line).collect();
    let caption = element("caption", "", &escaped(&paper.words.measure(measure, kind)));
    element("table", "heat", &format!("{caption}<tr><td></td>{head}</tr>{lines}"))
}

fn cell(count: u64, most: u64) -> String {
    match count {
        0 => "<td></td>".to_owned(),
        _ => element("td", &format!("heat-{}", (count * SHADES).div_ceil(most)), &count.to_string()),
    }
}

fn hours(table: &Table, weekday: u8, measure: Measure) -> [u64; 24] {
    let mut counts = [0; 24];
    let row = table.rows.iter().find(|row| row.group == Group::Weekday(weekday));
    for Row { group, measures, .. } in row.iter().flat_map(|row| &row.rows) {
        if let Group::Hour(hour) = group {
            counts[usize::from(*hour) % 24] += measures.count(measure).unwrap_or_default();
        }
    }
    counts
}
