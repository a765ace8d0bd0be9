//! Plain values in bytes, little-endian, and a check over them.

use std::sync::Arc;

/// Words are folded into so many sums side by side.
const LANES: usize = 4;
/// Odd, so that multiplying loses nothing; the bits are those of the golden ratio.
const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// Tells damage, not malice. Every step can be reversed, so a change within one word always shows.
pub(super) fn check(bytes: &[u8], seed: u64) -> u64 {
    let mut lanes = [seed, !seed, bytes.len() as u64, 0];
    let (rounds, rest) = bytes.as_chunks::<{ LANES * 8 }>();
    for round in rounds {
        let (words, _) = round.as_chunks::<8>();
        lanes.iter_mut().zip(words).for_each(|(lane, word)| *lane = fold(*lane, u64::from_le_bytes(*word)));
    }
    let rest = rest.iter().fold(seed, |sum, byte| fold(sum, u64::from(*byte)));
    lanes.into_iter().fold(rest, fold)
}

fn fold(sum: u64, word: u64) -> u64 {
    (sum ^ word).wrapping_mul(FACTOR).rotate_left(29)
}

#[derive(Default)]
pub(super) struct Writer(pub Vec<u8>);

impl Writer {
    pub fn u16(&mut self, value: u16) {
        self.0.extend(value.to_le_bytes());
    }

    pub fn u32(&mut self, value: u32) {
        self.0.extend(value.to_le_bytes());
    }

    pub fn u64(&mut self, value: u64) {
        self.0.extend(value.to_le_bytes());
    }

    pub fn text(&mut self, text: &str) {
        self.u32(text.len() as u32);
        self.0.extend(text.as_bytes());
    }

    pub fn list<T>(
        &mut self,
        values: impl ExactSizeIterator<Item = T>,
        mut write: impl FnMut(&mut Writer, T),
    ) {
        self.u32(values.len() as u32);
        values.for_each(|value| write(self, value));
    }
}

/// Gives `None` past the end; nothing is set aside by a length that was read.
pub(super) struct Reader<'b>(pub &'b [u8]);

impl<'b> Reader<'b> {
    pub fn bytes(&mut self, count: usize) -> Option<&'b [u8]> {
        let (bytes, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(bytes)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.bytes(N)?.try_into().ok()
    }

    pub fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }

    pub fn u128(&mut self) -> Option<u128> {
        self.array().map(u128::from_le_bytes)
    }

    pub fn text(&mut self) -> Option<Arc<str>> {
        let count = self.u32()?;
        std::str::from_utf8(self.bytes(count as usize)?).ok().map(Arc::from)
    }

    pub fn list<T>(&mut self, mut read: impl FnMut(&mut Reader<'b>) -> Option<T>) -> Option<Vec<T>> {
        let count = self.u32()?;
        (0..count).map(|_| read(self)).collect()
    }
}
