//! Sample files of each data set, right ones and spoilt ones, about people of
//! the register: to try the upload with.

use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Workbook};
use std::fs;
use std::path::Path;

use super::facts::Facts;
use super::{DemoError, register, rows};
use crate::datasets::{self, Dataset};

/// The data sets that samples are written of: those whose rows the demo knows.
const SAMPLED: [&str; 3] = ["riwayat-angka-kredit", "riwayat-jabatan", "riwayat-kursus"];

/// Rows in a sample.
const ROWS: usize = 40;

/// What each spoilt row shows: its place, the column, and what stands there.
const FAULTS: &[(usize, &str, &str)] = &[
    (3, "nip", "1,96907E+17"),
    (5, "id_pns", "F1C80000000000000000000000"),
    (8, "tanggal_kursus", "31-02-2026"),
    (9, "tanggal_sk", "31-02-2026"),
    (11, "tanggal_kursus", "17/3/26"),
    (12, "tmt_jabatan", "17/3/26"),
    (14, "tahun_kursus", "2019"),
    (15, "angka_kredit_total", "999"),
    (17, "jumlah_jam", "1200"),
    (18, "jumlah_jam", "empat puluh"),
    (20, "instansi_id", "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"),
    (
        22,
        "jabatan_fungsional_id",
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
    ),
    (24, "bulan_akhir_penilaian", "13"),
    (26, "nomor_sertifikat", ""),
    (27, "nomor_sk", ""),
];

/// Writes the samples of every data set into a folder, for the PIC of LAN.
///
/// # Errors
/// When the folder cannot be written.
pub fn write_samples(folder: &Path, today: NaiveDate) -> Result<(), DemoError> {
    fs::create_dir_all(folder)?;
    let facts = Facts::read()?;
    let code = facts
        .fictional
        .instansi_codes
        .get("lan")
        .cloned()
        .unwrap_or_default();
    let people: Vec<_> = register::everybody(&facts)
        .into_iter()
        .filter(|asn| asn.institution_code == code)
        .collect();
    let all = datasets::all().map_err(DemoError::refused)?.iter();
    for dataset in all.filter(|one| SAMPLED.contains(&one.name.as_str())) {
        let right = rows::right_rows(dataset, &people, (50, ROWS), today);
        let spoilt = spoil(right.clone(), 0);
        write(folder, dataset, "baik", &right)?;
        write(folder, dataset, "salah", &spoilt)?;
    }
    Ok(())
}

fn write(
    folder: &Path,
    dataset: &Dataset,
    kind: &str,
    rows: &[Vec<String>],
) -> Result<(), DemoError> {
    let name = format!("{}-{kind}", dataset.name);
    fs::write(folder.join(format!("{name}.csv")), rows::csv(rows)?)?;
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let text = Format::new().set_num_format("@");
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet
                .write_with_format(row, column, cell, &text)
                .map_err(DemoError::refused)?;
        }
    }
    workbook
        .save(folder.join(format!("{name}.xlsx")))
        .map_err(DemoError::refused)
}

/// Plants the faults of the rows from `from` on, and repeats a row.
pub(super) fn spoil(mut rows: Vec<Vec<String>>, from: usize) -> Vec<Vec<String>> {
    let header = rows.first().cloned().unwrap_or_default();
    for (place, field, fault) in FAULTS.iter().filter(|(place, ..)| *place >= from) {
        let column = header.iter().position(|name| name == field);
        let cell = column.and_then(|column| rows.get_mut(*place)?.get_mut(column));
        if let Some(cell) = cell {
            (*fault).clone_into(cell);
        }
    }
    let repeated = rows.get(30).cloned();
    rows.extend(repeated);
    rows
}
