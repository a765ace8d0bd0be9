//! Finding people by what an operator types.

use pult::domain::person::PersonKind;
use pult::domain::phone::Phone;
use pult::store::people::NewPerson;
use pult::store::search;

use crate::given::{Desk, NUMBER, desk};

impl Desk {
    fn find(&self, text: &str) -> Vec<String> {
        let found = self.store.read(|conn| search::people(conn, text, 10)).unwrap();
        found.into_iter().map(|person| person.name).collect()
    }
}

fn clinic() -> Desk {
    let desk = desk();
    for name in [
        "Иванов Иван Петрович",
        "Иванова Анна Сергеевна",
        "Ивановский Артём Львович",
        "Петров Иван Андреевич",
        "Семёнова Алёна Игоревна",
        "Преображенский Филипп Филиппович",
        "Салтыков-Щедрин Михаил",
        "Smith John",
        "Мамедов Ариф Гасан оглы",
    ] {
        desk.patient(name, &[]);
    }
    desk.patient("Яковлев Юрий Юрьевич", &[NUMBER, Phone(79_031_112_233)]);
    desk.add(NewPerson::named(PersonKind::Counterparty, "ООО «Ромашка»"));
    desk
}

#[test]
fn a_prefix_of_the_surname_finds_in_order() {
    let desk = clinic();
    let three = ["Иванов Иван Петрович", "Иванова Анна Сергеевна", "Ивановский Артём Львович"];
    assert_eq!(desk.find("иванов"), three);
    assert_eq!(desk.find("  ИВАНОВ "), three);
    assert_eq!(desk.find("иванова"), ["Иванова Анна Сергеевна"]);
    assert_eq!(desk.find("сидоров"), Vec::<String>::new());
}

#[test]
fn one_word_finds_surnames_first_and_given_names_after() {
    let desk = clinic();
    assert_eq!(desk.find("иван").last().unwrap(), "Петров Иван Андреевич");
    assert_eq!(desk.find("ромашка"), ["ООО «Ромашка»"]);
}

#[test]
fn surname_and_name_go_in_either_order_and_in_parts() {
    let desk = clinic();
    for text in ["иванов иван", "иван иванов", "ив иванов", "иванов иван п", "иван петр иванов", "и ива пет"]
    {
        assert_eq!(desk.find(text)[0], "Иванов Иван Петрович", "{text}");
    }
    assert_eq!(desk.find("иван петров"), ["Петров Иван Андреевич"]);
    assert_eq!(desk.find("иванов иван андреевич"), Vec::<String>::new());
    assert_eq!(desk.find("мамедов ариф гасан оглы"), ["Мамедов Ариф Гасан оглы"]);
}

#[test]
fn yo_is_ye_and_hyphens_do_not_matter() {
    let desk = clinic();
    for text in ["семенова", "семёнова", "СЕМЁНОВА АЛЕНА", "алёна семенова"]
    {
        assert_eq!(desk.find(text), ["Семёнова Алёна Игоревна"], "{text}");
    }
    assert_eq!(desk.find("салтыков-щ"), ["Салтыков-Щедрин Михаил"]);
    assert_eq!(desk.find("салтыковщ"), ["Салтыков-Щедрин Михаил"]);
}

#[test]
fn the_wrong_layout_is_tried_when_nothing_is_found() {
    let desk = clinic();
    assert_eq!(desk.find("bdfyjd").len(), 3);
    assert_eq!(desk.find("Bdfyjd Bdfy"), ["Иванов Иван Петрович"]);
    assert_eq!(desk.find("ghtj,hf;tycrbq"), ["Преображенский Филипп Филиппович"]);
    assert_eq!(desk.find(".hbq"), ["Яковлев Юрий Юрьевич"]);
    assert_eq!(desk.find("ыьшер"), ["Smith John"]);
    assert_eq!(desk.find("smi"), ["Smith John"]);
}

#[test]
fn the_last_digits_of_any_phone_find_in_any_writing() {
    let desk = clinic();
    for text in ["567", "4567", "45-67", "(916) 123-45-67", "+7 916 123 45 67", "8 916 123-45-67", "2233"] {
        assert_eq!(desk.find(text), ["Яковлев Юрий Юрьевич"], "{text}");
    }
    for text in ["67", "568", "99161234567", "+", "1234567890123456789"] {
        assert_eq!(desk.find(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn text_is_never_a_pattern_or_sql() {
    let desk = clinic();
    for text in ["", "   ", "%", "*", "_", "'; DROP TABLE people; --", "иванов\u{0}", "\u{10ffff}"] {
        desk.find(text);
    }
    assert_eq!(desk.find("%"), Vec::<String>::new());
    assert_eq!(desk.find("иванов").len(), 3);
}

#[test]
fn no_more_than_asked_for_and_nobody_twice() {
    let desk = clinic();
    desk.patient("Иван Иван Иван", &[]);
    let found = |limit| desk.store.read(|conn| search::people(conn, "и", limit)).unwrap().len();
    assert_eq!((found(0), found(2), found(10)), (0, 2, 5));
}
