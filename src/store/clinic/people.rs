//! Cards: the person, phones, account, policy, and the desk of an employee.
//!
//! Numbers that operators wrote into a card stay, and so does the main one they chose.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, named_params, params};
use uuid::Uuid;

use super::find::{At, Noun};
use super::{Done, Intake, Tally};
use crate::domain::clinic::{Numbered, PersonRecord};
use crate::domain::id::PersonId;
use crate::domain::money::Money;
use crate::domain::name::Keys;
use crate::domain::person::PersonKind;
use crate::store::people::add_phone;
use crate::store::{Day, E164, Error, Millis, Text};

impl<'d> Intake<'d> {
    /// Parents may stand below their children: they are tied when everybody is there.
    pub(super) fn put_people(&mut self, rows: &'d [Numbered<PersonRecord>]) -> Result<Tally, Error> {
        self.free_extensions(rows)?;
        let mut people = Vec::with_capacity(rows.len());
        for row in rows {
            people.push(self.put_person(row)?);
            (self.progress)();
        }
        let mut tally = Tally::default();
        for (row, (id, done)) in rows.iter().zip(people) {
            let tied = (row.record.parent.is_some() || done != Done::Added) && self.tie_parent(row, id)?;
            tally.count(if tied && done == Done::Nothing { Done::Changed } else { done });
        }
        Ok(tally)
    }

    /// Extensions that this file takes from somebody are free before it gives them to others: two may swap.
    fn free_extensions(&self, rows: &[Numbered<PersonRecord>]) -> Result<(), Error> {
        let mut find = self.transaction.prepare_cached(
            "SELECT code, person, extension FROM employees JOIN people ON id = person
             WHERE active = 1 AND extension IS NOT NULL AND code IS NOT NULL",
        )?;
        let held = find.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
        let held: HashMap<String, (Uuid, String)> = held.collect::<Result<_, _>>()?;
        let mut free = self.transaction.prepare_cached(
            "UPDATE employees SET extension = NULL, changed_at = ?2, changed_by = ?3 WHERE person = ?1",
        )?;
        for PersonRecord { code, extension, .. } in rows.iter().map(|row| &row.record) {
            if let Some((id, held)) = held.get(code)
                && extension.as_ref() != Some(held)
            {
                free.execute(params![id, Millis(self.author.at), self.by()])?;
            }
        }
        Ok(())
    }

    fn put_person(&mut self, row: &'d Numbered<PersonRecord>) -> Result<(Uuid, Done), Error> {
        let mut find = self.transaction.prepare_cached("SELECT id FROM people WHERE code = ?1")?;
        let known: Option<Uuid> = find.query_row([&row.record.code], |row| row.get(0)).optional()?;
        let id = known.unwrap_or_else(|| self.ids.next());
        let family = row.record.family.as_deref().map(|code| self.family(code)).transpose()?;
        let parts = [
            self.put_card(id, &row.record, family)?,
            self.put_phones(id, known.is_some(), &row.record)?,
            self.put_account(id, known.is_some(), &row.record)?,
            self.put_policy(id, &row.record)?,
            self.put_employee(id, known.is_some(), row)?,
        ];
        Ok((id, if known.is_none() { Done::Added } else { Done::changed_if(parts.contains(&true)) }))
    }

    fn family(&mut self, code: &str) -> Result<Uuid, Error> {
        let mut find = self.transaction.prepare_cached("SELECT id FROM families WHERE code = ?1")?;
        if let Some(id) = find.query_row([code], |row| row.get(0)).optional()? {
            return Ok(id);
        }
        let id = self.ids.next();
        self.transaction
            .prepare_cached(
                "INSERT INTO families (id, code, changed_at, changed_by) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![id, code, Millis(self.author.at), self.by()])?;
        Ok(id)
    }

    fn put_card(&self, id: Uuid, record: &PersonRecord, family: Option<Uuid>) -> Result<bool, Error> {
        let keys = Keys::of(&record.name);
        let mut statement = self.transaction.prepare_cached(
            "INSERT INTO people (id, code, kind, name, surname_key, given_key, rest_key, born, family, comment,
                 extra_comment, changed_at, changed_by)
             VALUES (:id, :code, :kind, :name, :surname, :given, :rest, :born, :family, :comment,
                 :extra_comment, :changed_at, :changed_by)
             ON CONFLICT (code) DO UPDATE SET kind = excluded.kind, name = excluded.name,
                 surname_key = excluded.surname_key, given_key = excluded.given_key, rest_key = excluded.rest_key,
                 born = excluded.born, family = excluded.family, comment = excluded.comment,
                 extra_comment = excluded.extra_comment, changed_at = excluded.changed_at,
                 changed_by = excluded.changed_by
             WHERE (kind, name, born, family, comment, extra_comment) IS NOT (excluded.kind, excluded.name,
                 excluded.born, excluded.family, excluded.comment, excluded.extra_comment)",
        )?;
        let written = statement.execute(named_params! {
            ":id": id,
            ":code": record.code,
            ":kind": Text(record.kind),
            ":name": record.name,
            ":surname": keys.surname,
            ":given": keys.given,
            ":rest": keys.rest,
            ":born": record.born.map(Day),
            ":family": family,
            ":comment": record.comment,
            ":extra_comment": record.extra_comment,
            ":changed_at": Millis(self.author.at),
            ":changed_by": self.by(),
        })?;
        Ok(written > 0)
    }

    fn put_phones(&self, id: Uuid, known: bool, record: &PersonRecord) -> Result<bool, Error> {
        let mut has = self
            .transaction
            .prepare_cached("SELECT 1 FROM person_phones WHERE person = ?1 AND phone = ?2")?;
        let mut changed = false;
        for phone in &record.phones {
            if !known || !has.exists(params![id, E164(*phone)])? {
                add_phone(self.transaction, PersonId(id), *phone, false, self.author)?;
                changed = true;
            }
        }
        Ok(changed)
    }

    /// No row is all zeros.
    fn put_account(&self, id: Uuid, known: bool, record: &PersonRecord) -> Result<bool, Error> {
        let PersonRecord { account, treatment_total, insured_total, .. } = record;
        if [account, treatment_total, insured_total].iter().all(|amount| **amount == Money(0)) {
            let mut statement = self.transaction.prepare_cached("DELETE FROM accounts WHERE person = ?1")?;
            return Ok(known && statement.execute([id])? > 0);
        }
        let mut statement = self.transaction.prepare_cached(
            "INSERT INTO accounts (person, balance, treatment_total, insured_total, changed_at, changed_by)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (person) DO UPDATE SET balance = excluded.balance,
                 treatment_total = excluded.treatment_total, insured_total = excluded.insured_total,
                 changed_at = excluded.changed_at, changed_by = excluded.changed_by
             WHERE (balance, treatment_total, insured_total)
                 IS NOT (excluded.balance, excluded.treatment_total, excluded.insured_total)",
        )?;
        let (at, by) = (Millis(self.author.at), self.by());
        Ok(statement.execute(params![id, account.0, treatment_total.0, insured_total.0, at, by])? > 0)
    }

    fn put_policy(&mut self, id: Uuid, record: &PersonRecord) -> Result<bool, Error> {
        let Some(policy) = &record.policy else { return Ok(false) };
        let new = self.ids.next();
        let mut statement = self.transaction.prepare_cached(
            "INSERT INTO policies (id, person, insurer, number, from_day, until_day, changed_at, changed_by)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (person, insurer, number) DO UPDATE SET from_day = excluded.from_day,
                 until_day = excluded.until_day, changed_at = excluded.changed_at, changed_by = excluded.changed_by
             WHERE (from_day, until_day) IS NOT (excluded.from_day, excluded.until_day)",
        )?;
        let (from, until) = (Day(policy.from), Day(policy.until));
        let (at, by) = (Millis(self.author.at), self.by());
        Ok(statement.execute(params![new, id, policy.insurer, policy.number, from, until, at, by])? > 0)
    }

    fn put_employee(
        &mut self,
        id: Uuid,
        known: bool,
        row: &'d Numbered<PersonRecord>,
    ) -> Result<bool, Error> {
        let record = &row.record;
        if record.kind != PersonKind::Employee {
            return Ok(known && self.retire(id)?);
        }
        let branch =
            self.finder.find_given(Noun::Branch, &record.branch, At { line: row.line, column: "branch" })?;
        let mut taken = self
            .transaction
            .prepare_cached("SELECT 1 FROM employees WHERE extension = ?1 AND active = 1 AND person <> ?2")?;
        if taken.exists(params![record.extension, id])? {
            let at = At { line: row.line, column: "extension" };
            return Err(at.refused("another employee has this extension"));
        }
        let mut statement = self.transaction.prepare_cached(
            "INSERT INTO employees (person, extension, branch, changed_at, changed_by) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (person) DO UPDATE SET extension = excluded.extension, branch = excluded.branch, active = 1,
                 changed_at = excluded.changed_at, changed_by = excluded.changed_by
             WHERE (extension, branch, active) IS NOT (excluded.extension, excluded.branch, 1)",
        )?;
        Ok(statement.execute(params![id, record.extension, branch, Millis(self.author.at), self.by()])? > 0)
    }

    /// Who is no employee any more leaves their desk; their name still stands in reports.
    fn retire(&self, id: Uuid) -> Result<bool, Error> {
        let mut statement = self.transaction.prepare_cached(
            "UPDATE employees SET active = 0, changed_at = ?2, changed_by = ?3 WHERE person = ?1 AND active = 1",
        )?;
        Ok(statement.execute(params![id, Millis(self.author.at), self.by()])? > 0)
    }

    fn tie_parent(&mut self, row: &'d Numbered<PersonRecord>, id: Uuid) -> Result<bool, Error> {
        let at = At { line: row.line, column: "parent" };
        let parent = self.finder.find_given(Noun::Person, &row.record.parent, at)?;
        if parent == Some(id) {
            return Err(at.refused("nobody is their own parent"));
        }
        let mut statement = self.transaction.prepare_cached(
            "UPDATE people SET parent = ?2, changed_at = ?3, changed_by = ?4 WHERE id = ?1 AND parent IS NOT ?2",
        )?;
        Ok(statement.execute(params![id, parent, Millis(self.author.at), self.by()])? > 0)
    }
}
