//! The words for obligations on screen.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::model::{Obligation, ObligationKind, ObligationState, Source};
use crate::agreements::{Anchor, Span};
use crate::feedback::HalfStanding;
use crate::platform::dates;

/// Days before a due date from which it counts as soon.
pub const SOON_DAYS: i64 = 14;

impl ObligationKind {
    /// Its name in headings and tables.
    pub fn label(self) -> &'static str {
        match self {
            Self::DataFeedback => "Data balikan",
            Self::RequestedReport => "Laporan",
            Self::EndNotice => "Pemberitahuan perpanjangan",
            Self::AgreementEnd => "PKS berakhir",
        }
    }
}

impl ObligationState {
    /// The word of the closed list.
    pub fn label(self) -> &'static str {
        match self {
            Self::NotStartable => "Belum dapat dimulai",
            Self::NotStarted => "Belum dimulai",
            Self::InProgress => "Sedang dikerjakan",
            Self::NeedsMending => "Perlu perbaikan",
            Self::AwaitingBkn => "Menunggu BKN",
            Self::Accepted => "Diterima BKN",
            Self::Overdue => "Lewat tenggat",
        }
    }

    /// The colour of its mark.
    pub fn tone(self) -> &'static str {
        match self {
            Self::NotStartable | Self::NotStarted => "",
            Self::InProgress | Self::AwaitingBkn => "cap--jalan",
            Self::NeedsMending => "cap--ingat",
            Self::Accepted => "cap--selesai",
            Self::Overdue => "cap--genting",
        }
    }

    /// The icon of its mark.
    pub fn icon(self) -> &'static str {
        match self {
            Self::NotStartable => "kunci",
            Self::NotStarted => "minus",
            Self::InProgress | Self::AwaitingBkn => "jam",
            Self::NeedsMending => "seru",
            Self::Accepted => "cek",
            Self::Overdue => "seru-bulat",
        }
    }
}

/// What a letter still waits for, where its date does not start the clock.
fn waiting_words(anchor: Anchor) -> &'static str {
    match anchor {
        Anchor::LetterConfirmed => "belum dikonfirmasi",
        _ => "belum diterima",
    }
}

impl Obligation {
    /// What is to be done, as a link or heading.
    pub fn title(&self) -> String {
        match (&self.source, self.kind) {
            (Source::Delivery(_, what), _) => match self.missing_half() {
                Some(missing) => format!("Kirim {missing}: {what}"),
                None => format!("Kirim data balikan: {what}"),
            },
            (Source::Letter(_, number, _), _) => {
                format!("Sampaikan laporan atas surat {number}")
            }
            (_, ObligationKind::EndNotice) => {
                "Beri tahu bila PKS akan diperpanjang atau diakhiri".to_owned()
            }
            _ => "PKS berakhir".to_owned(),
        }
    }

    /// What it is, without asking for a deed.
    pub fn name(&self) -> String {
        match &self.source {
            Source::Delivery(_, what) => format!("Data balikan atas {what}"),
            Source::Letter(_, number, _) => format!("Laporan atas surat {number}"),
            Source::Agreement(_) => self.kind.label().to_owned(),
        }
    }

    /// Its name within a sentence.
    pub fn inline_name(&self) -> String {
        let name = self.name();
        let mut letters = name.chars();
        match letters.next() {
            // The abbreviation PKS keeps its capitals.
            Some(first) if !name.starts_with("PKS") => {
                first.to_lowercase().chain(letters).collect()
            }
            _ => name,
        }
    }

    /// The one half of feedback that is missing while the other is in.
    pub fn missing_half(&self) -> Option<&'static str> {
        let is_in = |one: &&HalfStanding| one.standing.is_in();
        let missing = self.halves.iter().find(|one| !is_in(one))?;
        let other = self.halves.iter().find(is_in);
        other.map(|_| missing.half.inline())
    }

    /// What of the feedback is in and what is missing, once some of it is in.
    fn halves_sentence(&self) -> Option<String> {
        let missing = self.missing_half()?;
        let mut met = self.halves.iter().filter_map(HalfStanding::met_by);
        let met = met.next()?;
        Some(format!(" Sudah masuk: {met}. Belum: {missing}."))
    }

    /// `6 bulan sejak data diterima instansi`.
    pub fn span_words(&self) -> String {
        let Span { amount, unit, side } = self.span;
        format!(
            "{amount} {} {} {}",
            unit.label(),
            side.label(),
            self.anchor.label()
        )
    }

    /// The event that starts the clock and when it was: `Data diterima instansi
    /// 4 Juni 2026`, or what it waits for.
    pub fn event_sentence(&self) -> String {
        let event = capitalised(self.anchor.label());
        match (self.event_on, &self.source) {
            (Some(on), _) => format!("{event} {}", dates::long(on)),
            (None, Source::Letter(_, _, sent)) => {
                let waiting = waiting_words(self.anchor);
                format!("Surat dikirim {}, {waiting}", dates::long(*sent))
            }
            (None, _) => format!("{event}: belum tercatat"),
        }
    }

    /// The article, with the page where it is known.
    pub fn place(&self) -> String {
        match self.page {
            Some(page) => format!("{}, halaman {page}", self.article),
            None => self.article.clone(),
        }
    }

    /// Why it is due then: event, counting, article.
    pub fn reason(&self) -> String {
        format!(
            "{}; tenggat {} ({}).{}",
            self.event_sentence(),
            self.span_words(),
            self.place(),
            self.halves_sentence().unwrap_or_default()
        )
    }

    /// `10 hari lagi`, `hari ini`, `lewat 23 hari`; nothing once it is met or
    /// while the clock stands.
    pub fn remaining(&self, today: NaiveDate) -> Option<String> {
        if self.is_met() {
            return None;
        }
        Some(match self.days_left(today)? {
            days @ ..0 => format!("lewat {} hari", -days),
            0 => "hari ini".to_owned(),
            days => format!("{} hari lagi", dates::number(days)),
        })
    }

    /// Advice when the due date falls on a weekend; the date itself stays.
    pub fn weekend_advice(&self, today: NaiveDate) -> Option<String> {
        let due = self.due.filter(|due| self.is_open() && today <= *due)?;
        let (day, back) = match due.weekday() {
            Weekday::Sat => ("Sabtu", 1),
            Weekday::Sun => ("Minggu", 2),
            _ => return None,
        };
        let friday = due.checked_sub_days(Days::new(back))?;
        let advice = format!(
            "; sebaiknya kirim paling lambat {}",
            dates::with_weekday(friday)
        );
        let advice = if friday < today { "" } else { &advice };
        Some(format!("Jatuh pada hari {day}{advice}."))
    }

    /// When and by what it was met: `PD-2026-0142, dikirim 4 Desember 2026`.
    pub fn met_by(&self) -> Option<String> {
        let met = self.fulfilment.as_ref()?;
        let on = dates::long(met.on);
        let halves = self.halves.iter().filter_map(HalfStanding::met_by);
        let halves = halves.collect::<Vec<_>>().join("; ");
        let by = match (&met.by, self.kind.is_owed()) {
            _ if !halves.is_empty() => capitalised(&halves),
            (Some(number), true) => format!("{number}, dikirim {on}"),
            (Some(number), false) => format!("PKS Nomor {number}, {on}"),
            (None, _) => format!("Disampaikan {on}"),
        };
        Some(if met.late {
            format!("{by}, sesudah tenggat")
        } else {
            by
        })
    }
}

/// The same words with a capital first letter.
fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
