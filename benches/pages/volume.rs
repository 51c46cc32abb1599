//! Fills the tables: three years of 640 partners.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use padan::accounts::{Account, Role};
use padan::agreements::{Agreement, Clause, Direction, Grant, GrantId};
use padan::deliveries::Delivery;
use padan::institutions::Institution;
use padan::per_backend;
use padan::platform::clock::Moment;
use padan::platform::db::{DbConn, schema, transaction};
use padan::platform::files::FileId;
use padan::reports::{Report, ReportDecision, ReportId};
use padan::submissions::{Decision, Submission, SubmissionId, SubmissionVersion};
use padan::suspensions::{Suspension, SuspensionId};
use serde_json::json;

use crate::support::duties::{
    agreement_like, clauses_like, day, delivery_on, letter_on, morning, version_of,
};
use crate::support::submissions::form_key;
use crate::traces::{self, MAIL};

/// Partners, a hundred times those of the demonstration.
pub const PARTNERS: usize = 640;
/// Deliveries a partner: one every quarter, for three years.
const DELIVERIES: usize = 12;
/// Letters a partner: two a year.
const LETTERS: usize = 6;
/// Rows of a version.
const ROWS: i32 = 12;
/// The five forms of agreement.
const FORMS: [&str; 5] = [
    "lan-2019",
    "setneg-2022",
    "bps-2023",
    "lan-2025",
    "itjen-kemendagri-2025",
];

/// Inserts many rows, a few hundred a statement.
macro_rules! insert_all {
    ($conn:expr, $table:expr, $rows:expr) => {
        per_backend!($conn, |conn| for chunk in $rows.chunks(500) {
            diesel::insert_into($table)
                .values(chunk)
                .execute(conn)
                .unwrap();
        })
    };
}

/// Everything of one partner, kept until it is written.
#[derive(Default)]
pub struct Volume {
    institutions: Vec<Institution>,
    accounts: Vec<Account>,
    agreements: Vec<Agreement>,
    clauses: Vec<Clause>,
    grants: Vec<Grant>,
    deliveries: Vec<Delivery>,
    submissions: Vec<Submission>,
    versions: Vec<SubmissionVersion>,
    letters: Vec<padan::reports::RequestLetter>,
    reports: Vec<Report>,
    suspensions: Vec<Suspension>,
    files: Vec<FileId>,
}

impl Volume {
    /// A new partner and everything of it.
    pub fn add_partner(&mut self, number: usize, now: Moment) {
        let name = format!("Instansi Ukur {number:03}");
        let partner = Institution::partner(&name, &format!("IU {number:03}"), None, now);
        self.add(&partner, number, now);
        self.institutions.push(partner);
    }

    /// The people, agreements and three years of duties of partner `number`.
    pub fn add(&mut self, partner: &Institution, number: usize, now: Moment) {
        let people = [Role::LeadPic, Role::Pic, Role::Observer];
        for (place, role) in people.into_iter().enumerate() {
            self.person(partner, role, number * 3 + place, now);
        }
        let form = FORMS[number % FORMS.len()];
        if number.is_multiple_of(2) {
            self.agreement(form, partner, number, "2021-03-01");
        }
        let signed = if number.is_multiple_of(9) {
            "2023-12-10"
        } else {
            "2024-01-08"
        };
        let agreement = self.agreement(form, partner, PARTNERS + number, signed);
        for quarter in 0..DELIVERIES {
            self.quarter(&agreement, number, quarter);
        }
        for half in 0..LETTERS {
            self.half_year(&agreement, number, half);
        }
        if number.is_multiple_of(40) {
            self.suspensions.push(suspension(&agreement));
        }
    }

    /// The last agreement of a partner.
    fn agreement_of(&self, partner: &Institution) -> &Agreement {
        let mut own = self.agreements.iter();
        own.rfind(|one| one.institution_id == partner.id).unwrap()
    }

    /// What stands for the parameters of an address, among a partner's affairs.
    pub fn places(&self, partner: &Institution) -> Vec<(&'static str, String)> {
        let agreement = self.agreement_of(partner).id;
        let clause = self
            .clauses
            .iter()
            .find(|one| one.agreement_id == agreement);
        let letter = self
            .letters
            .iter()
            .find(|one| one.agreement_id == agreement);
        let report = self
            .reports
            .iter()
            .find(|one| one.agreement_id == agreement);
        let submission = self
            .submissions
            .iter()
            .find(|one| one.agreement_id == agreement);
        let account = self
            .accounts
            .iter()
            .find(|one| one.institution_id == partner.id);
        vec![
            ("/instansi/{id}", format!("/instansi/{}", partner.id)),
            ("/perjanjian/{id}", format!("/perjanjian/{agreement}")),
            ("/pks/{id}", format!("/pks/{agreement}")),
            (
                "{agreement}/{dataset}",
                format!("{agreement}/riwayat-kursus"),
            ),
            ("{clause}", clause.unwrap().id.to_string()),
            ("{letter}", letter.unwrap().id.to_string()),
            ("{report}", report.unwrap().id.to_string()),
            ("{account}", account.unwrap().id.to_string()),
            ("/surel/{id}", format!("/surel/{MAIL}")),
            ("{submission}", submission.unwrap().id.to_string()),
            ("{n}", "1".to_owned()),
            ("{name:.*}", "portal.css".to_owned()),
        ]
    }

    fn person(&mut self, partner: &Institution, role: Role, number: usize, now: Moment) {
        let nip = format!("19850101201001{}{number:03}", 1 + number / 1000);
        let name = format!("Orang Contoh {number}");
        let email = format!("orang{number}@contoh.example");
        let mut account = Account::new(partner.id, &nip, &name, &email, role, now);
        account.confidentiality_accepted_at = Some(now);
        self.accounts.push(account);
    }

    fn agreement(
        &mut self,
        form: &str,
        partner: &Institution,
        number: usize,
        signed: &str,
    ) -> Agreement {
        let mut agreement = agreement_like(form, partner);
        agreement.bkn_number = format!("UJI/{number}/HM.04.01");
        agreement.search_text = agreement.bkn_number.to_lowercase();
        agreement.signed_on = day(signed);
        self.clauses.extend(clauses_like(form, &agreement));
        self.grants.push(Grant {
            population: padan::agreements::Population::default(),
            addendum: None,
            id: GrantId::generate(),
            agreement_id: agreement.id,
            dataset: "riwayat-kursus".to_owned(),
            direction: Direction::PartnerToBkn,
            fields: None,
            article: "Lampiran API 1".to_owned(),
            page: None,
            valid_from: agreement.signed_on,
        });
        self.agreements.push(agreement.clone());
        agreement
    }

    /// A delivery and its answer; the last of some is still owed.
    fn quarter(&mut self, agreement: &Agreement, number: usize, quarter: usize) {
        let received = after("2024-02-01", quarter * 85);
        let delivery = delivery_on(agreement.id, &received);
        let is_last = quarter + 1 == DELIVERIES;
        if !(is_last && number.is_multiple_of(3)) {
            let answered = after("2024-02-20", quarter * 85);
            let is_decided = !is_last && !number.is_multiple_of(7);
            self.answer(&delivery, agreement, &answered, is_decided);
        }
        self.deliveries.push(delivery);
    }

    /// A submission whose first version was returned every other time.
    fn answer(&mut self, delivery: &Delivery, agreement: &Agreement, on: &str, is_decided: bool) {
        let Some(pic) = self.accounts.last().map(|account| account.id) else {
            return;
        };
        let submission = Submission {
            id: SubmissionId::generate(),
            number: format!("PD-2026-{:04}", self.submissions.len() + 1),
            institution_id: agreement.institution_id,
            agreement_id: agreement.id,
            dataset: "riwayat-kursus".to_owned(),
            delivery_id: Some(delivery.id),
            created_by: pic,
            created_at: morning(on),
        };
        let last = 1 + i32::from(self.submissions.len().is_multiple_of(2));
        for version in 1..=last {
            let decision = match (version == last, is_decided) {
                (false, _) => Some(Decision::Returned),
                (true, true) => Some(Decision::TakenOver),
                (true, false) => None,
            };
            let file = FileId::generate();
            self.files.push(file);
            let mut one = version_of(&submission, file, morning(on), decision);
            one.version = version;
            self.versions.push(one);
        }
        self.submissions.push(submission);
    }

    /// A letter and the report to it; the last of some is still owed.
    fn half_year(&mut self, agreement: &Agreement, number: usize, half: usize) {
        let sent = after("2024-01-20", half * 180);
        let mut letter = letter_on(agreement.id, [Some(&sent); 3]);
        letter.number = format!("UJI/{}/SPL", self.letters.len() + 1);
        let is_last = half + 1 == LETTERS;
        if !(is_last && number.is_multiple_of(4)) {
            let (at, file_id) = (morning(&sent), FileId::generate());
            let Some(pic) = self.accounts.last().map(|account| account.id) else {
                return;
            };
            let decision = (!is_last).then_some(ReportDecision::Accepted);
            self.files.push(file_id);
            self.reports.push(Report {
                id: ReportId::generate(),
                agreement_id: agreement.id,
                letter_id: letter.id,
                file_id,
                form_key: form_key(),
                note: String::new(),
                filed_by: pic,
                filed_at: at,
                decided_at: decision.map(|_| at),
                decided_by: decision.map(|_| pic),
                decision,
                decision_reason: None,
            });
        }
        self.letters.push(letter);
    }

    /// Writes all of it in one transaction.
    pub fn write(&self, conn: &mut DbConn, now: Moment) {
        transaction(conn, |conn| {
            insert_all!(conn, schema::institutions::table, self.institutions);
            insert_all!(conn, schema::accounts::table, self.accounts);
            insert_all!(conn, schema::agreements::table, self.agreements);
            insert_all!(conn, schema::clauses::table, self.clauses);
            insert_all!(conn, schema::grants::table, self.grants);
            insert_all!(conn, schema::deliveries::table, self.deliveries);
            self.write_files(conn, now);
            insert_all!(conn, schema::submissions::table, self.submissions);
            insert_all!(conn, schema::submission_versions::table, self.versions);
            insert_all!(conn, schema::request_letters::table, self.letters);
            insert_all!(conn, schema::reports::table, self.reports);
            insert_all!(conn, schema::suspensions::table, self.suspensions);
            self.write_rows(conn);
            traces::write_mails(conn, &self.institutions, now);
            traces::write_trail(
                conn,
                (&self.institutions, &self.accounts, &self.submissions),
                now,
            );
            QueryResult::Ok(())
        })
        .unwrap();
    }

    fn write_files(&self, conn: &mut DbConn, now: Moment) {
        use schema::files;
        let rows = self.files.iter().map(|id| {
            (
                files::id.eq(*id),
                files::sha256.eq(format!("{id:0>64}")),
                files::size.eq(48_000_i64),
                files::name.eq("berkas.csv"),
                files::media_type.eq("text/csv"),
                files::stored_at.eq(now),
            )
        });
        let rows: Vec<_> = rows.collect();
        for chunk in rows.chunks(500) {
            let chunk = chunk.to_vec();
            per_backend!(conn, |conn| {
                diesel::insert_into(files::table)
                    .values(chunk)
                    .execute(conn)
                    .unwrap();
            });
        }
    }

    fn write_rows(&self, conn: &mut DbConn) {
        use schema::submission_rows as rows;
        let cells = json!([
            "0000000000000000000000000000AB01",
            null,
            "00000000000000000000000000000B01",
            "Pelatihan Contoh",
            "40",
            "2026-03-17",
            "2026",
            "Lembaga Contoh",
            "SERT/1/2026"
        ]);
        let cells = cells.to_string();
        for versions in self.versions.chunks(40) {
            let all = versions
                .iter()
                .flat_map(|version| (2..2 + ROWS).map(move |row| (version.id, row)));
            let all = all.map(|(version, row)| {
                (
                    rows::version_id.eq(version),
                    rows::row_number.eq(row),
                    rows::cells.eq(cells.clone()),
                    rows::verdict.eq("ready"),
                )
            });
            let all: Vec<_> = all.collect();
            per_backend!(conn, |conn| {
                diesel::insert_into(rows::table)
                    .values(all)
                    .execute(conn)
                    .unwrap();
            });
        }
    }
}

/// A day so many days later.
fn after(start: &str, days: usize) -> String {
    let start: NaiveDate = day(start);
    (start + Days::new(days as u64)).to_string()
}

fn suspension(agreement: &Agreement) -> Suspension {
    Suspension {
        id: SuspensionId::generate(),
        agreement_id: agreement.id,
        institution_id: agreement.institution_id,
        article: "Pasal 8 ayat (1)".to_owned(),
        reason: "Data balikan belum diterima.".to_owned(),
        memo_number: "ND-1/UJI".to_owned(),
        internal_note: String::new(),
        form_key: form_key(),
        started_at: morning("2026-10-01"),
        started_by: "uji".to_owned(),
        ended_at: None,
        ended_by: None,
        end_reason: None,
        end_memo_number: None,
        end_note: None,
        end_form_key: None,
    }
}
