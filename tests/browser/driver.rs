//! The chromedriver process of one browser.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

/// Runs the driver in a process group of its own and ends the whole group,
/// Chromium with it, as soon as its input closes: also when the test process
/// was killed and could tidy nothing up.
const UNTIL_INPUT_CLOSES: &str = r#""$0" --port=0 2>/dev/null & read -r _; kill -KILL 0"#;

/// A running chromedriver on a port that it chose itself; ends when dropped.
pub struct Driver {
    process: Child,
    port: u16,
    folder: TempDir,
}

impl Driver {
    /// Starts the driver and waits until it listens.
    pub fn start() -> Self {
        let path = from_environment("CHROMEDRIVER", "/usr/bin/chromedriver");
        let folder = tempfile::tempdir().unwrap();
        let mut process = Command::new("sh")
            .args(["-c", UNTIL_INPUT_CLOSES, &path])
            .env("TMPDIR", folder.path())
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        let port = output
            .lines()
            .find_map(|line| announced_port(&line.unwrap()))
            .unwrap_or_else(|| panic!("{path} did not start; ./check installs it"));
        Self {
            process,
            port,
            folder,
        }
    }

    /// A folder for the browser's files, removed with the driver.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Asks the driver to close its browsers and itself, and waits for its answer.
    fn shut_down(&self) -> std::io::Result<()> {
        let mut connection = TcpStream::connect(("127.0.0.1", self.port))?;
        connection.set_read_timeout(Some(Duration::from_secs(5)))?;
        connection.write_all(b"GET /shutdown HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
        connection.read(&mut [0; 512]).map(drop)
    }

    /// Where the driver takes WebDriver commands, without a slash at the end.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if let Err(fault) = self.shut_down() {
            eprintln!("chromedriver has to be killed: {fault}");
        }
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

/// The variable's value, or the place where Debian's package puts the program.
pub fn from_environment(variable: &str, default: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| default.to_owned())
}

fn announced_port(line: &str) -> Option<u16> {
    let (_, port) = line.split_once("started successfully on port ")?;
    port.trim_end_matches('.').parse().ok()
}
