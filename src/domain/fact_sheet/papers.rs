//! Facts of the papers beside the PKS, the regulations it cites and the letters it names.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Letter, Side, choices};

/// A regulation with its gazettes and its amendments.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LegalBasis {
    /// The regulation.
    #[serde(flatten)]
    pub regulation: Regulation,
    /// "beberapa kali, terakhir dengan": only the last amendment is named.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub amended_several_times: bool,
    /// Amendments, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub amended_by: Vec<Regulation>,
}

/// One regulation by kind, number and year.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Regulation {
    /// Kind in the hierarchy (UU 12/2011 Pasal 7 and 8).
    pub kind: RegulationKind,
    /// Whose regulation, where it is a region's: "Kabupaten Nusa Kencana".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Number, as a string.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// "tentang …"; an amendment may leave it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Where it was promulgated.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gazettes: Vec<Gazette>,
}

choices! {
    /// Kind of regulation.
    RegulationKind {
        /// Law.
        #[default] Uu = "uu", "Undang-Undang";
        /// Government regulation.
        Pp = "pp", "Peraturan Pemerintah";
        /// Presidential regulation.
        Perpres = "perpres", "Peraturan Presiden";
        /// Regulation of the Minister of Home Affairs.
        Permendagri = "permendagri", "Peraturan Menteri Dalam Negeri";
        /// Regional regulation.
        Perda = "perda", "Peraturan Daerah";
        /// Regulation of a governor.
        Pergub = "pergub", "Peraturan Gubernur";
        /// Regulation of a regent.
        Perbup = "perbup", "Peraturan Bupati";
        /// Regulation of a mayor.
        Perwal = "perwal", "Peraturan Wali Kota";
    }
}

/// A gazette entry.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Gazette {
    /// Which gazette.
    pub kind: GazetteKind,
    /// Year; a supplement (TLN) has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Number, as a string.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
}

choices! {
    /// Gazettes.
    GazetteKind {
        /// State gazette.
        #[default] Ln = "ln", "Lembaran Negara Republik Indonesia";
        /// Supplement to the state gazette.
        Tln = "tln", "Tambahan Lembaran Negara Republik Indonesia";
        /// State reports.
        Bn = "bn", "Berita Negara Republik Indonesia";
        /// Regional gazette.
        Ld = "ld", "Lembaran Daerah";
        /// Regional reports.
        Bd = "bd", "Berita Daerah";
    }
}

/// An approval letter of the Director General (Dirjen Dukcapil).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ApprovalLetter {
    /// What the letter is.
    pub kind: ApprovalKind,
    /// In which capacity its signatory signed: "Plh." is printed before the office.
    pub capacity: super::Capacity,
    /// Number, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
    /// Its "hal".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Whom it covers, where one letter serves many agreements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub covers: Option<String>,
}

choices! {
    /// What an approval letter is.
    ApprovalKind {
        /// Approval of an application.
        #[default] Approval = "approval", "Persetujuan";
        /// Approval of a renewal.
        Renewal = "renewal", "Persetujuan perpanjangan";
        /// A general letter on the use of data, not an approval of this agency.
        General = "general", "Surat umum";
    }
}

/// The papers beside the PKS.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Papers {
    /// Petunjuk Teknis.
    pub juknis: Juknis,
    /// SPTJM of the head.
    pub sptjm: Statement,
    /// SPTJM that covers access while a renewal runs.
    pub sptjm_renewal: RenewalStatement,
    /// NDA, one per person.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nda: Vec<Statement>,
}

/// Petunjuk Teknis.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Juknis {
    /// Number; some offices reuse the agreement's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
    /// Place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Which table.
    pub form: JuknisForm,
    /// Technical staff who sign it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub signatories: Vec<JuknisSignatory>,
    /// Devices and places between the agency and the Ditjen, in order: Lampiran I where no picture is
    /// given.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topology: Vec<TopologyNode>,
    /// Steps of the agency's own service: Lampiran II where no picture is given.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub service_steps: Vec<ServiceStep>,
    /// Where the format of reports is had from: "Subdirektorat Monitoring, Evaluasi, dan Dokumentasi".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report_format_from: Option<String>,
    /// Proofs of concept are required for new applications.
    pub proof_of_concept: bool,
}

/// A device or place of a topology.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TopologyNode {
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Address, model or remark. Secret: it may name a host.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// How it is joined to the next: "jaringan tertutup, 1 Mbps".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// A step of a service.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServiceStep {
    /// Who does it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// What is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What happens where the outcome is not as wanted; makes the step a decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<String>,
}

choices! {
    /// Table of a Juknis.
    JuknisForm {
        /// No, Pembahasan, Kesepakatan.
        #[default] Agreement = "pembahasan", "Tabel No, Pembahasan, Kesepakatan";
        /// No, Kriteria, Petunjuk with I to VI.
        Criteria = "kriteria", "Tabel Kriteria dan Petunjuk I sampai VI";
    }
}

/// Who signs a Juknis.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct JuknisSignatory {
    /// For whom.
    pub side: Side,
    /// Name with degrees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Position.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// NIP, 18 digits, or none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nip: Option<String>,
    /// NIK, 16 digits, where the paper prints it instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nik: Option<String>,
}

/// A statement (SPTJM or NDA): who signed it, when and where.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Statement {
    /// Number, if the paper has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
    /// Place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Version of the form.
    pub form: StatementForm,
    /// Name with degrees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Position.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// Rank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<String>,
    /// NIP, 18 digits, or none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nip: Option<String>,
    /// NIK, 16 digits, or none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nik: Option<String>,
    /// Address on the form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Whether that is the office or the home.
    pub address_kind: super::AddressKind,
    /// Serial number of its duty stamp.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stamp_serial: Option<String>,
    /// Whose written permission an NDA names; the Ditjen unless stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permission_of: Option<String>,
}

choices! {
    /// Version of a statement's form.
    StatementForm {
        /// Plain, or with an SOP reference.
        #[default] Older = "older", "Bentuk lama (rujukan SOP)";
        /// FR.01-SOP-08/DITJEN-DUKCAPIL, revision 01 of 2 June 2022.
        Fr01 = "fr_01_rev_01", "FR.01-SOP-08/DITJEN-DUKCAPIL revisi 01";
    }
}

/// SPTJM perpanjangan: covers access until the addendum is signed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RenewalStatement {
    /// The statement itself.
    pub statement: Statement,
    /// The renewal letter it refers to.
    pub letter: Letter,
}

impl LegalBasis {
    /// "Permendagri 102/2019": how lists and the log call it.
    pub fn short_name(&self) -> String {
        let regulation = &self.regulation;
        let kind = match regulation.kind {
            RegulationKind::Uu => "UU",
            RegulationKind::Pp => "PP",
            RegulationKind::Perpres => "Perpres",
            RegulationKind::Permendagri => "Permendagri",
            RegulationKind::Perda => "Perda",
            RegulationKind::Pergub => "Pergub",
            RegulationKind::Perbup => "Perbup",
            RegulationKind::Perwal => "Perwal",
        };
        let region = regulation.region.as_deref().map(|region| format!(" {region}")).unwrap_or_default();
        let number = regulation.number.as_deref().unwrap_or("?");
        let year = regulation.year.map_or_else(|| "?".to_owned(), |year| year.to_string());
        format!("{kind}{region} {number}/{year}")
    }

    /// "Permendagri 102/2019 tentang …, diubah dengan Permendagri 17/2023": one line for pages and log.
    pub fn one_line(&self) -> String {
        let mut line = self.short_name();
        if let Some(about) = &self.regulation.about {
            line.push_str(" tentang ");
            line.push_str(about);
        }
        let amendments: Vec<String> = self
            .amended_by
            .iter()
            .map(|regulation| Self { regulation: regulation.clone(), ..Self::default() }.short_name())
            .collect();
        if !amendments.is_empty() {
            line.push_str(if self.amended_several_times {
                ", diubah beberapa kali, terakhir dengan "
            } else {
                ", diubah dengan "
            });
            line.push_str(&amendments.join(", "));
        }
        line
    }
}
