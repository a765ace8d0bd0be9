//! The socket that the listener listens at: so many guests at once, and none that stands there and says nothing. Whoever
//! does not know the secret must not be able to use up what the desk itself lives on.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep};

/// A reverse proxy keeps some dozen connections.
const MOST_GUESTS: usize = 128;

pub struct Gate {
    socket: TcpListener,
    places: Arc<Semaphore>,
    silence: Duration,
}

pub struct Guest {
    stream: TcpStream,
    silence: Duration,
    leaves: Pin<Box<Sleep>>,
    _place: Option<OwnedSemaphorePermit>,
}

/// Where a guest comes from.
#[derive(Clone, Copy)]
pub struct Peer(pub SocketAddr);

impl Gate {
    /// `silence`: how long a guest may say nothing.
    pub fn new(socket: TcpListener, silence: Duration) -> Gate {
        Gate { socket, places: Arc::new(Semaphore::new(MOST_GUESTS)), silence }
    }
}

impl Listener for Gate {
    type Io = Guest;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Guest, SocketAddr) {
        // Nobody closes it.
        let place = self.places.clone().acquire_owned().await.ok();
        let (stream, from) = Listener::accept(&mut self.socket).await;
        let leaves = Box::pin(sleep(self.silence));
        (Guest { stream, silence: self.silence, leaves, _place: place }, from)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }
}

impl Connected<IncomingStream<'_, Gate>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Gate>) -> Peer {
        Peer(*stream.remote_addr())
    }
}

impl AsyncRead for Guest {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let guest = self.get_mut();
        if let Poll::Ready(read) = Pin::new(&mut guest.stream).poll_read(cx, buf) {
            guest.leaves.as_mut().reset(Instant::now() + guest.silence);
            return Poll::Ready(read);
        }
        ready!(guest.leaves.as_mut().poll(cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncWrite for Guest {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write(cx, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}
