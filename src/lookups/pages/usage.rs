//! How much partners look, and whether it is unusual.

use actix_web::Responder;
use actix_web::web::Data;
use askama::Template;
use diesel::QueryResult;
use std::collections::HashMap;

use crate::accounts::SignedIn;
use crate::institutions::{self, Institution, InstitutionId};
use crate::lookups::model::{Kind, Use};
use crate::lookups::queries;
use crate::platform::clock::{Clock, Moment};
use crate::platform::config::Config;
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{AppError, Frame, Page, filters};

const DAY: i64 = 24 * 3_600;

#[derive(Template)]
#[template(path = "lookups/usage.html")]
struct UsagePage {
    frame: Frame,
    rows: Vec<Row>,
    per_day: i64,
}

/// One partner.
struct Row {
    institution: Institution,
    day: Use,
    week: Use,
}

impl Row {
    fn is_unusual(&self, per_day: &i64) -> bool {
        self.day.refused > 0 || self.day.is_guessing() || self.day.is_heavy(*per_day)
    }
}

/// Shows the use of the last 24 hours and 7 days, the busiest first.
///
/// # Errors
/// The database's.
pub async fn show(
    user: SignedIn,
    (db, clock, config): (Data<Db>, Data<Clock>, Data<Config>),
) -> Result<impl Responder, AppError> {
    let now = clock.now();
    let rows = db.read(move |conn| read(conn, now)).await??;
    Ok(Page(UsagePage {
        frame: user.frame("/pencarian-mitra"),
        rows,
        per_day: config.lookups.institution.per_day.into(),
    }))
}

fn read(conn: &mut DbConn, now: Moment) -> QueryResult<Vec<Row>> {
    let mut day = since(conn, now.plus_seconds(-DAY))?;
    let mut week = since(conn, now.plus_seconds(-7 * DAY))?;
    let rows = institutions::all_partners(conn)?.into_iter();
    let mut rows: Vec<Row> = rows
        .filter_map(|institution| {
            Some(Row {
                week: week.remove(&institution.id)?,
                day: day.remove(&institution.id).unwrap_or_default(),
                institution,
            })
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.day.people(), row.week.people())));
    Ok(rows)
}

fn since(conn: &mut DbConn, since: Moment) -> QueryResult<HashMap<InstitutionId, Use>> {
    let mut uses: HashMap<InstitutionId, Use> = HashMap::new();
    for (institution, kind, found, refused, count) in queries::counts_since(conn, since)? {
        let of = uses.entry(institution).or_default();
        match (kind, found) {
            _ if refused => of.refused += count,
            (Kind::Person, true) => of.found += count,
            (Kind::Person, false) => of.missed += count,
            (Kind::Units, _) => of.units += count,
        }
    }
    Ok(uses)
}
