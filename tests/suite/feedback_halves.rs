//! What one half, both halves and a statement come to.

use padan::agreements::{ClauseKind, FeedbackHalf};
use padan::obligations::ObligationState;
use padan::submissions::SubmissionState;

use crate::obligations::{TODAY, answer, only, with_delivery, with_references_settled};
use crate::support::duties::{day, no_reference_changed};

#[test]
fn one_half_alone_meets_nothing_and_the_last_one_counts() {
    let mut facts = with_delivery("2026-05-20");
    facts.answers = vec![answer(
        &facts,
        SubmissionState::Accepted,
        Some("2026-11-01"),
    )];
    let half = only(&facts, "2026-11-20");
    assert_eq!(
        (half.state, half.is_met(), half.missing_half()),
        (
            ObligationState::InProgress,
            false,
            Some("referensi balikan")
        )
    );
    assert!(only(&facts, "2026-11-21").is_overdue());
    let delivery = facts.deliveries[0].id;
    facts.statements = vec![no_reference_changed(delivery, "2026-11-22")];
    let met = only(&facts, "2026-11-25").fulfilment.unwrap();
    assert_eq!((met.on, met.late), (day("2026-11-22"), true));
}

#[test]
fn an_agreement_that_asks_for_one_half_is_content_with_it() {
    for (kind, half) in [
        (ClauseKind::DataOnlyFeedback, FeedbackHalf::Data),
        (ClauseKind::ReferenceFeedback, FeedbackHalf::References),
    ] {
        let mut facts = with_delivery("2026-05-20");
        let clauses = facts.clauses.iter_mut();
        let asked = clauses.filter(|one| one.kind == ClauseKind::DataFeedback);
        asked.for_each(|one| one.kind = kind);
        assert_eq!(only(&facts, TODAY).state, ObligationState::NotStarted);
        let mut signed = no_reference_changed(facts.deliveries[0].id, "2026-11-01");
        signed.half = half;
        facts.statements = vec![signed];
        assert_eq!(only(&facts, TODAY).state, ObligationState::Accepted);
        facts.statements[0].half = match half {
            FeedbackHalf::Data => FeedbackHalf::References,
            FeedbackHalf::References => FeedbackHalf::Data,
        };
        assert!(
            !only(&facts, TODAY).is_met(),
            "the other half is not asked for"
        );
    }
}

#[test]
fn a_submission_replaces_the_statement_of_its_half() {
    let mut facts = with_references_settled("2026-05-20");
    let mut signed = no_reference_changed(facts.deliveries[0].id, "2026-11-01");
    signed.half = FeedbackHalf::Data;
    facts.statements.push(signed);
    assert_eq!(only(&facts, TODAY).state, ObligationState::Accepted);
    for (state, word, on) in [
        (
            SubmissionState::Sent,
            ObligationState::AwaitingBkn,
            Some("2026-11-01"),
        ),
        (
            SubmissionState::Accepted,
            ObligationState::Accepted,
            Some("2026-11-01"),
        ),
        (
            SubmissionState::Returned,
            ObligationState::NeedsMending,
            None,
        ),
    ] {
        facts.answers = vec![answer(&facts, state, Some("2026-11-10"))];
        let one = only(&facts, TODAY);
        assert_eq!(one.state, word);
        assert_eq!(one.fulfilment.map(|met| met.on), on.map(day));
    }
}
