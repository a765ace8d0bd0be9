//! Recordings from the provider into the folder and out of it again: nothing lost, nothing twice, nothing too long.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod age;
mod anything;
mod crash;
mod disk;
mod doctor;
mod fetching;
mod given;
mod library;
mod listening;
mod marks;
