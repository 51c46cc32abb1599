//! One way into the portal: what makes an entry of the table.

use actix_web::dev::ServiceRequest;
use actix_web::http::Method;
use actix_web::middleware::{Next, from_fn};
use actix_web::{FromRequest, Handler, Responder, Route, guard, web};

use crate::accounts::Access;
use crate::suspensions::pages::{telling, while_open};

/// One way into the portal.
pub struct Entry {
    /// GET or POST.
    pub method: Method,
    /// The path, with its parameters in braces.
    pub path: &'static str,
    /// To whom it is open.
    pub access: Access,
    /// Whether BKN's data leave by it, so that it is shut while access under
    /// the agreement in its path is stopped.
    pub gives_data: bool,
    route: Route,
}

impl Entry {
    /// What answers, behind the check of who asks.
    pub(super) fn into_route(self) -> Route {
        self.route
    }
}

/// A page, for GET and HEAD.
pub(super) fn get<F, Args>(path: &'static str, access: Access, handler: F) -> Entry
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let reading = guard::Any(guard::Get()).or(guard::Head());
    entry(
        Method::GET,
        path,
        access,
        web::route().guard(reading).to(handler),
    )
}

/// A deed.
pub(super) fn post<F, Args>(path: &'static str, access: Access, handler: F) -> Entry
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    entry(Method::POST, path, access, web::post().to(handler))
}

/// As [`get`], for what lets BKN's data out under the path's `{agreement}`.
pub(super) fn get_data<F, Args>(path: &'static str, access: Access, handler: F) -> Entry
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let reading = guard::Any(guard::Get()).or(guard::Head());
    let route = web::route().guard(reading).to(handler);
    giving_data(Method::GET, path, access, route)
}

/// As [`get`], for a page that says so when access under the path's
/// `{agreement}` is stopped.
pub(super) fn get_told<F, Args>(path: &'static str, access: Access, handler: F) -> Entry
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let reading = guard::Any(guard::Get()).or(guard::Head());
    let route = web::route().guard(reading).to(handler);
    let route = route.wrap(from_fn(|request: ServiceRequest, next: Next<_>| {
        telling(request, next)
    }));
    entry(Method::GET, path, access, route)
}

/// As [`post`], for what lets BKN's data out under the path's `{agreement}`.
pub(super) fn post_data<F, Args>(path: &'static str, access: Access, handler: F) -> Entry
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    giving_data(Method::POST, path, access, web::post().to(handler))
}

fn giving_data(method: Method, path: &'static str, access: Access, route: Route) -> Entry {
    let route = route.wrap(from_fn(|request: ServiceRequest, next: Next<_>| {
        while_open(request, next)
    }));
    Entry {
        gives_data: true,
        ..entry(method, path, access, route)
    }
}

fn entry(method: Method, path: &'static str, access: Access, route: Route) -> Entry {
    let route = route.wrap(from_fn(move |request: ServiceRequest, next: Next<_>| {
        access.check(request, next)
    }));
    Entry {
        method,
        path,
        access,
        gives_data: false,
        route,
    }
}
