//! A file out of a folder, by the parts of its path. No link is followed: whoever can make one in there could show us
//! any file of this machine.

use std::fs::File as Opened;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::fs::{CWD, Mode, OFlags, openat};
use rustix::io::Errno;
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy};

use crate::domain::recording::SoundForm;
use crate::telephony::{FetchError, Fetched};

/// Enough of a file's beginning to tell its form.
const HEAD: u64 = 12;

pub fn look(folder: &Path) -> Result<(), FetchError> {
    std::fs::read_dir(folder).map(|_| ()).map_err(|error| unreachable(folder, &error))
}

pub async fn fetch(
    folder: PathBuf,
    parts: Vec<String>,
    growth: Duration,
    into: &mut File,
    at_most: u64,
) -> Result<Fetched, FetchError> {
    let opening = tokio::task::spawn_blocking(move || opened(&folder, &parts));
    let opened = opening.await.map_err(|error| FetchError::Unreachable(error.to_string()))??;
    let mut file = File::from_std(opened);
    let size = file.metadata().await?.len();
    tokio::time::sleep(growth).await;
    if size == 0 || file.metadata().await?.len() != size {
        return Err(FetchError::NotReady);
    }
    if size > at_most {
        return Err(FetchError::TooLarge(at_most));
    }
    let mut head = Vec::new();
    (&mut file).take(HEAD).read_to_end(&mut head).await?;
    let no_sound = || FetchError::NoSound("neither MP3 nor WAV nor Ogg".to_owned());
    let form = SoundForm::of(&head).ok_or_else(no_sound)?;
    into.write_all(&head).await?;
    let rest = copy(&mut file.take(size.saturating_sub(HEAD)), into).await?;
    into.flush().await?;
    Ok(Fetched { bytes: head.len() as u64 + rest, form })
}

/// From part to part, each in the folder that the last one is.
fn opened(folder: &Path, parts: &[String]) -> Result<Opened, FetchError> {
    let into_folder = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::DIRECTORY;
    // A pipe in the place of a file must not keep us waiting.
    let into_file = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let away = |error: Errno| unreachable(folder, &error.into());
    let mut at = openat(CWD, folder, into_folder, Mode::empty()).map_err(away)?;
    let Some((name, folders)) = parts.split_last() else { return Err(no_file()) };
    for part in folders {
        at = openat(&at, part.as_str(), into_folder | OFlags::NOFOLLOW, Mode::empty()).map_err(refused)?;
    }
    let file = Opened::from(openat(&at, name.as_str(), into_file, Mode::empty()).map_err(refused)?);
    if file.metadata()?.is_file() { Ok(file) } else { Err(no_file()) }
}

/// Recordings appear some time after the talk; whoever keeps them knows how long ago that was.
fn refused(error: Errno) -> FetchError {
    match error {
        Errno::NOENT => FetchError::NotReady,
        Errno::LOOP | Errno::NOTDIR | Errno::NAMETOOLONG => no_file(),
        other => FetchError::Unreachable(std::io::Error::from(other).to_string()),
    }
}

fn no_file() -> FetchError {
    FetchError::Gone("there is no file of that name".to_owned())
}

fn unreachable(folder: &Path, error: &std::io::Error) -> FetchError {
    FetchError::Unreachable(format!("{}: {error}", folder.display()))
}
