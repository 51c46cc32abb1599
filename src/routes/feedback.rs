//! The paths of feedback (data dan referensi balikan). None of them lets BKN's
//! data out: they are how a suspended partner cures.

use super::entry::{Entry, get, post};
use crate::accounts::{Access, Permission};
use crate::feedback::pages::{show, sign};

/// What is owed back on a delivery, for both sides.
pub(super) fn feedback_routes() -> Vec<Entry> {
    let signs = Permission::SignStatements;
    let statement = "/balikan/{delivery}/pernyataan/{half}";
    vec![
        get(
            "/balikan/{delivery}",
            Access::May(Permission::ReadOwn),
            show::own,
        ),
        get(statement, Access::May(signs), sign::show),
        post(statement, Access::Fresh(signs), sign::sign),
        get(
            "/perjanjian/{id}/balikan/{delivery}",
            Access::May(Permission::ReadAll),
            show::staff,
        ),
    ]
}
