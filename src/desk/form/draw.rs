//! The form's drawing: four lines of fields, the comment under them, and over all an unfolded list.

use chrono::{DateTime, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::symbols::merge::MergeStrategy;
use ratatui::text::Line;
use ratatui::widgets::{Block, Borders, Clear, Paragraph, Widget, Wrap};
use unicode_width::UnicodeWidthStr;

use super::{Candidate, Choice, Field, Standing};
use crate::desk::format;
use crate::desk::layout::padded;
use crate::desk::look::Look;
use crate::desk::state::{Focus, State};
use crate::desk::strip::{Strip, fit_end};
use crate::desk::theme::Meaning;
use crate::domain::desk::Request;
use crate::domain::id::PersonId;
use crate::domain::person::age;
use crate::domain::wrapup::Missing;

const LABEL_WIDTH: u16 = 8;

pub fn draw(state: &State, area: Rect, buf: &mut Buffer, now: DateTime<Utc>) -> Option<Position> {
    draw_frame(state, area, buf);
    let inner = padded(area);
    if state.form.id().is_none() {
        draw_empty(state, inner, buf);
        return None;
    }
    for field in &Field::ALL[..4] {
        draw_field(state, *field, line(inner, *field), buf, now);
    }
    draw_label(state, Field::Comment, line(inner, Field::Comment), buf);
    draw_standing(state, line(inner, Field::Comment), buf);
    let cursor = draw_comment(state, comment_area(inner), buf);
    let focused = state.focus == Focus::Form;
    match &state.form.choice {
        Some(choice) => Some(draw_choice(state, choice, inner, buf)),
        None if focused && state.form.field == Field::Comment => Some(cursor),
        None if focused => {
            let line = line(inner, state.form.field);
            Some(Position::new(line.x + LABEL_WIDTH, line.y))
        }
        None => None,
    }
}

/// A field's line; the comment's is the one its name stands in.
fn line(inner: Rect, field: Field) -> Rect {
    let row = u16::try_from(field.place()).unwrap_or(0);
    Rect { y: inner.y + row, height: 1, ..inner }.intersection(inner)
}

fn comment_area(inner: Rect) -> Rect {
    let top = inner.y + 5;
    Rect { y: top, height: inner.bottom().saturating_sub(top), ..inner }
}

fn value_area(line: Rect) -> Rect {
    Rect { x: line.x + LABEL_WIDTH, width: line.width.saturating_sub(LABEL_WIDTH + 2), ..line }
}

/// Under its field, over the fields below.
fn list_area(choice: &Choice, inner: Rect, field: Field) -> Rect {
    let line = line(inner, field);
    let top = line.y + 1;
    let wanted = u16::try_from(choice.shown().len().max(1)).unwrap_or(u16::MAX);
    let height = wanted.min(inner.bottom().saturating_sub(top));
    Rect { y: top, height, ..line }
}

fn draw_frame(state: &State, area: Rect, buf: &mut Buffer) {
    let look = &state.look;
    let focused = state.focus == Focus::Form;
    let title = look.style(if focused { Meaning::Focus } else { Meaning::Title });
    let named = format!(" {} ", look.say("form-title"));
    let mut block = Block::new()
        .borders(Borders::ALL)
        .border_set(look.border)
        .merge_borders(MergeStrategy::Exact)
        .border_style(look.style(Meaning::Border))
        .title(Line::styled(named.clone(), title));
    if let Some(call) = state.form.call() {
        let number = format!(" {} ", format::remote(&call.snapshot.remote, look));
        let room = area.width.saturating_sub(u16::try_from(named.width()).unwrap_or(0) + 2);
        let said = fit_end(&number, room, look.signs.ellipsis);
        block = block.title(Line::styled(said, look.style(Meaning::Label)).right_aligned());
    }
    block.render(area, buf);
}

fn draw_empty(state: &State, inner: Rect, buf: &mut Buffer) {
    Paragraph::new(state.look.say("form-empty"))
        .style(state.look.style(Meaning::Placeholder))
        .wrap(Wrap { trim: true })
        .render(inner, buf);
}

fn draw_label(state: &State, field: Field, line: Rect, buf: &mut Buffer) {
    let look = &state.look;
    let here = state.focus == Focus::Form && state.form.field == field;
    let style = look.style(if here { Meaning::Focus } else { Meaning::Label });
    let width = if field == Field::Comment { line.width } else { LABEL_WIDTH - 1 };
    Strip::new(buf, line, 0, look.signs.ellipsis).put_within(&look.say(label_key(field)), width, style);
}

/// Whether what stands here is in the store as a draft or saved.
fn draw_standing(state: &State, line: Rect, buf: &mut Buffer) {
    let look = &state.look;
    let key = match state.form.standing() {
        Standing::New => return,
        Standing::Draft => "form-draft",
        Standing::Saved => "form-saved",
    };
    Strip::new(buf, line, 0, look.signs.ellipsis).put_right(&look.say(key), look.style(Meaning::Muted));
}

pub fn label_key(field: Field) -> &'static str {
    match field {
        Field::Who => "form-who",
        Field::About => "form-about",
        Field::CallerType => "form-type",
        Field::Topic => "form-topic",
        Field::Comment => "form-comment",
    }
}

fn draw_field(state: &State, field: Field, line: Rect, buf: &mut Buffer, now: DateTime<Utc>) {
    let look = &state.look;
    draw_label(state, field, line, buf);
    let (value, meaning) = match value(state, field, now) {
        Some(value) => (value, if field == Field::Who { Meaning::Name } else { Meaning::Text }),
        None => (look.say(placeholder_key(state, field)).into_owned(), Meaning::Placeholder),
    };
    Strip::new(buf, value_area(line), 0, look.signs.ellipsis).put(&value, look.style(meaning));
    Strip::new(buf, line, 0, "").put_right(look.signs.unfold, look.style(Meaning::Muted));
}

fn placeholder_key(state: &State, field: Field) -> &'static str {
    match field {
        Field::Who if state.form.is_ambiguous() => "form-who-several",
        Field::Who => "form-who-empty",
        Field::About => "form-about-empty",
        Field::CallerType => "form-type-empty",
        Field::Topic if !state.form.fields.missing(&state.directories).contains(&Missing::Topic) => {
            "form-topic-spare"
        }
        Field::Topic | Field::Comment => "form-topic-empty",
    }
}

fn value(state: &State, field: Field, now: DateTime<Utc>) -> Option<String> {
    let fields = &state.form.fields;
    match field {
        Field::Who => match fields.who {
            Some(id) => Some(person(state, id)),
            None => Some(fields.who_text.clone()).filter(|text| !text.is_empty()),
        },
        Field::About => fields.about.map(|id| person_with_age(state, id, now)),
        Field::CallerType => fields
            .caller_type
            .map(|id| entry_name(state.directories.caller_type(id).map(|entry| &entry.name))),
        Field::Topic => {
            fields.topic.map(|id| entry_name(state.directories.topic(id).map(|entry| &entry.name)))
        }
        Field::Comment => None,
    }
}

/// An entry taken out of its directory still shows that something stands here.
fn entry_name(name: Option<&String>) -> String {
    name.cloned().unwrap_or_else(|| "?".to_owned())
}

fn person(state: &State, id: PersonId) -> String {
    state.people.name(id).unwrap_or(state.look.signs.ellipsis).to_owned()
}

fn person_with_age(state: &State, id: PersonId, now: DateTime<Utc>) -> String {
    let look = &state.look;
    let born = state.people.card(id).and_then(|card| card.born);
    match born.and_then(|born| age(born, look.day(now))) {
        Some(years) => format!("{}, {}", person(state, id), look.say_with("age", &[("n", years.into())])),
        None => person(state, id),
    }
}

fn draw_comment(state: &State, area: Rect, buf: &mut Buffer) -> Position {
    if state.form.fields.comment.is_empty() {
        let look = &state.look;
        Strip::new(buf, area, 0, look.signs.ellipsis)
            .put(&look.say("form-comment-empty"), look.style(Meaning::Placeholder));
        return area.as_position();
    }
    state.form.comment.draw(area, buf)
}

fn draw_choice(state: &State, choice: &Choice, inner: Rect, buf: &mut Buffer) -> Position {
    let look = &state.look;
    let field = state.form.field;
    let list = list_area(choice, inner, field);
    Clear.render(list, buf);
    buf.set_style(list, look.style(Meaning::Text));
    if choice.shown().len() == 0 {
        let said = look.say(nothing_key(state, choice));
        Strip::new(buf, list, 0, look.signs.ellipsis).put(&said, look.style(Meaning::Placeholder));
    }
    let first = choice.first_on_page(list.height);
    for (row, (place, candidate)) in (0..list.height).zip(choice.shown().enumerate().skip(first)) {
        let mut strip = Strip::new(buf, list, row, look.signs.ellipsis);
        let digit = if place < 9 { (place + 1).to_string() } else { String::new() };
        strip.gap(LABEL_WIDTH - 2).put_within(&digit, 2, look.style(Meaning::Key));
        draw_candidate(look, candidate, &mut strip);
        if choice.cursor() == Some(place) {
            let marked = Rect { y: list.y + row, ..value_area(line(inner, field)) };
            buf.set_style(marked, look.style(Meaning::Selected));
        }
    }
    if first + usize::from(list.height) < choice.shown().len() {
        let last = list.height.saturating_sub(1);
        Strip::new(buf, list, last, "").gap(LABEL_WIDTH - 4).put(look.signs.unfold, look.style(Meaning::Key));
    }
    draw_typed(state, choice, value_area(line(inner, field)), buf)
}

/// What tells namesakes apart is kept whole; the phone stands where there is room for it.
fn draw_candidate(look: &Look, candidate: &Candidate, strip: &mut Strip<'_>) {
    let Candidate { label, note, phone, .. } = candidate;
    let fits = |texts: [&str; 3]| texts.map(|text| text.width() + 2).iter().sum::<usize>();
    if fits([label, note, phone]) <= usize::from(strip.room()) + 2 && !phone.is_empty() {
        strip.put_right(phone, look.style(Meaning::Label)).gap_right(2);
    }
    strip.put_right(note, look.style(Meaning::Label)).gap_right(u16::from(!note.is_empty()));
    strip.put(label, look.style(Meaning::Text));
}

/// Why an unfolded list is empty.
fn nothing_key(state: &State, choice: &Choice) -> &'static str {
    let sought = || state.asking.awaits(|asked| matches!(asked, Request::Search { .. }));
    match state.form.field {
        Field::Who | Field::About if !choice.is_searched() => "form-search-hint",
        Field::Who | Field::About if sought() => "form-searching",
        Field::Who => "form-who-not-found",
        Field::About => "form-about-not-found",
        _ => "form-nothing-found",
    }
}

/// What is typed stands in the field's place.
fn draw_typed(state: &State, choice: &Choice, area: Rect, buf: &mut Buffer) -> Position {
    if choice.entry.is_empty() {
        return area.as_position();
    }
    Clear.render(area, buf);
    choice.entry.draw(area, buf, state.look.style(Meaning::Text))
}

/// The field under the mouse, and for the comment the row and column within it.
pub fn field_at(area: Rect, at: Position) -> Option<(Field, u16, u16)> {
    let inner = padded(area);
    let comment = comment_area(inner);
    if comment.contains(at) {
        return Some((Field::Comment, at.y - comment.y, at.x - comment.x));
    }
    Field::ALL.into_iter().find(|field| line(inner, *field).contains(at)).map(|field| (field, 0, 0))
}

/// The row of the unfolded list under the mouse, counted from the list's beginning.
pub fn list_row_at(choice: &Choice, field: Field, area: Rect, at: Position) -> Option<usize> {
    let list = list_area(choice, padded(area), field);
    list.contains(at).then(|| choice.first_on_page(list.height) + usize::from(at.y - list.y))
}
