//! The filter's drawing: what each field says, which of them keep something out, and what the keys do there.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Block, Clear, Widget};

use super::field::{Field, Nature};
use super::over::Over;
use super::{Panel, place};
use crate::desk::action::Action;
use crate::desk::look::Look;
use crate::desk::report::draw::Scene;
use crate::desk::report::words::Words;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;

/// The panel over the report; where the cursor stands when something is typed.
pub fn draw(panel: &Panel, scene: &Scene<'_>, body: Rect, buf: &mut Buffer) -> Option<Position> {
    let area = place::place(panel, body);
    Clear.render(area, buf);
    frame(scene.words.look, &scene.words.say("filter-title")).render(area, buf);
    keys(scene, &KEYS, area, buf);
    for (field, line) in place::fields(panel, body) {
        draw_field(panel, field, scene, line, buf);
    }
    draw_said(panel, scene, place::said(panel, body), buf);
    match &panel.over {
        Some(over) => draw_over(panel, over, scene, body, buf),
        None => draw_typed(panel, scene, place::value(place::field(panel, body)), buf),
    }
}

const KEYS: [(&str, Action); 5] = [
    ("filter-apply", Action::Pick),
    ("filter-clear", Action::Clear),
    ("filter-clear-all", Action::ClearAll),
    ("filter-ready", Action::Views),
    ("filter-leave", Action::Dismiss),
];

const TICK_KEYS: [(&str, Action); 3] =
    [("filter-mark", Action::Mark), ("filter-take", Action::Pick), ("filter-undo", Action::Dismiss)];

const PICK_KEYS: [(&str, Action); 2] = [("filter-take", Action::Pick), ("filter-undo", Action::Dismiss)];

pub fn frame<'a>(look: &'a Look, title: &str) -> Block<'a> {
    Block::bordered()
        .border_set(look.border)
        .border_style(look.style(Meaning::Focus))
        .style(look.style(Meaning::Text))
        .title(format!(" {title} "))
        .title_style(look.style(Meaning::Title))
}

/// On the lower border: what can be done here.
pub fn keys(scene: &Scene<'_>, keys: &[(&str, Action)], area: Rect, buf: &mut Buffer) {
    let look = scene.words.look;
    let said: Vec<_> = keys.iter().map(|(said, action)| scene.with_key(said, *action)).collect();
    let line = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let mut strip = Strip::new(buf, line, area.height.saturating_sub(1), look.signs.ellipsis);
    strip.put(&format!(" {} ", said.join("  ")), look.style(Meaning::Key));
}

fn draw_field(panel: &Panel, field: Field, scene: &Scene<'_>, line: Rect, buf: &mut Buffer) {
    let look = scene.words.look;
    let chosen = field == panel.field;
    let narrows = panel.narrows(field);
    let mut strip = Strip::new(buf, line, 0, look.signs.ellipsis);
    strip.put_within(if chosen { look.signs.cursor } else { " " }, 1, look.style(Meaning::Focus));
    strip.put_within(if narrows { look.signs.online } else { " " }, 1, look.style(Meaning::Key));
    strip.put_within(&scene.words.say(field.key()), place::LABEL_WIDTH - 3, look.style(Meaning::Label));
    let value = place::value(line);
    Strip::new(buf, value, 0, look.signs.ellipsis)
        .put(&value_of(panel, field, scene), look.style(meaning(panel, field)));
    if chosen {
        buf.set_style(value, look.style(Meaning::Selected));
    }
}

fn meaning(panel: &Panel, field: Field) -> Meaning {
    match field.nature() {
        _ if panel.wrong == Some(field) => Meaning::Danger,
        Nature::Ticks | Nature::Turns | Nature::Sought if !panel.narrows(field) && field != Field::Kind => {
            Meaning::Placeholder
        }
        _ => Meaning::Text,
    }
}

/// The arrows stand beside the value that they turn.
fn value_of(panel: &Panel, field: Field, scene: &Scene<'_>) -> String {
    let signs = scene.words.look.signs;
    let said = said(panel, field, scene);
    match field.nature() {
        Nature::Turns | Nature::Picks if field == panel.field => {
            format!("{} {said} {}", signs.back, signs.deeper)
        }
        Nature::Ticks | Nature::Sought => format!("{} {said}", signs.unfold),
        _ => format!("  {said}"),
    }
}

fn said(panel: &Panel, field: Field, scene: &Scene<'_>) -> String {
    let (view, words) = (&panel.view, scene.words);
    match field {
        Field::Period => words.span(panel.days.span(scene.today)),
        Field::From | Field::To => panel.days.entry(field).text().to_owned(),
        Field::Kind => words.kind(view.kind),
        Field::By => words.level(view.by),
        Field::ThenBy => words.level(view.then_by),
        Field::Compare => words.comparison(view.compare),
        Field::PatientsOnly => words.say(if view.filter.patients_only { "filter-yes" } else { "filter-no" }),
        Field::Recording => {
            words.say(flag(view.filter.recording, ["filter-any", "filter-has", "filter-has-not"]))
        }
        Field::Comment => {
            words.say(flag(view.filter.comment, ["filter-any", "filter-has", "filter-has-not"]))
        }
        Field::Person if view.filter.person.is_none() => words.say("filter-any"),
        Field::Person => panel.person.clone().unwrap_or_else(|| words.person(view.filter.person)),
        Field::Groups(_) => ticked(panel, field, words),
        _ => panel.typed.entry(field).map(|entry| entry.text().to_owned()).unwrap_or_default(),
    }
}

fn flag(wanted: Option<bool>, [any, yes, no]: [&'static str; 3]) -> &'static str {
    match wanted {
        None => any,
        Some(true) => yes,
        Some(false) => no,
    }
}

/// What is ticked, in words; how many when there are several, for not all of them may be seen.
fn ticked(panel: &Panel, field: Field, words: Words<'_>) -> String {
    let Field::Groups(level) = field else { return String::new() };
    let names: Vec<String> = panel.view.filter.of(level).map(|group| words.group(group)).collect();
    match names.as_slice() {
        [] => words.say("filter-any"),
        [name] => name.clone(),
        several => format!("{}: {}", several.len(), several.join(", ")),
    }
}

/// What the keys do with the chosen field, or what is wrong in it.
fn draw_said(panel: &Panel, scene: &Scene<'_>, line: Rect, buf: &mut Buffer) {
    let look = scene.words.look;
    let mut strip = Strip::new(buf, line, 0, look.signs.ellipsis);
    strip.gap(2).gap_right(1);
    match panel.wrong {
        Some(field) if field.is_length() => {
            strip.put(&scene.words.say("filter-wrong-length"), look.style(Meaning::Danger))
        }
        Some(_) => strip.put(&scene.words.say("filter-wrong-date"), look.style(Meaning::Danger)),
        // What lies over the field has its own line of keys.
        None if panel.over.is_some() => &mut strip,
        None => strip.put(&scene.with_key(hint(panel.field), Action::Mark), look.style(Meaning::Muted)),
    };
}

fn hint(field: Field) -> &'static str {
    match (field, field.nature()) {
        (Field::Text, _) => "filter-hint-text",
        (Field::Number, _) => "filter-hint-number",
        (_, Nature::Typed) => "filter-hint-length",
        (_, Nature::Date) => "filter-hint-date",
        (_, Nature::Turns) => "filter-hint-turn",
        (_, Nature::Picks) => "filter-hint-pick",
        (_, Nature::Ticks) => "filter-hint-tick",
        (_, Nature::Sought) => "filter-hint-seek",
    }
}

/// The entry itself where one is typed in, two columns in as the other values.
fn draw_typed(panel: &Panel, scene: &Scene<'_>, value: Rect, buf: &mut Buffer) -> Option<Position> {
    let look = scene.words.look;
    let entry = match panel.field.nature() {
        Nature::Date => panel.days.entry(panel.field),
        _ => panel.typed.entry(panel.field)?,
    };
    let room = Rect { x: value.x + 2, width: value.width.saturating_sub(2), ..value };
    let style = look.style(meaning(panel, panel.field)).patch(look.style(Meaning::Selected));
    Some(entry.draw(room, buf, style))
}

fn draw_over(
    panel: &Panel,
    over: &Over,
    scene: &Scene<'_>,
    body: Rect,
    buf: &mut Buffer,
) -> Option<Position> {
    let area = over.place(panel, body);
    let mut framed = |said: &[(&str, Action)]| {
        Clear.render(area, buf);
        frame(scene.words.look, &scene.words.say(panel.field.key())).render(area, buf);
        keys(scene, said, area, buf);
    };
    match over {
        Over::Calendar(calendar) => {
            calendar.draw(scene, &panel.days, body, buf);
            None
        }
        Over::List(list) => {
            framed(if list.ticks() { &TICK_KEYS } else { &PICK_KEYS });
            Some(list.draw(area, &panel.view.filter, scene.words, buf))
        }
        Over::Seek(seek) => {
            framed(&PICK_KEYS);
            Some(seek.draw(area, scene.words, buf))
        }
    }
}
