//! What the commands share: the log, the start, and the signal to stop.

pub mod account;
pub mod audit;
pub mod check;
pub mod child;
pub mod demo;
pub mod import;
pub mod serve;
pub mod work;

use actix_web::rt::signal::unix::{Signal, SignalKind, signal};
use anyhow::{Context, Result};
use futures_util::future::select;
use padan::platform::clock::Clock;
use padan::platform::config::Config;
use padan::platform::db::{self, Db};
use padan::platform::files::FileStore;
use padan::platform::mail::Mailer;
use padan::references;
use padan::server::Parts;
use secrecy::ExposeSecret;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::pin::pin;
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;

/// Connections to the database: readers on the web threads, jobs, one to spare.
const CONNECTIONS: u32 = 10;

/// Begins the log, on standard error. `PADAN_LOG` or `RUST_LOG` chooses what is
/// told instead of `usual`, `PADAN_LOG_FORMAT=json` how.
pub fn log(usual: &str) {
    let chosen = ["PADAN_LOG", "RUST_LOG"]
        .into_iter()
        .find_map(|name| EnvFilter::try_from_env(name).ok());
    let filter = chosen.unwrap_or_else(|| EnvFilter::new(usual));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr);
    if std::env::var("PADAN_LOG_FORMAT").is_ok_and(|format| format == "json") {
        log.json().init();
    } else {
        log.with_ansi(io::IsTerminal::is_terminal(&io::stderr()))
            .init();
    }
}

/// Opens the database that the configuration names, as it is.
pub fn open(config: &Config) -> Result<Db> {
    let url = config.storage.database_url.expose_secret();
    Db::open(url, CONNECTIONS).context("PADAN_DATABASE_URL: the database cannot be opened")
}

/// Makes the parts of the portal ready: configuration, tables up to date, files,
/// mail. Refuses to start with one sentence.
pub fn parts() -> Result<Parts> {
    parts_of(Config::from_env()?)
}

/// As `parts`, of a configuration at hand.
pub fn parts_of(config: Config) -> Result<Parts> {
    let mailer = Mailer::new(&config)?;
    tell(&config);
    private_folder(&config.storage.data_dir)
        .context("PADAN_DATA_DIR: the folder cannot be made")?;
    let db = open(&config)?;
    {
        let conn = &mut *db.connection()?;
        db::assert_settings(conn)?;
        let now = Clock::system().now();
        db::alone(conn, |conn| {
            db::migrate(conn)?;
            Ok::<_, anyhow::Error>(references::load_embedded(conn, now)?)
        })?;
    }
    Ok(Parts {
        mailer,
        files: FileStore::open(&config.storage.data_dir.join("files"))?,
        clock: Clock::system(),
        db,
        config,
    })
}

/// Makes a folder that nobody else on the machine may look into.
fn private_folder(path: &Path) -> io::Result<()> {
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
}

/// Says how the installation is set, without its secrets.
fn tell(config: &Config) {
    let address = config.storage.database_url.expose_secret();
    let database = address.split(':').next().unwrap_or_default();
    let mail = match config.mail.smtp_url {
        Some(_) => "smtp",
        None => "files",
    };
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        listen = config.web.listen,
        base_url = %config.web.base_url,
        data_dir = %config.storage.data_dir.display(),
        database,
        mail,
        "configuration"
    );
}

/// What the process ends with when it is asked a second time.
const CUT_SHORT: i32 = 1;

/// Turns true when the process is asked to end (SIGTERM, SIGINT). Asked again,
/// it ends at once: what was claimed is taken up by the next start.
pub fn stop_signal() -> Result<watch::Receiver<bool>> {
    let (tell, stop) = watch::channel(false);
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    actix_web::rt::spawn(async move {
        either(&mut terminate, &mut interrupt).await;
        // Nobody listens any more when the work has ended already. Said first:
        // whoever read the log may be gone.
        let _ = tell.send(true);
        tracing::info!("asked to end");
        either(&mut terminate, &mut interrupt).await;
        tracing::warn!("asked again: ended at once");
        std::process::exit(CUT_SHORT);
    });
    Ok(stop)
}

async fn either(one: &mut Signal, other: &mut Signal) {
    let (one, other) = (pin!(one.recv()), pin!(other.recv()));
    select(one, other).await;
}
