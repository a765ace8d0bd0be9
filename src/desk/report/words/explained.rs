//! A figure in words: its formula with its numbers, its base, the calls it rests on and those it leaves out, and the
//! booking that made the newest of them count.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::Words;
use crate::desk::format;
use crate::desk::report::explaining::{Answer, Explaining};
use crate::desk::report::figures::{alone, count, figure, roubles};
use crate::desk::theme::Meaning;
use crate::domain::link::{Deed, DeedLink};
use crate::domain::report::{Explanation, Kind, Measure, Measures, Part, Query, Reason};
use crate::domain::visit::Stage;

#[derive(Clone, PartialEq, Debug)]
pub enum Told {
    Text(String, Meaning),
    Count { said: String, count: String, meaning: Meaning },
}

pub fn title(explaining: &Explaining, words: Words<'_>) -> String {
    let Some((of, measures)) = explaining.figure() else { return words.say("report-explained-call") };
    let name = words.measure(of.measure, of.query.kind);
    format!("{name}: {}", alone(of.measure, measures, words.look))
}

/// `gap`: what must be known of the time that is counted.
pub fn about(explaining: &Explaining, gap: Option<&(String, Meaning)>, words: Words<'_>) -> Vec<Told> {
    let Some((figure, measures)) = explaining.figure() else { return links(explaining, words) };
    let groups = figure.path.iter().map(|group| words.group(group));
    let row = if figure.path.is_empty() { words.say("report-total") } else { words.chain(groups) };
    let mut told = vec![Told::Text(row, Meaning::Name)];
    told.extend(formula(figure.measure, measures, figure.query.kind, words));
    told.push(blank());
    told.extend(counted(explaining, &figure.query, words));
    told.extend(gap.map(|(said, meaning)| Told::Text(said.clone(), *meaning)));
    told.extend(newest(explaining, words));
    told
}

fn blank() -> Told {
    Told::Text(String::new(), Meaning::Text)
}

/// In words, then in numbers.
fn formula(measure: Measure, of: &Measures, kind: Kind, words: Words<'_>) -> Vec<Told> {
    let key = match (measure, kind) {
        (Measure::Calls, Kind::Calls) => "formula-calls",
        (Measure::Calls, Kind::Patients) => "formula-contacts",
        (Measure::Taken, _) => "formula-taken",
        (Measure::Missed, Kind::Calls) => "formula-missed",
        (Measure::Missed, Kind::Patients) => "formula-missed-contacts",
        (Measure::Wait, _) => "formula-wait",
        (Measure::Talk, _) => "formula-talk",
        (Measure::Booked, _) => "formula-booked",
        (Measure::BookedPercent, _) => "formula-booked-percent",
        (Measure::Held, _) => "formula-held",
        (Measure::HeldPercent, _) => "formula-held-percent",
        (Measure::Money, _) => "formula-money",
        (Measure::AverageMoney, _) => "formula-average-money",
    };
    let text = Told::Text(words.say(key), Meaning::Text);
    let numbers = division(measure, of, words).map(|numbers| Told::Text(numbers, Meaning::Key));
    [text].into_iter().chain(numbers).chain(base(measure, of, kind, words)).collect()
}

/// `128 ÷ 290 = 44,1 %`; `None` of what is counted and not divided, or has nothing to be divided by.
fn division(measure: Measure, of: &Measures, words: Words<'_>) -> Option<String> {
    of.value(measure)?;
    let length = |sum: Duration| format::duration(sum);
    let (sum, by) = match measure {
        Measure::Wait => (length(of.wait), of.calls),
        Measure::Talk => (length(of.talk), of.taken),
        Measure::BookedPercent => (words.whole(of.booked), of.taken),
        Measure::HeldPercent => (words.whole(of.held), of.taken),
        Measure::AverageMoney => (roubles(of.money, words.look), of.held),
        _ => return None,
    };
    let signs = words.look.signs;
    let (by, quotient) = (count(by, words.look), alone(measure, of, words.look));
    Some(format!("{sum} {} {by} = {quotient}", signs.divided))
}

/// What a share or an average is of.
fn base(measure: Measure, of: &Measures, kind: Kind, words: Words<'_>) -> Option<Told> {
    let base = match measure {
        Measure::Wait => Measure::Calls,
        Measure::Talk | Measure::BookedPercent | Measure::HeldPercent => Measure::Taken,
        Measure::AverageMoney => Measure::Held,
        _ => return None,
    };
    let (name, count) = (words.measure(base, kind), figure(base, of, words.look));
    let said = words.look.say_with("report-base", &[("name", name.into()), ("count", count.into())]);
    Some(Told::Text(said, Meaning::Label))
}

/// From all calls of the period to those behind the figure.
fn counted(explaining: &Explaining, query: &Query, words: Words<'_>) -> Vec<Told> {
    let explanation = match &explaining.explanation {
        Answer::Told(explanation) => explanation,
        Answer::Awaited => return vec![Told::Text(words.say("report-counting"), Meaning::Muted)],
        Answer::Refused => return vec![Told::Text(words.say("report-not-explained"), Meaning::Muted)],
    };
    let line = |said: String, count: u64, meaning| Told::Count { said, count: words.whole(count), meaning };
    let mut told = vec![line(words.say("report-considered"), explanation.considered, Meaning::Text)];
    for (reason, left_out) in &explanation.left_out {
        let said = format!("  {}", words.reason(*reason, explanation.measure));
        let count = format!("{}{}", words.look.signs.minus, words.whole(*left_out));
        told.push(Told::Count { said, count, meaning: Meaning::Label });
    }
    told.push(line(words.say("report-counted"), explanation.counted, Meaning::Name));
    told.extend(contacts(explanation, query.kind, words));
    told
}

fn contacts(explanation: &Explanation, kind: Kind, words: Words<'_>) -> Option<Told> {
    let count = words.whole(explanation.contacts);
    let said = words.say("report-counted-contacts");
    (kind == Kind::Patients).then_some(Told::Count { said, count, meaning: Meaning::Name })
}

/// Of a figure that rests on bookings, the booking of the newest call behind it.
fn newest(explaining: &Explaining, words: Words<'_>) -> Vec<Told> {
    let links = explaining.links.told().into_iter().flatten().filter(|link| link.deed == Deed::Booked);
    let Some(link) = links.max_by_key(|link| link.at) else { return Vec::new() };
    let heading = Told::Text(words.say("report-newest-link"), Meaning::Label);
    [blank(), heading].into_iter().chain(link_told(link, words)).collect()
}

/// All that was done in one call.
fn links(explaining: &Explaining, words: Words<'_>) -> Vec<Told> {
    let said = |key: &str, meaning| vec![Told::Text(words.say(key), meaning)];
    match &explaining.links {
        Answer::Awaited => said("report-counting", Meaning::Muted),
        Answer::Refused => said("report-not-explained", Meaning::Muted),
        Answer::Told(links) if links.is_empty() => said("report-no-links", Meaning::Text),
        Answer::Told(links) => links.iter().flat_map(|link| link_told(link, words)).collect(),
    }
}

/// «запись 13:41, разговор 13:00–13:15, окно до 13:45», then the visit itself.
fn link_told(link: &DeedLink, words: Words<'_>) -> [Told; 2] {
    let clock = |instant: DateTime<Utc>| format::clock(instant, words.look);
    let (opens, closes) = link.window();
    // The nearer edge of the window is the one that decided.
    let (key, edge) =
        if link.at < link.talk_from { ("report-window-from", opens) } else { ("report-window-to", closes) };
    let window = words.look.say_with(key, &[("at", clock(edge).into())]);
    let deed = words.say(match link.deed {
        Deed::Booked => "deed-booked",
        Deed::Moved => "deed-moved",
        Deed::Cancelled => "deed-cancelled",
    });
    let talk = format!("{}{}{}", clock(link.talk_from), words.look.signs.to, clock(link.talk_to));
    let values = [
        ("day", format::date(words.look.day(link.at), words.look).into()),
        ("deed", deed.into()),
        ("at", clock(link.at).into()),
        ("talk", talk.into()),
        ("window", window.into()),
    ];
    let why = Told::Text(words.look.say_with("report-link", &values), Meaning::Text);
    [why, Told::Text(visit(link, words), Meaning::Label)]
}

fn visit(link: &DeedLink, words: Words<'_>) -> String {
    let day = format::date(words.look.day(link.starts_at), words.look);
    let when = format!("{day} {}", format::clock(link.starts_at, words.look));
    let stage = words.say(match link.stage {
        Stage::Booked => "stage-booked",
        Stage::Confirmed => "stage-confirmed",
        Stage::Held => "stage-held",
        Stage::Cancelled => "stage-cancelled",
        Stage::Lost => "stage-lost",
    });
    let money = (link.money.0 != 0).then(|| format::money(link.money, words.look));
    let named = [link.doctor.clone(), link.speciality.clone()].into_iter().filter(|name| !name.is_empty());
    let parts: Vec<String> = [when].into_iter().chain(named).chain([stage]).chain(money).collect();
    words.look.say_with("report-visit", &[("visit", parts.join(", ").into())])
}

impl Words<'_> {
    /// Why calls are not behind a figure.
    fn reason(&self, reason: Reason, measure: Measure) -> String {
        let key = match reason {
            Reason::OtherRow => "left-out-other-row",
            Reason::NotCounted => match measure.counted() {
                Measure::Taken | Measure::Talk => "left-out-not-taken",
                Measure::Missed => "left-out-not-missed",
                Measure::Booked => "left-out-not-booked",
                Measure::Held => "left-out-not-held",
                Measure::Money => "left-out-no-money",
                _ => "left-out-not-counted",
            },
            Reason::Filter(Part::PatientsOnly) => "left-out-not-patients",
            Reason::Filter(Part::Only(level)) => {
                return self.look.say_with("left-out-only", &[("level", self.level(level).into())]);
            }
            Reason::Filter(Part::Wait) => "left-out-wait",
            Reason::Filter(Part::Talk) => "left-out-talk",
            Reason::Filter(Part::Recording) => "left-out-recording",
            Reason::Filter(Part::Comment) => "left-out-comment",
            Reason::Filter(Part::Matching) => "left-out-matching",
        };
        self.say(key)
    }
}
