//! A sample of a data set: one row made of the declared examples, as CSV and
//! in the template.

use std::io::Write;

use super::context::Codes;
use super::declaration::Field;
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
/// institution; an example that its reference list lacks gives way to a code
/// that is in it.
///
/// # Errors
/// When it cannot be written.
pub fn write_csv<W: Write>(
    granted: &GrantedFields<'_>,
    own: Option<AsnId>,
    codes: &dyn Codes,
    writer: W,
) -> Result<(), SampleError> {
    let mut csv = text_file::start(writer)?;
    csv.write_record(granted.names())?;
    let cells = row(granted, own, codes);
    let guarded = cells.iter().map(|cell| text_file::guarded(cell));
    csv.write_record(guarded.map(|cell| cell.into_owned()))?;
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
    let cells = row(granted, own, codes);
    Ok(template::write_filled(granted, codes, &cells, writer)?)
}

fn row(granted: &GrantedFields<'_>, own: Option<AsnId>, codes: &dyn Codes) -> Vec<String> {
    let dataset = granted.dataset();
    let is_own = |name: &str| {
        let mut rules = dataset.told.iter();
        rules.any(|rule| rule.name == "own-institution" && rule.text("field") == name)
    };
    let cell = |field: &Field| match own {
        Some(own) if is_own(&field.name) => own.to_string(),
        _ => example(field, codes),
    };
    granted.iter().map(cell).collect()
}

/// The declared example, or where its list lacks it, the first code there.
fn example(field: &Field, codes: &dyn Codes) -> String {
    let declared = field.example.clone().unwrap_or_default();
    let list = field.reference.as_deref();
    let lacking = list.filter(|list| {
        !declared.is_empty() && codes.is_loaded(list) && !codes.contains(list, &declared)
    });
    let first = lacking.and_then(|list| codes.entries(list).into_iter().next());
    first.map_or(declared, |(code, _)| code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datasets::testing::{Lists, OWN, Trial};
    use crate::datasets::{Dataset, Summary, all};

    /// The verdict on a sample of every field, and the codes of what was found.
    fn tried(dataset: &'static Dataset, name: &str, file: &[u8]) -> (Summary, Vec<String>) {
        let mut trial = Trial {
            dataset: &dataset.name,
            ..Trial::default()
        };
        trial.register.is_missing = true;
        let summary = trial.run(name, file).unwrap();
        let found = trial.kept.rows.iter().flat_map(|row| &row.findings);
        (summary, found.map(|one| one.code.to_string()).collect())
    }

    #[test]
    fn every_sample_passes_its_own_check_in_both_formats() {
        let own = Some(OWN.parse().unwrap());
        for dataset in all().unwrap() {
            let granted = GrantedFields::all(dataset);
            let (mut text, mut workbook) = (Vec::new(), Vec::new());
            write_csv(&granted, own, &Lists, &mut text).unwrap();
            write_xlsx(&granted, own, &Lists, &mut workbook).unwrap();
            for (name, file) in [("contoh.csv", text), ("contoh.xlsx", workbook)] {
                let (summary, found) = tried(dataset, name, &file);
                assert_eq!(summary.ready, 1, "{} {name} {found:?}", dataset.name);
                assert_eq!(found, Vec::<String>::new(), "{} {name}", dataset.name);
            }
        }
    }

    #[test]
    fn an_example_that_is_in_its_list_stays_and_another_gives_way() {
        let course = crate::datasets::find("riwayat-kursus").unwrap();
        let granted = GrantedFields::named(course, &["instansi_id".into()]);
        assert_eq!(row(&granted, None, &Lists), [OWN]);
        let post = crate::datasets::find("riwayat-jabatan").unwrap();
        let granted = GrantedFields::named(post, &["jenis_jabatan_id".into()]);
        assert_eq!(row(&granted, None, &Lists), ["2"]);
    }
}
