//! Files and people for the tests. All people are invented.

use std::collections::HashMap;
use std::io::{Cursor, Write};

use tempfile::TempDir;
use zip::write::SimpleFileOptions;

use super::*;

/// The sender's own institution.
pub const OWN: &str = "8C0F4411EF4A99F3248A122022C9E262";
/// Another institution that exists.
pub const OTHER: &str = "284E0B50A650D6E5BB7DA8CCD44C9FC5";
pub const HEADER: &str = "id_pns,nip,instansi_id,nama_kursus,jumlah_jam,tanggal_kursus,tahun_kursus,institusi_penyelenggara,nomor_sertifikat";

/// Reference lists with both institutions and the kinds of post.
pub struct Lists;

impl Codes for Lists {
    fn contains(&self, list: &str, code: &str) -> bool {
        self.entries(list).iter().any(|(known, _)| known == code)
    }

    fn entries(&self, list: &str) -> Vec<(String, String)> {
        let entries: &[(&str, &str)] = match list {
            "instansi" => &[
                (OWN, "Lembaga Contoh Alfa"),
                (OTHER, "Kementerian Contoh Beta"),
            ],
            "jenis-jabatan" => &[
                ("1", "Struktural"),
                ("2", "Fungsional"),
                ("3", "Rangkap"),
                ("4", "Pelaksana"),
            ],
            _ => &[],
        };
        entries
            .iter()
            .map(|(code, name)| ((*code).to_owned(), (*name).to_owned()))
            .collect()
    }

    fn is_loaded(&self, list: &str) -> bool {
        matches!(list, "instansi" | "jenis-jabatan")
    }
}

/// The invented person of this number: ID PNS and NIP.
pub fn person(number: u32) -> (String, String) {
    (
        format!("{:032X}", 0xA000 + number),
        format!("1990010120150319{:02}", number % 100),
    )
}

/// A register of the people 1 to 20 that counts how often it is asked.
#[derive(Default)]
pub struct Register {
    pub questions: usize,
    pub is_missing: bool,
}

impl People for Register {
    fn lookup(&mut self, keys: &[PersonKey]) -> Result<HashMap<PersonKey, Person>, Outside> {
        self.questions += 1;
        let everyone = (1..=20).map(person).map(|(id, nip)| Person {
            id: id.parse().unwrap(),
            nip: nip.parse().unwrap(),
        });
        let everyone: HashMap<_, _> = everyone
            .flat_map(|one| [(PersonKey::Id(one.id), one), (PersonKey::Nip(one.nip), one)])
            .collect();
        Ok(keys
            .iter()
            .filter_map(|key| Some((*key, *everyone.get(key)?)))
            .collect())
    }

    fn is_loaded(&self) -> bool {
        !self.is_missing
    }
}

/// What was taken over: the rows of a file that was checked before.
pub struct Before {
    pub rows: Vec<(RowKey, Values)>,
    pub is_same_submission: bool,
    pub questions: usize,
}

impl Before {
    pub fn of(rows: &[CheckedRow]) -> Self {
        let dataset = find("riwayat-kursus").unwrap();
        let row = |row: &CheckedRow| (dataset.row_key(row), row.values.clone());
        Self {
            rows: rows.iter().map(row).collect(),
            is_same_submission: false,
            questions: 0,
        }
    }
}

impl TakenRows for Before {
    fn find(&mut self, keys: &[RowKey]) -> Result<Vec<Option<TakenRow>>, Outside> {
        self.questions += 1;
        let row = |key: &RowKey| {
            let (_, values) = self.rows.iter().find(|(known, _)| known == key)?;
            Some(TakenRow {
                values: values.clone(),
                on: "2026-03-03".parse().unwrap(),
                submission: "PD-2026-0142".into(),
                is_same_submission: self.is_same_submission,
            })
        };
        Ok(keys.iter().map(row).collect())
    }
}

/// Keeps all rows and each progress.
#[derive(Default)]
pub struct Kept {
    pub rows: Vec<CheckedRow>,
    pub batches: Vec<usize>,
    pub progress: Vec<(u64, u64)>,
    pub cancel_after: Option<usize>,
}

impl Sink for Kept {
    fn batch(&mut self, rows: &[CheckedRow]) -> Result<(), Outside> {
        self.batches.push(rows.len());
        self.rows.extend_from_slice(rows);
        Ok(())
    }

    fn progress(&mut self, done: u64, total: u64) -> Result<Flow, Outside> {
        self.progress.push((done, total));
        let is_enough = self
            .cancel_after
            .is_some_and(|after| self.batches.len() >= after);
        Ok(if is_enough {
            Flow::Cancel
        } else {
            Flow::Continue
        })
    }
}

/// A check with everything that can be set.
pub struct Trial {
    pub dataset: &'static str,
    pub register: Register,
    pub taken: Option<Before>,
    pub kept: Kept,
    pub codes: &'static dyn Codes,
    pub institution: Option<&'static str>,
    pub granted: Option<Vec<String>>,
    pub stages: Stages,
    pub limits: Limits,
}

impl Default for Trial {
    fn default() -> Self {
        Self {
            dataset: "riwayat-kursus",
            register: Register::default(),
            taken: None,
            kept: Kept::default(),
            codes: &Lists,
            institution: Some(OWN),
            granted: None,
            stages: Stages::default(),
            limits: Limits::default(),
        }
    }
}

impl Trial {
    pub fn run(&mut self, name: &str, bytes: &[u8]) -> Result<Summary, CheckError> {
        self.check(find(self.dataset).unwrap(), name, bytes)
    }

    /// Checks a file of a data set that need not be one of the program's.
    pub fn check(
        &mut self,
        dataset: &Dataset,
        name: &str,
        bytes: &[u8],
    ) -> Result<Summary, CheckError> {
        let file = Stored::new(bytes);
        let institutions = self.institution.map_or(Institutions::Any, |id| {
            Institutions::Only(vec![id.parse().unwrap()])
        });
        let mut context = Context {
            codes: self.codes,
            people: &mut self.register,
            taken: self.taken.as_mut().map(|taken| taken as &mut dyn TakenRows),
            today: "2026-11-20".parse().unwrap(),
            institutions,
            granted: self.granted.as_deref(),
            stages: self.stages.clone(),
            limits: self.limits,
        };
        check(file.upload(name), dataset, &mut context, &mut self.kept)
    }
}

/// A file in a folder of its own.
pub struct Stored {
    folder: TempDir,
    path: std::path::PathBuf,
}

impl Stored {
    pub fn new(bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("upload");
        std::fs::write(&path, bytes).unwrap();
        Self { folder, path }
    }

    pub fn upload<'a>(&'a self, original_name: &'a str) -> Upload<'a> {
        assert!(self.folder.path().exists());
        Upload {
            path: &self.path,
            original_name,
        }
    }
}

/// A file that was checked to its end.
pub struct Checked {
    pub summary: Summary,
    pub rows: Vec<CheckedRow>,
}

impl Checked {
    /// `E17 integer-format` for each finding.
    pub fn told(&self) -> Vec<String> {
        let findings = self.rows.iter().flat_map(|row| &row.findings);
        findings
            .map(|finding| {
                format!(
                    "{} {}",
                    finding.cell().unwrap_or(format!("row {}", finding.row)),
                    finding.code
                )
            })
            .collect()
    }

    pub fn value(&self, row: usize, field: &str) -> Option<&str> {
        self.rows[row]
            .values
            .get(find("riwayat-kursus").unwrap().field(field).unwrap().0)
    }
}

pub fn checked(name: &str, bytes: &[u8]) -> Checked {
    let mut trial = Trial::default();
    let summary = trial.run(name, bytes).unwrap();
    Checked {
        summary,
        rows: trial.kept.rows,
    }
}

/// The refusal of a file that cannot be checked.
pub fn refused(name: &str, bytes: &[u8]) -> FileRefusal {
    match Trial::default().run(name, bytes) {
        Err(CheckError::Unreadable(refusal)) => refusal,
        other => panic!("{name} was not refused: {other:?}"),
    }
}

/// A sound course of this person, cell by cell.
pub fn course(number: u32) -> [String; 9] {
    let (id, nip) = person(number);
    let name = format!("Pelatihan Dasar {number}");
    [
        id,
        nip,
        OWN.into(),
        name,
        "40".into(),
        "2025-03-02".into(),
        "2025".into(),
        "Lembaga Contoh".into(),
        format!("S/{number}"),
    ]
}

/// A sound course with some cells changed.
pub fn course_with(number: u32, changes: &[(usize, &str)]) -> [String; 9] {
    let mut course = course(number);
    changes
        .iter()
        .for_each(|(column, text)| course[*column] = (*text).to_owned());
    course
}

/// A text file with these courses, none of whose cells needs quotes.
pub fn csv_of(rows: &[[String; 9]]) -> String {
    let lines = rows.iter().map(|row| row.join(","));
    std::iter::once(HEADER.to_owned())
        .chain(lines)
        .map(|line| line + "\r\n")
        .collect()
}

/// The cells of a row as inline strings; an empty text is no cell.
pub fn xml_row(number: u32, cells: &[&str]) -> String {
    let cell = |(column, text): (u16, &&str)| match *text {
        "" => String::new(),
        markup if markup.starts_with('<') => {
            markup.replace("REF", &format!("{}{number}", column_name(column)))
        }
        text => format!(
            r#"<c r="{}{number}" t="inlineStr"><is><t>{text}</t></is></c>"#,
            column_name(column)
        ),
    };
    format!(
        r#"<row r="{number}">{}</row>"#,
        (0..).zip(cells).map(cell).collect::<String>()
    )
}

pub fn xml_header(number: u32) -> String {
    xml_row(number, &HEADER.split(',').collect::<Vec<_>>())
}

pub fn xml_course(row: u32, person: u32, changes: &[(usize, &str)]) -> String {
    let course = course_with(person, changes);
    xml_row(row, &course.each_ref().map(String::as_str))
}

/// A worksheet's part with these rows and what follows them.
pub fn sheet(rows: &str, after: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData>{after}</worksheet>"#
    )
}

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>"#;
const ROOT: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;

/// The parts of a workbook with these sheets: name, state, part.
pub fn parts(sheets: &[(&str, &str, String)], properties: &str) -> Vec<(String, Vec<u8>)> {
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), TYPES.into()),
        ("_rels/.rels".to_owned(), ROOT.into()),
        ("xl/styles.xml".to_owned(), STYLES.into()),
    ];
    let (mut list, mut relations) = (String::new(), String::new());
    for (at, (name, state, part)) in (1..).zip(sheets) {
        list += &format!(r#"<sheet name="{name}" sheetId="{at}" state="{state}" r:id="rId{at}"/>"#);
        relations += &format!(
            r#"<Relationship Id="rId{at}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{at}.xml"/>"#
        );
        parts.push((
            format!("xl/worksheets/sheet{at}.xml"),
            part.clone().into_bytes(),
        ));
    }
    let workbook = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{properties}<sheets>{list}</sheets></workbook>"#
    );
    let styles = r#"<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>"#;
    let relations = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}{styles}</Relationships>"#
    );
    parts.push(("xl/workbook.xml".to_owned(), workbook.into_bytes()));
    parts.push((
        "xl/_rels/workbook.xml.rels".to_owned(),
        relations.into_bytes(),
    ));
    parts
}

/// An archive of these parts.
pub fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default())
            .unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook with one sheet of these rows.
pub fn workbook(rows: &str) -> Vec<u8> {
    zipped(&parts(&[("Data", "visible", sheet(rows, ""))], ""))
}
