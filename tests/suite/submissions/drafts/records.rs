//! Records entered without a file, and drafts thrown away.

use super::*;

#[actix_web::test]
async fn records_are_entered_without_a_file_and_become_a_submission() {
    let scene = scene().await;
    let place = format!("/pengiriman/baru/{}/riwayat-kursus", scene.agreement.id);
    let entered = format!("{place}/isian");
    assert!(scene.pic.page(&place).await.contains("Isi lewat formulir"));
    assert!(
        scene
            .pic
            .page(&entered)
            .await
            .contains("Isi riwayat kursus lewat formulir")
    );
    let form = scene.pic.page(&format!("{entered}/baris/baru")).await;
    assert!(form.contains(&format!("action=\"{entered}/baris/-1\"")));
    let first = || typed(1, &[("revisi", "0"), ("aksi", "lanjut")]);
    let answer = save(&scene.pic, &format!("{entered}/baris/-1"), first()).await;
    assert_eq!(location(&answer), format!("{entered}/baris/baru"));
    save(&scene.pic, &format!("{entered}/baris/-1"), first()).await;
    let list = scene.pic.page(&entered).await;
    assert!(
        list.contains("<h1>1 baris diisi</h1>"),
        "the same twice is one record: {list}"
    );

    // Somebody else began the same new record: it becomes the next one.
    save(
        &scene.pic,
        &format!("{entered}/baris/-1"),
        typed(2, &[("revisi", "0")]),
    )
    .await;
    let wrong = typed(
        3,
        &[
            ("isi.tahun_kursus", "1800"),
            ("revisi", "0"),
            ("aksi", "konsep"),
        ],
    );
    save(&scene.pic, &format!("{entered}/baris/-3"), wrong).await;
    assert!(
        scene
            .pic
            .page(&entered)
            .await
            .contains("3 baris diisi, 1 masih salah")
    );
    let id = scene.draft_id();
    let refused = scene
        .pic
        .post(&format!("{entered}/periksa"), &[("konsep", &id)])
        .await;
    assert_eq!(refused.status(), 409);
    scene
        .pic
        .post(&format!("{entered}/baris/-3"), &[("aksi", "hapus")])
        .await;

    let version = scene.finished(&entered).await;
    let page = scene.pic.page(&version).await;
    assert!(page.contains("<h1>2 baris siap dikirim</h1>"), "{page}");
    assert!(page.contains("Dibuat dari 2 baris yang diisi lewat formulir."));
    let again = scene
        .pic
        .post(&format!("{entered}/periksa"), &[("konsep", &id)])
        .await;
    assert_eq!(location(&again), version);
    assert!(
        scene
            .pic
            .page(&entered)
            .await
            .contains("Isi riwayat kursus lewat formulir"),
        "a new one is empty"
    );

    // The same records again are the same content.
    save(
        &scene.pic,
        &format!("{entered}/baris/-1"),
        typed(1, &[("revisi", "0")]),
    )
    .await;
    save(
        &scene.pic,
        &format!("{entered}/baris/-2"),
        typed(2, &[("revisi", "0")]),
    )
    .await;
    let kept = scene.app.files_on_disk();
    let same = scene
        .pic
        .post(
            &format!("{entered}/periksa"),
            &[("konsep", &scene.draft_id())],
        )
        .await;
    assert_eq!(same.status(), 409);
    assert_eq!(
        scene.app.files_on_disk(),
        kept,
        "the file that was refused is gone"
    );
}

#[actix_web::test]
async fn a_draft_is_thrown_away_after_a_question() {
    let scene = scene().await;
    let one = scene.checked([faulty_row(1)]).await;
    let draft = format!("{one}/konsep");
    save(&scene.pic, &format!("{draft}/baris/2"), typed(1, &[])).await;
    assert!(
        scene
            .pic
            .page(&format!("{draft}/buang"))
            .await
            .contains("Buang 1 isian?")
    );
    assert_eq!(
        scene
            .pic
            .post(&format!("{draft}/buang"), &[])
            .await
            .status(),
        303
    );
    assert!(scene.cells().is_empty());
    assert!(scene.pic.page(&draft).await.contains("Belum ada perubahan"));
    let begun = save(&scene.pic, &format!("{draft}/baris/2"), typed(1, &[])).await;
    assert_eq!(begun.status(), 303, "another can be begun");
}

#[actix_web::test]
async fn rows_that_are_not_there_are_not_found_and_observers_change_nothing() {
    let scene = scene().await;
    let one = scene.checked([faulty_row(1)]).await;
    let draft = format!("{one}/konsep");
    for row in ["99", "0", "-4", "x"] {
        let answer = scene.pic.get(&format!("{draft}/baris/{row}")).await;
        assert_eq!(answer.status(), 404, "{row}");
    }
    let posted = save(&scene.pic, &format!("{draft}/baris/99"), typed(1, &[])).await;
    assert_eq!(posted.status(), 404);
    let observer = scene.app.account(&scene.partner, Role::Observer);
    let observer = scene.app.sign_in(&observer).await;
    assert_eq!(
        observer.get(&format!("{draft}/baris/2")).await.status(),
        403
    );
    assert!(!observer.page(&one).await.contains("Perbaiki di formulir"));
}

#[actix_web::test]
async fn records_entered_for_a_delivery_answer_it_without_choosing_it_again() {
    let scene = scene().await;
    let delivery = scene.app.delivery(&scene.agreement, "2026-06-04");
    let wanted = format!("?penyerahan={}", delivery.id);
    let choices = scene.pic.page(&format!("/pengiriman/baru{wanted}")).await;
    let upload = format!("/pengiriman/baru/{}/riwayat-kursus", scene.agreement.id);
    let entered = format!("{upload}/isian");
    for page in [choices, scene.pic.page(&format!("{upload}{wanted}")).await] {
        assert!(
            page.contains(&format!("href=\"{entered}{wanted}\"")),
            "{page}"
        );
    }

    let empty = scene.pic.page(&format!("{entered}{wanted}")).await;
    let new = format!("{entered}/baris/baru{wanted}");
    assert!(empty.contains(&format!("href=\"{new}\"")));
    let kept = format!("{entered}/baris/-1{wanted}");
    let form = scene.pic.page(&new).await;
    assert!(form.contains(&format!("action=\"{kept}\"")), "{form}");
    let answer = save(&scene.pic, &kept, typed(1, &[("revisi", "0")])).await;
    assert_eq!(location(&answer), format!("{entered}{wanted}"));
    let chosen = format!("value=\"{}\" checked", delivery.id);
    let list = scene.pic.page(&location(&answer)).await;
    assert!(list.contains(&chosen), "{list}");
    assert!(!scene.pic.page(&entered).await.contains(&chosen));

    let fields = [
        ("konsep", &*scene.draft_id()),
        ("penyerahan", &delivery.id.to_string()),
    ];
    let answer = scene.pic.post(&format!("{entered}/periksa"), &fields).await;
    assert_eq!(answer.status(), 303);
    assert_eq!(scene.answered(), [delivery.id.to_string()]);
}
