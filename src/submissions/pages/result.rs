//! What a check came to (P7): figures, next steps, rules, cells.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use diesel::QueryResult;
use serde::Deserialize;

use super::again::Again;
use super::mending::{Mending, notes};
use super::rules::granted;
use super::{SECTION, number_of, version_address, word_of};
use crate::accounts::{Permission, SignedIn};
use crate::datasets::{self, Code, Dataset, GrantedFields, Severity, Summary};
use crate::platform::clock::Moment;
use crate::platform::dates;
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{AppError, Frame, Pages, filters, list_address, rendered};
use crate::submissions::model::{
    Decision, FindingProgress, FindingTotal, StoredFinding, SubmissionState, SubmissionVersion,
    VersionProgress,
};
use crate::submissions::queries::find::Dossier;
use crate::submissions::queries::findings::{self, FindingFilter, Standing};
use crate::submissions::queries::{find, people, progress, references, rows, rule_sets};
use crate::submissions::text;

/// Findings on one page.
const PER_PAGE: i64 = 25;

/// Which findings the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct ResultQuery {
    #[serde(default)]
    aturan: String,
    #[serde(default)]
    kolom: String,
    #[serde(default)]
    baris: String,
    #[serde(default)]
    banding: String,
    #[serde(default)]
    hal: String,
}

impl ResultQuery {
    fn is_set(&self) -> bool {
        [&self.aturan, &self.kolom, &self.baris, &self.banding]
            .iter()
            .any(|typed| !typed.is_empty())
    }

    fn filter(&self) -> FindingFilter {
        let rule = word_of(&self.aturan);
        let rule = rule.as_deref().and_then(|rule| rule.split_once(':'));
        FindingFilter {
            rule: rule.map(|(code, field)| (code.to_owned(), field.to_owned())),
            field: word_of(&self.kolom),
            row: number_of(&self.baris),
            standing: None,
        }
    }
}

#[derive(Template)]
#[template(path = "submissions/result.html")]
struct ResultPage {
    frame: Frame,
    dossier: Dossier,
    granted: GrantedFields<'static>,
    state: SubmissionState,
    place: String,
    title: String,
    lead: String,
    rules: Vec<RuleLine>,
    findings: Vec<FindingLine>,
    query: ResultQuery,
    pages: Pages,
    notes: Vec<String>,
    facts: Facts,
    may_submit: bool,
    /// Whether its rows may be mended in forms.
    may_mend: bool,
    /// The version that took its place.
    newer: Option<i32>,
    /// Changes in the open draft.
    drafted: i64,
    /// The first row with a fault that is not put right in the draft.
    faulty: Option<i32>,
    references: Vec<(String, String, i32, String)>,
    rule_set: Option<i32>,
    again: Again,
}

/// What is told about the file and its way.
struct Facts {
    uploader: String,
    before: Option<i32>,
    progress: Option<String>,
    /// Kinds of findings that are all mended, with how many there were.
    clean: Vec<(&'static str, i64)>,
    duration: i64,
    corrections: i64,
    taken: i64,
}

/// One kind of finding.
struct RuleLine {
    total: FindingTotal,
    title: &'static str,
    remedy: String,
    column: String,
    field: String,
    progress: Option<String>,
    /// For how many findings there is a suggestion.
    suggested: i64,
}

/// One finding.
struct FindingLine {
    cell: String,
    row: i64,
    value: String,
    is_warning: bool,
    problem: String,
    remedy: String,
}

/// Everything the page shows that the database knows.
struct Loaded {
    totals: Vec<FindingTotal>,
    samples: Vec<StoredFinding>,
    found: Vec<StoredFinding>,
    pages: Pages,
    uploader: String,
    progress: Option<VersionProgress>,
    kinds: Vec<FindingProgress>,
    corrections: i64,
    references: Vec<(String, String, i32, String)>,
    rule_set: Option<i32>,
    again: Again,
    mending: Mending,
}

/// Shows the result of a version whose file could be read.
pub(super) async fn show(
    user: &SignedIn,
    dossier: Dossier,
    query: ResultQuery,
    db: Data<Db>,
    now: Moment,
) -> Result<HttpResponse, AppError> {
    let name = &dossier.submission.dataset;
    let dataset = datasets::find(name).ok_or(AppError::NotFound)?;
    let (filter, page) = (query.filter(), number_of(&query.hal));
    let standing = Standing::of_filter(&query.banding);
    let place = version_address(&dossier);
    let list = list_address(
        &place,
        &[
            ("aturan", &query.aturan),
            ("kolom", &query.kolom),
            ("baris", &query.baris),
            ("banding", &query.banding),
        ],
    );
    let scope = user.scope();
    let (dossier, loaded, granted) = db
        .read(move |conn| {
            let granted = granted(conn, scope, &dossier)?;
            let asked = (filter, standing, page);
            let loaded = load(conn, (&dossier, dataset), asked, &list, now)?;
            Ok::<_, AppError>((dossier, loaded, granted))
        })
        .await??;
    let (summary, state) = (summary_of(&dossier), dossier.version.state());
    let page = ResultPage {
        frame: user.frame(SECTION),
        title: title(&dossier.version, &loaded),
        lead: lead(&dossier.version, state),
        rules: rule_lines(&loaded, dataset, &summary),
        findings: lines(&loaded.found, dataset),
        notes: notes(&dossier.version, &summary, own_notes(&loaded)),
        may_mend: loaded.mending.is_open && user.account.role.may(Permission::SubmitData),
        newer: loaded.mending.newer,
        drafted: loaded.mending.drafted,
        faulty: loaded.mending.faulty,
        facts: facts(&dossier.version, &loaded),
        references: loaded.references,
        rule_set: loaded.rule_set,
        again: loaded.again,
        pages: loaded.pages,
        may_submit: user.account.role.may(Permission::SubmitData),
        granted,
        dossier,
        state,
        place,
        query,
    };
    Ok(rendered(StatusCode::OK, &page))
}

fn load(
    conn: &mut DbConn,
    (dossier, dataset): (&Dossier, &Dataset),
    (mut filter, standing, page): (FindingFilter, Option<Standing>, Option<i64>),
    list: &str,
    now: Moment,
) -> QueryResult<Loaded> {
    let version = &dossier.version;
    let progress = progress::of(conn, version.id)?;
    if let (Some(progress), Some(standing)) = (&progress, standing) {
        let before = find::id_of(conn, version.submission_id, progress.before_version)?;
        filter.standing = before.map(|before| (before, standing));
    }
    let (totals, kinds) = (
        findings::totals(conn, version.id)?,
        progress::kinds_of(conn, version.id)?,
    );
    let count = match filter.row {
        Some(_) => findings::count(conn, version.id, &filter)?,
        None => filter.counted(&totals, &kinds),
    };
    let pages = Pages::new(page, PER_PAGE, count, list);
    let span = (pages.limit(), pages.offset());
    let rule_set = rule_sets::used(conn, version.id)?;
    Ok(Loaded {
        totals,
        samples: findings::first_of_each(conn, version.id)?,
        found: match count {
            0 => Vec::new(),
            _ => findings::page(conn, version.id, &filter, span)?,
        },
        pages,
        uploader: people::names(conn, [version.uploaded_by])?
            .remove(&version.uploaded_by)
            .unwrap_or_default(),
        kinds,
        progress,
        mending: Mending::load(conn, version)?,
        references: references::used(conn, version.id)?,
        rule_set,
        again: Again::load(conn, dossier, (dataset, rule_set), now)?,
        corrections: match version.decision {
            Some(Decision::CorrectionAsked | Decision::Returned) => {
                rows::count_corrections(conn, version.id)?
            }
            _ => 0,
        },
    })
}

fn own_notes(loaded: &Loaded) -> [Option<String>; 2] {
    [loaded.again.note(), loaded.mending.made_from.clone()]
}

fn summary_of(dossier: &Dossier) -> Summary {
    let stored = dossier.version.summary.as_deref();
    stored
        .and_then(|stored| serde_json::from_str(stored).ok())
        .unwrap_or_default()
}

fn title(version: &SubmissionVersion, loaded: &Loaded) -> String {
    let rows = dates::number;
    let sent = version.sent_rows.unwrap_or_default();
    match (version.state(), version.decision) {
        (_, Some(Decision::CorrectionAsked)) => {
            format!("BKN meminta perbaikan {} baris", rows(loaded.corrections))
        }
        (_, Some(Decision::Returned)) => "Pengiriman dikembalikan BKN".to_owned(),
        (SubmissionState::Accepted, _) => format!("{} baris diterima BKN", rows(sent)),
        (SubmissionState::Sent, _) => format!("{} baris terkirim ke BKN", rows(sent)),
        _ => text::result_title(
            version.rows_blocked,
            version.rows_warned,
            version.rows_ready,
        ),
    }
}

fn lead(version: &SubmissionVersion, state: SubmissionState) -> String {
    let reason = version.decision_reason.clone();
    text::result_lead(state, version.rows_blocked > 0, reason)
}

fn facts(version: &SubmissionVersion, loaded: &Loaded) -> Facts {
    let duration = match (version.check_started_at, version.checked_at) {
        (Some(began), Some(ended)) => ended.seconds_since(began),
        _ => 0,
    };
    let progress = loaded.progress.as_ref();
    Facts {
        uploader: loaded.uploader.clone(),
        before: progress.map(|progress| progress.before_version),
        progress: progress.map(|progress| text::attempt(version.version, progress)),
        clean: clean_kinds(loaded),
        duration,
        corrections: loaded.corrections,
        taken: version.rows_taken_over(loaded.corrections),
    }
}

fn rule_lines(loaded: &Loaded, dataset: &Dataset, summary: &Summary) -> Vec<RuleLine> {
    let lines = loaded.totals.iter().filter_map(|total| {
        let sample = loaded
            .samples
            .iter()
            .find(|sample| sample.code == total.code && sample.field == total.field);
        let remedy = sample.and_then(StoredFinding::finding);
        let column = summary
            .columns
            .iter()
            .find(|used| used.field == total.field);
        let field = dataset
            .field(&total.field)
            .map(|(_, field)| field.title.clone());
        Some(RuleLine {
            title: Code::parse(&total.code)?.title(),
            remedy: remedy
                .map(|finding| finding.sentence(dataset).remedy)
                .unwrap_or_default(),
            column: column
                .map(|used| format!("{} · {}", datasets::column_name(used.column), used.header))
                .unwrap_or_default(),
            field: field.unwrap_or_default(),
            progress: progress_of(loaded, total).map(text::kind_progress),
            suggested: summary.suggested(&total.code, &total.field),
            total: total.clone(),
        })
    });
    lines.collect()
}

fn progress_of<'a>(loaded: &'a Loaded, total: &FindingTotal) -> Option<&'a FindingProgress> {
    let kinds = &mut loaded.kinds.iter();
    kinds.find(|kind| kind.code == total.code && kind.field == total.field)
}

fn clean_kinds(loaded: &Loaded) -> Vec<(&'static str, i64)> {
    let is_clean = |kind: &&FindingProgress| kind.remaining == 0 && kind.fresh == 0;
    let kinds = loaded.kinds.iter().filter(is_clean);
    kinds
        .filter(|kind| kind.mended > 0)
        .filter_map(|kind| Some((Code::parse(&kind.code)?.title(), kind.mended)))
        .collect()
}

fn lines(found: &[StoredFinding], dataset: &Dataset) -> Vec<FindingLine> {
    found.iter().filter_map(|one| line(one, dataset)).collect()
}

fn line(stored: &StoredFinding, dataset: &Dataset) -> Option<FindingLine> {
    let finding = stored.finding()?;
    let sentence = finding.sentence(dataset);
    Some(FindingLine {
        cell: finding.cell().unwrap_or_default(),
        row: i64::from(finding.row),
        is_warning: finding.severity != Severity::Error,
        value: finding.value,
        problem: sentence.problem,
        remedy: sentence.remedy,
    })
}

impl ResultPage {
    fn kinds(&self, errors: bool) -> usize {
        let same = |rule: &&RuleLine| rule.total.is_error() == errors;
        self.rules.iter().filter(same).count()
    }

    fn share(&self, rows: &i64) -> String {
        dates::percent(*rows, self.rows_total())
    }

    /// The parts of the proportion bar: where each begins, how wide it is, and
    /// its colour. They stand in the order of the figures below it.
    fn bar(&self) -> Vec<(i64, i64, &'static str)> {
        const WIDTH: i64 = 1_248;
        let version = &self.dossier.version;
        let total = self.rows_total().max(1);
        let parts = [
            (version.rows_blocked, "#b42f35"),
            (version.rows_warned, "#f2c14e"),
            (version.rows_ready, "#3c8f68"),
        ];
        let mut before = 0;
        let part = |(rows, colour): (i64, &'static str)| {
            let start = WIDTH * before / total;
            before += rows;
            (start, WIDTH * before / total - start, colour)
        };
        parts.into_iter().map(part).collect()
    }

    fn rows_total(&self) -> i64 {
        self.dossier.version.rows_total.unwrap_or_default()
    }
}
