//! Partners by obligations, one cell each.

use chrono::{Datelike, NaiveDate};

use super::model::Standing;
use crate::agreements::{AgreementId, AgreementState};
use crate::institutions::InstitutionId;
use crate::obligations::{Obligation, ObligationKind, ObligationState, SOON_DAYS};
use crate::platform::dates;
use crate::suspensions::AccessState;

/// The colour of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Late,
    Soon,
    Later,
    Fine,
    /// The agreement does not settle it.
    Silent,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) tone: Tone,
    pub(super) icon: Option<&'static str>,
    pub(super) main: String,
    pub(super) below: Option<String>,
}

/// One partner.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) id: InstitutionId,
    pub(super) name: String,
    pub(super) short_name: String,
    /// Number and id of the agreement that counts now.
    pub(super) agreement: Option<(String, AgreementId)>,
    /// Feedback, report, end of the agreement, access.
    pub(super) cells: [Cell; 4],
}

/// The columns' names, in the order of [`Row::cells`].
pub(super) const COLUMNS: [&str; 4] = ["Data balikan", "Laporan", "PKS berakhir", "Akses"];

impl Cell {
    fn new(tone: Tone, main: impl Into<String>) -> Self {
        let icon = match tone {
            Tone::Late => Some("seru-bulat"),
            Tone::Soon => Some("jam"),
            Tone::Fine => Some("cek"),
            Tone::Later | Tone::Silent => None,
        };
        Self {
            tone,
            icon,
            main: main.into(),
            below: None,
        }
    }

    fn under(self, below: impl Into<String>) -> Self {
        Self {
            below: Some(below.into()),
            ..self
        }
    }

    fn with_icon(self, icon: &'static str) -> Self {
        Self {
            icon: Some(icon),
            ..self
        }
    }

    /// The class of its content.
    pub(super) fn class(&self) -> &'static str {
        match (self.tone, self.icon) {
            (Tone::Late, _) => "m--lewat",
            (Tone::Soon, _) => "m--dekat",
            (Tone::Fine, _) => "m--ok",
            (Tone::Later, None) => "m--nanti m--polos",
            (Tone::Later, Some(_)) => "m--nanti",
            (Tone::Silent, _) => "m--nihil",
        }
    }

    /// The class of the cell itself.
    pub(super) fn ground(&self) -> &'static str {
        match self.tone {
            Tone::Late => "s-lewat",
            Tone::Soon => "s-dekat",
            _ => "",
        }
    }

    /// Both lines in one, for the file.
    pub(super) fn words(&self) -> String {
        match &self.below {
            Some(below) => format!("{}, {below}", self.main),
            None => self.main.clone(),
        }
    }
}

/// The row of a partner.
pub(super) fn row(standing: &Standing, today: NaiveDate) -> Row {
    let current = standing.current();
    Row {
        id: standing.institution.id,
        name: standing.institution.name.clone(),
        short_name: standing.institution.short_name.clone(),
        agreement: current.map(|view| {
            let agreement = &view.facts.agreement;
            (agreement.bkn_number.clone(), agreement.id)
        }),
        cells: [
            owed(standing, ObligationKind::DataFeedback, today),
            owed(standing, ObligationKind::RequestedReport, today),
            end(standing, today),
            access(standing),
        ],
    }
}

fn owed(standing: &Standing, kind: ObligationKind, today: NaiveDate) -> Cell {
    if !standing.regulates(kind) {
        return Cell::new(Tone::Silent, "Tidak diatur dalam PKS");
    }
    let of_kind = || standing.obligations().filter(|one| one.kind == kind);
    let open = of_kind().filter(|one| one.is_open());
    if let Some(one) = open.min_by_key(|one| (one.due.is_none(), one.due)) {
        return open_cell(one, today);
    }
    let waiting = of_kind().find(|one| one.state == ObligationState::AwaitingBkn);
    let last = of_kind().filter_map(|one| one.fulfilment.as_ref());
    match (
        waiting.and_then(|one| one.fulfilment.as_ref()),
        last.max_by_key(|met| met.on),
    ) {
        (Some(sent), _) => Cell::new(Tone::Later, "Menunggu BKN")
            .with_icon("jam")
            .under(format!("dikirim {}", short(sent.on))),
        (None, Some(met)) => Cell::new(Tone::Fine, short(met.on)),
        (None, None) if kind == ObligationKind::DataFeedback => {
            Cell::new(Tone::Later, "Belum ada").under("belum ada penyerahan")
        }
        (None, None) => Cell::new(Tone::Later, "Belum ada").under("belum diminta"),
    }
}

fn open_cell(one: &Obligation, today: NaiveDate) -> Cell {
    let (Some(due), Some(days)) = (one.due, one.days_left(today)) else {
        return Cell::new(Tone::Later, "Belum dihitung").under("menunggu konfirmasi");
    };
    let cell = match days {
        ..0 => Cell::new(Tone::Late, format!("Lewat {} hari", -days)),
        0 => Cell::new(Tone::Soon, "Hari ini"),
        1..=SOON_DAYS => Cell::new(Tone::Soon, format!("{days} hari")),
        _ => Cell::new(Tone::Later, format!("{} hari", dates::number(days))),
    };
    match one.missing_half() {
        Some(missing) => cell.under(format!("{}, tinggal {missing}", short(due))),
        None => cell.under(short(due)),
    }
}

fn end(standing: &Standing, today: NaiveDate) -> Cell {
    let Some(view) = standing.current() else {
        return Cell::new(Tone::Silent, "Belum ada PKS");
    };
    let last_day = view.facts.agreement.last_day();
    let days = (last_day - today).num_days();
    match view.state {
        AgreementState::Ended => Cell::new(Tone::Later, "Berakhir").under(short(last_day)),
        AgreementState::NoticeWindow if view.facts.successor.is_none() => {
            Cell::new(Tone::Soon, format!("{} hari", dates::number(days))).under(short(last_day))
        }
        _ => {
            let month = dates::short_month(last_day);
            Cell::new(Tone::Later, format!("{month} {}", last_day.year()))
        }
    }
}

fn access(standing: &Standing) -> Cell {
    if let Some(view) = standing.suspended().next() {
        let since = view
            .suspension
            .as_ref()
            .map(|one| one.started_at.jakarta_date());
        let since = since.map(short).unwrap_or_default();
        return if view.is_ready() {
            Cell::new(Tone::Soon, "Siap dipulihkan").under(format!("dihentikan {since}"))
        } else {
            Cell::new(Tone::Late, "Dihentikan").under(format!("sejak {since}"))
        }
        .with_icon("henti");
    }
    match standing.current().map(|view| view.access) {
        Some(AccessState::Active) => Cell::new(Tone::Fine, "Aktif").with_icon("cek-bulat"),
        Some(_) => Cell::new(Tone::Later, AccessState::Ended.label()),
        None => Cell::new(Tone::Silent, "Belum ada PKS"),
    }
}

/// `4 Des 2026`.
fn short(date: NaiveDate) -> String {
    format!(
        "{} {} {}",
        date.day(),
        dates::short_month(date),
        date.year()
    )
}
