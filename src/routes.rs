//! Every path of the portal, who may open it, and the page that answers it.

use actix_web::dev::ServiceRequest;
use actix_web::http::Method;
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, Responder, Route};
use std::collections::BTreeMap;

use crate::accounts::pages::{
    forgotten, home, info, link, list, new, own_password, pics, profile, show, sign_in, statement,
};
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
    use Access::{May, Public, SignedIn};
    use Permission::{ManagePartners, NominatePics, ReadAll, ReadAudit};
    vec![
        get("/statis/{name:.*}", Public, pages::serve_static),
        // accounts
        get("/", SignedIn, home::enter),
        get("/masuk", Public, sign_in::show),
        post("/masuk", Public, sign_in::enter),
        post("/keluar", Public, sign_in::leave),
        get("/lupa-kata-sandi", Public, forgotten::show),
        post("/lupa-kata-sandi", Public, forgotten::ask),
        get("/lupa-kata-sandi/terkirim", Public, forgotten::sent),
        get("/tautan/{token}", Public, link::show),
        post("/tautan/{token}", Public, link::set),
        get("/pernyataan-kerahasiaan", SignedIn, statement::show),
        post("/pernyataan-kerahasiaan", SignedIn, statement::accept),
        get("/profil", SignedIn, profile::show),
        post("/profil/sesi", SignedIn, profile::end),
        get("/profil/kata-sandi", SignedIn, own_password::show),
        post("/profil/kata-sandi", SignedIn, own_password::change),
        get("/akun", May(ReadAll), list::show),
        get("/akun/baru", May(ManagePartners), new::show),
        post("/akun/baru", May(ManagePartners), new::nominate),
        get("/akun/{account}", May(ReadAll), show::show),
        post(
            "/akun/{account}/undangan",
            May(ManagePartners),
            show::invite_again,
        ),
        post("/akun/{account}/tutup", May(ManagePartners), show::close),
        post("/akun/{account}/buka", May(ManagePartners), show::reopen),
        get("/pic", May(NominatePics), pics::show),
        get("/pic/baru", May(NominatePics), new::show),
        post("/pic/baru", May(NominatePics), new::nominate),
        post(
            "/pic/{account}/undangan",
            May(NominatePics),
            show::invite_again,
        ),
        post("/pic/{account}/tutup", May(NominatePics), show::close),
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
        // information
        get("/bantuan", Public, info::help),
        get("/aksesibilitas", Public, info::accessibility),
        get("/pelindungan-data", Public, info::privacy),
        get("/sehat", Public, info::health),
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
