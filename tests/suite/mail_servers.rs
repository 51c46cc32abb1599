//! The mail servers that tests deliver to do what their names say.

use std::time::Duration;

use actix_web::rt::time::timeout;
use lettre::message::header::MessageId;
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::support::smtp::{LOGIN, SmtpServer};
use crate::support::smtp_sink::{Fault, SmtpSink};

type Transport = AsyncSmtpTransport<Tokio1Executor>;

fn plain(port: u16) -> Transport {
    Transport::builder_dangerous("127.0.0.1").port(port).build()
}

/// A transport that insists on STARTTLS with the server's own certificate.
fn secured(server: &SmtpServer, password: &str) -> Transport {
    let certificate = Certificate::from_pem(&server.certificate().unwrap()).unwrap();
    let tls = TlsParameters::builder("localhost".to_owned()).add_root_certificate(certificate);
    Transport::builder_dangerous("localhost")
        .port(server.port())
        .tls(Tls::Required(tls.build().unwrap()))
        .credentials(Credentials::new(LOGIN.0.to_owned(), password.to_owned()))
        .build()
}

fn letter(subject: &str) -> Message {
    let to: Mailbox = "Pejabat Uji <pejabat@instansi.example>".parse().unwrap();
    Message::builder()
        .from("Padan <portal@padan.example>".parse().unwrap())
        .to(to)
        .subject(subject)
        .header(MessageId::from("<surat-1@padan.example>".to_owned()))
        .multipart(MultiPart::alternative_plain_html(
            "Pukul 10.00 – selesai".to_owned(),
            "<p>Pukul 10.00 – selesai</p>".to_owned(),
        ))
        .unwrap()
}

async fn send(transport: &Transport, subject: &str) -> Result<(), Error> {
    transport.send(letter(subject)).await.map(drop)
}

#[actix_web::test]
async fn the_server_takes_a_letter_and_shows_what_was_in_it() {
    let server = SmtpServer::start();
    send(&plain(server.port()), "Tenggat – tiga hari lagi")
        .await
        .unwrap();
    let messages = server.messages();
    let [message] = messages.as_slice() else {
        panic!("{messages:?}")
    };
    assert_eq!(message.sender, "portal@padan.example");
    assert_eq!(message.recipients, ["pejabat@instansi.example"]);
    assert_eq!(message.header("subject"), Some("Tenggat – tiga hari lagi"));
    assert_eq!(
        message.header("Message-ID"),
        Some("<surat-1@padan.example>")
    );
    assert_eq!(
        message.text.as_deref().map(str::trim),
        Some("Pukul 10.00 – selesai")
    );
    assert_eq!(
        message.html.as_deref().map(str::trim),
        Some("<p>Pukul 10.00 – selesai</p>")
    );
}

#[actix_web::test]
async fn a_stopped_server_refuses_and_comes_back_on_its_port_with_its_mail() {
    let mut server = SmtpServer::start();
    let (port, transport) = (server.port(), plain(server.port()));
    send(&transport, "sebelum").await.unwrap();
    server.stop();
    assert!(
        send(&transport, "selama")
            .await
            .unwrap_err()
            .status()
            .is_none()
    );
    server.start_again();
    send(&transport, "sesudah").await.unwrap();
    assert_eq!(server.port(), port);
    let messages = server.messages();
    let subjects: Vec<_> = messages
        .iter()
        .map(|it| it.header("subject").unwrap())
        .collect();
    assert_eq!(subjects, ["sebelum", "sesudah"]);
}

#[actix_web::test]
async fn the_secured_server_takes_mail_after_starttls_and_the_right_password_only() {
    let server = SmtpServer::start_secured();
    assert!(
        send(&plain(server.port()), "tanpa enkripsi")
            .await
            .unwrap_err()
            .is_permanent()
    );
    assert!(
        send(&secured(&server, "keliru"), "salah sandi")
            .await
            .unwrap_err()
            .is_permanent()
    );
    send(&secured(&server, LOGIN.1), "aman").await.unwrap();
    assert_eq!(server.messages().len(), 1);
}

#[actix_web::test]
async fn the_sink_takes_mail_when_it_has_no_fault() {
    let sink = SmtpSink::start(Fault::None);
    send(&plain(sink.port()), "diterima").await.unwrap();
    assert!(sink.seen().taken.concat().contains("Subject: diterima"));
}

#[actix_web::test]
async fn the_sink_puts_off_the_first_messages_only() {
    let sink = SmtpSink::start(Fault::PutOffFirst(1));
    let transport = plain(sink.port());
    assert!(
        send(&transport, "pertama")
            .await
            .unwrap_err()
            .is_transient()
    );
    send(&transport, "kedua").await.unwrap();
    assert_eq!((sink.seen().offered, sink.seen().taken.len()), (2, 1));
}

#[actix_web::test]
async fn the_sink_refuses_recipients_for_good() {
    let sink = SmtpSink::start(Fault::RefuseRecipient);
    assert!(
        send(&plain(sink.port()), "ditolak")
            .await
            .unwrap_err()
            .is_permanent()
    );
    assert!(sink.seen().taken.is_empty());
}

#[actix_web::test]
async fn the_sink_can_take_a_message_and_never_say_so() {
    let sink = SmtpSink::start(Fault::DropAfterData);
    assert!(
        send(&plain(sink.port()), "terputus")
            .await
            .unwrap_err()
            .status()
            .is_none()
    );
    assert_eq!(sink.seen().taken.len(), 1);
}

#[actix_web::test]
async fn the_sink_can_stay_silent_longer_than_any_sender_waits() {
    let sink = SmtpSink::start(Fault::Silence);
    let transport = plain(sink.port());
    // lettre's own time limit ends with the connection being made.
    let waited = timeout(Duration::from_secs(1), send(&transport, "diam")).await;
    assert!(waited.is_err());
    assert_eq!(sink.seen().offered, 0);
}
