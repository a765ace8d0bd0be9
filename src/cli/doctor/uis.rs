//! What can be wrong with an account at UIS: the key, our address, its components, its points, its zone,
//! and what keeps its notifications from us.

use std::io::ErrorKind;
use std::net::TcpListener;

use chrono::Utc;
use chrono_tz::Tz;

use super::{Finding, said};
use crate::cli::probe;
use crate::config::{Config, Uis};
use crate::desk::{Text, reason_said};
use crate::domain::reason;
use crate::store::Store;
use crate::telephony::uis::limits::{Bucket, Limits};
use crate::telephony::uis::rpc::{RpcError, Trouble};
use crate::telephony::uis::{Found, Unreached};

/// One part in so many of a day's points is little.
const LITTLE: i64 = 10;

pub fn account(text: &Text, config: &Config, settings: &Uis) -> Vec<Finding> {
    match probe::uis(settings) {
        Ok(found) => reached(text, config, settings, &found),
        Err(Unreached::Settings(reason)) => {
            vec![wrong(text, &settings.host, &reason, text.say("doctor-uis-settings-hint"))]
        }
        Err(Unreached::Answer(error)) => {
            vec![wrong(text, &settings.host, &told(text, &error), text.say(hint(&error)))]
        }
    }
}

fn reached(text: &Text, config: &Config, settings: &Uis, found: &Found) -> Vec<Finding> {
    let place = [("host", settings.host.clone().into()), ("zone", found.zone.clone().into())];
    let mut findings = vec![Finding::good(text.say_with("doctor-uis", &place))];
    findings.extend(points(text, &found.limits, config.zone));
    for (method, error) in &found.hidden {
        let what = [("what", (*method).into()), ("reason", told(text, error).into())];
        findings.push(Finding::doubtful(text.say_with("doctor-uis-hidden", &what), text.say(hint(error))));
    }
    if let Some(error) = &found.calls {
        let reason = said(text, "doctor-uis-no-calls", "reason", told(text, error));
        findings.push(Finding::broken(reason, text.say(hint(error))));
    }
    if settings.number.is_none() {
        findings.push(Finding::doubtful(text.say("doctor-uis-number"), text.say("doctor-uis-number-hint")));
    }
    findings
}

/// Nothing where the account tells none.
fn points(text: &Text, limits: &Limits, zone: Tz) -> Option<Finding> {
    let Bucket { limit, remaining, resets_at } = limits.day?;
    let until = resets_at.with_timezone(&zone).format("%H:%M").to_string();
    let told = [("left", remaining.into()), ("limit", limit.into()), ("until", until.into())];
    let told = text.say_with("doctor-uis-points", &told);
    Some(match remaining > limit / LITTLE && resets_at > Utc::now() {
        true => Finding::good(told),
        false => Finding::doubtful(told, text.say("doctor-uis-limit")),
    })
}

fn wrong(text: &Text, host: &str, reason: &str, hint: impl Into<String>) -> Finding {
    let what = [("host", host.into()), ("reason", reason.into())];
    Finding::broken(text.say_with("doctor-uis-wrong", &what), hint)
}

fn told(text: &Text, error: &RpcError) -> String {
    reason_said(&error.reason(), text.language)
}

/// Whether notifications can be heard; nothing where they are not wanted. An open desk has the port itself.
pub fn listener(text: &Text, config: &Config, settings: &Uis) -> Option<Finding> {
    let address = settings.listener.as_ref()?.address;
    let say = |key| said(text, key, "address", address);
    Some(match TcpListener::bind(address).map_err(|error| error.kind()) {
        Ok(_) => Finding::good(say("doctor-uis-listener")),
        Err(ErrorKind::AddrInUse) if Store::is_owned(&config.store) => {
            Finding::good(say("doctor-uis-listener-open"))
        }
        Err(ErrorKind::AddrInUse) => {
            Finding::broken(say("doctor-uis-listener-taken"), text.say("doctor-uis-listener-taken-hint"))
        }
        Err(_) => {
            Finding::broken(say("doctor-uis-listener-wrong"), text.say("doctor-uis-listener-wrong-hint"))
        }
    })
}

/// What to do about it, by the key of its words.
pub fn hint(error: &RpcError) -> &'static str {
    let Some(refusal) = error.refusal() else {
        return match error.reason().trouble {
            reason::Trouble::Garbled => "doctor-uis-garbled",
            _ => "doctor-uis-network",
        };
    };
    match refusal.trouble() {
        Trouble::Token => "doctor-uis-token",
        Trouble::KeyExpired | Trouble::KeyBlocked => "doctor-uis-key-over",
        Trouble::Login => "doctor-uis-login",
        Trouble::Address => "doctor-uis-address",
        Trouble::Rights => "doctor-uis-rights",
        Trouble::Component => "doctor-uis-component",
        Trouble::Account => "doctor-uis-account",
        Trouble::Limit => "doctor-uis-limit",
        Trouble::Server => "doctor-uis-server",
        _ => "doctor-uis-unknown",
    }
}
