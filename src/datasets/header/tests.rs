//! Headers as people write them.

use super::*;
use crate::datasets::find;
use crate::datasets::reading::CellKind;

fn row(number: u32, headers: &[&str]) -> RawRow {
    let mut row = RawRow::default();
    row.start(number);
    headers
        .iter()
        .for_each(|header| row.push(header, CellKind::Text));
    row
}

fn search() -> Search<'static> {
    let dataset = find("riwayat-kursus").unwrap();
    Search::new(dataset, vec![true; dataset.fields.len()])
}

const NAMES: [&str; 9] = [
    "id_pns",
    "nip",
    "instansi_id",
    "nama_kursus",
    "jumlah_jam",
    "tanggal_kursus",
    "tahun_kursus",
    "institusi_penyelenggara",
    "nomor_sertifikat",
];

#[test]
fn headers_are_known_by_name_title_and_alias_in_any_case_and_order() {
    let headers = [
        "Nomor Sertifikat",
        " NIP\u{a0}",
        "pnsOrangId",
        "INSTANSI  ID",
        "namaKursus",
        "jumlahJam",
        "Tanggal kursus",
        "tahunKursus",
        "institusi-penyelenggara",
    ];
    let header = search().offer(&row(1, &headers)).unwrap().unwrap();
    assert_eq!(header.columns, [2, 1, 3, 4, 5, 6, 7, 8, 0].map(Some));
    assert!(header.notes.is_empty());
}

#[test]
fn our_own_marks_are_passed_over_and_unknown_columns_are_noted() {
    let mut names = NAMES.to_vec();
    names.extend(["Kesalahan", "Cara memperbaiki", "", "gaji_pokok"]);
    let header = search().offer(&row(1, &names)).unwrap().unwrap();
    assert_eq!(
        header.notes,
        [Note::UnknownColumn {
            column: 12,
            header: "gaji_pokok".into()
        }]
    );
    assert_eq!((header.unnamed, header.width), (vec![11], 13));
}

#[test]
fn a_missing_column_is_named_with_the_header_that_may_be_meant() {
    let mut names = NAMES;
    names[5] = "Tgl Mulai Kursus";
    let refusal = search().offer(&row(1, &names)).unwrap_err();
    let perhaps = vec![(
        5,
        "Tgl Mulai Kursus".to_owned(),
        "tanggal_kursus".to_owned(),
    )];
    assert_eq!(
        refusal,
        FileRefusal::MissingColumns {
            missing: vec!["tanggal_kursus".into()],
            perhaps
        }
    );
}

#[test]
fn a_doubled_column_is_named_with_both_places() {
    let mut names = NAMES.to_vec();
    names.push("NIP");
    let refusal = search().offer(&row(1, &names)).unwrap_err();
    assert_eq!(
        refusal,
        FileRefusal::DoubledColumn {
            field: "nip".into(),
            columns: [1, 9]
        }
    );
}

#[test]
fn titles_above_the_header_are_passed_over_and_data_is_no_header() {
    let mut search = search();
    assert!(
        search
            .offer(&row(1, &["Laporan kursus 2025"]))
            .unwrap()
            .is_none()
    );
    let header = search.offer(&row(4, &NAMES)).unwrap().unwrap();
    assert_eq!(header.notes, [Note::HeaderBelow { row: 4 }]);
    let mut other = self::search();
    for number in 1..=10 {
        assert!(
            other
                .offer(&row(number, &["F489", "1971", "40"]))
                .unwrap()
                .is_none()
        );
    }
    assert_eq!(
        other.offer(&row(11, &["x"])).unwrap_err(),
        FileRefusal::NoHeader
    );
}

#[test]
fn a_field_that_is_not_granted_is_an_unknown_column() {
    let dataset = find("riwayat-kursus").unwrap();
    let mut granted = vec![true; 9];
    granted[8] = false;
    let header = Search::new(dataset, granted)
        .offer(&row(1, &NAMES))
        .unwrap()
        .unwrap();
    assert_eq!(
        header.notes,
        [Note::UnknownColumn {
            column: 8,
            header: "nomor_sertifikat".into()
        }]
    );
    assert_eq!(header.columns[8], None);
}
