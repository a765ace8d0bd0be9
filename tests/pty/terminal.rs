//! The built program in a real pseudo-terminal: keys go in, the screen is read back as a terminal would show it.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// Longer than anything takes on a loaded machine; passing tests never wait it out.
const PATIENCE: Duration = Duration::from_secs(30);

pub struct Terminal {
    screen: Arc<Mutex<vt100::Parser>>,
    received: Arc<Mutex<usize>>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    /// Starts the command with nothing of the caller's environment but the path.
    pub fn start(
        program: &str,
        args: &[&str],
        environment: &[(&str, &str)],
        (width, height): (u16, u16),
    ) -> Terminal {
        let pty = native_pty_system().openpty(size(width, height)).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env_clear();
        for (name, value) in [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("PATH", "/usr/bin:/bin")] {
            command.env(name, value);
        }
        for (name, value) in environment {
            command.env(name, value);
        }
        let child = pty.slave.spawn_command(command).unwrap();
        let cells = |count| NonZeroU16::new(count).unwrap();
        let screen = Arc::new(Mutex::new(vt100::Parser::new(cells(height), cells(width), 0)));
        let received = Arc::new(Mutex::new(0));
        read(pty.master.try_clone_reader().unwrap(), screen.clone(), received.clone());
        Terminal { screen, received, keys: pty.master.take_writer().unwrap(), child, master: pty.master }
    }

    /// Types text as it is; named keys are in [`keys`].
    pub fn send(&mut self, text: &str) {
        self.keys.write_all(text.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    pub fn resize(&mut self, width: u16, height: u16) {
        let cells = |count| NonZeroU16::new(count).unwrap();
        self.screen.lock().unwrap().screen_mut().set_size(cells(height), cells(width));
        self.master.resize(size(width, height)).unwrap();
    }

    pub fn text(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    /// Bytes the program has sent so far.
    pub fn bytes(&self) -> usize {
        *self.received.lock().unwrap()
    }

    pub fn with_screen<T>(&self, look: impl FnOnce(&vt100::Screen) -> T) -> T {
        look(self.screen.lock().unwrap().screen())
    }

    /// Waits until `found` holds of the screen; fails with the screen when it never does.
    pub fn wait(&self, what: &str, found: impl Fn(&str) -> bool) -> String {
        let start = Instant::now();
        loop {
            let text = self.text();
            if found(&text) {
                return text;
            }
            assert!(start.elapsed() < PATIENCE, "never saw {what}; the screen is:\n{text}");
            thread::sleep(Duration::from_millis(10));
        }
    }

    pub fn see(&self, words: &str) -> String {
        self.wait(&format!("«{words}»"), |text| text.contains(words))
    }

    pub fn wait_for_exit(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(start.elapsed() < PATIENCE, "the program never ended; the screen is:\n{}", self.text());
            thread::sleep(Duration::from_millis(10));
        }
    }

    pub fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// As an administrator or a shutdown does it (SIGTERM).
    pub fn terminate(&self) {
        let process = self.process().to_string();
        assert!(std::process::Command::new("kill").args(["-TERM", &process]).status().unwrap().success());
    }

    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn size(width: u16, height: u16) -> PtySize {
    PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 }
}

fn read(mut pty: Box<dyn Read + Send>, screen: Arc<Mutex<vt100::Parser>>, received: Arc<Mutex<usize>>) {
    thread::spawn(move || {
        let mut chunk = [0; 4096];
        while let Ok(count @ 1..) = pty.read(&mut chunk) {
            screen.lock().unwrap().process(&chunk[..count]);
            *received.lock().unwrap() += count;
        }
    });
}
