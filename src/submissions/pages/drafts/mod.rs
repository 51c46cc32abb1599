//! Typing records into forms: mending rows of a version, entering new ones.

pub mod deeds;
mod inputs;
pub mod list;
pub mod records;
pub mod row;
pub mod suggest;

use actix_web::dev::Payload;
use actix_web::web::Query;
use actix_web::{FromRequest, HttpRequest};
use serde::Deserialize;
use std::future::{Ready, ready};

use crate::accounts::Scope;
use crate::deliveries::{Delivery, DeliveryId};
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::web::AppError;
use crate::submissions::desk::{self, Desk, Place};

/// The place that an address names, the row in it, and what is answered.
#[derive(Debug)]
pub struct At {
    place: Place,
    row: Option<i32>,
    answers: Answers,
}

/// The delivery that new records answer; kept in the address from the form
/// that was opened to the record's page and back.
#[derive(Debug, Clone, Default, Deserialize)]
struct Answers {
    #[serde(default)]
    penyerahan: String,
}

impl Answers {
    /// What follows an address to keep it; empty where nothing is answered.
    fn tail(&self) -> String {
        match DeliveryId::try_from(self.penyerahan.clone()) {
            Ok(id) => format!("?penyerahan={id}"),
            Err(_) => String::new(),
        }
    }

    /// The answered one, where it still waits; else nothing.
    fn among(&self, waiting: &[Delivery]) -> String {
        let mut waiting = waiting.iter().map(|one| one.id.to_string());
        waiting
            .find(|id| *id == self.penyerahan)
            .unwrap_or_default()
    }
}

impl At {
    fn head(&self, desk: &Desk) -> Head {
        let mut head = Head::of(desk);
        // A version keeps what its submission answers.
        if let Place::New(..) = self.place {
            head.tail = self.answers.tail();
            head.back.0.push_str(&head.tail);
            for (address, _) in &mut head.crumbs {
                address.push_str(&head.tail);
            }
        }
        head
    }
}

impl FromRequest for At {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(at(request).ok_or(AppError::NotFound))
    }
}

fn at(request: &HttpRequest) -> Option<At> {
    let path = request.match_info();
    let part = |name| path.get(name).map(str::to_owned);
    let place = match part("submission") {
        Some(submission) => Place::Version(submission.try_into().ok()?, part("n")?.parse().ok()?),
        None => Place::New(part("agreement")?.try_into().ok()?, part("dataset")?),
    };
    let row = match part("row") {
        Some(row) if row == NEW => None,
        Some(row) => Some(row.parse().ok().filter(|row| *row != 0)?),
        None => None,
    };
    let answers = Query::<Answers>::from_query(request.query_string());
    let answers = answers.map(Query::into_inner).unwrap_or_default();
    Some(At {
        place,
        row,
        answers,
    })
}

/// How an address names a record that is not there yet.
const NEW: &str = "baru";

/// What the pages of a draft have in common.
struct Head {
    /// The data set's title.
    title: String,
    /// The address of the draft.
    address: String,
    /// What follows the address and those below it.
    tail: String,
    /// Where the crumbs lead: address and word.
    crumbs: Vec<(String, String)>,
    /// The line above the heading.
    about: String,
    /// The page that the draft belongs to, and its name.
    back: (String, &'static str),
    /// The number of the version that the draft would become.
    next: Option<i32>,
}

impl Head {
    fn of(desk: &Desk) -> Self {
        let title = desk.dataset.title.clone();
        match (&desk.place, &desk.base) {
            (Place::Version(submission, number), Some(base)) => {
                let version = format!("/pengiriman/{submission}/versi/{number}");
                Self {
                    about: format!("{title} · {} versi {number}", base.submission.number),
                    address: format!("{version}/konsep"),
                    tail: String::new(),
                    crumbs: vec![
                        (
                            format!("/pengiriman/{submission}"),
                            base.submission.number.clone(),
                        ),
                        (version.clone(), format!("Versi {number}")),
                    ],
                    back: (version, "Kembali ke hasil pemeriksaan"),
                    next: Some(number.saturating_add(1)),
                    title,
                }
            }
            (place, _) => Self::of_new(desk, place, title),
        }
    }

    fn of_new(desk: &Desk, place: &Place, title: String) -> Self {
        let form = match place {
            Place::New(agreement, dataset) => format!("/pengiriman/baru/{agreement}/{dataset}"),
            Place::Version(submission, _) => format!("/pengiriman/{submission}"),
        };
        Self {
            about: format!("{title} · PKS Nomor {}", desk.agreement.bkn_number),
            address: format!("{form}/isian"),
            tail: String::new(),
            crumbs: vec![
                ("/pengiriman/baru".to_owned(), "Kirim data".to_owned()),
                (form.clone(), title.clone()),
            ],
            back: (form, "Unggah berkas saja"),
            next: None,
            title,
        }
    }
}

/// The place within reach.
fn found(conn: &mut DbConn, scope: Scope, place: &Place, now: Moment) -> Result<Desk, AppError> {
    let desk = desk::find(conn, scope, place.clone(), now.jakarta_date())?;
    desk.ok_or(AppError::NotFound)
}

/// The address of the draft of a place.
fn address_of(place: &Place) -> String {
    match place {
        Place::Version(submission, number) => {
            format!("/pengiriman/{submission}/versi/{number}/konsep")
        }
        Place::New(agreement, dataset) => format!("/pengiriman/baru/{agreement}/{dataset}/isian"),
    }
}
