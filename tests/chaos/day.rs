//! A clinic's day as it truly was: every call with its moments, people and advertisement. A pure function of the seed;
//! what providers tell of it, and what must stand in the store in the end, both follow from here.

use chrono::{DateTime, TimeDelta, Utc};
use pult::domain::call::{CallResult, Direction, TransferKind};
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

pub const CALLS: usize = 2_000;
/// 08:00 in Moscow.
const OPENS: i64 = 1_772_427_600;
/// The last call begins before this.
const LASTS: i64 = 12 * 3_600;
const EMPLOYEES: usize = 14;
const LINES: usize = 6;
pub const CAMPAIGNS: [&str; 5] = ["Яндекс", "Карты", "Сайт", "Листовки", "Рекомендации"];
pub const TAGS: [&str; 2] = ["Целевой", "Повторный"];

pub struct Day {
    pub employees: Vec<Employee>,
    /// Numbers of ours with the campaign each stands in.
    pub lines: Vec<(String, usize)>,
    /// In the order they began.
    pub calls: Vec<TrueCall>,
    pub requests: Vec<Request>,
}

pub struct Employee {
    pub id: i64,
    pub name: String,
    pub extension: String,
    pub phone: String,
}

pub struct TrueCall {
    pub id: i64,
    pub direction: Direction,
    /// The other side; `None`: hidden, or an internal call.
    pub number: Option<u64>,
    pub line: usize,
    pub begins: DateTime<Utc>,
    /// Seconds until the first answer, or until it was given up.
    pub wait: i64,
    /// Rung one after another until one answers; who placed the call when it went out.
    pub rung: Vec<usize>,
    /// One after another; whoever comes second got the call from the first.
    pub talks: Vec<Talk>,
    /// Seconds into the first talk, and how long.
    pub hold: Option<(i64, i64)>,
    pub result: CallResult,
    pub advert: Option<TrueAdvert>,
    pub tag: Option<usize>,
    pub sound: Option<Sound>,
    /// Seconds after the end until the record of the past has it.
    pub reported: i64,
    /// The record is wrong by so many seconds of talk at first, and for so long.
    pub correction: Option<(i64, i64)>,
}

pub struct Talk {
    pub by: usize,
    pub kind: TransferKind,
    /// Seconds between the end of the talk before and this one's beginning.
    pub rings: i64,
    pub lasts: i64,
}

pub struct TrueAdvert {
    pub campaign: usize,
    pub words: &'static str,
    /// Seconds after the end until anybody knows.
    pub known: i64,
}

pub struct Sound {
    /// 32 hexadecimal digits.
    pub hash: String,
    /// Seconds after the end until it is ready.
    pub ready: i64,
}

/// A form on the site.
pub struct Request {
    pub id: i64,
    pub left_at: DateTime<Utc>,
    pub number: u64,
    pub text: String,
    pub campaign: usize,
    /// Seconds until the record has it.
    pub reported: i64,
}

pub fn opens() -> DateTime<Utc> {
    DateTime::from_timestamp(OPENS, 0).unwrap()
}

pub fn seconds(seconds: i64) -> TimeDelta {
    TimeDelta::seconds(seconds)
}

impl TrueCall {
    pub fn answered(&self) -> Option<DateTime<Utc>> {
        (!self.talks.is_empty()).then(|| self.begins + seconds(self.wait))
    }

    pub fn ends(&self) -> DateTime<Utc> {
        let talked: i64 = self.talks.iter().map(|talk| talk.rings + talk.lasts).sum();
        self.begins + seconds(self.wait + talked)
    }

    /// Each talk's beginning and end.
    pub fn spans(&self) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
        let mut at = self.begins + seconds(self.wait);
        let span = |talk: &Talk| {
            let begins = at + seconds(talk.rings);
            at = begins + seconds(talk.lasts);
            (begins, at)
        };
        self.talks.iter().map(span).collect()
    }
}

impl Day {
    pub fn of(seed: u64, calls: usize) -> Day {
        let mut maker =
            Maker { dice: ChaCha8Rng::seed_from_u64(seed), free: vec![opens(); EMPLOYEES], known: vec![] };
        let mut starts: Vec<i64> = (0..calls).map(|_| maker.dice.random_range(0..LASTS)).collect();
        starts.sort_unstable();
        let calls = (0..).zip(starts).map(|(number, at)| maker.call(number, opens() + seconds(at))).collect();
        let requests = (0..60).map(|number| maker.request(number)).collect();
        let lines = (0..LINES).map(|line| (format!("749500000{line:02}"), line % CAMPAIGNS.len())).collect();
        Day { employees: (0..EMPLOYEES).map(employee).collect(), lines, calls, requests }
    }

    pub fn extension(&self, employee: usize) -> String {
        self.employees[employee].extension.clone()
    }
}

fn employee(number: usize) -> Employee {
    let names = ["Иванова", "Петрова", "Сидорова", "Кузнецова", "Смирнова", "Попова", "Волкова"];
    Employee {
        id: 323_400 + number as i64,
        name: format!("{} Анна {number}", names[number % names.len()]),
        extension: (101 + number).to_string(),
        phone: format!("792600000{number:02}"),
    }
}

struct Maker {
    dice: ChaCha8Rng,
    /// From when each employee can talk.
    free: Vec<DateTime<Utc>>,
    /// Numbers that called before.
    known: Vec<u64>,
}

impl Maker {
    fn chance(&mut self, percent: u32) -> bool {
        self.dice.random_ratio(percent, 100)
    }

    fn call(&mut self, number: i64, begins: DateTime<Utc>) -> TrueCall {
        let direction = match self.dice.random_range(0..100) {
            0..68 => Direction::Incoming,
            68..95 => Direction::Outgoing,
            _ => Direction::Internal,
        };
        let mut free: Vec<usize> = (0..EMPLOYEES).filter(|one| self.free[*one] <= begins).collect();
        free.shuffle(&mut self.dice);
        let call = TrueCall {
            id: 5_139_000_000 + number * 11,
            direction,
            number: self.number(direction),
            line: self.dice.random_range(0..LINES),
            begins,
            wait: self.dice.random_range(3..45),
            rung: vec![],
            talks: vec![],
            hold: None,
            result: CallResult::Missed,
            advert: None,
            tag: None,
            sound: None,
            reported: self.dice.random_range(2..90),
            correction: None,
        };
        let mut call = match direction {
            Direction::Incoming => self.incoming(call, &free),
            Direction::Outgoing | Direction::Internal => self.outgoing(call, &free),
        };
        if direction != Direction::Internal {
            self.around(&mut call);
        }
        for (talk, (_, ends)) in call.talks.iter().zip(call.spans()) {
            self.free[talk.by] = ends + seconds(5);
        }
        call
    }

    fn number(&mut self, direction: Direction) -> Option<u64> {
        if direction == Direction::Internal || direction == Direction::Incoming && self.chance(4) {
            return None;
        }
        if self.chance(25)
            && let Some(known) = self.known.choose(&mut self.dice)
        {
            return Some(*known);
        }
        let number = 79_160_000_000 + self.dice.random_range(0..9_999_999);
        self.known.push(number);
        Some(number)
    }

    /// Answered by one of those rung, missed by all, or given up in the first seconds.
    fn incoming(&mut self, mut call: TrueCall, free: &[usize]) -> TrueCall {
        let rung = self.dice.random_range(1..=3).min(free.len());
        call.rung = free[..rung].to_vec();
        match self.dice.random_range(0..100) {
            _ if rung == 0 => {}
            0..70 => self.talk(&mut call, free),
            70..80 => call.wait = self.dice.random_range(1..5),
            _ => call.wait = self.dice.random_range(20..90),
        }
        call
    }

    fn outgoing(&mut self, mut call: TrueCall, free: &[usize]) -> TrueCall {
        call.rung = vec![free.first().copied().unwrap_or_default()];
        match self.dice.random_range(0..100) {
            0..60 => self.talk(&mut call, &free[free.len().min(1)..]),
            60..85 => call.result = CallResult::NoAnswer,
            _ => call.result = CallResult::Busy,
        }
        call
    }

    /// The last rung answers; `others` may get the call from them.
    fn talk(&mut self, call: &mut TrueCall, others: &[usize]) {
        call.result = CallResult::Answered;
        let by = call.rung.last().copied().unwrap_or_default();
        // Some talk longer than the overlap that is read again.
        let lasts = if self.chance(1) {
            self.dice.random_range(1_900..2_900)
        } else {
            self.dice.random_range(5..400)
        };
        call.talks.push(Talk { by, kind: TransferKind::Blind, rings: 0, lasts });
        if lasts > 30 && self.chance(8) {
            let begins = self.dice.random_range(5..15);
            call.hold = Some((begins, self.dice.random_range(3..lasts - begins - 5)));
        }
        let next = others.iter().find(|other| !call.rung.contains(other));
        if let Some(by) =
            next.filter(|_| self.dice.random_ratio(7, 100) && call.direction != Direction::Internal)
        {
            let (rings, lasts) = (self.dice.random_range(2..9), self.dice.random_range(10..200));
            call.talks.push(Talk { by: *by, kind: TransferKind::Blind, rings, lasts });
        }
    }

    /// What is known besides, and when.
    fn around(&mut self, call: &mut TrueCall) {
        let known = if self.chance(10) { self.dice.random_range(60..20_000) } else { 0 };
        if call.direction == Direction::Incoming && self.chance(80) {
            let campaign = self.dice.random_range(0..CAMPAIGNS.len());
            let words = ["стоматология", "имплантация цена", "детский врач"].choose(&mut self.dice).unwrap();
            call.advert = Some(TrueAdvert { campaign, words, known });
        }
        call.tag = self.chance(5).then(|| self.dice.random_range(0..TAGS.len()));
        if call.result == CallResult::Answered {
            let ready = self.dice.random_range(10..3_000);
            let hash = format!("{:032x}", self.dice.random::<u128>());
            call.sound = Some(Sound { hash, ready });
            let wrong = self.dice.random_range(1..4);
            call.correction = self.chance(3).then(|| (wrong, self.dice.random_range(100..15_000)));
        }
    }

    fn request(&mut self, number: i64) -> Request {
        let known = self.known.choose(&mut self.dice).copied();
        Request {
            id: 77_000_000 + number,
            left_at: opens() + seconds(self.dice.random_range(0..LASTS)),
            number: known.unwrap_or(79_160_000_000),
            text: format!("Перезвоните, вопрос {number}"),
            campaign: self.dice.random_range(0..CAMPAIGNS.len()),
            reported: self.dice.random_range(2..7_000),
        }
    }
}
