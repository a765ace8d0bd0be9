//! The folder of recordings: `YYYY/MM/CALL.mp3` by the call's day in UTC, and `tmp` for what is still coming.
//!
//! Knows names and files, not the store. Whole files appear in it by a rename; everything is its owner's alone.

use std::fs::{self, DirBuilder, File};
use std::io::{self, ErrorKind};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use tempfile::TempPath;
use uuid::Uuid;

use crate::domain::id::CallId;
use crate::domain::recording::SoundForm;
use crate::store::recordings::SoundFile;

const FORMS: [SoundForm; 3] = [SoundForm::Mp3, SoundForm::Wav, SoundForm::Ogg];

#[derive(Clone, Copy)]
pub(super) struct Folder<'p>(pub &'p Path);

/// The name of a call's file, relative to the folder.
pub(super) fn name(call: CallId, called_at: DateTime<Utc>, form: SoundForm) -> String {
    format!("{}/{}.{}", called_at.format("%Y/%m"), call.0, form.extension())
}

impl Folder<'_> {
    /// Makes it where it is not there, and throws away what was still coming when we stopped.
    pub fn open(self) -> io::Result<()> {
        let coming = self.coming();
        match fs::remove_dir_all(&coming) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        private(&coming)
    }

    /// An empty file for what comes; it goes with the path.
    pub fn begin(self) -> io::Result<(File, TempPath)> {
        Ok(tempfile::NamedTempFile::new_in(self.coming())?.into_parts())
    }

    /// The file that came, already on the disk, takes its place.
    pub fn settle(self, came: TempPath, name: &str) -> io::Result<()> {
        let path = self.path(name);
        let month = path.parent().unwrap_or(self.0);
        if !month.exists() {
            private(month)?;
            month.parent().into_iter().chain([self.0]).try_for_each(sync)?;
        }
        came.persist(&path).map_err(|error| error.error)?;
        sync(month)
    }

    /// One that is gone already is no error.
    pub fn remove(self, name: &str) -> io::Result<()> {
        match fs::remove_file(self.path(name)) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            removed => removed,
        }
    }

    pub fn path(self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Every file that is named like a recording, with its call. What else stands here is not ours.
    pub fn files(self) -> io::Result<Vec<(CallId, SoundFile)>> {
        let mut found = vec![];
        for year in entries(self.0)?.into_iter().filter(|year| is_number(year, 4)) {
            for month in entries(&year)?.into_iter().filter(|month| is_number(month, 2)) {
                found.extend(entries(&month)?.iter().filter_map(|path| self.recording(path)));
            }
        }
        Ok(found)
    }

    fn recording(self, path: &Path) -> Option<(CallId, SoundFile)> {
        let call = Uuid::try_parse(path.file_stem()?.to_str()?).ok().map(CallId)?;
        let ending = path.extension()?;
        let form = FORMS.into_iter().find(|form| ending == form.extension())?;
        let name = path.strip_prefix(self.0).ok()?.to_str()?.to_owned();
        let facts = path.metadata().ok().filter(fs::Metadata::is_file)?;
        Some((call, SoundFile { name, form, bytes: facts.len() }))
    }

    fn coming(self) -> PathBuf {
        self.0.join("tmp")
    }
}

fn private(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// So that a name stays after a power cut.
fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
}

fn is_number(path: &Path, digits: usize) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.len() == digits && name.bytes().all(|byte| byte.is_ascii_digit()) && path.is_dir()
}
