//! What each rule of a data set asks, in words: the declared ones and those
//! that follow from the fields.

use super::rules::{sentence, title_of};
use crate::datasets::code::Code;
use crate::datasets::declaration::Dataset;
use crate::datasets::rules::{REFERENCE, TAKEN_OVER, UNIQUE};

impl Dataset {
    /// What the rule at this place asks.
    pub(in crate::datasets) fn rule_words(&self, at: usize, key: &str) -> String {
        let declared = self.told.get(at).and_then(|rule| sentence(rule, self));
        let words = declared.unwrap_or_else(|| self.implied_words(key));
        let indicator = self.rules.get(at).and_then(|rule| rule.indicator);
        let title = indicator.map(Code::title);
        let unnamed = title.filter(|title| !words.starts_with(title));
        unnamed.map_or_else(|| words.clone(), |title| format!("{title}: {words}"))
    }

    fn implied_words(&self, key: &str) -> String {
        let title = |name: &str| title_of(self, name);
        if let Some(field) = key.strip_prefix(REFERENCE) {
            return format!("{} terdaftar dalam kode referensi BKN.", title(field));
        }
        if key == TAKEN_OVER {
            return "Data yang sudah diambil alih BKN tidak dikirim lagi dengan isi yang sama."
                .to_owned();
        }
        let field = key.strip_prefix(UNIQUE).unwrap_or(key);
        format!("{} tidak boleh berulang dalam satu berkas.", title(field))
    }
}
