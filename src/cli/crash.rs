//! When pult fails by a fault of its own: a report goes to a file, the terminal is given back, and the person is told
//! where the report is.

use std::backtrace::Backtrace;
use std::io::Write as _;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use chrono::Utc;

use super::Failure;

/// Runs `work`; a panic in it becomes a failure that names the report written into `folder`.
pub fn guarded(folder: &Path, work: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
    let written: Arc<OnceLock<PathBuf>> = Arc::default();
    let folder = folder.to_owned();
    let place = written.clone();
    panic::set_hook(Box::new(move |info| {
        if let Ok(path) = write_report(&folder, info) {
            tracing::error!(report = %path.display(), "a fault of pult itself");
            let _ = place.set(path);
        }
    }));
    // What `work` held is dropped while unwinding and never looked at again.
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    drop(panic::take_hook());
    result.unwrap_or_else(|_| Err(failure(written.get())))
}

fn failure(report: Option<&PathBuf>) -> Failure {
    let stopped = Failure::new("stopped by a fault of pult itself; what was saved is safe, drafts too");
    match report {
        Some(path) => stopped.hint(format!("send this report to whoever maintains pult: {}", path.display())),
        None => stopped.hint("no report could be written: check that the log folder can be written to"),
    }
}

fn write_report(folder: &Path, info: &PanicHookInfo<'_>) -> std::io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let name = format!("crash-{}-{}.txt", Utc::now().format("%Y%m%dT%H%M%S"), std::process::id());
    let path = folder.join(name);
    let mut file = std::fs::File::create(&path)?;
    writeln!(file, "pult {}", env!("CARGO_PKG_VERSION"))?;
    writeln!(file, "{}", message(info))?;
    if let Some(location) = info.location() {
        writeln!(file, "at {location}")?;
    }
    writeln!(file, "{}", Backtrace::force_capture())?;
    Ok(path)
}

/// A text composed at run time may quote a patient's name, so only texts fixed in the source are kept.
fn message<'a>(info: &'a PanicHookInfo<'_>) -> &'a str {
    info.payload()
        .downcast_ref::<&'static str>()
        .copied()
        .unwrap_or("(the message is left out: it may hold personal data)")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOLDER: &str = "PULT_TEST_CRASH_FOLDER";

    /// The panic hook belongs to the whole process, so the fault happens in one of its own: this test, run again.
    #[test]
    fn a_fault_becomes_a_report_without_personal_data() {
        if let Some(folder) = std::env::var_os(FOLDER) {
            let patient = String::from("Иванова");
            let failure = guarded(Path::new(&folder), || panic!("no card for {patient}")).unwrap_err();
            print!("{failure}");
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        let test = "cli::crash::tests::a_fault_becomes_a_report_without_personal_data";
        let output = std::process::Command::new(std::env::current_exe().unwrap())
            .args([test, "--exact", "--nocapture"])
            .env(FOLDER, folder.path())
            .output()
            .unwrap();
        assert!(String::from_utf8_lossy(&output.stdout).contains("a fault of pult itself"), "{output:?}");
        let report = std::fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap();
        let text = std::fs::read_to_string(report.path()).unwrap();
        assert!(text.contains("src/cli/crash.rs") && text.contains("may hold personal data"), "{text}");
        assert!(!text.contains("Иванова"));
    }
}
