//! What misses cost, from the clinic's own conversion: an estimate, so it says what it rests on, claims nothing of a
//! small sample, and is never more precise than it deserves.

use super::Share;
use crate::domain::money::Money;
use crate::domain::report::{Filter, Measures};

/// From 100 talks a conversion of a third is known to about nine points either way (95 %).
pub const LEAST_TALKS: u64 = 100;
/// An average from fewer visits says more of the dearest one than of the clinic.
pub const LEAST_VISITS: u64 = 30;

/// Reckoned from the total of a report by patients.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Losses {
    /// Patients' days on which somebody called and was never talked with.
    pub patients: u64,
    /// Booked of those talked with.
    pub booked: Share,
    /// Held of those booked.
    pub held: Share,
    /// Of a patient's day that led to a held visit.
    pub average: Option<Money>,
    chosen: bool,
}

/// Why nothing is claimed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unclear {
    /// Fewer than [`LEAST_TALKS`].
    FewTalks,
    /// Fewer than [`LEAST_VISITS`].
    FewVisits,
    /// The visits brought none.
    NoMoney,
    /// The calls were chosen by how they ended: so was their conversion.
    Chosen,
}

impl Losses {
    /// `filter` is of the report.
    pub fn of(by_patients: &Measures, filter: &Filter) -> Losses {
        Losses {
            patients: by_patients.missed,
            booked: Share { part: by_patients.booked, base: by_patients.taken },
            held: Share { part: by_patients.held, base: by_patients.booked },
            average: by_patients.average_money(),
            chosen: filter.chooses_ends(),
        }
    }

    /// Bookings that the missed patients would have made, had they been talked with.
    pub fn bookings(&self) -> Result<u64, Unclear> {
        self.expected_bookings().map(|bookings| rounded(bookings) as u64)
    }

    /// What the visits among those bookings would have brought: whole roubles.
    pub fn money(&self) -> Result<Money, Unclear> {
        let bookings = self.expected_bookings()?;
        if self.held.part < LEAST_VISITS {
            return Err(Unclear::FewVisits);
        }
        let average = self.average.filter(|average| average.0 > 0).ok_or(Unclear::NoMoney)?;
        let roubles = bookings * self.held.of_one() * average.0 as f64 / 100.0;
        Ok(Money((rounded(roubles) * 100.0) as i64))
    }

    fn expected_bookings(&self) -> Result<f64, Unclear> {
        if self.chosen {
            return Err(Unclear::Chosen);
        }
        if self.booked.base < LEAST_TALKS {
            return Err(Unclear::FewTalks);
        }
        Ok(self.patients as f64 * self.booked.of_one())
    }
}

/// A whole number of two significant digits.
fn rounded(estimate: f64) -> f64 {
    if estimate < 100.0 {
        return estimate.round();
    }
    let step = 10f64.powf(estimate.log10().floor() - 1.0);
    (estimate / step).round() * step
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;
    use crate::domain::outcome::Outcome;
    use crate::domain::report::{Between, Group};

    fn clinic() -> Measures {
        Measures {
            calls: 1200,
            taken: 1000,
            missed: 95,
            booked: 370,
            held: 300,
            money: Money(300 * 2_500_000),
            ..Measures::default()
        }
    }

    #[test]
    fn missed_patients_cost_what_talked_with_ones_bring() {
        let losses = Losses::of(&clinic(), &Filter::default());
        assert_eq!(losses.bookings(), Ok(35));
        // 95 x 0.37 x 300/370 x 25 000 = 712 500, to two digits.
        assert_eq!(losses.money(), Ok(Money(71_000_000)));
    }

    #[test]
    fn nothing_is_claimed_from_a_small_sample() {
        let few_talks = Measures { taken: 99, ..clinic() };
        assert_eq!(Losses::of(&few_talks, &Filter::default()).bookings(), Err(Unclear::FewTalks));
        assert_eq!(Losses::of(&few_talks, &Filter::default()).money(), Err(Unclear::FewTalks));
        let few_visits = Losses::of(&Measures { held: 29, ..clinic() }, &Filter::default());
        assert_eq!((few_visits.bookings(), few_visits.money()), (Ok(35), Err(Unclear::FewVisits)));
        let refunds = Losses::of(&Measures { money: Money(-100), ..clinic() }, &Filter::default());
        assert_eq!(refunds.money(), Err(Unclear::NoMoney));
    }

    /// Of calls chosen by how they ended every conversion is what was chosen.
    #[test]
    fn nothing_is_claimed_of_what_was_chosen_by_its_end() {
        let chosen = [
            Filter::only([Group::Outcome(Some(Outcome::Booked)), Group::Outcome(Some(Outcome::Missed))]),
            Filter {
                talk: Between { least: Some(Duration::from_secs(60)), most: None },
                ..Filter::default()
            },
            Filter { recording: Some(true), ..Filter::default() },
            Filter { comment: Some(false), ..Filter::default() },
            Filter { text: "имплант".to_owned(), ..Filter::default() },
        ];
        for filter in chosen {
            let losses = Losses::of(&clinic(), &filter);
            assert_eq!((losses.bookings(), losses.money()), (Err(Unclear::Chosen), Err(Unclear::Chosen)));
        }
        let filter = Filter { patients_only: true, ..Filter::only([Group::Channel(None)]) };
        assert_eq!(Losses::of(&clinic(), &filter).bookings(), Ok(35));
    }

    #[test]
    fn nobody_missed_costs_nothing() {
        let losses = Losses::of(&Measures { missed: 0, ..clinic() }, &Filter::default());
        assert_eq!((losses.bookings(), losses.money()), (Ok(0), Ok(Money(0))));
    }

    proptest! {
        #[test]
        fn an_estimate_is_near_what_it_rounds_and_has_two_digits(estimate in 0.0f64..1e12) {
            let shown = rounded(estimate);
            prop_assert!((shown - estimate).abs() <= estimate * 0.05 + 0.5, "{estimate} {shown}");
            prop_assert!(shown < 100.0 || format!("{shown:.0}").trim_end_matches('0').len() <= 2, "{shown}");
        }

        #[test]
        fn no_more_is_lost_than_was_missed(missed in 0u64..50_000, booked in 0u64..1000, held in 0u64..1000) {
            let booked = booked.min(1000);
            let losses = Losses::of(&Measures { missed, booked, held: held.min(booked), ..clinic() }, &Filter::default());
            prop_assert!(losses.bookings().unwrap() as f64 <= missed as f64 * 1.05 + 0.5);
        }
    }
}
