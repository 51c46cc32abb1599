//! The sections that each role can open, in the order of the menu.

use super::model::{Permission, Role};
use crate::platform::web::NavItem;

const SECTIONS: &[(Permission, &str, &str)] = &[
    (Permission::ReadOwn, "/beranda", "Beranda"),
    (Permission::ReadOwn, "/pengiriman", "Pengiriman data"),
    (Permission::ReadOwn, "/data-bkn", "Data dari BKN"),
    (Permission::ReadOwn, "/laporan", "Laporan"),
    (Permission::ReadOwn, "/pencarian", "Pencarian"),
    (Permission::ReadOwn, "/pks", "PKS dan kontak"),
    (Permission::NominatePics, "/pic", "PIC"),
    (Permission::ReadAll, "/ikhtisar", "Ikhtisar"),
    (Permission::ReadAll, "/instansi", "Instansi"),
    (Permission::ReadAll, "/perjanjian", "PKS"),
    (Permission::ReadAll, "/tinjauan", "Tinjauan data"),
    (Permission::ReadAll, "/penyerahan-data", "Penyerahan data"),
    (Permission::ReadAll, "/laporan-masuk", "Laporan masuk"),
    (Permission::ReadReferences, "/set-data", "Set data"),
    (Permission::ReadReferences, "/referensi", "Referensi"),
    (Permission::ReadAll, "/register", "Register ASN"),
    (Permission::ReadAll, "/aturan", "Aturan"),
    (Permission::ReadAll, "/surel", "Surel"),
    (Permission::ReadAll, "/akun", "Akun"),
    (Permission::ReadAudit, "/jejak-audit", "Jejak audit"),
    (Permission::ReadAll, "/pencarian-mitra", "Pencarian mitra"),
    (
        Permission::TraceDisclosures,
        "/pengungkapan",
        "Pengungkapan",
    ),
];

/// The menu of a role; `section` is the address of the one that is open.
pub(super) fn menu(role: Role, section: &str) -> Vec<NavItem> {
    SECTIONS
        .iter()
        .filter(|(permission, ..)| role.may(*permission))
        .map(|&(_, href, text)| NavItem {
            href,
            text,
            current: href == section,
        })
        .collect()
}
