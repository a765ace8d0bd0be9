//! What of a picture goes into a file: the question that it draws, asked anew when the file is written.

use super::{Charts, Ground, channels, funnel, heat, trend};
use crate::domain::export::Content;
use crate::domain::report::{Column, Level, Measure, Order, Pane, Query, Sorted};

impl Charts {
    /// `None` until there is a picture. Of a trend the period alone: in a table the days before would be other rows.
    pub fn content(&self, ground: Ground<'_>) -> Option<Content> {
        self.picture(ground)?;
        let table =
            |query, columns: &[Column]| Content::Table { query, columns: columns.to_vec(), sorted: None };
        Some(match ground.pane {
            Pane::HeatMap => table(heat::question(ground.query), &[]),
            Pane::Trend => {
                let [now, _] = trend::questions(ground.query);
                table(now, &[])
            }
            Pane::Funnel => {
                let query = Query { by: Level::None, then_by: Level::None, ..ground.query.clone() };
                table(query, &funnel::STEPS)
            }
            Pane::Channels => Content::Table {
                query: channels::question(ground.query),
                columns: channels::COLUMNS.to_vec(),
                sorted: Some(Sorted { by: Measure::Money, order: Order::MostFirst }),
            },
            Pane::Metrics => Content::Metrics { query: ground.query.clone(), formula: self.formula(ground) },
            Pane::Table | Pane::Calls => return None,
        })
    }
}
