//! The feedback on one delivery: what is there, what is missing.

use actix_web::Responder;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::NaiveDate;

use super::SECTION;
use crate::accounts::{Permission, SignedIn};
use crate::agreements::{AgreementId, Clause, FeedbackHalf, Span};
use crate::datasets;
use crate::deliveries::DeliveryId;
use crate::feedback::actions::Dossier;
use crate::feedback::model::HalfStanding;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{AppError, Frame, Page, filters};
use crate::submissions::{FeedbackAnswer, half_of};

#[derive(Template)]
#[template(path = "feedback/show.html")]
struct ShowPage {
    frame: Frame,
    dossier: Dossier,
    is_staff: bool,
    may_send: bool,
    may_sign: bool,
    today: NaiveDate,
}

impl ShowPage {
    /// What the page says first.
    fn situation(&self) -> String {
        let halves: Vec<&HalfStanding> = self.dossier.halves().collect();
        let missing = halves.iter().filter(|one| !one.standing.is_in());
        let missing: Vec<&str> = missing.map(|one| one.half.inline()).collect();
        match (halves.is_empty(), missing.as_slice()) {
            (true, _) => "PKS ini tidak meminta data dan referensi balikan".to_owned(),
            (_, []) => "Semua bagian data balikan sudah masuk".to_owned(),
            (_, missing) if missing.len() == halves.len() => "Data balikan belum masuk".to_owned(),
            (_, missing) => format!("Tinggal {} yang belum masuk", missing.join(" dan ")),
        }
    }

    /// Whether the day of a clause passed while something was missing for it.
    fn is_overdue(&self, clause: &Clause) -> bool {
        let asked = clause.kind.feedback_halves();
        let mut halves = self.dossier.halves();
        let is_missing = halves.any(|one| asked.contains(&one.half) && !one.standing.is_in());
        is_missing && self.due(clause).is_some_and(|due| due < self.today)
    }

    /// The last day on which it is in time by a clause.
    fn due(&self, clause: &Clause) -> Option<NaiveDate> {
        // No holiday is on record yet.
        Span::of(clause)?.due(self.dossier.delivery.received_on, &[])
    }

    /// The submissions for a half, each by its latest version.
    fn sent(&self, half: &FeedbackHalf) -> Vec<&FeedbackAnswer> {
        let mut latest: Vec<&FeedbackAnswer> = Vec::new();
        let all = self.dossier.submissions.iter();
        for one in all.filter(|one| half_of(&one.dataset) == *half) {
            latest.retain(|other| other.submission != one.submission);
            latest.push(one);
        }
        latest
    }

    fn title(&self, dataset: &str) -> &'static str {
        datasets::find(dataset).map_or("", |found| found.title.as_str())
    }
}

/// Shows it to the partner.
///
/// # Errors
/// Not found, or the database's.
pub async fn own(
    user: SignedIn,
    id: Path<DeliveryId>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<impl Responder, AppError> {
    Ok(Page(read(&user, (SECTION, None, *id), &db, &clock).await?))
}

/// Shows it to BKN.
///
/// # Errors
/// Not found, or the database's.
pub async fn staff(
    user: SignedIn,
    place: Path<(AgreementId, DeliveryId)>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<impl Responder, AppError> {
    let (agreement, id) = *place;
    let of = ("/perjanjian", Some(agreement), id);
    Ok(Page(read(&user, of, &db, &clock).await?))
}

async fn read(
    user: &SignedIn,
    (section, agreement, id): (&str, Option<AgreementId>, DeliveryId),
    db: &Db,
    clock: &Clock,
) -> Result<ShowPage, AppError> {
    let (scope, role) = (user.scope(), user.account.role);
    let found = db
        .read(move |conn| Dossier::read(conn, scope, id))
        .await??;
    let found = found.filter(|one| agreement.is_none_or(|of| one.agreement.id == of));
    Ok(ShowPage {
        frame: user.frame(section),
        dossier: found.ok_or(AppError::NotFound)?,
        is_staff: role.is_staff(),
        may_send: role.may(Permission::SubmitData),
        may_sign: role.may(Permission::SignStatements),
        today: clock.now().jakarta_date(),
    })
}
