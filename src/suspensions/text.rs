//! The words for suspension and restoration.

use super::model::{AccessState, Condition, ConditionState, Ground, Half};
use crate::obligations::{Obligation, Source};
use crate::platform::dates;

impl AccessState {
    /// The word of the closed list.
    pub fn label(self) -> &'static str {
        match self {
            Self::Active => "Aktif",
            Self::Suspended => "Dihentikan sementara",
            Self::Ended => "Berakhir",
        }
    }
}

impl Half {
    /// Its name in lists.
    pub fn label(self) -> &'static str {
        match self {
            Self::Feedback => "Data dan referensi balikan",
            Self::Report => "Laporan hasil pertukaran dan pemanfaatan data",
        }
    }
}

/// The articles of the grounds, each once.
pub(super) fn articles(grounds: &[Ground]) -> String {
    let mut articles: Vec<&str> = Vec::new();
    for ground in grounds {
        if !articles.contains(&ground.clause.article.as_str()) {
            articles.push(&ground.clause.article);
        }
    }
    articles.join(" dan ")
}

/// Why access was suspended, as it is kept and shown to the partner.
pub(super) fn reason(grounds: &[Ground]) -> String {
    let sentences: Vec<String> = grounds.iter().map(late_sentence).collect();
    sentences.join(" ")
}

/// `Data balikan atas Profil PNS belum diterima; tenggatnya 28 Oktober 2026.`
fn late_sentence(ground: &Ground) -> String {
    format!(
        "{} belum diterima; tenggatnya {}.",
        ground.obligation.name(),
        due(&ground.obligation)
    )
}

fn due(one: &Obligation) -> String {
    one.due
        .map_or_else(|| "belum dihitung".to_owned(), dates::long)
}

/// What the letter says of one ground, addressed to the partner.
pub(super) fn letter_sentence(ground: &Ground) -> String {
    let one = &ground.obligation;
    let what = match &one.source {
        Source::Delivery(_, what) => {
            let received = one.event_on.map(dates::long).unwrap_or_default();
            format!(
                "data dan referensi balikan atas {what} yang diterima instansi Saudara pada {received}"
            )
        }
        Source::Letter(_, number, sent) => format!(
            "laporan hasil pertukaran dan pemanfaatan data yang diminta dengan surat Nomor {number} tanggal {}",
            dates::long(*sent)
        ),
        Source::Agreement(_) => one.name(),
    };
    format!("{what}, tenggatnya {}", due(one))
}

impl Condition {
    /// How it stands, in a sentence.
    pub fn sentence(&self) -> String {
        match &self.state {
            ConditionState::NotAsked => {
                "Tidak diminta, jadi tidak menghalangi pemulihan.".to_owned()
            }
            ConditionState::Owed(one) => {
                format!("{} belum diterima; tenggatnya {}.", one.name(), due(one))
            }
            ConditionState::In(evidence) => {
                let evidence: Vec<String> = evidence.iter().map(evidence_words).collect();
                format!("{}.", evidence.join("; "))
            }
        }
    }
}

fn evidence_words(one: &Obligation) -> String {
    let met = one.met_by().unwrap_or_default();
    let review = match &one.fulfilment {
        Some(met) if !met.accepted => "; belum selesai ditinjau BKN",
        _ => "",
    };
    format!("{}: {met}{review}", one.name())
}

/// The subject of the mail on a suspension.
pub(super) fn started_subject(institution: &str) -> String {
    format!("Penghentian sementara akses data ASN – {institution}")
}

/// The subject of the mail on a restoration.
pub(super) fn ended_subject(institution: &str) -> String {
    format!("Pemulihan akses data ASN – {institution}")
}
