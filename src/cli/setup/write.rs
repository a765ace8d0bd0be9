//! Writes the configuration and, in a file of its own that only the user can read, the secret.

use std::fs::{self, Permissions};
use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use serde::Serialize;

use crate::cli::Failure;
use crate::config::{Asterisk, Credentials, Error, Secret, Telephony, Uis};
use crate::desk::Language;

const SECRET_FILE: &str = "asterisk.secret";
const KEY_FILE: &str = "uis.key";

#[derive(Serialize)]
struct File<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    operator: Option<OperatorPart<'a>>,
    desk: DeskPart,
    #[serde(skip_serializing_if = "Option::is_none")]
    asterisk: Option<AsteriskPart<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uis: Option<UisPart<'a>>,
}

#[derive(Serialize)]
struct OperatorPart<'a> {
    extension: &'a str,
}

#[derive(Serialize)]
struct DeskPart {
    language: &'static str,
}

#[derive(Serialize)]
struct AsteriskPart<'a> {
    host: &'a str,
    port: u16,
    username: &'a str,
    secret_file: &'static str,
    trunks: &'a [String],
    extensions: &'a [String],
    context: &'a str,
}

#[derive(Serialize)]
struct UisPart<'a> {
    host: &'a str,
    key_file: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'a str>,
}

/// Whether the configuration could be written to `path`.
pub fn try_folder(path: &Path) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let tried = fs::create_dir_all(folder).and_then(|()| tempfile::tempfile_in(folder));
    Ok(tried.map(drop).map_err(|source| Error::Write { path: path.into(), source })?)
}

pub fn config(
    path: &Path,
    language: Language,
    telephony: &Telephony,
    extension: Option<&str>,
) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let unwritable = |source| Error::Write { path: path.into(), source };
    fs::create_dir_all(folder).map_err(unwritable)?;
    if let Some((name, kept)) = kept(telephony) {
        secret(&folder.join(name), &kept.reveal()?)?;
    }
    let (asterisk, uis) = match telephony {
        Telephony::Absent => (None, None),
        Telephony::Asterisk(settings) => (Some(asterisk(settings)), None),
        Telephony::Uis(settings) => (None, Some(uis(settings))),
    };
    let file = File {
        operator: extension.map(|extension| OperatorPart { extension }),
        desk: DeskPart {
            language: match language {
                Language::Ru => "ru",
                Language::En => "en",
            },
        },
        asterisk,
        uis,
    };
    let text = format!("# `pult print config` shows every setting.\n\n{}", toml::to_string(&file)?);
    fs::write(path, text).map_err(unwritable)?;
    Ok(())
}

/// What stands in a file of its own.
fn kept(telephony: &Telephony) -> Option<(&'static str, &Secret)> {
    match telephony {
        Telephony::Absent => None,
        Telephony::Asterisk(settings) => Some((SECRET_FILE, &settings.secret)),
        Telephony::Uis(settings) => match &settings.credentials {
            Credentials::Key(key) => Some((KEY_FILE, key)),
            Credentials::Login { .. } => None,
        },
    }
}

fn uis(settings: &Uis) -> UisPart<'_> {
    UisPart { host: &settings.host, key_file: KEY_FILE, number: settings.number.as_deref() }
}

fn asterisk(settings: &Asterisk) -> AsteriskPart<'_> {
    AsteriskPart {
        host: &settings.host,
        port: settings.port,
        username: &settings.username,
        secret_file: SECRET_FILE,
        trunks: &settings.trunks,
        extensions: &settings.extensions,
        context: &settings.context,
    }
}

fn secret(path: &Path, secret: &str) -> Result<(), Failure> {
    let unwritable = |source| Error::Write { path: path.into(), source };
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)
        .map_err(unwritable)?;
    // One that stood there already may have been readable for others.
    file.set_permissions(Permissions::from_mode(0o600)).map_err(unwritable)?;
    writeln!(file, "{secret}").map_err(unwritable)?;
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_is_its_owners_alone_also_where_a_wider_file_stood() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(SECRET_FILE);
        fs::write(&path, "an older and longer secret").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(secret(&path, "s3cret").is_ok());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_to_string(&path).unwrap(), "s3cret\n");
    }
}
