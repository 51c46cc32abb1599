//! A portal with a register of 200,000 persons of one institution, which sends.

use diesel::prelude::*;
use padan::accounts::{Account, Role};
use padan::agreements::Agreement;
use padan::platform::db::schema::institutions;
use secrecy::ExposeSecret;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::courses::{self, PEOPLE, Shape};
use crate::support::program::{Program, present};
use crate::support::{Actor, TestApp};

/// A fictional institution of the reference list.
const SENDER: &str = "F1C70000000000000000000000000001";

/// The columns of `profil-pns`.
const PROFILE: &str = "id_pns,nip,nama,tempat_lahir,tanggal_lahir,jenis_kelamin,email,tmt_pns,nomor_kontak,pendidikan_terakhir_id,instansi_induk_id,instansi_kerja_id,unit_kerja_id,jenis_jabatan_id,jabatan_fungsional_umum_id,jabatan_fungsional_id,lokasi_kerja_id,golongan_terakhir_id";

pub struct Scene {
    /// The database and its contents.
    pub app: TestApp,
    /// The portal in a process of its own.
    pub program: Program,
    pub agreement: Agreement,
    /// Who sends.
    pub pic: Actor,
    /// Who opens pages meanwhile.
    pub other: Actor,
}

impl Scene {
    pub async fn set() -> Self {
        let app = TestApp::start(&present()).await;
        let partner = app.sender("Badan Sandang Nasional");
        diesel::update(institutions::table.find(partner.id))
            .set(institutions::reference_code.eq(SENDER))
            .execute(&mut *app.db.connection().unwrap())
            .unwrap();
        fill_register(&app);
        let agreement = app.sending_agreement(&partner);
        let pic: Account = app.account(&partner, Role::LeadPic);
        let other = app.account(&app.partner("Lembaga Tirta Raya"), Role::LeadPic);
        // Nobody reads its log: a full pipe would hold it up.
        let program = app.program(&["env", "PADAN_LOG=error"]).await;
        Self {
            pic: program.sign_in(&pic).await,
            other: program.sign_in(&other).await,
            app,
            program,
            agreement,
        }
    }

    /// A file of courses, one row in `spoilt` with a fault; made once.
    pub fn courses(&self, rows: u64, spoilt: u64) -> PathBuf {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench");
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(format!("own-courses-{rows}-{spoilt}.csv"));
        if !path.exists() {
            let shape = Shape {
                spoilt,
                institution: Some(SENDER),
            };
            let unfinished = path.with_extension("part");
            courses::write_courses(&unfinished, rows, shape).unwrap();
            std::fs::rename(unfinished, &path).unwrap();
        }
        path
    }
}

/// Imports everybody's profile as an administrator would.
fn fill_register(app: &TestApp) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("profil.csv");
    write_profiles(&path).unwrap();
    let storage = &app.parts.config.storage;
    let done = Command::new(&storage.program)
        .args(["import", "register", "profil-pns"])
        .arg(&path)
        .env("PADAN_DATABASE_URL", storage.database_url.expose_secret())
        .env("PADAN_DATA_DIR", &storage.data_dir)
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
}

fn write_profiles(path: &Path) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    writeln!(out, "{PROFILE}")?;
    for number in 0..PEOPLE {
        let (id, nip) = (courses::id(number), courses::nip(number));
        let born = format!("{}-{}-{}", &nip[..4], &nip[4..6], &nip[6..8]);
        writeln!(
            out,
            "{id},{nip},Pegawai Rekaan,Kota Contoh,{born},M,pegawai@contoh.example,2015-03-01,,,{SENDER},{SENDER},,,,,,"
        )?;
    }
    out.flush()
}

impl Scene {
    /// The name of the database.
    pub fn database(&self) -> &'static str {
        match std::env::var_os("TEST_DATABASE_URL") {
            Some(_) => "PostgreSQL",
            None => "SQLite",
        }
    }
}
