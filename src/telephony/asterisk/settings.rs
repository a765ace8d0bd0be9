//! What the adapter must be told of the PBX.

use std::fmt;

use super::recordings::Shelf;

/// One PBX and our place in it. Make it with [`Settings::checked`].
#[derive(Clone, PartialEq)]
pub struct Settings {
    pub host: String,
    pub port: u16,
    pub username: String,
    pub secret: String,
    /// Endpoints through which the outside comes.
    pub trunks: Vec<String>,
    /// Phones that may be rung for a click-to-call; empty: any.
    pub extensions: Vec<String>,
    /// Dialplan context in which our click-to-calls and transfers dial, e.g. `from-internal`.
    pub context: String,
    /// Channel technology of the phones: `PJSIP` or `SIP`.
    pub technology: String,
    /// Where the PBX keeps its recordings, when it may be told to play them.
    pub shelf: Option<Shelf>,
}

#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum SettingsError {
    #[error("{0} is empty")]
    Empty(&'static str),
    #[error("{0} holds characters that it may not")]
    Unsafe(&'static str),
}

impl Settings {
    /// Refuses what could not work or could be taken for another header.
    pub fn checked(self) -> Result<Settings, SettingsError> {
        let words = [("host", &self.host), ("username", &self.username), ("secret", &self.secret)];
        let names = [("context", &self.context), ("technology", &self.technology)];
        for (name, value) in words.into_iter().chain(names) {
            require(name, value, |c| !c.is_control())?;
        }
        for (name, value) in names {
            require(name, value, is_plain)?;
        }
        if self.trunks.is_empty() {
            return Err(SettingsError::Empty("trunks"));
        }
        self.trunks.iter().try_for_each(|trunk| require("trunks", trunk, |c| !c.is_control()))?;
        self.extensions.iter().try_for_each(|extension| require("extensions", extension, is_plain))?;
        Ok(self)
    }
}

fn require(name: &'static str, value: &str, allowed: impl Fn(char) -> bool) -> Result<(), SettingsError> {
    if value.is_empty() {
        return Err(SettingsError::Empty(name));
    }
    if value.chars().all(allowed) { Ok(()) } else { Err(SettingsError::Unsafe(name)) }
}

/// Names of endpoints and contexts; `&`, `/` and `,` have a meaning in a dial string.
fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_.".contains(c)
}

impl fmt::Debug for Settings {
    /// Without the secret: settings get into logs and error messages.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("username", &self.username)
            .field("trunks", &self.trunks)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{Settings, SettingsError};

    fn settings() -> Settings {
        Settings {
            host: "127.0.0.1".into(),
            port: 5038,
            username: "pult".into(),
            secret: "very-secret".into(),
            trunks: vec!["trunk".into()],
            extensions: vec!["101".into()],
            context: "from-internal".into(),
            technology: "PJSIP".into(),
            shelf: None,
        }
    }

    #[test]
    fn good_ones_pass_and_hide_their_secret() {
        let good = settings().checked().unwrap();
        assert!(!format!("{good:?}").contains("very-secret"));
    }

    #[test]
    fn what_cannot_work_is_named() {
        let refused = |change: fn(&mut Settings)| {
            let mut bad = settings();
            change(&mut bad);
            bad.checked().unwrap_err()
        };
        assert_eq!(refused(|s| s.trunks.clear()), SettingsError::Empty("trunks"));
        assert_eq!(refused(|s| s.secret = "a\r\nAction: x".into()), SettingsError::Unsafe("secret"));
        assert_eq!(refused(|s| s.context = "a,b".into()), SettingsError::Unsafe("context"));
        assert_eq!(refused(|s| s.extensions.push("101&102".into())), SettingsError::Unsafe("extensions"));
    }
}
