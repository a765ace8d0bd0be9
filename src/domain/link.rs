//! Which call a booking, a cancellation or a move belongs to.
//!
//! The rule alone: whose calls are looked at is for whoever knows the people. A call nobody answered has no
//! talk and owns nothing.

use std::cmp::Reverse;

use chrono::{DateTime, TimeDelta, Utc};

use serde::{Deserialize, Serialize};

use super::id::CallId;
use super::money::Money;
use super::visit::Stage;

/// What the clinic's schedule says was done with a visit.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    Booked,
    Moved,
    Cancelled,
}

impl Deed {
    /// How far before or after a talk it may stand and still belong to it, the edge included: a talk
    /// 13:00-13:15 owns bookings made 12:30-13:45, cancellations and moves 12:45-13:30.
    pub fn reach(self) -> TimeDelta {
        match self {
            Deed::Booked => TimeDelta::minutes(30),
            Deed::Moved | Deed::Cancelled => TimeDelta::minutes(15),
        }
    }
}

/// A deed with the talk that owns it, and why: what an explanation shows.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct DeedLink {
    pub deed: Deed,
    pub at: DateTime<Utc>,
    pub talk_from: DateTime<Utc>,
    pub talk_to: DateTime<Utc>,
    /// Of the visit as it stands now.
    pub starts_at: DateTime<Utc>,
    pub doctor: String,
    pub speciality: String,
    pub stage: Stage,
    pub money: Money,
}

impl DeedLink {
    /// First and last moment at which the deed would still have belonged to the talk, were no other talk nearer.
    pub fn window(&self) -> (DateTime<Utc>, DateTime<Utc>) {
        (self.talk_from - self.deed.reach(), self.talk_to + self.deed.reach())
    }
}

/// The talking part of an answered call, transfers included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Talk {
    pub call: CallId,
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
}

impl Talk {
    /// Zero inside the talk.
    fn distance(&self, at: DateTime<Utc>) -> TimeDelta {
        (self.from - at).max(at - self.to).max(TimeDelta::zero())
    }
}

/// The call a deed belongs to, among the talks with its patient: the nearest, the later on a tie. At most one,
/// so that a deed counts once.
pub fn owner(deed: Deed, at: DateTime<Utc>, talks: &[Talk]) -> Option<CallId> {
    talks
        .iter()
        .map(|talk| (talk.distance(at), talk))
        .filter(|(distance, _)| *distance <= deed.reach())
        .min_by_key(|(distance, talk)| (*distance, Reverse((talk.from, talk.to, talk.call))))
        .map(|(_, talk)| talk.call)
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn at(hour: u32, minute: u32, second: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 2, hour, minute, second).unwrap()
    }

    fn talk(number: u128, from: DateTime<Utc>, to: DateTime<Utc>) -> Talk {
        Talk { call: CallId(Uuid::from_u128(number)), from, to }
    }

    fn quarter_past_one() -> [Talk; 1] {
        [talk(1, at(13, 0, 0), at(13, 15, 0))]
    }

    fn owns(deed: Deed, instant: DateTime<Utc>) -> bool {
        owner(deed, instant, &quarter_past_one()).is_some()
    }

    #[test]
    fn a_booking_belongs_within_thirty_minutes_edges_included() {
        for inside in [at(12, 30, 0), at(13, 0, 0), at(13, 7, 0), at(13, 15, 0), at(13, 45, 0)] {
            assert!(owns(Deed::Booked, inside), "{inside}");
        }
        for outside in [at(12, 29, 59), at(13, 45, 1)] {
            assert!(!owns(Deed::Booked, outside), "{outside}");
        }
    }

    #[test]
    fn a_cancellation_or_a_move_belongs_within_fifteen() {
        for deed in [Deed::Cancelled, Deed::Moved] {
            for inside in [at(12, 45, 0), at(13, 10, 0), at(13, 30, 0)] {
                assert!(owns(deed, inside), "{deed:?} {inside}");
            }
            for outside in [at(12, 44, 59), at(13, 30, 1)] {
                assert!(!owns(deed, outside), "{deed:?} {outside}");
            }
        }
    }

    #[test]
    fn the_nearest_call_wins_and_the_later_on_a_tie() {
        let talks = [
            talk(1, at(13, 0, 0), at(13, 10, 0)),
            talk(2, at(13, 30, 0), at(13, 40, 0)),
            talk(3, at(13, 45, 0), at(13, 50, 0)),
        ];
        let won = |instant| owner(Deed::Booked, instant, &talks).map(|call| call.0.as_u128());
        assert_eq!(won(at(13, 19, 59)), Some(1));
        assert_eq!(won(at(13, 20, 0)), Some(2));
        assert_eq!(won(at(13, 42, 30)), Some(3));
        assert_eq!(won(at(14, 20, 1)), None);
    }

    proptest! {
        #[test]
        fn no_other_talk_is_nearer_and_order_does_not_matter(
            spans in prop::collection::vec((0i64..10_000, 0i64..2_000), 0..8),
            made in 0i64..10_000,
        ) {
            let start = at(0, 0, 0);
            let instant = start + TimeDelta::seconds(made);
            let mut talks: Vec<Talk> = spans
                .iter()
                .enumerate()
                .map(|(number, (from, length))| {
                    let from = start + TimeDelta::seconds(*from);
                    talk(number as u128, from, from + TimeDelta::seconds(*length))
                })
                .collect();
            let winner = owner(Deed::Booked, instant, &talks);
            let nearest = talks.iter().map(|talk| talk.distance(instant)).min();
            match winner.and_then(|call| talks.iter().find(|talk| talk.call == call)) {
                Some(won) => prop_assert_eq!(Some(won.distance(instant)), nearest),
                None => prop_assert!(nearest.is_none_or(|distance| distance > Deed::Booked.reach())),
            }
            talks.reverse();
            prop_assert_eq!(owner(Deed::Booked, instant, &talks), winner);
        }
    }
}
