//! Ids of what is over: enough of them that nothing of a working day comes back to life, and no more.

use std::collections::{HashSet, VecDeque};

const MOST: usize = 20_000;

#[derive(Default)]
pub struct Memory {
    known: HashSet<String>,
    order: VecDeque<String>,
}

impl Memory {
    pub fn contains(&self, id: &str) -> bool {
        self.known.contains(id)
    }

    pub fn keep(&mut self, id: String) {
        if self.known.insert(id.clone()) {
            self.order.push_back(id);
        }
        if self.order.len() > MOST {
            self.order.pop_front().iter().for_each(|oldest| {
                self.known.remove(oldest);
            });
        }
    }
}
