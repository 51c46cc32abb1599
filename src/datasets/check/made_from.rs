//! What a file's template has to do with how its check ended.

use super::super::context::CheckError;
use super::super::declaration::Dataset;
use super::super::model::{Note, Summary};
use super::super::reading::Stamp;
use super::super::refusal::FileRefusal;

/// Names the template where it is another than the data set's own: beside the
/// result, or as the reason why columns are missing.
pub(super) fn told(
    ended: Result<Summary, CheckError>,
    dataset: &Dataset,
    stamp: Option<&Stamp>,
) -> Result<Summary, CheckError> {
    let own = |stamp: &&Stamp| stamp.dataset == dataset.name && stamp.version == dataset.version;
    let Some(stamp) = stamp.filter(|stamp| !own(stamp)) else {
        return ended;
    };
    match ended {
        Ok(mut summary) => {
            summary.notes.insert(0, note(stamp, dataset));
            Ok(summary)
        }
        Err(CheckError::Unreadable(refusal)) => Err(reason(refusal, stamp, dataset).into()),
        other => other,
    }
}

fn note(stamp: &Stamp, dataset: &Dataset) -> Note {
    if stamp.dataset == dataset.name {
        Note::OutdatedTemplate {
            version: stamp.version,
            current: dataset.version,
        }
    } else {
        Note::ForeignTemplate {
            dataset: stamp.dataset.clone(),
        }
    }
}

/// Only a refusal for the columns' sake is explained by the template.
fn reason(refusal: FileRefusal, stamp: &Stamp, dataset: &Dataset) -> FileRefusal {
    let is_own = stamp.dataset == dataset.name;
    match refusal {
        FileRefusal::MissingColumns { missing, .. } if is_own => FileRefusal::OutdatedTemplate {
            version: stamp.version,
            current: dataset.version,
            missing,
        },
        FileRefusal::MissingColumns { .. } | FileRefusal::NoHeader if !is_own => {
            FileRefusal::ForeignTemplate {
                dataset: stamp.dataset.clone(),
            }
        }
        other => other,
    }
}
