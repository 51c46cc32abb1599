//! Words in the files that we write.

use super::{INSTRUCTIONS, grouped, shown};
use crate::datasets::declaration::{Dataset, Field, Kind};
use crate::datasets::model::Severity;
use crate::datasets::values::write_decimal;

pub(in crate::datasets) const WARNING_PREFIX: &str = "Peringatan: ";
pub(in crate::datasets) const SUMMARY_HEADERS: [&str; 5] =
    ["Tingkat", "Aturan", "Kolom", "Temuan", "Baris"];
pub(in crate::datasets) const FINDINGS_HEADERS: [&str; 9] = [
    "baris",
    "sel",
    "kolom",
    "tingkat",
    "aturan",
    "nilai",
    "masalah",
    "cara_memperbaiki",
    "versi_aturan",
];
pub(in crate::datasets) const TEMPLATE_HEADERS: [&str; 6] =
    ["Kolom", "Judul", "Isi", "Jenis", "Wajib", "Contoh"];

/// The word for a severity.
pub(in crate::datasets) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "kesalahan",
        Severity::Warning => "peringatan",
        Severity::Hint => "dirapikan",
    }
}

pub(in crate::datasets) fn template_version(dataset: &Dataset) -> String {
    format!("Templat {} versi {}", dataset.name, dataset.version)
}

/// The rules that a file was checked under, above the summary of the findings.
pub(in crate::datasets) fn checked_under(rules: &str) -> String {
    format!("Diperiksa dengan aturan versi {rules}")
}

/// The lines above the table of columns.
pub(in crate::datasets) fn template_intro(dataset: &Dataset) -> [String; 5] {
    [
        format!("{INSTRUCTIONS}: {}", dataset.title),
        dataset.description.clone(),
        template_version(dataset),
        "Isi data di lembar Data mulai baris 2. Jangan mengubah judul kolom. Lembar ini tidak diperiksa.".to_owned(),
        "NIP, ID, dan tanggal ditulis sebagai teks. Tempel sebagai nilai agar format kolom tetap.".to_owned(),
    ]
}

/// A line of the table of columns.
pub(in crate::datasets) fn template_row(field: &Field) -> [String; 6] {
    let required = if field.required { "Ya" } else { "Tidak" };
    [
        field.name.clone(),
        field.title.clone(),
        field.description.clone(),
        field.form(),
        required.to_owned(),
        field.example.clone().unwrap_or_default(),
    ]
}

impl Field {
    /// What its values look like, in words.
    pub fn form(&self) -> String {
        form(self)
    }
}

fn form(field: &Field) -> String {
    let unit = field
        .unit
        .as_ref()
        .map(|unit| format!(" {unit}"))
        .unwrap_or_default();
    match &field.kind {
        Kind::Id => "ID, 32 karakter heksadesimal".to_owned(),
        Kind::Nip => "NIP, 18 angka".to_owned(),
        Kind::Text(limits) if !limits.one_of.is_empty() => {
            format!("Salah satu dari {}", limits.one_of.join(", "))
        }
        Kind::Text(limits) => format!(
            "Teks, paling banyak {} karakter",
            grouped(limits.max as u64)
        ),
        Kind::Integer(limits) => format!(
            "Bilangan bulat {} sampai {}{unit}",
            shown(Some(&limits.min.to_string())),
            shown(Some(&limits.max.to_string()))
        ),
        Kind::Decimal(limits) => {
            let text = |value| {
                let mut text = String::new();
                write_decimal(value, limits.places, &mut text);
                shown(Some(&text))
            };
            format!(
                "Bilangan {} sampai {}, paling banyak {} desimal",
                text(limits.min),
                text(limits.max),
                limits.places
            )
        }
        Kind::Date { .. } => "Tanggal, tahun-bulan-tanggal".to_owned(),
        Kind::Year { .. } => "Tahun, empat angka".to_owned(),
    }
}
