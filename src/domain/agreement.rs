//! The agreement: a fact sheet, the acts of people upon it, and the verbs that may change it.
//!
//! A verb consumes the agreement and answers a [`Change`] or a [`Refused`] with a sentence a person
//! understands. `store::agreements::record` writes a change; there is no other way.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::acts::{Acts, EndCause, Ended, LetterIn, MetDuty};
use super::audit::{Event, Verb};
use super::deadline::Step;
use super::fact_sheet::catalogue::{Field, Kind, field};
use super::fact_sheet::changes::{FactChange, changes, entered};
use super::fact_sheet::check::{contradictions, missing};
use super::fact_sheet::{FactSheet, RenewalSource, choices};

choices! {
    /// Where an agreement stands by what people did; what follows from dates is `status`.
    State {
        /// Being drafted: facts may be missing, nothing is due.
        #[default] Drafting = "drafting", "Rancangan";
        /// Signed by both parties.
        Signed = "signed", "Ditandatangani";
        /// Ended by a recorded act before or at its term.
        Ended = "ended", "Diakhiri";
    }
}

/// An agreement as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    id: Uuid,
    office_id: Uuid,
    version: i32,
    state: State,
    frozen: bool,
    facts: FactSheet,
    acts: Acts,
}

/// What a verb did: the agreement as it shall be stored, and the event that tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The agreement after the deed; its version is the one that was read.
    pub agreement: Agreement,
    /// What the log will say.
    pub event: Event,
}

/// Why a verb was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// A final paper needs facts that are not known yet; their names.
    #[error("Belum dapat ditandatangani. Fakta yang belum diketahui: {}.", .0.join(", "))]
    Missing(Vec<String>),
    /// The verb does not fit the state.
    #[error("{0}")]
    WrongState(&'static str),
    /// The paper that was signed states this fact.
    #[error("{} tertulis pada naskah yang sudah ditandatangani dan tidak dapat diubah di sini. Buat adendum, atau perbaiki pencatatannya dengan alasan.", .0.join(", "))]
    Frozen(Vec<String>),
    /// A date does not fit the agreement's own dates.
    #[error("{0}")]
    Date(String),
    /// Facts that cannot be true together: no agreement can be like this.
    #[error("{}", .0.join(" "))]
    Contradiction(Vec<String>),
    /// Nothing would change.
    #[error("Tidak ada yang berubah.")]
    Nothing,
}

/// How an agreement comes into Kawal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Drafted here.
    Drafted,
    /// Already running; registered from its minimum.
    Registered,
    /// Read from an agreement file.
    Imported,
}

/// The parts an agreement is made of; for the store and agreement files.
#[derive(Debug, Clone, PartialEq)]
pub struct Parts {
    /// Id.
    pub id: Uuid,
    /// Office it belongs to.
    pub office_id: Uuid,
    /// Version that was read.
    pub version: i32,
    /// State.
    pub state: State,
    /// Its PKS was printed and signed through Kawal: the signed text is kept.
    pub frozen: bool,
    /// Facts.
    pub facts: FactSheet,
    /// Acts.
    pub acts: Acts,
}

impl Agreement {
    /// An agreement that comes into being.
    ///
    /// # Errors
    /// A signed agreement without a signing date is refused: nothing could be due.
    pub fn begin(
        id: Uuid,
        office_id: Uuid,
        origin: Origin,
        state: State,
        facts: FactSheet,
        acts: Acts,
    ) -> Result<Change, Refused> {
        consistent(&facts)?;
        if state != State::Drafting && facts.signing.on.is_none() {
            return Err(Refused::Missing(vec!["Tanggal perjanjian".to_owned()]));
        }
        if (state == State::Ended) != acts.ended.is_some() {
            return Err(Refused::WrongState(
                "Keadaan \"ended\" dan catatan pengakhiran harus ada bersama-sama.",
            ));
        }
        let verb = match origin {
            Origin::Drafted => Verb::AgreementDrafted,
            Origin::Registered => Verb::AgreementRegistered,
            Origin::Imported => Verb::AgreementImported,
        };
        let event = Event::new(verb, entered(changes(&FactSheet::default(), &facts)));
        Ok(Change { agreement: Self { id, office_id, version: 1, state, frozen: false, facts, acts }, event })
    }

    /// An agreement as it was stored.
    pub fn restore(parts: Parts) -> Self {
        let Parts { id, office_id, version, state, frozen, facts, acts } = parts;
        Self { id, office_id, version, state, frozen, facts, acts }
    }

    /// Id.
    pub const fn id(&self) -> Uuid {
        self.id
    }

    /// Office it belongs to.
    pub const fn office_id(&self) -> Uuid {
        self.office_id
    }

    /// Version that was read.
    pub const fn version(&self) -> i32 {
        self.version
    }

    /// State.
    pub const fn state(&self) -> State {
        self.state
    }

    /// Whether the signed text is kept, so that printed facts no longer change.
    pub const fn frozen(&self) -> bool {
        self.frozen
    }

    /// Facts.
    pub const fn facts(&self) -> &FactSheet {
        &self.facts
    }

    /// Acts.
    pub const fn acts(&self) -> &Acts {
        &self.acts
    }

    /// The user agency's name, as lists and the log call the agreement.
    pub fn name(&self) -> String {
        self.facts
            .user
            .institution
            .name
            .clone()
            .unwrap_or_else(|| "Perjanjian tanpa nama instansi".to_owned())
    }

    /// Replaces the facts.
    ///
    /// # Errors
    /// Once a paper was signed through Kawal, a fact that it states is refused; facts that were
    /// unknown, and those that no signed paper states, may still be entered.
    pub fn revise(self, facts: FactSheet) -> Result<Change, Refused> {
        let found = changes(&self.facts, &facts);
        if found.is_empty() {
            return Err(Refused::Nothing);
        }
        consistent(&facts)?;
        if self.frozen {
            let stated: Vec<String> = found
                .iter()
                .filter(|change| stated_on_pks(change, [&self.facts, &facts]))
                .map(|change| change.label.clone())
                .collect();
            if !stated.is_empty() {
                return Err(Refused::Frozen(stated));
            }
        }
        if self.state != State::Drafting && facts.signing.on.is_none() {
            return Err(Refused::Missing(vec!["Tanggal perjanjian".to_owned()]));
        }
        Ok(Change { event: Event::new(Verb::FactsRevised, found), agreement: Self { facts, ..self } })
    }

    /// Records that both parties signed. The paper is frozen with it.
    ///
    /// # Errors
    /// When it is no draft, or facts that a final paper needs are missing.
    pub fn sign(self, facts: FactSheet) -> Result<Change, Refused> {
        if self.state != State::Drafting {
            return Err(Refused::WrongState("Hanya rancangan yang dapat ditandatangani."));
        }
        consistent(&facts)?;
        let unknown = missing(&facts);
        if !unknown.is_empty() {
            return Err(Refused::Missing(unknown.into_iter().map(|(_, label)| label).collect()));
        }
        if super::deadline::term_end(&facts).is_none() {
            return Err(Refused::Missing(vec!["Lamanya atau hari terakhir berlaku".to_owned()]));
        }
        let event = Event::new(Verb::AgreementSigned, changes(&self.facts, &facts));
        Ok(Change { agreement: Self { facts, state: State::Signed, frozen: true, ..self }, event })
    }

    /// Changes the words of a clause for this agreement alone, adds one, or takes such a change back.
    ///
    /// # Errors
    /// Once it is no draft: what was signed says what it says.
    pub fn reword(self, clause: FactChange) -> Result<Change, Refused> {
        if self.state != State::Drafting {
            return Err(Refused::WrongState(
                "Redaksi sebuah perjanjian hanya dapat diubah selama masih rancangan.",
            ));
        }
        Ok(Change { event: Event::new(Verb::ClauseChanged, vec![clause]), agreement: self })
    }

    /// Records that the agency's letter asking for renewal came in: its reminders stop.
    ///
    /// # Errors
    /// When the agreement is not running, a letter is already recorded, or the date precedes the signing.
    pub fn log_renewal_letter(self, letter: LetterIn) -> Result<Change, Refused> {
        if self.state != State::Signed {
            return Err(Refused::WrongState(
                "Surat perpanjangan hanya dicatat untuk perjanjian yang berjalan.",
            ));
        }
        if self.acts.renewal_letter.is_some() {
            return Err(Refused::WrongState("Surat perpanjangan sudah tercatat."));
        }
        if let Some(signed) = self.facts.signing.on
            && letter.on < signed
        {
            return Err(Refused::Date(
                "Tanggal surat perpanjangan mendahului tanggal perjanjian.".to_owned(),
            ));
        }
        let event = Event::new(
            Verb::RenewalLetterLogged,
            vec![
                told("acts.renewal_letter.number", "Nomor surat perpanjangan", Some(letter.number.clone())),
                told(
                    "acts.renewal_letter.on",
                    "Tanggal surat perpanjangan",
                    Some(super::wording::date_long(letter.on)),
                ),
            ],
        );
        let acts = Acts { renewal_letter: Some(letter), ..self.acts };
        Ok(Change { agreement: Self { acts, ..self }, event })
    }

    /// Records that a duty was met: a report came in, a certificate was handed over.
    ///
    /// # Errors
    /// When nothing is due for a draft, or the duty is recorded as met already.
    pub fn meet(self, met: MetDuty) -> Result<Change, Refused> {
        if self.state == State::Drafting {
            return Err(Refused::WrongState("Rancangan belum mempunyai kewajiban."));
        }
        if self.acts.met.iter().any(|known| known.step == met.step && known.due_on == met.due_on) {
            return Err(Refused::WrongState("Kewajiban ini sudah tercatat selesai."));
        }
        let duty = format!("{} {}", met.step.label(), super::wording::date_long(met.due_on));
        let event = Event::new(
            Verb::DutyMet,
            vec![
                told("acts.met.duty", "Kewajiban", Some(duty)),
                told("acts.met.on", "Dipenuhi pada", Some(super::wording::date_long(met.on))),
                told("acts.met.note", "Bukti", met.note.clone()),
            ],
        );
        let mut acts = self.acts;
        acts.met.push(met);
        Ok(Change { agreement: Self { acts, ..self }, event })
    }

    /// Records the end of a running agreement by an act: agreement of the parties, change of the
    /// institution, breach.
    ///
    /// # Errors
    /// When it is not running, or the day precedes the signing.
    pub fn end(self, ended: Ended) -> Result<Change, Refused> {
        if self.state != State::Signed {
            return Err(Refused::WrongState(
                "Hanya perjanjian yang sudah ditandatangani yang dapat diakhiri.",
            ));
        }
        if let Some(signed) = self.facts.signing.on
            && ended.on < signed
        {
            return Err(Refused::Date("Tanggal berakhir mendahului tanggal perjanjian.".to_owned()));
        }
        let event = Event::new(
            Verb::AgreementEnded,
            vec![
                told("acts.ended.on", "Tanggal berakhir", Some(super::wording::date_long(ended.on))),
                told("acts.ended.cause", "Sebab", Some(ended.cause.label().to_owned())),
                told("acts.ended.letter", "Surat pengakhiran", ended.letter.clone()),
            ],
        );
        let acts = Acts { ended: Some(ended), ..self.acts };
        Ok(Change { agreement: Self { acts, state: State::Ended, ..self }, event })
    }
}

/// Refuses facts that cannot be true together, whichever way they came.
fn consistent(facts: &FactSheet) -> Result<(), Refused> {
    let faults: Vec<String> = contradictions(facts)
        .into_iter()
        .map(|fault| {
            let name = super::fact_sheet::catalogue::find(&fault.path);
            format!("{}: {}", name.map_or(fault.path.as_str(), |field| field.label), fault.sentence())
        })
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(Refused::Contradiction(faults)) }
}

fn told(path: &str, label: &str, to: Option<String>) -> FactChange {
    FactChange { path: path.to_owned(), label: label.to_owned(), from: None, to, secret: false }
}

/// Groups of facts that the PKS does not print, so that they may change after it was signed.
const NOT_ON_PKS: &[&str] = &[
    "application",
    "contacts",
    "operators",
    "papers",
    "supersedes",
    "note",
    "network.ip_lan",
    "network.bandwidth",
    "network.target",
    "network.target_on",
    "feedback.url",
    "feedback.channels",
    "access.quota",
    "access.user_ids",
    "access.user_id_within_weeks",
    "reporting.channels",
    "reporting.email",
    "signing.stamp_serials",
    "reporting.grace_working_days",
    "term.end_rule",
    "renewal.clause",
    "provider.institution.email",
    "provider.institution.kind",
    "provider.institution.affairs",
    "provider.institution.region.code",
    "provider.official.email",
    "provider.official.rank",
    "provider.official.address_kind",
    "user.institution.email",
    "user.institution.region.code",
    "user.official.email",
    "user.official.rank",
    "user.official.address_kind",
];

/// Whether the PKS may print the fact at a path. A test holds this equal to what the paper prints.
pub fn is_on_pks(path: &str) -> bool {
    !NOT_ON_PKS
        .iter()
        .any(|group| path.strip_prefix(group).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
}

/// Whether the change would contradict a signed PKS: it replaces or removes a fact that is printed
/// there. The renewal duty is printed only where the PKS is the paper that states it.
fn stated_on_pks(change: &FactChange, both: [&FactSheet; 2]) -> bool {
    let elsewhere = change.path.starts_with("renewal.")
        && both.iter().all(|facts| facts.renewal.stated_in != RenewalSource::Pks);
    is_on_pks(&change.path) && change.from.is_some() && !elsewhere
}

/// The day on which an agreement's own dates say it was signed: for lists.
pub fn signed_on(facts: &FactSheet) -> Option<NaiveDate> {
    facts.signing.on
}

/// State and acts as an agreement file describes them, beside the facts.
pub const LIFE: &[Field] = &[
    field("state", "Keadaan", Kind::Choice(State::CHOICES)),
    field("acts", "Catatan perbuatan", Kind::Group(ACTS)),
];

const ACTS: &[Field] = &[
    field("renewal_letter", "Surat perpanjangan", Kind::Group(RENEWAL_LETTER)),
    field("ended", "Pengakhiran", Kind::Group(ENDED)),
    field("met", "Kewajiban yang selesai", Kind::List(MET, "kewajiban selesai")),
];

const RENEWAL_LETTER: &[Field] = &[
    field("number", "Nomor surat perpanjangan", Kind::Number).needed(),
    field("on", "Tanggal surat perpanjangan", Kind::Date).needed(),
];

const ENDED: &[Field] = &[
    field("on", "Tanggal berakhir", Kind::Date).needed(),
    field("cause", "Sebab", Kind::Choice(EndCause::CHOICES)).needed(),
    field("letter", "Surat pengakhiran", Kind::Number),
];

const MET: &[Field] = &[
    field("step", "Kewajiban", Kind::Choice(Step::CHOICES)).needed(),
    field("due_on", "Tenggat", Kind::Date).needed(),
    field("on", "Dipenuhi pada", Kind::Date).needed(),
    field("note", "Bukti", Kind::Long),
];

/// The acts and state as they stand in an agreement file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Life {
    /// State; without it an agreement with a signing date counts as signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// Acts.
    pub acts: Acts,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn frozen(facts: FactSheet) -> Agreement {
        Agreement::restore(Parts {
            id: Uuid::from_u128(1),
            office_id: Uuid::from_u128(2),
            version: 3,
            state: State::Signed,
            frozen: true,
            facts,
            acts: Acts::default(),
        })
    }

    fn signed() -> FactSheet {
        let mut facts = FactSheet::default();
        facts.signing.on = NaiveDate::from_ymd_opt(2025, 9, 16);
        facts.user.official.name = Some("Wira Adinata".to_owned());
        facts.user.official.email = Some("wira@perikanan.example".to_owned());
        facts.renewal.months_before = Some(2);
        facts
    }

    fn revised(facts: &FactSheet, change: impl FnOnce(&mut FactSheet)) -> Result<Change, Refused> {
        let mut new = facts.clone();
        change(&mut new);
        frozen(facts.clone()).revise(new)
    }

    #[test]
    fn what_a_signed_paper_states_may_be_added_to_but_not_replaced() {
        let facts = signed();
        let refused =
            revised(&facts, |facts| facts.user.official.name = Some("Wira".to_owned())).unwrap_err();
        assert_eq!(refused, Refused::Frozen(vec!["Nama pejabat (PIHAK KEDUA)".to_owned()]));
        assert!(
            revised(&facts, |facts| facts.user.official.nip = Some("198001012005011001".to_owned())).is_ok()
        );
        assert!(revised(&facts, |facts| facts.user.official.email = None).is_ok());
    }

    #[test]
    fn the_renewal_duty_is_stated_only_where_the_pks_states_it() {
        let mut facts = signed();
        assert!(revised(&facts, |facts| facts.renewal.months_before = Some(3)).is_ok());
        assert!(revised(&facts, |facts| facts.renewal.stated_in = RenewalSource::Juknis).is_ok());
        assert!(revised(&facts, |facts| facts.renewal.stated_in = RenewalSource::Pks).is_err());
        facts.renewal.stated_in = RenewalSource::Pks;
        assert!(revised(&facts, |facts| facts.renewal.months_before = Some(3)).is_err());
    }

    #[test]
    fn an_agreement_that_cannot_exist_cannot_be_built() {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let mut facts = FactSheet::default();
        facts.signing.on = day("2025-09-16");
        facts.term.end_on = day("2025-09-15");
        let begun = Agreement::begin(
            Uuid::from_u128(1),
            Uuid::from_u128(2),
            Origin::Imported,
            State::Signed,
            facts,
            Acts::default(),
        );
        assert!(
            matches!(begun, Err(Refused::Contradiction(why)) if why[0].starts_with("Hari terakhir berlaku"))
        );
    }
}
