//! An uploaded file with the fields beside it: read piece by piece, with a limit and a deadline. Only
//! routes that ask for one take one; every other form stays under the limit of [`super::posted`].

use std::time::Duration;

use actix_multipart::{Field, Multipart};
use futures_util::StreamExt;

use super::error::WebError;
use super::pages::form::Typed;
use super::posted::Posted;

/// Largest of the fields beside the file.
const LARGEST_TEXT: usize = 64 * 1024;
/// Most parts of a form with a file.
const MOST_PARTS: usize = 40;
/// How long a form may take, besides its file.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long each mebibyte of the file may take: about a megabit a second.
const PATIENCE_PER_MIB: Duration = Duration::from_secs(8);
/// How much of a file that is too large is still read, so that the browser reads our answer.
const DRAINED: usize = 16 * 1024 * 1024;

const MIB: usize = 1024 * 1024;

/// What was uploaded.
#[derive(Debug, Default)]
pub struct Upload {
    /// The fields beside the file.
    pub posted: Posted,
    /// The file; none when none was chosen.
    pub file: Option<Sent>,
}

/// A file that was sent. Its bytes went to whoever read the upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Its name, without folders.
    pub name: String,
    /// Its size in bytes.
    pub size: usize,
    /// Whether it was larger than allowed; then not all of it was handed on.
    pub too_large: bool,
}

/// Reads an upload. `take` gets the file's bytes as they come, at most `limit` of them.
///
/// # Errors
/// 400 for what cannot be read or comes too slowly; 413 for fields beyond measure.
pub async fn read(multipart: Multipart, limit: usize, take: impl FnMut(&[u8])) -> Result<Upload, WebError> {
    let mebibytes = u32::try_from(limit.div_ceil(MIB)).unwrap_or(u32::MAX);
    let patience = PATIENCE + PATIENCE_PER_MIB.saturating_mul(mebibytes);
    tokio::time::timeout(patience, parts(multipart, limit, take)).await.map_err(|_| {
        WebError::BadRequest("Berkas terlalu lambat diterima. Periksa sambungan, lalu kirim lagi.".to_owned())
    })?
}

/// Reads an upload whose file fits into memory.
///
/// # Errors
/// As [`read`].
pub async fn read_whole(multipart: Multipart, limit: usize) -> Result<(Upload, Vec<u8>), WebError> {
    let mut bytes = Vec::new();
    let upload = read(multipart, limit, |piece| bytes.extend_from_slice(piece)).await?;
    Ok((upload, bytes))
}

async fn parts(
    mut multipart: Multipart,
    limit: usize,
    mut take: impl FnMut(&[u8]),
) -> Result<Upload, WebError> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut file = None;
    let mut text_bytes = 0;
    for count in 0.. {
        let Some(part) = multipart.next().await else { break };
        let part = part.map_err(|_| unreadable())?;
        if count == MOST_PARTS {
            return Err(WebError::TooLarge);
        }
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.content_disposition().and_then(|said| said.get_filename()).map(plain_name);
        match file_name {
            Some(file_name) if file.is_none() => {
                let (size, too_large) = file_bytes(part, limit, &mut take).await?;
                // A form without a chosen file sends an empty one without a name.
                if size > 0 || !file_name.is_empty() {
                    file = Some(Sent { name: file_name, size, too_large });
                }
            }
            Some(_) => return Err(unreadable()),
            None => {
                let value = text(part, LARGEST_TEXT - text_bytes).await?;
                text_bytes += value.len();
                pairs.push((name, value));
            }
        }
    }
    let posted = Posted { typed: Typed::from_pairs(pairs.clone()), pairs };
    Ok(Upload { posted, file })
}

async fn text(mut part: Field, limit: usize) -> Result<String, WebError> {
    let bytes = part.bytes(limit).await.map_err(|_| WebError::TooLarge)?.map_err(|_| unreadable())?;
    let text = String::from_utf8(bytes.to_vec()).map_err(|_| unreadable())?;
    if text.contains('\0') { Err(unreadable()) } else { Ok(text) }
}

async fn file_bytes(
    mut part: Field,
    limit: usize,
    take: &mut impl FnMut(&[u8]),
) -> Result<(usize, bool), WebError> {
    let mut size = 0usize;
    while let Some(piece) = part.next().await {
        let piece = piece.map_err(|_| unreadable())?;
        let room = limit.saturating_sub(size);
        take(&piece[..piece.len().min(room)]);
        size = size.saturating_add(piece.len());
        if size > limit.saturating_add(DRAINED) {
            return Err(WebError::TooLarge);
        }
    }
    Ok((size, size > limit))
}

/// The last part of a name, without what would break a line of the log or of a page.
fn plain_name(said: &str) -> String {
    let last = said.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(120).collect::<String>().trim().to_owned()
}

fn unreadable() -> WebError {
    WebError::BadRequest("Kiriman tidak terbaca utuh. Kirim lagi dari formulirnya.".to_owned())
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn a_name_keeps_neither_folders_nor_control_characters() {
        assert_eq!(plain_name("C:\\Kantor\\PKS bertanda tangan.pdf"), "PKS bertanda tangan.pdf");
        assert_eq!(plain_name("../../etc/kop\u{0}\n.png"), "kop.png");
        assert_eq!(plain_name(&"a".repeat(500)).len(), 120);
    }
}
