//! The mail that tells a sender that a rule will block.

use askama::Template;

use super::model::RuleDecision;
use super::text;
use crate::correspondence::Mail;
use crate::datasets::{Dataset, DeclaredRule};
use crate::institutions::InstitutionId;
use crate::platform::web::filters;

#[derive(Template)]
#[template(path = "mail/rulebooks/blocking/body.txt", escape = "none")]
struct Text<'a> {
    recipient: &'a str,
    dataset: &'a Dataset,
    rule: &'a DeclaredRule,
    decision: &'a RuleDecision,
}

#[derive(Template)]
#[template(path = "mail/rulebooks/blocking/body.html")]
struct Html<'a> {
    recipient: &'a str,
    dataset: &'a Dataset,
    rule: &'a DeclaredRule,
    decision: &'a RuleDecision,
}

/// The mail to one PIC of a sender.
pub(super) fn blocking(
    dataset: &Dataset,
    (rule, decision): (&DeclaredRule, &RuleDecision),
    (institution, recipient, address): (InstitutionId, &str, &str),
) -> askama::Result<Mail> {
    let text = Text {
        recipient,
        dataset,
        rule,
        decision,
    };
    let html = Html {
        recipient,
        dataset,
        rule,
        decision,
    };
    Ok(Mail {
        kind: "rules.blocking",
        institution: Some(institution.to_string()),
        recipient_name: recipient.to_owned(),
        recipient: address.to_owned(),
        subject: text::blocking_subject(&dataset.title, decision.valid_from),
        body_text: text.render()?,
        body_html: html.render()?,
        secret: None,
    })
}
