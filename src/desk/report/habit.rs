//! How an operator likes the table, its columns and its order: remembered under one name from one day to the next.

use serde::{Deserialize, Serialize};

use crate::domain::desk::Request;
use crate::domain::report::{Column, Sorted, View};

const NAME: &str = "report.columns";

#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Habit {
    columns: Vec<Column>,
    sorted: Option<Sorted>,
}

impl Habit {
    pub fn of(view: &View) -> Habit {
        Habit { columns: view.columns.clone(), sorted: view.sorted }
    }

    /// What the view leaves open is as the operator likes it; rows of time stay in its order.
    pub fn settle(&self, view: &mut View) {
        if view.columns.is_empty() {
            view.columns.clone_from(&self.columns);
        }
        if view.sorted.is_none() && !view.by.is_of_time() {
            view.sorted = self.sorted;
        }
    }

    /// What changed between two looks; the other half stays, for it may be the view's own. An order by a column
    /// that is left out is no habit any more; the report at hand keeps it and names it.
    pub fn follow(&mut self, before: &Habit, after: Habit) {
        if after.columns != before.columns {
            let is_left_out = |by| !after.columns.is_empty() && !after.columns.contains(&by);
            self.sorted = self.sorted.filter(|sorted| !is_left_out(sorted.by));
            self.columns = after.columns;
        } else {
            self.sorted = after.sorted;
        }
    }

    pub fn recall() -> Request {
        Request::Recall { name: NAME.into() }
    }

    /// `None` where it cannot be written.
    pub fn remember(&self) -> Option<Request> {
        Some(Request::Remember { name: NAME.into(), value: serde_json::to_string(self).ok()? })
    }

    /// What an earlier version wrote and this one does not know is no habit.
    pub fn read(value: &str) -> Option<Habit> {
        serde_json::from_str(value).ok()
    }
}
