//! What the database holds, to show that something changed nothing.

use diesel::prelude::*;
use padan::platform::db::DbConn;
use std::collections::HashSet;

use super::TestApp;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = diesel::sql_types::Text)]
    line: String,
}

fn lines(conn: &mut DbConn, sql: &str) -> Vec<String> {
    let rows: Vec<Line> = diesel::sql_query(sql).load(conn).unwrap();
    rows.into_iter().map(|row| row.line).collect()
}

/// Holds that two fingerprints are the same, and shows where they are not.
#[track_caller]
pub fn assert_unchanged(before: &[String], after: &[String], what: &str) {
    let missing = |of: &[String], in_: &[String]| -> Vec<String> {
        let in_: HashSet<&String> = in_.iter().collect();
        of.iter()
            .filter(|line| !in_.contains(line))
            .cloned()
            .collect()
    };
    let (gone, new) = (missing(before, after), missing(after, before));
    assert!(
        before == after,
        "{what} changed\n  from {gone:#?}\n  to {new:#?}"
    );
}

impl TestApp {
    /// Every row of every table, but of those left out.
    pub fn fingerprint(&self, left_out: &[&str]) -> Vec<String> {
        let conn = &mut *self.db.connection().unwrap();
        let is_sqlite = matches!(conn, DbConn::Sqlite(_));
        let tables = if is_sqlite {
            "SELECT name AS line FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        } else {
            "SELECT tablename::text AS line FROM pg_tables WHERE schemaname = current_schema()"
        };
        let mut all = Vec::new();
        for table in lines(conn, tables) {
            if left_out.contains(&table.as_str()) {
                continue;
            }
            let row = if is_sqlite {
                let columns = lines(
                    conn,
                    &format!(
                        "SELECT 'quote(\"' || name || '\")' AS line FROM pragma_table_info('{table}')"
                    ),
                );
                columns.join(" || ',' || ")
            } else {
                "t::text".to_owned()
            };
            let rows = lines(conn, &format!("SELECT {row} AS line FROM {table} AS t"));
            all.extend(rows.into_iter().map(|row| format!("{table}: {row}")));
        }
        // Neither the tables nor their rows come in an order of their own.
        all.sort_unstable();
        all
    }
}
