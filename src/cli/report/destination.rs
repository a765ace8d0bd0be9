//! Where a report goes: to a file that is there whole or not at all, or out.

use std::io::{self, BufWriter, ErrorKind, IsTerminal as _, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::cli::Failure;

pub enum Destination<'p> {
    File(&'p Path),
    Output,
}

impl Destination<'_> {
    pub fn output(binary: bool) -> Result<Self, Failure> {
        match binary && io::stdout().is_terminal() {
            true => Err(Failure::new("a workbook is nothing to read in a terminal")
                .hint("name a file with --output, or pipe it")),
            false => Ok(Destination::Output),
        }
    }

    pub fn write(
        self,
        work: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        match self {
            Destination::File(path) => write_file(path, work),
            Destination::Output => work(&mut BufWriter::new(Output)),
        }
    }
}

fn write_file(
    path: &Path,
    work: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let unwritten = |error| Failure::new(format!("cannot write {}: {error}", path.display()));
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = NamedTempFile::new_in(folder).map_err(unwritten)?;
    let mut out = BufWriter::new(&mut file);
    work(&mut out)?;
    out.flush().map_err(unwritten)?;
    drop(out);
    file.persist(path).map(drop).map_err(|error| unwritten(error.error))
}

/// A reader that has seen enough (`| head`) is no failure.
struct Output;

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match io::stdout().write(bytes) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(bytes.len()),
            other => other,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match io::stdout().flush() {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            other => other,
        }
    }
}
