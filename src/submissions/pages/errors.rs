//! What a visitor is told when a deed is refused.

use crate::platform::dates::number;
use crate::platform::web::AppError;
use crate::submissions::actions::{
    CancelError, ConfirmError, DecideError, DraftError, MailedError, MarkError, RecheckError,
    SendError, UploadError,
};
use crate::submissions::model::Hindrance;
use crate::submissions::model::drafts::NEW_RECORDS;

impl From<UploadError> for AppError {
    fn from(error: UploadError) -> Self {
        Self::Refused(match error {
            UploadError::NotFound => return Self::NotFound,
            UploadError::Database(error) => return error.into(),
            UploadError::NotInForce => {
                "PKS ini tidak berlaku lagi. Data baru tidak dapat dikirim berdasarkan PKS ini."
                    .to_owned()
            }
            UploadError::UnknownDelivery => {
                "Penyerahan data yang dipilih sudah dijawab atau bukan bagian dari PKS ini."
                    .to_owned()
            }
            UploadError::SameContent {
                number, version, ..
            } => {
                format!("Isi berkas ini sama dengan {number} versi {version}.")
            }
            UploadError::NothingToMend => "Belum ada versi yang dapat digabung dengan baris \
                perbaikan. Unggah berkas lengkap."
                .to_owned(),
            UploadError::TakenOver => "Semua baris pengiriman ini sudah diterima BKN. Untuk data \
                berikutnya, mulai pengiriman baru."
                .to_owned(),
            UploadError::Repeated => {
                "Versi lain baru saja diunggah untuk pengiriman ini. Buka pengiriman itu, lalu \
                 periksa versi terakhirnya."
                    .to_owned()
            }
        })
    }
}

impl From<DraftError> for AppError {
    fn from(error: DraftError) -> Self {
        Self::Refused(match error {
            DraftError::NotFound => return Self::NotFound,
            DraftError::Database(error) => return error.into(),
            DraftError::Upload(error) => return error.into(),
            DraftError::Write(error) => return Self::Internal(error.to_string()),
            DraftError::Io(error) => return error.into(),
            DraftError::NotCurrent => "Konsep ini tidak dapat diubah lagi: versi lain sudah ada, \
                atau BKN sudah menerima datanya. Buka pengiriman itu, lalu lanjutkan pada versi \
                terakhirnya."
                .to_owned(),
            DraftError::Changed => "Baris ini baru saja diubah rekan Anda. Buka lagi formulirnya, \
                lalu putuskan nilai mana yang benar."
                .to_owned(),
            DraftError::Full => format!(
                "Konsep ini sudah berisi {NEW_RECORDS} baris baru. Periksa dahulu yang ada, \
                atau unggah berkas."
            ),
            DraftError::Empty => "Belum ada isian atau perubahan yang dapat disimpan.".to_owned(),
            DraftError::Faulty(rows) => {
                format!(
                    "{} baris masih salah. Perbaiki baris itu sebelum diperiksa.",
                    number(rows)
                )
            }
        })
    }
}

impl From<CancelError> for AppError {
    fn from(error: CancelError) -> Self {
        match error {
            CancelError::NotFound => Self::NotFound,
            CancelError::Over => {
                Self::Refused("Pemeriksaan sudah selesai atau sudah dibatalkan.".to_owned())
            }
            CancelError::Database(error) => error.into(),
        }
    }
}

impl From<RecheckError> for AppError {
    fn from(error: RecheckError) -> Self {
        match error {
            RecheckError::NotFound => Self::NotFound,
            RecheckError::NotStopped => Self::Refused(
                "Pemeriksaan berkas ini tidak terhenti, sehingga tidak perlu diulang.".to_owned(),
            ),
            RecheckError::Database(error) => error.into(),
        }
    }
}

/// Why a version cannot be sent, and what to do.
pub fn hindrance(hindrance: Hindrance) -> &'static str {
    match hindrance {
        Hindrance::NotChecked => "Berkas ini belum selesai diperiksa. Tunggu hasilnya, lalu kirim.",
        Hindrance::Cancelled => {
            "Pemeriksaan berkas ini dibatalkan. Periksa ulang berkas sebelum dikirim."
        }
        Hindrance::AlreadySent => "Versi ini sudah dikirim ke BKN.",
        Hindrance::Unreadable => {
            "Berkas ini belum dapat dibaca. Perbaiki berkas, lalu unggah versi baru."
        }
        Hindrance::NoSendableRow => {
            "Belum ada baris yang siap dikirim. Perbaiki berkas, lalu unggah versi baru."
        }
    }
}

impl From<SendError> for AppError {
    fn from(error: SendError) -> Self {
        Self::Refused(match error {
            SendError::NotFound => return Self::NotFound,
            SendError::Database(error) => return error.into(),
            SendError::Mail(error) => return error.into(),
            SendError::Hindered(reason) => hindrance(reason).to_owned(),
            SendError::EarlierWaits(version) => {
                format!("Versi {version} masih ditinjau BKN. Kirim versi ini setelah ada putusan.")
            }
            SendError::Superseded(newer) => format!(
                "Versi {newer} sudah menggantikan versi ini. Buka versi {newer}, lalu kirim dari sana."
            ),
            SendError::BlockedRows => "Sebagian baris wajib diperbaiki. Nyatakan bahwa hanya \
                baris yang siap yang dikirim."
                .to_owned(),
            SendError::ReasonMissing => {
                "Tulis alasan untuk setiap peringatan sebelum mengirim.".to_owned()
            }
        })
    }
}

impl From<ConfirmError> for AppError {
    fn from(error: ConfirmError) -> Self {
        match error {
            ConfirmError::NotFound => Self::NotFound,
            ConfirmError::Closed => Self::Refused(crate::submissions::text::reasons_closed()),
            ConfirmError::Database(error) => error.into(),
        }
    }
}

impl From<DecideError> for AppError {
    fn from(error: DecideError) -> Self {
        Self::Refused(match error {
            DecideError::NotFound => return Self::NotFound,
            DecideError::Database(error) => return error.into(),
            DecideError::Mail(error) => return error.into(),
            DecideError::AlreadyDecided => {
                "Pengiriman ini baru saja diputuskan. Buka lagi halamannya untuk melihat \
                 putusannya."
                    .to_owned()
            }
            DecideError::RowsMarked(rows) => format!(
                "{} baris masih ditandai untuk diperbaiki. Hapus tandanya, atau minta perbaikan.",
                number(rows)
            ),
            DecideError::NoRowMarked => {
                "Belum ada baris yang ditandai. Tandai baris yang perlu diperbaiki beserta \
                 alasannya."
                    .to_owned()
            }
            DecideError::NoReason => "Tulis alasan pengembalian.".to_owned(),
        })
    }
}

impl From<MarkError> for AppError {
    fn from(error: MarkError) -> Self {
        match error {
            MarkError::Closed(error) => error.into(),
            MarkError::UnknownRow => Self::Refused(
                "Sebagian baris yang ditandai bukan bagian dari pengiriman ini.".to_owned(),
            ),
        }
    }
}

impl From<MailedError> for AppError {
    fn from(error: MailedError) -> Self {
        match error {
            MailedError::Database(error) => error.into(),
            MailedError::Mail(error) => error.into(),
        }
    }
}
