//! One partner, a tab for each side of its affairs (A2).

use actix_web::Responder;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use serde::Deserialize;

use super::standings;
use crate::accounts::{Account, Names, Permission, Scope, SignedIn};
use crate::agreements::{self, Agreement, AgreementState};
use crate::audit::AuditEvent;
use crate::institutions::InstitutionId;
use crate::obligations::{self, ObligationRow, obligations_of};
use crate::partners::model::Standing;
use crate::partners::{queries, text};
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{AppError, Frame, Page, Pages, filters, list_address};
use crate::reports::{self, LetterState, RequestLetter};
use crate::submissions::{Submission, SubmissionVersion};

const PAGE_SIZE: i64 = 25;

/// Which tab, and which page of it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Place {
    tab: String,
    hal: Option<i64>,
}

/// The tabs: the word of the address and the name on screen.
const TABS: [(&str, &str); 6] = [
    ("kewajiban", "Kewajiban"),
    ("pengiriman", "Pengiriman"),
    ("surat", "Surat"),
    ("pks", "PKS"),
    ("pic", "PIC"),
    ("linimasa", "Linimasa"),
];

#[derive(Template)]
#[template(path = "partners/show.html")]
struct ShowPage {
    frame: Frame,
    standing: Standing,
    tab: &'static str,
    content: Content,
    may_manage: bool,
}

/// What the open tab shows.
enum Content {
    Duties(Vec<(Agreement, Vec<ObligationRow>)>),
    Submissions {
        rows: Vec<(Submission, SubmissionVersion)>,
        pages: Pages,
    },
    Letters(Vec<(RequestLetter, LetterState)>),
    Agreements(Vec<(Agreement, AgreementState)>),
    People(Vec<Account>),
    Timeline {
        events: Vec<AuditEvent>,
        names: Names,
        pages: Pages,
    },
}

/// Shows the partner.
///
/// # Errors
/// Not found, or the database's.
pub async fn show(
    user: SignedIn,
    id: Path<InstitutionId>,
    place: Query<Place>,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<impl Responder, AppError> {
    let (id, place) = (id.into_inner(), place.into_inner());
    let tab = TABS.iter().find(|(word, _)| *word == place.tab);
    let tab = tab.map_or(TABS[0].0, |(word, _)| *word);
    let reading = Reading {
        scope: user.scope(),
        of: id,
        page: place.hal,
        now: clock.now(),
    };
    let found = db
        .read(move |conn| {
            let all = standings(conn, reading.scope, reading.now)?;
            let standing = all.into_iter().find(|one| one.partner.id == id);
            let content = reading.content(conn, tab)?;
            diesel::QueryResult::Ok(standing.map(|standing| (standing, content)))
        })
        .await??;
    let (standing, content) = found.ok_or(AppError::NotFound)?;
    Ok(Page(ShowPage {
        frame: user.frame("/instansi"),
        standing,
        tab,
        content,
        may_manage: user.account.role.may(Permission::ManagePartners),
    }))
}

/// Whose affairs are read, by whom, when.
#[derive(Clone, Copy)]
struct Reading {
    scope: Scope,
    of: InstitutionId,
    page: Option<i64>,
    now: Moment,
}

impl Reading {
    fn content(self, conn: &mut DbConn, tab: &str) -> diesel::QueryResult<Content> {
        match tab {
            "pengiriman" => self.submissions(conn),
            "surat" => Ok(Content::Letters(self.letters(conn)?)),
            "pks" => self.agreements(conn).map(Content::Agreements),
            "pic" => queries::people(conn, self.of).map(Content::People),
            "linimasa" => self.timeline(conn),
            _ => self.duties(conn),
        }
    }

    fn own(self, conn: &mut DbConn) -> diesel::QueryResult<Vec<Agreement>> {
        agreements::of_institution(conn, self.scope, self.of)
    }

    fn duties(self, conn: &mut DbConn) -> diesel::QueryResult<Content> {
        let Some(scope) = self.scope.narrowed(self.of) else {
            return Ok(Content::Duties(Vec::new()));
        };
        let day = self.now.jakarta_date();
        let facts = obligations::facts_within(conn, scope)?.into_iter().rev();
        let duties = facts.map(|facts| {
            let rows = obligations::rows(&obligations_of(&facts, day), day);
            (facts.agreement, rows)
        });
        Ok(Content::Duties(duties.collect()))
    }

    fn letters(self, conn: &mut DbConn) -> diesel::QueryResult<Vec<(RequestLetter, LetterState)>> {
        let own = self.own(conn)?;
        let reports = reports::reports_within(conn, self.scope)?;
        let letters = reports::letters_within(conn, self.scope)?;
        let letters = letters.into_iter().rev();
        let letters = letters.filter(|letter| own.iter().any(|one| one.id == letter.agreement_id));
        Ok(letters
            .map(|letter| {
                let state = letter.state(&reports);
                (letter, state)
            })
            .collect())
    }

    fn agreements(
        self,
        conn: &mut DbConn,
    ) -> diesel::QueryResult<Vec<(Agreement, AgreementState)>> {
        let own = self.own(conn)?;
        let notices = agreements::end_notices_within(conn, self.scope)?;
        let day = self.now.jakarta_date();
        let with_state = |one: Agreement| {
            let state = one.state(&notices, day);
            (one, state)
        };
        Ok(own.into_iter().map(with_state).collect())
    }

    fn submissions(self, conn: &mut DbConn) -> diesel::QueryResult<Content> {
        let pages = self.pages(queries::count_sent(conn, self.of)?, "pengiriman");
        let rows = queries::sent(conn, self.of, (pages.limit(), pages.offset()))?;
        Ok(Content::Submissions { rows, pages })
    }

    fn timeline(self, conn: &mut DbConn) -> diesel::QueryResult<Content> {
        let pages = self.pages(queries::count_events(conn, self.of)?, "linimasa");
        let events = queries::events(conn, self.of, (pages.limit(), pages.offset()))?;
        let names = Names::of(conn, events.iter().map(|event| event.actor.as_str()))?;
        Ok(Content::Timeline {
            events,
            names,
            pages,
        })
    }

    fn pages(self, total: i64, tab: &str) -> Pages {
        let address = list_address(&format!("/instansi/{}", self.of), &[("tab", tab)]);
        Pages::new(self.page, PAGE_SIZE, total, &address)
    }
}
