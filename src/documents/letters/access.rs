//! Opening of access: application for User IDs with its form, statement on the closed network,
//! appointment of the network provider.

use minijinja::context;

use super::frame::{self, Draft, Enclosure, Issuer, Recipient};
use super::values::{self, or_gap};
use crate::documents::facts::known;
use crate::documents::model::{Align, Block, Cell, Document, FactTable, Para, Run, Table};
use crate::documents::papers::PaperError;
use crate::documents::{Job, Paper, clause, parts};
use crate::domain::fact_sheet::{LetterNature, Operator, Side, UserIdForm, format_nip};
use crate::domain::wording::number_with_words;

/// From the agency's head to the Disdukcapil, with the form of each applicant.
///
/// # Errors
/// When the wording of the form is faulty.
pub(super) fn user_ids<'a>(job: &Job<'a>) -> Result<Draft<'a>, PaperError> {
    let sheet = job.facts;
    let wanted = sheet.access.user_ids.map(u64::from);
    let applicants = u64::try_from(sheet.operators.len()).ok().filter(|count| *count > 0);
    let count = wanted.or(applicants).map(number_with_words);
    let values = context! {
        count => or_gap(count, "jumlah User ID"),
        ..values::agreement(job)
    };
    let (title, mut blocks) = clause::titled(&job.print.stationery.wording, "letters/user_id_form", &values)?;
    blocks.extend(forms(job));
    Ok(Draft {
        letter: sheet.letters.access_request.letter.clone(),
        path: "letters.access_request.letter".to_owned(),
        issuer: Issuer::Agency,
        to: Recipient::Office,
        through: None,
        nature: LetterNature::Important,
        attachments: Some("1 (satu) berkas formulir User ID"),
        copies: vec![
            "Direktur Jenderal Kependudukan dan Pencatatan Sipil Kementerian Dalam Negeri".to_owned(),
        ],
        wording: "letters/access_request",
        values,
        enclosures: vec![Enclosure { title, blocks }],
    })
}

/// One table per applicant; an empty one while nobody is named.
fn forms(job: &Job<'_>) -> Vec<Block> {
    let unknown = [Operator::default()];
    let operators = if job.facts.operators.is_empty() { &unknown[..] } else { &job.facts.operators };
    let several = operators.len() > 1;
    let mut blocks = Vec::new();
    for (operator, number) in operators.iter().zip(1..) {
        if several {
            let lead = vec![Run::bold(format!("Pemohon {number}"))];
            blocks.push(parts::kept(Align::Left, lead));
        }
        blocks.push(Block::Table(form(job, operator, number)));
    }
    blocks
}

fn form(job: &Job<'_>, operator: &Operator, nth: usize) -> Table {
    let sheet = job.facts;
    let request = &sheet.letters.access_request;
    let institution = &sheet.user.institution;
    let of = |text: Option<String>, fact: &str| parts::run_or_gap(text, &format!("{fact} operator ke-{nth}"));
    let region_code =
        known(request.region_code.as_deref()).or_else(|| known(institution.region.code.as_deref()));
    let office = match known(institution.address.as_deref()) {
        Some(address) => {
            vec![parts::institution_name(&sheet.user, Side::User), Run::plain(format!(", {address}"))]
        }
        None => vec![
            parts::institution_name(&sheet.user, Side::User),
            Run::plain(", "),
            Run::gap("alamat PIHAK KEDUA"),
        ],
    };
    let mut rows = vec![
        ("NIK", vec![of(known(operator.nik.as_deref()), "NIK")]),
        ("Nama lengkap", vec![of(known(operator.name.as_deref()), "nama")]),
        ("NIP", vec![nip(operator, nth)]),
        ("Status kepegawaian", vec![of(known(operator.employment.as_deref()), "status kepegawaian")]),
        ("Jabatan", vec![of(known(operator.position.as_deref()), "jabatan")]),
        ("Kode wilayah kantor", vec![parts::run_or_gap(region_code, "kode wilayah kantor")]),
        ("Nama dan alamat kantor", office),
    ];
    if request.form == UserIdForm::Eight {
        rows.push(("User ID lokal", vec![of(known(operator.local_user_id.as_deref()), "User ID lokal")]));
    }
    let row = |((label, value), number): ((&str, Vec<Run>), usize)| {
        vec![cell(vec![Run::plain(format!("{number}."))]), cell(vec![Run::plain(label)]), cell(value)]
    };
    Table {
        widths: vec![0.08, 0.34, 0.58],
        header: vec![["No.", "Isian", "Keterangan"].map(|label| cell(vec![Run::bold(label)])).to_vec()],
        rows: rows.into_iter().zip(1..).map(row).collect(),
    }
}

/// Civil servants have a NIP; of anybody else none is expected.
fn nip(operator: &Operator, nth: usize) -> Run {
    let servant = operator.employment.as_deref().is_none_or(|status| {
        ["PNS", "PPPK", "ASN"].iter().any(|kind| status.to_uppercase().starts_with(kind))
    });
    match known(operator.nip.as_deref()) {
        Some(nip) => Run::plain(format_nip(&nip)),
        None if servant => Run::gap(&format!("NIP operator ke-{nth}")),
        None => Run::plain("-"),
    }
}

pub(super) fn cell(runs: Vec<Run>) -> Cell {
    let para = Para { label: None, level: 0, align: Align::Left, runs, keep_with_next: false, anchor: None };
    Cell { paras: vec![para] }
}

/// The head's statement that the data is reached through the closed network only.
///
/// # Errors
/// When the wording is faulty.
pub(super) fn closed_network(job: &Job<'_>) -> Result<Paper, PaperError> {
    let (sheet, stage) = (job.facts, job.print.stage);
    let wording = &job.print.stationery.wording;
    let letter = &sheet.letters.closed_network;
    let path = "letters.closed_network";
    let values = values::agreement(job);
    let (usual, statements) = clause::titled(wording, "letters/closed_network", &values)?;
    let about = known(letter.about.as_deref()).map_or(usual, |about| vec![Run::plain(about)]);
    let date = frame::date(stage, path, letter.on);
    let place_and_date = vec![frame::place(sheet, Issuer::Agency), Run::plain(", "), date];
    let mut signature = parts::head_signature(&sheet.user, Side::User);
    signature.heading.insert(0, vec![Run::plain("Yang menyatakan,")]);
    signature.stamp_box = true;

    let mut blocks = vec![frame::letterhead(job, Issuer::Agency)];
    blocks.push(Block::Heading(frame::title(&about)));
    let number = frame::number(stage, path, letter.number.as_deref());
    blocks.push(parts::kept(Align::Center, vec![Run::plain("Nomor: "), number]));
    blocks.push(Block::Space { lines: 0.6 });
    blocks.extend(clause::prose(wording, "letters/closed_network_opening", &values)?);
    blocks.push(Block::Facts(person(job)));
    blocks.extend(statements);
    blocks.push(parts::signatures(Some(place_and_date), vec![signature]));
    blocks.extend(frame::copies_to(&values::items(&letter.copies_to)));

    let document = Document {
        title: about.iter().map(|run| run.text.as_str()).collect(),
        dated: letter.on,
        furniture: job.print.furniture(),
        blocks,
    };
    Ok(Paper { document, references: std::collections::BTreeMap::new() })
}

fn person(job: &Job<'_>) -> FactTable {
    let user = &job.facts.user;
    let nip = known(user.official.nip.as_deref()).map(|nip| ("NIP", Run::plain(format_nip(&nip))));
    let address = known(user.institution.address.as_deref());
    let rows = [("Nama", parts::official_name(user, Side::User))]
        .into_iter()
        .chain(nip)
        .chain([
            ("Jabatan", parts::official_position(user, Side::User)),
            ("Alamat kantor", parts::run_or_gap(address, "alamat PIHAK KEDUA")),
        ])
        .map(|(label, value)| (vec![Run::plain(label)], vec![value]));
    FactTable { label: None, rows: rows.collect() }
}

/// From the agency's head to the Disdukcapil.
pub(super) fn network_provider<'a>(job: &Job<'a>) -> Draft<'a> {
    let sheet = job.facts;
    let appointment = &sheet.letters.network_provider;
    let provider =
        known(appointment.provider.as_deref()).or_else(|| known(sheet.network.facilitator.as_deref()));
    let values = context! {
        appointed => or_gap(provider, "penyedia jaringan"),
        capacity => or_gap(known(sheet.network.bandwidth.as_deref()), "bandwidth"),
        target => values::optional(sheet.network.target.as_deref()),
        ..values::agreement(job)
    };
    Draft {
        letter: appointment.letter.clone(),
        path: "letters.network_provider.letter".to_owned(),
        issuer: Issuer::Agency,
        to: Recipient::Office,
        through: None,
        nature: LetterNature::Ordinary,
        attachments: None,
        copies: Vec::new(),
        wording: "letters/network_provider",
        values,
        enclosures: Vec::new(),
    }
}
