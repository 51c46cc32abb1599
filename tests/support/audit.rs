//! The audit trail as a test sees it.

use diesel::prelude::*;
use padan::platform::db::schema::audit_events;

use super::TestApp;

impl TestApp {
    /// The actions recorded so far that begin with a concept, in order.
    pub fn recorded(&self, concept: &str) -> Vec<String> {
        let conn = &mut *self.db.connection().unwrap();
        let actions: Vec<String> = audit_events::table
            .order(audit_events::sequence)
            .select(audit_events::action)
            .load(conn)
            .unwrap();
        let of_concept = actions.into_iter();
        of_concept
            .filter(|action| action.starts_with(concept))
            .collect()
    }
}
