//! Who may do what: one readable matrix.

use super::fact_sheet::choices;

choices! {
    /// What a person is in an office.
    Role {
        /// Reads everything of the office and exports; changes nothing.
        #[default] Auditor = "auditor", "Auditor";
        /// Runs the installation: users, settings; and everything staff do.
        Admin = "admin", "Administrator";
        /// Disdukcapil staff.
        Staff = "staff", "Staf Disdukcapil";
        /// Head of section or office: staff, and records signings and ends.
        Approver = "approver", "Penyetuju";
        /// Head of a user agency: reads the agency's own agreements.
        AgencyHead = "agency_head", "Kepala instansi";
        /// Operator of a user agency: reads the agency's own agreements.
        Operator = "operator", "Operator";
    }
}

choices! {
    /// Something a person may or may not do.
    Act {
        /// See agreements, their papers, deadlines and history.
        #[default] ReadAgreements = "read_agreements", "membaca perjanjian";
        /// Draft, register and edit agreements, record letters and met duties.
        EditAgreements = "edit_agreements", "menyusun dan mengubah perjanjian";
        /// Record that an agreement was signed or ended.
        SignAgreements = "sign_agreements", "mencatat penandatanganan dan pengakhiran";
        /// See institutions, officials, regulations, the office's mails and tasks.
        ReadOffice = "read_office", "membaca data kantor";
        /// Change institutions, officials and regulations; do tasks.
        EditOffice = "edit_office", "mengubah data kantor";
        /// Change the wording of the office's papers.
        EditWording = "edit_wording", "mengubah redaksi naskah";
        /// Read the log of the whole office.
        ReadLog = "read_log", "membaca catatan";
        /// Change settings and users.
        Administer = "administer", "mengatur kantor dan pengguna";
    }
}

impl Role {
    /// The role of a code; none for an unknown one.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.code() == code)
    }

    /// Whether the role may do it, within its own scope.
    #[rustfmt::skip]
    pub const fn may(self, act: Act) -> bool {
        use Act::{Administer, EditAgreements, EditOffice, EditWording, ReadAgreements, ReadLog, ReadOffice, SignAgreements};
        match self {
            Self::Admin      => matches!(act, ReadAgreements | EditAgreements | SignAgreements | ReadOffice | EditOffice | EditWording | ReadLog | Administer),
            Self::Approver   => matches!(act, ReadAgreements | EditAgreements | SignAgreements | ReadOffice | EditOffice | EditWording | ReadLog),
            Self::Staff      => matches!(act, ReadAgreements | EditAgreements |                  ReadOffice | EditOffice |               ReadLog),
            Self::Auditor    => matches!(act, ReadAgreements |                                   ReadOffice |                            ReadLog),
            Self::AgencyHead | Self::Operator => matches!(act, ReadAgreements),
        }
    }

    /// Whether the role sees only the agreements of one institution.
    pub const fn sees_own_institution_only(self) -> bool {
        matches!(self, Self::AgencyHead | Self::Operator)
    }
}
