//! The file as bytes: objects are written as soon as they are known and forgotten, so that a file of
//! hundreds of papers takes no more memory than its bytes. Version 1.4, as PDF/A-1 asks, with a
//! classic cross-reference table.

use std::fmt;
use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Object, StringFormat};
use sha2::{Digest, Sha256};

use super::PdfError;

/// The number of an object; prints as a reference to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Id(u32);

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} 0 R", self.0)
    }
}

/// A file in the making.
pub(super) struct File {
    bytes: Vec<u8>,
    /// Where each object begins; 0: not written yet.
    offsets: Vec<usize>,
}

impl File {
    /// Nothing but the header.
    pub(super) fn new() -> Self {
        // The second line tells programs that carry files about that this one is not text.
        Self { bytes: b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n".to_vec(), offsets: Vec::new() }
    }

    /// A number for an object that is written later.
    pub(super) fn reserve(&mut self) -> Id {
        self.offsets.push(0);
        Id(self.offsets.len() as u32)
    }

    /// Writes an object.
    pub(super) fn object(&mut self, id: Id, body: impl FnOnce(&mut Vec<u8>)) {
        if let Some(offset) = self.offsets.get_mut(id.0 as usize - 1) {
            *offset = self.bytes.len();
        }
        let _ = writeln!(self.bytes, "{} 0 obj", id.0);
        body(&mut self.bytes);
        self.bytes.extend_from_slice(b"\nendobj\n");
    }

    /// Writes a new object.
    pub(super) fn add(&mut self, body: impl FnOnce(&mut Vec<u8>)) -> Id {
        let id = self.reserve();
        self.object(id, body);
        id
    }

    /// Writes a stream with these entries in its dictionary, as it is.
    pub(super) fn stream(&mut self, id: Id, entries: &str, content: &[u8]) {
        self.object(id, |out| {
            let _ = writeln!(out, "<<{entries}/Length {}>>stream", content.len());
            out.extend_from_slice(content);
            out.extend_from_slice(b"\nendstream");
        });
    }

    /// Writes a stream deflated.
    pub(super) fn deflated(&mut self, id: Id, entries: &str, content: &[u8]) -> Result<(), PdfError> {
        let deflated = deflate(content, Compression::default())?;
        self.stream(id, &format!("{entries}/Filter/FlateDecode"), &deflated);
        Ok(())
    }

    /// Writes objects made elsewhere, which refer to each other by their places; answers the first.
    pub(super) fn embed(&mut self, objects: &[Object]) -> Id {
        let ids: Vec<Id> = objects.iter().map(|_| self.reserve()).collect();
        for (object, id) in objects.iter().zip(&ids) {
            self.object(*id, |out| push_object(out, object, &ids));
        }
        ids.first().copied().unwrap_or(Id(0))
    }

    /// The whole file. Its identity is the hash of what it holds.
    pub(super) fn finish(mut self, catalog: Id, info: Id) -> Vec<u8> {
        let hash = Sha256::digest(&self.bytes);
        let hash: String = hash.iter().take(16).map(|byte| format!("{byte:02X}")).collect();
        let start = self.bytes.len();
        let size = self.offsets.len() + 1;
        let out = &mut self.bytes;
        let _ = write!(out, "xref\n0 {size}\n0000000000 65535 f \n");
        for offset in &self.offsets {
            let _ = writeln!(out, "{offset:010} 00000 n ");
        }
        let _ = write!(
            out,
            "trailer\n<</Size {size}/Root {catalog}/Info {info}/ID[<{hash}><{hash}>]>>\nstartxref\n{start}\n%%EOF\n"
        );
        self.bytes
    }
}

/// Deflated bytes.
pub(super) fn deflate(bytes: &[u8], level: Compression) -> Result<Vec<u8>, PdfError> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 3 + 64), level);
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// A text string: plain where it can be, UTF-16 where it must.
pub(super) fn push_text(out: &mut Vec<u8>, text: &str) {
    if text.bytes().all(|byte| (32..127).contains(&byte)) {
        push_literal(out, text.bytes());
        return;
    }
    out.extend_from_slice(b"<FEFF");
    for unit in text.encode_utf16() {
        let _ = write!(out, "{unit:04X}");
    }
    out.push(b'>');
}

/// Bytes as a string in parentheses.
pub(super) fn push_literal(out: &mut Vec<u8>, bytes: impl Iterator<Item = u8>) {
    out.push(b'(');
    for byte in bytes {
        push_escaped(out, byte);
    }
    out.push(b')');
}

/// One byte of a string in parentheses.
pub(super) fn push_escaped(out: &mut Vec<u8>, byte: u8) {
    match byte {
        b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
        // A reader takes a bare carriage return for a line feed.
        b'\r' => out.extend_from_slice(b"\\r"),
        _ => out.push(byte),
    }
}

/// A number with at most two decimals.
pub(super) fn push_number(out: &mut Vec<u8>, value: f32) {
    push_hundredths(out, hundredths(value));
}

/// A number of points in hundredths.
pub(super) fn hundredths(points: f32) -> i64 {
    (f64::from(points) * 100.0).round() as i64
}

/// A number given in hundredths.
pub(super) fn push_hundredths(out: &mut Vec<u8>, value: i64) {
    if value < 0 {
        out.push(b'-');
    }
    let (whole, rest) = (value.unsigned_abs() / 100, (value.unsigned_abs() % 100) as u8);
    if whole > 0 || rest == 0 {
        push_integer(out, whole);
    }
    if rest > 0 {
        out.extend_from_slice(&[b'.', b'0' + rest / 10]);
        if !rest.is_multiple_of(10) {
            out.push(b'0' + rest % 10);
        }
    }
}

/// A whole number.
pub(super) fn push_integer(out: &mut Vec<u8>, mut value: u64) {
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

/// An object of lopdf; a reference to the object numbered n means the n-th of `ids`, from 0.
fn push_object(out: &mut Vec<u8>, object: &Object, ids: &[Id]) {
    match object {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(value) => out.extend_from_slice(if *value { b"true" } else { b"false" }),
        Object::Integer(value) => {
            let _ = write!(out, "{value}");
        }
        Object::Real(value) => {
            let _ = write!(out, "{}", (f64::from(*value) * 1000.0).round() / 1000.0);
        }
        Object::Name(name) => push_name(out, name),
        Object::String(bytes, StringFormat::Literal) => push_literal(out, bytes.iter().copied()),
        Object::String(bytes, StringFormat::Hexadecimal) => {
            out.push(b'<');
            for byte in bytes {
                let _ = write!(out, "{byte:02X}");
            }
            out.push(b'>');
        }
        Object::Array(items) => {
            out.push(b'[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(b' ');
                }
                push_object(out, item, ids);
            }
            out.push(b']');
        }
        Object::Dictionary(dict) => push_dictionary(out, dict, ids),
        Object::Stream(stream) => {
            push_dictionary(out, &stream.dict, ids);
            out.extend_from_slice(b"stream\n");
            out.extend_from_slice(&stream.content);
            out.extend_from_slice(b"\nendstream");
        }
        Object::Reference((number, _)) => match ids.get(*number as usize) {
            Some(id) => {
                let _ = write!(out, "{id}");
            }
            None => out.extend_from_slice(b"null"),
        },
    }
}

fn push_dictionary(out: &mut Vec<u8>, dict: &lopdf::Dictionary, ids: &[Id]) {
    out.extend_from_slice(b"<<");
    for (key, value) in dict.iter() {
        push_name(out, key);
        out.push(b' ');
        push_object(out, value, ids);
    }
    out.extend_from_slice(b">>");
}

fn push_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for &byte in name {
        if byte.is_ascii_alphanumeric() || b"+-_.".contains(&byte) {
            out.push(byte);
        } else {
            let _ = write!(out, "#{byte:02X}");
        }
    }
}
