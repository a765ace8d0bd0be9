//! «Успешность»: what became of a call.

use serde::{Deserialize, Serialize};

/// Best first: by patients, the best outcome of a person's day wins in this order (mission, section 6).
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
