//! How values of the domain stand in columns (the migration's head lists the conventions).

use std::time::Duration;

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::domain::call::{CallResult, Direction, Phase, TransferKind};
use crate::domain::fact::CallNumber;
use crate::domain::gap::Cause;
use crate::domain::id::CallId;
use crate::domain::link::Deed;
use crate::domain::person::PersonKind;
use crate::domain::phone::Phone;
use crate::domain::reason::Trouble;
use crate::domain::recording::SoundForm;
use crate::domain::visit::Stage;

/// An instant: milliseconds since 1970 UTC.
#[derive(Clone, Copy, Debug)]
pub struct Millis(pub DateTime<Utc>);

/// A duration in milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Span(pub Duration);

/// A calendar day as `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug)]
pub struct Day(pub NaiveDate);

/// A telephone number.
#[derive(Clone, Copy, Debug)]
pub struct E164(pub Phone);

/// Several calls in one parameter, for `IN (SELECT unhex(value) FROM json_each(?))`.
#[derive(Clone, Copy, Debug)]
pub struct Ids<'i>(pub &'i [CallId]);

/// Several calls by their numbers in one parameter, for `IN (SELECT value FROM json_each(?))`.
#[derive(Clone, Copy, Debug)]
pub struct Numbered<'n>(pub &'n [CallNumber]);

/// Several telephone numbers in one parameter, for `IN (SELECT value FROM json_each(?))`.
#[derive(Clone, Copy, Debug)]
pub struct Phones<'p>(pub &'p [Phone]);

/// A value that no query looks into.
#[derive(Clone, Copy, Debug)]
pub struct Json<T>(pub T);

/// An enum by its word.
#[derive(Clone, Copy, Debug)]
pub struct Text<T>(pub T);

impl Millis {
    /// The instant as it will be read back.
    pub fn rounded(instant: DateTime<Utc>) -> DateTime<Utc> {
        instant.trunc_subsecs(3)
    }
}

impl Span {
    /// The duration as it will be read back.
    pub fn rounded(duration: Duration) -> Duration {
        Duration::from_millis(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX))
    }
}

impl<T: Serialize> ToSql for Json<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let text = serde_json::to_string(&self.0);
        Ok(text.map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?.into())
    }
}

impl<T: DeserializeOwned> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Json<T>> {
        serde_json::from_str(value.as_str()?).map(Json).map_err(|error| FromSqlError::Other(Box::new(error)))
    }
}

impl ToSql for Millis {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.timestamp_millis().into())
    }
}

impl FromSql for Millis {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Millis> {
        let millis = value.as_i64()?;
        DateTime::from_timestamp_millis(millis).map(Millis).ok_or(FromSqlError::OutOfRange(millis))
    }
}

impl ToSql for Span {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(i64::try_from(self.0.as_millis()).unwrap_or(i64::MAX).into())
    }
}

impl FromSql for Span {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Span> {
        let millis = value.as_i64()?;
        u64::try_from(millis)
            .map(|millis| Span(Duration::from_millis(millis)))
            .map_err(|_| FromSqlError::OutOfRange(millis))
    }
}

impl ToSql for Day {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.to_string().into())
    }
}

impl FromSql for Day {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Day> {
        value.as_str()?.parse().map(Day).map_err(|error| FromSqlError::Other(Box::new(error)))
    }
}

impl ToSql for Ids<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let ids: Vec<String> = self.0.iter().map(|id| format!("\"{}\"", id.0.simple())).collect();
        Ok(format!("[{}]", ids.join(",")).into())
    }
}

impl ToSql for Numbered<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let numbers: Vec<String> = self.0.iter().map(|call| call.0.to_string()).collect();
        Ok(format!("[{}]", numbers.join(",")).into())
    }
}

impl ToSql for Phones<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let phones: Vec<String> = self.0.iter().map(|phone| phone.0.to_string()).collect();
        Ok(format!("[{}]", phones.join(",")).into())
    }
}

impl ToSql for E164 {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let digits =
            i64::try_from(self.0.0).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        Ok(digits.into())
    }
}

impl FromSql for E164 {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<E164> {
        let digits = value.as_i64()?;
        u64::try_from(digits).map(|digits| E164(Phone(digits))).map_err(|_| FromSqlError::OutOfRange(digits))
    }
}

/// One word for each value; the compiler sees to it that none is forgotten.
macro_rules! words {
    ($type:ident { $($value:ident = $word:literal),+ $(,)? }) => {
        impl ToSql for Text<$type> {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(match self.0 { $($type::$value => $word,)+ }.into())
            }
        }

        impl FromSql for Text<$type> {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Text<$type>> {
                match value.as_str()? {
                    $($word => Ok(Text($type::$value)),)+
                    _ => Err(FromSqlError::InvalidType),
                }
            }
        }
    };
}

words!(Direction { Incoming = "in", Outgoing = "out", Internal = "internal" });
words!(Phase {
    Ringing = "ringing",
    Waiting = "waiting",
    Talking = "talking",
    OnHold = "on_hold",
    Ended = "ended",
});
words!(CallResult {
    Answered = "answered",
    Missed = "missed",
    NoAnswer = "no_answer",
    Busy = "busy",
    Failed = "failed",
    AgentNoAnswer = "agent_no_answer",
    Rejected = "rejected",
});
words!(Deed { Booked = "booked", Moved = "moved", Cancelled = "cancelled" });
words!(Cause { Provider = "provider", Listener = "listener", Ourselves = "ourselves" });
words!(Trouble {
    Unreachable = "unreachable",
    Silent = "silent",
    Garbled = "garbled",
    Login = "login",
    KeyOver = "key_over",
    Address = "address",
    Rights = "rights",
    Account = "account",
    Limit = "limit",
    Server = "server",
    Unannounced = "unannounced",
    Port = "port",
    Other = "other",
});
words!(TransferKind { Blind = "blind", Attended = "attended" });
words!(SoundForm { Mp3 = "mp3", Wav = "wav", Ogg = "ogg" });
words!(PersonKind { Patient = "patient", Employee = "employee", Counterparty = "counterparty" });
words!(Stage {
    Booked = "booked",
    Confirmed = "confirmed",
    Held = "held",
    Cancelled = "cancelled",
    Lost = "lost",
});
