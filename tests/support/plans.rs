//! Plans of periodic deliveries, and records that count from a day.

use diesel::prelude::*;
use padan::agreements::Agreement;
use padan::platform::db::schema;
use padan::register::Record;
use serde_json::json;

use super::{Actor, TestApp, hidden, location};

impl TestApp {
    /// Person `n` retires on a day.
    pub fn retires(&self, n: usize, nip: &str, on: &str) {
        let id = format!("{n:032X}");
        let cells = json!({
            "id_pns": id, "nip": nip, "nama": format!("Pegawai Contoh {n}"),
            "nomor_pertek_pensiun": "PH-00001/2026", "tanggal_pertek_pensiun": "2026-03-17",
            "nomor_sk_pensiun": "882/PS-14/2026", "tanggal_sk_pensiun": "2026-04-20",
            "tmt_pensiun": on,
        });
        let record = Record {
            dataset: "pensiun".into(),
            record_key: format!("{id}|{on}"),
            id_pns: id,
            effective_on: Some(on.parse().unwrap()),
            cells: cells.to_string(),
        };
        diesel::insert_into(schema::register_records::table)
            .values(record)
            .execute(&mut *self.db.connection().unwrap())
            .unwrap();
    }

    /// What became of every period, in the order of their days.
    pub fn periods(&self) -> Vec<(String, String)> {
        use schema::delivery_periods::dsl;
        let conn = &mut *self.db.connection().unwrap();
        let rows: Vec<(chrono::NaiveDate, String)> = dsl::delivery_periods
            .order(dsl::due_on)
            .select((dsl::due_on, dsl::outcome))
            .load(conn)
            .unwrap();
        let named = |(day, outcome): (chrono::NaiveDate, String)| (day.to_string(), outcome);
        rows.into_iter().map(named).collect()
    }
}

/// The form of a plan with some fields changed.
pub async fn typed(
    staff: &Actor,
    agreement: &Agreement,
    changed: &[(&'static str, &str)],
) -> Vec<(&'static str, String)> {
    let page = staff.page(&form(agreement)).await;
    let mut fields = vec![
        ("kunci", hidden(&page, "kunci")),
        ("data", "pensiun".to_owned()),
        ("bulan", "1".to_owned()),
        ("tanggal", "25".to_owned()),
        ("cakupan", "months_ahead".to_owned()),
        ("pasal", "Lampiran angka II".to_owned()),
        ("mulai", staff_day(&page)),
    ];
    for (name, value) in changed {
        let field = fields.iter_mut().find(|(own, _)| own == name).unwrap();
        (*value).clone_into(&mut field.1);
    }
    fields
}

/// The day that the form proposes.
fn staff_day(page: &str) -> String {
    hidden(page, "mulai")
}

/// Where plans are entered.
pub fn form(agreement: &Agreement) -> String {
    format!("/perjanjian/{}/jadwal-penyerahan/baru", agreement.id)
}

/// Posts the form.
pub async fn enter(
    staff: &Actor,
    agreement: &Agreement,
    fields: &[(&'static str, String)],
) -> reqwest::Response {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    staff.post(&form(agreement), &fields).await
}

/// Enters a plan for retirements on the 25th; its address.
pub async fn planned(
    staff: &Actor,
    agreement: &Agreement,
    changed: &[(&'static str, &str)],
) -> String {
    let fields = typed(staff, agreement, changed).await;
    let answer = enter(staff, agreement, &fields).await;
    assert_eq!(answer.status(), 303);
    location(&answer)
}
