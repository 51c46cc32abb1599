//! The mails, with what became of each.

use actix_web::Responder;
use actix_web::web::{Data, Query};
use askama::Template;
use diesel::QueryResult;
use serde::Deserialize;

use crate::accounts::SignedIn;
use crate::correspondence::model::{Figures, MailFilter, MailState, StoredMail};
use crate::correspondence::{queries, text};
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::{Db, DbConn};
use crate::platform::mail::Mailer;
use crate::platform::web::{AppError, Frame, Page, Pages, filters, list_address};

const PAGE_SIZE: i64 = 25;

/// What the list is narrowed to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    keadaan: String,
    jenis: String,
    instansi: String,
    cari: String,
    hal: String,
}

#[derive(Template)]
#[template(path = "correspondence/list.html")]
struct ListPage {
    frame: Frame,
    query: ListQuery,
    listing: Listing,
    pages: Pages,
    keeps_files: bool,
}

/// What is read for the page.
struct Listing {
    figures: Figures,
    mails: Vec<StoredMail>,
    kinds: Vec<(&'static str, &'static str)>,
    institutions: Vec<(String, String)>,
    found: i64,
}

/// Shows the list.
///
/// # Errors
/// The database's.
pub async fn list(
    user: SignedIn,
    query: Query<ListQuery>,
    db: Data<Db>,
    clock: Data<Clock>,
    mailer: Data<Mailer>,
) -> Result<impl Responder, AppError> {
    let query = query.into_inner();
    let (filter, page) = (query.filter(), query.hal.parse().ok());
    let (address, now) = (query.address(), clock.now());
    let (listing, pages) = db
        .read(move |conn| read(conn, &filter, page, (&address, now)))
        .await??;
    Ok(Page(ListPage {
        frame: user.frame("/surel"),
        query,
        listing,
        pages,
        keeps_files: mailer.keeps_files(),
    }))
}

fn read(
    conn: &mut DbConn,
    filter: &MailFilter,
    page: Option<i64>,
    (address, now): (&str, Moment),
) -> QueryResult<(Listing, Pages)> {
    let found = queries::count(conn, filter)?;
    let pages = Pages::new(page, PAGE_SIZE, found, address);
    let listing = Listing {
        figures: figures(conn, now)?,
        mails: queries::page(conn, filter, pages.limit(), pages.offset())?,
        kinds: text::kinds(),
        institutions: queries::institutions(conn)?,
        found,
    };
    Ok((listing, pages))
}

impl ListQuery {
    fn filter(&self) -> MailFilter {
        let chosen = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        MailFilter {
            state: self.keadaan.parse().ok(),
            kind: chosen(&self.jenis),
            institution: chosen(&self.instansi),
            search: self.cari.chars().take(100).collect(),
            posted_before: None,
        }
    }

    fn address(&self) -> String {
        let filters = [
            ("keadaan", self.keadaan.as_str()),
            ("jenis", &self.jenis),
            ("instansi", &self.instansi),
            ("cari", &self.cari),
        ];
        list_address("/surel", &filters)
    }

    fn is_set(&self) -> bool {
        self.address() != "/surel"
    }
}

fn figures(conn: &mut DbConn, now: Moment) -> QueryResult<Figures> {
    let mut of = |state, posted_before| {
        let all = MailFilter::default();
        queries::count(
            conn,
            &MailFilter {
                state: Some(state),
                posted_before,
                ..all
            },
        )
    };
    Ok(Figures {
        waiting: of(MailState::Waiting, None)?,
        late: of(MailState::Waiting, Some(now.plus_seconds(-24 * 3600)))?,
        sent: of(MailState::Sent, None)?,
        failed: of(MailState::Failed, None)?,
        unsure: of(MailState::Unsure, None)?,
    })
}

impl Listing {
    /// The short name of a mail's institution.
    fn institution(&self, mail: &StoredMail) -> Option<&str> {
        let id = mail.institution_id.as_deref()?;
        let mut institutions = self.institutions.iter();
        institutions
            .find(|(known, _)| known == id)
            .map(|(_, name)| name.as_str())
    }
}
