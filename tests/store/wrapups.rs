//! Saving, undoing, drafts, and the counterparty that is remembered.

use pult::domain::desk::Recognition;
use pult::domain::id::{CallId, CallerTypeId, PersonId};
use pult::domain::person::PersonKind;
use pult::domain::wrapup::{Fields, WrapUp};
use pult::store::{Author, Error, Store, calls, directories, drafts, people, wrapups};

use crate::given::{Desk, NUMBER, answered, author, desk};

impl Desk {
    fn save(&self, call: CallId, fields: &Fields) -> WrapUp {
        let fields = fields.clone();
        self.store.write(move |tx| wrapups::save(tx, call, &fields, &author())).unwrap()
    }

    fn undo(&self, call: CallId) -> Result<(Option<WrapUp>, Fields), Error> {
        self.store.write(move |tx| wrapups::undo(tx, call, &author()))
    }

    fn draft(&self, call: CallId) -> Option<Fields> {
        self.store.read(|conn| drafts::get(conn, call)).unwrap()
    }

    fn recognised(&self) -> Recognition {
        self.store.read(|conn| people::recognise(conn, NUMBER)).unwrap()
    }

    fn person_of(&self, call: CallId) -> Option<PersonId> {
        let sql = "SELECT person FROM calls WHERE id = ?1";
        let person =
            self.store.read(|conn| Ok(conn.query_row(sql, [call.0], |row| row.get::<_, Option<_>>(0))?));
        person.unwrap().map(PersonId)
    }

    fn type_named(&self, name: &str) -> CallerTypeId {
        let directories = self.store.read(directories::all).unwrap();
        directories.caller_types.iter().find(|entry| entry.name == name).unwrap().id
    }

    fn counterparty(&self, name: &str) -> Fields {
        let caller_type = Some(self.type_named("Прочие и контрагенты"));
        Fields { who_text: name.into(), caller_type, ..Fields::default() }
    }
}

fn saying(comment: &str) -> Fields {
    Fields { comment: comment.into(), ..Fields::default() }
}

#[test]
fn a_save_carries_author_and_time_and_clears_the_draft() {
    let desk = desk();
    let call = desk.record(answered("1", NUMBER));
    let employee = desk.add(people::NewPerson::named(PersonKind::Employee, "Орлова Вера"));
    let by = Author { employee: Some(employee), ..author() };
    let saved = desk
        .store
        .write(move |tx| {
            drafts::keep(tx, call, &saying("перез"), &by)?;
            wrapups::save(tx, call, &saying("перезвонить"), &by)
        })
        .unwrap();
    let expected =
        WrapUp { call, fields: saying("перезвонить"), employee: Some(employee), saved_at: by.at };
    assert_eq!(saved, expected);
    let open = desk.store.read(|conn| calls::open(conn, call)).unwrap().unwrap();
    assert_eq!((open.wrapup, open.draft, open.call.wrapped), (Some(expected), None, true));
}

#[test]
fn undo_goes_back_step_by_step_and_the_words_become_the_draft() {
    let desk = desk();
    let call = desk.record(answered("1", NUMBER));
    desk.save(call, &saying("первый"));
    desk.save(call, &saying("второй"));
    let (standing, taken) = desk.undo(call).unwrap();
    assert_eq!((standing.unwrap().fields, taken), (saying("первый"), saying("второй")));
    assert_eq!(desk.draft(call), Some(saying("второй")));
    desk.save(call, &saying("третий"));
    assert_eq!(desk.undo(call).unwrap().1, saying("третий"));
    assert_eq!(desk.draft(call), Some(saying("третий")));
    assert_eq!(desk.undo(call).unwrap(), (None, saying("первый")));
    assert!(matches!(desk.undo(call), Err(Error::NothingToUndo)));
    let kept: u32 = desk
        .store
        .read(|conn| Ok(conn.query_row("SELECT count(*) FROM wrapups", [], |row| row.get(0))?))
        .unwrap();
    assert_eq!(kept, 3, "history forgets nothing");
}

#[test]
fn undo_leaves_a_newer_draft_alone() {
    let desk = desk();
    let call = desk.record(answered("1", NUMBER));
    desk.save(call, &saying("сохранено"));
    desk.store.write(move |tx| drafts::keep(tx, call, &saying("дописываю"), &author())).unwrap();
    assert_eq!(desk.undo(call).unwrap(), (None, saying("сохранено")));
    assert_eq!(desk.draft(call), Some(saying("дописываю")));
}

#[test]
fn who_calls_decides_whom_the_call_was_with_and_undo_gives_it_back() {
    let desk = desk();
    let anna = desk.patient("Иванова Анна", &[NUMBER]);
    let pyotr = desk.patient("Иванов Пётр", &[]);
    let call = desk.record(answered("1", NUMBER));
    assert_eq!(desk.person_of(call), Some(anna));
    desk.save(call, &Fields { who: Some(pyotr), ..Fields::default() });
    assert_eq!(desk.person_of(call), Some(pyotr));
    let board = desk.store.read(|conn| calls::board_call(conn, call)).unwrap().unwrap();
    assert!(matches!(board.recognition, Recognition::One(person) if person.id == pyotr));
    desk.undo(call).unwrap();
    assert_eq!(desk.person_of(call), Some(anna));
}

#[test]
fn a_draft_survives_and_an_empty_one_is_none() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("pult.db");
    let store = Store::open(&path).unwrap();
    let call = store
        .write(|tx| {
            let call = calls::record(tx, &answered("1", NUMBER), &author())?.id;
            drafts::keep(tx, call, &saying("недопис"), &author())?;
            Ok(call)
        })
        .unwrap();
    drop(store);
    let store = Store::open(&path).unwrap();
    assert_eq!(store.read(|conn| drafts::get(conn, call)).unwrap(), Some(saying("недопис")));
    store.write(move |tx| drafts::keep(tx, call, &Fields::default(), &author())).unwrap();
    assert_eq!(store.read(|conn| drafts::get(conn, call)).unwrap(), None);
}

#[test]
fn words_about_a_call_that_is_not_there_are_refused() {
    let desk = desk();
    let nowhere = CallId(author().new_id());
    let kept = desk.store.write(move |tx| drafts::keep(tx, nowhere, &saying("?"), &author()));
    let saved = desk.store.write(move |tx| wrapups::save(tx, nowhere, &saying("?"), &author()));
    assert!(matches!(kept, Err(Error::NotFound)));
    assert!(matches!(saved, Err(Error::NotFound)));
}

#[test]
fn a_counterparty_is_remembered_for_next_time() {
    let desk = desk();
    let call = desk.record(answered("1", NUMBER));
    desk.save(call, &desk.counterparty(" ООО «Ромашка» "));
    let Recognition::One(known) = desk.recognised() else { panic!("not remembered") };
    assert_eq!((known.name.as_str(), known.kind), ("ООО «Ромашка»", PersonKind::Counterparty));
    assert_eq!(desk.person_of(call), Some(known.id));

    desk.save(call, &desk.counterparty("ООО «Астра»"));
    let Recognition::One(renamed) = desk.recognised() else { panic!("not remembered") };
    assert_eq!((renamed.id, renamed.name.as_str()), (known.id, "ООО «Астра»"));

    desk.undo(call).unwrap();
    assert!(matches!(desk.recognised(), Recognition::One(person) if person.name == "ООО «Ромашка»"));
    desk.undo(call).unwrap();
    assert_eq!(desk.recognised(), Recognition::Unknown, "the undo takes the card back");
    assert_eq!(desk.person_of(call), None);
}

#[test]
fn a_remembered_counterparty_stays_when_others_lean_on_them() {
    let desk = desk();
    let first = desk.record(answered("1", NUMBER));
    desk.save(first, &desk.counterparty("Поставщик"));
    let second = desk.record(answered("2", NUMBER));
    desk.undo(first).unwrap();
    assert!(matches!(desk.recognised(), Recognition::One(_)));
    assert_eq!(desk.person_of(first), desk.person_of(second));
}

#[test]
fn neither_employees_nor_patients_nor_known_numbers_are_remembered() {
    let desk = desk();
    let call = desk.record(answered("1", NUMBER));
    for name in ["Сотрудник", "Пациент. Хочет записаться"] {
        let caller_type = Some(desk.type_named(name));
        desk.save(call, &Fields { who_text: "Кто-то".into(), caller_type, ..Fields::default() });
        assert_eq!(desk.recognised(), Recognition::Unknown);
    }
    desk.save(call, &desk.counterparty("   "));
    assert_eq!(desk.recognised(), Recognition::Unknown, "no name, nobody");
    let anna = desk.patient("Иванова Анна", &[NUMBER]);
    desk.save(call, &desk.counterparty("Кто-то"));
    assert!(matches!(desk.recognised(), Recognition::One(person) if person.id == anna));
}
