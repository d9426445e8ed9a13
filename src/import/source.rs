//! A file by the ending of its name.

use std::path::Path;

use super::agreement_file::{self, Syntax};
use super::fault::FileFault;
use super::{Told, lists};

/// What a file tells.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// One agreement with all its facts; it names its office.
    Agreement(Box<Told>),
    /// Running agreements of one office from their minimum.
    List(Vec<lists::Row>),
}

impl Source {
    /// Reads a file by the ending of its name.
    ///
    /// # Errors
    /// Every fault of it, in its order.
    pub fn read(name: &Path, bytes: &[u8]) -> Result<Self, Vec<FileFault>> {
        let ending = name.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
        match ending.as_str() {
            "yaml" | "yml" => Ok(Self::Agreement(Box::new(agreement_file::read(bytes, Syntax::Yaml)?))),
            "json" => Ok(Self::Agreement(Box::new(agreement_file::read(bytes, Syntax::Json)?))),
            "csv" => lists::read_csv(bytes).map(Self::List),
            "xlsx" => lists::read_xlsx(bytes).map(Self::List),
            _ => Err(vec![FileFault::of_file(
                format!("akhiran nama \".{ending}\""),
                "berkas .yaml, .yml, .json, .csv atau .xlsx",
            )]),
        }
    }
}
