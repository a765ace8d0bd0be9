//! What passed by in the logs: tells a wrong file and a wrong trunk from a quiet day.

use std::collections::BTreeSet;

use crate::domain::text::clean;
use crate::telephony::asterisk::wire::Message;

#[derive(Default)]
pub struct Seen {
    /// Events and responses.
    pub messages: usize,
    endpoints: BTreeSet<String>,
}

impl Seen {
    pub fn note(&mut self, message: &Message) {
        self.messages += usize::from(message.event().is_some() || message.response().is_some());
        let endpoint = message.event().and_then(|_| endpoint(message.get("Channel")?));
        self.endpoints.extend(endpoint.map(clean));
    }

    /// Says so when none of the trunks is anywhere in the logs.
    pub fn missed(&self, trunks: &[String]) -> Option<String> {
        if trunks.iter().any(|trunk| self.endpoints.contains(trunk)) {
            return None;
        }
        let seen: Vec<&str> = self.endpoints.iter().map(String::as_str).collect();
        let seen = if seen.is_empty() { "none".to_owned() } else { seen.join(", ") };
        Some(format!("no call came through {}; endpoints in the log: {seen}", trunks.join(", ")))
    }
}

/// Of a phone's or a trunk's channel; what the PBX makes for itself (`Local/...`) has none.
fn endpoint(channel: &str) -> Option<&str> {
    let (technology, name) = channel.split_once('/')?;
    let (endpoint, _) = name.rsplit_once('-')?;
    matches!(technology, "PJSIP" | "SIP" | "IAX2" | "DAHDI").then_some(endpoint)
}
