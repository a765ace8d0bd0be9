//! Names of people as people type them: ё is е, the wrong keyboard layout, either order.

use unicode_normalization::UnicodeNormalization;

use super::keyboard::on_the_other_layout;

/// A name's words as they are looked up by.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Keys {
    /// The first word: a surname, or the first word of a company's name.
    pub surname: String,
    pub given: String,
    /// The patronymic, or whatever else follows, by single spaces.
    pub rest: String,
}

impl Keys {
    pub fn of(name: &str) -> Keys {
        let mut words = words(name).into_iter();
        Keys {
            surname: words.next().unwrap_or_default(),
            given: words.next().unwrap_or_default(),
            rest: words.collect::<Vec<_>>().join(" "),
        }
    }
}

/// Lower case, ё as е, composed letters; hyphens and apostrophes join («Салтыков-Щедрин» is one word), any
/// other sign parts.
pub fn words(text: &str) -> Vec<String> {
    let folded: String = text.nfc().flat_map(char::to_lowercase).filter_map(fold).collect();
    folded.split_whitespace().map(str::to_owned).collect()
}

fn fold(letter: char) -> Option<char> {
    match letter {
        'ё' => Some('е'),
        '-' | '‐' | '‑' | '\'' | '’' => None,
        letter if letter.is_alphanumeric() => Some(letter),
        _ => Some(' '),
    }
}

/// What the same keys give in the other layout: `bdfyjd` is «иванов», «ыьшер» is `smith`.
pub fn in_other_layout(text: &str) -> String {
    text.nfc().flat_map(|letter| on_the_other_layout(letter).to_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_folded_to_its_words() {
        assert_eq!(words("  СЁМИНА-Ёжикова  Анна\u{a0}Петровна "), ["семинаежикова", "анна", "петровна"]);
        assert_eq!(words("ООО «Ромашка», склад №2"), ["ооо", "ромашка", "склад", "2"]);
        assert_eq!(words("и\u{306}од"), ["йод"], "letters typed in two parts are one");
        assert_eq!(words("«»"), Vec::<String>::new());
    }

    #[test]
    fn keys_are_the_first_word_the_second_and_the_rest() {
        let keys = Keys::of("Мамедов Ариф Гасан оглы");
        assert_eq!((keys.surname.as_str(), keys.given.as_str()), ("мамедов", "ариф"));
        assert_eq!(keys.rest, "гасан оглы");
    }

    #[test]
    fn the_wrong_layout_goes_both_ways() {
        assert_eq!(in_other_layout("bdfyjd"), "иванов");
        assert_eq!(in_other_layout("Ghtj,hf;tycrbq"), "преображенский");
        assert_eq!(in_other_layout("{f,fhjd"), "хабаров");
        assert_eq!(in_other_layout("ЫЬШЕР"), "smith");
    }
}
