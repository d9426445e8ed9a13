//! What an office prints with: its page, its letterheads and the pictures of an agreement.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use uuid::Uuid;

use super::App;
use crate::documents::model::{FontFamily, Margins, Paper, Picture};
use crate::documents::{HeadLines, PageStyle, Stationery};
use crate::domain::print::{PaperSize, PrintSettings, Typeface};
use crate::store::connection::Db;
use crate::store::pictures::{self, Kept, Place};
use crate::store::{self, agreements, letterheads, print_settings};

impl App {
    /// What to print with in an office; with an agreement also its agency's letterhead and its pictures.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn stationery(
        &self,
        db: &mut Db,
        office_id: Uuid,
        agreement_id: Option<Uuid>,
    ) -> store::Result<Stationery> {
        let settings = print_settings::find(db, office_id)?;
        let office = self.letterhead(db, office_id, office_id)?;
        let mut stationery = Stationery {
            style: page_style(&settings),
            provider_logo: office.0,
            provider_head: office.1,
            ..Stationery::standard()
        };
        if let Some(id) = agreement_id {
            if let Some(agency) = agreements::institution_of(db, office_id, id)? {
                (stationery.user_logo, stationery.user_head) = self.letterhead(db, office_id, agency)?;
            }
            let mut drawing = |place: Place| -> store::Result<Option<Picture>> {
                Ok(pictures::find(db, office_id, id, place)?.map(|kept| picture(&kept, place.label())))
            };
            stationery.topology = drawing(Place::Topology)?;
            stationery.service_flow = drawing(Place::ServiceFlow)?;
        }
        Ok(stationery)
    }

    /// Logo and own lines of an institution's letterhead, or of the office's.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn letterhead(
        &self,
        db: &mut Db,
        office_id: Uuid,
        owner: Uuid,
    ) -> store::Result<(Option<Picture>, HeadLines)> {
        let logo = pictures::find(db, office_id, owner, Place::Logo)?;
        let lines = letterheads::find(db, office_id, owner)?;
        Ok((
            logo.map(|kept| picture(&kept, Place::Logo.label())),
            HeadLines { names: lines.names, details: lines.details },
        ))
    }
}

fn picture(kept: &Kept, alt: &str) -> Picture {
    Picture {
        width: kept.width.unsigned_abs(),
        height: kept.height.unsigned_abs(),
        png: BASE64_STANDARD.encode(&kept.png),
        alt: alt.to_owned(),
    }
}

/// The page of an office's settings. Both enumerations stand apart because the rules know no papers.
pub fn page_style(settings: &PrintSettings) -> PageStyle {
    let [top, right, bottom, left] = settings.margins.map(|margin| margin as f32);
    PageStyle {
        paper: match settings.paper {
            PaperSize::F4 => Paper::F4,
            PaperSize::A4 => Paper::A4,
        },
        font: match settings.typeface {
            Typeface::Bonum => FontFamily::Bonum,
            Typeface::Liberation => FontFamily::Liberation,
        },
        font_size: settings.font_size as f32,
        margins: Margins { top, right, bottom, left },
        line_spacing: settings.line_spacing as f32 / 100.0,
    }
}
