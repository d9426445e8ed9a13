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
use crate::store::wordings::{self, Owner, Version};

/// Kawal's own text as a side of the comparison.
const STANDARD: &str = "bawaan";

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
    html(&print(&me, &name, &history, &query))
}

fn print(me: &Me, name: &str, history: &[Version], query: &HashMap<String, String>) -> VersionsPage {
    let home = format!("/redaksi/{name}");
    let own = history.first().filter(|latest| latest.own);
    let side = |key: &str, otherwise: String| {
        query
            .get(key)
            .filter(|value| *value == STANDARD || history.iter().any(|one| one.version.to_string() == **value))
            .cloned()
            .unwrap_or(otherwise)
    };
    // At first: what the office's text is beside Kawal's.
    let from = side("dari", STANDARD.to_owned());
    let to = side("ke", own.map_or_else(|| STANDARD.to_owned(), |own| own.version.to_string()));
    let text = |side: &str| {
        let version = history.iter().find(|one| one.version.to_string() == side);
        version.map_or_else(|| standard(name).unwrap_or_default(), |one| one.text.as_str())
    };
    let spoken = |side: &str| {
        if side == STANDARD { "bawaan Kawal saat ini".to_owned() } else { format!("versi {side}") }
    };
    let choices = |chosen: &str| {
        std::iter::once((STANDARD.to_owned(), "Bawaan Kawal saat ini".to_owned()))
            .chain(history.iter().map(|one| (one.version.to_string(), format!("Versi {}", one.version))))
            .map(|(value, label)| Choice { chosen: value == chosen, value, label, note: None })
            .collect()
    };
    VersionsPage {
        layout: me.layout(&format!("Versi {}", title(name)), Some(NavItem::Wordings)),
        crumbs: vec![
            Crumb::to("Redaksi naskah", "/redaksi"),
            Crumb::to(title(name), home.clone()),
            Crumb::here("Versi"),
        ],
        heading: format!("Versi {}", title(name)),
        rows: history
            .iter()
            .map(|one| VersionRow {
                name: format!("Versi {}", one.version),
                state: match (one.own, own) {
                    (true, Some(own)) if own.version == one.version => Some(Chip::new(Tone::Ok, "berlaku")),
                    (true, _) => None,
                    (false, _) => Some(Chip::new(Tone::Quiet, "bawaan saat itu")),
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
