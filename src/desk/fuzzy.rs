//! Finding an entry of a list by a few letters: letters in order, ё as е, in either keyboard layout.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::domain::name::in_other_layout;

/// Places of the matching labels, best first; all of them in their own order for an empty query.
pub fn rank<T: AsRef<str>>(query: &str, labels: &[T]) -> Vec<usize> {
    let patterns = [pattern(query), pattern(&in_other_layout(query))];
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut score = |label: &str| {
        let folded = fold(label);
        let mut letters = Vec::new();
        let text = Utf32Str::new(&folded, &mut letters);
        patterns.iter().filter_map(|pattern| pattern.score(text, &mut matcher)).max()
    };
    let mut found: Vec<(usize, u32)> = labels
        .iter()
        .enumerate()
        .filter_map(|(place, label)| score(label.as_ref()).map(|score| (place, score)))
        .collect();
    found.sort_by_key(|(place, score)| (std::cmp::Reverse(*score), *place));
    found.into_iter().map(|(place, _)| place).collect()
}

fn pattern(query: &str) -> Pattern {
    Pattern::new(&fold(query), CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy)
}

fn fold(text: &str) -> String {
    text.to_lowercase().replace('ё', "е")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOPICS: [&str; 4] = ["Терапия", "Имплантация", "Лечение дёсен", "Ортодонтия"];

    #[test]
    fn letters_in_order_find_the_topic_in_either_layout() {
        assert_eq!(rank("имп", &TOPICS), [1]);
        assert_eq!(rank("bvg", &TOPICS), [1]);
        assert_eq!(rank("десен", &TOPICS), [2]);
        assert_eq!(rank("ДЁС", &TOPICS), [2]);
        assert_eq!(rank("", &TOPICS), [0, 1, 2, 3]);
        assert!(rank("щщщ", &TOPICS).is_empty());
    }
}
