//! Fields that an Annex does not grant never leave by a look-up: every field of
//! every data set that BKN gives is filled with a mark, some are granted, and
//! no mark of the others is anywhere.

use diesel::prelude::*;
use padan::accounts::Role;
use padan::datasets::{self, Dataset, Direction, Field, Kind};
use padan::platform::db::schema;
use serde_json::json;

use super::{Scene, look};
use crate::support::lookups::{OFFICE, person_id, person_nip};

const WHO: usize = 5;
const OTHER: usize = 6;

/// What stands in a field, and how it may be shown.
struct Mark {
    value: String,
    shown: Vec<String>,
}

fn mark(at: usize, field: &Field, of_units: bool) -> Mark {
    let plain = |value: String| Mark {
        shown: vec![value.clone()],
        value,
    };
    match (field.name.as_str(), &field.kind) {
        ("id_pns", _) => plain(person_id(WHO)),
        ("nip", _) => plain(person_nip(WHO)),
        ("instansi_induk_id", _) => plain(OFFICE.to_owned()),
        ("instansi_kerja_id", _) if of_units => plain(OFFICE.to_owned()),
        (_, Kind::Id) => plain(format!("{:032X}", 0xABCD_0000 + at)),
        (_, Kind::Date { .. }) => {
            let year = 1961 + at;
            let shown = vec![format!("{year}-03-17"), format!("17 Maret {year}")];
            let value = format!("{year}-03-17");
            Mark { value, shown }
        }
        (_, Kind::Integer(_) | Kind::Decimal(_) | Kind::Year { .. }) => {
            plain((7_310_000 + at).to_string())
        }
        (name, _) => plain(format!("PENANDA{at}{}", name.replace('_', ""))),
    }
}

fn marks(dataset: &Dataset) -> Vec<(&str, Mark)> {
    let fields = dataset.fields.iter().enumerate();
    fields
        .map(|(at, field)| {
            let of_units = dataset.name == "unit-kerja";
            (field.name.as_str(), mark(at, field, of_units))
        })
        .collect()
}

/// Fields granted in turn: each half, every second one, all but one of them.
fn grants<'f>(fields: &[&'f str]) -> Vec<Vec<&'f str>> {
    let half = fields.len().div_ceil(2);
    let every = |first: usize| fields.iter().skip(first).step_by(2).copied().collect();
    let mut all = vec![
        fields[..half].to_vec(),
        fields[half..].to_vec(),
        every(0),
        every(1),
    ];
    for left_out in fields {
        all.push(
            fields
                .iter()
                .copied()
                .filter(|name| name != left_out)
                .collect(),
        );
    }
    all
}

fn grant(scene: &Scene, dataset: &str, fields: &[&str]) {
    let conn = &mut *scene.app.db.connection().unwrap();
    diesel::delete(schema::grants::table).execute(conn).unwrap();
    diesel::delete(schema::lookups::table)
        .execute(conn)
        .unwrap();
    let people = json!({ "institutions": [OFFICE] });
    scene.app.gives(&scene.agreement, dataset, fields, &people);
}

/// Everything that the trail holds.
fn trail(scene: &Scene) -> String {
    let rows: Vec<(String, String)> = schema::audit_events::table
        .select((
            schema::audit_events::detail,
            schema::audit_events::subject_id,
        ))
        .load(&mut *scene.app.db.connection().unwrap())
        .unwrap();
    rows.into_iter().map(|(a, b)| a + &b).collect()
}

fn outgoing() -> impl Iterator<Item = &'static Dataset> {
    let all = datasets::all().unwrap().iter();
    all.filter(|dataset| dataset.direction == Direction::BknToPartner)
}

#[actix_web::test]
async fn of_a_person_only_granted_fields_are_shown() {
    let scene = Scene::begin().await;
    scene.app.on_record(WHO, OFFICE);
    let mut seen = 0;
    for dataset in outgoing().filter(|dataset| dataset.is_about_people()) {
        let marks = marks(dataset);
        let names: Vec<&str> = marks.iter().map(|(name, _)| *name).collect();
        let row = marks.iter().map(|(_, mark)| mark.value.clone()).collect();
        scene.app.extract(&dataset.name, &names, &[row]);
        for granted in grants(&names) {
            if granted.is_empty() {
                continue;
            }
            grant(&scene, &dataset.name, &granted);
            let path = format!("/pencarian/{}/{}", scene.agreement.id, dataset.name);
            // Asked by the one number that may be told, or by either.
            let key = match granted.contains(&"id_pns") {
                true => person_id(WHO),
                false => person_nip(WHO),
            };
            let mut told = Vec::new();
            for key in [key, person_nip(OTHER), "bukan NIP".to_owned()] {
                told.push(look(&scene.pic, &path, &key).await.text().await.unwrap());
            }
            told.push(scene.pic.page(&path).await);
            told.push(scene.pic.page("/pencarian/riwayat").await);
            told.push(trail(&scene));
            for (name, mark) in &marks {
                let is_told =
                    |text: &&String| mark.shown.iter().any(|shown| text.contains(shown.as_str()));
                let place = format!("{}: {name} of {granted:?}", dataset.name);
                if granted.contains(name) {
                    // Of a photograph the register holds nothing.
                    let is_shown = is_told(&&told[0]);
                    assert_eq!(is_shown, *name != "foto", "{place}");
                } else {
                    assert_eq!(told.iter().find(is_told), None, "{place}");
                }
                seen += 1;
            }
        }
    }
    assert!(seen > 500, "{seen}");
}

#[actix_web::test]
async fn of_units_only_granted_fields_are_shown() {
    let scene = Scene::begin().await;
    let dataset = datasets::find("unit-kerja").unwrap();
    let marks = marks(dataset);
    let names: Vec<&str> = marks.iter().map(|(name, _)| *name).collect();
    let row = marks.iter().map(|(_, mark)| mark.value.clone()).collect();
    scene.app.extract("unit-kerja", &names, &[row]);
    let admin = scene.app.staff(Role::Admin).await;
    for granted in grants(&names) {
        grant(&scene, "unit-kerja", &granted);
        let path = format!("/unit-kerja/{}", scene.agreement.id);
        let page = scene.pic.page(&path).await;
        let file = scene
            .pic
            .page(&format!("{path}/unduh?instansi={OFFICE}"))
            .await;
        let usage = admin.page("/pencarian-mitra").await;
        for (name, mark) in &marks {
            // The institution's code is asked for, so it stands in the form.
            let is_asked_for = *name == "instansi_kerja_id";
            let is_granted = granted.contains(name);
            assert_eq!(file.contains(&mark.value), is_granted, "file: {name}");
            if !is_asked_for {
                assert_eq!(page.contains(&mark.value), is_granted, "page: {name}");
                assert!(!usage.contains(&mark.value), "{name}");
            }
        }
    }
}

/// What is about nobody and no unit is not looked up at all.
#[actix_web::test]
async fn other_data_sets_cannot_be_looked_into() {
    let scene = Scene::begin().await;
    for dataset in outgoing() {
        if dataset.is_about_people() || dataset.name == "unit-kerja" {
            continue;
        }
        let names: Vec<&str> = dataset.fields.iter().map(|one| one.name.as_str()).collect();
        grant(&scene, &dataset.name, &names);
        let path = format!("/pencarian/{}/{}", scene.agreement.id, dataset.name);
        assert_eq!(scene.pic.get(&path).await.status(), 404);
        let answer = look(&scene.pic, &path, &person_nip(1)).await;
        assert_eq!(answer.status(), 404, "{path}");
    }
}
