//! What a submission begins with: an agreement that lets a data set be sent,
//! files to send, and the check itself.

use chrono::NaiveDate;
use diesel::prelude::*;
use padan::agreements::{Agreement, AgreementId, Direction, Grant, GrantId, Population};
use padan::institutions::Institution;
use padan::platform::db::schema;
use padan::submissions;

use super::{Actor, TestApp, location};

/// BKN's reference ID of the institution that sends, in every test.
pub const SENDER: &str = "00000000000000000000000000000B01";

/// The columns of `riwayat-kursus`.
pub const HEAD: &str = "id_pns,nip,instansi_id,nama_kursus,jumlah_jam,tanggal_kursus,tahun_kursus,institusi_penyelenggara,nomor_sertifikat";

/// A course of the `n`-th fictional person, without a fault.
pub fn good_row(n: usize) -> String {
    format!(
        "{n:032X},,{SENDER},Pelatihan Contoh {n},40,2026-03-17,2026,Lembaga Contoh,SERT/{n}/2026"
    )
}

/// As [`good_row`], but without the required name of the course.
pub fn faulty_row(n: usize) -> String {
    good_row(n).replace(&format!("Pelatihan Contoh {n}"), "")
}

/// As [`good_row`], but unusually long: a warning.
pub fn doubtful_row(n: usize) -> String {
    good_row(n).replace(",40,", ",1200,")
}

/// A file with these rows.
pub fn csv(rows: impl IntoIterator<Item = String>) -> Vec<u8> {
    let mut text = format!("{HEAD}\n");
    for row in rows {
        text.push_str(&row);
        text.push('\n');
    }
    text.into_bytes()
}

/// A UUID for a form, new each time.
pub fn form_key() -> String {
    uuid::Uuid::new_v4().to_string()
}

impl TestApp {
    /// A partner with the reference ID [`SENDER`].
    pub fn sender(&self, name: &str) -> Institution {
        let partner = self.partner(name);
        diesel::update(schema::institutions::table.find(partner.id))
            .set(schema::institutions::reference_code.eq(SENDER))
            .execute(&mut *self.db.connection().unwrap())
            .unwrap();
        partner
    }

    /// An agreement of a partner in the form of LAN 2025, which lets it send
    /// `riwayat-kursus`.
    pub fn sending_agreement(&self, partner: &Institution) -> Agreement {
        let id = AgreementId::generate();
        let number = format!("{}/HM.04.01/2025", &id.to_string()[24..]);
        let agreement = Agreement {
            id,
            institution_id: partner.id,
            partner_number: "4/CONTOH/2025".to_owned(),
            bkn_number: number.clone(),
            title: "Pertukaran data contoh".to_owned(),
            signed_on: NaiveDate::from_ymd_opt(2025, 5, 7).unwrap(),
            term_months: 36,
            recorded_end: None,
            ended_on: None,
            text_complete: true,
            succeeds_id: None,
            search_text: number,
            recorded_by: "sistem".to_owned(),
            recorded_at: self.clock.now(),
        };
        let grant = Grant {
            id: GrantId::generate(),
            agreement_id: agreement.id,
            dataset: "riwayat-kursus".to_owned(),
            direction: Direction::PartnerToBkn,
            fields: None,
            population: Population::default(),
            article: "Lampiran API 1".to_owned(),
            page: None,
            addendum: None,
            valid_from: agreement.signed_on,
        };
        let conn = &mut *self.db.connection().unwrap();
        diesel::insert_into(schema::agreements::table)
            .values(&agreement)
            .execute(conn)
            .unwrap();
        diesel::insert_into(schema::grants::table)
            .values(&grant)
            .execute(conn)
            .unwrap();
        agreement
    }

    /// Does every check that waits.
    pub async fn check_uploads(&self) {
        let storage = &self.parts.config.storage;
        while submissions::check_next(&self.db, &self.clock, storage)
            .await
            .unwrap()
        {}
    }

    /// Uploads and checks a file of `riwayat-kursus`; the version's address.
    pub async fn checked(&self, pic: &Actor, agreement: &Agreement, file: Vec<u8>) -> String {
        let form = format!("/pengiriman/baru/{}/riwayat-kursus", agreement.id);
        let key = form_key();
        let answer = pic
            .upload(&form, "kursus.csv", file, &[("kunci", &key)])
            .await;
        assert_eq!(answer.status(), 303);
        self.check_uploads().await;
        location(&answer)
    }

    /// Uploads, checks and sends good rows; the version's address.
    pub async fn sent(&self, pic: &Actor, agreement: &Agreement, rows: usize) -> String {
        let file = csv((1..=rows).map(good_row));
        let version = self.checked(pic, agreement, file).await;
        let answer = pic
            .post(&format!("{version}/kirim"), &[("pernyataan", "ya")])
            .await;
        assert_eq!(answer.status(), 303);
        version
    }

    /// Mails in the outbox: kind and recipient, the first first.
    pub fn posted(&self) -> Vec<(String, String)> {
        schema::mails::table
            .select((schema::mails::kind, schema::mails::recipient))
            .order(schema::mails::id)
            .load(&mut *self.db.connection().unwrap())
            .unwrap()
    }

    /// Actions of the audit trail that begin so, the first first.
    pub fn trail(&self, prefix: &str) -> Vec<String> {
        schema::audit_events::table
            .filter(schema::audit_events::action.like(format!("{prefix}%")))
            .select(schema::audit_events::action)
            .order(schema::audit_events::sequence)
            .load(&mut *self.db.connection().unwrap())
            .unwrap()
    }

    /// How many rows of a table there are, for tests that nothing was written.
    pub fn versions_stored(&self) -> i64 {
        schema::submission_versions::table
            .count()
            .get_result(&mut *self.db.connection().unwrap())
            .unwrap()
    }
}
