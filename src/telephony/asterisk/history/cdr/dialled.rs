//! Who was reached, when, and how long the talk was, as far as rows tell.

use std::time::Duration;

use super::super::row::Cdr;
use super::rows::{Rows, party};
use crate::telephony::asterisk::map::{At, Side, span};

pub struct Reached {
    pub party: String,
    pub channel: String,
    pub from: At,
    /// At most: where the ringing cannot be told apart it is in here.
    pub talk: Duration,
}

/// An answered row that dialled nobody is the dialplan's own voice: a menu, an announcement, a hang-up.
pub fn reached(rows: &Rows<'_>) -> Vec<Reached> {
    let people = rows.iter().filter(|row| rows.side(&row.channel) != Side::Plumbing);
    let answered = people.filter(|row| row.is_answered() && !row.dialled_channel.is_empty());
    answered
        .map(|row| behind(rows, row).map_or_else(|| talked(rows, row), |phone| talked(rows, phone)))
        .collect()
}

/// Of a Local member, the row in which its other half dialled the phone: that half is answered by the phone alone.
fn behind<'r>(rows: &Rows<'r>, row: &Cdr) -> Option<&'r Cdr> {
    let (pair, _) = row.dialled_channel.rsplit_once(';')?;
    let half = |other: &&Cdr| other.channel.rsplit_once(';').is_some_and(|(name, _)| name == pair);
    rows.iter().filter(half).find(|other| other.is_answered() && !other.dialled_channel.is_empty())
}

fn talked(rows: &Rows<'_>, row: &Cdr) -> Reached {
    let rang_first = row.answer.filter(|answer| *answer > row.start);
    let from = rang_first.unwrap_or_else(|| others_rang_until(rows, row));
    Reached {
        party: party(&row.dialled_channel),
        channel: row.dialled_channel.clone(),
        from,
        talk: if rang_first.is_some() { row.billed } else { span(from, row.end) },
    }
}

/// Phones that rang with this one stop when it is answered, none later.
fn others_rang_until(rows: &Rows<'_>, row: &Cdr) -> At {
    let with_it = |other: &&Cdr| {
        !other.is_answered()
            && !other.dialled_channel.is_empty()
            && other.channel == row.channel
            && other.start == row.start
            && other.end < row.end
    };
    rows.iter().filter(with_it).map(|other| other.end).max().unwrap_or(row.start)
}
