//! Starts the portal on a free port with a fresh database and a set clock.
#![allow(
    dead_code,
    unused_imports,
    reason = "each test binary uses its own part"
)]

pub mod accounts;
mod actor;
mod audit;
mod builders;
pub mod duties;
pub mod fingerprint;
pub mod lookups;
mod mail;
mod mappings;
mod partners;
pub mod plans;
pub mod program;
pub mod publications;
pub mod smtp;
pub mod smtp_sink;
mod statements;
pub mod submissions;

pub use actor::{Actor, location};
pub use mail::{SentMail, invitation};
pub use partners::hidden;
pub use statements::Statements;

use diesel::prelude::*;
use padan::platform::clock::{Clock, Moment};
use padan::platform::config::{Config, LookupConfig, MailConfig, StorageConfig, WebConfig};
use padan::platform::db::{self, Db};
use padan::platform::files::FileStore;
use padan::platform::mail::Mailer;
use padan::server::{self, Parts};
use std::net::TcpListener;

/// A running portal.
pub struct TestApp {
    pub address: String,
    pub db: Db,
    pub clock: Clock,
    pub parts: Parts,
    folder: tempfile::TempDir,
}

impl TestApp {
    /// The password of every account that the builders make.
    pub const PASSWORD: &'static str = "kuda hijau menari 7 kali";
    /// Connections to the database.
    const CONNECTIONS: u32 = 4;

    /// Starts at a moment written as `2026-11-20T02:00:00Z`.
    pub async fn start(now: &str) -> Self {
        Self::start_with(now, |_| {}).await
    }

    /// Starts with settings of its own.
    pub async fn start_with(now: &str, set: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = fresh_database(folder.path());
        let db = Db::open(&url, Self::CONNECTIONS).unwrap();
        db::migrate(&mut db.connection().unwrap()).unwrap();
        let clock = Clock::fixed(moment(now));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let files = FileStore::open(&folder.path().join("files")).unwrap();
        let mut config = config(&address, &url, folder.path());
        set(&mut config);
        let parts = Parts {
            mailer: Mailer::new(&config).unwrap(),
            config,
            db: db.clone(),
            clock: clock.clone(),
            files,
        };
        actix_web::rt::spawn(server::serve(parts.clone(), listener, 1).unwrap());
        Self {
            address,
            db,
            clock,
            parts,
            folder,
        }
    }

    /// Where its files are.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Moves the clock.
    pub fn at(&self, now: &str) {
        self.clock.set(moment(now));
    }

    /// Somebody who has not signed in.
    pub fn visitor(&self) -> Actor {
        Actor::new(&self.address)
    }
}

/// A moment written as `2026-11-20T02:00:00Z`.
pub fn moment(text: &str) -> Moment {
    Moment::new(text.parse().unwrap())
}

fn config(address: &str, url: &str, folder: &std::path::Path) -> Config {
    Config {
        web: WebConfig {
            listen: String::new(),
            base_url: address.parse().unwrap(),
            trusted_proxy: None,
            body_seconds: 30,
        },
        storage: StorageConfig {
            database_url: url.to_owned().into(),
            data_dir: folder.to_owned(),
            program: env!("CARGO_BIN_EXE_padan").into(),
        },
        mail: MailConfig {
            smtp_url: None,
            ca_file: None,
            timeout_seconds: 5,
            reply_to: None,
            from: "Padan <padan@padan.example>".to_owned(),
            per_minute: 10_000,
        },
        lookups: LookupConfig::default(),
    }
}

/// A schema of its own on `TEST_DATABASE_URL`, or else a SQLite file.
pub fn fresh_database(folder: &std::path::Path) -> String {
    let Ok(base) = std::env::var("TEST_DATABASE_URL") else {
        return format!("sqlite://{}", folder.join("test.db").display());
    };
    let schema = format!("test_{}", uuid::Uuid::new_v4().simple());
    let mut admin = PgConnection::establish(&base).unwrap();
    diesel::sql_query(format!("CREATE SCHEMA {schema}"))
        .execute(&mut admin)
        .unwrap();
    let joint = if base.contains('?') { '&' } else { '?' };
    format!("{base}{joint}options=-c%20search_path%3D{schema}")
}
