//! The terminal that doctor was started in.

use std::env;

use super::{Finding, said};
use crate::desk::{LEAST, Text};
use crate::host::local;

/// Below this the desk shows less than everything.
const COMFORTABLE: (u16, u16) = (80, 24);

pub fn checks(text: &Text) -> Vec<Finding> {
    let mut findings = vec![size(text), kind(text), charset(text)];
    if env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
        findings.push(Finding::good(text.say("doctor-no-colour")));
    }
    findings
}

fn size(text: &Text) -> Finding {
    let Ok((width, height)) = local::size() else {
        return Finding::doubtful(text.say("doctor-no-terminal"), text.say("doctor-no-terminal-hint"));
    };
    let said = said(text, "doctor-size", "size", format!("{width}x{height}"));
    if width < LEAST.0 || height < LEAST.1 {
        Finding::broken(said, text.say("doctor-size-small-hint"))
    } else if width < COMFORTABLE.0 || height < COMFORTABLE.1 {
        Finding::doubtful(said, text.say("doctor-size-tight-hint"))
    } else {
        Finding::good(said)
    }
}

fn kind(text: &Text) -> Finding {
    match env::var("TERM") {
        Ok(term) if !term.is_empty() && term != "dumb" => {
            Finding::good(said(text, "doctor-term", "term", term))
        }
        _ => Finding::broken(text.say("doctor-term-dumb"), text.say("doctor-term-dumb-hint")),
    }
}

/// The locale that decides, in the order the C library looks.
fn charset(text: &Text) -> Finding {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_default();
    let utf8 = locale.to_lowercase().replace('-', "").contains("utf8");
    let hint = || text.say("doctor-not-utf8-hint");
    match locale.as_str() {
        "" => Finding::doubtful(text.say("doctor-no-locale"), hint()),
        _ if utf8 => Finding::good(text.say("doctor-utf8")),
        _ => Finding::doubtful(said(text, "doctor-not-utf8", "locale", locale), hint()),
    }
}
