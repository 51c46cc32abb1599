//! `padan work`: the recurring work alone.

use anyhow::Result;
use padan::schedule;

/// Works until the process is asked to end.
pub async fn run() -> Result<()> {
    let parts = super::parts()?;
    tracing::info!("working");
    schedule::run(parts, super::stop_signal()?).await;
    tracing::info!("stopped");
    Ok(())
}
