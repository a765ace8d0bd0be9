//! Which calls have something in common, in the order of time.

/// Keys with the places of calls that bear them.
pub(super) struct Places<K>(Vec<(K, u32)>);

impl<K: Copy + Ord> Places<K> {
    pub fn of(entries: impl Iterator<Item = (K, usize)>) -> Places<K> {
        let mut all: Vec<(K, u32)> = entries.map(|(key, place)| (key, place as u32)).collect();
        all.sort_unstable();
        Places(all)
    }

    pub fn with(&self, key: K) -> impl Iterator<Item = usize> + Clone {
        self.after(key, 0)
    }

    /// Those that stand at `place` or later.
    pub fn after(&self, key: K, place: usize) -> impl Iterator<Item = usize> + Clone {
        let first = self.0.partition_point(|entry| *entry < (key, place as u32));
        self.0[first..].iter().take_while(move |(other, _)| *other == key).map(|(_, place)| *place as usize)
    }
}
