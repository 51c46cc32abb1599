//! The paths of look-ups (pencarian), and of where data went (pengungkapan).

use super::entry::{Entry, get, get_data, post, post_data};
use crate::accounts::{Access, Permission};
use crate::disclosures::pages as disclosures;
use crate::lookups::pages;

/// Look-ups (pencarian).
pub(super) fn lookup_routes() -> Vec<Entry> {
    use Permission::{LookUp, ReadAll, ReadOwn};
    use pages::{choose, history, person, units, usage};
    let look = Access::May(LookUp);
    vec![
        get("/pencarian", Access::May(ReadOwn), choose::show),
        get("/pencarian/riwayat", Access::May(ReadOwn), history::show),
        get_data("/pencarian/{agreement}/{dataset}", look, person::show),
        post_data("/pencarian/{agreement}/{dataset}", look, person::ask),
        get_data("/unit-kerja/{agreement}", look, units::show),
        get_data("/unit-kerja/{agreement}/unduh", look, units::download),
        get("/pencarian-mitra", Access::May(ReadAll), usage::show),
    ]
}

/// To whom a person's data went (pengungkapan).
pub(super) fn disclosure_routes() -> Vec<Entry> {
    let trace = Access::May(Permission::TraceDisclosures);
    vec![
        get("/pengungkapan", trace, disclosures::show),
        post("/pengungkapan", trace, disclosures::trace),
        post("/pengungkapan/unduh", trace, disclosures::download),
    ]
}
