//! Checking the answers and sending (P8), and the receipt (P9).

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use actix_web::{HttpResponse, Responder};
use askama::Template;

use super::errors::hindrance;
use super::{SECTION, has_invisible, version_address};
use crate::accounts::SignedIn;
use crate::datasets::{self, Code};
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{
    AppError, Fields, FormErrors, Frame, Page, filters, rendered, see_other,
};
use crate::submissions::actions::{self, Order};
use crate::submissions::model::{Hindrance, SubmissionId};
use crate::submissions::queries::confirmed::{self, WarningKind};
use crate::submissions::queries::find::{self, Dossier};
use crate::submissions::queries::{people, rows};
use crate::submissions::text;

/// Characters of a reason.
const REASON: usize = 1_000;

#[derive(Template)]
#[template(path = "submissions/send.html")]
struct SendPage {
    frame: Frame,
    dossier: Dossier,
    title: String,
    place: String,
    /// Kinds of warnings that lack a reason.
    warnings: Vec<Warning>,
    /// Warnings for which a reason was given before.
    known: i64,
    leaves_out: bool,
    declared: bool,
    errors: FormErrors,
}

/// A kind of warning and the reason given for it.
struct Warning {
    kind: WarningKind,
    title: &'static str,
    field: String,
    id: String,
    reason: String,
}

/// Shows what will be sent.
///
/// # Errors
/// Not found, the refusal, or the database's.
pub async fn confirm(
    user: SignedIn,
    of: Path<(SubmissionId, i32)>,
    db: Data<Db>,
) -> Result<HttpResponse, AppError> {
    let (scope, place) = (user.scope(), of.into_inner());
    let (dossier, kinds) = db.read(move |conn| load(conn, scope, place)).await??;
    match dossier.version.sending_hindrance() {
        Some(Hindrance::AlreadySent) => {
            let receipt = format!("{}/tanda-terima", version_address(&dossier));
            return Ok(see_other(&receipt));
        }
        Some(reason) => return Err(AppError::Refused(hindrance(reason).to_owned())),
        None => {
            db.read(move |conn| actions::refuse_second(conn, place.0, place.1))
                .await??
        }
    }
    let page = page(&user, dossier, kinds, &Fields::default());
    Ok(rendered(StatusCode::OK, &page))
}

fn load(
    conn: &mut DbConn,
    scope: crate::accounts::Scope,
    (submission, number): (SubmissionId, i32),
) -> Result<(Dossier, Vec<WarningKind>), AppError> {
    let found = find::dossier(conn, scope, submission, number)?;
    let dossier = found.ok_or(AppError::NotFound)?;
    let kinds = confirmed::kinds(conn, &dossier)?;
    Ok((dossier, kinds))
}

fn page(user: &SignedIn, dossier: Dossier, kinds: Vec<WarningKind>, fields: &Fields) -> SendPage {
    let dataset = datasets::find(&dossier.submission.dataset);
    let known = kinds.iter().map(|kind| kind.known).sum();
    let warning = |(index, kind): (usize, WarningKind)| {
        let field = dataset.and_then(|dataset| dataset.field(&kind.field));
        Warning {
            title: Code::parse(&kind.code).map_or("", Code::title),
            field: field
                .map(|(_, field)| field.title.clone())
                .unwrap_or_default(),
            id: format!("alasan-{index}"),
            reason: fields.get(&format!("alasan.{}", kind.key())).to_owned(),
            kind,
        }
    };
    SendPage {
        frame: user.frame(SECTION),
        title: datasets::title_of(&dossier.submission.dataset).to_owned(),
        place: version_address(&dossier),
        warnings: kinds
            .into_iter()
            .filter(|kind| kind.open > 0)
            .enumerate()
            .map(warning)
            .collect(),
        known,
        leaves_out: !fields.get("hanya_siap").is_empty(),
        declared: !fields.get("pernyataan").is_empty(),
        errors: FormErrors::new(),
        dossier,
    }
}

/// Sends the version.
///
/// # Errors
/// The refusal, or the database's.
pub async fn send(
    user: SignedIn,
    of: Path<(SubmissionId, i32)>,
    form: Form<Vec<(String, String)>>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (scope, now, place) = (user.scope(), clock.now(), of.into_inner());
    let fields = Fields::new(form);
    let (dossier, kinds) = db.read(move |conn| load(conn, scope, place)).await??;
    let receipt = format!("{}/tanda-terima", version_address(&dossier));
    if dossier.version.sending_hindrance() == Some(Hindrance::AlreadySent) {
        return Ok(see_other(&receipt));
    }
    let mut page = page(&user, dossier, kinds, &fields);
    if page.dossier.version.sending_hindrance().is_none() {
        page.errors = faults(&page);
    }
    if !page.errors.is_empty() {
        return Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    let order = order(&page);
    let by = user.account;
    db.write(move |conn| actions::send(conn, scope, place, &order, (&by, now)))
        .await??;
    Ok(see_other(&receipt))
}

fn faults(page: &SendPage) -> FormErrors {
    let mut errors = FormErrors::new();
    for warning in &page.warnings {
        let (id, reason) = (warning.id.clone(), &warning.reason);
        if has_invisible(reason) {
            errors.add(id, text::invisible());
        } else {
            errors.require(id, reason, "alasan peringatan ini", REASON);
        }
    }
    if page.dossier.version.rows_blocked > 0 && !page.leaves_out {
        errors.add("hanya_siap", text::confirm_left_out());
    }
    if !page.declared {
        errors.add("pernyataan", text::confirm_declaration());
    }
    errors
}

fn order(page: &SendPage) -> Order {
    let reasons = page.warnings.iter().map(|warning| {
        let kind = &warning.kind;
        (
            kind.code.clone(),
            kind.field.clone(),
            warning.reason.clone(),
        )
    });
    Order {
        reasons: reasons.collect(),
        leaves_out_blocked: page.leaves_out,
    }
}

#[derive(Template)]
#[template(path = "submissions/receipt.html")]
struct ReceiptPage {
    frame: Frame,
    dossier: Dossier,
    title: String,
    place: String,
    sent_at: Moment,
    sent_rows: i64,
    sender: String,
    reasons: Vec<(&'static str, String)>,
}

/// Shows the receipt of a version that was sent.
///
/// # Errors
/// Not found, or the database's.
pub async fn receipt(
    user: SignedIn,
    of: Path<(SubmissionId, i32)>,
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    let (scope, (submission, number)) = (user.scope(), of.into_inner());
    let (dossier, sender, reasons) = db
        .read(move |conn| {
            let found = find::dossier(conn, scope, submission, number)?;
            let dossier = found.ok_or(AppError::NotFound)?;
            let sender = dossier.version.sent_by.ok_or(AppError::NotFound)?;
            let name = people::names(conn, [sender])?.remove(&sender);
            let reasons = rows::reasons(conn, dossier.version.id)?;
            Ok::<_, AppError>((dossier, name.unwrap_or_default(), reasons))
        })
        .await??;
    let reasons = reasons.into_iter();
    let reasons = reasons
        .filter_map(|given| Some((Code::parse(&given.code)?.title(), given.reason)))
        .collect();
    Ok(Page(ReceiptPage {
        frame: user.frame(SECTION),
        title: datasets::title_of(&dossier.submission.dataset).to_owned(),
        place: version_address(&dossier),
        sent_at: dossier.version.sent_at.ok_or(AppError::NotFound)?,
        sent_rows: dossier.version.sent_rows.unwrap_or_default(),
        dossier,
        sender,
        reasons,
    }))
}
