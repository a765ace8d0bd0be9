//! What a provider knows of the clinic fills gaps and overwrites nothing.

use pult::domain::directory::Directories;
use pult::domain::office::{Office, OfficeEmployee, OfficeLine};
use pult::domain::person::PersonKind;
use pult::domain::phone::Phone;
use pult::store::people::NewPerson;
use pult::store::{directories, office, people};

use crate::given::{Desk, NUMBER, author, desk};

fn line(number: &str, name: &str, campaign: Option<&str>) -> OfficeLine {
    OfficeLine { number: number.into(), name: name.into(), campaign: campaign.map(str::to_owned) }
}

fn employee(code: &str, extension: Option<&str>, phones: Vec<Phone>) -> OfficeEmployee {
    OfficeEmployee {
        code: code.into(),
        name: "Петрова Анна".into(),
        extension: extension.map(str::to_owned),
        phones,
    }
}

fn fill_in(desk: &Desk, lines: Vec<OfficeLine>, employees: Vec<OfficeEmployee>) -> (bool, Directories) {
    let office = Office { lines, employees };
    let added = desk.store.write(move |tx| office::fill_in(tx, &office, &author())).unwrap();
    (added, desk.store.read(directories::all).unwrap())
}

#[test]
fn lines_are_added_and_channels_filled_in_but_never_replaced() {
    let desk = desk();
    desk.store
        .write(|tx| {
            Ok(tx.execute("INSERT INTO lines (number, name, changed_at) VALUES ('1', 'Наша', 0)", [])?)
        })
        .unwrap();
    let (added, known) =
        fill_in(&desk, vec![line("1", "Чужая", Some("Яндекс")), line("2", "Вторая", None)], vec![]);
    assert!(added);
    let names: Vec<&str> = known.lines.iter().map(|line| line.name.as_str()).collect();
    assert_eq!(names, ["Наша", "Вторая"]);
    assert_eq!(known.channels.len(), 1);
    assert_eq!(known.line("1").unwrap().channel, Some(known.channels[0].id));
    // Another campaign later changes nothing of what stands.
    let (added, known) = fill_in(&desk, vec![line("1", "Чужая", Some("Google"))], vec![]);
    assert!(!added);
    assert_eq!(known.channels.len(), 1);
}

#[test]
fn whoever_answers_at_an_extension_nobody_has_is_added_once() {
    let desk = desk();
    desk.store
        .write(|tx| people::add(tx, NewPerson::named(PersonKind::Patient, "Иванов Иван"), &author()))
        .and_then(|person| desk.store.write(move |tx| people::add_phone(tx, person, NUMBER, true, &author())))
        .unwrap();
    let anna = |extension| vec![employee("uis:1", extension, vec![NUMBER, Phone(79_990_000_101)])];
    assert!(!fill_in(&desk, vec![], anna(None)).0);
    let (added, known) = fill_in(&desk, vec![], anna(Some("101")));
    assert!(added);
    assert_eq!(known.employee_at("101").unwrap().name, "Петрова Анна");
    // The patient's number stays the patient's alone.
    let owner = desk.store.read(|conn| people::recognise(conn, NUMBER)).unwrap();
    assert!(matches!(owner, pult::domain::desk::Recognition::One(person) if person.name == "Иванов Иван"));
    assert!(!fill_in(&desk, vec![], anna(Some("101"))).0);
    // Somebody else at an extension that is taken is no news, and who moves is followed.
    assert!(!fill_in(&desk, vec![], vec![employee("uis:2", Some("101"), vec![])]).0);
    let (_, known) = fill_in(&desk, vec![], anna(Some("105")));
    assert_eq!((known.employees.len(), known.employee_at("101")), (1, None));
}
