//! The codes by which a partner of the demo calls its functional positions,
//! some of them mapped to BKN's.

use diesel::prelude::*;

use super::DemoError;
use super::events::Scene;
use super::partners::World;
use crate::accounts::{Role, Scope};
use crate::mappings::{MappingId, actions::accept};
use crate::platform::db::schema::mappings;
use crate::platform::db::transaction;

/// Proposals that are taken; the others wait.
const TAKEN: i64 = 2;

/// Takes the first proposals that came with a partner's codes.
pub(super) fn map_some(scene: &Scene<'_>, world: &World) -> Result<(), DemoError> {
    let conn = &mut *scene.parts.db.connection()?;
    let proposed: Vec<(MappingId, i32)> = mappings::table
        .filter(mappings::proposed.is_not_null())
        .order(mappings::code)
        .limit(TAKEN)
        .offset(0)
        .select((mappings::id, mappings::revision))
        .load(conn)?;
    let proposed = proposed.into_iter().collect();
    let by = (world.staff(Role::Admin)?, scene.now);
    transaction(conn, |conn| {
        accept(conn, Scope::portal(), &proposed, by).map(drop)
    })
    .map_err(DemoError::refused)
}
