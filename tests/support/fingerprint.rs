//! What the database holds, to show that something changed nothing.

use diesel::prelude::*;
use padan::platform::db::DbConn;

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
            let mut rows = lines(conn, &format!("SELECT {row} AS line FROM {table} AS t"));
            rows.sort_unstable();
            all.extend(rows.into_iter().map(|row| format!("{table}: {row}")));
        }
        all
    }
}
