//! Rows to records: what each value means and what must go together.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::Fault;
use super::value::Value;
use super::wire;
use crate::domain::call::{CallKey, CallResult, Direction, Phase, Snapshot, Transfer, TransferKind};
use crate::domain::clinic::{
    CallRecord, LineRecord, PersonRecord, TaskRecord, TopicRecord, VisitRecord, WrapUpRecord,
};
use crate::domain::person::{PersonKind, Policy};
use crate::domain::phone::Remote;
use crate::domain::visit::Stage;

/// The provider in the keys of calls that came from a file.
const PROVIDER: &str = "import";

const KINDS: [(&str, PersonKind); 3] = [
    ("patient", PersonKind::Patient),
    ("employee", PersonKind::Employee),
    ("counterparty", PersonKind::Counterparty),
];
const STAGES: [(&str, Stage); 5] = [
    ("booked", Stage::Booked),
    ("confirmed", Stage::Confirmed),
    ("held", Stage::Held),
    ("cancelled", Stage::Cancelled),
    ("lost", Stage::Lost),
];
const DIRECTIONS: [(&str, Direction); 3] =
    [("in", Direction::Incoming), ("out", Direction::Outgoing), ("internal", Direction::Internal)];
const RESULTS: [(&str, CallResult); 7] = [
    ("answered", CallResult::Answered),
    ("missed", CallResult::Missed),
    ("no_answer", CallResult::NoAnswer),
    ("busy", CallResult::Busy),
    ("failed", CallResult::Failed),
    ("agent_no_answer", CallResult::AgentNoAnswer),
    ("rejected", CallResult::Rejected),
];
const TRANSFERS: [(&str, TransferKind); 2] =
    [("blind", TransferKind::Blind), ("attended", TransferKind::Attended)];

/// The value of a column, known by the field's own name.
macro_rules! value {
    ($row:ident.$column:ident) => {
        Value { column: stringify!($column), text: $row.$column }
    };
}

/// A value that must stand there.
macro_rules! required {
    ($row:ident.$column:ident, $($read:tt)+) => {{
        let value = value!($row.$column);
        value.required(value.$($read)+?)
    }};
}

pub fn person(row: &wire::Person) -> Result<PersonRecord, Fault> {
    let kind = required!(row.kind, word(&KINDS))?;
    for staff in [value!(row.extension), value!(row.branch)] {
        if kind != PersonKind::Employee && staff.optional_text().is_some() {
            return Err(staff.fault("only employees have one".to_owned()));
        }
    }
    Ok(PersonRecord {
        code: value!(row.id).required_text()?,
        kind,
        name: value!(row.name).required_text()?,
        born: value!(row.born).day()?,
        phones: value!(row.phones).phones()?,
        family: value!(row.family).optional_text(),
        parent: value!(row.parent).optional_text(),
        account: value!(row.account).money()?,
        treatment_total: value!(row.treatment_total).money()?,
        insured_total: value!(row.insured_total).money()?,
        policy: policy(row)?,
        comment: value!(row.comment).lines(),
        extra_comment: value!(row.extra_comment).lines(),
        extension: value!(row.extension).optional_text(),
        branch: value!(row.branch).optional_text(),
    })
}

/// All four columns or none.
fn policy(row: &wire::Person) -> Result<Option<Policy>, Fault> {
    let whole = [row.policy_insurer, row.policy_number, row.policy_from, row.policy_until].concat();
    if whole.trim().is_empty() {
        return Ok(None);
    }
    Ok(Some(Policy {
        insurer: value!(row.policy_insurer).required_text()?,
        number: value!(row.policy_number).required_text()?,
        from: required!(row.policy_from, day())?,
        until: required!(row.policy_until, day())?,
    }))
}

pub fn visit(row: &wire::Visit, zone: Tz) -> Result<VisitRecord, Fault> {
    Ok(VisitRecord {
        code: value!(row.id).required_text()?,
        patient: value!(row.patient).required_text()?,
        branch: value!(row.branch).optional_text(),
        doctor: value!(row.doctor).required_text()?,
        speciality: value!(row.speciality).text(),
        starts_at: required!(row.starts_at, instant(zone))?,
        minutes: value!(row.minutes).minutes()?,
        stage: required!(row.stage, word(&STAGES))?,
        booked_at: required!(row.booked_at, instant(zone))?,
        moved_at: value!(row.moved_at).instant(zone)?,
        cancelled_at: value!(row.cancelled_at).instant(zone)?,
        money: value!(row.money).money()?,
        comment: value!(row.comment).lines(),
    })
}

pub fn task(row: &wire::Task, zone: Tz) -> Result<TaskRecord, Fault> {
    Ok(TaskRecord {
        code: value!(row.id).required_text()?,
        person: value!(row.person).required_text()?,
        text: value!(row.text).required_text()?,
        due_at: required!(row.due_at, instant(zone))?,
        done_at: value!(row.done_at).instant(zone)?,
    })
}

pub fn line(row: &wire::Line) -> Result<LineRecord, Fault> {
    Ok(LineRecord {
        number: value!(row.number).required_text()?,
        name: value!(row.name).text(),
        channel: value!(row.channel).optional_text(),
        script: value!(row.script).lines(),
        branch: value!(row.branch).optional_text(),
        address: value!(row.address).text(),
    })
}

pub fn topic(row: &wire::Topic) -> Result<TopicRecord, Fault> {
    Ok(TopicRecord { name: value!(row.name).required_text()? })
}

pub fn call(row: &wire::Call, zone: Tz) -> Result<CallRecord, Fault> {
    Ok(CallRecord { snapshot: snapshot(row, zone)?, wrapup: wrapup(row, zone)? })
}

fn snapshot(row: &wire::Call, zone: Tz) -> Result<Snapshot, Fault> {
    let direction = required!(row.direction, word(&DIRECTIONS))?;
    let result = required!(row.result, word(&RESULTS))?;
    let started_at: DateTime<Utc> = required!(row.started_at, instant(zone))?;
    let (wait, talk) = (value!(row.wait_s).seconds()?, value!(row.talk_s).seconds()?);
    fits(row, direction, result)?;
    let transfers = transfers(row)?;
    let answered_at = (result == CallResult::Answered).then_some(started_at + wait);
    let talk_in_all = talk + transfers.iter().map(|transfer| transfer.talk).sum::<std::time::Duration>();
    let agent = value!(row.agent).optional_text();
    Ok(Snapshot {
        key: CallKey { provider: PROVIDER.to_owned(), id: value!(row.id).required_text()? },
        direction,
        remote: Remote::parse(row.number),
        name: None,
        line: value!(row.line).optional_text(),
        queue: None,
        phase: Phase::Ended,
        result: Some(result),
        holder: transfers.last().map(|transfer| transfer.to.clone()).or_else(|| agent.clone()),
        agent,
        ringing: vec![],
        started_at,
        answered_at,
        ended_at: started_at.checked_add_signed(TimeDelta::from_std(wait + talk_in_all).unwrap_or_default()),
        wait,
        talk,
        hold: value!(row.hold_s).seconds()?,
        transfers,
        recording: value!(row.recording).optional_text(),
        advert: None,
        tags: vec![],
        settled: false,
    })
}

/// A result says which way the call went, and whether anybody talked.
fn fits(row: &wire::Call, direction: Direction, result: CallResult) -> Result<(), Fault> {
    let possible = match result {
        CallResult::Answered | CallResult::Rejected => true,
        CallResult::Missed => direction == Direction::Incoming,
        CallResult::NoAnswer | CallResult::Busy | CallResult::Failed | CallResult::AgentNoAnswer => {
            direction != Direction::Incoming
        }
    };
    let talk = value!(row.talk_s);
    if !possible {
        return Err(
            value!(row.result).fault(format!("a call «{}» does not end «{}»", row.direction, row.result))
        );
    }
    if result != CallResult::Answered && !talk.seconds()?.is_zero() {
        return Err(talk.fault(format!("a call that ended «{}» has no talk; write 0", row.result)));
    }
    Ok(())
}

fn transfers(row: &wire::Call) -> Result<Vec<Transfer>, Fault> {
    let Some(kind) = value!(row.transfer).word(&TRANSFERS)? else { return Ok(vec![]) };
    let to = value!(row.transfer_to).required_text()?;
    Ok(vec![Transfer { kind, to, talk: value!(row.transfer_talk_s).seconds()? }])
}

/// There is one when it has a time.
fn wrapup(row: &wire::Call, zone: Tz) -> Result<Option<WrapUpRecord>, Fault> {
    let said =
        [row.employee, row.who, row.who_text, row.about, row.caller_type, row.topic, row.comment].concat();
    let saved_at = value!(row.wrapped_at);
    let Some(time) = saved_at.instant(zone)? else {
        return match said.trim().is_empty() {
            true => Ok(None),
            false => Err(saved_at.fault("a wrap-up needs the time it was saved at".to_owned())),
        };
    };
    Ok(Some(WrapUpRecord {
        saved_at: time,
        employee: value!(row.employee).optional_text(),
        who: value!(row.who).optional_text(),
        who_text: value!(row.who_text).text(),
        about: value!(row.about).optional_text(),
        caller_type: value!(row.caller_type).optional_text(),
        topic: value!(row.topic).optional_text(),
        comment: value!(row.comment).lines(),
    }))
}
