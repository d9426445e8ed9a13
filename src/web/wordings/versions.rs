//! `GET /redaksi/{paper}/{part}/versi`: every version, and what leads from one text to another.

use std::collections::HashMap;

use actix_web::web;

use super::super::error::Answer;
use super::super::html;
use super::super::me::Me;
use super::super::pages::form::Choice;
use super::super::pages::layout::NavItem;
use super::super::pages::parts::{Chip, Crumb, Tone};
use super::super::pages::wordings::{VersionRow, VersionsPage};
use super::difference::difference;
use super::named;
use crate::app::App;
use crate::documents::clause::standard;
use crate::documents::titles::title;
use crate::domain::permission::Act;
use crate::domain::wording::capitalise;
use crate::store::wordings::{self, Owner, Version};

/// The text that an own one is made from, as it is now, as a side of the comparison.
const BASE: &str = "bawaan";

/// Whose versions are shown.
pub struct Versions<'a> {
    /// What the wording is called.
    pub title: String,
    /// Its page.
    pub home: String,
    /// Path to it.
    pub crumbs: Vec<Crumb>,
    /// Page of the navigation.
    pub nav: NavItem,
    /// Every version, the newest first.
    pub history: &'a [Version],
    /// The text that it is made from, as it is now.
    pub base: &'a str,
    /// "Bawaan Kawal", "Redaksi kantor".
    pub base_name: &'a str,
}

/// `GET /redaksi/{paper}/{part}/versi`
///
/// # Errors
/// 404 for a wording that Kawal does not have; 403 for people of other agencies.
pub async fn show(
    app: web::Data<App>,
    me: Me,
    path: web::Path<(String, String)>,
    query: web::Query<HashMap<String, String>>,
) -> Answer {
    me.must(Act::ReadOffice)?;
    let name = named(path.into_inner())?;
    let (owner, asked) = (Owner::Office(me.user.office_id), name.clone());
    let history = app.store.read(move |db| wordings::history(db, owner, &asked)).await?;
    let home = format!("/redaksi/{name}");
    html(&print(
        &me,
        &Versions {
            title: title(&name),
            crumbs: vec![
                Crumb::to("Redaksi naskah", "/redaksi"),
                Crumb::to(title(&name), home.clone()),
                Crumb::here("Versi"),
            ],
            home,
            nav: NavItem::Wordings,
            history: &history,
            base: standard(&name).unwrap_or_default(),
            base_name: "bawaan Kawal",
        },
        &query,
    ))
}

/// The versions of a wording and the difference that the address asks for.
pub fn print(me: &Me, of: &Versions<'_>, query: &HashMap<String, String>) -> VersionsPage {
    let Versions { history, home, .. } = of;
    let own = history.first().filter(|latest| latest.own);
    let side = |key: &str, otherwise: String| {
        query
            .get(key)
            .filter(|value| *value == BASE || history.iter().any(|one| one.version.to_string() == **value))
            .cloned()
            .unwrap_or(otherwise)
    };
    // At first: what the own text is beside the one it is made from.
    let from = side("dari", BASE.to_owned());
    let to = side("ke", own.map_or_else(|| BASE.to_owned(), |own| own.version.to_string()));
    let text = |side: &str| {
        let version = history.iter().find(|one| one.version.to_string() == side);
        version.map_or(of.base, |one| one.text.as_str())
    };
    let base_now = format!("{} saat ini", of.base_name);
    let spoken = |side: &str| if side == BASE { base_now.clone() } else { format!("versi {side}") };
    let choices = |chosen: &str| {
        std::iter::once(BASE.to_owned())
            .chain(history.iter().map(|one| one.version.to_string()))
            .map(|value| Choice {
                chosen: value == chosen,
                label: capitalise(&spoken(&value)),
                value,
                note: None,
            })
            .collect()
    };
    VersionsPage {
        layout: me.layout(&format!("Versi {}", of.title), Some(of.nav)),
        crumbs: of.crumbs.clone(),
        heading: format!("Versi {}", of.title),
        rows: history
            .iter()
            .map(|one| VersionRow {
                name: format!("Versi {}", one.version),
                state: match (one.own, own) {
                    (true, Some(own)) if own.version == one.version => Some(Chip::new(Tone::Ok, "berlaku")),
                    (true, _) => None,
                    (false, _) => Some(Chip::new(Tone::Quiet, format!("{} saat itu", of.base_name))),
                },
                author: one.author.clone(),
                when: me.user.zone.stamp(one.at),
                sha256: one.sha256.get(..12).unwrap_or_default().to_owned(),
                href: (one.version > 1)
                    .then(|| format!("{home}/versi?dari={}&ke={}", one.version - 1, one.version)),
            })
            .collect(),
        action: format!("{home}/versi"),
        compared: format!("Dari {} ke {}", spoken(&from), spoken(&to)),
        difference: difference(text(&from), text(&to)),
        from: choices(&from),
        to: choices(&to),
    }
}
