//! Facts as whoever keeps them has them.

use std::collections::BTreeMap;

use pult::domain::fact::{CallNumber, Fact};
use pult::store::facts::{self, Changes};
use pult::store::{Error, Store};

use crate::clinic::ZONE;
use crate::fold::line;

pub struct Kept {
    pub facts: BTreeMap<CallNumber, Fact>,
    pub stamp: u64,
}

impl Kept {
    pub fn all(store: &Store) -> Kept {
        let mut facts = BTreeMap::new();
        let mut last = None;
        let take = |fact: &Fact| {
            assert!(last <= Some(fact.started_at), "oldest first");
            last = Some(fact.started_at);
            assert!(facts.insert(fact.number, fact.clone()).is_none(), "each once");
            Ok::<_, Error>(())
        };
        let stamp = facts::all(store, ZONE, &|_, _| (), take).unwrap();
        Kept { facts, stamp }
    }

    pub fn follow(&mut self, store: &Store) {
        let since = store.read(|conn| facts::since(conn, ZONE, self.stamp)).unwrap();
        match since.changes {
            Changes::Everything => *self = Kept::all(store),
            Changes::Some { facts, gone, lines } => {
                for (line, channel, branch) in lines {
                    let on_line = self.facts.values_mut().filter(|fact| fact.line.as_deref() == Some(&line));
                    on_line.for_each(|fact| {
                        fact.branch = branch;
                        fact.channel = if fact.own_channel { fact.channel } else { channel };
                    });
                }
                gone.iter().for_each(|call| drop(self.facts.remove(call)));
                self.facts.extend(facts.into_iter().map(|fact| (fact.number, fact)));
            }
        }
        self.stamp = since.stamp;
    }

    pub fn lines(&self) -> BTreeMap<u32, String> {
        self.facts.iter().map(|(number, fact)| (number.0, line(fact))).collect()
    }
}
