//! Regulations: the catalogue of those every office cites.

use chrono::NaiveDate;

use super::fact_sheet::LegalBasis;

/// A regulation of the shipped catalogue.
#[derive(Debug, Clone, PartialEq)]
pub struct CatalogueEntry {
    /// Short code.
    pub code: String,
    /// The regulation.
    pub basis: LegalBasis,
    /// First day it may be cited.
    pub from: Option<NaiveDate>,
    /// Last day it may be cited.
    pub until: Option<NaiveDate>,
    /// Remark in Indonesian.
    pub note: Option<String>,
}

/// The shipped catalogue.
pub fn national() -> Vec<CatalogueEntry> {
    Vec::new()
}
