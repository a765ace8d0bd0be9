//! One connection from login to loss.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

use super::pace::Pace;
use super::pending::{Answer, Book, random_id};
use super::{Clock, login, orders};
use crate::domain::desk::Link;
use crate::domain::reason::{Reason, Trouble};
use crate::telephony::asterisk::map::{List, Map};
use crate::telephony::asterisk::settings::Settings;
use crate::telephony::asterisk::wire::{Action, Decoder, Message};
use crate::telephony::{Event, Placed};

/// Why there is no connection, for people; holds no secret.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum Loss {
    #[error("the PBX at {address} cannot be reached: {kind}")]
    Unreachable { address: String, kind: String },
    #[error("the PBX does not answer")]
    Silent,
    #[error("what answers is not an Asterisk manager interface")]
    NotAsterisk,
    #[error("the PBX refuses the login: user name, secret or this computer's address is wrong")]
    Refused,
    #[error("the PBX is shutting down or restarting")]
    Shutdown,
    #[error("the PBX closed the connection")]
    Closed,
    #[error("the connection broke: {0}")]
    Broken(String),
    #[error("the configuration cannot be sent: {0}")]
    Configuration(String),
}

impl Loss {
    pub fn unreachable(settings: &Settings, error: &io::Error) -> Loss {
        let address = format!("{}:{}", settings.host, settings.port);
        Loss::Unreachable { address, kind: error.kind().to_string() }
    }

    pub fn reason(&self) -> Reason {
        let trouble = match self {
            Loss::Unreachable { .. } => Trouble::Unreachable,
            Loss::Silent => Trouble::Silent,
            Loss::NotAsterisk => Trouble::Garbled,
            Loss::Refused => Trouble::Login,
            Loss::Shutdown => Trouble::Server,
            Loss::Closed | Loss::Broken(_) | Loss::Configuration(_) => Trouble::Other,
        };
        trouble.because(self.to_string())
    }
}

impl From<io::Error> for Loss {
    fn from(error: io::Error) -> Loss {
        Loss::Broken(error.kind().to_string())
    }
}

/// The socket with its decoder.
pub struct Stream {
    socket: TcpStream,
    decoder: Decoder,
    buffer: Vec<u8>,
}

impl Stream {
    pub fn new(socket: TcpStream) -> Stream {
        Stream { socket, decoder: Decoder::default(), buffer: vec![0; 16 * 1024] }
    }

    /// Safe to drop while it waits: nothing is read by then.
    pub async fn receive(&mut self) -> Result<Vec<Message>, Loss> {
        match self.socket.read(&mut self.buffer).await? {
            0 => Err(Loss::Closed),
            length => Ok(self.decoder.feed(self.buffer.get(..length).unwrap_or_default())),
        }
    }

    pub fn banner(&self) -> &str {
        self.decoder.banner().unwrap_or_default()
    }

    pub async fn send(&mut self, action: &Action) -> Result<(), Loss> {
        Ok(self.socket.write_all(&action.encode()).await?)
    }
}

pub struct Session {
    stream: Stream,
    settings: Settings,
    pace: Pace,
    clock: Clock,
    book: Book,
    early: Vec<Message>,
    /// Since when nothing came, though we listened.
    heard: Instant,
    /// When we asked whether it is there.
    asked: Option<Instant>,
    next_lists: Instant,
    shutting_down: bool,
}

impl Session {
    pub async fn open(settings: &Settings, pace: &Pace, clock: Clock) -> Result<Session, Loss> {
        let (stream, early) = login::open(settings, pace).await?;
        let now = Instant::now();
        Ok(Session {
            stream,
            settings: settings.clone(),
            pace: pace.clone(),
            clock,
            book: Book::default(),
            early,
            heard: now,
            asked: None,
            next_lists: now,
            shutting_down: false,
        })
    }

    /// Follows the PBX until the connection is lost. Being logged in is being subscribed: what happens while
    /// the lists are on their way is not missed.
    pub async fn follow(
        &mut self,
        map: &mut Map,
        events: &mpsc::Sender<Event>,
        orders: &mut mpsc::Receiver<Placed>,
    ) -> Loss {
        let loss = self.live(map, events, orders).await.unwrap_or_else(|loss| loss);
        self.book.abandon();
        if self.shutting_down { Loss::Shutdown } else { loss }
    }

    async fn live(
        &mut self,
        map: &mut Map,
        events: &mpsc::Sender<Event>,
        orders: &mut mpsc::Receiver<Placed>,
    ) -> Result<Loss, Loss> {
        map.connected();
        tell(events, vec![Event::Link(Link::Up { since: (self.clock)() })]).await?;
        let early = std::mem::take(&mut self.early);
        self.take(early, map, events).await?;
        let mut ordering = true;
        loop {
            self.ask_if_due(map).await?;
            let wake = sleep_until(self.wake());
            tokio::select! {
                messages = self.stream.receive() => self.take(messages?, map, events).await?,
                placed = orders.recv(), if ordering => match placed {
                    Some(placed) => self.place(placed, map).await?,
                    None => ordering = false,
                },
                () = wake => {}
                () = events.closed() => return Ok(Loss::Closed),
            }
        }
    }

    async fn take(
        &mut self,
        messages: Vec<Message>,
        map: &mut Map,
        events: &mpsc::Sender<Event>,
    ) -> Result<(), Loss> {
        let now = (self.clock)();
        map.tick(now);
        for message in messages {
            let answer = self.book.settle(&message);
            tell(events, self.react(answer, map)).await?;
            tell(events, map.apply(&message, now)).await?;
            match message.event().filter(|_| message.is_live()) {
                // Lists are not yet true before.
                Some("FullyBooted") => self.next_lists = Instant::now(),
                Some("Shutdown") => self.shutting_down = true,
                _ => {}
            }
        }
        // Only now: while the desk was slow to take it in, we did not listen.
        self.heard = Instant::now();
        self.asked = None;
        Ok(())
    }

    fn react(&mut self, answer: Answer, map: &mut Map) -> Vec<Event> {
        match answer {
            Answer::Nothing => {}
            Answer::DialFailed(leg) => map.withdrawn(&leg),
            Answer::ListRefused { list, id } => {
                tracing::warn!(list = list.action(), "the PBX does not list this to our user");
                return map.refused(&id, (self.clock)());
            }
        }
        Vec::new()
    }

    fn wake(&self) -> Instant {
        self.next_lists.min(self.asked.unwrap_or(self.heard) + self.pace.silence)
    }

    /// Lists when it is time for them, a ping after silence, a loss after as much again.
    async fn ask_if_due(&mut self, map: &mut Map) -> Result<(), Loss> {
        let now = Instant::now();
        if now >= self.next_lists {
            self.next_lists = now + self.pace.recheck;
            for list in List::ALL {
                let id = random_id();
                map.expect_list(&id, list);
                self.stream.send(&Action::new(list.action(), &id)?).await?;
                self.book.expect_list(id, list);
            }
        }
        match self.asked {
            Some(asked) if now >= asked + self.pace.silence => return Err(Loss::Silent),
            None if now >= self.heard + self.pace.silence => {
                self.stream.send(&Action::new("Ping", &random_id())?).await?;
                self.asked = Some(now);
            }
            _ => {}
        }
        Ok(())
    }

    async fn place(&mut self, placed: Placed, map: &mut Map) -> Result<(), Loss> {
        let prepared = match orders::prepare(&placed.order, &self.settings, map) {
            Ok(prepared) => prepared,
            Err(error) => {
                let _ = placed.done.send(Err(error));
                return Ok(());
            }
        };
        match prepared.leg {
            Some(leg) => {
                if let Some(number) = prepared.wanted {
                    map.ordered(leg.clone(), number);
                }
                self.book.expect_dial(prepared.id, placed.done, leg);
            }
            None => self.book.expect_order(prepared.id, placed.done),
        }
        self.stream.send(&prepared.action).await
    }
}

async fn tell(events: &mpsc::Sender<Event>, news: Vec<Event>) -> Result<(), Loss> {
    for event in news {
        events.send(event).await.map_err(|_| Loss::Closed)?;
    }
    Ok(())
}
