//! How an office sets its papers.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use uuid::Uuid;

use super::connection::Db;
use super::deed::Deed;
use super::schema::print_settings::dsl as t;
use super::types::RowId;
use super::{Result, StoreError, audit_log, offices};
use crate::domain::audit::{Event, Subject, Verb};
use crate::domain::fact_sheet::ParafBoxes;
use crate::domain::print::{PaperSize, PrintSettings, Typeface};

#[derive(Queryable, Insertable, AsChangeset)]
#[diesel(table_name = super::schema::print_settings)]
struct Row {
    office_id: RowId,
    version: i32,
    paper: String,
    font: String,
    font_size: i32,
    margin_top: i32,
    margin_right: i32,
    margin_bottom: i32,
    margin_left: i32,
    line_spacing: i32,
    check_mark: bool,
    check_mark_on_forms: bool,
    paraf: String,
    blank_dates: bool,
    updated_at: NaiveDateTime,
}

impl Row {
    fn of(settings: &PrintSettings, deed: &Deed) -> Self {
        let [margin_top, margin_right, margin_bottom, margin_left] = settings.margins;
        Self {
            office_id: RowId(deed.office_id),
            version: settings.version,
            paper: settings.paper.code().to_owned(),
            font: settings.typeface.code().to_owned(),
            font_size: settings.font_size,
            margin_top,
            margin_right,
            margin_bottom,
            margin_left,
            line_spacing: settings.line_spacing,
            check_mark: settings.check_mark,
            check_mark_on_forms: settings.check_mark_on_forms,
            paraf: settings.paraf.code().to_owned(),
            blank_dates: settings.blank_dates,
            updated_at: deed.at(),
        }
    }

    fn settings(self) -> PrintSettings {
        PrintSettings {
            version: self.version,
            paper: PaperSize::ALL.iter().copied().find(|one| one.code() == self.paper).unwrap_or_default(),
            typeface: Typeface::ALL.iter().copied().find(|one| one.code() == self.font).unwrap_or_default(),
            font_size: self.font_size,
            margins: [self.margin_top, self.margin_right, self.margin_bottom, self.margin_left],
            line_spacing: self.line_spacing,
            check_mark: self.check_mark,
            check_mark_on_forms: self.check_mark_on_forms,
            paraf: ParafBoxes::ALL.iter().copied().find(|one| one.code() == self.paraf).unwrap_or_default(),
            blank_dates: self.blank_dates,
        }
    }
}

/// The settings of an office; those Kawal comes with, as version 0, while it has set nothing.
///
/// # Errors
/// When the database cannot be read.
pub fn find(db: &mut Db, office: Uuid) -> Result<PrintSettings> {
    let row: Option<Row> = t::print_settings.find(RowId(office)).first(db).optional()?;
    Ok(row.map(Row::settings).unwrap_or_default())
}

/// Changes the settings.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else changed them since.
pub fn change(db: &mut Db, deed: &Deed, settings: &PrintSettings) -> Result<()> {
    let stored = find(db, deed.office_id)?;
    if stored.version != settings.version {
        return Err(StoreError::Stale { read: settings.version, now: stored.version });
    }
    let changes = settings.changes_from(&stored);
    if changes.is_empty() {
        return Ok(());
    }
    let row = Row { version: settings.version + 1, ..Row::of(settings, deed) };
    if settings.version == 0 {
        // Another one may have set the first at the same moment: the key refuses the second.
        diesel::insert_into(t::print_settings).values(row).execute(db)?;
    } else {
        let mine = t::print_settings
            .filter(t::office_id.eq(RowId(deed.office_id)))
            .filter(t::version.eq(settings.version));
        if diesel::update(mine).set(row).execute(db)? == 0 {
            return Err(StoreError::Stale { read: settings.version, now: settings.version + 1 });
        }
    }
    let office = offices::find(db, deed.office_id)?;
    let subject = Subject { kind: "office", id: office.id, name: office.short_name };
    audit_log::append(db, deed, &subject, &Event::new(Verb::PrintSettingsChanged, changes))
}
