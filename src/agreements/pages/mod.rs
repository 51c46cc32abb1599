//! The pages on agreements: the list, one agreement (A3), its forms, and what
//! a PIC sees of the own ones (P16).

pub mod annex;
pub mod clauses;
pub mod correspondents;
pub mod edit;
pub mod ending;
pub mod list;
pub mod own;
mod population;
pub mod show;

use super::model::{Agreement, AgreementId};
use super::queries;
use crate::accounts::Scope;
use crate::institutions::{self, Institution};
use crate::platform::db::{Db, DbConn};
use crate::platform::web::AppError;

/// An agreement within reach and its partner, or nothing.
pub(super) fn with_partner(
    conn: &mut DbConn,
    scope: Scope,
    id: AgreementId,
) -> diesel::QueryResult<Option<(Agreement, Institution)>> {
    let Some(agreement) = queries::find(conn, scope, id)? else {
        return Ok(None);
    };
    let partner = institutions::find(conn, agreement.institution_id)?;
    Ok(partner.map(|partner| (agreement, partner)))
}

/// As [`with_partner`], on a connection of its own; nothing is a 404.
async fn found(
    db: &Db,
    scope: Scope,
    id: AgreementId,
) -> Result<(Agreement, Institution), AppError> {
    db.read(move |conn| with_partner(conn, scope, id))
        .await??
        .ok_or(AppError::NotFound)
}
