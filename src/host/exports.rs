//! Files that an operator asked for: asked together from the engine, journalled, written beside the session, so that
//! the desk goes on while a long list is written.

mod copy;
mod file;

use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::task::JoinSet;

use super::session::Seat;
use crate::desk::{Look, ReportNorms, ReportWords, Text, Unwritten, Written};
use crate::domain::desk::{Refusal, Reply, Request};
use crate::domain::export::Export;
use crate::domain::id::CallId;
use crate::engine::{Clock, Engine, Operator};
use crate::export::{Error, Format, Paper, write};

pub struct Exports {
    desk: Arc<Desk>,
    writing: JoinSet<Result<Written, Unwritten>>,
}

/// What every file of a session is written with.
struct Desk {
    engine: Engine,
    operator: Operator,
    clock: Clock,
    look: Look,
    norms: ReportNorms,
    folder: PathBuf,
}

impl Exports {
    pub fn of(seat: &Seat, engine: Engine, clock: Clock) -> Exports {
        let text = seat.setup.words.iter().fold(Text::new(seat.setup.language), Text::over);
        let (operator, folder) = (seat.operator.clone(), seat.exports.clone());
        let look = Look::on_paper(text, seat.setup.zone);
        let norms = seat.setup.norms.clone();
        let desk = Desk { engine, operator, clock, look, norms, folder };
        Exports { desk: Arc::new(desk), writing: JoinSet::new() }
    }

    pub fn start(&mut self, export: Export) {
        let (desk, runtime) = (self.desk.clone(), Handle::current());
        self.writing.spawn_blocking(move || desk.write(&export, &runtime).map_err(unwritten));
    }

    /// A copy of a recording; another file of the operator's own.
    pub fn copy(&mut self, call: CallId) {
        let desk = self.desk.clone();
        self.writing.spawn(async move { desk.copy(call).await.map_err(unwritten) });
    }

    /// The next file that is there, or is not; waits for ever while none is written.
    pub async fn next(&mut self) -> Result<Written, Unwritten> {
        match self.writing.join_next().await {
            Some(Ok(written)) => written,
            Some(Err(error)) => Err(unwritten(io::Error::other(error).into())),
            None => std::future::pending().await,
        }
    }

    /// A file that was asked for is written, also when the person leaves meanwhile.
    pub async fn drain(mut self) {
        while self.writing.join_next().await.is_some() {}
    }
}

impl Desk {
    /// Blocks; `runtime` is where the engine answers.
    fn write(&self, export: &Export, runtime: &Handle) -> Result<Written, Error> {
        let mut ask = |request: Request| -> Result<Reply, Refusal> {
            runtime.block_on(self.engine.ask(&self.operator, request))
        };
        let Reply::Directories(directories) = ask(Request::Directories)? else {
            return Err(Error::OtherAnswer);
        };
        let words = ReportWords { look: &self.look, directories: &directories };
        let paper = Paper::new(words, self.norms.clone(), (self.clock)());
        // What cannot be journalled is not given out.
        ask(Request::NoteExport(Box::new(export.clone())))?;
        let mut file = file::begin(&self.folder)?;
        let format = Format::of(export.form, &paper);
        write(&export.content, format, &paper, &mut BufWriter::new(&mut file), &mut ask)?;
        let path = file::keep(file, &self.folder, &export.content.file_name(), export.form.ending())?;
        Ok(found_at(&path))
    }
}

fn found_at(path: &Path) -> Written {
    let text = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    Written { name: text(path.file_name()), folder: text(path.parent().map(Path::as_os_str)) }
}

fn unwritten(error: Error) -> Unwritten {
    tracing::warn!(%error, "an export was not written");
    match error {
        Error::Refused(refusal) => Unwritten::Refused(refusal),
        Error::TooManyRows => Unwritten::TooLong,
        Error::Write(reason) => Unwritten::Failed(reason.to_string()),
        other => Unwritten::Failed(other.to_string()),
    }
}
