//! What a version was checked with, besides rules and references: for whoever
//! looks at its rows again.

use diesel::QueryResult;

use super::check::what;
use super::model::VersionId;
use crate::datasets::{AsnId, Institutions, Summary};
use crate::institutions::InstitutionId;
use crate::platform::db::DbConn;
use crate::register::Reach;

/// Whom the rows of a version may be about, and which columns its file has.
pub struct Setting {
    /// Who sent it.
    pub sender: InstitutionId,
    /// The institutions that rows may name.
    pub institutions: Institutions,
    /// Whom the register tells of.
    pub reach: Reach,
    /// The names of the fields that the file has a column for.
    pub columns: Vec<String>,
}

/// The setting of a version, for the portal's own work.
///
/// # Errors
/// Not found, or the database's.
pub fn setting_of(conn: &mut DbConn, version: VersionId) -> QueryResult<Setting> {
    let (dossier, granted) = what(conn, version)?;
    let sender = AsnId::of(dossier.institution.reference_code.as_deref());
    let institutions = granted.population.institutions_of_sender(sender);
    let summary = dossier.version.summary.as_deref();
    let summary: Option<Summary> = summary.and_then(|json| serde_json::from_str(json).ok());
    let columns = summary.unwrap_or_default().columns.into_iter();
    Ok(Setting {
        sender: dossier.institution.id,
        reach: granted.population.reach_of_sender(sender),
        institutions,
        columns: columns.map(|column| column.field).collect(),
    })
}
