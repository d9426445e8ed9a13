//! Letterheads: own lines and logo, of an institution (`/instansi/{id}/kop`) and of the office itself
//! (`/pengaturan/kop`).

use std::collections::BTreeMap;

use actix_multipart::Multipart;
use actix_web::web;
use uuid::Uuid;

use super::deeds::{Meanwhile, Outcome, key_of, once};
use super::error::{Answer, WebError};
use super::me::Me;
use super::pages::form::{AsideCard, Conflict, ConflictRow, Form, FormSection, Typed, id_of};
use super::pages::layout::NavItem;
use super::pages::parts::{Crumb, FilterChip};
use super::pages::prints::{HeadPreview, UploadForm, UploadPage};
use super::picture_upload::{self, Frame, Taken};
use super::posted::Posted;
use super::{State, conflict, html, invalid, see_other_saying, settings};
use crate::app::App;
use crate::documents::HeadLines;
use crate::documents::letterhead::letterhead;
use crate::documents::model::Run;
use crate::documents::picture::LOGO;
use crate::domain::audit::{Subject, Verb};
use crate::domain::fact_sheet::Institution;
use crate::domain::permission::Act;
use crate::store::letterheads::{self, Lines};
use crate::store::pictures::{self, Place};
use crate::store::{institutions, offices};

/// Most lines of either kind.
const MOST_LINES: usize = 5;
/// Most letters of a line.
const LONGEST_LINE: usize = 120;

/// Whose letterhead it is.
#[derive(Clone)]
struct Owner {
    subject: Subject,
    facts: Institution,
    page: String,
    crumbs: Vec<Crumb>,
    chips: Vec<FilterChip>,
    nav: NavItem,
}

async fn institution(app: &web::Data<App>, me: &Me, id: Uuid) -> Result<Owner, WebError> {
    let office = me.user.office_id;
    let listed = app.store.read(move |db| institutions::find(db, office, id)).await?;
    let home = format!("/instansi/{id}");
    let name = listed.name().to_owned();
    Ok(Owner {
        page: format!("{home}/kop"),
        crumbs: vec![
            Crumb::to("Instansi & pejabat", "/instansi"),
            Crumb::to(name.clone(), home),
            Crumb::here("Kop surat"),
        ],
        subject: Subject { kind: "institution", id, name },
        facts: listed.institution,
        chips: Vec::new(),
        nav: NavItem::Institutions,
    })
}

async fn own_office(app: &web::Data<App>, me: &Me) -> Result<Owner, WebError> {
    let id = me.user.office_id;
    let office = app.store.read(move |db| offices::find(db, id)).await?;
    Ok(Owner {
        page: "/pengaturan/kop".to_owned(),
        crumbs: vec![Crumb::to("Pengaturan", "/pengaturan"), Crumb::here("Kop surat")],
        facts: office.institution(),
        subject: Subject { kind: "office", id, name: office.short_name },
        chips: settings::tabs("/pengaturan/kop"),
        nav: NavItem::Settings,
    })
}

fn typed_of(lines: &Lines) -> Typed {
    let mut typed = Typed::default();
    typed.set("names", lines.names.join("\n"));
    typed.set("details", lines.details.join("\n"));
    typed
}

/// The lines that the form holds; what does not fit stands beside its field.
fn lines_of(typed: &mut Typed, version: i32) -> Option<Lines> {
    for name in ["names", "details"] {
        let lines = typed.lines(name);
        if lines.len() > MOST_LINES || lines.iter().any(|line| line.chars().count() > LONGEST_LINE) {
            typed.refuse(
                name,
                format!(
                    "Paling banyak {MOST_LINES} baris, masing-masing paling banyak {LONGEST_LINE} huruf."
                ),
            );
        }
    }
    (!typed.refused()).then(|| Lines {
        version,
        names: typed.lines("names"),
        details: typed.lines("details"),
    })
}

/// What the page shows besides its owner.
struct Shown {
    typed: Typed,
    version: i32,
    key: String,
    logo_error: Option<String>,
    conflict: Option<Conflict>,
}

async fn page(app: &web::Data<App>, me: &Me, owner: &Owner, shown: Shown) -> Result<UploadPage, WebError> {
    let (office, id) = (me.user.office_id, owner.subject.id);
    let kept = app.store.read(move |db| pictures::find(db, office, id, Place::Logo)).await?;
    let own = HeadLines { names: shown.typed.lines("names"), details: shown.typed.lines("details") };
    let head = letterhead(&owner.facts, &own, None, "");
    let text = |lines: &[Vec<Run>]| -> Vec<String> {
        lines.iter().map(|line| line.iter().map(|run| run.text.as_str()).collect()).collect()
    };
    let logo = format!("{}/logo", owner.page);
    // The address changes with the picture, so that no browser shows the older one.
    let logo_now = kept.as_ref().map(|kept| format!("{logo}?v={}", kept.version));
    let version = kept.as_ref().map_or(0, |kept| kept.version).to_string();
    Ok(UploadPage {
        layout: me.layout("Kop surat", Some(owner.nav)),
        crumbs: owner.crumbs.clone(),
        heading: "Kop surat".to_owned(),
        lead: owner.subject.name.clone(),
        chips: owner.chips.clone(),
        head: Some(HeadPreview {
            logo: logo_now.clone(),
            names: text(&head.names),
            details: text(&head.details),
        }),
        uploads: vec![UploadForm {
            id: "logo".to_owned(),
            title: "Logo".to_owned(),
            help: "PNG atau JPEG, paling banyak 1 MB dan 2000 × 2000 piksel. Bagian tembus pandang menjadi putih; keterangan lain di dalam berkas dibuang.".to_owned(),
            accept: ".png,.jpg,.jpeg",
            action: logo.clone(),
            key: app.ids.next().to_string(),
            version,
            error: shown.logo_error,
            submit: if kept.is_some() { "Ganti logo" } else { "Unggah logo" }.to_owned(),
            kept: None,
            remove: kept.is_some().then(|| (format!("{logo}/hapus"), app.ids.next().to_string())),
        }],
        form: Some(Form {
            action: owner.page.clone(),
            key: shown.key,
            version: Some(shown.version.to_string()),
            sections: vec![
                FormSection::new(
                    "baris",
                    "Baris kop",
                    vec![
                        shown
                            .typed
                            .area_field("names", "Baris nama")
                            .help("Satu baris setiap baris, dicetak besar. Kosong: pemerintah dan nama instansi.")
                            .into(),
                        shown
                            .typed
                            .area_field("details", "Baris alamat")
                            .help("Dicetak kecil. Kosong: alamat, telepon dan surel.")
                            .into(),
                    ],
                )
                .intro("Yang dikosongkan disusun dari data instansi, dan ikut berubah bila data itu diubah."),
            ],
            submit: "Simpan baris kop".to_owned(),
            errors: shown.typed.errors(""),
            changed: shown.typed.refused() || shown.conflict.is_some(),
            ..Form::default()
        }),
        conflict: shown.conflict,
        aside: vec![AsideCard {
            title: "Dipakai pada".to_owned(),
            lines: vec![
                "Surat, petunjuk teknis dan pernyataan yang dikeluarkan instansi ini. PKS tidak memakai kop.".to_owned(),
                "Naskah yang sudah dicetak tetap memakai kop saat itu.".to_owned(),
            ],
        }],
        ..UploadPage::default()
    })
}

async fn show(app: web::Data<App>, me: Me, owner: Owner) -> Answer {
    let (office, id) = (me.user.office_id, owner.subject.id);
    let lines = app.store.read(move |db| letterheads::find(db, office, id)).await?;
    let shown = Shown {
        typed: typed_of(&lines),
        version: lines.version,
        key: key_of(&app, None),
        logo_error: None,
        conflict: None,
    };
    html(&page(&app, &me, &owner, shown).await?)
}

async fn change(app: web::Data<App>, me: Me, owner: Owner, posted: Posted) -> Answer {
    let (office, zone, id) = (me.user.office_id, me.user.zone, owner.subject.id);
    let read = posted.version().unwrap_or_default();
    let mut typed = posted.typed.clone();
    let key = key_of(&app, Some(&posted));
    let shown = |typed, version, conflict| Shown { typed, version, key, logo_error: None, conflict };
    let Some(wanted) = lines_of(&mut typed, read) else {
        return invalid(&page(&app, &me, &owner, shown(typed, read, None)).await?);
    };
    let (saved, subject, to) = (wanted.clone(), owner.subject.clone(), owner.page.clone());
    let outcome = once(&app, &me, &posted, move |db, deed| {
        letterheads::change(db, deed, &subject, &saved)?;
        Ok(to)
    })
    .await?;
    match outcome {
        Outcome::Done(location) => Ok(see_other_saying(&location, "Baris kop disimpan.")),
        Outcome::Taken(reason) => Err(WebError::Conflict(reason)),
        Outcome::Stale => {
            let (stored, meanwhile) = app
                .store
                .read(move |db| {
                    let stored = letterheads::find(db, office, id)?;
                    let steps = stored.version - read;
                    let verbs = [Verb::LetterheadChanged.code()];
                    Ok((stored, Meanwhile::since(db, office, zone, id, &verbs, steps)?))
                })
                .await?;
            let rows = reconcile(&mut typed, &wanted, &stored, &meanwhile.before);
            let clash = meanwhile.conflict(rows);
            conflict(&page(&app, &me, &owner, shown(typed, stored.version, Some(clash))).await?)
        }
    }
}

/// What this person left alone is taken over; what both changed stays as typed. One row for each.
fn reconcile(
    typed: &mut Typed,
    mine: &Lines,
    stored: &Lines,
    before: &BTreeMap<String, Option<String>>,
) -> Vec<ConflictRow> {
    let theirs = typed_of(stored);
    let said = |words: &Option<String>| words.clone().unwrap_or_else(|| "kosong".to_owned());
    let mut rows = Vec::new();
    for ((name, label, yours), (_, _, now)) in mine.in_words().into_iter().zip(stored.in_words()) {
        let Some(was) = before.get(name).filter(|_| yours != now) else { continue };
        let untouched = yours == *was;
        if untouched {
            typed.set(name, theirs.text(name));
        }
        rows.push(ConflictRow {
            field_id: id_of(name),
            label: label.to_owned(),
            before: said(was),
            theirs: said(&now),
            yours: (!untouched).then(|| said(&yours)),
        });
    }
    rows
}

fn frame(owner: &Owner) -> Frame {
    Frame { owner: owner.subject.clone(), place: Place::Logo, page: owner.page.clone() }
}

async fn put(
    app: web::Data<App>,
    state: web::Data<State>,
    me: Me,
    owner: Owner,
    multipart: Multipart,
) -> Answer {
    let taken = picture_upload::take(&app, &state, &me, frame(&owner), (multipart, LOGO), |_| Ok(())).await?;
    match taken {
        Taken::Kept(response) => Ok(response),
        Taken::Refused(why) => {
            let (office, id) = (me.user.office_id, owner.subject.id);
            let lines = app.store.read(move |db| letterheads::find(db, office, id)).await?;
            let shown = Shown {
                typed: typed_of(&lines),
                version: lines.version,
                key: key_of(&app, None),
                logo_error: Some(why),
                conflict: None,
            };
            invalid(&page(&app, &me, &owner, shown).await?)
        }
    }
}

/// `GET /instansi/{id}/kop`
///
/// # Errors
/// 404 for another office's institution; 403 for readers.
pub async fn of_institution(app: web::Data<App>, me: Me, id: web::Path<Uuid>) -> Answer {
    me.must(Act::EditOffice)?;
    let owner = institution(&app, &me, *id).await?;
    show(app, me, owner).await
}

/// `POST /instansi/{id}/kop`
///
/// # Errors
/// 409 with both versions; 422 with what was typed.
pub async fn change_of_institution(
    app: web::Data<App>,
    me: Me,
    id: web::Path<Uuid>,
    posted: Posted,
) -> Answer {
    me.must(Act::EditOffice)?;
    let owner = institution(&app, &me, *id).await?;
    change(app, me, owner, posted).await
}

/// `GET /instansi/{id}/kop/logo`
///
/// # Errors
/// 404 where there is none.
pub async fn logo_of_institution(app: web::Data<App>, me: Me, id: web::Path<Uuid>) -> Answer {
    me.must(Act::ReadOffice)?;
    let owner = institution(&app, &me, *id).await?;
    picture_upload::show(&app, me.user.office_id, owner.subject.id, Place::Logo).await
}

/// `POST /instansi/{id}/kop/logo`
///
/// # Errors
/// 409 when somebody else was faster; 422 for what is no picture.
pub async fn put_of_institution(
    app: web::Data<App>,
    state: web::Data<State>,
    me: Me,
    id: web::Path<Uuid>,
    multipart: Multipart,
) -> Answer {
    me.must(Act::EditOffice)?;
    let owner = institution(&app, &me, *id).await?;
    put(app, state, me, owner, multipart).await
}

/// `POST /instansi/{id}/kop/logo/hapus`
///
/// # Errors
/// 409 when it is not the one that was seen.
pub async fn remove_of_institution(
    app: web::Data<App>,
    me: Me,
    id: web::Path<Uuid>,
    posted: Posted,
) -> Answer {
    me.must(Act::EditOffice)?;
    let owner = institution(&app, &me, *id).await?;
    picture_upload::remove(&app, &me, &posted, frame(&owner), |_| Ok(())).await
}

/// `GET /pengaturan/kop`
///
/// # Errors
/// 403 for everybody but administrators.
pub async fn of_office(app: web::Data<App>, me: Me) -> Answer {
    me.must(Act::Administer)?;
    let owner = own_office(&app, &me).await?;
    show(app, me, owner).await
}

/// `POST /pengaturan/kop`
///
/// # Errors
/// 409 with both versions; 422 with what was typed.
pub async fn change_of_office(app: web::Data<App>, me: Me, posted: Posted) -> Answer {
    me.must(Act::Administer)?;
    let owner = own_office(&app, &me).await?;
    change(app, me, owner, posted).await
}

/// `GET /pengaturan/kop/logo`
///
/// # Errors
/// 404 where there is none.
pub async fn logo_of_office(app: web::Data<App>, me: Me) -> Answer {
    me.must(Act::ReadOffice)?;
    picture_upload::show(&app, me.user.office_id, me.user.office_id, Place::Logo).await
}

/// `POST /pengaturan/kop/logo`
///
/// # Errors
/// 409 when somebody else was faster; 422 for what is no picture.
pub async fn put_of_office(
    app: web::Data<App>,
    state: web::Data<State>,
    me: Me,
    multipart: Multipart,
) -> Answer {
    me.must(Act::Administer)?;
    let owner = own_office(&app, &me).await?;
    put(app, state, me, owner, multipart).await
}

/// `POST /pengaturan/kop/logo/hapus`
///
/// # Errors
/// 409 when it is not the one that was seen.
pub async fn remove_of_office(app: web::Data<App>, me: Me, posted: Posted) -> Answer {
    me.must(Act::Administer)?;
    let owner = own_office(&app, &me).await?;
    picture_upload::remove(&app, &me, &posted, frame(&owner), |_| Ok(())).await
}
