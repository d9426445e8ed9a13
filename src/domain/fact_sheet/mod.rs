//! The fact sheet: everything that is known of one agreement, once. Papers, deadlines, mails, status
//! and findings are functions of it.
//!
//! The same shape is the agreement file (`kawal: 1`), the stored document and the form; the one
//! description of every fact (name, kind, secrecy) stands in [`catalogue`]. A draft may be
//! incomplete: an unknown fact is `None` or an empty list, never a made-up value.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

mod addenda;
#[cfg(test)]
pub(crate) mod any;
pub mod catalogue;
pub mod changes;
pub mod check;
mod letters;
mod papers;
mod parties;
mod people;
pub mod shown;
mod terms;

pub use letters::*;
pub use papers::*;
pub use parties::*;
pub use people::{Person, same_person};
pub use terms::*;

/// Everything that is known of one agreement.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FactSheet {
    /// How the paper is laid out and worded.
    pub form: Form,
    /// PIHAK KESATU, the civil-registry office (Disdukcapil).
    pub provider: Party,
    /// PIHAK KEDUA, the user agency (lembaga pengguna).
    pub user: Party,
    /// What the agreement is about.
    pub subject: Subject,
    /// Further recitals ("bahwa …") after the two that describe the parties.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub recitals: Vec<String>,
    /// When and where it is signed.
    pub signing: Signing,
    /// Regulations, in the order in which the paper cites them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub legal_bases: Vec<LegalBasis>,
    /// Approval letters of the Director General; none, one or several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub approval_letters: Vec<ApprovalLetter>,
    /// The letter that asked for access or renewal.
    pub application: Letter,
    /// What data may be seen, and how.
    pub access: Access,
    /// Closed network between the parties.
    pub network: Network,
    /// Card readers and SAM cards.
    pub card_readers: CardReaders,
    /// Data the user agency gives back.
    pub feedback: Feedback,
    /// Security duties of the user agency.
    pub security: Security,
    /// Services given on the identity card, publicity, technical assistance.
    pub service: Service,
    /// Semester reports.
    pub reporting: Reporting,
    /// To whom evaluation results go.
    pub evaluation: Evaluation,
    /// Validity.
    pub term: Term,
    /// Renewal duty.
    pub renewal: Renewal,
    /// Originals and duty stamps.
    pub copies: Copies,
    /// Contact persons of both parties (PIC).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Contact>,
    /// Operators who use the access; each owes an NDA.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub operators: Vec<Operator>,
    /// The papers beside the PKS.
    pub papers: Papers,
    /// Letters around the agreement.
    pub letters: Letters,
    /// Requests to change the access, with their answers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ChangeRequest>,
    /// Proofs of concept, one per application.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub proofs: Vec<ProofOfConcept>,
    /// Hand-overs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub handovers: Vec<Handover>,
    /// Addenda, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub addenda: Vec<Addendum>,
    /// Semester reports.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reports: Vec<Report>,
    /// Evaluations of the semester reports.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assessments: Vec<Assessment>,
    /// Notices that an office changed hands.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub official_changes: Vec<OfficialChange>,
    /// Warnings.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
    /// Proposals to close or reopen access.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub access_proposals: Vec<AccessProposal>,
    /// The agreement that this one continues.
    pub supersedes: Predecessor,
    /// A note for the office itself; on no paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// How the paper is laid out and worded; the differences between offices.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Form {
    /// Spelling of the title and of the word in the text.
    pub spelling: Spelling,
    /// The word between the parties' names.
    pub conjunction: Conjunction,
    /// BAB headings over the articles.
    pub chapters: bool,
    /// An article with definitions comes first.
    pub definitions: bool,
    /// How the parties are introduced.
    pub party_block: PartyBlock,
    /// Capitals of dates in words.
    pub date_words: LetterCase,
    /// Whether signatures carry the NIP.
    pub print_nip: bool,
    /// Whether the number of data elements is stated: "8 (delapan) elemen data".
    pub state_element_count: bool,
    /// Boxes for initials on each page.
    pub paraf: ParafBoxes,
    /// Which change of the institution ends the agreement.
    pub institution_change: InstitutionChange,
}

/// Subject and purpose.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Subject {
    /// "tentang …" of the heading, in ordinary capitals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// The same in the sentence before the articles, where the paper shortens it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about_short: Option<String>,
    /// Whether purpose (maksud) and aim (tujuan) stand in one sentence or in two paragraphs.
    pub purpose_layout: PurposeLayout,
    /// What the data is used for: "verifikasi dan validasi data korban bencana".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// The aim, where it has its own paragraph.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aim: Option<String>,
}

/// Signing of the agreement.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Signing {
    /// The date in the preamble: the day the agreement is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
    /// The place in the preamble; some papers name none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The day the first party signed, where it differs from the date of the preamble.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_on: Option<NaiveDate>,
    /// The day the second party signed, where it differs from the date of the preamble.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_on: Option<NaiveDate>,
    /// Serial numbers of the duty stamps on the originals.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stamp_serials: Vec<String>,
}

/// A letter by number, date and subject.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Letter {
    /// Number, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Date of the letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
    /// Its "hal", where it is not the usual one of its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Its "sifat".
    pub nature: LetterNature,
    /// Its "lampiran" as written: "1 (satu) berkas".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attachments: Option<String>,
    /// Who gets a copy ("tembusan").
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub copies_to: Vec<String>,
}

impl Letter {
    /// Whether nothing is known of it: it is not being written.
    pub fn is_unknown(&self) -> bool {
        *self == Self::default()
    }
}

/// The agreement that this one continues.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Predecessor {
    /// Its number at the provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_number: Option<String>,
    /// Its number at the user agency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_number: Option<String>,
    /// Its date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
}

/// Declares an enumeration of facts with its code in files and its name for people.
macro_rules! choices {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal, $label:literal;)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $code)] $variant,)* }

        impl $name {
            /// Every choice: code in files, name for people.
            pub const CHOICES: &'static [(&'static str, &'static str)] = &[$(($code, $label)),*];
            /// Every value, in the order of the form.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// The code used in agreement files.
            pub const fn code(self) -> &'static str { match self { $(Self::$variant => $code,)* } }
            /// The name people read.
            pub const fn label(self) -> &'static str { match self { $(Self::$variant => $label,)* } }
        }
    };
}
pub(crate) use choices;

choices! {
    /// How a letter is to be treated ("sifat", Permendagri 1/2023).
    LetterNature {
        /// As its kind usually is.
        #[default] Usual = "lazim", "Sesuai jenis surat";
        /// Ordinary.
        Ordinary = "biasa", "Biasa";
        /// Important.
        Important = "penting", "Penting";
        /// Urgent.
        Urgent = "segera", "Segera";
        /// Confidential.
        Confidential = "rahasia", "Rahasia";
    }
}
choices! {
    /// Spelling of "kerja sama".
    Spelling {
        /// Two words, the standard spelling.
        #[default] KerjaSama = "kerja_sama", "Kerja Sama";
        /// One word, as older papers have it.
        Kerjasama = "kerjasama", "Kerjasama";
    }
}
choices! {
    /// The word between the parties' names in the heading.
    Conjunction {
        /// "ANTARA … DENGAN …".
        #[default] Dengan = "dengan", "dengan";
        /// "ANTARA … DAN …".
        Dan = "dan", "dan";
    }
}
choices! {
    /// How the parties are introduced.
    PartyBlock {
        /// Rows: Nama, Alamat, Jabatan.
        #[default] Rows = "rows", "Baris Nama, Alamat, Jabatan";
        /// One sentence: "NAMA : Kepala …, berkedudukan di …".
        Sentence = "sentence", "Satu kalimat (berkedudukan di …)";
    }
}
choices! {
    /// Capitals of dates in words.
    LetterCase {
        /// "dua puluh".
        #[default] Lower = "lower", "huruf kecil (dua puluh)";
        /// "Dua Puluh".
        Title = "title", "Awal Setiap Kata (Dua Puluh)";
        /// "Dua puluh".
        Sentence = "sentence", "Awal kalimat (Dua puluh)";
    }
}
choices! {
    /// Boxes for initials at the foot of each page.
    ParafBoxes {
        /// No boxes.
        #[default] None = "none", "Tanpa kotak paraf";
        /// PIHAK KEDUA left, PIHAK KESATU right.
        UserLeft = "user_left", "PIHAK KEDUA kiri, PIHAK KESATU kanan";
        /// PIHAK KESATU left, PIHAK KEDUA right.
        ProviderLeft = "provider_left", "PIHAK KESATU kiri, PIHAK KEDUA kanan";
        /// "Paraf Disdukcapil", "Paraf" and the agency's short name.
        Offices = "offices", "Paraf Disdukcapil dan Paraf instansi";
    }
}
choices! {
    /// Which change of the user agency ends the agreement.
    InstitutionChange {
        /// "nomenklatur/kelembagaan".
        #[default] NameOrStructure = "name_or_structure", "perubahan nomenklatur/kelembagaan";
        /// "kelembagaan".
        Structure = "structure", "perubahan kelembagaan";
    }
}
choices! {
    /// Whether purpose and aim share one sentence.
    PurposeLayout {
        /// "Maksud dan tujuan … adalah …".
        #[default] Joined = "joined", "Maksud dan tujuan dalam satu kalimat";
        /// (1) Maksud … (2) Tujuan ….
        Split = "split", "Maksud dan tujuan dalam dua ayat";
    }
}
