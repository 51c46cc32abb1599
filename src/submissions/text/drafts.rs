//! The words for drafts: records typed into forms.

use crate::platform::dates::number;
use crate::submissions::model::drafts::Origin;

impl Origin {
    /// The choices as filters offer them, with the word of their address.
    pub const FILTERS: [(&'static str, Self); 2] =
        [("diketik", Self::Typed), ("usulan", Self::Suggested)];

    /// The one that the address of a filter names.
    pub fn of_filter(word: &str) -> Option<Self> {
        let found = Self::FILTERS.iter().find(|(name, _)| *name == word);
        found.map(|(_, origin)| *origin)
    }

    /// How it is named.
    pub fn label(self) -> &'static str {
        match self {
            Self::Typed => "diketik",
            Self::Suggested => "usulan portal",
        }
    }
}

/// How a row of a draft is named: by its number, or as the n-th new one.
pub fn row_name(row: i32) -> String {
    if row < 0 {
        format!("baris baru {}", number(i64::from(row).saturating_neg()))
    } else {
        format!("baris {}", number(i64::from(row)))
    }
}

/// Said after a row was kept.
pub fn saved(row: i32, was_last: bool) -> String {
    let saved = format!("Perubahan {} disimpan dalam konsep.", row_name(row));
    if was_last {
        format!("{saved} Tidak ada lagi baris salah yang belum dibuka.")
    } else {
        saved
    }
}

/// Said after suggestions were taken.
pub fn suggestions_taken(count: usize) -> String {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    format!("{} usulan diterapkan dalam konsep.", number(count))
}

/// Said after a change was undone.
pub fn undone() -> &'static str {
    "Perubahan diurungkan."
}

/// Said after a draft was thrown away.
pub fn discarded() -> &'static str {
    "Konsep dibuang. Berkas Anda tidak berubah."
}

/// Said where suggestions of no rule are asked for.
pub fn no_rule() -> String {
    "Pilih aturan yang usulannya hendak diterapkan.".to_owned()
}

/// How a version came out of forms.
pub fn made_from(base: Option<i32>, changes: i64) -> String {
    match base {
        Some(base) => format!(
            "Dibuat dari versi {base} dengan {} perubahan di formulir.",
            number(changes)
        ),
        None => format!(
            "Dibuat dari {} baris yang diisi lewat formulir.",
            number(changes)
        ),
    }
}
