//! Statements on publications.

use diesel::prelude::*;

use crate::accounts::{AccountId, Scope};
use crate::agreements::{Agreement, AgreementId};
use crate::deliveries::model::{Contents, DeliveryId, Publication, PublicationState, Receipt};
use crate::disclosures::DisclosureId;
use crate::institutions::{Institution, InstitutionId};
use crate::platform::clock::Moment;
use crate::platform::db::schema::{
    accounts, agreements, disclosure_accesses, institutions, publications,
};
use crate::platform::db::{DbConn, MultiBackend};
use crate::platform::files::FileId;

/// A publication with whose it is.
pub type Dossier = (Publication, Agreement, Institution);

/// A publication within reach, with its agreement and partner.
pub fn dossier(conn: &mut DbConn, scope: Scope, id: DeliveryId) -> QueryResult<Option<Dossier>> {
    let mut query = publications::table
        .inner_join(agreements::table.inner_join(institutions::table))
        .filter(publications::id.eq(id))
        .select((
            Publication::as_select(),
            Agreement::as_select(),
            Institution::as_select(),
        ))
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(agreements::institution_id.eq(institution));
    }
    query.first(conn).optional()
}

/// The publication that a posted form led to.
pub fn by_form_key(
    conn: &mut DbConn,
    agreement: AgreementId,
    key: &str,
) -> QueryResult<Option<DeliveryId>> {
    publications::table
        .filter(publications::agreement_id.eq(agreement))
        .filter(publications::form_key.eq(key))
        .select(publications::id)
        .first(conn)
        .optional()
}

pub fn insert(conn: &mut DbConn, publication: &Publication) -> QueryResult<()> {
    diesel::insert_into(publications::table)
        .values(publication)
        .execute(conn)
        .map(drop)
}

/// Whether anything of a data set was published to an agreement from a moment
/// on, before another.
///
/// # Errors
/// The database's.
pub fn is_any_between(
    conn: &mut DbConn,
    (agreement, dataset): (AgreementId, &str),
    (from, until): (Moment, Option<Moment>),
) -> QueryResult<bool> {
    let mut query = publications::table
        .filter(publications::agreement_id.eq(agreement))
        .filter(publications::dataset.eq(dataset))
        .filter(publications::published_at.ge(from))
        .select(publications::id)
        .limit(1)
        .offset(0)
        .into_boxed();
    if let Some(until) = until {
        query = query.filter(publications::published_at.lt(until));
    }
    let first = query.first::<DeliveryId>(conn).optional()?;
    Ok(first.is_some())
}

/// Which publications a list shows.
#[derive(Debug, Clone, Default)]
pub struct ListFilter {
    /// Of this agreement only.
    pub agreement: Option<AgreementId>,
    /// Of this partner only.
    pub institution: Option<InstitutionId>,
    /// Of this data set only.
    pub dataset: Option<String>,
    /// In this state only.
    pub state: Option<PublicationState>,
    /// Only what a partner is told of: what was made.
    pub told: bool,
}

/// How many there are.
pub fn count(conn: &mut DbConn, scope: Scope, filter: &ListFilter) -> QueryResult<i64> {
    let query = listed(scope, filter);
    query.select(diesel::dsl::count_star()).first(conn)
}

/// A page of them, the latest first.
pub fn page(
    conn: &mut DbConn,
    scope: Scope,
    filter: &ListFilter,
    (limit, offset): (i64, i64),
) -> QueryResult<Vec<Dossier>> {
    listed(scope, filter)
        .select((
            Publication::as_select(),
            Agreement::as_select(),
            Institution::as_select(),
        ))
        .order((
            publications::published_at.desc(),
            publications::number.desc(),
        ))
        .limit(limit)
        .offset(offset)
        .load(conn)
}

#[diesel::dsl::auto_type]
fn joined() -> _ {
    publications::table.inner_join(agreements::table.inner_join(institutions::table))
}

type Listed = diesel::dsl::IntoBoxed<'static, joined, MultiBackend>;

fn listed(scope: Scope, filter: &ListFilter) -> Listed {
    let mut query = joined().into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(agreements::institution_id.eq(institution));
    }
    if let Some(institution) = filter.institution {
        query = query.filter(agreements::institution_id.eq(institution));
    }
    if let Some(agreement) = filter.agreement {
        query = query.filter(publications::agreement_id.eq(agreement));
    }
    if let Some(dataset) = filter.dataset.clone() {
        query = query.filter(publications::dataset.eq(dataset));
    }
    if filter.told {
        query = query.filter(publications::made_at.is_not_null());
    }
    let (received, withdrawn) = (publications::received_at, publications::withdrawn_at);
    match filter.state {
        None => query,
        Some(PublicationState::Withdrawn) => query.filter(withdrawn.is_not_null()),
        Some(PublicationState::Received) => query.filter(received.is_not_null()),
        Some(PublicationState::Available) => query
            .filter(publications::file_id.is_not_null())
            .filter(received.is_null().and(withdrawn.is_null())),
        Some(PublicationState::Failed) => query
            .filter(publications::failed_at.is_not_null())
            .filter(publications::file_id.is_null().and(withdrawn.is_null())),
        Some(PublicationState::Preparing) => query
            .filter(publications::file_id.is_null())
            .filter(publications::failed_at.is_null().and(withdrawn.is_null())),
    }
}

/// Notes the disclosure that is being written.
pub fn set_disclosure(
    conn: &mut DbConn,
    id: DeliveryId,
    disclosure: Option<DisclosureId>,
) -> QueryResult<()> {
    diesel::update(publications::table.find(id))
        .set(publications::disclosure_id.eq(disclosure))
        .execute(conn)
        .map(drop)
}

/// Puts the file in its place, unless BKN took the publication back meanwhile
/// (0).
pub fn set_file(
    conn: &mut DbConn,
    id: DeliveryId,
    (file, holds): (FileId, Contents),
    now: Moment,
) -> QueryResult<usize> {
    diesel::update(publications::table.find(id))
        .filter(publications::withdrawn_at.is_null())
        .filter(publications::file_id.is_null())
        .set((
            publications::file_id.eq(Some(file)),
            publications::row_count.eq(Some(holds.rows)),
            publications::people.eq(Some(holds.people)),
            publications::data_as_of.eq(Some(holds.day)),
            publications::made_at.eq(Some(now)),
            publications::failed_at.eq(None::<Moment>),
        ))
        .execute(conn)
}

/// Notes that making the file was given up.
pub fn set_failed(conn: &mut DbConn, id: DeliveryId, at: Moment) -> QueryResult<usize> {
    diesel::update(publications::table.find(id))
        .filter(publications::withdrawn_at.is_null())
        .filter(publications::file_id.is_null())
        .set(publications::failed_at.eq(Some(at)))
        .execute(conn)
}

/// Notes that the file is made again that was given up; 0 when somebody was
/// quicker.
pub fn try_again(conn: &mut DbConn, id: DeliveryId) -> QueryResult<usize> {
    diesel::update(publications::table.find(id))
        .filter(publications::withdrawn_at.is_null())
        .filter(publications::failed_at.is_not_null())
        .set(publications::failed_at.eq(None::<Moment>))
        .execute(conn)
}

/// Takes a publication back that nobody has received; 0 when somebody has, or
/// when it was taken back before.
pub fn withdraw(
    conn: &mut DbConn,
    id: DeliveryId,
    (by, reason): (&str, &str),
    now: Moment,
) -> QueryResult<usize> {
    diesel::update(publications::table.find(id))
        .filter(publications::withdrawn_at.is_null())
        .filter(publications::received_at.is_null())
        .set((
            publications::withdrawn_at.eq(Some(now)),
            publications::withdrawn_by.eq(Some(by)),
            publications::withdrawal_reason.eq(Some(reason)),
        ))
        .execute(conn)
}

/// Notes the receipt of a file that is there; 0 when it is not, or when it was
/// received before.
pub fn receive(
    conn: &mut DbConn,
    id: DeliveryId,
    (by, how): (AccountId, Receipt),
    now: Moment,
) -> QueryResult<usize> {
    diesel::update(publications::table.find(id))
        .filter(publications::file_id.is_not_null())
        .filter(publications::withdrawn_at.is_null())
        .filter(publications::received_at.is_null())
        .set((
            publications::received_at.eq(Some(now)),
            publications::received_by.eq(Some(by)),
            publications::receipt.eq(Some(how)),
        ))
        .execute(conn)
}

/// Who fetched it, in which form and when, the latest first, at most 100.
pub fn accesses(
    conn: &mut DbConn,
    disclosure: DisclosureId,
) -> QueryResult<Vec<(String, crate::disclosures::AccessForm, Moment)>> {
    disclosure_accesses::table
        .inner_join(accounts::table)
        .filter(disclosure_accesses::disclosure_id.eq(disclosure))
        .select((
            accounts::name,
            disclosure_accesses::form,
            disclosure_accesses::at,
        ))
        .order((disclosure_accesses::at.desc(), disclosure_accesses::id))
        .limit(100)
        .offset(0)
        .load(conn)
}
