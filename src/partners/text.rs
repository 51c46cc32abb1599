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

/// An event of the trail in words; one that is not on the list is shown as the
/// trail names it.
pub(super) fn event(action: &str) -> &str {
    match action {
        "institution.recorded" => "Instansi dicatat",
        "institution.amended" => "Data instansi diubah",
        "agreement.recorded" => "PKS dicatat",
        "agreement.amended" => "Data PKS diubah",
        "agreement.clause_added" => "Klausul PKS ditambahkan",
        "agreement.clause_amended" => "Klausul PKS diubah",
        "agreement.clause_checked" => "Klausul PKS dicocokkan dengan naskah",
        "agreement.clause_removed" => "Klausul PKS dihapus",
        "agreement.dataset_granted" => "Data Lampiran ditambahkan",
        "agreement.grant_removed" => "Data Lampiran dihapus",
        "agreement.correspondent_named" => "Narahubung ditambahkan",
        "agreement.correspondent_ended" => "Narahubung diakhiri",
        "delivery.recorded" => "Penyerahan data dicatat",
        "report.requested" => "Surat permintaan laporan dicatat",
        "report.request_receipt_noted" => "Penerimaan surat permintaan dicatat",
        "report.filed" => "Laporan disampaikan",
        "report.accepted" => "Laporan diterima BKN",
        "report.returned" => "Laporan dikembalikan untuk dilengkapi",
        "report.downloaded" => "Berkas laporan diunduh",
        "accounts.nominated" => "PIC ditunjuk",
        "accounts.closed" => "Akun ditutup",
        "accounts.reopened" => "Akun dibuka kembali",
        "accounts.password_set" => "Kata sandi diatur",
        "accounts.signed_in" => "Masuk ke portal",
        "submissions.uploaded" => "Berkas diunggah",
        "submissions.sent" => "Data dikirim ke BKN",
        "submissions.taken_over" => "Data diterima BKN",
        "submissions.correction_asked" => "Perbaikan data diminta",
        "submissions.returned" => "Data dikembalikan",
        "suspension.started" => "Akses dihentikan sementara",
        "suspension.ended" => "Akses dipulihkan",
        other => other,
    }
}
