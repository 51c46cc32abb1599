//! Every path of the portal, who may open it, and the page that answers it.

mod datasets;
mod deliveries;
mod entry;
mod feedback;
mod lookups;
mod submissions;

use actix_web::HttpResponse;
use actix_web::web::{self, ServiceConfig};
use std::collections::BTreeMap;

use crate::accounts::pages::{
    edit, forgotten, home, info, link, list, new, own_password, pics, profile, sessions, show,
    sign_in, statement,
};
use crate::accounts::{Access, Permission};
use crate::agreements::pages as agreements;
use crate::audit::pages as audit;
use crate::correspondence::pages as correspondence;
use crate::overview::pages as overview;
use crate::partners::pages as partners;
use crate::platform::web::{self as pages, AppError};
use crate::reports::pages as reports;
use crate::suspensions::pages as suspensions;

pub use entry::Entry;
use entry::{get, post};

/// The whole table. Tests walk it, so that no route is forgotten.
pub fn table() -> Vec<Entry> {
    let areas = [
        public_routes(),
        account_routes(),
        partner_routes(),
        agreement_routes(),
        clause_routes(),
        deliveries::own_routes(),
        deliveries::publication_routes(),
        deliveries::plan_routes(),
        feedback::feedback_routes(),
        report_routes(),
        overview_and_access_routes(),
        record_routes(),
        submissions::upload_routes(),
        submissions::version_routes(),
        submissions::draft_routes(),
        submissions::review_routes(),
        datasets::reference_routes(),
        datasets::catalogue_routes(),
        datasets::mapping_routes(),
        datasets::register_routes(),
        datasets::rule_routes(),
        lookups::lookup_routes(),
        lookups::disclosure_routes(),
    ];
    areas.into_iter().flatten().collect()
}

/// What anybody may open.
fn public_routes() -> Vec<Entry> {
    use Access::Public;
    vec![
        get("/statis/{name:.*}", Public, pages::serve_static),
        get("/bantuan", Public, info::help),
        get("/aksesibilitas", Public, info::accessibility),
        get("/pelindungan-data", Public, info::privacy),
        get("/sehat", Public, info::health),
    ]
}

/// Signing in, and accounts (akun).
fn account_routes() -> Vec<Entry> {
    use Access::{Fresh, May, Public, SignedIn};
    use Permission::{ManagePartners, NominatePics, ReadAll};
    vec![
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
        post("/akun/baru", Fresh(ManagePartners), new::nominate),
        get("/akun/{account}", May(ReadAll), show::show),
        get("/akun/{account}/ubah", May(ManagePartners), edit::show),
        post("/akun/{account}/ubah", Fresh(ManagePartners), edit::change),
        post("/akun/{account}/sesi", May(ManagePartners), sessions::end),
        post(
            "/akun/{account}/undangan",
            May(ManagePartners),
            show::send_link,
        ),
        post("/akun/{account}/tutup", Fresh(ManagePartners), show::close),
        post("/akun/{account}/buka", Fresh(ManagePartners), show::reopen),
        get("/pic", May(NominatePics), pics::show),
        get("/pic/baru", May(NominatePics), new::show),
        post("/pic/baru", May(NominatePics), new::nominate),
        post(
            "/pic/{account}/undangan",
            May(NominatePics),
            show::send_link,
        ),
        post("/pic/{account}/tutup", May(NominatePics), show::close),
    ]
}

/// Institutions (instansi mitra), and what a PIC sees of the own agreement.
fn partner_routes() -> Vec<Entry> {
    use Access::May;
    use Permission::{ManagePartners, ReadAll, ReadOwn};
    vec![
        get("/instansi", May(ReadAll), partners::list::list),
        get("/instansi/baru", May(ManagePartners), partners::edit::new),
        post(
            "/instansi/baru",
            May(ManagePartners),
            partners::edit::create,
        ),
        get("/instansi/{id}", May(ReadAll), partners::show::show),
        get(
            "/instansi/{id}/ubah",
            May(ManagePartners),
            partners::edit::edit,
        ),
        post(
            "/instansi/{id}/ubah",
            May(ManagePartners),
            partners::edit::update,
        ),
        get("/pks", May(ReadOwn), agreements::own::current),
        get("/pks/{id}", May(ReadOwn), agreements::own::show),
    ]
}

/// Agreements (PKS), their Annex and their correspondents.
fn agreement_routes() -> Vec<Entry> {
    use Access::May;
    use Permission::{ManagePartners, ReadAll};
    use agreements::{annex, correspondents, edit, ending, list, show};
    let manage = May(ManagePartners);
    vec![
        get("/perjanjian", May(ReadAll), list::list),
        get("/instansi/{id}/perjanjian/baru", manage, edit::new),
        post("/instansi/{id}/perjanjian/baru", manage, edit::create),
        get("/perjanjian/{id}", May(ReadAll), show::show),
        get("/perjanjian/{id}/ubah", manage, edit::edit),
        post("/perjanjian/{id}/ubah", manage, edit::update),
        get("/perjanjian/{id}/akhiri", manage, ending::show),
        post("/perjanjian/{id}/akhiri", manage, ending::submit),
        get("/perjanjian/{id}/lampiran/baru", manage, annex::new),
        post("/perjanjian/{id}/lampiran/baru", manage, annex::create),
        post(
            "/perjanjian/{id}/lampiran/{grant}/hapus",
            manage,
            annex::remove,
        ),
        get(
            "/perjanjian/{id}/narahubung/baru",
            manage,
            correspondents::new,
        ),
        post(
            "/perjanjian/{id}/narahubung/baru",
            manage,
            correspondents::create,
        ),
        post(
            "/perjanjian/{id}/narahubung/{one}/akhiri",
            manage,
            correspondents::end,
        ),
    ]
}

/// What an agreement says, clause by clause.
fn clause_routes() -> Vec<Entry> {
    use agreements::clauses;
    let manage = Access::May(Permission::ManagePartners);
    vec![
        get("/perjanjian/{id}/klausul/baru", manage, clauses::new),
        post("/perjanjian/{id}/klausul/baru", manage, clauses::create),
        get(
            "/perjanjian/{id}/klausul/{clause}/ubah",
            manage,
            clauses::edit,
        ),
        post(
            "/perjanjian/{id}/klausul/{clause}/ubah",
            manage,
            clauses::update,
        ),
        post(
            "/perjanjian/{id}/klausul/{clause}/hapus",
            manage,
            clauses::remove,
        ),
        post(
            "/perjanjian/{id}/klausul/{clause}/periksa",
            manage,
            clauses::check,
        ),
    ]
}

/// Request letters and reports (laporan).
fn report_routes() -> Vec<Entry> {
    use Access::{May, Upload};
    use Permission::{ManagePartners, ReadAll, ReadOwn, ReviewSubmissions};
    use reports::{filing, letters, own, review};
    let (read, manage) = (May(ReadAll), May(ManagePartners));
    vec![
        get("/perjanjian/{id}/surat-permintaan", read, letters::list),
        post("/perjanjian/{id}/surat-permintaan", manage, letters::create),
        get(
            "/perjanjian/{id}/surat-permintaan/{letter}",
            manage,
            letters::receipt,
        ),
        post(
            "/perjanjian/{id}/surat-permintaan/{letter}",
            manage,
            letters::note_receipt,
        ),
        get("/laporan-masuk", read, review::inbox),
        get("/perjanjian/{id}/laporan/{report}", read, review::show),
        post(
            "/perjanjian/{id}/laporan/{report}",
            May(ReviewSubmissions),
            review::decide,
        ),
        get(
            "/perjanjian/{id}/laporan/{report}/berkas",
            read,
            review::file,
        ),
        get("/laporan", May(ReadOwn), overview::letters::list),
        get("/laporan/{letter}", May(ReadOwn), own::show),
        post("/laporan/{letter}", Upload, filing::create),
        get("/laporan/{letter}/berkas/{report}", May(ReadOwn), own::file),
    ]
}

/// The first pages of both sides, and an agreement's access (penghentian
/// sementara, pemulihan).
fn overview_and_access_routes() -> Vec<Entry> {
    use Access::{Fresh, May};
    use Permission::{ReadAll, ReadOwn, SuspendAccess};
    use overview::{export, home, summary};
    use suspensions::{access, restore, suspend};
    let (read, decide) = (May(ReadAll), Fresh(SuspendAccess));
    vec![
        get("/beranda", May(ReadOwn), home::show),
        get("/ikhtisar", read, summary::show),
        get("/ikhtisar.csv", read, export::download),
        get("/perjanjian/{id}/akses", read, access::show),
        get("/perjanjian/{id}/penghentian", read, suspend::show),
        post("/perjanjian/{id}/penghentian", decide, suspend::submit),
        get("/perjanjian/{id}/pemulihan", read, restore::show),
        post("/perjanjian/{id}/pemulihan", decide, restore::submit),
    ]
}

/// Mail, and the audit trail.
fn record_routes() -> Vec<Entry> {
    use Access::May;
    use Permission::{ManagePartners, ReadAll, ReadAudit};
    vec![
        get("/surel", May(ReadAll), correspondence::list),
        get("/surel/{id}", May(ReadAll), correspondence::show),
        post(
            "/surel/{id}/kirim-ulang",
            May(ManagePartners),
            correspondence::resend,
        ),
        post(
            "/surel/{id}/sudah-sampai",
            May(ManagePartners),
            correspondence::settle,
        ),
        get("/jejak-audit", May(ReadAudit), audit::list),
        get("/jejak-audit/unduh", May(ReadAudit), audit::download),
    ]
}

/// Registers the table.
pub fn configure(config: &mut ServiceConfig) {
    let mut resources: BTreeMap<&'static str, Vec<Entry>> = BTreeMap::new();
    for entry in table() {
        resources.entry(entry.path).or_default().push(entry);
    }
    for (path, entries) in resources {
        let routes = entries.into_iter().map(Entry::into_route);
        let resource = web::resource(path).default_service(web::to(not_found));
        config.service(routes.fold(resource, actix_web::Resource::route));
    }
}

/// Answers whatever no route answers: another path, or another method.
pub async fn not_found() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}
