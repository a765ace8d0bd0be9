//! The filter while it is being changed: nothing is counted until it is applied.
//!
//! Arrows change a choice in place, the space bar unfolds a list or the calendar, what is typed is typed in place,
//! and outside of text a digit asks a ready report.

mod calendar;
mod choice;
mod days;
mod draw;
mod field;
mod list;
mod over;
mod place;
mod seek;
mod typed;

use chrono::NaiveDate;
use ratatui::layout::Position;

use super::Around;
use crate::desk::action::Action;
use crate::desk::key::Key;
use crate::domain::desk::{Refusal, Reply, Request};
use crate::domain::period::Span;
use crate::domain::report::{Filter, Group, Level, View};

use calendar::Calendar;
use choice::Item;
use days::Days;
use field::{Field, Nature};
use list::List;
use over::Over;
use seek::Seek;
use typed::Typed;

pub use draw::{draw, frame, keys};

#[derive(Debug)]
pub struct Panel {
    view: View,
    days: Days,
    typed: Typed,
    field: Field,
    over: Option<Over>,
    /// The field that could not be read when the filter was to be applied.
    wrong: Option<Field>,
    /// Groups of the last table.
    seen: Vec<Group>,
    /// The name of the person whose calls are wanted.
    person: Option<String>,
}

/// What follows from a key or a click on the panel.
#[derive(Debug)]
pub enum Wish {
    Stay,
    /// Everything stays as it was.
    Close,
    Apply(Box<View>),
    /// One of the ready reports, by its digit.
    Ready(u32),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Way {
    Forth,
    Back,
}

impl Panel {
    pub fn of(view: View, seen: Vec<Group>, today: NaiveDate) -> Panel {
        let (days, typed) = (Days::of(view.when, today), Typed::of(&view.filter));
        Panel { view, days, typed, field: Field::Period, over: None, wrong: None, seen, person: None }
    }

    pub fn about(self, person: Option<String>) -> Panel {
        Panel { person, ..self }
    }

    pub fn seek(&mut self) {
        self.field = Field::Person;
        self.over = Some(Over::Seek(Seek::default()));
    }

    pub fn takes(&self, key: Key) -> bool {
        match (&self.over, self.field.nature()) {
            (Some(over), _) => over.takes(key),
            (None, Nature::Date) => days::takes(key),
            (None, Nature::Typed) => typed::takes(self.field, key),
            (None, _) => key.digit().is_some(),
        }
    }

    /// A key that is text here.
    pub fn press(&mut self, key: Key, around: &mut Around<'_>) -> Wish {
        self.wrong = None;
        match (&mut self.over, self.field.nature()) {
            (Some(Over::Calendar(calendar)), _) => {
                self.days.press(calendar.field, key);
                calendar.go_to(self.days.day(calendar.field, around.today()).unwrap_or(calendar.day));
            }
            (Some(Over::List(list)), _) => list.press(key, around.words()),
            (Some(Over::Seek(seek)), _) => seek.press(key, around.asking),
            (None, Nature::Date) => self.days.press(self.field, key),
            (None, Nature::Typed) => self.typed.press(self.field, key),
            (None, _) => return key.digit().map_or(Wish::Stay, Wish::Ready),
        }
        Wish::Stay
    }

    pub fn paste(&mut self, text: &str, around: &mut Around<'_>) {
        match &mut self.over {
            Some(Over::List(list)) => list.paste(text, around.words()),
            Some(Over::Seek(seek)) => seek.paste(text, around.asking),
            Some(Over::Calendar(calendar)) => self.days.paste(calendar.field, text),
            None if self.field.nature() == Nature::Date => self.days.paste(self.field, text),
            None => self.typed.paste(self.field, text),
        }
    }

    pub fn hear(&mut self, request: &Request, reply: &Result<Reply, Refusal>) {
        if let Some(Over::Seek(seek)) = &mut self.over {
            seek.hear(request, reply);
        }
    }

    pub fn act(&mut self, action: Action, around: &Around<'_>) -> Wish {
        match self.over {
            Some(_) => self.act_over(action, around),
            None => return self.act_on_fields(action, around),
        }
        Wish::Stay
    }

    fn act_on_fields(&mut self, action: Action, around: &Around<'_>) -> Wish {
        match action {
            Action::Dismiss | Action::Filter => return Wish::Close,
            Action::Pick => return self.apply(around.today()),
            Action::Next => self.step(1),
            Action::Previous => self.step(-1),
            Action::NextField | Action::PreviousField => self.cross(),
            Action::First | Action::PreviousPage => self.go_to(Field::Period),
            Action::Last | Action::NextPage => self.go_to(Field::Person),
            Action::Unfold => self.change(Way::Forth, around),
            Action::Back => self.change(Way::Back, around),
            Action::Mark => self.unfold(around),
            Action::Clear => self.clear(self.field, around.today()),
            Action::ClearAll => self.clear_all(),
            _ => {}
        }
        Wish::Stay
    }

    /// Through both columns, from the top of the first to the foot of the second and round.
    fn step(&mut self, by: isize) {
        let fields = field::columns(&self.view).concat();
        let at = fields.iter().position(|field| *field == self.field).unwrap_or(0);
        let to = (at as isize + by).rem_euclid(fields.len() as isize);
        self.go_to(usize::try_from(to).map_or(Field::Period, |to| fields[to]));
    }

    /// To the same line of the other column.
    fn cross(&mut self) {
        let columns = field::columns(&self.view);
        let row = |column: &Vec<Field>| column.iter().position(|field| *field == self.field);
        let other = match (row(&columns[0]), row(&columns[1])) {
            (Some(row), _) => columns[1].get(row).or(columns[1].last()),
            (None, row) => columns[0].get(row.unwrap_or(0)).or(columns[0].last()),
        };
        self.go_to(other.copied().unwrap_or(Field::Period));
    }

    fn go_to(&mut self, field: Field) {
        self.field = field;
        self.days.touch();
    }

    fn change(&mut self, way: Way, around: &Around<'_>) {
        self.wrong = None;
        match (self.field, self.field.nature()) {
            (Field::Period, _) => self.days.turn(way, around.today()),
            (field, Nature::Date) => self.days.shift(field, way, around.today()),
            (field, Nature::Turns | Nature::Picks) => field.turn(&mut self.view, way),
            _ if way == Way::Forth => self.unfold(around),
            _ => {}
        }
    }

    fn unfold(&mut self, around: &Around<'_>) {
        self.wrong = None;
        self.over = match self.field.nature() {
            Nature::Turns => return self.change(Way::Forth, around),
            Nature::Typed => return,
            Nature::Date => Some(Over::Calendar(Calendar::of(self.field, &self.days, around.today()))),
            Nature::Sought => Some(Over::Seek(Seek::default())),
            Nature::Picks | Nature::Ticks => Some(Over::List(self.list(around))),
        };
    }

    fn list(&self, around: &Around<'_>) -> List {
        let chosen = match self.field {
            Field::Period => self.days.span(around.today()).map(Item::Span),
            Field::By => Some(Item::Level(self.view.by)),
            Field::ThenBy => Some(Item::Level(self.view.then_by)),
            _ => None,
        };
        let all = choice::offered(self.field, &self.view, &self.seen, around.words());
        List::of(self.field, all, chosen.as_ref(), &self.view.filter)
    }

    fn clear(&mut self, field: Field, today: NaiveDate) {
        self.wrong = None;
        match field.nature() {
            Nature::Date => self.days.name(Span::Month, today),
            Nature::Typed => self.typed.clear(field),
            _ if field == Field::Period => self.days.name(Span::Month, today),
            _ => field.clear(&mut self.view),
        }
    }

    /// Everything that keeps calls out; the period, the kind and the levels stay.
    fn clear_all(&mut self) {
        self.wrong = None;
        self.view.filter = Filter::default();
        self.view.compare = None;
        self.typed = Typed::of(&self.view.filter);
        if !field::columns(&self.view).concat().contains(&self.field) {
            self.go_to(Field::Period);
        }
    }

    /// Whether a field keeps anything out.
    fn narrows(&self, field: Field) -> bool {
        match field.nature() {
            Nature::Typed => !self.typed.is_empty(field),
            _ => field.narrows(&self.view),
        }
    }

    fn apply(&mut self, today: NaiveDate) -> Wish {
        self.question(today).map_or(Wish::Stay, |view| Wish::Apply(Box::new(view)))
    }

    /// What is asked as the fields stand. A field that cannot be read is gone to.
    pub fn question(&mut self, today: NaiveDate) -> Option<View> {
        let mut view = self.view.clone();
        let filled = self.typed.fill(&mut view.filter);
        match (self.days.when(today), filled) {
            (Ok(when), Ok(())) => Some(View { when, ..in_order(view) }),
            (Err(field), _) | (_, Err(field)) => {
                self.go_to(field);
                self.wrong = Some(field);
                None
            }
        }
    }

    pub fn click(&mut self, at: Position, twice: bool, around: &Around<'_>) -> Wish {
        if self.over.is_some() {
            self.click_over(at, twice, around);
            return Wish::Stay;
        }
        match place::under(self, at, around.body) {
            place::Under::Field(field) if field == self.field => self.change_or_unfold(around),
            place::Under::Field(field) => self.go_to(field),
            place::Under::Apply => return self.apply(around.today()),
            place::Under::Nothing => {}
            place::Under::Outside => return Wish::Close,
        }
        Wish::Stay
    }

    /// A press on the field that is chosen.
    fn change_or_unfold(&mut self, around: &Around<'_>) {
        match self.field.nature() {
            Nature::Turns => self.change(Way::Forth, around),
            _ => self.unfold(around),
        }
    }
}

/// Without a level that repeats the first, or stands where there is no first.
fn in_order(view: View) -> View {
    let (by, then_by) = match (view.by, view.then_by) {
        (Level::None, then_by) => (then_by, Level::None),
        (by, then_by) if by == then_by => (by, Level::None),
        levels => levels,
    };
    View { by, then_by, ..view }
}
