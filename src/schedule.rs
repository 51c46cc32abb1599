//! Every recurring job, on one page.

use std::error::Error;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::accounts;
use crate::correspondence;
use crate::deliveries;
use crate::platform::db::DbConn;
use crate::platform::files::clear_unknown;
use crate::register;
use crate::rehearsals;
use crate::server::Parts;
use crate::submissions;

/// What a job answers: how much it found to do.
type Done = Result<usize, Box<dyn Error + Send + Sync>>;

/// How often a job looks for work while there is none.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How often a check looks for work: somebody waits before the page.
const LOOK_FOR_CHECKS_EVERY: Duration = Duration::from_millis(100);

/// How often plans of deliveries are looked at: they are due on a day.
const LOOK_FOR_PERIODS_EVERY: Duration = Duration::from_secs(60);

/// How often what no longer counts is removed.
const FORGET_EVERY: Duration = Duration::from_secs(3600);

/// How long a job rests after it failed: the database may be away for a while.
const REST_AFTER_FAULT: Duration = Duration::from_secs(5);

/// How long work in hand may go on after the stop. Claims that are then left end
/// with their lease, and another program takes the work up.
const GRACE: Duration = Duration::from_secs(25);

/// Sends mails that are due.
async fn mails(parts: Parts) -> Done {
    Ok(correspondence::send_due(&parts.db, &parts.clock, &parts.mailer).await?)
}

/// Checks the next upload that waits.
async fn checks(parts: Parts) -> Done {
    let storage = &parts.config.storage;
    Ok(usize::from(
        submissions::check_next(&parts.db, &parts.clock, storage).await?,
    ))
}

/// Imports the next extract that waits.
async fn imports(parts: Parts) -> Done {
    let storage = &parts.config.storage;
    Ok(usize::from(
        register::jobs::import_next(&parts.db, &parts.clock, storage).await?,
    ))
}

/// Runs the next rehearsal of a rule that waits.
async fn rehearsals(parts: Parts) -> Done {
    Ok(usize::from(
        rehearsals::run_next(&parts.db, &parts.clock).await?,
    ))
}

/// Makes the file of the next publication that waits.
async fn deliveries(parts: Parts) -> Done {
    let made = deliveries::jobs::make_next(&parts.db, &parts.clock, &parts.files).await?;
    Ok(usize::from(made))
}

/// Publishes the next period that a plan of deliveries has due.
async fn periods(parts: Parts) -> Done {
    let made = deliveries::jobs::publish_due(&parts.db, &parts.clock).await?;
    Ok(usize::from(made))
}

/// Removes sessions, links and tries to sign in that are over, extracts whose
/// import nobody takes up again, and files that nobody knows of.
async fn what_is_over(parts: Parts) -> Done {
    let (now, files) = (parts.clock.now(), parts.files.clone());
    let forget = move |conn: &mut DbConn| accounts::jobs::forget_what_is_over(conn, now);
    parts.db.write(forget).await??;
    let end = move |conn: &mut DbConn| register::jobs::end_one_broken_off(conn, now);
    let ended = parts.db.write(end).await??;
    parts.db.read(register::restore_indexes).await??;
    let clear = move |conn: &mut DbConn| clear_unknown(conn, &files);
    parts.db.read(clear).await??;
    Ok(usize::from(ended))
}

/// Runs every job side by side until told to stop.
pub async fn run(parts: Parts, stop: watch::Receiver<bool>) {
    let jobs = [
        begin("mails", LOOK_EVERY, mails, &parts, &stop),
        begin("checks", LOOK_FOR_CHECKS_EVERY, checks, &parts, &stop),
        begin("imports", LOOK_EVERY, imports, &parts, &stop),
        begin("rehearsals", LOOK_EVERY, rehearsals, &parts, &stop),
        begin("deliveries", LOOK_EVERY, deliveries, &parts, &stop),
        begin("periods", LOOK_FOR_PERIODS_EVERY, periods, &parts, &stop),
        begin("what is over", FORGET_EVERY, what_is_over, &parts, &stop),
    ];
    for job in jobs {
        if let Err(error) = job.await {
            tracing::error!(%error, "a job broke off");
        }
    }
}

/// Runs whatever is due until nothing is left; how much that was. For tests and
/// for the demo.
///
/// # Errors
/// The first job's that fails.
pub async fn work_off(parts: &Parts) -> Done {
    let mut total = 0;
    loop {
        let made = checks(parts.clone()).await? + rehearsals(parts.clone()).await?;
        let made = made + imports(parts.clone()).await? + deliveries(parts.clone()).await?;
        let made = made + periods(parts.clone()).await?;
        let done = made + mails(parts.clone()).await? + what_is_over(parts.clone()).await?;
        if done == 0 {
            return Ok(total);
        }
        total += done;
    }
}

/// Begins one job. While there is work it goes on at once; otherwise it looks
/// again after a while.
fn begin<J, F>(
    name: &'static str,
    every: Duration,
    job: J,
    parts: &Parts,
    stop: &watch::Receiver<bool>,
) -> JoinHandle<()>
where
    J: Fn(Parts) -> F + 'static,
    F: Future<Output = Done> + 'static,
{
    let (parts, mut stop) = (parts.clone(), stop.clone());
    actix_web::rt::spawn(async move {
        while !*stop.borrow() {
            let Some(done) = unless_stopped(job(parts.clone()), stop.clone()).await else {
                tracing::warn!(job = name, "work in hand was left to the next start");
                return;
            };
            let rest = match done {
                Ok(0) => every,
                Ok(_) => Duration::ZERO,
                Err(error) => {
                    tracing::error!(job = name, %error, "a job failed");
                    REST_AFTER_FAULT.max(every)
                }
            };
            // Whether the rest is over or the stop came is seen above.
            let _ = tokio::time::timeout(rest, stop.changed()).await;
        }
    })
}

/// Awaits the work; after the stop only for the time of grace.
async fn unless_stopped(
    work: impl Future<Output = Done>,
    mut stop: watch::Receiver<bool>,
) -> Option<Done> {
    let mut work = std::pin::pin!(work);
    let stopped = std::pin::pin!(stop.wait_for(|stopped| *stopped));
    match futures_util::future::select(work.as_mut(), stopped).await {
        futures_util::future::Either::Left((done, _)) => Some(done),
        futures_util::future::Either::Right(_) => tokio::time::timeout(GRACE, work).await.ok(),
    }
}
