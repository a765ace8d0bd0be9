//! Why a file was not written.

use std::io;

use crate::domain::desk::Refusal;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("cannot write the file: {0}")]
    Write(#[from] io::Error),
    #[error("cannot write the workbook: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    #[error("cannot write CSV: {0}")]
    Separated(#[from] csv::Error),
    #[error("cannot write JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A sheet of a workbook has that many rows and no more.
    #[error("a workbook holds 1 048 575 rows and there are more: take CSV, or a shorter period")]
    TooManyRows,
    #[error("the answer was to another question")]
    OtherAnswer,
}
