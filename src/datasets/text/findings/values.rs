//! Sentences about a single value and its grammar.

use super::About;
use crate::datasets::code::Code;
use crate::datasets::text::{Sentence, either, shown};
use crate::platform::dates;

const TYPE_AS_TEXT: &str = "menjadi Teks, lalu salin ulang dari sumbernya";

impl About<'_> {
    pub(super) fn nip(&self) -> Sentence {
        match self.finding.code {
            Code::NipCharacters => Sentence::new(
                format!("NIP hanya berisi angka (\"{}\").", self.value()),
                "Hapus huruf dan tanda pada NIP. Bila tidak ada NIP, kosongkan sel dan isi ID PNS.",
            ),
            Code::NipLength => Sentence::new(
                format!("NIP harus 18 angka. Tertulis {} angka.", self.param(0)),
                "Salin ulang NIP dari sumbernya.",
            ),
            Code::NipBirthDate => self.nip_part("8 angka pertama bukan tanggal lahir"),
            Code::NipAppointment => {
                self.nip_part("angka ke-9 sampai ke-14 bukan tahun dan bulan pengangkatan")
            }
            Code::NipSex => self.nip_part("angka ke-15 harus 1 atau 2"),
            _ => Sentence::new(
                format!(
                    "NIP rusak oleh Excel ({}). Tiga angka terakhir sudah hilang.",
                    self.value()
                ),
                format!("Ubah format kolom {} {TYPE_AS_TEXT}.", self.column()),
            ),
        }
    }

    fn nip_part(&self, part: &str) -> Sentence {
        Sentence::new(
            format!("NIP tidak sah: {part}."),
            "Periksa NIP, lalu salin ulang dari sumbernya.",
        )
    }

    pub(super) fn id(&self) -> Sentence {
        let title = self.title;
        match self.finding.code {
            Code::IdLength => Sentence::new(
                format!("{title} {} karakter; seharusnya 32.", self.param(0)),
                self.copied_or(1),
            ),
            Code::IdCharacters => Sentence::new(
                format!(
                    "{title} hanya berisi angka dan huruf A sampai F (\"{}\").",
                    self.value()
                ),
                self.copied_or(0),
            ),
            Code::IdDamaged => Sentence::new(
                format!(
                    "{title} berubah menjadi bilangan di Excel ({}). Sebagian angkanya sudah hilang.",
                    self.value()
                ),
                format!("Ubah format kolom {} {TYPE_AS_TEXT}.", self.column()),
            ),
            Code::ReferenceOwn => Sentence::new(
                format!(
                    "{} adalah kode instansi Anda, bukan kode BKN.",
                    self.value()
                ),
                format!("Ganti {} dengan {}.", self.name(), self.raw(1)),
            ),
            Code::ReferenceReplaced => {
                let on = self.raw(2).parse().map(dates::long);
                let on = on.map(|on| format!(" pada {on}")).unwrap_or_default();
                Sentence::new(
                    format!("{title} diganti{on} menjadi {}.", self.raw(1)),
                    format!("Ganti {} dengan {}.", self.name(), self.raw(1)),
                )
            }
            _ => Sentence::new(
                format!(
                    "{title} tidak ditemukan dalam referensi {}.",
                    self.raw(0).replace('-', " ")
                ),
                match self.raw(1) {
                    "" => format!("Salin ulang {} dari referensi.", self.name()),
                    code => format!("Mungkin maksud Anda {code}. Periksa pada referensi."),
                },
            ),
        }
    }

    pub(super) fn date(&self) -> Sentence {
        let (title, value) = (self.title, self.value());
        match self.finding.code {
            Code::DateUnreadable => Sentence::new(
                format!("{title} tidak terbaca (\"{value}\")."),
                match self.raw(0) {
                    "" => "Tulis tahun-bulan-tanggal, misalnya 2026-03-17.".to_owned(),
                    suggestion => {
                        format!("Mungkin maksud Anda {suggestion}. Tulis tahun-bulan-tanggal.")
                    }
                },
            ),
            Code::DateImpossible => Sentence::new(
                format!("{value} tidak ada dalam kalender."),
                format!("Perbaiki {}.", self.name()),
            ),
            Code::DateTooEarly => Sentence::new(
                format!(
                    "{title} {value} terlalu lampau; paling awal {}.",
                    self.raw(0)
                ),
                format!("Periksa {}. Tulis tahun dengan empat angka.", self.name()),
            ),
            _ => Sentence::new(
                format!("{title} {value} di masa depan."),
                format!("Perbaiki {}; paling akhir {}.", self.name(), self.raw(0)),
            ),
        }
    }

    pub(super) fn number(&self) -> Sentence {
        let (title, name, value) = (self.title, self.name(), self.value());
        let suggested = |otherwise: &str| match self.finding.params.as_slice() {
            [] => otherwise.to_owned(),
            [one] => format!("Tulis {one} saja."),
            several => format!(
                "Mungkin maksud Anda {}. Tulis tanpa pemisah ribuan.",
                either(several).replace('.', ",")
            ),
        };
        match self.finding.code {
            Code::IntegerFormat => Sentence::new(
                format!("{title} harus bilangan bulat (\"{value}\")."),
                suggested("Tulis angka saja, tanpa satuan dan tanpa pemisah ribuan."),
            ),
            Code::DecimalFormat => Sentence::new(
                format!("{title} bukan bilangan yang jelas (\"{value}\")."),
                suggested("Tulis angka dengan koma desimal, misalnya 12,5."),
            ),
            Code::NumberRange => Sentence::new(
                format!(
                    "{title} {value} di luar batas: {} sampai {}.",
                    self.param(0),
                    self.param(1)
                ),
                format!("Perbaiki {name}."),
            ),
            _ => Sentence::new(
                format!(
                    "{} {} di luar kebiasaan (paling banyak {}).",
                    shown(Some(&self.finding.value)),
                    self.unit_or(&name),
                    self.param(0)
                ),
                "Bila benar, beri alasan saat mengirim.",
            ),
        }
    }

    fn unit_or(&self, name: &str) -> String {
        if self.raw(1).is_empty() {
            format!("sebagai {name}")
        } else {
            self.raw(1).to_owned()
        }
    }

    pub(super) fn text(&self) -> Sentence {
        let (title, name) = (self.title, self.name());
        match self.finding.code {
            Code::TextTooShort => Sentence::new(
                format!(
                    "{title} terlalu pendek; paling sedikit {} karakter.",
                    self.param(1)
                ),
                format!("Lengkapi {name}."),
            ),
            Code::TextTooLong => Sentence::new(
                format!(
                    "{title} {} karakter; paling banyak {}.",
                    self.param(0),
                    self.param(1)
                ),
                format!("Persingkat {name}."),
            ),
            Code::PatternMismatch => Sentence::new(
                format!(
                    "{title} tidak sesuai bentuk yang ditetapkan (\"{}\").",
                    self.value()
                ),
                match self.raw(0) {
                    "" => format!("Perbaiki {name} menurut petunjuk templat."),
                    example => format!("Perbaiki {name}, misalnya {example}."),
                },
            ),
            _ => Sentence::new(
                format!("{title} \"{}\" tidak dikenal.", self.value()),
                format!("Pilih salah satu: {}.", either(&self.finding.params)),
            ),
        }
    }
}
