//! Invented people and units, written by the database itself.

use diesel::prelude::*;
use padan::accounts::Account;
use padan::agreements::Agreement;
use padan::platform::db::{DbConn, transaction};

use super::support::TestApp;
use super::support::lookups::OFFICE;

/// What is filled in of a disclosure.
const DISCLOSED: &str = "(id, agreement_id, dataset, fields, via, people, made_at)";

/// The NIP of the `n`-th person, from 1.
pub fn nip(n: i64) -> String {
    let (serial, rest) = (n % 998 + 1, n / 998);
    let (sex, rest) = (rest % 2 + 1, rest / 2);
    let (day, rest) = (rest % 28 + 1, rest / 28);
    let (month, year) = (rest % 12 + 1, 1960 + rest / 12);
    format!("{year}{month:02}{day:02}{}01{sex}{serial:03}", year + 23)
}

/// A number of the `n`-th person: the NIP, or the ID PNS.
pub fn key(n: i64, by_nip: bool) -> String {
    match by_nip {
        true => nip(n),
        false => format!("{n:032x}"),
    }
}

/// People and units of one institution, the people's data given once in a
/// delivery and the first one's in `traced` looks.
pub fn fill(
    app: &TestApp,
    (agreement, account): (&Agreement, &Account),
    (people, units, traced): (i64, i64, i64),
) {
    let conn = &mut *app.db.connection().unwrap();
    let (agreement, account) = (agreement.id.to_string(), account.id.to_string());
    let statements = [
        persons(conn, people),
        units_of(conn, units),
        given(&agreement, people),
        "INSERT INTO disclosed_people SELECT 'penyerahan', id_pns, nip FROM register_people"
            .to_owned(),
        looks(conn, &agreement, traced),
        format!(
            "INSERT INTO disclosed_people SELECT id, '{:032X}', '{}' FROM disclosures \
             WHERE via = 'look_up'",
            1,
            nip(1)
        ),
        format!(
            "INSERT INTO disclosure_accesses SELECT id, id, '{account}', 'page', made_at \
             FROM disclosures"
        ),
    ];
    transaction(conn, |conn| {
        for statement in statements {
            let statement = ids(&statement);
            diesel::sql_query(statement).execute(conn)?;
        }
        QueryResult::Ok(())
    })
    .unwrap();
    let settle = match conn {
        DbConn::Postgres(_) => "ANALYZE",
        DbConn::Sqlite(_) => "PRAGMA wal_checkpoint",
    };
    diesel::sql_query(settle).execute(conn).unwrap();
}

/// A delivery's id where a statement names it.
fn ids(statement: &str) -> String {
    statement.replace("'penyerahan'", "'01a00000-0000-7000-8000-000000000000'")
}

/// The numbers from 1, as both databases count.
fn counted(conn: &DbConn, most: i64) -> String {
    match conn {
        DbConn::Postgres(_) => format!("(SELECT generate_series(1, {most}) AS i) AS n"),
        DbConn::Sqlite(_) => format!(
            "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {most}) \
             SELECT i FROM n)"
        ),
    }
}

/// A number with noughts before it.
fn padded(conn: &DbConn, number: &str, digits: u32) -> String {
    match conn {
        DbConn::Postgres(_) => format!("lpad(({number})::text, {digits}, '0')"),
        DbConn::Sqlite(_) => format!("printf('%0{digits}d', {number})"),
    }
}

fn hex(conn: &DbConn, number: &str) -> String {
    match conn {
        DbConn::Postgres(_) => format!("lpad(upper(to_hex({number})), 32, '0')"),
        DbConn::Sqlite(_) => format!("printf('%032X', {number})"),
    }
}

fn persons(conn: &DbConn, people: i64) -> String {
    let part = |number: &str, digits| padded(conn, number, digits);
    let nip = [
        part("1960 + i / 998 / 2 / 28 / 12", 4),
        part("i / 998 / 2 / 28 % 12 + 1", 2),
        part("i / 998 / 2 % 28 + 1", 2),
        part("1983 + i / 998 / 2 / 28 / 12", 4),
        "'01'".to_owned(),
        part("i / 998 % 2 + 1", 1),
        part("i % 998 + 1", 3),
    ]
    .join(" || ");
    format!(
        "INSERT INTO register_people (number, id_pns, nip, name, birth_date, institution_code, \
         workplace_code, rank_code) \
         SELECT i, {}, {nip}, 'Pegawai Rekaan ' || i, '1985-03-12', '{OFFICE}', '{OFFICE}', '42' \
         FROM {}",
        hex(conn, "i"),
        counted(conn, people)
    )
    .replace(
        "'1985-03-12'",
        match conn {
            DbConn::Postgres(_) => "DATE '1985-03-12'",
            DbConn::Sqlite(_) => "'1985-03-12'",
        },
    )
}

fn units_of(conn: &DbConn, units: i64) -> String {
    let id = hex(conn, "i + 1000000000");
    let name = format!("'Unit Rekaan ' || {}", padded(conn, "i", 6));
    format!(
        "INSERT INTO register_units SELECT {id}, {name}, '{OFFICE}', 'Instansi Ukur', \
         'Sekretariat', lower({id} || ' ' || {name}) FROM {}",
        counted(conn, units)
    )
}

fn given(agreement: &str, people: i64) -> String {
    format!(
        "INSERT INTO disclosures {DISCLOSED} VALUES ('penyerahan', '{agreement}', 'profil-pns', \
         '[\"nip\",\"nama\"]', 'delivery', {people}, '2026-03-02 02:00:00.000000')"
    )
}

fn looks(conn: &DbConn, agreement: &str, traced: i64) -> String {
    let id = format!("'01a00000-0000-7000-9000-' || {}", padded(conn, "i", 12));
    format!(
        "INSERT INTO disclosures {DISCLOSED} SELECT {id}, '{agreement}', 'profil-pns', '[\"nip\",\"nama\"]', \
         'look_up', 1, {} FROM {}",
        match conn {
            DbConn::Postgres(_) => "TIMESTAMP '2026-04-02 02:00:00'",
            DbConn::Sqlite(_) => "'2026-04-02 02:00:00.000000'",
        },
        counted(conn, traced)
    )
}
