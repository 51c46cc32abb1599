//! Indonesian words for mails.

use super::model::{Attempt, Figures, MailState, Outcome, StoredMail};
use crate::platform::dates;

/// Why a mail whose secret is gone is not sent again, and what to do instead.
pub(super) const SECRET_GONE: &str = "Surel ini memuat tautan sekali pakai yang sudah dihapus. \
    Kirim tautan baru dari halaman akun penerimanya.";

/// Words for kinds of mail.
const KINDS: &[(&str, &str)] = &[
    ("accounts.changed", "Pemberitahuan akun diubah"),
    ("accounts.closed", "Pemberitahuan akun ditutup"),
    ("accounts.invitation", "Undangan akun"),
    (
        "accounts.password_changed",
        "Pemberitahuan kata sandi diganti",
    ),
    ("accounts.reset", "Atur ulang kata sandi"),
    ("agreements.ended", "Pengakhiran PKS"),
    ("deliveries.available", "Data dari BKN tersedia"),
    ("deliveries.recorded", "Pencatatan penyerahan data"),
    ("deliveries.skipped", "Penyerahan berkala dilewati"),
    ("deliveries.withdrawn", "Penarikan penyerahan data"),
    ("feedback.signed", "Pernyataan tidak ada perubahan"),
    ("reports.asked", "Permintaan laporan"),
    ("reports.decided", "Putusan atas laporan"),
    ("reports.filed", "Laporan masuk"),
    ("rules.blocking", "Aturan pemeriksaan akan menghalangi"),
    ("submissions.arrived", "Pengiriman data masuk"),
    ("submissions.checked", "Hasil pemeriksaan"),
    ("submissions.decided", "Putusan atas pengiriman data"),
    ("submissions.receipt", "Tanda terima"),
    ("suspensions.ended", "Pemulihan akses"),
    ("suspensions.started", "Penghentian sementara akses"),
];

/// Every kind with its words, in the order of the words.
pub(super) fn kinds() -> Vec<(&'static str, &'static str)> {
    let mut kinds = KINDS.to_vec();
    kinds.sort_by_key(|(_, words)| *words);
    kinds
}

/// What a mail is about; a kind without words is shown as it is.
pub(super) fn kind(kind: &str) -> &str {
    let known = KINDS.iter().find(|(name, _)| *name == kind);
    known.map_or(kind, |(_, words)| words)
}

/// The situation of all mail in one line.
pub(super) fn situation(figures: &Figures) -> String {
    let said = |count, words| format!("{} surel {words}", dates::number(count));
    match figures {
        Figures { failed: 1.., .. } => said(figures.failed, "gagal dikirim"),
        Figures { unsure: 1.., .. } => said(figures.unsure, "belum pasti terkirim"),
        Figures { waiting: 1.., .. } => said(figures.waiting, "menunggu dikirim"),
        Figures { sent: 1.., .. } => "Semua surel sudah terkirim".to_owned(),
        _ => "Belum ada surel".to_owned(),
    }
}

impl MailState {
    /// The state's name.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Waiting => "Antre",
            Self::Sent => "Terkirim",
            Self::Failed => "Gagal",
            Self::Unsure => "Tidak pasti",
        }
    }

    /// The icon that stands with it.
    pub(super) fn icon(self) -> &'static str {
        match self {
            Self::Waiting => "jam",
            Self::Sent => "cek",
            Self::Failed => "seru-bulat",
            Self::Unsure => "seru",
        }
    }

    /// The style of its tag.
    pub(super) fn tag(self) -> &'static str {
        match self {
            Self::Waiting => "cap--jalan",
            Self::Sent => "cap--selesai",
            Self::Failed => "cap--genting",
            Self::Unsure => "cap--ingat",
        }
    }
}

impl StoredMail {
    /// Where the mail stands.
    pub(super) fn situation(&self) -> &'static str {
        match self.state() {
            MailState::Sent => "Surel terkirim",
            MailState::Failed => "Surel gagal dikirim",
            MailState::Unsure => "Surel belum pasti terkirim",
            MailState::Waiting if self.attempts == 0 => "Surel menunggu dikirim",
            MailState::Waiting => "Surel belum terkirim",
        }
    }

    /// Since when, and what comes next.
    pub(super) fn outlook(&self) -> String {
        if let Some(at) = self.sent_at {
            return format!("Diserahkan {}.", dates::with_time(at));
        }
        if let Some(at) = self.failed_at {
            let at = dates::with_time(at);
            return format!("Dihentikan {at}. Periksa jawaban server dan alamat penerima.");
        }
        if let (Some(at), None) = (self.handed_at, &self.claim) {
            let at = dates::with_time(at);
            return format!(
                "Surel diserahkan {at}, tetapi pengiriman terputus sebelum server menjawab. \
                Surel tidak dikirim ulang dengan sendirinya agar tidak sampai dua kali."
            );
        }
        if self.claim.is_some() {
            return "Surel ini sedang dikirim.".to_owned();
        }
        if self.attempts == 0 {
            return "Surel ini dikirim begitu gilirannya tiba.".to_owned();
        }
        let again = dates::with_time(self.run_after);
        format!("Sudah {} kali dicoba. Dicoba lagi {again}.", self.attempts)
    }

    /// What the mail is about.
    pub(super) fn kind_label(&self) -> &str {
        kind(&self.kind)
    }
}

impl Attempt {
    /// Whether the server will not take the mail.
    pub(super) fn is_refused(&self) -> bool {
        self.outcome == Some(Outcome::Refused)
    }

    /// How long the server took to answer.
    pub(super) fn duration(&self) -> Option<String> {
        let seconds = self.ended_at?.seconds_since(self.started_at);
        (seconds > 0).then(|| format!("Dijawab setelah {seconds} detik"))
    }

    /// How the try ended; `mail` is the one that was to be sent.
    pub(super) fn label(&self, mail: &StoredMail) -> &'static str {
        match self.outcome {
            Some(Outcome::Sent) => "Terkirim",
            Some(Outcome::Deferred) => "Belum diterima, dicoba lagi nanti",
            Some(Outcome::Refused) => "Ditolak",
            Some(Outcome::Unknown) => "Terputus sebelum ada jawaban",
            None if mail.claim.as_deref() == Some(&self.claim) => "Sedang dikirim",
            None => "Terputus sebelum ada jawaban",
        }
    }
}

/// A stretch of a mail's text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub text: String,
    /// Whether it is an address in the portal.
    pub is_link: bool,
}

/// A text in which addresses of the portal can be followed.
pub(super) fn with_links(text: &str, base: &str) -> Vec<Piece> {
    text.split_inclusive(char::is_whitespace)
        .map(|word| {
            let is_link = word.starts_with(base) && !word.contains('•');
            let text = word.to_owned();
            Piece { text, is_link }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_portal_become_links() {
        let text = "Buka https://padan.example/atur/1 atau https://lain.example/\n";
        let pieces = with_links(text, "https://padan.example/");
        let links: Vec<_> = pieces.iter().filter(|piece| piece.is_link).collect();
        assert_eq!(links.len(), 1);
        assert_eq!(links[0].text, "https://padan.example/atur/1 ");
        let whole: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(whole, text);
    }
}
