//! The signatures: a table without borders whose names stand on one line, kept in one piece.

use super::body::Body;
use super::styles::Style;
use super::table::BARE;
use super::text::Look;
use super::units::points;
use crate::documents::model::{Align, Run, SignatureBlock, SignatureColumn};

/// Room for a signature in type sizes.
const ROOM_TO_SIGN: f32 = 5.0;
/// A duty stamp is about 32 × 24 mm; the box leaves it some air, in points.
const STAMP: (f32, f32) = (86.0, 62.0);

impl Body<'_> {
    pub(super) fn signatures(&mut self, block: &SignatureBlock) {
        let column = self.sheet.column();
        let half = column * 48 / 100;
        if let Some(runs) = &block.heading {
            let look = Look::of(Style::Signature).kept(true);
            let look = self.below(Look { before: Some(self.face.em(1.0)), ..look }, 0.0);
            let text = self.runs(Style::Signature, runs);
            self.paragraph(&look, &text);
        }
        if let Some(runs) = &block.place_and_date {
            let look = Look::of(Style::Signature).kept(true);
            let look = Look { indent: Some((half, 0, 0)), before: Some(self.face.em(0.6)), ..look };
            let look = self.below(look, 0.0);
            let text = self.runs(Style::Signature, runs);
            self.paragraph(&look, &text);
        }
        if block.columns.is_empty() {
            return;
        }
        // One signatory stands on the right, as in letters.
        let only = block.columns.len() == 1;
        let count = i32::try_from(block.columns.len()).unwrap_or(1);
        let width = if only { column - half } else { column / count };
        let bare = if block.place_and_date.is_none() && block.heading.is_none() {
            // Above the heading of the columns there is a line of air.
            let look = Look { before: Some(self.face.em(0.8)), ..Look::of(Style::Spacer).kept(true) };
            let look = self.below(look, 0.8);
            self.paragraph(&look, "");
            self.after_table = true;
            BARE.to_owned()
        } else {
            self.before_table(true);
            BARE.to_owned()
        };
        let bare =
            if only { bare.replacen("<w:tblInd", "<w:jc w:val=\"right\"/><w:tblInd", 1) } else { bare };
        let bare = bare.replace(
            "w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\"",
            "w:w=\"85\" w:type=\"dxa\"/><w:right w:w=\"85\"",
        );
        self.open_table(&bare, &vec![width; block.columns.len()]);
        self.signature_row(block, width, "", |body, signatory| {
            body.lines(Style::Signature, &signatory.heading, true);
        });
        let stamp = block.columns.iter().any(|signatory| signatory.stamp_box);
        let room = if stamp {
            self.face.em(ROOM_TO_SIGN).max(points(STAMP.1 + 12.0))
        } else {
            self.face.em(ROOM_TO_SIGN)
        };
        let height = format!("<w:trHeight w:val=\"{room}\" w:hRule=\"atLeast\"/>");
        self.signature_row(block, width, &height, |body, signatory| {
            if signatory.stamp_box {
                body.stamp(width);
            } else {
                body.line(Style::Signature, &[], true);
            }
        });
        self.signature_row(block, width, "", |body, signatory| {
            body.line(Style::Signatory, &signatory.name, true);
        });
        self.signature_row(block, width, "", |body, signatory| {
            body.lines(Style::Signature, &signatory.below, false);
        });
        self.close_table();
    }

    fn signature_row(
        &mut self,
        block: &SignatureBlock,
        width: i32,
        properties: &str,
        fill: impl Fn(&mut Self, &SignatureColumn),
    ) {
        self.open_row(&format!("<w:cantSplit/>{properties}"));
        for signatory in &block.columns {
            self.open_cell(width, "");
            fill(self, signatory);
            self.close_cell();
        }
        self.close_row();
    }

    /// Lines below each other; one empty line where there are none, since a cell has to hold one.
    fn lines(&mut self, style: Style, lines: &[Vec<Run>], keep: bool) {
        for runs in lines {
            self.line(style, runs, keep);
        }
        if lines.is_empty() {
            self.line(style, &[], keep);
        }
    }

    /// The box for the duty stamp, left of where the signature runs.
    fn stamp(&mut self, width: i32) {
        self.paragraph(&Look::of(Style::Spacer).kept(true), "");
        let side =
            |name: &str| format!("<w:{name} w:val=\"dotted\" w:sz=\"6\" w:space=\"0\" w:color=\"595959\"/>");
        let sides = ["top", "left", "bottom", "right"].map(side).concat();
        let box_width = points(STAMP.0).min(width / 2);
        self.open_table(
            &format!(
                "{{width}}<w:tblInd w:w=\"{}\" w:type=\"dxa\"/><w:tblBorders>{sides}</w:tblBorders>\
                 <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0000\"/>",
                width * 4 / 100
            ),
            &[box_width],
        );
        self.open_row(&format!(
            "<w:cantSplit/><w:trHeight w:val=\"{}\" w:hRule=\"exact\"/>",
            points(STAMP.1)
        ));
        self.open_cell(box_width, "<w:vAlign w:val=\"center\"/>");
        let look = Look { align: Some(Align::Center), ..Look::of(Style::Small).kept(true) };
        let text = self.words(Style::Small, SignatureColumn::STAMP);
        self.paragraph(&look, &text);
        self.close_cell();
        self.close_row();
        self.close_table();
        self.paragraph(&Look::of(Style::Spacer).kept(true), "");
    }
}
