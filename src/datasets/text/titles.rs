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
            Self::OwnCodeUnknown => "Kode instansi belum pernah dikirim",
            Self::OwnCodeUndecided => "Kode instansi belum dipetakan BKN",
            Self::OwnCodeUnmatched => "Kode instansi tanpa padanan BKN",
            Self::OwnCodeDiffers => "Kode BKN berbeda dengan pemetaan",
            Self::InstitutionNotYours => "Bukan instansi Anda",
            Self::PersonUnknown => "Pegawai tidak terdaftar",
            Self::PersonMismatch => "ID PNS dan NIP berbeda pegawai",
            Self::DuplicateRow => "Baris ganda",
            Self::DuplicateKey => "Data sama dengan isi berbeda",
            Self::DuplicateValue => "Nilai berulang",
            Self::TakenOver => "Sudah diambil alih BKN",
            Self::YearDiffers => "Tahun berbeda dengan tanggal",
            Self::SumDiffers => "Jumlah tidak sesuai",
            Self::PeriodReversed => "Masa terbalik",
            Self::Cleaned => "Dirapikan",
            Self::Rewritten => "Ditulis ulang dalam bentuk baku",
            indicator => indicator.indicator_title(),
        }
    }

    /// The data-quality indicator, by its code and name in BKN's list (IKD).
    fn indicator_title(self) -> &'static str {
        match self {
            Self::Com2 => "COM_2 Jabatan kosong",
            Self::Com3 => "COM_3 Pendidikan kosong",
            Self::Com4 => "COM_4 TMT PNS kosong",
            Self::Com5 => "COM_5 Gelar kosong",
            Self::Com6 => "COM_6 Email pribadi kosong/salah format",
            Self::Com7 => "COM_7 Nomor HP kosong",
            Self::Tim3 => "TIM_3 Masa CPNS lebih dari 1 tahun",
            Self::Tim4 => "TIM_4 Struktural ganda",
            Self::Tim5 => "TIM_5 Telah masuk BUP tetapi masih aktif",
            Self::Acc1 => "ACC_1 TMT CPNS lebih besar dari TMT PNS",
            Self::Acc3 => "ACC_3 Masa kerja kurang dari 2 tahun di jabatan struktural",
            Self::Acc4 => "ACC_4 PPPK salah kedudukan hukum",
            Self::Acc7 => "ACC_7 Tahun pengangkatan PPPK",
            Self::Acc9 => "ACC_9 Pelaksana nama jabatan fungsional",
            Self::Con1 => "CON_1 Komponen TMT CPNS pada NIP PNS",
            Self::Con2 => "CON_2 Komponen tanggal lahir pada NIP ASN",
            Self::Con3 => "CON_3 Komponen jenis kelamin pada NIP ASN",
            other => other.as_str(),
        }
    }
}
