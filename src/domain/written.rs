//! How figures are written, the same on the screen, the command line and in exports.

use std::time::Duration;

use super::money::Money;

/// `310 450`: groups of three with `gap` between them.
pub fn grouped(number: u64, gap: &str) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 * gap.len());
    for (nth, digit) in digits.chars().enumerate() {
        if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
            out.push_str(gap);
        }
        out.push(digit);
    }
    out
}

/// `0:07`, `12:40`, `1:02:03`.
pub fn duration(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// An average to the nearest second, half of one up.
pub fn nearest_second(average: Duration) -> Duration {
    Duration::from_secs((average + Duration::from_millis(500)).as_secs())
}

/// Whole roubles without a sign: in sums kopecks would only hide the figure; half a rouble goes away from zero.
pub fn whole_roubles(money: Money) -> u64 {
    money.0.unsigned_abs().saturating_add(50) / 100
}
