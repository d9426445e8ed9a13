//! A finished mail as it goes to the relay: RFC 5322 headers, text and HTML.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};

/// A finished mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Name of the sender.
    pub from_name: String,
    /// Address of the sender.
    pub from_address: String,
    /// Where answers go.
    pub reply_to: Option<String>,
    /// Name of the recipient.
    pub to_name: String,
    /// Address of the recipient.
    pub to_address: String,
    /// Address that gets a copy.
    pub cc_address: Option<String>,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML.
    pub html: String,
    /// Message-ID without angle brackets.
    pub message_id: String,
    /// When it goes out.
    pub date: DateTime<Utc>,
}

/// Whether mail can be sent to an address: ASCII, since many relays take nothing else, and a form
/// that SMTP can carry.
pub fn is_usable(address: &str) -> bool {
    address.is_ascii()
        && validator::ValidateEmail::validate_email(&address)
        && Address::from_str(address).is_ok()
}

impl Letter {
    /// The mail on the wire.
    ///
    /// # Errors
    /// Why it cannot be one: a line break or NUL where a header holds one line, or an address that is
    /// none. Such a mail can never go out.
    pub(super) fn message(&self) -> Result<Message, String> {
        for (what, text) in [
            ("nama pengirim", &self.from_name),
            ("nama penerima", &self.to_name),
            ("perihal", &self.subject),
            ("Message-ID", &self.message_id),
        ] {
            if text.contains(['\r', '\n', '\0']) {
                return Err(format!("{what} memuat ganti baris"));
            }
        }
        let mailbox = |name: Option<&str>, address: &str| -> Result<Mailbox, String> {
            let parsed = address_of(address)?;
            Ok(Mailbox::new(name.filter(|name| !name.is_empty()).map(str::to_owned), parsed))
        };
        let mut builder = Message::builder()
            .from(mailbox(Some(&self.from_name), &self.from_address)?)
            .to(mailbox(Some(&self.to_name), &self.to_address)?)
            .subject(self.subject.clone())
            .message_id(Some(format!("<{}>", self.message_id)))
            .date(self.date.into());
        if let Some(reply_to) = &self.reply_to {
            builder = builder.reply_to(mailbox(None, reply_to)?);
        }
        if let Some(cc) = &self.cc_address {
            builder = builder.cc(mailbox(None, cc)?);
        }
        // RFC 3834: no vacation notice answers this.
        let header = HeaderName::new_from_ascii_str("Auto-Submitted");
        builder
            .raw_header(HeaderValue::new(header, "auto-generated".to_owned()))
            .multipart(MultiPart::alternative_plain_html(self.text.clone(), self.html.clone()))
            .map_err(|error| error.to_string())
    }
}

pub(super) fn address_of(address: &str) -> Result<Address, String> {
    if !is_usable(address) {
        return Err(format!("\"{}\" bukan alamat surel", address.escape_debug()));
    }
    Address::from_str(address).map_err(|error| error.to_string())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        Letter {
            from_name: "Disdukcapil Kabupaten Nusa Kencana".into(),
            from_address: "kawal@nusakencana.example".into(),
            reply_to: Some("layanan@nusakencana.example".into()),
            to_name: "Drs. Wira Adinata, M.Si.".into(),
            to_address: "wira@perikanan.example".into(),
            cc_address: Some("pks@nusakencana.example".into()),
            subject: "Hari ini batas surat perpanjangan".into(),
            text: "Yth. Bapak Wira".into(),
            html: "<p>Yth. Bapak Wira</p>".into(),
            message_id: "abc@kawal.example".into(),
            date: "2027-07-15T23:00:00Z".parse().unwrap(),
        }
    }

    fn wire(letter: &Letter) -> String {
        String::from_utf8(letter.message().unwrap().formatted()).unwrap()
    }

    #[test]
    fn a_letter_has_its_headers_and_both_bodies() {
        let wire = wire(&letter());
        for line in [
            "From: \"Disdukcapil Kabupaten Nusa Kencana\" <kawal@nusakencana.example>\r\n",
            "Reply-To: layanan@nusakencana.example\r\n",
            " <wira@perikanan.example>\r\n",
            "Cc: pks@nusakencana.example\r\n",
            "Subject: Hari ini batas surat perpanjangan\r\n",
            "Message-ID: <abc@kawal.example>\r\n",
            "Date: Thu, 15 Jul 2027 23:00:00 +0000\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "multipart/alternative",
            "text/plain",
            "text/html",
        ] {
            assert!(wire.contains(line), "{line:?} in\n{wire}");
        }
        assert!(wire.is_ascii());
    }

    #[test]
    fn a_line_break_never_becomes_a_header() {
        for evil in ["a\r\nBcc: x@y.example", "a\nb", "a\0b"] {
            let mails = [
                Letter { subject: evil.into(), ..letter() },
                Letter { to_name: evil.into(), ..letter() },
                Letter { from_name: evil.into(), ..letter() },
                Letter { message_id: evil.into(), ..letter() },
                Letter { to_address: format!("wira@perikanan.example{evil}"), ..letter() },
                Letter { cc_address: Some(evil.into()), ..letter() },
                Letter { reply_to: Some(evil.into()), ..letter() },
            ];
            for mail in mails {
                assert!(mail.message().is_err(), "{mail:?}");
            }
        }
    }

    #[test]
    fn usable_addresses() {
        for good in ["wira@perikanan.example", "a.b-c+d@sub.domain.go.id"] {
            assert!(is_usable(good), "{good}");
        }
        for bad in
            ["", "wira", "wira@", "@x.id", "a b@x.id", "a@x..id", "wira@perikanan.example\n", "wirá@x.id"]
        {
            assert!(!is_usable(bad), "{bad}");
        }
    }
}
