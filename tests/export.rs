//! Files as the programs that open them read them: spreadsheets, browsers, scripts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod export {
    mod calls;
    mod given;
    mod json;
    mod page;
    mod separated;
    mod workbook;
}
