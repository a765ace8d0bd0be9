//! What a provider says of a true call, in our own words: step by step while it runs, and as its record of the past
//! has it at any later moment.

use std::time::Duration;

use chrono::{DateTime, Utc};
use pult::domain::advert::Advert;
use pult::domain::call::{CallKey, Direction, Phase, Snapshot, Transfer};
use pult::domain::lead::Lead;
use pult::domain::phone::{Phone, Remote};

use super::day::{CAMPAIGNS, Day, Request, TAGS, TrueCall, seconds};

pub const PROVIDER: &str = "truth";

/// What is told while it runs, with the moment of each.
pub fn live(day: &Day, call: &TrueCall) -> Vec<(DateTime<Utc>, Snapshot)> {
    let mut told = vec![(call.begins, ringing(day, call))];
    for (position, (begins, _)) in call.spans().into_iter().enumerate() {
        told.push((begins, talking(day, call, position)));
    }
    if let (Some((after, lasts)), Some(answered)) = (call.hold, call.answered()) {
        let begins = answered + seconds(after);
        told.push((begins, Snapshot { phase: Phase::OnHold, ..talking(day, call, 0) }));
        let hold = Duration::from_secs(lasts as u64);
        told.push((begins + seconds(lasts), Snapshot { hold, ..talking(day, call, 0) }));
    }
    let known_at_once = Snapshot { settled: false, recording: None, ..ended(day, call) };
    let late = call.advert.as_ref().is_some_and(|advert| advert.known > 0);
    let advert = known_at_once.advert.clone().filter(|_| !late);
    told.push((call.ends(), Snapshot { advert, ..known_at_once }));
    told.sort_by_key(|(at, _)| *at);
    told
}

/// As the record has it at `now`; `None` before it has it.
pub fn record(day: &Day, call: &TrueCall, now: DateTime<Utc>) -> Option<Snapshot> {
    let since = (now - call.ends()).num_seconds();
    let mut told = (since >= call.reported).then(|| ended(day, call))?;
    if call.sound.as_ref().is_some_and(|sound| since < sound.ready) {
        told.recording = None;
    }
    if call.advert.as_ref().is_some_and(|advert| since < advert.known) {
        told.advert = None;
    }
    if let Some((wrong, _)) = call.correction.filter(|(_, until)| since < *until) {
        told.talk += Duration::from_secs(wrong as u64);
        told.ended_at = told.ended_at.map(|at| at + seconds(wrong));
    }
    Some(told)
}

/// All there is to know of it in the end.
pub fn ended(day: &Day, call: &TrueCall) -> Snapshot {
    let transfers = call.talks.iter().skip(1).map(|talk| Transfer {
        kind: talk.kind,
        to: day.extension(talk.by),
        talk: Duration::from_secs(talk.lasts as u64),
    });
    let own = call.talks.first().map_or(0, |talk| talk.lasts);
    Snapshot {
        phase: Phase::Ended,
        result: Some(call.result),
        agent: agent(day, call),
        holder: call.talks.last().map(|talk| day.extension(talk.by)).or_else(|| agent(day, call)),
        ringing: vec![],
        answered_at: call.answered(),
        ended_at: Some(call.ends()),
        wait: Duration::from_secs(call.wait as u64),
        talk: Duration::from_secs(own as u64),
        hold: Duration::from_secs(call.hold.map_or(0, |(_, lasts)| lasts as u64)),
        transfers: transfers.collect(),
        recording: call.sound.as_ref().map(|sound| sound.hash.clone()),
        advert: call.advert.as_ref().map(|advert| {
            let campaign = Some(CAMPAIGNS[advert.campaign].to_owned());
            Box::new(Advert { campaign, search_words: Some(advert.words.into()), ..Advert::default() })
        }),
        tags: call.tag.map(|tag| TAGS[tag].to_owned()).into_iter().collect(),
        settled: true,
        ..ringing(day, call)
    }
}

/// Who answered, or who placed the call.
fn agent(day: &Day, call: &TrueCall) -> Option<String> {
    match call.direction {
        Direction::Incoming => call.talks.first().map(|talk| day.extension(talk.by)),
        Direction::Outgoing | Direction::Internal => call.rung.first().map(|by| day.extension(*by)),
    }
}

fn ringing(day: &Day, call: &TrueCall) -> Snapshot {
    let outside = call.direction != Direction::Internal;
    Snapshot {
        key: CallKey { provider: PROVIDER.into(), id: call.id.to_string() },
        direction: call.direction,
        remote: match call.number {
            Some(number) => Remote::Number(Phone(number)),
            None if outside => Remote::Withheld,
            None => Remote::Other("199".into()),
        },
        name: None,
        line: outside.then(|| day.lines[call.line].0.clone()),
        queue: None,
        phase: Phase::Ringing,
        result: None,
        agent: agent(day, call).filter(|_| call.direction != Direction::Incoming),
        holder: None,
        ringing: call.rung.iter().map(|by| day.extension(*by)).collect(),
        started_at: call.begins,
        answered_at: None,
        ended_at: None,
        wait: Duration::ZERO,
        talk: Duration::ZERO,
        hold: Duration::ZERO,
        transfers: vec![],
        recording: None,
        advert: None,
        tags: vec![],
        settled: false,
    }
}

/// From the beginning of the talk of this position on.
fn talking(day: &Day, call: &TrueCall, position: usize) -> Snapshot {
    let whole = ended(day, call);
    let transfers = whole.transfers.into_iter().take(position);
    Snapshot {
        phase: Phase::Talking,
        agent: whole.agent,
        holder: Some(day.extension(call.talks[position].by)),
        ringing: vec![],
        answered_at: whole.answered_at,
        wait: whole.wait,
        talk: if position > 0 { whole.talk } else { Duration::ZERO },
        hold: if position > 0 { whole.hold } else { Duration::ZERO },
        transfers: transfers.map(|transfer| Transfer { talk: Duration::ZERO, ..transfer }).collect(),
        ..ringing(day, call)
    }
}

pub fn lead(request: &Request) -> Lead {
    Lead {
        source: PROVIDER.into(),
        id: request.id.to_string(),
        left_at: request.left_at,
        remote: Remote::Number(Phone(request.number)),
        name: None,
        email: None,
        text: request.text.clone(),
        advert: Advert { campaign: Some(CAMPAIGNS[request.campaign].to_owned()), ..Advert::default() },
    }
}
