//! The clinic system's port: how cards, visits and calls come from the program the clinic already has.
//!
//! An adapter turns that program's own form into `domain::clinic` records and never touches the store; `csv`
//! is the first, for any program that can write a table.

pub mod csv;
