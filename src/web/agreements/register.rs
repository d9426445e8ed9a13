//! `/perjanjian/daftarkan`: an agreement that is already running, from its minimum; reminded at once.

use std::sync::LazyLock;

use actix_web::web;
use serde_json::json;

use super::super::deeds::{Outcome, already, key_of, once};
use super::super::error::{Answer, WebError};
use super::super::fact_form::FactForm;
use super::super::me::Me;
use super::super::pages::form::{AsideCard, Form, FormPage, FormSection};
use super::super::pages::layout::NavItem;
use super::super::pages::parts::{Crumb, Loudness};
use super::super::posted::Posted;
use super::super::{html, invalid, see_other_saying};
use crate::app::App;
use crate::domain::acts::Acts;
use crate::domain::agreement::{Agreement, Origin, State as Stage};
use crate::domain::fact_sheet::FactSheet;
use crate::domain::fact_sheet::catalogue::{FACTS, Field, Kind};
use crate::domain::permission::Act;
use crate::store::{agreements, offices};

/// The facts of the minimum, by path.
const MINIMUM: &[&str] = &[
    "user.institution.name",
    "user.institution.short_name",
    "user.institution.kind",
    "user.institution.region.kind",
    "user.institution.region.name",
    "user.institution.address",
    "user.institution.email",
    "user.official.name",
    "user.official.degrees_before",
    "user.official.degrees_after",
    "user.official.position",
    "user.official.capacity",
    "user.official.nip",
    "user.official.email",
    "provider.number",
    "user.number",
    "signing.on",
    "term.months",
    "term.end_on",
    "term.end_rule",
    "renewal.stated_in",
    "renewal.clause",
    "subject.about",
    "subject.purpose",
];

/// The part of the catalogue that the minimum consists of, with the same names and paths.
static FIELDS: LazyLock<&'static [Field]> = LazyLock::new(|| narrowed(FACTS, ""));

fn narrowed(fields: &'static [Field], path: &str) -> &'static [Field] {
    let kept: Vec<Field> = fields
        .iter()
        .filter_map(|field| {
            let here = if path.is_empty() { field.key.to_owned() } else { format!("{path}.{}", field.key) };
            match field.kind {
                Kind::Group(children) => {
                    let children = narrowed(children, &here);
                    (!children.is_empty()).then_some(Field { kind: Kind::Group(children), ..*field })
                }
                _ => MINIMUM.contains(&here.as_str()).then_some(*field),
            }
        })
        .collect();
    // Made once per process and kept: the catalogue is static, and so is this part of it.
    Vec::leak(kept)
}

fn page(app: &App, me: &Me, form: &FactForm, posted: Option<&Posted>) -> FormPage {
    let key = key_of(app, posted);
    let sections: Vec<FormSection> = vec![
        form.section("lembaga", "Lembaga pengguna dan kepalanya sekarang", &["user"]),
        form.section("nomor", "Nomor PIHAK KESATU", &["provider"]),
        form.section("pokok", "Pokok perjanjian", &["subject"]),
        form.section("masa", "Masa berlaku", &["signing", "term"]).intro(
            "Isi lamanya atau hari terakhirnya. Dua tahun sejak ditandatangani berarti hari terakhirnya sehari sebelum ulang tahun kedua; tanggal yang tertulis selalu didahulukan.",
        ),
        form.section("perpanjangan", "Perpanjangan", &["renewal"]),
    ];
    FormPage {
        layout: me.layout("Daftarkan perjanjian berjalan", Some(NavItem::Agreements)),
        crumbs: vec![Crumb::to("Perjanjian", "/perjanjian"), Crumb::here("Daftarkan yang berjalan")],
        heading: "Daftarkan perjanjian berjalan".to_owned(),
        lead: Some("Cukup fakta pokoknya; selebihnya dapat menyusul.".to_owned()),
        form: Form {
            action: "/perjanjian/daftarkan".to_owned(),
            key,
            sections,
            submit: "Daftarkan".to_owned(),
            loudness: Loudness::Primary,
            cancel: Some("/perjanjian".to_owned()),
            errors: form.errors(),
            changed: posted.is_some(),
            ..Form::default()
        },
        aside: vec![AsideCard {
            title: "Yang terjadi".to_owned(),
            lines: vec![
                "Tenggat dihitung, dan bila sudah waktunya kepala instansi langsung diingatkan.".to_owned(),
                "Banyak perjanjian sekaligus: impor dari Excel atau CSV dengan `kawal import`.".to_owned(),
            ],
        }],
        ..FormPage::default()
    }
}

/// `GET /perjanjian/daftarkan`
///
/// # Errors
/// 403 for readers.
pub async fn show(app: web::Data<App>, me: Me) -> Answer {
    me.must(Act::EditAgreements)?;
    let office = me.user.office_id;
    let office = app.store.read(move |db| offices::find(db, office)).await?;
    let tree = json!({
        "user": {"institution": {"region": {"kind": office.region_kind.code(), "name": office.region_name}}},
        "term": {"months": 24},
    });
    html(&page(&app, &me, &FactForm::open(*FIELDS, &tree), None))
}

/// `POST /perjanjian/daftarkan`
///
/// # Errors
/// 422 with what was typed.
pub async fn register(app: web::Data<App>, me: Me, posted: Posted) -> Answer {
    me.must(Act::EditAgreements)?;
    if let Some(done) = already(&app, &me, &posted).await? {
        return Ok(done);
    }
    let office = me.user.office_id;
    let office = app.store.read(move |db| offices::find(db, office)).await?;
    let mut form = FactForm::posted(*FIELDS, &posted.pairs);
    let outcome = FactSheet::from_tree(form.tree());
    let mut facts = match outcome {
        Ok(facts) => facts,
        Err(faults) => {
            form.refuse(&faults);
            return invalid(&page(&app, &me, &form, Some(&posted)));
        }
    };
    for (path, lacking, text) in [
        ("user.institution.name", facts.user.institution.name.is_none(), "Isi nama lembaga penggunanya."),
        ("user.official.name", facts.user.official.name.is_none(), "Isi nama kepalanya sekarang."),
        ("user.official.position", facts.user.official.position.is_none(), "Isi jabatannya."),
        ("signing.on", facts.signing.on.is_none(), "Isi tanggal perjanjiannya."),
        (
            "term.months",
            facts.term.months.is_none() && facts.term.end_on.is_none(),
            "Isi lamanya, atau hari terakhir berlaku.",
        ),
    ] {
        if lacking {
            form.refuse_at(path, text);
        }
    }
    if form.refused() {
        return invalid(&page(&app, &me, &form, Some(&posted)));
    }
    facts.provider.institution = office.institution();
    let id = app.ids.next();
    let change = Agreement::begin(id, office.id, Origin::Registered, Stage::Signed, facts, Acts::default())?;
    let outcome = once(&app, &me, &posted, move |db, deed| {
        agreements::add(db, deed, &change)?;
        Ok(format!("/perjanjian/{id}"))
    });
    match outcome.await? {
        Outcome::Done(location) => {
            super::super::remind_at_once(&app, me.user.office_id, id).await;
            Ok(see_other_saying(&location, "Perjanjian didaftarkan; tenggatnya sudah dihitung."))
        }
        Outcome::Taken(reason) => {
            form.refuse_at("provider.number", reason);
            invalid(&page(&app, &me, &form, Some(&posted)))
        }
        Outcome::Stale => Err(WebError::Busy),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fact_sheet::catalogue::find;

    #[test]
    fn every_fact_of_the_minimum_is_in_the_catalogue_and_in_the_form() {
        for path in MINIMUM {
            assert!(find(path).is_some(), "{path}");
        }
        let names: Vec<&str> = FIELDS.iter().map(|field| field.key).collect();
        assert_eq!(names, ["provider", "user", "subject", "signing", "term", "renewal"]);
    }
}
