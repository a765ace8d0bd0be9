//! How far the figures of a table reach, so that its columns are as wide as their widest figure without looking at
//! every row at each drawing.

use unicode_width::UnicodeWidthStr;

use super::figures::figure;
use crate::desk::look::Look;
use crate::domain::report::{Measure, Measures, Table};

/// Of every measure the rows with its greatest and its least figure, of both levels and the total.
#[derive(Debug, Default)]
pub struct Extent(Vec<(Measure, [Measures; 2])>);

impl Extent {
    pub fn of(table: &Table) -> Extent {
        let mut all = Measure::ALL.map(|measure| (measure, [table.total, table.total]));
        let inner = table.rows.iter().flat_map(|row| &row.rows);
        for row in table.rows.iter().chain(inner) {
            all.iter_mut().for_each(|(measure, reach)| widen(*measure, reach, &row.measures));
        }
        Extent(all.into())
    }

    /// Cells that the widest figure takes: opening a row or scrolling moves no column.
    pub fn width(&self, of: Measure, look: &Look) -> u16 {
        let reach = self.0.iter().find(|(measure, _)| *measure == of).map(|(_, reach)| reach);
        let widths = reach.into_iter().flatten().map(|measures| figure(of, measures, look).width());
        widths.max().and_then(|width| u16::try_from(width).ok()).unwrap_or(0)
    }
}

fn widen(measure: Measure, [greatest, least]: &mut [Measures; 2], row: &Measures) {
    let Some(value) = row.value(measure) else { return };
    if greatest.value(measure).is_none_or(|known| value > known) {
        *greatest = *row;
    }
    if least.value(measure).is_none_or(|known| value < known) {
        *least = *row;
    }
}
