//! What allows a suspension and what ends it, as pure rules.

use padan::agreements::{Anchor, ClauseKind};
use padan::institutions::Institution;
use padan::obligations::{AgreementFacts, Obligation, obligations_of};
use padan::submissions::{FeedbackAnswer, SubmissionId, SubmissionState};
use padan::suspensions::{
    AccessState, ConditionState, Half, Restoration, access_on, grounds, restoration,
};

use crate::support::duties::{
    agreement_like, clauses_like, day, delivery_on, letter_on, morning, no_reference_changed,
};

const TODAY: &str = "2026-11-20";
const SINCE: &str = "2026-11-01";

fn facts(key: &str) -> AgreementFacts {
    let partner = Institution::partner("Contoh", "Contoh", None, morning(TODAY));
    let agreement = agreement_like(key, &partner);
    AgreementFacts {
        clauses: clauses_like(key, &agreement),
        agreement,
        deliveries: vec![],
        answers: vec![],
        statements: vec![],
        letters: vec![],
        reports: vec![],
        successor: None,
    }
}

fn due(facts: &AgreementFacts) -> Vec<Obligation> {
    obligations_of(facts, day(TODAY))
}

fn cure(facts: &AgreementFacts) -> Restoration {
    restoration(&due(facts), &facts.clauses, day(SINCE))
}

fn deliver(facts: &mut AgreementFacts, received: &str) {
    let delivery = delivery_on(facts.agreement.id, received);
    facts.deliveries.push(delivery);
}

fn ask(facts: &mut AgreementFacts, days: [Option<&str>; 3]) {
    let letter = letter_on(facts.agreement.id, days);
    facts.letters.push(letter);
}

fn answer(facts: &mut AgreementFacts, delivery: usize, sent: &str) {
    let delivery_id = facts.deliveries[delivery].id;
    facts
        .statements
        .push(no_reference_changed(delivery_id, sent));
    facts.answers.push(FeedbackAnswer {
        dataset: "riwayat-kursus".to_owned(),
        delivery_id,
        submission: SubmissionId::generate(),
        number: "PD-2026-0001".to_owned(),
        state: SubmissionState::Sent,
        sent_at: Some(morning(sent)),
    });
}

#[test]
fn either_half_being_late_is_a_ground_and_the_longest_overdue_comes_first() {
    let mut facts = facts("lan-2025");
    deliver(&mut facts, "2026-05-01");
    ask(&mut facts, [Some("2026-08-01"), None, None]);
    let found = grounds(&due(&facts), &facts.clauses);
    let halves: Vec<_> = found.iter().map(|ground| ground.half).collect();
    assert_eq!(halves, [Half::Report, Half::Feedback]);
    assert_eq!(found[0].clause.article, "Pasal 4 ayat (1) huruf b angka 2)");
}

#[test]
fn a_half_without_its_clause_gives_no_ground() {
    let mut facts = facts("lan-2025");
    facts.clauses.retain(|clause| {
        clause.kind != ClauseKind::Suspension || clause.anchor == Some(Anchor::DataReceived)
    });
    ask(&mut facts, [Some("2026-08-01"), None, None]);
    assert!(grounds(&due(&facts), &facts.clauses).is_empty());
}

#[test]
fn a_letter_that_nobody_confirmed_was_not_received_and_asks_for_nothing() {
    let mut facts = facts("itjen-kemendagri-2025");
    deliver(&mut facts, "2026-04-28");
    answer(&mut facts, 0, "2026-11-10");
    ask(&mut facts, [Some("2026-01-02"), Some("2026-01-03"), None]);
    assert!(grounds(&due(&facts), &facts.clauses).is_empty());
    let cure = cure(&facts);
    assert_eq!(cure.conditions[1].state, ConditionState::NotAsked);
    assert!(cure.is_ready() && cure.is_late());
}

#[test]
fn what_was_asked_and_never_came_stands_in_the_way_before_it_is_due() {
    let mut facts = facts("lan-2025");
    deliver(&mut facts, "2026-04-28");
    answer(&mut facts, 0, "2026-11-10");
    ask(&mut facts, [Some("2026-11-02"), None, None]);
    assert!(matches!(
        cure(&facts).conditions[1].state,
        ConditionState::Owed(_)
    ));
    assert!(!cure(&facts).is_ready());
}

#[test]
fn a_newer_delivery_that_is_not_yet_due_does_not_stand_in_the_way() {
    let mut facts = facts("lan-2025");
    deliver(&mut facts, "2026-04-28");
    deliver(&mut facts, "2026-09-01");
    answer(&mut facts, 0, "2026-11-10");
    assert!(cure(&facts).is_ready());
    deliver(&mut facts, "2026-05-01");
    assert!(!cure(&facts).is_ready(), "but one that is overdue does");
}

#[test]
fn an_old_lateness_before_the_suspension_needs_no_reason_now() {
    let mut facts = facts("lan-2025");
    deliver(&mut facts, "2025-06-01");
    answer(&mut facts, 0, "2026-01-15");
    deliver(&mut facts, "2026-05-20");
    answer(&mut facts, 1, "2026-11-19");
    assert!(!cure(&facts).is_late());
}

#[test]
fn an_agreement_that_is_over_gives_no_access_suspended_or_not() {
    let agreement = facts("lan-2025").agreement;
    let on = |suspended, text| access_on(&agreement, suspended, day(text));
    assert_eq!(on(false, "2028-05-07"), AccessState::Active);
    assert_eq!(on(true, "2028-05-07"), AccessState::Suspended);
    assert_eq!(on(true, "2028-05-08"), AccessState::Ended);
    assert_eq!(on(false, "2028-05-08"), AccessState::Ended);
}
