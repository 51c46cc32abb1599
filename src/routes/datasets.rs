//! The paths of what data sets are made of: the catalogue, reference lists and
//! what partners call their codes, the register, the rules of checking.

use super::entry::{Entry, get, post};
use crate::accounts::{Access, Permission};
use crate::catalogue::pages as catalogue;
use crate::mappings::pages as mappings;
use crate::references::pages as references;
use crate::register::pages as register;
use crate::rehearsals::pages as rehearsals;
use crate::rulebooks::pages as rulebooks;

/// Reference lists (kode referensi).
pub(super) fn reference_routes() -> Vec<Entry> {
    use Access::May;
    use Permission::{ManagePartners, ReadReferences};
    use references::{import, list, lists, preview, successor};
    let (read, manage) = (May(ReadReferences), May(ManagePartners));
    vec![
        get("/referensi", read, lists::show),
        get("/referensi/impor", manage, import::new),
        post("/referensi/impor", manage, import::create),
        get("/referensi/impor/{import}", manage, preview::show),
        post("/referensi/impor/{import}", manage, preview::take),
        get("/referensi/{list}", read, list::show),
        get("/referensi/{list}/unduh", read, list::download),
        get("/referensi/{list}/pengganti", manage, successor::show),
        post("/referensi/{list}/pengganti", manage, successor::name),
    ]
}

/// The catalogue (set data): each page shows what the reader may know.
pub(super) fn catalogue_routes() -> Vec<Entry> {
    use catalogue::{files, list, show};
    let read = Access::May(Permission::ReadReferences);
    vec![
        get("/set-data", read, list::list),
        get("/set-data/{dataset}", read, show::show),
        get("/set-data/{dataset}/templat", read, files::template),
        get("/set-data/{dataset}/contoh.csv", read, files::sample_csv),
        get("/set-data/{dataset}/contoh.xlsx", read, files::sample_xlsx),
    ]
}

/// Mappings (pemetaan kode): a partner reads its own, BKN decides.
pub(super) fn mapping_routes() -> Vec<Entry> {
    use Permission::{ReadReferences, ReviewSubmissions};
    use mappings::{list, one};
    let (read, decide) = (Access::May(ReadReferences), Access::May(ReviewSubmissions));
    vec![
        get("/pemetaan-kode", read, list::show),
        post("/pemetaan-kode", decide, list::accept),
        get("/pemetaan-kode/{mapping}", read, one::show),
        post("/pemetaan-kode/{mapping}", decide, one::decide),
    ]
}

/// The register (register ASN), and what is brought into it.
pub(super) fn register_routes() -> Vec<Entry> {
    use Access::May;
    use Permission::{ManagePartners, ReadAll};
    use register::{list, show, upload};
    let (read, manage) = (May(ReadAll), May(ManagePartners));
    vec![
        get("/register", read, list::show),
        get("/register/muat", manage, upload::new),
        post("/register/muat", manage, upload::create),
        get("/register/muat/{import}", read, show::show),
        get("/register/muat/{import}/kemajuan", read, show::progress),
        post("/register/muat/{import}/batal", manage, show::cancel),
        post("/register/muat/{import}/lanjutkan", manage, show::resume),
        get(
            "/register/muat/{import}/tidak-dimuat",
            manage,
            show::rejects,
        ),
    ]
}

/// Rules of checking (aturan pemeriksaan): stages, decisions, versions.
pub(super) fn rule_routes() -> Vec<Entry> {
    use Access::May;
    use Permission::{ManagePartners, ReadAll, ReviewSubmissions};
    use rehearsals::{recheck, rehearsal};
    use rulebooks::{list, rule, show, version};
    let (read, manage) = (May(ReadAll), May(ManagePartners));
    vec![
        get("/aturan", read, list::show),
        get("/aturan/{dataset}", read, show::show),
        get("/aturan/{dataset}/versi/{number}", read, version::show),
        get("/aturan/{dataset}/tahap/{rule}", read, rule::show),
        post("/aturan/{dataset}/tahap/{rule}", manage, rule::decide),
        get("/aturan/{dataset}/ujicoba/{rule}", read, rehearsal::new),
        post(
            "/aturan/{dataset}/ujicoba/{rule}",
            manage,
            rehearsal::create,
        ),
        get(
            "/tinjauan/{submission}/versi/{n}/periksa-kembali",
            read,
            recheck::new,
        ),
        post(
            "/tinjauan/{submission}/versi/{n}/periksa-kembali",
            May(ReviewSubmissions),
            recheck::create,
        ),
        get("/periksa-kembali/{recheck}", read, recheck::show),
        get("/ujicoba/{rehearsal}", read, rehearsal::show),
        get("/ujicoba/{rehearsal}/unduh", read, rehearsal::download),
    ]
}
