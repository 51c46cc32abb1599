//! A partner's home (P3), also while access is suspended (P17).

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use chrono::{Datelike, NaiveDate};

use super::tasks::{self, Task};
use crate::accounts::{Permission, Scope, SignedIn};
use crate::agreements::{self, AgreementId, ClauseKind, Correspondent, PartySide};
use crate::datasets;
use crate::obligations::{Obligation, ObligationState};
use crate::overview::model::{AgreementView, Standing};
use crate::overview::timeline::{self, Timeline};
use crate::overview::{queries, text};
use crate::platform::clock::{Clock, Moment};
use crate::platform::dates;
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{AppError, Frame, filters, rendered};
use crate::submissions::{self, Submission, SubmissionId, SubmissionState, SubmissionVersion};
use crate::suspensions::{AccessState, ConditionState};

#[derive(Template)]
#[template(path = "overview/home.html")]
struct HomePage {
    frame: Frame,
    institution: String,
    title: String,
    nearest: Option<(String, NaiveDate)>,
    is_late: bool,
    next: Option<(String, NaiveDate)>,
    cards: Vec<AccessCard>,
    timeline: Option<Timeline>,
    open: Vec<Task>,
    /// How many submissions BKN gave back.
    returned: i64,
    waiting: Vec<Task>,
    done: Vec<Task>,
    year: i32,
    recent: Vec<Recent>,
    contacts: Vec<Correspondent>,
    may_submit: bool,
}

/// One agreement's access as the partner sees it.
struct AccessCard {
    agreement: AgreementId,
    number: String,
    last_day: NaiveDate,
    access: AccessState,
    since: Option<Moment>,
    reason: String,
    article: String,
    conditions: Vec<HomeCondition>,
    is_ready: bool,
    /// Place and summary of the clauses on suspension.
    rules: Vec<(String, String)>,
}

/// A condition of restoration with the way to meet it.
struct HomeCondition {
    label: &'static str,
    is_met: bool,
    sentence: String,
    href: Option<String>,
}

/// A submission of late.
struct Recent {
    id: SubmissionId,
    name: String,
    state: SubmissionState,
    on: Moment,
    rows: Option<i64>,
}

/// What the page is made of.
struct Loaded {
    standing: Standing,
    recent: Vec<(Submission, SubmissionVersion)>,
    returned: i64,
    contacts: Vec<Correspondent>,
}

/// Shows it.
///
/// # Errors
/// The database's.
pub async fn show(
    user: SignedIn,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (scope, today) = (user.scope(), clock.now().jakarta_date());
    let loaded = db.read(move |conn| load(conn, scope, today)).await??;
    let page = page(&user, loaded.ok_or(AppError::NotFound)?, today);
    Ok(rendered(StatusCode::OK, &page))
}

fn load(conn: &mut DbConn, scope: Scope, today: NaiveDate) -> diesel::QueryResult<Option<Loaded>> {
    let Some(standing) = queries::standings(conn, scope, today)?.into_iter().next() else {
        return Ok(None);
    };
    let recent = queries::recent_versions(conn, scope)?;
    let contacts = match standing.current() {
        Some(view) => agreements::correspondents_in_force(
            conn,
            view.facts.agreement.id,
            PartySide::Bkn,
            today,
        )?,
        None => Vec::new(),
    };
    Ok(Some(Loaded {
        returned: submissions::count_returned(conn, scope)?,
        standing,
        recent,
        contacts,
    }))
}

fn page(user: &SignedIn, loaded: Loaded, today: NaiveDate) -> HomePage {
    let standing = loaded.standing;
    let may_submit = user.account.role.may(Permission::SubmitData);
    let mut all: Vec<&Obligation> = standing.obligations().collect();
    all.sort_by_key(|one| (one.due.is_none(), one.due, one.kind));
    let open: Vec<&Obligation> = all.iter().copied().filter(|one| one.is_open()).collect();
    let owed = |state| {
        let owed = all.iter().copied();
        owed.filter(move |one: &&Obligation| one.kind.is_owed() && one.state == state)
    };
    let this_year = |one: &&Obligation| {
        let met = one.fulfilment.as_ref();
        met.is_some_and(|met| met.on.year() == today.year())
    };
    HomePage {
        frame: user.frame("/beranda"),
        institution: standing.institution.name.clone(),
        title: title(&standing, &open),
        is_late: open.iter().any(|one| one.is_overdue()),
        nearest: open.iter().find_map(|one| named(one)),
        next: all
            .iter()
            .filter(|one| !one.kind.is_owed())
            .find_map(|one| named(one)),
        cards: cards(&standing, may_submit),
        timeline: timeline::timeline(&all, today),
        open: open
            .iter()
            .map(|one| tasks::open(one, may_submit, today))
            .collect(),
        waiting: owed(ObligationState::AwaitingBkn)
            .map(tasks::done)
            .collect(),
        done: owed(ObligationState::Accepted)
            .filter(this_year)
            .map(tasks::done)
            .collect(),
        year: today.year(),
        recent: of_late(loaded.recent),
        returned: loaded.returned,
        contacts: loaded.contacts,
        may_submit,
    }
}

/// The situation in a sentence.
fn title(standing: &Standing, open: &[&Obligation]) -> String {
    let since = |view: &AgreementView| view.suspension.as_ref().map(|one| one.started_at);
    if let Some(since) = standing.suspended().next().and_then(since) {
        let since = dates::long(since.jakarta_date());
        return format!("Akses data dihentikan sementara sejak {since}");
    }
    let late = open.iter().filter(|one| one.is_overdue()).count();
    match (standing.agreements.is_empty(), late, open.len()) {
        (true, ..) => "Belum ada PKS yang direkam untuk instansi Anda".to_owned(),
        (_, 0, 0) => "Tidak ada kewajiban yang terbuka".to_owned(),
        (_, 0, open) => format!("{} kewajiban masih terbuka", text::count_first(open)),
        (_, late, _) => format!("{} kewajiban lewat tenggat", text::count_first(late)),
    }
}

fn named(one: &Obligation) -> Option<(String, NaiveDate)> {
    Some((one.inline_name(), one.due?))
}

fn cards(standing: &Standing, may_submit: bool) -> Vec<AccessCard> {
    let holds = |view: &&AgreementView| view.access != AccessState::Ended;
    let mut cards: Vec<AccessCard> = standing
        .agreements
        .iter()
        .filter(holds)
        .map(|view| card(view, may_submit))
        .collect();
    if cards.is_empty() {
        cards.extend(standing.current().map(|view| card(view, may_submit)));
    }
    cards.sort_by_key(|card| (card.access != AccessState::Suspended, card.last_day));
    cards
}

fn card(view: &AgreementView, may_submit: bool) -> AccessCard {
    let suspension = view.suspension.as_ref();
    AccessCard {
        agreement: view.facts.agreement.id,
        number: view.facts.agreement.bkn_number.clone(),
        last_day: view.facts.agreement.last_day(),
        access: view.access,
        since: suspension.map(|one| one.started_at),
        reason: suspension.map(|one| one.reason.clone()).unwrap_or_default(),
        article: suspension
            .map(|one| one.article.clone())
            .unwrap_or_default(),
        conditions: conditions(view, may_submit),
        is_ready: view.is_ready(),
        rules: view
            .facts
            .clauses(ClauseKind::Suspension)
            .map(|clause| (clause.article.clone(), clause.summary.clone()))
            .collect(),
    }
}

fn conditions(view: &AgreementView, may_submit: bool) -> Vec<HomeCondition> {
    let Some(restoration) = &view.restoration else {
        return Vec::new();
    };
    let conditions = restoration.conditions.iter();
    let shown = conditions.map(|one| HomeCondition {
        label: one.half.label(),
        is_met: one.is_met(),
        sentence: one.sentence(),
        href: match &one.state {
            ConditionState::Owed(owed) if may_submit => tasks::cure(owed),
            _ => None,
        },
    });
    shown.collect()
}

/// The newest version of the last three submissions.
fn of_late(versions: Vec<(Submission, SubmissionVersion)>) -> Vec<Recent> {
    let mut recent: Vec<Recent> = Vec::new();
    for (submission, version) in versions {
        if recent.iter().any(|one| one.id == submission.id) {
            continue;
        }
        recent.push(Recent {
            id: submission.id,
            name: datasets::title_of(&submission.dataset).to_owned(),
            state: version.state(),
            on: version.sent_at.unwrap_or(version.uploaded_at),
            rows: version.sent_rows.or(version.rows_total),
        });
    }
    recent.truncate(3);
    recent
}
