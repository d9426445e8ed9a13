//! Facts of letters, minutes and reports: what the papers around the PKS say beyond the agreement
//! itself. A letter that is not written yet has no facts; its number may be registered later.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{AccessMethod, DataElement, Letter, choices};
use crate::domain::acts::EndCause;

/// Letters that an agreement has at most one of.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Letters {
    /// Where letters of the Disdukcapil are dated; the name of its region unless stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_place: Option<String>,
    /// Where letters of the agency are dated; the name of its region unless stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_place: Option<String>,
    /// Cover letter to the Director General with the application.
    pub cover_application: CoverLetter,
    /// Cover letter to the Director General with the signed PKS, to open access.
    pub cover_signed: CoverLetter,
    /// Cover letter to the Director General with the renewal.
    pub cover_renewal: CoverLetter,
    /// The agency's letter that asks for renewal.
    pub renewal: Letter,
    /// The agency's letter that asks for User ID and IP LAN, with its form.
    pub access_request: AccessRequest,
    /// The agency's statement that only the closed network is used.
    pub closed_network: Letter,
    /// The agency's letter that appoints the network provider.
    pub network_provider: ProviderAppointment,
    /// Notice that the agreement is about to end.
    pub ending_notice: Letter,
    /// Request for a semester report.
    pub report_request: ReportRequest,
    /// Letter that ends the agreement.
    pub termination: Termination,
}

/// A cover letter (surat pengantar) to the Director General.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CoverLetter {
    /// The letter.
    pub letter: Letter,
    /// Who signs it.
    pub signed_by: CoverSigner,
}

choices! {
    /// Who signs a cover letter to the Director General; offices differ.
    CoverSigner {
        /// The head of the Disdukcapil.
        #[default] Office = "disdukcapil", "Kepala Disdukcapil";
        /// Bupati, Wali Kota or Gubernur.
        RegionHead = "kepala_daerah", "Kepala daerah";
        /// The head of the Disdukcapil on behalf (a.n.) of the region's head.
        ForRegionHead = "atas_nama", "Kepala Disdukcapil atas nama kepala daerah";
    }
}

/// The letter that asks for User ID and IP LAN.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AccessRequest {
    /// The letter.
    pub letter: Letter,
    /// Which form goes with it.
    pub form: UserIdForm,
    /// Kemendagri code of the region where the office of the applicants stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region_code: Option<String>,
}

choices! {
    /// Form of an application for User IDs.
    UserIdForm {
        /// NIK, name, NIP, employment, position, region code, office.
        #[default] Seven = "tujuh", "Tujuh kolom";
        /// The same and the local user id in the agency's own application.
        Eight = "delapan", "Delapan kolom, dengan User ID lokal";
    }
}

/// The letter that appoints the network provider.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProviderAppointment {
    /// The letter.
    pub letter: Letter,
    /// The provider that is appointed; without it the facilitator of the network.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
}

/// Request for a semester report.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReportRequest {
    /// The letter.
    pub letter: Letter,
    /// Semester asked for.
    pub semester: Semester,
    /// Its year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// By when; without it the due date of the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<NaiveDate>,
}

/// The letter that ends an agreement.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Termination {
    /// The letter.
    pub letter: Letter,
    /// On which ground; the recorded end wins where there is one.
    pub cause: EndCause,
    /// Why, as the rest of the sentence "karena …".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The day from which it is no longer in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
}

choices! {
    /// Half of a year.
    Semester {
        /// January to June.
        #[default] First = "1", "Semester I (Januari–Juni)";
        /// July to December.
        Second = "2", "Semester II (Juli–Desember)";
    }
}

impl Semester {
    /// "I", "II".
    pub const fn roman(self) -> &'static str {
        match self {
            Self::First => "I",
            Self::Second => "II",
        }
    }
}

/// A request to change bandwidth, quota, method, elements or User ID, its study and its answer
/// (Juknis rows I.C, II.A and II.C).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChangeRequest {
    /// What is to change.
    pub what: ChangedMatter,
    /// The agency's letter.
    pub letter: Letter,
    /// What is asked for: "100.000 hit NIK per hari", "2 Mbps".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wanted: Option<String>,
    /// Technical study: present state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub present: Option<String>,
    /// Technical study: why it is needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub need: Option<String>,
    /// Technical study: points of the analysis.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub analysis: Vec<String>,
    /// The Disdukcapil's answer.
    pub reply: Letter,
    /// What it answers.
    pub granted: Granted,
    /// Why, or on which conditions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_reason: Option<String>,
}

choices! {
    /// What a request wants to change.
    ChangedMatter {
        /// Network capacity.
        #[default] Bandwidth = "bandwidth", "Bandwidth";
        /// Lookups per day.
        Quota = "kuota", "Kuota akses";
        /// Channel of access.
        Method = "metode", "Metode akses";
        /// Data elements.
        Elements = "elemen", "Elemen data";
        /// User ID.
        UserId = "user_id", "User ID";
    }
}

choices! {
    /// What a request is answered with.
    Granted {
        /// Not answered yet.
        #[default] Open = "menunggu", "Belum dijawab";
        /// Granted.
        Yes = "disetujui", "Disetujui";
        /// Forwarded to the Director General, whose approval is needed (elements, method).
        Forwarded = "diteruskan", "Diteruskan kepada Dirjen";
        /// Refused.
        No = "ditolak", "Ditolak";
    }
}

/// A proof of concept of one application (Juknis row II.D).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProofOfConcept {
    /// Name of the application that is tested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application: Option<String>,
    /// The agency's letter that asks for it.
    pub letter: Letter,
    /// The Disdukcapil's letter with the date.
    pub schedule: Letter,
    /// Day of the test.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
    /// Hour of the test, as written: "09.00 WIB".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hour: Option<String>,
    /// Place of the test.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The letter with the result.
    pub result: Letter,
    /// How it went.
    pub outcome: ProofOutcome,
    /// What was found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<String>,
}

choices! {
    /// Outcome of a proof of concept.
    ProofOutcome {
        /// Not held yet.
        #[default] Open = "menunggu", "Belum dilaksanakan";
        /// As agreed: the quota lifts.
        Passed = "sesuai", "Sesuai";
        /// To be mended and repeated.
        Failed = "tidak_sesuai", "Tidak sesuai, diulang";
    }
}

/// A hand-over (Berita Acara Serah Terima).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Handover {
    /// What is handed over.
    pub kind: HandoverKind,
    /// Number of the minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
    /// Place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// What exactly.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<HandoverItem>,
    /// Who acts for PIHAK KESATU; without a name its head.
    pub provider: HandoverPerson,
    /// Who acts for PIHAK KEDUA; without a name its head.
    pub user: HandoverPerson,
}

choices! {
    /// What minutes of a hand-over are about.
    HandoverKind {
        /// User ID and first password, in a sealed envelope.
        #[default] UserId = "user_id", "User ID";
        /// A changed User ID.
        UserIdChange = "user_id_perubahan", "Perubahan User ID";
        /// IP LAN.
        IpLan = "ip_lan", "IP LAN";
        /// Activation of readers and SAM cards.
        ReaderActivation = "aktivasi", "Aktivasi perangkat pembaca dan kartu SAM";
        /// Return of SAM cards and deactivation of readers.
        SamReturn = "pengembalian_sam", "Pengembalian kartu SAM dan penonaktifan";
    }
}

/// One thing that is handed over.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HandoverItem {
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Serial number, address or account. Secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// How many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// Condition, or what else is to be said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
}

/// Who acts for a party at a hand-over.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HandoverPerson {
    /// Name with degrees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Position.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// NIP, 18 digits, or none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nip: Option<String>,
}

/// An addendum: facts that are to change, each stated only where it does. The articles that follow
/// from them are found by printing the PKS before and after.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Addendum {
    /// Number of PIHAK KESATU.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_number: Option<String>,
    /// Number of PIHAK KEDUA.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_number: Option<String>,
    /// Day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
    /// Place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Why, as a recital after "bahwa".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// First day on which the changes hold, where it is not the day of signing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effective_on: Option<NaiveDate>,
    /// New last day in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_on: Option<NaiveDate>,
    /// New list of elements, whole.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub elements: Vec<DataElement>,
    /// New list of methods, whole.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<AccessMethod>,
    /// New list of feedback data, whole.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub feedback_items: Vec<String>,
    /// Articles whose text is given in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub articles: Vec<ArticleChange>,
}

/// A changed article in its own words.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ArticleChange {
    /// Which one, as cited: "Pasal 8 ayat (1)".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// Its new text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A semester report of the user agency.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Report {
    /// Year of the semester.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Semester.
    pub semester: Semester,
    /// The letter that brings it.
    pub letter: Letter,
    /// Lookups by month and method.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub usage: Vec<MonthlyUse>,
    /// Results by response message.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<ResultCount>,
    /// Records of feedback data handed over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feedback_count: Option<u32>,
    /// Problems met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problems: Option<String>,
    /// Security incidents; never names or NIK of residents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incidents: Option<String>,
    /// What the agency proposes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposals: Option<String>,
}

/// Lookups of one month through one method.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MonthlyUse {
    /// Month of the year, 1 to 12.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub month: Option<u32>,
    /// Method.
    pub method: AccessMethod,
    /// Lookups.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lookups: Option<u32>,
}

/// How often a response came.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ResultCount {
    /// Response.
    pub response: Response,
    /// How often.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

choices! {
    /// What a lookup answers (Juknis row II.C): data, or one of the messages.
    Response {
        /// Data shown.
        #[default] Found = "ditemukan", "Data ditemukan dan ditampilkan";
        /// The resident has died.
        Deceased = "meninggal", "Data ditemukan, meninggal dunia";
        /// The record is double.
        Duplicate = "ganda", "Data ditemukan, data ganda";
        /// The record is inactive.
        Inactive = "nonaktif", "Data ditemukan, status nonaktif";
        /// No such NIK.
        Unknown = "tidak_ada", "Data tidak ditemukan, NIK tidak terdapat dalam basis data";
        /// The NIK is not well formed.
        Malformed = "format", "Data tidak ditemukan, NIK tidak sesuai format";
    }
}

/// The Disdukcapil's evaluation of a semester, with the letter that carries its result upward.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Assessment {
    /// Year of the semester.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Semester.
    pub semester: Semester,
    /// The letter.
    pub letter: Letter,
    /// What was found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<String>,
    /// What is recommended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recommendation: Option<String>,
    /// How the agency did.
    pub verdict: Verdict,
}

choices! {
    /// How an agency met its duties.
    Verdict {
        /// In full.
        #[default] Full = "sesuai", "Sesuai perjanjian";
        /// In part.
        Part = "sebagian", "Sesuai sebagian";
        /// Not.
        Not = "tidak", "Tidak sesuai perjanjian";
    }
}

/// Notice that an office changed hands (Juknis row VI.H).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OfficialChange {
    /// The letter.
    pub letter: Letter,
    /// Position.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// Who held it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub predecessor: Option<String>,
    /// Who holds it now; without it the official of PIHAK KEDUA.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub successor: Option<String>,
    /// From when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since_on: Option<NaiveDate>,
    /// The decree that appointed them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decree: Option<String>,
}

/// A warning (surat teguran).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Warning {
    /// The letter.
    pub letter: Letter,
    /// What was not done, each as the rest of "belum …".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub breaches: Vec<String>,
    /// By when it is to be mended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy_by: Option<NaiveDate>,
}

/// A proposal to the Director General to close or reopen access.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AccessProposal {
    /// Which of both.
    pub kind: AccessProposalKind,
    /// The letter.
    pub letter: Letter,
    /// Why, as the rest of "karena …".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

choices! {
    /// Closing or reopening.
    AccessProposalKind {
        /// Close.
        #[default] Close = "penonaktifan", "Penonaktifan";
        /// Reopen.
        Reopen = "pengaktifan", "Pengaktifan kembali";
    }
}
