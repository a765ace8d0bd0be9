//! One look at a PBX: whether it lets us in, and what our user may do there. Changes nothing.

use tokio::time::timeout;

use super::pace::Pace;
use super::pending::random_id;
use super::session::{Loss, Stream};
use super::{Settings, login};
use crate::domain::text;
use crate::telephony::asterisk::wire::{Action, Message};

/// Commands we give, each with the class that permits it: to dial, to hand on and hang up, to list what runs.
const NEEDED: [(&str, &str); 3] =
    [("Originate", "originate"), ("Redirect", "call"), ("CoreShowChannels", "reporting")];

#[derive(Clone, PartialEq, Debug)]
pub struct Found {
    /// What greets there: `Asterisk Call Manager/11.0.0`.
    pub banner: String,
    /// Classes that our user lacks in `write` of `manager.conf`, as far as the PBX tells.
    pub missing: Vec<&'static str>,
}

/// Connects and logs in once, for a first set-up and a check. What is there, or why it cannot be reached.
pub async fn probe(settings: &Settings, pace: &Pace) -> Result<Found, Loss> {
    let (mut stream, _) = login::open(settings, pace).await?;
    let permitted = timeout(pace.patience, permitted(&mut stream)).await.ok().and_then(Result::ok);
    let missing = permitted.as_ref().map(missing).unwrap_or_default();
    Ok(Found { banner: text::clean(stream.banner()), missing })
}

/// The commands our user may give, and only those, as headers of one message.
async fn permitted(stream: &mut Stream) -> Result<Message, Loss> {
    let id = random_id();
    stream.send(&Action::new("ListCommands", &id)?).await?;
    Ok(login::answer(stream, &id).await?.0)
}

/// Nothing when the answer is no list: even who may do nothing may ping.
fn missing(permitted: &Message) -> Vec<&'static str> {
    let is_list = permitted.response() == Some("Success") && permitted.get("Ping").is_some();
    let lacking = NEEDED.into_iter().filter(|(command, _)| is_list && permitted.get(command).is_none());
    lacking.map(|(_, class)| class).collect()
}
