//! Parts that several papers are built of: letterheads, persons, signatures, rows. Words of papers
//! stand in `templates/clauses/`; here is only what names people, places and days.

use chrono::NaiveDate;

use super::facts::{date, known, role};
use super::model::{
    Align, Block, FactTable, Letterhead, Para, Picture, Run, SignatureBlock, SignatureColumn,
};
use super::{HeadLines, Print, Stage};
use crate::domain::fact_sheet::{FactSheet, Official, Party, Side, format_nip};
use crate::domain::wording::{date_long, heading};

/// A party of the agreement.
pub fn party(sheet: &FactSheet, side: Side) -> &Party {
    match side {
        Side::Provider => &sheet.provider,
        Side::User => &sheet.user,
    }
}

/// A known fact as a run, else a gap with that name.
pub fn run_or_gap(text: Option<String>, name: &str) -> Run {
    text.map_or_else(|| Run::gap(name), Run::plain)
}

/// The same in bold.
pub fn bold(run: Run) -> Run {
    Run { bold: true, ..run }
}

/// A paragraph without label.
pub fn para(align: Align, runs: Vec<Run>) -> Block {
    Block::Para(Para { label: None, level: 0, align, runs, keep_with_next: false, anchor: None })
}

/// A line that stays with what follows.
pub fn kept(align: Align, runs: Vec<Run>) -> Block {
    Block::Para(Para { label: None, level: 0, align, runs, keep_with_next: true, anchor: None })
}

/// Rows of label and value, with a number in front of the first where one is given.
pub fn rows(label: Option<&str>, rows: Vec<(&str, Run)>) -> Block {
    Block::Facts(FactTable {
        label: label.map(ToOwned::to_owned),
        rows: rows.into_iter().map(|(label, value)| (vec![Run::plain(label)], vec![value])).collect(),
    })
}

/// The institution of a party, or a gap.
pub fn institution_name(party: &Party, side: Side) -> Run {
    run_or_gap(known(party.institution.name.as_deref()), &format!("nama instansi {}", role(side)))
}

/// The head of a party's institution with degrees, or a gap.
pub fn official_name(party: &Party, side: Side) -> Run {
    run_or_gap(known(party.official.full_name().as_deref()), &format!("nama pejabat {}", role(side)))
}

/// The position of a party's head, or a gap.
pub fn official_position(party: &Party, side: Side) -> Run {
    run_or_gap(known(party.official.full_position().as_deref()), &format!("jabatan {}", role(side)))
}

/// Rank and NIP, each where it is known.
pub fn rank_and_nip(official: &Official) -> Vec<Vec<Run>> {
    let rank = known(official.rank.as_deref());
    let nip = known(official.nip.as_deref()).map(|nip| format!("NIP {}", format_nip(&nip)));
    rank.into_iter().chain(nip).map(|text| vec![Run::plain(text)]).collect()
}

/// The signature of a party's head: position, name, rank and NIP.
pub fn head_signature(party: &Party, side: Side) -> SignatureColumn {
    let position = official_position(party, side);
    let comma = if position.gap { Vec::new() } else { vec![Run::plain(",")] };
    SignatureColumn {
        heading: vec![std::iter::once(position).chain(comma).collect()],
        name: vec![official_name(party, side)],
        below: rank_and_nip(&party.official),
        stamp_box: false,
    }
}

/// One or two signatures under a place and date.
pub fn signatures(place_and_date: Option<Vec<Run>>, columns: Vec<SignatureColumn>) -> Block {
    Block::Signatures(SignatureBlock { place_and_date, columns, heading: None })
}

/// "Nusa Kencana, 16 September 2025"; the date at its slot.
pub fn place_and_date(
    stage: Stage,
    place: Option<String>,
    slot: &str,
    on: Option<NaiveDate>,
    name: &str,
) -> Vec<Run> {
    let place = run_or_gap(place, &format!("tempat {name}"));
    vec![place, Run::plain(", "), date(stage, slot, on, &format!("tanggal {name}"), date_long)]
}

/// The letterhead of a party, the paper's issuer.
pub fn letterhead(print: &Print<'_>, party: &Party, side: Side) -> Block {
    let stationery = print.stationery;
    let (logo, own) = match side {
        Side::Provider => (&stationery.provider_logo, &stationery.provider_head),
        Side::User => (&stationery.user_logo, &stationery.user_head),
    };
    // What the institution's own page says wins over the lines that came with the agreement.
    let told = HeadLines::of(&party.institution.letterhead);
    let own = if *own == HeadLines::default() { &told } else { own };
    Block::Letterhead(super::letterhead::letterhead(&party.institution, own, logo.as_ref(), role(side)))
}

/// The letterhead of the region's head: the title of the office, then the region.
pub fn region_letterhead(print: &Print<'_>, sheet: &FactSheet) -> Block {
    let institution = &sheet.provider.institution;
    let region = &institution.region;
    let name = known(region.name.as_deref()).map_or_else(
        || bold(Run::gap("wilayah PIHAK KESATU")),
        |name| Run::bold(heading(&format!("{} {name}", region.kind.head_title()))),
    );
    letterhead_of(print.stationery.provider_logo.clone(), vec![vec![name]], Vec::new())
}

fn letterhead_of(logo: Option<Picture>, names: Vec<Vec<Run>>, details: Vec<Vec<Run>>) -> Block {
    Block::Letterhead(Letterhead { logo, names, details })
}
