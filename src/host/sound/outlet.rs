//! Which sound server plays: where its socket is, read from the values a desktop session has in its environment.
//! Sockets of this machine only: what comes over the network comes through SSH's forwarding.

use std::path::{Path, PathBuf};

/// Why there is no sound server; the texts are for people.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NoOutlet {
    #[error("no sound server was found")]
    Unknown,
    /// Never another server instead: it would play in another room.
    #[error("PULSE_SERVER is no unix socket: forward the sound server's socket over SSH instead")]
    NotUnix,
}

/// `server` is `PULSE_SERVER`, `runtime` is `PULSE_RUNTIME_PATH`, `session` is `XDG_RUNTIME_DIR`; an empty one counts as none.
pub fn outlet(
    server: Option<&str>,
    runtime: Option<&Path>,
    session: Option<&Path>,
) -> Result<PathBuf, NoOutlet> {
    if let Some(server) = server.filter(|server| !server.trim().is_empty()) {
        return server.split_whitespace().find_map(unix).ok_or(NoOutlet::NotUnix);
    }
    let set = |folder: Option<&Path>| folder.filter(|folder| folder.is_absolute()).map(Path::to_owned);
    let own = set(runtime).map(|folder| folder.join("native"));
    own.or_else(|| set(session).map(|folder| folder.join("pulse/native"))).ok_or(NoOutlet::Unknown)
}

/// `unix:/path` or `/path`, perhaps meant for one machine alone: `{id}unix:/path`.
fn unix(server: &str) -> Option<PathBuf> {
    let server = server.split_once('}').map_or(server, |(_, rest)| rest);
    let path = Path::new(server.strip_prefix("unix:").unwrap_or(server));
    path.is_absolute().then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(server: &str) -> Result<PathBuf, NoOutlet> {
        outlet(Some(server), None, Some(Path::new("/run/user/1")))
    }

    #[test]
    fn a_named_server_is_taken_and_no_other() {
        assert_eq!(of("unix:/tmp/desk.sock"), Ok("/tmp/desk.sock".into()));
        assert_eq!(of("/tmp/desk.sock"), Ok("/tmp/desk.sock".into()));
        assert_eq!(of("{4f1a}unix:/tmp/desk.sock"), Ok("/tmp/desk.sock".into()));
        assert_eq!(of("tcp:pc:4713 unix:/tmp/desk.sock"), Ok("/tmp/desk.sock".into()));
        for elsewhere in ["tcp:pc:4713", "tcp6:[::1]:4713", "pc", "unix:desk.sock"] {
            assert_eq!(of(elsewhere), Err(NoOutlet::NotUnix), "{elsewhere}");
        }
    }

    #[test]
    fn without_a_name_it_is_where_desktops_put_it() {
        let (own, session) = (Path::new("/run/pa"), Path::new("/run/user/1"));
        assert_eq!(outlet(None, Some(own), Some(session)), Ok("/run/pa/native".into()));
        assert_eq!(of(" "), Ok("/run/user/1/pulse/native".into()));
        assert_eq!(outlet(None, None, None), Err(NoOutlet::Unknown));
        assert_eq!(outlet(None, Some(Path::new("")), None), Err(NoOutlet::Unknown));
    }
}
