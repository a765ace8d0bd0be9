//! Nouns and rules of the call desk, pure: no clock, no file, no socket, no screen.
//!
//! Every other part of pult imports this one and this one imports none of them, so what stands here is
//! the vocabulary that the whole program shares (the glossary is in ARCHITECTURE.md).

pub mod advert;
pub mod call;
pub mod clinic;
pub mod desk;
pub mod directory;
pub mod export;
pub mod fact;
pub mod gap;
pub mod id;
pub mod keyboard;
pub mod lead;
pub mod link;
pub mod metric;
pub mod money;
pub mod name;
pub mod office;
pub mod outcome;
pub mod period;
pub mod person;
pub mod phone;
pub mod reason;
pub mod recording;
pub mod report;
pub mod text;
pub mod visit;
pub mod wrapup;
pub mod written;
