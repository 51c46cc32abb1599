//! What BKN does about rules in the demo: a rehearsal, a decision for a day to
//! come, and a result that was checked again.

use chrono::{Days, Months};

use super::DemoError;
use super::partners::{World, unknown};
use crate::accounts::Role;
use crate::datasets::{self, Stage};
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::transaction;
use crate::platform::web::OneTimeKey;
use crate::rehearsals::{self, NewRehearsal, ask_recheck, rehearse};
use crate::rulebooks::{NewDecision, decide};
use crate::server::Parts;

const DATASET: &str = "riwayat-kursus";
/// The rule that is run over past files.
const REHEARSED: &str = "year-of-date";
/// Nothing is sent again that was taken over: begins as a warning, and will block.
const DECIDED: &str = "taken-over";
/// Days until it blocks.
const AHEAD: u64 = 42;
const REASON: &str =
    "Baris yang sudah diambil alih sering dikirim lagi dan menambah beban tinjauan.";
/// The submission whose result is looked at again: agreement and day.
const REVIEWED: (&str, i64) = ("lan-2025", -35);

/// Rehearses a rule, decides on it, and checks a result again.
pub(super) async fn tend(parts: &Parts, world: &World, now: Moment) -> Result<(), DemoError> {
    let dataset = datasets::find(DATASET).ok_or_else(|| unknown(DATASET))?;
    let (admin, verifier) = (
        world.staff(Role::Admin)?.id,
        world.staff(Role::Verifier)?.id,
    );
    let key = (REVIEWED.0.to_owned(), REVIEWED.1);
    let reviewed = *world.submissions.get(&key).ok_or_else(|| unknown(&key.0))?;
    let today = now.jakarta_date();
    let tried = NewRehearsal {
        rule: REHEARSED.to_owned(),
        checked_from: today.checked_sub_months(Months::new(12)).unwrap_or(today),
        form_key: OneTimeKey::generate(),
    };
    let decision = NewDecision {
        rule: DECIDED.to_owned(),
        stage: Stage::Blocking,
        valid_from: today + Days::new(AHEAD),
        reason: REASON.to_owned(),
        form_key: OneTimeKey::generate(),
    };
    let conn = &mut *parts.db.connection()?;
    transaction(conn, |conn| rehearse(conn, dataset, tried, admin, now))
        .map_err(DemoError::refused)?;
    transaction(conn, |conn| decide(conn, dataset, decision, admin, now))
        .map_err(DemoError::refused)?;
    let key = OneTimeKey::generate();
    transaction(conn, |conn| {
        ask_recheck(conn, (reviewed, 1), key, verifier, now)
    })
    .map_err(DemoError::refused)?;
    let clock = Clock::fixed(now);
    while rehearsals::run_next(&parts.db, &clock)
        .await
        .map_err(DemoError::refused)?
    {}
    Ok(())
}
