//! Every path of the portal, who may open it, and the page that answers it.

use actix_web::dev::ServiceRequest;
use actix_web::http::Method;
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, Responder, Route};
use std::collections::BTreeMap;

use crate::accounts::pages::sign_in;
use crate::accounts::{Access, Permission};
use crate::audit;
use crate::correspondence;
use crate::platform::web as pages;

/// One way into the portal.
pub struct Entry {
    /// GET or POST.
    pub method: Method,
    /// The path, with its parameters in braces.
    pub path: &'static str,
    /// To whom it is open.
    pub access: Access,
    route: Route,
}

/// The whole table. Tests walk it, so that no route is forgotten.
pub fn table() -> Vec<Entry> {
    use Access::{May, Public};
    use Permission::{ManagePartners, ReadAll, ReadAudit};
    vec![
        get("/statis/{name:.*}", Public, pages::serve_static),
        get("/masuk", Public, sign_in::show),
        post("/masuk", Public, sign_in::enter),
        post("/keluar", Public, sign_in::leave),
        // audit
        get("/jejak-audit", May(ReadAudit), audit::pages::list),
        get("/jejak-audit/unduh", May(ReadAudit), audit::pages::download),
        // correspondence
        get("/surel", May(ReadAll), correspondence::pages::list),
        get("/surel/{id}", May(ReadAll), correspondence::pages::show),
        post(
            "/surel/{id}/kirim-ulang",
            May(ManagePartners),
            correspondence::pages::resend,
        ),
    ]
}

/// Registers the table.
pub fn configure(config: &mut ServiceConfig) {
    let mut resources: BTreeMap<&'static str, Vec<Entry>> = BTreeMap::new();
    for entry in table() {
        resources.entry(entry.path).or_default().push(entry);
    }
    for (path, entries) in resources {
        let routes = entries.into_iter().map(|entry| entry.route);
        config.service(routes.fold(web::resource(path), actix_web::Resource::route));
    }
}

fn get<F, Args>(path: &'static str, access: Access, handler: F) -> Entry
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    entry(Method::GET, path, access, web::get().to(handler))
}

fn post<F, Args>(path: &'static str, access: Access, handler: F) -> Entry
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    entry(Method::POST, path, access, web::post().to(handler))
}

fn entry(method: Method, path: &'static str, access: Access, route: Route) -> Entry {
    let route = route.wrap(from_fn(move |request: ServiceRequest, next: Next<_>| {
        access.check(request, next)
    }));
    Entry {
        method,
        path,
        access,
        route,
    }
}
