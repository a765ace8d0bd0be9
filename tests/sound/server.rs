//! A real PulseAudio daemon with a null sink, as on an operator's computer, and what could be heard there.

use std::fs::File;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use pulseaudio::protocol::stream::{BufferAttr, StreamFlags};
use pulseaudio::protocol::{ChannelMap, RecordStreamParams, SampleFormat, SampleSpec};
use pulseaudio::{Client, RecordStream};
use tempfile::TempDir;
use tokio::time::sleep;

/// The length is asked for, not what stands in it.
const NO_COOKIE: [u8; 256] = [0; 256];

pub struct SoundServer {
    daemon: Child,
    folder: TempDir,
}

impl SoundServer {
    /// `None`, said aloud, where no PulseAudio is installed. Its ear is as wide as a telephone's: 8000 Hz, one channel.
    pub fn start() -> Option<SoundServer> {
        let folder = TempDir::new().unwrap();
        let Some(daemon) = daemon(&folder) else {
            eprintln!("SKIPPED: there is no pulseaudio on this machine to play into");
            return None;
        };
        let server = SoundServer { daemon, folder };
        server.wait();
        Some(server)
    }

    pub fn socket(&self) -> PathBuf {
        self.folder.path().join("native")
    }

    pub fn die(&mut self) {
        self.daemon.kill().unwrap();
        self.daemon.wait().unwrap();
        std::fs::remove_file(self.socket()).unwrap();
    }

    pub fn rise(&mut self) {
        self.daemon = daemon(&self.folder).unwrap();
        self.wait();
    }

    pub fn client(&self) -> Client {
        let socket = UnixStream::connect(self.socket()).unwrap();
        Client::new_unix(c"ear", socket, Some(NO_COOKIE)).unwrap()
    }

    /// How many programs called pult are connected.
    pub async fn guests(&self) -> usize {
        let clients = self.client().list_clients().await.unwrap();
        clients.iter().filter(|client| client.name.as_c_str() == c"pult").count()
    }

    pub async fn listen(&self) -> Ear {
        let heard: Arc<Mutex<Vec<i16>>> = Arc::default();
        let into = heard.clone();
        let client = self.client();
        let sink = move |bytes: &[u8]| {
            let samples = bytes.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]]));
            into.lock().unwrap().extend(samples);
        };
        let stream = client.create_record_stream(recording(), sink).await.unwrap();
        let ear = Ear { heard, _stream: stream, _client: client };
        // The daemon's first moment comes in one lump, and late.
        while ear.heard.lock().unwrap().len() < 800 {
            sleep(Duration::from_millis(10)).await;
        }
        ear
    }

    fn wait(&self) {
        let begun = Instant::now();
        while UnixStream::connect(self.socket()).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(10), "pulseaudio did not come up");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for SoundServer {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

/// Its sink takes nothing back that it gave out, so that its monitor gives what was played.
fn daemon(folder: &TempDir) -> Option<Child> {
    let path = |name: &str| folder.path().join(name);
    let script = format!(
        "load-module module-null-sink sink_name=ear norewinds=1 rate=8000 channels=1 format=s16le\n\
         load-module module-native-protocol-unix auth-anonymous=1 socket={}\n",
        path("native").display()
    );
    std::fs::write(path("script"), script).unwrap();
    let quiet =
        ["--system=false", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes"];
    let calm = ["--high-priority=no", "--realtime=no", "--disallow-module-loading=no", "-n", "-F"];
    let mut command = Command::new("pulseaudio");
    command.args(quiet).args(calm).arg(path("script"));
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.envs(["HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME"].map(|name| (name, folder.path())));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(File::create(path("log")).unwrap());
    command.spawn().ok()
}

fn recording() -> RecordStreamParams {
    RecordStreamParams {
        sample_spec: SampleSpec { format: SampleFormat::S16Le, channels: 1, sample_rate: 8_000 },
        channel_map: ChannelMap::mono(),
        source_name: Some(c"ear.monitor".to_owned()),
        buffer_attr: BufferAttr { fragment_size: 160, ..BufferAttr::default() },
        flags: StreamFlags { adjust_latency: true, ..StreamFlags::default() },
        ..RecordStreamParams::default()
    }
}

/// What the sink gave to the air since somebody listens.
pub struct Ear {
    heard: Arc<Mutex<Vec<i16>>>,
    _stream: RecordStream,
    _client: Client,
}

impl Ear {
    /// Without the moments in which there was nothing: samples of 0.
    pub fn sounds(&self) -> Vec<i16> {
        self.heard.lock().unwrap().iter().copied().filter(|sample| *sample != 0).collect()
    }
}
