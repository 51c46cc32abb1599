//! Deliveries in Indonesian.

use super::actions::{PublishError, ReceiveError, SettleError};
use super::model::{OfferFault, Publication, PublicationState, Receipt};
use crate::agreements::Agreement;
use crate::disclosures::AccessForm;
use crate::platform::dates;

/// Who gives the data.
pub(super) const SOURCE: &str = "Badan Kepegawaian Negara";
/// The columns behind the fields that name where a row comes from.
pub(super) const SOURCE_COLUMNS: [&str; 4] = [
    "sumber_data",
    "nomor_pks",
    "nomor_penyerahan",
    "per_tanggal",
];
/// The workbook's sheets.
pub(super) const DATA_SHEET: &str = "Data";
pub(super) const EXPLANATION_SHEET: &str = "Keterangan";
/// Whom an Annex reaches that names nobody.
pub(super) const OWN_STAFF: &str =
    "Pegawai instansi penerima sendiri, karena Lampiran tidak menyebut cakupan lain";
pub(super) const EVERYTHING: &str = "Seluruh isi set data";

/// The subject of the mail that tells of a receipt.
pub(super) fn recorded_subject(agreement: &Agreement) -> String {
    format!(
        "Penyerahan data tercatat – PKS Nomor {}",
        agreement.bkn_number
    )
}

/// The subject of the mail that tells of a file to be fetched.
pub(super) fn available_subject(publication: &Publication) -> String {
    format!(
        "Data dari BKN tersedia: {} ({})",
        publication.title(),
        publication.number
    )
}

/// The subject of the mail that tells that BKN took a file back.
pub(super) fn withdrawn_subject(publication: &Publication) -> String {
    format!("Penyerahan data {} ditarik BKN", publication.number)
}

/// What was given, as the duties that follow from it name it.
pub(super) fn given(publication: &Publication) -> String {
    let day = dates::long(publication.as_of);
    format!("{} per {day} ({})", publication.title(), publication.number)
}

/// How a receipt is known.
pub(super) fn evidence(how: Receipt, who: &str) -> String {
    match how {
        Receipt::Download => format!("Unduhan pertama di portal oleh {who}"),
        Receipt::Confirmation => format!("Konfirmasi penerimaan di portal oleh {who}"),
    }
}

impl Receipt {
    /// The way in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Download => "unduhan pertama",
            Self::Confirmation => "konfirmasi penerimaan",
        }
    }
}

impl PublicationState {
    /// The state in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Preparing => "Disiapkan",
            Self::Available => "Tersedia",
            Self::Received => "Diterima",
            Self::Failed => "Gagal disiapkan",
            Self::Withdrawn => "Ditarik",
        }
    }

    /// The word of the address.
    pub fn word(self) -> &'static str {
        match self {
            Self::Preparing => "disiapkan",
            Self::Available => "tersedia",
            Self::Received => "diterima",
            Self::Failed => "gagal",
            Self::Withdrawn => "ditarik",
        }
    }

    /// The state of this word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// The colour of its mark.
    pub fn tone(self) -> &'static str {
        match self {
            Self::Preparing => "cap--jalan",
            Self::Available => "cap--ingat",
            Self::Received => "cap--selesai",
            Self::Failed => "cap--genting",
            Self::Withdrawn => "",
        }
    }

    /// The icon of its mark.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Preparing | Self::Available => "jam",
            Self::Received => "cek",
            Self::Failed => "seru-bulat",
            Self::Withdrawn => "minus",
        }
    }
}

/// In which form something was fetched.
pub(super) fn form(form: AccessForm) -> &'static str {
    match form {
        AccessForm::Page => "halaman",
        AccessForm::Csv => "CSV",
        AccessForm::Xlsx => "XLSX",
    }
}

impl OfferFault {
    /// What is wrong and how to mend it.
    pub(super) fn sentence(self) -> String {
        match self {
            Self::NotInForce => {
                "PKS ini tidak sedang berlaku. Data tidak dapat diserahkan.".to_owned()
            }
            Self::NotGranted => "Lampiran PKS ini tidak memberikan data tersebut.".to_owned(),
            Self::Ahead => "Pilih tanggal yang tidak melewati hari ini.".to_owned(),
            Self::BeforeGrant(day) => format!(
                "Lampiran yang berlaku sekarang mulai berlaku {}. Pilih tanggal itu atau sesudahnya.",
                dates::long(day)
            ),
        }
    }
}

impl PublishError {
    /// What is wrong and how to mend it, where the form can say it.
    pub(super) fn sentence(&self) -> Option<String> {
        match self {
            Self::Fault(fault) => Some(fault.sentence()),
            Self::Empty => Some(
                "Tidak ada data dalam cakupan Lampiran, sehingga tidak ada yang dapat diserahkan."
                    .to_owned(),
            ),
            Self::NotFound | Self::PostedTwice | Self::Database(_) => None,
        }
    }
}

impl ReceiveError {
    /// Why the data cannot be had.
    pub(super) fn sentence(&self) -> Option<&'static str> {
        match self {
            Self::Withdrawn => Some("BKN telah menarik penyerahan data ini."),
            Self::Ended => Some("PKS telah berakhir, sehingga data tidak dapat diunduh lagi."),
            Self::GrantedLess => Some(
                "Lampiran PKS berubah sejak data ini disiapkan. Mintalah penyerahan baru kepada BKN.",
            ),
            Self::NotFound | Self::Database(_) => None,
        }
    }
}

impl SettleError {
    /// Why the publication stays as it is.
    pub(super) fn sentence(&self) -> Option<&'static str> {
        match self {
            Self::TooLate => Some(
                "Data ini sudah diterima instansi atau sudah ditarik, sehingga tidak dapat ditarik.",
            ),
            Self::NotFailed => Some("Berkasnya sudah ada atau sedang disiapkan."),
            Self::NotFound | Self::Database(_) => None,
        }
    }
}
