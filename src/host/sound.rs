//! Everything between a recording's file and the operator's ears: decoding, its waveform, speed, the sound server.
//! One recording at a time; knows no engine and no environment: file and socket come as values, so that an operator
//! over SSH may bring a socket of their own. While nothing plays it has neither a thread nor a connection.

mod decode;
mod outlet;
mod playback;
mod pulse;
mod speaker;
mod stretch;
mod waveform;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::sync::mpsc;

use crate::desk::{Manner, SoundNews, Waveform};
use crate::domain::desk::Refusal;
use crate::domain::id::CallId;

pub use decode::{Decoder, Shape, Unplayable};
pub use outlet::{NoOutlet, outlet};
pub use playback::{Heard, Playback};
pub use waveform::look_through;

use speaker::{Order, Play, Speaker};

/// News on its way, with the number of the order it belongs to.
type Numbered = (u64, SoundNews);

/// News that may wait for the session; the speaker waits when it does not listen.
const NEWS_WAITING: usize = 16;

pub struct Sounds {
    outlet: Result<PathBuf, NoOutlet>,
    open: Option<Open>,
    speaker: Option<Speaker>,
    /// Orders so far: news of an earlier one is old by now and not passed on.
    number: u64,
    tell: mpsc::Sender<Numbered>,
    news: mpsc::Receiver<Numbered>,
}

struct Open {
    call: CallId,
    path: Arc<Path>,
    /// Known once it was looked through.
    waveform: Option<Arc<Waveform>>,
    /// Whoever looks through the file stops when this is gone.
    _wanted: Arc<()>,
}

impl Sounds {
    /// `outlet` is the sound server's socket, or why there is none.
    pub fn new(outlet: Result<PathBuf, NoOutlet>) -> Sounds {
        let (tell, news) = mpsc::channel(NEWS_WAITING);
        Sounds { outlet, open: None, speaker: None, number: 0, tell, news }
    }

    /// Looks through the file on a thread of its own; answered by [`SoundNews::Opened`] or [`SoundNews::Refused`].
    /// What was open before is closed. Needs a tokio runtime.
    pub fn open(&mut self, call: CallId, path: PathBuf) {
        self.close();
        let path: Arc<Path> = path.into();
        let wanted = Arc::new(());
        let (file, still, number, tell) =
            (path.clone(), Arc::downgrade(&wanted), self.number, self.tell.clone());
        self.open = Some(Open { call, path, waveform: None, _wanted: wanted });
        tokio::task::spawn_blocking(move || {
            if let Some(news) = opened(call, &file, &still) {
                // The session may have ended meanwhile.
                let _ = tell.blocking_send((number, news));
            }
        });
    }

    /// From a place in the recording, also while it plays. Nothing happens before [`SoundNews::Opened`].
    pub fn play(&mut self, from: Duration, manner: Manner) {
        let play = self.open.as_ref().and_then(|open| open.play(from, manner));
        if let Some(play) = play {
            self.order(Order::Play(play));
        }
    }

    /// What sounds stops; once more [`SoundNews::At`] tells where.
    pub fn pause(&mut self) {
        if self.speaker.is_some() {
            self.order(Order::Pause);
        }
    }

    pub fn close(&mut self) {
        self.number += 1;
        self.open = None;
        self.speaker = None;
    }

    /// The next news; waits for ever while nothing is open. May be dropped and called again.
    pub async fn next(&mut self) -> SoundNews {
        loop {
            let Some((number, news)) = self.news.recv().await else { return std::future::pending().await };
            if number != self.number {
                continue;
            }
            if let (SoundNews::Opened { waveform, .. }, Some(open)) = (&news, &mut self.open) {
                open.waveform = Some(waveform.clone());
            }
            return news;
        }
    }

    fn order(&mut self, order: Order) {
        self.number += 1;
        let speaker =
            self.speaker.get_or_insert_with(|| Speaker::start(self.outlet.clone(), self.tell.clone()));
        speaker.order(self.number, order);
    }
}

impl Open {
    fn play(&self, from: Duration, manner: Manner) -> Option<Play> {
        Some(Play {
            call: self.call,
            path: self.path.clone(),
            waveform: self.waveform.clone()?,
            from,
            manner,
        })
    }
}

/// `None` when it is not wanted any more.
fn opened(call: CallId, path: &Path, wanted: &Weak<()>) -> Option<SoundNews> {
    match look_through(path, || wanted.strong_count() > 0) {
        Ok(waveform) => Some(SoundNews::Opened { call, waveform: Arc::new(waveform?) }),
        Err(error) => Some(SoundNews::Refused { call, refusal: Refusal::NoRecording(error.into()) }),
    }
}
