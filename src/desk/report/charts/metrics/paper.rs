//! The metrics for what is printed or written: the same questions and the same words as on the screen.

use super::entry::{ENTRIES, Entry};
use super::{of_calls, of_patients};
use crate::desk::norms::ReportNorms;
use crate::desk::report::words::Words;
use crate::domain::desk::Request;
use crate::domain::metric::{Losses, Metrics};
use crate::domain::report::Query;

/// One metric in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MetricSaid {
    pub name: String,
    pub value: String,
    /// What it is a part of, or is reckoned from.
    pub base: String,
    pub formula: String,
}

/// The metrics count calls, what misses cost is of patients: first the one is asked, then the other.
pub fn metric_questions(query: &Query, norms: &ReportNorms) -> [Request; 2] {
    let (query, patients) = (of_calls(query), of_patients(query));
    [Request::Metrics { query, norms: norms.metrics }, Request::Report(patients)]
}

pub fn metrics_said(
    metrics: &Metrics,
    losses: &Losses,
    norms: &ReportNorms,
    words: Words<'_>,
) -> Vec<MetricSaid> {
    let said = |entry: Entry| {
        let said = match entry.is_loss() {
            true => entry.of_losses(losses, words),
            false => entry.of(metrics, norms.service_level, &norms.metrics, words),
        };
        let name = entry.name(norms, words);
        MetricSaid { name, value: said.value, base: said.base, formula: said.formula }
    };
    ENTRIES.into_iter().map(said).collect()
}
