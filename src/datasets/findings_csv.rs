//! All findings of a file as CSV, one line each.

use std::io::{self, Write};

use super::declaration::Dataset;
use super::model::Finding;
use super::text::{self, FINDINGS_HEADERS};
use super::text_file::{self, guarded};

/// Writes findings one after the other.
pub struct FindingsCsv<'a, W: Write> {
    dataset: &'a Dataset,
    csv: csv::Writer<W>,
    rules: String,
}

impl<'a, W: Write> FindingsCsv<'a, W> {
    /// Begins the file with its header.
    pub fn new(dataset: &'a Dataset, writer: W) -> io::Result<Self> {
        let mut csv = text_file::start(writer)?;
        csv.write_record(FINDINGS_HEADERS)?;
        Ok(Self {
            dataset,
            csv,
            rules: dataset.declared_version(),
        })
    }

    /// Names the version of the rules on every line; otherwise the declaration's
    /// own stands there.
    #[must_use]
    pub fn under(self, rules: Option<i32>) -> Self {
        match rules {
            Some(number) => Self {
                rules: number.to_string(),
                ..self
            },
            None => self,
        }
    }

    /// Adds one finding.
    pub fn write(&mut self, finding: &Finding) -> io::Result<()> {
        let sentence = finding.sentence(self.dataset);
        let line = [
            finding.row.to_string(),
            finding.cell().unwrap_or_default(),
            finding.field.clone().unwrap_or_default(),
            text::severity(finding.severity).to_owned(),
            finding.code.to_string(),
            guarded(&finding.value).into_owned(),
            sentence.problem,
            sentence.remedy,
            self.rules.clone(),
        ];
        Ok(self.csv.write_record(line)?)
    }

    /// Ends the file.
    pub fn finish(mut self) -> io::Result<()> {
        self.csv.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datasets::{Code, Severity, find};

    #[test]
    fn a_finding_is_one_line_with_its_cell_its_words_and_a_guarded_value() {
        let mut file = Vec::new();
        let mut csv = FindingsCsv::new(find("riwayat-kursus").unwrap(), &mut file)
            .unwrap()
            .under(Some(3));
        let finding = Finding {
            row: 17,
            column: Some(4),
            field: Some("jumlah_jam".into()),
            code: Code::IntegerFormat,
            severity: Severity::Error,
            value: "=40".into(),
            params: vec![],
        };
        csv.write(&finding).unwrap();
        csv.finish().unwrap();
        let text = String::from_utf8(file).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[0],
            "\u{feff}baris;sel;kolom;tingkat;aturan;nilai;masalah;cara_memperbaiki;versi_aturan"
        );
        assert!(
            lines[1].starts_with(
                "17;E17;jumlah_jam;kesalahan;integer-format;'=40;\"Jumlah jam harus bilangan bulat"
            ),
            "{}",
            lines[1]
        );
        assert!(lines[1].ends_with(";3"), "{}", lines[1]);
        assert_eq!(lines.len(), 2);
    }
}
