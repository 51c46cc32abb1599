//! The mail that tells the partner that an agreement ends early.

use askama::Template;

use super::actions::Ending;
use super::{Addressee, Agreement, text};
use crate::correspondence::Mail;
use crate::platform::web::filters;

#[derive(Template)]
#[template(path = "mail/agreements/ended/body.txt", escape = "none")]
struct Text<'a> {
    addressee: &'a Addressee,
    agreement: &'a Agreement,
    ending: &'a Ending,
}

#[derive(Template)]
#[template(path = "mail/agreements/ended/body.html")]
struct Html<'a> {
    addressee: &'a Addressee,
    agreement: &'a Agreement,
    ending: &'a Ending,
}

/// The mail to one addressee.
pub(super) fn ended(
    addressee: &Addressee,
    agreement: &Agreement,
    ending: &Ending,
) -> askama::Result<Mail> {
    let text = Text {
        addressee,
        agreement,
        ending,
    }
    .render()?;
    let html = Html {
        addressee,
        agreement,
        ending,
    }
    .render()?;
    let subject = text::ended_subject(agreement);
    Ok(addressee.mail(agreement, "agreements.ended", subject, (text, html)))
}
