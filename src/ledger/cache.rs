//! The ledger as a file next to the database, so that a start does not read every call again.
//!
//! A header (version, zone, stamp, dictionaries, how many calls each day has), then the days' columns as they stand in
//! memory. The header and every day carry a check. A file that does not fit is as good as none: the ledger is built
//! again from the store.

mod block;
mod bytes;
mod header;

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek as _, Write as _};
use std::ops::Range;
use std::os::unix::fs::{FileExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;

use chrono_tz::Tz;

use super::Ledger;
use super::day::Day;
use super::halves::halves;
use header::Header;

impl Ledger {
    /// Replaces the file in one step: whoever is interrupted leaves the old one, and what it wrote to the next to save.
    /// `stamp` names the state of the store that the ledger stands for. Fails while another process saves.
    pub fn save(&self, path: &Path, stamp: u128) -> io::Result<()> {
        let unfinished = path.with_added_extension("new");
        let mut file = claim(&unfinished)?;
        if let Err(error) = self.write(&mut file, stamp) {
            let _ = fs::remove_file(&unfinished);
            return Err(error);
        }
        fs::rename(&unfinished, path)?;
        match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            Some(folder) => File::open(folder)?.sync_all(),
            None => Ok(()),
        }
    }

    fn write(&self, file: &mut File, stamp: u128) -> io::Result<()> {
        let (header, sum) = header::written(self, stamp);
        file.write_all(&header)?;
        let mut bytes = vec![];
        for (nth, day) in self.days.iter().enumerate() {
            block::write(day, seed(sum, nth), &mut bytes);
            file.write_all(&bytes)?;
        }
        file.sync_all()
    }

    /// The ledger of a file and the stamp it was saved with; `None` when there is no such file, it is of another
    /// version or zone, or damaged.
    pub fn load(path: &Path, zone: Tz) -> Option<(Ledger, u128)> {
        let mut file = File::open(path).ok()?;
        let length = file.metadata().ok()?.len();
        let header = header::read(&mut file, length, zone)?;
        let mut start = file.stream_position().ok()?;
        let mut starts = vec![];
        for day in &header.days {
            starts.push(start);
            start = start.checked_add(block::length(day.calls) as u64)?;
        }
        if start != length {
            return None;
        }
        let read = |range: Range<usize>| days(&file, &starts, &header, range);
        let (first, second) = halves(|nth| header.days[nth].calls, 0..starts.len(), read);
        let mut days = first?;
        if let Some(second) = second {
            days.extend(second?);
        }
        Some((Ledger { zone, days, names: header.names }, header.stamp))
    }
}

/// An empty file for this process alone as long as it is open: two that write at once would mix their ledgers.
fn claim(unfinished: &Path) -> io::Result<File> {
    let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(unfinished)?;
    file.try_lock()?;
    let (here, ours) = (fs::metadata(unfinished)?, file.metadata()?);
    if (here.dev(), here.ino()) != (ours.dev(), ours.ino()) {
        return Err(io::Error::other("another process has just saved"));
    }
    file.set_len(0)?;
    Ok(file)
}

/// A day's check begins with the header's, so that days of two files never pass for those of one.
fn seed(header: u64, nth: usize) -> u64 {
    header.wrapping_add(nth as u64)
}

fn days(file: &File, starts: &[u64], header: &Header, range: Range<usize>) -> Option<Vec<Day>> {
    let mut bytes = vec![];
    let day = |nth: usize| {
        let day = &header.days[nth];
        bytes.resize(block::length(day.calls), 0);
        file.read_exact_at(&mut bytes, starts[nth]).ok()?;
        block::read(&bytes, seed(header.sum, nth), day, header)
    };
    range.map(day).collect()
}
