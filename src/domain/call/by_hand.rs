//! Which call of the provider's record is the one that somebody wrote down by hand while the provider was not heard.

use chrono::TimeDelta;

use super::Snapshot;
use crate::domain::phone::Remote;

/// The provider of calls that were written down by hand.
pub const BY_HAND: &str = "manual";

/// A time written from memory is this true.
pub const MEMORY: TimeDelta = TimeDelta::minutes(10);

/// Pairs of places in `by_hand` and in `real`: the same number, direction and luck, begun within [`MEMORY`] of each
/// other. The nearest two are a pair first, and nobody is in two pairs.
pub fn pairs(by_hand: &[&Snapshot], real: &[&Snapshot]) -> Vec<(usize, usize)> {
    let mut candidates: Vec<(TimeDelta, usize, usize)> = vec![];
    for (nth, written) in by_hand.iter().enumerate() {
        let near = |(place, real): (usize, &&Snapshot)| Some((written.apart_from(real)?, nth, place));
        candidates.extend(real.iter().enumerate().filter_map(near));
    }
    candidates.sort_unstable();
    let mut pairs: Vec<(usize, usize)> = vec![];
    for (_, nth, place) in candidates {
        if !pairs.iter().any(|pair| pair.0 == nth || pair.1 == place) {
            pairs.push((nth, place));
        }
    }
    pairs
}

impl Snapshot {
    /// How far apart the two begin, when they may be one call. Of a withheld number nobody can tell.
    fn apart_from(&self, real: &Snapshot) -> Option<TimeDelta> {
        let apart = (self.started_at - real.started_at).abs();
        let alike = self.remote == real.remote
            && self.remote != Remote::Withheld
            && self.direction == real.direction
            && self.was_answered() == real.was_answered();
        (alike && apart <= MEMORY).then_some(apart)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use chrono::{DateTime, Utc};

    use super::*;
    use crate::domain::call::{CallKey, CallResult, Direction, Phase};
    use crate::domain::phone::Phone;

    fn noon() -> DateTime<Utc> {
        "2026-11-20T09:00:00Z".parse().unwrap()
    }

    fn missed(minute: i64) -> Snapshot {
        Snapshot {
            key: CallKey { provider: BY_HAND.into(), id: minute.to_string() },
            direction: Direction::Incoming,
            remote: Remote::Number(Phone(79440000001)),
            name: None,
            line: None,
            queue: None,
            phase: Phase::Ended,
            result: Some(CallResult::Missed),
            agent: None,
            holder: None,
            ringing: vec![],
            started_at: noon() + TimeDelta::minutes(minute),
            answered_at: None,
            ended_at: Some(noon() + TimeDelta::minutes(minute)),
            wait: Duration::ZERO,
            talk: Duration::ZERO,
            hold: Duration::ZERO,
            transfers: vec![],
            recording: None,
            advert: None,
            tags: vec![],
            settled: false,
        }
    }

    fn paired(by_hand: &[Snapshot], real: &[Snapshot]) -> Vec<(usize, usize)> {
        let (by_hand, real): (Vec<_>, Vec<_>) = (by_hand.iter().collect(), real.iter().collect());
        pairs(&by_hand, &real)
    }

    #[test]
    fn ten_minutes_are_near_and_more_are_not() {
        assert_eq!(paired(&[missed(10)], &[missed(0)]), [(0, 0)]);
        assert_eq!(paired(&[missed(0)], &[missed(10)]), [(0, 0)]);
        assert_eq!(paired(&[missed(11)], &[missed(0)]), []);
    }

    #[test]
    fn number_direction_and_luck_must_be_the_same() {
        let unlike: [fn(&mut Snapshot); 3] = [
            |call| call.remote = Remote::Number(Phone(79440000002)),
            |call| call.direction = Direction::Outgoing,
            |call| call.answered_at = Some(call.started_at),
        ];
        for change in unlike {
            let mut other = missed(0);
            change(&mut other);
            assert_eq!(paired(&[missed(0)], &[other]), []);
        }
        let hidden = Snapshot { remote: Remote::Withheld, ..missed(0) };
        assert_eq!(paired(std::slice::from_ref(&hidden), std::slice::from_ref(&hidden)), []);
    }

    #[test]
    fn the_nearest_is_taken_first_and_nobody_twice() {
        // The second was written two minutes off the first real call and six off the other: it has the first.
        assert_eq!(paired(&[missed(5), missed(2)], &[missed(0), missed(8)]), [(1, 0), (0, 1)]);
        assert_eq!(paired(&[missed(1), missed(2)], &[missed(0)]), [(0, 0)]);
    }
}
