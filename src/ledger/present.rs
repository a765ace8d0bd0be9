//! Which codes occur in a day, so that a rare group is found without looking into the days that have none of it.

use super::day::Short;

/// Bits by code. Those of removed calls stay: they cost a look.
#[derive(Clone, Debug, Default)]
pub(super) struct Present {
    codes: [Vec<u64>; 3],
}

/// Some codes of a column.
#[derive(Clone, Debug)]
pub(super) struct Codes {
    /// By code, all that could be: none needs to be compared with a length.
    marked: Box<[bool; 1 << 16]>,
    bits: Vec<u64>,
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

    /// Whether any of the codes occurs.
    pub fn any(&self, column: Short, codes: &Codes) -> bool {
        let Some(place) = Present::COLUMNS.iter().position(|coded| *coded == column) else { return true };
        self.codes[place].iter().zip(&codes.bits).any(|(here, wanted)| here & wanted != 0)
    }
}

impl Codes {
    /// Those marked, by code.
    pub fn new(those: &[bool]) -> Codes {
        let mut marked = Box::new([false; 1 << 16]);
        marked.iter_mut().zip(those).for_each(|(marked, that)| *marked = *that);
        let word = |those: &[bool]| those.iter().rev().fold(0, |bits, that| bits << 1 | u64::from(*that));
        Codes { marked, bits: those.chunks(64).map(word).collect() }
    }

    #[inline]
    pub fn has(&self, code: u16) -> bool {
        self.marked[usize::from(code)]
    }
}
