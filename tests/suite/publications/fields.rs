//! Of every data set that BKN gives, what the Annex does not grant and whom it
//! does not reach never leave in a file.

use super::NOW;
use crate::support::publications::{fetched, outgoing, own, profile, publish, rows, sheet};
use crate::support::{Actor, TestApp};
use diesel::prelude::*;
use padan::accounts::Role;
use padan::agreements::Population;
use padan::datasets::Dataset;
use padan::platform::db::schema;
use padan::references;
use padan::register::{Record, Unit};
use serde_json::{Map, Value};

/// Two regions of the lists that come with the program, so that both have a
/// regional inspectorate; the Annex names the first.
const HOME: &str = "F1C70000000000000000000000000002";
const FOREIGN: &str = "F1C70000000000000000000000000006";

/// Something in every field of every data set, of people within and outside.
fn fill(app: &TestApp) {
    let mut people = vec![profile(1, HOME), profile(2, FOREIGN)];
    people.iter_mut().for_each(|one| {
        (one.position_code, one.position_kind) = (None, Some("4".into()));
        one.unit_code = Some(unit(&one.institution_code));
    });
    app.on_register(people);
    let conn = &mut *app.db.connection().unwrap();
    references::load_embedded(conn, app.clock.now()).unwrap();
    for institution in [HOME, FOREIGN] {
        let unit = Unit {
            id: unit(institution),
            name: format!("Inspektorat MARKA unit_kerja {institution}"),
            institution_code: institution.into(),
            institution_name: Some("MARKA instansi".into()),
            parent: Some("MARKA unor_induk".into()),
            search_text: "inspektorat".into(),
        };
        diesel::insert_into(schema::register_units::table)
            .values(unit)
            .execute(conn)
            .unwrap();
    }
    for dataset in outgoing().filter(|one| one.is_about_people()) {
        for n in [1, 2] {
            diesel::insert_into(schema::register_records::table)
                .values(record(dataset, n))
                .execute(conn)
                .unwrap();
        }
    }
}

fn unit(institution: &str) -> String {
    institution.replace("F1C7", "FACE")
}

fn record(dataset: &Dataset, n: usize) -> Record {
    let cell = |name: &str| (name.to_owned(), Value::String(format!("MARKA {name} {n}")));
    let cells: Map<_, _> = dataset
        .fields
        .iter()
        .map(|field| cell(&field.name))
        .collect();
    Record {
        dataset: dataset.name.clone(),
        record_key: n.to_string(),
        id_pns: format!("{n:032X}"),
        effective_on: None,
        cells: Value::Object(cells).to_string(),
    }
}

fn home_staff() -> Population {
    Population {
        institutions: Some(vec![HOME.parse().unwrap()]),
        ..Population::default()
    }
}

/// What stands in the columns of `names` when everything is granted.
fn columns(all: &[Vec<String>], names: &[&str]) -> Vec<Vec<String>> {
    let place = |name: &&str| all[0].iter().position(|title| title == name).unwrap();
    let places: Vec<usize> = names.iter().map(place).collect();
    all.iter()
        .map(|row| places.iter().map(|at| row[*at].clone()).collect())
        .collect()
}

#[actix_web::test]
async fn of_every_data_set_only_granted_fields_of_people_within_reach_leave() {
    let app = TestApp::start(NOW).await;
    fill(&app);
    let admin = app.staff(Role::Admin).await;
    let mut seen = 0;
    for dataset in outgoing() {
        let mut names: Vec<&str> = dataset.fields.iter().map(|one| one.name.as_str()).collect();
        let whole = file(&app, &admin, dataset, &names).await;
        // Granted and not offered: the register holds no photographs.
        names.retain(|name| *name != "foto");
        assert_eq!(whole[0], names, "{}", dataset.name);
        assert!(whole.len() > 1, "{} has rows", dataset.name);
        let text = format!("{whole:?}");
        let stranger = format!("{:032X}", 2);
        let unit = unit(FOREIGN);
        for outside in [FOREIGN, &unit, &stranger, " 2\"", "Contoh 2", "Rawa"] {
            assert!(!text.contains(outside), "{}: {outside}", dataset.name);
        }
        for half in [0, 1] {
            let granted: Vec<&str> = names.iter().copied().skip(half).step_by(2).collect();
            let found = file(&app, &admin, dataset, &granted).await;
            assert_eq!(found[0], granted, "{}", dataset.name);
            assert_eq!(found, columns(&whole, &granted), "{}", dataset.name);
        }
        seen += 1;
    }
    assert_eq!(seen, 8, "every outgoing data set");
}

/// The rows of the file that a partner gets to whom these fields are granted,
/// without the columns of the source, the same in both forms. Nothing of them
/// stands on a page, in a mail or in the audit trail.
async fn file(
    app: &TestApp,
    admin: &Actor,
    dataset: &Dataset,
    granted: &[&str],
) -> Vec<Vec<String>> {
    let name = uuid::Uuid::new_v4().to_string();
    let partner = app.partner(&name);
    let agreement = app.agreement("itjen-kemendagri-2025", &partner, "2025-08-27");
    app.give(&agreement, &dataset.name, granted, home_staff());
    let pic = app.pic(&partner).await;
    let address = publish(admin, &agreement, &dataset.name).await;
    app.work().await;
    let mine = own(&address);
    let csv = rows(&fetched(&pic, &format!("{mine}/berkas.csv")).await);
    let xlsx = fetched(&pic, &format!("{mine}/berkas.xlsx")).await;
    let book = sheet(xlsx.clone(), "Data");
    assert_eq!(book, csv, "{}", dataset.name);
    let mut spoken = pic.page(&mine).await + &pic.page("/data-bkn").await;
    spoken += &sheet(xlsx, "Keterangan").concat().concat();
    spoken += &admin.page(&address).await;
    spoken += &app.audit_text();
    spoken.extend(app.posted_mails().iter().map(|mail| mail.body.as_str()));
    for leak in ["MARKA ", "Pegawai Contoh 1", "1990010120150"] {
        assert!(!spoken.contains(leak), "{}: {leak}", dataset.name);
    }
    let fields = |row: Vec<String>| row[..row.len() - 4].to_vec();
    csv.into_iter().map(fields).collect()
}
