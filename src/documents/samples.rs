//! Invented agreements, one per shape that offices use, and one of which nothing is known: what wordings
//! are checked with and what the preview of the editor shows.

use std::sync::LazyLock;

use chrono::NaiveDate;

use crate::domain::fact_sheet::FactSheet;

/// An invented agreement.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Code in addresses.
    pub code: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// Its facts.
    pub facts: FactSheet,
}

impl Sample {
    /// A day on which every paper about it makes sense.
    pub fn day(&self) -> NaiveDate {
        self.facts.signing.on.unwrap_or(NaiveDate::MIN)
    }
}

const FILES: [(&str, &str, &str); 5] = [
    (
        "pertanian",
        "Dinas dengan perangkat pembaca",
        include_str!("../../tests/fixtures/twins/pertanian.yaml"),
    ),
    ("dinas-sosial", "Dinas dengan web portal", include_str!("../../tests/fixtures/twins/dinas_sosial.yaml")),
    ("kecamatan", "Kecamatan, dengan BAB", include_str!("../../tests/fixtures/twins/kecamatan.yaml")),
    ("desa", "Pemerintah desa", include_str!("../../tests/fixtures/twins/desa.yaml")),
    ("bpbd", "Badan, perpanjangan", include_str!("../../tests/fixtures/twins/bpbd.yaml")),
];

/// Every sample; the empty one is the last.
pub fn samples() -> &'static [Sample] {
    static SAMPLES: LazyLock<Vec<Sample>> = LazyLock::new(|| {
        let told = FILES.iter().filter_map(|(code, name, file)| {
            let facts = serde_saphyr::from_str(file.strip_prefix("kawal: 1\n")?).ok()?;
            Some(Sample { code, name, facts })
        });
        let empty = Sample { code: "kosong", name: "Belum ada fakta", facts: FactSheet::default() };
        told.chain([empty]).collect()
    });
    &SAMPLES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_is_among_the_samples() {
        assert_eq!(samples().len(), FILES.len() + 1, "a file cannot be read");
        assert!(samples().iter().any(|sample| sample.facts.form.chapters));
        assert!(samples().iter().any(|sample| sample.facts.form.definitions));
    }
}
