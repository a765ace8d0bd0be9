//! Who answers the report's requests on the command line.

use std::path::Path;

use chrono_tz::Tz;
use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::Failure;
use crate::domain::desk::{Refusal, Reply, Request};
use crate::engine::Figures;
use crate::store::{Store, directories};

pub struct Source {
    store: Store,
    figures: Figures,
}

impl Source {
    /// Beside a running desk too: the store is only read.
    pub fn open(path: &Path, zone: Tz) -> Result<Source, Failure> {
        if !path.exists() {
            return Err(Failure::new(format!("there is no store at {}", path.display()))
                .hint("pult import makes one; --store names another"));
        }
        let store = Store::open_shared(path)?;
        let figures = Figures::new(store.clone(), zone);
        read(&figures)?;
        // Nobody else may write the cache while a desk runs: it holds the lock, and writes its own.
        if figures.are_worth_saving()
            && let Ok(owner) = Store::open(path)
        {
            figures.save_through(&owner);
        }
        Ok(Source { store, figures })
    }
}

/// With a bar where somebody watches; the next report finds it done.
fn read(figures: &Figures) -> Result<(), Failure> {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("reading calls {bar:30} {percent} %") {
        bar.set_style(style);
    }
    figures.catch_up(&|done, total| {
        bar.set_length(total);
        bar.set_position(done);
    })?;
    bar.finish_and_clear();
    Ok(())
}

/// All that a report reads comes from here.
pub fn ask(source: &Source, request: Request) -> Result<Reply, Refusal> {
    let Source { store, figures } = source;
    match request {
        Request::Directories => Ok(Reply::Directories(Box::new(store.read(directories::all)?))),
        Request::Report(query) => figures.report(&query),
        Request::Drill { figure, offset, limit } => figures.drill(&figure, offset, limit),
        Request::Metrics { query, norms } => figures.metrics(&query, &norms),
        Request::Gaps(period) => figures.gaps(period),
        _ => Err(Refusal::NotFound),
    }
}
