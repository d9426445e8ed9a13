//! The office's catalogue of regulations. Papers already signed keep the text they were signed with.

use std::collections::HashMap;

use actix_web::web;
use serde_json::Value;
use uuid::Uuid;

use super::deeds::{Meanwhile, Outcome, key_of, once};
use super::error::Answer;
use super::fact_form::FactForm;
use super::me::Me;
use super::pages::form::{AsideCard, Conflict, Form, FormPage, FormSection};
use super::pages::layout::NavItem;
use super::pages::legal_bases::{LegalBasisListPage, LegalBasisRow};
use super::pages::parts::{Act as Button, Chip, Crumb, FilterChip, Pager, Tone};
use super::posted::Posted;
use super::{conflict, encode, html, invalid, see_other_saying};
use crate::app::App;
use crate::domain::audit::Verb;
use crate::domain::fact_sheet::catalogue::{self, Field, Kind, field};
use crate::domain::fact_sheet::check::faults_in;
use crate::domain::fact_sheet::{LegalBasis, RegulationKind};
use crate::domain::permission::Act;
use crate::domain::wording::date_long;
use crate::store::legal_bases::{self, Entry};
use crate::store::{StoreError, key};

/// What the catalogue knows of a regulation besides its text.
const ENTRY: &[Field] = &[
    field("code", "Kode", Kind::Text)
        .help("Huruf kecil, angka, dan tanda hubung. Kosong: disusun dari jenis, nomor, dan tahun."),
    field("from_on", "Boleh dikutip sejak", Kind::Date).help("Kosong: sejak tahunnya."),
    field("until_on", "Hari terakhir boleh dikutip", Kind::Date).help("Kosong selama masih berlaku."),
    field("note", "Catatan", Kind::Long).help("Untuk kantor sendiri; tidak tercetak pada naskah."),
];

fn fields() -> &'static [Field] {
    catalogue::inside("legal_bases")
}

/// `GET /dasar-hukum`
///
/// # Errors
/// 403 for people of other agencies.
pub async fn list(app: web::Data<App>, me: Me, query: web::Query<HashMap<String, String>>) -> Answer {
    me.must(Act::ReadOffice)?;
    let office = me.user.office_id;
    let entries = app.store.read(move |db| legal_bases::list(db, office)).await?;
    let search = query.get("cari").map_or("", |text| text.trim());
    let kind = query
        .get("jenis")
        .and_then(|code| RegulationKind::ALL.iter().copied().find(|kind| kind.code() == code));
    html(&print_list(&me, &entries, search, kind))
}

fn print_list(me: &Me, entries: &[Entry], search: &str, kind: Option<RegulationKind>) -> LegalBasisListPage {
    let words = key(search);
    let found = |entry: &&Entry| {
        let text = key(&format!("{} {}", entry.basis.one_line(), entry.basis.regulation.citation()));
        words.split(' ').all(|word| text.contains(word))
    };
    let matching: Vec<&Entry> = entries.iter().filter(found).collect();
    let of = |kind: RegulationKind| {
        matching.iter().filter(move |entry| entry.basis.regulation.kind == kind).count()
    };
    let href = |kind: Option<RegulationKind>| {
        let pairs: Vec<String> = [
            (!search.is_empty()).then(|| format!("cari={}", encode(search))),
            kind.map(|kind| format!("jenis={}", kind.code())),
        ]
        .into_iter()
        .flatten()
        .collect();
        if pairs.is_empty() { "/dasar-hukum".to_owned() } else { format!("/dasar-hukum?{}", pairs.join("&")) }
    };
    let mut chips = vec![FilterChip {
        label: "Semua".to_owned(),
        count: matching.len().to_string(),
        href: href(None),
        current: kind.is_none(),
    }];
    chips.extend(RegulationKind::ALL.iter().filter(|known| of(**known) > 0 || kind == Some(**known)).map(
        |known| FilterChip {
            label: known.label().to_owned(),
            count: of(*known).to_string(),
            href: href((kind != Some(*known)).then_some(*known)),
            current: kind == Some(*known),
        },
    ));
    let rows: Vec<LegalBasisRow> = matching
        .iter()
        .filter(|entry| kind.is_none_or(|kind| entry.basis.regulation.kind == kind))
        .map(|entry| row(me, entry))
        .collect();
    let gone = entries.iter().filter(|entry| entry.until_on.is_some_and(|last| last < me.today)).count();
    LegalBasisListPage {
        layout: me.layout("Dasar hukum", Some(NavItem::LegalBases)),
        summary: format!("{} peraturan, {gone} tidak lagi dikutip", entries.len()),
        acts: if me.may(Act::EditOffice) {
            vec![Button::link("Peraturan baru", "/dasar-hukum/baru").primary().icon("plus")]
        } else {
            Vec::new()
        },
        search: search.to_owned(),
        chips,
        pager: Pager { shown: format!("Menampilkan {} peraturan", rows.len()), ..Pager::default() },
        rows,
        nothing: "Tidak ada peraturan yang cocok. Ubah kata yang dicari, atau hapus saringannya.".to_owned(),
    }
}

fn row(me: &Me, entry: &Entry) -> LegalBasisRow {
    let regulation = &entry.basis.regulation;
    let state = match (entry.from_on, entry.until_on) {
        (Some(from), _) if from > me.today => Chip::new(Tone::Info, format!("mulai {}", date_long(from))),
        (_, Some(last)) if last < me.today => {
            Chip::new(Tone::Attention, format!("sampai {}", date_long(last)))
        }
        _ if entry.basis.amended_by.is_empty() => Chip::new(Tone::Ok, "berlaku"),
        _ => Chip::new(Tone::Ok, "berlaku, diubah"),
    };
    LegalBasisRow {
        href: me.may(Act::EditOffice).then(|| format!("/dasar-hukum/{}", entry.id)),
        citation: regulation.citation(),
        about: regulation.about.clone().unwrap_or_default(),
        gazettes: regulation.gazettes.iter().map(|gazette| gazette.citation()).collect(),
        amended_by: entry.basis.amended_by.iter().map(|amendment| amendment.citation()).collect(),
        state,
        note: entry.note.clone().unwrap_or_default(),
    }
}

/// The form of an entry: the regulation as it is cited, and what the catalogue knows besides.
struct Forms {
    basis: FactForm,
    entry: FactForm,
}

/// What the catalogue knows of a regulation besides its text.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
struct Dated {
    code: Option<String>,
    from_on: Option<chrono::NaiveDate>,
    until_on: Option<chrono::NaiveDate>,
    note: Option<String>,
}

fn trees(entry: &Entry) -> (Value, Value) {
    let dated = Dated {
        code: Some(entry.code.clone()),
        from_on: entry.from_on,
        until_on: entry.until_on,
        note: entry.note.clone(),
    };
    (serde_json::to_value(&entry.basis).unwrap_or_default(), serde_json::to_value(dated).unwrap_or_default())
}

impl Forms {
    fn open(basis: &Value, entry: &Value) -> Self {
        Self { basis: FactForm::open(fields(), basis), entry: FactForm::open(ENTRY, entry) }
    }

    fn posted(posted: &Posted) -> Self {
        Self {
            basis: FactForm::posted(fields(), &posted.pairs),
            entry: FactForm::posted(ENTRY, &posted.pairs),
        }
    }

    fn refused(&self) -> bool {
        self.basis.refused() || self.entry.refused()
    }

    /// What the form describes; what does not hold stands beside its field.
    fn read(&mut self) -> Option<(LegalBasis, Dated)> {
        let mut tree = self.basis.tree();
        let mut dated = self.entry.tree();
        self.basis.refuse(&faults_in(&mut tree, fields()));
        self.entry.refuse(&faults_in(&mut dated, ENTRY));
        if self.refused() {
            return None;
        }
        let basis: LegalBasis = serde_json::from_value(tree).ok()?;
        let mut dated: Dated = serde_json::from_value(dated).ok()?;
        self.refuse_gaps(&basis);
        if let (Some(from), Some(last)) = (dated.from_on, dated.until_on)
            && last < from
        {
            self.entry.refuse_at("until_on", "Hari terakhir tidak boleh sebelum hari pertama.");
        }
        let code = dated.code.take().unwrap_or_else(|| code_of(&basis));
        if !code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') || code.len() > 80
        {
            self.entry
                .refuse_at("code", "Pakai huruf kecil, angka, dan tanda hubung saja, paling banyak 80.");
        }
        dated.code = Some(code);
        (!self.refused()).then_some((basis, dated))
    }

    /// A citation needs kind, number and year; the regulation itself also its subject, a region's its
    /// region.
    fn refuse_gaps(&mut self, basis: &LegalBasis) {
        let mut cited = vec![(String::new(), &basis.regulation)];
        cited.extend(
            basis.amended_by.iter().enumerate().map(|(index, one)| (format!("amended_by.{index}."), one)),
        );
        for (path, regulation) in cited {
            if regulation.number.is_none() {
                self.basis.refuse_at(&format!("{path}number"), "Isi nomornya.");
            }
            if regulation.year.is_none() {
                self.basis.refuse_at(&format!("{path}year"), "Isi tahunnya.");
            }
            if regulation.title().is_none() {
                self.basis
                    .refuse_at(&format!("{path}region"), "Isi daerahnya, misalnya Kabupaten Nusa Kencana.");
            }
            if path.is_empty() && regulation.about.is_none() {
                self.basis.refuse_at("about", "Isi judulnya, tanpa kata “tentang”.");
            }
        }
    }
}

/// "permendagri-102-2019"; a region's regulation carries its region.
fn code_of(basis: &LegalBasis) -> String {
    let regulation = &basis.regulation;
    let parts = [
        Some(regulation.kind.code().to_owned()),
        regulation.region.clone(),
        regulation.number.clone(),
        regulation.year.map(|year| year.to_string()),
    ];
    let text = key(&parts.into_iter().flatten().collect::<Vec<_>>().join(" "));
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// The page of an entry's form.
struct FormOf<'a> {
    entry: Option<&'a Entry>,
    version: Option<i32>,
    forms: &'a Forms,
    key: String,
    conflict: Option<Conflict>,
    changed: bool,
}

fn form_page(me: &Me, of: FormOf<'_>) -> FormPage {
    let heading = of.entry.map_or_else(|| "Peraturan baru".to_owned(), |entry| entry.basis.short_name());
    FormPage {
        layout: me.layout(&heading, Some(NavItem::LegalBases)),
        crumbs: vec![Crumb::to("Dasar hukum", "/dasar-hukum"), Crumb::here(heading.clone())],
        heading,
        lead: None,
        form: Form {
            action: of
                .entry
                .map_or_else(|| "/dasar-hukum/baru".to_owned(), |entry| format!("/dasar-hukum/{}", entry.id)),
            key: of.key,
            version: of.version.map(|version| version.to_string()),
            sections: vec![
                FormSection::new("peraturan", "Peraturan", of.forms.basis.all_items()),
                FormSection::new("pemakaian", "Pemakaian", of.forms.entry.all_items()),
            ],
            submit: "Simpan peraturan".to_owned(),
            cancel: Some("/dasar-hukum".to_owned()),
            errors: of.forms.basis.errors(),
            changed: of.changed || of.forms.refused() || of.conflict.is_some(),
            ..Form::default()
        },
        conflict: of.conflict,
        aside: vec![AsideCard {
            title: "Yang tidak berubah".to_owned(),
            lines: vec![
                "Naskah yang sudah ditandatangani tetap mengutip seperti saat itu.".to_owned(),
                "Rancangan mengutip salinan peraturan yang dipilih padanya.".to_owned(),
            ],
        }],
        ..FormPage::default()
    }
}

/// `GET /dasar-hukum/baru`
///
/// # Errors
/// 403 for readers.
pub async fn new_form(app: web::Data<App>, me: Me) -> Answer {
    me.must(Act::EditOffice)?;
    let forms = Forms::open(&serde_json::to_value(LegalBasis::default()).unwrap_or_default(), &Value::Null);
    let key = key_of(&app, None);
    html(&form_page(
        &me,
        FormOf { entry: None, version: None, forms: &forms, key, conflict: None, changed: false },
    ))
}

/// `POST /dasar-hukum/baru`
///
/// # Errors
/// 422 with what was typed.
pub async fn add(app: web::Data<App>, me: Me, posted: Posted) -> Answer {
    me.must(Act::EditOffice)?;
    let mut forms = Forms::posted(&posted);
    let key = key_of(&app, Some(&posted));
    if forms.basis.reshape(&posted.pairs) {
        let of = FormOf { entry: None, version: None, forms: &forms, key, conflict: None, changed: true };
        return html(&form_page(&me, of));
    }
    if let Some((basis, dated)) = forms.read() {
        let outcome = once(&app, &me, &posted, move |db, deed| {
            legal_bases::add(db, deed, entry(Uuid::nil(), 1, basis, dated))?;
            Ok("/dasar-hukum".to_owned())
        })
        .await?;
        match outcome {
            Outcome::Done(location) => return Ok(see_other_saying(&location, "Peraturan disimpan.")),
            Outcome::Taken(reason) => forms.entry.refuse_at("code", reason),
            Outcome::Stale => return Err(StoreError::NotFound.into()),
        }
    }
    let of = FormOf { entry: None, version: None, forms: &forms, key, conflict: None, changed: true };
    invalid(&form_page(&me, of))
}

fn entry(id: Uuid, version: i32, basis: LegalBasis, dated: Dated) -> Entry {
    Entry {
        id,
        version,
        code: dated.code.unwrap_or_default(),
        place: 0,
        basis,
        from_on: dated.from_on,
        until_on: dated.until_on,
        note: dated.note,
    }
}

/// `GET /dasar-hukum/{id}`
///
/// # Errors
/// 404 for another office's entry; 403 for readers.
pub async fn edit_form(app: web::Data<App>, me: Me, id: web::Path<Uuid>) -> Answer {
    me.must(Act::EditOffice)?;
    let (office, id) = (me.user.office_id, *id);
    let entry = app.store.read(move |db| legal_bases::find(db, office, id)).await?;
    let (basis, dated) = trees(&entry);
    let of = FormOf {
        entry: Some(&entry),
        version: Some(entry.version),
        forms: &Forms::open(&basis, &dated),
        key: key_of(&app, None),
        conflict: None,
        changed: false,
    };
    html(&form_page(&me, of))
}

/// `POST /dasar-hukum/{id}`
///
/// # Errors
/// 409 with both versions; 422 with what was typed.
pub async fn change(app: web::Data<App>, me: Me, id: web::Path<Uuid>, posted: Posted) -> Answer {
    me.must(Act::EditOffice)?;
    let (office, zone, id) = (me.user.office_id, me.user.zone, *id);
    let stored = app.store.read(move |db| legal_bases::find(db, office, id)).await?;
    let read = posted.version().unwrap_or_default();
    let mut forms = Forms::posted(&posted);
    let key = key_of(&app, Some(&posted));
    if forms.basis.reshape(&posted.pairs) {
        let of = FormOf {
            entry: Some(&stored),
            version: Some(read),
            forms: &forms,
            key,
            conflict: None,
            changed: true,
        };
        return html(&form_page(&me, of));
    }
    if let Some((basis, dated)) = forms.read() {
        let changed = entry(id, read, basis, dated);
        let outcome = once(&app, &me, &posted, move |db, deed| {
            legal_bases::change(db, deed, &changed)?;
            Ok("/dasar-hukum".to_owned())
        })
        .await?;
        match outcome {
            Outcome::Done(location) => return Ok(see_other_saying(&location, "Peraturan disimpan.")),
            Outcome::Taken(reason) => forms.entry.refuse_at("code", reason),
            Outcome::Stale => {
                let (stored, meanwhile) = app
                    .store
                    .read(move |db| {
                        let stored = legal_bases::find(db, office, id)?;
                        let steps = stored.version - read;
                        let verbs = [Verb::LegalBasisChanged.code()];
                        Ok((stored, Meanwhile::since(db, office, zone, id, &verbs, steps)?))
                    })
                    .await?;
                let (basis, dated) = trees(&stored);
                let mut rows = forms.basis.reconcile(&basis, &meanwhile.before);
                rows.extend(forms.entry.reconcile(&dated, &meanwhile.before));
                let of = FormOf {
                    entry: Some(&stored),
                    version: Some(stored.version),
                    forms: &forms,
                    key,
                    conflict: Some(meanwhile.conflict(rows)),
                    changed: true,
                };
                return conflict(&form_page(&me, of));
            }
        }
    }
    let of = FormOf {
        entry: Some(&stored),
        version: Some(read),
        forms: &forms,
        key,
        conflict: None,
        changed: true,
    };
    invalid(&form_page(&me, of))
}
