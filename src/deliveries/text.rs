//! Deliveries in Indonesian.

use chrono::NaiveDate;

use super::actions::{ChangePlanError, EnterPlanError, PublishError, ReceiveError, SettleError};
use super::model::{
    Bar, Cover, OfferFault, Period, PeriodOutcome, Plan, PlanDeed, PlanState, Publication,
    PublicationState, Receipt,
};
use crate::agreements::Agreement;
use crate::datasets;
use crate::disclosures::AccessForm;
use crate::platform::dates;
use crate::register;

/// Who gives the data.
pub(super) const SOURCE: &str = "Badan Kepegawaian Negara";
/// The columns behind the fields that name where a row comes from.
pub(super) const SOURCE_COLUMNS: [&str; 4] = [
    "sumber_data",
    "nomor_pks",
    "nomor_penyerahan",
    "per_tanggal",
];
/// The workbook's sheets.
pub(super) const DATA_SHEET: &str = "Data";
pub(super) const EXPLANATION_SHEET: &str = "Keterangan";
/// Whom an Annex reaches that names nobody.
pub(super) const OWN_STAFF: &str =
    "Pegawai instansi penerima sendiri, karena Lampiran tidak menyebut cakupan lain";
/// Answered to a download that a page of another site led to.
pub(super) const LED_BY_ANOTHER_SITE: &str = "Unduhan ini dibuka dari situs lain dan tidak dijalankan. Buka penyerahannya lewat Data dari BKN, lalu unduh dari sana.";
pub(super) const EVERYTHING: &str = "Seluruh isi set data";

/// The subject of the mail that tells of a receipt.
pub(super) fn recorded_subject(agreement: &Agreement) -> String {
    format!(
        "Penyerahan data tercatat – PKS Nomor {}",
        agreement.bkn_number
    )
}

/// The subject of the mail that tells of a file to be fetched.
pub(super) fn available_subject(publication: &Publication) -> String {
    format!(
        "Data dari BKN tersedia: {} ({})",
        publication.title(),
        publication.number
    )
}

/// The subject of the mail that tells that BKN took a file back.
pub(super) fn withdrawn_subject(publication: &Publication) -> String {
    format!("Penyerahan data {} ditarik BKN", publication.number)
}

/// What was given, as the duties that follow from it name it.
pub(super) fn given(publication: &Publication) -> String {
    let day = dates::long(publication.day());
    format!("{} per {day} ({})", publication.title(), publication.number)
}

/// How a receipt is known.
pub(super) fn evidence(how: Receipt, who: &str) -> String {
    match how {
        Receipt::Download => format!("Unduhan pertama di portal oleh {who}"),
        Receipt::Confirmation => format!("Konfirmasi penerimaan di portal oleh {who}"),
    }
}

impl Receipt {
    /// The way in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Download => "unduhan pertama",
            Self::Confirmation => "konfirmasi penerimaan",
        }
    }
}

impl PublicationState {
    /// The state in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Preparing => "Disiapkan",
            Self::Available => "Tersedia",
            Self::Received => "Diterima",
            Self::Failed => "Gagal disiapkan",
            Self::Withdrawn => "Ditarik",
        }
    }

    /// The word of the address.
    pub fn word(self) -> &'static str {
        match self {
            Self::Preparing => "disiapkan",
            Self::Available => "tersedia",
            Self::Received => "diterima",
            Self::Failed => "gagal",
            Self::Withdrawn => "ditarik",
        }
    }

    /// The state of this word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// The colour of its mark.
    pub fn tone(self) -> &'static str {
        match self {
            Self::Preparing => "cap--jalan",
            Self::Available => "cap--ingat",
            Self::Received => "cap--selesai",
            Self::Failed => "cap--genting",
            Self::Withdrawn => "",
        }
    }

    /// The icon of its mark.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Preparing | Self::Available => "jam",
            Self::Received => "cek",
            Self::Failed => "seru-bulat",
            Self::Withdrawn => "minus",
        }
    }
}

/// In which form something was fetched.
pub(super) fn form(form: AccessForm) -> &'static str {
    match form {
        AccessForm::Page => "halaman",
        AccessForm::Csv => "CSV",
        AccessForm::Xlsx => "XLSX",
    }
}

impl OfferFault {
    /// What is wrong and how to mend it.
    pub(super) fn sentence(self) -> &'static str {
        match self {
            Self::NotInForce => "PKS ini tidak sedang berlaku. Data tidak dapat diserahkan.",
            Self::NotGranted => "Lampiran PKS ini tidak memberikan data tersebut.",
        }
    }
}

impl PublishError {
    /// What is wrong and how to mend it, where the form can say it.
    pub(super) fn sentence(&self) -> Option<&'static str> {
        match self {
            Self::Fault(fault) => Some(fault.sentence()),
            Self::Empty => Some(
                "Tidak ada data dalam cakupan Lampiran, sehingga tidak ada yang dapat diserahkan.",
            ),
            Self::NotFound | Self::PostedTwice | Self::Database(_) => None,
        }
    }
}

impl ReceiveError {
    /// Why the data cannot be had.
    pub(super) fn sentence(&self) -> Option<&'static str> {
        match self {
            Self::Withdrawn => Some("BKN telah menarik penyerahan data ini."),
            Self::Barred(bar) => Some(bar.sentence()),
            Self::NotFound | Self::Database(_) => None,
        }
    }
}

impl Bar {
    /// Why the data cannot be had, as told to the partner.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Ended => "PKS telah berakhir, sehingga data tidak dapat diunduh lagi.",
            Self::GrantedLess => {
                "Lampiran PKS berubah sejak data ini disiapkan dan tidak lagi memberikan seluruh isinya. Mintalah penyerahan baru kepada BKN."
            }
        }
    }

    /// The same as told to BKN.
    pub fn to_bkn(self) -> &'static str {
        match self {
            Self::Ended => "PKS telah berakhir.",
            Self::GrantedLess => {
                "Lampiran PKS memberikan lebih sedikit daripada isi berkas ini. Serahkan lagi menurut Lampiran yang berlaku."
            }
        }
    }
}

impl SettleError {
    /// Why the publication stays as it is.
    pub(super) fn sentence(&self) -> Option<&'static str> {
        match self {
            Self::TooLate => Some(
                "Data ini sudah diterima instansi atau sudah ditarik, sehingga tidak dapat ditarik.",
            ),
            Self::NotFailed => Some("Berkasnya sudah ada atau sedang disiapkan."),
            Self::NotFound | Self::Database(_) => None,
        }
    }
}

/// The subject of the mail that tells that a plan's period led to no delivery.
pub(super) fn skipped_subject(plan: &Plan, period: &Period) -> String {
    format!(
        "Penyerahan berkala {} tanggal {}: {}",
        plan.title(),
        dates::long(period.due_on),
        period.label()
    )
}

impl Cover {
    /// The choice in words; `date` is the field that is looked at.
    pub(super) fn choice(self, date: &str) -> String {
        match self {
            Self::Everything => "Seluruh isi menurut Lampiran".to_owned(),
            Self::MonthsPast => format!("{date} pada bulan-bulan sebelum bulan penyerahan"),
            Self::MonthsAhead => format!("{date} pada bulan-bulan sesudah bulan penyerahan"),
        }
    }
}

impl Plan {
    /// `setiap 3 bulan, tanggal 20`.
    pub fn rhythm(&self) -> String {
        let last = match self.day_of_month {
            29..=31 => " atau hari terakhir bulan",
            _ => "",
        };
        format!(
            "{}, tanggal {}{last}",
            every(self.every_months),
            self.day_of_month
        )
    }

    /// What each delivery holds, in words.
    pub fn cover_phrase(&self) -> String {
        let field = datasets::find(&self.dataset).and_then(register::effective_field);
        let date = field.map_or("Tanggal", |field| field.title.as_str());
        let months = match self.every_months {
            1 => "bulan".to_owned(),
            several => format!("{several} bulan"),
        };
        match self.covers {
            Cover::Everything => self.covers.choice(date),
            Cover::MonthsPast => format!("{date} pada {months} sebelumnya"),
            Cover::MonthsAhead => format!("{date} pada {months} berikutnya"),
        }
    }
}

/// `setiap 3 bulan`.
pub(super) fn every(months: i32) -> String {
    match months {
        1 => "setiap bulan".to_owned(),
        12 => "setiap tahun".to_owned(),
        several => format!("setiap {several} bulan"),
    }
}

impl PlanState {
    /// The state in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Running => "Berjalan",
            Self::Paused => "Dijeda",
            Self::Ended => "Diakhiri",
        }
    }

    /// The colour of its mark.
    pub fn tone(self) -> &'static str {
        match self {
            Self::Running => "cap--selesai",
            Self::Paused => "cap--ingat",
            Self::Ended => "",
        }
    }

    /// The icon of its mark.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Running => "cek",
            Self::Paused => "jam",
            Self::Ended => "minus",
        }
    }
}

impl PlanDeed {
    /// What was done, in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Entered => "Jadwal dicatat",
            Self::Paused => "Jadwal dijeda",
            Self::Resumed => "Jadwal dilanjutkan",
            Self::Ended => "Jadwal diakhiri",
        }
    }
}

impl Period {
    /// What became of it.
    pub fn label(&self) -> &'static str {
        match self.outcome {
            PeriodOutcome::Published => "diserahkan",
            PeriodOutcome::Empty => "tidak ada data pada masa ini",
            PeriodOutcome::NotInForce => "dilewati karena PKS tidak berlaku",
            PeriodOutcome::NotGranted => "dilewati karena Lampiran tidak memberikan data ini",
            PeriodOutcome::Paused => "dilewati karena jadwal dijeda",
            PeriodOutcome::Overtaken => "dilewati karena penyerahan berikutnya sudah tiba",
        }
    }

    /// The same as a sentence; of data about people an empty period says so.
    pub fn sentence(&self, dataset: &str) -> String {
        let is_on_people = datasets::find(dataset).is_some_and(datasets::Dataset::is_about_people);
        match self.outcome {
            PeriodOutcome::Published => "Data diserahkan.".to_owned(),
            PeriodOutcome::Empty if is_on_people => "Tidak ada pegawai pada masa ini.".to_owned(),
            PeriodOutcome::Empty => "Tidak ada data pada masa ini.".to_owned(),
            _ => format!("Penyerahan {}.", self.label()),
        }
    }

    /// The days that it is about; none where it is about all.
    pub fn span(&self) -> Option<String> {
        self.counts_from.zip(self.counts_until).map(span)
    }
}

impl Publication {
    /// `per 1 November 2026, masa …`, as far as the file is made.
    pub fn covers(&self) -> String {
        let day = self
            .data_as_of
            .map(|day| format!("per {}", dates::long(day)));
        let span = self.span().map(|span| format!("masa {span}"));
        let said: Vec<String> = [day, span].into_iter().flatten().collect();
        said.join(", ")
    }

    /// The days that it is about; none where it is about all.
    pub fn span(&self) -> Option<String> {
        self.counts_from.zip(self.counts_until).map(span)
    }
}

fn span((from, until): (NaiveDate, NaiveDate)) -> String {
    format!("{} sampai {}", dates::long(from), dates::long(until))
}

impl EnterPlanError {
    /// What is wrong and how to mend it, where the form can say it.
    pub(super) fn sentence(&self) -> Option<&'static str> {
        let said = match self {
            Self::Fault(fault) => fault.sentence(),
            Self::NoDays => {
                "Data ini tidak bertanggal, sehingga hanya dapat diserahkan seluruhnya."
            }
            Self::Past => {
                "Pilih hari ini atau sesudahnya. Masa yang sudah lewat diserahkan tersendiri."
            }
            Self::AfterEnd => "PKS berakhir sebelum penyerahan pertama jatuh.",
            Self::Planned => {
                "Data ini sudah mempunyai jadwal pada PKS ini. Akhiri dahulu jadwal itu."
            }
            Self::NotFound | Self::Database(_) => return None,
        };
        Some(said)
    }
}

impl ChangePlanError {
    /// Why the plan stays as it is.
    pub(super) fn sentence(&self) -> Option<&'static str> {
        match self {
            Self::Unfit => Some("Jadwal ini sudah dalam keadaan itu atau sudah diakhiri."),
            Self::NotFound | Self::Database(_) => None,
        }
    }
}
