//! Why a call cannot be kept.

use thiserror::Error;

#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum Fault {
    #[error("too many unknown callers")]
    Strangers,
    #[error("call {0} is with a person whose number is out of range")]
    Person(u32),
    #[error("call {0} stays in the house: the report counts calls with the outside")]
    Internal(u32),
    #[error("call {0} began at a time out of range")]
    Time(u32),
}
