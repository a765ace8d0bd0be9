//! What desks keep in the store: reports saved by name, and what each wants to find again.

use pult::domain::desk::NamedView;
use pult::domain::id::PersonId;
use pult::store::{Author, memory, views};
use uuid::Uuid;

use crate::given::{author, desk};

#[test]
fn a_view_is_saved_by_name_and_forgotten() {
    let desk = desk();
    let view = |name: &str, line: &str| NamedView { name: name.into(), line: line.into() };
    let save = |view: NamedView| desk.store.write(move |tx| views::save(tx, &view, &author())).unwrap();
    save(view("Утро", "today"));
    save(view("Вечер", "today calls"));
    save(view("Утро", "yesterday"));
    assert_eq!(
        desk.store.read(views::list).unwrap(),
        [view("Вечер", "today calls"), view("Утро", "yesterday")]
    );
    desk.store.write(|tx| views::forget(tx, "Вечер")).unwrap();
    desk.store.write(|tx| views::forget(tx, "никакой")).unwrap();
    assert_eq!(desk.store.read(views::list).unwrap(), [view("Утро", "yesterday")]);
}

#[test]
fn each_desk_remembers_for_itself() {
    let desk = desk();
    let anna = Author { employee: Some(PersonId(Uuid::from_u128(1))), ..author() };
    let remember = |author: Author, value: &'static str| {
        desk.store.write(move |tx| memory::remember(tx, "columns", value, &author)).unwrap();
    };
    let recall = |employee| desk.store.read(|conn| memory::recall(conn, employee, "columns")).unwrap();
    remember(author(), "all");
    remember(anna, "few");
    remember(anna, "fewer");
    assert_eq!(recall(None).as_deref(), Some("all"));
    assert_eq!(recall(anna.employee).as_deref(), Some("fewer"));
    assert_eq!(recall(Some(PersonId(Uuid::from_u128(2)))), None);
}
