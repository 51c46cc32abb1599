//! Indonesian words for reference lists.

use super::actions::TakeError;
use super::model::ChangeKind;
use super::reading::ReadError;
use super::successor::SuccessorError;
use crate::platform::web::AppError;

/// The head of a list's CSV file.
pub(super) const CSV_HEAD: [&str; 6] = [
    "kode",
    "nama",
    "keterangan",
    "sejak_versi",
    "sampai_versi",
    "diganti_dengan",
];

/// A kind of change, as a heading.
pub(super) fn kind(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Added => "Baru",
        ChangeKind::Changed => "Berubah",
        ChangeKind::Ended => "Berakhir",
    }
}

/// No file was chosen.
pub(super) const NO_FILE: &str = "Pilih berkas JSON daftar kode referensi.";

/// What is wrong with a file.
pub(super) fn fault(error: &ReadError) -> String {
    match error {
        ReadError::Json(_) => "Berkas bukan daftar kode dalam bentuk JSON. Unggah berkas referensi BKN sebagaimana adanya, atau berkas menurut format portal.".to_owned(),
        ReadError::NoCode(entry) => format!("Entri ke-{entry} tidak memiliki kode (id). Lengkapi berkas, lalu unggah lagi."),
        ReadError::TooLong(entry) => format!("Kode atau nama entri ke-{entry} terlalu panjang. Periksa berkas, lalu unggah lagi."),
        ReadError::Empty => "Daftar kosong. Unggah berkas yang memuat paling sedikit satu kode.".to_owned(),
        ReadError::Name(_) => "Nama daftar hanya boleh memuat huruf kecil, angka, dan tanda hubung. Ubah nama berkas, lalu unggah lagi.".to_owned(),
    }
}

/// What was done, for the next page.
pub(super) fn taken(title: &str, version: i32) -> String {
    format!("{title} versi {version} berlaku mulai sekarang.")
}

/// Nothing had to be done, for the next page.
pub(super) fn nothing_taken(title: &str) -> String {
    format!("{title} sudah sama dengan berkas itu. Tidak ada yang diubah.")
}

impl From<TakeError> for AppError {
    fn from(error: TakeError) -> Self {
        match error {
            TakeError::Before => Self::Refused(
                "Impor ini sudah diberlakukan. Tidak ada yang perlu dilakukan lagi.".to_owned(),
            ),
            TakeError::Overtaken => Self::Refused(
                "Daftar ini sudah berubah sejak berkas dibandingkan. Unggah berkas sekali lagi, lalu periksa perbedaannya.".to_owned(),
            ),
            TakeError::Database(error) => error.into(),
        }
    }
}

/// The successor is not in the list.
pub(super) const NOT_IN_FORCE: &str =
    "Kode pengganti tidak berlaku dalam daftar ini. Salin ulang dari daftar kode yang berlaku.";

/// What was noted, for the next page.
pub(super) fn successor_named(code: &str, by: &str) -> String {
    format!("{code} diganti dengan {by}.")
}

impl From<SuccessorError> for AppError {
    fn from(error: SuccessorError) -> Self {
        match error {
            SuccessorError::NotFound => Self::NotFound,
            SuccessorError::InForce => Self::Refused(
                "Kode ini berlaku lagi, sehingga tidak memerlukan pengganti.".to_owned(),
            ),
            SuccessorError::NotInForce => Self::Refused(NOT_IN_FORCE.to_owned()),
            SuccessorError::Database(error) => error.into(),
        }
    }
}
