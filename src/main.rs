//! The commands of the portal.

mod commands;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// The portal through which institutions exchange civil-servant data with BKN.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the portal and do its recurring work (the default).
    Serve,
    /// Do the recurring work alone, beside a portal that serves.
    Work,
    /// Make accounts.
    #[command(subcommand)]
    Account(AccountCommand),
    /// Look after the audit trail.
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Check a file as the portal does, without a database.
    Check(commands::check::Check),
    /// Bring in BKN's reference lists and records.
    #[command(subcommand)]
    Import(ImportCommand),
    /// Serve a portal with invented data on this machine.
    Demo(commands::demo::Demo),
    /// Check an uploaded file (the portal calls this).
    #[command(hide = true)]
    CheckUpload(commands::child::Check),
    /// Import an uploaded extract into the register (the portal calls this).
    #[command(hide = true)]
    ImportUpload(commands::child::Import),
    /// Mark an uploaded file (the portal calls this).
    #[command(hide = true)]
    MarkUpload(commands::child::Mark),
}

#[derive(Subcommand)]
enum AccountCommand {
    /// Make an administrator of BKN and print the link that sets the password.
    Create(commands::account::NewAdmin),
}

#[derive(Subcommand)]
enum ImportCommand {
    /// Bring in reference lists: one JSON file, or a folder of them.
    References(commands::import::References),
    /// Bring an extract of BKN's records into the register, or go on with it.
    Register(commands::import::Register),
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Check that no event was changed, taken out or moved.
    Verify,
}

#[actix_web::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let command = cli.command.unwrap_or(Command::Serve);
    commands::log(match command {
        // The table of accounts is to stay on the screen.
        Command::Demo(_) => "warn",
        _ => "info",
    });
    let done = match command {
        Command::Serve => commands::serve::run().await,
        Command::Work => commands::work::run().await,
        Command::Account(AccountCommand::Create(admin)) => commands::account::create(&admin),
        Command::Audit(AuditCommand::Verify) => commands::audit::verify(),
        Command::Check(check) => return verdict(commands::check::run(&check)),
        Command::Import(ImportCommand::References(asked)) => commands::import::references(&asked),
        Command::Import(ImportCommand::Register(asked)) => commands::import::register(&asked),
        Command::Demo(demo) => commands::demo::run(&demo).await,
        Command::CheckUpload(check) => commands::child::check(&check),
        Command::ImportUpload(import) => commands::child::import(&import),
        Command::MarkUpload(mark) => commands::child::mark(&mark),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("padan: {}", sentence(&error));
            ExitCode::FAILURE
        }
    }
}

/// A check without a verdict must not look like one with findings.
fn verdict(checked: anyhow::Result<ExitCode>) -> ExitCode {
    checked.unwrap_or_else(|error| {
        eprintln!("padan: {}", sentence(&error));
        ExitCode::from(commands::check::FAILED)
    })
}

/// An error and its causes in one line; many repeat the cause already.
fn sentence(error: &anyhow::Error) -> String {
    let mut said = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !said.contains(&cause) {
            said = format!("{said}: {cause}");
        }
    }
    said
}
