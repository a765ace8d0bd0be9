//! A session's requests on their way to the engine. What writes goes in order, one at a time, so that a draft never
//! overtakes the save after it; what only reads, and orders to the telephony, go at once and never hold up a write.

use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::desk::Ticket;
use crate::domain::desk::{Refusal, Reply, Request};
use crate::engine::{Engine, Operator};

type Answer = (Ticket, Result<Reply, Refusal>);

/// Answers that may wait for the session; a reader task that finds no room waits, not the session.
const ANSWERS_WAITING: usize = 64;

pub struct Lanes {
    engine: Engine,
    operator: Operator,
    writes: mpsc::UnboundedSender<(Ticket, Request)>,
    answers: mpsc::Sender<Answer>,
    pub replies: mpsc::Receiver<Answer>,
    writer: JoinHandle<()>,
}

impl Lanes {
    pub fn new(engine: Engine, operator: Operator) -> Lanes {
        let (answers, replies) = mpsc::channel(ANSWERS_WAITING);
        // Unbounded, but one person's saves and drafts: the desk keeps one draft in flight.
        let (writes, queue) = mpsc::unbounded_channel();
        let writer = tokio::spawn(write_in_order(engine.clone(), operator.clone(), queue, answers.clone()));
        Lanes { engine, operator, writes, answers, replies, writer }
    }

    /// Returns once everything asked so far is written: the last draft is asked for while leaving.
    pub async fn drain(self) {
        let Lanes { writes, replies, writer, .. } = self;
        drop((writes, replies));
        if let Err(error) = writer.await {
            tracing::error!(%error, "the last writes were cut short");
        }
    }

    pub fn ask(&self, ticket: Ticket, request: Request) {
        if changes_something(&request) {
            // The lane ends with the session, and with it whoever would miss the answer.
            let _ = self.writes.send((ticket, request));
            return;
        }
        let (engine, operator, answers) = (self.engine.clone(), self.operator.clone(), self.answers.clone());
        tokio::spawn(async move {
            let reply = engine.ask(&operator, request).await;
            let _ = answers.send((ticket, reply)).await;
        });
    }
}

async fn write_in_order(
    engine: Engine,
    operator: Operator,
    mut queue: mpsc::UnboundedReceiver<(Ticket, Request)>,
    answers: mpsc::Sender<Answer>,
) {
    while let Some((ticket, request)) = queue.recv().await {
        let reply = engine.ask(&operator, request).await;
        // Nobody may be there to hear it: the write counts all the same.
        let _ = answers.send((ticket, reply)).await;
    }
}

fn changes_something(request: &Request) -> bool {
    match request {
        Request::KeepDraft { .. }
        | Request::Save { .. }
        | Request::UndoSave(_)
        | Request::LogByHand(_)
        | Request::AddPhone { .. }
        | Request::SaveView(_)
        | Request::ForgetView { .. }
        | Request::Remember { .. }
        | Request::NoteExport(_)
        | Request::MarkRecording { .. }
        | Request::UnmarkRecording(_)
        | Request::HoldRecording { .. } => true,
        Request::Board
        | Request::Directories
        | Request::Open(_)
        | Request::Card(_)
        | Request::Search { .. }
        | Request::Report(_)
        | Request::Drill { .. }
        | Request::Size(_)
        | Request::Explain(_)
        | Request::Links(_)
        | Request::Metrics { .. }
        | Request::Views
        | Request::Recall { .. }
        | Request::History(_)
        | Request::Gaps(_)
        | Request::Sources
        | Request::Recording(_)
        | Request::Leads(_)
        // Orders wait for the telephony; a save must not.
        | Request::Dial(_)
        | Request::HangUp(_)
        | Request::Transfer { .. }
        | Request::Hold(_)
        | Request::Unhold(_)
        | Request::Consult { .. }
        | Request::HandOver(_)
        | Request::TakeBack(_)
        | Request::Tag { .. }
        | Request::PlayOnPhone(_) => false,
    }
}
