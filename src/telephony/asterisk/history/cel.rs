//! Channel events to calls: told to the live map again as if they happened now, so that live and record have one
//! verdict.
//!
//! Each story (the calls whose legs went over to each other) is told to a map of its own. A call whose end the record
//! does not have is not over and is left out.

mod script;
mod story;

use std::collections::HashSet;

use self::script::Script;
use self::story::stories;
use super::row::Cel;
use crate::domain::call::{CallKey, Snapshot, TransferKind};
use crate::telephony::Event;
use crate::telephony::asterisk::map::Map;

#[derive(Default)]
pub struct Told {
    /// Those that are over.
    pub calls: Vec<Snapshot>,
    /// As in [`Page::merged`](crate::telephony::Page).
    pub merged: Vec<(CallKey, CallKey)>,
    /// Linkedids that the rows tell of, whole or not.
    pub linked: HashSet<String>,
}

pub fn told(rows: &[Cel], trunks: &[String]) -> Told {
    let mut told = Told::default();
    for story in stories(rows) {
        tell(&story, trunks, &mut told);
    }
    told.linked = rows.iter().map(|row| row.call.clone()).collect();
    told
}

fn tell(story: &[&Cel], trunks: &[String], told: &mut Told) {
    let mut map = Map::new(trunks.to_vec());
    let mut script = Script::of(story);
    let mut calls: Vec<Snapshot> = Vec::new();
    for row in story {
        let news = script.messages(row).into_iter().flat_map(|message| map.apply(&message, row.at));
        for event in news {
            match event {
                Event::Call(news) => {
                    calls.retain(|call| call.key != news.key);
                    calls.push(*news);
                }
                Event::Merged { gone, into } => {
                    calls.retain(|call| call.key != gone);
                    told.merged.push((gone, into));
                }
                _ => {}
            }
        }
    }
    let knows_hold = script.knows_hold();
    calls.retain(|call| !call.is_live());
    calls.iter_mut().for_each(|call| call.settled = knows_hold || !was_consulted(call));
    told.calls.append(&mut calls);
}

/// Without holds an agent's talk cannot be told from the consultation that followed it.
fn was_consulted(call: &Snapshot) -> bool {
    call.transfers.iter().any(|transfer| transfer.kind == TransferKind::Attended)
}
