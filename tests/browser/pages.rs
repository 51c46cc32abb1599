//! Every page that somebody can reach in the demo, found by following links as a
//! person would, on a desktop and on a phone.

use std::collections::{HashMap, HashSet, VecDeque};

use actix_web::http::Method;
use padan::accounts::{Access, Role};
use padan::routes::{self, Entry};

use crate::demo;
use crate::page_checks::assert_sound;
use crate::session::{Browser, DESKTOP, PHONE};
use crate::support::TestApp;

/// Ways that give no page: files, parts of pages, and what leads elsewhere.
const NO_PAGES: &[&str] = &[
    "/",
    "/ikhtisar.csv",
    "/jejak-audit/unduh",
    "/laporan/{letter}/berkas/{report}",
    "/pengiriman/templat/{agreement}/{dataset}",
    "/pengiriman/{submission}/versi/{n}/banding.csv",
    "/pengiriman/{submission}/versi/{n}/berkas",
    "/pengiriman/{submission}/versi/{n}/bertanda.csv",
    "/pengiriman/{submission}/versi/{n}/bertanda.xlsx",
    "/pengiriman/{submission}/versi/{n}/kemajuan",
    "/pengiriman/{submission}/versi/{n}/temuan.csv",
    "/perjanjian/{id}/laporan/{report}/berkas",
    "/referensi/{list}/unduh",
    "/register/muat/{import}/kemajuan",
    "/register/muat/{import}/tidak-dimuat",
    "/statis/{name:.*}",
    "/sehat",
    "/set-data/{dataset}/contoh.csv",
    "/set-data/{dataset}/contoh.xlsx",
    "/set-data/{dataset}/templat",
    "/tinjauan/{submission}/versi/{n}/berkas",
    "/tinjauan/{submission}/versi/{n}/ekspor",
    "/pks",
    "/ujicoba/{rehearsal}/unduh",
    "/unit-kerja/{agreement}/unduh",
];

/// What stands in an address without being a filter.
const OPENING: &[&str] = &["tab=", "dengan=", "aturan=", "kode=", "keadaan=berakhir"];

/// How many pages of a kind are looked at: versions come in many states.
fn enough(entry: &Entry) -> usize {
    if entry.path.ends_with("/versi/{n}") {
        3
    } else {
        1
    }
}

/// Every address that the page links to within the portal, without its part.
const LINKS: &str = "
    return [...document.querySelectorAll('a[href]:not([download])')]
        .filter((it) => it.origin === location.origin)
        .map((it) => it.pathname + it.search);";

/// The GET entry of the table that answers a path.
fn entry<'a>(table: &'a [Entry], path: &str) -> Option<&'a Entry> {
    let gets = table.iter().filter(|entry| entry.method == Method::GET);
    let fits = |entry: &&Entry| entry.path.split('/').count() == path.split('/').count();
    let same = |entry: &&Entry| {
        let pairs = entry.path.split('/').zip(path.split('/'));
        pairs.into_iter().all(|(a, b)| a == b || a.starts_with('{'))
    };
    // A path without a parameter goes before one with.
    gets.filter(fits)
        .filter(same)
        .min_by_key(|entry| entry.path.matches('{').count())
}

fn is_open_to(entry: &Entry, role: Role) -> bool {
    match entry.access {
        Access::Public => false,
        Access::SignedIn => true,
        Access::May(permission) | Access::Fresh(permission) => role.may(permission),
        Access::Upload => false,
    }
}

/// What a page is one of: its route, and its tab where it has tabs.
fn kind(entry: &Entry, address: &str) -> String {
    let tab = address.split_once("?tab=").map_or("", |(_, tab)| tab);
    format!("{} {tab}", entry.path)
}

/// Somebody of the demo who clicks on everything.
struct Walker<'a> {
    browser: &'a mut Browser,
    app: &'a TestApp,
    table: Vec<Entry>,
    role: Role,
    waiting: VecDeque<String>,
    /// More of kinds that were looked at enough: ways on, when some kind is missed.
    spare: VecDeque<String>,
    known: HashSet<String>,
    seen: HashMap<String, usize>,
}

impl Walker<'_> {
    /// Takes up the links of the page that are of a kind not looked at enough.
    ///
    /// A mail that is shown to BKN leads where its recipient may go.
    async fn gather(&mut self) {
        let is_mail = self.browser.path().await.starts_with("/surel/");
        let links = self.browser.client.execute(LINKS, vec![]).await.unwrap();
        let links: Vec<String> = serde_json::from_value(links).unwrap();
        for link in links {
            let (path, query) = link.split_once('?').unwrap_or((&link, ""));
            let Some(entry) = entry(&self.table, path) else {
                panic!("a link leads nowhere: {link}");
            };
            let opens = OPENING.iter().any(|it| query.starts_with(it));
            let is_filter = !query.is_empty() && !opens;
            let is_others = is_mail && !is_open_to(entry, self.role);
            if NO_PAGES.contains(&entry.path) || is_filter || is_others {
                continue;
            }
            if !self.known.insert(link.clone()) {
                continue;
            }
            let seen = self.seen.entry(kind(entry, &link)).or_default();
            if *seen < enough(entry) {
                *seen += 1;
                self.waiting.push_back(link);
            } else {
                self.spare.push_back(link);
            }
        }
    }

    async fn walk(&mut self) {
        self.gather().await;
        loop {
            while let Some(address) = self.waiting.pop_front() {
                self.visit(&address).await;
                for viewport in [PHONE, DESKTOP] {
                    self.browser.resize(viewport).await;
                    assert_sound(self.browser).await;
                }
                self.gather().await;
            }
            if missed(self.role, &self.reached()).is_empty() {
                return;
            }
            let Some(address) = self.spare.pop_front() else {
                return;
            };
            self.visit(&address).await;
            self.gather().await;
        }
    }

    async fn visit(&self, address: &str) {
        let address = format!("{}{address}", self.app.address);
        self.browser.visit(&address).await;
    }

    /// The routes to which a link was found.
    fn reached(&self) -> HashSet<&'static str> {
        let links = self.known.iter();
        let entries = links.filter_map(|link| entry(&self.table, link.split('?').next()?));
        entries.map(|entry| entry.path).collect()
    }
}

/// Walks on from the page that is shown; the routes that were reached.
async fn everything_reached(
    browser: &mut Browser,
    app: &TestApp,
    role: Role,
) -> HashSet<&'static str> {
    let first = browser.path().await;
    let mut walker = Walker {
        browser,
        app,
        table: routes::table(),
        role,
        waiting: VecDeque::from([first]),
        spare: VecDeque::new(),
        known: HashSet::new(),
        seen: HashMap::new(),
    };
    walker.walk().await;
    walker.reached()
}

/// What a role may open but has found no link to, among the pages.
fn missed(role: Role, reached: &HashSet<&str>) -> Vec<&'static str> {
    let table = routes::table().into_iter();
    table
        .filter(|entry| entry.method == Method::GET && is_open_to(entry, role))
        .map(|entry| entry.path)
        .filter(|path| !NO_PAGES.contains(path))
        .filter(|path| !reached.contains(path))
        .collect()
}

async fn walk_through_the_demo(role: Role, institution: &str) {
    let app = demo::with_work_in_hand().await;
    let mut browser = Browser::open(DESKTOP).await;
    demo::enter(&browser, &app, role, institution).await;
    let reached = everything_reached(&mut browser, &app, role).await;
    let missed = missed(role, &reached);
    assert!(missed.is_empty(), "{role} finds no link to {missed:#?}");
}

// A test for each role, so that they walk side by side.

#[actix_web::test]
async fn every_page_that_an_administrator_can_reach_is_sound() {
    walk_through_the_demo(Role::Admin, "BKN").await;
}

#[actix_web::test]
async fn every_page_that_a_verifier_can_reach_is_sound() {
    walk_through_the_demo(Role::Verifier, "BKN").await;
}

#[actix_web::test]
async fn every_page_that_an_auditor_can_reach_is_sound() {
    walk_through_the_demo(Role::Auditor, "BKN").await;
}

#[actix_web::test]
async fn every_page_that_a_lead_pic_can_reach_is_sound() {
    walk_through_the_demo(Role::LeadPic, "LAN").await;
}

#[actix_web::test]
async fn every_page_that_a_pic_can_reach_is_sound() {
    walk_through_the_demo(Role::Pic, "LAN").await;
}

#[actix_web::test]
async fn every_page_that_an_observer_can_reach_is_sound() {
    walk_through_the_demo(Role::Observer, "LAN").await;
}
