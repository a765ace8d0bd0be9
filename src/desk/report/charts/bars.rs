//! Bars of block characters, to an eighth of a cell; of ASCII ones where the terminal has no others.

use crate::desk::look::Look;

const EIGHTHS: usize = 8;

/// `share` of `width` from the left, from 0 to 1. What is there at all leaves a mark.
pub fn across(share: f64, width: u16, look: &Look) -> String {
    let cells = usize::from(width);
    let eighths = eighths(share, cells);
    let part = |cell: usize| look.signs.across[eighths.saturating_sub(cell * EIGHTHS).min(EIGHTHS)];
    (0..eighths.div_ceil(EIGHTHS)).map(part).collect()
}

/// What stands in the cell `above` the lowest of a bar that fills `share` of `height` cells.
pub fn upright(share: f64, height: u16, above: u16, look: &Look) -> &'static str {
    let beneath = usize::from(above) * EIGHTHS;
    look.signs.upright[eighths(share, usize::from(height)).saturating_sub(beneath).min(EIGHTHS)]
}

fn eighths(share: f64, cells: usize) -> usize {
    if share <= 0.0 || cells == 0 {
        return 0;
    }
    let all = cells * EIGHTHS;
    ((share * all as f64).round() as usize).clamp(1, all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn something_leaves_a_mark_and_nothing_does_not() {
        assert_eq!(eighths(0.0, 10), 0);
        assert_eq!(eighths(-1.0, 10), 0);
        assert_eq!(eighths(0.000_1, 10), 1);
        assert_eq!(eighths(0.5, 10), 40);
        assert_eq!(eighths(7.0, 10), 80);
        assert_eq!(eighths(1.0, 0), 0);
    }
}
