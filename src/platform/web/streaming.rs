//! Downloads that are written while they are sent: memory stays flat, and a
//! slow reader slows the writer down.

use actix_web::web::Bytes;
use actix_web::{HttpResponse, HttpResponseBuilder};
use futures_util::{Stream, stream};
use std::io::{self, Read, Write};
use tokio::sync::mpsc;

/// Bytes of one piece.
const PIECE: usize = 64 * 1024;
/// Pieces that may wait for the reader.
const WAITING: usize = 4;

type Piece = Result<Bytes, io::Error>;

/// Answers with what `write` writes, on a thread that may wait. When it fails
/// half-way the answer breaks off, so that nobody takes a part for the whole.
pub fn streamed(
    mut response: HttpResponseBuilder,
    write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()> + Send + 'static,
) -> HttpResponse {
    let (sender, receiver) = mpsc::channel::<Piece>(WAITING);
    actix_web::rt::task::spawn_blocking(move || {
        let mut out = io::BufWriter::with_capacity(PIECE, Sending(sender.clone()));
        let written = write(&mut out).and_then(|()| out.flush());
        if let Err(error) = written {
            tracing::warn!(%error, "a download broke off");
            // The reader may be gone, which is the most common reason.
            let _ = sender.blocking_send(Err(error));
        }
    });
    response.streaming(pieces(receiver))
}

/// Answers with a file that is at hand.
pub fn streamed_file(response: HttpResponseBuilder, mut file: std::fs::File) -> HttpResponse {
    streamed(response, move |out| {
        let mut piece = vec![0; PIECE];
        loop {
            let read = file.read(&mut piece)?;
            if read == 0 {
                return Ok(());
            }
            out.write_all(piece.get(..read).unwrap_or_default())?;
        }
    })
}

fn pieces(receiver: mpsc::Receiver<Piece>) -> impl Stream<Item = Piece> {
    stream::unfold(receiver, |mut receiver| async {
        let piece = receiver.recv().await?;
        Some((piece, receiver))
    })
}

struct Sending(mpsc::Sender<Piece>);

impl Write for Sending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .blocking_send(Ok(Bytes::copy_from_slice(bytes)))
            .map_err(|gone| io::Error::new(io::ErrorKind::BrokenPipe, gone))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
