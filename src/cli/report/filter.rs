//! The filter's flags. Each is a word of a report's line, so that names are found in the same way.

use super::named::{failure, view, word_of};
use crate::cli::Failure;
use crate::domain::directory::{Directories, Line};
use crate::domain::phone::Phone;
use crate::domain::report::{Between, Filter, Keyword as _, Level, LineFault, quoted};

#[derive(clap::Args)]
#[command(next_help_heading = "Filter")]
pub struct Kept {
    /// Keep these outcomes only: booked, moved, cancelled, already-booked, not-booked, missed, not-reached, none. Like
    /// those below it may be given again
    #[arg(long, value_name = "OUTCOME")]
    outcome: Vec<String>,
    /// Names are those of the directories; the beginning of one is enough where it is clear. unknown: the calls without
    #[arg(long, value_name = "NAME")]
    topic: Vec<String>,
    /// Advertising channel
    #[arg(long, value_name = "NAME")]
    channel: Vec<String>,
    /// The wrap-up's author
    #[arg(long, value_name = "NAME")]
    employee: Vec<String>,
    /// Group of the caller, as the wrap-up says
    #[arg(long, value_name = "NAME")]
    caller_type: Vec<String>,
    /// Branch of the line that was dialled
    #[arg(long, value_name = "NAME")]
    branch: Vec<String>,
    /// Number of ours that was dialled, or its name
    #[arg(long, value_name = "NUMBER")]
    line: Vec<String>,
    /// Of the doctor of the visit that was booked; none: nothing was booked
    #[arg(long, value_name = "NAME")]
    speciality: Vec<String>,
    /// new: no visit was held before the call; known; none: outside patient statistics
    #[arg(long, value_name = "WHO")]
    familiarity: Vec<String>,
    /// monday or mon, tuesday, ...
    #[arg(long, value_name = "DAY")]
    weekday: Vec<String>,
    /// 9: from 9:00 to 9:59
    #[arg(long, value_name = "HOUR")]
    hour: Vec<String>,
    /// Calls of one direction only
    #[arg(long, value_parser = ["in", "out"])]
    direction: Option<String>,
    /// Leave out employees and counterparties
    #[arg(long)]
    patients_only: bool,
    /// How long they waited: 30s.., ..1:30, 1m..5m, both ends included
    #[arg(long, value_name = "RANGE")]
    wait: Option<String>,
    /// How long the talk was
    #[arg(long, value_name = "RANGE")]
    talk: Option<String>,
    /// Words that the comment has, each from its beginning
    #[arg(long, value_name = "WORDS")]
    text: Option<String>,
    /// Digits that the other side's number has in a row
    #[arg(long, value_name = "DIGITS")]
    number: Option<String>,
    /// Whether there is a recording
    #[arg(long, value_parser = yes_or_no)]
    recording: Option<bool>,
    /// Whether the wrap-up has a comment
    #[arg(long, value_parser = yes_or_no)]
    comment: Option<bool>,
}

impl Kept {
    /// Each level and each range that is said here stands instead of what `base` says of it.
    pub fn over(&self, mut base: Filter, directories: &Directories) -> Result<Filter, Failure> {
        let said = view(&self.words(directories)?.join(" "), directories)?.filter;
        let levels = said.levels();
        base.only.retain(|group| !levels.contains(&group.level()));
        base.only.extend(said.only);
        let between = |said: Between, base| if said.is_open() { base } else { said };
        let text = |said: &Option<String>, base| said.clone().unwrap_or(base);
        Ok(Filter {
            patients_only: base.patients_only || self.patients_only,
            wait: between(said.wait, base.wait),
            talk: between(said.talk, base.talk),
            text: text(&self.text, base.text),
            number: text(&self.number, base.number),
            recording: self.recording.or(base.recording),
            comment: self.comment.or(base.comment),
            ..base
        })
    }

    fn words(&self, directories: &Directories) -> Result<Vec<String>, Failure> {
        let lines: Vec<String> =
            self.line.iter().map(|asked| listed_line(asked, directories)).collect::<Result<_, _>>()?;
        let groups = [
            (Level::Topic, &self.topic),
            (Level::Channel, &self.channel),
            (Level::Employee, &self.employee),
            (Level::CallerType, &self.caller_type),
            (Level::Branch, &self.branch),
            (Level::Line, &lines),
            (Level::Speciality, &self.speciality),
        ];
        // Their values are words of the program.
        let keywords = [
            (Level::Outcome, &self.outcome),
            (Level::Familiarity, &self.familiarity),
            (Level::Weekday, &self.weekday),
            (Level::Hour, &self.hour),
        ];
        let groups = groups.into_iter().filter(|(_, names)| !names.is_empty());
        let keywords = keywords.into_iter().filter(|(_, words)| !words.is_empty());
        let direction = self.direction.iter().map(|direction| format!("direction={direction}"));
        let ranges = [("wait", &self.wait), ("talk", &self.talk)];
        let ranges = ranges.into_iter().filter_map(|(key, range)| Some(ends(key, range.as_ref()?)));
        let ranges = ranges.collect::<Result<Vec<_>, _>>()?.concat();
        let groups = groups.map(|(level, names)| word_of(level.word(), names));
        let keywords = keywords.map(|(level, words)| format!("{}={}", level.word(), words.join(",")));
        Ok(groups.chain(keywords).chain(direction).chain(ranges).collect())
    }
}

/// `1m..5m` as a line says it; one length alone is both ends.
fn ends(key: &str, range: &str) -> Result<Vec<String>, Failure> {
    let (least, most) = range.split_once("..").unwrap_or((range, range));
    let end =
        |sign: &str, length: &str| (!length.is_empty()).then(|| format!("{key}{sign}{}", quoted(length)));
    let ends: Vec<String> = [end(">=", least), end("<=", most)].into_iter().flatten().collect();
    match ends.is_empty() {
        true => Err(Failure::new(format!("--{key}: a range has one end at least"))
            .hint("write 30s.., ..1:30 or 1m..5m")),
        false => Ok(ends),
    }
}

/// A number however it is written, as the directory writes it; a number of nobody's is a mistake in typing.
fn listed_line(asked: &str, directories: &Directories) -> Result<String, Failure> {
    let dialled = Phone::parse(asked);
    let same =
        |line: &&Line| line.number == asked || dialled.is_some() && dialled == Phone::parse(&line.number);
    let lines = &directories.lines;
    match lines.iter().find(same) {
        Some(line) => Ok(format!("#{}", line.number)),
        None if is_number(asked) && !lines.iter().any(|line| line.name.starts_with(asked)) => {
            let fault = LineFault::NoName { word: asked.into(), level: Level::Line, name: asked.into() };
            Err(failure(fault, directories))
        }
        None => Ok(asked.to_owned()),
    }
}

fn is_number(text: &str) -> bool {
    Phone::parse(text).is_some() || text.bytes().all(|byte| byte.is_ascii_digit())
}

fn yes_or_no(text: &str) -> Result<bool, &'static str> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("write yes or no"),
    }
}
