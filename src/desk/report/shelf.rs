//! Reports by name: those shipped and the clinic's own. What is its own the engine says; nothing is shown as saved
//! or gone before it has said so.

mod list;
mod naming;

use crate::desk::asking::Asking;
use crate::desk::notice::Notice;
use crate::desk::state::View as Asker;
use crate::domain::desk::{NamedView, Refusal, Reply, Request};
use crate::domain::report::{LineFault, View};

use super::Around;
use super::scenario::{Clinic, Scenario};

pub use list::{List, Picked, place_of};
pub use naming::{Naming, place as naming_place};

#[derive(Debug, Default)]
pub struct Shelf {
    own: Vec<NamedView>,
    pub refusal: Option<Refusal>,
    renaming: Option<Renaming>,
}

/// The old name goes when the new one is saved.
#[derive(Debug)]
struct Renaming {
    old: String,
    new: String,
}

/// One of the list, the shipped ones first.
#[derive(Clone, Copy, Debug)]
pub enum Kept<'s> {
    Ready(Scenario),
    Own(&'s NamedView),
}

impl Kept<'_> {
    pub fn view(self, clinic: Clinic<'_>) -> Result<View, LineFault> {
        match self {
            Kept::Ready(scenario) => Ok(scenario.view(clinic)),
            Kept::Own(named) => View::read(&named.line, clinic.directories),
        }
    }

    pub fn line(self, clinic: Clinic<'_>) -> String {
        match self {
            Kept::Ready(scenario) => scenario.view(clinic).line(clinic.directories),
            Kept::Own(named) => named.line.clone(),
        }
    }
}

impl Shelf {
    pub fn at(&self, place: usize) -> Option<Kept<'_>> {
        let own = place.checked_sub(Scenario::ALL.len());
        match own {
            None => Scenario::ALL.get(place).copied().map(Kept::Ready),
            Some(place) => self.own.get(place).map(Kept::Own),
        }
    }

    pub fn len(&self) -> usize {
        Scenario::ALL.len() + self.own.len()
    }

    pub fn has(&self, name: &str) -> bool {
        self.own.iter().any(|view| view.name == name)
    }

    pub fn ask(asking: &mut Asking) {
        asking.ask_latest(Asker::Report, Request::Views);
    }

    /// `renames` goes once the other is kept.
    pub fn save(&mut self, view: NamedView, renames: Option<String>, asking: &mut Asking) {
        let old = renames.filter(|old| *old != view.name);
        self.renaming = old.map(|old| Renaming { old, new: view.name.clone() });
        asking.ask_for(Asker::Report, Request::SaveView(view));
    }

    pub fn forget(name: &str, asking: &mut Asking) {
        asking.ask_for(Asker::Report, Request::ForgetView { name: name.to_owned() });
    }

    pub fn hear(&mut self, request: &Request, reply: &Result<Reply, Refusal>, around: &mut Around<'_>) {
        match (request, reply) {
            (Request::Views, Ok(Reply::Views(own))) => (self.own, self.refusal) = (own.clone(), None),
            (Request::Views, Err(refusal)) => self.refusal = Some(refusal.clone()),
            (Request::SaveView(view), Ok(_)) => self.saved(&view.name, around),
            (Request::ForgetView { name }, Ok(_)) => self.forgotten(name, around),
            (Request::SaveView(_), Err(refusal)) => {
                self.renaming = None;
                tell_refused("views-refused", refusal, around);
            }
            (Request::ForgetView { name }, Err(refusal)) => {
                self.renaming.take_if(|renaming| renaming.old == *name);
                Shelf::ask(around.asking);
                tell_refused("views-not-forgotten", refusal, around);
            }
            _ => {}
        }
    }

    fn saved(&mut self, name: &str, around: &mut Around<'_>) {
        match &self.renaming {
            Some(renaming) => Shelf::forget(&renaming.old, around.asking),
            None => {
                Shelf::ask(around.asking);
                tell("views-saved", name, around);
            }
        }
    }

    fn forgotten(&mut self, name: &str, around: &mut Around<'_>) {
        Shelf::ask(around.asking);
        match self.renaming.take_if(|renaming| renaming.old == *name) {
            Some(renaming) => tell("views-renamed", &renaming.new, around),
            None => tell("views-forgotten", name, around),
        }
    }
}

fn tell(key: &str, name: &str, around: &mut Around<'_>) {
    let said = around.look.say_with(key, &[("name", name.into())]);
    *around.notice = Some(Notice::info(said, "", around.now));
}

/// The key names what was refused; its hint what became of it.
fn tell_refused(key: &str, refusal: &Refusal, around: &mut Around<'_>) {
    let why = around.words().refusal(refusal);
    let said = around.look.say_with(key, &[("why", why.into())]);
    *around.notice = Some(Notice::error(said, around.look.say(&format!("{key}-hint"))));
}
