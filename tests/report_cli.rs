//! `pult report` on the sample clinic, as a crontab and a person at a terminal use it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "report_cli/killed.rs"]
mod killed;

use calamine::{Reader as _, Xlsx, open_workbook};
use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

/// Loaded once, in the build's own folder for what tests leave: the reports only read.
static CLINIC: LazyLock<Clinic> = LazyLock::new(Clinic::load);
const PERIOD: [&str; 4] = ["--from", "2026-11-01", "--to", "2026-11-20"];
const LINE: &str = "2026-11-01..2026-11-20";

struct Clinic {
    folder: PathBuf,
}

impl Clinic {
    fn load() -> Clinic {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report_cli");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir(&folder).unwrap();
        let clinic = Clinic { folder };
        for kind in ["lines", "topics", "people", "visits", "calls"] {
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(format!("{kind}.csv"));
            let output = clinic.pult(&["import", kind, file.to_str().unwrap()]);
            assert!(output.status.success(), "{output:?}");
        }
        clinic
    }

    fn pult(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pult"));
        command.args(arguments).arg("--store").arg(self.folder.join("clinic.db")).env("HOME", &self.folder);
        command.env_remove("XDG_CONFIG_HOME").env_remove("XDG_DATA_HOME");
        command
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn report(&self, arguments: &[&str]) -> Output {
        self.pult(&[&["report"], arguments].concat())
    }

    fn said(&self, arguments: &[&str]) -> String {
        let output = self.report(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.said(&[arguments, &["--format", "json"]].concat())).unwrap()
    }

    /// Why not, and the exit code.
    fn refused(&self, arguments: &[&str]) -> (String, Option<i32>) {
        let output = self.report(arguments);
        assert!(!output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stdout));
        (String::from_utf8(output.stderr).unwrap(), output.status.code())
    }
}

fn with_period(arguments: &[&'static str]) -> Vec<&'static str> {
    [&PERIOD[..], arguments].concat()
}

fn sum(rows: &Value, key: &str) -> u64 {
    rows.as_array().unwrap().iter().map(|row| row[key].as_u64().unwrap()).sum()
}

#[test]
fn every_level_adds_up_to_the_total() {
    let clinic = &*CLINIC;
    let levels = [
        "employee",
        "outcome",
        "topic",
        "channel",
        "caller-type",
        "branch",
        "line",
        "direction",
        "day",
        "week",
        "month",
        "weekday",
        "hour",
        "speciality",
        "familiarity",
        "none",
    ];
    let total = clinic.json(&with_period(&["--by", "none"]))["total"].clone();
    for level in levels {
        let table = clinic.json(&[&PERIOD[..], &["--by", level, "--then-by", "outcome"]].concat());
        assert_eq!(table["total"], total, "{level}");
        assert_eq!(sum(&table["rows"], "calls"), total["calls"].as_u64().unwrap(), "{level}");
        for row in table["rows"].as_array().unwrap() {
            assert_eq!(sum(&row["rows"], "calls"), row["calls"].as_u64().unwrap(), "{level} {}", row["name"]);
        }
    }
}

#[test]
fn a_line_says_the_same_as_the_flags_and_flags_stand_before_it() {
    let clinic = &*CLINIC;
    let line = format!("{LINE} patients topic/outcome patients-only topic=Имплантация,unknown direction=in");
    let flags = [
        "--kind",
        "patients",
        "--by",
        "topic",
        "--then-by",
        "outcome",
        "--patients-only",
        "--topic",
        "Имплантация",
        "--topic",
        "unknown",
        "--direction",
        "in",
    ];
    let by_flags = clinic.json(&with_period(&flags));
    assert_eq!(clinic.json(&[&line]), by_flags);
    assert_eq!(by_flags["rows"].as_array().unwrap().len(), 2);
    assert_eq!(clinic.json(&[&line, "--by", "weekday"])["by"], "weekday");
    let topics = clinic.json(&[&line, "--topic", "профессион"]);
    assert_eq!(topics["rows"][0]["name"], "Профессиональная гигиена");
    assert_eq!(topics["rows"].as_array().unwrap().len(), 1);
    let calls = clinic.json(&[&format!("{line} pane=calls")]);
    assert!(calls.as_array().unwrap().len() as u64 >= by_flags["total"]["calls"].as_u64().unwrap());
}

#[test]
fn a_line_of_a_picture_gives_the_table_that_the_picture_draws() {
    let clinic = &*CLINIC;
    let drawn = |pane: &str| clinic.json(&[&format!("{LINE} calls employee/outcome pane={pane}")]);
    let levels = |pane: &str| [&drawn(pane)["by"], &drawn(pane)["then_by"]].map(|level| level.clone());
    assert_eq!(levels("heat-map"), ["weekday", "hour"]);
    assert_eq!(levels("trend"), ["day", "none"]);
    assert_eq!(levels("channels"), ["channel", "none"]);
    assert_eq!(levels("funnel"), ["none", "none"]);
    assert_eq!(drawn("heat-map")["total"]["calls"], drawn("table")["total"]["calls"]);
    let chosen = clinic.json(&[&format!("{LINE} calls pane=heat-map"), "--columns", "missed"]);
    assert!(chosen["total"]["missed"].is_u64() && chosen["total"]["calls"].is_null(), "{}", chosen["total"]);
}

#[test]
fn filters_keep_what_they_say() {
    let clinic = &*CLINIC;
    let list = |arguments: &[&'static str]| {
        let calls = clinic.json(&[&with_period(&["--calls"])[..], arguments].concat());
        let Value::Array(calls) = calls else { panic!("{calls}") };
        assert!(!calls.is_empty(), "{arguments:?}");
        calls
    };
    let seconds = |call: &Value, key: &str| call[key].as_f64().unwrap();
    assert!(list(&["--wait", "1m.."]).iter().all(|call| seconds(call, "wait_s") >= 60.0));
    let short = list(&["--talk", "10s..1:00"]);
    assert!(short.iter().all(|call| (10.0..=60.0).contains(&seconds(call, "talk_s"))));
    assert_eq!(list(&["--wait", "5m..1m"]), list(&["--wait", "1m..5m"]));
    assert!(list(&["--comment", "no"]).iter().all(|call| call["comment"] == ""));
    assert!(list(&["--comment", "yes"]).iter().all(|call| call["comment"] != ""));
    assert!(list(&["--topic", "unknown"]).iter().all(|call| call["topic"].is_null()));
    assert!(
        list(&["--outcome", "booked", "--outcome", "moved"])
            .iter()
            .all(|call| { call["outcome"] == "booked" || call["outcome"] == "moved" })
    );
    assert!(list(&["--weekday", "mon"]).iter().all(|call| {
        let day: chrono::NaiveDate = call["started_at"].as_str().unwrap()[..10].parse().unwrap();
        chrono::Datelike::weekday(&day) == chrono::Weekday::Mon
    }));
}

#[test]
fn columns_and_rows_stand_in_the_order_asked_for() {
    let clinic = &*CLINIC;
    let text = clinic.said(&with_period(&[
        "--by",
        "channel",
        "--columns",
        "money,calls,money",
        "--sort",
        "-calls",
        "--format",
        "csv",
    ]));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(reader.headers().unwrap(), &["by", "money", "calls"][..]);
    let calls: Vec<u64> = reader.records().map(|row| row.unwrap()[2].parse().unwrap()).collect();
    assert!(calls.is_sorted_by(|a, b| a >= b), "{calls:?}");
    let up = clinic.said(&with_period(&[
        "--by",
        "channel",
        "--columns",
        "calls",
        "--sort",
        "calls",
        "--format",
        "csv",
    ]));
    assert!(up.lines().nth(1).unwrap().ends_with(&calls.last().unwrap().to_string()), "{up}");
    let days = clinic.said(&with_period(&["--by", "day", "--columns", "calls", "--format", "csv"]));
    let days: Vec<&str> = days.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert!(days.is_sorted() && days[0] == "2026-11-01", "{days:?}");
}

#[test]
fn files_are_whole_private_and_of_the_form_their_name_says() {
    let clinic = &*CLINIC;
    let written = |name: &str, arguments: &[&str]| {
        let path = clinic.file(name);
        let output = ["--output", path.to_str().unwrap()];
        assert_eq!(clinic.said(&[&PERIOD[..], arguments, &output].concat()), "");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        path
    };
    let total = clinic.json(&with_period(&[]))["total"]["calls"].as_f64().unwrap();
    let path = written("table.xlsx", &["--then-by", "outcome"]);
    let mut book: Xlsx<_> = open_workbook(&path).unwrap();
    let sheet = book.worksheet_range("История общения").unwrap();
    let last = sheet.rows().next_back().unwrap();
    assert_eq!((last[0].to_string(), last[2].clone()), ("Итого".to_owned(), calamine::Data::Float(total)));
    let list = written("calls.xlsx", &["--calls"]);
    let mut book: Xlsx<_> = open_workbook(&list).unwrap();
    assert_eq!(book.worksheet_range("История общения").unwrap().height() as f64, total + 1.0);
    let page = fs::read_to_string(written("page.html", &["--by", "topic"])).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
    assert_eq!(clinic.said(&with_period(&["--by", "topic", "--html"])).lines().last(), page.lines().last());
    let again = written("page.html", &["--format", "csv", "--bom", "--separator", "semicolon"]);
    assert!(fs::read_to_string(again).unwrap().starts_with("\u{feff}by;calls;"));
    let left: Vec<_> =
        fs::read_dir(&clinic.folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().starts_with(".tmp")), "{left:?}");
}

#[test]
fn every_preset_reports_in_every_form() {
    let clinic = &*CLINIC;
    let presets = [
        "administrators",
        "not-booked",
        "channels",
        "missed-today",
        "not-wrapped",
        "outgoing",
        "long-waits",
        "long-talks",
        "heat-map",
    ];
    let works = |preset: &str, form: &str| {
        let arguments = ["--preset", preset, "--from", "2026-11-01", "--to", "2026-11-20", "--format", form];
        let output = clinic.report(&arguments);
        assert!(output.status.success() && !output.stdout.is_empty(), "{preset} {form}: {output:?}");
    };
    presets.into_iter().for_each(|preset| works(preset, "csv"));
    ["table", "excel", "json", "xlsx", "html"].into_iter().for_each(|form| works("channels", form));
}

#[test]
fn what_cannot_be_done_is_said_with_what_can() {
    let clinic = &*CLINIC;
    let wrong = [
        (&["--by", "colour"][..], "possible values: employee", 2),
        (&["--sort", "height"], "average-money", 2),
        (&["--period", "month", "--from", "today"], "cannot be used with", 2),
        (&["month", "--preset", "channels"], "cannot be used with", 2),
        (&["--html", "--format", "csv"], "cannot be used with", 2),
        (&["--recording", "perhaps"], "write yes or no", 2),
        (&["month colour=red"], "there is no word", 1),
        (&["--wait", "soon.."], "30s", 1),
        (&["--wait", ".."], "30s..", 1),
        (&["--talk", ""], "30s..", 1),
        (&["--direction", "internal"], "possible values: in, out", 2),
        (&["--from", "9999-01-01"], "write a day", 2),
        (&["262000-01-01..+262142-12-31"], "there is no word", 1),
        (&["--topic", "Мыло"], "there are: ", 1),
        (&["--line", "1"], "no line is called «1»", 1),
        (&["--format", "json", "--bom"], "add --format csv", 1),
        (&["--output", "/nowhere/at/all.csv"], "cannot write /nowhere/at/all.csv", 1),
    ];
    for (arguments, reason, code) in wrong {
        let (said, exit) = clinic.refused(arguments);
        assert!(said.contains(reason), "{arguments:?}: {said}");
        assert_eq!(exit, Some(code), "{arguments:?}");
    }
}

#[test]
fn a_period_without_calls_is_no_failure() {
    let clinic = &*CLINIC;
    let table = clinic.json(&["--from", "2031-01-01", "--to", "2031-01-31", "--then-by", "topic"]);
    assert_eq!((&table["rows"], &table["total"]["calls"]), (&serde_json::json!([]), &serde_json::json!(0)));
    let page = clinic.said(&["--from", "2031-01-01", "--html"]);
    assert!(page.contains("За этот период таких звонков нет."));
    assert_eq!(clinic.said(&["--from", "2031-01-01", "--calls", "--format", "json"]), "[]\n");
}
