//! Regulations: how they are named, and the catalogue of those every office cites.

use super::fact_sheet::{GazetteKind, Regulation, RegulationKind};

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

impl GazetteKind {
    /// Whether the gazette is a region's and carries its name.
    pub const fn is_regional(self) -> bool {
        matches!(self, Self::Ld | Self::Bd)
    }
}
