//! All that is known of the chosen call: beneath the list in flowing lines, beside it one under another.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Borders, Paragraph, Widget, Wrap};

use super::{Scene, calls};
use crate::desk::format;
use crate::desk::norms::Limits;
use crate::desk::report::words::Words;
use crate::desk::strip::{Strip, visible};
use crate::desk::theme::Meaning;
use crate::domain::money::Money;
use crate::domain::report::CallRow;

/// What has a name before it, and what it says.
type Fact = (&'static str, String);

/// In characters.
const SHORT_FACT: usize = 30;

pub fn draw(scene: &Scene<'_>, row: &CallRow, area: Rect, beside: bool, buf: &mut Buffer) {
    let (words, look) = (scene.words, scene.words.look);
    let border = if beside { Borders::LEFT } else { Borders::TOP };
    let block =
        Block::new().borders(border).border_set(look.border).border_style(look.style(Meaning::Border));
    let inner = block.inner(area);
    block.render(area, buf);
    let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
    let facts = facts(scene, row);
    let mut lines = match beside {
        true => facts.into_iter().map(|fact| Line::from(spans(words, fact).to_vec())).collect(),
        false => vec![flowing(words, facts)],
    };
    // The comment before the facts: where there is little room it is what is read.
    lines.splice(0..0, [head(words, row)].into_iter().chain(comment(words, row)));
    let said = Paragraph::new(lines).wrap(Wrap { trim: true });
    if is_longer(&said, inner) {
        Strip::new(buf, inner, inner.height.saturating_sub(1), "")
            .put_right(look.signs.unfold, look.style(Meaning::Key));
    }
    said.render(Rect { width: inner.width.saturating_sub(1), ..inner }, buf);
}

/// Whether there is more than finds room.
fn is_longer(said: &Paragraph<'_>, area: Rect) -> bool {
    let (width, below) = (area.width.saturating_sub(1), area.y + area.height);
    let mut whole = Buffer::empty(Rect { height: area.height + 1, width, ..area });
    Widget::render(said, whole.area, &mut whole);
    (area.x..area.x + width).any(|x| whole[(x, below)].symbol() != " ")
}

fn head(words: Words<'_>, row: &CallRow) -> Line<'static> {
    let look = words.look;
    let number = format::remote(&row.remote, look);
    let started = look.local(row.started_at);
    let when = format!("{} {}", format::date(started.date_naive(), look), started.format("%H:%M:%S"));
    let name = row.person_name.clone().filter(|name| !name.is_empty());
    let mut spans = vec![Span::styled(visible(name.as_ref().unwrap_or(&number)), look.style(Meaning::Name))];
    if name.is_some() {
        spans.push(Span::raw(format!("  {}", visible(&number))));
    }
    spans.push(Span::styled(format!("  {when}"), look.style(Meaning::Label)));
    Line::from(spans)
}

/// Only what is known.
fn facts(scene: &Scene<'_>, row: &CallRow) -> Vec<Fact> {
    let words = scene.words;
    let limits = calls::limits(scene, row);
    let mut facts = vec![("report-outcome", calls::outcome(words, row).0)];
    facts.extend(row.caller_type.map(|id| ("report-type", words.caller_type(id))));
    facts.push(("report-topic", words.topic(row.topic)));
    facts.push(("report-employee", calls::employee(words, row)));
    let device = row.agent.clone().filter(|_| row.employee.is_none());
    facts.extend(device.map(|number| ("report-device", number)));
    facts.extend(row.line.as_ref().map(|line| ("report-line", words.line(line))));
    facts.extend(row.channel.map(|id| ("report-channel", words.channel(Some(id)))));
    facts.extend(row.branch.map(|id| ("report-branch", words.branch(id))));
    facts.push(("report-call-wait", wait(words, row, limits)));
    facts.push(("report-call-talk", talk(words, row, limits)));
    if row.money != Money::default() {
        facts.push(("report-money", format::money(row.money, words.look)));
    }
    facts
}

/// Longer than the norm: how long the norm is.
fn wait(words: Words<'_>, row: &CallRow, limits: Limits) -> String {
    let wait = calls::wait(row, limits, words.look).0;
    if limits.long_wait(row) { beyond(words, &wait, limits.long_wait) } else { wait }
}

fn talk(words: Words<'_>, row: &CallRow, limits: Limits) -> String {
    let talk = calls::talk(row, limits, words.look).0;
    let talk = if limits.long_talk(row) { beyond(words, &talk, limits.long_talk) } else { talk };
    match row.recording {
        true => format!("{talk} {} {}", words.look.signs.recording, words.say("report-recording")),
        false => talk,
    }
}

fn beyond(words: Words<'_>, length: &str, norm: Duration) -> String {
    let values = [("length", length.into()), ("norm", format::duration(norm).into())];
    words.look.say_with("report-beyond", &values)
}

fn spans(words: Words<'_>, (label, value): Fact) -> [Span<'static>; 2] {
    let look = words.look;
    let label = format!("{}:\u{a0}", look.say(label));
    [
        Span::styled(label, look.style(Meaning::Label)),
        Span::styled(visible(&value), look.style(Meaning::Text)),
    ]
}

/// A short fact is not parted at the end of a line.
fn flowing(words: Words<'_>, facts: Vec<Fact>) -> Line<'static> {
    let apart = Span::raw("  ");
    let spans = facts.into_iter().flat_map(|(label, value)| {
        let whole = value.chars().count() <= SHORT_FACT;
        let value = if whole { value.replace(' ', "\u{a0}") } else { value };
        let [label, value] = spans(words, (label, value));
        [label, value, apart.clone()]
    });
    Line::from(spans.collect::<Vec<_>>())
}

fn comment(words: Words<'_>, row: &CallRow) -> Vec<Line<'static>> {
    let (text, meaning) = match row.comment.is_empty() {
        true => calls::comment(words, row),
        false => (row.comment.clone(), Meaning::Text),
    };
    let style = words.look.style(meaning);
    text.lines().map(|line| Line::from(Span::styled(visible(line), style))).collect()
}
