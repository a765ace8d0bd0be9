//! Text from outside, made harmless: whatever a caller, a trunk or a file wrote passes here before it is kept.

/// Longest text kept from a field, in characters. The longest real caller names have about 80.
pub const LONGEST: usize = 256;

/// The text without what could steer a terminal or deceive a reader (control characters, line separators,
/// direction overrides, invisible characters), trimmed and cut to [`LONGEST`] characters.
pub fn clean(raw: &str) -> String {
    let visible: String = raw.chars().filter(|&c| is_visible(c)).collect();
    match visible.trim().char_indices().nth(LONGEST) {
        Some((end, _)) => visible.trim()[..end].trim_end().to_owned(),
        None => visible.trim().to_owned(),
    }
}

/// Whether a character is something to be read, and cannot steer a terminal or deceive a reader.
pub fn is_visible(c: char) -> bool {
    !c.is_control() && !is_invisible(c)
}

/// Separators, zero-width and bidirectional formatting characters, and the tag block that can hide text.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{LONGEST, clean};

    #[test]
    fn keeps_people_and_drops_tricks() {
        assert_eq!(clean("Иван «Ваня» Петров"), "Иван «Ваня» Петров");
        assert_eq!(clean("\u{1b}[2J\u{202e}nav\u{200b}I\r\n"), "[2JnavI");
    }

    proptest! {
        #[test]
        fn the_result_is_short_visible_and_final(raw in any::<String>()) {
            let text = clean(&raw);
            prop_assert!(text.chars().count() <= LONGEST);
            prop_assert!(!text.chars().any(char::is_control));
            prop_assert_eq!(clean(&text), text);
        }
    }
}
