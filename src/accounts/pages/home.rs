//! The way in: each role has its own first page.

use actix_web::HttpResponse;

use crate::accounts::{Role, SignedIn};
use crate::platform::web::see_other;

/// Sends everybody to their first page.
pub async fn enter(user: SignedIn) -> HttpResponse {
    see_other(first_page(user.account.role))
}

fn first_page(role: Role) -> &'static str {
    match role {
        Role::Pic | Role::LeadPic | Role::Observer => "/beranda",
        Role::Admin | Role::Auditor => "/ikhtisar",
        Role::Verifier => "/tinjauan",
    }
}
