//! Indonesian words for rehearsals.

use super::actions::{RehearseError, ResumeError};
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

/// It runs, or it is done.
const NOT_STOPPED: &str =
    "Pekerjaan ini sedang berjalan atau sudah selesai, sehingga tidak perlu dilanjutkan.";

/// The rule asks for what can be told of no file of the past.
pub(super) const NOT_REHEARSABLE: &str = "Aturan ini tidak dapat dijalankan pada berkas yang lalu, karena apa yang sudah diterima BKN pada hari setiap berkas diperiksa tidak lagi dapat ditentukan. Temuannya terlihat pada hasil pemeriksaan setiap berkas.";

/// The situation of a rehearsal in one line.
pub(super) fn title(
    rehearsal: &Rehearsal,
    (done, hit, rows): (i64, i64, i64),
    given_up: bool,
) -> String {
    if given_up {
        return format!(
            "Uji coba terhenti: {} dari {} berkas selesai",
            number(done),
            number(rehearsal.versions_total)
        );
    }
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
pub(super) fn recheck_title(outcome: Option<&Outcome>, given_up: bool) -> String {
    let Some(outcome) = outcome else {
        let situation = if given_up { "terhenti" } else { "berjalan" };
        return format!("Pemeriksaan kembali {situation}");
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

impl From<ResumeError> for AppError {
    fn from(error: ResumeError) -> Self {
        match error {
            ResumeError::NotFound => Self::NotFound,
            ResumeError::NotStopped => Self::Refused(NOT_STOPPED.to_owned()),
            ResumeError::Database(error) => error.into(),
        }
    }
}

impl From<RehearseError> for AppError {
    fn from(error: RehearseError) -> Self {
        match error {
            RehearseError::NotFound => Self::NotFound,
            RehearseError::NotRehearsable => Self::Refused(NOT_REHEARSABLE.to_owned()),
            RehearseError::NoFiles => Self::Refused(NO_FILES.to_owned()),
            RehearseError::Database(error) => error.into(),
        }
    }
}
