//! Indonesian words for rehearsals.

use super::actions::RehearseError;
use super::model::Rehearsal;
use super::recheck::Outcome;
use crate::platform::dates::{self, number};
use crate::platform::web::AppError;

/// The head of the CSV file.
pub(super) const CSV_HEAD: [&str; 7] = [
    "instansi",
    "pengiriman",
    "versi",
    "baris",
    "baris_terkena",
    "baris_terkena_yang_kini_lolos",
    "contoh_nomor_baris",
];

/// No file to look at.
pub(super) const NO_FILES: &str = "Belum ada berkas set data ini yang diperiksa sejak tanggal itu. Pilih tanggal yang lebih awal.";

/// The situation of a rehearsal in one line.
pub(super) fn title(rehearsal: &Rehearsal, done: i64, hit: i64, rows: i64) -> String {
    if rehearsal.finished_at.is_none() {
        return format!(
            "Uji coba berjalan: {} dari {} berkas",
            number(done),
            number(rehearsal.versions_total)
        );
    }
    format!(
        "{} dari {} baris akan terkena ({})",
        number(hit),
        number(rows),
        dates::percent(hit, rows)
    )
}

/// How a result differs from what it was, in one line.
pub(super) fn recheck_title(outcome: Option<&Outcome>) -> String {
    let Some(outcome) = outcome else {
        return "Pemeriksaan kembali berjalan".to_owned();
    };
    if outcome.kinds.is_empty() && outcome.before == outcome.now {
        return "Hasilnya sama dengan aturan dan referensi hari ini".to_owned();
    }
    let [.., before] = outcome.before;
    let [.., now] = outcome.now;
    format!(
        "{} dari {} baris kini perlu diperbaiki, dahulu {}",
        number(now),
        number(outcome.rows),
        number(before)
    )
}

impl From<RehearseError> for AppError {
    fn from(error: RehearseError) -> Self {
        match error {
            RehearseError::NotFound => Self::NotFound,
            RehearseError::NoFiles => Self::Refused(NO_FILES.to_owned()),
            RehearseError::Database(error) => error.into(),
        }
    }
}
