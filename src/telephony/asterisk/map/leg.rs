//! One channel of the PBX: an outside line, a phone of ours, or plumbing.

use chrono::{DateTime, Utc};

use super::fields;
use crate::domain::phone::{Phone, Remote};
use crate::domain::text;
use crate::telephony::asterisk::wire::Message;

pub type At = DateTime<Utc>;

/// Channels the PBX makes for itself; nobody sits behind them.
const PLUMBING: [&str; 9] =
    ["Local", "Surrogate", "AsyncGoto", "Snoop", "Announcer", "Recorder", "CBAnn", "CBRec", "Message"];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// A trunk: somebody outside.
    Outside,
    /// A phone of ours.
    Inside,
    /// Half of a Local pair and the like; never shown.
    Plumbing,
}

/// The ring of a leg that the PBX dialled.
#[derive(Clone, PartialEq, Debug)]
pub struct Dialled {
    /// What was dialled, as the PBX writes it: `79161234567@trunk`, `PJSIP/101`.
    pub string: String,
    /// Id of the leg that dialled; none for the first leg of an Originate.
    pub by: Option<String>,
    pub ended: Option<(At, String)>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Leg {
    /// `PJSIP/trunk-0000004a`; unique only among the channels that live at one time.
    pub channel: String,
    pub side: Side,
    /// Id of the call it belongs to.
    pub call: String,
    pub created: At,
    /// It came to the PBX; otherwise the PBX made it to reach somebody.
    pub arrived: bool,
    /// An Originate made it: the operator's own phone of a click-to-call.
    pub originated: bool,
    pub up: bool,
    pub ringing: bool,
    pub dialled: Option<Dialled>,
    pub bridge: Option<String>,
    pub ended: Option<At>,
    /// Q.850, from its hang-up.
    pub cause: Option<u16>,
    /// It asked to hang up itself.
    pub hung_up_itself: bool,
    /// This side's own number and name, as first known.
    pub number: Option<String>,
    pub name: Option<String>,
    /// The network asked not to show the number.
    pub hidden: bool,
    /// Number of the other side, as shown on this phone.
    pub connected: Option<String>,
    /// What it dialled, or was dialled to reach.
    pub exten: String,
    /// Which message introduced it, in the order they came.
    pub since: u64,
}

impl Leg {
    pub fn new(message: &Message, side: Side, call: String, at: At) -> Leg {
        Leg {
            channel: message.get("Channel").unwrap_or_default().to_owned(),
            side,
            call,
            created: at,
            arrived: message.get("ChannelState") == Some("4"),
            originated: false,
            up: message.get("ChannelState") == Some("6"),
            ringing: message.get("ChannelState") == Some("5"),
            dialled: None,
            bridge: None,
            ended: None,
            cause: None,
            hung_up_itself: false,
            number: message.known("CallerIDNum").map(str::to_owned),
            name: fields::caller_name(message),
            hidden: false,
            connected: message.known("ConnectedLineNum").map(str::to_owned),
            exten: message.trailing("Exten").unwrap_or_default().to_owned(),
            since: 0,
        }
    }

    pub fn is_live(&self) -> bool {
        self.ended.is_none()
    }

    pub fn is_person(&self) -> bool {
        self.side != Side::Plumbing
    }

    /// `PJSIP/call-centre-0000004a` to `call-centre`.
    pub fn endpoint(&self) -> &str {
        endpoint(&self.channel)
    }

    /// Both halves of a Local pair share the name up to `;`.
    pub fn pair(&self) -> Option<&str> {
        self.channel.rsplit_once(';').filter(|_| self.side == Side::Plumbing).map(|(pair, _)| pair)
    }

    /// What people call whoever sits there: an extension inside, a number outside.
    pub fn party(&self) -> String {
        self.shown_number().unwrap_or_else(|| text::clean(self.endpoint()))
    }

    /// Of somebody outside who does not withhold it.
    fn shown_number(&self) -> Option<String> {
        if self.side != Side::Outside || self.hidden {
            return None;
        }
        let as_written = || Some(text::clean(self.number.as_deref()?.lines().next()?));
        self.remote()
            .phone()
            .map(|phone| phone.to_string())
            .or_else(as_written)
            .filter(|number| !number.is_empty())
    }

    /// The number of somebody outside: what they show when they call, what was dialled when we do.
    pub fn remote(&self) -> Remote {
        if self.hidden {
            return Remote::Withheld;
        }
        let shown = self.number.as_deref().unwrap_or_default();
        if self.arrived {
            return Remote::parse(shown);
        }
        let dialled = self.dialled.as_ref().map(|dialled| dialled.string.as_str()).unwrap_or_default();
        let candidates = dialled.split(['@', '/']).chain([shown, self.exten.as_str()]);
        let number = candidates.clone().find_map(Phone::parse);
        number.map_or_else(|| Remote::parse(dialled.split('@').next().unwrap_or(shown)), Remote::Number)
    }
}

/// The endpoint of a channel's name. Its own name may hold `-`: only the last part is the PBX's counter.
pub fn endpoint(channel: &str) -> &str {
    let name = channel.split_once('/').map_or(channel, |(_, name)| name);
    name.rsplit_once('-').map_or(name, |(endpoint, _)| endpoint)
}

pub fn side(channel: &str, trunks: &[String]) -> Side {
    let technology = channel.split('/').next().unwrap_or_default();
    if PLUMBING.contains(&technology) {
        Side::Plumbing
    } else if trunks.iter().any(|trunk| trunk == endpoint(channel)) {
        Side::Outside
    } else {
        Side::Inside
    }
}
