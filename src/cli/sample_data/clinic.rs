//! The clinic lived through day by day: first its past, then ninety days of calls.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

use super::calls::{Agenda, Attempt, NEWCOMERS_FROM, missed_of_hundred, on_duty};
use super::house::ADMINISTRATORS;
use super::people::{self, Numbers};
use super::rows::{Call, Person, Task};
use super::schedule::{Schedule, half_hour, is_open, opening_half_hours, subject};
use super::{Dice, chance};
use crate::domain::visit::Stage;

pub const DAYS: i64 = 90;

const TASKS: [&str; 8] = [
    "Профосмотр: полгода после лечения",
    "Перезвонить: думает об имплантации",
    "Напомнить о гигиене",
    "Узнать, как самочувствие после удаления",
    "Предложить освободившееся время",
    "Согласовать план лечения",
    "Долг: напомнить об оплате",
    "Прислать договор на семью",
];

pub struct Clinic {
    pub dice: Dice,
    /// Patients; a patient's place is the number in the id less one.
    pub people: Vec<Person>,
    /// Staff, then counterparties.
    pub others: Vec<Person>,
    pub schedule: Schedule,
    pub calls: Vec<Call>,
    pub tasks: Vec<Task>,
    pub numbers: Numbers,
    pub agenda: Agenda,
    /// Until when each administrator talks.
    pub busy: [NaiveDateTime; ADMINISTRATORS.len()],
    pub next_newcomer: usize,
}

impl Clinic {
    /// Everything up to the evening of `until`.
    pub fn live(seed: u64, until: NaiveDate) -> Clinic {
        let mut clinic = Clinic::found(seed, until);
        let start = until - TimeDelta::days(DAYS - 1);
        clinic.past(start);
        for day in start.iter_days().take_while(|day| *day <= until) {
            clinic.day(day);
        }
        clinic.sum_up();
        clinic.set_tasks(until);
        clinic
    }

    fn found(seed: u64, until: NaiveDate) -> Clinic {
        let mut dice = Dice::seed_from_u64(seed);
        let mut numbers = Numbers::default();
        let people = people::patients(until, &mut numbers, &mut dice);
        let others = people::staff_and_counterparties(&mut numbers, &mut dice);
        Clinic {
            schedule: Schedule::new(people.len()),
            people,
            others,
            calls: vec![],
            tasks: vec![],
            numbers,
            agenda: Agenda::default(),
            busy: [NaiveDateTime::MIN; ADMINISTRATORS.len()],
            next_newcomer: NEWCOMERS_FROM,
            dice,
        }
    }

    /// A year of visits before the first call.
    fn past(&mut self, start: NaiveDate) {
        const YEAR: i64 = 380;
        for day in (start - TimeDelta::days(YEAR)).iter_days().take(YEAR as usize) {
            for _ in 0..self.dice.random_range(5..10) {
                self.book_at_reception(day);
            }
            self.schedule.close(day, &mut self.dice);
        }
    }

    fn book_at_reception(&mut self, day: NaiveDate) {
        let place = self.dice.random_range(0..NEWCOMERS_FROM);
        let patient = &self.people[place];
        let subject = subject(patient.is_child(), &mut self.dice);
        let slot = self.dice.random_range(opening_half_hours(day));
        let at = half_hour(day, slot) + TimeDelta::seconds(self.dice.random_range(0..1_800));
        let days = self.dice.random_range(1..15);
        self.schedule.book((place, &patient.id), subject, at, days, &mut self.dice);
    }

    fn day(&mut self, day: NaiveDate) {
        for _ in 0..self.dice.random_range(6..11) {
            self.book_at_reception(day);
        }
        self.plan(day);
        while let Some(attempt) = self.agenda.next() {
            self.meet(attempt);
        }
        self.schedule.close(day, &mut self.dice);
    }

    fn meet(&mut self, attempt: Attempt) {
        let free =
            on_duty(attempt.at.date()).filter(|place| self.busy[*place] <= attempt.at).collect::<Vec<_>>();
        let agent = free.choose(&mut self.dice).copied();
        let lost = if attempt.outgoing { 26 } else { missed_of_hundred(attempt.at) };
        match agent {
            None if attempt.outgoing => self.put_off(attempt),
            Some(agent) if !chance(&mut self.dice, lost) => self.answered(&attempt, agent),
            _ => self.unanswered(&attempt, agent),
        }
    }

    fn put_off(&mut self, attempt: Attempt) {
        let at = attempt.at + TimeDelta::minutes(7);
        if is_open(at) {
            self.agenda.add(Attempt { at, ..attempt });
        }
    }

    /// What treatment has cost each patient so far: the visits, and for some the years before.
    fn sum_up(&mut self) {
        for place in 0..NEWCOMERS_FROM {
            if chance(&mut self.dice, 40) {
                self.people[place].treatment_total = 100 * self.dice.random_range(20..2_400);
            }
        }
        for visit in self.schedule.visits.iter().filter(|visit| visit.stage == Stage::Held) {
            if let Some(place) = self.place_of(&visit.patient) {
                self.people[place].treatment_total += visit.money;
            }
        }
        for patient in &mut self.people {
            patient.insured_total = patient.insured_total.min(patient.treatment_total);
        }
    }

    fn set_tasks(&mut self, until: NaiveDate) {
        for number in 1..=240 {
            let place = self.dice.random_range(0..self.people.len());
            let day = until + TimeDelta::days(self.dice.random_range(-25..40));
            let due_at = half_hour(day, self.dice.random_range(20..36));
            let done = day < until && chance(&mut self.dice, 80);
            self.tasks.push(super::rows::Task {
                id: format!("t{number:04}"),
                person: self.people[place].id.clone(),
                text: TASKS.choose(&mut self.dice).unwrap_or(&TASKS[0]),
                due_at,
                done_at: done.then(|| due_at + TimeDelta::minutes(self.dice.random_range(0..90))),
            });
        }
    }

    pub fn place_of(&self, patient: &str) -> Option<usize> {
        patient.strip_prefix('p')?.parse::<usize>().ok()?.checked_sub(1)
    }

    /// The number a patient calls from: a child's parent's, mostly the main one.
    pub fn number_of(&mut self, place: usize) -> String {
        let parent = self.place_of(&self.people[place].parent);
        let person = &self.people[parent.unwrap_or(place)];
        let mut phones = person.phones.split(' ');
        match chance(&mut self.dice, 15) {
            true => phones.next_back().unwrap_or("").to_owned(),
            false => person.main_phone().to_owned(),
        }
    }
}
