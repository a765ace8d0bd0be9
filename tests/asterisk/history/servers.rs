//! Real database servers in a folder of their own, on a Unix socket alone; they end with the test.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

pub struct Running {
    child: Child,
    pub folder: TempDir,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `None`, with a word on the screen, where it is not installed or cannot run here.
pub fn mariadb() -> Option<Running> {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (install, server) = (found("mariadb-install-db")?, found("mariadbd")?);
    let mut install = Command::new(install);
    install
        .args(["--auth-root-authentication-method=normal", "--skip-test-db"])
        .arg(format!("--datadir={}", data.display()));
    made(as_whoever(&mut install, &folder))?;
    let socket = folder.path().join("sql");
    let mut server = Command::new(server);
    server.args(["--no-defaults", "--skip-networking", "--skip-log-bin"]);
    if is_root() {
        server.arg("--user=mysql");
    }
    server.arg(format!("--datadir={}", data.display())).arg(format!("--socket={}", socket.display()));
    started(server, folder, &socket)
}

/// A cluster with a superuser `postgres` who needs no password.
pub fn postgres() -> Option<Running> {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (install, server) = (found("initdb")?, found("postgres")?);
    let mut install = as_unprivileged("postgres", &install, &folder);
    install.args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "-D"]).arg(&data);
    made(&mut install)?;
    let socket = folder.path().join(".s.PGSQL.5432");
    let mut running = as_unprivileged("postgres", &server, &folder);
    running
        .arg("-D")
        .arg(&data)
        .args(["-c", "listen_addresses=", "-c", "fsync=off", "-k"])
        .arg(folder.path());
    started(running, folder, &socket)
}

fn found(program: &str) -> Option<PathBuf> {
    let mut folders: Vec<PathBuf> =
        ["/usr/bin", "/usr/sbin", "/usr/local/bin"].iter().map(PathBuf::from).collect();
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    folders.extend(versions.map(|version| version.path().join("bin")));
    let path = folders.into_iter().map(|folder| folder.join(program)).find(|path| path.is_file());
    if path.is_none() {
        println!("SKIPPED: {program} is not installed here");
    }
    path
}

/// Database servers refuse to run as root, and need the folder to be theirs.
fn as_unprivileged(user: &str, program: &Path, folder: &TempDir) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let _ = Command::new("chown").arg(user).arg(folder.path()).status();
    let mut command = Command::new("setpriv");
    command
        .args([format!("--reuid={user}"), format!("--regid={user}"), "--init-groups".to_owned()])
        .arg(program);
    command
}

fn as_whoever<'c>(command: &'c mut Command, folder: &TempDir) -> &'c mut Command {
    if is_root() {
        let _ = Command::new("chown").arg("mysql").arg(folder.path()).status();
        command.arg("--user=mysql");
    }
    command
}

fn is_root() -> bool {
    rustix::process::getuid().is_root()
}

fn made(command: &mut Command) -> Option<()> {
    let done = command.output().ok()?;
    if !done.status.success() {
        println!("SKIPPED: no database could be made: {}", String::from_utf8_lossy(&done.stderr));
        return None;
    }
    Some(())
}

fn started(mut command: Command, folder: TempDir, socket: &Path) -> Option<Running> {
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()?;
    let running = Running { child, folder };
    let began = Instant::now();
    while std::os::unix::net::UnixStream::connect(socket).is_err() {
        if began.elapsed() > Duration::from_secs(30) {
            println!("SKIPPED: the database server does not start");
            return None;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Some(running)
}
