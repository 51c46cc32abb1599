//! The mails that tell the partner of a publication and of its receipt. No
//! personal data stands in them.

use askama::Template;

use super::model::{Delivery, Period, Plan, Publication};
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

#[derive(Template)]
#[template(path = "mail/deliveries/available/body.txt", escape = "none")]
struct AvailableText<'a> {
    addressee: &'a Addressee,
    agreement: &'a Agreement,
    publication: &'a Publication,
}

#[derive(Template)]
#[template(path = "mail/deliveries/available/body.html")]
struct AvailableHtml<'a> {
    addressee: &'a Addressee,
    agreement: &'a Agreement,
    publication: &'a Publication,
}

/// The mail that tells of a file to be fetched.
pub(super) fn available(
    addressee: &Addressee,
    agreement: &Agreement,
    publication: &Publication,
) -> askama::Result<Mail> {
    let text = AvailableText {
        addressee,
        agreement,
        publication,
    };
    let html = AvailableHtml {
        addressee,
        agreement,
        publication,
    };
    let bodies = (text.render()?, html.render()?);
    let subject = text::available_subject(publication);
    Ok(addressee.mail(agreement, "deliveries.available", subject, bodies))
}

#[derive(Template)]
#[template(path = "mail/deliveries/withdrawn/body.txt", escape = "none")]
struct WithdrawnText<'a> {
    addressee: &'a Addressee,
    agreement: &'a Agreement,
    publication: &'a Publication,
    reason: &'a str,
}

#[derive(Template)]
#[template(path = "mail/deliveries/withdrawn/body.html")]
struct WithdrawnHtml<'a> {
    addressee: &'a Addressee,
    agreement: &'a Agreement,
    publication: &'a Publication,
    reason: &'a str,
}

/// The mail that tells that BKN took a publication back, and why.
pub(super) fn withdrawn(
    addressee: &Addressee,
    agreement: &Agreement,
    (publication, reason): (&Publication, &str),
) -> askama::Result<Mail> {
    let text = WithdrawnText {
        addressee,
        agreement,
        publication,
        reason,
    };
    let html = WithdrawnHtml {
        addressee,
        agreement,
        publication,
        reason,
    };
    let bodies = (text.render()?, html.render()?);
    let subject = text::withdrawn_subject(publication);
    Ok(addressee.mail(agreement, "deliveries.withdrawn", subject, bodies))
}

#[derive(Template)]
#[template(path = "mail/deliveries/skipped/body.txt", escape = "none")]
struct SkippedText<'a> {
    addressee: &'a Addressee,
    agreement: &'a Agreement,
    plan: &'a Plan,
    period: &'a Period,
}

#[derive(Template)]
#[template(path = "mail/deliveries/skipped/body.html")]
struct SkippedHtml<'a> {
    addressee: &'a Addressee,
    agreement: &'a Agreement,
    plan: &'a Plan,
    period: &'a Period,
}

/// The mail that tells BKN that a plan's period led to no delivery, and why.
pub(super) fn skipped(
    addressee: &Addressee,
    agreement: &Agreement,
    (plan, period): (&Plan, &Period),
) -> askama::Result<Mail> {
    let text = SkippedText {
        addressee,
        agreement,
        plan,
        period,
    };
    let html = SkippedHtml {
        addressee,
        agreement,
        plan,
        period,
    };
    let bodies = (text.render()?, html.render()?);
    let subject = text::skipped_subject(plan, period);
    Ok(addressee.mail(agreement, "deliveries.skipped", subject, bodies))
}
