//! One of everything that an institution can own, and the addresses of it.

use crate::reports::PDF;
use crate::support::accounts::{Nomination, nominate};
use crate::support::plans::planned;
use crate::support::publications::publish;
use crate::support::submissions::{SENDER, csv, form_key, good_row};
use crate::support::{Actor, TestApp, location};
use diesel::prelude::*;
use padan::accounts::{Account, Role};
use padan::agreements::{Agreement, ClauseId, ClauseKind, Direction, Grant, GrantId, Population};
use padan::institutions::Institution;
use padan::platform::db::schema;
use padan::register::Unit;
use serde_json::json;

/// The data set that the agreement lets the institution send.
pub const DATASET: &str = "riwayat-kursus";
/// A data set that the agreement lets BKN give.
const LOOKED_INTO: &str = "profil-pns";
/// The number of the fictional person that both institutions may look up.
pub const LOOKED_UP: usize = 1;
/// The versions of the submission: one that BKN wants corrected, one not sent yet.
const VERSIONS: [&str; 2] = ["1", "2"];

/// One institution's real objects.
pub struct Estate {
    pub partner: Institution,
    pub agreement: Agreement,
    pub lead: Account,
    pub pic: Account,
    pub clause_version: i64,
    pub delivery: String,
    pub submission_number: String,
    account: String,
    clause: String,
    grant: String,
    correspondent: String,
    letter: String,
    report: String,
    submission: String,
    mail: String,
    mapping: String,
    publication: String,
    plan: String,
}

impl Estate {
    /// Makes an institution that has done everything once. `nip` is that of the
    /// person whom its lead PIC invites.
    pub async fn found(app: &TestApp, name: &str, nip: &'static str) -> Self {
        let partner = app.sender(name);
        let agreement = app.agreement("lan-2025", &partner, "2025-05-07");
        let (clause, clause_version) = feedback_clause(app, &agreement);
        let (lead, pic) = (
            app.account(&partner, Role::LeadPic),
            app.account(&partner, Role::Pic),
        );
        let (lead_in, pic_in) = (app.sign_in(&lead).await, app.sign_in(&pic).await);
        let grant = granted(app, &agreement);
        opened(app, &agreement);
        let letter = app.letter(&agreement, "2026-10-01").id.to_string();
        let (submission, submission_number) = exchanged(app, &agreement, &pic_in).await;
        enter_a_record(&agreement, &pic_in).await;
        Self {
            account: invited(app, &lead_in, &partner, nip).await,
            clause: clause.to_string(),
            clause_version,
            grant: grant.to_string(),
            correspondent: correspondent(app, &agreement),
            delivery: app.delivery(&agreement, "2026-03-01").id.to_string(),
            report: reported(app, &pic_in, &letter).await,
            mail: mail(app, &partner),
            mapping: app.mapping(&partner, "JF-01", "Analis Contoh Ahli Muda"),
            publication: published(app, &agreement).await,
            plan: in_plan(app, &agreement).await,
            letter,
            submission,
            submission_number,
            partner,
            agreement,
            lead,
            pic,
        }
    }

    /// The id of what a parameter names; `before` is the word before it. What
    /// belongs to nobody (a data set, the number of a version) has none.
    pub fn id(&self, before: &str, parameter: &str) -> String {
        match (before, parameter) {
            ("instansi", "id") => self.partner.id.to_string(),
            ("perjanjian" | "pks", "id") | (_, "agreement") => self.agreement.id.to_string(),
            ("surel", "id") => self.mail.clone(),
            ("akun" | "pic", "account") => self.account.clone(),
            ("klausul", "clause") => self.clause.clone(),
            ("lampiran", "grant") => self.grant.clone(),
            ("narahubung", "one") => self.correspondent.clone(),
            (_, "plan") => self.plan.clone(),
            (_, "publication") => self.publication.clone(),
            ("balikan", "delivery") => self.delivery.clone(),
            (_, "letter") => self.letter.clone(),
            (_, "report") => self.report.clone(),
            (_, "mapping") => self.mapping.clone(),
            ("pengiriman" | "tinjauan", "submission") => self.submission.clone(),
            _ => panic!(
                "nobody knows what {{{parameter}}} after /{before}/ names: \
                 teach `Estate::id` one that another institution owns"
            ),
        }
    }

    /// What would show on a page that shows anything of this institution.
    pub fn traces(&self) -> Vec<String> {
        vec![
            self.partner.name.clone(),
            self.agreement.bkn_number.clone(),
            self.agreement.id.to_string(),
            self.submission_number.clone(),
            self.submission.clone(),
            self.letter.clone(),
            self.account.clone(),
            self.pic.name.clone(),
            self.delivery.clone(),
            self.mapping.clone(),
            self.publication.clone(),
            self.plan.clone(),
        ]
    }
}

/// Types a record that is no submission yet.
async fn enter_a_record(agreement: &Agreement, pic: &Actor) {
    let form = format!("/pengiriman/baru/{}/{DATASET}/isian/baris/-1", agreement.id);
    let fields = [("isi.jumlah_jam", "44"), ("aksi", "konsep")];
    assert_eq!(pic.post(&form, &fields).await.status(), 303);
}

/// A data set of BKN's that waits to be fetched.
async fn published(app: &TestApp, agreement: &Agreement) -> String {
    let unit = Unit {
        id: uuid::Uuid::now_v7().simple().to_string().to_uppercase(),
        name: "Unit Contoh".into(),
        institution_code: "0".repeat(32),
        institution_name: None,
        parent: None,
        search_text: String::new(),
    };
    diesel::insert_into(schema::register_units::table)
        .values(unit)
        .execute(&mut *app.db.connection().unwrap())
        .unwrap();
    let staff = app.staff(Role::Admin).await;
    let address = publish(&staff, agreement, "unit-kerja").await;
    app.work().await;
    address.rsplit('/').next().unwrap().to_owned()
}

/// A plan of periodic deliveries, of units again.
async fn in_plan(app: &TestApp, agreement: &Agreement) -> String {
    let staff = app.staff(Role::Admin).await;
    let whole = [("data", "unit-kerja"), ("cakupan", "everything")];
    let address = planned(&staff, agreement, &whole).await;
    address.rsplit('/').next().unwrap().to_owned()
}

/// A path with its parameters filled in, one address for each version.
pub fn addresses(path: &str, id: impl Fn(&str, &str) -> String) -> Vec<String> {
    let versions: &[&str] = if path.contains("{n}") {
        &VERSIONS
    } else {
        &["-"]
    };
    let one = |version: &&str| {
        fill(path, |before, name| match name {
            "n" => (*version).to_owned(),
            "half" => "referensi".to_owned(),
            "dataset" if path.starts_with("/pencarian/") => LOOKED_INTO.to_owned(),
            "row" if path.contains("/isian/") => "-1".to_owned(),
            "row" => "2".to_owned(),
            "dataset" => DATASET.to_owned(),
            owned => id(before, owned),
        })
    };
    versions.iter().map(one).collect()
}

/// The parameters that name what an institution owns, in order.
pub fn owned(path: &str) -> Vec<String> {
    let found = std::cell::RefCell::new(Vec::new());
    addresses(&path.replace("{n}", "1"), |_, name| {
        found.borrow_mut().push(name.to_owned());
        String::new()
    });
    found.into_inner()
}

fn fill(path: &str, value: impl Fn(&str, &str) -> String) -> String {
    let mut before = "";
    let mut filled = Vec::new();
    for segment in path.split('/') {
        let parameter = segment.strip_prefix('{').and_then(|s| s.strip_suffix('}'));
        filled.push(match parameter {
            Some(name) => value(before, name),
            None => segment.to_owned(),
        });
        before = segment;
    }
    let filled = filled.join("/");
    assert!(
        !filled.contains('{'),
        "{path} holds what cannot be filled in"
    );
    filled
}

fn feedback_clause(app: &TestApp, of: &Agreement) -> (ClauseId, i64) {
    let clause = schema::clauses::table
        .filter(schema::clauses::agreement_id.eq(of.id))
        .filter(schema::clauses::kind.eq(ClauseKind::DataFeedback))
        .select(padan::agreements::Clause::as_select())
        .first(&mut *app.db.connection().unwrap())
        .unwrap();
    (clause.id, clause.version())
}

fn granted(app: &TestApp, agreement: &Agreement) -> GrantId {
    let grant = Grant {
        id: GrantId::generate(),
        agreement_id: agreement.id,
        dataset: DATASET.to_owned(),
        direction: Direction::PartnerToBkn,
        fields: None,
        population: Population::default(),
        article: "Lampiran API 1".to_owned(),
        page: None,
        addendum: None,
        valid_from: agreement.signed_on,
    };
    diesel::insert_into(schema::grants::table)
        .values(&grant)
        .execute(&mut *app.db.connection().unwrap())
        .unwrap();
    grant.id
}

/// What the institution may look up in the register.
fn opened(app: &TestApp, agreement: &Agreement) {
    // Also those whom the files are about: once anybody is on record, they must be.
    for person in LOOKED_UP..=12 {
        app.on_record(person, SENDER);
    }
    let people = json!({ "institutions": [SENDER] });
    app.gives(agreement, LOOKED_INTO, &["nama"], &people);
    app.gives(agreement, "unit-kerja", &["unit_kerja"], &json!({}));
}

fn correspondent(app: &TestApp, of: &Agreement) -> String {
    schema::correspondents::table
        .filter(schema::correspondents::agreement_id.eq(of.id))
        .select(schema::correspondents::id)
        .first(&mut *app.db.connection().unwrap())
        .unwrap()
}

fn mail(app: &TestApp, to: &Institution) -> String {
    schema::mails::table
        .filter(schema::mails::institution_id.eq(to.id.to_string()))
        .select(schema::mails::id)
        .first(&mut *app.db.connection().unwrap())
        .unwrap()
}

async fn invited(app: &TestApp, lead: &Actor, to: &Institution, nip: &'static str) -> String {
    let form = Nomination {
        institution: to.id.to_string(),
        nip,
        name: "Ratna Contoh",
        email: "ratna@contoh.example",
        role: "pic",
        key: form_key(),
    };
    assert_eq!(nominate(lead, "/pic/baru", &form).await.status(), 303);
    app.account_of(nip).unwrap().id.to_string()
}

async fn reported(app: &TestApp, pic: &Actor, letter: &str) -> String {
    let (key, path) = (form_key(), format!("/laporan/{letter}"));
    let fields = [("kunci", key.as_str())];
    let answer = pic
        .upload(&path, "laporan.pdf", PDF.to_vec(), &fields)
        .await;
    assert_eq!(answer.status(), 303);
    schema::reports::table
        .filter(schema::reports::form_key.eq(key))
        .select(schema::reports::id)
        .first(&mut *app.db.connection().unwrap())
        .unwrap()
}

/// A submission sent, of which BKN wants a row corrected, and its second
/// version, checked and not sent: its id and its number.
async fn exchanged(app: &TestApp, agreement: &Agreement, pic: &Actor) -> (String, String) {
    let first = app.sent(pic, agreement, 3).await;
    let review = first.replace("/pengiriman/", "/tinjauan/");
    let verifier = app.staff(Role::Verifier).await;
    let marks = [
        ("halaman", "3"),
        ("baris", "3"),
        ("alasan.3", "Nomor sertifikat tidak terdaftar."),
    ];
    for (deed, fields) in [("tanda", &marks[..]), ("minta-perbaikan", &[])] {
        let answer = verifier.post(&format!("{review}/{deed}"), fields).await;
        assert_eq!(answer.status(), 303, "{deed}");
    }
    let submission = first.split("/versi/").next().unwrap();
    let (key, file) = (form_key(), csv([good_row(4)]));
    let fields = [("kunci", key.as_str())];
    let answer = pic
        .upload(&format!("{submission}/unggah"), "kursus.csv", file, &fields)
        .await;
    assert!(location(&answer).ends_with("/versi/2"));
    app.check_uploads().await;
    let id = submission.replace("/pengiriman/", "");
    let number = schema::submissions::table
        .find(&id)
        .select(schema::submissions::number)
        .first(&mut *app.db.connection().unwrap())
        .unwrap();
    (id, number)
}
