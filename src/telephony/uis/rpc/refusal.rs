//! What the platform refuses with, and what a person can do about it. The mnemonic is the thing to go by: the code is
//! only its group, the message is prose.

use std::fmt;

use super::envelope::Fault;
use crate::domain::{reason, text};

/// One answer with an error. An unknown mnemonic survives as it came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// Group of the error.
    pub code: i64,
    /// Empty where the platform gave none.
    pub mnemonic: String,
    /// The platform's own words, cleaned.
    pub message: String,
    /// The parameter it is about, as a path.
    pub field: Option<String>,
    /// What was wrong with it.
    pub value: Option<String>,
}

/// What a person, or the program, can do about a refusal.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Trouble {
    /// Unknown or run out: a login is renewed, a key is wrong.
    Token,
    KeyExpired,
    KeyBlocked,
    /// Wrong login or password.
    Login,
    /// Our address is not on the account's list.
    Address,
    /// The user of the key may not do this.
    Rights,
    /// The account has not bought what the method or a parameter needs.
    Component,
    /// The account is switched off.
    Account,
    /// No points are left for the minute or the day.
    Limit,
    /// The other side may not be called: black list, security rules.
    Blocked,
    /// The call is not in a state for that: nobody talks, or it is over.
    State,
    /// A number of ours that the account does not have.
    VirtualNumber,
    /// A value we sent.
    Parameter,
    /// Question or method unknown there: an error of ours, or another version.
    Protocol,
    /// The platform's own failure: trying later helps.
    Server,
    Unknown,
}

impl Refusal {
    pub fn trouble(&self) -> Trouble {
        Trouble::of_mnemonic(&self.mnemonic).unwrap_or_else(|| Trouble::of_code(self.code))
    }

    /// The platform may quote what we sent.
    pub fn forget(&mut self, secret: &str) {
        self.message = self.message.replace(secret, "…");
        self.value = self.value.take().map(|value| value.replace(secret, "…"));
    }

    /// Whether it speaks of `name`, in whatever place.
    pub fn names(&self, name: &str) -> bool {
        let places = [Some(&self.message), self.field.as_ref(), self.value.as_ref()];
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        places.into_iter().flatten().any(|text| text.split(|c| !is_part(c)).any(|word| word == name))
    }

    /// The platform's own.
    pub fn words(&self) -> String {
        match (self.mnemonic.as_str(), self.message.as_str()) {
            ("", message) => format!("{}: {message}", self.code),
            (mnemonic, "") => mnemonic.to_owned(),
            (mnemonic, message) => format!("{mnemonic}: {message}"),
        }
    }

    /// What to do about it, in English.
    pub fn hint(&self) -> &'static str {
        self.trouble().hint()
    }
}

impl Trouble {
    /// Mnemonics that say more than their group.
    fn of_mnemonic(mnemonic: &str) -> Option<Trouble> {
        Some(match mnemonic {
            "access_token_invalid" => Trouble::Token,
            "access_token_expired" => Trouble::KeyExpired,
            "access_token_blocked" => Trouble::KeyBlocked,
            "auth_error" => Trouble::Login,
            "ip_not_whitelisted" => Trouble::Address,
            "forbidden" => Trouble::Rights,
            "method_component_disabled"
            | "parameter_component_disabled"
            | "component_disabled"
            | "tariff_restrictions" => Trouble::Component,
            "account_inactive" => Trouble::Account,
            "limit_exceeded" => Trouble::Limit,
            "internal_error" => Trouble::Server,
            "contact_in_blacklist" => Trouble::Blocked,
            "invalid_state" | "call_session_not_found" => Trouble::State,
            _ => return None,
        })
    }

    fn of_code(code: i64) -> Trouble {
        match code {
            -32001 => Trouble::Token,
            -32002 => Trouble::Blocked,
            -32003 => Trouble::Rights,
            -32004 => Trouble::State,
            -32007 => Trouble::VirtualNumber,
            -32008 => Trouble::Component,
            -32009 => Trouble::Account,
            -32029 => Trouble::Limit,
            -32602 => Trouble::Parameter,
            -32603 => Trouble::Server,
            -32700 | -32600 | -32601 | -32099 => Trouble::Protocol,
            _ => Trouble::Unknown,
        }
    }

    /// Whether it lasts until somebody mends it.
    pub fn is_lasting(self) -> bool {
        !matches!(self, Trouble::Limit | Trouble::Server | Trouble::State | Trouble::Unknown)
    }

    /// As every desk says it.
    pub fn kind(self) -> reason::Trouble {
        match self {
            Trouble::Token | Trouble::Login => reason::Trouble::Login,
            Trouble::KeyExpired | Trouble::KeyBlocked => reason::Trouble::KeyOver,
            Trouble::Address => reason::Trouble::Address,
            Trouble::Rights | Trouble::Component => reason::Trouble::Rights,
            Trouble::Account => reason::Trouble::Account,
            Trouble::Limit => reason::Trouble::Limit,
            Trouble::Server => reason::Trouble::Server,
            _ => reason::Trouble::Other,
        }
    }

    fn hint(self) -> &'static str {
        match self {
            Trouble::Token => {
                "the key is wrong: make one in the cabinet under «Аккаунт → Управление пользователями»"
            }
            Trouble::KeyExpired => {
                "the key has expired: make a new one in the cabinet under «Аккаунт → Управление пользователями»"
            }
            Trouble::KeyBlocked => "the key is blocked: unblock it or make a new one in the cabinet",
            Trouble::Login => "login or password is wrong",
            Trouble::Address => {
                "add this computer's address in the cabinet under «Аккаунт → Правила и настройки безопасности → API»"
            }
            Trouble::Rights => {
                "the cabinet user of the key lacks the right: give it in the cabinet under «Аккаунт → Управление пользователями»"
            }
            Trouble::Component => "the account lacks the component: it is bought in the cabinet",
            Trouble::Account => "the account is switched off: look at its balance in the cabinet",
            Trouble::Limit => "no questions are left for now: a larger limit can be bought in the cabinet",
            Trouble::Blocked => "the number is on the account's black list or against its security rules",
            Trouble::State => "the call is over or in another state",
            Trouble::VirtualNumber => "the account has no such number: correct `number` under [uis]",
            Trouble::Parameter | Trouble::Protocol | Trouble::Unknown => {
                "please report this to the makers of pult"
            }
            Trouble::Server => "the platform has failed: it is tried again",
        }
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Refusal {
        let data = fault.data.unwrap_or_default();
        Refusal {
            code: fault.code,
            mnemonic: text::clean(&data.mnemonic.unwrap_or_default()),
            message: text::clean(&fault.message),
            field: data.field.map(|field| text::clean(&field)),
            value: data.value.map(|value| text::clean(&value.to_string())),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.hint(), self.words())
    }
}
