//! Identifiers that survive replication: UUIDv7, made where the fact is written, never reused.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);
    )+};
}

ids! {
    CallId;
    /// A patient, an employee or a counterparty.
    PersonId;
    FamilyId;
    VisitId;
    TaskId;
    CallerTypeId;
    TopicId;
    ChannelId;
    BranchId;
    /// A place somebody marked in a recording.
    MarkId;
}
