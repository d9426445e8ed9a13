//! Parties: institutions, their officials, contacts and operators.

use serde::{Deserialize, Serialize};

use super::choices;

/// One party of an agreement.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Party {
    /// Number the party gave to the agreement, exactly as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The institution.
    pub institution: Institution,
    /// Who signs for it, as of the signing date.
    pub official: Official,
    /// What the party is, in the recital: "bahwa PIHAK … adalah …".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing: Option<String>,
}

/// An institution.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Institution {
    /// Full name with its region: "Dinas Perikanan Kabupaten …".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Short name: "Dinas Perikanan", "BPBD".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short_name: Option<String>,
    /// What kind of body it is.
    pub kind: InstitutionKind,
    /// Regency, city or province it belongs to.
    pub region: Region,
    /// Its business in the recital ("pertanian").
    #[serde(skip_serializing_if = "Option::is_none")]
    pub affairs: Option<String>,
    /// Office address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Telephone, as typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// E-mail address of the office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Lines of its letterhead, where they are not government, name, address, telephone and mail.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub letterhead: Vec<String>,
}

/// Regency, city or province.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Region {
    /// Regency, city or province; decides Bupati, Wali Kota or Gubernur.
    pub kind: RegionKind,
    /// Name without the kind: "Nusa Kencana".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Kemendagri code with its dots and leading zeros.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Bupati, Wali Kota or Gubernur by name with degrees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head: Option<String>,
    /// Whether they hold the office or act in it.
    pub head_capacity: Capacity,
}

impl Region {
    /// "Kabupaten Nusa Kencana"; none while the name is unknown.
    pub fn full_name(&self) -> Option<String> {
        self.name.as_ref().map(|name| format!("{} {name}", self.kind.label()))
    }
}

choices! {
    /// Kind of region.
    RegionKind {
        /// Regency, headed by a Bupati.
        #[default] Kabupaten = "kabupaten", "Kabupaten";
        /// City, headed by a Wali Kota.
        Kota = "kota", "Kota";
        /// Province, headed by a Gubernur.
        Provinsi = "provinsi", "Provinsi";
    }
}

impl RegionKind {
    /// Title of the region's head (UU 23/2014 Pasal 59: gubernur, bupati, wali kota).
    pub const fn head_title(self) -> &'static str {
        match self {
            Self::Kabupaten => "Bupati",
            Self::Kota => "Wali Kota",
            Self::Provinsi => "Gubernur",
        }
    }
}

choices! {
    /// Kind of institution.
    InstitutionKind {
        /// Regional office (OPD).
        #[default] RegionalOffice = "perangkat_daerah", "Perangkat daerah";
        /// District.
        District = "kecamatan", "Kecamatan";
        /// Village government.
        Village = "desa", "Pemerintah desa";
        /// Urban village.
        UrbanVillage = "kelurahan", "Kelurahan";
        /// Hospital or clinic.
        Hospital = "rumah_sakit", "Rumah sakit";
        /// State or regional enterprise, bank, private legal entity.
        LegalEntity = "badan_hukum", "Badan hukum";
        /// Vertical agency of the central government.
        CentralAgency = "instansi_vertikal", "Instansi vertikal";
    }
}

/// The person who signs, and in which capacity.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Official {
    /// Name without degrees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Degrees and titles before the name: "Drs.", "dr. H.".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub degrees_before: Option<String>,
    /// Degrees after the name: "S.Sos., M.Si.".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub degrees_after: Option<String>,
    /// Position in full: "Kepala Dinas Perikanan Kabupaten …".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// Definitive holder or acting.
    pub capacity: Capacity,
    /// NIP, 18 digits; village heads and private bodies have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nip: Option<String>,
    /// Rank: "Pembina Tk. I".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<String>,
    /// Address in the party block, where it is not the office's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Whether that address is a home: then it is secret outside the paper.
    pub address_kind: AddressKind,
    /// On whose behalf the official acts, where it is not the institution by its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acts_for: Option<String>,
    /// Personal or office e-mail address of the official.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

impl Official {
    /// "Drs. Wira Adinata, M.Si."; none while the name is unknown.
    pub fn full_name(&self) -> Option<String> {
        let name = self.name.as_deref()?;
        let mut full = String::new();
        if let Some(before) = self.degrees_before.as_deref() {
            full.push_str(before);
            full.push(' ');
        }
        full.push_str(name);
        if let Some(after) = self.degrees_after.as_deref() {
            full.push_str(", ");
            full.push_str(after);
        }
        Some(full)
    }

    /// "Plt. Kepala Dinas …"; none while the position is unknown.
    pub fn full_position(&self) -> Option<String> {
        let position = self.position.as_deref()?;
        Some(match self.capacity.abbreviation() {
            Some(acting) => format!("{acting} {position}"),
            None => position.to_owned(),
        })
    }
}

choices! {
    /// In which capacity an official signs (Permendagri 1/2023).
    Capacity {
        /// Holder of the office.
        #[default] Definitive = "definitive", "Definitif";
        /// Acting while the office is vacant.
        Plt = "plt", "Plt. (pelaksana tugas)";
        /// Acting while the holder is away.
        Plh = "plh", "Plh. (pelaksana harian)";
        /// Appointed holder.
        Pj = "pj", "Pj. (penjabat)";
    }
}

impl Capacity {
    /// "Plt.", "Plh.", "Pj."; none for the definitive holder.
    pub const fn abbreviation(self) -> Option<&'static str> {
        match self {
            Self::Definitive => None,
            Self::Plt => Some("Plt."),
            Self::Plh => Some("Plh."),
            Self::Pj => Some("Pj."),
        }
    }
}

choices! {
    /// What an official's address is.
    AddressKind {
        /// The office.
        #[default] Office = "office", "Alamat kantor";
        /// The home: personal data.
        Home = "home", "Alamat rumah";
    }
}

choices! {
    /// Which party.
    Side {
        /// PIHAK KESATU.
        #[default] Provider = "provider", "PIHAK KESATU (Disdukcapil)";
        /// PIHAK KEDUA.
        User = "user", "PIHAK KEDUA (lembaga pengguna)";
    }
}

/// A contact person (PIC).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Contact {
    /// Whose contact person.
    pub side: Side,
    /// Name with degrees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Position.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// Mobile number, as typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// E-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// A person who uses the access.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Operator {
    /// Name with degrees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Position.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// NIP, 18 digits, if a civil servant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nip: Option<String>,
    /// NIK, 16 digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nik: Option<String>,
    /// E-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Employment as the form for a User ID asks: "PNS", "PPPK", "Tenaga kontrak".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub employment: Option<String>,
    /// User ID in the agency's own application. Secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub local_user_id: Option<String>,
}

/// A NIP as it is printed: birth date, appointment, sex, serial. Anything but 18 digits is left as it is.
pub fn format_nip(digits: &str) -> String {
    if digits.len() == 18 && digits.is_ascii() {
        format!("{} {} {} {}", &digits[..8], &digits[8..14], &digits[14..15], &digits[15..])
    } else {
        digits.to_owned()
    }
}
