//! Feedback in Indonesian.

use super::actions::SignError;
use super::model::{HalfStanding, Progress};
use crate::agreements::{Agreement, FeedbackHalf};
use crate::deliveries::Delivery;
use crate::platform::dates;

/// What is missing when the box is not ticked.
pub(super) const CONFIRM: &str = "Beri tanda pada pernyataan ini untuk menandatanganinya.";

impl FeedbackHalf {
    /// The half in headings.
    pub fn label(self) -> &'static str {
        match self {
            Self::Data => "Data balikan",
            Self::References => "Referensi balikan",
        }
    }

    /// The half within a sentence.
    pub fn inline(self) -> &'static str {
        match self {
            Self::Data => "data balikan",
            Self::References => "referensi balikan",
        }
    }

    /// The half in the address.
    pub fn path_word(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::References => "referensi",
        }
    }

    /// The half that an address names.
    pub fn of_path(word: &str) -> Option<Self> {
        let all = Self::ALL.iter().copied();
        all.into_iter().find(|half| half.path_word() == word)
    }
}

/// The sentence that is signed: pernyataan tidak ada perubahan.
pub(super) fn wording(half: FeedbackHalf, delivery: &Delivery, agreement: &Agreement) -> String {
    let what = match half {
        FeedbackHalf::Data => "data",
        FeedbackHalf::References => "kode referensi",
    };
    format!(
        "Atas nama instansi, saya menyatakan bahwa {what} dalam penyerahan {} yang diterima pada {} \
         telah diperiksa dan tidak ada perubahan yang perlu disampaikan kepada BKN \
         berdasarkan PKS Nomor {}.",
        delivery.description,
        dates::long(delivery.received_on),
        agreement.bkn_number
    )
}

/// The subject of the mail on a statement.
pub(super) fn signed_subject(half: FeedbackHalf, agreement: &Agreement) -> String {
    format!(
        "Pernyataan tidak ada perubahan ({}) – PKS Nomor {}",
        half.inline(),
        agreement.bkn_number
    )
}

impl HalfStanding {
    /// Word, colour and icon of its mark.
    pub fn mark(&self) -> (&'static str, &'static str, &'static str) {
        match self.standing.progress {
            None => ("Belum ada", "", "minus"),
            Some(Progress::Draft) => ("Sedang disiapkan", "cap--jalan", "jam"),
            Some(Progress::Returned) => ("Dikembalikan BKN", "cap--ingat", "seru"),
            Some(Progress::Sent) => ("Menunggu BKN", "cap--jalan", "jam"),
            Some(Progress::Accepted) => ("Sudah masuk", "cap--selesai", "cek"),
        }
    }

    /// By what and when it came in: `PD-2026-0142, dikirim 4 Desember 2026`.
    pub fn met_by(&self) -> Option<String> {
        let met = self.standing.met.as_ref()?;
        let on = dates::long(met.on?);
        Some(match &met.by {
            Some(number) => format!("{number}, dikirim {on}"),
            None => format!("pernyataan tidak ada perubahan, ditandatangani {on}"),
        })
    }
}

impl SignError {
    /// Why it is refused; none where it is not a refusal.
    pub fn sentence(&self) -> Option<&'static str> {
        Some(match self {
            Self::NotAsked => "PKS ini tidak meminta bagian data balikan tersebut.",
            Self::AlreadyIn => {
                "Bagian ini sudah masuk, jadi tidak perlu dinyatakan lagi. Bila ada perubahan, kirim datanya."
            }
            Self::NotFound | Self::Database(_) => return None,
        })
    }
}
