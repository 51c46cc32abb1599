//! Head counts of internal auditors: who is counted, as what, and where.

use super::{HOME, NOW};
use crate::support::publications::{fetched, own, profile, publish, rows};
use crate::support::{Actor, TestApp};
use diesel::prelude::*;
use padan::accounts::Role;
use padan::agreements::{Agreement, Population};
use padan::platform::db::schema;
use padan::references;
use padan::register::{Profile, Unit};

/// Two regions and a ministry of the lists that come with the program.
const SUKAMAJU: &str = "F1C70000000000000000000000000002";
const RAWA: &str = "F1C70000000000000000000000000006";
const MINISTRY: &str = "F1C70000000000000000000000000003";

const AUDITOR_MUDA: &str = "A5EB03E23EB9F6A0E040640A040252AD";
const AUDITOR_TERAMPIL: &str = "A5EB03E23F15F6A0E040640A040252AD";
const PPUPD_MUDA: &str = "FF80808135AD75000135BCF4E80B769C";
/// Pengawas Pemerintahan Muda, the earlier name of PPUPD.
const FORMER_MUDA: &str = "FF8080813DCF9559013DD92C3838769E";
/// An auditor of personnel matters, who is no APIP.
const PERSONNEL_AUDITOR: &str = "DF2D7C0F65F63B9AE050640AF1085DBA";
const STATISTICIAN: &str = "A5EB03E23FA7F6A0E040640A040252AD";

struct Scene {
    app: TestApp,
    admin: Actor,
    pic: Actor,
    agreement: Agreement,
    people: usize,
}

impl Scene {
    async fn begin(population: Population) -> Self {
        let app = TestApp::start(NOW).await;
        let now = app.clock.now();
        references::load_embedded(&mut app.db.connection().unwrap(), now).unwrap();
        let partner = app.partner("Itjen Contoh");
        let agreement = app.agreement("itjen-kemendagri-2025", &partner, "2025-08-27");
        let fields = [
            "inspektorat_daerah",
            "inspektorat_pembantu",
            "kategori",
            "jenjang",
            "jumlah",
        ];
        app.give(&agreement, "agregat-apip", &fields, population);
        Self {
            admin: app.staff(Role::Admin).await,
            pic: app.pic(&partner).await,
            app,
            agreement,
            people: 0,
        }
    }

    /// A unit of an institution, and its ID.
    fn unit(&self, institution: &str, name: &str) -> String {
        let id = uuid::Uuid::new_v4().simple().to_string().to_uppercase();
        let unit = Unit {
            id: id.clone(),
            name: name.into(),
            institution_code: institution.into(),
            institution_name: None,
            parent: Some("Inspektorat Daerah".into()),
            search_text: format!("{id} {name}").to_lowercase(),
        };
        diesel::insert_into(schema::register_units::table)
            .values(unit)
            .execute(&mut *self.app.db.connection().unwrap())
            .unwrap();
        id
    }

    /// `count` persons of a unit with this kind of position and position.
    fn staff(&mut self, count: usize, unit: &str, (kind, position): (&str, Option<&str>)) {
        let people = (0..count).map(|offset| Profile {
            unit_code: Some(unit.to_owned()),
            position_kind: Some(kind.to_owned()),
            position_code: position.map(str::to_owned),
            ..profile(self.people + offset + 1, SUKAMAJU)
        });
        self.app.on_register(people.collect::<Vec<_>>());
        self.people += count;
    }

    /// The rows that the partner gets.
    async fn given(&self) -> Vec<Vec<String>> {
        let address = publish(&self.admin, &self.agreement, "agregat-apip").await;
        self.app.work().await;
        let file = fetched(&self.pic, &format!("{}/berkas.csv", own(&address))).await;
        let rows = rows(&file).into_iter().skip(1);
        rows.map(|row| row[..5].to_vec()).collect()
    }
}

#[actix_web::test]
async fn each_inspectorate_is_counted_by_itself_whatever_its_unit_is_called() {
    let mut scene = Scene::begin(Population::default()).await;
    let (one, other) = (
        scene.unit(SUKAMAJU, "Inspektorat Daerah"),
        scene.unit(RAWA, "Inspektorat Daerah"),
    );
    let part = scene.unit(RAWA, "Inspektorat Pembantu I");
    scene.staff(3, &one, ("2", Some(AUDITOR_MUDA)));
    scene.staff(2, &other, ("2", Some(AUDITOR_MUDA)));
    scene.staff(1, &part, ("2", Some(AUDITOR_TERAMPIL)));
    let rawa = "Inspektorat Kabupaten Rawa Permai";
    assert_eq!(
        scene.given().await,
        [
            [rawa, "", "Auditor", "Ahli Muda", "2"],
            [rawa, "Inspektorat Pembantu I", "Auditor", "Terampil", "1"],
            ["Inspektorat Kota Sukamaju", "", "Auditor", "Ahli Muda", "3"],
        ]
    );
}

#[actix_web::test]
async fn only_internal_auditors_and_executives_are_counted_under_today_s_names() {
    let mut scene = Scene::begin(Population::default()).await;
    let unit = scene.unit(SUKAMAJU, "Inspektorat");
    // The head of the inspectorate and its secretary.
    scene.staff(2, &unit, ("1", None));
    scene.staff(4, &unit, ("4", None));
    scene.staff(2, &unit, ("2", Some(PPUPD_MUDA)));
    scene.staff(3, &unit, ("2", Some(FORMER_MUDA)));
    scene.staff(1, &unit, ("2", Some(PERSONNEL_AUDITOR)));
    scene.staff(1, &unit, ("2", Some(STATISTICIAN)));
    let seat = "Inspektorat Kota Sukamaju";
    assert_eq!(
        scene.given().await,
        [
            [seat, "", "PPUPD", "Ahli Muda", "5"],
            [seat, "", "Pelaksana", "", "4"],
        ]
    );
}

#[actix_web::test]
async fn a_ministry_has_no_regional_inspectorate() {
    let mut scene = Scene::begin(Population::default()).await;
    let central = scene.unit(MINISTRY, "Inspektorat Jenderal");
    let of_lan = scene.unit(HOME, "Inspektorat");
    let regional = scene.unit(RAWA, "Inspektorat");
    scene.staff(5, &central, ("2", Some(AUDITOR_MUDA)));
    scene.staff(5, &of_lan, ("2", Some(AUDITOR_MUDA)));
    scene.staff(1, &regional, ("2", Some(AUDITOR_MUDA)));
    let rows = scene.given().await;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0][0], "Inspektorat Kabupaten Rawa Permai");
}
