//! One publication as both sides see it.

use chrono::NaiveDate;
use diesel::QueryResult;

use crate::accounts::{Names, Scope};
use crate::agreements::{self, Agreement, Clause, ClauseKind, Population, Span};
use crate::datasets;
use crate::deliveries::actions::{self, Place};
use crate::deliveries::model::{Bar, DeliveryId, Publication};
use crate::deliveries::queries::publications::{self as queries, Dossier};
use crate::deliveries::text;
use crate::disclosures::AccessForm;
use crate::institutions::Institution;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::files::StoredFile;
use crate::references::LoadedCodes;

/// One half of what is owed back on a delivery, as its page shows it.
pub struct HalfLine {
    /// Its name.
    pub label: &'static str,
    /// Word, colour and icon of its mark.
    pub mark: (&'static str, &'static str, &'static str),
    /// By what and when it came in.
    pub met_by: Option<String>,
}

/// Asks how far the halves are, within reach. What answers stands above this
/// concept and is put in its place where the program is composed.
#[derive(Clone, Copy)]
pub struct HalvesOf(pub fn(&mut DbConn, Scope, DeliveryId) -> QueryResult<Vec<HalfLine>>);

/// What is shown of a publication.
pub struct Sheet {
    pub publication: Publication,
    pub agreement: Agreement,
    pub partner: Institution,
    /// Why its file, which is there, cannot be fetched any more.
    pub bar: Option<Bar>,
    /// The fields' titles.
    pub fields: Vec<String>,
    /// Whose rows, in words.
    pub population: Vec<String>,
    pub file: Option<StoredFile>,
    pub feedback: Vec<Feedback>,
    /// What is there of it; empty before the receipt.
    pub halves: Vec<HalfLine>,
    pub secrecy: Vec<Clause>,
    pub accesses: Vec<(String, &'static str, Moment)>,
    pub names: Names,
}

/// What is owed back by one clause.
pub struct Feedback {
    pub clause: Clause,
    /// `6 bulan sejak data diterima instansi`.
    pub phrase: String,
    /// None before the receipt.
    pub due: Option<NaiveDate>,
}

impl Sheet {
    /// Reads it, where it is within reach.
    pub fn read(
        conn: &mut DbConn,
        scope: Scope,
        (agreement, id): Place,
        (halves, today): (HalvesOf, NaiveDate),
    ) -> QueryResult<Option<Self>> {
        let found = queries::dossier(conn, scope, id)?;
        let found = found.filter(|(_, of, _)| of.id == agreement);
        let Some(dossier) = found else {
            return Ok(None);
        };
        let is_open = dossier.0.is_open();
        let bar = actions::bar(conn, scope, &dossier, today)?;
        let mut sheet = Self::of(conn, dossier)?;
        sheet.bar = bar.filter(|_| is_open);
        sheet.halves = (halves.0)(conn, scope, id)?;
        Ok(Some(sheet))
    }

    /// Of a publication at hand.
    pub fn of(conn: &mut DbConn, dossier: Dossier) -> QueryResult<Self> {
        let (publication, agreement, partner) = dossier;
        let clauses = agreements::clauses_of(conn, &[agreement.id])?;
        let file = publication.file_id;
        let file = file.map(|id| StoredFile::find(conn, id)).transpose()?;
        let disclosure = publication.disclosure_id.filter(|_| file.is_some());
        let accesses = disclosure
            .map(|id| queries::accesses(conn, id))
            .transpose()?;
        let receiver = publication.received_by.map(|id| id.to_string());
        let actors = [&publication.withdrawn_by, &receiver].into_iter().flatten();
        let actors = actors.chain([&publication.published_by]);
        Ok(Self {
            names: Names::of(conn, actors.map(String::as_str))?,
            fields: titles(&publication),
            population: population(conn, &publication.dataset, &publication.population)?,
            feedback: feedback(&clauses, &publication),
            bar: None,
            halves: Vec::new(),
            secrecy: clauses.into_iter().filter(is_on_secrecy).collect(),
            accesses: accesses
                .unwrap_or_default()
                .into_iter()
                .map(named)
                .collect(),
            file,
            publication,
            agreement,
            partner,
        })
    }
}

fn named((who, form, at): (String, AccessForm, Moment)) -> (String, &'static str, Moment) {
    (who, text::form(form), at)
}

impl Sheet {
    /// The name of who received it.
    pub fn receiver(&self) -> Option<&str> {
        let by = self.publication.received_by?;
        Some(self.names.of_account(by))
    }
}

/// Whose rows an Annex grants, in words.
pub fn population(
    conn: &mut DbConn,
    dataset: &str,
    population: &Population,
) -> QueryResult<Vec<String>> {
    let about_people = datasets::find(dataset).is_some_and(datasets::Dataset::is_about_people);
    if population.is_unstated() {
        let words = if about_people {
            text::OWN_STAFF
        } else {
            text::EVERYTHING
        };
        return Ok(vec![words.to_owned()]);
    }
    let codes = LoadedCodes::load(conn, Population::LISTS)?;
    Ok(population.phrases(&codes))
}

fn titles(publication: &Publication) -> Vec<String> {
    let granted = publication.granted();
    let fields = granted.iter().flat_map(|granted| granted.iter());
    fields.map(|field| field.title.clone()).collect()
}

fn feedback(clauses: &[Clause], publication: &Publication) -> Vec<Feedback> {
    let received = publication.received_at.map(Moment::jakarta_date);
    let owed = clauses
        .iter()
        .filter(|one| !one.kind.feedback_halves().is_empty());
    owed.filter_map(|clause| {
        let span = Span::of(clause)?;
        Some(Feedback {
            phrase: clause.phrase()?,
            // No holiday is on record yet.
            due: received.and_then(|day| span.due(day, &[])),
            clause: clause.clone(),
        })
    })
    .collect()
}

/// What obliges whoever holds the data.
fn is_on_secrecy(clause: &Clause) -> bool {
    matches!(
        clause.kind,
        ClauseKind::ConfidentialityOutlives | ClauseKind::SourceNamed
    )
}
