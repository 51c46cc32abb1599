//! Agreements as the demo records them, and what happens under them.

use chrono::NaiveDate;
use diesel::prelude::*;
use padan::accounts::{Account, AccountId};
use padan::agreements::{
    Agreement, AgreementId, Clause, ClauseId, Correspondent, CorrespondentId, FeedbackHalf,
};
use padan::deliveries::{Delivery, DeliveryId};
use padan::feedback::{Statement, StatementId};
use padan::institutions::Institution;
use padan::platform::clock::Moment;
use padan::platform::db::schema;
use padan::platform::files::FileId;
use padan::reports::{LetterId, Report, ReportDecision, ReportId, RequestLetter};
use padan::submissions::{Decision, Submission, SubmissionId, SubmissionVersion, VersionId};
use serde_json::Value;

use super::{TestApp, moment};

/// A date written as `2026-11-20`.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Nine in the morning of a day in Jakarta.
pub fn morning(text: &str) -> Moment {
    moment(&format!("{text}T02:00:00Z"))
}

/// The record of one of the five agreements, by its key in `demo/`.
pub fn recorded(key: &str) -> Value {
    let all: Value = serde_json::from_str(include_str!("../../demo/agreements.json")).unwrap();
    let all = all["agreements"].as_array().unwrap();
    all.iter().find(|one| one["key"] == key).unwrap().clone()
}

/// An agreement with the terms of one of the five.
pub fn agreement_like(key: &str, institution: &Institution) -> Agreement {
    let record = recorded(key);
    let text = |field: &str| record[field].as_str().unwrap().to_owned();
    Agreement {
        id: AgreementId::generate(),
        institution_id: institution.id,
        partner_number: text("partner_number"),
        bkn_number: text("bkn_number"),
        title: text("title"),
        signed_on: day(&text("signed_on")),
        term_months: record["term_months"].as_i64().unwrap().try_into().unwrap(),
        recorded_end: None,
        ended_on: None,
        text_complete: record["text_complete"].as_bool().unwrap(),
        succeeds_id: None,
        search_text: text("bkn_number").to_lowercase(),
        recorded_by: "uji".to_owned(),
        recorded_at: morning("2025-01-01"),
    }
}

/// The clauses of one of the five, for an agreement.
pub fn clauses_like(key: &str, agreement: &Agreement) -> Vec<Clause> {
    let record = recorded(key);
    let clauses = record["clauses"].as_array().unwrap();
    clauses
        .iter()
        .map(|clause| of_record(clause, agreement.id))
        .collect()
}

fn of_record(clause: &Value, agreement_id: AgreementId) -> Clause {
    let number = |field: &str| clause[field].as_i64().map(|n| n.try_into().unwrap());
    let text = |field: &str| clause[field].as_str().unwrap().to_owned();
    Clause {
        id: ClauseId::generate(),
        agreement_id,
        kind: text("kind").parse().unwrap(),
        amount: number("amount"),
        unit: clause["unit"].as_str().map(|word| word.parse().unwrap()),
        per_months: number("per_months"),
        anchor: clause["anchor"].as_str().map(|word| word.parse().unwrap()),
        side: clause["side"].as_str().map(|word| word.parse().unwrap()),
        article: text("article"),
        page: number("page"),
        summary: text("summary"),
        recorded_by: "uji".to_owned(),
        recorded_at: morning("2025-01-01"),
        checked_by: None,
        checked_at: None,
    }
}

/// Data received on a day.
pub fn delivery_on(agreement: AgreementId, received: &str) -> Delivery {
    Delivery {
        id: DeliveryId::generate(),
        agreement_id: agreement,
        description: "Profil PNS".to_owned(),
        received_on: day(received),
        evidence: "Log layanan".to_owned(),
        form_key: uuid::Uuid::new_v4().to_string(),
        recorded_by: "uji".to_owned(),
        recorded_at: morning(received),
    }
}

/// A statement of a day that the references of a delivery have no change, so
/// that its data alone decide.
pub fn no_reference_changed(delivery: DeliveryId, signed: &str) -> Statement {
    Statement {
        id: StatementId::generate(),
        delivery_id: delivery,
        half: FeedbackHalf::References,
        wording: "Tidak ada perubahan.".to_owned(),
        form_key: uuid::Uuid::new_v4().to_string(),
        signed_by: AccountId::generate(),
        signed_at: morning(signed),
    }
}

/// A request letter with the days on which it was sent, delivered and confirmed.
pub fn letter_on(agreement: AgreementId, days: [Option<&str>; 3]) -> RequestLetter {
    let [sent, delivered, confirmed] = days.map(|text| text.map(day));
    RequestLetter {
        id: LetterId::generate(),
        agreement_id: agreement,
        number: "UJI/001/SPL".to_owned(),
        sent_on: sent.unwrap(),
        delivered_on: delivered,
        confirmed_on: confirmed,
        form_key: uuid::Uuid::new_v4().to_string(),
        recorded_by: "uji".to_owned(),
        recorded_at: morning(days[0].unwrap()),
    }
}

impl TestApp {
    /// An agreement of a partner with the terms of one of the five, signed on a
    /// day, with its clauses and correspondents.
    pub fn agreement(&self, key: &str, partner: &Institution, signed_on: &str) -> Agreement {
        let conn = &mut *self.db.connection().unwrap();
        let mut agreement = agreement_like(key, partner);
        let count: i64 = schema::agreements::table.count().get_result(conn).unwrap();
        agreement.signed_on = day(signed_on);
        agreement.bkn_number = format!("UJI/{count}/HM.04.01");
        diesel::insert_into(schema::agreements::table)
            .values(&agreement)
            .execute(conn)
            .unwrap();
        for clause in clauses_like(key, &agreement) {
            diesel::insert_into(schema::clauses::table)
                .values(clause)
                .execute(conn)
                .unwrap();
        }
        for record in recorded(key)["correspondents"].as_array().unwrap() {
            let text = |field: &str| record[field].as_str().unwrap().to_owned();
            diesel::insert_into(schema::correspondents::table)
                .values(Correspondent {
                    id: CorrespondentId::generate(),
                    agreement_id: agreement.id,
                    side: text("side").parse().unwrap(),
                    office: text("office"),
                    email: text("email"),
                    article: text("article"),
                    valid_from: agreement.signed_on,
                    valid_until: None,
                })
                .execute(conn)
                .unwrap();
        }
        agreement
    }

    /// Data that the partner received on a day.
    pub fn delivery(&self, agreement: &Agreement, received: &str) -> Delivery {
        let delivery = delivery_on(agreement.id, received);
        diesel::insert_into(schema::deliveries::table)
            .values(&delivery)
            .execute(&mut *self.db.connection().unwrap())
            .unwrap();
        delivery
    }

    /// A request letter sent on a day, delivered and confirmed on the same.
    pub fn letter(&self, agreement: &Agreement, sent: &str) -> RequestLetter {
        let letter = letter_on(agreement.id, [Some(sent); 3]);
        diesel::insert_into(schema::request_letters::table)
            .values(&letter)
            .execute(&mut *self.db.connection().unwrap())
            .unwrap();
        letter
    }

    fn stored_file(&self) -> FileId {
        let id = FileId::generate();
        diesel::insert_into(schema::files::table)
            .values((
                schema::files::id.eq(id),
                schema::files::sha256.eq("0".repeat(64)),
                schema::files::size.eq(1_i64),
                schema::files::name.eq("berkas.csv"),
                schema::files::media_type.eq("text/csv"),
                schema::files::stored_at.eq(self.clock.now()),
            ))
            .execute(&mut *self.db.connection().unwrap())
            .unwrap();
        id
    }

    /// As `data_half`, with a statement of the same day that the references
    /// have no change: all that is owed.
    pub fn feedback(
        &self,
        delivery: &Delivery,
        pic: &Account,
        sent: &str,
        decision: Option<Decision>,
    ) -> Submission {
        let statement = Statement {
            signed_by: pic.id,
            ..no_reference_changed(delivery.id, sent)
        };
        diesel::insert_into(schema::feedback_statements::table)
            .values(&statement)
            .execute(&mut *self.db.connection().unwrap())
            .unwrap();
        self.data_half(delivery, pic, sent, decision)
    }

    /// A submission that answers a delivery, sent on a day and perhaps decided.
    pub fn data_half(
        &self,
        delivery: &Delivery,
        pic: &Account,
        sent: &str,
        decision: Option<Decision>,
    ) -> Submission {
        let file_id = self.stored_file();
        let conn = &mut *self.db.connection().unwrap();
        let count: i64 = schema::submissions::table.count().get_result(conn).unwrap();
        let at = morning(sent);
        let submission = Submission {
            id: SubmissionId::generate(),
            number: format!("PD-2026-{:04}", count + 1),
            institution_id: pic.institution_id,
            agreement_id: delivery.agreement_id,
            dataset: "riwayat-kursus".to_owned(),
            delivery_id: Some(delivery.id),
            created_by: pic.id,
            created_at: at,
        };
        diesel::insert_into(schema::submissions::table)
            .values(&submission)
            .execute(conn)
            .unwrap();
        let version = version_of(&submission, file_id, at, decision);
        diesel::insert_into(schema::submission_versions::table)
            .values(&version)
            .execute(conn)
            .unwrap();
        submission
    }

    /// A report that answers a letter, filed on a day and perhaps decided.
    pub fn report(
        &self,
        letter: &RequestLetter,
        pic: &Account,
        filed: &str,
        decision: Option<ReportDecision>,
    ) -> Report {
        let at = morning(filed);
        let report = Report {
            id: ReportId::generate(),
            agreement_id: letter.agreement_id,
            letter_id: letter.id,
            file_id: self.stored_file(),
            form_key: uuid::Uuid::new_v4().to_string(),
            note: String::new(),
            filed_by: pic.id,
            filed_at: at,
            decided_at: decision.map(|_| at),
            decided_by: decision.map(|_| pic.id),
            decision,
            decision_reason: None,
        };
        diesel::insert_into(schema::reports::table)
            .values(&report)
            .execute(&mut *self.db.connection().unwrap())
            .unwrap();
        report
    }
}

/// The first version of a submission, sent at a moment and perhaps decided.
pub fn version_of(
    submission: &Submission,
    file_id: FileId,
    at: Moment,
    decision: Option<Decision>,
) -> SubmissionVersion {
    let pic = submission.created_by;
    SubmissionVersion {
        id: VersionId::generate(),
        submission_id: submission.id,
        version: 1,
        file_id,
        form_key: uuid::Uuid::new_v4().to_string(),
        uploaded_by: pic,
        uploaded_at: at,
        rows_total: Some(12),
        rows_done: 12,
        rows_ready: 12,
        rows_warned: 0,
        rows_blocked: 0,
        check_started_at: Some(at),
        checked_at: Some(at),
        refusal: None,
        summary: None,
        cancelled_at: None,
        sent_at: Some(at),
        sent_by: Some(pic),
        sent_rows: Some(12),
        decided_at: decision.map(|_| at),
        decided_by: decision.map(|_| pic),
        decision,
        decision_reason: None,
        check_millis: None,
        merges_into: None,
        part_file_id: None,
        merge_report: None,
    }
}

/// A key as a form carries it.
pub fn form_key() -> String {
    uuid::Uuid::new_v4().to_string()
}

impl TestApp {
    /// Recipients of the mails of one kind, in order of their addresses.
    pub fn recipients(&self, kind: &str) -> Vec<String> {
        schema::mails::table
            .filter(schema::mails::kind.eq(kind))
            .select(schema::mails::recipient)
            .order(schema::mails::recipient)
            .load(&mut *self.db.connection().unwrap())
            .unwrap()
    }
}
