//! Pictures: the pixels of a PNG go into the file as the PNG holds them, deflated and predicted row by
//! row (PNG and PDF share that scheme), so nothing is lost and nothing is packed twice.

use std::collections::HashMap;
use std::io::Cursor;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use png::{BitDepth, ColorType, Decoder, Limits};
use sha2::{Digest, Sha256};

use super::PdfError;
use super::file::{File, Id};
use crate::documents::model::Picture;

/// More pixels than any paper can show; a small file may claim any number.
const PIXELS_AT_MOST: u64 = 40_000_000;
/// Pictures kept ready, and up to which size: logos, not drawings.
const KEPT: usize = 8;
const KEPT_UP_TO: usize = 200_000;
/// Memory for one picture while it is checked.
const MEMORY: usize = 64 << 20;

/// The hash of a picture.
pub(super) type Hash = [u8; 32];

/// A picture ready to embed.
#[derive(Debug)]
pub(super) struct Pixels {
    /// Its identity: a logo that stands on many papers goes into the file once.
    pub(super) hash: Hash,
    /// Width in pixels.
    pub(super) width: u32,
    /// Height in pixels.
    pub(super) height: u32,
    deflated: Vec<u8>,
}

/// Pictures checked before.
#[derive(Default)]
pub(super) struct PictureCache {
    checked: HashMap<Hash, Arc<Pixels>>,
}

impl PictureCache {
    /// The picture, if it is what the model promises.
    pub(super) fn get(&mut self, picture: &Picture) -> Result<Arc<Pixels>, PdfError> {
        let hash: Hash = Sha256::digest(&picture.png).into();
        if let Some(pixels) = self.checked.get(&hash) {
            return Ok(Arc::clone(pixels));
        }
        let broken = || PdfError::Picture { alt: picture.alt.clone() };
        let bytes = STANDARD.decode(&picture.png).map_err(|_| broken())?;
        let pixels = Arc::new(Pixels::read(&bytes, hash).ok_or_else(broken)?);
        if pixels.deflated.len() <= KEPT_UP_TO {
            if self.checked.len() >= KEPT {
                self.checked.clear();
            }
            self.checked.insert(hash, Arc::clone(&pixels));
        }
        Ok(pixels)
    }
}

impl Pixels {
    /// Every row is read once, so that a damaged picture is refused here and not by whoever opens the
    /// paper in twenty years.
    fn read(bytes: &[u8], hash: Hash) -> Option<Self> {
        let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: MEMORY });
        decoder.ignore_checksums(false);
        let mut reader = decoder.read_info().ok()?;
        let info = reader.info();
        let (width, height) = (info.width, info.height);
        let sound = info.color_type == ColorType::Rgb
            && info.bit_depth == BitDepth::Eight
            && !info.interlaced
            && info.trns.is_none()
            && u64::from(width) * u64::from(height) <= PIXELS_AT_MOST;
        if !sound {
            return None;
        }
        let mut rows = 0;
        while reader.next_row().ok()?.is_some() {
            rows += 1;
        }
        reader.finish().ok()?;
        (rows == height).then_some(Self { hash, width, height, deflated: image_data(bytes)? })
    }

    /// Writes the picture.
    pub(super) fn write(&self, file: &mut File) -> Id {
        let id = file.reserve();
        let entries = format!(
            "/Type/XObject/Subtype/Image/Width {0}/Height {1}/ColorSpace/DeviceRGB/BitsPerComponent 8\
             /Filter/FlateDecode/DecodeParms<</Predictor 15/Colors 3/BitsPerComponent 8/Columns {0}>>",
            self.width, self.height
        );
        file.stream(id, &entries, &self.deflated);
        id
    }
}

/// The deflated rows: what the IDAT chunks of a PNG hold, one after the other.
fn image_data(png: &[u8]) -> Option<Vec<u8>> {
    let mut data = Vec::new();
    let mut rest = png.get(8..)?;
    loop {
        let length = u32::from_be_bytes(rest.get(..4)?.try_into().ok()?) as usize;
        match rest.get(4..8)? {
            b"IDAT" => data.extend_from_slice(rest.get(8..)?.get(..length)?),
            b"IEND" => return Some(data),
            _ => {}
        }
        rest = rest.get(8..)?.get(length..)?.get(4..)?;
    }
}
