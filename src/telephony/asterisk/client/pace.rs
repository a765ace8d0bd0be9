//! How patient the client is.

use std::time::Duration;

use super::session::Loss;

/// Times of the connection's life; tests hurry them.
#[derive(Clone, PartialEq, Debug)]
pub struct Pace {
    /// First pause after a loss; doubles up to `longest_pause`, each varied by half so that desks of one
    /// office do not come back in step.
    pub first_pause: Duration,
    pub longest_pause: Duration,
    /// Pause after a refused login: the PBX's fail2ban must not take us for a guesser.
    pub refused_pause: Duration,
    /// For connecting, and again for logging in as a whole. A refusal takes the PBX a second.
    pub patience: Duration,
    /// Silence after which we ask whether the PBX is there; twice as much is a loss.
    pub silence: Duration,
    /// How often the lists are asked for again, against whatever was missed.
    pub recheck: Duration,
}

impl Default for Pace {
    fn default() -> Pace {
        Pace {
            first_pause: Duration::from_millis(500),
            longest_pause: Duration::from_secs(30),
            refused_pause: Duration::from_secs(30),
            patience: Duration::from_secs(10),
            silence: Duration::from_secs(10),
            recheck: Duration::from_secs(300),
        }
    }
}

pub struct Backoff {
    pace: Pace,
    next: Duration,
}

impl Backoff {
    pub fn new(pace: &Pace) -> Backoff {
        Backoff { pace: pace.clone(), next: pace.first_pause }
    }

    /// The pause before the next attempt. A connection that held for a while starts the count anew.
    pub fn after(&mut self, loss: &Loss, held: Duration) -> Duration {
        if held > self.pace.longest_pause {
            self.next = self.pace.first_pause;
        }
        if *loss == Loss::Refused {
            return vary(self.pace.refused_pause);
        }
        let pause = self.next;
        self.next = (self.next * 2).min(self.pace.longest_pause);
        vary(pause)
    }
}

fn vary(pause: Duration) -> Duration {
    pause.mul_f64(rand::random_range(0.5..1.5))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Backoff, Loss, Pace};

    #[test]
    fn pauses_grow_to_a_cap_and_start_anew() {
        let pace = Pace::default();
        let mut backoff = Backoff::new(&pace);
        let gone = Loss::Closed;
        let pauses: Vec<Duration> = (0..20).map(|_| backoff.after(&gone, Duration::ZERO)).collect();
        assert!(pauses[0] < Duration::from_secs(1));
        assert!(pauses.iter().all(|pause| *pause <= pace.longest_pause.mul_f64(1.5)));
        assert!(pauses[19] >= pace.longest_pause / 2);
        assert!(backoff.after(&gone, Duration::from_secs(60)) < Duration::from_secs(1));
        assert!(backoff.after(&Loss::Refused, Duration::ZERO) >= pace.refused_pause / 2);
    }
}
