//! Statements on the outbox.

use diesel::prelude::*;
use diesel::sql_types::{Text, Timestamp};

use super::model::{Attempt, MailFilter, MailId, MailState, Outcome, StoredMail};
use crate::platform::clock::Moment;
use crate::platform::db::schema::{institutions, mail_attempts, mails};
use crate::platform::db::{DbConn, MultiBackend, containing};

type Boxed<'a> = mails::BoxedQuery<'a, MultiBackend>;

/// Tries begun since a moment, by whatever program.
pub(super) fn attempts_since(conn: &mut DbConn, since: Moment) -> QueryResult<i64> {
    mail_attempts::table
        .filter(mail_attempts::started_at.gt(since))
        .count()
        .get_result(conn)
}

/// Mails that are to be sent now, the longest waiting first.
pub(super) fn due(conn: &mut DbConn, limit: i64, now: Moment) -> QueryResult<Vec<MailId>> {
    mails::table
        .filter(mails::sent_at.is_null())
        .filter(mails::failed_at.is_null())
        .filter(mails::handed_at.is_null())
        .filter(mails::run_after.le(now))
        .filter(is_free(now))
        .order((mails::run_after, mails::created_at, mails::id))
        .limit(limit)
        .select(mails::id)
        .load(conn)
}

/// Not claimed, or by a worker that is gone.
#[diesel::dsl::auto_type]
fn is_free(now: Moment) -> _ {
    mails::claimed_until
        .is_null()
        .or(mails::claimed_until.lt(now))
}

/// Handed over, and nobody waits for the answer any more.
#[diesel::dsl::auto_type]
fn is_unsure() -> _ {
    mails::handed_at
        .is_not_null()
        .and(mails::claim.is_null())
        .and(mails::sent_at.is_null())
}

/// Claims mails, those that another worker took meanwhile left out.
pub(super) fn claim(
    conn: &mut DbConn,
    ids: &[MailId],
    claim: &str,
    until: Moment,
    now: Moment,
) -> QueryResult<usize> {
    diesel::update(mails::table)
        .filter(mails::id.eq_any(ids))
        .filter(is_free(now))
        .set((
            mails::claim.eq(claim),
            mails::claimed_until.eq(until),
            mails::attempts.eq(mails::attempts + 1),
        ))
        .execute(conn)
}

/// Notes that a try begins for every mail under a claim.
pub(super) fn open_attempts(conn: &mut DbConn, claim: &str, now: Moment) -> QueryResult<usize> {
    let begun = mails::table.filter(mails::claim.eq(claim)).select((
        mails::id,
        claim.into_sql::<Text>(),
        now.into_sql::<Timestamp>(),
    ));
    diesel::insert_into(mail_attempts::table)
        .values(begun)
        .into_columns((
            mail_attempts::mail_id,
            mail_attempts::claim,
            mail_attempts::started_at,
        ))
        .execute(conn)
}

/// Notes that a mail is now handed over; 0 when somebody else has it.
pub(super) fn mark_handed(conn: &mut DbConn, mail: &StoredMail, now: Moment) -> QueryResult<usize> {
    diesel::update(mails::table.find(mail.id))
        .filter(mails::claim.eq(mail.claim.as_deref()))
        .filter(mails::handed_at.is_null())
        .filter(mails::sent_at.is_null())
        .set(mails::handed_at.eq(now))
        .execute(conn)
}

/// Ends the claims of workers that are gone on mails that were handed over.
pub(super) fn release_handed(conn: &mut DbConn, now: Moment) -> QueryResult<usize> {
    diesel::update(mails::table)
        .filter(mails::handed_at.is_not_null())
        .filter(mails::claimed_until.lt(now))
        .set((
            mails::claim.eq(None::<String>),
            mails::claimed_until.eq(None::<Moment>),
        ))
        .execute(conn)
}

/// Ends the claim on a mail of which nobody knows whether it was taken.
pub(super) fn mark_unsure(
    conn: &mut DbConn,
    mail: &StoredMail,
    response: &str,
) -> QueryResult<usize> {
    diesel::update(mails::table.find(mail.id))
        .filter(mails::claim.eq(mail.claim.as_deref()).or(is_unsure()))
        .set((
            mails::last_response.eq(response),
            mails::claim.eq(None::<String>),
            mails::claimed_until.eq(None::<Moment>),
        ))
        .execute(conn)
}

/// Marks a mail of which nobody knew as taken when it was handed over.
pub(super) fn settle(conn: &mut DbConn, id: MailId) -> QueryResult<usize> {
    diesel::update(mails::table.find(id))
        .filter(is_unsure())
        .set((
            mails::sent_at.eq(mails::handed_at),
            mails::handed_at.eq(None::<Moment>),
        ))
        .execute(conn)
}

/// The mails under a claim.
pub(super) fn claimed(conn: &mut DbConn, claim: &str) -> QueryResult<Vec<StoredMail>> {
    mails::table
        .filter(mails::claim.eq(claim))
        .order(mails::run_after)
        .select(StoredMail::as_select())
        .load(conn)
}

/// Holds on to the mails of a claim that are still under way.
pub(super) fn renew(conn: &mut DbConn, claim: &str, until: Moment) -> QueryResult<usize> {
    diesel::update(mails::table)
        .filter(mails::claim.eq(claim))
        .set(mails::claimed_until.eq(until))
        .execute(conn)
}

/// Notes how a try ended.
pub(super) fn close_attempt(
    conn: &mut DbConn,
    mail: &StoredMail,
    outcome: Outcome,
    response: &str,
    now: Moment,
) -> QueryResult<usize> {
    let claim = mail.claim.as_deref().unwrap_or_default();
    diesel::update(mail_attempts::table.find((mail.id, claim)))
        .set((
            mail_attempts::ended_at.eq(now),
            mail_attempts::outcome.eq(outcome),
            mail_attempts::response.eq(response),
        ))
        .execute(conn)
}

/// Marks a mail as taken, under whatever claim: it must not go out again.
pub(super) fn mark_sent(
    conn: &mut DbConn,
    mail: &StoredMail,
    response: &str,
    now: Moment,
) -> QueryResult<usize> {
    diesel::update(mails::table.find(mail.id))
        .set((
            mails::sent_at.eq(now),
            mails::failed_at.eq(None::<Moment>),
            mails::handed_at.eq(None::<Moment>),
            mails::last_response.eq(response),
            mails::claim.eq(None::<String>),
            mails::claimed_until.eq(None::<Moment>),
        ))
        .execute(conn)
}

/// Forgets the secret of a mail.
pub(super) fn forget_secret(conn: &mut DbConn, id: MailId) -> QueryResult<usize> {
    diesel::update(mails::table.find(id))
        .set(mails::secret.eq(None::<String>))
        .execute(conn)
}

/// Puts a mail off until a moment, or gives it up when there is none.
pub(super) fn mark_unsent(
    conn: &mut DbConn,
    mail: &StoredMail,
    response: &str,
    again: Option<Moment>,
    now: Moment,
) -> QueryResult<usize> {
    let failed_at = again.is_none().then_some(now);
    diesel::update(mails::table.find(mail.id))
        .filter(mails::claim.eq(mail.claim.as_deref()).or(is_unsure()))
        .set((
            mails::run_after.eq(again.unwrap_or(now)),
            mails::failed_at.eq(failed_at),
            mails::handed_at.eq(None::<Moment>),
            mails::last_response.eq(response),
            mails::claim.eq(None::<String>),
            mails::claimed_until.eq(None::<Moment>),
        ))
        .execute(conn)
}

/// Puts a mail that was sent, given up or is unsure back into the queue.
pub(super) fn put_back(conn: &mut DbConn, id: MailId, now: Moment) -> QueryResult<usize> {
    let is_done = mails::sent_at
        .is_not_null()
        .or(mails::failed_at.is_not_null())
        .or(is_unsure());
    diesel::update(mails::table.find(id))
        .filter(is_done)
        .set((
            mails::sent_at.eq(None::<Moment>),
            mails::failed_at.eq(None::<Moment>),
            mails::handed_at.eq(None::<Moment>),
            mails::run_after.eq(now),
            mails::attempts.eq(0),
        ))
        .execute(conn)
}

/// One mail.
pub(super) fn find(conn: &mut DbConn, id: MailId) -> QueryResult<StoredMail> {
    mails::table
        .find(id)
        .select(StoredMail::as_select())
        .first(conn)
}

/// The tries of a mail, the latest first.
pub(super) fn attempts(conn: &mut DbConn, id: MailId) -> QueryResult<Vec<Attempt>> {
    mail_attempts::table
        .filter(mail_attempts::mail_id.eq(id))
        .order(mail_attempts::started_at.desc())
        .select(Attempt::as_select())
        .load(conn)
}

/// How many mails a filter finds.
pub(super) fn count(conn: &mut DbConn, filter: &MailFilter) -> QueryResult<i64> {
    filtered(filter).count().get_result(conn)
}

/// A page of the mails that a filter finds, the newest first.
pub(super) fn page(
    conn: &mut DbConn,
    filter: &MailFilter,
    limit: i64,
    offset: i64,
) -> QueryResult<Vec<StoredMail>> {
    filtered(filter)
        .order((mails::created_at.desc(), mails::id.desc()))
        .select(StoredMail::as_select())
        .limit(limit)
        .offset(offset)
        .load(conn)
}

/// Ids and short names of all institutions.
pub(super) fn institutions(conn: &mut DbConn) -> QueryResult<Vec<(String, String)>> {
    institutions::table
        .select((institutions::id, institutions::short_name))
        .order(institutions::short_name)
        .load(conn)
}

fn filtered(filter: &MailFilter) -> Boxed<'_> {
    let mut query = mails::table.into_boxed();
    query = match filter.state {
        None => query,
        Some(MailState::Sent) => query.filter(mails::sent_at.is_not_null()),
        Some(MailState::Failed) => query.filter(mails::failed_at.is_not_null()),
        Some(MailState::Unsure) => query.filter(is_unsure()),
        Some(MailState::Waiting) => query
            .filter(mails::sent_at.is_null())
            .filter(mails::failed_at.is_null())
            .filter(mails::handed_at.is_null().or(mails::claim.is_not_null())),
    };
    if let Some(kind) = &filter.kind {
        query = query.filter(mails::kind.eq(kind));
    }
    if let Some(institution) = &filter.institution {
        query = query.filter(mails::institution_id.eq(institution));
    }
    if let Some(before) = filter.posted_before {
        query = query.filter(mails::created_at.lt(before));
    }
    if !filter.search.trim().is_empty() {
        let pattern = containing(&filter.search);
        query = query.filter(mails::search_text.like(pattern).escape('\\'));
    }
    query
}
