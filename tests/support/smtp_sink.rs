//! An SMTP server inside the test process that misbehaves on request.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What goes wrong, and when.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fault {
    /// Nothing: the mail is taken.
    None,
    /// The first so many messages are put off with 450.
    PutOffFirst(usize),
    /// Every recipient is refused with 550, for good.
    RefuseRecipient,
    /// The message is stored, then the connection ends before the answer.
    DropAfterData,
    /// The message is stored at once, but the answer takes this many milliseconds.
    SlowToConfirm(u64),
    /// The message is wanted only after this many milliseconds.
    SlowToBegin(u64),
    /// The message is heard to its end and refused with 554.
    RefuseMessage,
    /// Connections are accepted, but nothing is ever said.
    Silence,
}

/// What the sink has seen so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seen {
    /// The messages taken, each as sent: headers and body, undecoded.
    pub taken: Vec<String>,
    /// How often a message was offered (`MAIL FROM`), taken or not.
    pub offered: usize,
}

/// A listening sink; its threads end with the test process.
pub struct SmtpSink {
    port: u16,
    seen: Arc<Mutex<Seen>>,
}

impl SmtpSink {
    /// Listens on a free port of 127.0.0.1 and answers with the fault.
    pub fn start(fault: Fault) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::<Mutex<Seen>>::default();
        let shared = seen.clone();
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let seen = shared.clone();
                std::thread::spawn(move || converse(&connection, fault, &seen));
            }
        });
        Self { port, seen }
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What the sink has seen so far.
    pub fn seen(&self) -> Seen {
        self.seen.lock().unwrap().clone()
    }
}

/// Answers one connection until either side ends it.
fn converse(connection: &TcpStream, fault: Fault, seen: &Mutex<Seen>) -> std::io::Result<()> {
    let mut lines = BufReader::new(connection).lines();
    if fault == Fault::Silence {
        lines.by_ref().for_each(drop);
        return Ok(());
    }
    say(connection, "220 sink")?;
    while let Some(line) = lines.next() {
        let line = line?.to_ascii_uppercase();
        if line == "DATA" {
            if let Fault::SlowToBegin(milliseconds) = fault {
                std::thread::sleep(std::time::Duration::from_millis(milliseconds));
            }
            say(connection, "354 go on")?;
            let mut ended = false;
            let message = lines.by_ref().map_while(Result::ok);
            let message: Vec<String> = message
                .take_while(|line| {
                    ended = line == ".";
                    !ended
                })
                .collect();
            if !ended {
                break;
            }
            if fault != Fault::RefuseMessage {
                seen.lock().unwrap().taken.push(message.join("\n"));
            }
            if let Fault::SlowToConfirm(milliseconds) = fault {
                std::thread::sleep(std::time::Duration::from_millis(milliseconds));
            }
            if fault == Fault::DropAfterData {
                return connection.shutdown(std::net::Shutdown::Both);
            }
        }
        say(connection, answer(&line, fault, &mut seen.lock().unwrap()))?;
        if line == "QUIT" {
            break;
        }
    }
    Ok(())
}

/// The answer to a command, counting the messages that are offered.
fn answer(line: &str, fault: Fault, seen: &mut Seen) -> &'static str {
    let offers = line.starts_with("MAIL");
    seen.offered += usize::from(offers);
    match fault {
        Fault::PutOffFirst(count) if offers && seen.offered <= count => "450 later",
        Fault::RefuseRecipient if line.starts_with("RCPT") => "550 no such mailbox",
        Fault::RefuseMessage if line == "DATA" => "554 not this",
        _ if line == "QUIT" => "221 bye",
        _ => "250 ok",
    }
}

fn say(mut connection: &TcpStream, line: &str) -> std::io::Result<()> {
    connection.write_all(format!("{line}\r\n").as_bytes())
}
