use proptest::prelude::*;
use std::collections::BTreeMap;

use super::*;
use crate::datasets::find;

const HEAD: &str = "id_pns,nip,instansi_id,nama_kursus,jumlah_jam,tanggal_kursus,tahun_kursus,institusi_penyelenggara,nomor_sertifikat";
const WIDTH: usize = 9;

fn row(n: usize) -> Vec<String> {
    let row = format!(
        "{n:032X},,{:032X},Kursus {n},40,17/3/26,2026,Lembaga Contoh,S-{n}",
        0xB01
    );
    row.split(',').map(str::to_owned).collect()
}

fn amended(base: &str, edits: Vec<RowEdit>) -> (Vec<Vec<String>>, AmendReport) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("base.csv");
    std::fs::write(&path, base).unwrap();
    let amending = Amending {
        base: Upload {
            path: &path,
            original_name: "base.csv",
        },
        dataset: find("riwayat-kursus").unwrap(),
        granted: None,
        limits: Limits::default(),
        today: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
    };
    let mut out = Vec::new();
    let report = amend(&amending, edits.into_iter().map(Ok), &mut out).unwrap();
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.delimiter(b';').flexible(true);
    let text = String::from_utf8(out).unwrap();
    let mut reader = reader.from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let cells = |row: csv::StringRecord| row.iter().map(str::to_owned).collect();
    (
        reader.records().map(|row| cells(row.unwrap())).collect(),
        report,
    )
}

fn file(rows: &[Vec<String>]) -> String {
    let rows: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
    format!("{HEAD}\n{}\n", rows.join("\n"))
}

fn cells(row: Option<u32>, cells: &[(&str, &str)]) -> RowEdit {
    let cells = cells
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    RowEdit {
        row,
        change: RowChange::Cells(cells.collect()),
    }
}

#[test]
fn changes_stand_in_their_rows_and_new_records_behind_the_last_one() {
    let base = file(&[row(1), row(2), row(3)]);
    let edits = vec![
        cells(
            Some(2),
            &[("jumlah_jam", "80"), ("nomor_sertifikat", "=1+1")],
        ),
        RowEdit {
            row: Some(3),
            change: RowChange::Remove,
        },
        cells(Some(99), &[("jumlah_jam", "1")]),
        cells(None, &[("nama_kursus", "Baru")]),
    ];
    let (rows, report) = amended(&base, edits);
    assert_eq!(rows.len(), 3);
    assert_eq!((rows[0][4].as_str(), rows[0][8].as_str()), ("80", "'=1+1"));
    assert_eq!(rows[1], row(3));
    assert_eq!((rows[2][3].as_str(), rows[2][4].as_str()), ("Baru", ""));
    let expected = AmendReport {
        changed: 1,
        removed: 1,
        added: 1,
        missed: 1,
    };
    assert_eq!(report, expected);
}

#[test]
fn a_row_with_too_few_cells_is_replaced_as_a_whole_or_stays_what_it_is() {
    let base = format!("{}a,b,c\n", file(&[row(1)]));
    let (rows, _) = amended(&base, vec![]);
    assert_eq!(rows[1], ["a | b | c"]);
    let (rows, _) = amended(&base, vec![cells(Some(3), &[("nama_kursus", "Dasar")])]);
    assert_eq!(rows[1].len(), WIDTH);
    assert_eq!((rows[1][0].as_str(), rows[1][3].as_str()), ("", "Dasar"));
}

proptest! {
    #[test]
    fn without_changes_every_row_is_the_same_and_with_some_exactly_those_cells_differ(
        count in 1_usize..12,
        changes in prop::collection::btree_map((0_usize..12, 0..WIDTH), "[a-z]{1,8}", 0..20),
    ) {
        let rows: Vec<Vec<String>> = (1..=count).map(row).collect();
        let base = file(&rows);
        prop_assert_eq!(&amended(&base, vec![]).0, &rows);
        let names: Vec<&str> = HEAD.split(',').collect();
        let mut by_row: BTreeMap<usize, Vec<(&str, &str)>> = BTreeMap::new();
        let mut expected = rows;
        for ((at, column), text) in &changes {
            if *at < count {
                by_row.entry(*at).or_default().push((names[*column], text));
                expected[*at][*column].clone_from(text);
            }
        }
        let edits = by_row.iter().map(|(at, changed)| cells(Some(*at as u32 + 2), changed));
        let (found, report) = amended(&base, edits.collect());
        prop_assert_eq!(report.changed, by_row.len() as u64);
        prop_assert_eq!(found, expected);
    }
}
