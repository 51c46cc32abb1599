//! Rows mended and records entered in forms.

mod followed;
mod mending;
mod records;

use crate::support::submissions::{csv, doubtful_row, faulty_row, form_key, good_row};
use crate::support::{Actor, TestApp, location};
use diesel::prelude::*;
use padan::accounts::Role;
use padan::agreements::Agreement;
use padan::institutions::Institution;
use padan::platform::db::schema::{
    draft_cells, drafts, files, submission_versions as versions, submissions,
};

const NOW: &str = "2026-11-20T02:00:00Z";

struct Scene {
    app: TestApp,
    partner: Institution,
    agreement: Agreement,
    pic: Actor,
}

async fn scene() -> Scene {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    Scene {
        app,
        partner,
        agreement,
        pic,
    }
}

impl Scene {
    async fn checked(&self, rows: impl IntoIterator<Item = String>) -> String {
        self.app
            .checked(&self.pic, &self.agreement, csv(rows))
            .await
    }

    /// Finishes the draft of a place; the new version's address.
    async fn finished(&self, draft: &str) -> String {
        let id = self.draft_id();
        let answer = self
            .pic
            .post(&format!("{draft}/periksa"), &[("konsep", &id)])
            .await;
        assert_eq!(answer.status(), 303);
        let version = location(&answer);
        self.app.check_uploads().await;
        version
    }

    /// The draft that was begun last.
    fn draft_id(&self) -> String {
        let conn = &mut *self.app.db.connection().unwrap();
        drafts::table
            .select(drafts::id)
            .order(drafts::id.desc())
            .first(conn)
            .unwrap()
    }

    /// The deliveries that submissions answer.
    fn answered(&self) -> Vec<String> {
        let conn = &mut *self.app.db.connection().unwrap();
        let answered = submissions::table.select(submissions::delivery_id.assume_not_null());
        answered.load(conn).unwrap()
    }

    fn cells(&self) -> Vec<(i32, String, String)> {
        draft_cells::table
            .select((
                draft_cells::row_number,
                draft_cells::field,
                draft_cells::value,
            ))
            .order((draft_cells::row_number, draft_cells::field))
            .load(&mut *self.app.db.connection().unwrap())
            .unwrap()
    }
}

/// A course of the `n`-th person as a form holds it, with some fields otherwise.
fn typed<'a>(n: usize, others: &[(&'a str, &'a str)]) -> Vec<(&'a str, String)> {
    let row = good_row(n);
    let names = [
        "isi.id_pns",
        "isi.nip",
        "isi.instansi_id",
        "isi.nama_kursus",
        "isi.jumlah_jam",
        "isi.tanggal_kursus",
        "isi.tahun_kursus",
        "isi.institusi_penyelenggara",
        "isi.nomor_sertifikat",
    ];
    let mut fields: Vec<(&str, String)> = names
        .into_iter()
        .zip(row.split(',').map(str::to_owned))
        .collect();
    for (name, value) in others {
        fields.retain(|(other, _)| other != name);
        fields.push((name, (*value).to_owned()));
    }
    fields
}

async fn save(who: &Actor, form: &str, fields: Vec<(&str, String)>) -> reqwest::Response {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    who.post(form, &fields).await
}
