//! The sample clinic through the built program: loaded, loaded again, reported; and files that are not right.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const FILES: [&str; 6] = ["lines", "topics", "people", "visits", "tasks", "calls"];

struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join(".config/pult/config.toml");
        fs::create_dir_all(config.parent().unwrap()).unwrap();
        fs::write(config, "[desk]\nlanguage = \"en\"\n").unwrap();
        Desk { folder }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        // No configuration of whoever runs the test: HOME is this desk's own.
        Command::new(env!("CARGO_BIN_EXE_pult"))
            .args(arguments)
            .arg("--store")
            .arg(self.folder.path().join("clinic.db"))
            .env("HOME", self.folder.path())
            .env_remove("XDG_CONFIG_HOME")
            .output()
            .unwrap()
    }

    fn said(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(!output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stdout));
        String::from_utf8(output.stderr).unwrap()
    }

    fn import(&self, kind: &str, text: impl AsRef<[u8]>) -> Output {
        let path = self.folder.path().join("given.csv");
        fs::write(&path, text).unwrap();
        self.run(&["import", kind, path.to_str().unwrap()])
    }

    /// What is wrong with this file.
    fn fault(&self, kind: &str, text: impl AsRef<[u8]>) -> String {
        let output = self.import(kind, text);
        assert!(!output.status.success(), "taken: {}", String::from_utf8_lossy(&output.stdout));
        String::from_utf8(output.stderr).unwrap()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.said(&[&["report", "--format", "json"], arguments].concat())).unwrap()
    }
}

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(format!("{name}.csv"))
}

#[test]
fn the_sample_clinic_loads_once_and_reports() {
    let desk = Desk::new();
    for name in FILES {
        let said = desk.said(&["import", name, sample(name).to_str().unwrap()]);
        assert!(said.contains(" 0 changed, 0 known already"), "{name}: {said}");
    }
    for name in FILES {
        let said = desk.said(&["import", name, sample(name).to_str().unwrap()]);
        assert!(said.contains(" 0 new, 0 changed,"), "{name} a second time: {said}");
    }

    let whole = ["--from", "2026-08-23", "--to", "2026-11-20"];
    let report = desk.json(&[&whole[..], &["--by", "channel", "--then-by", "outcome"]].concat());
    let total = &report["total"];
    let sum = |rows: &Value, key: &str| {
        rows.as_array().unwrap().iter().map(|row| row[key].as_u64().unwrap()).sum::<u64>()
    };
    for key in ["calls", "taken", "missed", "booked", "held"] {
        assert_eq!(sum(&report["rows"], key), total[key].as_u64().unwrap(), "{key}");
        for row in report["rows"].as_array().unwrap() {
            assert_eq!(sum(&row["rows"], key), row[key].as_u64().unwrap(), "{key} of {}", row["name"]);
        }
    }
    // A believable clinic: a third of the calls taken become bookings, most of them are held.
    let percent = total["booked_percent"].as_f64().unwrap();
    assert!((28.0..42.0).contains(&percent), "{percent}");
    assert!(total["held"].as_u64() > Some(total["booked"].as_u64().unwrap() / 2));
    let incoming = desk.json(&[&whole[..], &["--by", "none", "--direction", "in"]].concat());
    let [missed, calls] = ["missed", "calls"].map(|key| incoming["total"][key].as_f64().unwrap());
    assert!((0.20..0.29).contains(&(missed / calls)), "{missed} of {calls} missed");

    let patients = desk.json(&[&whole[..], &["--kind", "patients"]].concat());
    assert!(patients["total"]["calls"].as_u64() < total["calls"].as_u64());
    assert!(patients["total"]["missed"].as_u64() < total["missed"].as_u64());
    assert_eq!(patients["total"]["money"], total["money"]);

    let listed = desk.json(&["--from", "2026-11-20", "--preset", "missed-today", "--calls"]);
    let counted = desk.json(&["--from", "2026-11-20", "--preset", "missed-today"]);
    assert_eq!(listed.as_array().unwrap().len() as u64, counted["total"]["missed"].as_u64().unwrap());

    let table = desk.said(&[&["report"], &whole[..], &["--then-by", "outcome", "--language", "ru"]].concat());
    assert!(table.starts_with("Сотрудник / Успешность"), "{table}");
    assert!(table.contains("\n  Записался"), "{table}");
    assert!(table.lines().last().unwrap().starts_with("Итого"), "{table}");
    let english = desk.said(&[&["report"], &whole[..], &["--by", "none", "--language", "en"]].concat());
    assert!(english.starts_with("All calls"), "{english}");
}

#[test]
fn the_shipped_files_are_what_the_generator_makes() {
    let made = tempfile::tempdir().unwrap();
    let status = Command::new(env!("CARGO_BIN_EXE_pult"))
        .args(["sample-data", "--seed", "1", "--out"])
        .arg(made.path())
        .output()
        .unwrap()
        .status;
    assert!(status.success());
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let names = FILES.map(|name| format!("{name}.csv"));
    for name in names.iter().map(String::as_str).chain(["day.toml"]) {
        let same = fs::read(shipped.join(name)).unwrap() == fs::read(made.path().join(name)).unwrap();
        assert!(same, "{name} differs: run pult sample-data --seed 1 --out sample-data");
    }
}

const PEOPLE: &str = "id,kind,name,born,phones,account\n";
const CALLS: &str = "id,direction,number,line,result,started_at,wait_s,talk_s,wrapped_at,topic,comment\n";

const CALLS_BY: &str = "id,direction,number,result,started_at,wait_s,talk_s,wrapped_at,employee\n";

#[test]
fn what_is_wrong_is_told_with_line_and_column_and_nothing_is_kept() {
    let desk = Desk::new();
    let people = |row: &str| format!("{PEOPLE}p1,patient,Ёлкин Пётр,1990-01-02,+79420000001,0\n{row}\n");
    let cases = [
        (
            "people",
            people("p2,patient,Иванова,31.02.2020,,"),
            "line 3, column born: «31.02.2020» is not a day",
        ),
        ("people", people("p2,patient,Иванова,,12,"), "line 3, column phones: «12» is not a phone number"),
        ("people", people("p2,patient,Иванова,,,1.234"), "line 3, column account: «1.234» is not an amount"),
        ("people", people("p2,friend,Иванова,,,"), "column kind: «friend» is not one of patient, employee"),
        ("people", people("p2,patient,,,,"), "line 3, column name: nothing stands here"),
        ("people", people("p2,patient,Иванова"), "line 3: 3 values where the header has 6 columns"),
        ("people", "id,kind,name,shoe\n".to_owned(), "line 1: unknown column «shoe»"),
        ("people", "id,kind\n".to_owned(), "line 1: the column «name» is missing"),
        ("people", "id,kind,name,id\n".to_owned(), "line 1: the column «id» stands twice"),
        (
            "people",
            "id,kind,name,parent\np1,patient,Ёлкин,p9\n".to_owned(),
            "line 2, column parent: nobody has the id «p9»",
        ),
        ("people", people("p1,patient,Иванова,,,"), "line 3, column id: «p1» stands in line 2 already"),
        ("people", people("p2,patient,Иванова,,,,x"), "line 3: 7 values where the header has 6 columns"),
        ("people", people("p2,patient,\"Иванова,,,\np3,patient,Петрова,,,"), "line 3: a quotation mark"),
        ("people", people("\r\n\r\np2,friend,Иванова,,,").replace('\n', "\r\n"), "column kind: «friend»"),
        ("people", String::new(), "line 1: the file is empty"),
        (
            "calls",
            format!("{CALLS_BY}c1,in,,answered,2026-11-20 10:00,1,5,2026-11-20 10:01,p7\n"),
            "line 2, column employee: no employee has the id «p7»",
        ),
        (
            "calls",
            format!("{CALLS}c1,in,+79420000001,,answered,yesterday,1,2,,,\n"),
            "column started_at: «yesterday»",
        ),
        (
            "calls",
            format!("{CALLS}c1,in,+79420000001,,busy,2026-11-20 10:00,1,0,,,\n"),
            "column result: a call «in»",
        ),
        (
            "calls",
            format!("{CALLS}c1,in,,,missed,2026-11-20 10:00,1,5,,,\n"),
            "column talk_s: a call that ended",
        ),
        ("calls", format!("{CALLS}c1,in,,,answered,2026-11-20 10:00,1e30,5,,,\n"), "column wait_s: «1e30»"),
        (
            "calls",
            format!("{CALLS}c1,in,,,answered,2026-11-20 10:00,1,5,,,hello\n"),
            "column wrapped_at: a wrap-up needs",
        ),
        (
            "calls",
            format!("{CALLS}c1,in,,,answered,2026-11-20 10:00,1,5,2026-11-20 10:01,Мыло,\n"),
            "there is no topic «Мыло»",
        ),
    ];
    for (kind, text, wanted) in cases {
        let fault = desk.fault(kind, &text);
        assert!(fault.contains(wanted), "{text}\nwanted: {wanted}\nsaid: {fault}");
        assert!(fault.contains("nothing of this file was imported"), "{fault}");
    }
    let old = [PEOPLE.replace('\n', "\r\n").as_bytes(), b"p1,patient,\xcf\xe5\xf2\xf0,,,\r\n"].concat();
    assert!(desk.fault("people", old).contains("line 2: this is not UTF-8"));
    // p1 stood in most of those files, and in front of what was wrong.
    let taken = desk.import("people", people(""));
    assert!(String::from_utf8_lossy(&taken.stdout).contains("1 new"), "{taken:?}");
}

#[test]
fn spreadsheets_files_are_read_as_they_come() {
    let desk = Desk::new();
    let text = "\u{feff}ID;Name;Kind;Account\r\np1;\"Ёлкин; Пётр\";patient;-1 200,50\r\n";
    let taken = desk.import("people", text);
    assert!(taken.status.success(), "{taken:?}");
    let again = desk.import("people", text.replace("200,50", "300,50"));
    assert!(String::from_utf8_lossy(&again.stdout).contains("0 new, 1 changed"), "{again:?}");
    // What emptied columns and rows leave behind.
    let padded = "id;name;kind;;\r\np2;Иванова;Patient;;\r\n;;;;\r\np3;Петрова;patient\r\n";
    let taken = desk.import("people", padded);
    assert!(String::from_utf8_lossy(&taken.stdout).contains("2 new"), "{taken:?}");
    let fault = desk.fault("people", "id;name;kind\r\np4;Ёлкин;patient\r\n\r\np5;Ёлкин;friend\r\n");
    assert!(fault.contains("line 4, column kind"), "{fault}");
}

#[test]
fn a_report_as_csv_starts_no_formula() {
    let desk = Desk::new();
    let hostile = ["=1+1", "+7", "-cmd|' /C calc'!A0", "@SUM(A1:A9)"];
    let topics = format!("name\n{}\n", hostile.join("\n"));
    assert!(desk.import("topics", topics).status.success());
    let calls: String = (0..hostile.len())
        .map(|nth| {
            let (topic, at) = (hostile[nth], format!("2026-11-20 1{nth}:00"));
            format!("c{nth},in,+7942000000{nth},,answered,{at},1,2,{at},{topic},\"  \t=HYPERLINK(1)\"\n")
        })
        .collect();
    let taken = desk.import("calls", format!("{CALLS}{calls}"));
    assert!(taken.status.success(), "{taken:?}");
    for list in [&["--by", "topic"][..], &["--calls"], &["--by", "employee", "--then-by", "topic"]] {
        let text = desk.said(&[&["report", "--from", "2026-11-20", "--format", "csv"], list].concat());
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), hostile.len());
        for cell in rows.iter().flatten() {
            let number = cell.parse::<f64>().is_ok();
            assert!(number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
        }
    }
}

#[test]
fn a_report_says_what_it_cannot_do() {
    let desk = Desk::new();
    assert!(desk.refused(&["report"]).contains("there is no store"));
    assert!(desk.import("topics", "name\nИмплантация\n").status.success());
    assert!(desk.refused(&["report", "--topic", "Мыло"]).contains("there are: Имплантация"));
    assert!(desk.refused(&["report", "--from", "2026-11-20", "--to", "2026-11-19"]).contains("exchange"));
    assert_eq!(desk.json(&["--topic", "импл"])["total"]["calls"], 0);
    assert!(desk.import("topics", "name\nИмпланты\n").status.success());
    assert!(desk.refused(&["report", "--topic", "импл"]).contains("more than one topic"));
    assert!(desk.refused(&["report", "--from", "31.02.2026"]).contains("2026-11-20, 20.11.2026"));
    assert!(desk.refused(&["report", "--line", "1"]).contains("no line is called «1»"));
}

#[test]
fn a_report_takes_days_and_lines_as_people_write_them() {
    let desk = Desk::new();
    assert!(desk.import("lines", "number,name\n74950000001,Главный номер\n").status.success());
    let long = "очень ".repeat(100);
    let row = "c1,in,+79420000001,74950000001,answered,20.11.2026 10:00,1,2.5,2026-11-20 10:01,,";
    assert!(desk.import("calls", format!("{CALLS}{row}{long}\n")).status.success());
    let [dotted, iso] = ["20.11.2026", "2026-11-20"].map(|day| desk.json(&["--from", day, "--calls"]));
    assert_eq!(dotted, iso);
    for line in ["74950000001", "+7 495 000-00-01", "Главный"] {
        let report = desk.json(&["--to", "20.11.2026", "--line", line]);
        assert_eq!(report["total"]["calls"], 1, "{line}");
    }
    let excel = ["report", "--from", "20.11.2026", "--calls", "--format", "excel", "--language", "ru"];
    let excel = desk.said(&excel);
    assert!(excel.starts_with("\u{feff}Время;Направление;"), "{excel}");
    assert!(excel.contains(";0:00:01;0:00:02;") && excel.contains(long.trim_end()), "{excel}");
}
