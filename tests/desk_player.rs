//! The player as its user meets it: keys and the host's news in, orders and a screen out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk_player {
    mod bytes;
    #[path = "../desk_report/fixture.rs"]
    #[expect(dead_code, reason = "the report's own tests use the rest")]
    mod desk;
    mod fixture;
    mod keys;
    mod lists;
    mod marks;
    mod screens;
    mod trouble;
}
