//! What a look-up begins with: people and units on record, and an Annex that
//! gives some of their fields.

use diesel::prelude::*;
use padan::agreements::{Agreement, Direction, Grant, GrantId, Population};
use padan::audit::SYSTEM;
use padan::platform::db::schema;
use padan::register::{self, Source};
use serde_json::Value;
use std::io::Cursor;

use super::TestApp;

/// The institution whose people the tests look up.
pub const OFFICE: &str = "00000000000000000000000000000B01";
/// Another one, outside the Annex.
pub const ELSEWHERE: &str = "00000000000000000000000000000B09";

/// The ID PNS of the `n`-th fictional person.
pub fn person_id(n: usize) -> String {
    format!("{n:032X}")
}

/// The NIP of the `n`-th fictional person, from 1 to 99.
pub fn person_nip(n: usize) -> String {
    format!("19850312200801{}9{n:02}", 1 + n % 2)
}

impl TestApp {
    /// Brings rows into the register, as an extract does.
    pub fn extract(&self, dataset: &str, head: &[&str], rows: &[Vec<String>]) {
        self.extract_of(dataset, None, head, rows);
    }

    /// The same; the extract shows the state of a day.
    pub fn extract_of(
        &self,
        dataset: &str,
        day: Option<&str>,
        head: &[&str],
        rows: &[Vec<String>],
    ) {
        let mut file = format!("{}\n", head.join(";"));
        for row in rows {
            file.push_str(&row.join(";"));
            file.push('\n');
        }
        let source = Source {
            dataset,
            file_name: "ekstrak.csv",
            as_of: day.map(|day| day.parse().unwrap()),
            complete: false,
            form_key: &uuid::Uuid::new_v4().to_string(),
            actor: SYSTEM,
        };
        let conn = &mut *self.db.connection().unwrap();
        let file = Cursor::new(file.into_bytes());
        let import = register::import(conn, &source, file, &self.clock, &mut |_| {}).unwrap();
        assert_eq!(import.rejected, 0, "{dataset}");
    }

    /// Puts the `n`-th fictional person of an institution on record.
    pub fn on_record(&self, n: usize, institution: &str) {
        let head = [
            "id_pns",
            "nip",
            "nama",
            "tanggal_lahir",
            "instansi_induk_id",
            "golongan_terakhir_id",
            "nomor_kontak",
        ];
        let row = vec![
            person_id(n),
            person_nip(n),
            format!("Pegawai Rekaan {n}"),
            "1985-03-12".to_owned(),
            institution.to_owned(),
            "42".to_owned(),
            format!("0812{n:08}"),
        ];
        self.extract("profil-pns", &head, &[row]);
    }

    /// Lets BKN give fields of a data set, of whom the population names (JSON).
    pub fn gives(&self, agreement: &Agreement, dataset: &str, fields: &[&str], people: &Value) {
        let population: Population = serde_json::from_value(people.clone()).unwrap();
        self.give(agreement, dataset, fields, population);
    }

    /// Rows of the tables that a look-up writes: looks, disclosures, persons,
    /// fetches.
    pub fn looks_kept(&self) -> [i64; 4] {
        let conn = &mut *self.db.connection().unwrap();
        [
            schema::lookups::table.count().get_result(conn).unwrap(),
            schema::disclosures::table.count().get_result(conn).unwrap(),
            schema::disclosed_people::table
                .count()
                .get_result(conn)
                .unwrap(),
            schema::disclosure_accesses::table
                .count()
                .get_result(conn)
                .unwrap(),
        ]
    }
}
