//! Work on uploaded files in a process of its own: what a file does to the
//! program that reads it ends that process, never the portal.

use std::io::{self, Read};
use std::process::Stdio;
use tokio::process::Command;

use super::config::StorageConfig;
use secrecy::ExposeSecret;

/// Bytes of address space that a child may take: 1 GiB.
const ADDRESS_SPACE: u64 = 1 << 30;

/// What a child ends with when its parent is gone.
const ORPHANED: i32 = 3;

/// This program again, with a hidden command. It is told where the database
/// and the files are and nothing else, and ends when this process ends.
pub fn command(storage: &StorageConfig, arguments: &[&str]) -> Command {
    let mut command = Command::new(&storage.program);
    command
        .args(arguments)
        .env_clear()
        .env("PADAN_DATABASE_URL", storage.database_url.expose_secret())
        .env("PADAN_DATA_DIR", &storage.data_dir)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        // Ctrl-C at a terminal goes to a whole group: the portal decides.
        .process_group(0)
        .kill_on_drop(true);
    if let Ok(level) = std::env::var("RUST_LOG") {
        command.env("RUST_LOG", level);
    }
    command
}

/// To be called first by the child: bounds its memory, and ends it as soon as
/// its standard input is closed, which happens when the parent is gone.
///
/// # Errors
/// When the operating system refuses the bound or a thread.
pub fn confine() -> io::Result<()> {
    rlimit::setrlimit(rlimit::Resource::AS, ADDRESS_SPACE, ADDRESS_SPACE)?;
    std::thread::Builder::new()
        .name("parent".to_owned())
        .spawn(|| {
            // The parent never writes: whatever comes back, it is the end.
            let _ = io::stdin().read(&mut [0]);
            std::process::exit(ORPHANED);
        })
        .map(drop)
}
