//! The words are whole, for every code and refusal.

use crate::datasets::{Code, FileRefusal, Finding, Note, Severity, find};

fn finding(code: Code, field: Option<&str>, value: &str, params: &[&str]) -> Finding {
    Finding {
        row: 17,
        column: field.map(|_| 4),
        field: field.map(str::to_owned),
        code,
        severity: Severity::Error,
        value: value.into(),
        params: params.iter().map(|text| (*text).to_owned()).collect(),
    }
}

fn said(code: Code, field: &str, value: &str, params: &[&str]) -> String {
    let sentence =
        finding(code, Some(field), value, params).sentence(find("riwayat-kursus").unwrap());
    format!("{} {}", sentence.problem, sentence.remedy)
}

#[test]
fn the_sentences_of_the_catalogue_read_as_agreed() {
    assert_eq!(said(Code::Required, "nip", "", &[]), "NIP kosong. Isi NIP.");
    assert_eq!(
        said(Code::NipDamaged, "nip", "1,98704E+17", &[]),
        "NIP rusak oleh Excel (1,98704E+17). Tiga angka terakhir sudah hilang. Ubah format kolom E menjadi Teks, lalu salin ulang dari sumbernya."
    );
    assert_eq!(
        said(Code::IdLength, "id_pns", "x", &["30"]),
        "ID PNS 30 karakter; seharusnya 32. Salin ulang dari referensi."
    );
    assert_eq!(
        said(
            Code::ReferenceReplaced,
            "instansi_id",
            "A5EB03E23BE8F6A0E040640A040252AD",
            &["instansi", "F1C70000000000000000000000000001", "2026-07-01"]
        ),
        "ID instansi diganti pada 1 Juli 2026 menjadi F1C70000000000000000000000000001. Ganti ID instansi dengan F1C70000000000000000000000000001."
    );
    assert_eq!(
        said(
            Code::DateUnreadable,
            "tanggal_kursus",
            "17/3/26",
            &["2026-03-17"]
        ),
        "Tanggal kursus tidak terbaca (\"17/3/26\"). Mungkin maksud Anda 2026-03-17. Tulis tahun-bulan-tanggal."
    );
    assert_eq!(
        said(Code::DateImpossible, "tanggal_kursus", "31-02-2026", &[]),
        "31-02-2026 tidak ada dalam kalender. Perbaiki tanggal kursus."
    );
    assert_eq!(
        said(
            Code::YearDiffers,
            "tahun_kursus",
            "2025",
            &["Tanggal kursus", "2026-01-09"]
        ),
        "Tahun kursus 2025 berbeda dengan tanggal kursus 2026-01-09. Samakan salah satunya."
    );
    assert_eq!(
        said(Code::NumberUnusual, "jumlah_jam", "1200", &["900", "jam"]),
        "1.200 jam di luar kebiasaan (paling banyak 900). Bila benar, beri alasan saat mengirim."
    );
    let twin =
        finding(Code::DuplicateRow, None, "", &["3411"]).sentence(find("riwayat-kursus").unwrap());
    assert_eq!(
        (twin.problem.as_str(), twin.remedy.as_str()),
        (
            "Baris ganda; isinya sama dengan baris 3.411.",
            "Hapus salah satu."
        )
    );
}

#[test]
fn every_code_has_a_problem_a_remedy_and_a_title() {
    for code in Code::ALL {
        for field in [Some("jumlah_jam"), None] {
            let params = &["1", "2"];
            let sentence =
                finding(*code, field, "x", params).sentence(find("riwayat-kursus").unwrap());
            for text in [&sentence.problem, &sentence.remedy] {
                assert!(
                    text.ends_with('.')
                        && text.len() >= 10
                        && !text.contains("  ")
                        && !text.contains('!'),
                    "{code}: {text:?}"
                );
            }
        }
        assert!(
            code.title().len() > 5 && !code.title().ends_with('.'),
            "{code}"
        );
    }
}

#[test]
fn every_refusal_says_what_is_wrong_and_what_to_do() {
    let refusals = [
        FileRefusal::Empty,
        FileRefusal::NoDataRows,
        FileRefusal::UnknownType {
            name: "laporan.pdf".into(),
        },
        FileRefusal::TypeMismatch {
            looks_like: "ZIP".into(),
        },
        FileRefusal::OldExcel,
        FileRefusal::OpenDocument,
        FileRefusal::PasswordProtected,
        FileRefusal::Macros,
        FileRefusal::ExternalContent,
        FileRefusal::Corrupt {
            detail: "secret".into(),
        },
        FileRefusal::TooBigUnpacked,
        FileRefusal::TooManyRows { limit: 1_000_000 },
        FileRefusal::TooWide { limit: 200 },
        FileRefusal::RowTooLong {
            row: 5,
            limit: 1_000,
        },
        FileRefusal::UnclosedQuote { line: 4 },
        FileRefusal::Encoding { line: 4 },
        FileRefusal::NoHeader,
        FileRefusal::MissingColumns {
            missing: vec!["nip".into()],
            perhaps: vec![(4, "N.I.P Baru".into(), "nip".into())],
        },
        FileRefusal::DoubledColumn {
            field: "nip".into(),
            columns: [1, 9],
        },
        FileRefusal::HiddenData {
            sheet: "Data".into(),
        },
        FileRefusal::TooManyMergedCells { limit: 10_000 },
    ];
    for refusal in refusals {
        let sentence = refusal.sentence();
        assert!(
            sentence.problem.ends_with('.') && sentence.remedy.ends_with('.'),
            "{refusal}: {sentence:?}"
        );
        assert!(!format!("{sentence:?}").contains("secret"));
        let stored = serde_json::to_string(&refusal).unwrap();
        assert_eq!(
            serde_json::from_str::<FileRefusal>(&stored).unwrap(),
            refusal
        );
        assert!(stored.contains(refusal.code()), "{stored}");
    }
}

#[test]
fn a_renamed_column_is_named_with_its_letter() {
    let refusal = FileRefusal::MissingColumns {
        missing: vec!["tanggal_kursus".into()],
        perhaps: vec![(4, "Tgl Kursus".into(), "tanggal_kursus".into())],
    };
    let sentence = refusal.sentence();
    assert_eq!(sentence.problem, "Kolom tanggal_kursus tidak ada.");
    assert_eq!(
        sentence.remedy,
        "Kolom E berjudul \"Tgl Kursus\"; ganti menjadi tanggal_kursus bila itu maksudnya."
    );
}

#[test]
fn notes_are_whole_sentences() {
    let notes = [
        Note::UnknownColumn {
            column: 9,
            header: "keterangan2".into(),
        },
        Note::OtherSheets {
            checked: "Data".into(),
            others: vec!["Lama".into()],
        },
        Note::HiddenRows { rows: 1_200 },
    ];
    let said: Vec<_> = notes.iter().map(Note::sentence).collect();
    assert_eq!(
        said[0],
        "Kolom keterangan2 (J) tidak dikenal dan akan diabaikan."
    );
    assert_eq!(
        said[1],
        "Berkas memiliki 2 lembar data. Hanya lembar \"Data\" yang diperiksa, bukan Lama."
    );
    assert_eq!(said[2], "1.200 baris tersembunyi ikut diperiksa.");
}

#[test]
fn what_was_taken_over_is_told_with_its_day_and_number() {
    let params = ["2026-03-03", "PD-2026-0142"];
    let sentence =
        finding(Code::TakenOver, None, "", &params).sentence(find("riwayat-kursus").unwrap());
    assert_eq!(
        sentence.problem,
        "Data ini sudah diambil alih BKN pada 3 Maret 2026 (PD-2026-0142), dengan isi yang sama."
    );
    let changed = |rows, first| Note::TakenOverChanged { rows, first }.sentence();
    assert!(
        changed(1, vec![1_204])
            .starts_with("1 baris mengubah data yang sudah diambil alih BKN: baris 1.204.")
    );
    assert!(changed(1_202, vec![2, 9]).contains("baris 2, 9 dan 1.200 baris lainnya."));
}
