//! The web server: what every request passes, from the outside in.

use actix_session::SessionMiddleware;
use actix_session::config::{BrowserSession, CookieContentSecurity, TtlExtensionPolicy};
use actix_web::cookie::{Key, SameSite};
use actix_web::dev::Server;
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::{self, Data, FormConfig, PathConfig, QueryConfig};
use actix_web::{App, HttpServer};
use std::io;
use std::net::TcpListener;

use crate::accounts;
use crate::agreements::actions::UseOf;
use crate::deliveries::pages::HalvesOf;
use crate::feedback;
use crate::platform::clock::Clock;
use crate::platform::config::Config;
use crate::platform::db::Db;
use crate::platform::files::FileStore;
use crate::platform::mail::Mailer;
use crate::platform::web::{AppError, SqlSessionStore, guards, request_log};
use crate::routes;
use crate::submissions;

/// What the pages work with.
#[derive(Clone)]
pub struct Parts {
    /// What the installation set.
    pub config: Config,
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// Stored files.
    pub files: FileStore,
    /// Sends mail.
    pub mailer: Mailer,
}

/// Bytes that a form other than an upload may have.
const FORM_LIMIT: usize = 256 * 1024;

/// Serves the portal on a listener until it is told to stop by its handle.
///
/// # Errors
/// When the listener cannot be used.
pub fn serve(parts: Parts, listener: TcpListener, workers: usize) -> io::Result<Server> {
    let server = HttpServer::new(move || {
        App::new()
            .app_data(Data::new(parts.config.clone()))
            .app_data(Data::new(parts.db.clone()))
            .app_data(Data::new(parts.clock.clone()))
            .app_data(Data::new(parts.files.clone()))
            .app_data(Data::new(parts.mailer.clone()))
            .app_data(Data::new(HalvesOf(feedback::pages::on_delivery::lines)))
            .app_data(Data::new(UseOf(submissions::is_used)))
            .app_data(
                FormConfig::default()
                    .limit(FORM_LIMIT)
                    .error_handler(|error, _| form_fault(&error)),
            )
            .app_data(PathConfig::default().error_handler(|_, _| AppError::NotFound.into()))
            .app_data(QueryConfig::default().error_handler(|_, _| query_fault()))
            .wrap(from_fn(accounts::authenticate))
            .wrap(sessions(&parts))
            .wrap(from_fn(guards::no_session_for_statics))
            .wrap(from_fn(guards::body_deadline))
            .wrap(from_fn(guards::own_host_and_origin))
            .wrap(Compress::default())
            .wrap(from_fn(guards::security_headers))
            .wrap(from_fn(request_log))
            .configure(routes::configure)
            .default_service(web::to(routes::not_found))
    });
    let server = server
        .workers(workers)
        // A page leaves in two writes; the second would wait 40 ms for the first's receipt.
        .tcp_nodelay(true)
        .max_connections(2_000)
        // The program listens for them: SIGINT would end requests under way.
        .disable_signals()
        .shutdown_timeout(30);
    Ok(server.listen(listener)?.run())
}

fn sessions(parts: &Parts) -> SessionMiddleware<SqlSessionStore> {
    // What the cookie carries is a session key of 256 random bits, looked up by
    // its hash: a signature over it would add nothing, so its key is no secret.
    let unused = Key::from(&[0; 64]);
    let store = SqlSessionStore::new(parts.db.clone(), parts.clock.clone());
    let loopback = parts.config.is_loopback_http();
    let lifecycle =
        BrowserSession::default().state_ttl_extension_policy(TtlExtensionPolicy::OnEveryRequest);
    SessionMiddleware::builder(store, unused)
        .cookie_name(if loopback { "sesi" } else { "__Host-sesi" }.to_owned())
        .cookie_secure(!loopback)
        .cookie_http_only(true)
        .cookie_same_site(SameSite::Lax)
        .cookie_path("/".to_owned())
        .cookie_content_security(CookieContentSecurity::Signed)
        .session_lifecycle(lifecycle)
        .build()
}

fn form_fault(error: &actix_web::error::UrlencodedError) -> actix_web::Error {
    use actix_web::error::UrlencodedError as E;
    match error {
        E::Overflow { .. } => AppError::TooLarge("Isian formulir terlalu panjang.".into()).into(),
        _ => AppError::BadRequest(
            "Isian formulir tidak lengkap. Buka lagi halamannya, lalu coba lagi.".into(),
        )
        .into(),
    }
}

fn query_fault() -> actix_web::Error {
    AppError::BadRequest("Alamat halaman memuat saringan yang tidak dikenal.".into()).into()
}
