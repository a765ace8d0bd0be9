//! A view as its line. The period, the kind and the levels are always said, of the rest what differs from none.

use super::keyword::Keyword;
use super::words::value;
use super::{dates, lengths, names};
use crate::domain::directory::Directories;
use crate::domain::period::Span;
use crate::domain::report::{Between, Filter, Group, Level, Order, Pane, Sorted, View};

pub fn written(view: &View, directories: &Directories) -> String {
    let mut words =
        vec![dates::written(view.when), view.kind.word().to_owned(), levels(view.by, view.then_by)];
    words.extend(selection(&view.filter, directories));
    words.extend(view.compare.map(|comparison| format!("compare={}", comparison.word())));
    words.extend((view.pane != Pane::default()).then(|| format!("pane={}", view.pane.word())));
    words.extend(columns(view));
    words.extend(view.sorted.map(sorted));
    words.join(" ")
}

/// One level alone where that is no period's name.
fn levels(by: Level, then_by: Level) -> String {
    match then_by {
        Level::None if Span::named(by.word()).is_none() => by.word().to_owned(),
        _ => format!("{}/{}", by.word(), then_by.word()),
    }
}

fn selection(filter: &Filter, directories: &Directories) -> Vec<String> {
    let said = |key: &str, value: &str| format!("{key}={value}");
    let mut words = Vec::new();
    words.extend(filter.patients_only.then(|| "patients-only".to_owned()));
    words.extend(lists(&filter.only, directories));
    words.extend(filter.person.map(|person| said("person", &person.0.to_string())));
    words.extend(range("wait", filter.wait));
    words.extend(range("talk", filter.talk));
    let typed = [("text", &filter.text), ("number", &filter.number)];
    let typed = typed.into_iter().filter(|(_, text)| !text.is_empty());
    words.extend(typed.map(|(key, text)| said(key, &value(text))));
    let flags = [("recording", filter.recording), ("comment", filter.comment)];
    words.extend(flags.into_iter().filter_map(|(key, wanted)| Some(said(key, yes_or_no(wanted?)))));
    words
}

/// A level's groups that follow each other are one word.
fn lists(only: &[Group], directories: &Directories) -> Vec<String> {
    let list = |groups: &[Group]| {
        let values: Vec<_> = groups.iter().map(|group| names::written(group, directories)).collect();
        let level = groups.first().map_or(Level::None, Group::level);
        format!("{}={}", level.word(), values.join(","))
    };
    only.chunk_by(|one, next| one.level() == next.level()).map(list).collect()
}

fn range(key: &str, range: Between) -> Vec<String> {
    let ends = [(">=", range.least), ("<=", range.most)];
    ends.into_iter()
        .filter_map(|(sign, end)| Some(format!("{key}{sign}{}", lengths::written(end?))))
        .collect()
}

fn yes_or_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

fn columns(view: &View) -> Option<String> {
    let words: Vec<_> = view.columns.iter().map(|column| column.word()).collect();
    (!words.is_empty()).then(|| format!("columns={}", words.join(",")))
}

fn sorted(sorted: Sorted) -> String {
    let sign = if sorted.order == Order::MostFirst { "-" } else { "" };
    format!("sort={sign}{}", sorted.by.word())
}
