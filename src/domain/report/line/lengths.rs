//! Lengths of time as people write them.

use std::time::Duration;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

/// `90s`, `5m`, `2h`: in the largest unit of which there is a whole number.
pub fn written(length: Duration) -> String {
    let (seconds, beneath) = (length.as_secs(), length.subsec_nanos());
    match seconds {
        _ if beneath > 0 => format!("{}s", format!("{seconds}.{beneath:09}").trim_end_matches('0')),
        1.. if seconds.is_multiple_of(HOUR) => format!("{}h", seconds / HOUR),
        1.. if seconds.is_multiple_of(MINUTE) => format!("{}m", seconds / MINUTE),
        _ => format!("{seconds}s"),
    }
}

/// `30`, `30s`, `1m30s`, `0:30`, `1:00:00`; the units in either language. `None` for what is no length.
pub fn read(text: &str) -> Option<Duration> {
    let text = text.trim();
    if text.contains(':') { by_the_clock(text) } else { in_units(text) }
}

/// Minutes and seconds, with hours before them.
fn by_the_clock(text: &str) -> Option<Duration> {
    let parts = text.split(':').map(whole).collect::<Option<Vec<u64>>>()?;
    let total = parts.iter().try_fold(0u64, |total, part| total.checked_mul(MINUTE)?.checked_add(*part));
    total.filter(|_| parts.len() <= 3).map(Duration::from_secs)
}

fn in_units(text: &str) -> Option<Duration> {
    let mut total = (!text.is_empty()).then_some(Duration::ZERO)?;
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
        let (number, unit) = rest.split_at(end);
        let length = match unit.chars().next() {
            None | Some('s' | 'S' | 'с' | 'С') => seconds(number)?,
            Some('m' | 'M' | 'м' | 'М') => Duration::from_secs(whole(number)?.checked_mul(MINUTE)?),
            Some('h' | 'H' | 'ч' | 'Ч') => Duration::from_secs(whole(number)?.checked_mul(HOUR)?),
            Some(_) => return None,
        };
        total = total.checked_add(length)?;
        rest = unit.get(unit.chars().next().map_or(0, char::len_utf8)..)?;
    }
    Some(total)
}

fn whole(text: &str) -> Option<u64> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?
}

/// With up to nine digits behind the point.
fn seconds(text: &str) -> Option<Duration> {
    let Some((seconds, beneath)) = text.split_once('.') else { return whole(text).map(Duration::from_secs) };
    let nanos = (beneath.len() <= 9).then(|| whole(&format!("{beneath:0<9}")))??;
    Some(Duration::new(whole(seconds)?, u32::try_from(nanos).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_read_as_people_type_them() {
        for (text, seconds) in [
            ("30", 30),
            ("30s", 30),
            ("30с", 30),
            ("0:30", 30),
            ("2:00", 120),
            ("1m30s", 90),
            ("1м30", 90),
            ("5m", 300),
            ("2ч", 7200),
            ("1:00:00", 3600),
            ("0", 0),
        ] {
            assert_eq!(read(text), Some(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["", "m", "5x", "-5", "1:2:3:4", ":", "5.5m", "1..5", "30 s", "99999999999999999999"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn the_largest_unit_is_written() {
        let written = |seconds| written(Duration::from_secs(seconds));
        assert_eq!([0, 30, 90, 300, 7200].map(written), ["0s", "30s", "90s", "5m", "2h"]);
        assert_eq!(super::written(Duration::from_millis(1500)), "1.5s");
    }
}
