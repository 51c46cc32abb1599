//! Others who are at the portal meanwhile: one opens pages, one writes.

use diesel::prelude::*;
use padan::platform::db::{self, Db};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::support::Actor;

/// Between two requests of one person.
const PAUSE: Duration = Duration::from_millis(20);

/// Runs until told to stop; how long each page took.
pub async fn open_pages(actor: &Actor, stopped: &AtomicBool) -> Vec<Duration> {
    let mut times = Vec::new();
    while !stopped.load(Ordering::Relaxed) {
        let began = Instant::now();
        actor.page("/beranda").await;
        times.push(began.elapsed());
        actix_web::rt::time::sleep(PAUSE).await;
    }
    times.sort_unstable();
    times
}

/// Somebody who writes, and waits for the turn to do so.
pub struct Writer {
    stop: Arc<AtomicBool>,
    writing: JoinHandle<Duration>,
}

impl Writer {
    pub fn begin(db: &Db) -> Self {
        let (stop, db) = (Arc::new(AtomicBool::new(false)), db.clone());
        let stopped = Arc::clone(&stop);
        let writing = thread::spawn(move || {
            let conn = &mut *db.connection().unwrap();
            let mut longest = Duration::ZERO;
            while !stopped.load(Ordering::Relaxed) {
                let began = Instant::now();
                db::transaction(conn, |conn| {
                    diesel::sql_query("SELECT 1").execute(conn).map(drop)
                })
                .unwrap();
                longest = longest.max(began.elapsed());
                thread::sleep(PAUSE);
            }
            longest
        });
        Self { stop, writing }
    }

    /// The longest that a write took.
    pub fn end(self) -> Duration {
        self.stop.store(true, Ordering::Relaxed);
        self.writing.join().unwrap()
    }
}
