//! Pictures as they go onto papers: whatever somebody uploads becomes an 8-bit RGB PNG on white,
//! without transparency, without anything beside its pixels, and no larger than a page needs.
//!
//! The header is judged before anything is decoded, so that a small file cannot unfold into memory.

use std::io::Cursor;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use png::{ColorType, Transformations};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::model::Picture;

/// What is taken in, and how large it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Largest file in bytes.
    pub bytes: usize,
    /// Most pixels on either side of the upload.
    pub side: u32,
    /// Pixels on the longer side of what is kept.
    pub kept_side: u32,
}

/// A logo: printed about 25 mm high, so 600 pixels are 600 dpi.
pub const LOGO: Bounds = Bounds { bytes: 1024 * 1024, side: 2_000, kept_side: 600 };

/// A drawing across the text, about 160 mm wide: 1600 pixels are 250 dpi.
pub const DRAWING: Bounds = Bounds { bytes: 5 * 1024 * 1024, side: 3_000, kept_side: 1_600 };

/// A picture ready for papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// An 8-bit RGB PNG.
    pub png: Vec<u8>,
}

/// Why an upload is no picture for a paper. The text is for the person who uploaded it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// More bytes than are taken in.
    #[error("Berkas ini terlalu besar; paling banyak {} MB.", .0 / (1024 * 1024))]
    TooLarge(usize),
    /// Neither PNG nor JPEG, whatever its name says.
    #[error("Berkas ini bukan gambar PNG atau JPEG.")]
    Unknown,
    /// More pixels than are taken in.
    #[error("Gambar ini {width} × {height} piksel; paling banyak {most} × {most}. Kecilkan dahulu.")]
    TooWide {
        /// Width.
        width: u32,
        /// Height.
        height: u32,
        /// Most on either side.
        most: u32,
    },
    /// Its bytes do not make a picture.
    #[error("Gambar ini rusak atau terpotong; simpan ulang dari program gambar, lalu unggah lagi.")]
    Broken,
}

/// Pixels, three bytes each.
struct Pixels {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

/// Makes an upload ready for papers. What it is, its first bytes say; its name counts for nothing.
///
/// # Errors
/// [`PictureError`].
pub fn prepare(bytes: &[u8], bounds: Bounds) -> Result<Prepared, PictureError> {
    if bytes.len() > bounds.bytes {
        return Err(PictureError::TooLarge(bounds.bytes));
    }
    let pixels = match bytes {
        [0x89, b'P', b'N', b'G', ..] => from_png(bytes, bounds)?,
        [0xFF, 0xD8, 0xFF, ..] => from_jpeg(bytes, bounds)?,
        _ => return Err(PictureError::Unknown),
    };
    encode(&shrink(pixels, bounds.kept_side as usize))
}

impl Prepared {
    /// The picture as documents hold it.
    pub fn picture(&self, alt: impl Into<String>) -> Picture {
        Picture {
            width: self.width,
            height: self.height,
            png: BASE64_STANDARD.encode(&self.png),
            alt: alt.into(),
        }
    }
}

fn fits(width: u32, height: u32, bounds: Bounds) -> Result<(), PictureError> {
    if width == 0 || height == 0 {
        return Err(PictureError::Broken);
    }
    if width > bounds.side || height > bounds.side {
        return Err(PictureError::TooWide { width, height, most: bounds.side });
    }
    Ok(())
}

fn from_png(bytes: &[u8], bounds: Bounds) -> Result<Pixels, PictureError> {
    let broken = |_| PictureError::Broken;
    // Room for one row of the widest picture and its chunks: the frame itself is ours to allocate.
    let limits = png::Limits { bytes: 16 * 1024 * 1024 };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let header = decoder.read_header_info().map_err(broken)?;
    fits(header.width, header.height, bounds)?;
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let mut reader = decoder.read_info().map_err(broken)?;
    let mut buffer = vec![0; reader.output_buffer_size().ok_or(PictureError::Broken)?];
    let frame = reader.next_frame(&mut buffer).map_err(broken)?;
    let samples = match frame.color_type {
        ColorType::Grayscale => 1,
        ColorType::GrayscaleAlpha => 2,
        ColorType::Rgb => 3,
        ColorType::Rgba => 4,
        ColorType::Indexed => return Err(PictureError::Broken),
    };
    let rgb = buffer[..frame.buffer_size()].chunks_exact(samples).flat_map(on_white).collect();
    Ok(Pixels { width: frame.width as usize, height: frame.height as usize, rgb })
}

/// A pixel of one to four samples over white paper.
fn on_white(samples: &[u8]) -> [u8; 3] {
    let (rgb, alpha) = match *samples {
        [grey] => ([grey; 3], 255),
        [grey, alpha] => ([grey; 3], alpha),
        [red, green, blue] => ([red, green, blue], 255),
        [red, green, blue, alpha] => ([red, green, blue], alpha),
        _ => ([255; 3], 255),
    };
    let alpha = u32::from(alpha);
    // At most 255 by construction, so nothing is cut.
    rgb.map(|sample| ((u32::from(sample) * alpha + 255 * (255 - alpha) + 127) / 255) as u8)
}

fn from_jpeg(bytes: &[u8], bounds: Bounds) -> Result<Pixels, PictureError> {
    let broken = |_| PictureError::Broken;
    let options = DecoderOptions::new_safe()
        .jpeg_set_out_colorspace(ColorSpace::RGB)
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX));
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(broken)?;
    let info = decoder.info().ok_or(PictureError::Broken)?;
    fits(info.width.into(), info.height.into(), bounds)?;
    let rgb = decoder.decode().map_err(broken)?;
    let (width, height) = (usize::from(info.width), usize::from(info.height));
    if rgb.len() != width * height * 3 {
        return Err(PictureError::Broken);
    }
    Ok(Pixels { width, height, rgb })
}

/// Smaller by averaging areas, where it is larger than that on its longer side.
fn shrink(pixels: Pixels, side: usize) -> Pixels {
    let longer = pixels.width.max(pixels.height);
    if longer <= side {
        return pixels;
    }
    let scaled = |length: usize| (length * side).div_ceil(longer).max(1);
    let (width, height) = (scaled(pixels.width), scaled(pixels.height));
    let (columns, rows) = (spans(pixels.width, width), spans(pixels.height, height));
    let mut rgb = Vec::with_capacity(width * height * 3);
    for row in &rows {
        for column in &columns {
            let mut sums = [0.0f32; 3];
            let mut area = 0.0;
            for (y, tall) in row {
                for (x, wide) in column {
                    let weight = tall * wide;
                    area += weight;
                    let at = (y * pixels.width + x) * 3;
                    for (sum, sample) in sums.iter_mut().zip(&pixels.rgb[at..at + 3]) {
                        *sum += weight * f32::from(*sample);
                    }
                }
            }
            rgb.extend(sums.map(|sum| (sum / area).round().clamp(0.0, 255.0) as u8));
        }
    }
    Pixels { width, height, rgb }
}

/// For each of `to` places the old places under it and how much of each.
fn spans(from: usize, to: usize) -> Vec<Vec<(usize, f32)>> {
    let ratio = from as f32 / to as f32;
    (0..to)
        .map(|place| {
            let (begin, end) = (place as f32 * ratio, (place + 1) as f32 * ratio);
            let first = begin.floor() as usize;
            let last = (end.ceil() as usize).min(from);
            (first..last)
                .map(|old| (old, (end.min((old + 1) as f32) - begin.max(old as f32)).max(0.0)))
                .filter(|(_, share)| *share > 0.0)
                .collect()
        })
        .collect()
}

fn encode(pixels: &Pixels) -> Result<Prepared, PictureError> {
    let side = |length: usize| u32::try_from(length).map_err(|_| PictureError::Broken);
    let (width, height) = (side(pixels.width)?, side(pixels.height)?);
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, width, height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header().map_err(|_| PictureError::Broken)?;
    writer.write_image_data(&pixels.rgb).map_err(|_| PictureError::Broken)?;
    writer.finish().map_err(|_| PictureError::Broken)?;
    Ok(Prepared { width, height, png })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn png_of(color: ColorType, width: u32, height: u32, data: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(color);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.add_text_chunk("Author".into(), "Seseorang".into()).unwrap();
        encoder.write_header().unwrap().write_image_data(data).unwrap();
        bytes
    }

    fn pixels_of(png: &[u8]) -> (ColorType, Vec<u8>) {
        let mut reader = png::Decoder::new(Cursor::new(png)).read_info().unwrap();
        let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut buffer).unwrap();
        buffer.truncate(frame.buffer_size());
        (frame.color_type, buffer)
    }

    #[test]
    fn what_is_transparent_becomes_paper_and_what_is_not_pixels_goes() {
        let upload = png_of(ColorType::Rgba, 3, 1, &[200, 0, 0, 0, 0, 100, 0, 255, 0, 0, 0, 128]);
        let kept = prepare(&upload, LOGO).unwrap();
        assert_eq!(pixels_of(&kept.png), (ColorType::Rgb, vec![255, 255, 255, 0, 100, 0, 127, 127, 127]));
        assert!(!kept.png.windows(9).any(|part| part == b"Seseorang"));
        assert_eq!(prepare(&kept.png, LOGO).unwrap(), kept, "what was kept stays as it is");
    }

    #[test]
    fn grey_becomes_colour() {
        let upload = png_of(ColorType::GrayscaleAlpha, 2, 1, &[10, 255, 10, 0]);
        assert_eq!(pixels_of(&prepare(&upload, LOGO).unwrap().png).1, [10, 10, 10, 255, 255, 255]);
    }

    #[test]
    fn a_large_picture_shrinks_in_proportion_and_keeps_its_mean() {
        let row: Vec<u8> = (0..1200).flat_map(|x| if x % 2 == 0 { [0; 3] } else { [200; 3] }).collect();
        let upload = png_of(ColorType::Rgb, 1200, 300, &row.repeat(300));
        let kept = prepare(&upload, LOGO).unwrap();
        assert_eq!((kept.width, kept.height), (600, 150));
        assert!(pixels_of(&kept.png).1.iter().all(|sample| *sample == 100));
    }

    #[test]
    fn a_header_that_promises_too_much_is_refused_before_anything_is_decoded() {
        // A valid header for 60,000 × 60,000 pixels and no data worth mentioning.
        let mut bomb = png_of(ColorType::Rgb, 1, 1, &[0; 3]);
        let mut header = b"IHDR".to_vec();
        for side in [60_000u32; 2] {
            header.extend(side.to_be_bytes());
        }
        header.extend([8, 2, 0, 0, 0]);
        bomb[12..29].copy_from_slice(&header);
        let sum = crc32(&header).to_be_bytes();
        bomb[29..33].copy_from_slice(&sum);
        let refused = PictureError::TooWide { width: 60_000, height: 60_000, most: 2_000 };
        assert_eq!(prepare(&bomb, LOGO), Err(refused));
    }

    fn crc32(bytes: &[u8]) -> u32 {
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        crc.sum()
    }

    #[test]
    fn what_is_no_picture_or_cut_short_is_said_so() {
        let whole = png_of(ColorType::Rgb, 40, 40, &[7; 4_800]);
        assert_eq!(prepare(b"%PDF-1.4", LOGO), Err(PictureError::Unknown));
        assert_eq!(prepare(b"", LOGO), Err(PictureError::Unknown));
        assert_eq!(prepare(&whole[..whole.len() / 2], LOGO), Err(PictureError::Broken));
        assert_eq!(prepare(&[0xFF, 0xD8, 0xFF, 0xE0, 0, 0], LOGO), Err(PictureError::Broken));
        assert_eq!(prepare(&vec![0x89; LOGO.bytes + 1], LOGO), Err(PictureError::TooLarge(LOGO.bytes)));
    }

    #[test]
    fn a_photograph_is_taken_in() {
        let jpeg = include_bytes!("../../tests/fixtures/pictures/topology.jpg");
        let kept = prepare(jpeg, DRAWING).unwrap();
        let (color, pixels) = pixels_of(&kept.png);
        assert_eq!((kept.width, kept.height, color), (64, 48, ColorType::Rgb));
        // Left half dark, right half light, as it was drawn.
        assert!(pixels[0] < 60 && pixels[63 * 3] > 200, "{} {}", pixels[0], pixels[63 * 3]);
    }
}
