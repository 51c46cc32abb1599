//! Which of BKN's codes a partner's code probably is: the one it names, the
//! one of the same title, or the one whose title is nearest.

use std::collections::{BTreeMap, HashMap};

use super::model::{Ground, Received, form};

/// Titles less alike than this, of 100, are not proposed.
const LEAST: i32 = 60;
/// The levels of functional positions (PermenPANRB 1/2023, Pasal 10 to 12).
/// Titles of different levels are different positions, however alike.
const LEVELS: [&str; 8] = [
    "pemula", "terampil", "mahir", "penyelia", "pertama", "muda", "madya", "utama",
];
/// Stands before a level in some titles and not in others.
const FILLER: &str = "ahli";

/// What is proposed for a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// BKN's code.
    pub code: String,
    /// Why.
    pub ground: Ground,
    /// How alike the titles are, 0 to 100; 100 where the code itself is known.
    pub likeness: i32,
}

/// A list of BKN's with its titles as they are compared.
pub struct Titles {
    entries: Vec<Entry>,
    by_title: HashMap<String, Option<usize>>,
    by_code: HashMap<String, usize>,
}

struct Entry {
    code: String,
    title: Title,
}

/// A title made ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Title {
    normal: String,
    level: Option<&'static str>,
    pairs: BTreeMap<(char, char), i32>,
}

impl Titles {
    /// Makes a list of codes and titles ready.
    pub fn of(list: Vec<(String, String)>) -> Self {
        let entries: Vec<Entry> = list
            .into_iter()
            .map(|(code, name)| Entry {
                title: Title::of(&name),
                code,
            })
            .collect();
        let mut by_title = HashMap::new();
        for (at, entry) in entries.iter().enumerate() {
            // A title that two codes bear tells neither.
            by_title
                .entry(entry.title.normal.clone())
                .and_modify(|place| *place = None)
                .or_insert(Some(at));
        }
        let codes = entries.iter().enumerate();
        let by_code = codes.map(|(at, entry)| (form(&entry.code), at)).collect();
        Self {
            entries,
            by_title,
            by_code,
        }
    }

    /// What is proposed for a code, if anything is.
    pub fn propose(&self, received: &Received) -> Option<Proposal> {
        let named = received.bkn_code.iter().chain([&received.code]);
        let mut known = named.filter_map(|code| self.by_code.get(&form(code)));
        if let Some(entry) = known.next().and_then(|at| self.entries.get(*at)) {
            return Some(Proposal {
                code: entry.code.clone(),
                ground: Ground::Code,
                likeness: 100,
            });
        }
        let names = [Some(&received.name), received.former_name.as_ref()];
        let titles: Vec<Title> = names
            .into_iter()
            .flatten()
            .map(|it| Title::of(it))
            .collect();
        let same = titles.iter().find_map(|title| self.same(title));
        same.or_else(|| titles.iter().find_map(|title| self.nearest_to(title)))
    }

    /// The codes whose titles are most like a name, the most alike first.
    pub fn like(&self, name: &str, most: usize) -> Vec<(String, i32)> {
        let title = Title::of(name);
        let scored = self.entries.iter();
        let mut scored: Vec<_> = scored
            .map(|entry| (entry.code.clone(), title.likeness(&entry.title)))
            .filter(|(_, likeness)| *likeness > 0)
            .collect();
        scored.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        scored.truncate(most);
        scored
    }

    fn same(&self, title: &Title) -> Option<Proposal> {
        let at = self.by_title.get(&title.normal).copied().flatten()?;
        let entry = self.entries.get(at)?;
        (!title.normal.is_empty()).then(|| Proposal {
            code: entry.code.clone(),
            ground: Ground::Title,
            likeness: 100,
        })
    }

    fn nearest_to(&self, title: &Title) -> Option<Proposal> {
        let fitting = self.entries.iter().filter(|it| it.title.may_be(title));
        let scored = fitting.map(|it| (title.likeness(&it.title), it));
        // Of equals the first in the list.
        let best = scored.reduce(|best, next| if next.0 > best.0 { next } else { best });
        let (likeness, entry) = best.filter(|(likeness, _)| *likeness >= LEAST)?;
        Some(Proposal {
            code: entry.code.clone(),
            ground: Ground::Near,
            likeness,
        })
    }
}

impl Title {
    fn of(name: &str) -> Self {
        let parted: String = name
            .chars()
            .map(|letter| {
                if letter.is_alphanumeric() {
                    letter
                } else {
                    ' '
                }
            })
            .flat_map(char::to_lowercase)
            .collect();
        let words: Vec<&str> = parted
            .split_whitespace()
            .filter(|it| *it != FILLER)
            .collect();
        let level = words.iter().rev().find_map(|word| level(word));
        let normal = words.join(" ");
        let mut pairs = BTreeMap::new();
        for pair in normal.chars().zip(normal.chars().skip(1)) {
            *pairs.entry(pair).or_insert(0) += 1;
        }
        Self {
            normal,
            level,
            pairs,
        }
    }

    /// Whether their levels let both be the same position.
    fn may_be(&self, other: &Self) -> bool {
        self.level.is_none() || other.level.is_none() || self.level == other.level
    }

    /// How alike two titles are, 0 to 100: Sørensen-Dice over pairs of letters.
    fn likeness(&self, other: &Self) -> i32 {
        if self.normal == other.normal {
            return 100;
        }
        let all: i32 = self.pairs.values().chain(other.pairs.values()).sum();
        let shared = self.pairs.iter().filter_map(|(pair, count)| {
            let there = other.pairs.get(pair)?;
            Some((*count).min(*there))
        });
        (200 * shared.sum::<i32>())
            .checked_div(all)
            .unwrap_or(0)
            .min(99)
    }
}

fn level(word: &str) -> Option<&'static str> {
    LEVELS.into_iter().find(|level| *level == word)
}

#[cfg(test)]
mod tests;
