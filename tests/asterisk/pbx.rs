//! A PBX's manager port as far as the client needs one: login by MD5, lists, recorded traffic.

use std::collections::HashMap;
use std::time::Duration;

use md5::{Digest, Md5};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

use crate::recorded::Recorded;

pub const SECRET: &str = "calldesk-secret";
const CHALLENGE: &str = "951659478";

pub struct Pbx {
    listener: TcpListener,
    pub port: u16,
}

pub struct Line {
    socket: BufReader<TcpStream>,
}

impl Pbx {
    pub async fn listen() -> Pbx {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        Pbx { listener, port }
    }

    /// A client that logged in with the right key.
    pub async fn accept(&mut self) -> Line {
        let (mut line, login) = self.greet().await;
        let key = Md5::digest(format!("{CHALLENGE}{SECRET}"));
        let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!((login["Key"].as_str(), login["Username"].as_str()), (hex.as_str(), "pult"));
        assert!(!login.values().any(|value| value.contains(SECRET)));
        line.respond(&login, "Message: Authentication accepted").await;
        line
    }

    pub async fn refuse(&mut self) {
        let (mut line, login) = self.greet().await;
        let id = &login["ActionID"];
        line.send(&format!("Response: Error\r\nActionID: {id}\r\nMessage: Authentication failed\r\n\r\n"))
            .await;
    }

    /// A client that is told nothing yet.
    pub async fn pick_up(&mut self) -> Line {
        let (socket, _) = self.listener.accept().await.unwrap();
        Line { socket: BufReader::new(socket) }
    }

    async fn greet(&mut self) -> (Line, HashMap<String, String>) {
        let mut line = self.pick_up().await;
        line.send("Asterisk Call Manager/11.0.0\r\n").await;
        let challenge = line.action().await;
        assert_eq!(challenge["Action"], "Challenge");
        line.respond(&challenge, &format!("Challenge: {CHALLENGE}")).await;
        let login = line.action().await;
        (line, login)
    }
}

impl Line {
    pub async fn send(&mut self, text: &str) {
        self.try_send(text).await.unwrap();
    }

    /// Fails once the client is gone.
    pub async fn try_send(&mut self, text: &str) -> std::io::Result<()> {
        self.socket.get_mut().write_all(text.as_bytes()).await
    }

    async fn respond(&mut self, action: &HashMap<String, String>, header: &str) {
        self.send(&format!("Response: Success\r\nActionID: {}\r\n{header}\r\n\r\n", action["ActionID"]))
            .await;
    }

    /// The next action; pings in between are answered.
    pub async fn action(&mut self) -> HashMap<String, String> {
        loop {
            let action = self.any_action().await;
            if action["Action"] != "Ping" {
                return action;
            }
            self.respond(&action, "Ping: Pong").await;
        }
    }

    /// The next action that is no list: recorded traffic says `FullyBooted`, and the client lists again.
    pub async fn order(&mut self) -> HashMap<String, String> {
        loop {
            let action = self.action().await;
            if !["CoreShowChannels", "Status", "QueueStatus"].contains(&action["Action"].as_str()) {
                return action;
            }
        }
    }

    pub async fn any_action(&mut self) -> HashMap<String, String> {
        let mut headers = HashMap::new();
        loop {
            let mut line = String::new();
            self.socket.read_line(&mut line).await.unwrap();
            match line.trim_end().split_once(": ") {
                Some((name, value)) => headers.insert(name.to_owned(), value.to_owned()),
                None if headers.is_empty() => panic!("no action came: {line:?}"),
                None => return headers,
            };
        }
    }

    /// Answers the three lists asked for after a login with these recorded items.
    pub async fn answer_lists(&mut self, items: &[String]) {
        for _ in 0..3 {
            let action = self.action().await;
            let (name, id) = (action["Action"].as_str(), &action["ActionID"]);
            self.respond(&action, "EventList: start").await;
            let event = if name == "CoreShowChannels" { "CoreShowChannel" } else { name };
            let wanted = |item: &&String| {
                let first = item.lines().next().unwrap_or_default();
                first == format!("Event: {event}")
                    || (name == "QueueStatus" && first.starts_with("Event: Queue"))
            };
            for item in items.iter().filter(wanted) {
                let named = item.lines().map(|line| match line.starts_with("ActionID:") {
                    true => format!("ActionID: {id}\r\n"),
                    false => format!("{line}\r\n"),
                });
                let text: String = named.collect();
                self.send(&format!("{text}\r\n")).await;
            }
            self.send(&format!("Event: {name}Complete\r\nActionID: {id}\r\nEventList: Complete\r\n\r\n"))
                .await;
        }
    }

    pub async fn refuse_lists(&mut self) {
        for _ in 0..3 {
            let id = self.action().await["ActionID"].clone();
            self.send(&format!("Response: Error\r\nActionID: {id}\r\nMessage: Permission denied\r\n\r\n"))
                .await;
        }
    }

    /// Sends what was recorded, so many times faster.
    pub async fn play(&mut self, recorded: &Recorded, speed: f64) {
        let mut now = 0.0;
        for (at, bytes) in &recorded.chunks {
            let pause = (at - now).max(0.0) / speed;
            if pause > 0.0005 {
                sleep(Duration::from_secs_f64(pause)).await;
            }
            now = *at;
            self.socket.get_mut().write_all(bytes).await.unwrap();
        }
    }
}
