//! What is due by when, against dates worked out by hand.

use chrono::{Days, NaiveDate};
use padan::agreements::{AgreementState, Anchor, ClauseKind, FeedbackHalf, Span};
use padan::institutions::Institution;
use padan::obligations::{
    AgreementFacts, Obligation, ObligationKind, ObligationState, obligations_of,
};
use padan::reports::{Report, ReportDecision, ReportId};
use padan::submissions::{FeedbackAnswer, SubmissionId, SubmissionState};
use proptest::prelude::*;
use serde_json::Value;

use crate::support::duties::{
    agreement_like, clauses_like, day, delivery_on, letter_on, morning, no_reference_changed,
};
use crate::support::moment;

pub const TODAY: &str = "2026-11-20";

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

fn cases() -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("../data/due_dates.json")).unwrap();
    all["cases"].as_array().unwrap().clone()
}

fn date(value: &Value) -> Option<NaiveDate> {
    value.as_str().map(day)
}

/// The word of the table for an open obligation.
fn word(one: &Obligation, today: NaiveDate) -> &'static str {
    match (one.state, one.days_left(today)) {
        (ObligationState::NotStartable, _) => "not_started",
        (ObligationState::Overdue, _) => "overdue",
        (_, Some(..=14)) => "due_soon",
        _ => "on_time",
    }
}

fn facts_of_case(case: &Value) -> AgreementFacts {
    let mut facts = facts(case["agreement"].as_str().unwrap());
    let id = facts.agreement.id;
    let event = case["event_date"].as_str();
    if case["kind"] == "data_feedback" {
        facts.deliveries.push(delivery_on(id, event.unwrap()));
    } else if let Some(letter) = case.get("letter") {
        let days = ["sent", "delivered", "confirmed"].map(|field| letter[field].as_str());
        facts.letters.push(letter_on(id, days));
    } else {
        facts.letters.push(letter_on(id, [event, None, None]));
    }
    facts
}

#[test]
fn feedback_and_reports_fall_due_as_worked_out_by_hand() {
    let today = day(TODAY);
    let owed = |case: &&Value| {
        ["data_feedback", "requested_report"].contains(&case["kind"].as_str().unwrap())
    };
    for case in cases().iter().filter(owed) {
        let due: Vec<_> = obligations_of(&facts_of_case(case), today)
            .into_iter()
            .filter(|one| one.kind.is_owed())
            .collect();
        if case["state"] == "not_regulated" {
            assert!(due.is_empty(), "{case}");
            continue;
        }
        let [one] = due.as_slice() else {
            panic!("one obligation expected: {case}");
        };
        assert_eq!(one.due, date(&case["due"]), "{case}");
        assert_eq!(
            Some(one.article.as_str()),
            case["article"].as_str(),
            "{case}"
        );
        if case["state"] != "after_today" {
            assert_eq!(word(one, today), case["state"].as_str().unwrap(), "{case}");
        }
    }
}

#[test]
fn agreements_end_and_open_their_notice_window_as_worked_out_by_hand() {
    for case in cases() {
        let facts = facts(case["agreement"].as_str().unwrap());
        let state = match case["state"].as_str().unwrap() {
            "ended" => AgreementState::Ended,
            "in_window" => AgreementState::NoticeWindow,
            "before_window" => AgreementState::InForce,
            _ => continue,
        };
        assert_eq!(facts.state(day(TODAY)), state, "{case}");
        if state != AgreementState::Ended {
            let all = obligations_of(&facts, day(TODAY));
            let notices = all
                .iter()
                .filter(|one| one.kind == ObligationKind::EndNotice);
            let due: Vec<_> = notices.map(|one| one.due).collect();
            assert_eq!(due, [date(&case["due"])], "{case}");
        }
    }
    for case in cases().iter().filter(|case| case["kind"] == "term") {
        let facts = facts(case["agreement"].as_str().unwrap());
        assert_eq!(
            Some(facts.agreement.last_day()),
            date(&case["due"]),
            "{case}"
        );
    }
}

#[test]
fn every_way_of_counting_gives_the_date_worked_out_by_hand() {
    let mut counted = 0;
    for case in cases().iter().filter(|case| case["due"].is_string()) {
        let facts = facts(case["agreement"].as_str().unwrap());
        let kind: ClauseKind = case["kind"].as_str().unwrap().parse().unwrap();
        let anchor: Anchor = case["anchor"].as_str().unwrap().parse().unwrap();
        let clause = facts
            .clauses(kind)
            .find(|clause| clause.anchor == Some(anchor))
            .unwrap();
        let holidays: Vec<NaiveDate> = case["holidays"]
            .as_array()
            .map(|days| days.iter().filter_map(date).collect())
            .unwrap_or_default();
        let due = Span::of(clause)
            .unwrap()
            .due(date(&case["event_date"]).unwrap(), &holidays);
        assert_eq!(due, date(&case["due"]), "{case}");
        counted += 1;
    }
    assert!(counted > 40);
}

/// An answer with data.
pub fn answer(
    facts: &AgreementFacts,
    state: SubmissionState,
    sent: Option<&str>,
) -> FeedbackAnswer {
    FeedbackAnswer {
        delivery_id: facts.deliveries[0].id,
        submission: SubmissionId::generate(),
        number: "PD-2026-0001".to_owned(),
        dataset: "riwayat-kursus".to_owned(),
        state,
        sent_at: sent.map(morning),
    }
}

pub fn only(facts: &AgreementFacts, today: &str) -> Obligation {
    let all = obligations_of(facts, day(today));
    all.into_iter().find(|one| one.kind.is_owed()).unwrap()
}

pub fn with_delivery(received: &str) -> AgreementFacts {
    let mut facts = facts("lan-2025");
    facts
        .deliveries
        .push(delivery_on(facts.agreement.id, received));
    facts
}

/// The same, where nothing is left to be done for the references.
pub fn with_references_settled(received: &str) -> AgreementFacts {
    let mut facts = with_delivery(received);
    let settled = no_reference_changed(facts.deliveries[0].id, received);
    facts.statements.push(settled);
    facts
}

#[test]
fn what_was_sent_in_time_is_in_time_while_bkn_reviews_it() {
    let mut facts = with_references_settled("2026-05-20");
    facts.answers = vec![answer(&facts, SubmissionState::Sent, Some("2026-11-20"))];
    let one = only(&facts, "2026-12-31");
    assert_eq!(one.state, ObligationState::AwaitingBkn);
    assert!(!one.fulfilment.unwrap().late);
}

#[test]
fn what_bkn_returned_meets_nothing() {
    let mut facts = with_references_settled("2026-05-20");
    facts.answers = vec![answer(
        &facts,
        SubmissionState::Returned,
        Some("2026-11-01"),
    )];
    assert_eq!(
        only(&facts, "2026-11-20").state,
        ObligationState::NeedsMending
    );
    let late = only(&facts, "2026-11-21");
    assert_eq!(
        (late.state, late.is_met()),
        (ObligationState::Overdue, false)
    );
}

#[test]
fn an_answer_after_the_due_date_meets_it_late() {
    let mut facts = with_references_settled("2026-05-20");
    facts.answers = vec![answer(
        &facts,
        SubmissionState::Accepted,
        Some("2026-11-21"),
    )];
    let one = only(&facts, "2026-11-25");
    assert_eq!(one.state, ObligationState::Accepted);
    assert!(one.fulfilment.unwrap().late);
}

#[test]
fn the_day_of_sending_is_the_day_in_jakarta() {
    let mut facts = with_references_settled("2026-05-20");
    let mut sent = answer(&facts, SubmissionState::Sent, Some("2026-11-20"));
    sent.sent_at = Some(moment("2026-11-20T16:59:59Z"));
    facts.answers = vec![sent.clone()];
    assert!(!only(&facts, "2026-11-25").fulfilment.unwrap().late);
    sent.sent_at = Some(moment("2026-11-20T17:00:00Z"));
    facts.answers = vec![sent];
    assert!(only(&facts, "2026-11-25").fulfilment.unwrap().late);
}

#[test]
fn a_draft_is_work_in_progress_and_meets_nothing() {
    let mut facts = with_references_settled("2026-06-05");
    facts.answers = vec![answer(&facts, SubmissionState::ReadyToSend, None)];
    let one = only(&facts, TODAY);
    assert_eq!(
        (one.state, one.is_met()),
        (ObligationState::InProgress, false)
    );
}

#[test]
fn a_cancelled_check_leaves_no_trace() {
    let mut facts = with_delivery("2026-06-05");
    facts.answers = vec![answer(&facts, SubmissionState::Cancelled, None)];
    assert_eq!(only(&facts, TODAY).state, ObligationState::NotStarted);
}

#[test]
fn a_filed_report_meets_its_letter_and_a_returned_one_does_not() {
    let mut facts = facts("lan-2025");
    facts.letters.push(letter_on(
        facts.agreement.id,
        [Some("2026-10-12"), None, None],
    ));
    let filed = Report {
        id: ReportId::generate(),
        agreement_id: facts.agreement.id,
        letter_id: facts.letters[0].id,
        file_id: padan::platform::files::FileId::generate(),
        form_key: String::new(),
        note: String::new(),
        filed_by: padan::accounts::AccountId::generate(),
        filed_at: morning("2026-11-10"),
        decided_at: None,
        decided_by: None,
        decision: None,
        decision_reason: None,
    };
    facts.reports = vec![filed];
    assert_eq!(only(&facts, TODAY).state, ObligationState::AwaitingBkn);
    facts.reports[0].decision = Some(ReportDecision::Returned);
    assert_eq!(only(&facts, TODAY).state, ObligationState::NeedsMending);
    facts.reports[0].decision = Some(ReportDecision::Accepted);
    assert_eq!(only(&facts, TODAY).state, ObligationState::Accepted);
}

#[test]
fn what_was_owed_is_still_owed_after_the_agreement_ended() {
    let facts = with_delivery("2028-01-10");
    let after_the_end = obligations_of(&facts, day("2028-08-01"));
    let kinds: Vec<_> = after_the_end
        .iter()
        .map(|one| (one.kind, one.state))
        .collect();
    assert_eq!(
        kinds,
        [(ObligationKind::DataFeedback, ObligationState::Overdue)]
    );
}

#[test]
fn a_signed_successor_settles_the_notice() {
    let mut facts = facts("bps-2023");
    let notice = |facts: &AgreementFacts| {
        let all = obligations_of(facts, day(TODAY));
        let one = all
            .into_iter()
            .find(|one| one.kind == ObligationKind::EndNotice);
        one.unwrap().state
    };
    assert_eq!(notice(&facts), ObligationState::InProgress);
    let mut successor = facts.agreement.clone();
    successor.signed_on = day("2026-11-18");
    facts.successor = Some(successor);
    assert_eq!(notice(&facts), ObligationState::Accepted);
}

fn any_answer() -> impl Strategy<Value = (SubmissionState, Option<u64>, bool)> {
    let states = prop::sample::select(vec![
        SubmissionState::Checking,
        SubmissionState::Cancelled,
        SubmissionState::NeedsMending,
        SubmissionState::ReadyToSend,
        SubmissionState::Sent,
        SubmissionState::Accepted,
        SubmissionState::Returned,
    ]);
    (states, prop::option::of(0..400_u64), any::<bool>())
}

fn any_statement() -> impl Strategy<Value = (FeedbackHalf, u64, bool)> {
    let halves = prop::sample::select(FeedbackHalf::ALL);
    (halves, 0..400_u64, any::<bool>())
}

proptest! {
    #[test]
    fn nothing_is_both_met_and_overdue_and_the_order_of_events_does_not_matter(
        answers in prop::collection::vec((any_answer(), prop::sample::select(FeedbackHalf::ALL)), 0..8),
        statements in prop::collection::vec(any_statement(), 0..5),
        shift in 0..500_u64,
        rotation in 0..6_usize,
    ) {
        let mut facts = with_delivery("2026-05-31");
        facts.deliveries.push(delivery_on(facts.agreement.id, "2026-08-31"));
        let start = day("2026-05-31");
        for (half, days, second) in statements {
            let delivery = facts.deliveries[usize::from(second)].id;
            let mut one = no_reference_changed(delivery, &(start + Days::new(days)).to_string());
            one.half = half;
            facts.statements.push(one);
        }
        for (number, ((state, sent, second), half)) in answers.into_iter().enumerate() {
            let on = sent.map(|days| (start + Days::new(days)).to_string());
            let mut one = answer(&facts, state, on.as_deref());
            one.number = format!("PD-2026-{number:04}");
            if half == FeedbackHalf::References {
                one.dataset = "kode-referensi-jf-binaan".to_owned();
            }
            one.delivery_id = facts.deliveries[usize::from(second)].id;
            facts.answers.push(one);
        }
        let today = start + Days::new(shift);
        let all = obligations_of(&facts, today);
        for one in &all {
            prop_assert!(!(one.is_met() && one.is_overdue()));
            prop_assert!(one.halves.is_empty() || one.is_met() == one.halves.iter().all(|half| half.standing.is_in()));
            prop_assert!(one.is_met() || one.due.is_none_or(|due| !one.kind.is_owed() || one.is_overdue() == (due < today)));
        }
        let mut turned = facts.clone();
        let by = rotation.min(turned.answers.len());
        turned.answers.rotate_left(by);
        turned.statements.reverse();
        turned.deliveries.reverse();
        turned.clauses.reverse();
        prop_assert_eq!(all, obligations_of(&turned, today));
    }
}
