//! A sample of a data set: one row made of the declared examples, as CSV and
//! in the template.

use std::io::Write;

use super::context::Codes;
use super::granted::GrantedFields;
use super::id::AsnId;
use super::template::{self, TemplateError};
use super::text_file;

/// Why a sample could not be written.
#[derive(Debug, thiserror::Error)]
#[error("writing the sample")]
pub enum SampleError {
    /// As a workbook.
    Workbook(#[from] TemplateError),
    /// As CSV.
    Csv(#[from] csv::Error),
    /// Its last bytes.
    Io(#[from] std::io::Error),
}

/// Writes the sample as CSV. `own` stands where a row names the sender's own
/// institution.
///
/// # Errors
/// When it cannot be written.
pub fn write_csv<W: Write>(
    granted: &GrantedFields<'_>,
    own: Option<AsnId>,
    writer: W,
) -> Result<(), SampleError> {
    let mut csv = text_file::start(writer)?;
    csv.write_record(granted.names())?;
    let cells = row(granted, own);
    csv.write_record(
        cells
            .iter()
            .map(|cell| text_file::guarded(cell).into_owned()),
    )?;
    Ok(csv.flush()?)
}

/// Writes the sample as a filled-in template.
///
/// # Errors
/// When it cannot be written.
pub fn write_xlsx<W: Write + Send>(
    granted: &GrantedFields<'_>,
    own: Option<AsnId>,
    codes: &dyn Codes,
    writer: W,
) -> Result<(), SampleError> {
    let cells = row(granted, own);
    Ok(template::write_filled(granted, codes, &cells, writer)?)
}

fn row(granted: &GrantedFields<'_>, own: Option<AsnId>) -> Vec<String> {
    let dataset = granted.dataset();
    let is_own = |name: &str| {
        let mut rules = dataset.told.iter();
        rules.any(|rule| rule.name == "own-institution" && rule.text("field") == name)
    };
    let cell = |field: &super::declaration::Field| match own {
        Some(own) if is_own(&field.name) => own.to_string(),
        _ => field.example.clone().unwrap_or_default(),
    };
    granted.iter().map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datasets::all;
    use crate::datasets::testing::{Lists, OWN, Trial};

    #[test]
    fn every_sample_passes_its_own_check_in_both_formats() {
        let own = Some(OWN.parse().unwrap());
        for dataset in all().unwrap() {
            let granted = GrantedFields::all(dataset);
            let (mut text, mut workbook) = (Vec::new(), Vec::new());
            write_csv(&granted, own, &mut text).unwrap();
            write_xlsx(&granted, own, &Lists, &mut workbook).unwrap();
            for (name, file) in [("contoh.csv", text), ("contoh.xlsx", workbook)] {
                let mut trial = Trial {
                    dataset: &dataset.name,
                    ..Trial::default()
                };
                trial.register.is_missing = true;
                trial.run(name, &file).unwrap();
                assert_eq!(trial.kept.rows.len(), 1, "{} {name}", dataset.name);
                let codes = trial.kept.rows[0]
                    .findings
                    .iter()
                    .map(|one| one.code.to_string());
                let others: Vec<_> = codes.filter(|code| code != "reference-unknown").collect();
                assert_eq!(others, Vec::<String>::new(), "{} {name}", dataset.name);
            }
        }
    }
}
