//! The words for comparing a version with an earlier one.

use crate::datasets::MergeReport;
use crate::platform::dates::number;
use crate::submissions::model::{FindingProgress, VersionProgress};
use crate::submissions::queries::compare::Difference;
use crate::submissions::queries::confirmed::RowWarning;
use crate::submissions::queries::findings::Standing;

/// A version that is the file of another one, checked again.
pub fn checked_again(of: i32) -> String {
    format!(
        "Pemeriksaan kembali atas berkas versi {of}, dengan aturan dan kode referensi pada hari \
         pemeriksaan. Hasil versi {of} tetap tersimpan."
    )
}

/// How an attempt compares with the one before it.
pub fn attempt(version: i32, progress: &VersionProgress) -> String {
    let VersionProgress {
        wrong_before,
        mended,
        remaining,
        gone,
        fresh,
        ..
    } = progress;
    if *wrong_before == 0 {
        return format!(
            "Percobaan ke-{version}: versi {} tidak berisi kesalahan, {} kesalahan baru.",
            progress.before_version,
            number(*fresh)
        );
    }
    let left = match gone {
        0 => String::new(),
        gone => format!(", {} tidak ada lagi", number(*gone)),
    };
    format!(
        "Percobaan ke-{version}: {} dari {} baris kini benar, {} tersisa{left}, {} baru.",
        number(*mended),
        number(*wrong_before),
        number(*remaining),
        number(*fresh)
    )
}

/// How one kind of finding compares with the version before.
pub fn kind_progress(progress: &FindingProgress) -> String {
    format!(
        "{} kini benar · {} tersisa · {} baru",
        number(progress.mended),
        number(progress.remaining),
        number(progress.fresh)
    )
}

impl Standing {
    /// The choices as filters offer them, with the word of their address.
    pub const FILTERS: [(&'static str, &'static str, Self); 2] = [
        ("tersisa", "Tersisa dari versi sebelumnya", Self::Remaining),
        ("baru", "Baru pada versi ini", Self::Fresh),
    ];

    /// The one that the address of a filter names.
    pub fn of_filter(word: &str) -> Option<Self> {
        let found = Self::FILTERS.iter().find(|(name, ..)| *name == word);
        found.map(|(.., standing)| *standing)
    }
}

impl Difference {
    /// The kinds with the word of their address and their name.
    pub const FILTERS: [(&'static str, &'static str, Self); 3] = [
        ("berubah", "Berubah", Self::Changed),
        ("bertambah", "Bertambah", Self::Added),
        ("hilang", "Tidak ada lagi", Self::Gone),
    ];

    /// The one that the address of a filter names; changed rows otherwise.
    pub fn of_filter(word: &str) -> Self {
        let found = Self::FILTERS.iter().find(|(name, ..)| *name == word);
        found.map_or(Self::Changed, |(.., difference)| *difference)
    }

    /// The word of its address.
    pub fn word(self) -> &'static str {
        let found = Self::FILTERS.iter().find(|(.., other)| *other == self);
        found.map_or("", |(word, ..)| word)
    }
}

/// How many rows differ, as the heading says it.
pub fn comparison_title(before: i32, now: i32, [changed, added, gone]: [i64; 3]) -> String {
    if changed + added + gone == 0 {
        return format!("Isi versi {now} sama dengan versi {before}");
    }
    format!(
        "{} baris berubah, {} bertambah, {} tidak ada lagi",
        number(changed),
        number(added),
        number(gone)
    )
}

/// What a merge of mended rows came to.
pub fn merged(base: i32, report: &MergeReport) -> String {
    let count = |rows: u64| number(i64::try_from(rows).unwrap_or(i64::MAX));
    let replaced = format!(
        "Digabung dengan versi {base}: {} baris digantikan.",
        count(report.replaced)
    );
    if report.added == 0 {
        return replaced;
    }
    let rows: Vec<String> = report.added_rows.iter().map(u32::to_string).collect();
    let more = if report.added > u64::try_from(rows.len()).unwrap_or(u64::MAX) {
        ", …"
    } else {
        ""
    };
    format!(
        "{replaced} {} baris belum ada pada versi {base} dan ditambahkan di akhir: baris {}{more} \
         pada berkas perbaikan.",
        count(report.added),
        rows.join(", ")
    )
}

/// The reason given for a warning, and where it comes from.
pub fn given_reason(given: &RowWarning) -> Option<String> {
    let reason = given.reason.as_deref()?;
    match (&given.number, given.version) {
        (Some(number), Some(version)) => Some(format!(
            "Alasan: {reason} (diberikan pada {number} versi {version})"
        )),
        _ => Some(format!("Alasan: {reason}")),
    }
}

/// A version that was sent takes no more reasons.
pub fn reasons_closed() -> String {
    "Alasan hanya dapat diberikan sebelum versi ini dikirim.".to_owned()
}

/// What was saved.
pub fn reasons_saved(saved: usize) -> String {
    let saved = i64::try_from(saved).unwrap_or(i64::MAX);
    format!("{} alasan disimpan.", number(saved))
}

/// The headers of the comparison as a file.
pub const COMPARISON_HEADERS: [&str; 6] = [
    "perbedaan",
    "baris_versi_lama",
    "baris_versi_baru",
    "kolom",
    "nilai_versi_lama",
    "nilai_versi_baru",
];
