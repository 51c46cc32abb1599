//! The mail that tells both sides of a signed statement.

use askama::Template;

use super::model::Statement;
use super::text;
use crate::agreements::{Addressee, Agreement, PartySide};
use crate::correspondence::Mail;
use crate::platform::web::filters;

#[derive(Template)]
#[template(path = "mail/feedback/signed/body.txt", escape = "none")]
struct SignedText<'a> {
    place: &'a str,
    addressee: &'a Addressee,
    statement: &'a Statement,
    signer: &'a str,
}

#[derive(Template)]
#[template(path = "mail/feedback/signed/body.html")]
struct SignedHtml<'a> {
    place: &'a str,
    addressee: &'a Addressee,
    statement: &'a Statement,
    signer: &'a str,
}

/// To the partner its copy; to BKN the news.
pub(super) fn signed(
    (side, addressee): (PartySide, &Addressee),
    agreement: &Agreement,
    (statement, signer): (&Statement, &str),
) -> askama::Result<Mail> {
    let delivery = statement.delivery_id;
    let place = match side {
        PartySide::Bkn => format!("[[base]]/perjanjian/{}/balikan/{delivery}", agreement.id),
        PartySide::Partner => format!("[[base]]/balikan/{delivery}"),
    };
    let text = SignedText {
        place: &place,
        addressee,
        statement,
        signer,
    };
    let html = SignedHtml {
        place: &place,
        addressee,
        statement,
        signer,
    };
    let bodies = (text.render()?, html.render()?);
    let subject = text::signed_subject(statement.half, agreement);
    Ok(addressee.mail(agreement, "feedback.signed", subject, bodies))
}
