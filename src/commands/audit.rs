//! `padan audit`: looking after the trail.

use anyhow::{Context, Result};
use padan::audit;
use padan::platform::config::Config;

/// Checks the whole trail and prints its head. Whoever keeps a head printed
/// earlier can tell whether the trail was cut or made anew since.
pub fn verify() -> Result<()> {
    let db = super::open(&Config::from_env()?)?;
    let conn = &mut *db.connection()?;
    let found = audit::verify(conn).context("the audit trail is not whole")?;
    println!("{} events, head {}", found.events, found.head);
    Ok(())
}
