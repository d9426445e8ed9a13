//! The frame of every letter (Permendagri 1/2023 on tata naskah dinas): letterhead of the issuer, place
//! and date, Nomor, Sifat, Lampiran, Hal, addressee, body, signature, tembusan, attachments.

use chrono::NaiveDate;
use minijinja::Value;

use crate::documents::clause;
use crate::documents::facts::{known, role};
use crate::documents::model::{Align, Block, Document, Furniture, Heading, Para, Run, SignatureColumn};
use crate::documents::papers::PaperError;
use crate::documents::{Job, Paper, Stage, parts};
use crate::domain::fact_sheet::{FactSheet, Letter, LetterNature, Party, Side};
use crate::domain::wording::{date_long, heading};

/// Who writes a letter: the letterhead, the place and the signature follow from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Issuer {
    /// The user agency.
    Agency,
    /// The Disdukcapil.
    Office,
    /// Bupati, Wali Kota or Gubernur.
    RegionHead,
    /// The head of the Disdukcapil on behalf of the region's head.
    ForRegionHead,
}

/// To whom, or through whom.
#[derive(Debug, Clone, Copy)]
pub(super) enum Recipient<'a> {
    /// The head of the user agency.
    Agency,
    /// The head of the Disdukcapil.
    Office,
    /// Bupati, Wali Kota or Gubernur.
    RegionHead,
    /// The Director General of population affairs.
    DirectorGeneral,
    /// Somebody whom the facts name, and what the fact is called.
    Named(Option<&'a str>, &'static str),
}

/// A letter before it is laid out.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    /// What is known of the letter itself.
    pub(super) letter: Letter,
    /// Path of the letter in the fact sheet: the slots of its number and date begin with it.
    pub(super) path: String,
    /// Who writes it.
    pub(super) issuer: Issuer,
    /// To whom.
    pub(super) to: Recipient<'a>,
    /// Through whom.
    pub(super) through: Option<Recipient<'a>>,
    /// Sifat of such letters.
    pub(super) nature: LetterNature,
    /// Lampiran of such letters.
    pub(super) attachments: Option<&'static str>,
    /// Tembusan of such letters.
    pub(super) copies: Vec<String>,
    /// Name of its wording; its heading is the "hal".
    pub(super) wording: &'static str,
    /// What the wording may say.
    pub(super) values: Value,
    /// What goes with it, each on a new page.
    pub(super) enclosures: Vec<Enclosure>,
}

/// An attachment that is printed with its letter.
#[derive(Debug)]
pub(super) struct Enclosure {
    /// Its title.
    pub(super) title: Vec<Run>,
    /// Its text.
    pub(super) blocks: Vec<Block>,
}

/// "1 (satu) berkas", the usual Lampiran.
pub(super) const ONE_FILE: &str = "1 (satu) berkas";

impl Draft<'_> {
    /// Lays the letter out.
    ///
    /// # Errors
    /// When the wording is faulty; never because of a fact.
    pub(super) fn print(self, job: &Job<'_>) -> Result<Paper, PaperError> {
        let (sheet, stage) = (job.facts, job.print.stage);
        let (usual, body) = clause::titled(&job.print.stationery.wording, self.wording, &self.values)?;
        let about = known(self.letter.about.as_deref()).map_or(usual, |about| vec![Run::plain(about)]);
        let number = number(stage, &self.path, self.letter.number.as_deref());
        let date = date(stage, &self.path, self.letter.on);

        let mut blocks = vec![letterhead(job, self.issuer)];
        blocks
            .push(parts::kept(Align::Right, vec![place(sheet, self.issuer), Run::plain(", "), date.clone()]));
        blocks.push(self.rows(number.clone(), &about));
        blocks.push(Block::Space { lines: 0.4 });
        blocks.extend(addressee(sheet, self.to, self.through, self.issuer));
        blocks.push(Block::Space { lines: 0.4 });
        blocks.extend(body);
        blocks.push(parts::signatures(None, vec![signature(sheet, self.issuer)]));
        blocks.extend(self.copies());
        for enclosure in self.enclosures {
            blocks.push(Block::PageBreak);
            blocks.push(enclosed_with(sheet, self.issuer, number.clone(), date.clone()));
            blocks.push(Block::Space { lines: 0.4 });
            blocks.push(Block::Heading(title(&enclosure.title)));
            blocks.extend(enclosure.blocks);
            blocks.push(parts::signatures(None, vec![signature(sheet, self.issuer)]));
        }

        let document = Document {
            title: about.iter().map(|run| run.text.as_str()).collect(),
            dated: self.letter.on,
            furniture: page(job),
            blocks,
        };
        Ok(Paper { document, references: std::collections::BTreeMap::new() })
    }

    fn rows(&self, number: Run, about: &[Run]) -> Block {
        let nature = match self.letter.nature {
            LetterNature::Usual => self.nature,
            nature => nature,
        };
        let attachments = known(self.letter.attachments.as_deref())
            .or_else(|| self.attachments.map(ToOwned::to_owned))
            .unwrap_or_else(|| "-".to_owned());
        let about = about.iter().cloned().map(parts::bold).collect();
        let row = |label: &str, value: Vec<Run>| (vec![Run::plain(label)], value);
        Block::Facts(crate::documents::model::FactTable {
            label: None,
            rows: vec![
                row("Nomor", vec![number]),
                row("Sifat", vec![Run::plain(nature.label())]),
                row("Lampiran", vec![Run::plain(attachments)]),
                row("Hal", about),
            ],
        })
    }

    /// "Tembusan:" with its numbered list; nothing where nobody gets a copy.
    fn copies(&self) -> Vec<Block> {
        let stated: Vec<String> = self.letter.copies_to.iter().filter_map(|copy| known(Some(copy))).collect();
        let copies = if stated.is_empty() { &self.copies } else { &stated };
        copies_to(copies)
    }
}

/// "Tembusan:" with its numbered list; nothing where nobody gets a copy.
pub(super) fn copies_to(copies: &[String]) -> Vec<Block> {
    if copies.is_empty() {
        return Vec::new();
    }
    let each = copies.iter().zip(1..).map(|(copy, number): (&String, usize)| {
        Block::Para(Para {
            label: Some(format!("{number}.")),
            level: 0,
            align: Align::Left,
            runs: vec![Run::plain(copy.clone())],
            keep_with_next: number < copies.len(),
            anchor: None,
        })
    });
    let lead = parts::kept(Align::Left, vec![Run::plain("Tembusan:")]);
    std::iter::once(Block::Space { lines: 0.4 }).chain([lead]).chain(each).collect()
}

/// The number of a letter at its slot; unknown, it is a blank on a paper that is ready to be signed.
pub(super) fn number(stage: Stage, path: &str, number: Option<&str>) -> Run {
    crate::documents::facts::number(stage, &format!("{path}.number"), number, "nomor surat")
}

/// The date of a letter at its slot. A letter is dated when it is sent, so on a paper that is ready to
/// be signed an unknown date is a blank, too.
pub(super) fn date(stage: Stage, path: &str, on: Option<NaiveDate>) -> Run {
    let slot = format!("{path}.on/long");
    match on {
        Some(on) if !stage.blanks_dates() => Run::slot(&slot, Some(date_long(on))),
        _ if stage.blanks_numbers() => Run::slot(&slot, None),
        Some(on) => Run::slot(&slot, Some(date_long(on))),
        None => Run::gap("tanggal surat"),
    }
}

/// The letterhead of whoever writes. Who signs on behalf of the region's head writes on the paper of
/// the own office.
pub(super) fn letterhead(job: &Job<'_>, issuer: Issuer) -> Block {
    let sheet = job.facts;
    match issuer {
        Issuer::Agency => parts::letterhead(&job.print, &sheet.user, Side::User),
        Issuer::Office | Issuer::ForRegionHead => {
            parts::letterhead(&job.print, &sheet.provider, Side::Provider)
        }
        Issuer::RegionHead => parts::region_letterhead(&job.print, sheet),
    }
}

/// Where the letter is dated.
pub(super) fn place(sheet: &FactSheet, issuer: Issuer) -> Run {
    let (stated, party) = match issuer {
        Issuer::Agency => (&sheet.letters.user_place, &sheet.user),
        Issuer::Office | Issuer::RegionHead | Issuer::ForRegionHead => {
            (&sheet.letters.provider_place, &sheet.provider)
        }
    };
    let place = known(stated.as_deref()).or_else(|| known(party.institution.region.name.as_deref()));
    parts::run_or_gap(place, "tempat surat")
}

/// "Bupati Nusa Kencana"; none while the region is unknown.
pub(super) fn region_head(sheet: &FactSheet) -> Option<String> {
    let region = &sheet.provider.institution.region;
    known(region.name.as_deref()).map(|name| format!("{} {name}", region.kind.head_title()))
}

pub(super) fn signature(sheet: &FactSheet, issuer: Issuer) -> SignatureColumn {
    let region = &sheet.provider.institution.region;
    let title = || parts::run_or_gap(region_head(sheet), "wilayah PIHAK KESATU");
    match issuer {
        Issuer::Agency => parts::head_signature(&sheet.user, Side::User),
        Issuer::Office => parts::head_signature(&sheet.provider, Side::Provider),
        Issuer::ForRegionHead => {
            let mut column = parts::head_signature(&sheet.provider, Side::Provider);
            column.heading.insert(0, vec![Run::plain("a.n. "), title()]);
            column
        }
        Issuer::RegionHead => {
            let acting = region.head_capacity.abbreviation();
            let acting = acting.map(|acting| Run::plain(format!("{acting} ")));
            let name = format!("nama {}", region.kind.head_title());
            SignatureColumn {
                heading: vec![acting.into_iter().chain([title(), Run::plain(",")]).collect()],
                name: vec![parts::run_or_gap(known(region.head.as_deref()), &name)],
                below: Vec::new(),
                stamp_box: false,
            }
        }
    }
}

fn addressee(
    sheet: &FactSheet,
    to: Recipient<'_>,
    through: Option<Recipient<'_>>,
    issuer: Issuer,
) -> Vec<Block> {
    let mut lines = after("Yth. ", recipient(sheet, to));
    if let Some(through) = through {
        lines.extend(after("melalui ", recipient(sheet, through)));
    }
    lines.push(vec![Run::plain("di "), seat(sheet, to, issuer)]);
    // Below "Yth." the lines stand closer, under the name.
    let line = |(runs, at): (Vec<Run>, usize)| {
        Block::Para(Para {
            label: None,
            level: u8::from(at > 0),
            align: Align::Left,
            runs,
            keep_with_next: true,
            anchor: None,
        })
    };
    lines.into_iter().zip(0..).map(line).collect()
}

/// Lines of a name, the first behind a word.
fn after(word: &str, name: Vec<Run>) -> Vec<Vec<Run>> {
    let mut lines: Vec<Vec<Run>> = name.into_iter().map(|line| vec![line]).collect();
    if let Some(first) = lines.first_mut() {
        first.insert(0, Run::plain(word));
    }
    lines
}

/// Letters that stand on one line behind "melalui" without being broken anywhere.
const NAME_ON_ONE_LINE: usize = 48;

/// Type size of a letter in points, where the office's own is larger: a short letter is one page.
const LETTER_SIZE: f32 = 11.0;

/// The page of a letter.
fn page(job: &Job<'_>) -> Furniture {
    let furniture = job.print.furniture();
    Furniture { font_size: furniture.font_size.min(LETTER_SIZE), ..furniture }
}

/// Who is addressed, in one line or two.
fn recipient(sheet: &FactSheet, recipient: Recipient<'_>) -> Vec<Run> {
    // An office is addressed by its name, whoever holds it.
    let office = |party: &Party, side| {
        let Some(position) = known(party.official.position.as_deref()) else {
            return vec![Run::gap(&format!("jabatan {}", role(side)))];
        };
        let region = known(party.institution.region.full_name().as_deref());
        let office = region.as_deref().and_then(|region| position.strip_suffix(region)).map(str::trim_end);
        match (office, region) {
            (Some(office), Some(region)) if position.chars().count() > NAME_ON_ONE_LINE => {
                vec![Run::plain(office), Run::plain(region)]
            }
            _ => vec![Run::plain(position)],
        }
    };
    match recipient {
        Recipient::Agency => office(&sheet.user, Side::User),
        Recipient::Office => office(&sheet.provider, Side::Provider),
        Recipient::RegionHead => vec![parts::run_or_gap(region_head(sheet), "wilayah PIHAK KESATU")],
        Recipient::DirectorGeneral => vec![
            Run::plain("Direktur Jenderal Kependudukan dan Pencatatan Sipil"),
            Run::plain("Kementerian Dalam Negeri"),
        ],
        Recipient::Named(name, fact) => vec![parts::run_or_gap(known(name), fact)],
    }
}

/// Where the addressee sits.
fn seat(sheet: &FactSheet, to: Recipient<'_>, issuer: Issuer) -> Run {
    const CAPITAL: &str = "Jakarta";
    match to {
        Recipient::DirectorGeneral => Run::plain(CAPITAL),
        Recipient::Agency => place(sheet, Issuer::Agency),
        Recipient::Office | Recipient::RegionHead => place(sheet, Issuer::Office),
        Recipient::Named(Some(name), _)
            if name.starts_with("Menteri") || name.starts_with("Direktur Jenderal") =>
        {
            Run::plain(CAPITAL)
        }
        Recipient::Named(Some(name), _) if region_head(sheet).is_some_and(|head| name == head) => {
            place(sheet, issuer)
        }
        Recipient::Named(..) => Run::plain("tempat"),
    }
}

/// Which letter an attachment belongs to.
fn enclosed_with(sheet: &FactSheet, issuer: Issuer, number: Run, date: Run) -> Block {
    let writer = match issuer {
        Issuer::Agency => parts::official_position(&sheet.user, Side::User),
        Issuer::Office | Issuer::ForRegionHead => parts::official_position(&sheet.provider, Side::Provider),
        Issuer::RegionHead => parts::run_or_gap(region_head(sheet), "wilayah PIHAK KESATU"),
    };
    parts::rows(None, vec![("Lampiran surat", writer), ("Nomor", number), ("Tanggal", date)])
}

/// A title in capitals.
pub(super) fn title(runs: &[Run]) -> Heading {
    let capitals = |run: &Run| match run.gap {
        true => parts::bold(run.clone()),
        false => Run { bold: true, text: heading(&run.text), ..run.clone() },
    };
    Heading { level: 1, lines: vec![runs.iter().map(capitals).collect()], anchor: None }
}
