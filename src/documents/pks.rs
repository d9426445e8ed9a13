//! The PKS itself, from the fact sheet alone.

use minijinja::Value;

use super::clause::{self, ClauseError};
use super::facts::{self, facts, known, number_slot, role};
use super::model::{
    Align, Block, Document, FactTable, Furniture, Heading, Para, Run, SignatureBlock, SignatureColumn,
};
use super::{Paper, Print, Stage};
use crate::domain::fact_sheet::{FactSheet, ParafBoxes, Party, PartyBlock, Side};
use crate::domain::wording::{date_long, heading};

/// Articles in the order of the paper; the definitions come first where the office has them.
const ARTICLES: [&str; 10] = [
    "pks/purpose",
    "pks/duties",
    "pks/rights",
    "pks/term",
    "pks/ending",
    "pks/force_majeure",
    "pks/disputes",
    "pks/reporting",
    "pks/other",
    "pks/closing",
];
const DEFINITIONS: &str = "pks/definitions";

/// The wordings of its articles in order; an agreement may have articles of its own between them.
pub fn article_files(sheet: &FactSheet) -> Vec<&'static str> {
    sheet.form.definitions.then_some(DEFINITIONS).into_iter().chain(ARTICLES).collect()
}

/// Prints the PKS. Missing facts stand as gaps.
///
/// # Errors
/// [`ClauseError`] when the wording is faulty; never because of a fact.
pub fn pks(sheet: &FactSheet, print: &Print<'_>) -> Result<Paper, ClauseError> {
    let wording = &print.stationery.wording;
    let values = facts(sheet, print.stage);
    let files = article_files(sheet);
    let files = wording.with_added(&files);

    let mut blocks = title(sheet, print.stage);
    blocks.extend(clause::prose(wording, "pks/preamble", &values)?);
    for side in [Side::Provider, Side::User] {
        blocks.extend(party(print, sheet, side, &values)?);
    }
    for part in ["pks/recitals", "pks/legal_bases", "pks/agreement"] {
        blocks.extend(clause::prose(wording, part, &values)?);
    }
    let articles = clause::articles(wording, &files, &values, sheet.form.chapters)?;
    blocks.extend(articles.blocks);
    blocks.push(Block::Signatures(signatures(sheet)));

    let furniture = Furniture { paraf: paraf(sheet), ..print.furniture() };
    let document = Document { title: plain_title(sheet), dated: sheet.signing.on, furniture, blocks };
    Ok(Paper { document, references: articles.references })
}

fn plain_title(sheet: &FactSheet) -> String {
    let name = |party: &Party| known(party.institution.name.as_deref());
    let kind = format!("Perjanjian {}", sheet.form.spelling.label());
    match (name(&sheet.provider), name(&sheet.user)) {
        (Some(provider), Some(user)) => {
            format!("{kind} antara {provider} {} {user}", sheet.form.conjunction.label())
        }
        _ => kind,
    }
}

/// The heading block: title and both names, both numbers, subject.
fn title(sheet: &FactSheet, stage: Stage) -> Vec<Block> {
    let number = |side: Side, party: &Party| {
        let value = facts::number(
            stage,
            number_slot(side),
            party.number.as_deref(),
            &format!("nomor {}", role(side)),
        );
        centred(vec![Run::bold(format!("NOMOR {}: ", role(side))), Run { bold: true, ..value }])
    };
    let line = |text: &str| vec![Run::bold(heading(text))];
    let mut lines = vec![line(&format!("Perjanjian {}", sheet.form.spelling.label())), line("antara")];
    lines.extend(name_lines(&sheet.provider, Side::Provider));
    lines.push(line(sheet.form.conjunction.label()));
    lines.extend(name_lines(&sheet.user, Side::User));
    let about = known(sheet.subject.about.as_deref()).map(|about| heading(about.trim_end_matches('.')));
    vec![
        Block::Heading(Heading { level: 1, lines, anchor: None }),
        Block::Space { lines: 0.3 },
        number(Side::Provider, &sheet.provider),
        number(Side::User, &sheet.user),
        Block::Space { lines: 0.3 },
        centred(line("tentang")),
        centred(vec![Run { bold: true, ..run_or_gap(about, "judul perjanjian") }]),
        Block::Space { lines: 1.0 },
    ]
}

/// Letters in capitals that stand on one centred line without crowding it.
const NAME_ON_ONE_LINE: usize = 44;

/// A party's name in capitals; a long one has its region on a line of its own, as the genre sets it.
fn name_lines(party: &Party, side: Side) -> Vec<Vec<Run>> {
    let Some(name) = known(party.institution.name.as_deref()) else {
        let gap = Run::gap(&format!("nama instansi {}", role(side)));
        return vec![vec![Run { bold: true, ..gap }]];
    };
    let region = party.institution.region.full_name();
    let office = region.as_deref().and_then(|region| name.strip_suffix(region)).map(str::trim_end);
    let lines = match (office, region.as_deref()) {
        (Some(office), Some(region)) if !office.is_empty() && name.chars().count() > NAME_ON_ONE_LINE => {
            vec![heading(office), heading(region)]
        }
        _ => vec![heading(&name)],
    };
    lines.into_iter().map(|line| vec![Run::bold(line)]).collect()
}

fn centred(runs: Vec<Run>) -> Block {
    Block::Para(Para {
        label: None,
        level: 0,
        align: Align::Center,
        runs,
        keep_with_next: true,
        anchor: None,
    })
}

fn run_or_gap(text: Option<String>, name: &str) -> Run {
    text.map_or_else(|| Run::gap(name), Run::plain)
}

/// How a party is introduced: rows with a closing line, or one sentence beside the name.
fn party(
    print: &Print<'_>,
    sheet: &FactSheet,
    side: Side,
    values: &Value,
) -> Result<Vec<Block>, ClauseError> {
    let wording = &print.stationery.wording;
    let values = facts::with_party(values, sheet, side, print.stage);
    let party = match side {
        Side::Provider => &sheet.provider,
        Side::User => &sheet.user,
    };
    let official = &party.official;
    let name = || {
        let name =
            run_or_gap(known(official.full_name().as_deref()), &format!("nama pejabat {}", role(side)));
        vec![Run { bold: true, ..name }]
    };
    let (rows_label, sentence_label) = match side {
        Side::Provider => ("1.", "I."),
        Side::User => ("2.", "II."),
    };
    if sheet.form.party_block == PartyBlock::Sentence {
        let sentence = clause::line(wording, "pks/party_sentence", &values)?;
        let table = FactTable { label: Some(sentence_label.to_owned()), rows: vec![(name(), sentence)] };
        return Ok(vec![Block::Facts(table)]);
    }
    let row = |label: &str, value: Option<String>, missing: &str| {
        (vec![Run::plain(label)], vec![run_or_gap(value, &format!("{missing} {}", role(side)))])
    };
    let address = known(official.address.as_deref()).or_else(|| known(party.institution.address.as_deref()));
    let table = FactTable {
        label: Some(rows_label.to_owned()),
        rows: vec![
            (vec![Run::plain("Nama")], name()),
            row("Alamat", address, "alamat"),
            row("Jabatan", known(official.full_position().as_deref()), "jabatan"),
        ],
    };
    let closing = Para {
        label: None,
        level: 1,
        align: Align::Justify,
        runs: clause::line(wording, "pks/party_rows", &values)?,
        keep_with_next: false,
        anchor: None,
    };
    Ok(vec![Block::Facts(table), Block::Para(closing)])
}

/// Both signatures; the side of the paraf boxes decides who stands left.
fn signatures(sheet: &FactSheet) -> SignatureBlock {
    let provider = signature(sheet, &sheet.provider, Side::Provider, sheet.signing.provider_on);
    let user = signature(sheet, &sheet.user, Side::User, sheet.signing.user_on);
    let columns = match sheet.form.paraf {
        ParafBoxes::UserLeft => vec![user, provider],
        ParafBoxes::None | ParafBoxes::ProviderLeft | ParafBoxes::Offices => vec![provider, user],
    };
    SignatureBlock { place_and_date: None, columns, heading: None }
}

fn signature(
    sheet: &FactSheet,
    party: &Party,
    side: Side,
    signed_on: Option<chrono::NaiveDate>,
) -> SignatureColumn {
    let mut lines = vec![vec![Run::bold(format!("{},", role(side)))]];
    // A party that signed on another day than the preamble's says so beside its name.
    if let Some(on) = signed_on.filter(|on| sheet.signing.on != Some(*on)) {
        lines.push(vec![Run::plain(format!("tanggal {}", date_long(on)))]);
    }
    let nip = known(party.official.nip.as_deref()).filter(|_| sheet.form.print_nip);
    SignatureColumn {
        heading: lines,
        name: vec![run_or_gap(
            known(party.official.full_name().as_deref()),
            &format!("nama pejabat {}", role(side)),
        )],
        below: nip.map(|nip| vec![Run::plain(format!("NIP {}", nip_in_groups(&nip)))]).into_iter().collect(),
        stamp_box: false,
    }
}

/// "19900101 201503 2 001": birth, appointment, sex, serial (BKN 22/2007).
pub(super) fn nip_in_groups(nip: &str) -> String {
    let digits: String = nip.chars().filter(char::is_ascii_digit).collect();
    match (digits.get(..8), digits.get(8..14), digits.get(14..15), digits.get(15..18)) {
        (Some(birth), Some(appointed), Some(sex), Some(serial)) if digits.len() == 18 => {
            format!("{birth} {appointed} {sex} {serial}")
        }
        _ => nip.to_owned(),
    }
}

fn paraf(sheet: &FactSheet) -> Vec<String> {
    let short = |party: &Party, other: &str| {
        known(party.institution.short_name.as_deref()).unwrap_or_else(|| other.to_owned())
    };
    match sheet.form.paraf {
        ParafBoxes::None => Vec::new(),
        ParafBoxes::UserLeft => vec![role(Side::User).to_owned(), role(Side::Provider).to_owned()],
        ParafBoxes::ProviderLeft => vec![role(Side::Provider).to_owned(), role(Side::User).to_owned()],
        ParafBoxes::Offices => vec![
            format!("Paraf {}", short(&sheet.provider, "Disdukcapil")),
            format!("Paraf {}", short(&sheet.user, "Instansi")),
        ],
    }
}

#[cfg(test)]
mod tests;
