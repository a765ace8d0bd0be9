//! Days of calls: who rings when, who is free to answer, who is missed, tries again or is called back.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Weekday};
use rand::RngExt;

use super::clinic::Clinic;
use super::house::{ADMINISTRATORS, COUNTERPARTIES, DOCTORS, LINES};
use super::people::PATIENTS;
use super::schedule::{half_hour, is_open, opening_half_hours};
use super::{Dice, chance};

/// Patients from here on have no past in the clinic: they come by the calls.
pub const NEWCOMERS_FROM: usize = 2_300;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Party {
    Patient(usize),
    /// Has no card and will not get one.
    Stranger,
    Employee(usize),
    Counterparty(usize),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Aim {
    Book,
    /// Something about a visit already booked.
    OwnVisit(usize),
    /// Documents, payment, prices.
    Question,
    Business,
    /// The clinic's own reasons to call.
    Confirm(usize),
    Fill,
    OfferSlot,
}

#[derive(Clone)]
pub struct Attempt {
    pub at: NaiveDateTime,
    pub party: Party,
    pub number: String,
    pub aim: Aim,
    pub outgoing: bool,
    /// Calls of the same wish before this one.
    pub tries: u32,
}

/// Attempts to come, in order of time.
#[derive(Default)]
pub struct Agenda {
    attempts: BTreeMap<(NaiveDateTime, usize), Attempt>,
    added: usize,
}

impl Agenda {
    pub fn add(&mut self, attempt: Attempt) {
        self.added += 1;
        self.attempts.insert((attempt.at, self.added), attempt);
    }

    pub fn next(&mut self) -> Option<Attempt> {
        self.attempts.pop_first().map(|(_, attempt)| attempt)
    }
}

/// Incoming wishes of a day, before repeats.
fn volume(day: NaiveDate) -> i64 {
    match day.weekday() {
        Weekday::Mon => 69,
        Weekday::Sat => 44,
        Weekday::Sun => 25,
        _ => 55,
    }
}

/// Weight of each hour from 9 to 20: the rush before noon and after work.
const RUSH: [u32; 12] = [9, 13, 12, 9, 6, 6, 7, 8, 11, 10, 6, 3];

fn moment(day: NaiveDate, dice: &mut Dice) -> NaiveDateTime {
    let second = TimeDelta::seconds(dice.random_range(0..3_600));
    if chance(dice, 2) {
        return half_hour(day, if chance(dice, 50) { 16 } else { 42 }) + second;
    }
    loop {
        let mut point = dice.random_range(0..RUSH.iter().sum());
        let passed = |weight: &&u32| {
            let here = point < **weight;
            point = point.saturating_sub(**weight);
            !here
        };
        let hour = RUSH.iter().take_while(passed).count();
        let at = half_hour(day, 18 + 2 * hour as u32) + second;
        if is_open(at) {
            return at;
        }
    }
}

/// Of a hundred calls that find somebody free, how many are missed all the same.
pub fn missed_of_hundred(at: NaiveDateTime) -> u32 {
    if !is_open(at) {
        return 100;
    }
    let rush = RUSH.get((at.hour() as usize).saturating_sub(9)).copied().unwrap_or(5);
    13 + rush + if at.weekday() == Weekday::Mon { 5 } else { 0 }
}

/// Places of the administrators on duty: two of the three in the centre, one of the two across the river.
pub fn on_duty(day: NaiveDate) -> impl Iterator<Item = usize> {
    let turn = day.num_days_from_ce().unsigned_abs() as usize;
    (0..ADMINISTRATORS.len()).filter(move |place| match place {
        0..3 => turn / 2 % 3 != *place,
        _ => turn / 2 % 2 == place - 3,
    })
}

impl Clinic {
    /// Everything people and the clinic want of each other by telephone on one day.
    pub fn plan(&mut self, day: NaiveDate) {
        let wished = volume(day) + self.dice.random_range(-7..8);
        for _ in 0..wished {
            let attempt = self.incoming(day);
            self.agenda.add(attempt);
        }
        let tomorrow = day + TimeDelta::days(1);
        for visit in self.schedule.unconfirmed(tomorrow).into_iter().take(9) {
            self.remind(day, visit);
        }
        for _ in 0..self.dice.random_range(1..5) {
            let aim = if chance(&mut self.dice, 70) { Aim::Fill } else { Aim::OfferSlot };
            let place = self.dice.random_range(0..NEWCOMERS_FROM);
            self.call_out(day, place, aim);
        }
    }

    fn incoming(&mut self, day: NaiveDate) -> Attempt {
        let at = moment(day, &mut self.dice);
        let (party, aim) = self.wish(at);
        let number = match party {
            Party::Stranger if chance(&mut self.dice, 14) => "withheld".to_owned(),
            Party::Stranger => self.numbers.patient(&mut self.dice),
            Party::Patient(place) => self.number_of(place),
            Party::Employee(place) => self.others[place].phones.clone(),
            Party::Counterparty(place) => self.others[place].phones.clone(),
        };
        Attempt { at, party, number, aim, outgoing: false, tries: 0 }
    }

    fn wish(&mut self, at: NaiveDateTime) -> (Party, Aim) {
        let known = Party::Patient(self.dice.random_range(0..NEWCOMERS_FROM));
        match self.dice.random_range(0..100) {
            0..37 => (known, Aim::Book),
            37..52 => self.about_own_visit(at).unwrap_or((known, Aim::Book)),
            52..66 => (self.newcomer(), Aim::Book),
            66..74 => (Party::Stranger, Aim::Book),
            74..86 => (known, Aim::Question),
            86..93 => {
                let staff = ADMINISTRATORS.len() + DOCTORS.len();
                (Party::Employee(self.dice.random_range(0..staff)), Aim::Business)
            }
            _ => {
                let first = ADMINISTRATORS.len() + DOCTORS.len();
                let place = self.dice.random_range(first..first + COUNTERPARTIES.len());
                (Party::Counterparty(place), Aim::Business)
            }
        }
    }

    fn about_own_visit(&mut self, at: NaiveDateTime) -> Option<(Party, Aim)> {
        (0..40).find_map(|_| {
            let place = self.dice.random_range(0..PATIENTS);
            let visit = self.schedule.ahead(place, at)?;
            Some((Party::Patient(place), Aim::OwnVisit(visit)))
        })
    }

    fn newcomer(&mut self) -> Party {
        let place = self.next_newcomer;
        self.next_newcomer = if place + 1 < PATIENTS { place + 1 } else { NEWCOMERS_FROM };
        Party::Patient(place)
    }

    fn remind(&mut self, day: NaiveDate, visit: usize) {
        let patient = &self.schedule.visits[visit].patient;
        if let Some(place) = self.place_of(patient) {
            self.call_out(day, place, Aim::Confirm(visit));
        }
    }

    fn call_out(&mut self, day: NaiveDate, place: usize, aim: Aim) {
        let quiet = opening_half_hours(day);
        let slot = self.dice.random_range(quiet.start + 6..quiet.end - 4);
        let at = half_hour(day, slot) + TimeDelta::seconds(self.dice.random_range(0..1_800));
        let number = self.number_of(place);
        if !number.is_empty() {
            self.agenda.add(Attempt {
                at,
                party: Party::Patient(place),
                number,
                aim,
                outgoing: true,
                tries: 0,
            });
        }
    }

    /// What follows a call nobody answered: another try, a call back, or nothing.
    pub fn follow_up(&mut self, missed: &Attempt) {
        let again = missed.tries < 3 && chance(&mut self.dice, 42);
        let back = !again && missed.number.starts_with('+') && chance(&mut self.dice, 55);
        let minutes = match (again, missed.outgoing) {
            (true, false) => self.dice.random_range(1..25),
            (_, true) => self.dice.random_range(40..140),
            (false, false) => self.dice.random_range(4..100),
        };
        let seconds = i64::from(minutes * 60 + self.dice.random_range(0..60));
        let at = missed.at + TimeDelta::seconds(seconds);
        if is_open(at) && (again || back) && missed.tries < 3 {
            let outgoing = missed.outgoing || back;
            self.agenda.add(Attempt { at, outgoing, tries: missed.tries + 1, ..missed.clone() });
        }
    }
}

/// The line a caller dials.
pub fn line(party: Party, dice: &mut Dice) -> &'static str {
    if let Party::Counterparty(_) = party {
        return LINES[LINES.len() - 1].number;
    }
    let public = &LINES[..LINES.len() - 1];
    let mut point = dice.random_range(0..public.iter().map(|line| line.weight).sum());
    for line in public {
        if point < line.weight {
            return line.number;
        }
        point -= line.weight;
    }
    LINES[0].number
}
