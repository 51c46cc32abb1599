//! Mail about accounts.

use askama::Template;

use super::model::Account;
use super::text;
use crate::correspondence::Mail;
use crate::institutions::Institution;
use crate::platform::clock::Moment;
use crate::platform::web::filters;

#[derive(Template)]
#[template(path = "mail/accounts/invitation/body.txt")]
struct InvitationText<'a> {
    account: &'a Account,
    institution: &'a Institution,
    until: Moment,
}

#[derive(Template)]
#[template(path = "mail/accounts/invitation/body.html")]
struct InvitationHtml<'a> {
    account: &'a Account,
    institution: &'a Institution,
    until: Moment,
}

#[derive(Template)]
#[template(path = "mail/accounts/reset/body.txt")]
struct ResetText<'a> {
    account: &'a Account,
    until: Moment,
}

#[derive(Template)]
#[template(path = "mail/accounts/reset/body.html")]
struct ResetHtml<'a> {
    account: &'a Account,
    until: Moment,
}

#[derive(Template)]
#[template(path = "mail/accounts/password_changed/body.txt")]
struct PasswordChangedText<'a> {
    account: &'a Account,
    at: Moment,
}

#[derive(Template)]
#[template(path = "mail/accounts/password_changed/body.html")]
struct PasswordChangedHtml<'a> {
    account: &'a Account,
    at: Moment,
}

/// What was changed on an account.
pub(super) struct AccountChange {
    at: Moment,
    role: Option<&'static str>,
    is_other_address: bool,
}

impl AccountChange {
    /// What differs between an account before and after.
    pub(super) fn between(before: &Account, after: &Account, at: Moment) -> Self {
        Self {
            at,
            role: (before.role != after.role).then(|| after.role.label()),
            is_other_address: before.email != after.email,
        }
    }
}

#[derive(Template)]
#[template(path = "mail/accounts/changed/body.txt")]
struct ChangedText<'a> {
    account: &'a Account,
    change: &'a AccountChange,
}

#[derive(Template)]
#[template(path = "mail/accounts/changed/body.html")]
struct ChangedHtml<'a> {
    account: &'a Account,
    change: &'a AccountChange,
}

#[derive(Template)]
#[template(path = "mail/accounts/closed/body.txt")]
struct ClosedText<'a> {
    account: &'a Account,
    at: Moment,
}

#[derive(Template)]
#[template(path = "mail/accounts/closed/body.html")]
struct ClosedHtml<'a> {
    account: &'a Account,
    at: Moment,
}

/// The invitation to use a new account, with its link.
pub(super) fn invitation(
    account: &Account,
    institution: &Institution,
    token: String,
    now: Moment,
) -> askama::Result<Mail> {
    let until = now.plus_seconds(super::link::LinkPurpose::Invitation.seconds());
    let text = InvitationText {
        account,
        institution,
        until,
    };
    let html = InvitationHtml {
        account,
        institution,
        until,
    };
    let kind = ("accounts.invitation", text::INVITATION_SUBJECT);
    mail(kind, account, (&text, &html), Some(token))
}

/// The link for a new password.
pub(super) fn reset(account: &Account, token: String, now: Moment) -> askama::Result<Mail> {
    let until = now.plus_seconds(super::link::LinkPurpose::Reset.seconds());
    let (text, html) = (ResetText { account, until }, ResetHtml { account, until });
    let kind = ("accounts.reset", text::RESET_SUBJECT);
    mail(kind, account, (&text, &html), Some(token))
}

/// The notice that a password was changed.
pub(super) fn password_changed(account: &Account, at: Moment) -> askama::Result<Mail> {
    let text = PasswordChangedText { account, at };
    let html = PasswordChangedHtml { account, at };
    let kind = ("accounts.password_changed", text::PASSWORD_CHANGED_SUBJECT);
    mail(kind, account, (&text, &html), None)
}

/// The notice that an account got another role or address.
pub(super) fn changed(account: &Account, change: &AccountChange) -> askama::Result<Mail> {
    let text = ChangedText { account, change };
    let html = ChangedHtml { account, change };
    let kind = ("accounts.changed", text::CHANGED_SUBJECT);
    mail(kind, account, (&text, &html), None)
}

/// The notice that an account was closed.
pub(super) fn closed(account: &Account, at: Moment) -> askama::Result<Mail> {
    let text = ClosedText { account, at };
    let html = ClosedHtml { account, at };
    let kind = ("accounts.closed", text::CLOSED_SUBJECT);
    mail(kind, account, (&text, &html), None)
}

fn mail(
    (kind, subject): (&'static str, &str),
    account: &Account,
    (text, html): (&impl Template, &impl Template),
    secret: Option<String>,
) -> askama::Result<Mail> {
    Ok(Mail {
        kind,
        institution: Some(account.institution_id.to_string()),
        recipient_name: account.name.clone(),
        recipient: account.email.clone(),
        subject: subject.to_owned(),
        body_text: text.render()?,
        body_html: html.render()?,
        secret,
    })
}
