//! The vocabulary of the wordings: every name that a placeholder or a condition may use.
//!
//! A fact that must be in the paper is a value or a gap with its name for people; a fact that a
//! paper may do without is a value or none, and stands behind a condition in the wording. Numbers,
//! dates and lists arrive finished ("2 (dua)", "a, b, dan c").

use chrono::NaiveDate;
use minijinja::{Value, context};

use super::Stage;
use super::clause::{gap, sanitised, slot};
use super::model::Run;
use crate::domain::fact_sheet::*;
use crate::domain::wording::{
    date_in_words, date_long, join_list, length_with_words, number_with_words, weekday_and_date_in_words,
};

mod juknis;
mod statements;

pub use juknis::{juknis, needs_proof_of_concept, user_id_fields};
pub use statements::{renewal_statement, statement};

/// Everything a wording may say about an agreement, in a paper of that stage.
pub fn facts(sheet: &FactSheet, stage: Stage) -> Value {
    context! {
        pks => format!("Perjanjian {}", sheet.form.spelling.label()),
        form => context! {
            structure_only => sheet.form.institution_change == InstitutionChange::Structure,
            definitions => sheet.form.definitions,
        },
        provider => party(&sheet.provider, Side::Provider, stage),
        user => party(&sheet.user, Side::User, stage),
        subject => subject(&sheet.subject),
        recitals => sheet.recitals.iter().map(|recital| after_bahwa(recital)).collect::<Vec<_>>(),
        signing => context! {
            date => dated(stage, "signing.on/words", sheet.signing.on, "tanggal penandatanganan", |on| {
                weekday_and_date_in_words(on, sheet.form.date_words)
            }),
            short_date => match sheet.signing.on {
                None if !stage.blanks_dates() => Value::from(()),
                on => dated(stage, "signing.on/long", on, "tanggal penandatanganan", date_long),
            },
            place => optional(sheet.signing.place.as_deref()),
        },
        legal_bases => sheet.legal_bases.iter().map(legal_basis).collect::<Vec<_>>(),
        approval_letters => sheet.approval_letters.iter().map(approval_letter).collect::<Vec<_>>(),
        missing => context! { legal_bases => gap("dasar hukum") },
        access => access(&sheet.access, sheet.form.state_element_count),
        network => network(&sheet.network),
        readers => readers(&sheet.card_readers),
        feedback => feedback(&sheet.feedback),
        security => security(&sheet.security),
        service => service(&sheet.service),
        financing => bears_cost(sheet),
        reporting => context! {
            copies_to => optional_list(&sheet.reporting.copies_to),
        },
        evaluation => context! {
            recipient => needed(sheet.evaluation.recipient.as_deref(), "penerima hasil evaluasi"),
            through => optional(sheet.evaluation.through.as_deref()),
            copy_to => optional(sheet.evaluation.copy_to.as_deref()),
            covers_ad_hoc => sheet.evaluation.covers_ad_hoc,
        },
        term => term(sheet),
        renewal => context! {
            in_pks => sheet.renewal.stated_in == RenewalSource::Pks,
            before => length_with_words(sheet.renewal.months_before.unwrap_or(DEFAULT_RENEWAL_MONTHS)),
        },
        copies => copies(&sheet.copies),
    }
}

/// Months before the end by which the renewal letter is due where the papers name no other
/// (Juknis angka VI huruf F).
const DEFAULT_RENEWAL_MONTHS: u32 = 2;

/// The facts with one party as `party`, for the sentence that introduces it.
pub fn with_party(facts: &Value, sheet: &FactSheet, side: Side, stage: Stage) -> Value {
    let party_facts = match side {
        Side::Provider => party(&sheet.provider, side, stage),
        Side::User => party(&sheet.user, side, stage),
    };
    context! { party => party_facts, ..facts.clone() }
}

/// "PIHAK KESATU", "PIHAK KEDUA".
pub fn role(side: Side) -> &'static str {
    match side {
        Side::Provider => "PIHAK KESATU",
        Side::User => "PIHAK KEDUA",
    }
}

/// The slot of the number that a party gives to the agreement.
pub fn number_slot(side: Side) -> &'static str {
    match side {
        Side::Provider => "provider.number",
        Side::User => "user.number",
    }
}

/// A number at its slot, for a placeholder: blank where it is registered after signing, else a gap.
pub fn numbered(stage: Stage, slot_name: &str, number: Option<&str>, name: &str) -> Value {
    match known(number) {
        None if !stage.blanks_numbers() => gap(name),
        number => slot(slot_name, number),
    }
}

/// The same as a run.
pub fn number(stage: Stage, slot_name: &str, number: Option<&str>, name: &str) -> Run {
    match known(number) {
        None if !stage.blanks_numbers() => Run::gap(name),
        number => Run::slot(slot_name, number),
    }
}

/// A date at its slot, for a placeholder: blank where the office writes dates by hand, else a gap
/// while it is unknown. The slot is named by fact and form, `signing.on/words`.
pub fn dated(
    stage: Stage,
    slot_name: &str,
    on: Option<NaiveDate>,
    name: &str,
    form: impl FnOnce(NaiveDate) -> String,
) -> Value {
    match on {
        _ if stage.blanks_dates() => slot(slot_name, None),
        Some(on) => slot(slot_name, Some(form(on))),
        None => gap(name),
    }
}

/// The same as a run.
pub fn date(
    stage: Stage,
    slot_name: &str,
    on: Option<NaiveDate>,
    name: &str,
    form: impl FnOnce(NaiveDate) -> String,
) -> Run {
    match on {
        _ if stage.blanks_dates() => Run::slot(slot_name, None),
        Some(on) => Run::slot(slot_name, Some(form(on))),
        None => Run::gap(name),
    }
}

/// A date as its slot prints it, named by fact and form.
pub fn date_at(slot_name: &str, on: NaiveDate, case: LetterCase) -> String {
    match slot_name.split_once('/') {
        Some((_, "words")) => weekday_and_date_in_words(on, case),
        _ => date_long(on),
    }
}

/// A fact the paper needs: its text, or a gap with that name.
pub fn needed(fact: Option<&str>, name: &str) -> Value {
    known(fact).map_or_else(|| gap(name), Value::from)
}

fn optional(fact: Option<&str>) -> Value {
    known(fact).map_or_else(|| Value::from(()), Value::from)
}

/// The printable text of a fact; blank counts as unknown.
pub fn known(fact: Option<&str>) -> Option<String> {
    fact.map(sanitised).filter(|text| !text.is_empty())
}

/// A fact that is a part of a sentence: without the punctuation of a sentence of its own.
pub(super) fn phrase(fact: Option<&str>) -> Option<String> {
    known(fact)
        .map(|text| text.trim_end_matches(['.', ';', ',', ' ']).to_owned())
        .filter(|text| !text.is_empty())
}

pub(super) fn optional_phrase(fact: Option<&str>) -> Value {
    phrase(fact).map_or_else(|| Value::from(()), Value::from)
}

pub(super) fn needed_phrase(fact: Option<&str>, name: &str) -> Value {
    phrase(fact).map_or_else(|| gap(name), Value::from)
}

pub(super) fn known_items(items: &[String]) -> Vec<String> {
    items.iter().filter_map(|item| phrase(Some(item))).collect()
}

pub(super) fn optional_list(items: &[String]) -> Value {
    let items = known_items(items);
    if items.is_empty() { Value::from(()) } else { Value::from(join_list(&items)) }
}

fn count(number: Option<u32>, name: &str) -> Value {
    number.map_or_else(|| gap(name), |number| number_with_words(number.into()).into())
}

fn optional_count(number: Option<u32>) -> Value {
    number.map_or_else(|| Value::from(()), |number| number_with_words(number.into()).into())
}

pub(super) fn after_bahwa(recital: &str) -> String {
    let recital = phrase(Some(recital)).unwrap_or_default();
    recital.strip_prefix("bahwa ").map(ToOwned::to_owned).unwrap_or(recital)
}

fn party(party: &Party, side: Side, stage: Stage) -> Value {
    let role = role(side);
    let missing = |fact: &str| gap(&format!("{fact} {role}"));
    let or_gap = |fact: Option<String>, name: &str| fact.map_or_else(|| missing(name), Value::from);
    let Party { institution, official, .. } = party;
    let name = known(institution.name.as_deref());
    let region = &institution.region;
    context! {
        role,
        name => or_gap(name.clone(), "nama instansi"),
        number => numbered(stage, number_slot(side), party.number.as_deref(), &format!("nomor {role}")),
        standing => optional_phrase(party.standing.as_deref()),
        kind => institution.kind.code(),
        affairs => optional_phrase(institution.affairs.as_deref()),
        region => or_gap(known(region.full_name().as_deref()), "wilayah"),
        head => region.kind.head_title(),
        phone => optional(institution.phone.as_deref()),
        email => optional(institution.email.as_deref()),
        official => or_gap(known(official.full_name().as_deref()), "nama pejabat"),
        position => or_gap(known(official.full_position().as_deref()), "jabatan"),
        address => or_gap(
            phrase(official.address.as_deref()).or_else(|| phrase(institution.address.as_deref())),
            "alamat",
        ),
        acts_for => or_gap(phrase(official.acts_for.as_deref()).or(name), "nama instansi"),
    }
}

fn subject(subject: &Subject) -> Value {
    let short = subject.about_short.as_deref().or(subject.about.as_deref());
    context! {
        about => needed_phrase(subject.about.as_deref(), "judul perjanjian"),
        about_short => needed_phrase(short, "judul perjanjian"),
        joined => subject.purpose_layout == PurposeLayout::Joined,
        purpose => needed_phrase(subject.purpose.as_deref(), "tujuan pemanfaatan data"),
        aim => optional_phrase(subject.aim.as_deref()),
    }
}

fn legal_basis(basis: &LegalBasis) -> Value {
    let last_only = basis.amended_several_times && !basis.amended_by.is_empty();
    let first_named = if last_only { basis.amended_by.len() - 1 } else { 0 };
    context! {
        amendments => basis.amended_by.iter().skip(first_named).map(regulation).collect::<Vec<_>>(),
        several => basis.amended_several_times,
        ..regulation(&basis.regulation)
    }
}

fn regulation(regulation: &Regulation) -> Value {
    let gazette = |gazette: &Gazette| {
        let region = known(regulation.region.as_deref()).filter(|_| gazette.kind.is_regional());
        context! {
            name => region.map_or_else(
                || gazette.kind.label().to_owned(),
                |region| format!("{} {region}", gazette.kind.label()),
            ),
            year => gazette.year.map_or_else(|| Value::from(()), |year| year.to_string().into()),
            number => needed(gazette.number.as_deref(), "nomor lembaran"),
        }
    };
    context! {
        title => needed(regulation.title().as_deref(), "wilayah peraturan"),
        number => needed(regulation.number.as_deref(), "nomor peraturan"),
        year => regulation.year.map_or_else(|| gap("tahun peraturan"), |year| year.to_string().into()),
        about => needed_phrase(regulation.about.as_deref(), "judul peraturan"),
        gazettes => regulation.gazettes.iter().map(gazette).collect::<Vec<_>>(),
    }
}

fn approval_letter(letter: &ApprovalLetter) -> Value {
    context! {
        kind => letter.kind.code(),
        acting => optional(letter.capacity.abbreviation()),
        number => needed(letter.number.as_deref(), "nomor surat persetujuan"),
        date => letter.on.map_or_else(|| gap("tanggal surat persetujuan"), |on| date_long(on).into()),
        about => needed_phrase(letter.about.as_deref(), "hal surat persetujuan"),
        covers => optional_phrase(letter.covers.as_deref()),
    }
}

fn access(access: &Access, state_count: bool) -> Value {
    let others = known_items(&access.other_elements);
    let list = |elements: &[DataElement], others: &[String]| -> Vec<String> {
        elements.iter().map(|element| element.label().to_owned()).chain(others.iter().cloned()).collect()
    };
    let duty = list(&access.elements, &others);
    // A right is the mirror of the duty unless a signed paper says otherwise.
    let right =
        if access.right_elements.is_empty() { duty.clone() } else { list(&access.right_elements, &[]) };
    let printed = |elements: &[String]| {
        if elements.is_empty() { gap("elemen data") } else { join_list(elements).into() }
    };
    let counted = |elements: &[String]| {
        if elements.is_empty() {
            gap("jumlah elemen data")
        } else {
            number_with_words(elements.len() as u64).into()
        }
    };
    let methods: Vec<&str> = access.methods.iter().map(|method| method.label()).collect();
    let by = |method| access.methods.contains(&method);
    context! {
        state_count,
        elements => printed(&duty),
        count => counted(&duty),
        right_elements => printed(&right),
        right_count => counted(&right),
        named => access.name_method_in_articles,
        methods => if methods.is_empty() { gap("metode akses") } else { join_list(&methods).into() },
        by_web_portal => by(AccessMethod::WebPortal),
        by_web_service => by(AccessMethod::WebService),
        by_card_reader => by(AccessMethod::CardReader),
    }
}

fn network(network: &Network) -> Value {
    let facilitator = phrase(network.facilitator.as_deref());
    context! {
        arrangement => network.arrangement.code(),
        paid_by => network.paid_by.code(),
        facilitated => facilitator.is_some(),
        facilitator => facilitator.map_or_else(|| gap("penyedia atau fasilitator jaringan"), Value::from),
        points => optional_count(network.points),
    }
}

fn readers(readers: &CardReaders) -> Value {
    let used = readers.usage == ReaderUse::Used;
    context! {
        used,
        not_used => readers.usage == ReaderUse::NotUsed,
        per_unit => optional_count(readers.per_unit),
        within => readers.within_months.map_or_else(|| Value::from(()), |months| length_with_words(months).into()),
        sam_information => used && readers.sam_information,
        deactivate_at_end => used && readers.deactivate_at_end,
    }
}

fn feedback(feedback: &Feedback) -> Value {
    let items = known_items(&feedback.items);
    let right_items = known_items(&feedback.right_items);
    let right = if right_items.is_empty() { &items } else { &right_items };
    let printed =
        |items: &[String]| if items.is_empty() { gap("data balikan") } else { Value::from(join_list(items)) };
    context! {
        items => printed(&items),
        right_items => printed(right),
        completes_database => feedback.completes_database,
    }
}

fn security(security: &Security) -> Value {
    context! {
        leak_liability => security.leak_liability,
        system_guarantee => security.system_guarantee,
        certificate => optional(security.certificate.as_deref()),
        certificate_within => security.certificate_months.map_or_else(
            || gap("batas waktu sertifikat"),
            |months| length_with_words(months).into(),
        ),
    }
}

fn service(service: &Service) -> Value {
    context! {
        name => optional_phrase(service.name.as_deref()),
        identity => service.identity.code(),
        publicity => service.publicity.code(),
        assistance => service.assistance,
        technical_staff => service.technical_staff,
    }
}

/// Whether what is agreed costs money: then the paper must say who bears it (pembiayaan is among the
/// contents a PKS must have).
fn bears_cost(sheet: &FactSheet) -> bool {
    sheet.network.paid_by != NetworkPayer::Unstated
        || sheet.network.arrangement == NetworkArrangement::UserProvides
        || sheet.card_readers.usage == ReaderUse::Used
        || sheet.service.assistance
}

fn term(sheet: &FactSheet) -> Value {
    let written = |on| {
        if sheet.term.end_in_words {
            date_in_words(on, sheet.form.date_words)
        } else {
            format!("tanggal {}", date_long(on))
        }
    };
    let date = |on: Option<chrono::NaiveDate>, name| on.map_or_else(|| gap(name), |on| written(on).into());
    context! {
        basis => sheet.term.basis.code(),
        length => sheet.term.months.map_or_else(|| gap("lama berlaku"), |months| length_with_words(months).into()),
        start => date(sheet.term.start_on.or(sheet.signing.on), "tanggal mulai berlaku"),
        later_start => sheet.term.start_on.map_or_else(|| Value::from(()), |on| written(on).into()),
        end => date(sheet.term.end_on, "tanggal akhir berlaku"),
    }
}

fn copies(copies: &Copies) -> Value {
    let unstamped = match (copies.count, copies.stamped) {
        (Some(count), Some(stamped)) => count.saturating_sub(stamped),
        _ => 0,
    };
    context! {
        count => count(copies.count, "jumlah rangkap"),
        all_stamped => copies.stamped.is_some() && copies.stamped == copies.count,
        stamped => count(copies.stamped, "jumlah rangkap bermeterai"),
        unstamped => optional_count(Some(unstamped).filter(|&n| n > 0)),
        seal => copies.seal,
    }
}
