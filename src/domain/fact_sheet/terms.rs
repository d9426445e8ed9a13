//! What is agreed: access, network, readers, feedback, security, reports, validity, copies.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::choices;

/// What data may be seen, and how.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Access {
    /// Elements the first party must give, in the order of the paper.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub elements: Vec<DataElement>,
    /// Further elements that are not in the list, in their own words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_elements: Vec<String>,
    /// Elements of the second party's right, only where a signed paper lists others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub right_elements: Vec<DataElement>,
    /// Channels.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<AccessMethod>,
    /// Whether the articles name the lookup by NIK and the channel.
    pub name_method_in_articles: bool,
    /// Number of User IDs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_ids: Option<u32>,
    /// Weeks the first party has to hand over the User ID after the letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id_within_weeks: Option<u32>,
    /// Daily quota by stage; none where the papers state none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub quota: Vec<Quota>,
}

choices! {
    /// A data element of the population data base.
    DataElement {
        /// Family card number.
        #[default] FamilyCardNumber = "no_kk", "Nomor KK";
        /// Population number.
        Nik = "nik", "NIK";
        /// Full name.
        FullName = "nama_lengkap", "nama lengkap";
        /// Sex.
        Sex = "jenis_kelamin", "jenis kelamin";
        /// Place of birth.
        BirthPlace = "tempat_lahir", "tempat lahir";
        /// Date of birth: one element.
        BirthDate = "tanggal_lahir", "tanggal/bulan/tahun lahir";
        /// Marital status.
        MaritalStatus = "status_perkawinan", "status perkawinan";
        /// Occupation.
        Occupation = "jenis_pekerjaan", "jenis pekerjaan";
        /// Present address: one element of eight fields.
        Address = "alamat_sekarang", "alamat sekarang";
        /// Religion.
        Religion = "agama", "agama";
        /// Blood group.
        BloodGroup = "golongan_darah", "golongan darah";
        /// Education.
        Education = "pendidikan_terakhir", "pendidikan terakhir";
        /// Mother's name.
        MotherName = "nama_ibu", "nama lengkap ibu";
    }
}

choices! {
    /// Channel of access.
    AccessMethod {
        /// Web portal.
        #[default] WebPortal = "web_portal", "web portal";
        /// Web service.
        WebService = "web_service", "web service";
        /// Card reader.
        CardReader = "card_reader", "card reader";
    }
}

/// Lookups per day in one stage.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Quota {
    /// Stage.
    pub stage: QuotaStage,
    /// Lookups (hit NIK) per day; none means unlimited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_day: Option<u32>,
}

choices! {
    /// Stage of a quota.
    QuotaStage {
        /// One quota for the whole term.
        #[default] Whole = "whole", "Sepanjang perjanjian";
        /// Until the proof of concept.
        BeforePoc = "before_poc", "Sebelum Proof of Concept";
        /// After the proof of concept.
        AfterPoc = "after_poc", "Setelah Proof of Concept";
    }
}

/// Closed network between the parties.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Network {
    /// Whose duty it is.
    pub arrangement: NetworkArrangement,
    /// Who pays.
    pub paid_by: NetworkPayer,
    /// Who facilitates or supplies it: "Dinas Komunikasi dan Informatika Kabupaten …".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facilitator: Option<String>,
    /// Number of connection points (titik).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<u32>,
    /// Bandwidth, as written ("1 Mbps").
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bandwidth: Option<String>,
    /// IP LAN given to the agency. Secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip_lan: Option<String>,
    /// Last day of the target, where the papers set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_on: Option<NaiveDate>,
    /// The target in the paper's words: "minggu ke-3 bulan Juni".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
}

choices! {
    /// Whose duty the network is.
    NetworkArrangement {
        /// The first party provides it.
        #[default] ProviderProvides = "provider_provides", "Disediakan PIHAK KESATU";
        /// The first party facilitates it with the communications office.
        ProviderFacilitates = "provider_facilitates", "Difasilitasi PIHAK KESATU";
        /// The second party provides it.
        UserProvides = "user_provides", "Disediakan PIHAK KEDUA";
    }
}

choices! {
    /// Who pays for the network.
    NetworkPayer {
        /// The papers do not say.
        #[default] Unstated = "unstated", "Tidak disebut";
        /// The second party.
        User = "user", "PIHAK KEDUA";
        /// The communications office.
        Facilitator = "facilitator", "Dinas Kominfo";
        /// The communications office and/or the second party where needed.
        FacilitatorOrUser = "facilitator_or_user", "Dinas Kominfo dan/atau PIHAK KEDUA";
    }
}

/// Card readers and SAM cards.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CardReaders {
    /// Whether the agreement uses readers.
    pub usage: ReaderUse,
    /// At least so many readers per work unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_unit: Option<u32>,
    /// Months within which they are bought, from signing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within_months: Option<u32>,
    /// The first party informs about SAM personalisation and reader activation.
    pub sam_information: bool,
    /// Readers are deactivated when the agreement ends.
    pub deactivate_at_end: bool,
}

choices! {
    /// Whether readers are used.
    ReaderUse {
        /// Not mentioned.
        #[default] Unmentioned = "unmentioned", "Tidak disebut";
        /// Readers with SAM cards.
        Used = "used", "Memakai perangkat pembaca KTP-el";
        /// Expressly not used.
        NotUsed = "not_used", "Dinyatakan tidak memakai";
    }
}

/// Data the user agency gives back (data balikan).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Feedback {
    /// What is given back.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<String>,
    /// What the first party's right names, only where a signed paper differs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub right_items: Vec<String>,
    /// "guna melengkapi basis data kependudukan".
    pub completes_database: bool,
    /// Ways of sending.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<FeedbackChannel>,
    /// Address of the application. Secret: it names an internal host.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

choices! {
    /// Way of sending feedback data.
    FeedbackChannel {
        /// Upload of a spreadsheet or CSV.
        #[default] Upload = "upload", "unggah berkas Excel/CSV";
        /// Online form.
        Form = "form", "formulir daring";
        /// Web service.
        WebService = "web_service", "web service";
        /// Storage medium.
        Medium = "medium", "media penyimpanan";
    }
}

/// Security duties of the user agency.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Security {
    /// Liability for leaks.
    pub leak_liability: bool,
    /// Guarantee of system, data, network and programs, mirrored by a right of the first party.
    pub system_guarantee: bool,
    /// Certificate that must be handed over; none where the paper asks for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
    /// Calendar months from signing until it is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate_months: Option<u32>,
}

/// Services, publicity, assistance, staff.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Service {
    /// Name of the service in the duty to serve: "PATEN"; PIHAK KEDUA's service unless stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// On which identity the service is given.
    pub identity: ServiceIdentity,
    /// Where the second party helps to publicise.
    pub publicity: Publicity,
    /// Technical guidance and assistance at the second party's cost.
    pub assistance: bool,
    /// The second party provides technical staff.
    pub technical_staff: bool,
}

choices! {
    /// Identity on which services are given.
    ServiceIdentity {
        /// Not mentioned.
        #[default] Unmentioned = "unmentioned", "Tidak disebut";
        /// Identity card.
        KtpEl = "ktp_el", "KTP-el";
        /// Identity card and/or digital identity.
        KtpElOrIkd = "ktp_el_ikd", "KTP-el dan/atau IKD";
    }
}

choices! {
    /// Where the second party helps to publicise.
    Publicity {
        /// Print and/or electronic media.
        #[default] PrintOrElectronic = "print_electronic", "Media cetak dan/atau elektronik";
        /// Its own social media.
        SocialMedia = "social_media", "Media sosial PIHAK KEDUA";
    }
}

/// Semester reports.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Reporting {
    /// Who gets copies (tembusan).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub copies_to: Vec<String>,
    /// Working days of grace that the papers give after the reporting month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grace_working_days: Option<u32>,
    /// Ways of sending.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<String>,
    /// E-mail address for reports.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// To whom evaluation results go.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Evaluation {
    /// Recipient.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient: Option<String>,
    /// Through whom ("melalui").
    #[serde(skip_serializing_if = "Option::is_none")]
    pub through: Option<String>,
    /// Who gets a copy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy_to: Option<String>,
    /// Whether ad hoc evaluations are reported too.
    pub covers_ad_hoc: bool,
}

/// Validity. The end is the last day in force, in the office's zone.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Term {
    /// How the paper states the end.
    pub basis: TermBasis,
    /// Length in calendar months, where the paper states a length.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub months: Option<u32>,
    /// First day in force, where it is later than the signing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_on: Option<NaiveDate>,
    /// Last day in force, where the paper or the office states it; it always wins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_on: Option<NaiveDate>,
    /// Which last day follows from a length.
    pub end_rule: EndRule,
    /// Whether the explicit end is printed in words.
    pub end_in_words: bool,
}

choices! {
    /// How the paper states the end.
    TermBasis {
        /// A length from signing.
        #[default] FromSigning = "from_signing", "Lamanya dihitung sejak ditandatangani";
        /// From signing until a length after signing ("sampai dengan 2 (dua) tahun sejak …").
        UntilLength = "until_length", "Sampai dengan lamanya sejak ditandatangani";
        /// A length from the date of signing ("terhitung sejak tanggal ditandatangani").
        FromDate = "from_date", "Lamanya terhitung sejak tanggal ditandatangani";
        /// Explicit first and last day.
        Explicit = "explicit", "Dari tanggal sampai dengan tanggal";
        /// From signing until an explicit last day.
        UntilDate = "until_date", "Sejak ditandatangani sampai dengan tanggal";
    }
}

choices! {
    /// Which last day follows from a length.
    EndRule {
        /// The day before the anniversary.
        #[default] DayBefore = "day_before_anniversary", "Satu hari sebelum ulang tahun";
        /// The anniversary.
        Anniversary = "anniversary", "Pada ulang tahun";
    }
}

/// Renewal duty.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Renewal {
    /// Where the duty stands; without a clause the reminder is office policy.
    pub stated_in: RenewalSource,
    /// Its clause as cited, e.g. "Petunjuk Teknis angka VI huruf F".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// Calendar months before the end by which the letter must be in; two unless stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub months_before: Option<u32>,
}

choices! {
    /// Where the duty to ask for renewal in time stands.
    RenewalSource {
        /// In no paper: the office's own policy.
        #[default] OfficePolicy = "office_policy", "Kebijakan kantor";
        /// In the Juknis.
        Juknis = "juknis", "Petunjuk Teknis";
        /// In the PKS.
        Pks = "pks", "PKS";
    }
}

/// Originals and duty stamps.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Copies {
    /// Number of originals (rangkap).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// How many of them carry a duty stamp (meterai).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stamped: Option<u32>,
    /// The paper asks for the official seal.
    pub seal: bool,
}
