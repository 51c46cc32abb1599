//! Rows about people of the register, for what the demo's partners sent and
//! for the sample files.

use chrono::{Datelike, Days, NaiveDate};

use super::DemoError;
use super::register::Asn;
use crate::datasets::Dataset;

const COURSES: [&str; 8] = [
    "Pelatihan Analisis Kebijakan Publik",
    "Pelatihan Dasar Pengolahan Data",
    "Pelatihan Kepemimpinan Pengawas",
    "Lokakarya Penulisan Naskah Dinas",
    "Pelatihan Manajemen Risiko",
    "Pelatihan Pelayanan Publik",
    "Pelatihan Fasilitator Pembelajaran",
    "Pelatihan Arsip Digital",
];
const POSITIONS: [&str; 4] = [
    "Analis Kebijakan Ahli Pertama",
    "Analis Kebijakan Ahli Muda",
    "Widyaiswara Ahli Pertama",
    "Widyaiswara Ahli Muda",
];

/// Their codes in the list `jabatan-fungsional`.
const POSITION_IDS: [&str; 4] = [
    "D82C966533047042E040640A02020A8A",
    "D82C966533057042E040640A02020A8A",
    "A5EB03E24057F6A0E040640A040252AD",
    "A5EB03E24056F6A0E040640A040252AD",
];

/// A partner's own names of positions: some are BKN's, some are not.
const OWN_NAMES: [&str; 6] = [
    "Analis Kebijakan Ahli Pertama",
    "Analis Kebijakan Ahli Muda",
    "Widyaiswara Ahli Pertama",
    "Widyaiswara Ahli Muda",
    "Fasilitator Pembelajaran Terampil",
    "Penata Kebijakan Daerah",
];

/// The heading and `count` right rows of a data set, as cells of text. No
/// person and no number stands in two rows; `series` sets apart two files
/// about the same people.
pub fn right_rows(
    dataset: &Dataset,
    people: &[Asn],
    (series, count): (usize, usize),
    today: NaiveDate,
) -> Vec<Vec<String>> {
    let header = dataset
        .fields
        .iter()
        .map(|field| field.name.clone())
        .collect();
    let rows = people
        .iter()
        .cycle()
        .skip(series * 7)
        .take(count)
        .enumerate()
        .map(|(place, asn)| {
            let row = Row {
                asn,
                number: series * 1_000 + place,
                today,
            };
            dataset
                .fields
                .iter()
                .map(|field| row.cell(&field.name))
                .collect()
        });
    std::iter::once(header).chain(rows).collect()
}

struct Row<'a> {
    asn: &'a Asn,
    number: usize,
    today: NaiveDate,
}

impl Row<'_> {
    fn cell(&self, field: &str) -> String {
        let date = self.date();
        match field {
            "id_pns" => self.asn.id_pns.clone(),
            "nip" => self.asn.nip.clone(),
            "instansi_id" => self.asn.institution_code.clone(),
            "nama_kursus" => pick(&COURSES, self.number),
            "jumlah_jam" => (8 + self.number % 9 * 8).to_string(),
            "tanggal_kursus" | "tanggal_sk" | "tmt_jabatan" => date.to_string(),
            "tahun_kursus" => date.year().to_string(),
            "institusi_penyelenggara" => "Pusat Pelatihan Contoh".to_owned(),
            "nomor_sertifikat" => format!("SERT/{:05}/{}", self.number, date.year()),
            "nomor_sk" => format!("821/{:05}/{}", self.number, date.year()),
            "unit_kerja_id" => format!("{:032X}", 0xF1C8_0000 + self.number % 40),
            "jenis_jabatan_id" => "2".to_owned(),
            "jabatan_fungsional_id" => pick(&POSITION_IDS, self.number),
            "kode" => format!("JF-{:02}", self.number % 1_000 + 1),
            "nama" => pick(&OWN_NAMES, self.number),
            "nama_jabatan" => pick(&POSITIONS, self.number),
            _ => self.credit(field),
        }
    }

    fn credit(&self, field: &str) -> String {
        let main = 20 + self.number % 30;
        let year = (self.date().year() - 1).to_string();
        match field {
            "bulan_mulai_penilaian" => "1".to_owned(),
            "bulan_akhir_penilaian" => "12".to_owned(),
            "tahun_mulai_penilaian" | "tahun_akhir_penilaian" => year,
            "angka_kredit_utama" => format!("{main}.5"),
            "angka_kredit_penunjang" => "4.5".to_owned(),
            "angka_kredit_total" => (main + 5).to_string(),
            _ => String::new(),
        }
    }

    fn date(&self) -> NaiveDate {
        let back = Days::new(40 + u64::try_from(self.number % 400).unwrap_or_default());
        self.today.checked_sub_days(back).unwrap_or(self.today)
    }
}

/// The list's member for a number, going round; the list is never empty.
fn pick(list: &[&str], number: usize) -> String {
    list[number % list.len()].to_owned()
}

/// The rows as CSV.
pub fn csv(rows: &[Vec<String>]) -> Result<Vec<u8>, DemoError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).map_err(DemoError::refused)?;
    }
    writer.into_inner().map_err(DemoError::refused)
}
