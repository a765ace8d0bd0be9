//! «Успешность»: what became of a call.

use serde::{Deserialize, Serialize};

use super::call::Direction;

/// Best first: by patients, the best outcome of a person's day wins in this order.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// «Записался»
    Booked,
    /// «Перенёс приём»
    Moved,
    /// «Отменил приём»
    Cancelled,
    /// «Уже записан»
    AlreadyBooked,
    /// «Не записался»
    NotBooked,
    /// «Пропущенный вызов»
    Missed,
    /// «Не дозвонились»: an outgoing call nobody answered.
    NotReached,
}

impl Outcome {
    pub const ALL: [Outcome; 7] = [
        Outcome::Booked,
        Outcome::Moved,
        Outcome::Cancelled,
        Outcome::AlreadyBooked,
        Outcome::NotBooked,
        Outcome::Missed,
        Outcome::NotReached,
    ];
}

/// What is known of one call that bears on its outcome.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Facts {
    pub direction: Direction,
    pub answered: bool,
    /// Whether the call stands in patient statistics: calls of employees and counterparties do not.
    pub counts: bool,
    /// What was done with the patient's visits in this call.
    pub booked: bool,
    pub moved: bool,
    pub cancelled: bool,
    /// The operator said so («Пациент. Уже записан»), or said nothing of wanting an appointment while a visit
    /// of the patient lay ahead.
    pub already_booked: bool,
}

impl Facts {
    /// `None` outside patient statistics and for calls that stay in the house. What was done in the schedule
    /// outweighs what the operator says.
    pub fn outcome(&self) -> Option<Outcome> {
        match (self.counts, self.direction) {
            (false, _) | (_, Direction::Internal) => None,
            (true, Direction::Incoming) if !self.answered => Some(Outcome::Missed),
            (true, Direction::Outgoing) if !self.answered => Some(Outcome::NotReached),
            (true, _) => Some(self.outcome_of_talk()),
        }
    }

    fn outcome_of_talk(&self) -> Outcome {
        if self.booked {
            Outcome::Booked
        } else if self.moved {
            Outcome::Moved
        } else if self.cancelled {
            Outcome::Cancelled
        } else if self.already_booked {
            Outcome::AlreadyBooked
        } else {
            Outcome::NotBooked
        }
    }
}

/// Where an outcome stands among several, the best first: any is better than none.
pub fn rank(outcome: Option<Outcome>) -> impl Ord {
    (outcome.is_none(), outcome)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TALK: Facts = Facts {
        direction: Direction::Incoming,
        answered: true,
        counts: true,
        booked: false,
        moved: false,
        cancelled: false,
        already_booked: false,
    };

    #[test]
    fn a_talk_is_worth_the_best_thing_done_in_it() {
        let everything = Facts { booked: true, moved: true, cancelled: true, already_booked: true, ..TALK };
        assert_eq!(everything.outcome(), Some(Outcome::Booked));
        assert_eq!(Facts { booked: false, ..everything }.outcome(), Some(Outcome::Moved));
        let cancelled = Facts { cancelled: true, already_booked: true, ..TALK };
        assert_eq!(cancelled.outcome(), Some(Outcome::Cancelled));
        assert_eq!(Facts { already_booked: true, ..TALK }.outcome(), Some(Outcome::AlreadyBooked));
        assert_eq!(TALK.outcome(), Some(Outcome::NotBooked));
    }

    #[test]
    fn nobody_answered_is_missed_or_not_reached_by_direction() {
        let silent = Facts { answered: false, already_booked: true, ..TALK };
        assert_eq!(silent.outcome(), Some(Outcome::Missed));
        let outgoing = Facts { direction: Direction::Outgoing, ..silent };
        assert_eq!(outgoing.outcome(), Some(Outcome::NotReached));
    }

    #[test]
    fn outside_patient_statistics_there_is_none() {
        assert_eq!(Facts { counts: false, booked: true, ..TALK }.outcome(), None);
        assert_eq!(Facts { counts: false, answered: false, ..TALK }.outcome(), None);
        assert_eq!(Facts { direction: Direction::Internal, ..TALK }.outcome(), None);
    }

    #[test]
    fn the_best_of_a_day_follows_the_order_of_the_outcomes() {
        let mut all = vec![None];
        all.extend(Outcome::ALL.iter().rev().copied().map(Some));
        all.sort_by_key(|outcome| rank(*outcome));
        let best_first: Vec<_> = Outcome::ALL.map(Some).into_iter().chain([None]).collect();
        assert_eq!(all, best_first);
    }
}
