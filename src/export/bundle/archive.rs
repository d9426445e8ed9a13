//! A ZIP that leaves while it is made: what is finished is passed on, and only the entry being written
//! stands in memory, because its size and checksum belong before it. An archive whose entries say
//! their size first can be unpacked by every program, also while it is still arriving.

use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{Datelike, NaiveDate};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A ZIP in the making.
pub(super) struct Archive<W: Write> {
    writer: Option<ZipWriter<Held<W>>>,
    /// Nobody wants the rest: a writer that is dropped would else try to end the archive.
    abandoned: Arc<AtomicBool>,
}

impl<W: Write> Archive<W> {
    /// An empty archive.
    pub(super) fn new(out: W) -> Self {
        let abandoned = Arc::new(AtomicBool::new(false));
        let held = Held { out, passed_on: 0, held: Cursor::default(), abandoned: Arc::clone(&abandoned) };
        let mut writer = ZipWriter::new(held);
        writer.set_flush_on_finish_file(true);
        Self { writer: Some(writer), abandoned }
    }

    /// Adds a PDF as it is: it is deflated already.
    pub(super) fn pdf(&mut self, name: &str, dated: Option<NaiveDate>, pdf: &[u8]) -> io::Result<()> {
        self.entry(name, dated, CompressionMethod::Stored, pdf)
    }

    /// Adds a text, deflated.
    pub(super) fn text(&mut self, name: &str, dated: NaiveDate, text: &str) -> io::Result<()> {
        self.entry(name, Some(dated), CompressionMethod::Deflated, text.as_bytes())
    }

    fn entry(
        &mut self,
        name: &str,
        dated: Option<NaiveDate>,
        method: CompressionMethod,
        bytes: &[u8],
    ) -> io::Result<()> {
        let Some(writer) = &mut self.writer else { return Ok(()) };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(midnight(dated))
            .unix_permissions(0o644);
        writer.start_file(name, options)?;
        writer.write_all(bytes)
    }

    /// Ends the archive.
    pub(super) fn finish(mut self) -> io::Result<W> {
        let Some(writer) = self.writer.take() else { return Err(io::ErrorKind::BrokenPipe.into()) };
        let mut held = writer.finish()?;
        held.flush()?;
        held.out.flush()?;
        Ok(held.out)
    }
}

impl<W: Write> Drop for Archive<W> {
    fn drop(&mut self) {
        self.abandoned.store(true, Ordering::Relaxed);
    }
}

/// The beginning of a paper's day; a ZIP knows no day before 1980.
fn midnight(dated: Option<NaiveDate>) -> DateTime {
    let of = |day: NaiveDate| {
        let (month, of_month) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
        DateTime::from_date_and_time(u16::try_from(day.year()).ok()?, month, of_month, 0, 0, 0).ok()
    };
    dated.and_then(of).unwrap_or_default()
}

/// Holds an entry back until it is complete.
struct Held<W: Write> {
    out: W,
    passed_on: u64,
    held: Cursor<Vec<u8>>,
    abandoned: Arc<AtomicBool>,
}

/// `ZipWriter` asks for it where it lets an entry leave; it reads nothing.
impl<W: Write> Read for Held<W> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.held.read(bytes)
    }
}

impl<W: Write> Write for Held<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.abandoned.load(Ordering::Relaxed) {
            return Ok(());
        }
        self.out.write_all(self.held.get_ref())?;
        self.passed_on += self.held.get_ref().len() as u64;
        self.held.get_mut().clear();
        self.held.set_position(0);
        Ok(())
    }
}

impl<W: Write> Seek for Held<W> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match to {
            SeekFrom::Start(at) => SeekFrom::Start(at.checked_sub(self.passed_on).ok_or_else(|| {
                io::Error::new(io::ErrorKind::Unsupported, "this part of the archive has left already")
            })?),
            other => other,
        };
        Ok(self.held.seek(to)? + self.passed_on)
    }
}
