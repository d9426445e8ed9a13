//! The log of deeds: what an entry is, its canonical form, and the sentence it reads as.
//!
//! The canonical form (format 1) is fixed since the first migration and never changes; a new form
//! gets a new number. Each entry's hash is SHA-256 over the previous hash and this entry's canonical
//! form, per office, so a change or a gap in the middle shows.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::fact_sheet::changes::FactChange;
use super::fact_sheet::choices;

/// Number of the canonical form.
pub const FORMAT: i32 = 1;

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A signed-in person.
    User {
        /// Account.
        id: Uuid,
        /// Name as of the deed.
        name: String,
    },
    /// Somebody at the command line: "baris perintah (OS user)".
    Command {
        /// Account of the operating system.
        os_user: String,
    },
    /// The schedule of the running server.
    System,
}

impl Actor {
    /// Code in the log.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::User { .. } => "user",
            Self::Command { .. } => "command",
            Self::System => "system",
        }
    }

    /// Name in the log.
    pub fn name(&self) -> String {
        match self {
            Self::User { name, .. } => name.clone(),
            Self::Command { os_user } => format!("baris perintah ({os_user})"),
            Self::System => "Sistem".to_owned(),
        }
    }

    /// Account, for a signed-in person.
    pub const fn id(&self) -> Option<Uuid> {
        match self {
            Self::User { id, .. } => Some(*id),
            _ => None,
        }
    }
}

choices! {
    /// What was done; the label is the middle of the sentence.
    Verb {
        /// A draft was made.
        #[default] AgreementDrafted = "agreement_drafted", "membuat rancangan perjanjian";
        /// A running agreement was registered.
        AgreementRegistered = "agreement_registered", "mendaftarkan perjanjian berjalan";
        /// An agreement file was read.
        AgreementImported = "agreement_imported", "mengimpor perjanjian";
        /// Facts changed.
        FactsRevised = "facts_revised", "mengubah fakta";
        /// Both parties signed.
        AgreementSigned = "agreement_signed", "mencatat penandatanganan";
        /// The renewal letter came in.
        RenewalLetterLogged = "renewal_letter_logged", "mencatat surat perpanjangan";
        /// The agreement ended by an act.
        AgreementEnded = "agreement_ended", "mencatat berakhirnya perjanjian";
        /// A duty was met.
        DutyMet = "duty_met", "mencatat kewajiban selesai pada";
        /// A reminder was put into the outbox.
        ReminderQueued = "reminder_queued", "menyiapkan pengingat";
        /// A reminder has no usable address.
        ReminderUndeliverable = "reminder_undeliverable", "tidak dapat mengirim pengingat";
        /// A mail was accepted by the relay.
        MailSent = "mail_sent", "mengirim surel";
        /// A mail was refused for good.
        MailRefused = "mail_refused", "gagal mengirim surel";
        /// A mail was put back to the front of the queue by a person.
        MailRequeued = "mail_requeued", "mengirim ulang surel";
        /// A task was done.
        TaskDone = "task_done", "menyelesaikan tugas";
        /// An office was opened.
        OfficeOpened = "office_opened", "membuka kantor";
        /// Settings of the office changed.
        OfficeChanged = "office_changed", "mengubah pengaturan kantor";
        /// A user was added.
        UserAdded = "user_added", "menambah pengguna";
        /// Somebody signed in.
        SignedIn = "signed_in", "masuk";
        /// Somebody signed out.
        SignedOut = "signed_out", "keluar";
        /// A sign-in failed.
        SignInRefused = "sign_in_refused", "ditolak masuk";
        /// An institution was added.
        InstitutionAdded = "institution_added", "menambah instansi";
        /// An institution changed.
        InstitutionChanged = "institution_changed", "mengubah instansi";
        /// An official was added.
        OfficialAdded = "official_added", "menambah pejabat";
        /// An official or a term of office changed.
        OfficialChanged = "official_changed", "mengubah pejabat";
        /// A regulation was added to the catalogue.
        LegalBasisAdded = "legal_basis_added", "menambah dasar hukum";
        /// A regulation in the catalogue changed.
        LegalBasisChanged = "legal_basis_changed", "mengubah dasar hukum";
        /// The office changed a wording of its papers.
        WordingChanged = "wording_changed", "mengubah redaksi";
        /// The office went back to the wording that comes with Kawal.
        WordingReturned = "wording_returned", "mengembalikan redaksi bawaan";
        /// A clause of one agreement was changed, added or taken back.
        ClauseChanged = "clause_changed", "mengubah redaksi perjanjian dengan";
        /// A held scan was confirmed.
        ScanConfirmed = "scan_confirmed", "melanjutkan pemindaian pengingat yang tertahan";
    }
}

/// What a deed adds to the log, before it is given a place there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What was done.
    pub verb: Verb,
    /// What changed, fact by fact.
    pub changes: Vec<FactChange>,
    /// A reason or remark.
    pub note: Option<String>,
}

impl Event {
    /// An event with its changes.
    pub const fn new(verb: Verb, changes: Vec<FactChange>) -> Self {
        Self { verb, changes, note: None }
    }

    /// An event that one remark tells.
    pub fn noted(verb: Verb, note: impl Into<String>) -> Self {
        Self { verb, changes: Vec::new(), note: Some(note.into()) }
    }
}

/// What an event is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// `agreement`, `institution`, `official`, `office`, `user`, `legal_basis`, `mail`, `task`, `wording`.
    pub kind: &'static str,
    /// Its id.
    pub id: Uuid,
    /// Its name as of the deed.
    pub name: String,
}

/// The changing part of an entry, stored as written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payload {
    /// Changes; a secret one has no words, only a commitment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<LoggedChange>,
    /// Remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// One change as the log keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoggedChange {
    /// Path of the fact.
    pub path: String,
    /// Name of the fact.
    pub label: String,
    /// Old words; none for a secret or when nothing stood there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// New words; none for a secret or when nothing stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// For a secret: keyed commitments to the old and the new value, so that a known value can be
    /// proved with the key but not guessed without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment: Option<(String, String)>,
}

impl Payload {
    /// The payload of an event; `commit` turns a secret into its keyed commitment.
    pub fn of(event: &Event, commit: impl Fn(&str, &str) -> String) -> Self {
        let changes = event
            .changes
            .iter()
            .map(|change| {
                let commitment = change.secret.then(|| {
                    let hide = |value: &Option<String>| {
                        value.as_deref().map_or_else(String::new, |text| commit(&change.path, text))
                    };
                    (hide(&change.from), hide(&change.to))
                });
                LoggedChange {
                    path: change.path.clone(),
                    label: change.label.clone(),
                    from: change.from.clone().filter(|_| !change.secret),
                    to: change.to.clone().filter(|_| !change.secret),
                    commitment,
                }
            })
            .collect();
        Self { changes, note: event.note.clone() }
    }
}

/// An entry with its place in an office's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Office.
    pub office_id: Uuid,
    /// Place, from 1 without gaps.
    pub seq: i64,
    /// When, in UTC, cut to microseconds (PostgreSQL keeps no more).
    pub at: DateTime<Utc>,
    /// [`Actor::kind`].
    pub actor_kind: String,
    /// Account.
    pub actor_id: Option<Uuid>,
    /// [`Actor::name`].
    pub actor_name: String,
    /// Code of the verb.
    pub verb: String,
    /// [`Subject::kind`].
    pub subject_kind: String,
    /// [`Subject::id`].
    pub subject_id: Uuid,
    /// [`Subject::name`].
    pub subject_name: String,
    /// The payload, exactly as stored.
    pub payload: String,
}

impl Entry {
    /// Canonical form 1: a JSON array of the entry's fields in this order, strings escaped as JSON
    /// does, the time as RFC 3339 with six decimals and `Z`, an absent account as `""`.
    pub fn canonical(&self) -> String {
        let seq = self.seq.to_string();
        let at = self.at.to_rfc3339_opts(SecondsFormat::Micros, true);
        let office = self.office_id.to_string();
        let actor = self.actor_id.map_or_else(String::new, |id| id.to_string());
        let subject = self.subject_id.to_string();
        let fields = [
            "kawal-log-1",
            &office,
            &seq,
            &at,
            &self.actor_kind,
            &actor,
            &self.actor_name,
            &self.verb,
            &self.subject_kind,
            &subject,
            &self.subject_name,
            &self.payload,
        ];
        let quoted: Vec<String> =
            fields.iter().map(|field| serde_json::Value::from(*field).to_string()).collect();
        format!("[{}]", quoted.join(","))
    }

    /// "Rini Wulandari mengubah fakta Dinas Perikanan: …".
    pub fn sentence(&self) -> String {
        let verb = Verb::ALL
            .iter()
            .find(|verb| verb.code() == self.verb)
            .map_or(self.verb.as_str(), |verb| verb.label());
        match self.verb.as_str() {
            "signed_in" | "signed_out" | "sign_in_refused" => format!("{} {verb}", self.actor_name),
            _ => format!("{} {verb} {}", self.actor_name, self.subject_name),
        }
    }

    /// The changes as lines: "Nomor PIHAK KEDUA: dari “…” menjadi “…”".
    pub fn details(&self) -> Vec<String> {
        let payload: Payload = serde_json::from_str(&self.payload).unwrap_or_default();
        let mut lines: Vec<String> = payload.changes.iter().map(LoggedChange::line).collect();
        lines.extend(payload.note);
        lines
    }
}

impl LoggedChange {
    fn line(&self) -> String {
        let label = &self.label;
        match (&self.commitment, &self.from, &self.to) {
            (Some(_), _, _) => format!("{label}: diubah (rahasia)"),
            (None, Some(from), Some(to)) => format!("{label}: dari “{from}” menjadi “{to}”"),
            (None, None, Some(to)) => format!("{label}: “{to}”"),
            (None, Some(from), None) => format!("{label}: “{from}” dihapus"),
            (None, None, None) => label.clone(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry {
            office_id: Uuid::from_u128(1),
            seq: 7,
            at: "2027-07-16T03:04:05.000006Z".parse().unwrap(),
            actor_kind: "user".into(),
            actor_id: Some(Uuid::from_u128(2)),
            actor_name: "Rini \"R\" Wulandari".into(),
            verb: "facts_revised".into(),
            subject_kind: "agreement".into(),
            subject_id: Uuid::from_u128(3),
            subject_name: "Dinas Perikanan".into(),
            payload:
                r#"{"changes":[{"path":"user.number","label":"Nomor PIHAK KEDUA","from":"1","to":"2"}]}"#
                    .into(),
        }
    }

    #[test]
    fn the_canonical_form_never_changes() {
        assert_eq!(
            entry().canonical(),
            r#"["kawal-log-1","00000000-0000-0000-0000-000000000001","7","2027-07-16T03:04:05.000006Z","user","00000000-0000-0000-0000-000000000002","Rini \"R\" Wulandari","facts_revised","agreement","00000000-0000-0000-0000-000000000003","Dinas Perikanan","{\"changes\":[{\"path\":\"user.number\",\"label\":\"Nomor PIHAK KEDUA\",\"from\":\"1\",\"to\":\"2\"}]}"]"#
        );
    }

    #[test]
    fn an_entry_reads_as_a_sentence() {
        assert_eq!(entry().sentence(), "Rini \"R\" Wulandari mengubah fakta Dinas Perikanan");
        assert_eq!(entry().details(), ["Nomor PIHAK KEDUA: dari “1” menjadi “2”"]);
    }

    #[test]
    fn a_secret_enters_as_a_commitment_without_words() {
        let change = FactChange {
            path: "operators.0.nik".into(),
            label: "NIK operator".into(),
            from: None,
            to: Some("9901014101900001".into()),
            secret: true,
        };
        let payload = Payload::of(&Event::new(Verb::FactsRevised, vec![change]), |_, _| "commitment".into());
        let text = serde_json::to_string(&payload).unwrap();
        assert!(!text.contains("9901014101900001") && text.contains("commitment"), "{text}");
    }
}
