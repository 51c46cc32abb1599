//! What visitors read about accounts.

use super::link::LinkPurpose;
use super::model::{Role, State};
use super::password::MAX_CHARACTERS;
use super::password_rules::PasswordFault;
use crate::platform::nip::NipError;

/// Subject of the invitation.
pub(super) const INVITATION_SUBJECT: &str = "Undangan ke Padan: atur kata sandi Saudara";
/// Subject of the mail with a reset link.
pub(super) const RESET_SUBJECT: &str = "Atur ulang kata sandi Padan";
/// Subject of the notice that the password was changed.
pub(super) const PASSWORD_CHANGED_SUBJECT: &str = "Kata sandi Padan Saudara diubah";

/// Subject of the notice that role or address were changed.
pub(super) const CHANGED_SUBJECT: &str = "Akun Padan Saudara diubah";
/// Subject of the notice that the account was closed.
pub(super) const CLOSED_SUBJECT: &str = "Akun Padan Saudara ditutup";

/// The one answer to a wrong password, an unknown NIP and a closed account.
pub(super) const NO_MATCH: &str = "NIP atau kata sandi tidak cocok. Periksa keduanya.";

/// Said of a closed account that somebody wants to work with.
pub(super) const CLOSED: &str = "Akun ini ditutup. Buka kembali akunnya lebih dahulu.";
/// Said of a form that was not filled in on its page.
pub(super) const FORM_GONE: &str = "Formulir ini sudah tidak berlaku. Buka lagi halamannya.";
/// Asks for an address that mail can be sent to.
pub(super) const WHOLE_ADDRESS: &str =
    "Tulis alamat surel yang lengkap, misalnya nama@instansi.go.id.";
/// Asks for a role that fits the institution.
pub(super) const OTHER_ROLE: &str =
    "Peran ini bukan untuk instansi yang dipilih. Pilih peran lain.";

/// Told to somebody whose sign-in ended the session used longest ago.
pub(super) const OLDEST_SESSION_ENDED: &str = "Sesi Anda yang paling lama tidak digunakan \
    diakhiri: paling banyak 5 sesi dapat aktif bersamaan.";

/// What is said to somebody who tried too often.
pub(super) fn wait(seconds: i64) -> String {
    format!("Terlalu banyak percobaan. Tunggu {seconds} detik, lalu coba lagi.")
}

/// What is wrong with a typed NIP and how to mend it.
pub(super) fn nip_fault(error: NipError) -> String {
    match error {
        NipError::Length(0) => "Isi NIP.".to_owned(),
        NipError::NotDigits => {
            "NIP hanya berisi angka. Hapus huruf dan tanda lain pada NIP.".to_owned()
        }
        NipError::Length(count) => format!("NIP harus 18 angka. Anda menulis {count} angka."),
        NipError::Damaged => "Angka terakhir NIP ini hilang, biasanya karena disalin dari Excel. \
            Salin ulang NIP dari sumbernya."
            .to_owned(),
        NipError::BirthDate | NipError::Appointment | NipError::Sex => {
            "NIP ini tidak mungkin: tanggal lahir, bulan pengangkatan, atau kode \
            jenis kelaminnya salah. Salin ulang NIP dari sumbernya."
                .to_owned()
        }
    }
}

impl PasswordFault {
    /// What is wrong and how to mend it.
    pub fn sentence(self) -> String {
        match self {
            Self::TooShort { least, typed } => {
                format!("Kata sandi paling sedikit {least} karakter. Anda menulis {typed}.")
            }
            Self::TooLong => format!("Kata sandi paling banyak {MAX_CHARACTERS} karakter."),
            Self::OwnNumber => {
                "Kata sandi memuat NIP atau tanggal lahir Anda. Pilih kata lain.".to_owned()
            }
            Self::OwnName => "Kata sandi memuat nama Anda. Pilih kata lain.".to_owned(),
            Self::PortalWord => {
                "Kata sandi memuat kata yang mudah diduga, misalnya bkn atau kepegawaian. \
                Pilih kata lain."
                    .to_owned()
            }
            Self::Guessable => {
                "Kata sandi ini mudah ditebak. Gunakan kalimat beberapa kata yang tidak berkaitan."
                    .to_owned()
            }
        }
    }
}

impl State {
    /// The state's name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Invited => "Menunggu kata sandi",
            Self::Open => "Aktif",
            Self::Closed => "Ditutup",
        }
    }

    /// The look of its mark.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Invited => "cap--ingat",
            Self::Open => "cap--selesai",
            Self::Closed => "",
        }
    }

    /// The icon of its mark.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Invited => "jam",
            Self::Open => "cek",
            Self::Closed => "minus",
        }
    }
}

impl LinkPurpose {
    /// What the link is called on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Invitation => "Undangan",
            Self::Reset => "Tautan atur ulang kata sandi",
        }
    }
}

impl Role {
    /// What the role may do, in one sentence.
    pub fn explained(self) -> &'static str {
        match self {
            Self::Pic => "Mengirim data dan laporan instansi mitra.",
            Self::LeadPic => "Seperti PIC, dan menunjuk PIC instansinya.",
            Self::Observer => "Membaca pengiriman instansi mitra tanpa mengubah apa pun.",
            Self::Admin => "Mengelola instansi, PKS, akun, dan akses. Hanya untuk BKN.",
            Self::Verifier => "Meninjau data yang dikirim instansi. Hanya untuk BKN.",
            Self::Auditor => "Membaca semuanya dan jejak audit. Hanya untuk BKN.",
        }
    }
}
