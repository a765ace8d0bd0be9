//! The report view as its user meets it: keys in, requests and a screen out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk_report {
    mod calls;
    mod charts;
    mod export;
    mod filter;
    mod fixture;
    mod screens;
    mod table;
}
