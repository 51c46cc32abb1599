//! Mappings in Indonesian.

use super::actions::DecideError;
use super::model::{Ground, MappingState};
use crate::platform::web::AppError;

impl MappingState {
    /// How it is shown.
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "Menunggu pemetaan",
            Self::Mapped => "Dipetakan",
            Self::Unmatched => "Tanpa padanan",
        }
    }

    /// The style of its mark.
    pub fn style(self) -> &'static str {
        match self {
            Self::Open => "ingat",
            Self::Mapped => "selesai",
            Self::Unmatched => "jalan",
        }
    }

    /// The icon of its mark.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Open => "jam",
            Self::Mapped => "cek",
            Self::Unmatched => "info",
        }
    }
}

impl Ground {
    /// Why something is proposed.
    pub fn label(self) -> &'static str {
        match self {
            Self::Code => "Kode sama",
            Self::Title => "Nama sama",
            Self::Near => "Nama mirip",
        }
    }
}

/// What was confirmed at once, for the next page.
pub(super) fn accepted(done: usize, chosen: usize) -> String {
    match (done, chosen.saturating_sub(done)) {
        (0, 0) => "Belum ada kode yang dipilih.".to_owned(),
        (done, 0) => format!("{done} usulan padanan dikonfirmasi."),
        (done, left) => format!(
            "{done} usulan padanan dikonfirmasi. {left} kode tidak diubah karena sudah diputuskan, baru dikirim ulang, atau tanpa usulan."
        ),
    }
}

/// What was decided, for the next page.
pub(super) fn decided(code: &str, is_mapped: bool) -> String {
    if is_mapped {
        format!("Kode {code} dipetakan.")
    } else {
        format!("Kode {code} dicatat tanpa padanan.")
    }
}

/// Nothing was chosen.
pub(super) const NO_VERDICT: &str = "Pilih padanan, tulis kode lain, atau pilih tanpa padanan.";
/// A code that is not in the list.
pub(super) const UNKNOWN_CODE: &str =
    "Kode tidak ada dalam referensi jabatan fungsional yang berlaku. Salin ulang dari referensi.";

impl From<DecideError> for AppError {
    fn from(error: DecideError) -> Self {
        match error {
            DecideError::NotFound => Self::NotFound,
            DecideError::Overtaken => Self::Refused(
                "Pemetaan ini sudah diubah orang lain. Buka lagi halamannya, lalu periksa padanannya.".to_owned(),
            ),
            DecideError::UnknownCode => Self::Refused(UNKNOWN_CODE.to_owned()),
            DecideError::Database(error) => error.into(),
        }
    }
}
