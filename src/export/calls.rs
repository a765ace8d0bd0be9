//! Lists of calls: asked for by pages and written as they come; of all of them only the ids are held, so that none is
//! written twice.

use std::collections::HashSet;
use std::io::Write;

use super::cell::{Cell, one_line};
use super::error::Error;
use super::paper::Paper;
use super::sheet::{Column, Line, Writing};
use super::{Ask, Format, json, page, plain, separated, workbook};
use crate::domain::call::{CallResult, Direction};
use crate::domain::desk::{Reply, Request};
use crate::domain::export::Content;
use crate::domain::id::CallId;
use crate::domain::phone::Remote;
use crate::domain::report::CallRow;

/// Calls asked for at once: most lists are one page.
const PAGE: usize = 10_000;

/// Calls of a page that are asked for again with the next: so many may leave the list meanwhile and take none that is
/// not written with them.
const OVERLAP: usize = 500;

/// A list of calls on its way into a file.
pub trait Listing {
    fn put(&mut self, call: &CallRow) -> Result<(), Error>;
    fn finish(self: Box<Self>) -> Result<(), Error>;
}

pub fn write(
    content: &Content,
    format: Format,
    paper: &Paper<'_>,
    out: &mut (dyn Write + Send),
    ask: &mut Ask<'_>,
) -> Result<(), Error> {
    let about = match format {
        Format::Page | Format::Workbook => about(content, paper, ask),
        Format::Plain | Format::Separated(_) | Format::Json => vec![],
    };
    let mut listing = begin(format, &about, paper, out)?;
    // Calls that come and go meanwhile move the others: those written already come again.
    let mut written: HashSet<CallId> = HashSet::new();
    let mut offset = 0;
    loop {
        let page = page_at(content, offset, ask)?;
        let before = written.len();
        page.rows.iter().filter(|row| written.insert(row.id)).try_for_each(|row| listing.put(row))?;
        let end = offset + page.rows.len();
        if page.rows.is_empty() || page.total.is_some_and(|total| end >= total) {
            return listing.finish();
        }
        // What brought nothing new is not asked for again, or there would be no end.
        let again = if written.len() > before { OVERLAP.min(page.rows.len() / 2) } else { 0 };
        offset = end - again;
    }
}

struct Page {
    rows: Vec<CallRow>,
    /// How many there are in all, where that is known.
    total: Option<usize>,
}

fn page_at(content: &Content, offset: usize, ask: &mut Ask<'_>) -> Result<Page, Error> {
    let request = match content {
        Content::History(person) => Request::History(*person),
        Content::Calls(figure) => Request::Drill { figure: figure.clone(), offset, limit: PAGE },
        Content::Table { .. } | Content::Metrics { .. } => return Err(Error::OtherAnswer),
    };
    match ask(request)? {
        // A history comes whole.
        Reply::Calls { rows, .. } if matches!(content, Content::History(_)) => {
            Ok(Page { total: Some(rows.len()), rows })
        }
        Reply::Calls { rows, total } => Ok(Page { rows, total }),
        _ => Err(Error::OtherAnswer),
    }
}

fn begin<'w>(
    format: Format,
    about: &[String],
    paper: &'w Paper<'w>,
    out: &'w mut (dyn Write + Send),
) -> Result<Box<dyn Listing + 'w>, Error> {
    let columns = columns(format, paper);
    let writing = match format {
        Format::Json => return Ok(Box::new(json::calls(paper, out)?)),
        Format::Plain => plain::begin(&columns, paper, out),
        Format::Separated(dialect) => separated::begin(&columns, dialect, paper, out)?,
        Format::Workbook => workbook::begin(&columns, about, paper, out)?,
        Format::Page => page::begin(&columns, about, paper, out)?,
    };
    Ok(Box::new(Lines { writing, format, paper }))
}

/// What the list is of, part by part.
fn about(content: &Content, paper: &Paper<'_>, ask: &mut Ask<'_>) -> Vec<String> {
    let mut parts = match content {
        Content::Calls(figure) => {
            let mut parts = paper.words.question(&figure.query, paper.today());
            let path = figure.path.iter().map(|group| paper.words.group(group));
            parts.extend((!figure.path.is_empty()).then(|| paper.words.chain(path)));
            parts.push(paper.words.measure(figure.measure, figure.query.kind));
            parts.extend(paper.gaps(figure.query.period, ask));
            parts
        }
        _ => vec![paper.say("history")],
    };
    parts.push(paper.made());
    parts
}

struct Lines<'w> {
    writing: Box<dyn Writing + 'w>,
    format: Format,
    paper: &'w Paper<'w>,
}

impl Listing for Lines<'_> {
    fn put(&mut self, call: &CallRow) -> Result<(), Error> {
        let shown = COLUMNS.iter().zip(cells(call, self.paper));
        let shown = shown.filter(|((_, _, read), _)| *read || self.format != Format::Page);
        self.writing.put(&Line::leaf(shown.map(|(_, cell)| cell).collect()))
    }

    fn finish(self: Box<Self>) -> Result<(), Error> {
        self.writing.finish()
    }
}

/// Each with the width of its column, and whether it is for reading: a page has no room for all.
const COLUMNS: [(&str, u16, bool); 21] = [
    ("started_at", 20, true),
    ("direction", 12, true),
    ("number", 20, true),
    ("person", 36, true),
    ("line", 16, false),
    ("branch", 20, false),
    ("channel", 24, true),
    ("result", 16, true),
    ("outcome", 20, true),
    ("employee", 36, true),
    ("agent", 10, false),
    ("caller_type", 28, false),
    ("topic", 24, true),
    ("wait_s", 11, true),
    ("talk_s", 11, true),
    ("recording", 10, false),
    ("money", 14, true),
    ("familiarity", 12, false),
    ("speciality", 20, false),
    ("stands", 8, false),
    ("comment", 60, true),
];

fn columns(format: Format, paper: &Paper<'_>) -> Vec<Column> {
    let column = |(key, width, _): &(&str, u16, bool)| Column {
        key: (*key).to_owned(),
        title: paper.say(&format!("call-{}", key.replace('_', "-"))),
        width: *width,
    };
    COLUMNS.iter().filter(|(_, _, read)| *read || format != Format::Page).map(column).collect()
}

fn cells(call: &CallRow, paper: &Paper<'_>) -> Vec<Cell> {
    let words = &paper.words;
    let said =
        |name: Option<String>| name.map_or_else(|| Cell::Text(String::new()), |name| Cell::text(&name));
    let marked = |is: bool| Cell::Count(u64::from(is));
    vec![
        Cell::At(paper.local(call.started_at)),
        Cell::Text(paper.say(direction(call.direction))),
        number(&call.remote, paper),
        said(call.person_name.clone()),
        said(call.line.clone()),
        said(call.branch.map(|id| words.branch(id))),
        said(call.channel.map(|id| words.channel(Some(id)))),
        Cell::Text(paper.say(result(call.result))),
        Cell::Text(words.outcome(call.outcome)),
        said(call.employee.map(|id| words.employee(Some(id)))),
        said(call.agent.clone()),
        said(call.caller_type.map(|id| words.caller_type(id))),
        said(call.topic.map(|id| words.topic(Some(id)))),
        Cell::Length(call.wait),
        Cell::Length(call.talk),
        marked(call.recording),
        Cell::Money(call.money),
        said(call.familiarity.map(|familiarity| words.familiarity(familiarity))),
        said(call.speciality.clone()),
        marked(call.stands),
        Cell::text(&call.comment),
    ]
}

fn number(remote: &Remote, paper: &Paper<'_>) -> Cell {
    match remote {
        Remote::Number(phone) => Cell::Phone(*phone),
        Remote::Other(text) => Cell::Text(one_line(text)),
        Remote::Withheld => Cell::Text(paper.say("call-withheld")),
    }
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Incoming => "call-in",
        Direction::Outgoing => "call-out",
        Direction::Internal => "call-internal",
    }
}

fn result(result: CallResult) -> &'static str {
    match result {
        CallResult::Answered => "call-answered",
        CallResult::Missed => "call-missed",
        CallResult::NoAnswer => "call-no-answer",
        CallResult::Busy => "call-busy",
        CallResult::Failed => "call-failed",
        CallResult::AgentNoAnswer => "call-agent-no-answer",
        CallResult::Rejected => "call-rejected",
    }
}
