//! Who makes a statement: what the statement's own facts say, and the rest from where the person is
//! known already.

use chrono::NaiveDate;

use crate::documents::facts::known;
use crate::documents::model::Run;
use crate::documents::parts::run_or_gap;
use crate::domain::fact_sheet::{
    AddressKind, FactSheet, Person, Side, Statement, StatementForm, format_nip, same_person,
};

/// The person of one statement, with the form, day and place of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Declarant {
    /// Who.
    pub person: Person,
    /// Version of the form.
    pub form: StatementForm,
    /// Number of the statement, where it has one.
    pub number: Option<String>,
    /// Day.
    pub on: Option<NaiveDate>,
    /// Place.
    pub place: Option<String>,
    /// Address on the form.
    pub address: Option<String>,
    /// What that address is.
    pub address_kind: AddressKind,
    /// Whose written permission is needed; the Ditjen's where none is named.
    pub permission_of: Option<String>,
}

impl Declarant {
    /// The head's own statement, by the facts of the statement and of the head.
    pub fn head(sheet: &FactSheet, statement: &Statement) -> Self {
        let name = statement.name.clone().or_else(|| sheet.head(Side::User).name);
        Self::named(sheet, statement, name)
    }

    /// Everybody who owes an NDA: who has an entry, then the head and the operators without one.
    pub fn of_nda(sheet: &FactSheet) -> Vec<Self> {
        let entries = &sheet.papers.nda;
        let mut all: Vec<Self> =
            entries.iter().map(|entry| Self::named(sheet, entry, entry.name.clone())).collect();
        // A form that nobody has chosen yet is the one the office uses elsewhere.
        let usual = Statement {
            form: entries.first().map_or(sheet.papers.sptjm.form, |entry| entry.form),
            permission_of: entries.first().and_then(|entry| entry.permission_of.clone()),
            ..Statement::default()
        };
        let operators = sheet.operators.iter().map(|operator| operator.name.clone());
        for name in std::iter::once(sheet.head(Side::User).name).chain(operators) {
            let has_one = name.as_deref().is_some_and(|name| all.iter().any(|one| one.is(name)));
            if !has_one {
                all.push(Self::named(sheet, &usual, name));
            }
        }
        all
    }

    fn named(sheet: &FactSheet, statement: &Statement, name: Option<String>) -> Self {
        let known_as = name.as_deref().map(|name| sheet.person(Side::User, name)).unwrap_or_default();
        let home = statement.address_kind == AddressKind::Home;
        let office = sheet.user.institution.address.as_ref().filter(|_| !home);
        let places = [&statement.place, &sheet.papers.sptjm.place, &sheet.papers.juknis.place];
        Self {
            person: Person {
                position: statement.position.clone().or(known_as.position),
                rank: statement.rank.clone().or(known_as.rank),
                nip: statement.nip.clone().or(known_as.nip),
                nik: statement.nik.clone().or(known_as.nik),
                name,
            },
            form: statement.form,
            number: statement.number.clone(),
            on: statement.on,
            place: places.into_iter().find_map(|place| known(place.as_deref())),
            address: statement.address.clone().or_else(|| office.cloned()),
            address_kind: statement.address_kind,
            permission_of: statement.permission_of.clone(),
        }
    }

    fn is(&self, name: &str) -> bool {
        self.person.name.as_deref().is_some_and(|own| same_person(own, name))
    }

    /// Whether it is made on the form FR.01.
    pub fn on_official_form(&self) -> bool {
        self.form == StatementForm::Fr01
    }

    /// Name with degrees, or a gap.
    pub fn name(&self) -> Run {
        run_or_gap(known(self.person.name.as_deref()), "nama yang menyatakan")
    }

    /// Position, or a gap.
    pub fn position(&self) -> Run {
        run_or_gap(known(self.person.position.as_deref()), &format!("jabatan {}", self.called()))
    }

    /// "NIP" or "NIK" with its number; nothing where none is known.
    pub fn numbered(&self) -> Option<(&'static str, String)> {
        let nip = known(self.person.nip.as_deref()).map(|nip| ("NIP", format_nip(&nip)));
        nip.or_else(|| known(self.person.nik.as_deref()).map(|nik| ("NIK", nik)))
    }

    /// The address with its name: "Alamat rumah".
    pub fn addressed(&self) -> (&'static str, Run) {
        let label = match self.address_kind {
            AddressKind::Office => "Alamat kantor",
            AddressKind::Home => "Alamat rumah",
        };
        let missing = format!("{} {}", label.to_lowercase(), self.called());
        (label, run_or_gap(known(self.address.as_deref()), &missing))
    }

    /// How gaps of this person are told from those of others.
    pub fn called(&self) -> String {
        known(self.person.name.as_deref()).unwrap_or_else(|| "yang menyatakan".to_owned())
    }
}
