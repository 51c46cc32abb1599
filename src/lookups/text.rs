//! Indonesian words for looks into the register.

use super::model::{Kind, Reached, Whose};
use crate::datasets::PersonKeyFault;
use crate::platform::clock::Moment;
use crate::platform::config::LookupConfig;
use crate::platform::dates;
use crate::platform::nip::NipError;

/// Whoever is not there and whoever is outside the Annex are told alike.
pub(super) const NOT_FOUND: &str =
    "Tidak ada pegawai dengan NIP atau ID PNS ini dalam lingkup Lampiran PKS instansi Anda.";

/// The head of the column that names what was looked for.
pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "Satu pegawai",
        Kind::Units => "Unit kerja",
    }
}

/// What is wrong with a number that somebody is asked for by.
pub(super) fn key_fault(fault: PersonKeyFault) -> &'static str {
    match fault {
        PersonKeyFault::Empty => "Isi NIP atau ID PNS.",
        PersonKeyFault::Nip(NipError::Length(_) | NipError::NotDigits) => {
            "Tulis NIP dengan 18 angka, atau ID PNS dengan 32 karakter."
        }
        PersonKeyFault::Nip(NipError::Damaged) => {
            "Angka terakhir NIP ini hilang di Excel. Salin NIP dari sumber aslinya."
        }
        PersonKeyFault::Nip(_) => {
            "NIP ini tidak mungkin ada. Periksa tanggal lahir dan masa pengangkatannya."
        }
        PersonKeyFault::Id(_) => {
            "Tulis ID PNS dengan 32 karakter heksadesimal, atau NIP dengan 18 angka."
        }
    }
}

/// That a limit is reached, which one, and when it goes on.
pub(super) fn limited(reached: Reached, limits: &LookupConfig, now: Moment) -> String {
    let (whose, quota) = match reached.whose {
        Whose::Account => ("satu akun", limits.account),
        Whose::Institution => ("seluruh akun satu instansi", limits.institution),
    };
    let until = match reached.until.jakarta_date() == now.jakarta_date() {
        true => format!("hari ini pukul {}", dates::time(reached.until)),
        false => dates::with_time(reached.until),
    };
    format!(
        "Pencarian dibatasi {} kali per jam dan {} kali per hari untuk {whose}. \
         Anda dapat mencari lagi {until} WIB.",
        dates::number(quota.per_hour.into()),
        dates::number(quota.per_day.into()),
    )
}
