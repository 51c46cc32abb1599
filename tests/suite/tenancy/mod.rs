//! The wall between institutions, driven on every route that the table has.

mod estate;
mod forms;

use crate::support::accounts::{Nomination, nominate, nomination};
use crate::support::fingerprint::assert_unchanged;
use crate::support::submissions::{csv, form_key, good_row};
use crate::support::{Actor, TestApp};
use estate::{DATASET, Estate, addresses, owned};
use forms::ask;
use padan::accounts::{Access, Permission, Role};
use padan::routes::{Entry, table};

const NOW: &str = "2026-11-20T02:00:00Z";
/// What a request may change even when it is refused.
const SESSIONS: [&str; 1] = ["sessions"];
/// Open to everybody: files of the look, and the one-time link, whose secret is
/// the right to it. Reference lists, rules, the register and declared data sets
/// belong to nobody; who may read about which data set is asked in `catalogue`.
const OF_NOBODY: &[&str] = &[
    "/statis/{name:.*}",
    "/tautan/{token}",
    "/referensi/{list}",
    "/referensi/{list}/unduh",
    "/referensi/{list}/pengganti",
    "/referensi/impor/{import}",
    "/set-data/{dataset}",
    "/set-data/{dataset}/templat",
    "/set-data/{dataset}/contoh.csv",
    "/set-data/{dataset}/contoh.xlsx",
    "/aturan/{dataset}",
    "/aturan/{dataset}/versi/{number}",
    "/aturan/{dataset}/tahap/{rule}",
    "/aturan/{dataset}/ujicoba/{rule}",
    "/register/muat/{import}",
    "/register/muat/{import}/kemajuan",
    "/register/muat/{import}/batal",
    "/register/muat/{import}/lanjutkan",
    "/register/muat/{import}/tidak-dimuat",
    "/periksa-kembali/{recheck}",
    "/periksa-kembali/{recheck}/lanjutkan",
    "/ujicoba/{rehearsal}",
    "/ujicoba/{rehearsal}/lanjutkan",
    "/ujicoba/{rehearsal}/unduh",
];

/// Two institutions that own the same kinds of things, and people at both.
struct Scene {
    app: TestApp,
    own: Estate,
    foreign: Estate,
    strangers: Vec<(Role, Actor)>,
    admin: Actor,
    verifier: Actor,
}

impl Scene {
    async fn begin() -> Self {
        let app = TestApp::start(NOW).await;
        let own = Estate::found(&app, "Instansi Sendiri", "198704122010122903").await;
        let foreign = Estate::found(&app, "Badan Tetangga", "198805132011121904").await;
        let observer = app.account(&own.partner, Role::Observer);
        let mut strangers = Vec::new();
        for account in [&own.pic, &own.lead, &observer] {
            strangers.push((account.role, app.sign_in(account).await));
        }
        let (admin, verifier) = (
            app.staff(Role::Admin).await,
            app.staff(Role::Verifier).await,
        );
        Self {
            app,
            own,
            foreign,
            strangers,
            admin,
            verifier,
        }
    }

    fn lead(&self) -> &Actor {
        &self.strangers[1].1
    }

    /// Somebody to whom a route is open: `lead` for a partner's.
    fn opener<'a>(&'a self, permission: Permission, lead: &'a Actor) -> &'a Actor {
        match permission {
            _ if Role::LeadPic.may(permission) => lead,
            _ if Role::Admin.may(permission) => &self.admin,
            _ => &self.verifier,
        }
    }

    fn state(&self) -> (Vec<String>, usize) {
        (self.app.fingerprint(&SESSIONS), self.app.files_on_disk())
    }

    #[track_caller]
    fn is_still(&self, before: &(Vec<String>, usize), what: &str) {
        let (rows, files) = self.state();
        assert_unchanged(&before.0, &rows, what);
        assert_eq!(before.1, files, "{what}");
    }
}

/// Every route whose address names something, with the permission it asks for.
fn routes_that_name_something() -> Vec<(Entry, Permission)> {
    let mut found = Vec::new();
    for entry in table() {
        if !entry.path.contains('{') || OF_NOBODY.contains(&entry.path) {
            continue;
        }
        let permission = match entry.access {
            Access::May(permission) | Access::Fresh(permission) => permission,
            Access::Upload => Permission::SubmitData,
            Access::Public | Access::SignedIn => panic!(
                "{} names something and is open to everybody: say above why it may",
                entry.path
            ),
        };
        found.push((entry, permission));
    }
    found
}

#[actix_web::test]
async fn what_another_institution_owns_is_not_there_and_nothing_changes() {
    let scene = Scene::begin().await;
    let nowhere = |_: &str, _: &str| uuid::Uuid::now_v7().to_string();
    let before = scene.state();
    for (entry, permission) in routes_that_name_something() {
        let theirs = addresses(entry.path, |before, name| scene.foreign.id(before, name));
        let missing = addresses(entry.path, nowhere);
        for (role, who) in &scene.strangers {
            let expected = if role.may(permission) { 404 } else { 403 };
            for (theirs, missing) in theirs.iter().zip(&missing) {
                let place = format!("{role}: {} {theirs}", entry.method);
                let answer = ask(who, &entry, theirs, &scene.foreign).await;
                let nothing = ask(who, &entry, missing, &scene.foreign).await;
                assert_eq!(answer.status(), expected, "{place}");
                assert_eq!(nothing.status(), expected, "{place}");
                let (answer, nothing) = (answer.text().await, nothing.text().await);
                assert_eq!(answer.unwrap(), nothing.unwrap(), "{place}");
            }
        }
        scene.is_still(&before, &format!("{} {}", entry.method, entry.path));
    }
}

#[actix_web::test]
async fn what_hangs_on_something_is_found_there_only() {
    let scene = Scene::begin().await;
    let before = scene.state();
    for (entry, permission) in routes_that_name_something() {
        let names = owned(entry.path);
        let last = names.last().unwrap();
        if names.len() < 2 {
            continue;
        }
        let who = scene.opener(permission, scene.lead());
        for (parent, child) in [(&scene.own, &scene.foreign), (&scene.foreign, &scene.own)] {
            let mixed = addresses(entry.path, |before, name| {
                let of = if name == last { child } else { parent };
                of.id(before, name)
            });
            for address in mixed {
                let answer = ask(who, &entry, &address, child).await;
                let status = answer.status().as_u16();
                // Taking away what is not there ends like taking it away twice.
                let is_fine = status == 404 || status == 303 && address.ends_with("/hapus");
                assert!(is_fine, "{} {address}: {status}", entry.method);
            }
        }
        scene.is_still(&before, &format!("{} {}", entry.method, entry.path));
    }
}

/// Else the walks above would show nothing: what they asked for exists, and what
/// they posted is complete.
#[actix_web::test]
async fn the_same_addresses_and_forms_work_for_whom_they_are() {
    let scene = Scene::begin().await;
    let lead = scene.app.sign_in(&scene.foreign.lead).await;
    let mut routes = routes_that_name_something();
    // What takes something away comes last, also what stops access.
    let ends = |path: &str| {
        ["/hapus", "/akhiri", "/tutup", "/penghentian", "/pemulihan"]
            .iter()
            .any(|end| path.ends_with(end))
    };
    routes.sort_by_key(|(entry, _)| (entry.method != "GET", ends(entry.path)));
    for (entry, permission) in routes {
        let who = scene.opener(permission, &lead);
        let mut statuses = Vec::new();
        for address in addresses(entry.path, |before, name| scene.foreign.id(before, name)) {
            let answer = ask(who, &entry, &address, &scene.foreign).await;
            statuses.push(answer.status().as_u16());
        }
        // 303: done, or another page is the answer now; 409: there, and its state
        // does not allow it, as restoring what is open.
        let found = |status: &u16| [200, 303, 409].contains(status);
        assert!(
            statuses.iter().any(found),
            "{} {}: {statuses:?}",
            entry.method,
            entry.path
        );
    }
}

#[actix_web::test]
async fn no_list_and_no_search_shows_anything_of_another_institution() {
    let scene = Scene::begin().await;
    let traces = scene.foreign.traces();
    for entry in table().iter().filter(|entry| entry.method == "GET") {
        let Access::May(permission) = entry.access else {
            continue;
        };
        if entry.path.contains('{') {
            continue;
        }
        for (role, who) in scene
            .strangers
            .iter()
            .filter(|(role, _)| role.may(permission))
        {
            let searched = format!("{}?cari={}", entry.path, scene.foreign.submission_number);
            for address in [entry.path.to_owned(), searched] {
                let page = who.get(&address).await.text().await.unwrap();
                // The search term itself is shown in its field again.
                let page = page.replace(
                    &format!("value=\"{}\"", scene.foreign.submission_number),
                    "",
                );
                for trace in &traces {
                    assert!(!page.contains(trace), "{role}: {address} shows {trace}");
                }
            }
        }
    }
}

#[actix_web::test]
async fn a_file_cannot_answer_what_another_institution_received() {
    let scene = Scene::begin().await;
    let before = scene.state();
    let form = format!("/pengiriman/baru/{}/{DATASET}", scene.own.agreement.id);
    let mut answers = Vec::new();
    for delivery in [scene.foreign.delivery.clone(), form_key()] {
        let key = form_key();
        let fields = [("kunci", key.as_str()), ("penyerahan", &delivery)];
        let file = csv([good_row(9)]);
        let answer = scene
            .lead()
            .upload(&form, "kursus.csv", file, &fields)
            .await;
        assert_eq!(answer.status(), 409);
        answers.push(answer.text().await.unwrap());
    }
    assert_eq!(answers[0], answers[1]);
    scene.is_still(&before, "a file");
}

#[actix_web::test]
async fn a_lead_pic_invites_to_the_own_institution_whatever_is_posted() {
    let scene = Scene::begin().await;
    let form = Nomination {
        nip: "198906142012121905",
        ..nomination(&scene.foreign.partner)
    };
    let answer = nominate(scene.lead(), "/pic/baru", &form).await;
    assert_eq!(answer.status(), 303);
    let account = scene.app.account_of(form.nip).unwrap();
    assert_eq!(account.institution_id, scene.own.partner.id);
}
