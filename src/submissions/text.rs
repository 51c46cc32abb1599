//! The words for submissions: states, decisions, subjects of mails.

mod attempts;
mod drafts;

use super::model::{Decision, RowOutcome, SubmissionState, SubmissionVersion};
use crate::datasets::Verdict;
use crate::platform::dates::number;
use crate::platform::web::XLSX;

pub use attempts::{
    COMPARISON_HEADERS, attempt, checked_again, comparison_title, given_reason, kind_progress,
    merged, reasons_closed, reasons_saved,
};

pub use drafts::{discarded, made_from, no_rule, row_name, saved, suggestions_taken, undone};

/// A word with the look of its label: the style's suffix and the icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// The word.
    pub word: &'static str,
    /// The suffix of the label's style.
    pub style: &'static str,
    /// The icon.
    pub icon: &'static str,
}

const fn label(word: &'static str, style: &'static str, icon: &'static str) -> Label {
    Label { word, style, icon }
}

impl SubmissionState {
    /// The states as filters offer them, with the word of their address.
    pub const FILTERS: [(&'static str, Self); 7] = [
        ("diperiksa", Self::Checking),
        ("perbaikan", Self::NeedsMending),
        ("siap", Self::ReadyToSend),
        ("terkirim", Self::Sent),
        ("diterima", Self::Accepted),
        ("dikembalikan", Self::Returned),
        ("dibatalkan", Self::Cancelled),
    ];

    /// How the state is shown.
    pub fn label(self) -> Label {
        match self {
            Self::Checking => label("Sedang diperiksa", "jalan", "jam"),
            Self::Cancelled => label("Dibatalkan", "batal", "minus"),
            Self::NeedsMending => label("Perlu perbaikan", "genting", "seru-bulat"),
            Self::ReadyToSend => label("Siap dikirim", "ingat", "cek"),
            Self::Sent => label("Terkirim", "jalan", "surat"),
            Self::Accepted => label("Diterima BKN", "selesai", "cek-bulat"),
            Self::Returned => label("Dikembalikan", "genting", "seru"),
        }
    }

    /// The state that the address of a filter names.
    pub fn of_filter(word: &str) -> Option<Self> {
        let found = Self::FILTERS.iter().find(|(name, _)| *name == word);
        found.map(|(_, state)| *state)
    }
}

impl Decision {
    /// What follows from it, for the one who sent the data.
    pub fn outcome(self) -> &'static str {
        match self {
            Self::TakenOver => {
                "BKN sudah mengambil alih semua baris. Tidak ada lagi yang perlu dilakukan."
            }
            Self::CorrectionAsked => {
                "BKN sudah mengambil alih sebagian baris dan meminta perbaikan baris lainnya. \
                 Perbaiki baris itu, lalu unggah versi baru."
            }
            Self::Returned => {
                "BKN sudah mengembalikan data ini. Perbaiki berkas, lalu unggah versi baru."
            }
        }
    }

    /// How the decision is named.
    pub fn label(self) -> &'static str {
        match self {
            Self::TakenOver => "Diambil alih seluruhnya",
            Self::CorrectionAsked => "Diambil alih sebagian, perbaikan diminta",
            Self::Returned => "Dikembalikan",
        }
    }
}

/// How a row's verdict is shown.
pub fn verdict_label(verdict: Verdict) -> Label {
    match verdict {
        Verdict::Ready => label("Siap", "selesai", "cek"),
        Verdict::Warned => label("Perlu dipastikan", "ingat", "seru"),
        Verdict::Blocked => label("Wajib diperbaiki", "genting", "seru-bulat"),
    }
}

/// What a check came to, in one sentence.
pub fn check_situation(refused: bool, blocked: i64, warned: i64) -> String {
    match (refused, blocked, warned) {
        (true, ..) => "Berkas belum dapat diperiksa.".to_owned(),
        (_, 0, 0) => "Semua baris siap dikirim.".to_owned(),
        (_, 0, _) => format!("{} baris perlu dipastikan.", number(warned)),
        _ => format!("{} baris perlu diperbaiki.", number(blocked)),
    }
}

/// What BKN decided, in one sentence.
pub fn decision_situation(decision: Decision, taken: usize, asked: usize) -> String {
    let count = |rows| number(i64::try_from(rows).unwrap_or(i64::MAX));
    match decision {
        Decision::TakenOver => format!("Seluruh {} baris diambil alih.", count(taken)),
        Decision::CorrectionAsked => format!(
            "{} baris diambil alih; perbaikan diminta untuk {} baris.",
            count(taken),
            count(asked)
        ),
        Decision::Returned => "Pengiriman dikembalikan.".to_owned(),
    }
}

/// Subject of the mail on a check.
pub fn checked_subject(submission: &str, situation: &str) -> String {
    let mut letters = situation.trim_end_matches('.').chars();
    let first = letters.next().map(char::to_lowercase);
    let situation: String = first.into_iter().flatten().chain(letters).collect();
    format!("Hasil pemeriksaan {submission}: {situation}")
}

/// Subject of the receipt.
pub fn receipt_subject(submission: &str) -> String {
    format!("Tanda terima pengiriman data {submission}")
}

/// Subject of the notice to verifiers.
pub fn arrived_subject(submission: &str, institution: &str) -> String {
    format!("Pengiriman {submission} dari {institution} menunggu tinjauan")
}

/// Subject of the mail on a decision.
pub fn decided_subject(submission: &str, decision: Decision) -> String {
    let outcome = match decision {
        Decision::TakenOver => "diterima BKN",
        Decision::CorrectionAsked => "perbaikan diminta",
        Decision::Returned => "dikembalikan",
    };
    format!("Pengiriman data {submission}: {outcome}")
}

/// The form was sent without a file.
pub fn no_file() -> String {
    "Pilih berkas CSV atau XLSX.".to_owned()
}

/// The file goes on past the limit.
pub fn too_large(limit: &str) -> String {
    format!("Berkas lebih besar dari {limit}. Bagi menjadi beberapa berkas.")
}

/// What is wrong with a file by its name and size, before anybody reads it.
pub fn file_fault(name: &str, size: i64) -> Option<String> {
    let lower = name.to_lowercase();
    if lower.ends_with(".xls") {
        return Some(
            "Berkas .xls belum dapat dibaca. Di Excel pilih Simpan Sebagai, lalu Buku Kerja \
             Excel (.xlsx)."
                .to_owned(),
        );
    }
    if !lower.ends_with(".csv") && !lower.ends_with(".xlsx") {
        return Some(format!(
            "Berkas harus CSV atau XLSX. Berkas yang dipilih: {name}."
        ));
    }
    (size == 0).then(|| format!("Berkas {name} kosong. Pilih berkas yang berisi data."))
}

/// The media type of a file, by the ending that it must have.
pub fn media_type(name: &str) -> &'static str {
    if name.to_lowercase().ends_with(".csv") {
        "text/csv"
    } else {
        XLSX
    }
}

/// The form is not one that was given out.
pub fn stale_form() -> String {
    "Formulir ini tidak lengkap. Buka lagi halamannya, lalu unggah lagi.".to_owned()
}

/// The agreement is over, so only what is owed can be sent.
pub fn choose_delivery() -> String {
    "PKS ini sudah berakhir. Pilih penyerahan data yang dijawab dengan berkas ini.".to_owned()
}

/// The content came before.
pub fn same_content(version: &str) -> String {
    format!(
        "Isi berkas ini sama dengan {version}. Perbaiki berkas lebih dahulu, atau lanjutkan dari \
         versi itu."
    )
}

/// What is said of a file whose refusal is no longer known.
pub fn unreadable() -> (String, String) {
    (
        "Berkas tidak dapat dibaca.".to_owned(),
        "Simpan ulang berkas sebagai CSV atau XLSX, lalu unggah lagi.".to_owned(),
    )
}

/// What a check came to, as the heading says it.
pub fn result_title(blocked: i64, warned: i64, ready: i64) -> String {
    match (blocked, warned) {
        (0, 0) => format!("{} baris siap dikirim", number(ready)),
        (0, _) => format!("{} baris perlu dipastikan sebelum dikirim", number(warned)),
        _ => format!(
            "{} baris perlu diperbaiki sebelum data diterima",
            number(blocked)
        ),
    }
}

/// What the result means, under the heading.
pub fn result_lead(state: SubmissionState, has_blocked: bool, reason: Option<String>) -> String {
    match state {
        SubmissionState::Sent => {
            "BKN sedang meninjau data ini. Putusannya akan dikirim ke surel Anda.".to_owned()
        }
        SubmissionState::Accepted => {
            "BKN mengambil alih semua baris yang dikirim untuk diteruskan ke SIASN.".to_owned()
        }
        SubmissionState::Returned => reason.map_or_else(
            || {
                "Perbaiki baris yang diminta, lalu unggah versi baru. Baris lain sudah diambil \
                 alih BKN."
                    .to_owned()
            },
            |reason| format!("Alasan BKN: {reason}"),
        ),
        _ if has_blocked => {
            "Data belum dikirim ke BKN. Perbaiki berkas, lalu unggah lagi.".to_owned()
        }
        _ => "Data belum dikirim ke BKN. Lanjutkan ke pernyataan untuk mengirimnya.".to_owned(),
    }
}

/// Where a submission stands, as the heading of its thread says it.
pub fn thread_title(version: &SubmissionVersion) -> String {
    let n = version.version;
    match version.state() {
        SubmissionState::Checking => format!("Versi {n} sedang diperiksa"),
        SubmissionState::Cancelled => format!("Pemeriksaan versi {n} dibatalkan"),
        SubmissionState::NeedsMending => format!("Versi {n} perlu diperbaiki"),
        SubmissionState::ReadyToSend => format!("Versi {n} siap dikirim"),
        SubmissionState::Sent => format!("Versi {n} menunggu putusan BKN"),
        SubmissionState::Accepted => format!("Versi {n} diterima BKN"),
        SubmissionState::Returned => match version.decision {
            Some(Decision::CorrectionAsked) => format!("BKN meminta perbaikan versi {n}"),
            _ => format!("Versi {n} dikembalikan BKN"),
        },
    }
}

/// Rows with faults are left out only knowingly.
pub fn confirm_left_out() -> String {
    "Nyatakan bahwa hanya baris yang siap yang dikirim, atau perbaiki berkas lebih dahulu."
        .to_owned()
}

/// The declaration was not made.
pub fn confirm_declaration() -> String {
    "Centang pernyataan sebelum mengirim data.".to_owned()
}

/// A file came in.
pub fn uploaded_event(version: i32, file: &str) -> String {
    format!("Versi {version} diunggah: {file}")
}

/// A check ended.
pub fn checked_event(version: &SubmissionVersion) -> String {
    let refused = version.refusal.is_some();
    let situation = check_situation(refused, version.rows_blocked, version.rows_warned);
    format!("Versi {} selesai diperiksa. {situation}", version.version)
}

/// A check was cancelled.
pub fn cancelled_event(version: i32) -> String {
    format!("Pemeriksaan versi {version} dibatalkan")
}

/// A version was sent.
pub fn sent_event(version: i32, rows: i64) -> String {
    format!("Versi {version} dikirim ke BKN: {} baris", number(rows))
}

/// BKN decided.
pub fn decided_event(version: i32, decision: Decision) -> String {
    match decision {
        Decision::TakenOver => format!("BKN mengambil alih seluruh baris versi {version}"),
        Decision::CorrectionAsked => {
            format!("BKN mengambil alih sebagian baris versi {version} dan meminta perbaikan")
        }
        Decision::Returned => format!("BKN mengembalikan versi {version}"),
    }
}

/// How the outcome of a row is shown, once there is one.
pub fn outcome_label(outcome: Option<RowOutcome>) -> Option<Label> {
    Some(match outcome? {
        RowOutcome::NotSent => label("Tidak dikirim", "batal", "minus"),
        RowOutcome::TakenOver => label("Diambil alih", "selesai", "cek-bulat"),
        RowOutcome::CorrectionAsked => label("Perbaikan diminta", "genting", "seru"),
        RowOutcome::Returned => label("Dikembalikan", "genting", "seru"),
    })
}

/// A row was chosen without saying what is wrong with it.
pub fn reason_for_row(row: i32) -> String {
    format!(
        "Tulis alasan untuk baris {}, paling banyak 1.000 karakter.",
        number(i64::from(row))
    )
}

/// What a verifier is told after a decision.
pub fn decided_flash(decision: Decision) -> &'static str {
    match decision {
        Decision::TakenOver => "Data diambil alih. Pengirim diberi tahu lewat surel.",
        Decision::CorrectionAsked => {
            "Baris yang baik diambil alih dan perbaikan diminta. Pengirim diberi tahu lewat surel."
        }
        Decision::Returned => "Pengiriman dikembalikan. Pengirim diberi tahu lewat surel.",
    }
}

/// There is nothing to hand on.
pub fn nothing_taken() -> String {
    "Belum ada baris yang diambil alih, sehingga belum ada yang dapat diekspor.".to_owned()
}

/// A text holds what nobody can see.
pub fn invisible() -> String {
    "Hapus karakter yang tidak tampak, lalu coba lagi.".to_owned()
}
