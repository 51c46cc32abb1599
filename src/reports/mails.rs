//! The mails about letters and reports.

use askama::Template;

use super::model::{Report, ReportDecision, RequestLetter};
use super::text;
use crate::agreements::{Addressee, Agreement, PartySide};
use crate::correspondence::Mail;
use crate::platform::files::StoredFile;
use crate::platform::web::filters;

#[derive(Template)]
#[template(path = "mail/reports/asked/body.txt", escape = "none")]
struct AskedText<'a> {
    addressee: &'a Addressee,
    agreement: &'a Agreement,
    letter: &'a RequestLetter,
}

#[derive(Template)]
#[template(path = "mail/reports/asked/body.html")]
struct AskedHtml<'a> {
    addressee: &'a Addressee,
    agreement: &'a Agreement,
    letter: &'a RequestLetter,
}

/// Tells the partner that a report is asked for.
pub(super) fn asked(
    addressee: &Addressee,
    agreement: &Agreement,
    letter: &RequestLetter,
) -> askama::Result<Mail> {
    let text = AskedText {
        addressee,
        agreement,
        letter,
    }
    .render()?;
    let html = AskedHtml {
        addressee,
        agreement,
        letter,
    }
    .render()?;
    let subject = text::asked_subject(letter);
    Ok(addressee.mail(agreement, "reports.asked", subject, (text, html)))
}

#[derive(Template)]
#[template(path = "mail/reports/filed/body.txt", escape = "none")]
struct FiledText<'a> {
    for_bkn: bool,
    addressee: &'a Addressee,
    agreement: &'a Agreement,
    letter: &'a RequestLetter,
    report: &'a Report,
    file: &'a StoredFile,
}

#[derive(Template)]
#[template(path = "mail/reports/filed/body.html")]
struct FiledHtml<'a> {
    for_bkn: bool,
    addressee: &'a Addressee,
    agreement: &'a Agreement,
    letter: &'a RequestLetter,
    report: &'a Report,
    file: &'a StoredFile,
}

/// The receipt of a filed report; to BKN, the news that it came.
pub(super) fn filed(
    (side, addressee): (PartySide, &Addressee),
    agreement: &Agreement,
    letter: &RequestLetter,
    (report, file): (&Report, &StoredFile),
) -> askama::Result<Mail> {
    let for_bkn = side == PartySide::Bkn;
    let text = FiledText {
        for_bkn,
        addressee,
        agreement,
        letter,
        report,
        file,
    }
    .render()?;
    let html = FiledHtml {
        for_bkn,
        addressee,
        agreement,
        letter,
        report,
        file,
    }
    .render()?;
    let subject = text::filed_subject(letter);
    Ok(addressee.mail(agreement, "reports.filed", subject, (text, html)))
}

#[derive(Template)]
#[template(path = "mail/reports/decided/body.txt", escape = "none")]
struct DecidedText<'a> {
    addressee: &'a Addressee,
    letter: &'a RequestLetter,
    accepted: bool,
    reason: &'a str,
}

#[derive(Template)]
#[template(path = "mail/reports/decided/body.html")]
struct DecidedHtml<'a> {
    addressee: &'a Addressee,
    letter: &'a RequestLetter,
    accepted: bool,
    reason: &'a str,
}

/// Tells who filed a report what BKN decided.
pub(super) fn decided(
    addressee: &Addressee,
    agreement: &Agreement,
    letter: &RequestLetter,
    (decision, reason): (ReportDecision, &str),
) -> askama::Result<Mail> {
    let accepted = decision == ReportDecision::Accepted;
    let text = DecidedText {
        addressee,
        letter,
        accepted,
        reason,
    }
    .render()?;
    let html = DecidedHtml {
        addressee,
        letter,
        accepted,
        reason,
    }
    .render()?;
    let subject = text::decided_subject(letter, decision);
    Ok(addressee.mail(agreement, "reports.decided", subject, (text, html)))
}
