//! What of a picture goes into a file: the question that it draws, asked anew when the file is written.

use super::{Charts, Ground, channels, funnel, heat, trend};
use crate::domain::export::Content;
use crate::domain::metric::ServiceLevel;
use crate::domain::report::{Column, Level, Measure, Order, Pane, Query, Sorted};

impl Charts {
    /// `None` until there is a picture.
    pub fn content(&self, ground: Ground<'_>) -> Option<Content> {
        self.picture(ground)?;
        drawn(ground.pane, ground.query, self.formula(ground))
    }
}

/// What the pane draws of a question; `None` where it draws nothing. Of a trend the period alone: in a table the days
/// before would be other rows.
pub fn drawn(pane: Pane, query: &Query, formula: ServiceLevel) -> Option<Content> {
    let table = |query, columns: &[Column]| Content::Table { query, columns: columns.to_vec(), sorted: None };
    Some(match pane {
        Pane::HeatMap => table(heat::question(query), &[]),
        Pane::Trend => {
            let [now, _] = trend::questions(query);
            table(now, &[])
        }
        Pane::Funnel => {
            let query = Query { by: Level::None, then_by: Level::None, ..query.clone() };
            table(query, &funnel::STEPS)
        }
        Pane::Channels => Content::Table {
            query: channels::question(query),
            columns: channels::COLUMNS.to_vec(),
            sorted: Some(Sorted { by: Measure::Money, order: Order::MostFirst }),
        },
        Pane::Metrics => Content::Metrics { query: query.clone(), formula },
        Pane::Table | Pane::Calls => return None,
    })
}
