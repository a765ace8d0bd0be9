//! One metric in words: its name, its figure, what it is a part of, and its formula.

use std::time::Duration;

use fluent_bundle::FluentValue;

use super::Opens;
use crate::desk::norms::ReportNorms;
use crate::desk::report::figures;
use crate::desk::report::words::Words;
use crate::domain::call::Direction;
use crate::domain::fact::CALL_BACK_IN_TIME;
use crate::domain::metric::{
    LEAST_TALKS, LEAST_VISITS, Losses, Metrics, Norms, ServiceLevel, Share, Unclear,
};
use crate::domain::report::Measure;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Entry {
    ServiceLevel,
    SpeedOfAnswer,
    Abandonment,
    AbandonmentWithoutShort,
    Handling,
    Conversion,
    CallBack,
    LostBookings,
    LostMoney,
}

pub const ENTRIES: [Entry; 9] = [
    Entry::ServiceLevel,
    Entry::SpeedOfAnswer,
    Entry::Abandonment,
    Entry::AbandonmentWithoutShort,
    Entry::Handling,
    Entry::Conversion,
    Entry::CallBack,
    Entry::LostBookings,
    Entry::LostMoney,
];

/// What stands beside an entry's name and beneath it.
pub struct Said {
    pub value: String,
    pub base: String,
    pub formula: String,
}

type Values<'v> = [(&'static str, FluentValue<'v>)];

impl Entry {
    pub fn is_loss(self) -> bool {
        matches!(self, Entry::LostBookings | Entry::LostMoney)
    }

    /// Its base; those back in time are no figure of the report.
    pub fn opens(self, formula: ServiceLevel) -> Opens {
        match self {
            Entry::ServiceLevel if formula != ServiceLevel::AnsweredWithinOfAnswered => {
                (Some(Direction::Incoming), Measure::Calls)
            }
            Entry::ServiceLevel | Entry::SpeedOfAnswer => (Some(Direction::Incoming), Measure::Taken),
            Entry::Abandonment | Entry::AbandonmentWithoutShort => {
                (Some(Direction::Incoming), Measure::Missed)
            }
            Entry::Handling => (None, Measure::Taken),
            Entry::Conversion => (None, Measure::Booked),
            Entry::CallBack | Entry::LostBookings | Entry::LostMoney => (None, Measure::Missed),
        }
    }

    pub fn name(self, norms: &ReportNorms, words: Words<'_>) -> String {
        let key = match self {
            Entry::ServiceLevel => "metric-service-level",
            Entry::SpeedOfAnswer => "metric-answer",
            Entry::Abandonment => "metric-abandonment",
            Entry::AbandonmentWithoutShort => "metric-abandonment-without-short",
            Entry::Handling => "metric-handling",
            Entry::Conversion => "metric-conversion",
            Entry::CallBack => "metric-call-back",
            Entry::LostBookings => "metric-lost-bookings",
            Entry::LostMoney => "metric-lost-money",
        };
        let short = norms.metrics.short_abandon.as_secs();
        let minutes = CALL_BACK_IN_TIME.as_secs() / 60;
        words.look.say_with(key, &[("short", short.into()), ("minutes", minutes.into())])
    }

    pub fn of(self, of: &Metrics, formula: ServiceLevel, norms: &Norms, words: Words<'_>) -> Said {
        let say = |key: &'static str, values: &Values<'_>| words.look.say_with(key, values);
        let short = norms.short_abandon.as_secs();
        match self {
            Entry::ServiceLevel => shared(formula.share(of), service_level(formula, norms, words), words),
            Entry::SpeedOfAnswer => Said {
                value: figures::duration(of.speed_of_answer(), words.look),
                base: say("metric-answer-base", &[("count", words.whole(of.answered).into())]),
                formula: if of.answered > 0 { spread(of, words) } else { String::new() },
            },
            Entry::Abandonment => shared(of.abandonment(), words.say("metric-abandonment-formula"), words),
            Entry::AbandonmentWithoutShort => {
                let count = words.whole(of.abandoned_short);
                let values = [("short", short.into()), ("count", count.into())];
                let formula = say("metric-abandonment-without-short-formula", &values);
                shared(of.abandonment_without_short(), formula, words)
            }
            Entry::Handling => handling(of, words),
            Entry::Conversion => shared(of.conversion(), words.say("metric-conversion-formula"), words),
            Entry::CallBack => shared(of.called_back_in_time(), debts(of, words), words),
            Entry::LostBookings | Entry::LostMoney => Said::nothing(String::new(), words),
        }
    }

    pub fn of_losses(self, losses: &Losses, words: Words<'_>) -> Said {
        let look = words.look;
        let nearly = |figure: String| look.say_with("metric-nearly", &[("figure", figure.into())]);
        let (value, formula) = match self {
            Entry::LostMoney => (losses.money().map(|money| figures::sum(money, look)), money(losses, words)),
            _ => (losses.bookings().map(|count| words.whole(count)), bookings(losses, words)),
        };
        let base = match self {
            Entry::LostMoney => String::new(),
            _ => look.say_with(
                "metric-lost-patients",
                &[("count", losses.patients.into()), ("number", words.whole(losses.patients).into())],
            ),
        };
        match value {
            Ok(value) => Said { value: nearly(value), base, formula },
            Err(why) => Said { base, ..Said::nothing(unclear(why, losses, words), words) },
        }
    }
}

impl Said {
    fn nothing(formula: String, words: Words<'_>) -> Said {
        Said { value: words.look.signs.nothing.to_owned(), base: String::new(), formula }
    }
}

/// A percentage, its part and its base.
fn shared(share: Share, formula: String, words: Words<'_>) -> Said {
    let look = words.look;
    let percent = share.percent().map(|percent| figures::percentage(percent, look));
    let value = percent.unwrap_or_else(|| look.signs.nothing.to_owned());
    Said { value, base: part_of(share, words), formula }
}

fn part_of(share: Share, words: Words<'_>) -> String {
    let (part, base) = (words.whole(share.part), words.whole(share.base));
    words.look.say_with("metric-part", &[("part", part.into()), ("base", base.into())])
}

fn service_level(formula: ServiceLevel, norms: &Norms, words: Words<'_>) -> String {
    let key = match formula {
        ServiceLevel::AnsweredWithinOfAll => "metric-level-answered-of-all",
        ServiceLevel::EndedWithinOfAll => "metric-level-ended-of-all",
        ServiceLevel::AnsweredWithinOfAnswered => "metric-level-answered-of-answered",
        ServiceLevel::AnsweredWithinOfWaited => "metric-level-answered-of-waited",
        ServiceLevel::AnsweredOrShortOfAll => "metric-level-answered-or-short",
    };
    let (within, short) = (norms.answer_within.as_secs(), norms.short_abandon.as_secs());
    words.look.say_with(key, &[("within", within.into()), ("short", short.into())])
}

fn spread(of: &Metrics, words: Words<'_>) -> String {
    let said = |duration: Duration| figures::duration(Some(duration), words.look);
    let waits = of.answer;
    words.look.say_with(
        "metric-answer-formula",
        &[
            ("median", said(waits.median).into()),
            ("most", said(waits.p90).into()),
            ("longest", said(waits.longest).into()),
        ],
    )
}

fn handling(of: &Metrics, words: Words<'_>) -> Said {
    let look = words.look;
    let average = |duration| FluentValue::from(figures::duration(duration, look));
    let (taken, wrapped) = (words.whole(of.taken), words.whole(of.wrapped));
    Said {
        value: figures::duration(of.handling(), look),
        base: look.say_with(
            "metric-handling-parts",
            &[("talk", average(of.average_talk())), ("wrap_up", average(of.average_wrap_up()))],
        ),
        formula: look
            .say_with("metric-handling-formula", &[("taken", taken.into()), ("wrapped", wrapped.into())]),
    }
}

fn debts(of: &Metrics, words: Words<'_>) -> String {
    let debts = of.debts;
    words.look.say_with(
        "metric-call-back-formula",
        &[
            ("late", words.whole(debts.called_back_late).into()),
            ("themselves", words.whole(debts.came_through).into()),
            ("attempted", words.whole(debts.attempted).into()),
            ("open", words.whole(debts.open).into()),
        ],
    )
}

fn bookings(losses: &Losses, words: Words<'_>) -> String {
    words.look.say_with("metric-lost-bookings-formula", &share_values(losses.booked, words))
}

fn money(losses: &Losses, words: Words<'_>) -> String {
    let average = losses.average.map_or_else(String::new, |average| figures::sum(average, words.look));
    let [percent, part] = share_values(losses.held, words);
    words.look.say_with("metric-lost-money-formula", &[percent, part, ("average", average.into())])
}

fn share_values(share: Share, words: Words<'_>) -> [(&'static str, FluentValue<'static>); 2] {
    let percent = figures::percentage(share.percent().unwrap_or(0.0), words.look);
    [("percent", percent.into()), ("part", part_of(share, words).into())]
}

fn unclear(why: Unclear, losses: &Losses, words: Words<'_>) -> String {
    let (key, count, least) = match why {
        Unclear::FewTalks => ("metric-few-talks", losses.booked.base, LEAST_TALKS),
        Unclear::FewVisits => ("metric-few-visits", losses.held.part, LEAST_VISITS),
        Unclear::NoMoney => ("metric-no-money", 0, 0),
        Unclear::Chosen => ("metric-chosen", 0, 0),
    };
    words.look.say_with(key, &[("count", words.whole(count).into()), ("least", least.into())])
}
