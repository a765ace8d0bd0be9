//! pult, a terminal call desk for clinics. ARCHITECTURE.md is the map.

pub mod cli;
pub mod clinic;
pub mod config;
pub mod desk;
pub mod domain;
pub mod engine;
pub mod export;
pub mod host;
pub mod ledger;
pub mod store;
pub mod telephony;
