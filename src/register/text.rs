//! Indonesian words for the register.

use chrono::NaiveDate;

use super::import::ImportError;
use super::model::{ImportFailure, ImportStanding, ImportState, RegisterImport, RejectReason};
use crate::datasets;
use crate::platform::dates;

/// The head of the file of rejected rows; the header is the file's first row.
pub(super) const REJECTS_HEAD: [&str; 4] = ["baris_berkas", "kolom", "alasan", "isi"];

pub(super) const CHOOSE_DATASET: &str = "Pilih set data.";
pub(super) const NO_FILE: &str = "Pilih berkas CSV yang akan dimuat.";
pub(super) const AFTER_TODAY: &str = "Tanggal keadaan data tidak boleh sesudah hari ini.";
pub(super) const STALE_FORM: &str = "Formulir ini sudah kedaluwarsa. Buka lagi halamannya.";
pub(super) const OPEN_ALREADY: &str =
    "Berkas yang sama sedang dimuat. Berkas kedua tidak disimpan.";
pub(super) const CANCELLED: &str =
    "Pemuatan dibatalkan. Baris yang sudah masuk tetap ada di register; berkasnya dihapus.";
pub(super) const RESUMED: &str = "Pemuatan dilanjutkan dari baris terakhir yang sudah masuk.";
pub(super) const NOT_OPEN: &str = "Pemuatan ini sudah selesai atau sudah dihentikan. Buka lagi halamannya untuk melihat keadaan terakhir.";
pub(super) const NOT_BROKEN: &str = "Pemuatan ini tidak terputus, jadi tidak perlu dilanjutkan. Buka lagi halamannya untuk melihat keadaan terakhir.";

/// Why a row was not taken.
pub(super) fn reason(reason: RejectReason) -> &'static str {
    match reason {
        RejectReason::Cells => "Jumlah kolom tidak sesuai judul",
        RejectReason::Empty => "Isian wajib kosong",
        RejectReason::NotText => "Bukan teks UTF-8",
        RejectReason::TooLong => "Isian terlalu panjang",
        RejectReason::Id => "ID bukan 32 karakter heksadesimal",
        RejectReason::Nip => "NIP tidak sah",
        RejectReason::Date => "Tanggal tidak terbaca",
        RejectReason::Nul => "Isian memuat karakter kosong (NUL)",
        RejectReason::NipTaken => "NIP tercatat untuk ID PNS lain",
    }
}

/// Where an import stands.
pub(super) fn state(state: ImportState) -> &'static str {
    match state {
        ImportState::Waiting => "Menunggu giliran",
        ImportState::Running => "Sedang dimuat",
        ImportState::Finished => "Selesai",
        ImportState::Ended(ImportFailure::Unreadable) => "Berkas tidak terbaca",
        ImportState::Ended(ImportFailure::BrokenOff) => "Terputus",
        ImportState::Ended(ImportFailure::Cancelled) => "Dibatalkan",
    }
}

/// The style and the icon of the mark beside it.
pub(super) fn mark(state: ImportState) -> (&'static str, &'static str) {
    match state {
        ImportState::Waiting | ImportState::Running => ("jalan", "jam"),
        ImportState::Finished => ("selesai", "cek"),
        ImportState::Ended(ImportFailure::Cancelled) => ("netral", "silang"),
        ImportState::Ended(_) => ("genting", "seru"),
    }
}

/// By what the list is narrowed.
pub(super) fn standing(standing: ImportStanding) -> &'static str {
    match standing {
        ImportStanding::Open => "Menunggu atau sedang dimuat",
        ImportStanding::Finished => "Selesai",
        ImportStanding::Ended => "Terhenti",
    }
}

/// Why a file cannot be imported as the data set that was chosen.
pub(super) fn fault(error: &ImportError) -> String {
    match error {
        ImportError::Missing { fields, fits } => missing(fields, *fits),
        ImportError::Workbook => {
            "Berkas ini lembar kerja Excel. Simpan sebagai CSV UTF-8, lalu pilih lagi.".to_owned()
        }
        ImportError::NotText => {
            "Berkas ini bukan teks UTF-8. Simpan sebagai CSV UTF-8, lalu pilih lagi.".to_owned()
        }
        ImportError::NoRows => {
            "Berkas ini hanya memuat judul kolom. Pilih berkas yang memuat data.".to_owned()
        }
        ImportError::Endless => {
            "Judul kolom atau baris pertama berkas ini tidak berakhir. Periksa tanda kutip yang tidak ditutup, lalu pilih lagi.".to_owned()
        }
        _ => "Berkas ini tidak terbaca sebagai CSV. Periksa berkasnya, lalu pilih lagi.".to_owned(),
    }
}

fn missing(fields: &[String], fits: Option<&str>) -> String {
    let fields = fields.join(", ");
    match fits {
        Some(name) => format!(
            "Judul kolom berkas ini cocok dengan {}. Kolom yang belum ada: {fields}.",
            datasets::title_of(name)
        ),
        None => format!("Berkas ini belum memuat kolom wajib: {fields}."),
    }
}

/// The register stands as the file has it.
pub(super) fn latest(last: &RegisterImport) -> String {
    let at = last.finished_at.map(dates::with_time).unwrap_or_default();
    format!(
        "Berkas ini sama dengan {}, yang terakhir dimuat ({at}). Tidak ada yang perlu dimuat lagi.",
        last.file_name
    )
}

/// The register stands as of a later day than the file.
pub(super) fn older(day: NaiveDate) -> String {
    format!(
        "Register sudah memuat keadaan per {}, lebih baru daripada berkas ini. \
         Bila memang ingin kembali ke keadaan lama, centang pernyataan ini dan pilih lagi berkasnya.",
        dates::long(day)
    )
}

/// The extract is queued, and perhaps known from before.
pub(super) fn queued(before: Option<&RegisterImport>) -> String {
    match before.and_then(|it| it.finished_at) {
        None => "Berkas diterima dan menunggu giliran dimuat.".to_owned(),
        Some(at) => format!(
            "Berkas diterima. Berkas yang sama pernah dimuat pada {}; register akan kembali ke isinya.",
            dates::with_time(at)
        ),
    }
}
