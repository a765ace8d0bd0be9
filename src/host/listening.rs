//! What a desk orders of sound, carried out: the engine finds the file, the sound beside it plays it. Nothing here
//! holds up the session; a recording that is no longer wanted is looked for no longer.

use std::time::Duration;

use tokio::task::JoinSet;

use super::sound::Sounds;
use crate::desk::{Manner, SoundNews};
use crate::domain::desk::Refusal;
use crate::domain::id::CallId;
use crate::engine::sounds::Heard;
use crate::engine::{Engine, Operator};

pub struct Listening {
    engine: Engine,
    operator: Operator,
    sounds: Sounds,
    /// At most one.
    finding: JoinSet<(CallId, Result<Heard, Refusal>)>,
}

impl Listening {
    pub fn of(engine: Engine, operator: Operator, sounds: Sounds) -> Listening {
        Listening { engine, operator, sounds, finding: JoinSet::new() }
    }

    /// What was looked for before is not wanted any more. Needs a tokio runtime.
    pub fn open(&mut self, call: CallId) {
        self.close();
        let (engine, operator) = (self.engine.clone(), self.operator.clone());
        self.finding.spawn(async move { (call, engine.listen(&operator, call).await) });
    }

    pub fn play(&mut self, from: Duration, manner: Manner) {
        self.sounds.play(from, manner);
    }

    pub fn pause(&mut self) {
        self.sounds.pause();
    }

    pub fn close(&mut self) {
        // Also what was found already and not yet taken up.
        self.finding = JoinSet::new();
        self.sounds.close();
    }

    /// The next news; waits for ever while nothing is open. May be dropped and called again.
    pub async fn next(&mut self) -> SoundNews {
        loop {
            tokio::select! {
                Some(found) = self.finding.join_next() => match found {
                    Ok((call, Ok(heard))) => self.sounds.open(call, heard.path),
                    Ok((call, Err(refusal))) => return SoundNews::Refused { call, refusal },
                    Err(error) => {
                        tracing::error!(%error, "a recording was not looked for");
                    }
                },
                news = self.sounds.next() => return news,
            }
        }
    }
}
