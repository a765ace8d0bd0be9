//! The way to a sound server: PulseAudio's own protocol over a unix socket, so that PulseAudio, PipeWire and one forwarded
//! over SSH are the same, and no system library is needed.

use std::ffi::CString;
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use pulseaudio::protocol::stream::{BufferAttr, StreamFlags};
use pulseaudio::protocol::{ChannelMap, DEFAULT_SINK, PlaybackStreamParams, SampleFormat, SampleSpec};
use pulseaudio::{Client, ClientError, PlaybackSource, PlaybackStream};

use super::decode::Shape;
use super::playback::Playback;

/// A server that says nothing for so long is not there.
const PATIENCE: Duration = Duration::from_secs(3);
/// Sound on its way to the ear, in milliseconds: enough for a slow link, little enough that a level stays where it is heard.
const BUFFERED: u32 = 200;
/// What is asked for at once, in milliseconds.
const ASKED: u32 = 25;

/// PulseAudio wants a cookie of this length and, from the same person, does not look at it.
const NO_COOKIE: [u8; 256] = [0; 256];

pub struct Server {
    client: Client,
    socket: UnixStream,
}

impl Server {
    /// Blocks until the server has answered.
    pub fn connect(path: &Path) -> Result<Server, ClientError> {
        let socket = UnixStream::connect(path)?;
        socket.set_read_timeout(Some(PATIENCE))?;
        socket.set_write_timeout(Some(PATIENCE))?;
        let client = Client::new_unix(c"pult", socket.try_clone()?, Some(NO_COOKIE))?;
        Ok(Server { client, socket })
    }

    pub async fn play(&self, playback: Playback) -> Result<Voice, ClientError> {
        let shape = playback.shape();
        let params = parameters(shape);
        let stream = answered(self.client.create_playback_stream(params, Source(playback))).await?;
        Ok(Voice { stream, shape })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The client's thread ends with the socket, and with nothing else.
        let _ = self.socket.shutdown(Shutdown::Both);
    }
}

/// One playback that sounds; falls silent when dropped.
#[derive(Clone)]
pub struct Voice {
    stream: PlaybackStream,
    shape: Shape,
}

impl Voice {
    /// Frames that have been heard.
    pub async fn played(&self) -> Result<u64, ClientError> {
        let timing = answered(self.stream.timing_info()).await?;
        let frames = u64::try_from(timing.read_offset).unwrap_or(0) / (2 * self.shape.channels as u64);
        let on_the_way = timing.sink_usec.saturating_mul(self.shape.rate.into()) / 1_000_000;
        Ok(frames.saturating_sub(on_the_way))
    }

    /// At once; what is on its way is not heard any more.
    pub async fn silence(&self) -> Result<(), ClientError> {
        answered(self.stream.cork()).await
    }

    /// Until all of it has been heard.
    pub async fn ended(&self) -> Result<(), ClientError> {
        self.stream.play_all().await
    }
}

struct Source(Playback);

impl PlaybackSource for Source {
    fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &mut [u8]) -> Poll<usize> {
        Poll::Ready(self.0.read(bytes))
    }
}

async fn answered<T>(answer: impl Future<Output = Result<T, ClientError>>) -> Result<T, ClientError> {
    tokio::time::timeout(PATIENCE, answer).await.unwrap_or(Err(ClientError::Disconnected))
}

fn parameters(shape: Shape) -> PlaybackStreamParams {
    let per_millisecond = |millis: u32| shape.rate * millis / 1000 * 2 * shape.channels as u32;
    PlaybackStreamParams {
        sample_spec: SampleSpec {
            format: SampleFormat::S16Le,
            channels: shape.channels as u8,
            sample_rate: shape.rate,
        },
        channel_map: if shape.channels == 2 { ChannelMap::stereo() } else { ChannelMap::mono() },
        sink_name: Some(CString::from(DEFAULT_SINK)),
        buffer_attr: BufferAttr {
            max_length: u32::MAX,
            target_length: per_millisecond(BUFFERED),
            pre_buffering: per_millisecond(ASKED),
            minimum_request_length: per_millisecond(ASKED),
            ..BufferAttr::default()
        },
        flags: StreamFlags { adjust_latency: true, ..StreamFlags::default() },
        ..PlaybackStreamParams::default()
    }
}
