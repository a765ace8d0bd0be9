//! Values by short codes, given in the order of appearance. A call's row holds the codes.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use crate::domain::fact::Party;
use crate::domain::phone::Phone;

/// The code of "not known", in every dictionary.
pub(super) const UNKNOWN: u16 = 0;

#[derive(Debug)]
pub(super) struct Dictionary<T> {
    values: Vec<Option<T>>,
    codes: HashMap<T, u16>,
}

impl<T: Clone + Eq + Hash> Dictionary<T> {
    pub fn new() -> Dictionary<T> {
        Dictionary { values: vec![None], codes: HashMap::new() }
    }

    /// What no code is left for is not known: what strangers send (every number a scanner dials is a line) must not
    /// keep calls from being counted.
    pub fn code(&mut self, value: Option<&T>) -> u16 {
        let Some(value) = value else { return UNKNOWN };
        if let Some(code) = self.codes.get(value) {
            return *code;
        }
        let Ok(code) = u16::try_from(self.values.len()) else { return UNKNOWN };
        self.values.push(Some(value.clone()));
        self.codes.insert(value.clone(), code);
        code
    }

    /// The code of a value that has one.
    pub fn find<Q: Hash + Eq + ?Sized>(&self, value: &Q) -> Option<u16>
    where
        T: Borrow<Q>,
    {
        self.codes.get(value).copied()
    }

    /// By their codes; the first is unknown.
    pub fn values(&self) -> &[Option<T>] {
        &self.values
    }

    pub fn value(&self, code: u16) -> Option<&T> {
        self.values.get(usize::from(code)).and_then(Option::as_ref)
    }

    pub fn len(&self) -> usize {
        self.values.len()
    }
}

/// Values that go together, by one code: a call's row is short because few of the combinations occur.
#[derive(Debug)]
pub(super) struct Combinations<const N: usize> {
    /// By the combination's code, the codes of its values.
    parts: [Vec<u16>; N],
    codes: HashMap<[u16; N], u16>,
}

impl<const N: usize> Combinations<N> {
    pub fn new() -> Combinations<N> {
        let codes = HashMap::from([([UNKNOWN; N], 0)]);
        Combinations { parts: std::array::from_fn(|_| vec![UNKNOWN]), codes }
    }

    /// What no code is left for is all unknown.
    pub fn code(&mut self, values: [u16; N]) -> u16 {
        if let Some(code) = self.codes.get(&values) {
            return *code;
        }
        let Ok(code) = u16::try_from(self.len()) else { return UNKNOWN };
        self.parts.iter_mut().zip(values).for_each(|(part, value)| part.push(value));
        self.codes.insert(values, code);
        code
    }

    pub fn len(&self) -> usize {
        self.parts[0].len()
    }

    pub fn part(&self, part: usize) -> &[u16] {
        &self.parts[part]
    }

    pub fn values(&self, code: usize) -> [u16; N] {
        std::array::from_fn(|part| self.parts[part][code])
    }

    /// Puts what was saved in place of what there is; `None` when it is more than there are codes.
    pub fn restore(&mut self, saved: &[[u16; N]]) -> Option<()> {
        self.parts = std::array::from_fn(|part| saved.iter().map(|values| values[part]).collect());
        self.codes = saved.iter().zip(0..=u16::MAX).map(|(values, code)| (*values, code)).collect();
        (1..=usize::from(u16::MAX) + 1).contains(&saved.len()).then_some(())
    }

    /// Gives combinations other values. Those that become equal keep their codes.
    pub fn change(&mut self, change: impl Fn([u16; N]) -> [u16; N]) {
        let changed: Vec<[u16; N]> = (0..self.len()).map(|code| change(self.values(code))).collect();
        self.parts = std::array::from_fn(|part| changed.iter().map(|values| values[part]).collect());
        self.codes = changed.into_iter().zip(0..=u16::MAX).collect();
    }
}

/// The code of a party nobody can tell from another: each such call stands for itself.
pub(super) const ALONE: u32 = u32::MAX;

/// From here up, parties that are no persons.
const STRANGER: u32 = 1 << 31;

/// Unknown numbers and texts by their codes. What stands behind a code is never asked.
#[derive(Debug, Default)]
pub(super) struct Strangers {
    pub phones: HashMap<Phone, u32>,
    pub texts: HashMap<Arc<str>, u32>,
}

impl Strangers {
    /// `None` when the party has no code: too many strangers, or a person's number that is one of theirs.
    pub fn code(&mut self, party: &Party) -> Option<u32> {
        let next = STRANGER + (self.phones.len() + self.texts.len()) as u32;
        let code = match party {
            Party::Person(number) => return (*number < STRANGER).then_some(*number),
            Party::Alone => return Some(ALONE),
            Party::Phone(phone) => *self.phones.entry(*phone).or_insert(next),
            Party::Text(text) => match self.texts.get(text) {
                Some(code) => *code,
                None => *self.texts.entry(text.clone()).or_insert(next),
            },
        };
        (code != ALONE).then_some(code)
    }
}
