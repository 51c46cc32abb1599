//! From facts to obligations: one pure function.

use chrono::NaiveDate;
use std::cmp::Reverse;

use super::model::{
    AgreementFacts, Fulfilment, Obligation, ObligationKind, ObligationState, Source,
};
use crate::agreements::{AgreementState, Anchor, Clause, ClauseKind, Span};
use crate::deliveries::Delivery;
use crate::reports::{Report, ReportDecision, RequestLetter};
use crate::submissions::{FeedbackAnswer, SubmissionId, SubmissionState};

/// How far one answer has come; what comes later weighs more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Progress {
    Draft,
    Returned,
    Sent,
    Accepted,
}

struct Answer {
    progress: Progress,
    on: Option<NaiveDate>,
    by: Option<String>,
    submission: Option<SubmissionId>,
}

/// Everything that is due under an agreement, seen from a day, by due date;
/// what has no due date yet comes last. The order of the facts does not matter.
pub fn obligations_of(facts: &AgreementFacts, today: NaiveDate) -> Vec<Obligation> {
    let mut all = Vec::new();
    for clause in facts.clauses(ClauseKind::DataFeedback) {
        let owed = facts.deliveries.iter();
        all.extend(owed.filter_map(|delivery| feedback(facts, clause, delivery, today)));
    }
    for clause in facts.clauses(ClauseKind::RequestedReport) {
        let asked = facts.letters.iter();
        all.extend(asked.filter_map(|letter| report(facts, clause, letter, today)));
    }
    if facts.state(today) != AgreementState::Ended {
        all.extend(
            facts
                .clauses(ClauseKind::EndNotice)
                .filter_map(|clause| notice(facts, clause, today)),
        );
        all.extend(
            facts
                .clauses(ClauseKind::Term)
                .filter_map(|clause| end(facts, clause)),
        );
    }
    all.sort_by_key(|one| (one.due.is_none(), one.due, one.kind, one.event_on));
    all
}

fn feedback(
    facts: &AgreementFacts,
    clause: &Clause,
    delivery: &Delivery,
    today: NaiveDate,
) -> Option<Obligation> {
    let answers = facts.answers.iter();
    let answers = answers.filter(|answer| answer.delivery_id == delivery.id);
    let answers: Vec<Answer> = answers.filter_map(of_submission).collect();
    let source = Source::Delivery(delivery.id, delivery.description.clone());
    let begun = Begun {
        source,
        anchor: Anchor::DataReceived,
        event_on: Some(delivery.received_on),
    };
    begun.owed(ObligationKind::DataFeedback, clause, answers, today)
}

fn report(
    facts: &AgreementFacts,
    clause: &Clause,
    letter: &RequestLetter,
    today: NaiveDate,
) -> Option<Obligation> {
    let filed = facts.reports.iter();
    let filed = filed.filter(|report| report.letter_id == letter.id);
    let answers = filed.map(of_report).collect();
    let anchor = clause.anchor.unwrap_or(Anchor::LetterSent);
    let event_on = letter.counted_from(anchor);
    let source = Source::Letter(letter.id, letter.number.clone(), letter.sent_on);
    let begun = Begun {
        source,
        anchor,
        event_on,
    };
    begun.owed(ObligationKind::RequestedReport, clause, answers, today)
}

fn notice(facts: &AgreementFacts, clause: &Clause, today: NaiveDate) -> Option<Obligation> {
    let is_decided = facts.agreement.ended_on.is_some();
    if clause.anchor != Some(Anchor::AgreementEnd) || is_decided {
        return None;
    }
    let begun = Begun::by_agreement(facts, Anchor::AgreementEnd, facts.agreement.last_day());
    let mut one = begun.bare(ObligationKind::EndNotice, clause)?;
    one.fulfilment = facts.successor.as_ref().map(|next| Fulfilment {
        on: next.signed_on,
        by: Some(next.bkn_number.clone()),
        accepted: true,
        late: one.due.is_some_and(|due| due < next.signed_on),
    });
    one.state = match one.due {
        _ if one.fulfilment.is_some() => ObligationState::Accepted,
        Some(due) if due <= today => ObligationState::InProgress,
        _ => ObligationState::NotStarted,
    };
    Some(one)
}

fn end(facts: &AgreementFacts, clause: &Clause) -> Option<Obligation> {
    let begun = Begun::by_agreement(facts, Anchor::Signature, facts.agreement.signed_on);
    let mut one = begun.bare(ObligationKind::AgreementEnd, clause)?;
    one.due = Some(facts.agreement.last_day());
    Some(one)
}

/// An event that starts a clock.
struct Begun {
    source: Source,
    anchor: Anchor,
    event_on: Option<NaiveDate>,
}

impl Begun {
    fn by_agreement(facts: &AgreementFacts, anchor: Anchor, on: NaiveDate) -> Self {
        Self {
            source: Source::Agreement(facts.agreement.id),
            anchor,
            event_on: Some(on),
        }
    }

    /// The obligation before anything was done for it.
    fn bare(self, kind: ObligationKind, clause: &Clause) -> Option<Obligation> {
        let span = Span::of(clause)?;
        // No holiday is on record yet.
        let due = self.event_on.and_then(|event| span.due(event, &[]));
        Some(Obligation {
            kind,
            agreement_id: clause.agreement_id,
            source: self.source,
            anchor: self.anchor,
            event_on: self.event_on,
            span,
            due,
            article: clause.article.clone(),
            page: clause.page,
            fulfilment: None,
            is_returned: false,
            begun_with: None,
            state: ObligationState::NotStarted,
        })
    }

    /// The obligation and what was done for it.
    fn owed(
        self,
        kind: ObligationKind,
        clause: &Clause,
        answers: Vec<Answer>,
        today: NaiveDate,
    ) -> Option<Obligation> {
        let mut one = self.bare(kind, clause)?;
        let progress = answers.iter().map(|answer| answer.progress).max();
        let furthest = answers
            .iter()
            .max_by_key(|answer| (answer.progress, &answer.by));
        let begun_with = furthest.and_then(|answer| answer.submission);
        one.fulfilment = fulfilment(answers, one.due);
        one.begun_with = begun_with.filter(|_| !one.is_met());
        one.is_returned = progress == Some(Progress::Returned);
        one.state = state(progress, one.due, today);
        Some(one)
    }
}

fn fulfilment(answers: Vec<Answer>, due: Option<NaiveDate>) -> Option<Fulfilment> {
    let accepted = answers
        .iter()
        .any(|answer| answer.progress == Progress::Accepted);
    let met = answers
        .into_iter()
        .filter(|answer| answer.progress >= Progress::Sent);
    let first =
        met.min_by_key(|answer| (answer.on, Reverse(answer.progress), answer.by.clone()))?;
    let on = first.on?;
    Some(Fulfilment {
        on,
        by: first.by,
        accepted,
        late: due.is_some_and(|due| due < on),
    })
}

fn state(progress: Option<Progress>, due: Option<NaiveDate>, today: NaiveDate) -> ObligationState {
    match (progress, due) {
        (Some(Progress::Accepted), _) => ObligationState::Accepted,
        (Some(Progress::Sent), _) => ObligationState::AwaitingBkn,
        (_, None) => ObligationState::NotStartable,
        (_, Some(due)) if due < today => ObligationState::Overdue,
        (Some(Progress::Returned), _) => ObligationState::NeedsMending,
        (Some(Progress::Draft), _) => ObligationState::InProgress,
        (None, _) => ObligationState::NotStarted,
    }
}

fn of_submission(answer: &FeedbackAnswer) -> Option<Answer> {
    let progress = match answer.state {
        SubmissionState::Cancelled => return None,
        SubmissionState::Accepted => Progress::Accepted,
        SubmissionState::Sent => Progress::Sent,
        SubmissionState::Returned => Progress::Returned,
        SubmissionState::Checking
        | SubmissionState::NeedsMending
        | SubmissionState::ReadyToSend => Progress::Draft,
    };
    let on = answer.sent_at.map(|at| at.jakarta_date());
    // What BKN cannot have seen meets nothing.
    let progress = if on.is_none() {
        Progress::Draft
    } else {
        progress
    };
    Some(Answer {
        progress,
        on,
        by: Some(answer.number.clone()),
        submission: Some(answer.submission),
    })
}

fn of_report(report: &Report) -> Answer {
    let progress = match report.decision {
        None => Progress::Sent,
        Some(ReportDecision::Accepted) => Progress::Accepted,
        Some(ReportDecision::Returned) => Progress::Returned,
    };
    Answer {
        progress,
        on: Some(report.filed_at.jakarta_date()),
        by: None,
        submission: None,
    }
}
