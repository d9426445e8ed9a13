//! A relay of the test's own: takes mail over SMTP on loopback, and fails as it is told.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use kawal::mail::Relay;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// 451 at RCPT: greylisting.
    LaterAtRcpt,
    /// 550 at RCPT: no such mailbox.
    RefusedAtRcpt,
    /// 452 after the message.
    LaterAfterData,
    /// 554 after the message.
    RefusedAfterData,
    /// The connection breaks at RCPT.
    DropAtRcpt,
    /// The message is kept, then the connection breaks without an answer.
    DropAfterData,
    /// 530 at MAIL: sign in first.
    WantsLogin,
    /// The connection breaks after each mail was accepted and answered.
    HangUpAfterMail,
}

/// A mail as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// Envelope sender.
    pub from: String,
    /// Envelope recipients.
    pub to: Vec<String>,
    /// Headers and bodies.
    pub data: String,
}

impl Arrived {
    /// A header, unfolded.
    pub fn header(&self, name: &str) -> Option<String> {
        let (head, _) = self.data.split_once("\r\n\r\n")?;
        let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        let found = unfolded
            .lines()
            .find_map(|line| line.split_once(':').filter(|(known, _)| known.eq_ignore_ascii_case(name)));
        found.map(|(_, value)| value.trim().to_owned())
    }

    /// The Message-ID.
    pub fn message_id(&self) -> String {
        self.header("Message-ID").expect("a Message-ID")
    }
}

#[derive(Default)]
struct State {
    arrived: Vec<Arrived>,
    /// By recipient; "" is the relay as a whole.
    faults: HashMap<String, Fault>,
}

/// The relay and what arrived there.
#[derive(Clone)]
pub struct Mailbox {
    port: u16,
    state: Arc<Mutex<State>>,
}

impl Mailbox {
    /// Opens it on a free port of this machine.
    pub fn open() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::<Mutex<State>>::default();
        let kept = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let state = Arc::clone(&kept);
                // A broken conversation is what the stories are about.
                std::thread::spawn(move || converse(&stream, &state).ok());
            }
        });
        Self { port, state }
    }

    /// Its address for SMTP_URL.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}?tls=none", self.port)
    }

    /// As the relay of the application.
    pub fn relay(&self) -> Relay {
        relay(&self.url())
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// From now on mail to this recipient meets the fault; "" is everybody.
    pub fn fail(&self, recipient: &str, fault: Fault) {
        self.lock().faults.insert(recipient.to_owned(), fault);
    }

    /// All is well again.
    pub fn recover(&self) {
        self.lock().faults.clear();
    }

    /// What arrived, oldest first.
    pub fn arrived(&self) -> Vec<Arrived> {
        self.lock().arrived.clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A relay at an address, with the cast's sender and little patience.
pub fn relay(url: &str) -> Relay {
    Relay::new(url, "kawal@nusakencana.example").unwrap().with_patience(Duration::from_secs(5))
}

fn converse(stream: &TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream);
    let mut out = stream;
    let fault = |recipient: &str| {
        let state = state.lock().unwrap_or_else(PoisonError::into_inner);
        state.faults.get(recipient).or_else(|| state.faults.get("")).copied()
    };
    let mut mail = Arrived { from: String::new(), to: Vec::new(), data: String::new() };
    write!(out, "220 kotak surat\r\n")?;
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let line = line.trim_end();
        let address = || line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
        match line.split([' ', ':']).next().unwrap_or_default().to_uppercase().as_str() {
            "EHLO" => write!(out, "250-kotak surat\r\n250 8BITMIME\r\n")?,
            "MAIL" if fault("") == Some(Fault::WantsLogin) => write!(out, "530 masuk dahulu\r\n")?,
            "MAIL" => {
                mail = Arrived { from: address(), to: Vec::new(), data: String::new() };
                write!(out, "250 baik\r\n")?;
            }
            "RCPT" => match fault(&address()) {
                Some(Fault::LaterAtRcpt) => write!(out, "451 coba lagi nanti\r\n")?,
                Some(Fault::RefusedAtRcpt) => write!(out, "550 kotak tidak ada\r\n")?,
                Some(Fault::DropAtRcpt) => return Ok(()),
                _ => {
                    mail.to.push(address());
                    write!(out, "250 baik\r\n")?;
                }
            },
            "DATA" => {
                write!(out, "354 silakan\r\n")?;
                loop {
                    let mut part = String::new();
                    if lines.read_line(&mut part)? == 0 {
                        return Ok(());
                    }
                    if part == ".\r\n" {
                        break;
                    }
                    mail.data.push_str(part.strip_prefix('.').unwrap_or(&part));
                }
                let found = mail.to.first().and_then(|to| fault(to));
                match found {
                    Some(Fault::LaterAfterData) => write!(out, "452 penuh\r\n")?,
                    Some(Fault::RefusedAfterData) => write!(out, "554 ditolak\r\n")?,
                    _ => {
                        state.lock().unwrap_or_else(PoisonError::into_inner).arrived.push(mail.clone());
                        if found == Some(Fault::DropAfterData) {
                            return Ok(());
                        }
                        write!(out, "250 diterima\r\n")?;
                        if found == Some(Fault::HangUpAfterMail) {
                            return Ok(());
                        }
                    }
                }
            }
            "RSET" | "NOOP" => write!(out, "250 baik\r\n")?,
            "QUIT" => {
                write!(out, "221 sampai jumpa\r\n")?;
                return Ok(());
            }
            _ => write!(out, "502 tidak dikenal\r\n")?,
        }
    }
}
