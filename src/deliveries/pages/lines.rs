//! Publications as lists show them: what can be fetched no more says so.

use chrono::NaiveDate;
use diesel::QueryResult;

use crate::accounts::Scope;
use crate::agreements::{self, Agreement, Direction, Grant};
use crate::deliveries::model::{Bar, Publication, PublicationState};
use crate::deliveries::queries::publications::{self as queries, Dossier, ListFilter};
use crate::institutions::Institution;
use crate::platform::db::DbConn;

/// Publications that wait are counted up to this number.
const MOST_WAITING: i64 = 1_000;

/// A publication in a list.
pub struct Line {
    pub publication: Publication,
    pub agreement: Agreement,
    pub partner: Institution,
    /// Why its file cannot be fetched any more.
    pub bar: Option<Bar>,
}

/// How many publications there are, by what is still to come of them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    pub all: i64,
    /// The partner can fetch it and has not.
    pub waiting: i64,
    pub preparing: i64,
    pub failed: i64,
    pub received: i64,
}

/// The lines of some publications.
pub fn of(
    conn: &mut DbConn,
    scope: Scope,
    dossiers: Vec<Dossier>,
    today: NaiveDate,
) -> QueryResult<Vec<Line>> {
    let grants = agreements::granted_within(conn, scope, today)?;
    let lines = dossiers.into_iter().map(|dossier| {
        let is_open = dossier.0.is_open();
        let bar = bar(&dossier, &grants, today).filter(|_| is_open);
        let (publication, agreement, partner) = dossier;
        Line {
            publication,
            agreement,
            partner,
            bar,
        }
    });
    Ok(lines.collect())
}

fn bar(
    (publication, agreement, partner): &Dossier,
    grants: &[(Agreement, Grant)],
    today: NaiveDate,
) -> Option<Bar> {
    let is_meant = |(of, grant): &&(Agreement, Grant)| {
        of.id == agreement.id
            && grant.dataset == publication.dataset
            && grant.direction == Direction::BknToPartner
    };
    let grant = grants.iter().find(is_meant).map(|(_, grant)| grant);
    publication.bar((agreement, partner), grant, today)
}

/// Counts the publications within reach; those that a partner is `told` of, or
/// all.
pub fn tally(conn: &mut DbConn, scope: Scope, told: bool, today: NaiveDate) -> QueryResult<Tally> {
    let in_state = |state| ListFilter {
        state,
        told,
        ..ListFilter::default()
    };
    let mut count = |state| queries::count(conn, scope, &in_state(state));
    let tally = Tally {
        all: count(None)?,
        waiting: 0,
        preparing: count(Some(PublicationState::Preparing))?,
        failed: count(Some(PublicationState::Failed))?,
        received: count(Some(PublicationState::Received))?,
    };
    let available = in_state(Some(PublicationState::Available));
    let available = queries::page(conn, scope, &available, (MOST_WAITING, 0))?;
    let lines = of(conn, scope, available, today)?.into_iter();
    let waiting = lines.filter(|line| line.bar.is_none()).count();
    Ok(Tally {
        waiting: i64::try_from(waiting).unwrap_or(MOST_WAITING),
        ..tally
    })
}
