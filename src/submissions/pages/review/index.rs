//! What came in, the one that waits longest first.

use actix_web::Responder;
use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;

use super::super::index::dataset_choices;
use super::super::{number_of, word_of};
use super::SECTION;
use crate::accounts::SignedIn;
use crate::datasets;
use crate::institutions::InstitutionId;
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::Db;
use crate::platform::web::{AppError, Frame, Page, Pages, filters, list_address};
use crate::submissions::model::SubmissionState;
use crate::submissions::queries::lists::{self, ListFilter, Listed};

/// Versions on one page.
const PER_PAGE: i64 = 25;

/// Which versions the address asks for. Without a state, those that wait.
#[derive(Debug, Default, Deserialize)]
pub struct ReviewQuery {
    #[serde(default)]
    instansi: String,
    #[serde(default)]
    jenis: String,
    #[serde(default)]
    keadaan: Option<String>,
    #[serde(default)]
    cari: String,
    #[serde(default)]
    hal: String,
}

impl ReviewQuery {
    fn is_set(&self) -> bool {
        let words = [&self.instansi, &self.jenis, &self.cari];
        self.state() != "terkirim" || words.iter().any(|word| !word.is_empty())
    }

    fn state(&self) -> &str {
        self.keadaan.as_deref().unwrap_or("terkirim")
    }

    fn filter(&self) -> ListFilter {
        ListFilter {
            state: SubmissionState::of_filter(self.state()),
            dataset: word_of(&self.jenis),
            number: word_of(&self.cari).map(|word| word.to_uppercase()),
            institution: InstitutionId::try_from(self.instansi.clone()).ok(),
        }
    }
}

#[derive(Template)]
#[template(path = "submissions/review/index.html")]
struct IndexPage {
    frame: Frame,
    query: ReviewQuery,
    lines: Vec<(Listed, String, i64)>,
    pages: Pages,
    institutions: Vec<(String, String)>,
    datasets: Vec<(&'static str, &'static str)>,
}

impl IndexPage {
    /// The states that a sent version can be in, with the word of the filter.
    const STATES: [(&'static str, &'static str); 3] = [
        ("terkirim", "Menunggu tinjauan"),
        ("diterima", "Diambil alih seluruhnya"),
        ("dikembalikan", "Perbaikan diminta atau dikembalikan"),
    ];

    fn waits(&self) -> bool {
        self.query.state() == "terkirim"
    }
}

/// Shows the versions that were sent.
///
/// # Errors
/// The database's.
pub async fn show(
    user: SignedIn,
    query: Query<ReviewQuery>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<impl Responder, AppError> {
    let (scope, query, now) = (user.scope(), query.into_inner(), clock.now());
    let (filter, page) = (query.filter(), number_of(&query.hal));
    let list = list_address(
        SECTION,
        &[
            ("instansi", &query.instansi),
            ("jenis", &query.jenis),
            ("keadaan", query.state()),
            ("cari", &query.cari),
        ],
    );
    let (pages, listed, senders) = db
        .read(move |conn| {
            let count = lists::count_sent(conn, scope, &filter)?;
            let pages = Pages::new(page, PER_PAGE, count, &list);
            let span = (pages.limit(), pages.offset());
            let listed = lists::page_sent(conn, scope, &filter, span)?;
            Ok::<_, diesel::result::Error>((pages, listed, lists::senders(conn)?))
        })
        .await??;
    Ok(Page(IndexPage {
        frame: user.frame(SECTION),
        query,
        lines: listed.into_iter().map(|listed| line(listed, now)).collect(),
        pages,
        institutions: institutions(senders),
        datasets: dataset_choices(),
    }))
}

/// With the title of the data set and the days since it was sent.
fn line(listed: Listed, now: Moment) -> (Listed, String, i64) {
    let title = datasets::title_of(&listed.0.dataset).to_owned();
    let sent = listed.1.sent_at.unwrap_or(now);
    let days = (now.jakarta_date() - sent.jakarta_date()).num_days();
    (listed, title, days)
}

fn institutions(senders: Vec<(InstitutionId, String)>) -> Vec<(String, String)> {
    senders
        .into_iter()
        .map(|(id, name)| (id.to_string(), name))
        .collect()
}
