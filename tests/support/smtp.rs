//! A real SMTP server process (aiosmtpd, a Debian package) that tests mail to.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde::Deserialize;
use tempfile::TempDir;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/smtp_server.py");

/// Whom the secured server lets in.
pub const LOGIN: (&str, &str) = ("portal", "sandi-uji");

/// A mail server on a port of its own. It keeps port and mail while it is
/// stopped and ends when it is dropped or the test process ends.
pub struct SmtpServer {
    process: Option<Child>,
    port: u16,
    mail: TempDir,
    security: Option<TempDir>,
}

/// A message as the server took and decoded it.
#[derive(Debug, Deserialize)]
pub struct Message {
    /// The envelope's sender.
    pub sender: String,
    /// The envelope's recipients.
    pub recipients: Vec<String>,
    /// The plain text, decoded.
    pub text: Option<String>,
    /// The HTML, decoded.
    pub html: Option<String>,
    headers: Vec<(String, String)>,
}

impl Message {
    /// The decoded value of a header, such as `Subject` or `Message-ID`.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(it, _)| it.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

impl SmtpServer {
    /// Starts a server without encryption or login.
    pub fn start() -> Self {
        Self::launch(None)
    }

    /// Starts a server that takes mail only after STARTTLS and a login as `LOGIN`.
    pub fn start_secured() -> Self {
        Self::launch(Some(self_signed_certificate()))
    }

    /// The port on 127.0.0.1, the same after a stop.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The secured server's certificate for `localhost`, in PEM.
    pub fn certificate(&self) -> Option<Vec<u8>> {
        let folder = self.security.as_ref()?;
        Some(std::fs::read(folder.path().join("certificate.pem")).unwrap())
    }

    /// Ends the process at once, as a crash would; connections are refused from then on.
    pub fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    /// Starts the stopped server again on the same port with the mail that it has.
    pub fn start_again(&mut self) {
        self.stop();
        let mut process = self.command().spawn().unwrap();
        let mut port = String::new();
        let output = process.stdout.take().unwrap();
        BufReader::new(output).read_line(&mut port).unwrap();
        self.process = Some(process);
        self.port = port
            .trim()
            .parse()
            .expect("aiosmtpd did not start; ./check installs it");
    }

    /// The mail taken so far, the oldest first.
    pub fn messages(&self) -> Vec<Message> {
        let files = std::fs::read_dir(self.mail.path()).unwrap();
        let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|it| it == "json"));
        paths.sort();
        paths.iter().map(|path| read_message(path)).collect()
    }

    fn launch(security: Option<TempDir>) -> Self {
        let mut server = Self {
            process: None,
            port: 0,
            mail: tempfile::tempdir().unwrap(),
            security,
        };
        server.start_again();
        server
    }

    fn command(&self) -> Command {
        let python = std::env::var("PADAN_TEST_PYTHON").unwrap_or("/usr/bin/python3".to_owned());
        let mut command = Command::new(python);
        command
            .arg(SCRIPT)
            .arg(self.mail.path())
            .arg(self.port.to_string());
        if let Some(folder) = &self.security {
            let files = ["certificate.pem", "key.pem"];
            command.args(files.map(|file| folder.path().join(file)));
            command.args([LOGIN.0, LOGIN.1]);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        command
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        self.stop();
    }
}

fn read_message(path: &Path) -> Message {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// Makes `certificate.pem` and `key.pem` for `localhost`, good for a day.
fn self_signed_certificate() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new("openssl")
        .args("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes".split(' '))
        .args("-days 1 -subj /CN=localhost -addext subjectAltName=DNS:localhost".split(' '))
        .args("-addext basicConstraints=critical,CA:FALSE".split(' '))
        .args("-keyout key.pem -out certificate.pem".split(' '))
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "openssl made no certificate");
    folder
}
