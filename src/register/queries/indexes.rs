//! The indexes by which many people are found at once. While an empty register
//! is filled they are set aside: building them at the end takes a third of the
//! time that keeping them takes. Nobody can be found twice meanwhile: the unique
//! ones, by ID PNS and by NIP, stay.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use crate::platform::db::{self, DbConn};

/// Name and content of each, as the migrations make them.
const SET_ASIDE: [(&str, &str); 4] = [
    (
        "register_people_by_institution",
        "(institution_code, number)",
    ),
    (
        "register_people_by_workplace",
        "(workplace_code, number) WHERE workplace_code <> institution_code",
    ),
    (
        "register_people_by_position",
        "(position_code, number) WHERE position_code IS NOT NULL",
    ),
    ("register_people_by_rank", "(rank_code, number)"),
];

/// Sets them aside.
pub fn set_aside(conn: &mut DbConn) -> QueryResult<()> {
    db::transaction(conn, |conn| {
        SET_ASIDE
            .iter()
            .try_for_each(|(name, _)| conn.batch_execute(&format!("DROP INDEX IF EXISTS {name}")))
    })
}

/// Makes those that are missing, one after the other: others write in between.
/// Beside an import that goes on they only make it slower.
///
/// # Errors
/// The database's.
pub fn restore(conn: &mut DbConn) -> QueryResult<()> {
    SET_ASIDE.iter().try_for_each(|(name, content)| {
        let make = format!("CREATE INDEX IF NOT EXISTS {name} ON register_people {content}");
        db::transaction(conn, |conn| conn.batch_execute(&make))
    })
}
