//! The audit trail as a test sees it.

use diesel::prelude::*;
use padan::platform::db::schema::audit_events;

use super::TestApp;

impl TestApp {
    /// The actions recorded so far, in order.
    pub fn audit_trail(&self) -> Vec<String> {
        let conn = &mut *self.db.connection().unwrap();
        audit_events::table
            .order(audit_events::sequence)
            .select(audit_events::action)
            .load(conn)
            .unwrap()
    }
}
