//! A big clinic's store, made from a seed: five years of calls with wrap-ups, visits and their events, written straight
//! by SQL with the triggers laid aside. It stays in `target/` for the next run.

use std::fs;
use std::path::{Path, PathBuf};

use pult::store::Store;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rusqlite::{Connection, Statement, params};

pub const DAYS: i64 = 5 * 365;
pub const PATIENTS: u64 = 600_000;
/// 2021-11-22 00:00 in Moscow.
pub const BEGUN: i64 = 1_637_528_400_000;

const EMPLOYEES: u64 = 120;
const COUNTERPARTIES: u64 = 2_000;
const BRANCHES: u64 = 12;
const CHANNELS: u64 = 30;
const TOPICS: u64 = 40;
const LINES: u64 = 60;
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const SPECIALITIES: [&str; 8] = [
    "Терапевт",
    "Хирург",
    "Ортопед",
    "Ортодонт",
    "Гигиенист",
    "Пародонтолог",
    "Детский стоматолог",
    "Имплантолог",
];
const WORDS: [&str; 24] = [
    "перезвонить",
    "завтра",
    "боль",
    "зуб",
    "скидка",
    "дорого",
    "подумает",
    "ребёнок",
    "анализы",
    "приём",
    "утром",
    "вечером",
    "записать",
    "врач",
    "отпуск",
    "полис",
    "брекеты",
    "имплант",
    "чистка",
    "снимок",
    "пломба",
    "коронка",
    "консультация",
    "отменил",
];

/// The file with about so many calls; made when it is not there.
pub fn path(calls: u64) -> PathBuf {
    let path = PathBuf::from(format!("target/big-store-{calls}.db"));
    if !path.exists() {
        let unfinished = path.with_extension("making");
        let _ = fs::remove_file(&unfinished);
        drop(Store::open(&unfinished).unwrap());
        make(&unfinished, calls);
        fs::rename(&unfinished, &path).unwrap();
    }
    path
}

fn make(path: &Path, calls: u64) {
    let file = Connection::open(path).unwrap();
    file.execute_batch(
        "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;
         PRAGMA cache_size = -400000;",
    )
    .unwrap();
    let aside = "SELECT name, type, sql FROM sqlite_schema WHERE sql IS NOT NULL AND (type = 'trigger'
        OR type = 'index' AND tbl_name IN ('calls', 'wrapups', 'visits', 'visit_events', 'person_phones', 'people'))";
    let aside: Vec<(String, String, String)> = file
        .prepare(aside)
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for (name, kind, _) in &aside {
        file.execute_batch(&format!("DROP {kind} {name}")).unwrap();
    }
    file.execute_batch("BEGIN").unwrap();
    directories(&file);
    people(&file);
    Clinic::new(&file).live(calls);
    file.execute_batch("COMMIT").unwrap();
    for (_, _, sql) in &aside {
        file.execute_batch(sql).unwrap();
    }
    file.execute_batch(
        "INSERT INTO call_comments (rowid, comment) SELECT number, comment FROM standing_comments",
    )
    .unwrap();
    file.execute_batch("PRAGMA journal_mode = WAL").unwrap();
}

/// Ids that sort by what they are of and then by number, as those of one machine do.
pub fn id(kind: u8, number: u64) -> [u8; 16] {
    (0x018C_0000_0000_7000_8000_0000_0000_0000_u128 | u128::from(kind) << 56 | u128::from(number))
        .to_be_bytes()
}

const EMPLOYEE: u8 = 1;
const PATIENT: u8 = 2;
const COUNTERPARTY: u8 = 3;
const CALL: u8 = 4;
const VISIT: u8 = 5;
const BRANCH: u8 = 6;
const CHANNEL: u8 = 7;
const TOPIC: u8 = 8;

pub fn phone_of(patient: u64) -> u64 {
    // Every tenth number is a family's.
    let owner = if patient % 10 == 9 { patient - 1 } else { patient };
    79_420_000_000 + owner
}

fn directories(file: &Connection) {
    let named = |table: &str, kind: u8, count: u64| {
        let sql = format!("INSERT INTO {table} (id, name, position, changed_at) VALUES (?1, ?2, ?3, 0)");
        let mut insert = file.prepare(&sql).unwrap();
        for number in 0..count {
            insert.execute(params![id(kind, number), format!("{table} {number}"), number as i64]).unwrap();
        }
    };
    named("branches", BRANCH, BRANCHES);
    named("channels", CHANNEL, CHANNELS);
    named("topics", TOPIC, TOPICS);
    let mut line = file
        .prepare("INSERT INTO lines (number, channel, branch, changed_at) VALUES (?1, ?2, ?3, 0)")
        .unwrap();
    for number in 0..LINES {
        let (channel, branch) = (id(CHANNEL, number % CHANNELS), id(BRANCH, number % BRANCHES));
        line.execute(params![(74_950_000_000 + number).to_string(), channel, branch]).unwrap();
    }
}

fn people(file: &Connection) {
    let mut person = file
        .prepare(
            "INSERT INTO people (id, kind, name, surname_key, given_key, rest_key, parent, changed_at)
             VALUES (?1, ?2, ?3, ?3, '', '', ?4, 0)",
        )
        .unwrap();
    let mut phone = file
        .prepare("INSERT INTO person_phones (person, phone, is_primary, changed_at) VALUES (?1, ?2, 1, 0)")
        .unwrap();
    let mut add = |kind: u8, word: &str, number: u64, parent: Option<u64>, number_of: u64| {
        let parent = parent.map(|parent| id(PATIENT, parent));
        person.execute(params![id(kind, number), word, format!("{word} {number}"), parent]).unwrap();
        phone.execute(params![id(kind, number), number_of as i64]).unwrap();
    };
    (0..EMPLOYEES).for_each(|number| add(EMPLOYEE, "employee", number, None, 79_990_000_000 + number));
    for number in 0..PATIENTS {
        let parent = (number % 10 == 9).then(|| number - 1);
        add(PATIENT, "patient", number, parent, phone_of(number));
    }
    (0..COUNTERPARTIES)
        .for_each(|number| add(COUNTERPARTY, "counterparty", number, None, 79_980_000_000 + number));
}

struct Clinic<'f> {
    random: ChaCha8Rng,
    call: Statement<'f>,
    wrapup: Statement<'f>,
    visit: Statement<'f>,
    event: Statement<'f>,
    visits: u64,
    /// Whom to call back: their number, their card, and when.
    owed: Vec<(i64, u64, Option<[u8; 16]>)>,
}

struct Caller {
    phone: u64,
    person: Option<[u8; 16]>,
    patient: Option<u64>,
}

impl<'f> Clinic<'f> {
    fn new(file: &'f Connection) -> Clinic<'f> {
        let insert = |sql| file.prepare(sql).unwrap();
        Clinic {
            random: ChaCha8Rng::seed_from_u64(3),
            call: insert(
                "INSERT INTO calls (id, provider, provider_id, direction, phone, line, phase, result, agent, holder,
                     started_at, answered_at, ended_at, wait_ms, talk_ms, hold_ms, recording, person, changed_at)
                 VALUES (?1, 'bench', ?2, ?3, ?4, ?5, 'ended', ?6, ?7, ?7, ?8, ?9, ?10, ?11, ?12, 0, ?13, ?14, ?10)",
            ),
            wrapup: insert(
                "INSERT INTO wrapups (call, revision, who, who_text, about, caller_type, topic, comment, changed_at, changed_by)
                 VALUES (?1, 1, ?2, '', ?3, ?4, ?5, ?6, ?7, ?8)",
            ),
            visit: insert(
                "INSERT INTO visits (id, patient, branch, doctor, speciality, starts_at, minutes, stage, money, changed_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, 30, ?7, ?8, ?9)",
            ),
            event: insert(
                "INSERT OR IGNORE INTO visit_events (visit, kind, at, changed_at) VALUES (?1, ?2, ?3, ?3)",
            ),
            visits: 0,
            owed: vec![],
        }
    }

    /// Calls evenly over the days, from eight to eight.
    fn live(&mut self, calls: u64) {
        let a_day = calls.div_ceil(DAYS as u64);
        for number in 0..calls {
            let (day, place) = (number / a_day, number % a_day);
            let step = 12 * HOUR / a_day as i64;
            let within = 8 * HOUR + place as i64 * step + self.random.random_range(0..=step);
            self.call(number, BEGUN + day as i64 * DAY + within);
        }
    }

    fn call(&mut self, number: u64, at: i64) {
        let due = self.owed.iter().position(|(due, ..)| *due <= at).map(|place| self.owed.swap_remove(place));
        let outgoing = due.is_some() || self.random.random_bool(0.15);
        let caller = match due {
            Some((_, phone, person)) => Caller { phone, person, patient: None },
            None => self.caller(),
        };
        let answered = self.random.random_bool(if outgoing { 0.7 } else { 0.85 });
        let result = match (answered, outgoing) {
            (true, _) => "answered",
            (false, true) => "no_answer",
            (false, false) => "missed",
        };
        let wait = self.random.random_range(3_000..40_000);
        let talk = if answered { self.random.random_range(20_000..420_000) } else { 0 };
        let agent = self.random.random_range(0..EMPLOYEES);
        let line = (74_950_000_000 + self.random.random_range(0..LINES)).to_string();
        let ended = at + wait + talk;
        let direction = if outgoing { "out" } else { "in" };
        let agent_word = answered.then(|| (100 + agent).to_string());
        let recording = answered.then(|| format!("{number}.mp3"));
        self.call
            .execute(params![
                id(CALL, number),
                number.to_string(),
                direction,
                caller.phone as i64,
                line,
                result,
                agent_word,
                at,
                answered.then_some(at + wait),
                ended,
                wait,
                talk,
                recording,
                caller.person,
            ])
            .unwrap();
        if !answered && !outgoing && self.random.random_bool(0.6) && self.owed.len() < 64 {
            let due = at + self.random.random_range(2..90) * MINUTE;
            self.owed.push((due, caller.phone, caller.person));
        }
        if answered {
            self.talked(number, ended, agent, &caller);
        }
    }

    fn caller(&mut self) -> Caller {
        let of = |kind, number, phone| Caller { phone, person: Some(id(kind, number)), patient: None };
        match self.random.random_range(0..100) {
            0..3 => {
                let number = self.random.random_range(0..EMPLOYEES);
                of(EMPLOYEE, number, 79_990_000_000 + number)
            }
            3..5 => {
                let number = self.random.random_range(0..COUNTERPARTIES);
                of(COUNTERPARTY, number, 79_980_000_000 + number)
            }
            5..15 => Caller {
                phone: 79_760_000_000 + self.random.random_range(0..900_000),
                person: None,
                patient: None,
            },
            _ => {
                let patient = self.random.random_range(0..PATIENTS);
                let alone = patient % 10 < 8;
                let person = alone.then(|| id(PATIENT, patient));
                Caller { phone: phone_of(patient), person, patient: Some(patient) }
            }
        }
    }

    fn talked(&mut self, number: u64, ended: i64, agent: u64, caller: &Caller) {
        if self.random.random_bool(0.85) {
            let mut comment = String::new();
            for _ in 0..self.random.random_range(0..8) {
                comment += WORDS[self.random.random_range(0..WORDS.len())];
                comment.push(' ');
            }
            let comment = comment.trim_end();
            let caller_type = self.random.random_bool(0.8).then(|| {
                (0x018C_C251_F400_7000_8000_0000_0000_0001_u128 + self.random.random_range(0..5))
                    .to_be_bytes()
            });
            let who = caller.patient.map(|patient| id(PATIENT, patient));
            let topic = id(TOPIC, self.random.random_range(0..TOPICS));
            let saved = ended + self.random.random_range(5_000..180_000);
            let by = id(EMPLOYEE, agent);
            let about: Option<[u8; 16]> = None;
            self.wrapup
                .execute(params![id(CALL, number), who, about, caller_type, topic, comment, saved, by])
                .unwrap();
        }
        if let Some(patient) = caller.patient
            && self.random.random_bool(0.2)
        {
            self.booked(patient, ended);
        }
    }

    fn booked(&mut self, patient: u64, ended: i64) {
        let visit = id(VISIT, self.visits);
        self.visits += 1;
        let booked = ended + self.random.random_range(-3 * MINUTE..10 * MINUTE);
        let starts = booked + self.random.random_range(1..30) * DAY;
        let stage = ["held", "held", "held", "held", "cancelled", "lost"][self.random.random_range(0..6)];
        let money = if stage == "held" { self.random.random_range(100_000..4_000_000) } else { 0 };
        let branch = id(BRANCH, self.random.random_range(0..BRANCHES));
        let speciality = SPECIALITIES[self.random.random_range(0..SPECIALITIES.len())];
        let doctor = format!("Врач {}", self.random.random_range(0..200));
        self.visit
            .execute(params![
                visit,
                id(PATIENT, patient),
                branch,
                doctor,
                speciality,
                starts,
                stage,
                money,
                booked
            ])
            .unwrap();
        self.event.execute(params![visit, "booked", booked]).unwrap();
        if stage == "cancelled" || self.random.random_bool(0.1) {
            let kind = if stage == "cancelled" { "cancelled" } else { "moved" };
            self.event.execute(params![visit, kind, (booked + starts) / 2]).unwrap();
        }
    }
}
