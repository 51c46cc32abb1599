//! Where records are typed: a version whose rows are mended, or a data set of
//! an agreement for which new ones are entered. What is typed is checked as a
//! file would be.

use chrono::NaiveDate;
use diesel::QueryResult;

use super::codes::Lists;
use super::model::drafts::{BaseRow, Draft};
use super::model::{SubmissionId, SubmissionVersion};
use super::queries::find::{self, Dossier};
use super::queries::{drafted, findings, grants};
use crate::accounts::Scope;
use crate::agreements::{Agreement, AgreementId, Population};
use crate::datasets::{
    self, AsnId, CheckError, CheckedRow, Context, Dataset, Field, Finding, GrantedFields, Limits,
};
use crate::institutions;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::register::RegisterPeople;
use crate::rulebooks;

/// What a draft belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The rows of a version.
    Version(SubmissionId, i32),
    /// A data set of an agreement, for a new submission.
    New(AgreementId, String),
}

/// A place within reach, with what is granted there and the open draft.
#[derive(Debug)]
pub struct Desk {
    /// The place.
    pub place: Place,
    /// The data set.
    pub dataset: &'static Dataset,
    /// The agreement.
    pub agreement: Agreement,
    /// The version whose rows are mended.
    pub base: Option<Dossier>,
    /// Whether that version may still be mended: nothing came after it, and BKN
    /// has none of its rows.
    pub is_current: bool,
    /// The open draft.
    pub draft: Option<Draft>,
    /// The fields that the agreement grants today.
    pub granted: GrantedFields<'static>,
    population: Population,
    institution: Option<AsnId>,
}

/// The place within reach, if it is there.
pub(super) fn find(
    conn: &mut DbConn,
    scope: Scope,
    place: Place,
    today: NaiveDate,
) -> QueryResult<Option<Desk>> {
    let base = match &place {
        Place::New(..) => None,
        Place::Version(submission, number) => {
            match find::dossier(conn, scope, *submission, *number)? {
                Some(dossier) if dossier.version.was_read() => Some(dossier),
                _ => return Ok(None),
            }
        }
    };
    let (agreement, name) = match (&place, &base) {
        (Place::New(agreement, name), _) => (*agreement, name.clone()),
        (_, Some(base)) => (
            base.submission.agreement_id,
            base.submission.dataset.clone(),
        ),
        (_, None) => return Ok(None),
    };
    let Some((agreement, grant)) = grants::one(conn, scope, (agreement, &name), today)? else {
        return Ok(None);
    };
    let (Some(dataset), Some(granted)) = (datasets::find(&name), grant.granted()) else {
        return Ok(None);
    };
    let code = institutions::find(conn, agreement.institution_id)?.and_then(|it| it.reference_code);
    let (is_current, draft) = standing(conn, &place)?;
    Ok(Some(Desk {
        place,
        dataset,
        agreement,
        base,
        is_current,
        draft,
        granted,
        population: grant.population,
        institution: AsnId::of(code.as_deref()),
    }))
}

/// Whether a place can still be worked at, and its open draft.
fn standing(conn: &mut DbConn, place: &Place) -> QueryResult<(bool, Option<Draft>)> {
    match place {
        Place::New(agreement, name) => {
            Ok((true, drafted::open_new(conn, (*agreement, name.as_str()))?))
        }
        Place::Version(submission, number) => {
            let versions = find::versions_of(conn, *submission)?;
            let versions = versions.iter().map(|(version, _)| version);
            Ok((
                SubmissionVersion::is_to_be_mended(versions, *number),
                drafted::open_of(conn, (*submission, *number))?,
            ))
        }
    }
}

impl Desk {
    /// Checks the texts of one record, by the position of their fields.
    pub fn check(
        &self,
        conn: &mut DbConn,
        codes: &Lists,
        texts: &[String],
        now: Moment,
    ) -> Result<CheckedRow, CheckError> {
        let outside = |error: diesel::result::Error| CheckError::People(error.into());
        let stages = rulebooks::stages(conn, self.dataset, now).map_err(outside)?;
        let institutions = self.population.institutions_of_sender(self.institution);
        let reach = self.population.reach_of_sender(self.institution);
        let mut people = RegisterPeople::new(conn, reach).map_err(outside)?;
        let granted = self.granted.names();
        let mut context = Context {
            codes,
            people: &mut people,
            taken: None,
            today: now.jakarta_date(),
            institutions,
            granted: Some(&granted),
            stages,
            limits: Limits::default(),
        };
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        datasets::check_record(&texts, self.dataset, &mut context)
    }

    /// The granted fields with their positions.
    pub fn fields(&self) -> impl Iterator<Item = (usize, &'static Field)> {
        let fields = self.dataset.fields.iter().enumerate();
        fields.filter(|(_, field)| self.granted.has(&field.name))
    }

    /// The names of all fields, by position.
    pub fn names(&self) -> Vec<&'static str> {
        let fields = self.dataset.fields.iter();
        fields.map(|field| field.name.as_str()).collect()
    }

    /// One row of the base; none when it has no such row. A new record begins
    /// empty.
    pub fn base_row(&self, conn: &mut DbConn, row: i32) -> QueryResult<Option<BaseRow>> {
        let empty = vec![String::new(); self.dataset.fields.len()];
        let Some(base) = self.base.as_ref().filter(|_| row > 0) else {
            return Ok((row < 0).then_some(BaseRow {
                texts: empty,
                findings: Vec::new(),
            }));
        };
        let Some(stored) = drafted::base_row(conn, base.version.id, row)? else {
            return Ok(None);
        };
        let found = findings::in_rows(conn, base.version.id, &[row])?;
        let findings: Vec<Finding> = found.iter().filter_map(|found| found.finding()).collect();
        let mut texts = empty;
        for (text, value) in texts.iter_mut().zip(stored.values()) {
            *text = value.unwrap_or_default();
        }
        for finding in &findings {
            let field = finding
                .field
                .as_deref()
                .and_then(|name| self.dataset.field(name));
            let text = field.and_then(|(at, _)| texts.get_mut(at));
            if let Some(text) = text.filter(|text| text.is_empty()) {
                text.clone_from(&finding.value);
            }
        }
        Ok(Some(BaseRow { texts, findings }))
    }
}
