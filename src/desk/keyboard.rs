//! The two layouts of one keyboard, ЙЦУКЕН and QWERTY, key by key: a command is found by the place of its key.

const LATIN: &str = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?";
const RUSSIAN: &str = "ёйцукенгшщзхъфывапролджэячсмитьбю.ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,";

/// The character the same key gives on the Latin layout.
pub fn to_latin(char: char) -> char {
    let place = RUSSIAN.chars().position(|russian| russian == char);
    place.and_then(|place| LATIN.chars().nth(place)).unwrap_or(char)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layouts_are_as_long_as_each_other() {
        assert_eq!(LATIN.chars().count(), RUSSIAN.chars().count());
        assert_eq!((to_latin('о'), to_latin('Ж'), to_latin('j')), ('j', ':', 'j'));
    }
}
