//! Work that outlives a request: a queue in the database.
//!
//! A job is claimed by compare-and-set for a short lease, which its worker
//! renews; when the worker dies the lease runs out and another takes it up.

use diesel::prelude::*;

use super::clock::Moment;
use super::db::{DbConn, schema::jobs};
use crate::per_backend;

super::ids::id!(
    /// A job.
    JobId
);

/// Seconds that a claim holds unless it is renewed.
pub const LEASE_SECONDS: i64 = 15;

/// A job that failed this often is given up and shown as failed.
pub const MAX_ATTEMPTS: i32 = 3;

/// A claimed job.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = jobs)]
pub struct Job {
    /// Names the job.
    pub id: JobId,
    /// What is to be done.
    pub kind: String,
    /// On what: an id.
    pub subject: String,
    /// How often it was begun, this time included.
    pub attempts: i32,
    /// The claim under which it is being done.
    pub claim: Option<String>,
}

/// Puts a job into the queue; one open job per kind and subject.
///
/// # Errors
/// The database's.
pub fn enqueue(conn: &mut DbConn, kind: &str, subject: &str, now: Moment) -> QueryResult<()> {
    let job = (
        jobs::id.eq(JobId::generate()),
        jobs::kind.eq(kind),
        jobs::subject.eq(subject),
        jobs::created_at.eq(now),
        jobs::run_after.eq(now),
        jobs::attempts.eq(0),
    );
    per_backend!(conn, |c| {
        diesel::insert_into(jobs::table)
            .values(job)
            .on_conflict_do_nothing()
            .execute(c)
    })
    .map(drop)
}

/// Claims the oldest job of a kind that is due, if there is one.
///
/// # Errors
/// The database's.
pub fn claim(conn: &mut DbConn, kind: &str, now: Moment) -> QueryResult<Option<Job>> {
    let free = jobs::claimed_until
        .is_null()
        .or(jobs::claimed_until.lt(now));
    let due: Option<JobId> = jobs::table
        .filter(jobs::kind.eq(kind))
        .filter(jobs::finished_at.is_null())
        .filter(jobs::failed_at.is_null())
        .filter(jobs::run_after.le(now))
        .filter(free)
        .order(jobs::created_at)
        .select(jobs::id)
        .first(conn)
        .optional()?;
    match due {
        Some(id) => claim_one(conn, id, now),
        None => Ok(None),
    }
}

/// Claims one job, unless another worker has it.
///
/// # Errors
/// The database's.
pub fn claim_one(conn: &mut DbConn, id: JobId, now: Moment) -> QueryResult<Option<Job>> {
    let free = jobs::claimed_until
        .is_null()
        .or(jobs::claimed_until.lt(now));
    let claimed = diesel::update(jobs::table.find(id).filter(free))
        .set((
            jobs::claim.eq(JobId::generate().to_string()),
            jobs::claimed_until.eq(now.plus_seconds(LEASE_SECONDS)),
            jobs::attempts.eq(jobs::attempts + 1),
        ))
        .execute(conn)?;
    if claimed == 0 {
        return Ok(None);
    }
    jobs::table
        .find(id)
        .select(Job::as_select())
        .first(conn)
        .optional()
}

/// Renews the claim. `false` when another worker holds the job by now.
///
/// # Errors
/// The database's.
pub fn renew(conn: &mut DbConn, job: &Job, now: Moment) -> QueryResult<bool> {
    diesel::update(
        jobs::table
            .find(job.id)
            .filter(jobs::claim.eq(job.claim.clone())),
    )
    .set(jobs::claimed_until.eq(now.plus_seconds(LEASE_SECONDS)))
    .execute(conn)
    .map(|count| count == 1)
}

/// Marks a job as done. `false` when another worker holds it by now: that one
/// ends it.
///
/// # Errors
/// The database's.
pub fn finish(conn: &mut DbConn, job: &Job, now: Moment) -> QueryResult<bool> {
    let held = jobs::table
        .find(job.id)
        .filter(jobs::claim.eq(job.claim.clone()));
    diesel::update(held)
        .set(jobs::finished_at.eq(now))
        .execute(conn)
        .map(|count| count == 1)
}

/// Notes a failure: the job is tried again after `2^attempts` seconds, or given
/// up after [`MAX_ATTEMPTS`]. Returns whether it was given up; a job that another
/// worker holds by now is left to that one.
///
/// # Errors
/// The database's.
pub fn fail(conn: &mut DbConn, job: &Job, error: &str, now: Moment) -> QueryResult<bool> {
    let given_up = job.attempts >= MAX_ATTEMPTS;
    let pause = 1_i64 << job.attempts.clamp(0, 10);
    let held = jobs::table
        .find(job.id)
        .filter(jobs::claim.eq(job.claim.clone()));
    let count = diesel::update(held)
        .set((
            jobs::last_error.eq(error),
            jobs::claimed_until.eq(None::<Moment>),
            jobs::run_after.eq(now.plus_seconds(pause)),
            jobs::failed_at.eq(given_up.then_some(now)),
        ))
        .execute(conn)?;
    Ok(given_up && count == 1)
}
