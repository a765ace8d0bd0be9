//! A copy of a recording for the operator: found as it is for the player, and theirs from then on.

use std::fs::File;
use std::io;
use std::path::Path;

use chrono::DateTime;
use chrono_tz::Tz;
use tokio::task::spawn_blocking;

use super::{Desk, file, found_at};
use crate::desk::Written;
use crate::domain::desk::{Reply, Request};
use crate::domain::id::CallId;
use crate::engine::sounds::Heard;
use crate::export::Error;

impl Desk {
    pub(super) async fn copy(&self, call: CallId) -> Result<Written, Error> {
        let Reply::Opened(open) = self.engine.ask(&self.operator, Request::Open(call)).await? else {
            return Err(Error::OtherAnswer);
        };
        let name = recording_name(self.look.local(open.call.snapshot.started_at));
        // Journalled by the engine: what it hands out is taken out of the program.
        let heard = self.engine.copy(&self.operator, call).await?;
        let folder = self.folder.clone();
        let written = spawn_blocking(move || copy_into(&folder, &name, &heard));
        Ok(written.await.map_err(io::Error::other)??)
    }
}

/// By the call's beginning, as the clinic's clock had it; names nobody.
fn recording_name(started_at: DateTime<Tz>) -> String {
    started_at.format("pult-%Y-%m-%d-%H%M%S").to_string()
}

/// Blocks.
fn copy_into(folder: &Path, name: &str, heard: &Heard) -> io::Result<Written> {
    let mut file = file::begin(folder)?;
    io::copy(&mut File::open(&heard.path)?, &mut file)?;
    Ok(found_at(&file::keep(file, folder, name, heard.form.extension())?))
}
