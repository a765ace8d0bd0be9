//! Times in which nobody told us of calls: what the status line says of today's, what the report says of its period's,
//! and the list of them. Said calmly, and never by a colour alone.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::format;
use super::layer::Row;
use super::look::Look;
use super::reason;
use super::theme::Meaning;
use crate::domain::gap::{Cause, Gap, Restored, Source, Sum};

/// What went well is said so long, unless somebody looked.
const GOOD_NEWS: TimeDelta = TimeDelta::hours(1);

/// What the desk knows of today's gaps.
#[derive(Debug, Default)]
pub struct Gaps {
    /// The oldest first.
    today: Vec<Gap>,
    /// When the list was looked at.
    seen_at: Option<DateTime<Utc>>,
    /// Kept until the gaps it is shown with have come.
    pub sources: Vec<Source>,
}

/// A text in its style, as long as possible and as short as possible.
#[derive(Clone, PartialEq, Debug)]
pub struct Said {
    pub long: String,
    pub short: String,
    pub meaning: Meaning,
}

impl Gaps {
    pub fn learn(&mut self, gaps: Vec<Gap>) {
        self.today = gaps;
    }

    pub fn follow(&mut self, gap: Gap) {
        let same = |known: &&mut Gap| known.source == gap.source && known.began_at == gap.began_at;
        match self.today.iter_mut().find(same) {
            Some(known) => *known = gap,
            None => self.today.push(gap),
        }
    }

    pub fn look(&mut self, now: DateTime<Utc>) {
        self.seen_at = Some(now);
    }

    /// What the status line says beside the link: what is under way, then what is lost, then what is whole again.
    pub fn in_short(&self, look: &Look, now: DateTime<Utc>) -> Option<Said> {
        let newest = |wanted: &dyn Fn(&Gap) -> bool| self.today.iter().rev().find(|gap| wanted(gap));
        let deaf = newest(&|gap| gap.cause == Cause::Listener && gap.ended_at.is_none());
        deaf.or_else(|| newest(&|gap| gap.ended_at.is_some() && gap.restored == Restored::Pending))
            .or_else(|| newest(&|gap| gap.ended_at.is_some() && self.is_lost(gap)))
            .or_else(|| newest(&|gap| self.is_news(gap, now)))
            .map(|gap| in_short(gap, look, now))
    }

    /// A night without pult is no news once it was looked at; a break of the day stays for the day.
    fn is_lost(&self, gap: &Gap) -> bool {
        gap.is_open() && !(gap.cause == Cause::Ourselves && self.is_seen(gap))
    }

    fn is_news(&self, gap: &Gap, now: DateTime<Utc>) -> bool {
        let fresh = gap.ended_at.is_some_and(|ended| now - ended < GOOD_NEWS);
        fresh && gap.matters() && !self.is_seen(gap)
    }

    fn is_seen(&self, gap: &Gap) -> bool {
        self.seen_at.is_some_and(|seen| gap.ended_at.is_some_and(|ended| ended <= seen))
    }
}

fn in_short(gap: &Gap, look: &Look, now: DateTime<Utc>) -> Said {
    let span = span(gap, look, look.day(now));
    let of_span = |key: &str| look.say_with(key, &[("span", span.as_str().into())]);
    let warned = |said: String, short: String| Said {
        long: format!("! {said}"),
        short: format!("! {short}"),
        meaning: Meaning::Warning,
    };
    match gap.restored {
        _ if gap.ended_at.is_none() => {
            let since = format::clock(gap.began_at, look);
            let said = look.say_with("status-gap-deaf", &[("since", since.into())]);
            warned(said.clone(), said)
        }
        Restored::Pending => {
            let said = of_span("status-gap-restoring");
            Said { short: format!("{span} {}", look.signs.ellipsis), long: said, meaning: Meaning::Bar }
        }
        Restored::Unknown => warned(of_span("status-gap-unknown"), of_span("status-gap-unknown")),
        Restored::Counted { whole, found } => {
            let counts = [("span", span.as_str().into()), ("whole", whole.into()), ("found", found.into())];
            let said = look.say_with("status-gap-restored", &counts);
            let short = format!("{span} {whole}/{found}");
            match whole < found {
                true => warned(said, short),
                false => Said {
                    long: format!("{} {said}", look.signs.ended),
                    short: format!("{} {short}", look.signs.ended),
                    meaning: Meaning::Success,
                },
            }
        }
    }
}

/// `14:02–14:31`, with the day where it is not today's; an ellipsis while it lasts.
fn span(gap: &Gap, look: &Look, today: NaiveDate) -> String {
    let began = look.day(gap.began_at);
    let from = on_day(gap.began_at, (began != today).then_some(began), look);
    let to = gap.ended_at.map_or_else(
        || look.signs.ellipsis.to_owned(),
        |ended| {
            let day = look.day(ended);
            on_day(ended, (day != began).then_some(day), look)
        },
    );
    format!("{from}{}{to}", look.signs.to)
}

fn on_day(at: DateTime<Utc>, day: Option<NaiveDate>, look: &Look) -> String {
    let day = day.map(|day| format!("{} ", format::short_date(day, look))).unwrap_or_default();
    format!("{day}{}", format::clock(at, look))
}

/// What whoever looks at figures must know of their time; `None` where nothing is missing and nothing was.
pub fn said_of(gaps: &[Gap], look: &Look, today: NaiveDate) -> Option<(String, Meaning)> {
    let gaps: Vec<&Gap> = gaps.iter().filter(|gap| gap.matters()).collect();
    let sum = Sum::of(gaps.iter().copied());
    let said = match gaps[..] {
        [] => return None,
        [gap] => said_of_one(gap, look, today),
        _ => said_of_many(&sum, look),
    };
    Some(match sum.is_whole() {
        true => (said, Meaning::Label),
        false => (format!("! {said}"), Meaning::Warning),
    })
}

fn said_of_one(gap: &Gap, look: &Look, today: NaiveDate) -> String {
    let span = span(gap, look, today);
    let key = match gap.restored {
        _ if gap.ended_at.is_none() => "gap-lasts",
        Restored::Pending => "gap-restoring",
        Restored::Unknown => "gap-unknown",
        Restored::Counted { .. } => "gap-restored",
    };
    let sum = Sum::of([gap]);
    look.say_with(key, &[("span", span.into()), ("whole", sum.whole.into()), ("found", sum.found.into())])
}

fn said_of_many(sum: &Sum, look: &Look) -> String {
    let mut parts = vec![look.say_with("gaps", &[("n", sum.gaps.into())])];
    if sum.found > 0 {
        let counts = [("whole", sum.whole.into()), ("found", sum.found.into())];
        parts.push(look.say_with("gaps-restored", &counts));
    }
    for (key, count) in [("gaps-pending", sum.pending), ("gaps-unknown", sum.unknown)] {
        if count > 0 {
            parts.push(look.say_with(key, &[("n", count.into())]));
        }
    }
    parts.join(", ")
}

/// The list «Связь»: every gap with its cause, the newest first, then how far each record was read.
pub fn rows(gaps: &[Gap], sources: &[Source], look: &Look, now: DateTime<Utc>) -> Vec<Row> {
    let today = look.day(now);
    let mut rows: Vec<Row> = vec![];
    for gap in gaps.iter().rev() {
        rows.extend(Row::lines(&line(gap, look, today)));
        if let Some(reason) = reason::in_full(&gap.reason, look.text()) {
            rows.extend(Row::lines(&format!("    {reason}")));
        }
    }
    if gaps.is_empty() {
        rows.extend(Row::lines(&look.say("connection-no-gaps")));
    }
    rows.push(Row::default());
    for source in sources {
        rows.extend(Row::lines(&read(source, look, today)));
    }
    if sources.is_empty() {
        rows.extend(Row::lines(&look.say("connection-no-record")));
    }
    rows
}

fn line(gap: &Gap, look: &Look, today: NaiveDate) -> String {
    let sign = match (gap.is_open(), gap.ended_at) {
        (true, Some(_)) if gap.restored == Restored::Pending => look.signs.ellipsis,
        (true, _) => "!",
        (false, _) => look.signs.ended,
    };
    format!("{sign} {}", gap_said(gap, look, today))
}

/// When, whose, why, and what came back of it.
pub fn gap_said(gap: &Gap, look: &Look, today: NaiveDate) -> String {
    let cause = look.say(match gap.cause {
        Cause::Provider => "gap-cause-provider",
        Cause::Listener => "gap-cause-listener",
        Cause::Ourselves => "gap-cause-ourselves",
    });
    let sum = Sum::of([gap]);
    let restored = match gap.restored {
        _ if gap.ended_at.is_none() => look.say("gap-now").into_owned(),
        Restored::Pending => look.say("gap-now-restoring").into_owned(),
        Restored::Unknown => look.say("gap-now-unknown").into_owned(),
        Restored::Counted { .. } => {
            look.say_with("gap-now-restored", &[("whole", sum.whole.into()), ("found", sum.found.into())])
        }
    };
    format!("{}  {}: {cause}. {restored}", span(gap, look, today), gap.source)
}

fn read(source: &Source, look: &Look, today: NaiveDate) -> String {
    let read = source_said(source, look, today);
    match &source.trouble {
        Some(trouble) => format!("! {read}\n    {trouble}"),
        None => read,
    }
}

/// How far a record was read.
pub fn source_said(source: &Source, look: &Look, today: NaiveDate) -> String {
    let at = source.read_until.map(|at| {
        let day = look.day(at);
        on_day(at, (day != today).then_some(day), look)
    });
    let name = ("name", source.name.as_str().into());
    match at {
        Some(at) => look.say_with("connection-read", &[name, ("at", at.into())]),
        None => look.say_with("connection-never-read", &[name]),
    }
}
