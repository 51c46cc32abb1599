//! The mail that tells the partner that a delivery was recorded.

use askama::Template;

use super::model::Delivery;
use super::text;
use crate::agreements::{Addressee, Agreement};
use crate::correspondence::Mail;
use crate::platform::web::filters;

#[derive(Template)]
#[template(path = "mail/deliveries/recorded/body.txt", escape = "none")]
struct Text<'a> {
    addressee: &'a Addressee,
    agreement: &'a Agreement,
    delivery: &'a Delivery,
}

#[derive(Template)]
#[template(path = "mail/deliveries/recorded/body.html")]
struct Html<'a> {
    addressee: &'a Addressee,
    agreement: &'a Agreement,
    delivery: &'a Delivery,
}

/// The mail to one addressee.
pub(super) fn recorded(
    addressee: &Addressee,
    agreement: &Agreement,
    delivery: &Delivery,
) -> askama::Result<Mail> {
    let text = Text {
        addressee,
        agreement,
        delivery,
    }
    .render()?;
    let html = Html {
        addressee,
        agreement,
        delivery,
    }
    .render()?;
    let subject = text::recorded_subject(agreement);
    Ok(addressee.mail(agreement, "deliveries.recorded", subject, (text, html)))
}
