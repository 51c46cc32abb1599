//! Indonesian words for stages of rules.

use chrono::NaiveDate;

use super::actions::DecideError;
use crate::datasets::Stage;
use crate::platform::dates;
use crate::platform::web::AppError;

/// A stage in a word or two.
pub fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Rehearsal => "Uji coba",
        Stage::Warning => "Peringatan",
        Stage::Blocking => "Menghalangi",
    }
}

/// What a stage means for those who send.
pub(super) fn meaning(stage: Stage) -> &'static str {
    match stage {
        Stage::Rehearsal => "Tidak dipakai dalam pemeriksaan; BKN melihat apa yang akan ditemukan",
        Stage::Warning => "Baris dapat dikirim dengan alasan",
        Stage::Blocking => "Baris tidak dapat dikirim sebelum diperbaiki",
    }
}

/// The look of a stage's label.
pub fn style(stage: Stage) -> &'static str {
    match stage {
        Stage::Rehearsal => "jalan",
        Stage::Warning => "ingat",
        Stage::Blocking => "genting",
    }
}

pub(super) fn blocking_subject(title: &str, from: NaiveDate) -> String {
    format!(
        "Aturan pemeriksaan {title} akan menghalangi pengiriman sejak {}",
        dates::long(from)
    )
}

/// What was decided, for the next page.
pub(super) fn decided(to: Stage, from: NaiveDate) -> String {
    let told = if to == Stage::Blocking {
        " PIC instansi yang mengirim data ini diberi tahu lewat surel."
    } else {
        ""
    };
    format!(
        "Tahap {} berlaku sejak {}.{told}",
        stage(to),
        dates::long(from)
    )
}

/// A decision that would reach back.
pub(super) const PAST: &str = "Pilih hari ini atau sesudahnya. Keputusan tidak berlaku surut atas hasil yang sudah disampaikan.";

/// A decision that would change nothing.
pub(super) const UNCHANGED: &str =
    "Pada tanggal itu aturan ini sudah berada pada tahap tersebut. Pilih tahap atau tanggal lain.";

impl From<DecideError> for AppError {
    fn from(error: DecideError) -> Self {
        match error {
            DecideError::NotFound => Self::NotFound,
            DecideError::Past => Self::Refused(PAST.to_owned()),
            DecideError::Unchanged => Self::Refused(UNCHANGED.to_owned()),
            DecideError::Mail(error) => error.into(),
            DecideError::Database(error) => error.into(),
        }
    }
}
