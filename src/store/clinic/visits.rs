//! Visits with what was done to them, and CRM tasks.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, named_params, params};
use uuid::Uuid;

use super::find::{At, Noun};
use super::{Done, Intake};
use crate::domain::clinic::{Numbered, TaskRecord, VisitRecord};
use crate::store::{Error, Millis, Text};

impl<'d> Intake<'d> {
    pub(super) fn put_visit(&mut self, row: &'d Numbered<VisitRecord>) -> Result<Done, Error> {
        let record = &row.record;
        let at = |column| At { line: row.line, column };
        let patient = self.finder.find(Noun::Person, &record.patient, at("patient"))?;
        let branch = self.finder.find_given(Noun::Branch, &record.branch, at("branch"))?;
        let mut find = self.transaction.prepare_cached("SELECT id FROM visits WHERE code = ?1")?;
        let known: Option<Uuid> = find.query_row([&record.code], |row| row.get(0)).optional()?;
        let id = known.unwrap_or_else(|| self.ids.next());
        let written = self.write_visit(id, patient, branch, record)?;
        let noted = self.note_deeds(id, record)?;
        Ok(if known.is_none() { Done::Added } else { Done::changed_if(written || noted) })
    }

    fn write_visit(
        &self,
        id: Uuid,
        patient: Uuid,
        branch: Option<Uuid>,
        record: &VisitRecord,
    ) -> Result<bool, Error> {
        let mut statement = self.transaction.prepare_cached(
            "INSERT INTO visits (id, code, patient, branch, doctor, speciality, starts_at, minutes, stage, money,
                 comment, changed_at, changed_by)
             VALUES (:id, :code, :patient, :branch, :doctor, :speciality, :starts_at, :minutes, :stage, :money,
                 :comment, :changed_at, :changed_by)
             ON CONFLICT (code) DO UPDATE SET patient = excluded.patient, branch = excluded.branch,
                 doctor = excluded.doctor, speciality = excluded.speciality, starts_at = excluded.starts_at,
                 minutes = excluded.minutes, stage = excluded.stage, money = excluded.money,
                 comment = excluded.comment, changed_at = excluded.changed_at, changed_by = excluded.changed_by
             WHERE (patient, branch, doctor, speciality, starts_at, minutes, stage, money, comment)
                 IS NOT (excluded.patient, excluded.branch, excluded.doctor, excluded.speciality,
                     excluded.starts_at, excluded.minutes, excluded.stage, excluded.money, excluded.comment)",
        )?;
        let written = statement.execute(named_params! {
            ":id": id,
            ":code": record.code,
            ":patient": patient,
            ":branch": branch,
            ":doctor": record.doctor,
            ":speciality": record.speciality,
            ":starts_at": Millis(record.starts_at),
            ":minutes": record.minutes,
            ":stage": Text(record.stage),
            ":money": record.money.0,
            ":comment": record.comment,
            ":changed_at": Millis(self.author.at),
            ":changed_by": self.by(),
        })?;
        Ok(written > 0)
    }

    /// What links the visit to calls; a second move is noted beside the first.
    fn note_deeds(&self, visit: Uuid, record: &VisitRecord) -> Result<bool, Error> {
        let mut statement = self.transaction.prepare_cached(
            "INSERT OR IGNORE INTO visit_events (visit, kind, at, changed_at, changed_by) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        let mut note = |kind: &str, at: DateTime<Utc>| {
            statement.execute(params![visit, kind, Millis(at), Millis(self.author.at), self.by()])
        };
        let mut noted = note("booked", record.booked_at)?;
        if let Some(at) = record.moved_at {
            noted += note("moved", at)?;
        }
        if let Some(at) = record.cancelled_at {
            noted += note("cancelled", at)?;
        }
        Ok(noted > 0)
    }

    pub(super) fn put_task(&mut self, row: &'d Numbered<TaskRecord>) -> Result<Done, Error> {
        let TaskRecord { code, person, text, due_at, done_at } = &row.record;
        let person = self.finder.find(Noun::Person, person, At { line: row.line, column: "person" })?;
        let known = self.transaction.prepare_cached("SELECT 1 FROM tasks WHERE code = ?1")?.exists([code])?;
        let mut statement = self.transaction.prepare_cached(
            "INSERT INTO tasks (id, code, person, text, due_at, done_at, changed_at, changed_by)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (code) DO UPDATE SET person = excluded.person, text = excluded.text,
                 due_at = excluded.due_at, done_at = excluded.done_at, changed_at = excluded.changed_at,
                 changed_by = excluded.changed_by
             WHERE (person, text, due_at, done_at)
                 IS NOT (excluded.person, excluded.text, excluded.due_at, excluded.done_at)",
        )?;
        let (due_at, done_at) = (Millis(*due_at), done_at.map(Millis));
        let (id, at) = (self.ids.next(), Millis(self.author.at));
        let written = statement.execute(params![id, code, person, text, due_at, done_at, at, self.by()])? > 0;
        Ok(if known { Done::changed_if(written) } else { Done::Added })
    }
}
