//! Whether data went under a grant, either way.

use chrono::NaiveDate;
use diesel::QueryResult;

use super::queries::grants;
use crate::agreements::{Direction, Grant};
use crate::deliveries;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;

/// Whether data went under a grant from its first day on, before the day on
/// which the next version begins.
///
/// # Errors
/// The database's.
pub fn is_used(conn: &mut DbConn, grant: &Grant, until: Option<NaiveDate>) -> QueryResult<bool> {
    let of = (grant.agreement_id, grant.dataset.as_str());
    let between = (
        Moment::start_of(grant.valid_from),
        until.map(Moment::start_of),
    );
    match grant.direction {
        Direction::BknToPartner => deliveries::was_given(conn, of, between),
        Direction::PartnerToBkn => grants::is_any_between(conn, of, between),
    }
}
