//! Sentences about the file as a whole.

use super::{Sentence, either, grouped};
use crate::datasets::model::{Note, column_name};
use crate::datasets::refusal::FileRefusal;
use crate::datasets::title_of;

impl FileRefusal {
    /// What is wrong with the file and what to do.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::Empty | Self::NoDataRows | Self::NoHeader | Self::DoubledKey { .. } => {
                self.about_content()
            }
            Self::MissingColumns { .. } | Self::DoubledColumn { .. } => self.about_columns(),
            Self::OutdatedTemplate { .. } | Self::ForeignTemplate { .. } => self.about_template(),
            Self::UnknownType { .. }
            | Self::TypeMismatch { .. }
            | Self::OldExcel
            | Self::OpenDocument => self.about_type(),
            Self::TooBigUnpacked
            | Self::TooManyRows { .. }
            | Self::TooWide { .. }
            | Self::RowTooLong { .. }
            | Self::TooManyMended { .. }
            | Self::TooManyMergedCells { .. } => self.about_size(),
            Self::UnclosedQuote { .. } | Self::Encoding { .. } | Self::Corrupt { .. } => {
                self.about_form()
            }
            Self::PasswordProtected
            | Self::Macros
            | Self::ExternalContent
            | Self::HiddenData { .. } => self.about_workbook(),
        }
    }

    fn about_content(&self) -> Sentence {
        match self {
            Self::Empty => Sentence::new(
                "Berkas kosong.",
                "Pilih berkas yang berisi judul kolom dan baris data.",
            ),
            Self::DoubledKey { rows } => Sentence::new(
                format!(
                    "Baris {} dan baris {} pada berkas perbaikan berisi data yang sama kuncinya.",
                    grouped(u64::from(rows[0])),
                    grouped(u64::from(rows[1]))
                ),
                "Hapus salah satu, lalu unggah lagi.",
            ),
            Self::NoDataRows => Sentence::new(
                "Berkas tidak berisi baris data.",
                "Isi data di bawah judul kolom. Baris pertama harus judul kolom.",
            ),
            _ => Sentence::new(
                "Baris pertama bukan judul kolom.",
                "Tulis judul kolom seperti pada templat di baris pertama.",
            ),
        }
    }

    fn about_columns(&self) -> Sentence {
        match self {
            Self::MissingColumns { missing, perhaps } => {
                let noun = format!("Kolom {} tidak ada.", missing.join(", "));
                let rename = |(column, header, field): &(u16, String, String)| {
                    format!(
                        "Kolom {} berjudul \"{header}\"; ganti menjadi {field} bila itu maksudnya.",
                        column_name(*column)
                    )
                };
                let hints: Vec<_> = perhaps.iter().map(rename).collect();
                let remedy = if hints.is_empty() {
                    "Gunakan templat atau tambahkan kolom itu.".to_owned()
                } else {
                    hints.join(" ")
                };
                Sentence::new(noun, remedy)
            }
            Self::DoubledColumn { field, columns } => Sentence::new(
                format!(
                    "Kolom {field} muncul dua kali: {} dan {}.",
                    column_name(columns[0]),
                    column_name(columns[1])
                ),
                "Hapus salah satu.",
            ),
            _ => Sentence::new("", ""),
        }
    }

    fn about_template(&self) -> Sentence {
        match self {
            Self::OutdatedTemplate {
                version,
                current,
                missing,
            } => Sentence::new(
                format!(
                    "Berkas dibuat dengan templat versi {version}, sedangkan yang berlaku versi {current}. Kolom {} belum ada.",
                    missing.join(", ")
                ),
                format!("Unduh templat versi {current}, lalu salin datanya ke sana."),
            ),
            Self::ForeignTemplate { dataset } => Sentence::new(
                format!("Berkas dibuat dengan templat {}.", named(dataset)),
                "Unggah berkas ini sebagai set data itu, atau pakai templat set data yang dipilih.",
            ),
            _ => Sentence::new("", ""),
        }
    }

    fn about_type(&self) -> Sentence {
        match self {
            Self::UnknownType { name } => Sentence::new(
                "Berkas harus CSV atau XLSX.",
                format!("Berkas yang dipilih: {name}. Simpan ulang sebagai XLSX atau CSV."),
            ),
            Self::TypeMismatch { looks_like } => Sentence::new(
                format!(
                    "Isi berkas tidak sesuai dengan akhiran namanya; isinya tampak seperti {looks_like}."
                ),
                "Buka berkas itu di Excel, lalu simpan ulang sebagai XLSX atau CSV.",
            ),
            Self::OldExcel => Sentence::new(
                "Berkas .xls belum dapat dibaca.",
                "Di Excel pilih Simpan Sebagai, lalu Buku Kerja Excel (.xlsx).",
            ),
            _ => Sentence::new(
                "Berkas .ods belum dapat dibaca.",
                "Simpan ulang sebagai Buku Kerja Excel (.xlsx).",
            ),
        }
    }

    fn about_size(&self) -> Sentence {
        match self {
            Self::TooManyRows { limit } => Sentence::new(
                format!(
                    "Berkas berisi lebih dari {} baris.",
                    grouped(u64::from(*limit))
                ),
                "Bagi menjadi beberapa berkas.",
            ),
            Self::TooManyMended { most } => Sentence::new(
                format!(
                    "Berkas perbaikan berisi lebih dari {} baris.",
                    grouped(*most as u64)
                ),
                "Unggah seluruh berkas sebagai versi baru, tanpa pilihan hanya baris perbaikan.",
            ),
            Self::TooWide { limit } => Sentence::new(
                format!("Berkas berisi lebih dari {limit} kolom."),
                format!(
                    "Hapus kolom di luar templat, termasuk isi di kanan kolom {}.",
                    column_name(limit.saturating_sub(1))
                ),
            ),
            Self::RowTooLong { row, limit } => Sentence::new(
                format!(
                    "Baris {} lebih panjang dari {} karakter.",
                    grouped(u64::from(*row)),
                    grouped(*limit)
                ),
                "Periksa pemisah kolom dan pergantian barisnya. Isi satu sel paling banyak 4.000 karakter.",
            ),
            Self::TooManyMergedCells { limit } => Sentence::new(
                format!(
                    "Berkas berisi lebih dari {} sel gabungan.",
                    grouped(u64::from(*limit))
                ),
                "Pisahkan semua sel gabungan, lalu isi setiap baris.",
            ),
            _ => Sentence::new(
                "Isi berkas setelah dibuka melebihi batas.",
                "Salin datanya ke templat, lalu simpan sebagai berkas baru.",
            ),
        }
    }

    fn about_form(&self) -> Sentence {
        match self {
            Self::UnclosedQuote { line } => Sentence::new(
                format!("Tanda kutip tidak ditutup mulai baris {}.", grouped(*line)),
                "Tutup tanda kutip itu, atau hapus.",
            ),
            Self::Encoding { line } => Sentence::new(
                format!("Karakter mulai baris {} tidak terbaca.", grouped(*line)),
                "Simpan ulang sebagai CSV UTF-8.",
            ),
            _ => Sentence::new(
                "Berkas rusak atau tidak lengkap.",
                "Buka berkas itu di Excel, simpan ulang, lalu unggah lagi.",
            ),
        }
    }

    fn about_workbook(&self) -> Sentence {
        match self {
            Self::PasswordProtected => Sentence::new(
                "Berkas dikunci kata sandi.",
                "Simpan ulang tanpa kata sandi.",
            ),
            Self::Macros => Sentence::new(
                "Berkas berisi makro.",
                "Simpan ulang sebagai Buku Kerja Excel (.xlsx) tanpa makro.",
            ),
            Self::HiddenData { sheet } => Sentence::new(
                format!("Data hanya ada pada lembar tersembunyi \"{sheet}\"."),
                "Tampilkan lembar itu, periksa isinya, lalu simpan ulang.",
            ),
            _ => Sentence::new(
                "Berkas merujuk ke sumber luar.",
                "Salin datanya sebagai nilai ke templat, lalu simpan.",
            ),
        }
    }
}

impl Note {
    /// What the person should know.
    pub fn sentence(&self) -> String {
        match self {
            Self::UnknownColumn { column, header } => {
                format!(
                    "Kolom {header} ({}) tidak dikenal dan akan diabaikan.",
                    column_name(*column)
                )
            }
            Self::UnknownColumns { headers } => format!(
                "{} kolom tidak dikenal dan akan diabaikan: {}.",
                headers.len(),
                headers.join(", ")
            ),
            Self::AbsentColumns { titles } => format!(
                "Berkas memakai judul kolom SIASN. Kolom yang tidak ada di dalamnya dianggap kosong: {}.",
                titles.join(", ")
            ),
            Self::OutdatedTemplate { version, current } => format!(
                "Berkas dibuat dengan templat versi {version}, sedangkan yang berlaku versi {current}. Semua kolom ada, sehingga berkas tetap diperiksa. Pakai templat versi {current} untuk berkas berikutnya."
            ),
            Self::ForeignTemplate { dataset } => format!(
                "Berkas dibuat dengan templat {}. Semua kolom ada, sehingga berkas tetap diperiksa. Pastikan data ini memang yang hendak dikirim.",
                named(dataset)
            ),
            Self::UnnamedColumn { column } => format!(
                "Kolom {} berisi data tanpa judul dan akan diabaikan.",
                column_name(*column)
            ),
            Self::HeaderBelow { row } => {
                format!("Judul kolom ditemukan di baris {row}. Baris di atasnya diabaikan.")
            }
            Self::OtherSheets { checked, others } => {
                format!(
                    "Berkas memiliki {} lembar data. Hanya lembar \"{checked}\" yang diperiksa, bukan {}.",
                    others.len() + 1,
                    either(others)
                )
            }
            Self::HiddenRows { rows } => {
                format!("{} baris tersembunyi ikut diperiksa.", grouped(*rows))
            }
            Self::Encoding { name } => format!("Berkas dibaca sebagai {name}, bukan UTF-8."),
            Self::RegisterNotLoaded => {
                "Data pegawai belum dimuat, sehingga ID PNS dan NIP belum dicocokkan.".to_owned()
            }
            Self::TakenOverChanged { rows, first } => format!(
                "{} baris mengubah data yang sudah diambil alih BKN: {}. Perubahan tidak memerlukan alasan.",
                grouped(*rows),
                first_rows(*rows, first)
            ),
            Self::TakenOverUnchanged { rows } => format!(
                "{} baris sama dengan yang sudah diambil alih BKN dari versi sebelumnya pengiriman ini.",
                grouped(*rows)
            ),
        }
    }
}

/// A data set as people know it, by the name that a workbook gives.
fn named(dataset: &str) -> String {
    format!("set data \"{}\"", title_of(dataset))
}

/// `baris 2, 5, 9 dan 120 baris lainnya`.
fn first_rows(rows: u64, first: &[u32]) -> String {
    let numbers: Vec<String> = first.iter().map(|row| grouped(u64::from(*row))).collect();
    let named = numbers.join(", ");
    match rows.saturating_sub(first.len() as u64) {
        0 => format!("baris {named}"),
        more => format!("baris {named} dan {} baris lainnya", grouped(more)),
    }
}
