//! Numbers, cards and families.

use chrono::NaiveDate;
use pult::domain::desk::Recognition;
use pult::domain::id::{FamilyId, PersonId};
use pult::domain::money::Money;
use pult::domain::person::{Card, PersonKind, PersonPhone};
use pult::domain::phone::Phone;
use pult::store::people::NewPerson;
use pult::store::{Author, Error, Millis, people};
use rusqlite::params;

use crate::given::{Desk, NUMBER, at, author, desk};

fn today() -> NaiveDate {
    at(0).date_naive()
}

impl Desk {
    fn card(&self, person: PersonId) -> Card {
        self.store.read(|conn| people::card(conn, person, at(0), today())).unwrap().unwrap()
    }

    fn add_phone(&self, person: PersonId, phone: Phone, primary: bool) {
        self.store.write(move |tx| people::add_phone(tx, person, phone, primary, &author())).unwrap();
    }

    fn visit(&self, patient: PersonId, starts: i64, stage: &'static str, cancelled: Option<i64>) {
        let write = move |tx: &rusqlite::Transaction| {
            let id = author().new_id();
            tx.execute(
                "INSERT INTO visits (id, patient, doctor, starts_at, minutes, stage, changed_at)
                 VALUES (?1, ?2, 'Орлов', ?3, 30, ?4, 0)",
                params![id, patient.0, Millis(at(starts)), stage],
            )?;
            let events = [("booked", Some(starts - 900_000)), ("cancelled", cancelled)];
            for (kind, when) in events.into_iter().filter_map(|(kind, when)| Some((kind, when?))) {
                let sql = "INSERT INTO visit_events (visit, kind, at, changed_at) VALUES (?1, ?2, ?3, 0)";
                tx.execute(sql, params![id, kind, Millis(at(when))])?;
            }
            Ok(())
        };
        self.store.write(write).unwrap();
    }
}

#[test]
fn a_shared_phone_is_a_choice_and_nobody_is_guessed() {
    let desk = desk();
    let recognised = || desk.store.read(|conn| people::recognise(conn, NUMBER)).unwrap();
    assert_eq!(recognised(), Recognition::Unknown);
    let anna = desk.patient("Иванова Анна", &[NUMBER]);
    assert!(matches!(recognised(), Recognition::One(person) if person.id == anna));
    let pyotr = desk.patient("Иванов Пётр", &[Phone(79_160_000_001), NUMBER]);
    let Recognition::Several(choice) = recognised() else { panic!("two have it") };
    assert_eq!(choice.iter().map(|person| person.id).collect::<Vec<_>>(), [pyotr, anna]);
}

#[test]
fn one_phone_is_the_main_one() {
    let desk = desk();
    let (second, third) = (Phone(79_160_000_002), Phone(79_160_000_003));
    let anna = desk.patient("Иванова Анна", &[NUMBER]);
    desk.add_phone(anna, second, false);
    desk.add_phone(anna, third, true);
    desk.add_phone(anna, third, false);
    desk.add_phone(anna, NUMBER, false);
    let expected = [(third, true), (second, false), (NUMBER, false)];
    let phones = desk.card(anna).phones;
    assert_eq!(
        phones.iter().map(|PersonPhone { phone, primary }| (*phone, *primary)).collect::<Vec<_>>(),
        expected
    );
    desk.add_phone(anna, NUMBER, true);
    assert_eq!(desk.card(anna).phones[0].phone, NUMBER);
    assert_eq!(desk.card(anna).phones.iter().filter(|phone| phone.primary).count(), 1);
}

#[test]
fn a_phone_for_nobody_is_refused() {
    let desk = desk();
    let nobody = PersonId(author().new_id());
    let refused = desk.store.write(move |tx| people::add_phone(tx, nobody, NUMBER, true, &author()));
    assert!(matches!(refused, Err(Error::NotFound)));
    assert_eq!(desk.store.read(|conn| people::card(conn, nobody, at(0), today())).unwrap(), None);
}

#[test]
fn a_family_has_relatives_a_parent_and_a_total() {
    let desk = desk();
    desk.run("INSERT INTO families (id, changed_at) VALUES (x'01000000000000000000000000000009', 0)");
    let family = Some(FamilyId(uuid::Uuid::from_u128(0x0100_0000_0000_0000_0000_0000_0000_0009)));
    let named = |name| NewPerson { family, ..NewPerson::named(PersonKind::Patient, name) };
    let anna = desk.add(named("Иванова Анна"));
    let born = NaiveDate::from_ymd_opt(2018, 2, 28);
    let child = desk.add(NewPerson { parent: Some(anna), born, ..named("Иванов Лев") });
    let alone = desk.patient("Одинцов Марк", &[]);
    desk.run(
        "INSERT INTO accounts (person, balance, treatment_total, insured_total, changed_at)
         SELECT id, -150000, 1000000, 200, 0 FROM people",
    );
    let card = desk.card(child);
    assert_eq!(card.born, born);
    assert_eq!(card.parent.as_ref().map(|parent| parent.id), Some(anna));
    assert_eq!(card.relatives.iter().map(|person| person.id).collect::<Vec<_>>(), [anna]);
    assert_eq!(card.family_total, Some(Money(2_000_000)));
    assert_eq!(
        (card.account, card.treatment_total, card.insured_total),
        (Money(-150_000), Money(1_000_000), Money(200))
    );
    assert_eq!(desk.card(alone).family_total, None);
}

#[test]
fn visits_policies_and_tasks_stand_as_of_now() {
    let desk = desk();
    let anna = desk.patient("Иванова Анна", &[]);
    const DAY: i64 = 86_400;
    desk.visit(anna, -9 * DAY, "held", None);
    desk.visit(anna, -5 * DAY, "held", None);
    desk.visit(anna, -4 * DAY, "lost", None);
    desk.visit(anna, -3 * DAY, "cancelled", Some(-3 * DAY - 3_600));
    desk.visit(anna, -2 * DAY, "cancelled", Some(-9 * DAY));
    desk.visit(anna, 5 * DAY, "confirmed", None);
    desk.visit(anna, 2 * DAY, "booked", None);
    desk.visit(anna, 3 * DAY, "cancelled", Some(0));
    let write = move |tx: &rusqlite::Transaction| {
        let by = Author { employee: Some(anna), ..author() };
        for (number, from, until) in [("1", "2020-01-01", "2021-01-01"), ("2", "2026-01-01", "2026-12-31")] {
            let sql = "INSERT INTO policies (id, person, insurer, number, from_day, until_day, changed_at)
                       VALUES (?1, ?2, 'СОГАЗ', ?3, ?4, ?5, 0)";
            tx.execute(sql, params![by.new_id(), anna.0, number, from, until])?;
        }
        for (text, due, done) in [("потом", DAY, None), ("срочно", -DAY, None), ("сделано", 0, Some(0))]
        {
            let sql = "INSERT INTO tasks (id, person, text, due_at, done_at, changed_at)
                       VALUES (?1, ?2, ?3, ?4, ?5, 0)";
            tx.execute(sql, params![by.new_id(), anna.0, text, Millis(at(due)), done])?;
        }
        Ok(())
    };
    desk.store.write(write).unwrap();

    let card = desk.card(anna);
    assert_eq!((card.visits_kept, card.visits_due), (2, 4), "an early cancellation harms nobody");
    assert_eq!(card.last_visit, Some(at(-5 * DAY)));
    let coming: Vec<_> = card.future_visits.iter().map(|visit| visit.starts_at).collect();
    assert_eq!(coming, [at(2 * DAY), at(5 * DAY)]);
    assert_eq!(card.future_visits[0].booked_at, at(2 * DAY - 900_000));
    assert_eq!(card.policy.unwrap().number, "2");
    let policy_on = |day| {
        let today = NaiveDate::from_ymd_opt(2021, 1, day).unwrap();
        let card = desk.store.read(|conn| people::card(conn, anna, at(0), today)).unwrap();
        card.unwrap().policy.unwrap().number
    };
    assert_eq!((policy_on(1), policy_on(2)), ("1".into(), "2".into()), "in force to the clinic's midnight");
    let tasks: Vec<_> = card.tasks.iter().map(|task| task.text.as_str()).collect();
    assert_eq!(tasks, ["срочно", "потом"]);
}
