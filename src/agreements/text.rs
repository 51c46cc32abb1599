//! Agreements in Indonesian.

use super::model::{
    Agreement, AgreementState, Anchor, Clause, ClauseKind, Direction, Grant, GrantState, PartySide,
    Population, Side, TermsFault, Unit,
};
use crate::datasets::{self, AsnId};
use crate::references::LoadedCodes;

impl ClauseKind {
    /// What a clause of this kind is called on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Term => "Jangka waktu",
            Self::EndNotice => "Pemberitahuan perpanjangan atau pengakhiran",
            Self::SurvivingDuties => "Kewajiban setelah PKS berakhir",
            Self::DataFeedback => "Data dan referensi balikan",
            Self::DataOnlyFeedback => "Data balikan saja",
            Self::ReferenceFeedback => "Referensi balikan saja",
            Self::RequestedReport => "Laporan atas surat permintaan",
            Self::PeriodicReport => "Laporan berkala",
            Self::MatchingMinutes => "Berita acara hasil pemadanan",
            Self::Evaluation => "Monitoring dan evaluasi",
            Self::Suspension => "Penghentian sementara akses",
            Self::Restoration => "Pemulihan akses",
            Self::CorrectionList => "Daftar perbaikan data",
            Self::ReferenceCodes => "Kode referensi",
            Self::CorrespondentChange => "Perubahan narahubung",
            Self::NoticeReceipt => "Penerimaan pemberitahuan",
            Self::ForceMajeureNotice => "Pemberitahuan keadaan kahar",
            Self::ForceMajeurePause => "Kewajiban selama keadaan kahar",
            Self::ForceMajeureEnd => "Pengakhiran karena keadaan kahar",
            Self::Competence => "Pengembangan kompetensi",
            Self::Aggregates => "Data agregat",
            Self::TechnicalNotice => "Pemberitahuan gangguan dan perubahan teknis",
            Self::PicRights => "Hak akses PIC",
            Self::ConfidentialityOutlives => "Kerahasiaan setelah PKS berakhir",
            Self::SourceNamed => "Penyebutan sumber data",
        }
    }
}

impl Unit {
    /// The unit in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Months => "bulan",
            Self::CalendarDays => "hari kalender",
            Self::WorkingDays => "hari kerja",
            Self::Hours => "jam",
            Self::Times => "kali",
        }
    }
}

impl Anchor {
    /// The event in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Signature => "PKS ditandatangani",
            Self::DataReceived => "data diterima instansi",
            Self::LetterSent => "surat dikirim",
            Self::LetterDelivered => "surat diterima",
            Self::LetterConfirmed => "penerimaan surat dikonfirmasi",
            Self::AgreementEnd => "PKS berakhir",
            Self::ChangeEffective => "perubahan berlaku",
            Self::Event => "peristiwa terjadi",
        }
    }
}

impl Side {
    /// The side in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::After => "sejak",
            Self::Before => "sebelum",
        }
    }
}

impl PartySide {
    /// The party in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Partner => "Instansi mitra",
            Self::Bkn => "BKN",
        }
    }
}

impl Direction {
    /// The direction in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::PartnerToBkn => "Instansi mengirim kepada BKN",
            Self::BknToPartner => "BKN memberikan kepada instansi",
        }
    }
}

impl AgreementState {
    /// The state in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Ahead => "Belum berlaku",
            Self::InForce => "Berlaku",
            Self::NoticeWindow => "Dalam masa pemberitahuan",
            Self::Ended => "Berakhir",
        }
    }

    /// The colour of its tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::InForce => "cap--selesai",
            Self::NoticeWindow => "cap--ingat",
            Self::Ahead | Self::Ended => "",
        }
    }

    /// The icon of its tag.
    pub fn icon(self) -> &'static str {
        match self {
            Self::InForce => "cek",
            Self::NoticeWindow | Self::Ahead => "jam",
            Self::Ended => "minus",
        }
    }
}

impl Clause {
    /// How the clause counts: `6 bulan sejak data diterima instansi`. `None`
    /// for a standing right or duty.
    pub fn phrase(&self) -> Option<String> {
        let amount = self.amount?;
        if self.unit == Some(Unit::Times) {
            let span = span(self.per_months.unwrap_or(12));
            return Some(format!("paling sedikit {amount} kali dalam {span}"));
        }
        let unit = self.unit?.label();
        let (Some(side), Some(anchor)) = (self.side, self.anchor) else {
            return Some(format!("{amount} {unit}"));
        };
        Some(format!(
            "{amount} {unit} {} {}",
            side.label(),
            anchor.label()
        ))
    }
}

/// Subject of the mail on an agreement that ends early.
pub(super) fn ended_subject(agreement: &Agreement) -> String {
    format!("PKS Nomor {} berakhir lebih awal", agreement.bkn_number)
}

impl Agreement {
    /// Its term in words: `3 tahun`.
    pub fn term(&self) -> String {
        span(self.term_months)
    }
}

/// Months as people say them: `1 tahun`, `18 bulan`.
pub fn span(months: i32) -> String {
    if months % 12 == 0 {
        format!("{} tahun", months / 12)
    } else {
        format!("{months} bulan")
    }
}

impl TermsFault {
    /// The field of the form that the fault belongs to.
    pub fn field(self) -> &'static str {
        match self {
            Self::AmountMissing | Self::AmountOutOfRange { .. } | Self::NotHere => "jumlah",
            Self::Unit => "satuan",
            Self::PerMonths => "per_bulan",
            Self::Anchor => "pemicu",
            Self::Side => "sisi",
        }
    }

    /// What is wrong and how to mend it.
    pub fn sentence(self) -> String {
        match self {
            Self::AmountMissing => "Isi jumlahnya.".to_owned(),
            Self::AmountOutOfRange { most } => format!("Tulis bilangan bulat 1 sampai {most}."),
            Self::Unit => "Pilih satuan yang tersedia untuk jenis klausul ini.".to_owned(),
            Self::PerMonths => "Isi rentangnya, 1 sampai 120 bulan.".to_owned(),
            Self::Anchor => "Pilih peristiwa yang tersedia untuk jenis klausul ini.".to_owned(),
            Self::Side => "Pilih sebelum atau sejak peristiwanya.".to_owned(),
            Self::NotHere => {
                "Jenis klausul ini tidak memuat angka. Kosongkan jumlahnya.".to_owned()
            }
        }
    }
}

impl GrantState {
    /// The state in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Ahead => "Belum berlaku",
            Self::InForce => "Berlaku",
            Self::Replaced => "Digantikan",
            Self::Withdrawn => "Tidak diberikan lagi",
        }
    }
}

impl Grant {
    /// Whose rows may pass, in words; where the Annex states nobody, what that
    /// means.
    pub fn whom(&self, codes: &LoadedCodes) -> Vec<String> {
        let stated = self.population.phrases(codes);
        if !stated.is_empty() {
            return stated;
        }
        let dataset = datasets::find(&self.dataset);
        let is_on_people = dataset.is_none_or(datasets::Dataset::is_about_people);
        let said = match self.direction {
            _ if !is_on_people => "Seluruh isi set data",
            Direction::BknToPartner => "Pegawai instansi penerima sendiri",
            Direction::PartnerToBkn => "Pegawai instansi mitra sendiri",
        };
        vec![said.to_owned()]
    }
}

impl Population {
    /// Each condition in words; none where the Annex states none.
    pub fn phrases(&self, codes: &LoadedCodes) -> Vec<String> {
        let list = |title: &str, list: &str, ids: &Option<Vec<AsnId>>| {
            let names: Vec<_> = ids
                .iter()
                .flatten()
                .map(|id| code_name(codes, list, &id.to_string()))
                .collect();
            (!names.is_empty()).then(|| format!("{title}: {}", names.join("; ")))
        };
        let grade = self.grade_at_least.as_deref();
        let grade =
            grade.map(|code| format!("Golongan {} ke atas", code_name(codes, "golongan", code)));
        let institutions = list("Instansi", "instansi", &self.institutions);
        let positions = list(
            "Jabatan fungsional",
            "jabatan-fungsional",
            &self.functional_positions,
        );
        let everybody = self.everybody.then(|| "Seluruh pegawai ASN".to_owned());
        let own = "Beserta seluruh pegawai instansi mitra sendiri".to_owned();
        let own = (self.own_staff && !self.is_unstated()).then_some(own);
        [everybody, positions, grade, institutions, own]
            .into_iter()
            .flatten()
            .collect()
    }
}

/// The name of a code, or the code itself where its list lacks it.
fn code_name(codes: &LoadedCodes, list: &str, code: &str) -> String {
    codes.name(list, code).unwrap_or(code).to_owned()
}
