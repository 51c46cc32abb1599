//! `padan serve`: the portal and its recurring work in one process.

use anyhow::{Context, Result};
use padan::platform::config::Config;
use padan::schedule;
use padan::server::{self, Parts};
use std::net::TcpListener;

/// Serves until the process is asked to end; requests under way then have 30
/// seconds, and the work in hand somewhat less.
pub async fn run() -> Result<()> {
    let parts = super::parts()?;
    let listener = listen(&parts.config)?;
    serve(parts, listener).await
}

/// Takes the address on which the portal is reached.
pub fn listen(config: &Config) -> Result<TcpListener> {
    let address = &config.web.listen;
    TcpListener::bind(address).with_context(|| format!("PADAN_LISTEN: cannot listen on {address}"))
}

/// Serves a portal whose parts are ready.
pub async fn serve(parts: Parts, listener: TcpListener) -> Result<()> {
    let workers = std::thread::available_parallelism()?.get();
    let mut stop = super::stop_signal()?;
    let work = actix_web::rt::spawn(schedule::run(parts.clone(), stop.clone()));
    tracing::info!(address = %parts.config.web.base_url, "serving");
    let server = server::serve(parts, listener, workers)?;
    let handle = server.handle();
    actix_web::rt::spawn(async move {
        if stop.wait_for(|stopped| *stopped).await.is_ok() {
            handle.stop(true).await;
        }
    });
    server.await?;
    work.await?;
    tracing::info!("stopped");
    Ok(())
}
