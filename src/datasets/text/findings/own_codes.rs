//! Sentences about codes of the sender's own.

use super::About;
use crate::datasets::code::Code;
use crate::datasets::text::Sentence;

impl About<'_> {
    pub(super) fn own_code(&self) -> Sentence {
        let (name, value) = (self.name(), self.value());
        match self.finding.code {
            Code::OwnCodeUnknown => Sentence::new(
                format!("Kode {value} tidak ada dalam kode jabatan fungsional instansi Anda."),
                match self.raw(0) {
                    "" => "Perbaiki kodenya, isi kode BKN, atau kirim dahulu kode referensi jabatan fungsional binaan.".to_owned(),
                    near => format!("Mungkin maksud Anda {near}. Kode baru dikirim dahulu sebagai kode referensi jabatan fungsional binaan."),
                },
            ),
            Code::OwnCodeUndecided => Sentence::new(
                format!("Kode {value} belum dipetakan BKN ke kode BKN."),
                "Isi kode BKN pada baris ini, atau beri alasan saat mengirim.",
            ),
            Code::OwnCodeUnmatched => Sentence::new(
                format!("Menurut BKN, kode {value} tidak memiliki padanan dalam referensi BKN."),
                "Isi kode BKN yang sesuai, atau beri alasan saat mengirim.",
            ),
            _ => Sentence::new(
                format!("{} {value} bukan padanan kode {} menurut pemetaan BKN.", self.title, self.raw(0)),
                format!("Ganti {name} dengan {}, atau perbaiki kode instansi.", self.raw(1)),
            ),
        }
    }
}
