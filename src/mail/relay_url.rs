//! The address of the relay as SMTP_URL writes it.

/// How the connection is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encryption {
    /// `smtps://`: from the first byte, port 465.
    Wrapped,
    /// `smtp://`: STARTTLS, refused without it, port 587.
    StartTls,
    /// `smtp://…?tls=none`: none, asked for in so many words, port 25.
    None,
}

/// A relay's address with its credentials.
#[derive(Clone, PartialEq, Eq)]
pub struct RelayUrl {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) encryption: Encryption,
    pub(super) login: Option<(String, String)>,
}

impl std::fmt::Debug for RelayUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RelayUrl({}:{}, …)", self.host, self.port)
    }
}

impl RelayUrl {
    /// Reads `smtps://user:password@host`, `smtp://host:587` or `smtp://host?tls=none`. Blanks, `@`,
    /// `:` and `/` in user or password are written as `%40` and the like.
    ///
    /// # Errors
    /// One line that names the setting; it never repeats the password.
    pub fn parse(url: &str) -> Result<Self, String> {
        let (scheme, rest) = url
            .split_once("://")
            .filter(|(scheme, _)| matches!(*scheme, "smtp" | "smtps"))
            .ok_or("SMTP_URL harus diawali smtp:// atau smtps://")?;
        let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
        let encryption = match (scheme, query) {
            ("smtps", "" | "tls=required") => Encryption::Wrapped,
            ("smtp", "" | "tls=required") => Encryption::StartTls,
            ("smtp", "tls=none") => Encryption::None,
            _ => {
                return Err(format!(
                    "SMTP_URL: \"?{query}\" tidak dikenal; diharapkan ?tls=required atau, untuk smtp:// tanpa enkripsi, ?tls=none"
                ));
            }
        };
        let address = address.strip_suffix('/').unwrap_or(address);
        let (login, place) = match address.rsplit_once('@') {
            Some((login, place)) => (Some(login), place),
            None => (None, address),
        };
        let login = match login.map(|login| login.split_once(':')) {
            None => None,
            Some(Some((user, password))) => Some((decoded(user)?, decoded(password)?)),
            Some(None) => return Err("SMTP_URL: setelah nama pengguna harus ada :sandi".to_owned()),
        };
        let (host, port) = split_port(place);
        let port = match (port, encryption) {
            (Some(port), _) => port
                .parse()
                .map_err(|_| format!("SMTP_URL: porta \"{port}\" bukan bilangan antara 1 dan 65535"))?,
            (None, Encryption::Wrapped) => 465,
            (None, Encryption::StartTls) => 587,
            (None, Encryption::None) => 25,
        };
        if host.is_empty() || port == 0 || host.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(
                "SMTP_URL: setelah :// harus ada nama server, misalnya smtps://surel.contoh.go.id".to_owned()
            );
        }
        Ok(Self { host: host.to_owned(), port, encryption, login })
    }
}

/// Host and port; an IPv6 address stands in brackets.
fn split_port(place: &str) -> (&str, Option<&str>) {
    if let Some((host, rest)) = place.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return (host, rest.strip_prefix(':'));
    }
    match place.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (place, None),
    }
}

fn decoded(text: &str) -> Result<String, String> {
    let wrong = || "SMTP_URL: setelah % harus ada dua angka heksadesimal".to_owned();
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || rest.next().and_then(|byte| char::from(byte).to_digit(16)).ok_or_else(wrong);
        let value = digit()? * 16 + digit()?;
        bytes.push(u8::try_from(value).map_err(|_| wrong())?);
    }
    String::from_utf8(bytes).map_err(|_| wrong())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn encryption_is_required_unless_it_is_given_up_in_so_many_words() {
        for (url, host, port, encryption) in [
            ("smtps://surel.contoh.go.id", "surel.contoh.go.id", 465, Encryption::Wrapped),
            ("smtp://surel.contoh.go.id", "surel.contoh.go.id", 587, Encryption::StartTls),
            ("smtp://surel.contoh.go.id:25?tls=required", "surel.contoh.go.id", 25, Encryption::StartTls),
            ("smtp://127.0.0.1/?tls=none", "127.0.0.1", 25, Encryption::None),
            ("smtp://[::1]:2525?tls=none", "::1", 2525, Encryption::None),
        ] {
            let read = RelayUrl::parse(url).unwrap();
            assert_eq!((read.host.as_str(), read.port, read.encryption), (host, port, encryption), "{url}");
        }
    }

    #[test]
    fn a_login_may_hold_any_sign_and_is_never_shown() {
        let read = RelayUrl::parse("smtps://kawal%40dinas:sandi%3A%2F%40@surel.contoh.go.id").unwrap();
        assert_eq!(read.login, Some(("kawal@dinas".into(), "sandi:/@".into())));
        assert!(!format!("{read:?}").contains("sandi"));
    }

    #[test]
    fn what_is_no_address_is_told_in_one_line_without_the_password() {
        for url in [
            "surel.contoh.go.id",
            "http://surel.contoh.go.id",
            "smtp://",
            "smtp://?tls=none",
            "smtps://a?tls=none",
            "smtp://a?tls=opportunistic",
            "smtp://a:delapan",
            "smtp://a:0",
            "smtp://pengguna@a",
            "smtp://pengguna:rahasia%4@a",
            "smtp://pengguna:rahasia%ff@a",
            "smtp://a b",
        ] {
            let error = RelayUrl::parse(url).unwrap_err();
            assert!(error.contains("SMTP_URL") && !error.contains('\n'), "{url}: {error}");
            assert!(!error.contains("rahasia"), "{url}: {error}");
        }
    }
}
