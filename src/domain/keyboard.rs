//! The two layouts of one keyboard, ЙЦУКЕН and QWERTY, key by key. A command is found by the place of its key, and a name
//! typed on the wrong layout by what the same keys would have given.

const LATIN: &str = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?";
const RUSSIAN: &str = "ёйцукенгшщзхъфывапролджэячсмитьбю.ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,";

/// The character the same key gives on the Latin layout.
pub fn to_latin(char: char) -> char {
    same_place(RUSSIAN, LATIN, char).unwrap_or(char)
}

/// The character the same key gives on whichever layout it was not typed on. Signs that both layouts have are taken
/// for Latin ones: there they hide a letter.
pub fn on_the_other_layout(char: char) -> char {
    same_place(LATIN, RUSSIAN, char).unwrap_or_else(|| to_latin(char))
}

fn same_place(from: &str, to: &str, char: char) -> Option<char> {
    let place = from.chars().position(|candidate| candidate == char)?;
    to.chars().nth(place)
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
