//! Which version of several counts.

use super::*;

#[actix_web::test]
async fn a_version_that_a_newer_one_replaced_is_sent_no_more() {
    let scene = scene().await;
    let one = scene.checked([good_row(1), doubtful_row(2)]).await;
    let submission = one.split("/versi/").next().unwrap();
    let upload = format!("{submission}/unggah");
    assert!(scene.pic.page(&upload).await.contains(">Batal</a>"));
    let answer = scene
        .pic
        .upload(
            &upload,
            "kursus.csv",
            csv([good_row(3)]),
            &[("kunci", &form_key())],
        )
        .await;
    assert_eq!(answer.status(), 303);
    scene.app.check_uploads().await;
    assert!(!scene.pic.page(&one).await.contains("Lanjut ke pernyataan"));
    assert_eq!(scene.pic.get(&format!("{one}/kirim")).await.status(), 409);
    let sent = scene
        .pic
        .post(
            &format!("{one}/kirim"),
            &[
                ("pernyataan", "ya"),
                ("alasan.number-unusual:jumlah_jam", "Sesuai sertifikat."),
            ],
        )
        .await;
    assert_eq!(sent.status(), 409);
    assert!(
        sent.text()
            .await
            .unwrap()
            .contains("Versi 2 sudah menggantikan versi ini.")
    );
    let sent = scene
        .pic
        .post(
            &format!("{submission}/versi/2/kirim"),
            &[("pernyataan", "ya")],
        )
        .await;
    assert_eq!(sent.status(), 303);
}

#[actix_web::test]
async fn the_same_mended_rows_twice_are_refused_kindly() {
    let scene = scene().await;
    let one = scene.checked([faulty_row(1), faulty_row(2)]).await;
    let upload = format!("{}/unggah", one.split("/versi/").next().unwrap());
    let mended = || csv([good_row(1)]);
    let mend = async || {
        let key = form_key();
        let fields = [("kunci", key.as_str()), ("cakupan", "perbaikan")];
        scene
            .pic
            .upload(&upload, "perbaikan.csv", mended(), &fields)
            .await
    };
    assert_eq!(mend().await.status(), 303);
    scene.app.check_uploads().await;
    let again = mend().await;
    assert_eq!(again.status(), 422);
    assert!(again.text().await.unwrap().contains("versi 2"));
    assert_eq!(scene.app.versions_stored(), 2);
}

#[actix_web::test]
async fn a_file_that_was_made_is_kept_once() {
    let scene = scene().await;
    let one = scene.checked([faulty_row(1)]).await;
    save(&scene.pic, &format!("{one}/konsep/baris/2"), typed(1, &[])).await;
    scene.finished(&format!("{one}/konsep")).await;
    let conn = &mut *scene.app.db.connection().unwrap();
    let names: Vec<String> = versions::table
        .inner_join(files::table)
        .order(versions::version)
        .select(files::name)
        .load(conn)
        .unwrap();
    assert_eq!(names, ["kursus.csv", "perbaikan-kursus.csv"]);
    let made: Option<String> = drafts::table.select(drafts::file_id).first(conn).unwrap();
    assert!(made.is_some());
}
