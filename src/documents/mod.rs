//! Papers. One function per paper turns facts into a [`model::Document`]; writers turn a document
//! into bytes. Nothing here queries, and nothing here knows what day it is.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::acts::Acts;
use crate::domain::calendar::Calendar;
use crate::domain::fact_sheet::FactSheet;
use clause::Wording;
use model::{Document, FontFamily, Furniture, Margins, Paper as Size, Picture};

#[cfg(test)]
pub(crate) mod any_document;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod any_value;
pub mod clause;
pub mod facts;
pub mod html;
pub mod letter;
mod meanings;
pub mod model;
pub mod papers;
pub mod pdf;
pub mod pks;
pub mod references;
pub mod review;
pub mod samples;
pub mod text;
pub mod titles;
pub mod vocabulary;

/// A paper and where its clauses came to stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// The paper itself.
    pub document: Document,
    /// Label of a clause → how it is cited, "Pasal 8 ayat (1)"; only what is printed.
    pub references: BTreeMap<String, String>,
}

/// How far a paper is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Stage {
    /// "DRAF" across each page; what is unknown stands as a visible gap with its name.
    Draft,
    /// Ready to be signed in ink: numbers that are not registered yet are dotted blanks, and dates
    /// too where the office writes them by hand. Nothing else may be unknown.
    ReadyToSign {
        /// Leave the dates blank, even known ones.
        blank_date: bool,
    },
    /// Nothing is unknown.
    #[default]
    Final,
}

impl Stage {
    /// Whether an unknown number is a dotted blank instead of a gap.
    pub fn blanks_numbers(self) -> bool {
        matches!(self, Self::ReadyToSign { .. })
    }

    /// Whether dates are left to be written by hand.
    pub fn blanks_dates(self) -> bool {
        self == Self::ReadyToSign { blank_date: true }
    }
}

/// How an office sets its papers; kept with the office.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PageStyle {
    /// Paper size.
    pub paper: Size,
    /// Type family.
    pub font: FontFamily,
    /// Type size in points.
    pub font_size: f32,
    /// White around the text.
    pub margins: Margins,
    /// Distance of lines as a share of what the family asks for.
    pub line_spacing: f32,
}

impl Default for PageStyle {
    fn default() -> Self {
        Self {
            paper: Size::F4,
            font: FontFamily::Bonum,
            font_size: 12.0,
            margins: Margins::default(),
            line_spacing: 1.0,
        }
    }
}

/// What an office prints with: its page, its wording, and the pictures that go onto papers.
#[derive(Debug, Clone)]
pub struct Stationery {
    /// The page.
    pub style: PageStyle,
    /// The wording, standard or the office's own.
    pub wording: Wording,
    /// Logo on the letterhead of PIHAK KESATU.
    pub provider_logo: Option<Picture>,
    /// Logo on the letterhead of PIHAK KEDUA.
    pub user_logo: Option<Picture>,
    /// Drawing of the topology for Lampiran I of a Juknis, instead of the one drawn from facts.
    pub topology: Option<Picture>,
    /// Drawing of the service flow for Lampiran II of a Juknis, instead of the one drawn from facts.
    pub service_flow: Option<Picture>,
}

impl Stationery {
    /// What Kawal comes with: F4, TeX Gyre Bonum 12 pt, the standard wording, no pictures.
    pub fn standard() -> Self {
        Self {
            style: PageStyle::default(),
            wording: Wording::standard(),
            provider_logo: None,
            user_logo: None,
            topology: None,
            service_flow: None,
        }
    }
}

/// One order to print: facts, day and how. All dates are civil dates of the
/// office.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// What is known of the agreement.
    pub facts: &'a FactSheet,
    /// What people did about it.
    pub acts: &'a Acts,
    /// Days off of the office.
    pub calendar: &'a Calendar,
    /// The day on which it is printed; the date of a letter that has none of its own.
    pub today: NaiveDate,
    /// How it is printed.
    pub print: Print<'a>,
}

/// How a paper is printed: its stage and the office's stationery.
#[derive(Debug, Clone, Copy)]
pub struct Print<'a> {
    /// How far the paper is.
    pub stage: Stage,
    /// What to print with.
    pub stationery: &'a Stationery,
}

impl Print<'static> {
    /// A final paper on the standard stationery.
    pub fn standard() -> Self {
        static STANDARD: LazyLock<Stationery> = LazyLock::new(Stationery::standard);
        Self { stage: Stage::Final, stationery: &STANDARD }
    }
}

impl Print<'_> {
    /// The page of a paper in this order, with page numbers and, on a draft, its mark.
    pub fn furniture(&self) -> Furniture {
        let style = &self.stationery.style;
        Furniture {
            margins: style.margins,
            line_spacing: style.line_spacing,
            watermark: (self.stage == Stage::Draft).then(|| "DRAF".to_owned()),
            ..Furniture::plain(style.paper, style.font, style.font_size)
        }
    }
}
