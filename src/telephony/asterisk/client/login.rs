//! Banner, challenge, login: the secret itself never crosses the wire.

use std::fmt::Write;

use md5::{Digest, Md5};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::pace::Pace;
use super::pending::random_id;
use super::session::{Loss, Stream};
use crate::telephony::asterisk::settings::Settings;
use crate::telephony::asterisk::wire::{Action, Message, Unsafe};

/// More than this before an answer is no PBX that talks to us.
const MOST_EARLY: usize = 500;

impl From<Unsafe> for Loss {
    fn from(error: Unsafe) -> Loss {
        Loss::Configuration(error.to_string())
    }
}

/// A stream that is logged in, and what came on it meanwhile.
pub async fn open(settings: &Settings, pace: &Pace) -> Result<(Stream, Vec<Message>), Loss> {
    let address = (settings.host.as_str(), settings.port);
    let socket = timeout(pace.patience, TcpStream::connect(address)).await.map_err(|_| Loss::Silent)?;
    let mut stream = Stream::new(socket.map_err(|error| Loss::unreachable(settings, &error))?);
    let logged_in = timeout(pace.patience, log_in(&mut stream, settings)).await;
    let early = logged_in.map_err(|_| Loss::NotAsterisk)??;
    Ok((stream, early))
}

async fn log_in(stream: &mut Stream, settings: &Settings) -> Result<Vec<Message>, Loss> {
    let id = random_id();
    stream.send(&Action::new("Challenge", &id)?.with("AuthType", "MD5")?).await?;
    let (answer, _) = answer(stream, &id).await?;
    let challenge = answer.get("Challenge").ok_or(Loss::NotAsterisk)?;
    let id = random_id();
    let login = Action::new("Login", &id)?
        .with("AuthType", "MD5")?
        .with("Username", &settings.username)?
        .with("Key", &key(challenge, &settings.secret))?;
    stream.send(&login).await?;
    let (answer, early) = self::answer(stream, &id).await?;
    if answer.response() == Some("Success") { Ok(early) } else { Err(Loss::Refused) }
}

fn key(challenge: &str, secret: &str) -> String {
    Md5::digest(format!("{challenge}{secret}")).iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Waits for the response to one action; messages that come with it are kept. A PBX says little before.
pub async fn answer(stream: &mut Stream, id: &str) -> Result<(Message, Vec<Message>), Loss> {
    let mut others = Vec::new();
    loop {
        let mut messages = stream.receive().await?;
        let is_answer = |message: &Message| message.response().is_some() && message.action_id() == Some(id);
        if let Some(index) = messages.iter().position(is_answer) {
            let answer = messages.remove(index);
            others.append(&mut messages);
            return Ok((answer, others));
        }
        others.append(&mut messages);
        if others.len() > MOST_EARLY {
            return Err(Loss::NotAsterisk);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::key;

    /// From a recorded login.
    #[test]
    fn the_key_is_what_asterisk_accepts() {
        assert_eq!(key("951659478", "calldesk-secret"), "0a024697c8967f029b4a4a69b8343f5b");
    }
}
