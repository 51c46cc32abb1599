//! What BKN publishes: grants to partners, people of the register, files.

use calamine::{Data, Reader, Xlsx};
use diesel::prelude::*;
use padan::agreements::{Agreement, Direction, Grant, GrantId, Population};
use padan::datasets::{self, Dataset};
use padan::platform::db::schema;
use padan::register::Profile;
use std::io::Cursor;

use super::{Actor, TestApp, hidden, location};

/// The institution that a population names.
pub const HOME: &str = "A5EB03E23C04F6A0E040640A040252AD";

/// Person `n` of an institution, with something in every field.
pub fn profile(n: usize, institution: &str) -> Profile {
    let text = |field: &str| Some(format!("MARKA {field} {n}"));
    let code = |field: usize| Some(format!("{:032X}", 0xABC_0000 + n * 100 + field));
    Profile {
        number: i32::try_from(n).unwrap(),
        id_pns: format!("{n:032X}"),
        nip: format!("19900101201501{:04}", 1900 + n % 8000),
        name: format!("Pegawai Contoh {n}"),
        birth_place: text("tempat_lahir"),
        birth_date: Some("1990-01-01".parse().unwrap()),
        sex: Some("M".into()),
        email: Some(format!("pegawai{n}@contoh.example")),
        appointed_on: Some("2016-04-01".parse().unwrap()),
        phone: Some(format!("+62 812 0000 {n:04}")),
        education_code: code(1),
        institution_code: institution.into(),
        workplace_code: Some(institution.into()),
        unit_code: code(2),
        position_kind: Some("2".into()),
        executive_code: code(3),
        position_code: code(4),
        place_code: code(5),
        rank_code: Some("42".into()),
    }
}

/// Those of HOME alone.
pub fn home_staff() -> Population {
    Population {
        institutions: Some(vec![HOME.parse().unwrap()]),
        ..Population::default()
    }
}

/// The data sets that BKN gives.
pub fn outgoing() -> impl Iterator<Item = &'static Dataset> {
    let all = datasets::all().unwrap().iter();
    all.filter(|dataset| dataset.direction == datasets::Direction::BknToPartner)
}

impl TestApp {
    /// People of the register.
    pub fn on_register(&self, people: impl IntoIterator<Item = Profile>) {
        let conn = &mut *self.db.connection().unwrap();
        for person in people {
            diesel::insert_into(schema::register_people::table)
                .values(person)
                .execute(conn)
                .unwrap();
        }
    }

    /// The grant of a data set.
    pub fn grant_of(&self, agreement: &Agreement, dataset: &str) -> GrantId {
        use schema::grants::dsl;
        dsl::grants
            .filter(dsl::agreement_id.eq(agreement.id))
            .filter(dsl::dataset.eq(dataset))
            .select(dsl::id)
            .first(&mut *self.db.connection().unwrap())
            .unwrap()
    }

    /// Grants fields of one of BKN's data sets.
    pub fn give(
        &self,
        agreement: &Agreement,
        dataset: &str,
        fields: &[&str],
        population: Population,
    ) {
        self.give_by(agreement, dataset, fields, (population, None));
    }

    /// As `give`; with an addendum, from its day on.
    pub fn give_by(
        &self,
        agreement: &Agreement,
        dataset: &str,
        fields: &[&str],
        (population, addendum): (Population, Option<&str>),
    ) {
        let from = addendum.map(|day| day.parse().unwrap());
        let grant = Grant {
            id: GrantId::generate(),
            agreement_id: agreement.id,
            dataset: dataset.into(),
            direction: Direction::BknToPartner,
            fields: Some(serde_json::to_string(fields).unwrap()),
            population,
            article: "Lampiran angka I".into(),
            page: Some(9),
            addendum: addendum.map(|day| format!("ADD/{day}")),
            valid_from: from.unwrap_or(agreement.signed_on),
        };
        diesel::insert_into(schema::grants::table)
            .values(&grant)
            .execute(&mut *self.db.connection().unwrap())
            .unwrap();
    }

    /// Publishes a data set by the form and has its file made; where the
    /// partner finds it.
    pub async fn published(&self, staff: &Actor, agreement: &Agreement, dataset: &str) -> String {
        let address = publish(staff, agreement, dataset).await;
        self.work().await;
        own(&address)
    }
}

/// Publishes a data set by the form; BKN's address of it.
pub async fn publish(staff: &Actor, agreement: &Agreement, dataset: &str) -> String {
    let form = format!("/perjanjian/{}/penyerahan/baru", agreement.id);
    let page = staff.page(&format!("{form}?data={dataset}")).await;
    let key = hidden(&page, "kunci");
    let fields = [("kunci", key.as_str()), ("data", dataset)];
    let answer = staff.post(&form, &fields).await;
    assert_eq!(answer.status(), 303, "{dataset}");
    location(&answer)
}

/// The partner's address of what stands under an address of BKN's.
pub fn own(address: &str) -> String {
    let parts: Vec<&str> = address.split('/').collect();
    format!("/data-bkn/{}/{}", parts[2], parts[4])
}

/// The header and rows of a CSV file.
pub fn rows(csv: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(csv);
    let rows = reader.records().map(|row| row.unwrap());
    rows.map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}

/// The rows of a sheet, every cell a text.
pub fn sheet(xlsx: Vec<u8>, name: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(xlsx)).unwrap();
    let range = book.worksheet_range(name).unwrap();
    let text = |cell: &Data| match cell {
        Data::String(text) => text.clone(),
        Data::Empty => String::new(),
        other => panic!("{other:?} is no text"),
    };
    range
        .rows()
        .map(|row| row.iter().map(text).collect())
        .collect()
}

/// What an address answers with 200.
pub async fn fetched(who: &Actor, address: &str) -> Vec<u8> {
    let answer = who.get(address).await;
    assert_eq!(answer.status(), 200, "{address}");
    answer.bytes().await.unwrap().to_vec()
}
