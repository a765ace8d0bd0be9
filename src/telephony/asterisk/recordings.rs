//! The sound of calls as the PBX keeps it: in a folder that is mounted here, or behind a web server that shows it.

mod folder;
mod shelf;

use std::path::PathBuf;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use reqwest::{Client, Url};
use tokio::fs::File;

pub use self::shelf::{Shelf, ShelfError};

use self::shelf::Strange;
use super::NAME;
use crate::telephony::web::NoTls;
use crate::telephony::{FetchError, Fetched, Recordings, fetch};

/// A file that is written grows within this time.
const GROWTH: Duration = Duration::from_secs(1);

/// Recordings in their place.
pub struct Sounds {
    shelf: Shelf,
    place: Place,
    growth: Duration,
}

enum Place {
    Folder(PathBuf),
    Web { client: Client, base: Url },
}

impl Sounds {
    pub fn in_folder(folder: PathBuf, shelf: Shelf) -> Sounds {
        Sounds { shelf, place: Place::Folder(folder), growth: GROWTH }
    }

    /// `base` may carry a user and a password; no redirect leads away from it.
    pub fn on_web(base: Url, shelf: Shelf) -> Result<Sounds, NoTls> {
        let own = base.clone();
        let client = fetch::client(move |url| is_under(url, &own))?;
        Ok(Sounds { shelf, place: Place::Web { client, base }, growth: GROWTH })
    }

    /// How long a file is watched for growth.
    #[must_use]
    pub fn watching(self, growth: Duration) -> Sounds {
        Sounds { growth, ..self }
    }

    /// In a folder of this machine.
    pub fn are_here(&self) -> bool {
        matches!(self.place, Place::Folder(_))
    }

    /// Whether the place itself is there, for whoever asks what is wrong.
    pub fn look(&self) -> Result<(), FetchError> {
        match &self.place {
            Place::Folder(path) => folder::look(path),
            Place::Web { .. } => Ok(()),
        }
    }
}

fn is_under(url: &Url, base: &Url) -> bool {
    url.origin() == base.origin() && url.path().starts_with(base.path())
}

/// Each part is a part of the path, whatever it holds.
fn address(base: &Url, parts: &[String]) -> Option<Url> {
    let mut url = base.clone();
    url.path_segments_mut().ok()?.pop_if_empty().extend(parts);
    is_under(&url, base).then_some(url)
}

impl From<Strange> for FetchError {
    /// A name without a day may be the pattern's fault, and a pattern can be corrected.
    fn from(strange: Strange) -> FetchError {
        match strange {
            Strange::Name => FetchError::Gone(strange.to_string()),
            Strange::Day => FetchError::Refused(strange.to_string()),
        }
    }
}

impl Recordings for Sounds {
    fn provider(&self) -> &str {
        NAME
    }

    fn fetch<'a>(
        &'a self,
        recording: &'a str,
        into: &'a mut File,
        at_most: u64,
    ) -> BoxFuture<'a, Result<Fetched, FetchError>> {
        async move {
            let parts = self.shelf.place(recording)?;
            match &self.place {
                Place::Folder(path) => folder::fetch(path.clone(), parts, self.growth, into, at_most).await,
                Place::Web { client, base } => {
                    let strange = || FetchError::Gone("its name makes no address".to_owned());
                    fetch::http(client, address(base, &parts).ok_or_else(strange)?, into, at_most).await
                }
            }
        }
        .boxed()
    }
}

#[cfg(test)]
mod tests {
    use reqwest::Url;

    use super::address;

    #[test]
    fn a_name_stays_one_part_of_the_address() {
        let base = Url::parse("https://pbx.example/monitor/").unwrap();
        let url =
            |part: &str| address(&base, &["2026".to_owned(), part.to_owned()]).map(|url| url.to_string());
        assert_eq!(url("a b.wav").unwrap(), "https://pbx.example/monitor/2026/a%20b.wav");
        assert_eq!(url("x?y#z%2f.wav").unwrap(), "https://pbx.example/monitor/2026/x%3Fy%23z%252f.wav");
    }
}
