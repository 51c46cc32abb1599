//! Rows of a checked version mended in a form.

use super::*;

#[actix_web::test]
async fn a_wrong_row_is_mended_in_a_form_and_becomes_a_version_without_faults() {
    let scene = scene().await;
    let one = scene
        .checked([
            good_row(1),
            faulty_row(2),
            good_row(3).replace(",40,", ",4O,"),
        ])
        .await;
    let page = scene.pic.page(&one).await;
    let draft = format!("{one}/konsep");
    assert!(
        page.contains(&format!("{draft}/baris/3\"")),
        "a finding leads to its row"
    );
    assert!(page.contains("Buka baris salah pertama"));

    let form = scene.pic.page(&format!("{draft}/baris/3")).await;
    assert!(form.contains("<h1>Perbaiki baris 3</h1>"));
    assert!(form.contains("Nama kursus kosong."));
    assert!(
        form.contains("value=\"SERT/2/2026\""),
        "what was typed stands there"
    );
    let wrong = save(
        &scene.pic,
        &format!("{draft}/baris/3"),
        typed(2, &[("isi.nama_kursus", ""), ("isi.jumlah_jam", "50")]),
    )
    .await;
    assert_eq!(wrong.status(), 422);
    let again = wrong.text().await.unwrap();
    assert!(again.contains("value=\"50\""), "what was typed is kept");
    assert!(again.contains("Simpan sebagai konsep"));
    assert!(scene.cells().is_empty());

    let right = typed(
        2,
        &[
            ("isi.nama_kursus", "Pelatihan Contoh 2"),
            ("aksi", "lanjut"),
        ],
    );
    let answer = save(&scene.pic, &format!("{draft}/baris/3"), right).await;
    assert_eq!(
        location(&answer),
        format!("{draft}/baris/4"),
        "the next wrong row"
    );
    let form = scene.pic.page(&format!("{draft}/baris/4")).await;
    assert!(form.contains("Pakai usulan: <b>40</b>"), "{form}");
    let taken = typed(
        3,
        &[
            ("isi.jumlah_jam", "4O"),
            ("usul.jumlah_jam", "40"),
            ("aksi", "lanjut"),
        ],
    );
    let answer = save(&scene.pic, &format!("{draft}/baris/4"), taken).await;
    assert_eq!(location(&answer), draft, "no wrong row is left");

    let list = scene.pic.page(&draft).await;
    assert!(
        list.contains("<h1>2 perubahan belum diperiksa</h1>"),
        "{list}"
    );
    assert!(list.contains("usulan portal"));
    let two = scene.finished(&draft).await;
    assert!(two.ends_with("/versi/2"));
    let page = scene.pic.page(&two).await;
    assert!(page.contains("<h1>3 baris siap dikirim</h1>"), "{page}");
    assert!(page.contains("Dibuat dari versi 1 dengan 2 perubahan di formulir."));
    let trail = scene.app.trail("submissions.draft");
    assert_eq!(
        trail,
        [
            "submissions.draft_row_kept",
            "submissions.draft_row_kept",
            "submissions.draft_finished"
        ]
    );

    let file = scene
        .pic
        .get(&format!("{two}/berkas"))
        .await
        .text()
        .await
        .unwrap();
    assert_eq!(file.lines().count(), 4);
    let base = scene
        .pic
        .get(&format!("{one}/berkas"))
        .await
        .text()
        .await
        .unwrap();
    assert!(base.contains(",4O,"), "the base stays as it is");
}

#[actix_web::test]
async fn a_draft_finished_twice_becomes_one_version() {
    let scene = scene().await;
    let one = scene.checked([faulty_row(1)]).await;
    let draft = format!("{one}/konsep");
    save(&scene.pic, &format!("{draft}/baris/2"), typed(1, &[])).await;
    let two = scene.finished(&draft).await;
    let id = scene.draft_id();
    let again = scene
        .pic
        .post(&format!("{draft}/periksa"), &[("konsep", &id)])
        .await;
    assert_eq!(location(&again), two);
    assert_eq!(scene.app.versions_stored(), 2);

    // The version has a newer one now: nothing of it can be mended any more.
    let late = save(&scene.pic, &format!("{draft}/baris/2"), typed(1, &[])).await;
    assert_eq!(late.status(), 409);
    let page = scene.pic.page(&one).await;
    assert!(!page.contains("Perbaiki di formulir"));
    assert!(page.contains("Buka versi 2"));
}

#[actix_web::test]
async fn a_draft_without_changes_becomes_nothing() {
    let scene = scene().await;
    let one = scene.checked([faulty_row(1)]).await;
    let draft = format!("{one}/konsep");
    let none = scene
        .pic
        .post(&format!("{draft}/periksa"), &[("konsep", "")])
        .await;
    assert_eq!(none.status(), 409);
    let kept = save(&scene.pic, &format!("{draft}/baris/2"), typed(1, &[])).await;
    assert_eq!(kept.status(), 303);
    let undone = scene
        .pic
        .post(
            &format!("{draft}/urungkan"),
            &[("baris", "2"), ("kolom", "nama_kursus")],
        )
        .await;
    assert_eq!(undone.status(), 303);
    assert!(scene.cells().is_empty());
    let none = scene
        .pic
        .post(
            &format!("{draft}/periksa"),
            &[("konsep", &scene.draft_id())],
        )
        .await;
    assert_eq!(none.status(), 409);
    assert_eq!(scene.app.versions_stored(), 1);
}

#[actix_web::test]
async fn two_people_at_the_same_row_are_shown_both_values_and_decide() {
    let scene = scene().await;
    let one = scene.checked([faulty_row(1)]).await;
    let form = format!("{one}/konsep/baris/2");
    let other = scene.app.account(&scene.partner, Role::Pic);
    let other = scene.app.sign_in(&other).await;
    let first = typed(1, &[("isi.nama_kursus", "Dasar"), ("revisi", "0")]);
    assert_eq!(save(&scene.pic, &form, first.clone()).await.status(), 303);
    assert_eq!(
        save(&scene.pic, &form, first).await.status(),
        303,
        "the same twice"
    );

    let second = typed(1, &[("isi.nama_kursus", "Lanjutan"), ("revisi", "0")]);
    let refused = save(&other, &form, second).await;
    assert_eq!(refused.status(), 409);
    let page = refused.text().await.unwrap();
    assert!(
        page.contains("value=\"Lanjutan\"") && page.contains("Dasar"),
        "both values"
    );
    assert!(page.contains("name=\"revisi\" value=\"1\""));
    assert_eq!(scene.cells()[0].2, "Dasar");
    let decided = typed(1, &[("isi.nama_kursus", "Lanjutan"), ("revisi", "1")]);
    assert_eq!(save(&other, &form, decided).await.status(), 303);
    assert_eq!(scene.cells()[0].2, "Lanjutan");
}

#[actix_web::test]
async fn every_suggestion_of_a_rule_is_taken_but_for_what_was_typed_or_left_out() {
    let scene = scene().await;
    let wrong = |n| good_row(n).replace(",40,", ",40 JP,");
    let one = scene.checked((1..=60).map(wrong)).await;
    let page = scene.pic.page(&one).await;
    assert!(page.contains("Terapkan 60 usulan"), "{page}");
    let typed_first = typed(2, &[("isi.jumlah_jam", "44")]);
    save(&scene.pic, &format!("{one}/konsep/baris/3"), typed_first).await;

    let rule = "integer-format:jumlah_jam";
    let preview = scene
        .pic
        .page(&format!("{one}/usulan?aturan={rule}&kecuali=5"))
        .await;
    assert!(
        preview.contains("<h1>60 usulan untuk jumlah jam</h1>"),
        "{preview}"
    );
    assert!(preview.contains("kecuali 1 baris") && preview.contains("Usulan berikutnya"));
    let taken = scene
        .pic
        .post(
            &format!("{one}/usulan"),
            &[("aturan", rule), ("kecuali", "5")],
        )
        .await;
    assert_eq!(taken.status(), 303);
    let cells = scene.cells();
    assert_eq!(cells.len(), 59);
    assert!(
        cells.contains(&(3, "jumlah_jam".to_owned(), "44".to_owned())),
        "typed values stay"
    );
    assert!(cells.iter().all(|(row, ..)| *row != 5));
    let two = scene.finished(&format!("{one}/konsep")).await;
    assert!(
        scene
            .pic
            .page(&two)
            .await
            .contains("<h1>1 baris perlu diperbaiki")
    );
    let unknown = scene
        .pic
        .post(&format!("{two}/usulan"), &[("aturan", "id-length:id_pns")])
        .await;
    assert_eq!(unknown.status(), 409, "a rule without suggestions");
}

#[actix_web::test]
async fn suggestions_leave_rows_alone_that_were_put_right_or_left_out() {
    let scene = scene().await;
    let wrong = |n| good_row(n).replace(",40,", ",40 JP,");
    let one = scene.checked((1..=4).map(wrong)).await;
    let draft = format!("{one}/konsep");
    let row = format!("{draft}/baris/2");
    save(&scene.pic, &row, typed(1, &[("isi.jumlah_jam", "44")])).await;
    let left_out = format!("{draft}/baris/3");
    let answer = scene.pic.post(&left_out, &[("aksi", "hapus")]).await;
    assert_eq!(answer.status(), 303);

    let rule = [("aturan", "integer-format:jumlah_jam")];
    let taken = scene.pic.post(&format!("{one}/usulan"), &rule).await;
    assert_eq!(taken.status(), 303);
    let rows: Vec<i32> = scene.cells().iter().map(|(row, ..)| *row).collect();
    assert_eq!(rows, [2, 4, 5]);
    // The form that was open meanwhile still counts, and nothing is wrong any more.
    let again = [
        ("isi.jumlah_jam", "45"),
        ("revisi", "1"),
        ("aksi", "lanjut"),
    ];
    let answer = save(&scene.pic, &row, typed(1, &again)).await;
    assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
    assert_eq!(location(&answer), draft);
}

#[actix_web::test]
async fn a_row_is_left_out_and_taken_back_in() {
    let scene = scene().await;
    let one = scene.checked([good_row(1), good_row(1), good_row(2)]).await;
    let draft = format!("{one}/konsep");
    let form = scene.pic.page(&format!("{draft}/baris/3")).await;
    assert!(form.contains("Baris ganda; isinya sama dengan baris 2."));
    let row = format!("{draft}/baris/3");
    assert_eq!(
        scene.pic.post(&row, &[("aksi", "hapus")]).await.status(),
        303
    );
    assert!(
        scene
            .pic
            .page(&draft)
            .await
            .contains("1 baris dihapus dari berkas")
    );
    assert_eq!(
        scene.pic.post(&row, &[("aksi", "pulih")]).await.status(),
        303
    );
    assert!(scene.pic.page(&draft).await.contains("Belum ada perubahan"));
    scene.pic.post(&row, &[("aksi", "hapus")]).await;
    let two = scene.finished(&draft).await;
    assert!(
        scene
            .pic
            .page(&two)
            .await
            .contains("<h1>2 baris siap dikirim</h1>")
    );
}

#[actix_web::test]
async fn a_row_with_too_few_cells_is_written_anew() {
    let scene = scene().await;
    let one = scene.checked([good_row(1), "a,b,c".to_owned()]).await;
    let form = scene.pic.page(&format!("{one}/konsep/baris/3")).await;
    assert!(
        form.contains("Baris ini memiliki 3 kolom; seharusnya 9."),
        "{form}"
    );
    let kept = save(&scene.pic, &format!("{one}/konsep/baris/3"), typed(2, &[])).await;
    assert_eq!(kept.status(), 303);
    let two = scene.finished(&format!("{one}/konsep")).await;
    assert!(
        scene
            .pic
            .page(&two)
            .await
            .contains("<h1>2 baris siap dikirim</h1>")
    );
}

#[actix_web::test]
async fn a_record_is_added_to_a_file_and_faults_are_kept_as_a_draft() {
    let scene = scene().await;
    let one = scene.checked([good_row(1)]).await;
    let draft = format!("{one}/konsep");
    let form = scene.pic.page(&format!("{draft}/baris/baru")).await;
    assert!(form.contains("Tambah baris baru 1"));
    let wrong = typed(
        2,
        &[
            ("isi.jumlah_jam", "banyak"),
            ("aksi", "konsep"),
            ("revisi", "0"),
        ],
    );
    let kept = save(&scene.pic, &format!("{draft}/baris/-1"), wrong).await;
    assert_eq!(kept.status(), 303);
    let two = scene.finished(&draft).await;
    let page = scene.pic.page(&two).await;
    assert!(page.contains("1 baris perlu diperbaiki"), "{page}");
    assert!(page.contains("banyak"));
}
