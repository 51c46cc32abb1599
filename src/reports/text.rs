//! Letters and reports in Indonesian.

use super::model::{LetterDateFault, LetterState, ReportDecision, RequestLetter};
use super::pdf::PdfFault;

impl LetterState {
    /// The state in words, of the closed list for obligations.
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "Belum dimulai",
            Self::Filed => "Menunggu BKN",
            Self::Returned => "Perlu perbaikan",
            Self::Accepted => "Diterima BKN",
        }
    }

    /// The colour of its tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Open => "",
            Self::Filed => "cap--jalan",
            Self::Returned => "cap--ingat",
            Self::Accepted => "cap--selesai",
        }
    }

    /// The icon of its tag.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Open => "minus",
            Self::Filed => "jam",
            Self::Returned => "seru",
            Self::Accepted => "cek",
        }
    }
}

impl LetterDateFault {
    /// The field of the form, and what is wrong with it.
    pub(super) fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Sent => (
                "dikirim",
                "Tanggal dikirim tidak boleh setelah hari ini atau sebelum PKS ditandatangani.",
            ),
            Self::Delivered => (
                "sampai",
                "Tanggal diterima tidak boleh setelah hari ini atau sebelum surat dikirim.",
            ),
            Self::Confirmed => (
                "dikonfirmasi",
                "Tanggal konfirmasi tidak boleh setelah hari ini atau sebelum surat diterima.",
            ),
        }
    }
}

impl PdfFault {
    /// What is wrong with the file and how to mend it.
    pub(super) fn sentence(self) -> &'static str {
        match self {
            Self::Empty => "Berkas kosong. Pilih berkas PDF laporan.",
            Self::NotPdf => "Berkas harus PDF. Simpan laporan sebagai PDF, lalu pilih lagi.",
            Self::CutOff => {
                "Berkas PDF terpotong atau rusak. Simpan ulang sebagai PDF, lalu pilih lagi."
            }
            Self::Encrypted => "Berkas dikunci kata sandi. Simpan ulang tanpa kata sandi.",
            Self::Active => {
                "Berkas PDF memuat skrip, tindakan otomatis, atau lampiran. Cetak ulang ke PDF, lalu pilih hasilnya."
            }
        }
    }
}

/// The subject of the mail that asks for a report.
pub(super) fn asked_subject(letter: &RequestLetter) -> String {
    format!("Permintaan laporan – surat Nomor {}", letter.number)
}

/// The subject of a report's receipt.
pub(super) fn filed_subject(letter: &RequestLetter) -> String {
    format!("Laporan tersampaikan – surat Nomor {}", letter.number)
}

/// The subject of the mail on a decision.
pub(super) fn decided_subject(letter: &RequestLetter, decision: ReportDecision) -> String {
    let what = match decision {
        ReportDecision::Accepted => "Laporan diterima BKN",
        ReportDecision::Returned => "Laporan perlu dilengkapi",
    };
    format!("{what} – surat Nomor {}", letter.number)
}
