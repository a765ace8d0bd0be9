//! The sample clinic inside the program: what `pult sample-data` made, loaded as if it had happened until
//! yesterday.

use std::time::Duration;

use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Tz;

use super::Failure;
use super::import::Kind;
use crate::domain::call::Snapshot;
use crate::domain::clinic::Shift;
use crate::domain::lead::Lead;
use crate::domain::period::day_start;
use crate::domain::person::PersonKind;
use crate::store::clinic::{Records, put};
use crate::store::{Author, Error, Store, leads};
use crate::telephony::demo::{self, recordings};

/// The clinic stands in Moscow.
pub const ZONE: Tz = chrono_tz::Europe::Moscow;

/// The last day of calls in the files.
const LAST_DAY: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 11, 20);

/// Whole days before today whose short talks can be heard: a few dozen megabytes when all are made.
pub const RECORDED_DAYS: u32 = 3;
const RECORDED_TALK: Duration = Duration::from_secs(120);

/// In the order in which they refer to one another.
const FILES: [(Kind, &[u8]); 6] = [
    (Kind::Lines, include_bytes!("../../sample-data/lines.csv")),
    (Kind::Topics, include_bytes!("../../sample-data/topics.csv")),
    (Kind::People, include_bytes!("../../sample-data/people.csv")),
    (Kind::Visits, include_bytes!("../../sample-data/visits.csv")),
    (Kind::Tasks, include_bytes!("../../sample-data/tasks.csv")),
    (Kind::Calls, include_bytes!("../../sample-data/calls.csv")),
];

/// The directories and the staff alone: what a desk must know to open. Quick; `load` brings the rest.
pub fn staff(store: &Store) -> Result<(), Failure> {
    let mut files = vec![];
    for (kind, file) in &FILES[..3] {
        files.push(kind.read(file, ZONE)?);
    }
    if let Some(Records::People(people)) = files.last_mut() {
        people.retain(|person| person.record.kind == PersonKind::Employee);
    }
    write(store, files)
}

/// Fills the store, in one transaction. The files' last day becomes the day before `today`, and their calls those of
/// the demo's own telephony.
pub fn load(store: &Store, today: NaiveDate) -> Result<(), Failure> {
    let days = LAST_DAY.map_or(0, |last| (today - last).num_days() - 1);
    let mut files = vec![];
    for (kind, file) in FILES {
        let mut records = kind.read(file, ZONE)?;
        shift(&mut records, days);
        if let Records::Calls(calls) = &mut records {
            let recorded = today.checked_sub_days(Days::new(RECORDED_DAYS.into())).unwrap_or(today);
            let since = day_start(recorded, ZONE);
            calls.iter_mut().for_each(|call| tell_of(&mut call.record.snapshot, since));
        }
        files.push(records);
    }
    write(store, files)
}

/// As the demo's telephony tells of it.
fn tell_of(call: &mut Snapshot, recorded_since: DateTime<Utc>) {
    demo::NAME.clone_into(&mut call.key.provider);
    let handed_over: Duration = call.transfers.iter().map(|transfer| transfer.talk).sum();
    let talk = call.talk + handed_over;
    let recorded = call.started_at >= recorded_since && !talk.is_zero() && talk <= RECORDED_TALK;
    call.recording = recorded.then(|| recordings::name(&call.key.id, talk));
}

fn write(store: &Store, files: Vec<Records>) -> Result<(), Failure> {
    let author = Author { employee: None, at: Utc::now() };
    store.write(move |transaction| {
        files.iter().try_for_each(|records| put(transaction, records, &author, &mut || ()).map(drop))?;
        Ok::<_, Error>(())
    })?;
    Ok(())
}

/// Forms on the clinic's site.
pub fn leave(store: &Store, forms: Vec<Lead>) -> Result<(), Failure> {
    let author = Author { employee: None, at: Utc::now() };
    store.write(move |transaction| {
        forms.iter().try_for_each(|form| leads::record(transaction, form, &author).map(drop))
    })?;
    Ok(())
}

fn shift(records: &mut Records, days: i64) {
    match records {
        Records::Lines(_) | Records::Topics(_) => {}
        Records::People(rows) => rows.shift(days),
        Records::Visits(rows) => rows.shift(days),
        Records::Tasks(rows) => rows.shift(days),
        Records::Calls(rows) => rows.shift(days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::desk::Reply;
    use crate::domain::period::Period;
    use crate::domain::report::{Filter, Kind as Counting, Level, Query};
    use crate::engine::Figures;

    #[test]
    fn the_last_day_of_calls_is_yesterday() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("sample.db")).unwrap();
        let today = NaiveDate::from_ymd_opt(2027, 3, 1).unwrap();
        load(&store, today).unwrap();
        let figures = Figures::new(store, ZONE);
        let calls = |day| {
            let (by, then_by) = (Level::None, Level::None);
            let query = Query {
                period: Period::day(day),
                kind: Counting::Calls,
                by,
                then_by,
                filter: Filter::default(),
                compare: None,
            };
            let Reply::Report(table) = figures.report(&query).unwrap() else { panic!("asked for a table") };
            table.total.calls
        };
        assert!(calls(today.pred_opt().unwrap()) > 20);
        assert_eq!(calls(today), 0);
    }
}
