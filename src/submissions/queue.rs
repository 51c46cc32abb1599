//! The queue of checks: which is the next, and where one stands in it.

use diesel::QueryResult;

use super::model::VersionId;
use super::model::queue::{
    Measured, QueuePlace, TURN_SECONDS, Waiting, expected_work, in_order, place_of,
};
use super::queries::queue::{self, Queued};
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::jobs::{self, Job};

/// The queue as it stands.
struct Line {
    ordered: Vec<Waiting>,
    /// Milliseconds of work that is in hand.
    running: i64,
}

/// Claims the check whose turn it is, if one waits.
pub(super) fn claim_next(conn: &mut DbConn, now: Moment) -> QueryResult<Option<Job>> {
    let mut open = queue::open(conn)?;
    open.retain(|queued| queued.run_after <= now);
    let line = line(conn, &open, now)?;
    let next = line.ordered.first().map(|next| next.version);
    let job = open.iter().find(|queued| Some(queued.version) == next);
    match job {
        Some(queued) => jobs::claim_one(conn, queued.job, now),
        None => Ok(None),
    }
}

/// Where a version stands in the queue, when it waits.
pub(super) fn standing(
    conn: &mut DbConn,
    version: VersionId,
    now: Moment,
) -> QueryResult<Option<QueuePlace>> {
    let open = queue::open(conn)?;
    let line = line(conn, &open, now)?;
    Ok(place_of(&line.ordered, version, line.running))
}

fn line(conn: &mut DbConn, open: &[Queued], now: Moment) -> QueryResult<Line> {
    if open.is_empty() {
        return Ok(Line {
            ordered: Vec::new(),
            running: 0,
        });
    }
    let begun = queue::begun_since(conn, now.plus_seconds(-TURN_SECONDS))?;
    let last = queue::last_checks(conn)?.into_iter();
    let measured: Vec<Measured> = last
        .map(|(media_type, bytes, millis)| Measured {
            media_type,
            bytes,
            millis: millis.unwrap_or_default(),
        })
        .collect();
    let is_claimed = |queued: &&Queued| queued.claimed_until.is_some_and(|until| until >= now);
    let work = |queued: &Queued| expected_work(&measured, &queued.media_type, queued.bytes);
    let running = open.iter().filter(is_claimed).map(|queued| {
        let since = queued.began.map_or(0, |began| now.seconds_since(began));
        (work(queued) - since.saturating_mul(1_000)).max(0)
    });
    let waiting = open.iter().filter(|queued| !is_claimed(queued));
    let waiting = waiting.map(|queued| Waiting {
        version: queued.version,
        institution: queued.institution,
        work: work(queued),
        waited: now.seconds_since(queued.since),
    });
    Ok(Line {
        ordered: in_order(waiting.collect(), &begun.into_iter().collect()),
        running: running.sum(),
    })
}
