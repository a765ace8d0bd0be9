//! The rows of one call, and which calls were consultations about another.

use std::collections::HashMap;

use super::super::row::Cdr;
use crate::domain::text;
use crate::telephony::asterisk::map::{At, Side, endpoint, side};

/// In the order they began.
pub struct Rows<'r> {
    rows: Vec<&'r Cdr>,
    trunks: &'r [String],
}

impl<'r> Rows<'r> {
    pub fn iter(&self) -> impl Iterator<Item = &'r Cdr> {
        self.rows.iter().copied()
    }

    pub fn id(&self) -> &'r str {
        self.rows.first().map_or("", |row| row.call.as_str())
    }

    pub fn side(&self, channel: &str) -> Side {
        side(channel, self.trunks)
    }

    /// The leg on which somebody outside came.
    pub fn arrived(&self) -> Option<&'r Cdr> {
        self.iter().find(|row| self.side(&row.channel) == Side::Outside)
    }

    /// The phone of ours that called.
    pub fn caller(&self) -> Option<&'r Cdr> {
        self.iter().find(|row| self.side(&row.channel) == Side::Inside)
    }

    /// Rows that dialled a channel of that side.
    pub fn dialled(&self, wanted: Side) -> impl Iterator<Item = &'r Cdr> {
        self.iter()
            .filter(move |row| !row.dialled_channel.is_empty() && self.side(&row.dialled_channel) == wanted)
    }

    pub fn started(&self) -> Option<At> {
        self.iter().map(|row| row.start).min()
    }

    pub fn ended(&self) -> Option<At> {
        self.iter().map(|row| row.end).max()
    }

    /// When a queue or a phone was first asked.
    pub fn asked(&self) -> Option<At> {
        let asks = |row: &&Cdr| !row.dialled_channel.is_empty() || row.app == "Queue";
        self.iter().filter(asks).map(|row| row.start).min()
    }

    pub fn queue(&self) -> Option<String> {
        let row = self.iter().find(|row| row.app == "Queue")?;
        row.data.split(',').next().map(text::clean).filter(|queue| !queue.is_empty())
    }

    pub fn recording(&self) -> Option<String> {
        self.iter().map(|row| text::clean(&row.recording)).find(|file| !file.is_empty())
    }

    /// A call of plumbing alone is part of one that the record does not name (it has no Linkedid).
    fn is_manned(&self) -> bool {
        self.iter().any(|row| self.side(&row.channel) != Side::Plumbing)
    }

    /// The channels it reached, when it was a call among our own phones.
    fn reached_inside(&self) -> Vec<&'r str> {
        let outside = self.arrived().is_some() || self.dialled(Side::Outside).next().is_some();
        let reached = self.dialled(Side::Inside).filter(|row| !outside && row.is_answered());
        reached.map(|row| row.dialled_channel.as_str()).collect()
    }
}

/// The calls, and the channels that were consulted about one of them: a channel that somebody else's call goes on with
/// after our own phones talked was handed that call. The consultation is no call of its own.
pub fn groups<'r>(rows: &'r [Cdr], trunks: &'r [String]) -> (Vec<Rows<'r>>, Vec<&'r str>) {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut groups: Vec<Rows<'r>> = Vec::new();
    for row in rows {
        let place = *places.entry(&row.call).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.rows.push(row),
            None => groups.push(Rows { rows: vec![row], trunks }),
        }
    }
    groups.retain(Rows::is_manned);
    groups.iter_mut().for_each(|group| group.rows.sort_by_key(|row| row.start));
    let mut dialled: HashMap<&str, Vec<&Cdr>> = HashMap::new();
    for row in groups.iter().flat_map(Rows::iter) {
        dialled.entry(&row.dialled_channel).or_default().push(row);
    }
    let is_handed = |channel: &str, group: &Rows<'_>| {
        let rows = dialled.get(channel).map(Vec::as_slice).unwrap_or_default();
        rows.iter().any(|row| row.call != group.id() && Some(row.start) >= group.started())
    };
    let mut consulted = Vec::new();
    groups.retain(|group| {
        let handed: Vec<&str> =
            group.reached_inside().into_iter().filter(|channel| is_handed(channel, group)).collect();
        consulted.extend_from_slice(&handed);
        handed.is_empty()
    });
    (groups, consulted)
}

/// Whoever sits behind a channel: of a Local half, the extension it was made for.
pub fn party(channel: &str) -> String {
    let name = endpoint(channel);
    text::clean(name.split('@').next().unwrap_or(name))
}
