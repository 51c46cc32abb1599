//! Rows mended and records entered in forms.

use crate::support::submissions::{csv, doubtful_row, faulty_row, form_key, good_row};
use crate::support::{Actor, TestApp, location};
use diesel::prelude::*;
use padan::accounts::Role;
use padan::agreements::Agreement;
use padan::institutions::Institution;
use padan::platform::db::schema::{draft_cells, drafts, files, submission_versions as versions};

const NOW: &str = "2026-11-20T02:00:00Z";

struct Scene {
    app: TestApp,
    partner: Institution,
    agreement: Agreement,
    pic: Actor,
}

async fn scene() -> Scene {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    Scene {
        app,
        partner,
        agreement,
        pic,
    }
}

impl Scene {
    async fn checked(&self, rows: impl IntoIterator<Item = String>) -> String {
        self.app
            .checked(&self.pic, &self.agreement, csv(rows))
            .await
    }

    /// Finishes the draft of a place; the new version's address.
    async fn finished(&self, draft: &str) -> String {
        let id = self.draft_id();
        let answer = self
            .pic
            .post(&format!("{draft}/periksa"), &[("konsep", &id)])
            .await;
        assert_eq!(answer.status(), 303);
        let version = location(&answer);
        self.app.check_uploads().await;
        version
    }

    /// The draft that was begun last.
    fn draft_id(&self) -> String {
        let conn = &mut *self.app.db.connection().unwrap();
        drafts::table
            .select(drafts::id)
            .order(drafts::id.desc())
            .first(conn)
            .unwrap()
    }

    fn cells(&self) -> Vec<(i32, String, String)> {
        draft_cells::table
            .select((
                draft_cells::row_number,
                draft_cells::field,
                draft_cells::value,
            ))
            .order((draft_cells::row_number, draft_cells::field))
            .load(&mut *self.app.db.connection().unwrap())
            .unwrap()
    }
}

/// A course of the `n`-th person as a form holds it, with some fields otherwise.
fn typed<'a>(n: usize, others: &[(&'a str, &'a str)]) -> Vec<(&'a str, String)> {
    let row = good_row(n);
    let names = [
        "isi.id_pns",
        "isi.nip",
        "isi.instansi_id",
        "isi.nama_kursus",
        "isi.jumlah_jam",
        "isi.tanggal_kursus",
        "isi.tahun_kursus",
        "isi.institusi_penyelenggara",
        "isi.nomor_sertifikat",
    ];
    let mut fields: Vec<(&str, String)> = names
        .into_iter()
        .zip(row.split(',').map(str::to_owned))
        .collect();
    for (name, value) in others {
        fields.retain(|(other, _)| other != name);
        fields.push((name, (*value).to_owned()));
    }
    fields
}

async fn save(who: &Actor, form: &str, fields: Vec<(&str, String)>) -> reqwest::Response {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    who.post(form, &fields).await
}

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
