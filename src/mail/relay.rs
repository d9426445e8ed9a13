//! The conversation with the relay. It is led command by command, because only so is it known
//! whether the relay may have taken the mail when the connection broke: before DATA it cannot, from
//! the first byte of the message on it may.

use std::time::Duration;

use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Response;

use super::letter::{Letter, address_of};
use super::relay_url::{Encryption, RelayUrl};

/// How long the relay may be silent. RFC 5321 4.5.3.2 allows minutes; a relay of one's own answers
/// at once, and nobody waits for this but the queue.
const PATIENCE: Duration = Duration::from_secs(60);

/// The relay of the installation.
#[derive(Debug, Clone)]
pub struct Relay {
    url: RelayUrl,
    sender: String,
    patience: Duration,
}

/// What became of one mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The relay took it; its words.
    Accepted(String),
    /// Not now (4xx), or the connection broke before the message went out.
    Later(String),
    /// Refused for good (5xx on the recipient or the message).
    Refused(String),
    /// The connection broke when the relay may have had the message.
    Unknown(String),
    /// The relay wants nothing at all from us: no login, or our own address is refused. No mail is
    /// to blame, the whole queue waits.
    Closed(String),
}

/// Why the relay cannot be used now; no mail is to blame.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct Unreachable {
    reason: String,
    about_us: bool,
}

impl Unreachable {
    /// Whether it answered and does not want us, which no waiting mends.
    pub const fn is_about_us(&self) -> bool {
        self.about_us
    }
}

impl Relay {
    /// A relay with the address that mails are sent from.
    ///
    /// # Errors
    /// One line that names the setting.
    pub fn new(url: &str, sender: &str) -> Result<Self, String> {
        let url = RelayUrl::parse(url)?;
        address_of(sender).map_err(|error| format!("MAIL_FROM: {error}"))?;
        Ok(Self { url, sender: sender.to_owned(), patience: PATIENCE })
    }

    /// The same relay with another patience.
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Address that mails are sent from.
    pub fn sender(&self) -> &str {
        &self.sender
    }

    /// Connects, encrypts and signs in.
    ///
    /// # Errors
    /// Why it cannot be used now.
    pub fn open(&self) -> Result<Session, Unreachable> {
        let hello = ClientId::default();
        let tls = || TlsParameters::new(self.url.host.clone()).map_err(said("TLS", false));
        let wrapped = match self.url.encryption {
            Encryption::Wrapped => Some(tls()?),
            Encryption::StartTls | Encryption::None => None,
        };
        let place = (self.url.host.as_str(), self.url.port);
        let mut conn = SmtpConnection::connect(place, Some(self.patience), &hello, wrapped.as_ref(), None)
            .map_err(said("server surel tidak dapat dihubungi", false))?;
        if self.url.encryption == Encryption::StartTls {
            conn.starttls(&tls()?, &hello)
                .map_err(said("server surel tidak dapat dihubungi dengan TLS", true))?;
        }
        if let Some((user, password)) = &self.url.login {
            let credentials = Credentials::new(user.clone(), password.clone());
            conn.auth(DEFAULT_MECHANISMS, &credentials)
                .map_err(said("server surel menolak nama pengguna atau sandi", true))?;
        }
        Ok(Session { conn, sender: self.sender.clone(), used: false })
    }
}

/// An open connection to the relay; carries one mail after another.
pub struct Session {
    conn: SmtpConnection,
    sender: String,
    used: bool,
}

/// How far a conversation came.
enum Broken {
    Answered(lettre::transport::smtp::Error),
    Letter(String),
}

impl From<lettre::transport::smtp::Error> for Broken {
    fn from(error: lettre::transport::smtp::Error) -> Self {
        Self::Answered(error)
    }
}

impl Session {
    /// Sends one mail. A refused copy does not hold the mail back; it is told in the answer.
    pub fn send(&mut self, letter: &Letter) -> Answer {
        let message = match letter.message() {
            Ok(message) => message.formatted(),
            Err(reason) => return Answer::Refused(reason),
        };
        self.used = true;
        if let Err(broken) = self.from() {
            return match broken {
                Broken::Answered(error) if error.is_permanent() => Answer::Closed(error.to_string()),
                other => self.not_now(&other),
            };
        }
        if let Err(broken) = self.to(&letter.to_address) {
            return match broken {
                Broken::Answered(error) if is_about_login(&error) => Answer::Closed(error.to_string()),
                Broken::Answered(error) if error.is_permanent() => Answer::Refused(error.to_string()),
                other => self.not_now(&other),
            };
        }
        let mut remark = String::new();
        if let Some(cc) = &letter.cc_address
            && let Err(broken) = self.to(cc)
        {
            match broken {
                Broken::Answered(error) if error.status().is_some() => {
                    remark = format!("; tembusan ditolak: {error}");
                }
                other => return self.not_now(&other),
            }
        }
        if let Err(error) = self.conn.command(Data) {
            return if error.is_permanent() {
                Answer::Refused(error.to_string())
            } else {
                self.not_now(&Broken::Answered(error))
            };
        }
        match self.conn.message(&message) {
            Ok(response) => Answer::Accepted(words(&response) + &remark),
            Err(error) if error.is_permanent() => Answer::Refused(error.to_string()),
            Err(error) if error.is_transient() => Answer::Later(error.to_string()),
            Err(error) => {
                self.conn.abort();
                Answer::Unknown(error.to_string())
            }
        }
    }

    /// Whether the connection can carry another mail. Ask before each: a relay closes what is idle.
    pub fn is_ready(&mut self) -> bool {
        if self.used && !self.conn.has_broken() && self.conn.command(Rset).is_err() {
            self.conn.abort();
        }
        !self.conn.has_broken()
    }

    /// Says goodbye.
    pub fn close(mut self) {
        if !self.conn.has_broken() {
            let _ = self.conn.quit();
        }
    }

    fn from(&mut self) -> Result<Response, Broken> {
        let sender = address_of(&self.sender).map_err(Broken::Letter)?;
        Ok(self.conn.command(Mail::new(Some(sender), Vec::new()))?)
    }

    fn to(&mut self, address: &str) -> Result<Response, Broken> {
        let address = address_of(address).map_err(Broken::Letter)?;
        Ok(self.conn.command(Rcpt::new(address, Vec::new()))?)
    }

    /// An answer before the message went out. Without a code the connection is broken.
    fn not_now(&mut self, broken: &Broken) -> Answer {
        match broken {
            Broken::Letter(reason) => Answer::Refused(reason.clone()),
            Broken::Answered(error) => {
                if error.status().is_none() {
                    self.conn.abort();
                }
                Answer::Later(error.to_string())
            }
        }
    }
}

/// 530 and 535: the relay wants a login, or another one (RFC 4954).
fn is_about_login(error: &lettre::transport::smtp::Error) -> bool {
    error.status().is_some_and(|code| matches!(u16::from(code), 530 | 535))
}

fn words(response: &Response) -> String {
    format!("{} {}", response.code(), response.message().collect::<Vec<_>>().join(" "))
}

fn said(what: &'static str, about_us: bool) -> impl Fn(lettre::transport::smtp::Error) -> Unreachable {
    move |error| Unreachable { reason: format!("{what}: {error}"), about_us }
}
