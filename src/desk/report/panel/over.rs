//! What is unfolded over the fields: a list, the calendar, the search for a person.

use ratatui::layout::{Position, Rect};

use super::calendar::Calendar;
use super::choice::Item;
use super::field::Field;
use super::list::{self, List};
use super::seek::Seek;
use super::{Around, Panel, days, place};
use crate::desk::action::Action;
use crate::desk::key::Key;

#[derive(Debug)]
pub enum Over {
    List(List),
    Calendar(Calendar),
    Seek(Seek),
}

impl Over {
    pub fn takes(&self, key: Key) -> bool {
        match self {
            Over::List(list) => list.takes(key),
            Over::Calendar(_) => days::takes(key),
            Over::Seek(_) => Seek::takes(key),
        }
    }

    pub fn place(&self, panel: &Panel, body: Rect) -> Rect {
        match self {
            Over::List(list) => place::unfolded(panel, list.length(), body),
            Over::Calendar(_) => super::calendar::place(body),
            Over::Seek(_) => place::unfolded(panel, usize::MAX, body),
        }
    }
}

impl Panel {
    pub(super) fn act_over(&mut self, action: Action, around: &Around<'_>) {
        let Some(over) = self.over.take() else { return };
        let height = list::entries(over.place(self, around.body)).height;
        self.over = match over {
            Over::List(list) => self.act_on_list(list, action, height, around).map(Over::List),
            Over::Calendar(calendar) => self.act_on_calendar(calendar, action, around).map(Over::Calendar),
            Over::Seek(seek) => self.act_on_seek(seek, action, height).map(Over::Seek),
        };
    }

    /// What stays open comes back.
    fn act_on_list(
        &mut self,
        mut list: List,
        action: Action,
        height: u16,
        around: &Around<'_>,
    ) -> Option<List> {
        match action {
            Action::Mark if list.ticks() => list.mark(&mut self.view.filter),
            Action::Pick if list.ticks() => {
                list.settle(&mut self.view.filter);
                return None;
            }
            Action::Mark | Action::Pick => {
                self.pick(list.selected()?.clone(), around);
                return None;
            }
            Action::Clear => list.field.clear(&mut self.view),
            Action::Dismiss => {
                self.view.filter = list.undone();
                return None;
            }
            _ => list.step(action, height),
        }
        Some(list)
    }

    fn pick(&mut self, item: Item, around: &Around<'_>) {
        match (self.field, item) {
            (_, Item::Span(span)) => self.days.name(span, around.today()),
            (Field::ThenBy, Item::Level(level)) => self.view.then_by = level,
            (_, Item::Level(level)) => self.view.by = level,
            (_, Item::Group(_)) => {}
        }
    }

    /// The first date leads on to the second.
    fn act_on_calendar(
        &mut self,
        mut calendar: Calendar,
        action: Action,
        around: &Around<'_>,
    ) -> Option<Calendar> {
        match action {
            Action::Pick | Action::Mark => {
                self.days.set(calendar.field, calendar.day);
                let first = calendar.field == Field::From;
                self.go_to(Field::To);
                return first.then(|| Calendar::of(Field::To, &self.days, around.today()));
            }
            Action::Dismiss => {
                self.days = calendar.undone();
                return None;
            }
            _ => calendar.step(action),
        }
        Some(calendar)
    }

    fn act_on_seek(&mut self, mut seek: Seek, action: Action, height: u16) -> Option<Seek> {
        match action {
            Action::Pick => {
                let Some(person) = seek.selected() else { return Some(seek) };
                self.view.filter.person = Some(person.id);
                self.person = Some(person.name.clone());
                return None;
            }
            Action::Dismiss => return None,
            _ => seek.step(action, height),
        }
        Some(seek)
    }

    /// A press ticks or picks; one beside keeps what is ticked.
    pub(super) fn click_over(&mut self, at: Position, twice: bool, around: &Around<'_>) {
        let Some(over) = &self.over else { return };
        let area = over.place(self, around.body);
        let rows = list::entries(area);
        let row = rows.contains(at).then(|| usize::from(at.y - rows.y));
        match (&mut self.over, row) {
            _ if !area.contains(at) => self.over = None,
            (Some(Over::Calendar(calendar)), _) => {
                let Some(day) = calendar.day_at(at, around.body) else { return };
                calendar.go_to(day);
                self.act_over(Action::Pick, around);
            }
            (Some(Over::List(list)), Some(row)) if !(twice && list.ticks()) => {
                list.select(row, rows.height);
                self.act_over(Action::Mark, around);
            }
            (Some(Over::Seek(seek)), Some(row)) => {
                seek.select(row, rows.height);
                self.act_over(Action::Pick, around);
            }
            _ => {}
        }
    }
}
