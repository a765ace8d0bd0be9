//! What lies over the report: the filter, the reports by name, a name or a line being typed. The topmost has the keys.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::line::{self, Line};
use super::panel::{self, Panel, Wish};
use super::scenario::Scenario;
use super::shelf::{self, Kept, Naming, Picked, Shelf};
use super::{Around, Preset, Report, Scene, Step};
use crate::desk::action::Action;
use crate::desk::entry::Entry;
use crate::desk::event::Effect;
use crate::desk::key::Key;
use crate::desk::notice::Notice;
use crate::domain::desk::{Refusal, Reply, Request};
use crate::domain::report::{Group, LineFault, View};

#[derive(Debug)]
pub enum Over {
    Filter(Box<Panel>),
    Shelf(shelf::List),
    Naming(Naming),
    Line(Line),
}

impl Report {
    /// Whether the keys are not the table's.
    pub fn is_covered(&self) -> bool {
        !self.over.is_empty()
    }

    /// Whether the key is text here and no command.
    pub fn takes(&self, key: Key) -> bool {
        match self.over.last() {
            Some(Over::Filter(panel)) => panel.takes(key),
            Some(Over::Shelf(_)) => key.digit().is_some(),
            Some(Over::Naming(_) | Over::Line(_)) => Entry::takes(key),
            None => false,
        }
    }

    pub fn press(&mut self, key: Key, around: &mut Around<'_>) {
        match self.over.last_mut() {
            Some(Over::Filter(panel)) => {
                let wish = panel.press(key, around);
                self.grant(wish, around);
            }
            Some(Over::Shelf(list)) => {
                let picked = key.digit().map_or(Picked::Stay, |digit| list.press(digit));
                self.follow(picked, around);
            }
            Some(Over::Naming(naming)) => naming.press(key),
            Some(Over::Line(line)) => {
                line.entry.press(key);
            }
            None => {}
        }
    }

    /// A line that is pasted where nothing is typed is read.
    pub fn paste(&mut self, text: &str, around: &mut Around<'_>) {
        match self.over.last_mut() {
            Some(Over::Filter(panel)) => panel.paste(text, around),
            Some(Over::Naming(naming)) => naming.paste(text),
            Some(Over::Line(line)) => {
                line.entry.paste(text);
            }
            Some(Over::Shelf(_)) | None => self.over.push(Over::Line(Line::of(text.trim()))),
        }
    }

    /// What any of the report's screens answers alike; `false` for the rest.
    pub(super) fn act_on_views(&mut self, action: Action, around: &mut Around<'_>) -> bool {
        match (action, self.over.last()) {
            (_, Some(Over::Naming(_) | Over::Line(_))) | (Action::Views, Some(Over::Shelf(_))) => {
                return false;
            }
            (Action::Views, _) => self.open_shelf(around),
            (Action::SaveView, _) => self.open_naming(around),
            (Action::CopyLine, _) => self.copy_line(around),
            (Action::ReadLine, _) => self.over.push(Over::Line(Line::of(""))),
            _ => return false,
        }
        true
    }

    /// `None` where nothing lies over the report.
    pub(super) fn act_over(&mut self, action: Action, around: &mut Around<'_>) -> Option<Step> {
        let wish = match self.over.last_mut()? {
            Over::Filter(panel) => panel.act(action, around),
            Over::Shelf(list) => {
                let picked = list.act(action, &self.shelf, around.body);
                return Some(self.follow(picked, around));
            }
            Over::Naming(_) | Over::Line(_) if action == Action::Dismiss => Wish::Close,
            Over::Naming(_) if action == Action::Pick => return Some(self.keep(around)),
            Over::Line(line) if action == Action::Pick => match line.read(around.directories) {
                Ok(view) => Wish::Apply(Box::new(view)),
                Err(_) => Wish::Stay,
            },
            Over::Naming(_) | Over::Line(_) => Wish::Stay,
        };
        Some(self.grant(wish, around))
    }

    pub(super) fn click_over(&mut self, at: Position, twice: bool, around: &mut Around<'_>) -> Option<Step> {
        let within = |place: Rect| if place.contains(at) { Wish::Stay } else { Wish::Close };
        let wish = match self.over.last_mut()? {
            Over::Filter(panel) => panel.click(at, twice, around),
            Over::Shelf(list) => {
                let picked = list.click(at, twice, &self.shelf, around.body);
                return Some(self.follow(picked, around));
            }
            Over::Naming(_) => within(shelf::naming_place(around.body)),
            Over::Line(_) => within(line::place(around.body)),
        };
        Some(self.grant(wish, around))
    }

    pub(super) fn open_panel(&mut self, around: &Around<'_>) {
        let asked = self.sheet().map(|sheet| (sheet.view.clone(), sheet.person.clone()));
        let (view, person) = asked.unwrap_or_else(|| (Scenario::Administrators.view(around.clinic()), None));
        let panel = Panel::of(view, self.seen(), around.today()).about(person);
        self.over = vec![Over::Filter(Box::new(panel))];
    }

    /// The filter with the search for its person open.
    pub(super) fn seek(&mut self, view: View, around: &Around<'_>) {
        self.open_panel_with(view, around);
        if let Some(Over::Filter(panel)) = self.over.last_mut() {
            panel.seek();
        }
    }

    fn open_panel_with(&mut self, view: View, around: &Around<'_>) {
        let panel = Panel::of(view, self.seen(), around.today());
        self.over = vec![Over::Filter(Box::new(panel))];
    }

    /// Groups of the table that no directory may list.
    fn seen(&self) -> Vec<Group> {
        let table = self.sheet().and_then(|sheet| sheet.table.as_ref());
        let rows = table.into_iter().flat_map(|table| &table.rows);
        let groups =
            rows.flat_map(|row| std::iter::once(&row.group).chain(row.rows.iter().map(|row| &row.group)));
        groups.filter(|group| matches!(group, Group::Speciality(_) | Group::Line(_))).cloned().collect()
    }

    pub(super) fn open_shelf(&mut self, around: &mut Around<'_>) {
        Shelf::ask(around.asking);
        self.over.push(Over::Shelf(shelf::List::default()));
    }

    /// What the filter, the list or the line led to.
    fn grant(&mut self, wish: Wish, around: &mut Around<'_>) -> Step {
        match wish {
            Wish::Stay => {}
            Wish::Close => {
                let closed = self.over.pop();
                match closed {
                    _ if self.is_covered() || self.sheet().is_some() => {}
                    Some(Over::Shelf(_)) => return Step::Leave,
                    // Nothing is counted yet: back to the list of what can be.
                    _ => self.open_shelf(around),
                }
            }
            Wish::Apply(mut view) => {
                // A line is the whole of what is looked at; the filter leaves the columns to habit.
                if matches!(self.over.last(), Some(Over::Filter(_))) {
                    self.habit.settle(&mut view);
                }
                self.show(*view, Preset::AsLeft, around);
            }
            Wish::Ready(digit) => self.show_kept(shelf::place_of(digit), around),
        }
        Step::Stay
    }

    fn follow(&mut self, picked: Picked, around: &mut Around<'_>) -> Step {
        let Some(Over::Shelf(list)) = self.over.last() else { return Step::Stay };
        let place = list.cursor();
        let kept = self.shelf.at(place);
        match (picked, kept) {
            (Picked::Close, _) => return self.grant(Wish::Close, around),
            (Picked::Forget(name), _) => Shelf::forget(&name, around.asking),
            (Picked::Show, _) => self.show_kept(place, around),
            (Picked::Change, Some(kept)) => match kept.view(around.clinic()) {
                Ok(view) => self.open_panel_with(view, around),
                Err(fault) => tell_fault(&fault, around),
            },
            (Picked::Rename, Some(Kept::Own(named))) => {
                let naming = Naming::renaming(named);
                self.over.push(Over::Naming(naming));
            }
            (Picked::Shipped, _) => around.warn("views-shipped"),
            _ => {}
        }
        Step::Stay
    }

    fn show_kept(&mut self, place: usize, around: &mut Around<'_>) {
        match self.shelf.at(place) {
            Some(Kept::Ready(scenario)) => self.ask(scenario, around),
            Some(own) => match own.view(around.clinic()) {
                Ok(view) => self.show(view, Preset::AsLeft, around),
                Err(fault) => tell_fault(&fault, around),
            },
            None => {}
        }
    }

    /// The line of what is being asked: in the filter of what it would ask, in the list of the one chosen.
    fn line(&mut self, around: &Around<'_>) -> Option<String> {
        match self.over.last_mut() {
            Some(Over::Filter(panel)) => Some(panel.question(around.today())?.line(around.directories)),
            Some(Over::Shelf(list)) => Some(list.chosen(&self.shelf)?.line(around.clinic())),
            Some(Over::Naming(_) | Over::Line(_)) => None,
            None => Some(self.sheet()?.view.line(around.directories)),
        }
    }

    fn copy_line(&mut self, around: &mut Around<'_>) {
        let Some(line) = self.line(around) else { return };
        around.asking.tell(Effect::Copy(line.clone()));
        let said = around.look.say_with("line-copied", &[("line", line.into())]);
        *around.notice = Some(Notice::info(said, "", around.now));
    }

    /// Which names are taken is asked anew: another desk may have saved since.
    fn open_naming(&mut self, around: &mut Around<'_>) {
        if let Some(line) = self.line(around) {
            Shelf::ask(around.asking);
            self.over.push(Over::Naming(Naming::of(line)));
        }
    }

    /// The name was typed. Nothing is kept before it is known which are taken.
    fn keep(&mut self, around: &mut Around<'_>) -> Step {
        if around.asking.awaits(|asked| *asked == Request::Views) {
            return Step::Stay;
        }
        if let Some(refusal) = &self.shelf.refusal {
            let (said, hint) = (around.words().views_refused(refusal), around.look.say("views-refused-hint"));
            *around.notice = Some(Notice::error(said, hint));
            Shelf::ask(around.asking);
            return Step::Stay;
        }
        let Some(Over::Naming(naming)) = self.over.last_mut() else { return Step::Stay };
        if let Some((view, renames)) = naming.finish(&self.shelf) {
            self.shelf.save(view, renames, around.asking);
            self.over.pop();
        }
        Step::Stay
    }

    pub(super) fn hear_over(
        &mut self,
        request: &Request,
        reply: &Result<Reply, Refusal>,
        around: &mut Around<'_>,
    ) {
        self.shelf.hear(request, reply, around);
        for over in &mut self.over {
            match over {
                Over::Filter(panel) => panel.hear(request, reply),
                Over::Shelf(list) => list.keep_within(&self.shelf),
                Over::Naming(_) | Over::Line(_) => {}
            }
        }
    }

    pub(super) fn draw_over(&self, scene: &Scene<'_>, body: Rect, buf: &mut Buffer) -> Option<Position> {
        let draw = |over: &Over| match over {
            Over::Filter(panel) => panel::draw(panel, scene, body, buf),
            Over::Shelf(list) => {
                list.draw(&self.shelf, scene, body, buf);
                None
            }
            Over::Naming(naming) => Some(naming.draw(scene, body, buf)),
            Over::Line(line) => Some(line.draw(scene, body, buf)),
        };
        self.over.iter().map(draw).last().flatten()
    }
}

fn tell_fault(fault: &LineFault, around: &mut Around<'_>) {
    let said = around.words().fault(fault);
    *around.notice = Some(Notice::warning(said, around.look.say("views-fault-hint")));
}
