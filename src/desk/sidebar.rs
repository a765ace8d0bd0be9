//! The sidebar: all an operator must know of the caller before they speak. Whose card it
//! is, what of it is drawn where, and what is one key away.

mod blocks;
mod details;
mod unknown;

use chrono::{DateTime, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Block, Paragraph, Widget, Wrap};
use unicode_width::UnicodeWidthStr;

use super::layout::padded;
use super::state::State;
use super::strip::{Strip, fit};
use super::theme::Meaning;
use crate::domain::id::PersonId;
use crate::domain::person::{Card, PersonBrief};

pub use details::details;

/// Of a form on the site, at most.
const LEAD_LINES: u16 = 3;

/// Which of the two people of a call the sidebar shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Side {
    /// The patient the call is about, when that is not the caller; else the caller.
    #[default]
    Patient,
    Caller,
}

impl Side {
    pub fn other(self) -> Side {
        match self {
            Side::Patient => Side::Caller,
            Side::Caller => Side::Patient,
        }
    }
}

/// Whose card is shown.
pub fn shown(state: &State) -> Option<PersonId> {
    let fields = &state.form.fields;
    match state.side {
        Side::Patient => fields.about.or(fields.who),
        Side::Caller => fields.who.or(fields.about),
    }
}

/// What a press of the mouse on the sidebar may mean.
#[derive(Clone, PartialEq, Debug)]
pub enum Place {
    /// One of those the number may be of.
    Choice(PersonBrief),
    Script,
    Card,
}

pub fn at(state: &State, area: Rect, at: Position) -> Option<Place> {
    let inner = padded(area);
    let row = at.y.checked_sub(inner.y).filter(|row| *row < inner.height)?;
    let last = row + 1 == inner.height;
    match state.form.is_ambiguous() {
        _ if last && at.x < inner.x + inner.width / 2 => Some(Place::Script),
        true => {
            state.form.choices().get(usize::from(row / unknown::CHOICE_HEIGHT)).cloned().map(Place::Choice)
        }
        false => shown(state).map(|_| Place::Card),
    }
}

pub fn draw(state: &State, area: Rect, buf: &mut Buffer, now: DateTime<Utc>) {
    let person = shown(state);
    let card = person.and_then(|id| state.people.card(id));
    draw_frame(state, person, area, buf);
    let inner = padded(area);
    let lead = lead(state, inner, now);
    let foot = inner.height.min(2 + height(lead.as_ref()));
    let body = Rect { height: inner.height - foot, ..inner };
    match card {
        Some(card) => draw_card(state, card, body, buf, now),
        None => unknown::draw(state, person, body, buf, now),
    }
    if state.form.id().is_some() {
        draw_foot(state, lead, Rect { y: body.bottom(), height: foot, ..inner }, buf);
    }
}

/// What the caller wrote lately instead of calling, and the lines it takes.
type Said = (Paragraph<'static>, u16);

/// Its beginning where it is long: all of it is in the details.
fn lead(state: &State, inner: Rect, now: DateTime<Utc>) -> Option<Said> {
    let phone = state.form.call().and_then(|call| call.snapshot.remote.phone());
    let text = state.leads.latest(phone, &state.look, now)?;
    // A quarter of a line is what its end may leave empty.
    let filled = (inner.width - inner.width / 4).max(1);
    let whole = u16::try_from(text.width()).unwrap_or(u16::MAX);
    let lines = if whole <= inner.width { 1 } else { whole.div_ceil(filled).min(LEAD_LINES) };
    let text = fit(&text, lines.saturating_mul(filled).max(inner.width), state.look.signs.ellipsis);
    let said = Paragraph::new(text).style(state.look.style(Meaning::Warning)).wrap(Wrap { trim: true });
    Some((said, lines))
}

fn height(lead: Option<&Said>) -> u16 {
    lead.map_or(0, |(_, lines)| *lines)
}

fn draw_frame(state: &State, person: Option<PersonId>, area: Rect, buf: &mut Buffer) {
    let look = &state.look;
    let name = person.and_then(|id| state.people.name(id).map(str::to_owned));
    let named = name.is_some();
    let title = name.unwrap_or_else(|| unknown::title(state));
    let about = person.is_some() && person == state.form.fields.about;
    let title = if about { format!("{}: {title}", look.say("form-about")) } else { title };
    let title = fit(&title, area.width.saturating_sub(4), look.signs.ellipsis);
    Block::bordered()
        .border_set(look.border)
        .border_style(look.style(Meaning::Border))
        .title(Line::styled(
            format!(" {title} "),
            look.style(if named { Meaning::Name } else { Meaning::Label }),
        ))
        .render(area, buf);
}

/// From the top in the order of need; what finds no room is in the details.
fn draw_card(state: &State, card: &Card, area: Rect, buf: &mut Buffer, now: DateTime<Utc>) {
    let mut page = Page { state, buf, area, row: 0, now };
    blocks::person(&mut page, card);
    blocks::money(&mut page, card);
    blocks::visits(&mut page, card);
    blocks::tasks(&mut page, card);
    blocks::comments(&mut page, card);
}

/// Where the call comes from: the form on the site, the channel, the script, and the key to the rest.
fn draw_foot(state: &State, lead: Option<Said>, area: Rect, buf: &mut Buffer) {
    let look = &state.look;
    let above = Rect { height: height(lead.as_ref()).min(area.height), ..area };
    let area = Rect { y: above.bottom(), height: area.height - above.height, ..area };
    let has_lead = lead.is_some();
    lead.into_iter().for_each(|(said, _)| said.render(above, buf));
    let label = |strip: &mut Strip<'_>, key: &str| {
        strip.put_within(&look.say(key), blocks::LABEL_WIDTH, look.style(Meaning::Label));
    };
    let call = state.form.call();
    let channel = call.and_then(|call| state.directories.channel(call.channel?));
    let mut strip = Strip::new(buf, area, 0, look.signs.ellipsis);
    label(&mut strip, "side-channel");
    match channel {
        Some(channel) => strip.put(&channel.name, look.style(Meaning::Text)),
        None => strip.put(&line_name(state), look.style(Meaning::Placeholder)),
    };
    let mut strip = Strip::new(buf, area, 1, look.signs.ellipsis);
    let key = |action| state.key_cap(action);
    if channel.is_some_and(|channel| !channel.script.is_empty()) {
        label(&mut strip, "side-script");
        strip.put(&key(super::Action::Script), look.style(Meaning::Key));
    }
    let said_more = call.is_some_and(|call| call.snapshot.advert.is_some() || !call.snapshot.tags.is_empty());
    if shown(state).is_some() || has_lead || said_more {
        strip.put_right(&key(super::Action::Details), look.style(Meaning::Key)).gap_right(1);
        strip.put_right(&look.say("side-more"), look.style(Meaning::Label));
    }
}

/// Without a channel, the dialled line itself.
fn line_name(state: &State) -> String {
    let line = state.form.call().and_then(|call| call.snapshot.line.clone());
    let known = line.as_deref().and_then(|number| state.directories.line(number));
    let name = known.map(|line| line.name.clone()).or(line);
    name.unwrap_or_else(|| state.look.say("side-no-channel").into_owned())
}

/// Lines being written one under another until the room ends.
pub struct Page<'p> {
    state: &'p State,
    buf: &'p mut Buffer,
    area: Rect,
    row: u16,
    now: DateTime<Utc>,
}

impl Page<'_> {
    pub fn line(&mut self) -> Strip<'_> {
        let row = self.row;
        self.row = self.row.saturating_add(1);
        Strip::new(self.buf, self.area, row, self.state.look.signs.ellipsis)
    }

    pub fn room(&self) -> u16 {
        self.area.height.saturating_sub(self.row)
    }
}
