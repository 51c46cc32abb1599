//! From facts to obligations: one pure function.

use chrono::NaiveDate;

use super::model::{
    AgreementFacts, Fulfilment, Obligation, ObligationKind, ObligationState, Source,
};
use crate::agreements::{AgreementState, Anchor, Clause, ClauseKind, Span};
use crate::deliveries::Delivery;
use crate::feedback::{Answer, Progress, Standing, halves_of};
use crate::reports::{Report, ReportDecision, RequestLetter};

/// Everything that is due under an agreement, seen from a day, by due date;
/// what has no due date yet comes last. The order of the facts does not matter.
pub fn obligations_of(facts: &AgreementFacts, today: NaiveDate) -> Vec<Obligation> {
    let mut all = Vec::new();
    let asked = |clause: &&Clause| !clause.kind.feedback_halves().is_empty();
    for clause in facts.clauses.iter().filter(asked) {
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
    let halves = halves_of(clause.kind, delivery.id, &facts.answers, &facts.statements);
    let source = Source::Delivery(delivery.id, delivery.description.clone());
    let begun = Begun {
        source,
        anchor: Anchor::DataReceived,
        event_on: Some(delivery.received_on),
    };
    let parts: Vec<Standing> = halves.iter().map(|one| one.standing.clone()).collect();
    let mut one = begun.owed(ObligationKind::DataFeedback, clause, &parts, today)?;
    one.halves = halves;
    Some(one)
}

fn report(
    facts: &AgreementFacts,
    clause: &Clause,
    letter: &RequestLetter,
    today: NaiveDate,
) -> Option<Obligation> {
    let filed = facts.reports.iter();
    let filed = filed.filter(|report| report.letter_id == letter.id);
    let filed: Vec<Answer> = filed.map(of_report).collect();
    let anchor = clause.anchor.unwrap_or(Anchor::LetterSent);
    let event_on = letter.counted_from(anchor);
    let source = Source::Letter(letter.id, letter.number.clone(), letter.sent_on);
    let begun = Begun {
        source,
        anchor,
        event_on,
    };
    begun.owed(
        ObligationKind::RequestedReport,
        clause,
        &[Standing::of(&filed)],
        today,
    )
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
            halves: Vec::new(),
            fulfilment: None,
            is_returned: false,
            begun_with: None,
            state: ObligationState::NotStarted,
        })
    }

    /// The obligation and what was done for each of its parts.
    fn owed(
        self,
        kind: ObligationKind,
        clause: &Clause,
        parts: &[Standing],
        today: NaiveDate,
    ) -> Option<Obligation> {
        let mut one = self.bare(kind, clause)?;
        let mut missing = parts.iter().filter(|part| !part.is_in());
        one.fulfilment = fulfilment(parts, one.due);
        one.begun_with = missing.clone().find_map(|part| part.begun_with);
        one.is_returned = missing.any(|part| part.progress == Some(Progress::Returned));
        one.state = state(&one, parts, today);
        Some(one)
    }
}

/// All parts are in, on the day on which the last of them came.
fn fulfilment(parts: &[Standing], due: Option<NaiveDate>) -> Option<Fulfilment> {
    let met: Vec<&Answer> = parts.iter().filter_map(|part| part.met.as_ref()).collect();
    if met.len() < parts.len() {
        return None;
    }
    let on = met.iter().filter_map(|one| one.on).max()?;
    let accepted = |part: &Standing| part.progress == Some(Progress::Accepted);
    Some(Fulfilment {
        on,
        by: met.iter().find_map(|one| one.by.clone()),
        accepted: parts.iter().all(accepted),
        late: due.is_some_and(|due| due < on),
    })
}

fn state(one: &Obligation, parts: &[Standing], today: NaiveDate) -> ObligationState {
    let has_begun = parts.iter().any(|part| part.progress.is_some());
    match (&one.fulfilment, one.due) {
        (Some(met), _) if met.accepted => ObligationState::Accepted,
        (Some(_), _) => ObligationState::AwaitingBkn,
        (None, None) => ObligationState::NotStartable,
        (None, Some(due)) if due < today => ObligationState::Overdue,
        (None, _) if one.is_returned => ObligationState::NeedsMending,
        (None, _) if has_begun => ObligationState::InProgress,
        (None, _) => ObligationState::NotStarted,
    }
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
