//! A file that only its owner reads, that is there whole or not at all, and that takes no other's place.

use std::fs::DirBuilder;
use std::io::{self, ErrorKind};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// The folder is made when it is not there yet.
pub fn begin(folder: &Path) -> io::Result<NamedTempFile> {
    if !folder.exists() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    NamedTempFile::with_prefix_in(".pult-", folder)
}

/// Under its name, or where that is taken with `-2`, `-3`, ... behind it.
pub fn keep(mut file: NamedTempFile, folder: &Path, name: &str, ending: &str) -> io::Result<PathBuf> {
    for nth in 1u32.. {
        let path = match nth {
            1 => folder.join(format!("{name}.{ending}")),
            _ => folder.join(format!("{name}-{nth}.{ending}")),
        };
        match file.persist_noclobber(&path) {
            Ok(_) => return Ok(path),
            Err(taken) if taken.error.kind() == ErrorKind::AlreadyExists => file = taken.file,
            Err(failed) => return Err(failed.error),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write as _;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn no_file_takes_anothers_place_and_only_the_owner_reads_it() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("new/exports");
        let write = |text: &str| {
            let mut file = begin(&folder).unwrap();
            file.write_all(text.as_bytes()).unwrap();
            keep(file, &folder, "pult-2026-11-21-employee", "csv").unwrap()
        };
        let paths = ["one", "two", "three"].map(write);
        let names = paths.each_ref().map(|path| path.file_name().unwrap().to_str().unwrap());
        assert_eq!(
            names,
            [
                "pult-2026-11-21-employee.csv",
                "pult-2026-11-21-employee-2.csv",
                "pult-2026-11-21-employee-3.csv"
            ]
        );
        assert_eq!(paths.each_ref().map(|path| fs::read_to_string(path).unwrap()), ["one", "two", "three"]);
        assert_eq!(fs::metadata(&paths[0]).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 3, "nothing unfinished is left");
    }
}
