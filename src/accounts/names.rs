//! The names behind the ids that records carry.

use diesel::prelude::*;
use std::collections::HashMap;

use super::model::AccountId;
use crate::audit::SYSTEM;
use crate::platform::db::DbConn;
use crate::platform::db::schema::accounts;

/// The names of those who recorded something, by the id they stand under.
#[derive(Debug, Clone, Default)]
pub struct Names(HashMap<String, String>);

impl Names {
    /// Looks up the names of some actors, all in one statement.
    ///
    /// # Errors
    /// The database's.
    pub fn of<'a>(conn: &mut DbConn, actors: impl Iterator<Item = &'a str>) -> QueryResult<Self> {
        let mut ids: Vec<AccountId> = actors
            .filter_map(|actor| AccountId::try_from(actor.to_owned()).ok())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let rows: Vec<(AccountId, String)> = accounts::table
            .filter(accounts::id.eq_any(&ids))
            .select((accounts::id, accounts::name))
            .load(conn)?;
        let names = rows.into_iter().map(|(id, name)| (id.to_string(), name));
        Ok(Self(names.collect()))
    }

    /// The name of an account's holder.
    pub fn of_account(&self, id: AccountId) -> &str {
        self.0
            .get(&id.to_string())
            .map_or("Akun yang tidak dikenal", String::as_str)
    }

    /// The name of an actor; the portal's own deeds carry its name.
    pub fn name<'a>(&'a self, actor: &'a str) -> &'a str {
        match self.0.get(actor) {
            Some(name) => name,
            None if actor == SYSTEM => "Portal",
            None => "Akun yang tidak dikenal",
        }
    }
}
