//! The paths of deliveries (penyerahan data), for partners and for BKN.

use diesel::QueryResult;

use super::entry::{Entry, gated_get, gated_post, get, post};
use crate::accounts::{Access, Permission, Scope};
use crate::agreements::AgreementId;
use crate::deliveries::{self, DeliveryId, pages};
use crate::platform::db::DbConn;
use crate::suspensions::pages::gate::Gate;

/// What BKN published (data dari BKN), on the partner's side.
pub(super) fn own_routes() -> Vec<Entry> {
    use pages::{download, own};
    let read = Access::May(Permission::ReadOwn);
    // The receipt binds the institution, as sending does.
    let take = Access::May(Permission::SubmitData);
    let gate = Gate {
        parameter: "publication",
        agreement_of,
    };
    vec![
        get("/data-bkn", read, own::list),
        get("/data-bkn/{publication}", read, own::show),
        gated_get(
            "/data-bkn/{publication}/berkas.csv",
            take,
            gate,
            download::csv,
        ),
        gated_get(
            "/data-bkn/{publication}/berkas.xlsx",
            take,
            gate,
            download::xlsx,
        ),
        gated_post("/data-bkn/{publication}/terima", take, gate, own::confirm),
    ]
}

/// Publishing, and what becomes of it, on BKN's side.
pub(super) fn publication_routes() -> Vec<Entry> {
    use Permission::{ManagePartners, PublishData, ReadAll};
    use pages::{publication, publish, recorded};
    let (read, give) = (Access::May(ReadAll), Access::May(PublishData));
    let list = "/perjanjian/{id}/penyerahan";
    let form = "/perjanjian/{id}/penyerahan/baru";
    vec![
        get(list, read, recorded::list),
        post(list, Access::May(ManagePartners), recorded::create),
        get(form, give, publish::show),
        post(form, give, publish::create),
        get(
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

fn agreement_of(conn: &mut DbConn, scope: Scope, id: &str) -> QueryResult<Option<AgreementId>> {
    match DeliveryId::try_from(id.to_owned()) {
        Ok(id) => deliveries::agreement_of(conn, scope, id),
        Err(_) => Ok(None),
    }
}
