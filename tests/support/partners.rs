//! Agreements, letters and what they leave behind.

use chrono::NaiveDate;
use diesel::prelude::*;
use padan::agreements::{
    AgreementDetails, AgreementId, Anchor, ClauseDetails, ClauseId, ClauseKind,
    CorrespondentDetails, PartySide, Side, Terms, Unit, actions,
};
use padan::institutions::Institution;
use padan::platform::db::{self, schema};

use super::TestApp;

/// A mail in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostedMail {
    pub kind: String,
    pub recipient: String,
    pub subject: String,
    pub body: String,
}

/// A date written as `2026-11-20`.
fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The value of a hidden field on a page.
pub fn hidden(page: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let (_, rest) = page.split_once(&start).unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

impl TestApp {
    /// An agreement of three years with a partner, numbered after it.
    pub fn signed_agreement(&self, partner: &Institution, signed_on: &str) -> AgreementId {
        let details = AgreementDetails {
            partner_number: format!("1/{}", partner.short_name),
            bkn_number: format!("{signed_on}/{}", partner.short_name),
            title: "Pertukaran Data Contoh".to_owned(),
            signed_on: day(signed_on),
            term_months: 36,
            recorded_end: None,
            text_complete: true,
            succeeds_id: None,
        };
        let (id, now) = (partner.id, self.clock.now());
        let conn = &mut *self.db.connection().unwrap();
        db::transaction(conn, |conn| {
            actions::record(conn, id, details, "sistem", now)
        })
        .unwrap()
    }

    /// A clause that counts a length of time.
    pub fn clause(
        &self,
        of: AgreementId,
        kind: ClauseKind,
        (amount, unit): (i32, Unit),
        (side, anchor): (Side, Anchor),
    ) -> ClauseId {
        let details = ClauseDetails {
            kind,
            terms: Terms {
                amount: Some(amount),
                unit: Some(unit),
                per_months: None,
                anchor: Some(anchor),
                side: Some(side),
            },
            article: "Pasal 6 ayat (2)".to_owned(),
            page: Some(6),
            summary: "Isi klausul contoh.".to_owned(),
        };
        let now = self.clock.now();
        let conn = &mut *self.db.connection().unwrap();
        db::transaction(conn, |conn| {
            actions::add_clause(conn, of, details, "sistem", now)
        })
        .unwrap()
    }

    /// A correspondent of one side, from a day on.
    pub fn correspondent(&self, of: AgreementId, side: PartySide, email: &str, from: &str) {
        let details = CorrespondentDetails {
            side,
            office: format!("Kantor {email}"),
            email: email.to_owned(),
            article: "Pasal 8".to_owned(),
            valid_from: day(from),
        };
        let now = self.clock.now();
        let conn = &mut *self.db.connection().unwrap();
        db::transaction(conn, |conn| {
            actions::name_correspondent(conn, of, details, "sistem", now)
        })
        .unwrap();
    }

    /// What the trail says was done with agreements and what hangs on them, in order.
    pub fn deeds(&self) -> Vec<String> {
        let conn = &mut *self.db.connection().unwrap();
        let all: Vec<String> = schema::audit_events::table
            .order(schema::audit_events::sequence)
            .select(schema::audit_events::action)
            .load(conn)
            .unwrap();
        let own = ["institution.", "agreement.", "delivery.", "report."];
        all.into_iter()
            .filter(|action| own.iter().any(|start| action.starts_with(start)))
            .collect()
    }

    /// The facts of the latest event of a kind.
    pub fn detail(&self, action: &str) -> serde_json::Value {
        let conn = &mut *self.db.connection().unwrap();
        let text: String = schema::audit_events::table
            .filter(schema::audit_events::action.eq(action))
            .order(schema::audit_events::sequence.desc())
            .select(schema::audit_events::detail)
            .first(conn)
            .unwrap();
        serde_json::from_str(&text).unwrap()
    }

    /// The outbox, by recipient.
    pub fn posted_mails(&self) -> Vec<PostedMail> {
        let conn = &mut *self.db.connection().unwrap();
        let rows: Vec<(String, String, String, String)> = schema::mails::table
            .order((schema::mails::recipient, schema::mails::kind))
            .select((
                schema::mails::kind,
                schema::mails::recipient,
                schema::mails::subject,
                schema::mails::body_text,
            ))
            .load(conn)
            .unwrap();
        let mail = |(kind, recipient, subject, body)| PostedMail {
            kind,
            recipient,
            subject,
            body,
        };
        rows.into_iter().map(mail).collect()
    }

    /// How many files lie in the folder of stored files, part files too.
    pub fn files_on_disk(&self) -> usize {
        std::fs::read_dir(self.folder.path().join("files"))
            .unwrap()
            .count()
    }
}
