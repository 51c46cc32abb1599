//! What happened, in the order of days: the evidence beside a decision.

use chrono::NaiveDate;

use super::case::Case;
use super::model::Suspension;
use super::queries::MailLine;
use crate::obligations::AgreementFacts;
use crate::reports::ReportDecision;
use crate::submissions::SubmissionState;

/// One line of the chronology.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Event {
    pub(super) on: NaiveDate,
    pub(super) what: String,
    /// Whether something went wrong there.
    pub(super) urgent: bool,
}

/// Everything that bears on the decision, oldest first.
pub(super) fn chronology(case: &Case, mails: &[MailLine]) -> Vec<Event> {
    let mut all = received(&case.facts);
    all.extend(sent(&case.facts));
    all.extend(missed(case));
    all.extend(case.history.iter().flat_map(suspended));
    all.extend(mailed(mails));
    all.sort_by_key(|event| event.on);
    all
}

fn calm(on: NaiveDate, what: String) -> Event {
    Event {
        on,
        what,
        urgent: false,
    }
}

fn received(facts: &AgreementFacts) -> Vec<Event> {
    let deliveries = facts.deliveries.iter().map(|one| {
        let what = format!("{} diterima instansi ({}).", one.description, one.evidence);
        calm(one.received_on, what)
    });
    let letters = facts.letters.iter().flat_map(|one| {
        let steps = [
            (Some(one.sent_on), "dikirim"),
            (one.delivered_on, "disampaikan"),
            (one.confirmed_on, "dikonfirmasi penerimaannya"),
        ];
        steps.into_iter().filter_map(|(on, step)| {
            let what = format!("Surat permintaan laporan {} {step}.", one.number);
            Some(calm(on?, what))
        })
    });
    deliveries.chain(letters).collect()
}

fn sent(facts: &AgreementFacts) -> Vec<Event> {
    let answers = facts.answers.iter().filter_map(|one| {
        let outcome = match one.state {
            SubmissionState::Accepted => "; kemudian diterima BKN",
            SubmissionState::Returned => "; kemudian dikembalikan BKN",
            _ => "",
        };
        let what = format!("Data balikan {} dikirim{outcome}.", one.number);
        Some(calm(one.sent_at?.jakarta_date(), what))
    });
    let reports = facts.reports.iter().map(|one| {
        let outcome = match one.decision {
            Some(ReportDecision::Accepted) => "; kemudian diterima BKN",
            Some(ReportDecision::Returned) => "; kemudian dikembalikan BKN",
            None => "",
        };
        let what = format!("Laporan disampaikan{outcome}.");
        calm(one.filed_at.jakarta_date(), what)
    });
    answers.chain(reports).collect()
}

fn missed(case: &Case) -> impl Iterator<Item = Event> {
    let late = case
        .obligations
        .iter()
        .filter(|one| one.is_overdue() || one.fulfilment.as_ref().is_some_and(|met| met.late));
    late.filter(|one| one.kind.is_owed()).filter_map(|one| {
        Some(Event {
            on: one.due?,
            what: format!("Tenggat {} lewat.", one.inline_name()),
            urgent: true,
        })
    })
}

/// One line for each occasion, however many it was written to.
fn mailed(mails: &[MailLine]) -> Vec<Event> {
    let occasion = |mail: &MailLine| (mail.created_at.jakarta_date(), mail.subject.clone());
    mails
        .chunk_by(|one, next| occasion(one) == occasion(next))
        .filter_map(|mails| {
            let (on, subject) = occasion(mails.first()?);
            let to: Vec<_> = mails
                .iter()
                .map(|mail| mail.recipient_name.as_str())
                .collect();
            let waiting = mails.iter().filter(|mail| mail.sent_at.is_none()).count();
            let state = match waiting {
                0 => "terkirim".to_owned(),
                some => format!("{some} antre"),
            };
            Some(calm(
                on,
                format!("Surel: {subject}, kepada {} ({state}).", to.join(", ")),
            ))
        })
        .collect()
}

fn suspended(one: &Suspension) -> Vec<Event> {
    let began = Event {
        on: one.started_at.jakarta_date(),
        what: format!("Akses dihentikan sementara ({}).", one.article),
        urgent: true,
    };
    let ended = one
        .ended_at
        .map(|at| calm(at.jakarta_date(), "Akses dipulihkan.".to_owned()));
    std::iter::once(began).chain(ended).collect()
}
