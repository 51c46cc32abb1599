//! Which partners the overview shows and in what order, kept in the address.

use chrono::NaiveDate;
use serde::Deserialize;
use std::cmp::Reverse;
use url::form_urlencoded::Serializer;

use super::model::{AgreementView, Standing};
use crate::agreements::AgreementState;

/// The address's parameters; what is unknown counts as not chosen.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Filter {
    #[serde(default)]
    cari: String,
    #[serde(default)]
    keadaan: String,
    #[serde(default)]
    urut: String,
    hal: Option<String>,
}

/// A choice of a list: its value, its words, whether it is chosen.
pub(super) type Choice = (&'static str, &'static str, bool);

const STATES: [(&str, &str); 7] = [
    ("", "Semua keadaan"),
    ("lewat", "Lewat tenggat"),
    ("dekat", "Jatuh tempo dalam 14 hari"),
    ("dihentikan", "Akses dihentikan"),
    ("siap", "Siap dipulihkan"),
    ("pemberitahuan", "Dalam masa pemberitahuan"),
    ("berakhir", "PKS berakhir"),
];

const ORDERS: [(&str, &str); 3] = [
    ("", "Paling mendesak"),
    ("nama", "Nama instansi"),
    ("berakhir", "PKS segera berakhir"),
];

impl Filter {
    /// What was typed, at most a hundred characters of it.
    pub(super) fn search(&self) -> String {
        self.cari.trim().chars().take(100).collect()
    }

    /// The states to choose from.
    pub(super) fn states(&self) -> Vec<Choice> {
        choices(&STATES, &self.keadaan)
    }

    /// The orders to choose from.
    pub(super) fn orders(&self) -> Vec<Choice> {
        choices(&ORDERS, &self.urut)
    }

    /// Whether anything is left out.
    pub(super) fn is_narrow(&self) -> bool {
        !self.search().is_empty() || self.states().iter().skip(1).any(|(_, _, chosen)| *chosen)
    }

    /// The page asked for.
    pub(super) fn page(&self) -> Option<i64> {
        self.hal.as_ref()?.parse().ok()
    }

    /// The address of a path with this filter, without the page.
    pub(super) fn address(&self, path: &str) -> String {
        let mut query = Serializer::new(String::new());
        let chosen = [
            ("cari", self.search()),
            ("keadaan", self.keadaan.clone()),
            ("urut", self.urut.clone()),
        ];
        for (name, value) in chosen.iter().filter(|(_, value)| !value.is_empty()) {
            query.append_pair(name, value);
        }
        let query = query.finish();
        if query.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{query}")
        }
    }

    /// The partners that match, in the order chosen.
    pub(super) fn apply<'a>(&self, all: &'a [Standing], today: NaiveDate) -> Vec<&'a Standing> {
        let search = self.search().to_lowercase();
        let mut found: Vec<&Standing> = all
            .iter()
            .filter(|one| one.institution.search_text.contains(&search))
            .filter(|one| self.is_in_state(one, today))
            .collect();
        let name = |one: &Standing| one.institution.name.clone();
        match self.urut.as_str() {
            "nama" => found.sort_by_cached_key(|one| name(one)),
            "berakhir" => found.sort_by_cached_key(|one| (ending(one), name(one))),
            _ => found.sort_by_cached_key(|one| (one.urgency(today), name(one))),
        }
        found
    }

    fn is_in_state(&self, one: &Standing, today: NaiveDate) -> bool {
        match self.keadaan.as_str() {
            "lewat" => one.overdue().next().is_some(),
            "dekat" => one.soon(today).next().is_some(),
            "dihentikan" => one.suspended().next().is_some(),
            "siap" => one.suspended().any(AgreementView::is_ready),
            "pemberitahuan" => one.agreements.iter().any(AgreementView::needs_notice),
            "berakhir" => one
                .current()
                .is_some_and(|view| view.state == AgreementState::Ended),
            _ => true,
        }
    }
}

fn choices(all: &'static [(&'static str, &'static str)], chosen: &str) -> Vec<Choice> {
    all.iter()
        .map(|&(value, words)| (value, words, value == chosen))
        .collect()
}

/// Agreements in force by their last day; what is over or missing comes last,
/// the latest end first.
fn ending(one: &Standing) -> (u8, NaiveDate, Reverse<NaiveDate>) {
    let none = Reverse(NaiveDate::MIN);
    match one.current() {
        Some(view) if view.state == AgreementState::Ended => {
            (1, NaiveDate::MAX, Reverse(view.facts.agreement.last_day()))
        }
        Some(view) => (0, view.facts.agreement.last_day(), none),
        None => (2, NaiveDate::MAX, none),
    }
}
