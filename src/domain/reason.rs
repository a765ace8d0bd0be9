//! Why the telephony is not there: a kind that every desk says in its own language, and the provider's own words, which
//! are for whoever mends it. Neither carries a secret.

use serde::{Deserialize, Serialize};

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Reason {
    pub trouble: Trouble,
    /// In English, or as the provider said it.
    pub details: String,
}

/// What somebody at the desk can do something about, or at least know how long it lasts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// No way to the provider's server: the network, a name, a certificate.
    Unreachable,
    Silent,
    /// Somebody else answers there, or in a way nobody can read.
    Garbled,
    /// Key, login or password is wrong.
    Login,
    /// The key was good once.
    KeyOver,
    /// This computer's address is not allowed.
    Address,
    /// A right or a bought component is missing.
    Rights,
    /// The account is switched off.
    Account,
    /// No questions are left for now.
    Limit,
    /// The provider's own failure.
    Server,
    /// Calls run, but no notification of them comes.
    Unannounced,
    /// The port for notifications cannot be had.
    Port,
    /// The details alone tell it.
    Other,
}

impl Trouble {
    pub fn because(self, details: impl Into<String>) -> Reason {
        Reason { trouble: self, details: details.into() }
    }
}

/// Of no kind that is known.
impl<T: Into<String>> From<T> for Reason {
    fn from(details: T) -> Reason {
        Trouble::Other.because(details)
    }
}
