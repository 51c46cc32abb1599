//! The real program beside a test, on the test's database and files.

use secrecy::ExposeSecret;
use std::net::TcpListener;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use super::{Actor, TestApp};
use padan::accounts::Account;
use padan::platform::clock::Clock;

/// A portal that serves in a process of its own, killed when it is dropped.
pub struct Program {
    /// Where it answers.
    pub address: String,
    child: Option<Child>,
}

/// The present, for tests of a program that reads the real clock.
pub fn present() -> String {
    Clock::system().now().utc().to_rfc3339()
}

impl TestApp {
    /// Starts the portal as `wrapper` wants it (`strace …`, `sh -c …`), or as it
    /// is, and waits until it answers.
    pub async fn program(&self, wrapper: &[&str]) -> Program {
        let storage = &self.parts.config.storage;
        let mut words = wrapper.iter().copied().map(str::to_owned);
        let program = storage.program.display().to_string();
        let mut command = match words.next() {
            Some(first) => Command::new(first),
            None => Command::new(&program),
        };
        command.args(words);
        if !wrapper.is_empty() {
            command.arg(&program);
        }
        let listen = format!("127.0.0.1:{}", free_port());
        command
            .arg("serve")
            .env("PADAN_DATABASE_URL", storage.database_url.expose_secret())
            .env("PADAN_DATA_DIR", &storage.data_dir)
            .env("PADAN_LISTEN", &listen);
        Program::start(command, &listen).await
    }
}

/// A port that nothing listens on.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

impl Program {
    /// Starts a command that serves on an address, and waits until it answers.
    pub async fn start(mut command: Command, listen: &str) -> Self {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let program = Self {
            address: format!("http://{listen}"),
            child: Some(command.spawn().unwrap()),
        };
        let address = format!("{}/sehat", program.address);
        let start = Instant::now();
        while reqwest::get(&address).await.is_err() {
            assert!(start.elapsed() < Duration::from_secs(60), "no answer");
            actix_web::rt::time::sleep(Duration::from_millis(50)).await;
        }
        program
    }

    /// Signs a person in at this program.
    pub async fn sign_in(&self, account: &Account) -> Actor {
        let actor = Actor::new(&self.address);
        let fields = [("nip", account.nip.as_str()), ("sandi", TestApp::PASSWORD)];
        assert_eq!(actor.post("/masuk", &fields).await.status(), 303);
        actor
    }

    /// The process's number.
    pub fn id(&self) -> u32 {
        self.child.as_ref().unwrap().id()
    }

    /// Waits until the program has ended; what it said.
    pub fn ended(mut self) -> Output {
        self.child.take().unwrap().wait_with_output().unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }
}

/// Sends a signal, such as `TERM`, to a process.
pub fn send_signal(signal: &str, process: u32) {
    let sent = Command::new("kill")
        .args(["-s", signal, &process.to_string()])
        .status()
        .unwrap();
    assert!(sent.success());
}
