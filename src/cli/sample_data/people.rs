//! Patients in households, the staff and the counterparties, with their telephones.

use chrono::{Days, NaiveDate};
use rand::RngExt;
use rand::seq::IndexedRandom;

use super::house::{ADMINISTRATORS, COUNTERPARTIES, DOCTORS};
use super::names;
use super::rows::Person;
use super::{Dice, chance};
use crate::domain::person::PersonKind;

pub const PATIENTS: usize = 3_000;

/// Mobile codes of the Russian plan that no operator has been given, so that nobody's number is printed here.
const PATIENT_CODES: [u64; 9] = [942, 943, 944, 945, 946, 972, 973, 974, 975];
const STAFF_CODE: u64 = 976;

const COMMENTS: [&str; 14] = [
    "Боится уколов.",
    "Просит утреннее время.",
    "Просит вечер после 18:00.",
    "Только к своему врачу.",
    "Аллергия на лидокаин!",
    "Часто опаздывает, предупреждать.",
    "Просит звонить, а не писать.",
    "Всегда уточнять стоимость заранее.",
    "Приезжает из области, удобна суббота.",
    "Нужен счёт для налогового вычета.",
    "Плохо слышит, говорить громче.",
    "Беременность, снимки не делать.",
    "Давление, мерить перед приёмом.",
    "Недоволен прошлым лечением, вежливо!",
];
const EXTRA_COMMENTS: [&str; 6] = [
    "Пришёл по рекомендации соседа. Оплата картой.",
    "План лечения на руках, этап второй. Снимок от прошлого года есть в карте.",
    "Обещали скидку 5 % на гигиену, согласовано с главным врачом.",
    "Оставлял отзыв на картах, просили поблагодарить.",
    "Работает посменно: график узнаёт за неделю. Можно писать в мессенджер.",
    "Договор на семью. Старший ребёнок наблюдается у ортодонта.",
];
const INSURERS: [&str; 3] = ["Медстрах", "Забота Плюс", "Полис-Дент"];

/// Hands out numbers nobody has yet.
#[derive(Default)]
pub struct Numbers {
    given: std::collections::HashSet<u64>,
}

impl Numbers {
    pub fn patient(&mut self, dice: &mut Dice) -> String {
        let code = *PATIENT_CODES.choose(dice).unwrap_or(&PATIENT_CODES[0]);
        self.fresh(code, dice)
    }

    fn fresh(&mut self, code: u64, dice: &mut Dice) -> String {
        loop {
            let number = 70_000_000_000 + code * 10_000_000 + dice.random_range(0..10_000_000);
            if self.given.insert(number) {
                return format!("+{number}");
            }
        }
    }
}

/// Patients, household by household, until there are [`PATIENTS`].
pub fn patients(until: NaiveDate, numbers: &mut Numbers, dice: &mut Dice) -> Vec<Person> {
    let mut people = Vec::with_capacity(PATIENTS + 4);
    let mut household = 0;
    while people.len() < PATIENTS {
        household += 1;
        Household { number: household, until, surname: names::surname(dice) }.settle(
            &mut people,
            numbers,
            dice,
        );
    }
    people.truncate(PATIENTS);
    people
}

/// Given name of a man, `None` for a woman; and the age.
struct Adult(Option<usize>, i32);

struct Household {
    number: usize,
    until: NaiveDate,
    surname: &'static str,
}

impl Household {
    fn settle(&self, people: &mut Vec<Person>, numbers: &mut Numbers, dice: &mut Dice) {
        match dice.random_range(0..100) {
            0..50 => {
                let given = chance(dice, 45).then(|| names::man(dice));
                let adult = Adult(given, dice.random_range(18..84));
                people.push(self.adult(people.len(), adult, numbers, dice));
            }
            50..65 => self.couple(people, numbers, dice),
            _ => self.parents(people, numbers, dice),
        }
    }

    fn couple(&self, people: &mut Vec<Person>, numbers: &mut Numbers, dice: &mut Dice) {
        let age = dice.random_range(22..78);
        let given = names::man(dice);
        let mut husband = self.adult(people.len(), Adult(Some(given), age), numbers, dice);
        let mut wife = self.adult(people.len() + 1, Adult(None, age - 2), numbers, dice);
        if chance(dice, 35) {
            husband.phones = wife.phones.clone();
        } else if chance(dice, 30) {
            husband.phones = format!("{} {}", husband.phones, first(&wife.phones));
        }
        for spouse in [&mut husband, &mut wife] {
            spouse.family = format!("f{:04}", self.number);
        }
        people.extend([husband, wife]);
    }

    fn parents(&self, people: &mut Vec<Person>, numbers: &mut Numbers, dice: &mut Dice) {
        let (father, age) = (names::man(dice), dice.random_range(26..46));
        let start = people.len();
        let mut mother = self.adult(start, Adult(None, age), numbers, dice);
        mother.family = format!("f{:04}", self.number);
        let (parent, phone) = (mother.id.clone(), first(&mother.phones).to_owned());
        people.push(mother);
        if chance(dice, 45) {
            let mut husband = self.adult(start + 1, Adult(Some(father), age + 2), numbers, dice);
            husband.family = format!("f{:04}", self.number);
            people.push(husband);
        }
        for _ in 0..dice.random_range(1..=2) {
            let age = dice.random_range(3..18.min(age - 18));
            let mut child = self.child(people.len(), age, father, dice);
            child.family = format!("f{:04}", self.number);
            child.parent = parent.clone();
            child.phones = if chance(dice, 40) { phone.clone() } else { String::new() };
            people.push(child);
        }
    }

    fn child(&self, place: usize, age: i32, father: usize, dice: &mut Dice) -> Person {
        let name = match chance(dice, 50) {
            true => names::male(self.surname, names::man(dice), father),
            false => names::female(self.surname, father, dice),
        };
        blank(place, name, born(self.until, age, dice))
    }

    fn adult(&self, place: usize, adult: Adult, numbers: &mut Numbers, dice: &mut Dice) -> Person {
        let (father, Adult(given, age)) = (names::man(dice), adult);
        let name = match given {
            Some(given) => names::male(self.surname, given, father),
            None => names::female(self.surname, father, dice),
        };
        let mut person = blank(place, name, born(self.until, age, dice));
        person.phones = numbers.patient(dice);
        if chance(dice, 12) {
            person.phones = format!("{} {}", person.phones, numbers.patient(dice));
        }
        person.describe(self.until, dice);
        person
    }
}

impl Person {
    fn describe(&mut self, until: NaiveDate, dice: &mut Dice) {
        self.account = match dice.random_range(0..100) {
            0..9 => -100 * dice.random_range(5..260),
            9..16 => 500 * dice.random_range(2..60),
            _ => 0,
        };
        if chance(dice, 22) {
            self.comment = COMMENTS.choose(dice).unwrap_or(&"");
        }
        if chance(dice, 7) {
            self.extra_comment = EXTRA_COMMENTS.choose(dice).unwrap_or(&"");
        }
        if chance(dice, 12) {
            self.insure(until, dice);
        }
    }

    fn insure(&mut self, until: NaiveDate, dice: &mut Dice) {
        let from = until - Days::new(dice.random_range(20..520));
        self.policy_insurer = INSURERS.choose(dice).unwrap_or(&"");
        self.policy_number = format!("ДМС-{:07}", dice.random_range(0..10_000_000));
        self.policy_from = Some(from);
        self.policy_until = Some(from + Days::new(364));
        self.insured_total = 100 * dice.random_range(20..900);
    }

    pub fn is_child(&self) -> bool {
        !self.parent.is_empty()
    }

    pub fn main_phone(&self) -> &str {
        first(&self.phones)
    }
}

/// Administrators, doctors and counterparties, each with a number of their own.
pub fn staff_and_counterparties(numbers: &mut Numbers, dice: &mut Dice) -> Vec<Person> {
    let administrators = ADMINISTRATORS.iter().map(|person| (person.name, person.extension, person.branch));
    let doctors = DOCTORS.iter().map(|person| (person.name, person.extension, person.branch));
    let mut people = Vec::new();
    for (number, (name, extension, branch)) in administrators.chain(doctors).enumerate() {
        let mut person = blank(0, name.to_owned(), None);
        person.id = format!("e{:02}", number + 1);
        person.kind = PersonKind::Employee;
        person.phones = numbers.fresh(STAFF_CODE, dice);
        (person.extension, person.branch) = (extension, branch);
        people.push(person);
    }
    for (number, name) in COUNTERPARTIES.iter().enumerate() {
        let mut company = blank(0, (*name).to_owned(), None);
        company.id = format!("k{:02}", number + 1);
        company.kind = PersonKind::Counterparty;
        company.phones = numbers.fresh(STAFF_CODE, dice);
        people.push(company);
    }
    people
}

fn blank(place: usize, name: String, born: Option<NaiveDate>) -> Person {
    Person {
        id: format!("p{:05}", place + 1),
        kind: PersonKind::Patient,
        name,
        born,
        phones: String::new(),
        family: String::new(),
        parent: String::new(),
        account: 0,
        treatment_total: 0,
        insured_total: 0,
        policy_insurer: "",
        policy_number: String::new(),
        policy_from: None,
        policy_until: None,
        comment: "",
        extra_comment: "",
        extension: "",
        branch: "",
    }
}

fn born(until: NaiveDate, age: i32, dice: &mut Dice) -> Option<NaiveDate> {
    let days = u64::try_from(age).unwrap_or(0) * 365 + dice.random_range(10..350);
    until.checked_sub_days(Days::new(days))
}

fn first(phones: &str) -> &str {
    phones.split(' ').next().unwrap_or("")
}
