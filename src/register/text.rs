//! Indonesian words for the register.

use super::model::RejectReason;

/// The head of the file of rejected rows.
pub(super) const REJECTS_HEAD: [&str; 4] = ["baris", "kolom", "alasan", "isi"];

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
        RejectReason::NipTaken => "NIP tercatat untuk ID PNS lain",
    }
}
