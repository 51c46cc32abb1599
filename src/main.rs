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
    /// Look after the audit trail.
    #[command(subcommand)]
    Audit(AuditCommand),
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Check that no event was changed, taken out or moved.
    Verify,
}

#[actix_web::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    commands::log();
    let done = match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => commands::serve::run().await,
        Command::Work => commands::work::run().await,
        Command::Audit(AuditCommand::Verify) => commands::audit::verify(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("padan: {error:#}");
            ExitCode::FAILURE
        }
    }
}
