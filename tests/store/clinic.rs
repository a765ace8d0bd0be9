//! What the clinic's own files say of its employees, a second time.

use pult::clinic::csv;
use pult::store::clinic::{Records, Tally, put};
use pult::store::{Error, directories};

use crate::given::{Desk, author, desk};

impl Desk {
    fn import(&self, rows: &str) -> Result<Tally, Error> {
        let people = csv::people(format!("id,kind,name,extension\n{rows}").as_bytes()).unwrap();
        self.store.write(move |tx| put(tx, &Records::People(people), &author(), &mut || ()))
    }

    fn extensions(&self) -> Vec<(String, Option<String>)> {
        let employees = self.store.read(directories::all).unwrap().employees;
        employees.into_iter().map(|employee| (employee.name, employee.extension)).collect()
    }
}

fn at_desk(name: &str, extension: Option<&str>) -> (String, Option<String>) {
    (name.to_owned(), extension.map(str::to_owned))
}

#[test]
fn two_employees_swap_extensions_in_one_file() {
    let desk = desk();
    desk.import("1,employee,Белова,101\n2,employee,Орлова,102\n").unwrap();
    let swapped = "1,employee,Белова,102\n2,employee,Орлова,101\n";
    assert_eq!(desk.import(swapped).unwrap(), Tally { added: 0, changed: 2 });
    assert_eq!(desk.extensions(), [at_desk("Белова", Some("102")), at_desk("Орлова", Some("101"))]);
    assert_eq!(desk.import(swapped).unwrap(), Tally::default());
}

#[test]
fn an_extension_given_twice_is_refused() {
    let desk = desk();
    desk.import("1,employee,Белова,101\n").unwrap();
    let refused = desk.import("2,employee,Орлова,101\n").unwrap_err();
    assert!(refused.to_string().contains("another employee has this extension"), "{refused}");
    assert!(desk.import("1,employee,Белова,102\n2,employee,Орлова,102\n").is_err());
    assert_eq!(desk.extensions(), [at_desk("Белова", Some("101"))], "nothing of those files is kept");
}

#[test]
fn who_is_no_employee_any_more_leaves_the_extension_to_others() {
    let desk = desk();
    desk.import("1,employee,Белова,101\n").unwrap();
    let left = "2,employee,Орлова,101\n1,patient,Белова,\n";
    assert_eq!(desk.import(left).unwrap(), Tally { added: 1, changed: 1 });
    assert_eq!(desk.extensions(), [at_desk("Орлова", Some("101")), at_desk("Белова", None)]);
    assert_eq!(desk.import(left).unwrap(), Tally::default());
}
