//! Searching the units of an institution, through HTTP.

use serde_json::{Value, json};

use super::Scene;
use crate::support::lookups::{ELSEWHERE, OFFICE};

const HEAD: [&str; 4] = [
    "unit_kerja_id",
    "unit_kerja",
    "instansi_kerja_id",
    "unor_induk",
];
const ALL: [&str; 3] = ["unit_kerja_id", "unit_kerja", "unor_induk"];

fn unit(n: usize, name: &str, of: &str) -> Vec<String> {
    let id = format!("{:032X}", 0xF000 + n);
    vec![id, name.to_owned(), of.to_owned(), "Sekretariat".to_owned()]
}

/// 60 units of the office and one elsewhere.
async fn with_units(fields: &[&str], people: &Value) -> (Scene, String) {
    let scene = Scene::begin().await;
    scene
        .app
        .gives(&scene.agreement, "unit-kerja", fields, people);
    let name = |n: usize| format!("Bidang Contoh {n:02}");
    let mut rows: Vec<_> = (1..60).map(|n| unit(n, &name(n), OFFICE)).collect();
    rows.push(unit(60, "=HYPERLINK(0)", OFFICE));
    rows.push(unit(61, "Bidang Lain", ELSEWHERE));
    scene.app.extract("unit-kerja", &HEAD, &rows);
    let path = format!("/unit-kerja/{}", scene.agreement.id);
    (scene, path)
}

#[actix_web::test]
async fn the_only_institution_of_the_annex_is_opened_at_once_page_by_page() {
    let (scene, path) = with_units(&ALL, &json!({ "institutions": [OFFICE] })).await;
    let page = scene.pic.page(&path).await;
    assert!(page.contains("60 unit kerja"));
    assert!(page.contains("Bidang Contoh 01") && !page.contains("Bidang Contoh 59"));
    let next = scene
        .pic
        .page(&format!("{path}?instansi={OFFICE}&hal=2"))
        .await;
    assert!(next.contains("Bidang Contoh 59"));
    let found = scene
        .pic
        .page(&format!("{path}?instansi={OFFICE}&cari=contoh+07"))
        .await;
    assert!(found.contains("1 unit kerja") && found.contains("Bidang Contoh 07"));
    let none = scene
        .pic
        .page(&format!("{path}?instansi={OFFICE}&cari=%25"))
        .await;
    assert!(none.contains("Tidak ada unit kerja yang cocok"));
    assert_eq!(scene.app.recorded("lookup."), ["lookup.units_searched"; 4]);
}

#[actix_web::test]
async fn an_institution_outside_the_annex_is_not_there() {
    let (scene, path) = with_units(&ALL, &json!({ "institutions": [OFFICE] })).await;
    let mut answers = Vec::new();
    for code in [ELSEWHERE, "0000000000000000000000000000BEEF"] {
        for way in [&path, &format!("{path}/unduh")] {
            let answer = scene.pic.get(&format!("{way}?instansi={code}")).await;
            assert_eq!(answer.status(), 404);
            answers.push(answer.text().await.unwrap());
        }
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!(scene.app.looks_kept()[0], 4, "it counts");
}

#[actix_web::test]
async fn without_an_institution_in_the_annex_one_of_all_is_chosen() {
    let (scene, path) = with_units(&ALL, &json!({})).await;
    let page = scene.pic.page(&path).await;
    assert!(page.contains("Pilih instansi untuk melihat unit kerjanya."));
    assert!(page.matches("<option").count() > 10);
    assert_eq!(scene.app.looks_kept()[0], 0, "nothing was looked for");
}

#[actix_web::test]
async fn the_file_has_the_granted_columns_and_runs_no_formula() {
    let fields = ["unit_kerja_id", "unit_kerja"];
    let (scene, path) = with_units(&fields, &json!({ "institutions": [OFFICE] })).await;
    let address = format!("{path}/unduh?instansi={OFFICE}&cari=");
    let file = scene.pic.page(&address).await;
    let lines: Vec<&str> = file.lines().collect();
    assert_eq!(lines[0], "\u{feff}unit_kerja_id;unit_kerja");
    assert_eq!(lines.len(), 61);
    assert!(file.contains(";'=HYPERLINK(0)"));
    assert!(!file.contains("Sekretariat"));
    assert_eq!(scene.app.recorded("lookup."), ["lookup.units_downloaded"]);
}

/// Or searching would tell which unit has the ID that is not given.
#[actix_web::test]
async fn units_are_not_searched_by_what_is_not_granted() {
    let (scene, path) = with_units(&["unit_kerja"], &json!({ "institutions": [OFFICE] })).await;
    let page = scene.pic.page(&path).await;
    assert!(!page.contains("name=\"cari\""));
    let page = scene
        .pic
        .page(&format!("{path}?instansi={OFFICE}&cari=f007"))
        .await;
    assert!(page.contains("60 unit kerja"));
}
