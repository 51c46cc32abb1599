//! `cargo bench --bench signed_in`: requests a second of a signed-in page of 50
//! rows beside a bare page of actix-web, diesel and askama with as many rows, in
//! turns, each served by a process of its own with two workers, on SQLite.
//!
//! `PADAN_BENCH_SECONDS` (4) a turn, `PADAN_BENCH_ROUNDS` (3).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "a bench"
)]

mod bare;
mod load;
#[path = "../../tests/support/mod.rs"]
mod support;

use load::Served;
use padan::accounts::Role;
use padan::audit::{self, Entry, SYSTEM};
use padan::platform::db;
use serde_json::json;
use std::process::{Child, Command};
use support::program::{free_port, present};
use support::{Actor, TestApp};

/// Events on the trail: more than a page.
const EVENTS: usize = 1_000;
const PAGE: &str = "/jejak-audit";

#[actix_web::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["bare", address, file] => bare::serve(address, file).await,
        _ => compare().await,
    }
}

async fn compare() {
    let app = TestApp::start(&present()).await;
    leave_trail(&app);
    let admin = app.account(&app.home(), Role::Admin);
    // Nobody reads its log: a full pipe would hold it up.
    let program = app.program(&["env", "PADAN_LOG=error"]).await;
    let fields = [("nip", admin.nip.as_str()), ("sandi", TestApp::PASSWORD)];
    let answer = Actor::new(&program.address).post("/masuk", &fields).await;
    let cookies = answer.headers().get_all("set-cookie").into_iter();
    let cookies = cookies.filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
    let cookies: Vec<&str> = cookies.collect();
    let portal = Served {
        address: program.address.replace("http://", ""),
        path: PAGE,
        cookie: cookies.join("; "),
    };
    let bare = Bare::start(app.folder());
    measure(&bare.served(), &portal);
}

fn leave_trail(app: &TestApp) {
    let partner = app.partner("Lembaga Tirta Raya");
    let conn = &mut *app.db.connection().unwrap();
    let event = |_| Entry {
        actor: SYSTEM.to_owned(),
        institution: Some(partner.id.to_string()),
        action: "submissions.uploaded",
        subject: ("submission", partner.id.to_string()),
        detail: json!({ "rows": 12 }),
    };
    db::transaction(conn, |conn| {
        let mut events = (0..EVENTS).map(event);
        events.try_for_each(|entry| audit::record(conn, entry, app.clock.now()))
    })
    .unwrap();
}

fn measure(bare: &Served, portal: &Served) {
    let rounds = setting("PADAN_BENCH_ROUNDS", 3);
    let seconds = setting("PADAN_BENCH_SECONDS", 4);
    let (mut ratios, mut lines) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let (plain, own) = (load::run(bare, seconds), load::run(portal, seconds));
        ratios.push(own.a_second / plain.a_second);
        lines.push((plain, own));
    }
    println!(
        "| page | bytes | requests/s | p50 ms | p99 ms |\n| --- | ---: | ---: | ---: | ---: |"
    );
    for (plain, own) in &lines {
        plain.print("bare");
        own.print("signed in");
    }
    ratios.sort_by(f64::total_cmp);
    println!(
        "\nsigned in / bare: {:.2} (median of {rounds})",
        ratios[ratios.len() / 2]
    );
}

/// The bare page in a process of its own, killed when it is dropped.
struct Bare {
    address: String,
    child: Child,
}

impl Bare {
    fn start(folder: &std::path::Path) -> Self {
        let address = format!("127.0.0.1:{}", free_port());
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["bare", &address])
            .arg(folder.join("bare.db"))
            .spawn()
            .unwrap();
        while std::net::TcpStream::connect(&address).is_err() {
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        Self { address, child }
    }

    fn served(&self) -> Served {
        Served {
            address: self.address.clone(),
            path: "/",
            cookie: String::new(),
        }
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn setting(name: &str, otherwise: u64) -> u64 {
    let set = std::env::var(name).ok();
    set.map_or(otherwise, |text| text.parse().expect(name))
}
