//! Actions that were sent and not yet answered, by an ActionID nobody outside can guess.

use std::collections::HashMap;

use tokio::sync::oneshot;

use crate::domain::text;
use crate::telephony::OrderError;
use crate::telephony::asterisk::map::List;
use crate::telephony::asterisk::wire::Message;

type Done = oneshot::Sender<Result<(), OrderError>>;

enum Pending {
    Order(Done),
    /// A click-to-call is placed once the operator's leg exists: "queued" says nothing.
    Dial {
        done: Done,
        leg: String,
    },
    List(List),
}

/// What an answer means for the session.
#[derive(Debug, PartialEq)]
pub enum Answer {
    Nothing,
    /// The PBX will not list to our user.
    ListRefused {
        list: List,
        id: String,
    },
    /// The operator's leg of that id will not come.
    DialFailed(String),
}

#[derive(Default)]
pub struct Book {
    pending: HashMap<String, Pending>,
}

pub fn random_id() -> String {
    format!("{:032x}", rand::random::<u128>())
}

impl Book {
    pub fn expect_order(&mut self, id: String, done: Done) {
        self.pending.insert(id, Pending::Order(done));
    }

    pub fn expect_dial(&mut self, id: String, done: Done, leg: String) {
        self.pending.insert(id, Pending::Dial { done, leg });
    }

    pub fn expect_list(&mut self, id: String, list: List) {
        self.pending.insert(id, Pending::List(list));
    }

    /// The connection is gone: nothing will be answered.
    pub fn abandon(&mut self) {
        for (_, pending) in self.pending.drain() {
            if let Pending::Order(done) | Pending::Dial { done, .. } = pending {
                let _ = done.send(Err(OrderError::NotConnected));
            }
        }
    }

    /// Settles what this message answers. A response to nothing we asked is nobody's.
    pub fn settle(&mut self, message: &Message) -> Answer {
        if let Some(response) = message.response() {
            let id = message.action_id().unwrap_or_default();
            let failed = response == "Error";
            return self.settle_response(id, failed, message.get("Message").unwrap_or_default());
        }
        match message.event() {
            Some("Newchannel") => self.settle_leg(message),
            Some("OriginateResponse") if message.get("Response") == Some("Failure") => {
                let id = message.action_id().unwrap_or_default();
                self.settle_response(id, true, "the phone did not answer or cannot be reached")
            }
            _ => Answer::Nothing,
        }
    }

    fn settle_response(&mut self, id: &str, failed: bool, reason: &str) -> Answer {
        if !failed && matches!(self.pending.get(id), Some(Pending::Dial { .. })) {
            return Answer::Nothing;
        }
        let result = if failed { Err(OrderError::Refused(text::clean(reason))) } else { Ok(()) };
        match self.pending.remove(id) {
            Some(Pending::Order(done)) => {
                let _ = done.send(result);
                Answer::Nothing
            }
            Some(Pending::Dial { done, leg }) => {
                let _ = done.send(result);
                Answer::DialFailed(leg)
            }
            Some(Pending::List(list)) if failed => Answer::ListRefused { list, id: id.to_owned() },
            Some(Pending::List(_)) | None => Answer::Nothing,
        }
    }

    fn settle_leg(&mut self, message: &Message) -> Answer {
        let is_for = |pending: &Pending| match pending {
            Pending::Dial { leg, .. } => message.get("Uniqueid") == Some(leg),
            _ => false,
        };
        let id = self.pending.iter().find(|(_, pending)| is_for(pending)).map(|(id, _)| id.clone());
        if let Some(Pending::Dial { done, .. }) = id.and_then(|id| self.pending.remove(&id)) {
            let _ = done.send(Ok(()));
        }
        Answer::Nothing
    }
}
