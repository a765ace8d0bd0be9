//! The report over facts the long way round: lists instead of columns, groups instead of codes, one question at a time.

use std::cmp::Reverse;
use std::time::Duration;

use chrono::{DateTime, Datelike, Days, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;
use pult::domain::call::{CallResult, Direction};
use pult::domain::desk::Figure;
use pult::domain::fact::{Debt, Fact, Numbers, Party};
use pult::domain::metric::{Debts, Metrics, Norms, Spread};
use pult::domain::money::Money;
use pult::domain::outcome;
use pult::domain::period::{Period, day_start};
use pult::domain::report::{
    Explanation, Filter, Group, Kind, Level, Measure, Measures, Part, Query, Reason, Row, Table,
};

pub struct Naive<'f> {
    pub facts: &'f [Fact],
    pub zone: Tz,
    pub matching: Option<&'f Numbers>,
}

/// Calls that count once, the one that stands first, the others oldest first.
pub type Contact<'f> = Vec<&'f Fact>;

impl<'f> Naive<'f> {
    fn day(&self, instant: DateTime<Utc>) -> NaiveDate {
        let near = instant.date_naive();
        let days = (0..5).map(|back| near + Days::new(2) - Days::new(back));
        days.into_iter().find(|day| day_start(*day, self.zone) <= instant).unwrap()
    }

    pub fn group(&self, level: Level, fact: &Fact) -> Group {
        let day = self.day(fact.started_at);
        match level {
            Level::Employee => Group::Employee(fact.employee),
            Level::Outcome => Group::Outcome(fact.outcome),
            Level::Topic => Group::Topic(fact.topic),
            Level::Channel => Group::Channel(fact.channel),
            Level::CallerType => Group::CallerType(fact.caller_type),
            Level::Branch => Group::Branch(fact.branch),
            Level::Line => Group::Line(fact.line.as_ref().map(ToString::to_string)),
            Level::Direction => Group::Direction(fact.direction),
            Level::Day => Group::Day(day),
            Level::Week => Group::Week(day - Days::new(day.weekday().num_days_from_monday().into())),
            Level::Month => Group::Month(day.with_day(1).unwrap()),
            Level::Weekday => Group::Weekday(day.weekday().num_days_from_monday() as u8),
            Level::Hour => Group::Hour(fact.started_at.with_timezone(&self.zone).hour() as u8),
            Level::Speciality => Group::Speciality(fact.speciality.as_ref().map(ToString::to_string)),
            Level::Familiarity => Group::Familiarity(fact.familiarity),
            Level::None => Group::All,
        }
    }

    fn of_period(&self, period: Period) -> impl Iterator<Item = &'f Fact> {
        let inside = move |fact: &&Fact| (period.from..=period.to).contains(&self.day(fact.started_at));
        self.facts.iter().filter(inside)
    }

    /// Why the filter leaves a call out.
    fn reason(&self, filter: &Filter, fact: &Fact) -> Option<Part> {
        let level =
            |level: &Level| !filter.only.contains(&self.group(*level, fact)) && filter.of(*level).count() > 0;
        let all = [
            (Part::PatientsOnly, filter.patients_only && !fact.counts),
            (Part::Wait, !filter.wait.holds(fact.wait)),
            (Part::Talk, !filter.talk.holds(fact.talk)),
            (Part::Recording, filter.recording.is_some_and(|wanted| wanted != fact.recording)),
            (Part::Comment, filter.comment.is_some_and(|wanted| wanted != fact.commented)),
            (Part::Matching, self.matching.is_some_and(|numbers| !numbers.contains(fact.number))),
        ];
        let levels = Level::ALL.iter().find(|one| level(one)).map(|level| Part::Only(*level));
        let first = all[..1].iter().find(|(_, holds)| *holds).map(|(part, _)| *part);
        let later = || all[1..].iter().find(|(_, holds)| *holds).map(|(part, _)| *part);
        first.or(levels).or_else(later)
    }

    pub fn kept(&self, query: &Query, period: Period) -> Vec<&'f Fact> {
        self.of_period(period).filter(|fact| self.reason(&query.filter, fact).is_none()).collect()
    }

    pub fn contacts(&self, query: &Query, period: Period) -> Vec<Contact<'f>> {
        let mut contacts: Vec<Contact<'f>> = vec![];
        for fact in self.kept(query, period) {
            let same = |one: &Fact| {
                query.kind == Kind::Patients
                    && one.party == fact.party
                    && fact.party != Party::Alone
                    && self.day(one.started_at) == self.day(fact.started_at)
            };
            match contacts.iter_mut().find(|contact| same(contact[0])) {
                Some(contact) => contact.push(fact),
                None => contacts.push(vec![fact]),
            }
        }
        contacts.iter_mut().for_each(|contact| {
            contact.sort_by_key(|fact| (fact.started_at, fact.number));
            let rank = |place: &usize| (outcome::rank(contact[*place].outcome), Reverse(*place));
            let best = (0..contact.len()).min_by_key(rank).unwrap();
            let best = contact.remove(best);
            contact.insert(0, best);
        });
        contacts.sort_by_key(|contact| Reverse((contact[0].started_at, contact[0].number)));
        contacts
    }

    fn inside(&self, path: &[Group], contact: &Contact) -> bool {
        path.iter().all(|group| self.group(group.level(), contact[0]) == *group)
    }

    pub fn behind(&self, figure: &Figure) -> Vec<Contact<'f>> {
        let mut contacts = self.contacts(&figure.query, figure.query.period);
        contacts.retain(|one| self.inside(&figure.path, one) && contributes(figure.measure, one));
        contacts
    }

    pub fn table(&self, query: &Query) -> Table {
        let now = self.contacts(query, query.period);
        let before = query.compared_with().map(|before| self.contacts(query, before));
        let levels = match query.then_by {
            Level::None => vec![query.by],
            _ => vec![query.by, query.then_by],
        };
        Table {
            query: query.clone(),
            rows: self.rows(&levels, &[], &now, before.as_deref()),
            total: total(now.iter()),
            before: before.map(|before| total(before.iter())),
        }
    }

    fn rows(
        &self,
        levels: &[Level],
        path: &[Group],
        now: &[Contact],
        before: Option<&[Contact]>,
    ) -> Vec<Row> {
        let Some((level, deeper)) = levels.split_first() else { return vec![] };
        let both = now.iter().chain(before.unwrap_or_default());
        let mut groups: Vec<Group> =
            both.filter(|one| self.inside(path, one)).map(|one| self.group(*level, one[0])).collect();
        groups.sort();
        groups.dedup();
        let row = |group: Group| {
            let path: Vec<Group> = path.iter().cloned().chain([group.clone()]).collect();
            let inside = |contacts: &[Contact]| total(contacts.iter().filter(|one| self.inside(&path, one)));
            let (measures, before_it) = (inside(now), before.map(inside));
            Row { group, measures, before: before_it, rows: self.rows(deeper, &path, now, before) }
        };
        let mut rows: Vec<Row> = groups.into_iter().map(row).collect();
        if !rows.iter().any(|row| row.group.is_of_time()) {
            rows.sort_by_key(|row| Reverse(row.measures.calls));
        }
        rows
    }

    pub fn explain(&self, figure: &Figure) -> Explanation {
        let query = &figure.query;
        let mut reasons: Vec<Reason> = self
            .of_period(query.period)
            .filter_map(|fact| self.reason(&query.filter, fact))
            .map(Reason::Filter)
            .collect();
        let contacts = self.contacts(query, query.period);
        let behind = self.behind(figure);
        for contact in &contacts {
            let reason = match (self.inside(&figure.path, contact), contributes(figure.measure, contact)) {
                (false, _) => Reason::OtherRow,
                (true, false) => Reason::NotCounted,
                _ => continue,
            };
            reasons.extend(contact.iter().map(|_| reason));
        }
        reasons.sort_by_key(order);
        let left_out = reasons.chunk_by(|one, next| one == next).map(|same| (same[0], same.len() as u64));
        Explanation {
            measure: figure.measure,
            measures: total(contacts.iter().filter(|one| self.inside(&figure.path, one))),
            considered: self.of_period(query.period).count() as u64,
            left_out: left_out.collect(),
            counted: behind.iter().map(|contact| contact.len() as u64).sum(),
            contacts: behind.len() as u64,
        }
    }

    pub fn metrics(&self, query: &Query, norms: &Norms) -> Metrics {
        let kept = self.kept(query, query.period);
        let incoming = |result: CallResult| {
            let calls =
                kept.iter().filter(|fact| fact.direction == Direction::Incoming && fact.result == result);
            calls.map(|fact| fact.wait).collect::<Vec<Duration>>()
        };
        let (answered, abandoned) = (incoming(CallResult::Answered), incoming(CallResult::Missed));
        let count = |waits: &[Duration], holds: &dyn Fn(Duration) -> bool| {
            waits.iter().filter(|wait| holds(**wait)).count() as u64
        };
        let taken: Vec<&&Fact> = kept.iter().filter(|fact| fact.result == CallResult::Answered).collect();
        let debt = |debt| kept.iter().filter(|fact| fact.debt == Some(debt)).count() as u64;
        Metrics {
            answered: answered.len() as u64,
            abandoned: abandoned.len() as u64,
            answered_in_time: count(&answered, &|wait| wait <= norms.answer_within),
            abandoned_in_time: count(&abandoned, &|wait| wait <= norms.answer_within),
            abandoned_short: count(&abandoned, &|wait| wait < norms.short_abandon),
            answer: spread(answered),
            abandon: spread(abandoned),
            taken: taken.len() as u64,
            talk: taken.iter().map(|fact| fact.talk).sum(),
            wrapped: taken.iter().filter(|fact| fact.wrap_up.is_some()).count() as u64,
            wrap_up: taken.iter().filter_map(|fact| fact.wrap_up).sum(),
            booked: kept.iter().filter(|fact| fact.booked).count() as u64,
            debts: Debts {
                open: debt(Debt::Open),
                attempted: debt(Debt::Attempted),
                came_through: debt(Debt::CameThrough),
                called_back_late: debt(Debt::CalledBackLate),
                called_back_in_time: debt(Debt::CalledBackInTime),
            },
        }
    }
}

fn order(reason: &Reason) -> (usize, usize) {
    let level = |level: &Level| Level::ALL.iter().position(|known| known == level).unwrap();
    match reason {
        Reason::Filter(Part::PatientsOnly) => (0, 0),
        Reason::Filter(Part::Only(one)) => (1, level(one)),
        Reason::Filter(Part::Wait) => (2, 0),
        Reason::Filter(Part::Talk) => (3, 0),
        Reason::Filter(Part::Recording) => (4, 0),
        Reason::Filter(Part::Comment) => (5, 0),
        Reason::Filter(Part::Matching) => (6, 0),
        Reason::OtherRow => (7, 0),
        Reason::NotCounted => (8, 0),
    }
}

fn spread(mut waits: Vec<Duration>) -> Spread {
    waits.sort();
    let rank = |share: f64| waits[(waits.len() as f64 * share).ceil() as usize - 1];
    match waits.last() {
        None => Spread::default(),
        Some(longest) => {
            Spread { sum: waits.iter().sum(), median: rank(0.5), p90: rank(0.9), longest: *longest }
        }
    }
}

fn total<'c, 'f: 'c>(contacts: impl Iterator<Item = &'c Contact<'f>>) -> Measures {
    contacts.map(measures).sum()
}

pub fn measures(contact: &Contact) -> Measures {
    let any = |is: &dyn Fn(&Fact) -> bool| u64::from(contact.iter().any(|fact| is(fact)));
    let taken = any(&|fact| fact.result == CallResult::Answered);
    Measures {
        calls: 1,
        taken,
        missed: (1 - taken) * any(&|fact| fact.result == CallResult::Missed),
        wait: contact.iter().map(|fact| fact.wait).sum(),
        talk: contact.iter().map(|fact| fact.talk).sum(),
        booked: any(&|fact| fact.booked),
        held: any(&|fact| fact.held),
        money: contact.iter().map(|fact| fact.money).sum(),
    }
}

fn contributes(measure: Measure, contact: &Contact) -> bool {
    let of = measures(contact);
    match measure {
        Measure::Calls | Measure::Wait => true,
        Measure::Taken | Measure::Talk => of.taken > 0,
        Measure::Missed => of.missed > 0,
        Measure::Booked | Measure::BookedPercent => of.booked > 0,
        Measure::Held | Measure::HeldPercent | Measure::AverageMoney => of.held > 0,
        Measure::Money => of.money != Money(0),
    }
}
