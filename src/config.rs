//! Settings of the installation: every one names its variable, its default and its meaning.
//!
//! A flag wins over the environment, that over `kawal.toml` (in the working folder, else in the data
//! folder), that over the default. What belongs to one office stands in the database instead.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use crate::mail::RelayUrl;
use crate::store::connection::DatabaseUrl;

/// One setting as `kawal config` lists it.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Name in the environment and in `kawal.toml`.
    pub name: &'static str,
    /// What holds when nothing is set.
    pub default: &'static str,
    /// What it means, in Indonesian.
    pub meaning: &'static str,
    /// Not shown.
    pub secret: bool,
}

const fn setting(name: &'static str, default: &'static str, meaning: &'static str) -> Setting {
    Setting { name, default, meaning, secret: false }
}

/// Every setting.
pub const SETTINGS: &[Setting] = &[
    setting("KAWAL_DATA", "./data", "folder data: basis data, kunci, cadangan sebelum pembaruan"),
    setting("KAWAL_LISTEN", "127.0.0.1:8080", "alamat dan porta halaman; porta 0: porta bebas mana pun"),
    Setting {
        secret: true,
        ..setting(
            "DATABASE_URL",
            "sqlite:<KAWAL_DATA>/kawal.db",
            "basis data: sqlite:BERKAS atau postgres://…",
        )
    },
    setting(
        "BASE_URL",
        "http://<KAWAL_LISTEN>",
        "alamat yang dibuka orang; tautan dalam surel dibuat dari sini",
    ),
    setting(
        "KAWAL_INSECURE",
        "0",
        "1: izinkan BASE_URL http di luar komputer ini (spanduk peringatan tetap tampil)",
    ),
    Setting {
        secret: true,
        ..setting(
            "SMTP_URL",
            "(kosong)",
            "server surel: smtps://pengguna:sandi@server, atau smtp://server (STARTTLS wajib); smtp://server?tls=none: tanpa enkripsi, hanya untuk server di komputer atau jaringan sendiri; kosong: surel menunggu di halaman Surel",
        )
    },
    setting("MAIL_FROM", "(kosong)", "alamat pengirim surel; wajib bila SMTP_URL diisi"),
    setting(
        "KAWAL_KEY_FILE",
        "<KAWAL_DATA>/kunci",
        "berkas kunci; dibuat saat pertama kali, jangan ikut dicadangkan bersama data",
    ),
    setting(
        "KAWAL_MIGRATE",
        "auto",
        "auto: perbarui basis data saat mulai (salinan disimpan dahulu); off: tolak mulai bila belum diperbarui",
    ),
    setting(
        "KAWAL_TRUSTED_PROXIES",
        "(kosong)",
        "alamat IP proksi yang boleh menyebut alamat pengunjung (X-Forwarded-For), dipisah koma",
    ),
    setting("KAWAL_LOG", "info", "banyaknya catatan: error, warn, info, debug"),
];

/// The settings, read and checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// Data folder.
    pub data: PathBuf,
    /// Address of the pages.
    pub listen: SocketAddr,
    /// Database.
    pub database: DatabaseUrl,
    /// Address people open, without a slash at the end.
    pub base_url: String,
    /// http outside this machine was allowed on purpose.
    pub insecure: bool,
    /// Relay; none keeps mails in the outbox page.
    pub smtp_url: Option<String>,
    /// Sender address.
    pub mail_from: Option<String>,
    /// Key file.
    pub key_file: PathBuf,
    /// Whether `serve` migrates.
    pub migrate: bool,
    /// Proxies that may name the client's address.
    pub trusted_proxies: Vec<IpAddr>,
    /// Log level.
    pub log: String,
    /// Where each setting came from and its text, for `kawal config`.
    pub sources: BTreeMap<&'static str, (String, &'static str)>,
}

/// What flags set; same names as in the environment.
pub type Flags = BTreeMap<&'static str, String>;

impl Config {
    /// Reads flags, environment and `kawal.toml`.
    ///
    /// # Errors
    /// One line naming the setting, what stands there and what is expected.
    pub fn read(flags: &Flags, env: &dyn Fn(&str) -> Option<String>) -> Result<Self, String> {
        let data_hint = flags
            .get("KAWAL_DATA")
            .cloned()
            .or_else(|| env("KAWAL_DATA"))
            .unwrap_or_else(|| "./data".to_owned());
        let file = [PathBuf::from("kawal.toml"), Path::new(&data_hint).join("kawal.toml")]
            .into_iter()
            .find(|path| path.is_file());
        let file_values = match &file {
            Some(path) => read_toml(path)?,
            None => BTreeMap::new(),
        };
        let mut sources = BTreeMap::new();
        for setting in SETTINGS {
            let found = flags
                .get(setting.name)
                .map(|text| (text.clone(), "perintah"))
                .or_else(|| {
                    env(setting.name).filter(|text| !text.is_empty()).map(|text| (text, "lingkungan"))
                })
                .or_else(|| file_values.get(setting.name).map(|text| (text.clone(), "kawal.toml")));
            if let Some(found) = found {
                sources.insert(setting.name, found);
            }
        }
        let get = |name: &str| sources.get(name).map(|(text, _)| text.as_str());

        let data = PathBuf::from(get("KAWAL_DATA").unwrap_or("./data"));
        let listen: SocketAddr = parse(
            get("KAWAL_LISTEN").unwrap_or("127.0.0.1:8080"),
            "KAWAL_LISTEN",
            "alamat:porta, misalnya 127.0.0.1:8080",
        )?;
        let database = match get("DATABASE_URL") {
            Some(url) => DatabaseUrl::parse(url)?,
            None => DatabaseUrl::Sqlite(data.join("kawal.db").to_string_lossy().into_owned()),
        };
        let insecure = flag(get("KAWAL_INSECURE").unwrap_or("0"), "KAWAL_INSECURE")?;
        let base_url = get("BASE_URL")
            .map_or_else(|| format!("http://{listen}"), |url| url.trim_end_matches('/').to_owned());
        check_base_url(&base_url, insecure)?;
        let smtp_url = get("SMTP_URL").map(str::to_owned);
        let mail_from = get("MAIL_FROM").map(str::to_owned);
        if let Some(from) = &mail_from
            && !validator::ValidateEmail::validate_email(from)
        {
            return Err(format!("MAIL_FROM: \"{from}\" bukan alamat surel, misalnya kawal@contoh.go.id"));
        }
        if let Some(url) = &smtp_url {
            RelayUrl::parse(url)?;
            if mail_from.is_none() {
                return Err("MAIL_FROM wajib diisi bila SMTP_URL diisi".to_owned());
            }
        }
        let migrate = match get("KAWAL_MIGRATE").unwrap_or("auto") {
            "auto" => true,
            "off" => false,
            other => return Err(format!("KAWAL_MIGRATE: \"{other}\"; diharapkan auto atau off")),
        };
        let trusted_proxies = get("KAWAL_TRUSTED_PROXIES")
            .unwrap_or_default()
            .split(',')
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(|text| parse(text, "KAWAL_TRUSTED_PROXIES", "alamat IP dipisah koma"))
            .collect::<Result<_, _>>()?;
        let log = get("KAWAL_LOG").unwrap_or("info").to_owned();
        if !["error", "warn", "info", "debug"].contains(&log.as_str()) {
            return Err(format!("KAWAL_LOG: \"{log}\"; diharapkan error, warn, info atau debug"));
        }
        let key_file = get("KAWAL_KEY_FILE").map_or_else(|| data.join("kunci"), PathBuf::from);
        Ok(Self {
            data,
            listen,
            database,
            base_url,
            insecure,
            smtp_url,
            mail_from,
            key_file,
            migrate,
            trusted_proxies,
            log,
            sources,
        })
    }

    /// Whether cookies are Secure and HSTS is sent.
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }

    /// Host part of the base URL, for Message-IDs.
    pub fn host(&self) -> &str {
        host_of(&self.base_url)
    }
}

fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or(rest);
    if let Some(end) = authority.find(']') {
        &authority[..=end]
    } else {
        authority.split(':').next().unwrap_or(authority)
    }
}

fn check_base_url(url: &str, insecure: bool) -> Result<(), String> {
    if url.starts_with("https://") && !host_of(url).is_empty() {
        return Ok(());
    }
    let loopback = matches!(host_of(url), "localhost" | "127.0.0.1" | "[::1]");
    if url.starts_with("http://") && (loopback || insecure) {
        return Ok(());
    }
    if url.starts_with("http://") {
        return Err(format!(
            "BASE_URL: \"{url}\" tanpa https; pasang https, atau setel KAWAL_INSECURE=1 bila memang disengaja"
        ));
    }
    Err(format!("BASE_URL: \"{url}\"; diharapkan https://nama-server"))
}

fn parse<T: std::str::FromStr>(text: &str, name: &str, expected: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("{name}: \"{text}\"; diharapkan {expected}"))
}

fn flag(text: &str, name: &str) -> Result<bool, String> {
    match text {
        "0" | "false" => Ok(false),
        "1" | "true" => Ok(true),
        other => Err(format!("{name}: \"{other}\"; diharapkan 0 atau 1")),
    }
}

fn read_toml(path: &Path) -> Result<BTreeMap<String, String>, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("{}: tidak dapat dibaca: {error}", path.display()))?;
    let table: toml::Table = text.parse().map_err(|error| format!("{}: {error}", path.display()))?;
    let mut values = BTreeMap::new();
    for (key, value) in table {
        if !SETTINGS.iter().any(|setting| setting.name == key) {
            return Err(format!("{}: setelan `{key}` tidak dikenal; lihat `kawal config`", path.display()));
        }
        let text = match value {
            toml::Value::String(text) => text,
            toml::Value::Integer(number) => number.to_string(),
            toml::Value::Boolean(yes) => u8::from(yes).to_string(),
            other => return Err(format!("{}: {key}: {other} bukan teks", path.display())),
        };
        values.insert(key, text);
    }
    Ok(values)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(pairs: &[(&'static str, &str)]) -> Result<Config, String> {
        let flags = pairs.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
        Config::read(&flags, &|_| None)
    }

    #[test]
    fn nothing_set_means_loopback_and_sqlite_in_the_data_folder() {
        let config = read(&[]).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(config.database, DatabaseUrl::Sqlite("./data/kawal.db".into()));
        assert_eq!(config.base_url, "http://127.0.0.1:8080");
    }

    #[test]
    fn a_wrong_value_is_told_in_one_line_with_its_name() {
        for (name, value) in [
            ("KAWAL_LISTEN", "delapan"),
            ("DATABASE_URL", "postgre://x"),
            ("BASE_URL", "http://kawal.contoh.go.id"),
            ("SMTP_URL", "mail.contoh.go.id"),
            ("MAIL_FROM", "bukan surel"),
            ("KAWAL_MIGRATE", "ya"),
            ("KAWAL_TRUSTED_PROXIES", "nginx"),
            ("KAWAL_LOG", "semua"),
            ("KAWAL_INSECURE", "mungkin"),
        ] {
            let error = read(&[(name, value)]).unwrap_err();
            assert!(error.contains(name) && !error.contains('\n'), "{error}");
        }
    }

    #[test]
    fn a_remote_postgres_without_tls_names_the_feature() {
        if !cfg!(feature = "tls-pg") {
            assert!(
                read(&[("DATABASE_URL", "postgres://u@db.contoh/kawal")]).unwrap_err().contains("tls-pg")
            );
        }
        assert!(read(&[("DATABASE_URL", "postgres://u@localhost/kawal")]).is_ok());
        assert!(read(&[("DATABASE_URL", "postgres://u@/kawal?host=/run/postgresql")]).is_ok());
    }
}
