//! The sections that each role can open, in the order of the menu.

use super::model::{Permission, Role};
use crate::platform::web::NavItem;

/// What the data are and how they are checked.
const DATA: &str = "Data dan aturan";
/// People, mail, and what was done.
const TENDING: &str = "Pengelolaan";

/// Permission, address, name, and the group in the menu of BKN, which is too
/// long for one line.
const SECTIONS: &[(Permission, &str, &str, Option<&str>)] = &[
    (Permission::ReadOwn, "/beranda", "Beranda", None),
    (Permission::ReadOwn, "/pengiriman", "Pengiriman data", None),
    (Permission::ReadOwn, "/data-bkn", "Data dari BKN", None),
    (Permission::ReadOwn, "/laporan", "Laporan", None),
    (Permission::ReadOwn, "/pencarian", "Pencarian", None),
    (Permission::ReadOwn, "/pks", "PKS dan kontak", None),
    (Permission::NominatePics, "/pic", "PIC", None),
    (Permission::ReadAll, "/ikhtisar", "Ikhtisar", None),
    (Permission::ReadAll, "/instansi", "Instansi", None),
    (Permission::ReadAll, "/perjanjian", "PKS", None),
    (Permission::ReadAll, "/tinjauan", "Tinjauan data", None),
    (
        Permission::ReadAll,
        "/penyerahan-data",
        "Penyerahan data",
        None,
    ),
    (Permission::ReadAll, "/laporan-masuk", "Laporan masuk", None),
    (
        Permission::ReadReferences,
        "/set-data",
        "Set data",
        Some(DATA),
    ),
    (
        Permission::ReadReferences,
        "/referensi",
        "Referensi",
        Some(DATA),
    ),
    (Permission::ReadAll, "/register", "Register ASN", Some(DATA)),
    (Permission::ReadAll, "/aturan", "Aturan", Some(DATA)),
    (Permission::ReadAll, "/akun", "Akun", Some(TENDING)),
    (Permission::ReadAll, "/surel", "Surel", Some(TENDING)),
    (
        Permission::ReadAll,
        "/pencarian-mitra",
        "Pencarian mitra",
        Some(TENDING),
    ),
    (
        Permission::TraceDisclosures,
        "/pengungkapan",
        "Pengungkapan",
        Some(TENDING),
    ),
    (
        Permission::ReadAudit,
        "/jejak-audit",
        "Jejak audit",
        Some(TENDING),
    ),
];

/// The menu of a role; `section` is the address of the one that is open.
pub(super) fn menu(role: Role, section: &str) -> Vec<NavItem> {
    let is_grouped = role.may(Permission::ReadAll);
    SECTIONS
        .iter()
        .filter(|(permission, ..)| role.may(*permission))
        .map(|&(_, href, text, group)| NavItem {
            href,
            text,
            group: group.filter(|_| is_grouped),
            current: href == section,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Widths at 1280 pixels: a line of the menu holds about ten entries.
    const LINE: usize = 10;

    #[test]
    fn the_menu_of_every_role_fits_one_line() {
        for role in Role::ALL {
            let menu = menu(*role, "/set-data");
            let mut groups: Vec<_> = menu.iter().filter_map(|item| item.group).collect();
            groups.dedup();
            let single = menu.iter().filter(|item| item.group.is_none()).count();
            assert!(single + groups.len() <= LINE, "{role}");
            assert_eq!(menu.iter().filter(|item| item.current).count(), 1);
        }
    }
}
