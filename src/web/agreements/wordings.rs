//! The wording of one agreement: changes of the office's text and articles of its own, while it is a
//! draft. What was signed is frozen and only shown.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use actix_web::web;
use uuid::Uuid;

use super::super::deeds::{Outcome, key_of, once};
use super::super::error::{Answer, WebError};
use super::super::me::Me;
use super::super::pages::form::{AsideCard, Choice, Form, FormPage};
use super::super::pages::layout::NavItem;
use super::super::pages::parts::{Act as Button, Chip, Crumb, Loudness, Notice, Tone};
use super::super::pages::wordings::{
    WordingConflict, WordingGroup, WordingListPage, WordingPage, WordingRow,
};
use super::super::posted::Posted;
use super::super::wordings::difference::difference;
use super::super::wordings::preview::{Subject, placeholder_rows, preview};
use super::super::wordings::versions::{Versions, print as print_versions};
use super::super::wordings::{Typed, faults, since};
use super::super::{State, conflict, html, invalid, see_other_saying};
use crate::app::App;
use crate::documents::Stationery;
use crate::documents::clause::{Wording, standard, standard_names};
use crate::documents::pks;
use crate::documents::titles::{folder, group, heading, title};
use crate::domain::agreement::{Agreement, State as Stage};
use crate::domain::calendar::Calendar;
use crate::domain::permission::Act;
use crate::store::agreements;
use crate::store::wordings::{self, NewText, Owner, Version};

/// Folder of the articles that only this agreement has.
const ADDED: &str = "tambahan";
/// Most of them.
const MOST_ADDED: u32 = 40;
/// What a new one begins with.
const NEW_ARTICLE: &str = "# Judul Pasal\n\n1. Isi ayat pertama\n1. Isi ayat kedua\n";

/// What an agreement has of its wordings.
struct Kept {
    agreement: Agreement,
    calendar: Arc<Calendar>,
    /// What the office prints with.
    office: Stationery,
    /// The agreement's own texts that count.
    own: Vec<Version>,
    /// What they were made from.
    bases: BTreeMap<String, String>,
}

impl Kept {
    /// The wording that this agreement is printed with.
    fn wording(&self) -> Wording {
        crate::app::wording::with(self.office.wording.clone(), self.own.clone())
    }

    fn is_draft(&self) -> bool {
        self.agreement.state() == Stage::Drafting
    }

    fn home(&self) -> String {
        format!("/perjanjian/{}", self.agreement.id())
    }
}

async fn load(app: &web::Data<App>, me: &Me, id: Uuid) -> Result<Kept, WebError> {
    let (app_in, scope) = (app.clone(), me.scope());
    Ok(app
        .store
        .read(move |db| {
            let owner = Owner::Agreement(scope.office_id, id);
            Ok(Kept {
                agreement: agreements::find(db, scope, id)?,
                calendar: app_in.calendar(db, scope.office_id)?,
                office: app_in.stationery(db, scope.office_id, None)?,
                own: wordings::in_use(db, owner)?,
                bases: wordings::bases(db, owner)?,
            })
        })
        .await?)
}

async fn history(app: &web::Data<App>, me: &Me, id: Uuid, name: &str) -> Result<Vec<Version>, WebError> {
    let (owner, name) = (Owner::Agreement(me.user.office_id, id), name.to_owned());
    Ok(app.store.read(move |db| wordings::history(db, owner, &name)).await?)
}

/// The number of an added article; none for a wording of Kawal.
fn added(name: &str) -> Option<u32> {
    name.strip_prefix(ADDED)?.strip_prefix('/')?.parse().ok()
}

/// The name of a wording in an address: one of Kawal's, or an added article.
fn named(paper: &str, part: &str) -> Result<String, WebError> {
    let name = format!("{paper}/{part}");
    let known = standard(&name).is_some() || added(&name).is_some_and(|n| (1..=MOST_ADDED).contains(&n));
    if known { Ok(name) } else { Err(WebError::NotFound) }
}

/// What people call it.
fn spoken(name: &str, text: &str) -> String {
    match added(name) {
        Some(n) => heading(text).unwrap_or_else(|| format!("Pasal tambahan {n}")),
        None => title(name),
    }
}

/// `GET /perjanjian/{id}/redaksi`
///
/// # Errors
/// 404 out of sight; 403 for people of other agencies.
pub async fn list(app: web::Data<App>, me: Me, id: web::Path<Uuid>) -> Answer {
    me.must(Act::ReadOffice)?;
    let kept = load(&app, &me, *id).await?;
    let owner = Owner::Agreement(me.user.office_id, *id);
    let used = app.store.read(move |db| wordings::names(db, owner)).await?;
    // An article that was taken back keeps its number.
    let next = used.iter().filter_map(|name| added(name)).max().unwrap_or(0) + 1;
    html(&print_list(&me, &kept, next))
}

fn print_list(me: &Me, kept: &Kept, next: u32) -> WordingListPage {
    let home = kept.home();
    let editable = kept.is_draft() && me.may(Act::EditAgreements);
    let own = kept.own.iter().map(|version| {
        let name = &version.name;
        let href = format!("{home}/redaksi/{name}");
        let base = kept.office.wording.get(name);
        let place = version.after.as_deref().map(|after| format!("sesudah “{}”, ", title(after)));
        let outdated = kept.bases.get(name).is_some_and(|made_from| base != Some(made_from));
        WordingRow {
            title: spoken(name, &version.text),
            state: match (&version.after, outdated) {
                (Some(_), _) => Chip::new(Tone::Info, "pasal tambahan"),
                (None, true) => Chip::new(Tone::Attention, "redaksi kantor berubah"),
                (None, false) => Chip::new(Tone::Info, "diubah"),
            },
            note: format!("{}{}", place.unwrap_or_default(), since(version, me.user.zone)),
            difference: version.after.is_none().then(|| difference(base.unwrap_or_default(), &version.text)),
            acts: if editable {
                let back = if version.after.is_some() { "Hapus" } else { "Ikut kantor lagi" };
                vec![Button::link(back, format!("{href}/batal")).small().danger()]
            } else {
                Vec::new()
            },
            href,
        }
    });
    let own = WordingGroup { title: "Milik perjanjian ini".to_owned(), rows: own.collect() };
    let printed = pks::article_files(kept.agreement.facts());
    let others = standard_names()
        .filter(|name| folder(name) == "pks" && !kept.own.iter().any(|version| version.name == **name))
        .filter(|name| *name != "pks/definitions" || printed.contains(name))
        .map(|name| WordingRow {
            href: format!("{home}/redaksi/{name}"),
            title: title(name),
            state: Chip::new(Tone::Quiet, "mengikuti kantor"),
            ..WordingRow::default()
        });
    let others = WordingGroup { title: group("pks"), rows: others.collect() };
    let count = own.rows.len();
    WordingListPage {
        layout: me.layout("Redaksi perjanjian", Some(NavItem::Agreements)),
        crumbs: vec![
            Crumb::to("Perjanjian", "/perjanjian"),
            Crumb::to(kept.agreement.name(), home.clone()),
            Crumb::here("Redaksi"),
        ],
        heading: "Redaksi perjanjian".to_owned(),
        summary: match count {
            0 => format!("{}: seluruhnya mengikuti redaksi kantor", kept.agreement.name()),
            n => format!("{}: {n} berbeda dari redaksi kantor", kept.agreement.name()),
        },
        acts: if editable && next <= MOST_ADDED {
            vec![
                Button::link("Tambah pasal", format!("{home}/redaksi/{ADDED}/{next}")).primary().icon("plus"),
            ]
        } else {
            Vec::new()
        },
        notices: signed(kept).into_iter().collect(),
        groups: [own, others].into_iter().filter(|group| !group.rows.is_empty()).collect(),
    }
}

/// What was signed does not change any more.
fn signed(kept: &Kept) -> Option<Notice> {
    (!kept.is_draft()).then(|| Notice {
        tone: Tone::Info,
        title: "Perjanjian ini tidak lagi rancangan".to_owned(),
        body: "Redaksinya hanya dapat dibaca. Perubahan sesudah tanda tangan dituangkan dalam Adendum."
            .to_owned(),
        ..Notice::default()
    })
}

/// The places of an added article: behind each article but the last.
fn places(kept: &Kept, chosen: &str) -> Vec<Choice> {
    let files = pks::article_files(kept.agreement.facts());
    let files = files.split_last().map_or(&[][..], |(_, before)| before);
    files
        .iter()
        .map(|file| Choice {
            value: (*file).to_owned(),
            label: format!("Sesudah pasal “{}”", title(file)),
            note: None,
            chosen: *file == chosen,
        })
        .collect()
}

/// What was typed, and for an added article where it stands.
#[derive(Default)]
struct Typing {
    typed: Option<Typed>,
    after: Option<String>,
    /// The version of the agreement that the page was opened at.
    agreement: Option<i32>,
}

impl Typing {
    fn of(app: &App, posted: &Posted) -> Self {
        Self {
            typed: Some(Typed::of(app, posted)),
            after: Some(posted.typed.text("after").to_owned()).filter(|after| !after.is_empty()),
            agreement: posted.typed.text("agreement").parse().ok(),
        }
    }
}

/// The wording of the agreement with one text typed over.
fn with_typed(kept: &Kept, name: &str, after: Option<&str>, text: &str) -> Wording {
    match (added(name), after) {
        (Some(_), Some(after)) => kept.wording().with_article(name, after, text),
        _ => kept.wording().with(name, text),
    }
}

/// Where an added article stands: as typed, as stored, or at first before the last article.
fn place_of(kept: &Kept, name: &str, typed: Option<&str>) -> Option<String> {
    added(name)?;
    let possible = places(kept, "");
    let known = |after: &&str| possible.iter().any(|place| place.value == **after);
    let stored = kept.own.iter().find(|version| version.name == name).and_then(|one| one.after.as_deref());
    let place = typed.filter(known).or(stored);
    place.map(ToOwned::to_owned).or_else(|| possible.last().map(|place| place.value.clone()))
}

async fn page(
    app: &web::Data<App>,
    state: &web::Data<State>,
    me: &Me,
    kept: &Kept,
    name: &str,
    typing: Typing,
) -> Result<WordingPage, WebError> {
    let Typing { typed, after, agreement } = typing;
    let history = history(app, me, kept.agreement.id(), name).await?;
    let latest = history.first();
    let own = latest.filter(|latest| latest.own);
    let office = kept.office.wording.get(name);
    let stored = own.map(|own| own.text.as_str()).or(office).unwrap_or(NEW_ARTICLE).to_owned();
    let text = typed.as_ref().map_or_else(|| stored.clone(), |typed| typed.text.clone());
    let after = place_of(kept, name, after.as_deref());
    let stationery =
        Stationery { wording: with_typed(kept, name, after.as_deref(), &text), ..kept.office.clone() };
    let subject = Subject::agreement(&kept.agreement, Arc::clone(&kept.calendar), me.today);
    let shown = preview(state, stationery, name.to_owned(), subject).await?;
    let home = format!("{}/redaksi", kept.home());
    let spoken = match latest {
        None if added(name).is_some() => "Pasal baru".to_owned(),
        _ => spoken(name, &text),
    };
    let editable = kept.is_draft() && me.may(Act::EditAgreements);
    let stale = typed.as_ref().is_some_and(|typed| typed.stale);
    let outdated = own.is_some() && office.is_some() && kept.bases.get(name).map(String::as_str) != office;
    let mut acts = Vec::new();
    if !history.is_empty() {
        acts.push(Button::link("Versi dan perbedaan", format!("{home}/{name}/versi")).icon("history"));
    }
    if own.is_some() && editable {
        let back = if added(name).is_some() { "Hapus pasal ini" } else { "Ikut kantor lagi" };
        acts.push(Button::link(back, format!("{home}/{name}/batal")).danger());
    }
    let fresh = |typed: &Typed| !stale && !typed.key.is_empty();
    Ok(WordingPage {
        layout: me.layout(&spoken, Some(NavItem::Agreements)),
        crumbs: vec![
            Crumb::to("Perjanjian", "/perjanjian"),
            Crumb::to(kept.agreement.name(), kept.home()),
            Crumb::to("Redaksi", home.clone()),
            Crumb::here(spoken.clone()),
        ],
        heading: spoken,
        lead: match own {
            Some(own) => format!("Milik perjanjian ini, {}", since(own, me.user.zone)),
            None if added(name).is_some() => "Hanya untuk perjanjian ini".to_owned(),
            None => "Mengikuti redaksi kantor; perubahan di sini hanya untuk perjanjian ini".to_owned(),
        },
        acts,
        notices: signed(kept)
            .into_iter()
            .chain(outdated.then(|| changed_below(&home, name, &history)))
            .collect(),
        conflict: stale.then(|| WordingConflict {
            who: latest.map_or_else(|| "Seseorang".to_owned(), |latest| latest.author.clone()),
            when: latest.map_or_else(String::new, |latest| me.user.zone.stamp(latest.at)),
            difference: difference(&stored, &text),
        }),
        action: format!("{home}/{name}"),
        key: typed.as_ref().filter(|typed| fresh(typed)).map_or_else(|| key_of(app, None), |t| t.key.clone()),
        version: match &typed {
            Some(typed) if !stale => typed.read.to_string(),
            _ => latest.map_or(0, |latest| latest.version).to_string(),
        },
        keep: vec![(
            "agreement".to_owned(),
            agreement.filter(|_| !stale).unwrap_or_else(|| kept.agreement.version()).to_string(),
        )],
        editable,
        changed: text != stored,
        faults: typed.map(|typed| typed.faults).unwrap_or_default(),
        places: after.as_deref().map(|after| places(kept, after)).unwrap_or_default(),
        rebase: outdated
            .then(|| "Perubahan redaksi kantor sudah saya pertimbangkan; jangan ingatkan lagi.".to_owned()),
        submit: if added(name).is_some() { "Simpan pasal" } else { "Simpan untuk perjanjian ini" }.to_owned(),
        cancel: home,
        preview: shown,
        placeholders: placeholder_rows(name),
        text,
        ..WordingPage::default()
    })
}

/// The office's text has changed since the agreement copied it.
fn changed_below(home: &str, name: &str, history: &[Version]) -> Notice {
    let base = history.iter().find(|version| !version.own).map_or(1, |base| base.version);
    Notice {
        tone: Tone::Attention,
        title: "Redaksi kantor berubah sejak perjanjian ini menyalinnya".to_owned(),
        body: "Perjanjian ini tetap memakai teksnya sendiri. Lihat perubahannya, lalu ambil yang perlu."
            .to_owned(),
        why: None,
        acts: vec![Button::link(
            "Lihat perubahannya",
            format!("{home}/{name}/versi?dari={base}&ke=bawaan#beda"),
        )],
    }
}

/// `GET /perjanjian/{id}/redaksi/{paper}/{part}`
///
/// # Errors
/// 404 out of sight or for a wording that there is not; 403 for people of other agencies.
pub async fn edit_form(
    app: web::Data<App>,
    state: web::Data<State>,
    me: Me,
    path: web::Path<(Uuid, String, String)>,
) -> Answer {
    me.must(Act::ReadOffice)?;
    let (id, paper, part) = path.into_inner();
    let name = named(&paper, &part)?;
    let kept = load(&app, &me, id).await?;
    html(&page(&app, &state, &me, &kept, &name, Typing::default()).await?)
}

/// `POST /perjanjian/{id}/redaksi/{paper}/{part}/pratinjau`: changes nothing.
///
/// # Errors
/// 403 for those who may not change it; 503 when too many papers are being printed.
pub async fn show_preview(
    app: web::Data<App>,
    state: web::Data<State>,
    me: Me,
    path: web::Path<(Uuid, String, String)>,
    posted: Posted,
) -> Answer {
    me.must(Act::EditAgreements)?;
    let (id, paper, part) = path.into_inner();
    let name = named(&paper, &part)?;
    let kept = load(&app, &me, id).await?;
    let typing = Typing::of(&app, &posted);
    if !posted.typed.ticked("_fragment") {
        return html(&page(&app, &state, &me, &kept, &name, typing).await?);
    }
    let text = typing.typed.map(|typed| typed.text).unwrap_or_default();
    let after = place_of(&kept, &name, typing.after.as_deref());
    let wording = with_typed(&kept, &name, after.as_deref(), &text);
    let subject = Subject::agreement(&kept.agreement, Arc::clone(&kept.calendar), me.today);
    html(&preview(&state, Stationery { wording, ..kept.office.clone() }, name, subject).await?)
}

/// `POST /perjanjian/{id}/redaksi/{paper}/{part}`
///
/// # Errors
/// 409 when somebody was faster or the agreement is no draft; 422 with every fault and what was typed.
pub async fn save(
    app: web::Data<App>,
    state: web::Data<State>,
    me: Me,
    path: web::Path<(Uuid, String, String)>,
    posted: Posted,
) -> Answer {
    me.must(Act::EditAgreements)?;
    let (id, paper, part) = path.into_inner();
    let name = named(&paper, &part)?;
    let kept = load(&app, &me, id).await?;
    must_be_draft(&kept)?;
    let mut typing = Typing::of(&app, &posted);
    let (text, read, key) = typing
        .typed
        .as_ref()
        .map(|typed| (typed.text.clone(), typed.read, typed.key.clone()))
        .unwrap_or_default();
    let rebased = posted.typed.ticked("rebased");
    let after = place_of(&kept, &name, typing.after.as_deref());
    let stored = kept.own.iter().find(|version| version.name == name);
    let same_place = stored.is_some_and(|stored| stored.after == after) || added(&name).is_none();
    if kept.wording().get(&name) == Some(text.as_str()) && same_place && !rebased {
        return Ok(see_other_saying(&format!("{}/redaksi", kept.home()), "Tidak ada yang berubah."));
    }
    let wording = with_typed(&kept, &name, after.as_deref(), &text);
    let found = faults(&state, wording, name.clone()).await?;
    if !found.is_empty() {
        if let Some(typed) = &mut typing.typed {
            typed.faults = found;
        }
        return invalid(&page(&app, &state, &me, &kept, &name, typing).await?);
    }
    let new = NewText {
        title: spoken(&name, &text),
        after,
        base: kept.office.wording.get(&name).map(ToOwned::to_owned),
        text: Some(text),
        rebased,
        read,
        name: name.clone(),
    };
    let agreement_read = typing.agreement.unwrap_or_default();
    let (scope, to) = (me.scope(), format!("{}/redaksi", kept.home()));
    let outcome = once(&app, &me, &posted, move |db, deed| {
        wordings::change_clause(db, deed, scope, id, agreement_read, &new)?;
        Ok(to)
    });
    match outcome.await? {
        Outcome::Done(location) => Ok(see_other_saying(&location, "Redaksi perjanjian disimpan.")),
        Outcome::Taken(reason) => Err(WebError::Conflict(reason)),
        Outcome::Stale => {
            let fresh = load(&app, &me, id).await?;
            if let Some(typed) = &mut typing.typed {
                (typed.stale, typed.key) = (true, key);
            }
            conflict(&page(&app, &state, &me, &fresh, &name, typing).await?)
        }
    }
}

fn must_be_draft(kept: &Kept) -> Result<(), WebError> {
    if kept.is_draft() {
        return Ok(());
    }
    Err(WebError::Conflict("Redaksi sebuah perjanjian hanya dapat diubah selama masih rancangan.".to_owned()))
}

/// `GET /perjanjian/{id}/redaksi/{paper}/{part}/versi`
///
/// # Errors
/// 404 out of sight or for a wording that there is not; 403 for people of other agencies.
pub async fn versions(
    app: web::Data<App>,
    me: Me,
    path: web::Path<(Uuid, String, String)>,
    query: web::Query<HashMap<String, String>>,
) -> Answer {
    me.must(Act::ReadOffice)?;
    let (id, paper, part) = path.into_inner();
    let name = named(&paper, &part)?;
    let kept = load(&app, &me, id).await?;
    let history = history(&app, &me, id, &name).await?;
    let title = spoken(&name, history.first().map_or("", |latest| latest.text.as_str()));
    let home = format!("{}/redaksi/{name}", kept.home());
    html(&print_versions(
        &me,
        &Versions {
            crumbs: vec![
                Crumb::to("Perjanjian", "/perjanjian"),
                Crumb::to(kept.agreement.name(), kept.home()),
                Crumb::to("Redaksi", format!("{}/redaksi", kept.home())),
                Crumb::to(title.clone(), home.clone()),
                Crumb::here("Versi"),
            ],
            title,
            home,
            nav: NavItem::Agreements,
            history: &history,
            base: kept.office.wording.get(&name).unwrap_or_default(),
            base_name: "redaksi kantor",
        },
        &query,
    ))
}

/// `GET /perjanjian/{id}/redaksi/{paper}/{part}/batal`: asks before an own text goes.
///
/// # Errors
/// 404 where there is no own text; 409 for what is no draft.
pub async fn return_form(app: web::Data<App>, me: Me, path: web::Path<(Uuid, String, String)>) -> Answer {
    me.must(Act::EditAgreements)?;
    let (id, paper, part) = path.into_inner();
    let name = named(&paper, &part)?;
    let kept = load(&app, &me, id).await?;
    must_be_draft(&kept)?;
    let own = kept.own.iter().find(|version| version.name == name).ok_or(WebError::NotFound)?;
    let (home, title) = (format!("{}/redaksi", kept.home()), spoken(&name, &own.text));
    let (submit, lines) = if added(&name).is_some() {
        ("Hapus pasal", "Pasal ini tidak dicetak lagi; nomor dan rujukan pasal lain bergeser sendiri.")
    } else {
        ("Ikut redaksi kantor", "Naskah perjanjian ini kembali memakai redaksi kantor.")
    };
    html(&FormPage {
        layout: me.layout(submit, Some(NavItem::Agreements)),
        crumbs: vec![
            Crumb::to("Perjanjian", "/perjanjian"),
            Crumb::to(kept.agreement.name(), kept.home()),
            Crumb::to("Redaksi", home.clone()),
            Crumb::here(submit),
        ],
        heading: format!("{submit}: {title}"),
        lead: Some(format!("Milik perjanjian ini, {}.", since(own, me.user.zone))),
        form: Form {
            action: format!("{home}/{name}/batal"),
            key: key_of(&app, None),
            version: Some(format!("{}.{}", kept.agreement.version(), own.version)),
            submit: submit.to_owned(),
            loudness: Loudness::Danger,
            cancel: Some(home),
            ..Form::default()
        },
        aside: vec![AsideCard {
            title: "Yang terjadi".to_owned(),
            lines: vec![lines.to_owned(), "Teksnya tetap tersimpan di antara versinya.".to_owned()],
        }],
        ..FormPage::default()
    })
}

/// `POST /perjanjian/{id}/redaksi/{paper}/{part}/batal`
///
/// # Errors
/// 409 when somebody changed it meanwhile, when another text refers to it, or it is no draft.
pub async fn give_back(
    app: web::Data<App>,
    state: web::Data<State>,
    me: Me,
    path: web::Path<(Uuid, String, String)>,
    posted: Posted,
) -> Answer {
    me.must(Act::EditAgreements)?;
    let (id, paper, part) = path.into_inner();
    let name = named(&paper, &part)?;
    let kept = load(&app, &me, id).await?;
    must_be_draft(&kept)?;
    let own = kept.own.iter().find(|version| version.name == name);
    let title = spoken(&name, own.map_or("", |own| own.text.as_str()));
    // Another own text may refer to a label that goes with this one.
    let left: Vec<Version> = kept.own.iter().filter(|version| version.name != name).cloned().collect();
    let without = crate::app::wording::with(kept.office.wording.clone(), left);
    let asked = own.and_then(|own| own.after.clone()).unwrap_or_else(|| name.clone());
    if let Some(fault) = faults(&state, without, asked).await?.into_iter().next() {
        return Err(WebError::Conflict(format!("Belum dapat dilakukan: {fault}")));
    }
    let (agreement_read, read) = posted.typed.text("_version").split_once('.').unwrap_or_default();
    let agreement_read = agreement_read.parse().unwrap_or_default();
    let new = NewText {
        title,
        after: own.and_then(|own| own.after.clone()),
        text: None,
        base: kept.office.wording.get(&name).map(ToOwned::to_owned),
        rebased: false,
        read: read.parse().unwrap_or_default(),
        name,
    };
    let (scope, to) = (me.scope(), format!("{}/redaksi", kept.home()));
    super::super::deeds::press(&app, &me, &posted, "Redaksi perjanjian diperbarui.", move |db, deed| {
        wordings::change_clause(db, deed, scope, id, agreement_read, &new)?;
        Ok(to)
    })
    .await
}
