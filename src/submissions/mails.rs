//! The mails about submissions: what a check came to, the receipt, what came
//! in, the decision. No personal data stands in them, only numbers and links.

use askama::Template;

use super::model::Decision;
use super::queries::change::CheckResult;
use super::queries::find::Dossier;
use super::queries::people::Recipient;
use super::text;
use crate::correspondence::Mail;
use crate::datasets;
use crate::platform::clock::Moment;
use crate::platform::web::filters;

#[derive(Template)]
#[template(path = "mail/submissions/checked/body.txt", escape = "none")]
struct CheckedText<'a> {
    of: &'a Facts<'a>,
    result: &'a CheckResult,
    situation: &'a str,
}

#[derive(Template)]
#[template(path = "mail/submissions/checked/body.html")]
struct CheckedHtml<'a> {
    of: &'a Facts<'a>,
    result: &'a CheckResult,
    situation: &'a str,
}

#[derive(Template)]
#[template(path = "mail/submissions/receipt/body.txt", escape = "none")]
struct ReceiptText<'a> {
    of: &'a Facts<'a>,
    rows: i64,
    at: Moment,
}

#[derive(Template)]
#[template(path = "mail/submissions/receipt/body.html")]
struct ReceiptHtml<'a> {
    of: &'a Facts<'a>,
    rows: i64,
    at: Moment,
}

#[derive(Template)]
#[template(path = "mail/submissions/arrived/body.txt", escape = "none")]
struct ArrivedText<'a> {
    of: &'a Facts<'a>,
    rows: i64,
}

#[derive(Template)]
#[template(path = "mail/submissions/arrived/body.html")]
struct ArrivedHtml<'a> {
    of: &'a Facts<'a>,
    rows: i64,
}

#[derive(Template)]
#[template(path = "mail/submissions/decided/body.txt", escape = "none")]
struct DecidedText<'a> {
    of: &'a Facts<'a>,
    situation: &'a str,
    reason: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "mail/submissions/decided/body.html")]
struct DecidedHtml<'a> {
    of: &'a Facts<'a>,
    situation: &'a str,
    reason: Option<&'a str>,
}

/// What every mail about a submission names.
struct Facts<'a> {
    recipient: &'a str,
    dossier: &'a Dossier,
    dataset: &'a str,
}

impl Facts<'_> {
    fn of<'a>(dossier: &'a Dossier, recipient: &'a Recipient) -> Facts<'a> {
        Facts {
            recipient: &recipient.name,
            dossier,
            dataset: datasets::title_of(&dossier.submission.dataset),
        }
    }

    fn place(&self) -> String {
        let (submission, version) = (&self.dossier.submission, &self.dossier.version);
        format!("{}/versi/{}", submission.id, version.version)
    }
}

/// To the uploader: what the check came to.
pub fn checked(dossier: &Dossier, result: &CheckResult, to: &Recipient) -> askama::Result<Mail> {
    let of = &Facts::of(dossier, to);
    let refused = result.refusal.is_some();
    let situation = &text::check_situation(refused, result.rows_blocked, result.rows_warned);
    let (body_text, body_html) = (
        CheckedText {
            of,
            result,
            situation,
        }
        .render()?,
        CheckedHtml {
            of,
            result,
            situation,
        }
        .render()?,
    );
    let subject = text::checked_subject(&dossier.submission.number, situation);
    Ok(mail(
        dossier,
        to,
        "submissions.checked",
        (subject, body_text, body_html),
    ))
}

/// To the sender: the receipt.
pub fn receipt(dossier: &Dossier, to: &Recipient) -> askama::Result<Mail> {
    let of = &Facts::of(dossier, to);
    let rows = dossier.version.sent_rows.unwrap_or_default();
    let at = dossier
        .version
        .sent_at
        .unwrap_or(dossier.version.uploaded_at);
    let body_text = ReceiptText { of, rows, at }.render()?;
    let body_html = ReceiptHtml { of, rows, at }.render()?;
    let subject = text::receipt_subject(&dossier.submission.number);
    Ok(mail(
        dossier,
        to,
        "submissions.receipt",
        (subject, body_text, body_html),
    ))
}

/// To a verifier: something came in.
pub fn arrived(dossier: &Dossier, to: &Recipient) -> askama::Result<Mail> {
    let of = &Facts::of(dossier, to);
    let rows = dossier.version.sent_rows.unwrap_or_default();
    let body_text = ArrivedText { of, rows }.render()?;
    let body_html = ArrivedHtml { of, rows }.render()?;
    let name = &dossier.institution.short_name;
    let subject = text::arrived_subject(&dossier.submission.number, name);
    Ok(mail(
        dossier,
        to,
        "submissions.arrived",
        (subject, body_text, body_html),
    ))
}

/// To those who uploaded and sent: BKN's decision, with how many rows were
/// taken over and of how many a correction is asked.
pub fn decided(
    dossier: &Dossier,
    (taken, asked): (usize, usize),
    to: &Recipient,
) -> askama::Result<Mail> {
    let of = &Facts::of(dossier, to);
    let decision = dossier.version.decision.unwrap_or(Decision::Returned);
    let situation = &text::decision_situation(decision, taken, asked);
    let reason = dossier.version.decision_reason.as_deref();
    let body_text = DecidedText {
        of,
        situation,
        reason,
    }
    .render()?;
    let body_html = DecidedHtml {
        of,
        situation,
        reason,
    }
    .render()?;
    let subject = text::decided_subject(&dossier.submission.number, decision);
    Ok(mail(
        dossier,
        to,
        "submissions.decided",
        (subject, body_text, body_html),
    ))
}

fn mail(
    dossier: &Dossier,
    to: &Recipient,
    kind: &'static str,
    (subject, body_text, body_html): (String, String, String),
) -> Mail {
    Mail {
        kind,
        institution: Some(dossier.institution.id.to_string()),
        recipient_name: to.name.clone(),
        recipient: to.email.clone(),
        subject,
        body_text,
        body_html,
        secret: None,
    }
}
