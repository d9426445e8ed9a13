//! What persons of the agency state: SPTJM, SPTJM perpanjangan and NDA, in both generations of forms.

use std::collections::BTreeMap;

use minijinja::Value;

use super::clause::{self, ClauseError};
use super::facts::{self, statement as values_of};
use super::model::{Align, Block, Document, FormHeader, Frame, Furniture, Heading, Run, SignatureColumn};
use super::parts::{self, bold};
use super::{Paper, Print};
use crate::domain::acts::Acts;
use crate::domain::fact_sheet::{FactSheet, Letter, Predecessor, Side};
use crate::domain::wording::heading;

mod declarant;

pub use declarant::Declarant;

/// The official form of both statements.
const FORM: [(&str, &str); 3] =
    [("No. Dokumen", "FR.01-SOP-08/DITJEN-DUKCAPIL"), ("Revisi", "01"), ("Tanggal Berlaku", "2 Juni 2022")];
/// What the older form of an NDA refers to.
const OLDER_REFERENCE: [(&str, &str); 2] =
    [("Ref. SOP No.", "SOP/PIAK.4/003"), ("Klausul ISO 27001", "A.6.1.5 Confidentiality Agreement")];
/// Type size of a form, in points, where the office's own is larger.
const FORM_SIZE: f32 = 11.0;
/// An identity card in millimetres (ISO/IEC 7810 ID-1).
const CARD: (f32, f32) = (85.6, 54.0);

/// Everybody who owes an NDA, in the order in which they are printed.
pub fn persons(sheet: &FactSheet) -> Vec<Declarant> {
    Declarant::of_nda(sheet)
}

/// Prints the SPTJM of the agency's head.
///
/// # Errors
/// [`ClauseError`] when the wording is faulty; never because of a fact.
pub fn sptjm(sheet: &FactSheet, print: &Print<'_>) -> Result<Paper, ClauseError> {
    let declarant = Declarant::head(sheet, &sheet.papers.sptjm);
    let values = values_of(sheet, print.stage, &declarant);
    responsibility(print, &declarant, "statements/sptjm", "sptjm", &values)
}

/// Prints the SPTJM that covers access while a renewal runs. It stands on the agreement that is being
/// renewed: the predecessor where there is one, else this one.
///
/// # Errors
/// As for [`sptjm`].
pub fn sptjm_renewal(sheet: &FactSheet, acts: &Acts, print: &Print<'_>) -> Result<Paper, ClauseError> {
    let renewal = &sheet.papers.sptjm_renewal;
    let declarant = Declarant::head(sheet, &renewal.statement);
    let old = (sheet.supersedes != Predecessor::default()).then_some(&sheet.supersedes);
    let letter = renewal_letter(sheet, acts);
    let values = facts::renewal_statement(sheet, print.stage, &declarant, old, &letter);
    responsibility(print, &declarant, "statements/sptjm_renewal", "sptjm_renewal", &values)
}

/// The letter that asked for renewal, from where it is known.
fn renewal_letter(sheet: &FactSheet, acts: &Acts) -> Letter {
    let logged = acts.renewal_letter.as_ref().map(|letter| Letter {
        number: Some(letter.number.clone()),
        on: Some(letter.on),
        ..Letter::default()
    });
    let letters = [&sheet.papers.sptjm_renewal.letter, &sheet.letters.renewal];
    letters
        .into_iter()
        .find(|letter| !letter.is_unknown())
        .cloned()
        .or(logged)
        .unwrap_or_else(|| sheet.application.clone())
}

/// Prints the NDA of the `nth` person, from 0.
///
/// # Errors
/// As for [`sptjm`].
pub fn nda(sheet: &FactSheet, nth: usize, print: &Print<'_>) -> Result<Paper, ClauseError> {
    let all = persons(sheet);
    let Some(declarant) = all.get(nth).or(all.last()) else {
        return Err(ClauseError::MissingWording { file: "statements/nda".to_owned() });
    };
    let values = values_of(sheet, print.stage, declarant);
    let mut paper = Statement::begin(print, declarant, "statements/nda", &values)?;
    if !declarant.on_official_form() {
        let mut reference: Vec<(&str, Run)> =
            OLDER_REFERENCE.into_iter().map(|(label, value)| (label, Run::plain(value))).collect();
        reference.push(("Lokasi", location(sheet)));
        paper.blocks.push(parts::rows(None, reference));
        paper.blocks.push(Block::Space { lines: 0.5 });
    }
    paper.introduce(declarant, declarant.numbered());
    paper.state();
    let slot = format!("nda.{}.on/long", nth + 1);
    let signature = paper.signature(declarant, vec![Run::plain("Yang menyatakan,")], Vec::new());
    paper.sign(print, declarant, &slot, signature);
    Ok(paper.finish(print, declarant))
}

/// Where the person works: the agency and its address, where that is known.
fn location(sheet: &FactSheet) -> Run {
    let agency = parts::institution_name(&sheet.user, Side::User);
    match facts::known(sheet.user.institution.address.as_deref()).filter(|_| !agency.gap) {
        Some(address) => Run::plain(format!("{}, {address}", agency.text)),
        None => agency,
    }
}

/// Both SPTJM: they differ in their wording alone.
fn responsibility(
    print: &Print<'_>,
    declarant: &Declarant,
    file: &str,
    slot: &str,
    values: &Value,
) -> Result<Paper, ClauseError> {
    let mut paper = Statement::begin(print, declarant, file, values)?;
    let official = declarant.on_official_form();
    // The official form asks for name, position and office alone.
    let number = declarant.numbered().filter(|(kind, _)| !official && *kind == "NIP");
    paper.introduce(declarant, number.clone());
    paper.state();
    let (heading_line, below) = if official {
        (vec![Run::plain("Yang menyatakan,")], Vec::new())
    } else {
        let position = declarant.position();
        let text = if position.gap { position.text.clone() } else { heading(&position.text) };
        let rank = facts::known(declarant.person.rank.as_deref());
        let number = number.map(|(kind, number)| format!("{kind} {number}"));
        let below = rank.into_iter().chain(number).map(|text| vec![Run::plain(text)]).collect();
        (vec![Run { text, ..position }, Run::plain(",")], below)
    };
    let signature = paper.signature(declarant, heading_line, below);
    paper.sign(print, declarant, &format!("{slot}.on/long"), signature);
    if official {
        paper.attach_card(print, values)?;
    }
    Ok(paper.finish(print, declarant))
}

/// A statement in the making.
struct Statement {
    title: String,
    body: Vec<Block>,
    blocks: Vec<Block>,
    stamped: bool,
    official: bool,
}

impl Statement {
    fn begin(
        print: &Print<'_>,
        declarant: &Declarant,
        file: &str,
        values: &Value,
    ) -> Result<Self, ClauseError> {
        let (title, body) = clause::titled(&print.stationery.wording, file, values)?;
        let plain_title = title.iter().map(|run| run.text.as_str()).collect();
        let official = declarant.on_official_form();
        let mut blocks = Vec::new();
        // On the official form the title stands in the header table of every page.
        if !official {
            blocks.push(in_capitals(1, title));
        }
        if let Some(number) = facts::known(declarant.number.as_deref()) {
            blocks.push(parts::kept(Align::Center, vec![Run::plain(format!("Nomor: {number}"))]));
        }
        blocks.push(Block::Space { lines: 0.5 });
        // An SPTJM is stamped in both generations, an NDA in the newer one.
        let stamped = official || file != "statements/nda";
        Ok(Self { title: plain_title, body, blocks, stamped, official })
    }

    /// "Saya yang bertanda tangan di bawah ini:" and who that is.
    fn introduce(&mut self, declarant: &Declarant, number: Option<(&'static str, String)>) {
        self.blocks
            .push(parts::kept(Align::Left, vec![Run::plain("Saya yang bertanda tangan di bawah ini:")]));
        let mut rows = vec![("Nama", bold(declarant.name()))];
        if let Some((kind, number)) = number {
            rows.push((kind, Run::plain(number)));
        }
        if !self.official
            && let Some(rank) = facts::known(declarant.person.rank.as_deref())
        {
            rows.push(("Pangkat", Run::plain(rank)));
        }
        rows.push(("Jabatan", declarant.position()));
        rows.push(declarant.addressed());
        self.blocks.push(parts::rows(None, rows));
    }

    fn state(&mut self) {
        self.blocks.append(&mut self.body);
    }

    fn signature(&self, declarant: &Declarant, heading: Vec<Run>, below: Vec<Vec<Run>>) -> SignatureColumn {
        SignatureColumn {
            heading: vec![heading],
            name: vec![declarant.name()],
            below,
            stamp_box: self.stamped,
        }
    }

    fn sign(&mut self, print: &Print<'_>, declarant: &Declarant, slot: &str, signature: SignatureColumn) {
        let name = format!("surat pernyataan {}", declarant.called());
        let place = parts::place_and_date(print.stage, declarant.place.clone(), slot, declarant.on, &name);
        self.blocks.push(parts::signatures(Some(place), vec![signature]));
    }

    /// The copy of the identity card that the official form wants attached.
    fn attach_card(&mut self, print: &Print<'_>, values: &Value) -> Result<(), ClauseError> {
        let (title, caption) = clause::titled(&print.stationery.wording, "statements/identity_card", values)?;
        self.blocks.push(parts::para(Align::Left, vec![Run::plain("* Fotokopi KTP terlampir")]));
        self.blocks.push(Block::PageBreak);
        self.blocks.push(in_capitals(2, title));
        let caption = caption.into_iter().filter_map(|block| match block {
            Block::Para(para) => Some(para.runs),
            _ => None,
        });
        let caption = caption.flatten().collect();
        self.blocks.push(Block::Frame(Frame { width: CARD.0, height: CARD.1, caption }));
        Ok(())
    }

    fn finish(self, print: &Print<'_>, declarant: &Declarant) -> Paper {
        let mut furniture = print.furniture();
        // Statements are forms: as much of one as can be stands on the page that is signed.
        furniture.font_size = furniture.font_size.min(FORM_SIZE);
        if self.official {
            furniture = Furniture {
                mark: vec!["INTERNAL".to_owned(), "Akses dibatasi hanya untuk internal".to_owned()],
                form: Some(FormHeader {
                    kind: "FORMULIR".to_owned(),
                    title: vec![heading(&self.title)],
                    rows: FORM.map(|(label, value)| (label.to_owned(), value.to_owned())).to_vec(),
                    page_label: "Halaman".to_owned(),
                }),
                // Its header counts the pages already.
                page_numbers: false,
                ..furniture
            };
        }
        let document = Document {
            title: format!("{}: {}", self.title, declarant.called()),
            dated: declarant.on,
            furniture,
            blocks: self.blocks,
        };
        Paper { document, references: BTreeMap::new() }
    }
}

/// A title as statements set it.
fn in_capitals(level: u8, title: Vec<Run>) -> Block {
    let line = title.into_iter().map(|run| bold(Run { text: heading(&run.text), ..run })).collect();
    Block::Heading(Heading { level, lines: vec![line], anchor: None })
}

#[cfg(test)]
mod tests;
