//! The table of the page: both levels, the total beneath, the figures of the period before in small.

use super::super::Shown;
use super::super::paper::Paper;
use super::super::table::figure;
use super::markup::{element, escaped};
use crate::domain::report::{Group, Measures, Row};

pub fn table(shown: &Shown<'_>, paper: &Paper<'_>) -> String {
    let lines: String = shown.table.rows.iter().map(|row| lines(row, shown, paper)).collect();
    let name = escaped(&paper.say("total"));
    let total = line(&name, &shown.table.total, shown.table.before.as_ref(), shown, paper);
    let parts = [
        element("thead", "", &head(shown, paper)),
        element("tbody", "", &lines),
        element("tfoot", "", &element("tr", "", &total)),
    ];
    element("div", "wide", &element("table", "figures", &parts.concat()))
}

fn head(shown: &Shown<'_>, paper: &Paper<'_>) -> String {
    let query = &shown.table.query;
    let levels = Some(paper.words.levels(query)).filter(|levels| !levels.is_empty());
    let levels = levels.unwrap_or_else(|| paper.words.group(&Group::All));
    let columns = shown.columns().iter().map(|measure| paper.words.measure(*measure, query.kind));
    let cells = std::iter::once(levels).chain(columns);
    element(
        "tr",
        "",
        &cells.map(|title| format!("<th scope=\"col\">{}</th>", escaped(&title))).collect::<String>(),
    )
}

fn lines(row: &Row, shown: &Shown<'_>, paper: &Paper<'_>) -> String {
    let line = |class, row: &Row| {
        let name = escaped(&paper.words.group(&row.group));
        element("tr", class, &line(&name, &row.measures, row.before.as_ref(), shown, paper))
    };
    let outer = line(if row.rows.is_empty() { "" } else { "outer" }, row);
    outer + &row.rows.iter().map(|row| line("inner", row)).collect::<String>() + "\n"
}

/// `name` is escaped already.
fn line(
    name: &str,
    now: &Measures,
    before: Option<&Measures>,
    shown: &Shown<'_>,
    paper: &Paper<'_>,
) -> String {
    let cells = shown.columns().iter().map(|measure| {
        let then = before.map(|before| figure(*measure, before).shown(paper));
        let then =
            then.map(|then| element("small", "", &escaped(&format!("{} {then}", paper.say("before")))));
        element("td", "", &(escaped(&figure(*measure, now).shown(paper)) + &then.unwrap_or_default()))
    });
    format!("<th scope=\"row\">{name}</th>{}", cells.collect::<String>())
}
