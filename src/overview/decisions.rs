//! What awaits a decision of BKN.

use chrono::NaiveDate;

use super::model::{AgreementView, Standing};
use crate::obligations::{Obligation, ObligationKind};
use crate::platform::dates;

/// What is to be decided; the order is that of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum DecisionKind {
    /// Whether to suspend.
    Suspend,
    /// Whether to restore.
    Restore,
    /// Whether to extend or to let the agreement end.
    Notice,
}

/// One card at the top of the overview.
#[derive(Debug, Clone)]
pub(super) struct Decision {
    pub(super) kind: DecisionKind,
    pub(super) institution: String,
    /// The word of the mark.
    pub(super) mark: String,
    pub(super) sentence: String,
    pub(super) href: String,
    /// The date by which cards of a kind are ordered.
    order: Option<NaiveDate>,
}

impl Decision {
    /// Colours and icon: of the card, of the mark, of the icon.
    pub(super) fn look(&self) -> (&'static str, &'static str, &'static str) {
        match self.kind {
            DecisionKind::Suspend => ("p-genting", "cap--genting", "seru-bulat"),
            DecisionKind::Restore => ("p-baik", "cap--selesai", "cek"),
            DecisionKind::Notice => ("p-ingat", "cap--ingat", "jam"),
        }
    }

    /// The words of the button.
    pub(super) fn action(&self) -> &'static str {
        match self.kind {
            DecisionKind::Suspend => "Tinjau penghentian",
            DecisionKind::Restore => "Tinjau pemulihan",
            DecisionKind::Notice => "Buka PKS",
        }
    }
}

/// Everything that awaits a decision, the most pressing first.
pub(super) fn decisions(standings: &[Standing], today: NaiveDate) -> Vec<Decision> {
    let mut all: Vec<Decision> = standings
        .iter()
        .flat_map(|standing| standing.agreements.iter().map(move |view| (standing, view)))
        .flat_map(|(standing, view)| of_agreement(standing, view, today))
        .collect();
    all.sort_by_key(|one| (one.kind, one.order, one.institution.clone()));
    all
}

fn of_agreement(standing: &Standing, view: &AgreementView, today: NaiveDate) -> Vec<Decision> {
    let all = [suspend(view, today), restore(view), notice(view)];
    let name = &standing.institution.name;
    let named = |one: Decision| Decision {
        institution: name.clone(),
        ..one
    };
    all.into_iter().flatten().map(named).collect()
}

fn suspend(view: &AgreementView, today: NaiveDate) -> Option<Decision> {
    let first = view.grounds.first()?;
    let late: Vec<String> = view
        .grounds
        .iter()
        .map(|ground| ground.obligation.name())
        .collect();
    let days = first.obligation.days_left(today)?;
    let sentence = format!(
        "{} belum diterima. Syarat penghentian sementara pada {} terpenuhi.",
        late.join("; "),
        first.clause.article
    );
    Some(Decision {
        kind: DecisionKind::Suspend,
        institution: String::new(),
        mark: format!("Lewat {} hari", -days),
        sentence,
        href: format!("/perjanjian/{}/penghentian", view.facts.agreement.id),
        order: first.obligation.due,
    })
}

fn restore(view: &AgreementView) -> Option<Decision> {
    let suspension = view.suspension.as_ref().filter(|_| view.is_ready())?;
    let since = suspension.started_at.jakarta_date();
    Some(Decision {
        kind: DecisionKind::Restore,
        institution: String::new(),
        mark: "Siap dipulihkan".to_owned(),
        sentence: format!(
            "Akses dihentikan sejak {}. Kedua syarat pemulihan akses terpenuhi.",
            dates::long(since)
        ),
        href: format!("/perjanjian/{}/pemulihan", view.facts.agreement.id),
        order: Some(since),
    })
}

fn notice(view: &AgreementView) -> Option<Decision> {
    let is_notice = |one: &&Obligation| one.kind == ObligationKind::EndNotice;
    let notice = view.obligations.iter().find(is_notice)?;
    let due = notice.due.filter(|_| view.needs_notice())?;
    let last_day = view.facts.agreement.last_day();
    Some(Decision {
        kind: DecisionKind::Notice,
        institution: String::new(),
        mark: format!("Berakhir {}", dates::long(last_day)),
        sentence: format!(
            "Batas pemberitahuan perpanjangan ({}, {}) jatuh pada {}. PKS pengganti belum direkam.",
            notice.span_words(),
            notice.article,
            dates::long(due)
        ),
        href: format!("/perjanjian/{}", view.facts.agreement.id),
        order: Some(last_day),
    })
}
