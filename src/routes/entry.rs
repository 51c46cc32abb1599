//! One way into the portal: what makes an entry of the table.

use actix_web::dev::ServiceRequest;
use actix_web::http::Method;
use actix_web::middleware::{Next, from_fn};
use actix_web::{FromRequest, Handler, Responder, Route, guard, web};

use crate::accounts::Access;
use crate::suspensions::pages::gate::Gate;

/// One way into the portal.
pub struct Entry {
    /// GET or POST.
    pub method: Method,
    /// The path, with its parameters in braces.
    pub path: &'static str,
    /// To whom it is open.
    pub access: Access,
    /// Whether it is closed while the agreement's access is suspended.
    pub is_gated: bool,
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

/// A page that gives BKN's data: closed while access is suspended.
pub(super) fn gated_get<F, Args>(
    path: &'static str,
    access: Access,
    gate: Gate,
    handler: F,
) -> Entry
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let reading = guard::Any(guard::Get()).or(guard::Head());
    let route = web::route().guard(reading).to(handler);
    gated(Method::GET, (path, access), gate, route)
}

/// A deed upon BKN's data: closed while access is suspended.
pub(super) fn gated_post<F, Args>(
    path: &'static str,
    access: Access,
    gate: Gate,
    handler: F,
) -> Entry
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let route = web::post().to(handler);
    gated(Method::POST, (path, access), gate, route)
}

/// Who asks is checked before the gate.
fn gated(
    method: Method,
    (path, access): (&'static str, Access),
    gate: Gate,
    route: Route,
) -> Entry {
    let route = route.wrap(from_fn(move |request: ServiceRequest, next: Next<_>| {
        gate.check(request, next)
    }));
    Entry {
        is_gated: true,
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
        is_gated: false,
        route,
    }
}
