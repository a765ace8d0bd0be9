//! The filter while it is being changed: nothing is counted until it is applied.
//!
//! Arrows change a choice in place, the space bar opens a list, digits ask a whole scenario at once.

mod choice;
mod days;
mod draw;
mod field;
mod list;

use chrono::NaiveDate;
use ratatui::layout::{Position, Rect};

use super::Around;
use super::scenario::Scenario;
use super::words::Words;
use crate::desk::action::Action;
use crate::desk::key::{Key, KeyCode};
use crate::domain::period::Span;
use crate::domain::report::{Level, View, When};

use days::Days;
use field::Field;
use list::List;

pub use draw::draw;

#[derive(Debug)]
pub struct Panel {
    view: View,
    days: Days,
    field: Field,
    /// Unfolded under its field.
    list: Option<List>,
    /// The date that could not be read when the filter was to be applied.
    wrong: Option<Field>,
}

/// What follows from a key or a click on the panel.
#[derive(Debug)]
pub enum Wish {
    Stay,
    /// Everything stays as it was.
    Close,
    Apply(Box<View>),
    Ask(Scenario),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Way {
    Forth,
    Back,
}

impl Panel {
    pub fn of(view: View, today: NaiveDate) -> Panel {
        let days = Days::of(view.when.period(today));
        Panel { view, days, field: Field::Period, list: None, wrong: None }
    }

    pub fn takes(&self, key: Key) -> bool {
        let erases = key == Key::plain(KeyCode::Backspace);
        match (&self.list, key.typed()) {
            (Some(_), Some(char)) => char != ' ',
            (Some(_), None) => erases,
            (None, Some(char)) => char.is_ascii_digit() || self.field.is_date() && days::is_separator(char),
            (None, None) => erases && self.field.is_date(),
        }
    }

    /// A key that is text here.
    pub fn press(&mut self, key: Key, words: Words<'_>) -> Wish {
        match (&mut self.list, key.digit()) {
            (Some(list), _) => list.press(key, words),
            (None, _) if self.field.is_date() => self.type_date(key),
            (None, Some(digit)) => return Scenario::at(digit).map_or(Wish::Stay, Wish::Ask),
            (None, None) => {}
        }
        Wish::Stay
    }

    fn type_date(&mut self, key: Key) {
        self.wrong = None;
        self.days.press(self.field, key);
    }

    pub fn paste(&mut self, text: &str, words: Words<'_>) {
        match &mut self.list {
            Some(list) => list.paste(text, words),
            None if self.field.is_date() => self.days.paste(self.field, text),
            None => {}
        }
    }

    pub fn act(&mut self, action: Action, around: &Around<'_>) -> Wish {
        if self.list.is_none() {
            return self.act_on_fields(action, around);
        }
        self.act_on_list(action, around);
        Wish::Stay
    }

    fn act_on_list(&mut self, action: Action, around: &Around<'_>) {
        let Some(list) = &mut self.list else { return };
        match action {
            Action::Mark => list.mark(&mut self.view.filter),
            Action::Pick => {
                list.settle(&mut self.view.filter);
                self.list = None;
            }
            Action::Dismiss => {
                self.view.filter = list.undone();
                self.list = None;
            }
            _ => list.step(action, list::entries(draw::list_area(list, around.body)).height),
        }
    }

    fn act_on_fields(&mut self, action: Action, around: &Around<'_>) -> Wish {
        match action {
            Action::Dismiss | Action::Filter => return Wish::Close,
            Action::Pick => return self.apply(around),
            Action::Next | Action::NextField => self.go_to(self.field.next()),
            Action::Previous | Action::PreviousField => self.go_to(self.field.previous()),
            Action::First | Action::PreviousPage => self.go_to(Field::Period),
            Action::Last | Action::NextPage => self.go_to(Field::Branches),
            Action::Unfold | Action::Mark => self.change(Way::Forth, around),
            Action::Back => self.change(Way::Back, around),
            _ => {}
        }
        Wish::Stay
    }

    fn go_to(&mut self, field: Field) {
        self.field = field;
        self.days.touch();
    }

    fn change(&mut self, way: Way, around: &Around<'_>) {
        self.wrong = None;
        match self.field {
            Field::Period => self.days.turn(way, around.today()),
            Field::From | Field::To => self.days.shift(self.field, way, around.today()),
            field if field.is_list() => self.open_list(around.words()),
            field => field.turn(&mut self.view, way),
        }
    }

    fn open_list(&mut self, words: Words<'_>) {
        self.list = Some(List::of(self.field, &self.view.filter, words));
    }

    fn apply(&mut self, around: &Around<'_>) -> Wish {
        match self.days.period(around.today()) {
            Ok(period) => {
                let when = match Span::of(period, around.today()) {
                    Some(span) => When::Span(span),
                    None => When::Dates(period),
                };
                Wish::Apply(Box::new(View { when, ..self.question() }))
            }
            Err(field) => {
                self.go_to(field);
                self.wrong = Some(field);
                Wish::Stay
            }
        }
    }

    /// Without a level that repeats the first, or stands where there is no first.
    fn question(&self) -> View {
        let view = self.view.clone();
        let (by, then_by) = match (view.by, view.then_by) {
            (Level::None, then_by) => (then_by, Level::None),
            (by, then_by) if by == then_by => (by, Level::None),
            levels => levels,
        };
        View { by, then_by, ..view }
    }

    pub fn click(&mut self, at: Position, twice: bool, around: &Around<'_>) -> Wish {
        if self.list.is_some() {
            self.click_list(at, twice, around);
            return Wish::Stay;
        }
        match draw::under(at, around.body) {
            draw::Under::Field(field) if field == self.field => self.change(Way::Forth, around),
            draw::Under::Field(field) => self.go_to(field),
            draw::Under::Scenario(scenario) => return Wish::Ask(scenario),
            draw::Under::Apply => return self.apply(around),
            draw::Under::Nothing => {}
            draw::Under::Outside => return Wish::Close,
        }
        Wish::Stay
    }

    /// A press ticks; one beside the list keeps what is ticked.
    fn click_list(&mut self, at: Position, twice: bool, around: &Around<'_>) {
        let Some(list) = &mut self.list else { return };
        let area = draw::list_area(list, around.body);
        let entries = list::entries(area);
        if !area.contains(at) {
            self.list = None;
        } else if entries.contains(at) && !twice {
            list.select(usize::from(at.y - entries.y), entries.height);
            list.mark(&mut self.view.filter);
        }
    }
}

/// Under the first line of the question that stands.
fn place(body: Rect) -> Rect {
    let width = body.width.min(100);
    Rect { y: body.y + 1, height: body.height.saturating_sub(1).min(22), width, ..body }
}
