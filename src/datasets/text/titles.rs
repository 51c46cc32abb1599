//! A short name for each rule, for the summary by rule.

use crate::datasets::code::Code;

impl Code {
    /// The rule in a few words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Required => "Isian wajib kosong",
            Self::OneOfRequired => "Isian yang harus ada salah satunya kosong",
            Self::RequiredWhen => "Isian wajib menurut kolom lain",
            Self::ColumnCount => "Jumlah kolom tidak sesuai judul",
            Self::CellTooLong => "Isi sel terlalu panjang",
            Self::ControlCharacters => "Karakter kendali",
            Self::Formula => "Rumus tanpa hasil",
            Self::CellError => "Galat Excel",
            Self::MergedCell => "Sel gabungan",
            Self::NipCharacters => "NIP berisi selain angka",
            Self::NipLength => "NIP bukan 18 angka",
            Self::NipBirthDate => "Tanggal lahir pada NIP tidak sah",
            Self::NipAppointment => "Masa pengangkatan pada NIP tidak sah",
            Self::NipSex => "Jenis kelamin pada NIP tidak sah",
            Self::NipDamaged => "NIP rusak oleh Excel",
            Self::IdLength => "ID bukan 32 karakter",
            Self::IdCharacters => "ID bukan heksadesimal",
            Self::IdDamaged => "Angka rusak oleh Excel",
            Self::DateUnreadable => "Tanggal tidak terbaca",
            Self::DateImpossible => "Tanggal tidak ada dalam kalender",
            Self::DateTooEarly => "Tanggal terlalu lampau",
            Self::DateInFuture => "Tanggal di masa depan",
            Self::IntegerFormat => "Bukan bilangan bulat",
            Self::DecimalFormat => "Bukan bilangan desimal",
            Self::NumberRange => "Bilangan di luar batas",
            Self::NumberUnusual => "Bilangan di luar kebiasaan",
            Self::TextTooShort => "Isian terlalu pendek",
            Self::TextTooLong => "Isian terlalu panjang",
            Self::PatternMismatch => "Bentuk isian tidak sesuai",
            Self::NotAllowed => "Di luar pilihan",
            Self::ReferenceUnknown => "Kode tidak ada dalam referensi",
            Self::ReferenceReplaced => "Kode referensi sudah diganti",
            Self::ReferenceOwn => "Kode instansi, bukan kode BKN",
            Self::InstitutionNotYours => "Bukan instansi Anda",
            Self::PersonUnknown => "Pegawai tidak terdaftar",
            Self::PersonMismatch => "ID PNS dan NIP berbeda pegawai",
            Self::DuplicateRow => "Baris ganda",
            Self::DuplicateKey => "Data sama dengan isi berbeda",
            Self::DuplicateValue => "Nilai berulang",
            Self::YearDiffers => "Tahun berbeda dengan tanggal",
            Self::SumDiffers => "Jumlah tidak sesuai",
            Self::PeriodReversed => "Masa terbalik",
            Self::Cleaned => "Dirapikan",
            Self::Rewritten => "Ditulis ulang dalam bentuk baku",
        }
    }
}
