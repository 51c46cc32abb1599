//! Obligations as the tasks of a partner.

use chrono::{Datelike, NaiveDate};

use crate::obligations::{Obligation, ObligationState, SOON_DAYS, Source};
use crate::platform::dates;

/// One task: the date on its chip, what to do, why, and how far it is.
pub(super) struct Task {
    /// Day and month of the chip.
    pub(super) chip: Option<(u32, &'static str)>,
    pub(super) tone: &'static str,
    pub(super) title: String,
    /// Where it is done, for who may.
    pub(super) href: Option<String>,
    /// Where the halves of feedback are, each with what is there.
    pub(super) halves: Option<String>,
    pub(super) reason: String,
    pub(super) is_returned: bool,
    pub(super) advice: Option<String>,
    pub(super) state: ObligationState,
    pub(super) remaining: Option<String>,
}

/// Where something that is owed is done: what was begun or returned is gone on
/// with.
pub(super) fn cure(one: &Obligation) -> Option<String> {
    match (&one.source, one.begun_with) {
        (Source::Delivery(id, _), None) if one.missing_half().is_some() => {
            Some(format!("/balikan/{id}"))
        }
        (Source::Delivery(..), Some(submission)) => Some(format!("/pengiriman/{submission}")),
        (Source::Delivery(id, _), None) => Some(format!("/pengiriman/baru?penyerahan={id}")),
        (Source::Letter(id, ..), _) => Some(format!("/laporan/{id}")),
        (Source::Agreement(_), _) => None,
    }
}

fn halves(one: &Obligation) -> Option<String> {
    match &one.source {
        Source::Delivery(id, _) => Some(format!("/balikan/{id}")),
        _ => None,
    }
}

fn chip(date: NaiveDate) -> (u32, &'static str) {
    (date.day(), dates::short_month(date))
}

/// A task still to be done.
pub(super) fn open(one: &Obligation, may_submit: bool, today: NaiveDate) -> Task {
    Task {
        chip: one.due.map(chip),
        tone: match one.days_left(today) {
            Some(..0) => "tanggal--genting",
            Some(0..=SOON_DAYS) => "tanggal--ingat",
            _ => "",
        },
        title: one.title(),
        href: cure(one).filter(|_| may_submit),
        halves: halves(one),
        reason: one.reason(),
        is_returned: one.is_returned,
        advice: one.weekend_advice(today),
        state: one.state,
        remaining: one.remaining(today),
    }
}

/// A task that was done: the chip bears the day of sending.
pub(super) fn done(one: &Obligation) -> Task {
    Task {
        chip: one.fulfilment.as_ref().map(|met| chip(met.on)),
        tone: match one.state {
            ObligationState::Accepted => "tanggal--selesai",
            _ => "",
        },
        title: one.name(),
        href: None,
        halves: halves(one),
        reason: one.met_by().unwrap_or_default(),
        is_returned: false,
        advice: None,
        state: one.state,
        remaining: None,
    }
}
