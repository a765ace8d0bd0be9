//! The log: a file a day for its owner alone, never the screen, never personal data.

use std::path::Path;

use rustix::fs::Mode;
use rustix::process::umask;
use tracing_appender::rolling::{Builder, Rotation};
use tracing_subscriber::EnvFilter;

use super::Failure;

/// Environment variable that sets what is logged, e.g. `debug`.
const LEVEL_VARIABLE: &str = "PULT_LOG";
const DAYS_KEPT: usize = 14;

pub fn start(path: &Path) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let unwritable = |error: &dyn std::fmt::Display| {
        Failure::new(format!("the log {} cannot be written: {error}", path.display()))
            .hint("name another file as `path` under [log] in the configuration")
    };
    // The file of tomorrow is made by the log itself: nothing that this process makes is for others.
    umask(Mode::from_raw_mode(0o077));
    std::fs::create_dir_all(folder).map_err(|error| unwritable(&error))?;
    let file = Builder::new()
        .rotation(Rotation::DAILY)
        .filename_prefix(path.file_stem().unwrap_or_default().to_string_lossy())
        .filename_suffix("log")
        .max_log_files(DAYS_KEPT)
        .build(folder)
        .map_err(|error| unwritable(&error))?;
    let level = EnvFilter::try_from_env(LEVEL_VARIABLE).unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_ansi(false)
        .with_env_filter(level)
        .with_writer(std::sync::Mutex::new(file))
        .init();
    Ok(())
}
