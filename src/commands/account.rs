//! `padan account`: the first way in.

use anyhow::{Context, Result};
use clap::Args;
use padan::accounts::{FirstAdmin, create_first_admin};
use padan::platform::db;

/// Who is to administer the portal.
#[derive(Args)]
pub struct NewAdmin {
    /// NIP, 18 digits; spaces allowed
    #[arg(long)]
    nip: String,
    /// The person's name
    #[arg(long)]
    nama: String,
    /// The person's e-mail address
    #[arg(long)]
    email: String,
}

/// Makes an administrator of BKN and prints the one-time link that sets the
/// password. Whoever reads this output can take the account: it is printed
/// once, and sent to nobody.
pub fn create(admin: &NewAdmin) -> Result<()> {
    let parts = super::parts()?;
    let conn = &mut *parts.db.connection()?;
    let (base, now) = (&parts.config.web.base_url, parts.clock.now());
    let person = FirstAdmin {
        nip: &admin.nip,
        name: &admin.nama,
        email: &admin.email,
    };
    let link = db::alone(conn, |conn| create_first_admin(conn, person, base, now))
        .context("no account was made")?;
    println!("{link}");
    Ok(())
}
