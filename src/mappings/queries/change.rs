//! Changing mappings.

use diesel::prelude::*;
use diesel::upsert::excluded;

use crate::mappings::model::{Mapping, MappingDecision, MappingId, MappingState};
use crate::per_backend;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{mapping_decisions, mappings};

/// Records codes; those that are there already get what is new about them and
/// wait for a decision again.
pub fn upsert(conn: &mut DbConn, codes: &[Mapping]) -> QueryResult<()> {
    per_backend!(conn, |c| diesel::insert_into(mappings::table)
        .values(codes)
        .on_conflict((mappings::institution_id, mappings::form))
        .do_update()
        .set((
            mappings::code.eq(excluded(mappings::code)),
            mappings::name.eq(excluded(mappings::name)),
            mappings::former_name.eq(excluded(mappings::former_name)),
            mappings::proposed.eq(excluded(mappings::proposed)),
            mappings::ground.eq(excluded(mappings::ground)),
            mappings::likeness.eq(excluded(mappings::likeness)),
            mappings::state.eq(excluded(mappings::state)),
            mappings::bkn_code.eq(excluded(mappings::bkn_code)),
            mappings::revision.eq(excluded(mappings::revision)),
            mappings::received_in.eq(excluded(mappings::received_in)),
            mappings::received_at.eq(excluded(mappings::received_at)),
            mappings::search_text.eq(excluded(mappings::search_text)),
        ))
        .execute(c))
    .map(drop)
}

/// Sets how a mapping stands; `false` when it was changed since `seen`.
pub fn settle(
    conn: &mut DbConn,
    (id, seen): (MappingId, i32),
    (state, bkn_code): (MappingState, Option<&str>),
) -> QueryResult<bool> {
    let as_seen = mappings::table
        .filter(mappings::id.eq(id))
        .filter(mappings::revision.eq(seen));
    diesel::update(as_seen)
        .set((
            mappings::state.eq(state),
            mappings::bkn_code.eq(bkn_code),
            mappings::revision.eq(seen + 1),
        ))
        .execute(conn)
        .map(|count| count == 1)
}

/// Keeps others from changing these mappings until the transaction ends.
pub fn hold(conn: &mut DbConn, ids: &[MappingId]) -> QueryResult<()> {
    diesel::update(mappings::table.filter(mappings::id.eq_any(ids)))
        .set(mappings::revision.eq(mappings::revision))
        .execute(conn)
        .map(drop)
}

/// Makes of the proposals of these open mappings what they are mapped to.
pub fn accept_proposals(conn: &mut DbConn, ids: &[MappingId]) -> QueryResult<usize> {
    let open = mappings::table
        .filter(mappings::id.eq_any(ids))
        .filter(mappings::state.eq(MappingState::Open))
        .filter(mappings::proposed.is_not_null());
    diesel::update(open)
        .set((
            mappings::state.eq(MappingState::Mapped),
            mappings::bkn_code.eq(mappings::proposed),
            mappings::revision.eq(mappings::revision + 1),
        ))
        .execute(conn)
}

/// Records decisions.
pub fn insert_decisions(conn: &mut DbConn, decisions: &[MappingDecision]) -> QueryResult<()> {
    per_backend!(conn, |c| diesel::insert_into(mapping_decisions::table)
        .values(decisions)
        .execute(c))
    .map(drop)
}
