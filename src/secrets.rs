//! The installation's key: keyed commitments for the log, tokens, and how they are compared.
//!
//! The key is made at first start, kept in a file of mode 600 and never part of a backup.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// The key of the installation.
#[derive(Clone)]
pub struct Secrets {
    key: [u8; 32],
    /// How many codes were given, where tests count them; none where they are drawn.
    counted: Option<Arc<Mutex<u64>>>,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets(…)")
    }
}

impl Secrets {
    /// Reads the key file, or makes it at first start.
    ///
    /// # Errors
    /// When the file cannot be read or made, or holds no key.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        match fs::read_to_string(path) {
            Ok(text) => {
                let key = from_hex(text.trim()).with_context(|| {
                    format!("berkas kunci {} rusak: harus 64 angka heksadesimal", path.display())
                })?;
                Ok(Self { key, counted: None })
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let secrets = Self { key: random_bytes()?, counted: None };
                secrets
                    .save(path)
                    .with_context(|| format!("berkas kunci {} tidak dapat dibuat", path.display()))?;
                Ok(secrets)
            }
            Err(error) => {
                Err(error).with_context(|| format!("berkas kunci {} tidak dapat dibaca", path.display()))
            }
        }
    }

    /// A fixed key and codes that follow from it, for tests.
    pub fn fixed(key: [u8; 32]) -> Self {
        Self { key, counted: Some(Arc::default()) }
    }

    /// Random bytes of the system for a code that nobody can guess; counted in tests.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn code_bytes<const N: usize>(&self) -> anyhow::Result<[u8; N]> {
        let drawn = match &self.counted {
            None => random_bytes()?,
            Some(counted) => {
                let mut last = counted.lock().unwrap_or_else(PoisonError::into_inner);
                *last += 1;
                <[u8; 32]>::from(
                    Sha256::new().chain_update(self.key).chain_update(last.to_be_bytes()).finalize(),
                )
            }
        };
        drawn.get(..N).and_then(|bytes| bytes.try_into().ok()).context("kode terlalu panjang")
    }

    fn save(&self, path: &Path) -> anyhow::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        file.write_all(to_hex(&self.key).as_bytes())?;
        file.sync_all()?;
        Ok(())
    }

    /// A keyed commitment to a secret value at a path of the fact sheet: the same value gives the
    /// same commitment, nothing about the value can be read from it without the key.
    pub fn commit(&self, path: &str, value: &str) -> String {
        let mut mac = match Hmac::<Sha256>::new_from_slice(&self.key) {
            Ok(mac) => mac,
            Err(_) => return String::new(),
        };
        mac.update(b"kawal-commit-1\0");
        mac.update(path.as_bytes());
        mac.update(b"\0");
        mac.update(value.as_bytes());
        to_hex(&mac.finalize().into_bytes())
    }
}

/// A new token of 256 random bits for a cookie or link, as text.
///
/// # Errors
/// When the system gives no random bytes.
pub fn new_token() -> anyhow::Result<String> {
    Ok(to_hex(&random_bytes()?))
}

/// What is stored of a token: only its hash, so that a copy of the database opens no session.
pub fn token_hash(token: &str) -> String {
    sha256(token.as_bytes())
}

/// SHA-256 in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    to_hex(&Sha256::digest(bytes))
}

/// A SHA-256 that is fed piece by piece, for what need not stand in memory as a whole.
#[derive(Default)]
pub struct Sum(Sha256);

impl Sum {
    /// Takes the next bytes in.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The sum in lower-case hexadecimal.
    pub fn hex(self) -> String {
        to_hex(&self.0.finalize())
    }
}

fn random_bytes() -> anyhow::Result<[u8; 32]> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("tidak ada bilangan acak: {error}"))?;
    Ok(bytes)
}

fn to_hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0u8; 32];
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[index * 2..index * 2 + 2], 16).ok()?;
    }
    Some(bytes)
}
