//! `padan serve`: the portal and its recurring work in one process.

use anyhow::{Context, Result};
use padan::schedule;
use padan::server::{self, Parts};
use std::net::TcpListener;

/// Serves until the process is asked to end; requests under way then have 30
/// seconds, and the work in hand somewhat less.
pub async fn run() -> Result<()> {
    serve(super::parts()?).await
}

/// Serves a portal whose parts are ready.
pub async fn serve(parts: Parts) -> Result<()> {
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
