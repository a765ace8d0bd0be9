//! Carries out what a session ordered to be heard: one playback after the other on one connection, which is made with
//! the first of them, made anew when it broke, and ends with the recording.

use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::spawn_blocking;
use tokio::time::{MissedTickBehavior, interval};

use super::outlet::NoOutlet;
use super::playback::{Heard, Playback};
use super::pulse::{Server, Voice};
use super::{Numbered, Unplayable};
use crate::desk::{Manner, Mute, SoundNews, Waveform};
use crate::domain::desk::Refusal;
use crate::domain::id::CallId;

/// Between two words about where it is.
const TELLING: Duration = Duration::from_millis(200);

pub enum Order {
    Play(Play),
    Pause,
}

#[derive(Clone)]
pub struct Play {
    pub call: CallId,
    pub path: Arc<Path>,
    pub waveform: Arc<Waveform>,
    pub from: Duration,
    pub manner: Manner,
}

pub struct Speaker {
    orders: mpsc::UnboundedSender<(u64, Order)>,
}

/// Why nothing is heard.
#[derive(Debug, thiserror::Error)]
enum Unheard {
    #[error(transparent)]
    NoOutlet(#[from] NoOutlet),
    #[error(transparent)]
    NoServer(#[from] pulseaudio::ClientError),
    #[error(transparent)]
    Unplayable(#[from] Unplayable),
    #[error("a fault of pult itself")]
    Fault(#[from] tokio::task::JoinError),
}

impl From<Unheard> for Mute {
    fn from(unheard: Unheard) -> Mute {
        match unheard {
            Unheard::NoOutlet(NoOutlet::Unknown) => Mute::NoServer,
            Unheard::NoOutlet(NoOutlet::NotUnix) => Mute::Elsewhere,
            other => Mute::Failed(other.to_string()),
        }
    }
}

impl Speaker {
    /// Ends, and its connection with it, when this is dropped.
    pub fn start(outlet: Result<PathBuf, NoOutlet>, tell: mpsc::Sender<Numbered>) -> Speaker {
        // Unbounded, but one person's keys, and only the last order is carried out.
        let (orders, queue) = mpsc::unbounded_channel();
        tokio::spawn(Work { outlet, tell, queue, number: 0, server: None }.run());
        Speaker { orders }
    }

    pub fn order(&self, number: u64, order: Order) {
        // It ends only when this is dropped.
        let _ = self.orders.send((number, order));
    }
}

struct Work {
    outlet: Result<PathBuf, NoOutlet>,
    tell: mpsc::Sender<Numbered>,
    queue: mpsc::UnboundedReceiver<(u64, Order)>,
    /// Of the order that is being carried out.
    number: u64,
    server: Option<Server>,
}

impl Work {
    async fn run(mut self) {
        let mut order = self.queue.recv().await;
        while let Some((number, wanted)) = order {
            self.number = number;
            let next = match wanted {
                Order::Play(play) => self.play(play).await,
                Order::Pause => None,
            };
            order = match next {
                Some(next) => Some(next),
                None => self.queue.recv().await,
            };
            while let Ok(later) = self.queue.try_recv() {
                order = Some(later);
            }
        }
    }

    /// Until it was heard, cannot be heard, or something else is ordered.
    async fn play(&mut self, play: Play) -> Option<(u64, Order)> {
        let call = play.call;
        let heard = match self.begin(play).await {
            Ok((voice, heard)) => self.accompany(voice, heard).await,
            Err(unheard) => Err(unheard),
        };
        match heard {
            Ok(order) => return order,
            Err(Unheard::Unplayable(error)) => {
                self.tell(SoundNews::Refused { call, refusal: Refusal::NoRecording(error.into()) }).await;
            }
            Err(unheard) => {
                self.server = None;
                self.tell(SoundNews::NoDevice(unheard.into())).await;
            }
        }
        None
    }

    /// On the connection there is; if that broke meanwhile, on a new one.
    async fn begin(&mut self, play: Play) -> Result<(Voice, Heard), Unheard> {
        if let Some(server) = &self.server {
            let (playback, heard) = open(play.clone()).await?;
            match server.play(playback).await {
                Ok(voice) => return Ok((voice, heard)),
                Err(error) => tracing::info!(%error, "the sound server is asked anew"),
            }
        }
        let path = self.outlet.clone()?;
        let server = spawn_blocking(move || Server::connect(&path)).await??;
        let (playback, heard) = open(play).await?;
        let voice = self.server.insert(server).play(playback).await?;
        Ok((voice, heard))
    }

    /// Tells where it is, until it ended or something else is ordered.
    async fn accompany(&mut self, voice: Voice, mut heard: Heard) -> Result<Option<(u64, Order)>, Unheard> {
        let mut ended = pin!(voice.ended());
        let mut telling = interval(TELLING);
        telling.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                biased;
                order = self.queue.recv() => {
                    if let Some((number, Order::Pause)) = order {
                        self.number = number;
                        voice.silence().await?;
                        self.tell(SoundNews::At(heard.at(voice.played().await?))).await;
                    }
                    return Ok(order);
                }
                over = &mut ended => {
                    over?;
                    self.tell(SoundNews::Ended).await;
                    return Ok(None);
                }
                _ = telling.tick() => self.tell(SoundNews::At(heard.at(voice.played().await?))).await,
            }
        }
    }

    async fn tell(&self, news: SoundNews) {
        // The session may have ended meanwhile.
        let _ = self.tell.send((self.number, news)).await;
    }
}

async fn open(play: Play) -> Result<(Playback, Heard), Unheard> {
    Ok(spawn_blocking(move || Playback::open(&play.path, &play.waveform, play.from, play.manner)).await??)
}
