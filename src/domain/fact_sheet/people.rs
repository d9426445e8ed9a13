//! Who is who: one person may stand in several places of a fact sheet, and what one place knows need
//! not be typed in the others.

use super::{FactSheet, Side};

/// What is known of a person, from every place that names them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// Name with degrees.
    pub name: Option<String>,
    /// Position.
    pub position: Option<String>,
    /// Rank.
    pub rank: Option<String>,
    /// NIP.
    pub nip: Option<String>,
    /// NIK.
    pub nik: Option<String>,
}

impl Person {
    /// The same person with what another place knows beside it.
    fn or(self, other: Self) -> Self {
        Self {
            name: self.name.or(other.name),
            position: self.position.or(other.position),
            rank: self.rank.or(other.rank),
            nip: self.nip.or(other.nip),
            nik: self.nik.or(other.nik),
        }
    }
}

/// Whether two names are the same person's: degrees, dots and capitals aside.
pub fn same_person(one: &str, other: &str) -> bool {
    let bare = bare_name(one);
    !bare.is_empty() && bare == bare_name(other)
}

/// "Drs. Mahesa Tirtana, M.M." → "mahesa tirtana". Degrees stand before the name with a dot, or after
/// a comma.
fn bare_name(name: &str) -> String {
    let before_degrees = name.split(',').next().unwrap_or_default();
    let words: Vec<String> = before_degrees
        .split_whitespace()
        .filter(|word| !word.ends_with('.'))
        .map(str::to_lowercase)
        .collect();
    words.join(" ")
}

impl FactSheet {
    /// The head of a party's institution.
    pub fn head(&self, side: Side) -> Person {
        let official = match side {
            Side::Provider => &self.provider.official,
            Side::User => &self.user.official,
        };
        Person {
            name: official.full_name(),
            position: official.full_position(),
            rank: official.rank.clone(),
            nip: official.nip.clone(),
            nik: None,
        }
    }

    /// What the sheet knows of a person of a party, as head, operator or contact.
    pub fn person(&self, side: Side, name: &str) -> Person {
        let operators = self.operators.iter().filter(|_| side == Side::User).map(|operator| Person {
            name: operator.name.clone(),
            position: operator.position.clone(),
            rank: None,
            nip: operator.nip.clone(),
            nik: operator.nik.clone(),
        });
        let contacts = self.contacts.iter().filter(|contact| contact.side == side).map(|contact| Person {
            name: contact.name.clone(),
            position: contact.position.clone(),
            ..Person::default()
        });
        std::iter::once(self.head(side))
            .chain(operators)
            .chain(contacts)
            .filter(|person| person.name.as_deref().is_some_and(|known| same_person(known, name)))
            .fold(Person { name: Some(name.to_owned()), ..Person::default() }, Person::or)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fact_sheet::{Contact, Official, Operator};

    #[test]
    fn a_person_is_known_by_name_whatever_degrees_stand_beside_it() {
        assert!(same_person("Darmawan Sukma", "DARMAWAN SUKMA, S.Sos."));
        assert!(same_person("Drs. Mahesa Tirtana, M.M.", "mahesa  tirtana"));
        assert!(!same_person("Darmawan Sukma", "Darmawan Sukmana"));
        assert!(!same_person("", ""), "two unknown persons are not the same");
    }

    #[test]
    fn what_one_place_knows_is_known_in_the_others() {
        let mut sheet = FactSheet::default();
        sheet.user.official = Official { name: Some("Laras".into()), ..Official::default() };
        sheet.operators.push(Operator {
            name: Some("Galuh".into()),
            nik: Some("9807032611940001".into()),
            ..Operator::default()
        });
        sheet.contacts.push(Contact {
            side: Side::User,
            name: Some("Galuh, A.Md.".into()),
            position: Some("Pengelola".into()),
            ..Contact::default()
        });
        let galuh = sheet.person(Side::User, "Galuh");
        assert_eq!(galuh.position.as_deref(), Some("Pengelola"));
        assert_eq!(galuh.nik.as_deref(), Some("9807032611940001"));
        assert_eq!(sheet.person(Side::Provider, "Galuh").nik, None, "another party's people are others");
    }
}
