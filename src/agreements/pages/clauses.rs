//! Recording clauses (A3): first the kind, then what that kind counts.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path, Query};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use serde::Deserialize;

use super::found;
use crate::accounts::SignedIn;
use crate::agreements::actions::{self, AddClauseError, AmendClauseError, CheckClauseError};
use crate::agreements::model::{
    Agreement, AgreementId, Anchor, Clause, ClauseDetails, ClauseId, ClauseKind, Counting, Side,
    Terms, Unit,
};
use crate::agreements::queries;
use crate::institutions::Institution;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{AppError, Flash, FormErrors, Frame, rendered, see_other};

/// What was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ClauseForm {
    jenis: String,
    jumlah: String,
    satuan: String,
    per_bulan: String,
    pemicu: String,
    sisi: String,
    pasal: String,
    halaman: String,
    ringkasan: String,
}

/// Which kind of clause is to be recorded.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct KindChoice {
    jenis: String,
}

/// Which wording of a clause was compared with the text.
#[derive(Debug, Deserialize)]
pub struct CheckForm {
    dibaca: i64,
}

#[derive(Template)]
#[template(path = "agreements/clause_kind.html")]
struct KindPage {
    frame: Frame,
    agreement: Agreement,
    partner: Institution,
}

#[derive(Template)]
#[template(path = "agreements/clause_form.html")]
struct ClausePage {
    frame: Frame,
    agreement: Agreement,
    partner: Institution,
    /// The clause on record; none while it is a new one.
    clause: Option<ClauseId>,
    kind: ClauseKind,
    counting: Counting,
    form: ClauseForm,
    errors: FormErrors,
}

/// Asks for the kind, then shows the form of that kind.
///
/// # Errors
/// Not found, or the database's.
pub async fn new(
    user: SignedIn,
    id: Path<AgreementId>,
    choice: Query<KindChoice>,
    db: Data<Db>,
) -> Result<HttpResponse, AppError> {
    let (agreement, partner) = found(&db, user.scope(), id.into_inner()).await?;
    let frame = user.frame("/perjanjian");
    let Ok(kind) = choice.jenis.parse() else {
        let page = KindPage {
            frame,
            agreement,
            partner,
        };
        return Ok(rendered(StatusCode::OK, &page));
    };
    let form = ClauseForm {
        jenis: choice.into_inner().jenis,
        ..ClauseForm::default()
    };
    let page = ClausePage::new(frame, (agreement, partner), None, kind, form);
    Ok(rendered(StatusCode::OK, &page))
}

/// Records a clause.
///
/// # Errors
/// Why it is refused.
pub async fn create(
    user: SignedIn,
    id: Path<AgreementId>,
    form: Form<ClauseForm>,
    (db, clock, session): (Data<Db>, Data<Clock>, Session),
) -> Result<HttpResponse, AppError> {
    let (id, form) = (id.into_inner(), form.into_inner());
    let parties = found(&db, user.scope(), id).await?;
    let Ok(kind) = form.jenis.parse() else {
        return Ok(see_other(&format!("/perjanjian/{id}/klausul/baru")));
    };
    let mut page = ClausePage::new(user.frame("/perjanjian"), parties, None, kind, form);
    let Some(details) = page.details() else {
        return Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page));
    };
    let (actor, now) = (user.actor(), clock.now());
    let clause = db
        .write(move |conn| actions::add_clause(conn, id, details, &actor, now))
        .await??;
    Flash::put(
        &session,
        "Klausul tercatat. Petugas kedua perlu mencocokkannya dengan naskah.",
    );
    Ok(see_other(&format!("/perjanjian/{id}#klausul-{clause}")))
}

/// Shows the form of a clause on record.
///
/// # Errors
/// Not found, or the database's.
pub async fn edit(
    user: SignedIn,
    path: Path<(AgreementId, ClauseId)>,
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    let (id, clause) = path.into_inner();
    let parties = found(&db, user.scope(), id).await?;
    let clause = clause_of(&db, id, clause).await?;
    let form = ClauseForm::from(&clause);
    let frame = user.frame("/perjanjian");
    let page = ClausePage::new(frame, parties, Some(clause.id), clause.kind, form);
    Ok(crate::platform::web::Page(page))
}

/// Changes a clause.
///
/// # Errors
/// Why it is refused.
pub async fn update(
    user: SignedIn,
    path: Path<(AgreementId, ClauseId)>,
    form: Form<ClauseForm>,
    (db, clock, session): (Data<Db>, Data<Clock>, Session),
) -> Result<HttpResponse, AppError> {
    let (id, clause) = path.into_inner();
    let parties = found(&db, user.scope(), id).await?;
    let kind = clause_of(&db, id, clause).await?.kind;
    let frame = user.frame("/perjanjian");
    let mut page = ClausePage::new(frame, parties, Some(clause), kind, form.into_inner());
    let Some(details) = page.details() else {
        return Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page));
    };
    let (actor, now) = (user.actor(), clock.now());
    db.write(move |conn| actions::amend_clause(conn, (id, clause), details, &actor, now))
        .await??;
    Flash::put(
        &session,
        "Perubahan klausul tersimpan. Petugas kedua perlu mencocokkannya lagi.",
    );
    Ok(see_other(&format!("/perjanjian/{id}#klausul-{clause}")))
}

/// Removes a clause.
///
/// # Errors
/// Not found, or the database's.
pub async fn remove(
    user: SignedIn,
    path: Path<(AgreementId, ClauseId)>,
    (db, clock, session): (Data<Db>, Data<Clock>, Session),
) -> Result<HttpResponse, AppError> {
    let (id, clause) = path.into_inner();
    found(&db, user.scope(), id).await?;
    let (actor, now) = (user.actor(), clock.now());
    db.write(move |conn| actions::remove_clause(conn, (id, clause), &actor, now))
        .await??;
    Flash::put(&session, "Klausul dihapus.");
    Ok(see_other(&format!("/perjanjian/{id}#klausul")))
}

/// Marks a clause as compared with the text.
///
/// # Errors
/// Why it is refused.
pub async fn check(
    user: SignedIn,
    path: Path<(AgreementId, ClauseId)>,
    form: Form<CheckForm>,
    (db, clock, session): (Data<Db>, Data<Clock>, Session),
) -> Result<HttpResponse, AppError> {
    let ((id, clause), seen) = (path.into_inner(), form.dibaca);
    found(&db, user.scope(), id).await?;
    let (actor, now) = (user.actor(), clock.now());
    db.write(move |conn| actions::check_clause(conn, (id, clause), seen, &actor, now))
        .await??;
    Flash::put(&session, "Klausul ditandai sesuai naskah.");
    Ok(see_other(&format!("/perjanjian/{id}#klausul-{clause}")))
}

async fn clause_of(db: &Db, of: AgreementId, id: ClauseId) -> Result<Clause, AppError> {
    db.read(move |conn| queries::clause(conn, of, id))
        .await??
        .ok_or(AppError::NotFound)
}

impl ClausePage {
    fn new(
        frame: Frame,
        (agreement, partner): (Agreement, Institution),
        clause: Option<ClauseId>,
        kind: ClauseKind,
        form: ClauseForm,
    ) -> Self {
        Self {
            frame,
            agreement,
            partner,
            clause,
            kind,
            counting: kind.counting(),
            form,
            errors: FormErrors::new(),
        }
    }

    fn action(&self) -> String {
        match self.clause {
            Some(clause) => format!("/perjanjian/{}/klausul/{clause}/ubah", self.agreement.id),
            None => format!("/perjanjian/{}/klausul/baru", self.agreement.id),
        }
    }

    fn details(&mut self) -> Option<ClauseDetails> {
        let (form, errors) = (&self.form, &mut self.errors);
        let terms = form.terms(self.counting, errors);
        if errors.is_empty() {
            for fault in terms.faults(self.kind) {
                errors.add(fault.field(), fault.sentence());
            }
        }
        let details = ClauseDetails {
            kind: self.kind,
            terms,
            article: errors.line("pasal", &form.pasal, "pasal", 120),
            page: errors.number_or_none("halaman", &form.halaman, (1, 999)),
            summary: errors.text("ringkasan", &form.ringkasan, "isi klausul", 1_000),
        };
        errors.is_empty().then_some(details)
    }
}

impl ClauseForm {
    fn terms(&self, counting: Counting, errors: &mut FormErrors) -> Terms {
        let mut terms = Terms {
            amount: errors.number_or_none("jumlah", &self.jumlah, (1, 9_999)),
            unit: errors.choice_or_none("satuan", &self.satuan),
            per_months: errors.number_or_none("per_bulan", &self.per_bulan, (1, 120)),
            anchor: errors.choice_or_none("pemicu", &self.pemicu),
            side: errors.choice_or_none("sisi", &self.sisi),
        };
        // What follows from the kind is not asked.
        match counting {
            Counting::Cadence { .. } if terms.amount.or(terms.per_months).is_some() => {
                terms.unit = Some(Unit::Times);
            }
            Counting::Standing { .. } => terms.side = terms.anchor.map(|_| Side::After),
            _ => {}
        }
        terms
    }
}

impl From<&Clause> for ClauseForm {
    fn from(clause: &Clause) -> Self {
        let number = |n: Option<i32>| n.map_or_else(String::new, |n| n.to_string());
        Self {
            jenis: clause.kind.to_string(),
            jumlah: number(clause.amount),
            satuan: clause.unit.map_or("", Unit::word).to_owned(),
            per_bulan: number(clause.per_months),
            pemicu: clause.anchor.map_or("", Anchor::word).to_owned(),
            sisi: clause.side.map_or("", Side::word).to_owned(),
            pasal: clause.article.clone(),
            halaman: number(clause.page),
            ringkasan: clause.summary.clone(),
        }
    }
}

impl From<AddClauseError> for AppError {
    fn from(error: AddClauseError) -> Self {
        match error {
            AddClauseError::NotFound => Self::NotFound,
            AddClauseError::Terms(_) => {
                Self::Refused("Angka klausul tidak sesuai jenisnya.".into())
            }
            AddClauseError::Database(error) => error.into(),
        }
    }
}

impl From<AmendClauseError> for AppError {
    fn from(error: AmendClauseError) -> Self {
        match error {
            AmendClauseError::NotFound => Self::NotFound,
            AmendClauseError::Terms(_) | AmendClauseError::OtherKind => {
                Self::Refused("Angka klausul tidak sesuai jenisnya.".into())
            }
            AmendClauseError::Database(error) => error.into(),
        }
    }
}

impl From<CheckClauseError> for AppError {
    fn from(error: CheckClauseError) -> Self {
        let sentence = match error {
            CheckClauseError::NotFound => return Self::NotFound,
            CheckClauseError::Database(error) => return error.into(),
            CheckClauseError::SamePerson => {
                "Klausul harus dicocokkan petugas lain, bukan petugas yang merekamnya."
            }
            CheckClauseError::ChangedSince => {
                "Klausul ini baru saja diubah. Baca lagi isinya, lalu cocokkan dengan naskah."
            }
        };
        Self::Refused(sentence.into())
    }
}
