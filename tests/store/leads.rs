//! Forms left on the site.

use pult::domain::advert::Advert;
use pult::domain::lead::Lead;
use pult::domain::phone::Remote;
use pult::store::leads;

use crate::given::{NUMBER, at, author, desk};

fn lead(id: &str, seconds: i64) -> Lead {
    Lead {
        source: "uis".into(),
        id: id.into(),
        left_at: at(seconds),
        remote: Remote::Number(NUMBER),
        name: Some("Игорь".into()),
        email: None,
        text: "имплант".into(),
        advert: Advert { campaign: Some("Яндекс".into()), ..Advert::default() },
    }
}

#[test]
fn the_same_form_twice_is_one_as_it_was_told_last() {
    let desk = desk();
    let record = |lead: Lead| desk.store.write(move |tx| leads::record(tx, &lead, &author())).unwrap();
    assert!(record(lead("1", 5)));
    assert!(!record(lead("1", 5)));
    assert!(record(lead("2", 9)));
    let mended = Lead { text: "имплант и чистка".into(), ..lead("1", 5) };
    assert!(record(mended.clone()));
    let withheld = Lead { remote: Remote::Withheld, ..lead("3", 20) };
    assert!(record(withheld));
    let found = desk.store.read(|conn| leads::by_phone(conn, NUMBER, 10)).unwrap();
    assert_eq!(found, [lead("2", 9), mended]);
    assert_eq!(desk.store.read(|conn| leads::by_phone(conn, NUMBER, 1)).unwrap(), [lead("2", 9)]);
}
