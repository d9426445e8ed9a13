//! Petunjuk Teknis: a table in one of two forms, its signatories, topology and service flow.

use std::collections::BTreeMap;

use minijinja::Value;

use super::clause::{self, ClauseError, Row, Scheme};
use super::facts::{self, known, role};
use super::model::{
    Align, Aside, Block, BoxShape, Cell, Diagram, DiagramBox, Document, Figure, Furniture, Heading, Para,
    Picture, Run, SignatureBlock, SignatureColumn, Table,
};
use super::parts::{self, bold, institution_name, party, run_or_gap};
use super::{Paper, Print, Stationery};
use crate::domain::fact_sheet::{
    FactSheet, JuknisForm, JuknisSignatory, ParafBoxes, ServiceStep, Side, TopologyNode, format_nip,
};
use crate::domain::wording::heading;

/// Rows of the table with Kriteria and Petunjuk.
const CRITERIA: [&str; 6] = [
    "juknis/criteria_network",
    "juknis/criteria_application",
    "juknis/criteria_feedback",
    "juknis/criteria_readers",
    "juknis/criteria_reporting",
    "juknis/criteria_other",
];
/// Rows of the table with Pembahasan and Kesepakatan.
const TOPICS: [&str; 6] = [
    "juknis/topics_network",
    "juknis/topics_application",
    "juknis/topics_feedback",
    "juknis/topics_readers",
    "juknis/topics_reporting",
    "juknis/topics_other",
];
/// On the arrow to the next step, where a step has two outcomes …
const YES: &str = "Ya";
/// … and on the one aside.
const NO: &str = "Tidak";

/// What the attachments are called; none where the paper has no such attachment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attachments {
    /// Drawing of the network.
    pub topology: Option<&'static str>,
    /// Drawing of the service.
    pub service_flow: Option<&'static str>,
}

impl Attachments {
    /// The form with Kriteria always has both. The older one has what there is to attach.
    fn of(sheet: &FactSheet, stationery: &Stationery) -> Self {
        let juknis = &sheet.papers.juknis;
        let always = juknis.form == JuknisForm::Criteria;
        let topology = always || stationery.topology.is_some() || !juknis.topology.is_empty();
        let service_flow = always || stationery.service_flow.is_some() || !juknis.service_steps.is_empty();
        match (topology, service_flow) {
            (true, true) => Self { topology: Some("Lampiran I"), service_flow: Some("Lampiran II") },
            (true, false) => Self { topology: Some("Lampiran"), service_flow: None },
            (false, true) => Self { topology: None, service_flow: Some("Lampiran") },
            (false, false) => Self::default(),
        }
    }
}

/// Prints the Juknis. Missing facts stand as gaps, an attachment with nothing in it among them.
///
/// # Errors
/// [`ClauseError`] when the wording is faulty; never because of a fact.
pub fn juknis(sheet: &FactSheet, print: &Print<'_>) -> Result<Paper, ClauseError> {
    let wording = &print.stationery.wording;
    let attachments = Attachments::of(sheet, print.stationery);
    let values = facts::juknis(sheet, print.stage, &attachments);
    let (files, scheme, columns) = match sheet.papers.juknis.form {
        JuknisForm::Criteria => (&CRITERIA, Scheme::Criteria, ["No.", "KRITERIA", "PETUNJUK"]),
        JuknisForm::Agreement => (&TOPICS, Scheme::Topics, ["No.", "PEMBAHASAN", "KESEPAKATAN"]),
    };
    let rows = clause::rows(wording, files, &values, scheme)?;

    let mut blocks = title(sheet, print, &values)?;
    blocks.extend(clause::prose(wording, "juknis/parties", &values)?);
    blocks.push(table(columns, rows.rows));
    blocks.extend(clause::prose(wording, "juknis/closing", &values)?);
    blocks.extend(signatures(sheet, print));
    blocks.extend(lampiran(print, &values, attachments.topology, "juknis/topology", || {
        topology(&sheet.papers.juknis.topology, print.stationery.topology.as_ref())
    })?);
    blocks.extend(lampiran(print, &values, attachments.service_flow, "juknis/service_flow", || {
        service_flow(&sheet.papers.juknis.service_steps, print.stationery.service_flow.as_ref())
    })?);

    let furniture = Furniture { paraf: super::pks::paraf(sheet), ..print.furniture() };
    let document = Document { title: plain_title(sheet), dated: sheet.papers.juknis.on, furniture, blocks };
    Ok(Paper { document, references: rows.references })
}

/// Where the clauses of the Juknis stand, as other papers cite them: "Petunjuk Teknis angka VI huruf F".
///
/// # Errors
/// As for [`juknis`].
pub fn citations(sheet: &FactSheet, print: &Print<'_>) -> Result<BTreeMap<String, String>, ClauseError> {
    let cited = |(label, place)| (label, format!("Petunjuk Teknis {place}"));
    Ok(juknis(sheet, print)?.references.into_iter().map(cited).collect())
}

fn plain_title(sheet: &FactSheet) -> String {
    match known(sheet.user.institution.name.as_deref()) {
        Some(agency) => format!("Petunjuk Teknis pemanfaatan data kependudukan {agency}"),
        None => "Petunjuk Teknis".to_owned(),
    }
}

fn title(sheet: &FactSheet, print: &Print<'_>, values: &Value) -> Result<Vec<Block>, ClauseError> {
    let line = |text: &str| vec![Run::bold(heading(text))];
    let mut lines = vec![line("Petunjuk Teknis")];
    let methods: Vec<&str> = sheet.access.methods.iter().map(|method| method.label()).collect();
    if !methods.is_empty() {
        let methods = crate::domain::wording::join_list(&methods);
        lines.push(line(&format!("Akses data kependudukan melalui {methods}")));
    }
    let juknis = &sheet.papers.juknis;
    let number =
        facts::number(print.stage, "juknis.number", juknis.number.as_deref(), "nomor Petunjuk Teknis");
    let subject = clause::line(&print.stationery.wording, "juknis/subject", values)?;
    let rows = vec![(vec![Run::plain("Nomor")], vec![number]), (vec![Run::plain("Hal")], subject)];
    Ok(vec![
        Block::Heading(Heading { level: 1, lines, anchor: None }),
        Block::Space { lines: 0.5 },
        Block::Facts(super::model::FactTable { label: None, rows }),
        Block::Space { lines: 0.5 },
    ])
}

fn table(columns: [&str; 3], rows: Vec<Row>) -> Block {
    let cell = |align, runs| Cell { paras: vec![plain(align, runs)] };
    let head = columns.map(|column| cell(Align::Center, vec![Run::bold(column)])).to_vec();
    let body = |row: Row| {
        let title = row.title.into_iter().map(bold).collect();
        // Narrow columns set ragged: justified they tear.
        let paras = row.paras.into_iter().map(|para| Para { align: Align::Left, ..para }).collect();
        vec![cell(Align::Center, vec![Run::plain(row.label)]), cell(Align::Left, title), Cell { paras }]
    };
    Block::Table(Table {
        widths: vec![0.08, 0.25, 0.67],
        header: vec![head],
        rows: rows.into_iter().map(body).collect(),
    })
}

fn plain(align: Align, runs: Vec<Run>) -> Para {
    Para { label: None, level: 0, align, runs, keep_with_next: false, anchor: None }
}

/// Both columns of signatories, one block for each pair of persons.
fn signatures(sheet: &FactSheet, print: &Print<'_>) -> Vec<Block> {
    let juknis = &sheet.papers.juknis;
    let sides = match sheet.form.paraf {
        ParafBoxes::UserLeft => [Side::User, Side::Provider],
        ParafBoxes::None | ParafBoxes::ProviderLeft | ParafBoxes::Offices => [Side::Provider, Side::User],
    };
    let columns = sides.map(|side| signatories(sheet, side));
    let several = columns.iter().any(|column| column.len() > 1);
    let last = columns.iter().map(Vec::len).max().unwrap_or_default();
    let place = known(juknis.place.as_deref());
    let day = parts::place_and_date(print.stage, place, "juknis.on/long", juknis.on, "Petunjuk Teknis");
    let pairs = (0..last).map(|nth| {
        let column = |(side, persons): (&Side, &Vec<SignatureColumn>)| {
            let heading = if nth == 0 { vec![institution_heading(sheet, *side)] } else { Vec::new() };
            match persons.get(nth) {
                Some(person) if several => {
                    let number = Run::plain(format!("{}. ", nth + 1));
                    let name = std::iter::once(number).chain(person.name.clone()).collect();
                    SignatureColumn { heading, name, ..person.clone() }
                }
                Some(person) => SignatureColumn { heading, ..person.clone() },
                None => SignatureColumn { heading, name: Vec::new(), below: Vec::new(), stamp_box: false },
            }
        };
        Block::Signatures(SignatureBlock {
            place_and_date: None,
            heading: (nth == 0).then(|| vec![Run::bold("MENGETAHUI:")]),
            columns: sides.iter().zip(&columns).map(column).collect(),
        })
    });
    std::iter::once(parts::kept(Align::Right, day)).chain(pairs).collect()
}

fn institution_heading(sheet: &FactSheet, side: Side) -> Vec<Run> {
    let name = institution_name(party(sheet, side), side);
    let text = if name.gap { name.text.clone() } else { heading(&name.text) };
    vec![bold(Run { text, ..name })]
}

/// The signatories of a side, its head where none is named.
fn signatories(sheet: &FactSheet, side: Side) -> Vec<SignatureColumn> {
    let named: Vec<SignatureColumn> = sheet
        .papers
        .juknis
        .signatories
        .iter()
        .filter(|signatory| signatory.side == side)
        .map(|signatory| signatory_column(sheet, signatory))
        .collect();
    if !named.is_empty() {
        return named;
    }
    let head = sheet.head(side);
    let head = JuknisSignatory { side, name: head.name, position: head.position, nip: head.nip, nik: None };
    vec![signatory_column(sheet, &head)]
}

fn signatory_column(sheet: &FactSheet, signatory: &JuknisSignatory) -> SignatureColumn {
    let side = signatory.side;
    let person = signatory.name.as_deref().map(|name| sheet.person(side, name)).unwrap_or_default();
    let position = known(signatory.position.as_deref()).or_else(|| known(person.position.as_deref()));
    let nip = known(signatory.nip.as_deref());
    let number = match (nip, known(signatory.nik.as_deref())) {
        (Some(nip), _) => Some(format!("NIP {}", format_nip(&nip))),
        (None, Some(nik)) => Some(format!("NIK {nik}")),
        // A NIK is printed only where the paper is to carry it; a NIP stands under every signature.
        (None, None) => known(person.nip.as_deref()).map(|nip| format!("NIP {}", format_nip(&nip))),
    };
    let name = run_or_gap(known(signatory.name.as_deref()), &format!("nama penanda tangan {}", role(side)));
    SignatureColumn {
        heading: Vec::new(),
        name: vec![name],
        below: position.into_iter().chain(number).map(|text| vec![Run::plain(text)]).collect(),
        stamp_box: false,
    }
}

/// An attachment on a page of its own.
fn lampiran(
    print: &Print<'_>,
    values: &Value,
    label: Option<&str>,
    file: &str,
    drawing: impl FnOnce() -> Option<Block>,
) -> Result<Vec<Block>, ClauseError> {
    let Some(label) = label else { return Ok(Vec::new()) };
    let (title, intro) = clause::titled(&print.stationery.wording, file, values)?;
    let title: Vec<Run> =
        title.into_iter().map(|run| bold(Run { text: heading(&run.text), ..run })).collect();
    let name: String = title.iter().map(|run| run.text.to_lowercase()).collect();
    let lines = vec![vec![Run::bold(heading(label))], title];
    let anchor = file.rsplit('/').next().map(|name| format!("attachment_{name}"));
    let mut blocks = vec![Block::PageBreak, Block::Heading(Heading { level: 2, lines, anchor })];
    blocks.extend(intro);
    blocks.push(
        drawing().unwrap_or_else(|| parts::para(Align::Center, vec![Run::gap(&format!("{name} ({label})"))])),
    );
    Ok(blocks)
}

fn picture(picture: &Picture) -> Block {
    Block::Picture(Figure { picture: picture.clone(), caption: Vec::new() })
}

fn topology(nodes: &[TopologyNode], drawn: Option<&Picture>) -> Option<Block> {
    if let Some(drawn) = drawn {
        return Some(picture(drawn));
    }
    let last = nodes.len().checked_sub(1)?;
    let boxes: Vec<DiagramBox> = nodes
        .iter()
        .enumerate()
        .map(|(at, node)| DiagramBox {
            shape: BoxShape::Node,
            title: vec![bold(run_or_gap(known(node.name.as_deref()), &format!("nama simpul ke-{}", at + 1)))],
            text: known(node.detail.as_deref()).into_iter().map(Run::plain).collect(),
            to_next: known(node.link.as_deref()).filter(|_| at < last),
            aside: None,
        })
        .collect();
    Some(diagram("Topologi jaringan", boxes))
}

fn service_flow(steps: &[ServiceStep], drawn: Option<&Picture>) -> Option<Block> {
    if let Some(drawn) = drawn {
        return Some(picture(drawn));
    }
    let last = steps.len().checked_sub(1)?;
    let boxes: Vec<DiagramBox> = steps
        .iter()
        .enumerate()
        .map(|(at, step)| {
            let otherwise = known(step.otherwise.as_deref());
            let shape = match &otherwise {
                Some(_) => BoxShape::Decision,
                None if at == 0 || at == last => BoxShape::Terminal,
                None => BoxShape::Step,
            };
            DiagramBox {
                shape,
                title: known(step.actor.as_deref()).into_iter().map(Run::bold).collect(),
                text: vec![run_or_gap(
                    known(step.text.as_deref()),
                    &format!("kegiatan langkah ke-{}", at + 1),
                )],
                to_next: otherwise.as_ref().filter(|_| at < last).map(|_| YES.to_owned()),
                aside: otherwise.map(|text| Aside { label: NO.to_owned(), text: vec![Run::plain(text)] }),
            }
        })
        .collect();
    Some(diagram("Alur layanan", boxes))
}

/// What is drawn, told in words as well, for those who cannot see it.
fn diagram(what: &str, boxes: Vec<DiagramBox>) -> Block {
    let text = |runs: &[Run]| runs.iter().map(|run| run.text.as_str()).collect::<String>();
    let told: Vec<String> = boxes
        .iter()
        .map(|one| if one.title.is_empty() { text(&one.text) } else { text(&one.title) })
        .collect();
    Block::Diagram(Diagram { alt: format!("{what}: {}", told.join(" → ")), boxes, caption: Vec::new() })
}

#[cfg(test)]
mod tests;
