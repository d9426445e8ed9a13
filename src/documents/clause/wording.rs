//! The wordings an office prints with: the standard ones, or its own copies of them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::ClauseError;

/// The standard wordings, `templates/clauses/`.
const STANDARD: &[(&str, &str)] = &[];

/// Wordings by name ("pks/duties").
#[derive(Debug, Clone)]
pub struct Wording {
    texts: BTreeMap<Cow<'static, str>, Cow<'static, str>>,
}

impl Wording {
    /// The wordings that come with Kawal.
    pub fn standard() -> Self {
        let texts = STANDARD.iter().map(|&(name, text)| (Cow::Borrowed(name), Cow::Borrowed(text))).collect();
        Self { texts }
    }

    /// The same with an office's own copy of one wording.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.texts.insert(Cow::Owned(name.into()), Cow::Owned(text.into()));
        self
    }

    /// The text of one wording.
    pub(super) fn text(&self, name: &str) -> Result<&str, ClauseError> {
        match self.texts.get(name) {
            Some(text) => Ok(text),
            None => Err(ClauseError::MissingWording { file: name.to_owned() }),
        }
    }
}
