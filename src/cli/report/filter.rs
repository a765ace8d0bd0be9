//! The filter by the names people know: of employees, topics, channels, caller types and branches.

use crate::cli::Failure;
use crate::domain::call::Direction;
use crate::domain::directory::{Directories, Line};
use crate::domain::outcome::Outcome;
use crate::domain::phone::Phone;
use crate::domain::report::{Filter, Group};

#[derive(clap::Args)]
pub struct Kept {
    /// Keep these outcomes only; may be given again, like those below
    #[arg(long, value_name = "OUTCOME")]
    outcome: Vec<Word>,
    /// Names are those of the directories; the beginning of one is enough where it is clear
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
    /// Calls of one direction only
    #[arg(long)]
    direction: Option<Way>,
    /// Leave out employees and counterparties
    #[arg(long)]
    patients_only: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Way {
    In,
    Out,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Word {
    Booked,
    Moved,
    Cancelled,
    AlreadyBooked,
    NotBooked,
    Missed,
    NotReached,
}

impl Kept {
    pub fn resolve(&self, directories: &Directories) -> Result<Filter, Failure> {
        let topics = find("topic", &self.topic, directories.topics.iter().map(|it| (&*it.name, it.id)))?;
        let channels =
            find("channel", &self.channel, directories.channels.iter().map(|it| (&*it.name, it.id)))?;
        let employees =
            find("employee", &self.employee, directories.employees.iter().map(|it| (&*it.name, it.id)))?;
        let caller_types = find(
            "caller type",
            &self.caller_type,
            directories.caller_types.iter().map(|it| (&*it.name, it.id)),
        )?;
        let branches =
            find("branch", &self.branch, directories.branches.iter().map(|it| (&*it.name, it.id)))?;
        let direction = self.direction.map(|way| match way {
            Way::In => Direction::Incoming,
            Way::Out => Direction::Outgoing,
        });
        let only = [
            self.outcome.iter().map(|word| Group::Outcome(Some(Outcome::from(*word)))).collect::<Vec<_>>(),
            topics.into_iter().map(|id| Group::Topic(Some(id))).collect(),
            channels.into_iter().map(|id| Group::Channel(Some(id))).collect(),
            employees.into_iter().map(|id| Group::Employee(Some(id))).collect(),
            caller_types.into_iter().map(|id| Group::CallerType(Some(id))).collect(),
            branches.into_iter().map(|id| Group::Branch(Some(id))).collect(),
            self.lines(directories)?.into_iter().map(|number| Group::Line(Some(number))).collect(),
            direction.map(Group::Direction).into_iter().collect(),
        ];
        Ok(Filter { patients_only: self.patients_only, ..Filter::only(only.into_iter().flatten()) })
    }

    /// By number, however it is written, or by name.
    fn lines(&self, directories: &Directories) -> Result<Vec<String>, Failure> {
        let number = |asked: &String| {
            let dialled = Phone::parse(asked);
            let same = |line: &&Line| {
                line.number == *asked || dialled.is_some() && dialled == Phone::parse(&line.number)
            };
            directories.lines.iter().find(same).map_or(asked, |line| &line.number).clone()
        };
        let asked: Vec<String> = self.line.iter().map(number).collect();
        let by_number = directories.lines.iter().map(|line| (&*line.number, &*line.number));
        let by_name = directories.lines.iter().map(|line| (&*line.name, &*line.number));
        Ok(find("line", &asked, by_number.chain(by_name))?.into_iter().map(str::to_owned).collect())
    }
}

/// Whole names first, then beginnings; letters' case does not matter.
fn find<'n, I: Copy>(
    what: &str,
    asked: &[String],
    entries: impl Iterator<Item = (&'n str, I)> + Clone,
) -> Result<Vec<I>, Failure> {
    let names =
        |entries: &[(&str, I)]| entries.iter().map(|(entry, _)| *entry).collect::<Vec<_>>().join("; ");
    let one = |name: &String| {
        let wanted = name.to_lowercase();
        if let Some((_, id)) = entries.clone().find(|(entry, _)| entry.to_lowercase() == wanted) {
            return Ok(id);
        }
        let begins = |(entry, _): &(&str, I)| entry.to_lowercase().starts_with(&wanted);
        match *entries.clone().filter(begins).collect::<Vec<_>>() {
            [(_, id)] => Ok(id),
            [] => Err(Failure::new(format!("no {what} is called «{name}»"))
                .hint(format!("there are: {}", names(&entries.clone().collect::<Vec<_>>())))),
            ref several => Err(Failure::new(format!("«{name}» begins the name of more than one {what}"))
                .hint(format!("write more of: {}", names(several)))),
        }
    };
    asked.iter().map(one).collect()
}

impl From<Word> for Outcome {
    fn from(word: Word) -> Outcome {
        match word {
            Word::Booked => Outcome::Booked,
            Word::Moved => Outcome::Moved,
            Word::Cancelled => Outcome::Cancelled,
            Word::AlreadyBooked => Outcome::AlreadyBooked,
            Word::NotBooked => Outcome::NotBooked,
            Word::Missed => Outcome::Missed,
            Word::NotReached => Outcome::NotReached,
        }
    }
}
