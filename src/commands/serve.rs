//! `padan serve`: the portal and its recurring work in one process.

use anyhow::{Context, Result};
use padan::{schedule, server};
use std::net::TcpListener;

/// Serves until the process is asked to end; requests under way then have 30
/// seconds, and the work in hand somewhat less.
pub async fn run() -> Result<()> {
    let parts = super::parts()?;
    let listen = parts.config.web.listen.clone();
    let listener = TcpListener::bind(&listen)
        .with_context(|| format!("PADAN_LISTEN: cannot listen on {listen}"))?;
    let workers = std::thread::available_parallelism()?.get();
    let work = actix_web::rt::spawn(schedule::run(parts.clone(), super::stop_signal()?));
    tracing::info!(address = %parts.config.web.base_url, "serving");
    // The server listens to the same signals by itself.
    server::serve(parts, listener, workers)?.await?;
    work.await?;
    tracing::info!("stopped");
    Ok(())
}
