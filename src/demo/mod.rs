//! The demonstration: two fictional offices with agreements in every state relative to today.
//!
//! Everything goes through the same verbs and the same store as in earnest; only the dates of the
//! deeds are set back, so that the history reads like one.

mod agencies;
mod scenes;

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use uuid::Uuid;

use crate::app::App;
use crate::clock::Zone;
use crate::documents::{Print, pks};
use crate::domain::acts::Acts;
use crate::domain::agreement::{Agreement, Change, Origin, State};
use crate::domain::audit::Actor;
use crate::domain::dates::sub_months;
use crate::domain::fact_sheet::{FactSheet, Institution, RegionKind};
use crate::domain::permission::Role;
use crate::domain::print::SignedPaper;
use crate::password::{self, Cost};
use crate::store::agreements::{self, Scope};
use crate::store::connection::Db;
use crate::store::deed::Deed;
use crate::store::offices::{self, Office};
use crate::store::{self, frozen_papers, institutions, users};
use agencies::{AGENCIES, Agency};
use scenes::{Deedlet, FIRST, SECOND, Scene, Timed, reports, settle, stage};

/// The five twins, as files.
const TWINS: &[&str] = &[
    include_str!("../../tests/fixtures/twins/pertanian.yaml"),
    include_str!("../../tests/fixtures/twins/bpbd.yaml"),
    include_str!("../../tests/fixtures/twins/kecamatan.yaml"),
    include_str!("../../tests/fixtures/twins/desa.yaml"),
    include_str!("../../tests/fixtures/twins/dinas_sosial.yaml"),
];

/// Password of every account of the demonstration; public on purpose.
pub const PASSWORD: &str = "peragaan-kawal";

/// A sign-in of the demonstration.
#[derive(Debug, Clone)]
pub struct Account {
    /// Role and office in words.
    pub role: String,
    /// Address.
    pub email: String,
}

/// Fills an empty installation and answers its sign-ins. `agreements` is how many there shall be at
/// least; past the scenes, running agreements are added.
///
/// # Errors
/// When the database refuses.
pub fn fill(app: &App, agreements: usize) -> anyhow::Result<Vec<Account>> {
    let hash = password::hash(PASSWORD, Cost::Full)?;
    let twins = twins()?;
    let mut accounts = Vec::new();
    let today = app.clock.today(Zone::Wib);
    for (index, office) in [kabupaten(app.ids.next()), kota(app.ids.next())].into_iter().enumerate() {
        let opened = sub_months(today, 40);
        let deed = circumstances(app, &office, opened, Actor::System);
        app.store.write_now(|db| offices::open(db, &deed, &office))?;
        let scenes = if index == 0 { FIRST } else { SECOND };
        let mut acts = Timed::default();
        for twin in
            twins.iter().filter(|twin| twin.provider.institution.name.as_deref() == Some(&office.name))
        {
            let signed = twin.signing.on.unwrap_or(today);
            acts.at(signed, Deedlet::Add(Box::new((twin.clone(), Origin::Imported, State::Signed))));
            reports(&mut acts, twin, twin.provider.number.as_deref().unwrap_or_default(), today);
            settle(&mut acts, twin, today);
        }
        let base = twins.first().context("tidak ada kembaran")?;
        for (n, (scene, agency)) in scenes.iter().zip(AGENCIES).enumerate() {
            stage(&mut acts, &plain(base, &office, agency, n), *scene, today);
        }
        // Of a large demonstration the second office gets four hundred: a large office in real life.
        let wanted =
            if index == 0 { agreements.saturating_sub(SECOND.len()) } else { (agreements / 10).min(400) };
        for n in AGENCIES.len()..(wanted.saturating_sub(scenes.len()) + AGENCIES.len()) {
            let agency = &AGENCIES[n % AGENCIES.len()];
            let facts = numbered(&plain(base, &office, agency, n), n / AGENCIES.len());
            stage(&mut acts, &facts, Scene::InForce(u32::try_from(n % 21).unwrap_or(0)), today);
        }
        let staff = people(app, &office, opened, &hash, index == 0, &mut accounts)?;
        play(app, &office, &staff, acts)?;
        if index == 0 {
            accounts.push(head(app, &office, &hash)?);
        }
    }
    Ok(accounts)
}

fn kabupaten(id: Uuid) -> Office {
    Office {
        id,
        version: 1,
        name: "Dinas Kependudukan dan Pencatatan Sipil Kabupaten Nusa Kencana".into(),
        short_name: "Disdukcapil Kabupaten Nusa Kencana".into(),
        region_kind: RegionKind::Kabupaten,
        region_name: "Nusa Kencana".into(),
        region_code: Some("98.01".into()),
        head_title: "Bupati".into(),
        address: "Jalan Kencana Raya Nomor 10, Kencana 99101".into(),
        phone: Some("(0990) 555101".into()),
        email: Some("disdukcapil@nusakencana.example".into()),
        zone: Zone::Wib,
        sender_name: "Disdukcapil Kabupaten Nusa Kencana".into(),
        reply_to: Some("pks@nusakencana.example".into()),
    }
}

fn kota(id: Uuid) -> Office {
    Office {
        id,
        version: 1,
        name: "Dinas Kependudukan dan Pencatatan Sipil Kota Tirta Jaya".into(),
        short_name: "Disdukcapil Kota Tirta Jaya".into(),
        region_kind: RegionKind::Kota,
        region_name: "Tirta Jaya".into(),
        region_code: Some("98.71".into()),
        head_title: "Wali Kota".into(),
        address: "Jalan Bendung Nomor 7, Tirta Jaya 99771".into(),
        phone: Some("(0991) 555707".into()),
        email: Some("disdukcapil@tirtajaya.example".into()),
        zone: Zone::Wita,
        sender_name: "Disdukcapil Kota Tirta Jaya".into(),
        reply_to: Some("pks@tirtajaya.example".into()),
    }
}

/// The twins, moved into the two offices of the demonstration.
fn twins() -> anyhow::Result<Vec<FactSheet>> {
    let moved = [("Teluk Kirana", "98.05"), ("Arga Mulya", "98.03"), ("Banyu Lestari", "98.07")];
    TWINS
        .iter()
        .map(|text| {
            let text = moved.iter().fold((*text).to_owned(), |text, (region, code)| {
                text.replace(region, "Nusa Kencana").replace(code, "98.01")
            });
            let mut tree: serde_json::Value = serde_saphyr::from_str(&text)?;
            if let Some(map) = tree.as_object_mut() {
                map.remove("kawal");
            }
            FactSheet::from_tree(tree).map_err(|faults| anyhow::anyhow!("kembaran tidak sah: {faults:?}"))
        })
        .collect()
}

/// A complete fact sheet of an agency, unsigned and without numbers.
fn plain(base: &FactSheet, office: &Office, agency: &Agency, n: usize) -> FactSheet {
    let mut facts = base.clone();
    let region = office.region();
    let name = format!("{} {region}", agency.name);
    let mailbox = agency.short.to_lowercase().replace(' ', "");
    let host =
        if office.region_kind == RegionKind::Kota { "tirtajaya.example" } else { "nusakencana.example" };
    facts.provider.number = None;
    facts.provider.institution = office.institution();
    facts.provider.standing = None;
    facts.provider.official.name = Some(
        if office.region_kind == RegionKind::Kota { "Ratna Puspaningrum" } else { "Endang Prabawati" }.into(),
    );
    facts.provider.official.degrees_before = None;
    facts.provider.official.degrees_after = Some("S.Sos., M.Si.".into());
    facts.provider.official.position = Some(format!("Kepala {}", office.name));
    facts.provider.official.nip = Some(format!("1971{:02}12199703200{}", 1 + n % 12, 1 + n % 9));
    facts.provider.official.address = None;
    facts.provider.official.email = None;
    facts.user.number = None;
    facts.user.standing = None;
    facts.user.institution = Institution {
        name: Some(name.clone()),
        short_name: Some(agency.short.into()),
        kind: agency.kind,
        region: facts.provider.institution.region.clone(),
        affairs: Some(agency.affairs.into()),
        address: Some(format!("Jalan Melati Nomor {}, {}", 3 + n * 2, office.region_name)),
        phone: None,
        email: Some(format!("{mailbox}@{host}")),
        letterhead: Vec::new(),
    };
    let official = &mut facts.user.official;
    official.name = Some(agency.head.into());
    official.degrees_before = None;
    official.degrees_after = Some(agency.degrees.into());
    official.position = Some(format!("Kepala {name}"));
    official.nip = Some(format!("1975{:02}08200003100{}", 1 + n % 12, 1 + n % 9));
    official.rank = Some("Pembina Utama Muda".into());
    official.address = None;
    official.acts_for = None;
    official.email = Some(format!("kepala.{mailbox}@{host}"));
    facts.subject.about = Some(format!(
        "Pemanfaatan Nomor Induk Kependudukan, Data Kependudukan, dan Kartu Tanda Penduduk Elektronik dalam Lingkup Tugas {name}"
    ));
    facts.subject.about_short = None;
    facts.subject.purpose = Some(agency.purpose.into());
    facts.feedback.items = agency.feedback.iter().map(|item| (*item).to_owned()).collect();
    facts.feedback.right_items.clear();
    facts.feedback.url = None;
    facts.legal_bases.retain(|basis| basis.regulation.region.is_none());
    facts.approval_letters.truncate(1);
    for letter in &mut facts.approval_letters {
        letter.number = Some(format!("400.8.1.2/{}/Dukcapil", 2100 + n * 37));
        letter.about = Some("Persetujuan Pemanfaatan Data Kependudukan".into());
    }
    facts.network.facilitator = Some(format!("Dinas Komunikasi dan Informatika {region}"));
    facts.network.ip_lan = None;
    facts.network.target = None;
    facts.network.target_on = None;
    facts.signing =
        crate::domain::fact_sheet::Signing { place: Some(office.region_name.clone()), ..Default::default() };
    facts.term = crate::domain::fact_sheet::Term { months: Some(24), ..Default::default() };
    facts.application = Default::default();
    facts.papers = Default::default();
    facts.letters = Default::default();
    facts.changes.clear();
    facts.proofs.clear();
    facts.handovers.clear();
    facts.addenda.clear();
    facts.reports.clear();
    facts.assessments.clear();
    facts.official_changes.clear();
    facts.warnings.clear();
    facts.access_proposals.clear();
    facts.supersedes = Default::default();
    facts.contacts.clear();
    facts.operators.clear();
    facts.note = None;
    facts
}

/// One more agreement of an agency that has some already.
fn numbered(facts: &FactSheet, round: usize) -> FactSheet {
    let mut facts = facts.clone();
    if let Some(name) = &mut facts.user.institution.name {
        *name = format!("UPTD {round} {name}");
    }
    facts
}

/// Ten in the morning of a day, in UTC; never after now.
fn morning(app: &App, day: NaiveDate, zone: Zone, minute: u32) -> DateTime<Utc> {
    let ten = NaiveTime::from_hms_opt(10, minute % 60, 0).unwrap_or_default();
    let at = Utc.from_utc_datetime(&day.and_time(ten)) - chrono::Duration::hours(i64::from(zone.hours()));
    at.min(app.clock.now())
}

fn circumstances(app: &App, office: &Office, day: NaiveDate, actor: Actor) -> Deed {
    let mut deed = app.opening_deed(office, actor);
    deed.now = morning(app, day, office.zone, 0);
    deed
}

/// Accounts of an office; answers who does its work.
fn people(
    app: &App,
    office: &Office,
    day: NaiveDate,
    hash: &str,
    all: bool,
    accounts: &mut Vec<Account>,
) -> anyhow::Result<Actor> {
    let host =
        office.email.as_deref().and_then(|email| email.split_once('@')).map_or("example", |(_, host)| host);
    let staff_name = if all { "Rini Wulandari" } else { "Sari Puspita" };
    let mut roles = vec![("staf", Role::Staff, staff_name)];
    if all {
        roles.extend([
            ("penyetuju", Role::Approver, "Bagus Prasetyo"),
            ("auditor", Role::Auditor, "Hendra Saputra"),
            ("admin", Role::Admin, "Dewi Anggraini"),
        ]);
    }
    let deed = circumstances(app, office, day, Actor::System);
    let mut staff = Actor::System;
    for (mailbox, role, name) in roles {
        let email = format!("{mailbox}@{host}");
        let id = app.store.write_now(|db| users::add(db, &deed, &email, name, Some(hash), role, None))?;
        if role == Role::Staff {
            staff = Actor::User { id, name: name.to_owned() };
        }
        accounts.push(Account { role: format!("{}, {}", role.label(), office.region()), email });
    }
    Ok(staff)
}

/// The head of the agency whose letter is due today.
fn head(app: &App, office: &Office, hash: &str) -> anyhow::Result<Account> {
    let agency = &AGENCIES[0];
    let name = format!("{} {}", agency.name, office.region());
    let deed = circumstances(app, office, app.clock.today(office.zone), Actor::System);
    let email = "kepala@nusakencana.example";
    app.store.write_now(|db| {
        let institution = institutions::by_name(db, office.id, &name)?.ok_or(store::StoreError::NotFound)?;
        users::add(db, &deed, email, agency.head, Some(hash), Role::AgencyHead, Some(institution.id))
    })?;
    Ok(Account { role: format!("{}, {}", Role::AgencyHead.label(), agency.name), email: email.to_owned() })
}

/// Lets everything happen, day by day; many deeds share a transaction, or a hundred thousand of them
/// would take an hour.
fn play(app: &App, office: &Office, staff: &Actor, acts: Timed) -> anyhow::Result<()> {
    let mut ids: BTreeMap<String, Uuid> = BTreeMap::new();
    let mut minute = 0;
    let all: Vec<(NaiveDate, Deedlet)> =
        acts.0.into_iter().flat_map(|(day, deeds)| deeds.into_iter().map(move |deed| (day, deed))).collect();
    let mut rest = all.into_iter().peekable();
    let mut deed_of = app.opening_deed(office, staff.clone());
    while rest.peek().is_some() {
        let batch: Vec<_> = rest.by_ref().take(500).collect();
        app.store.write_now(|db| {
            for (day, deed) in batch {
                minute += 1;
                deed_of.now = morning(app, day, office.zone, minute);
                enact(app, db, &deed_of, deed, &mut ids)?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

fn enact(
    app: &App,
    db: &mut Db,
    deed: &Deed,
    what: Deedlet,
    ids: &mut BTreeMap<String, Uuid>,
) -> store::Result<()> {
    let refused = |error: crate::domain::agreement::Refused| store::StoreError::Taken(error.to_string());
    let find = |db: &mut Db, ids: &BTreeMap<String, Uuid>, number: &str| {
        let id = ids.get(number).copied().ok_or(store::StoreError::NotFound)?;
        agreements::find(db, Scope::office(deed.office_id), id)
    };
    let begin = |facts: FactSheet, origin, state| {
        Agreement::begin(app.ids.next(), deed.office_id, origin, state, facts, Acts::default())
            .map_err(refused)
    };
    let remember = |ids: &mut BTreeMap<String, Uuid>, change: &Change| {
        if let Some(number) = &change.agreement.facts().provider.number {
            ids.insert(number.clone(), change.agreement.id());
        }
    };
    match what {
        Deedlet::Add(parts) => {
            let (facts, origin, state) = *parts;
            let change = begin(facts, origin, state)?;
            remember(ids, &change);
            agreements::add(db, deed, &change)
        }
        Deedlet::Draft(facts) => agreements::add(db, deed, &begin(*facts, Origin::Drafted, State::Drafting)?),
        Deedlet::DraftThenSign(parts) => {
            let (draft, facts) = *parts;
            let begun = begin(draft, Origin::Drafted, State::Drafting)?;
            agreements::add(db, deed, &begun)?;
            let id = begun.agreement.id();
            let change = agreements::find(db, Scope::office(deed.office_id), id)?
                .sign(facts, &SignedPaper::default())
                .map_err(refused)?;
            let paper = pks::pks(change.agreement.facts(), &Print::standard())
                .map_err(|error| store::StoreError::Database(anyhow::anyhow!("{error}")))?;
            let text = serde_json::to_string(&paper.document)
                .map_err(|error| store::StoreError::Database(error.into()))?;
            agreements::record(db, deed, &change)?;
            frozen_papers::freeze(db, deed, id, "pks", &text)?;
            remember(ids, &change);
            Ok(())
        }
        Deedlet::Letter(number, letter) => {
            let change = find(db, ids, &number)?.log_renewal_letter(letter).map_err(refused)?;
            agreements::record(db, deed, &change)
        }
        Deedlet::End(number, ended) => {
            let change = find(db, ids, &number)?.end(ended).map_err(refused)?;
            agreements::record(db, deed, &change)
        }
        Deedlet::Met(number, met) => {
            let change = find(db, ids, &number)?.meet(met).map_err(refused)?;
            agreements::record(db, deed, &change)
        }
    }
}
