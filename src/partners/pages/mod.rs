//! The pages on partners (A2).

pub mod edit;
pub mod list;
pub mod show;

use diesel::QueryResult;
use std::collections::HashSet;

use super::model::Standing;
use crate::accounts::Scope;
use crate::agreements;
use crate::institutions;
use crate::platform::clock::Moment;
use crate::platform::db::{DbConn, grouped};
use crate::suspensions;

/// Where every partner within reach stands, by name.
fn standings(conn: &mut DbConn, scope: Scope, now: Moment) -> QueryResult<Vec<Standing>> {
    let mut agreements = grouped(agreements::within(conn, scope)?, |one| one.institution_id);
    let mut notices = grouped(agreements::end_notices_within(conn, scope)?, |one| {
        one.agreement_id
    });
    let open = suspensions::open_within(conn, scope)?;
    let suspended: HashSet<_> = open.into_iter().map(|one| one.institution_id).collect();
    let partners = institutions::all_partners(conn)?.into_iter();
    let within = partners.filter(|partner| scope.reaches(partner.id));
    let standing = |partner: institutions::Institution| {
        let own = agreements.remove(&partner.id).unwrap_or_default();
        let asked = own.iter().filter_map(|one| notices.remove(&one.id));
        let asked: Vec<_> = asked.flatten().collect();
        let is_suspended = suspended.contains(&partner.id);
        Standing::on(now.jakarta_date(), partner, &own, &asked, is_suspended)
    };
    Ok(within.map(standing).collect())
}
