//! Sentences about cells and rows.

mod indicators;
mod own_codes;
mod values;

use super::{Sentence, either, grouped, inside, shown};
use crate::datasets::code::Code;
use crate::datasets::declaration::Field;
use crate::datasets::model::{Finding, column_name};
use crate::platform::dates;

/// The words about one finding; `field` is none where the row is meant.
pub(super) fn sentence(finding: &Finding, field: Option<&Field>) -> Sentence {
    let about = About {
        finding,
        title: field.map(|field| field.title.as_str()).unwrap_or("Baris"),
    };
    match finding.code {
        Code::Required | Code::OneOfRequired | Code::RequiredWhen | Code::ColumnCount => {
            about.absence()
        }
        Code::CellTooLong
        | Code::ControlCharacters
        | Code::Formula
        | Code::CellError
        | Code::MergedCell => about.cell(),
        Code::NipCharacters
        | Code::NipLength
        | Code::NipBirthDate
        | Code::NipAppointment
        | Code::NipSex
        | Code::NipDamaged => about.nip(),
        Code::IdLength
        | Code::IdCharacters
        | Code::IdDamaged
        | Code::ReferenceUnknown
        | Code::ReferenceOwn
        | Code::ReferenceReplaced => about.id(),
        Code::DateUnreadable | Code::DateImpossible | Code::DateTooEarly | Code::DateInFuture => {
            about.date()
        }
        Code::IntegerFormat | Code::DecimalFormat | Code::NumberRange | Code::NumberUnusual => {
            about.number()
        }
        Code::TextTooShort | Code::TextTooLong | Code::PatternMismatch | Code::NotAllowed => {
            about.text()
        }
        Code::InstitutionNotYours | Code::PersonUnknown | Code::PersonMismatch => about.person(),
        Code::OwnCodeUnknown
        | Code::OwnCodeUndecided
        | Code::OwnCodeUnmatched
        | Code::OwnCodeDiffers => about.own_code(),
        Code::DuplicateRow | Code::DuplicateKey | Code::DuplicateValue => about.duplicate(),
        Code::TakenOver => about.taken_over(),
        Code::YearDiffers | Code::SumDiffers | Code::PeriodReversed => about.relation(),
        Code::Com2 | Code::Com3 | Code::Com4 | Code::Com5 | Code::Com6 | Code::Com7 => {
            about.incomplete()
        }
        Code::Tim3 | Code::Tim4 | Code::Tim5 => about.out_of_date(),
        Code::Acc1 | Code::Acc3 | Code::Acc4 | Code::Acc7 | Code::Acc9 => about.inaccurate(),
        Code::Con1 | Code::Con2 | Code::Con3 => about.inconsistent(),
        Code::Cleaned => Sentence::new(
            format!("{} dirapikan.", about.title),
            "Tidak ada yang perlu diperbaiki.",
        ),
        Code::Rewritten => Sentence::new(
            format!("{} ditulis ulang dalam bentuk baku.", about.title),
            "Tidak ada yang perlu diperbaiki.",
        ),
    }
}

/// A finding and the title of its field.
struct About<'a> {
    finding: &'a Finding,
    title: &'a str,
}

impl About<'_> {
    fn param(&self, at: usize) -> String {
        shown(self.finding.params.get(at))
    }

    fn raw(&self, at: usize) -> &str {
        self.finding
            .params
            .get(at)
            .map(String::as_str)
            .unwrap_or_default()
    }

    fn name(&self) -> String {
        inside(self.title)
    }

    fn value(&self) -> &str {
        &self.finding.value
    }

    fn column(&self) -> String {
        self.finding
            .column
            .map_or_else(|| "ini".to_owned(), column_name)
    }

    fn absence(&self) -> Sentence {
        match self.finding.code {
            Code::OneOfRequired => {
                let titles = either(&self.finding.params);
                Sentence::new(
                    format!("{titles} kosong."),
                    format!("Isi salah satu: {titles}."),
                )
            }
            Code::RequiredWhen => Sentence::new(
                format!(
                    "{} kosong, padahal {} {}.",
                    self.title,
                    inside(self.raw(0)),
                    self.raw(1)
                ),
                format!("Isi {} atau perbaiki {}.", self.name(), inside(self.raw(0))),
            ),
            Code::ColumnCount => Sentence::new(
                format!(
                    "Baris ini memiliki {} kolom; seharusnya {}.",
                    self.param(0),
                    self.param(1)
                ),
                "Samakan jumlah kolomnya dengan judul. Apit isi yang memuat pemisah kolom dengan tanda kutip.",
            ),
            _ => Sentence::new(
                format!("{} kosong.", self.title),
                format!("Isi {}.", self.name()),
            ),
        }
    }

    fn cell(&self) -> Sentence {
        let (title, name) = (self.title, self.name());
        match self.finding.code {
            Code::CellTooLong => Sentence::new(
                format!(
                    "Isi sel {} karakter; paling banyak {}.",
                    self.param(0),
                    self.param(1)
                ),
                format!("Persingkat {name}."),
            ),
            Code::ControlCharacters => Sentence::new(
                format!(
                    "{title} memuat karakter kendali yang tidak terlihat ({}).",
                    self.raw(0)
                ),
                format!("Hapus isi sel, lalu ketik ulang {name}."),
            ),
            Code::Formula => Sentence::new(
                format!("{title} berisi rumus yang belum memiliki hasil."),
                "Salin sel, lalu tempel sebagai nilai.",
            ),
            Code::CellError => Sentence::new(
                format!("{title} berisi galat Excel ({}).", self.value()),
                format!("Ganti dengan {name} yang benar."),
            ),
            _ => Sentence::new(
                format!("{title} berada dalam sel gabungan."),
                "Pisahkan sel gabungan, lalu isi setiap baris.",
            ),
        }
    }

    fn person(&self) -> Sentence {
        match self.finding.code {
            Code::InstitutionNotYours => Sentence::new(
                format!("{} tidak terdaftar sebagai instansi Anda.", self.title),
                "Salin ulang ID instansi Anda dari referensi instansi.",
            ),
            Code::PersonUnknown => Sentence::new(
                format!(
                    "{} tidak terdaftar dalam cakupan instansi Anda.",
                    self.title
                ),
                format!(
                    "Salin ulang {} dari sumbernya, atau hapus baris ini.",
                    self.name()
                ),
            ),
            _ => Sentence::new(
                "ID PNS dan NIP milik dua pegawai yang berbeda.",
                "Periksa keduanya, lalu perbaiki yang salah.",
            ),
        }
    }

    fn duplicate(&self) -> Sentence {
        let row = self
            .raw(0)
            .parse()
            .map_or_else(|_| self.raw(0).to_owned(), grouped);
        match self.finding.code {
            Code::DuplicateRow => Sentence::new(
                format!("Baris ganda; isinya sama dengan baris {row}."),
                "Hapus salah satu.",
            ),
            Code::DuplicateKey => Sentence::new(
                format!("Data yang sama sudah ada pada baris {row} dengan isi berbeda."),
                "Pertahankan baris yang benar, hapus yang lain.",
            ),
            _ => Sentence::new(
                format!("{} sama dengan baris {row}.", self.title),
                format!("{} harus berbeda pada setiap baris.", self.title),
            ),
        }
    }

    fn taken_over(&self) -> Sentence {
        let on = self.raw(0).parse().map(dates::long);
        let on = on.map(|on| format!(" pada {on}")).unwrap_or_default();
        Sentence::new(
            format!(
                "Data ini sudah diambil alih BKN{on} ({}), dengan isi yang sama.",
                self.raw(1)
            ),
            "Hapus baris ini bila tidak ada yang berubah.",
        )
    }

    fn relation(&self) -> Sentence {
        let (name, value) = (self.name(), self.value());
        match self.finding.code {
            Code::YearDiffers => Sentence::new(
                format!(
                    "{} {value} berbeda dengan {} {}.",
                    self.title,
                    inside(self.raw(0)),
                    self.raw(1)
                ),
                "Samakan salah satunya.",
            ),
            Code::SumDiffers => Sentence::new(
                format!(
                    "{} {} tidak sama dengan jumlah bagiannya, {}.",
                    self.title,
                    value.replace('.', ","),
                    self.raw(0).replace('.', ",")
                ),
                format!("Perbaiki {name} atau bagiannya."),
            ),
            _ => Sentence::new(
                format!("Masa berakhir sebelum mulai ({}).", self.raw(0)),
                "Perbaiki bulan dan tahun mulai atau akhir.",
            ),
        }
    }
}
