//! The two layouts of one keyboard: ЙЦУКЕН and QWERTY, key by key.
//!
//! Commands are found by the place of the key, and a word typed in the wrong layout is still the word.

const LATIN: &str = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?";
const RUSSIAN: &str = "ёйцукенгшщзхъфывапролджэячсмитьбю.ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,";

pub fn to_latin(char: char) -> char {
    same_place(char, RUSSIAN, LATIN)
}

fn to_russian(char: char) -> char {
    same_place(char, LATIN, RUSSIAN)
}

fn same_place(char: char, from: &str, to: &str) -> char {
    from.chars().zip(to.chars()).find(|(known, _)| *known == char).map_or(char, |(_, other)| other)
}

/// The word as the other layout would have typed it.
pub fn other_layout(word: &str) -> String {
    let russian = word.chars().any(|char| matches!(char, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё'));
    word.chars().map(if russian { to_latin } else { to_russian }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_typed_in_the_wrong_layout_is_the_word() {
        assert_eq!(other_layout("bvgk"), "импл");
        assert_eq!(other_layout("ыфму"), "save");
    }

    #[test]
    fn the_layouts_are_as_long_as_each_other() {
        assert_eq!(LATIN.chars().count(), RUSSIAN.chars().count());
    }
}
