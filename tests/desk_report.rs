//! The report view as its user meets it: keys in, requests and a screen out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk_report {
    mod calls;
    mod charts;
    mod explanation;
    mod export;
    mod figures;
    mod filter;
    mod fixture;
    mod gaps;
    mod long;
    mod looks;
    mod refresh;
    mod screens;
    mod table;
    mod views;
}
