//! The desk in the terminal that pult was started in. Puts the terminal back whatever happens.

use std::io::{self, IsTerminal, Write};

use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture, EventStream,
};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{cursor, execute};
use futures_util::StreamExt as _;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;

use super::input;
use super::session::{Seat, Session};
use crate::desk::Event;
use crate::engine::{Clock, Engine};

/// Keys that may wait while a frame is on its way.
const KEYS_WAITING: usize = 256;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("pult needs a terminal; standard input or output is not one")]
    NoTerminal,
    #[error("the terminal: {0}")]
    Io(#[from] io::Error),
}

/// Columns and rows of the terminal.
pub fn size() -> Result<(u16, u16), Error> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(Error::NoTerminal);
    }
    Ok(crossterm::terminal::size()?)
}

/// Runs a desk here until the person quits, the terminal goes away or the process is told to end.
pub async fn run(engine: Engine, seat: Seat, clock: Clock) -> Result<(), Error> {
    let _restored = Terminal::enter()?;
    let (keys, events) = mpsc::channel(KEYS_WAITING);
    let reader = tokio::spawn(read(keys));
    let session = Session::new(engine, seat, clock, tokio::io::stdout());
    let result = session.run(events).await;
    reader.abort();
    Ok(result?)
}

/// Ends, and with it the desk's input, when the terminal was closed or the process is told to end.
async fn read(keys: mpsc::Sender<Event>) {
    tokio::select! {
        () = read_keys(keys) => {}
        ended = told_to_end() => ended.unwrap_or_else(|error| tracing::error!(%error, "signals cannot be heard")),
    }
}

async fn read_keys(keys: mpsc::Sender<Event>) {
    let mut events = EventStream::new();
    while let Some(Ok(event)) = events.next().await {
        if let Some(event) = input::event(event)
            && keys.send(event).await.is_err()
        {
            return;
        }
    }
}

async fn told_to_end() -> io::Result<()> {
    let mut hang_up = signal(SignalKind::hangup())?;
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = hang_up.recv() => Ok(()),
        _ = terminate.recv() => Ok(()),
    }
}

/// Raw mode and the alternate screen; dropping it, also while panicking, gives the terminal back as it was.
struct Terminal;

impl Terminal {
    fn enter() -> io::Result<Terminal> {
        enable_raw_mode()?;
        let terminal = Terminal;
        execute!(io::stdout(), EnterAlternateScreen, EnableMouseCapture, EnableBracketedPaste)?;
        Ok(terminal)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let mut out = io::stdout();
        // Nothing better can be done with an error here: the terminal may be gone.
        let _ = execute!(out, DisableBracketedPaste, DisableMouseCapture, LeaveAlternateScreen, cursor::Show);
        let _ = out.write_all(b"\x1b[m").and_then(|()| out.flush());
        let _ = disable_raw_mode();
    }
}
