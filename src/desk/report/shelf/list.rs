//! The list of reports by name, with what the chosen one asks.

use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Position, Rect};
use ratatui::widgets::{Clear, Paragraph, Widget, Wrap};

use super::{Kept, Shelf};
use crate::desk::action::Action;
use crate::desk::layout::{inside, page_start};
use crate::desk::report::Scene;
use crate::desk::report::panel::{frame, keys};
use crate::desk::report::scenario::Scenario;
use crate::desk::report::words::Words;
use crate::desk::scroll;
use crate::desk::strip::{Strip, visible};
use crate::desk::theme::Meaning;

/// What the chosen one asks, in words and as its line.
const DETAIL: u16 = 6;
const WIDEST: u16 = 120;

#[derive(Debug, Default)]
pub struct List {
    cursor: usize,
    /// The one of this name goes when that is confirmed, wherever the cursor stands by then.
    forgetting: Option<String>,
}

/// What a key or a click led to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Picked {
    Stay,
    Close,
    /// The one under the cursor is to be shown.
    Show,
    /// The same in the filter first.
    Change,
    Rename,
    /// The one of this name.
    Forget(String),
    /// Only the clinic's own can be renamed or deleted.
    Shipped,
}

impl List {
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    pub fn chosen<'s>(&self, shelf: &'s Shelf) -> Option<Kept<'s>> {
        shelf.at(self.cursor)
    }

    /// The list may have become shorter.
    pub fn keep_within(&mut self, shelf: &Shelf) {
        self.cursor = self.cursor.min(shelf.len().saturating_sub(1));
    }

    /// A shipped one, by its digit.
    pub fn press(&mut self, digit: u32) -> Picked {
        self.forgetting = None;
        self.cursor = place_of(digit);
        Picked::Show
    }

    pub fn act(&mut self, action: Action, shelf: &Shelf, body: Rect) -> Picked {
        if let Some(name) = self.forgetting.take() {
            return if action == Action::Pick { Picked::Forget(name) } else { Picked::Stay };
        }
        match (action, self.chosen(shelf)) {
            (Action::Dismiss, _) => return Picked::Close,
            (Action::Pick, _) => return Picked::Show,
            (Action::Filter, _) => return Picked::Change,
            (Action::RenameView, Some(Kept::Own(_))) => return Picked::Rename,
            (Action::Clear, Some(Kept::Own(named))) => self.forgetting = Some(named.name.clone()),
            (Action::RenameView | Action::Clear, _) => return Picked::Shipped,
            _ => {
                let page = rows(shelf, body).height;
                self.cursor = scroll::moved(self.cursor, shelf.len(), page, action).unwrap_or(self.cursor);
            }
        }
        Picked::Stay
    }

    pub fn click(&mut self, at: Position, twice: bool, shelf: &Shelf, body: Rect) -> Picked {
        let rows = rows(shelf, body);
        self.forgetting = None;
        if !place(shelf, body).contains(at) {
            return Picked::Close;
        }
        if rows.contains(at) {
            let place = page_start(self.cursor, rows.height) + usize::from(at.y - rows.y);
            let again = place == self.cursor;
            self.cursor = place.min(shelf.len().saturating_sub(1));
            return if twice || again { Picked::Show } else { Picked::Stay };
        }
        Picked::Stay
    }

    pub fn draw(&self, shelf: &Shelf, scene: &Scene<'_>, body: Rect, buf: &mut Buffer) {
        let look = scene.words.look;
        let area = place(shelf, body);
        Clear.render(area, buf);
        frame(look, &scene.words.say("views-title")).render(area, buf);
        keys(scene, &KEYS, area, buf);
        let rows = rows(shelf, body);
        let first = page_start(self.cursor, rows.height);
        for (row, place) in (0..rows.height).zip(first..shelf.len()) {
            let line = Rect { y: rows.y + row, height: 1, ..rows };
            draw_row(shelf, place, scene, line, buf);
            if place == self.cursor {
                buf.set_style(line, look.style(Meaning::Selected));
            }
        }
        self.draw_detail(shelf, scene, detail(shelf, body), buf);
    }

    fn draw_detail(&self, shelf: &Shelf, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
        let words = scene.words;
        let rule = words.look.border.horizontal_top.repeat(usize::from(area.width));
        Strip::new(buf, area, 0, "").put(&rule, words.look.style(Meaning::Border));
        if let Some(refusal) = &shelf.refusal {
            let said = format!(" {} ", words.views_refused(refusal));
            let mut strip = Strip::new(buf, area, 0, words.look.signs.ellipsis);
            strip.gap(1).gap_right(1).put(&said, words.look.style(Meaning::Warning));
        }
        let Some(kept) = self.chosen(shelf) else { return };
        let (said, meaning) = match &self.forgetting {
            Some(name) => {
                let keys = scene.with_key("views-forget", Action::Pick);
                (format!("{name} {keys}"), Meaning::Warning)
            }
            None => described(kept, scene),
        };
        let place = area.inner(Margin::new(1, 0));
        let place = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..place };
        let (upper, lower) = (Rect { height: 3, ..place }, Rect { y: place.y + 3, height: 2, ..place });
        Paragraph::new(visible(&said))
            .style(words.look.style(meaning))
            .wrap(Wrap { trim: true })
            .render(upper, buf);
        let line = Paragraph::new(visible(&kept.line(scene.clinic()))).wrap(Wrap { trim: true });
        line.style(words.look.style(Meaning::Muted)).render(lower.intersection(area), buf);
    }
}

const KEYS: [(&str, Action); 6] = [
    ("views-show", Action::Pick),
    ("views-change", Action::Filter),
    ("views-save", Action::SaveView),
    ("views-rename", Action::RenameView),
    ("views-delete", Action::Clear),
    ("views-close", Action::Dismiss),
];

pub fn place_of(digit: u32) -> usize {
    (digit as usize + 9) % 10
}

/// The question in words, or why its line cannot be read.
fn described(kept: Kept<'_>, scene: &Scene<'_>) -> (String, Meaning) {
    let words = scene.words;
    match kept.view(scene.clinic()) {
        Ok(view) => {
            let parts = words.question(&view.query(scene.today), scene.today);
            (words.flowing(&parts), Meaning::Text)
        }
        Err(fault) => (words.fault(&fault), Meaning::Danger),
    }
}

fn draw_row(shelf: &Shelf, place: usize, scene: &Scene<'_>, line: Rect, buf: &mut Buffer) {
    let Words { look, .. } = scene.words;
    let mut strip = Strip::new(buf, line, 0, look.signs.ellipsis);
    strip.gap(1);
    match shelf.at(place) {
        Some(Kept::Ready(scenario)) => {
            strip.put_within(&Scenario::digit(place).to_string(), 1, look.style(Meaning::Key)).gap(1);
            strip.put(&look.say(scenario.read(scene.clinic()).0), look.style(Meaning::Text));
        }
        Some(Kept::Own(named)) => {
            strip.put_within(look.signs.dot, 1, look.style(Meaning::Key)).gap(1);
            strip.put(&named.name, look.style(Meaning::Name));
        }
        None => {}
    }
}

fn place(shelf: &Shelf, body: Rect) -> Rect {
    let rows = u16::try_from(shelf.len()).unwrap_or(u16::MAX);
    let height = rows.saturating_add(DETAIL + 2).min(body.height.saturating_sub(1));
    Rect { y: body.y + 1, height, width: body.width.min(WIDEST), ..body }
}

fn rows(shelf: &Shelf, body: Rect) -> Rect {
    let inner = inside(place(shelf, body));
    Rect { height: inner.height.saturating_sub(DETAIL), ..inner }
}

fn detail(shelf: &Shelf, body: Rect) -> Rect {
    let inner = inside(place(shelf, body));
    let height = DETAIL.min(inner.height);
    Rect { y: inner.bottom() - height, height, ..inner }
}
