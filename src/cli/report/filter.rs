//! The filter by the names people know: of employees, topics, channels, caller types and branches.

use crate::cli::Failure;
use crate::domain::call::Direction;
use crate::domain::directory::Directories;
use crate::domain::outcome::Outcome;
use crate::domain::report::Filter;

#[derive(clap::Args)]
pub struct Kept {
    /// Keep these outcomes only; may be given again, like those below
    #[arg(long, value_name = "OUTCOME")]
    outcome: Vec<Word>,
    #[arg(long, value_name = "NAME")]
    topic: Vec<String>,
    #[arg(long, value_name = "NAME")]
    channel: Vec<String>,
    /// The wrap-up's author; the beginning of the name is enough where it is clear
    #[arg(long, value_name = "NAME")]
    employee: Vec<String>,
    #[arg(long, value_name = "NAME")]
    caller_type: Vec<String>,
    #[arg(long, value_name = "NAME")]
    branch: Vec<String>,
    /// Dialled number of ours
    #[arg(long, value_name = "NUMBER")]
    line: Vec<String>,
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
        Ok(Filter {
            outcomes: self.outcome.iter().map(|word| Outcome::from(*word)).collect(),
            topics: find("topic", &self.topic, directories.topics.iter().map(|it| (&*it.name, it.id)))?,
            channels: find(
                "channel",
                &self.channel,
                directories.channels.iter().map(|it| (&*it.name, it.id)),
            )?,
            employees: find(
                "employee",
                &self.employee,
                directories.employees.iter().map(|it| (&*it.name, it.id)),
            )?,
            caller_types: find(
                "caller type",
                &self.caller_type,
                directories.caller_types.iter().map(|it| (&*it.name, it.id)),
            )?,
            branches: find("branch", &self.branch, directories.branches.iter().map(|it| (&*it.name, it.id)))?,
            lines: self.line.clone(),
            direction: self.direction.map(|way| match way {
                Way::In => Direction::Incoming,
                Way::Out => Direction::Outgoing,
            }),
            patients_only: self.patients_only,
            person: None,
        })
    }
}

/// Whole names first, then beginnings; letters' case does not matter.
fn find<'n, I: Copy>(
    what: &str,
    asked: &[String],
    entries: impl Iterator<Item = (&'n str, I)> + Clone,
) -> Result<Vec<I>, Failure> {
    let one = |name: &String| {
        let wanted = name.to_lowercase();
        let whole = entries.clone().find(|(entry, _)| entry.to_lowercase() == wanted);
        let mut beginnings = entries.clone().filter(|(entry, _)| entry.to_lowercase().starts_with(&wanted));
        let found = match (whole, beginnings.next(), beginnings.next()) {
            (Some(entry), _, _) | (None, Some(entry), None) => Some(entry.1),
            _ => None,
        };
        found.ok_or_else(|| {
            let known: Vec<&str> = entries.clone().map(|(entry, _)| entry).collect();
            Failure::new(format!("no one {what} is called «{name}»"))
                .hint(format!("there are: {}", known.join("; ")))
        })
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
