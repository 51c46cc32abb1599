//! Every path of the portal, who may open it, and the page that answers it.

use actix_web::dev::ServiceRequest;
use actix_web::http::Method;
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, Responder, Route};
use std::collections::BTreeMap;

use crate::accounts::pages::sign_in;
use crate::accounts::{Access, Permission};
use crate::platform::web as pages;
use crate::submissions::pages as submissions;
use crate::submissions::pages::review;

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
    use Access::{May, Public, Upload};
    use Permission::{ReadAll, ReadOwn, ReviewSubmissions, SubmitData};
    vec![
        get("/statis/{name:.*}", Public, pages::serve_static),
        get("/masuk", Public, sign_in::show),
        post("/masuk", Public, sign_in::enter),
        post("/keluar", Public, sign_in::leave),
        // submissions: the partner's side
        get("/pengiriman", May(ReadOwn), submissions::index::show),
        get(
            "/pengiriman/baru",
            May(SubmitData),
            submissions::choose::show,
        ),
        get(
            "/pengiriman/templat/{agreement}/{dataset}",
            May(SubmitData),
            submissions::choose::template,
        ),
        get(
            "/pengiriman/baru/{agreement}/{dataset}",
            May(SubmitData),
            submissions::upload::new,
        ),
        post(
            "/pengiriman/baru/{agreement}/{dataset}",
            Upload,
            submissions::upload::create,
        ),
        get(
            "/pengiriman/{submission}",
            May(ReadOwn),
            submissions::thread::show,
        ),
        get(
            "/pengiriman/{submission}/unggah",
            May(SubmitData),
            submissions::upload::next,
        ),
        post(
            "/pengiriman/{submission}/unggah",
            Upload,
            submissions::upload::add,
        ),
        get(
            "/pengiriman/{submission}/versi/{n}",
            May(ReadOwn),
            submissions::version::show,
        ),
        get(
            "/pengiriman/{submission}/versi/{n}/kemajuan",
            May(ReadOwn),
            submissions::progress::part,
        ),
        post(
            "/pengiriman/{submission}/versi/{n}/batal",
            May(SubmitData),
            submissions::progress::cancel,
        ),
        post(
            "/pengiriman/{submission}/versi/{n}/periksa-ulang",
            May(SubmitData),
            submissions::progress::recheck,
        ),
        get(
            "/pengiriman/{submission}/versi/{n}/berkas",
            May(ReadOwn),
            submissions::downloads::original,
        ),
        get(
            "/pengiriman/{submission}/versi/{n}/bertanda.xlsx",
            May(ReadOwn),
            submissions::downloads::marked_xlsx,
        ),
        get(
            "/pengiriman/{submission}/versi/{n}/bertanda.csv",
            May(ReadOwn),
            submissions::downloads::marked_csv,
        ),
        get(
            "/pengiriman/{submission}/versi/{n}/temuan.csv",
            May(ReadOwn),
            submissions::downloads::findings,
        ),
        get(
            "/pengiriman/{submission}/versi/{n}/kirim",
            May(SubmitData),
            submissions::send::confirm,
        ),
        post(
            "/pengiriman/{submission}/versi/{n}/kirim",
            May(SubmitData),
            submissions::send::send,
        ),
        get(
            "/pengiriman/{submission}/versi/{n}/tanda-terima",
            May(ReadOwn),
            submissions::send::receipt,
        ),
        get(
            "/pengiriman/{submission}/versi/{n}/perbaikan",
            May(ReadOwn),
            submissions::thread::corrections,
        ),
        // submissions: BKN's review
        get("/tinjauan", May(ReadAll), review::index::show),
        get(
            "/tinjauan/{submission}/versi/{n}",
            May(ReadAll),
            review::version::show,
        ),
        get(
            "/tinjauan/{submission}/versi/{n}/berkas",
            May(ReadAll),
            review::export::original,
        ),
        get(
            "/tinjauan/{submission}/versi/{n}/ekspor",
            May(ReviewSubmissions),
            review::export::taken_over,
        ),
        post(
            "/tinjauan/{submission}/versi/{n}/tanda",
            May(ReviewSubmissions),
            review::version::mark,
        ),
        post(
            "/tinjauan/{submission}/versi/{n}/ambil-alih",
            May(ReviewSubmissions),
            review::decide::take_over,
        ),
        post(
            "/tinjauan/{submission}/versi/{n}/minta-perbaikan",
            May(ReviewSubmissions),
            review::decide::ask_corrections,
        ),
        post(
            "/tinjauan/{submission}/versi/{n}/kembalikan",
            May(ReviewSubmissions),
            review::decide::return_version,
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
