//! Partners' codes with what is proposed and decided; proposals are confirmed
//! here many at once.

use actix_session::Session;
use actix_web::web::{Data, Form, Query};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use serde::Deserialize;
use std::collections::HashMap;

use super::{PLACE, SECTION};
use crate::accounts::{Permission, SignedIn};
use crate::institutions::InstitutionId;
use crate::mappings::model::{
    Ground, GroundFilter, LIST, Mapping, MappingFilter, MappingId, MappingState,
};
use crate::mappings::queries::find;
use crate::mappings::{actions, text};
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{
    AppError, Fields, Flash, Frame, Page, Pages, filters, list_address, local_path, search_term,
    see_other,
};
use crate::references::LoadedCodes;

const PAGE_SIZE: i64 = 50;

/// What the list is narrowed to. Without a state, those that wait.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    instansi: String,
    keadaan: Option<String>,
    usulan: String,
    cari: String,
    pilih: String,
    hal: String,
}

#[derive(Template)]
#[template(path = "mappings/list.html")]
struct ListPage {
    frame: Frame,
    query: ListQuery,
    may_decide: bool,
    is_staff: bool,
    lines: Vec<(Mapping, String)>,
    codes: LoadedCodes,
    owners: Vec<(InstitutionId, String)>,
    pages: Pages,
}

impl ListQuery {
    const NOTHING: &'static str = "tidak-ada";
    const EVERY: &'static str = "semua";

    fn state(&self) -> &str {
        self.keadaan.as_deref().unwrap_or(MappingState::Open.word())
    }

    fn is_set(&self) -> bool {
        self.keadaan.is_some() || self.is_narrowed()
    }

    /// Whether something besides the state keeps codes out.
    fn is_narrowed(&self) -> bool {
        let words = [&self.instansi, &self.usulan, &self.cari];
        words.iter().any(|word| !word.is_empty())
    }

    fn filter(&self) -> MappingFilter {
        let ground = match self.usulan.parse::<Ground>() {
            Ok(ground) => GroundFilter::Only(ground),
            Err(_) if self.usulan == Self::NOTHING => GroundFilter::Nothing,
            Err(_) => GroundFilter::All,
        };
        MappingFilter {
            institution: InstitutionId::try_from(self.instansi.clone()).ok(),
            state: self.state().parse().ok(),
            ground,
            term: search_term(&self.cari),
        }
    }

    fn address(&self) -> String {
        let filters = [
            ("instansi", self.instansi.as_str()),
            ("keadaan", self.state()),
            ("usulan", &self.usulan),
            ("cari", &self.cari),
        ];
        list_address(PLACE, &filters)
    }

    /// The address of the page that is shown.
    fn here(&self) -> String {
        match self.hal.parse::<i64>() {
            Ok(page) => format!("{}&hal={page}", self.address()),
            Err(_first) => self.address(),
        }
    }
}

impl ListPage {
    fn all_chosen(&self) -> bool {
        self.query.pilih == ListQuery::EVERY
    }

    /// Whether this line's proposal can be confirmed.
    fn is_ready(&self, mapping: &Mapping) -> bool {
        mapping.state == MappingState::Open && mapping.proposed.is_some()
    }

    fn ready(&self) -> usize {
        let ready = self.lines.iter().filter(|(one, _)| self.is_ready(one));
        ready.count()
    }

    /// BKN's name of a code.
    fn name(&self, code: &str) -> &str {
        self.codes.name(LIST, code).unwrap_or("tidak berlaku lagi")
    }

    fn waits(&self) -> bool {
        self.query.state() == MappingState::Open.word()
    }
}

/// Shows the list.
///
/// # Errors
/// The database's.
pub async fn show(
    user: SignedIn,
    query: Query<ListQuery>,
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    let (scope, mut query) = (user.scope(), query.into_inner());
    if scope.institution().is_some() && query.keadaan.is_none() {
        query.keadaan = Some(ListQuery::EVERY.to_owned());
    }
    let (filter, list, page) = (query.filter(), query.address(), query.hal.parse().ok());
    let (pages, lines, codes, owners) = db
        .read(move |conn| {
            let count = find::count(conn, scope, &filter)?;
            let pages = Pages::new(page, PAGE_SIZE, count, &list);
            let lines = find::page(conn, scope, &filter, (pages.limit(), pages.offset()))?;
            let owners = match scope.institution() {
                Some(_) => Vec::new(),
                None => find::owners(conn)?,
            };
            let codes = LoadedCodes::load(conn, &[LIST])?;
            Ok::<_, diesel::result::Error>((pages, lines, codes, owners))
        })
        .await??;
    Ok(Page(ListPage {
        frame: user.frame(SECTION),
        may_decide: user.account.role.may(Permission::ReviewSubmissions),
        is_staff: scope.institution().is_none(),
        query,
        lines,
        codes,
        owners,
        pages,
    }))
}

/// A code that was chosen, with the revision that was looked at.
fn seen(chosen: &str) -> Option<(MappingId, i32)> {
    let (id, revision) = chosen.split_once(':')?;
    let id = MappingId::try_from(id.to_owned()).ok()?;
    Some((id, revision.parse().ok()?))
}

/// Confirms the proposals of the chosen codes.
///
/// # Errors
/// The refusal, or the database's.
pub async fn accept(
    user: SignedIn,
    form: Form<Vec<(String, String)>>,
    session: Session,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<HttpResponse, AppError> {
    let fields = Fields::new(form);
    let chosen = fields.all("pilih").take(PAGE_SIZE as usize);
    let chosen: HashMap<MappingId, i32> = chosen.filter_map(seen).collect();
    let (scope, now, count) = (user.scope(), clock.now(), chosen.len());
    let by = user.account;
    let done = db
        .write(move |conn| actions::accept(conn, scope, &chosen, (&by, now)))
        .await??;
    Flash::put(&session, &text::accepted(done, count));
    let back = local_path(fields.get("kembali")).filter(|path| path.starts_with(PLACE));
    Ok(see_other(back.as_deref().unwrap_or(PLACE)))
}
