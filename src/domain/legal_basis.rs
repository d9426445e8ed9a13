//! Regulations: how they are named, and the catalogue of those every office cites.

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use super::fact_sheet::{Gazette, GazetteKind, LegalBasis, Regulation, RegulationKind};

/// The national regulations as they are shipped, in the order of citation.
const SHIPPED: &str = include_str!("../../assets/data/legal_bases.yaml");

/// A regulation of the shipped catalogue.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogueEntry {
    /// Short code, unique: "permendagri-102-2019".
    pub code: String,
    /// The regulation with its amendments.
    pub basis: LegalBasis,
    /// First day it may be cited (promulgation, or entry into force where later); none where the
    /// date has not been verified.
    pub from: Option<NaiveDate>,
    /// Last day it may be cited; none while it is in force.
    pub until: Option<NaiveDate>,
    /// Remark for the office, in Indonesian.
    pub note: Option<String>,
}

impl CatalogueEntry {
    /// The regulation as a paper of that day cites it: without amendments of later years, and none
    /// when it did not exist yet or is no longer in force. Where only the year of a regulation is
    /// known, its whole year counts as possible.
    pub fn as_cited_on(&self, day: NaiveDate) -> Option<LegalBasis> {
        let too_early = match self.from {
            Some(from) => day < from,
            None => !existed(&self.basis.regulation, day),
        };
        if too_early || self.until.is_some_and(|until| until < day) {
            return None;
        }
        let mut basis = self.basis.clone();
        basis.amended_by.retain(|amendment| existed(amendment, day));
        basis.amended_several_times &= !basis.amended_by.is_empty();
        Some(basis)
    }
}

fn existed(regulation: &Regulation, day: NaiveDate) -> bool {
    regulation.year.is_none_or(|year| i32::from(year) <= day.year())
}

/// The national regulations, in the order of citation.
pub fn national() -> Vec<CatalogueEntry> {
    // The file is part of the program: a test holds it readable.
    serde_saphyr::from_str(SHIPPED).unwrap_or_default()
}

impl Regulation {
    /// "Undang-Undang", "Peraturan Daerah Kabupaten …", "Peraturan Bupati …": the name before
    /// "Nomor". None for a region's regulation without its region.
    pub fn title(&self) -> Option<String> {
        let kind = self.kind.label();
        let region = || self.region.as_deref().map(str::trim).filter(|region| !region.is_empty());
        match self.kind {
            RegulationKind::Uu
            | RegulationKind::Pp
            | RegulationKind::Perpres
            | RegulationKind::Permendagri => Some(kind.to_owned()),
            RegulationKind::Perda => region().map(|region| format!("{kind} {region}")),
            // A head is named after the region alone: "Peraturan Bupati Nusa Kencana".
            RegulationKind::Pergub | RegulationKind::Perbup | RegulationKind::Perwal => {
                region().map(|region| {
                    let name = ["Kabupaten ", "Kota ", "Provinsi "]
                        .iter()
                        .find_map(|prefix| region.strip_prefix(prefix))
                        .unwrap_or(region);
                    format!("{kind} {name}")
                })
            }
        }
    }
}

impl Regulation {
    /// "Undang-Undang Nomor 23 Tahun 2006"; what is not known is left out.
    pub fn citation(&self) -> String {
        let mut text = self.title().unwrap_or_else(|| self.kind.label().to_owned());
        if let Some(number) = &self.number {
            text.push_str(&format!(" Nomor {number}"));
        }
        if let Some(year) = self.year {
            text.push_str(&format!(" Tahun {year}"));
        }
        text
    }
}

impl Gazette {
    /// "Lembaran Negara Republik Indonesia Tahun 2006 Nomor 124".
    pub fn citation(&self) -> String {
        let year = self.year.map(|year| format!(" Tahun {year}")).unwrap_or_default();
        let number = self.number.as_deref().map(|number| format!(" Nomor {number}")).unwrap_or_default();
        format!("{}{year}{number}", self.kind.label())
    }
}

impl GazetteKind {
    /// Whether the gazette is a region's and carries its name.
    pub const fn is_regional(self) -> bool {
        matches!(self, Self::Ld | Self::Bd)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn entry(code: &str) -> CatalogueEntry {
        national().into_iter().find(|entry| entry.code == code).unwrap()
    }

    #[test]
    fn the_shipped_catalogue_is_readable_and_its_codes_are_unique() {
        let entries: Vec<CatalogueEntry> = serde_saphyr::from_str(SHIPPED).unwrap();
        assert!(entries.len() >= 15);
        let codes: HashSet<&str> = entries.iter().map(|entry| entry.code.as_str()).collect();
        assert_eq!(codes.len(), entries.len());
        for entry in &entries {
            let Regulation { kind, number, year, about, region, .. } = &entry.basis.regulation;
            let (number, year) = (number.as_deref().unwrap(), year.unwrap());
            assert_eq!(entry.code, format!("{}-{number}-{year}", kind.code()));
            assert!(about.is_some() && region.is_none() && entry.note.is_some(), "{}", entry.code);
            assert!(entry.from.is_none_or(|from| from.year() >= i32::from(year)), "{}", entry.code);
        }
    }

    #[test]
    fn every_amendment_stands_in_the_catalogue_as_well() {
        let entries = national();
        for entry in &entries {
            for amendment in &entry.basis.amended_by {
                let own = entries.iter().find(|other| other.basis.regulation == *amendment);
                assert!(own.is_some(), "{} is amended by an unknown regulation", entry.code);
                assert!(amendment.year > entry.basis.regulation.year, "{}", entry.code);
            }
        }
    }

    #[test]
    fn a_paper_never_cites_what_came_after_it() {
        let access = entry("permendagri-102-2019");
        assert!(access.as_cited_on(day(2022, 12, 7)).unwrap().amended_by.is_empty());
        assert_eq!(access.as_cited_on(day(2025, 3, 6)).unwrap().amended_by.len(), 1);
        assert_eq!(access.as_cited_on(day(2018, 1, 1)), None);
        assert_eq!(entry("uu-27-2022").as_cited_on(day(2022, 10, 16)), None);
        assert!(entry("uu-27-2022").as_cited_on(day(2022, 10, 17)).is_some());
    }

    #[test]
    fn a_heads_regulation_is_named_after_the_region_alone() {
        let regulation = |kind, region: Option<&str>| Regulation {
            kind,
            region: region.map(Into::into),
            ..Regulation::default()
        };
        let title = |kind, region| regulation(kind, region).title();
        assert_eq!(title(RegulationKind::Uu, None).as_deref(), Some("Undang-Undang"));
        let perda = title(RegulationKind::Perda, Some("Kota Tirta Jaya"));
        assert_eq!(perda.as_deref(), Some("Peraturan Daerah Kota Tirta Jaya"));
        let perwal = title(RegulationKind::Perwal, Some("Kota Tirta Jaya"));
        assert_eq!(perwal.as_deref(), Some("Peraturan Wali Kota Tirta Jaya"));
        assert_eq!(title(RegulationKind::Perbup, None), None);
    }
}
