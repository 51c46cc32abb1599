//! The partner's submissions (P10).

use actix_web::Responder;
use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;

use super::{SECTION, number_of, word_of};
use crate::accounts::{Permission, SignedIn};
use crate::datasets;
use crate::platform::db::Db;
use crate::platform::web::{AppError, Frame, Page, Pages, filters, list_address};
use crate::submissions::model::SubmissionState;
use crate::submissions::queries::lists::{self, ListFilter, Listed};
use crate::submissions::queries::people;

/// Submissions on one page.
const PER_PAGE: i64 = 25;

/// Which submissions the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct IndexQuery {
    #[serde(default)]
    cari: String,
    #[serde(default)]
    keadaan: String,
    #[serde(default)]
    jenis: String,
    #[serde(default)]
    hal: String,
}

impl IndexQuery {
    fn filter(&self) -> ListFilter {
        ListFilter {
            state: SubmissionState::of_filter(&self.keadaan),
            dataset: word_of(&self.jenis),
            number: word_of(&self.cari).map(|word| word.to_uppercase()),
            institution: None,
        }
    }

    fn is_set(&self) -> bool {
        !(self.cari.is_empty() && self.keadaan.is_empty() && self.jenis.is_empty())
    }
}

#[derive(Template)]
#[template(path = "submissions/index.html")]
struct IndexPage {
    frame: Frame,
    lines: Vec<Line>,
    query: IndexQuery,
    pages: Pages,
    datasets: Vec<(&'static str, &'static str)>,
    may_submit: bool,
}

struct Line {
    listed: Listed,
    title: String,
    person: String,
}

/// Shows the partner's submissions, the newest first.
///
/// # Errors
/// The database's.
pub async fn show(
    user: SignedIn,
    query: Query<IndexQuery>,
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    let (scope, query) = (user.scope(), query.into_inner());
    let (filter, page) = (query.filter(), number_of(&query.hal));
    let list = list_address(
        SECTION,
        &[
            ("cari", &query.cari),
            ("keadaan", &query.keadaan),
            ("jenis", &query.jenis),
        ],
    );
    let (pages, listed, names) = db
        .read(move |conn| {
            let count = lists::count_own(conn, scope, &filter)?;
            let pages = Pages::new(page, PER_PAGE, count, &list);
            let span = (pages.limit(), pages.offset());
            let listed = lists::page_own(conn, scope, &filter, span)?;
            let people = listed.iter().map(|(_, version, ..)| version.uploaded_by);
            let names = people::names(conn, people)?;
            Ok::<_, diesel::result::Error>((pages, listed, names))
        })
        .await??;
    let line = |listed: Listed| Line {
        title: datasets::title_of(&listed.0.dataset).to_owned(),
        person: names
            .get(&listed.1.uploaded_by)
            .cloned()
            .unwrap_or_default(),
        listed,
    };
    Ok(Page(IndexPage {
        frame: user.frame(SECTION),
        lines: listed.into_iter().map(line).collect(),
        query,
        pages,
        datasets: dataset_choices(),
        may_submit: user.account.role.may(Permission::SubmitData),
    }))
}

/// The data sets that partners send, for a filter.
pub(super) fn dataset_choices() -> Vec<(&'static str, &'static str)> {
    let all = datasets::all().unwrap_or_default().iter();
    all.filter(|dataset| dataset.direction == datasets::Direction::PartnerToBkn)
        .map(|dataset| (dataset.name.as_str(), dataset.title.as_str()))
        .collect()
}
