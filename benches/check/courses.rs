//! A file of invented courses with seeded faults, the register of the people
//! in it, and the list of their institutions. The same seed, the same bytes.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

pub const HEADER: &str = "id_pns,nip,instansi_id,nama_kursus,jumlah_jam,tanggal_kursus,tahun_kursus,institusi_penyelenggara,nomor_sertifikat";
/// The day that counts as today.
pub const TODAY: &str = "2026-11-20";
pub const PEOPLE: u64 = 200_000;
const INSTITUTIONS: u64 = 600;
/// One row in so many is spoilt.
const SPOILT: u64 = 32;
const TOPICS: [&str; 6] = [
    "Pelatihan Analis Kebijakan Ahli Pertama",
    "Pelatihan Dasar Contoh Angkatan",
    "Bimbingan Teknis Kearsipan Contoh",
    "Pelatihan Kepemimpinan Pengawas Contoh",
    "Lokakarya Penyusunan Laporan Contoh",
    "Pelatihan Manajemen Kinerja Contoh",
];
const GIVERS: [&str; 4] = [
    "Lembaga Contoh Alfa",
    "Pusat Pelatihan Contoh Beta",
    "Balai Diklat Contoh Gama",
    "Kementerian Contoh Delta",
];

/// The files of one size.
pub struct Files {
    pub courses: PathBuf,
    pub register: PathBuf,
    pub references: PathBuf,
}

/// Makes the files unless they are there.
pub fn files(folder: &Path, rows: u64) -> io::Result<Files> {
    let files = Files {
        courses: folder.join(format!("courses-{rows}.csv")),
        register: folder.join("register.csv"),
        references: folder.join("references"),
    };
    if !files.courses.exists() {
        fs::create_dir_all(&files.references)?;
        write_references(&files.references.join("instansi.json"))?;
        write_register(&files.register)?;
        let unfinished = files.courses.with_extension("part");
        write_courses(&unfinished, rows, Shape::default())?;
        fs::rename(unfinished, &files.courses)?;
    }
    Ok(files)
}

fn write_references(path: &Path) -> io::Result<()> {
    let codes: Vec<String> = (0..INSTITUTIONS)
        .map(|at| {
            format!(
                r#"{{"code":"{}","name":"Instansi Contoh {at}"}}"#,
                institution(at)
            )
        })
        .collect();
    let codes = codes.join(",");
    fs::write(
        path,
        format!(
            r#"{{"list":"instansi","title":"Instansi","source":"contoh","version":"1","codes":[{codes}]}}"#
        ),
    )
}

fn write_register(path: &Path) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    writeln!(out, "id_pns,nip")?;
    for number in 0..PEOPLE {
        writeln!(out, "{},{}", id(number), nip(number))?;
    }
    out.flush()
}

/// What a file of courses is like.
#[derive(Clone, Copy)]
pub struct Shape {
    /// One row in so many has a fault.
    pub spoilt: u64,
    /// Where everybody works; 600 institutions where none is named.
    pub institution: Option<&'static str>,
}

impl Default for Shape {
    fn default() -> Self {
        Self {
            spoilt: SPOILT,
            institution: None,
        }
    }
}

/// Writes courses row by row; with the same shape, the same bytes.
pub fn write_courses(path: &Path, rows: u64, shape: Shape) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    writeln!(out, "{HEADER}")?;
    let mut random = Random(20_261_120);
    let mut copied = String::new();
    let mut line = String::new();
    for row in 0..rows {
        let mut cells = course(row, &mut random);
        if let Some(institution) = shape.institution {
            institution.clone_into(&mut cells[2]);
        }
        let is_spoilt = random.below(shape.spoilt) == 0;
        let is_copy = is_spoilt && !spoil(&mut cells, &mut random);
        if !is_copy || copied.is_empty() {
            line.clear();
            line.push_str(&cells.join(","));
        } else {
            line.clone_from(&copied);
        }
        if !is_spoilt && row % 1_000 == 0 {
            copied.clone_from(&line);
        }
        writeln!(out, "{line}")?;
    }
    out.flush()
}

type Course = [String; 9];

fn course(row: u64, random: &mut Random) -> Course {
    let person = random.below(PEOPLE);
    let (day, month) = (random.below(28) + 1, random.below(12) + 1);
    let year = 2006 + random.below(20);
    let topic = TOPICS[random.below(6) as usize];
    [
        id(person),
        nip(person),
        institution(random.below(INSTITUTIONS)),
        format!("{topic} {}", random.below(90) + 10),
        (random.below(40) * 10 + 8).to_string(),
        format!("{day:02}-{month:02}-{year}"),
        year.to_string(),
        GIVERS[random.below(4) as usize].to_owned(),
        format!("SERT/{row:07}/{year}"),
    ]
}

/// Puts one fault into a course; `false` when the row is to be a copy instead.
fn spoil(cells: &mut Course, random: &mut Random) -> bool {
    let (cell, value) = match random.below(13) {
        0 => (
            0,
            cells[0].replacen(|digit: char| digit.is_ascii_hexdigit(), "G", 1),
        ),
        1 => (0, cells[0][..31].to_owned()),
        2 => (1, format!("{}O", &cells[1][..17])),
        3 => (1, nip(random.below(PEOPLE))),
        4 => {
            cells[1] = nip(PEOPLE + random.below(PEOPLE));
            (0, id(PEOPLE + random.below(PEOPLE)))
        }
        5 => (2, id(random.below(PEOPLE))),
        6 => (3, "AB".to_owned()),
        7 => (4, "empat puluh".to_owned()),
        8 => (4, "0".to_owned()),
        9 => (4, "1200".to_owned()),
        10 => (5, format!("31-02-{}", cells[6])),
        11 => (6, "2005".to_owned()),
        _ => return false,
    };
    cells[cell] = value;
    true
}

pub fn id(number: u64) -> String {
    let (high, low) = (mixed(number), mixed(number ^ 0x5a5a_0000_0000));
    format!("{high:016X}{low:016X}")
}

fn institution(number: u64) -> String {
    id(number + 1_000_000_000)
}

/// Serial numbers from 901: nobody has one.
pub fn nip(number: u64) -> String {
    let (day, serial) = (number % 9_000, 901 + number / 9_000);
    let (year, month, date) = (1966 + day / 360, day % 360 / 30 + 1, day % 28 + 1);
    let mut text = String::new();
    let _infallible = write!(
        text,
        "{year}{month:02}{date:02}{}{:02}{}{serial:03}",
        year + 25,
        day % 12 + 1,
        day % 2 + 1
    );
    text
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed(self.0) % limit
    }
}

fn mixed(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
