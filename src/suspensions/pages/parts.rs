//! Parts that the decision pages share.

use super::super::case::Case;
use super::super::model::{Condition, ConditionState, Ground, Restoration};
use crate::agreements::Clause;
use crate::obligations::ObligationState;

/// Something looked at before the decision.
pub(super) struct Check {
    pub(super) is_fine: bool,
    pub(super) what: String,
    pub(super) hint: Option<String>,
}

/// A clause as the pages quote it.
pub(super) struct Quote {
    pub(super) article: String,
    pub(super) page: Option<i32>,
    pub(super) summary: String,
}

/// One ground as the page shows it.
pub(super) struct GroundView {
    pub(super) quote: Quote,
    pub(super) name: String,
    pub(super) event: String,
    pub(super) span: String,
    pub(super) due: Option<chrono::NaiveDate>,
    pub(super) late: Option<String>,
}

/// One condition of restoration as the pages show it.
pub(super) struct ConditionView {
    pub(super) label: &'static str,
    pub(super) quote: Option<Quote>,
    pub(super) is_met: bool,
    pub(super) is_asked: bool,
    pub(super) is_late: bool,
    pub(super) sentence: String,
}

pub(super) fn quote(clause: &Clause) -> Quote {
    Quote {
        article: clause.article.clone(),
        page: clause.page,
        summary: clause.summary.clone(),
    }
}

pub(super) fn grounds(case: &Case, grounds: &[Ground]) -> Vec<GroundView> {
    grounds
        .iter()
        .map(|ground| GroundView {
            quote: quote(&ground.clause),
            name: ground.obligation.name(),
            event: ground.obligation.event_sentence(),
            span: ground.obligation.span_words(),
            due: ground.obligation.due,
            late: ground.obligation.remaining(case.today),
        })
        .collect()
}

pub(super) fn conditions(restoration: &Restoration) -> Vec<ConditionView> {
    let view = |one: &Condition| ConditionView {
        label: one.half.label(),
        quote: one.clause.as_ref().map(quote),
        is_met: one.is_met(),
        is_asked: one.state != ConditionState::NotAsked,
        is_late: one.is_late(),
        sentence: one.sentence(),
    };
    restoration.conditions.iter().map(view).collect()
}

/// What is looked at before access is suspended.
pub(super) fn checks(case: &Case, grounds: &[Ground]) -> Vec<Check> {
    vec![
        fine("PKS ini memuat klausul penghentian sementara."),
        compared(grounds),
        in_preparation(case),
        reachable(case),
    ]
}

fn fine(what: &str) -> Check {
    Check {
        is_fine: true,
        what: what.to_owned(),
        hint: None,
    }
}

fn doubtful(what: &str, hint: &str) -> Check {
    Check {
        is_fine: false,
        what: what.to_owned(),
        hint: Some(hint.to_owned()),
    }
}

fn compared(grounds: &[Ground]) -> Check {
    if grounds.iter().all(|one| one.clause.checked_by.is_some()) {
        return fine("Rekaman klausul sudah dicocokkan dengan naskah oleh petugas kedua.");
    }
    doubtful(
        "Rekaman klausul belum dicocokkan dengan naskah oleh petugas kedua.",
        "Cocokkan pasal dan halamannya dengan naskah PKS sebelum memutuskan.",
    )
}

/// Overdue hides what is being prepared, so the answers themselves are looked at.
fn in_preparation(case: &Case) -> Check {
    let waiting = case
        .obligations
        .iter()
        .any(|one| one.state == ObligationState::AwaitingBkn);
    let drafted = case.facts.answers.iter().any(|one| one.sent_at.is_none());
    match (waiting, drafted) {
        (true, _) => doubtful(
            "Ada pengiriman atau laporan instansi ini yang menunggu keputusan BKN.",
            "Selesaikan peninjauannya lebih dahulu bila berkaitan.",
        ),
        (_, true) => doubtful(
            "Instansi ini sedang menyiapkan data balikan di portal.",
            "Datanya sudah diunggah, tetapi belum dikirim ke BKN.",
        ),
        _ => fine("Tidak ada data balikan atau laporan yang sedang disiapkan atau ditinjau."),
    }
}

fn reachable(case: &Case) -> Check {
    if case.is_office_told {
        return fine("Narahubung instansi tercatat pada PKS dan akan menerima surel.");
    }
    doubtful(
        "PKS ini tidak mempunyai narahubung instansi yang berlaku hari ini.",
        "Surel hanya dikirim kepada PIC. Lengkapi narahubung pada halaman PKS.",
    )
}
