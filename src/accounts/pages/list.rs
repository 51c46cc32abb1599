//! The accounts of all institutions (A10).

use actix_web::Responder;
use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;
use serde_json::json;

use crate::accounts::model::State;
use crate::accounts::queries::{self, Filter, Listed};
use crate::accounts::{Permission, Role, SignedIn};
use crate::audit::{self, Entry};
use crate::institutions::Institution;
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{AppError, Frame, Page, Pages, filters};

/// Accounts on a page.
const PAGE_SIZE: i64 = 25;
/// Longest search text that is looked at, in characters.
const SEARCH_LIMIT: usize = 100;

/// The filters as they stand in the address.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct ListQuery {
    #[serde(default)]
    cari: String,
    #[serde(default)]
    instansi: String,
    #[serde(default)]
    peran: String,
    #[serde(default)]
    keadaan: String,
    #[serde(default)]
    hal: String,
}

#[derive(Template)]
#[template(path = "accounts/list.html")]
struct ListPage {
    frame: Frame,
    rows: Vec<Listed>,
    pages: Pages,
    query: ListQuery,
    institutions: Vec<Institution>,
    may_manage: bool,
}

impl ListQuery {
    fn filter(&self) -> Filter {
        Filter {
            institution: self.instansi.clone().try_into().ok(),
            role: self.peran.parse().ok(),
            state: self.keadaan.parse().ok(),
            search: self.search(),
        }
    }

    /// What is looked for: a NIP is stored without the spaces it is typed with.
    fn search(&self) -> String {
        let text: String = self.cari.trim().chars().take(SEARCH_LIMIT).collect();
        let is_nip = text.chars().all(|c| c.is_ascii_digit() || c == ' ');
        if is_nip {
            text.replace(' ', "")
        } else {
            text.to_lowercase()
        }
    }

    /// The list's address with its filters, without the page.
    fn address(&self) -> String {
        let fields = [
            ("cari", &self.cari),
            ("instansi", &self.instansi),
            ("peran", &self.peran),
            ("keadaan", &self.keadaan),
        ];
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
            query.append_pair(name, value);
        }
        let query = query.finish();
        let joint = if query.is_empty() { "" } else { "?" };
        format!("/akun{joint}{query}")
    }
}

impl ListPage {
    fn is_filtered(&self) -> bool {
        self.query.address() != "/akun"
    }
}

/// Shows a page of the list.
///
/// # Errors
/// The database's.
pub async fn show(
    user: SignedIn,
    query: Query<ListQuery>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<impl Responder, AppError> {
    let (query, now, actor) = (query.into_inner(), clock.now(), user.actor());
    let asked = query.clone();
    let (rows, pages, institutions) = db
        .write(move |conn| look(conn, &asked, actor, now))
        .await??;
    Ok(Page(ListPage {
        frame: user.frame("/akun"),
        rows,
        pages,
        query,
        institutions,
        may_manage: user.account.role.may(Permission::ManagePartners),
    }))
}

/// Reads the page and records the look at personal data.
fn look(
    conn: &mut DbConn,
    query: &ListQuery,
    actor: String,
    now: Moment,
) -> diesel::QueryResult<(Vec<Listed>, Pages, Vec<Institution>)> {
    let filter = query.filter();
    let page = query.hal.parse().ok();
    let address = query.address();
    let (rows, pages) = queries::list(conn, &filter, |total| {
        Pages::new(page, PAGE_SIZE, total, &address)
    })?;
    let institutions = queries::institutions(conn)?;
    let entry = Entry {
        actor,
        institution: filter.institution.map(|id| id.to_string()),
        action: "accounts.listed",
        subject: ("accounts", "list".to_owned()),
        detail: json!({ "shown": rows.len() }),
    };
    audit::record(conn, entry, now)?;
    Ok((rows, pages, institutions))
}
