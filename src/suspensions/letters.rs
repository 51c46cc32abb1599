//! The mails on a suspension and a restoration. The page shows the same text
//! before it is sent.

use askama::Template;

use super::case::Case;
use super::model::{Ground, Suspension};
use super::text;
use crate::agreements::Addressee;
use crate::correspondence::Mail;
use crate::platform::clock::Moment;
use crate::platform::web::filters;

/// What a letter says, whoever it goes to.
#[derive(Debug, Clone)]
pub(super) struct Letter {
    pub(super) institution: String,
    pub(super) number: String,
    pub(super) at: Moment,
    /// What is late, or how each condition was met.
    pub(super) findings: Vec<String>,
    pub(super) articles: String,
    pub(super) sender: String,
}

#[derive(Template)]
#[template(path = "mail/suspensions/started/body.txt")]
struct StartedText<'a> {
    letter: &'a Letter,
    name: &'a str,
}

#[derive(Template)]
#[template(path = "mail/suspensions/started/body.html")]
struct StartedHtml<'a> {
    letter: &'a Letter,
    name: &'a str,
}

#[derive(Template)]
#[template(path = "mail/suspensions/ended/body.txt")]
struct EndedText<'a> {
    letter: &'a Letter,
    name: &'a str,
}

#[derive(Template)]
#[template(path = "mail/suspensions/ended/body.html")]
struct EndedHtml<'a> {
    letter: &'a Letter,
    name: &'a str,
}

/// What the letter on a suspension says.
pub(super) fn start_letter(case: &Case, grounds: &[Ground], at: Moment) -> Letter {
    Letter {
        findings: grounds.iter().map(text::letter_sentence).collect(),
        articles: text::articles(grounds),
        ..blank(case, at)
    }
}

/// What the letter on a restoration says.
pub(super) fn end_letter(case: &Case, suspension: &Suspension, at: Moment) -> Letter {
    let restoration = case.restoration(suspension);
    let conditions = restoration.conditions.iter();
    Letter {
        findings: conditions
            .map(|one| format!("{}: {}", one.half.label(), one.sentence()))
            .collect(),
        articles: restoration
            .conditions
            .iter()
            .filter_map(|one| Some(one.clause.as_ref()?.article.clone()))
            .collect::<Vec<_>>()
            .join(" dan "),
        ..blank(case, at)
    }
}

fn blank(case: &Case, at: Moment) -> Letter {
    Letter {
        institution: case.institution.name.clone(),
        number: case.facts.agreement.bkn_number.clone(),
        at,
        findings: Vec::new(),
        articles: String::new(),
        sender: case.sender.clone(),
    }
}

/// The mails that tell the partner of a suspension.
pub(super) fn started(case: &Case, grounds: &[Ground], at: Moment) -> askama::Result<Vec<Mail>> {
    let letter = start_letter(case, grounds, at);
    let subject = text::started_subject(&letter.institution);
    let agreement = &case.facts.agreement;
    let mail = |to: &Addressee| {
        let (name, letter) = (to.name.as_str(), &letter);
        let text = StartedText { letter, name }.render()?;
        let html = StartedHtml { letter, name }.render()?;
        Ok(to.mail(
            agreement,
            "suspensions.started",
            subject.clone(),
            (text, html),
        ))
    };
    case.addressees.iter().map(mail).collect()
}

/// The mails that tell the partner of a restoration.
pub(super) fn ended(case: &Case, suspension: &Suspension, at: Moment) -> askama::Result<Vec<Mail>> {
    let letter = end_letter(case, suspension, at);
    let subject = text::ended_subject(&letter.institution);
    let agreement = &case.facts.agreement;
    let mail = |to: &Addressee| {
        let (name, letter) = (to.name.as_str(), &letter);
        let text = EndedText { letter, name }.render()?;
        let html = EndedHtml { letter, name }.render()?;
        Ok(to.mail(
            agreement,
            "suspensions.ended",
            subject.clone(),
            (text, html),
        ))
    };
    case.addressees.iter().map(mail).collect()
}
