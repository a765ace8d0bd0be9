//! The report as a desk asks for it, and what must hold of any answer, whatever the figures are.

use pult::domain::call::CallResult;
use pult::domain::desk::{Figure, Reply};
use pult::domain::money::Money;
use pult::domain::outcome::Outcome;
use pult::domain::report::{CallRow, Explanation, Group, Kind, Level, Measure, Measures, Query, Row, Table};
use pult::engine::Figures;

/// Rows of a drill asked for at once.
const PAGE: usize = 3;

pub fn table(figures: &Figures, query: &Query) -> Table {
    match figures.report(query).unwrap() {
        Reply::Report(table) => *table,
        other => panic!("{other:?}"),
    }
}

/// All calls behind a figure, page by page.
pub fn drilled(figures: &Figures, figure: &Figure) -> Vec<CallRow> {
    let mut all = vec![];
    loop {
        let Reply::Calls { rows, total } = figures.drill(figure, all.len(), PAGE).unwrap() else { panic!() };
        let last = rows.len() < PAGE;
        all.extend(rows);
        assert!(total.is_none_or(|total| total == all.len()), "{figure:?}");
        if last {
            return all;
        }
    }
}

fn size(figures: &Figures, figure: &Figure) -> usize {
    match figures.size(figure).unwrap() {
        Reply::Size(size) => size,
        other => panic!("{other:?}"),
    }
}

fn explained(figures: &Figures, figure: &Figure) -> Explanation {
    match figures.explain(figure).unwrap() {
        Reply::Explained(explanation) => *explanation,
        other => panic!("{other:?}"),
    }
}

/// Walks all cells of a table: each adds up to what it stands in, and opens into the calls it counts.
pub fn walk(figures: &Figures, table: &Table) {
    assert_eq!(sum(&table.rows), table.total);
    let walk = Walk { figures, query: &table.query, considered: considered(figures, &table.query) };
    walk.cell(&[], table.total);
    for row in &table.rows {
        walk.cell(&[&row.group], row.measures);
        if table.query.then_by != Level::None {
            assert_eq!(sum(&row.rows), row.measures);
        }
        row.rows.iter().for_each(|inner| walk.cell(&[&row.group, &inner.group], inner.measures));
    }
}

fn sum(rows: &[Row]) -> Measures {
    rows.iter().map(|row| row.measures).sum()
}

/// All calls of the period: what every explanation must account for.
fn considered(figures: &Figures, query: &Query) -> u64 {
    let unfiltered = Query { kind: Kind::Calls, filter: Default::default(), ..query.clone() };
    table(figures, &unfiltered).total.calls
}

struct Walk<'f> {
    figures: &'f Figures,
    query: &'f Query,
    considered: u64,
}

impl Walk<'_> {
    fn cell(&self, path: &[&Group], measures: Measures) {
        for measure in Measure::ALL {
            let path = path.iter().map(|group| (*group).clone()).collect();
            self.figure(&Figure { query: self.query.clone(), path, measure }, measures);
        }
    }

    fn figure(&self, figure: &Figure, measures: Measures) {
        let rows = drilled(self.figures, figure);
        let contacts = contacts(&rows);
        let again: Measures = contacts.iter().map(|contact| measures_of(contact)).sum();
        assert_eq!(counted(figure.measure, &again), counted(figure.measure, &measures), "{figure:?}");
        assert!(contacts.iter().all(|contact| contributes(figure.measure, contact)), "{figure:?}");
        assert!(contacts.is_sorted_by_key(|contact| std::cmp::Reverse(contact[0].started_at)));
        let explanation = explained(self.figures, figure);
        let left_out: u64 = explanation.left_out.iter().map(|(_, calls)| calls).sum();
        assert_eq!(explanation.measures, measures, "{figure:?}");
        assert_eq!(explanation.considered, self.considered, "{figure:?}");
        assert_eq!(explanation.considered, explanation.counted + left_out, "{figure:?}");
        assert_eq!(explanation.counted, rows.len() as u64, "{figure:?}");
        assert_eq!(explanation.contacts, contacts.len() as u64, "{figure:?}");
        assert_eq!(size(self.figures, figure), rows.len(), "{figure:?}");
    }
}

/// What a measure's drill must add up to, sums and not averages.
fn counted(measure: Measure, of: &Measures) -> (u64, i64) {
    match measure {
        Measure::Calls => (of.calls, 0),
        Measure::Taken => (of.taken, 0),
        Measure::Missed => (of.missed, 0),
        Measure::Wait => (of.calls, of.wait.as_millis() as i64),
        Measure::Talk => (of.taken, of.talk.as_millis() as i64),
        Measure::Booked | Measure::BookedPercent => (of.booked, 0),
        Measure::Held | Measure::HeldPercent => (of.held, 0),
        Measure::Money | Measure::AverageMoney => (of.held, of.money.0),
    }
}

fn contributes(measure: Measure, contact: &[CallRow]) -> bool {
    let of = measures_of(contact);
    match measure {
        Measure::Calls | Measure::Wait => true,
        Measure::Taken | Measure::Talk => of.taken > 0,
        Measure::Missed => of.missed > 0,
        Measure::Booked | Measure::BookedPercent => of.booked > 0,
        Measure::Held | Measure::HeldPercent => of.held > 0,
        Measure::Money | Measure::AverageMoney => of.money != Money(0),
    }
}

/// The rows of a drill by what counts once: each begins with the call that stands for it.
fn contacts(rows: &[CallRow]) -> Vec<&[CallRow]> {
    assert!(rows.first().is_none_or(|row| row.stands));
    rows.chunk_by(|_, next| !next.stands).collect()
}

fn measures_of(contact: &[CallRow]) -> Measures {
    let any = |is: fn(&CallRow) -> bool| u64::from(contact.iter().any(is));
    let taken = any(|row| row.result == CallResult::Answered);
    Measures {
        calls: 1,
        taken,
        missed: (1 - taken) * any(|row| row.result == CallResult::Missed),
        wait: contact.iter().map(|row| row.wait).sum(),
        talk: contact.iter().map(|row| row.talk).sum(),
        booked: any(|row| row.outcome == Some(Outcome::Booked)),
        // Every visit of these clinics that was held brought something.
        held: any(|row| row.money != Money(0)),
        money: contact.iter().map(|row| row.money).sum(),
    }
}
