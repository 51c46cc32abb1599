//! Disclosures as the page and the file tell them.

use crate::accounts::Names;
use crate::datasets;
use crate::disclosures::model::{AccessForm, Disclosure, Fate};
use crate::disclosures::queries::trace::Line;
use crate::platform::clock::Moment;

/// A disclosure with everybody who fetched it.
pub(super) struct Told {
    pub(super) disclosure: Disclosure,
    pub(super) institution: String,
    pub(super) agreement: String,
    pub(super) nip: String,
    pub(super) fetches: Vec<Fetch>,
}

/// One fetch.
pub(super) struct Fetch {
    pub(super) at: Moment,
    pub(super) by: String,
    pub(super) form: AccessForm,
}

/// Puts the lines of one disclosure together; they stand beside each other.
pub(super) fn told(lines: Vec<Line>, names: &Names) -> Vec<Told> {
    let mut all: Vec<Told> = Vec::new();
    for line in lines {
        let fetch = line.access.map(|access| Fetch {
            at: access.at,
            by: names.of_account(access.account_id).to_owned(),
            form: access.form,
        });
        match all.last_mut() {
            Some(last) if last.disclosure.id == line.disclosure.id => last.fetches.extend(fetch),
            _ => all.push(Told {
                disclosure: line.disclosure,
                institution: line.institution,
                agreement: line.agreement,
                nip: line.nip,
                fetches: fetch.into_iter().collect(),
            }),
        }
    }
    all
}

impl Told {
    /// What became of it.
    pub(super) fn fate(&self) -> Fate {
        match (self.fetches.is_empty(), self.disclosure.withdrawn_at) {
            (false, _) => Fate::Fetched,
            (true, None) => Fate::Available,
            (true, Some(_)) => Fate::Withdrawn,
        }
    }

    /// The data set on screen.
    pub(super) fn dataset(&self) -> &str {
        datasets::title_of(&self.disclosure.dataset)
    }

    /// The fields on screen; one that is declared no more keeps its name.
    pub(super) fn fields(&self) -> String {
        let dataset = datasets::find(&self.disclosure.dataset);
        let title = |name: &String| {
            let field = dataset.and_then(|dataset| dataset.field(name));
            field.map_or_else(|| name.clone(), |(_, field)| field.title.clone())
        };
        let titles: Vec<String> = self.disclosure.fields.0.iter().map(title).collect();
        titles.join(", ")
    }

    /// A row for each fetch; one where there was none.
    pub(super) fn csv_rows(&self) -> Vec<[String; 11]> {
        if self.fetches.is_empty() {
            return vec![self.csv_row(None)];
        }
        self.fetches
            .iter()
            .map(|fetch| self.csv_row(Some(fetch)))
            .collect()
    }

    fn csv_row(&self, fetch: Option<&Fetch>) -> [String; 11] {
        let time = |at: Moment| at.jakarta().format("%F %T").to_string();
        [
            time(self.disclosure.made_at),
            self.institution.clone(),
            self.agreement.clone(),
            self.disclosure.dataset.clone(),
            self.disclosure.fields.0.join(" "),
            self.disclosure.via.label().to_owned(),
            self.nip.clone(),
            fetch.map(|one| time(one.at)).unwrap_or_default(),
            fetch.map(|one| one.by.clone()).unwrap_or_default(),
            fetch
                .map(|one| one.form.label().to_owned())
                .unwrap_or_default(),
            self.fate().label().to_owned(),
        ]
    }
}
