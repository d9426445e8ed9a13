//! Settings of the office, and who may sign in there.

use std::collections::BTreeMap;

use actix_web::web;
use uuid::Uuid;

use super::deeds::{Meanwhile, Outcome, already, key_of, once};
use super::error::{Answer, WebError};
use super::me::Me;
use super::pages::form::{AsideCard, Conflict, ConflictRow, Form, FormItem, FormPage, Typed, id_of};
use super::pages::layout::NavItem;
use super::pages::parts::{Crumb, FilterChip};
use super::pages::settings::{LABELS, MemberRow, MembersPage, member_sections, settings_sections};
use super::posted::Posted;
use super::{State, conflict, html, invalid, see_other_saying};
use crate::app::App;
use crate::clock::Zone;
use crate::domain::audit::Verb;
use crate::domain::fact_sheet::RegionKind;
use crate::domain::permission::{Act, Role};
use crate::password;
use crate::store::offices::Office;
use crate::store::users::Member;
use crate::store::{institutions, offices, users};

/// The office that a form describes; refuses what does not hold, beside its field.
pub fn office_from(typed: &mut Typed, id: Uuid, version: i32) -> Option<Office> {
    let needed = [
        ("office_name", "Isi nama kantor."),
        ("region_name", "Isi nama wilayah."),
        ("address", "Isi alamat kantor."),
        ("sender_name", "Isi nama pengirim."),
    ];
    for (name, reason) in needed {
        if typed.text(name).is_empty() {
            typed.refuse(name, reason);
        } else if typed.text(name).chars().count() > 300 {
            typed.refuse(name, "Paling banyak 300 huruf.");
        }
    }
    for name in ["short_name", "region_code", "region_head_title", "phone"] {
        if typed.text(name).chars().count() > 300 {
            typed.refuse(name, "Paling banyak 300 huruf.");
        }
    }
    let optional =
        |typed: &Typed, name: &str| Some(typed.text(name).to_owned()).filter(|text| !text.is_empty());
    for name in ["reply_to", "email"] {
        if let Some(address) = optional(typed, name)
            && !validator::ValidateEmail::validate_email(&address)
        {
            typed.refuse(name, "Isi alamat surel yang lengkap, misalnya dukcapil@contoh.go.id.");
        }
    }
    let kind = RegionKind::ALL.iter().copied().find(|kind| kind.code() == typed.text("region_kind"));
    if kind.is_none() {
        typed.refuse("region_kind", "Pilih jenis wilayah.");
    }
    let zone = Zone::parse(&typed.text("zone").to_lowercase());
    if zone.is_none() {
        typed.refuse("zone", "Pilih zona waktu.");
    }
    let (Some(region_kind), Some(zone), false) = (kind, zone, typed.refused()) else { return None };
    let name = typed.text("office_name").to_owned();
    let region_name = typed.text("region_name").to_owned();
    let reply_to = optional(typed, "reply_to");
    Some(Office {
        id,
        version,
        short_name: optional(typed, "short_name")
            .unwrap_or_else(|| format!("Disdukcapil {} {region_name}", region_kind.label())),
        name,
        region_kind,
        region_code: optional(typed, "region_code"),
        head_title: optional(typed, "region_head_title")
            .unwrap_or_else(|| region_kind.head_title().to_owned()),
        region_name,
        address: typed.text("address").to_owned(),
        phone: optional(typed, "phone"),
        email: optional(typed, "email").or_else(|| reply_to.clone()),
        zone,
        sender_name: typed.text("sender_name").to_owned(),
        reply_to,
    })
}

/// The settings as the form has them.
pub fn typed_of(office: &Office) -> Typed {
    let mut typed = Typed::default();
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    for (name, value) in [
        ("office_name", office.name.clone()),
        ("short_name", office.short_name.clone()),
        ("region_kind", office.region_kind.code().to_owned()),
        ("region_name", office.region_name.clone()),
        ("region_code", text(&office.region_code)),
        ("region_head_title", office.head_title.clone()),
        ("address", office.address.clone()),
        ("phone", text(&office.phone)),
        ("email", text(&office.email)),
        ("zone", office.zone.code().to_owned()),
        ("sender_name", office.sender_name.clone()),
        ("reply_to", text(&office.reply_to)),
    ] {
        typed.set(name, value);
    }
    typed
}

/// A setting in the words of the log; none for an empty one.
fn words(typed: &Typed, name: &str) -> Option<String> {
    let text = typed.text(name);
    let choices = match name {
        "region_kind" => RegionKind::CHOICES,
        // The log says "WIB"; the offset stands on the form only.
        "zone" => return Zone::parse(text).map(|zone| zone.label().to_owned()),
        _ => &[],
    };
    let label = choices.iter().find(|(code, _)| *code == text).map_or(text, |(_, label)| label);
    Some(label.to_owned()).filter(|text| !text.is_empty())
}

/// The pages of the settings; `here` is the address of the one that is shown.
pub(super) fn tabs(here: &str) -> Vec<FilterChip> {
    [
        ("Kantor", "/pengaturan"),
        ("Pengguna", "/pengaturan/pengguna"),
        ("Naskah", "/pengaturan/naskah"),
        ("Kop surat", "/pengaturan/kop"),
    ]
    .map(|(label, href)| FilterChip {
        label: label.to_owned(),
        count: String::new(),
        href: href.to_owned(),
        current: href == here,
    })
    .to_vec()
}

fn page(me: &Me, typed: &Typed, version: i32, key: String, clash: Option<Conflict>) -> FormPage {
    let mut sections = settings_sections(typed);
    let fields = sections.iter_mut().flat_map(|section| &mut section.items.0);
    for item in fields {
        if let (FormItem::Field(field), Some(clash)) = (item, &clash) {
            let row = clash.rows.iter().find(|row| row.field_id == field.id() && row.yours.is_some());
            field.stored_now = row.map(|row| row.theirs.clone());
        }
    }
    FormPage {
        layout: me.layout("Pengaturan", Some(NavItem::Settings)),
        heading: "Pengaturan kantor".to_owned(),
        lead: Some("Berlaku seketika; setiap perubahan dicatat.".to_owned()),
        chips: tabs("/pengaturan"),
        form: Form {
            action: "/pengaturan".to_owned(),
            key,
            version: Some(version.to_string()),
            sections,
            submit: "Simpan pengaturan".to_owned(),
            errors: typed.errors(""),
            changed: typed.refused() || clash.is_some(),
            ..Form::default()
        },
        conflict: clash,
        aside: vec![AsideCard {
            title: "Yang tidak berubah".to_owned(),
            lines: vec![
                "Naskah yang sudah ditandatangani tetap memakai nama dan alamat saat itu.".to_owned(),
            ],
        }],
        ..FormPage::default()
    }
}

/// `GET /pengaturan`
///
/// # Errors
/// 403 for everybody but administrators.
pub async fn show(app: web::Data<App>, me: Me) -> Answer {
    me.must(Act::Administer)?;
    let id = me.user.office_id;
    let office = app.store.read(move |db| offices::find(db, id)).await?;
    html(&page(&me, &typed_of(&office), office.version, key_of(&app, None), None))
}

/// `POST /pengaturan`
///
/// # Errors
/// 409 with both versions; 422 with what was typed.
pub async fn change(app: web::Data<App>, me: Me, posted: Posted) -> Answer {
    me.must(Act::Administer)?;
    let (id, zone) = (me.user.office_id, me.user.zone);
    let read = posted.version().unwrap_or_default();
    let key = key_of(&app, Some(&posted));
    let mut typed = posted.typed.clone();
    if let Some(office) = office_from(&mut typed, id, read) {
        let outcome = once(&app, &me, &posted, move |db, deed| {
            offices::change_settings(db, deed, &office)?;
            Ok("/pengaturan".to_owned())
        })
        .await?;
        match outcome {
            Outcome::Done(location) => return Ok(see_other_saying(&location, "Pengaturan disimpan.")),
            Outcome::Taken(reason) => typed.refuse("", reason),
            Outcome::Stale => {
                let (stored, meanwhile) = app
                    .store
                    .read(move |db| {
                        let stored = offices::find(db, id)?;
                        let steps = stored.version - read;
                        let verbs = [Verb::OfficeChanged.code()];
                        Ok((stored, Meanwhile::since(db, id, zone, id, &verbs, steps)?))
                    })
                    .await?;
                let rows = reconcile(&mut typed, &typed_of(&stored), &meanwhile.before);
                let clash = Some(meanwhile.conflict(rows));
                return conflict(&page(&me, &typed, stored.version, key, clash));
            }
        }
    }
    invalid(&page(&me, &typed, read, key, None))
}

/// What this person left alone is taken over; what both changed stays as typed. One row for each.
fn reconcile(
    typed: &mut Typed,
    stored: &Typed,
    before: &BTreeMap<String, Option<String>>,
) -> Vec<ConflictRow> {
    let mut rows = Vec::new();
    for (name, label) in LABELS {
        let (mine, theirs) = (words(typed, name), words(stored, name));
        let Some(was) = before.get(*name).filter(|_| mine != theirs) else { continue };
        let said = |words: &Option<String>| words.clone().unwrap_or_else(|| "kosong".to_owned());
        let untouched = mine == *was;
        if untouched {
            typed.set(*name, stored.text(name));
        }
        rows.push(ConflictRow {
            field_id: id_of(name),
            label: (*label).to_owned(),
            before: said(was),
            theirs: said(&theirs),
            yours: (!untouched).then(|| said(&mine)),
        });
    }
    rows
}

/// What the page of members is made of.
struct Loaded {
    members: Vec<Member>,
    institutions: Vec<(String, String)>,
}

async fn load(app: &web::Data<App>, me: &Me) -> Result<Loaded, WebError> {
    let office = me.user.office_id;
    Ok(app
        .store
        .read(move |db| {
            Ok(Loaded {
                members: users::members(db, office)?,
                institutions: institutions::list(db, office)?
                    .into_iter()
                    .map(|listed| (listed.id.to_string(), listed.name().to_owned()))
                    .collect(),
            })
        })
        .await?)
}

fn members_page(me: &Me, loaded: &Loaded, typed: &Typed, key: String) -> MembersPage {
    let mut choices = vec![("", "tidak ada")];
    choices.extend(loaded.institutions.iter().map(|(id, name)| (id.as_str(), name.as_str())));
    let name_of = |id: Uuid| {
        loaded.institutions.iter().find(|(known, _)| *known == id.to_string()).map(|(_, name)| name.clone())
    };
    MembersPage {
        layout: me.layout("Pengguna", Some(NavItem::Settings)),
        crumbs: vec![Crumb::to("Pengaturan", "/pengaturan"), Crumb::here("Pengguna")],
        summary: format!("{} orang dapat masuk", loaded.members.len()),
        chips: tabs("/pengaturan/pengguna"),
        members: loaded
            .members
            .iter()
            .map(|member| MemberRow {
                name: member.name.clone(),
                email: member.email.clone(),
                role: member.role.label().to_owned(),
                institution: member.institution_id.and_then(name_of),
            })
            .collect(),
        form: Form {
            action: "/pengaturan/pengguna".to_owned(),
            key,
            sections: member_sections(typed, Role::CHOICES, &choices),
            submit: "Tambah pengguna".to_owned(),
            errors: typed.errors(""),
            changed: typed.refused(),
            ..Form::default()
        },
    }
}

/// `GET /pengaturan/pengguna`
///
/// # Errors
/// 403 for everybody but administrators.
pub async fn members(app: web::Data<App>, me: Me) -> Answer {
    me.must(Act::Administer)?;
    let mut typed = Typed::default();
    typed.set("role", Role::Staff.code());
    html(&members_page(&me, &load(&app, &me).await?, &typed, key_of(&app, None)))
}

/// `POST /pengaturan/pengguna`
///
/// # Errors
/// 422 with what was typed, the password excepted.
pub async fn add_member(app: web::Data<App>, state: web::Data<State>, me: Me, posted: Posted) -> Answer {
    me.must(Act::Administer)?;
    // Before the password is hashed a second time.
    if let Some(done) = already(&app, &me, &posted).await? {
        return Ok(done);
    }
    let loaded = load(&app, &me).await?;
    let mut typed = posted.typed.clone();
    let (name, email) = (typed.text("name").to_owned(), typed.text("email").to_owned());
    if name.is_empty() || name.chars().count() > 200 {
        typed.refuse("name", "Isi namanya, paling banyak 200 huruf.");
    }
    if !validator::ValidateEmail::validate_email(&email) {
        typed.refuse("email", "Isi alamat surel yang lengkap.");
    }
    let role = Role::parse(typed.text("role"));
    if role.is_none() {
        typed.refuse("role", "Pilih perannya.");
    }
    let institution = typed.text("institution").to_owned();
    let known = loaded.institutions.iter().any(|(id, _)| *id == institution);
    let bound = role.is_some_and(Role::sees_own_institution_only);
    if bound && !known {
        typed.refuse("institution", "Pilih instansinya.");
    } else if !bound && !institution.is_empty() {
        typed.refuse("institution", "Hanya untuk kepala instansi dan operator.");
    }
    let secret = posted.raw("password").to_owned();
    if let Err(reason) = password::check(&secret, &email) {
        typed.refuse("password", reason);
    } else if secret != posted.raw("password_again") {
        typed.refuse("password_again", "Tidak sama dengan kata sandi di atas.");
    }
    if let (Some(role), false) = (role, typed.refused()) {
        let hash = {
            let _turn = state.hash_turn.acquire().await.map_err(|_| WebError::Busy)?;
            let cost = state.cost;
            web::block(move || password::hash(&secret, cost)).await.map_err(|_| WebError::Busy)??
        };
        let institution = Uuid::parse_str(&institution).ok();
        let outcome = once(&app, &me, &posted, move |db, deed| {
            users::add(db, deed, &email, &name, Some(&hash), role, institution)?;
            Ok("/pengaturan/pengguna".to_owned())
        })
        .await?;
        match outcome {
            Outcome::Done(location) => return Ok(see_other_saying(&location, "Pengguna ditambahkan.")),
            Outcome::Taken(reason) => typed.refuse("email", reason),
            Outcome::Stale => return Err(WebError::NotFound),
        }
    }
    invalid(&members_page(&me, &loaded, &typed, key_of(&app, Some(&posted))))
}
