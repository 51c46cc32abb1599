use super::*;
use crate::datasets::find;
use std::path::Path;

const HEAD: &str = "id_pns,nip,instansi_id,nama_kursus,jumlah_jam,tanggal_kursus,tahun_kursus,institusi_penyelenggara,nomor_sertifikat";

fn row(n: u32, name: &str, hours: &str) -> String {
    format!(
        "{n:032X},,{:032X},{name},{hours},2026-03-17,2026,Lembaga Contoh,S-{n}",
        0xB01
    )
}

fn merged(base: &[String], mended: &[String]) -> Result<(Vec<String>, MergeReport), MergeError> {
    merged_up_to(MOST_MENDED, base, mended)
}

fn merged_up_to(
    most_mended: usize,
    base: &[String],
    mended: &[String],
) -> Result<(Vec<String>, MergeReport), MergeError> {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, rows: &[String]| {
        let path = folder.path().join(name);
        std::fs::write(&path, format!("{HEAD}\n{}\n", rows.join("\n"))).unwrap();
        path
    };
    let (base, mended) = (file("base.csv", base), file("mended.csv", mended));
    let upload = |path: &'static Path| Upload {
        path,
        original_name: "x.csv",
    };
    let leak = |path: std::path::PathBuf| -> &'static Path { Box::leak(path.into_boxed_path()) };
    let merging = Merging {
        base: upload(leak(base)),
        mended: upload(leak(mended)),
        dataset: find("riwayat-kursus").unwrap(),
        granted: None,
        limits: Limits::default(),
        today: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        most_mended,
    };
    let mut out = Vec::new();
    let report = merge(&merging, &mut out)?;
    let text = String::from_utf8(out).unwrap();
    let lines = text.lines().skip(1).map(|line| line.replace(';', ","));
    Ok((lines.collect(), report))
}

#[test]
fn a_mended_row_takes_the_place_of_the_row_with_its_key() {
    let base = [
        row(1, "Dasar", "40"),
        row(2, "Dasar", "x"),
        row(3, "Dasar", "y"),
    ];
    let (lines, report) = merged(&base, &[row(2, "DASAR", "80")]).unwrap();
    let expected = [base[0].clone(), row(2, "DASAR", "80"), base[2].clone()];
    assert_eq!(lines, expected, "faults that were not mended stay");
    assert_eq!((report.replaced, report.added), (1, 0));
}

#[test]
fn more_mended_rows_than_may_be_held_are_refused_as_such() {
    let rows = [1, 2, 3].map(|n| row(n, "Dasar", "40"));
    assert!(merged_up_to(3, &rows, &rows).is_ok());
    match merged_up_to(2, &rows, &rows) {
        Err(MergeError::Refused(refusal @ FileRefusal::TooManyMended { .. })) => {
            let told = refusal.sentence();
            assert!(told.problem.contains("lebih dari 2 baris"));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_row_that_the_file_before_lacks_is_added_and_named() {
    let base = [row(1, "Dasar", "40")];
    let mended = [row(1, "Dasar", "41"), row(7, "Dasar", "40")];
    let (lines, report) = merged(&base, &mended).unwrap();
    assert_eq!(lines, mended);
    assert_eq!((report.replaced, report.added_rows), (1, vec![3]));
}

#[test]
fn a_row_whose_key_was_mended_takes_the_place_of_the_one_that_agrees() {
    let base = [row(1, "Dasar", "40"), row(2, "", "40"), row(3, "", "40")];
    let (lines, report) = merged(&base, &[row(2, "Lanjutan", "40")]).unwrap();
    assert_eq!(lines[1], row(2, "Lanjutan", "40"));
    assert_eq!((lines.len(), report.replaced, report.added), (3, 1, 0));
}

#[test]
fn where_two_rows_would_do_none_is_replaced() {
    let twice = row(2, "", "40");
    let base = [twice.clone(), twice];
    let (lines, report) = merged(&base, &[row(2, "Lanjutan", "40")]).unwrap();
    assert_eq!((lines.len(), report.replaced, report.added), (3, 0, 1));
}

#[test]
fn a_key_that_stands_twice_among_the_mended_rows_is_refused() {
    let mended = [row(1, "Dasar", "1"), row(1, "dasar", "2")];
    match merged(&[row(1, "Dasar", "40")], &mended) {
        Err(MergeError::Refused(FileRefusal::DoubledKey { rows })) => assert_eq!(rows, [2, 3]),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_row_of_the_wrong_width_stays_one() {
    let base = [row(1, "Dasar", "40"), "a,b".to_owned()];
    let (lines, _) = merged(&base, &[row(1, "Dasar", "41")]).unwrap();
    assert_eq!(lines[1], "a | b");
}
