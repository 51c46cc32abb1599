//! Indonesian words for disclosures.

use super::model::{AccessForm, Fate, Via};
use crate::datasets::PersonKeyFault;

/// The head of the CSV file.
pub(super) const CSV_HEAD: [&str; 11] = [
    "tersedia_sejak_wib",
    "instansi",
    "nomor_pks",
    "set_data",
    "kolom",
    "cara",
    "nip_saat_itu",
    "diambil_pada_wib",
    "diambil_oleh",
    "bentuk",
    "keadaan",
];

impl Via {
    /// The way on screen.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Delivery => "Penyerahan data",
            Self::LookUp => "Pencarian",
        }
    }
}

impl Fate {
    /// What became of it on screen.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Fetched => "Diambil",
            Self::Available => "Belum diambil",
            Self::Withdrawn => "Ditarik BKN sebelum diambil",
        }
    }
}

impl AccessForm {
    /// The form on screen.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Page => "Halaman",
            Self::Csv => "CSV",
            Self::Xlsx => "XLSX",
        }
    }
}

/// What is wrong with a number that somebody is asked for by.
pub(super) fn key_fault(fault: PersonKeyFault) -> &'static str {
    match fault {
        PersonKeyFault::Empty => "Isi NIP atau ID PNS.",
        PersonKeyFault::Nip(_) => "Tulis NIP dengan 18 angka yang sah.",
        PersonKeyFault::Id(_) => "Tulis NIP dengan 18 angka, atau ID PNS dengan 32 karakter.",
    }
}
