//! A body that is written while it is read: the printing thread puts pieces into a short queue and
//! waits when it is full; once the reader is gone, the next piece fails and the printing stops.

use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::body::{BodySize, MessageBody};
use actix_web::web::Bytes;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{self, Receiver, Sender};

/// Size of a piece.
const PIECE: usize = 64 * 1024;
/// Pieces that wait to be read.
const QUEUE: usize = 4;
/// How long a reader may pause before it is taken for gone: it holds a place in the queue of bundles.
const STALLED: Duration = Duration::from_secs(300);

enum Piece {
    Bytes(Bytes),
    /// The body is complete. Without it the connection is broken off, so that no browser takes half an
    /// archive for a whole one.
    End,
}

/// The two ends of a body.
pub fn body(runtime: Handle) -> (Writing, Reading) {
    let (to, from) = mpsc::channel(QUEUE);
    let writing = Writing { to, runtime, piece: Vec::with_capacity(PIECE) };
    (writing, Reading { from, complete: false })
}

/// The end that is written to, on a thread of its own.
pub struct Writing {
    to: Sender<Piece>,
    runtime: Handle,
    piece: Vec<u8>,
}

impl Writing {
    /// Whether anybody still reads.
    pub fn watch(&self) -> Watch {
        Watch(self.to.clone().downgrade())
    }

    /// Says that the body is complete.
    ///
    /// # Errors
    /// When nobody reads any more.
    pub fn end(mut self) -> io::Result<()> {
        self.send_piece()?;
        self.send(Piece::End)
    }

    fn send_piece(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE));
        self.send(Piece::Bytes(Bytes::from(piece)))
    }

    fn send(&self, piece: Piece) -> io::Result<()> {
        let sent = self.runtime.block_on(async { tokio::time::timeout(STALLED, self.to.send(piece)).await });
        match sent {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(io::ErrorKind::BrokenPipe.into()),
            Err(_) => Err(io::ErrorKind::TimedOut.into()),
        }
    }
}

impl Write for Writing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.piece.len() >= PIECE {
            self.send_piece()?;
        }
        let taken = bytes.len().min(PIECE - self.piece.len());
        self.piece.extend(bytes.iter().take(taken));
        Ok(taken)
    }

    /// Small pieces are gathered; the rest leaves with [`Writing::end`].
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Tells whether anybody still reads.
pub struct Watch(mpsc::WeakSender<Piece>);

impl Watch {
    /// The reader has gone.
    pub fn is_gone(&self) -> bool {
        self.0.upgrade().is_none_or(|to| to.is_closed())
    }
}

/// The end that the connection reads.
pub struct Reading {
    from: Receiver<Piece>,
    complete: bool,
}

impl MessageBody for Reading {
    type Error = io::Error;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        if self.complete {
            return Poll::Ready(None);
        }
        self.from.poll_recv(context).map(|piece| {
            self.complete = !matches!(piece, Some(Piece::Bytes(_)));
            match piece {
                Some(Piece::Bytes(bytes)) => Some(Ok(bytes)),
                Some(Piece::End) => None,
                None => Some(Err(io::ErrorKind::UnexpectedEof.into())),
            }
        })
    }
}
