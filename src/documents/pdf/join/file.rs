//! The file as it goes out: objects are written as soon as they are known, and only their places kept.

use std::io::Write;

use lopdf::{Dictionary, Object, ObjectId, StringFormat};
use sha2::{Digest, Sha256};

use super::super::PdfError;

/// A file in the making.
pub(super) struct File<W: Write> {
    out: W,
    at: u64,
    /// Where each object begins; 0: not written.
    offsets: Vec<u64>,
    hash: Sha256,
    /// One object, used again and again.
    buffer: Vec<u8>,
}

impl<W: Write> File<W> {
    /// Nothing but the header.
    pub(super) fn new(out: W) -> Result<Self, PdfError> {
        let mut file = Self { out, at: 0, offsets: Vec::new(), hash: Sha256::new(), buffer: Vec::new() };
        // The second line tells programs that carry files about that this one is not text.
        file.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")?;
        Ok(file)
    }

    /// A number for an object that is written later.
    pub(super) fn reserve(&mut self) -> u32 {
        self.offsets.push(0);
        self.offsets.len() as u32
    }

    /// Writes an object.
    pub(super) fn object(&mut self, id: u32, body: impl FnOnce(&mut Vec<u8>)) -> Result<(), PdfError> {
        if let Some(offset) = self.offsets.get_mut(id as usize - 1) {
            *offset = self.at;
        }
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        let _ = writeln!(buffer, "{id} 0 obj");
        body(&mut buffer);
        buffer.extend_from_slice(b"\nendobj\n");
        let written = self.write(&buffer);
        self.buffer = buffer;
        written
    }

    /// Writes a new object.
    pub(super) fn add(&mut self, body: impl FnOnce(&mut Vec<u8>)) -> Result<u32, PdfError> {
        let id = self.reserve();
        self.object(id, body)?;
        Ok(id)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), PdfError> {
        self.out.write_all(bytes)?;
        self.hash.update(bytes);
        self.at += bytes.len() as u64;
        Ok(())
    }

    /// Writes the table and the trailer. The identity of the file is the hash of what it holds.
    pub(super) fn finish(mut self, catalog: u32, info: u32) -> Result<W, PdfError> {
        let hash = self.hash.clone().finalize();
        let hash: String = hash.iter().take(16).map(|byte| format!("{byte:02X}")).collect();
        let (start, size) = (self.at, self.offsets.len() + 1);
        let free = self.free();
        write!(self.out, "xref\n0 {size}\n{:010} 65535 f \n", free.first().copied().unwrap_or(0))?;
        let mut left = free.iter().copied().skip(1);
        for offset in &self.offsets {
            match offset {
                // A number that was reserved and never used is free (ISO 32000-1, 7.5.4).
                0 => writeln!(self.out, "{:010} 00001 f ", left.next().unwrap_or(0))?,
                used => writeln!(self.out, "{used:010} 00000 n ")?,
            }
        }
        write!(
            self.out,
            "trailer\n<</Size {size}/Root {catalog} 0 R/Info {info} 0 R/ID[<{hash}><{hash}>]>>\n\
             startxref\n{start}\n%%EOF\n"
        )?;
        self.out.flush()?;
        Ok(self.out)
    }

    /// Numbers without an object.
    fn free(&self) -> Vec<usize> {
        let free = self.offsets.iter().enumerate().filter(|(_, offset)| **offset == 0);
        free.map(|(at, _)| at + 1).collect()
    }
}

/// How objects of a paper are called in the joined file.
pub(super) struct Names<'a> {
    /// The new number of an object; none for one that is not there.
    pub(super) number: &'a dyn Fn(ObjectId) -> Option<u32>,
    /// What is added to the keys of the parent tree.
    pub(super) keys: i64,
}

/// An object of a paper under its new names.
pub(super) fn push_object(out: &mut Vec<u8>, object: &Object, names: &Names<'_>) {
    match object {
        Object::Null => push_word(out, b"null"),
        Object::Boolean(value) => push_word(out, if *value { b"true" } else { b"false" }),
        Object::Integer(value) => {
            let _ = write!(out, " {value}");
        }
        Object::Real(value) => {
            let _ = write!(out, " {value}");
        }
        Object::Name(name) => push_name(out, name),
        Object::String(text, StringFormat::Literal) => push_literal(out, text),
        Object::String(text, StringFormat::Hexadecimal) => push_hexadecimal(out, text),
        Object::Array(items) => {
            out.push(b'[');
            items.iter().for_each(|item| push_object(out, item, names));
            out.push(b']');
        }
        Object::Dictionary(entries) => push_dictionary(out, entries, names, None),
        Object::Stream(stream) => {
            push_dictionary(out, &stream.dict, names, Some(stream.content.len()));
            out.extend_from_slice(b"stream\n");
            out.extend_from_slice(&stream.content);
            out.extend_from_slice(b"\nendstream");
        }
        Object::Reference(id) => match (names.number)(*id) {
            Some(number) => {
                let _ = write!(out, " {number} 0 R");
            }
            None => push_word(out, b"null"),
        },
    }
}

fn push_dictionary(out: &mut Vec<u8>, entries: &Dictionary, names: &Names<'_>, length: Option<usize>) {
    out.extend_from_slice(b"<<");
    for (key, value) in entries {
        if length.is_some() && key == b"Length" {
            continue;
        }
        push_name(out, key);
        match value {
            Object::Integer(place) if key == b"StructParents" || key == b"StructParent" => {
                let _ = write!(out, " {}", place + names.keys);
            }
            value => push_object(out, value, names),
        }
    }
    if let Some(length) = length {
        let _ = write!(out, "/Length {length}");
    }
    out.extend_from_slice(b">>");
}

fn push_word(out: &mut Vec<u8>, word: &[u8]) {
    out.push(b' ');
    out.extend_from_slice(word);
}

/// A name.
pub(super) fn push_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for &byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(&byte) {
            out.push(byte);
        } else {
            let _ = write!(out, "#{byte:02X}");
        }
    }
}

fn push_literal(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'(');
    for &byte in text {
        match byte {
            b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
            // A reader takes a bare carriage return for a line feed.
            b'\r' => out.extend_from_slice(b"\\r"),
            _ => out.push(byte),
        }
    }
    out.push(b')');
}

fn push_hexadecimal(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'<');
    for byte in text {
        let _ = write!(out, "{byte:02X}");
    }
    out.push(b'>');
}

/// A text string: plain where it can be, UTF-16 where it must.
pub(super) fn push_text(out: &mut Vec<u8>, text: &str) {
    if text.bytes().all(|byte| (32..127).contains(&byte)) {
        return push_literal(out, text.as_bytes());
    }
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    push_hexadecimal(out, &units.flat_map(u16::to_be_bytes).collect::<Vec<u8>>());
}

/// An array of references.
pub(super) fn push_references(out: &mut Vec<u8>, ids: &[u32]) {
    out.push(b'[');
    for id in ids {
        let _ = write!(out, "{id} 0 R ");
    }
    out.push(b']');
}
