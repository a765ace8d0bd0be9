//! Which codes occur in a day, so that a rare group is found without looking into the days that have none of it.

use super::day::Short;

/// Bits by code. Those of removed calls stay: they cost a look.
#[derive(Clone, Debug, Default)]
pub(super) struct Present {
    codes: [Vec<u64>; 3],
}

impl Present {
    /// The columns of codes from dictionaries.
    pub const COLUMNS: [Short; 3] = [Short::Employee, Short::Origin, Short::Said];

    pub fn insert(&mut self, column: Short, code: u16) {
        let Some(place) = Present::COLUMNS.iter().position(|coded| *coded == column) else { return };
        let (word, bit) = (usize::from(code) / 64, code % 64);
        let codes = &mut self.codes[place];
        if word >= codes.len() {
            codes.resize(word + 1, 0);
        }
        codes[word] |= 1 << bit;
    }

    pub fn has(&self, column: Short, code: u16) -> bool {
        let Some(place) = Present::COLUMNS.iter().position(|coded| *coded == column) else { return true };
        self.codes[place].get(usize::from(code) / 64).is_some_and(|word| word >> (code % 64) & 1 == 1)
    }

    /// Whether any of the codes marked occurs.
    pub fn any(&self, column: Short, marked: &[bool]) -> bool {
        let Some(place) = Present::COLUMNS.iter().position(|coded| *coded == column) else { return true };
        let words = marked.chunks(64).zip(&self.codes[place]).filter(|(_, word)| **word != 0);
        words
            .into_iter()
            .any(|(marked, word)| marked.iter().enumerate().any(|(bit, kept)| *kept && word >> bit & 1 == 1))
    }
}
