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
    let mut early = Vec::new();
    let id = random_id();
    stream.send(&Action::new("Challenge", &id)?.with("AuthType", "MD5")?).await?;
    let answer = answer(&mut stream, &id, pace, &mut early).await?;
    let challenge = answer.get("Challenge").ok_or(Loss::NotAsterisk)?;
    let id = random_id();
    let login = Action::new("Login", &id)?
        .with("AuthType", "MD5")?
        .with("Username", &settings.username)?
        .with("Key", &key(challenge, &settings.secret))?;
    stream.send(&login).await?;
    let answer = self::answer(&mut stream, &id, pace, &mut early).await?;
    if answer.response() == Some("Success") { Ok((stream, early)) } else { Err(Loss::Refused) }
}

fn key(challenge: &str, secret: &str) -> String {
    Md5::digest(format!("{challenge}{secret}")).iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Waits for the response to one action; other messages are kept.
async fn answer(
    stream: &mut Stream,
    id: &str,
    pace: &Pace,
    early: &mut Vec<Message>,
) -> Result<Message, Loss> {
    loop {
        let messages = timeout(pace.patience, stream.receive()).await.map_err(|_| Loss::NotAsterisk)??;
        let mut found = None;
        for message in messages {
            match message.response() {
                Some(_) if message.action_id() == Some(id) => found = Some(message),
                _ => early.push(message),
            }
        }
        if let Some(answer) = found {
            return Ok(answer);
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
