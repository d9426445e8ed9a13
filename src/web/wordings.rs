//! Wordings of the office's papers: list, editor with preview, versions, back to the default.

pub mod difference;
pub mod preview;
pub(super) mod versions;

use std::collections::{BTreeMap, HashMap};

use actix_web::web;

use super::deeds::{Outcome, key_of, once, press};
use super::error::{Answer, WebError};
use super::me::Me;
use super::pages::form::{AsideCard, Choice, Form, FormPage};
use super::pages::layout::NavItem;
use super::pages::parts::{Act as Button, Chip, Crumb, Loudness, Notice, Tone};
use super::pages::wordings::{WordingConflict, WordingGroup, WordingListPage, WordingPage, WordingRow};
use super::posted::Posted;
use super::{State, conflict, html, invalid, see_other_saying};
use crate::app::App;
use crate::clock::Zone;
use crate::documents::Stationery;
use crate::documents::clause::{Wording, standard, standard_names};
use crate::documents::review::review;
use crate::documents::titles::{folder, group, group_place, title};
use crate::domain::permission::Act;
use crate::domain::wording::date_long;
use crate::store::wordings::{self, NewText, Owner, Version};
use difference::difference;
use preview::{Subject, choices, placeholder_rows, preview};

/// `GET /redaksi`
///
/// # Errors
/// 403 for people of other agencies.
pub async fn list(app: web::Data<App>, me: Me) -> Answer {
    me.must(Act::ReadOffice)?;
    let owner = Owner::Office(me.user.office_id);
    let (own, bases) =
        app.store.read(move |db| Ok((wordings::in_use(db, owner)?, wordings::bases(db, owner)?))).await?;
    html(&print_list(&me, &own, &bases))
}

fn print_list(me: &Me, own: &[Version], bases: &BTreeMap<String, String>) -> WordingListPage {
    let mut folders: Vec<&str> = Vec::new();
    for name in standard_names() {
        if !folders.contains(&folder(name)) {
            folders.push(folder(name));
        }
    }
    folders.sort_by_key(|folder| group_place(folder));
    let row = |name: &str| {
        let version = own.iter().find(|version| version.name == name);
        let outdated = version.is_some() && bases.get(name).is_some_and(|base| standard(name) != Some(base));
        WordingRow {
            href: format!("/redaksi/{name}"),
            title: title(name),
            state: match (version, outdated) {
                (None, _) => Chip::new(Tone::Quiet, "bawaan"),
                (Some(_), false) => Chip::new(Tone::Info, "milik kantor"),
                (Some(_), true) => Chip::new(Tone::Attention, "bawaan berubah"),
            },
            note: version.map(|version| since(version, me.user.zone)).unwrap_or_default(),
            ..WordingRow::default()
        }
    };
    let groups: Vec<WordingGroup> = folders
        .into_iter()
        .map(|one| WordingGroup {
            title: group(one),
            rows: standard_names().filter(|name| folder(name) == one).map(row).collect(),
        })
        .collect();
    let count: usize = groups.iter().map(|group| group.rows.len()).sum();
    WordingListPage {
        layout: me.layout("Redaksi naskah", Some(NavItem::Wordings)),
        heading: "Redaksi naskah".to_owned(),
        summary: match own.len() {
            0 => format!("{count} redaksi, semuanya bawaan Kawal"),
            n => format!("{count} redaksi, {n} di antaranya milik kantor"),
        },
        groups,
        ..WordingListPage::default()
    }
}

/// "versi 3, 25 November 2026 oleh Bagus Prasetyo".
pub(super) fn since(version: &Version, zone: Zone) -> String {
    format!("versi {}, {} oleh {}", version.version, date_long(zone.date(version.at)), version.author)
}

/// The name of a wording in an address.
fn named((paper, part): (String, String)) -> Result<String, WebError> {
    let name = format!("{paper}/{part}");
    standard(&name).map(|_| name).ok_or(WebError::NotFound)
}

/// A text as it was typed, with the line ends of our files.
pub(super) fn typed_text(posted: &Posted) -> String {
    let text = posted.raw("text").replace("\r\n", "\n").replace('\r', "\n");
    format!("{}\n", text.trim_end())
}

/// Checks a text, waiting for one's turn.
///
/// # Errors
/// 503 when too many papers are being printed.
pub(super) async fn faults(
    state: &web::Data<State>,
    wording: Wording,
    name: String,
) -> Result<Vec<String>, WebError> {
    let _turn = super::turn(&state.paper_turn).await?;
    let found = web::block(move || review(&wording, &name)).await.map_err(|_| WebError::Busy)?;
    Ok(found.iter().map(|fault| fault.sentence()).collect())
}

/// What was typed, where the page is shown again.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    /// The text.
    pub(super) text: String,
    /// Why it was not saved.
    pub(super) faults: Vec<String>,
    /// With what the paper is previewed.
    pub(super) sample: String,
    /// One-time key of the form.
    pub(super) key: String,
    /// The version the page was opened at.
    pub(super) read: i32,
    /// Whether somebody else was faster.
    pub(super) stale: bool,
}

impl Typed {
    pub(super) fn of(app: &App, posted: &Posted) -> Self {
        Self {
            text: typed_text(posted),
            faults: Vec::new(),
            sample: posted.typed.text("sample").to_owned(),
            key: key_of(app, Some(posted)),
            read: posted.version().unwrap_or_default(),
            stale: false,
        }
    }
}

/// What the office has of a wording.
struct Kept {
    history: Vec<Version>,
    /// What the office prints with.
    stationery: Stationery,
    subject: Subject,
    samples: Vec<Choice>,
}

impl Kept {
    fn now(&self) -> i32 {
        self.history.first().map_or(0, |latest| latest.version)
    }

    fn own(&self) -> Option<&Version> {
        self.history.first().filter(|latest| latest.own)
    }

    /// The text that the office's was made from, where Kawal's has changed since.
    fn outdated(&self, name: &str) -> Option<&Version> {
        self.own()?;
        self.history.iter().find(|version| !version.own).filter(|base| standard(name) != Some(&base.text))
    }
}

async fn load(app: &web::Data<App>, me: &Me, name: &str, sample: &str) -> Result<Kept, WebError> {
    let (app_in, scope, today) = (app.clone(), me.scope(), me.today);
    let (name, sample) = (name.to_owned(), sample.to_owned());
    Ok(app
        .store
        .read(move |db| {
            let calendar = app_in.calendar(db, scope.office_id)?;
            let subject = Subject::named(db, scope, &sample, &name, calendar, today)?;
            Ok(Kept {
                history: wordings::history(db, Owner::Office(scope.office_id), &name)?,
                stationery: app_in.stationery(db, scope.office_id, None)?,
                samples: choices(db, scope, today, &subject.code)?,
                subject,
            })
        })
        .await?)
}

async fn page(
    app: &web::Data<App>,
    state: &web::Data<State>,
    me: &Me,
    name: &str,
    typed: Option<Typed>,
    sample: &str,
) -> Result<WordingPage, WebError> {
    let kept = load(app, me, name, typed.as_ref().map_or(sample, |typed| &typed.sample)).await?;
    let own = kept.own();
    let stored = kept.stationery.wording.get(name).unwrap_or_default().to_owned();
    let text = typed.as_ref().map_or_else(|| stored.clone(), |typed| typed.text.clone());
    let wording = kept.stationery.wording.clone().with(name, &text);
    let stationery = Stationery { wording, ..kept.stationery.clone() };
    let shown = preview(state, stationery, name.to_owned(), kept.subject.clone()).await?;
    let home = format!("/redaksi/{name}");
    let editable = me.may(Act::EditWording);
    let mut acts = Vec::new();
    if !kept.history.is_empty() {
        acts.push(Button::link("Versi dan perbedaan", format!("{home}/versi")).icon("history"));
    }
    if own.is_some() && editable {
        acts.push(Button::link("Kembalikan ke bawaan", format!("{home}/bawaan")).danger());
    }
    let stale = typed.as_ref().is_some_and(|typed| typed.stale);
    let latest = kept.history.first();
    Ok(WordingPage {
        layout: me.layout(&title(name), Some(NavItem::Wordings)),
        crumbs: vec![Crumb::to("Redaksi naskah", "/redaksi"), Crumb::here(title(name))],
        heading: title(name),
        lead: match own {
            Some(own) => format!("{} · milik kantor, {}", group(folder(name)), since(own, me.user.zone)),
            None => format!("{} · bawaan Kawal", group(folder(name))),
        },
        acts,
        notices: kept.outdated(name).map(|base| outdated(&home, base, me.user.zone)).into_iter().collect(),
        conflict: latest.filter(|_| stale).map(|latest| WordingConflict {
            who: latest.author.clone(),
            when: me.user.zone.stamp(latest.at),
            difference: difference(&stored, &text),
        }),
        action: home,
        key: match &typed {
            // The second try is a new form: the first one stored nothing.
            Some(typed) if !stale => typed.key.clone(),
            _ => key_of(app, None),
        },
        version: match &typed {
            Some(typed) if !stale => typed.read.to_string(),
            _ => kept.now().to_string(),
        },
        editable,
        changed: text != stored,
        faults: typed.map(|typed| typed.faults).unwrap_or_default(),
        rebase: kept
            .outdated(name)
            .map(|_| "Perubahan bawaan sudah saya pertimbangkan; jangan ingatkan lagi.".to_owned()),
        submit: "Simpan redaksi".to_owned(),
        cancel: "/redaksi".to_owned(),
        samples: if editable { kept.samples } else { Vec::new() },
        preview: shown,
        placeholders: placeholder_rows(name),
        text,
        ..WordingPage::default()
    })
}

/// The default has changed since the office copied it.
fn outdated(home: &str, base: &Version, zone: Zone) -> Notice {
    Notice {
        tone: Tone::Attention,
        title: "Bawaan berubah sejak Anda menyalin".to_owned(),
        body: format!(
            "Kantor memakai redaksinya sendiri, yang disalin dari bawaan Kawal pada {}. Sejak itu bawaannya diperbarui. Lihat perubahannya, lalu ambil yang perlu.",
            date_long(zone.date(base.at))
        ),
        why: None,
        acts: vec![Button::link(
            "Lihat perubahan bawaan",
            format!("{home}/versi?dari={}&ke=bawaan#beda", base.version),
        )],
    }
}

/// `GET /redaksi/{paper}/{part}`
///
/// # Errors
/// 404 for a wording that Kawal does not have; 403 for people of other agencies.
pub async fn edit_form(
    app: web::Data<App>,
    state: web::Data<State>,
    me: Me,
    path: web::Path<(String, String)>,
    query: web::Query<HashMap<String, String>>,
) -> Answer {
    me.must(Act::ReadOffice)?;
    let name = named(path.into_inner())?;
    let sample = query.get("contoh").map_or("", String::as_str);
    html(&page(&app, &state, &me, &name, None, sample).await?)
}

/// `POST /redaksi/{paper}/{part}/pratinjau`: changes nothing. To the script the paper alone, otherwise
/// the whole page with what was typed.
///
/// # Errors
/// 403 for those who may not change it; 503 when too many papers are being printed.
pub async fn show_preview(
    app: web::Data<App>,
    state: web::Data<State>,
    me: Me,
    path: web::Path<(String, String)>,
    posted: Posted,
) -> Answer {
    me.must(Act::EditWording)?;
    let name = named(path.into_inner())?;
    let typed = Typed::of(&app, &posted);
    if !posted.typed.ticked("_fragment") {
        return html(&page(&app, &state, &me, &name, Some(typed), "").await?);
    }
    let (app_in, scope, today) = (app.clone(), me.scope(), me.today);
    let (asked, sample) = (name.clone(), typed.sample);
    let (stationery, subject) = app
        .store
        .read(move |db| {
            let calendar = app_in.calendar(db, scope.office_id)?;
            let subject = Subject::named(db, scope, &sample, &asked, calendar, today)?;
            Ok((app_in.stationery(db, scope.office_id, None)?, subject))
        })
        .await?;
    let wording = stationery.wording.clone().with(name.as_str(), typed.text);
    html(&preview(&state, Stationery { wording, ..stationery }, name, subject).await?)
}

/// `POST /redaksi/{paper}/{part}`
///
/// # Errors
/// 409 with both texts when somebody was faster; 422 with every fault and what was typed.
pub async fn save(
    app: web::Data<App>,
    state: web::Data<State>,
    me: Me,
    path: web::Path<(String, String)>,
    posted: Posted,
) -> Answer {
    me.must(Act::EditWording)?;
    let name = named(path.into_inner())?;
    let mut typed = Typed::of(&app, &posted);
    let (app_in, office) = (app.clone(), me.user.office_id);
    let wording = app.store.read(move |db| app_in.wording_of_office(db, office)).await?;
    let home = format!("/redaksi/{name}");
    let rebased = posted.typed.ticked("rebased");
    if wording.get(&name) == Some(typed.text.as_str()) && !rebased {
        return Ok(see_other_saying(&home, "Tidak ada yang berubah."));
    }
    typed.faults = faults(&state, wording.with(name.as_str(), &typed.text), name.clone()).await?;
    if !typed.faults.is_empty() {
        return invalid(&page(&app, &state, &me, &name, Some(typed), "").await?);
    }
    let new = NewText {
        title: title(&name),
        after: None,
        text: Some(typed.text.clone()),
        base: standard(&name).map(ToOwned::to_owned),
        rebased,
        read: typed.read,
        name: name.clone(),
    };
    let to = home.clone();
    let outcome = once(&app, &me, &posted, move |db, deed| {
        wordings::change(db, deed, &new)?;
        Ok(to)
    });
    match outcome.await? {
        Outcome::Done(location) => {
            Ok(see_other_saying(&location, "Redaksi disimpan. Naskah yang dicetak sesudah ini memakainya."))
        }
        Outcome::Taken(reason) => {
            typed.faults.push(reason);
            invalid(&page(&app, &state, &me, &name, Some(typed), "").await?)
        }
        Outcome::Stale => {
            typed.stale = true;
            conflict(&page(&app, &state, &me, &name, Some(typed), "").await?)
        }
    }
}

/// `GET /redaksi/{paper}/{part}/bawaan`: asks before going back.
///
/// # Errors
/// 404 where there is nothing to go back from; 403 for those who may not change it.
pub async fn return_form(app: web::Data<App>, me: Me, path: web::Path<(String, String)>) -> Answer {
    me.must(Act::EditWording)?;
    let name = named(path.into_inner())?;
    let (owner, asked) = (Owner::Office(me.user.office_id), name.clone());
    let history = app.store.read(move |db| wordings::history(db, owner, &asked)).await?;
    let own = history.first().filter(|latest| latest.own).ok_or(WebError::NotFound)?;
    let home = format!("/redaksi/{name}");
    html(&FormPage {
        layout: me.layout("Kembalikan ke bawaan", Some(NavItem::Wordings)),
        crumbs: vec![
            Crumb::to("Redaksi naskah", "/redaksi"),
            Crumb::to(title(&name), home.clone()),
            Crumb::here("Kembalikan ke bawaan"),
        ],
        heading: "Kembalikan ke bawaan".to_owned(),
        lead: Some(format!("Redaksi “{}” milik kantor, {}.", title(&name), since(own, me.user.zone))),
        form: Form {
            action: format!("{home}/bawaan"),
            key: key_of(&app, None),
            version: Some(own.version.to_string()),
            submit: "Kembalikan ke bawaan".to_owned(),
            loudness: Loudness::Danger,
            cancel: Some(home),
            ..Form::default()
        },
        aside: vec![AsideCard {
            title: "Yang terjadi".to_owned(),
            lines: vec![
                "Naskah yang dicetak sesudah ini memakai bawaan Kawal, juga bila bawaannya kelak diperbarui."
                    .to_owned(),
                "Redaksi kantor tetap tersimpan di antara versinya dan dapat dipakai lagi.".to_owned(),
                "Naskah yang sudah ditandatangani dan redaksi sendiri sebuah perjanjian tidak berubah."
                    .to_owned(),
            ],
        }],
        ..FormPage::default()
    })
}

/// `POST /redaksi/{paper}/{part}/bawaan`
///
/// # Errors
/// 409 when somebody changed it meanwhile, or when another own wording refers to a label that only
/// this one has.
pub async fn give_back(
    app: web::Data<App>,
    state: web::Data<State>,
    me: Me,
    path: web::Path<(String, String)>,
    posted: Posted,
) -> Answer {
    me.must(Act::EditWording)?;
    let name = named(path.into_inner())?;
    let (app_in, office) = (app.clone(), me.user.office_id);
    let wording = app.store.read(move |db| app_in.wording_of_office(db, office)).await?;
    let without = wording.with(name.as_str(), standard(&name).unwrap_or_default());
    if let Some(fault) = faults(&state, without, name.clone()).await?.into_iter().next() {
        return Err(WebError::Conflict(format!("Belum dapat dikembalikan: {fault}")));
    }
    let new = NewText {
        title: title(&name),
        after: None,
        text: None,
        base: standard(&name).map(ToOwned::to_owned),
        rebased: false,
        read: posted.version().unwrap_or_default(),
        name: name.clone(),
    };
    press(&app, &me, &posted, "Redaksi kembali ke bawaan Kawal.", move |db, deed| {
        wordings::change(db, deed, &new)?;
        Ok(format!("/redaksi/{name}"))
    })
    .await
}
