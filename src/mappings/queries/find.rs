//! Reading mappings and what was decided about them.

use diesel::prelude::*;

use crate::accounts::Scope;
use crate::institutions::InstitutionId;
use crate::mappings::model::{
    GroundFilter, Mapping, MappingDecision, MappingFilter, MappingId, MappingState,
};
use crate::platform::db::schema::{accounts, institutions, mapping_decisions, mappings};
use crate::platform::db::{DbConn, MultiBackend, containing};

/// A mapping within reach.
pub fn one(conn: &mut DbConn, scope: Scope, id: MappingId) -> QueryResult<Option<Mapping>> {
    let query = mappings::table.filter(mappings::id.eq(id)).into_boxed();
    let query = match scope.institution() {
        Some(own) => query.filter(mappings::institution_id.eq(own)),
        None => query,
    };
    query.select(Mapping::as_select()).first(conn).optional()
}

/// Those of these mappings that are within reach.
pub fn among(conn: &mut DbConn, scope: Scope, ids: &[MappingId]) -> QueryResult<Vec<Mapping>> {
    let query = mappings::table
        .filter(mappings::id.eq_any(ids))
        .into_boxed();
    let query = match scope.institution() {
        Some(own) => query.filter(mappings::institution_id.eq(own)),
        None => query,
    };
    query.select(Mapping::as_select()).load(conn)
}

/// Every code of a partner.
pub fn of_institution(conn: &mut DbConn, owner: InstitutionId) -> QueryResult<Vec<Mapping>> {
    mappings::table
        .filter(mappings::institution_id.eq(owner))
        .select(Mapping::as_select())
        .load(conn)
}

/// A code as written and as compared, its state, BKN's.
type CodeStanding = (String, String, MappingState, Option<String>);

/// How each code of a partner stands.
pub fn standings(conn: &mut DbConn, owner: InstitutionId) -> QueryResult<Vec<CodeStanding>> {
    mappings::table
        .filter(mappings::institution_id.eq(owner))
        .select((
            mappings::code,
            mappings::form,
            mappings::state,
            mappings::bkn_code,
        ))
        .load(conn)
}

/// How many mappings a filter finds.
pub fn count(conn: &mut DbConn, scope: Scope, filter: &MappingFilter) -> QueryResult<i64> {
    filtered(scope, filter).count().get_result(conn)
}

/// A page of the mappings that a filter finds, with the name of whose they are;
/// by institution, then by code.
pub fn page(
    conn: &mut DbConn,
    scope: Scope,
    filter: &MappingFilter,
    (limit, offset): (i64, i64),
) -> QueryResult<Vec<(Mapping, String)>> {
    filtered(scope, filter)
        .inner_join(institutions::table)
        .order((institutions::name, mappings::form))
        .select((Mapping::as_select(), institutions::name))
        .limit(limit)
        .offset(offset)
        .load(conn)
}

/// The partners that have handed in codes.
pub fn owners(conn: &mut DbConn) -> QueryResult<Vec<(InstitutionId, String)>> {
    let having = mappings::table.select(mappings::institution_id);
    institutions::table
        .filter(institutions::id.eq_any(having))
        .order(institutions::name)
        .select((institutions::id, institutions::name))
        .load(conn)
}

/// What was decided about a mapping, the latest first, with who decided.
pub fn decisions(conn: &mut DbConn, of: MappingId) -> QueryResult<Vec<(MappingDecision, String)>> {
    mapping_decisions::table
        .inner_join(accounts::table)
        .filter(mapping_decisions::mapping_id.eq(of))
        .order(mapping_decisions::revision.desc())
        .select((MappingDecision::as_select(), accounts::name))
        .load(conn)
}

fn filtered(scope: Scope, filter: &MappingFilter) -> mappings::BoxedQuery<'static, MultiBackend> {
    let mut query = mappings::table.into_boxed();
    if let Some(institution) = scope.institution().or(filter.institution) {
        query = query.filter(mappings::institution_id.eq(institution));
    }
    if let Some(state) = filter.state {
        query = query.filter(mappings::state.eq(state));
    }
    query = match filter.ground {
        GroundFilter::All => query,
        GroundFilter::Only(ground) => query.filter(mappings::ground.eq(ground)),
        GroundFilter::Nothing => query.filter(mappings::ground.is_null()),
    };
    if !filter.term.is_empty() {
        let pattern = containing(&filter.term);
        query = query.filter(mappings::search_text.like(pattern).escape('\\'));
    }
    query
}
