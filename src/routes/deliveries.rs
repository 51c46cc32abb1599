//! The paths of deliveries (penyerahan data), for partners and for BKN.

use super::entry::{Entry, get, get_data, get_told, post, post_data};
use crate::accounts::{Access, Permission};
use crate::deliveries::pages;

/// What BKN published (data dari BKN), on the partner's side.
pub(super) fn own_routes() -> Vec<Entry> {
    use pages::{download, own};
    let read = Access::May(Permission::ReadOwn);
    // The receipt binds the institution, as sending does.
    let take = Access::May(Permission::SubmitData);
    let one = "/data-bkn/{agreement}/{publication}";
    vec![
        get("/data-bkn", read, own::list),
        get_told(one, read, own::show),
        get_data(
            "/data-bkn/{agreement}/{publication}/berkas.csv",
            take,
            download::csv,
        ),
        get_data(
            "/data-bkn/{agreement}/{publication}/berkas.xlsx",
            take,
            download::xlsx,
        ),
        post_data(
            "/data-bkn/{agreement}/{publication}/terima",
            take,
            own::confirm,
        ),
    ]
}

/// Publishing, and what becomes of it, on BKN's side.
pub(super) fn publication_routes() -> Vec<Entry> {
    use Permission::{ManagePartners, PublishData, ReadAll};
    use pages::{publication, publish, recorded};
    let (read, give) = (Access::May(ReadAll), Access::May(PublishData));
    // A file of a million persons cannot be taken back once it is fetched.
    let publishes = Access::Fresh(PublishData);
    let list = "/perjanjian/{id}/penyerahan";
    let form = "/perjanjian/{id}/penyerahan/baru";
    vec![
        get(list, read, recorded::list),
        post(list, Access::May(ManagePartners), recorded::create),
        get_told(form, give, publish::show),
        post(form, publishes, publish::create),
        get_told(
            "/perjanjian/{id}/penyerahan/{publication}",
            read,
            publication::show,
        ),
        post(
            "/perjanjian/{id}/penyerahan/{publication}/tarik",
            give,
            publication::withdraw,
        ),
        post(
            "/perjanjian/{id}/penyerahan/{publication}/siapkan-ulang",
            give,
            publication::make_again,
        ),
    ]
}

/// What BKN published to anybody, and its plans of periodic deliveries.
pub(super) fn plan_routes() -> Vec<Entry> {
    use Permission::{ManagePartners, ReadAll};
    use pages::{all, plan_form, plans};
    let (read, manage) = (Access::May(ReadAll), Access::May(ManagePartners));
    let changes = Access::Fresh(ManagePartners);
    let form = "/perjanjian/{id}/jadwal-penyerahan/baru";
    let one = "/penyerahan-data/jadwal/{plan}";
    vec![
        get("/penyerahan-data", read, all::list),
        get("/penyerahan-data/jadwal", read, plans::list),
        get(one, read, plans::show),
        post(one, changes, plans::change),
        get(form, manage, plan_form::show),
        post(form, changes, plan_form::create),
    ]
}
