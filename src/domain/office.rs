//! What a provider knows of the clinic: its lines and who answers them. Fills gaps in the directories; what the clinic
//! wrote itself is never overwritten.

use super::phone::Phone;

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Office {
    pub lines: Vec<OfficeLine>,
    pub employees: Vec<OfficeEmployee>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OfficeLine {
    /// As in [`Snapshot::line`](super::call::Snapshot).
    pub number: String,
    pub name: String,
    /// Name of the campaign whose advertisement shows this number, when there is exactly one.
    pub campaign: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OfficeEmployee {
    /// The provider's own name of them, with the provider's: `uis:323409`.
    pub code: String,
    pub name: String,
    /// As in [`Snapshot::agent`](super::call::Snapshot).
    pub extension: Option<String>,
    pub phones: Vec<Phone>,
}
