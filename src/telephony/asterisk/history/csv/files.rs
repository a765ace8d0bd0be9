//! The files of one log: `Master.csv`, and `Master.csv.1` or `Master.csv-20261121` that rotation left.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::telephony::HistoryError;

/// The oldest first, the one being written last. Packed ones are left out: they are long read by then.
pub fn files(path: &Path) -> Result<Vec<PathBuf>, HistoryError> {
    let unreadable = |error| HistoryError::Unreachable(format!("{}: {error}", path.display()));
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut older: Vec<(SystemTime, PathBuf)> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)?.flatten() {
        let is_older =
            entry.file_name().to_str().and_then(|other| other.strip_prefix(&name)).is_some_and(is_turn);
        let changed = entry.metadata().and_then(|about| about.modified()).ok();
        older.extend(changed.filter(|_| is_older).map(|changed| (changed, entry.path())));
    }
    older.sort();
    let files = older.into_iter().map(|(_, path)| path).chain([path.to_owned()]);
    let files: Vec<PathBuf> = files.filter(|path| path.is_file()).collect();
    if files.is_empty() {
        return Err(HistoryError::Unreachable(format!("there is no file {}", path.display())));
    }
    Ok(files)
}

/// The last whole row of the newest file.
pub fn newest(path: &Path) -> Result<Option<Vec<String>>, HistoryError> {
    let unreadable = |error| HistoryError::Unreachable(format!("{}: {error}", path.display()));
    let mut last = None;
    if let Some(newest) = files(path)?.last() {
        let mut lines = super::Lines::open(newest).map_err(unreadable)?;
        lines.near_end();
        while let Some(record) = lines.next().map_err(unreadable)? {
            last = Some(record);
        }
    }
    Ok(last)
}

fn is_turn(rest: &str) -> bool {
    let turn = rest.strip_prefix(['.', '-']).unwrap_or_default();
    !turn.is_empty() && turn.chars().all(|c| c.is_ascii_digit())
}
