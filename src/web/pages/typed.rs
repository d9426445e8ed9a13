//! What was typed into a form.

use super::form::{Choice, Field, FieldKind};
use std::collections::BTreeMap;

/// What was typed into a form, with the errors found: the form is shown again from this.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    values: BTreeMap<String, Vec<String>>,
    errors: BTreeMap<String, Vec<String>>,
}

impl Typed {
    /// From the pairs of a form body, in their order.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in pairs {
            values.entry(name).or_default().push(value);
        }
        Self { values, errors: BTreeMap::new() }
    }

    /// Sets a value, as when a form is opened on what is stored.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.values.insert(name.into(), vec![value.into()]);
    }

    /// Takes every value of that name away, as of a box that is not ticked.
    pub fn forget(&mut self, name: &str) {
        self.values.remove(name);
    }

    /// The first value of that name, trimmed; empty when there is none.
    pub fn text(&self, name: &str) -> &str {
        self.values.get(name).and_then(|all| all.first()).map_or("", |value| value.trim())
    }

    /// Every value of that name.
    pub fn all(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether a checkbox of that name was ticked.
    pub fn ticked(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// The lines of a list, one entry a line; empty lines are left out.
    pub fn lines(&self, name: &str) -> Vec<String> {
        self.text(name).lines().map(str::trim).filter(|line| !line.is_empty()).map(String::from).collect()
    }

    /// Remembers that a value is refused.
    pub fn refuse(&mut self, name: impl Into<String>, error: impl Into<String>) {
        self.errors.entry(name.into()).or_default().push(error.into());
    }

    /// The errors of that name.
    pub fn errors(&self, name: &str) -> Vec<String> {
        self.errors.get(name).cloned().unwrap_or_default()
    }

    /// Whether anything is refused.
    pub fn refused(&self) -> bool {
        !self.errors.is_empty()
    }

    /// A line of text with its value and errors.
    pub fn text_field(&self, name: &str, label: &str) -> Field {
        self.field(name, label, FieldKind::Text(self.text(name).into()))
    }

    /// A date with its value and errors.
    pub fn date_field(&self, name: &str, label: &str) -> Field {
        self.field(name, label, FieldKind::Date(self.text(name).into()))
    }

    /// An e-mail address with its value and errors.
    pub fn email_field(&self, name: &str, label: &str) -> Field {
        self.field(name, label, FieldKind::Email(self.text(name).into()))
    }

    /// Several lines with their value and errors.
    pub fn area_field(&self, name: &str, label: &str) -> Field {
        self.field(name, label, FieldKind::TextArea(self.text(name).into()))
    }

    /// One of several, with what is chosen and errors.
    pub fn select_field(&self, name: &str, label: &str, pairs: &[(&str, &str)]) -> Field {
        self.field(name, label, FieldKind::Select(Choice::list(pairs, self.all(name))))
    }

    /// One of a few in sight, with what is chosen and errors.
    pub fn radio_field(&self, name: &str, label: &str, pairs: &[(&str, &str)]) -> Field {
        self.field(name, label, FieldKind::Radios(Choice::list(pairs, self.all(name))))
    }

    /// A password; what was typed is not shown again.
    pub fn password_field(&self, name: &str, label: &str) -> Field {
        self.field(name, label, FieldKind::Password)
    }

    /// A field with that control and the errors of its name.
    pub fn field(&self, name: &str, label: &str, kind: FieldKind) -> Field {
        Field::new(name, label, kind).errors(self.errors(name))
    }
}

#[cfg(test)]
mod tests {
    use super::super::form::FormItems;
    use super::*;

    #[test]
    fn what_was_typed_stays_beside_its_error() {
        let mut typed = Typed::from_pairs([("letter_number".to_owned(), " 470/12 ".to_owned())]);
        typed.refuse("letter_number", "Nomor ini sudah dipakai.");
        let field = typed.text_field("letter_number", "Nomor surat");
        assert!(matches!(field.kind, FieldKind::Text(value) if value == "470/12"));
        assert_eq!(field.errors, ["Nomor ini sudah dipakai."]);
        assert!(typed.refused());
    }

    #[test]
    fn a_password_is_never_sent_back() {
        let typed = Typed::from_pairs([("password".to_owned(), "rahasia sekali".to_owned())]);
        let field = typed.password_field("password", "Kata sandi");
        let html = FormItems(vec![field.into()]).to_string();
        assert!(html.contains("type=\"password\""));
        assert!(!html.contains("rahasia sekali"));
    }
}
