//! The clinic's schedule: who is booked where, and what becomes of it.
//!
//! A half-hour of a doctor belongs to one visit; cancelled and moved visits give theirs back.

use std::collections::HashSet;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Weekday};
use rand::RngExt;

use super::house::{CHILDREN, DOCTORS, Doctor, SUBJECTS, Subject};
use super::rows::Visit;
use super::{Dice, chance};
use crate::domain::visit::Stage;

#[derive(Default)]
pub struct Schedule {
    pub visits: Vec<Visit>,
    /// Indices of a patient's visits, by the patient's place.
    of_patient: Vec<Vec<usize>>,
    taken: HashSet<(usize, NaiveDateTime)>,
}

impl Schedule {
    pub fn new(patients: usize) -> Schedule {
        Schedule { of_patient: vec![vec![]; patients], ..Schedule::default() }
    }

    /// Books the first free time of a doctor of the subject, from `days` after `at`.
    pub fn book(
        &mut self,
        (place, patient): (usize, &str),
        subject: &Subject,
        at: NaiveDateTime,
        days: u64,
        dice: &mut Dice,
    ) -> usize {
        let doctor = doctor_for(subject, dice);
        let starts_at = self.free_time(doctor, at.date() + Days::new(days), subject.slots, dice);
        let Doctor { branch, short, speciality, .. } = DOCTORS[doctor];
        self.visits.push(Visit {
            id: format!("v{:05}", self.visits.len() + 1),
            patient: patient.to_owned(),
            branch,
            doctor: short,
            speciality,
            starts_at,
            minutes: subject.slots * 30,
            stage: Stage::Booked,
            booked_at: at,
            moved_at: None,
            cancelled_at: None,
            money: 0,
            comment: String::new(),
            topic: subject.topic,
        });
        self.of_patient[place].push(self.visits.len() - 1);
        self.visits.len() - 1
    }

    fn free_time(&mut self, doctor: usize, from: NaiveDate, slots: u32, dice: &mut Dice) -> NaiveDateTime {
        let wished = dice.random_range(18..38);
        let mut day = from;
        loop {
            let open = opening_half_hours(day);
            let nearest = open
                .clone()
                .filter(|slot| slot + slots <= open.end)
                .filter(|slot| self.is_free(doctor, day, *slot, slots))
                .min_by_key(|slot| slot.abs_diff(wished));
            if let Some(slot) = nearest {
                self.take(doctor, day, slot, slots);
                return half_hour(day, slot);
            }
            day = day + Days::new(1);
        }
    }

    fn is_free(&self, doctor: usize, day: NaiveDate, slot: u32, slots: u32) -> bool {
        (slot..slot + slots).all(|slot| !self.taken.contains(&(doctor, half_hour(day, slot))))
    }

    fn take(&mut self, doctor: usize, day: NaiveDate, slot: u32, slots: u32) {
        self.taken.extend((slot..slot + slots).map(|slot| (doctor, half_hour(day, slot))));
    }

    fn release(&mut self, visit: usize) {
        let Visit { doctor, starts_at, minutes, .. } = &self.visits[visit];
        let doctor = DOCTORS.iter().position(|entry| entry.short == *doctor).unwrap_or_default();
        for slot in 0..minutes / 30 {
            self.taken.remove(&(doctor, *starts_at + TimeDelta::minutes(30 * i64::from(slot))));
        }
    }

    pub fn cancel(&mut self, visit: usize, at: NaiveDateTime) {
        self.release(visit);
        let visit = &mut self.visits[visit];
        (visit.stage, visit.cancelled_at) = (Stage::Cancelled, Some(at));
    }

    pub fn move_later(&mut self, visit: usize, at: NaiveDateTime, dice: &mut Dice) {
        self.release(visit);
        let Visit { doctor, starts_at, minutes, .. } = self.visits[visit].clone();
        let doctor = DOCTORS.iter().position(|entry| entry.short == doctor).unwrap_or_default();
        let from = starts_at.date() + Days::new(dice.random_range(1..9));
        let starts_at = self.free_time(doctor, from, minutes / 30, dice);
        let visit = &mut self.visits[visit];
        (visit.starts_at, visit.moved_at, visit.stage) = (starts_at, Some(at), Stage::Booked);
    }

    /// The patient's next visit after `at`, if one is planned.
    pub fn ahead(&self, place: usize, at: NaiveDateTime) -> Option<usize> {
        let planned = |visit: &Visit| matches!(visit.stage, Stage::Booked | Stage::Confirmed);
        self.of_patient[place]
            .iter()
            .copied()
            .filter(|visit| planned(&self.visits[*visit]) && self.visits[*visit].starts_at > at)
            .min_by_key(|visit| self.visits[*visit].starts_at)
    }

    /// Visits planned for a day and not confirmed.
    pub fn unconfirmed(&self, day: NaiveDate) -> Vec<usize> {
        let wanted = |visit: &Visit| visit.stage == Stage::Booked && visit.starts_at.date() == day;
        (0..self.visits.len()).filter(|visit| wanted(&self.visits[*visit])).collect()
    }

    /// Ends the day: planned visits are held or the patient did not come.
    pub fn close(&mut self, day: NaiveDate, dice: &mut Dice) {
        for visit in self.visits.iter_mut().filter(|visit| visit.starts_at.date() == day) {
            let comes = match visit.stage {
                Stage::Booked => 76,
                Stage::Confirmed => 91,
                _ => continue,
            };
            visit.stage = if chance(dice, comes) { Stage::Held } else { Stage::Lost };
            if visit.stage == Stage::Held {
                visit.money = price(visit, dice);
            }
        }
    }
}

/// Whole hundreds of roubles, cheap visits more often than dear ones.
fn price(visit: &Visit, dice: &mut Dice) -> i64 {
    let subject = SUBJECTS.iter().find(|subject| subject.topic == visit.topic).unwrap_or(&SUBJECTS[0]);
    let (low, high) = subject.price;
    let (one, other) = (dice.random_range(low..=high), dice.random_range(low..=high));
    one.min(other) / 100 * 100
}

fn doctor_for(subject: &Subject, dice: &mut Dice) -> usize {
    let able = |doctor: &&usize| DOCTORS[**doctor].speciality == subject.speciality;
    let places: Vec<usize> = (0..DOCTORS.len()).collect();
    let able: Vec<usize> = places.iter().filter(able).copied().collect();
    able[dice.random_range(0..able.len())]
}

/// Something to be treated for, by how often people ask.
pub fn subject(child: bool, dice: &mut Dice) -> &'static Subject {
    if child && chance(dice, 80) {
        return SUBJECTS.iter().find(|subject| subject.topic == CHILDREN).unwrap_or(&SUBJECTS[0]);
    }
    let wanted = |subject: &&Subject| child || subject.topic != CHILDREN;
    let all: u32 = SUBJECTS.iter().filter(wanted).map(|subject| subject.weight).sum();
    let mut point = dice.random_range(0..all);
    for subject in SUBJECTS.iter().filter(wanted) {
        if point < subject.weight {
            return subject;
        }
        point -= subject.weight;
    }
    &SUBJECTS[0]
}

/// Half-hours from midnight the clinic is open: 9-21, Saturday 9-18, Sunday 10-16.
pub fn opening_half_hours(day: NaiveDate) -> std::ops::Range<u32> {
    match day.weekday() {
        Weekday::Sat => 18..36,
        Weekday::Sun => 20..32,
        _ => 18..42,
    }
}

pub fn is_open(at: NaiveDateTime) -> bool {
    opening_half_hours(at.date()).contains(&(at.hour() * 2 + at.minute() / 30))
}

pub fn half_hour(day: NaiveDate, slot: u32) -> NaiveDateTime {
    day.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(30 * i64::from(slot))
}
