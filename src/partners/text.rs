//! Partners in Indonesian.

use super::model::AccessState;
use crate::submissions::SubmissionState;

impl AccessState {
    /// The state in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Active => "Aktif",
            Self::Suspended => "Dihentikan sementara",
            Self::Ended => "Berakhir",
            Self::NoAgreement => "Belum ada PKS",
        }
    }

    /// The word of the address that filters by it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Active => "aktif",
            Self::Suspended => "dihentikan",
            Self::Ended => "berakhir",
            Self::NoAgreement => "belum",
        }
    }

    /// The colour of its tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Active => "cap--selesai",
            Self::Suspended => "cap--genting",
            Self::Ended | Self::NoAgreement => "",
        }
    }

    /// The icon of its tag.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Active => "cek-bulat",
            Self::Suspended => "henti",
            Self::Ended | Self::NoAgreement => "minus",
        }
    }
}

/// How far a submission has come, in the closed list of words.
pub(super) fn submission_state(state: SubmissionState) -> &'static str {
    match state {
        SubmissionState::Checking => "Sedang diperiksa",
        SubmissionState::Cancelled => "Dibatalkan",
        SubmissionState::NeedsMending => "Perlu perbaikan",
        SubmissionState::ReadyToSend => "Siap dikirim",
        SubmissionState::Sent => "Terkirim",
        SubmissionState::Accepted => "Diterima BKN",
        SubmissionState::Returned => "Dikembalikan",
    }
}
