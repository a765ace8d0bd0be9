//! A recording's loudness in as many columns as there is room for. Pure.

use std::time::Duration;

use crate::desk::sound::Waveform;

/// Quieter than this at its loudest, a recording is not drawn as if it were loud.
const QUIET: u8 = 16;

/// The column of an instant; what stands at the very end is in the last.
pub fn column(at: Duration, length: Duration, columns: u16) -> u16 {
    let share = at.as_millis() * u128::from(columns) / length.as_millis().max(1);
    u16::try_from(share).unwrap_or(u16::MAX).min(columns.saturating_sub(1))
}

/// The instant a column begins at.
fn begins(column: u16, length: Duration, columns: u16) -> Duration {
    length * u32::from(column) / u32::from(columns.max(1))
}

/// The loudest of each column, 0 to 255, against the loudest of all channels. Loudness is heard by its logarithm: the
/// square root shows who speaks low.
pub fn levels(waveform: &Waveform, channel: usize, columns: u16) -> Vec<u8> {
    let peak = waveform.channels.iter().flatten().copied().max().unwrap_or(0).max(QUIET);
    let Some(windows) = waveform.channels.get(channel) else { return Vec::new() };
    let level = |column: u16| {
        let at = |column: u16| usize::from(column) * windows.len() / usize::from(columns.max(1));
        let from = at(column).min(windows.len().saturating_sub(1));
        let to = at(column + 1).clamp(from, windows.len()).max(from + 1).min(windows.len());
        let loudest = windows.get(from..to).into_iter().flatten().copied().max().unwrap_or(0);
        let shown = (u32::from(loudest) * 255 * 255 / u32::from(peak)).isqrt();
        u8::try_from(shown).unwrap_or(u8::MAX)
    };
    (0..columns).map(level).collect()
}

/// Whether nobody speaks in all of the column.
pub fn is_silent(waveform: &Waveform, column: u16, columns: u16) -> bool {
    let from = begins(column, waveform.length, columns);
    let to = begins(column + 1, waveform.length, columns);
    waveform.silences.iter().any(|(begin, end)| *begin <= from && to <= *end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waveform(windows: &[u8]) -> Waveform {
        Waveform {
            length: Duration::from_secs(10),
            window: Duration::from_millis(100),
            channels: vec![windows.to_vec()],
            silences: vec![(Duration::from_secs(2), Duration::from_secs(4))],
        }
    }

    #[test]
    fn each_column_shows_its_loudest_and_few_windows_fill_many_columns() {
        assert_eq!(levels(&waveform(&[255, 0, 64, 0]), 0, 2), [255, 127]);
        assert_eq!(levels(&waveform(&[255, 64]), 0, 4), [255, 255, 127, 127]);
        assert_eq!(levels(&waveform(&[]), 0, 3), [0, 0, 0]);
        assert_eq!(levels(&waveform(&[1]), 1, 3), [0; 0]);
        assert!(levels(&waveform(&[1, 1]), 0, 2)[0] < 70, "hiss is not drawn as speech");
    }

    #[test]
    fn a_column_is_silent_when_all_of_it_is() {
        let waveform = waveform(&[9; 100]);
        let silent: Vec<u16> = (0..10).filter(|column| is_silent(&waveform, *column, 10)).collect();
        assert_eq!(silent, [2, 3]);
    }

    #[test]
    fn the_end_stands_in_the_last_column() {
        let second = Duration::from_secs;
        assert_eq!([0, 5, 10, 99].map(|at| column(second(at), second(10), 20)), [0, 10, 19, 19]);
        assert_eq!(column(second(1), Duration::ZERO, 0), 0);
    }
}
