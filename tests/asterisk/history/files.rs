//! Files as they are in life: rotated, cut short, half written, large, in Asterisk's own order of columns, hostile.

use std::fmt::Write as _;
use std::io::Write as _;

use chrono::{DateTime, TimeDelta, Utc};
use pult::domain::call::{CallResult, Direction};
use pult::domain::phone::Remote;
use pult::telephony::asterisk::history::{Book, Kept, Origin, Record, RecordError, Written};
use pult::telephony::{History, HistoryError};

use super::events::{CDR, CEL, rows, separated};
use super::{Files, book, calls, whole};

#[test]
fn a_line_that_is_being_written_waits_for_its_end() {
    let files = Files::new().cel("b3_direct_missed");
    let text = std::fs::read_to_string(files.path("cel.csv")).unwrap();
    let (before, last) = text.trim_end().rsplit_once('\n').unwrap();
    assert!(before.contains("HANGUP") && last.contains("LINKEDID_END"));
    let (unfinished, _) = before.split_once("\"HANGUP\"").unwrap();
    std::fs::write(files.path("cel.csv"), format!("{unfinished}\"HANGUP\",\"2026-11-21 19")).unwrap();
    let page = whole(&files.record());
    assert_eq!((page.calls.len(), page.unread), (0, 0), "it is not over, and nothing is wrong");
    std::fs::write(files.path("cel.csv"), text).unwrap();
    assert_eq!(calls(&files.record()).len(), 1);
}

#[test]
fn what_was_rotated_away_is_still_read_and_a_file_that_is_gone_is_said() {
    let files = Files::new().cel("a_queue_answered").cdr("a_queue_answered");
    let text = std::fs::read_to_string(files.path("cel.csv")).unwrap();
    let half = text.match_indices('\n').nth(9).unwrap().0 + 1;
    std::fs::write(files.path("cel.csv.1"), &text[..half]).unwrap();
    std::fs::write(files.path("cel.csv"), &text[half..]).unwrap();
    std::fs::rename(files.path("cdr.csv"), files.path("cdr.csv-20261122")).unwrap();
    let got = calls(&files.record());
    assert_eq!(got.len(), 1);
    assert_eq!(got[0].result, Some(CallResult::Answered));
    assert!(got[0].recording.is_some());
    std::fs::remove_file(files.path("cdr.csv-20261122")).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let refused = runtime.block_on(files.record().page(&super::day(), None));
    assert!(matches!(refused, Err(HistoryError::Unreachable(reason)) if reason.contains("cdr.csv")));
}

/// `Master.csv` as `cdr_csv` writes it, with and without what `cdr.conf` adds.
#[test]
fn the_stock_file_is_read_with_whatever_columns_it_has() {
    let row = |more: &str| {
        format!(
            "\"\",\"+79161234567\",\"74950000002\",\"did\",\"\"\"Иван\"\" <+79161234567>\",\"PJSIP/trunk-00000067\",\
             \"PJSIP/101-00000068\",\"Dial\",\"PJSIP/101,20,t\",\"2026-11-21 19:40:58\",\"2026-11-21 19:41:00\",\
             \"2026-11-21 19:41:07\",9,7,\"ANSWERED\",\"DOCUMENTATION\"{more}\n"
        )
    };
    let forms = [
        ",\"1.397\"",
        ",\"1.397\",\"user\"",
        ",\"1.398\",\"\",\"1.397\",218",
        ",\"1.398\",\"user\",\"\",\"1.397\",218",
    ];
    for more in forms {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Master.csv");
        std::fs::write(&path, row(more)).unwrap();
        let kept = Kept { cdr: Some(Written::master(path)), cel: None };
        let page = whole(&Record::new(book(Origin::Files(kept))));
        assert_eq!((page.calls.len(), page.unread), (1, 0), "{more}");
        for call in page.calls {
            assert_eq!((call.key.id.as_str(), call.agent.as_deref()), ("1.397", Some("101")));
            assert_eq!((call.wait.as_secs(), call.talk.as_secs()), (2, 7));
            assert_eq!(call.name.as_deref(), Some("Иван"));
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Master.csv");
    std::fs::write(&path, row("")).unwrap();
    let record = Record::new(book(Origin::Files(Kept { cdr: Some(Written::master(path)), cel: None })));
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let refused = runtime.block_on(record.page(&super::day(), None)).unwrap_err();
    assert!(matches!(&refused, HistoryError::Refused(reason) if reason.contains("16 columns")), "{refused}");
}

#[test]
fn a_row_that_cannot_be_read_is_counted_once() {
    let files = Files::new().cdr("d_two_calls");
    let text = std::fs::read_to_string(files.path("cdr.csv")).unwrap();
    let (first, rest) = text.split_once('\n').unwrap();
    std::fs::write(files.path("cdr.csv"), format!("{first}\n\"what\",\"is this\"\n{rest}")).unwrap();
    let page = whole(&files.record());
    assert_eq!((page.calls.len(), page.unread), (2, 1));
}

/// The rows as cdr_custom wrote them in that scenario.
#[test]
fn rows_of_a_custom_file_are_read_as_they_are() {
    let columns = "start,clid,src,dst,dcontext,channel,dstchannel,lastapp,duration,billsec,disposition,uniqueid,\
                   linkedid,sequence,recordingfile";
    let text = include_str!("../../data/cdr_custom/h_attended_transfer.csv");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("custom.csv");
    std::fs::write(&path, text).unwrap();
    let columns = columns.split(',').map(str::to_owned).collect();
    let got = calls(&Record::new(book(Origin::Files(Kept {
        cdr: Some(Written::custom(path, columns)),
        cel: None,
    }))));
    let [call] = got.as_slice() else { panic!("{got:#?}") };
    assert_eq!((call.direction, call.agent.as_deref()), (Direction::Incoming, Some("101")));
    assert_eq!(call.transfers[0].to, "102");
    assert!((call.transfers[0].talk.as_secs_f64() - 4.5).abs() < 0.6);
    assert!(call.recording.as_deref().unwrap().ends_with("1795290058.397.wav"));
}

#[test]
fn a_file_that_cannot_tell_calls_is_refused_in_words() {
    let path = || "x.csv".into();
    let columns = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let refused = |cdr: Option<Written>, cel: Option<Written>| {
        let origin = Origin::Files(Kept { cdr, cel });
        Book { origin, trunks: vec![], zone: chrono_tz::Tz::UTC }.checked().unwrap_err()
    };
    assert_eq!(refused(None, None), RecordError::Nothing);
    let lacking = Written::custom(path(), columns(&["start", "channel", "disposition"]));
    assert_eq!(refused(Some(lacking), None), RecordError::Columns { log: "cdr", missing: "uniqueid" });
    let lacking =
        Written::custom(path(), columns(&["eventtype", "eventtime", "channame", "uniqueid", "linkedid"]));
    assert_eq!(refused(None, Some(lacking)), RecordError::Columns { log: "cel", missing: "extra" });
}

/// A month of calls in one file: only what is wanted is looked at, and it is all there.
#[test]
fn a_large_file_is_read_from_where_the_time_begins() {
    let start: DateTime<Utc> = "2026-11-01T00:00:00Z".parse().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cdr.csv");
    let mut text = String::new();
    for call in 0..60_000_i64 {
        let at = |seconds: i64| (start + TimeDelta::seconds(call * 40 + seconds)).format("%Y-%m-%d %H:%M:%S");
        writeln!(
            text,
            "\"{}\",\"{}\",\"{}\",\"\",\"+79161234567\",\"74950000002\",\"PJSIP/trunk-{call:08x}\",\
             \"PJSIP/101-{call:08x}\",\"Dial\",\"PJSIP/101\",\"30\",\"25\",\"ANSWERED\",\"{call}.1\",\"{call}.1\",\"\",\"\"",
            at(0),
            at(5),
            at(30)
        )
        .unwrap();
    }
    std::fs::write(&path, text).unwrap();
    let columns = CDR.iter().map(|(name, _)| (*name).to_owned()).collect();
    let kept = Kept { cdr: Some(Written::custom(path, columns)), cel: None };
    let record = Record::new(book(Origin::Files(kept)));
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    for day in [0, 13, 27] {
        let span = start + TimeDelta::days(day)..start + TimeDelta::days(day) + TimeDelta::hours(2);
        let page = runtime.block_on(record.page(&span, None)).unwrap();
        assert_eq!((page.calls.len(), page.unread, page.next), (180, 0, None));
        assert_eq!(page.calls[0].key.id, format!("{}.1", day * 2160));
    }
}

/// A reading may begin in the middle of a call: what is read then is no other call, and no shorter one.
#[test]
fn a_call_that_began_before_is_told_whole_or_not_at_all() {
    for name in ["a_queue_answered", "c2_queue_short_retries", "g_blind_transfer", "h_attended_transfer"] {
        for files in [Files::new().cel(name), Files::new().cdr(name), Files::new().cel(name).cdr(name)] {
            let record = files.record();
            let wanted = calls(&record);
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            let (first, last) = (wanted[0].started_at, wanted.last().unwrap().ended_at.unwrap());
            for seconds in 0..=(last - first).num_seconds() {
                let from = first + TimeDelta::seconds(seconds);
                let page = runtime.block_on(record.page(&(from..last + TimeDelta::hours(1)), None)).unwrap();
                let whole: Vec<_> = wanted.iter().filter(|call| call.started_at >= from).cloned().collect();
                assert_eq!(page.calls, whole, "{name} from second {seconds}");
            }
        }
    }
}

/// What a caller writes into his number is one value, whatever it looks like: no row of its own.
#[test]
fn a_number_with_line_breaks_and_quotes_forges_no_call() {
    let forged = "7916\r\n\"CHAN_START\",\"2026-11-21 19:00:00\",\"\",\"+79990000000\"";
    let mut told = rows("a_queue_answered", "CEL", &CEL);
    for row in &mut told {
        row.iter_mut().filter(|value| *value == "+79161234567").for_each(|value| *value = forged.to_owned());
    }
    let files = Files::new().cel("a_queue_answered");
    std::fs::File::create(files.path("cel.csv")).unwrap().write_all(separated(&told).as_bytes()).unwrap();
    let page = whole(&files.record());
    assert_eq!((page.calls.len(), page.unread), (1, 0));
    assert_eq!(page.calls[0].remote, Remote::parse("7916"));
    assert_eq!(page.calls[0].result, Some(CallResult::Answered));
}
