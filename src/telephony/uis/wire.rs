//! Rows of the Data API as the vendor documents them, and the columns we ask for. Read leniently: a column that is
//! missing, empty or of another type is not known; only a row's id and time have to be there.

mod call;
mod directory;
mod leg;
pub mod lenient;
mod message;
mod visit;

pub use call::{Call, Tagged, TalkedTo};
pub use directory::{
    Account, Campaign, Employee, EmployeePhone, Extension, NumberCampaign, SiteBlock, Tag, VirtualNumber,
};
pub use leg::Leg;
pub use message::Message;
pub use visit::Visit;
