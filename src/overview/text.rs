//! The words of the first pages.

use crate::platform::dates;

const WORDS: [&str; 11] = [
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan",
    "sepuluh",
];

/// A count in a sentence: a word up to ten, figures above.
pub(super) fn count(n: usize) -> String {
    WORDS.get(n).map_or_else(
        || dates::number(i64::try_from(n).unwrap_or(i64::MAX)),
        |word| (*word).to_owned(),
    )
}

/// A count at the beginning of a sentence.
pub(super) fn count_first(n: usize) -> String {
    let word = count(n);
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_words_up_to_ten() {
        assert_eq!(count_first(3), "Tiga");
        assert_eq!(count(10), "sepuluh");
        assert_eq!(count(1_200), "1.200");
    }
}
