//! To whom a person's data went.

use diesel::prelude::*;

use crate::disclosures::model::{Access, Disclosure, Trace};
use crate::platform::clock::Moment;
use crate::platform::db::schema::{
    agreements, disclosed_people, disclosure_accesses, disclosure_traces, disclosures, institutions,
};
use crate::platform::db::{DbConn, MultiBackend};

/// A disclosure of a person's data with one fetch of it, or without any yet.
#[derive(Debug, Clone, Queryable)]
pub struct Line {
    /// The disclosure.
    pub disclosure: Disclosure,
    /// The person's NIP at the time.
    pub nip: String,
    /// BKN's number of the agreement.
    pub agreement: String,
    /// The partner.
    pub institution: String,
    /// A fetch.
    pub access: Option<Access>,
}

/// The ID PNS of whoever had this NIP when data were given.
pub fn ids_disclosed_under(conn: &mut DbConn, nip: &str) -> QueryResult<Vec<String>> {
    disclosed_people::table
        .filter(disclosed_people::nip.eq(nip))
        .select(disclosed_people::id_pns)
        .distinct()
        .load(conn)
}

/// Every disclosure about these persons that was made or fetched within a
/// time (from, before), with each fetch: the latest first, a disclosure's
/// fetches beside each other.
pub fn lines(
    conn: &mut DbConn,
    ids: &[String],
    (from, until): (Option<Moment>, Option<Moment>),
) -> QueryResult<Vec<Line>> {
    let fetched = disclosure_accesses::table
        .on(disclosure_accesses::disclosure_id.eq(disclosed_people::disclosure_id));
    let mut query = disclosed_people::table
        .inner_join(disclosures::table.inner_join(agreements::table))
        .inner_join(institutions::table.on(institutions::id.eq(agreements::institution_id)))
        .left_join(fetched)
        .filter(disclosed_people::id_pns.eq_any(ids.to_vec()))
        .order((
            disclosures::made_at.desc(),
            disclosures::id,
            disclosure_accesses::at.desc(),
        ))
        .select((
            Disclosure::as_select(),
            disclosed_people::nip,
            agreements::bkn_number,
            institutions::name,
            Option::<Access>::as_select(),
        ))
        .into_boxed::<MultiBackend>();
    if let Some(from) = from {
        let fetched = disclosure_accesses::at.nullable().ge(from);
        query = query.filter(disclosures::made_at.nullable().ge(from).or(fetched));
    }
    if let Some(until) = until {
        query = query.filter(disclosures::made_at.lt(until));
    }
    query.load(conn)
}

pub fn insert(conn: &mut DbConn, trace: &Trace) -> QueryResult<()> {
    diesel::insert_into(disclosure_traces::table)
        .values(trace)
        .execute(conn)
        .map(drop)
}

/// The last inquiries, the latest first.
pub fn last(conn: &mut DbConn, limit: i64) -> QueryResult<Vec<Trace>> {
    disclosure_traces::table
        .order((disclosure_traces::at.desc(), disclosure_traces::id))
        .select(Trace::as_select())
        .limit(limit)
        .offset(0)
        .load(conn)
}
