//! The demonstration: two fictional offices with agreements in every state relative to today.
//!
//! Everything goes through the same verbs and the same store as in earnest; only the dates of the
//! deeds are set back, so that the history reads like one.

mod agencies;

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use uuid::Uuid;

use crate::app::App;
use crate::clock::Zone;
use crate::documents::{PrintState, pks};
use crate::domain::acts::{Acts, EndCause, Ended, LetterIn, MetDuty};
use crate::domain::agreement::{Agreement, Change, Origin, State};
use crate::domain::audit::Actor;
use crate::domain::dates::{add_months, day_before, sub_months};
use crate::domain::deadline::{Step, term_end};
use crate::domain::fact_sheet::{FactSheet, Institution, RegionKind};
use crate::domain::permission::Role;
use crate::domain::semester_report::reporting_dates;
use crate::password::{self, Cost};
use crate::store::agreements::{self, Scope};
use crate::store::connection::Db;
use crate::store::deed::Deed;
use crate::store::offices::{self, Office};
use crate::store::{self, frozen_papers, institutions, users};
use agencies::{AGENCIES, Agency};

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

/// What an agreement of the demonstration shall show today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scene {
    /// A draft with gaps.
    EarlyDraft,
    /// A draft that only waits for its numbers.
    LateDraft,
    /// Signed; its first day is still to come.
    AwaitingStart,
    /// In force for so many months.
    InForce(u32),
    /// Inside the renewal window.
    Window,
    /// The last day for the letter is today.
    DueToday,
    /// The last day for the letter has passed.
    Overdue,
    /// The letter is in.
    Requested,
    /// Ran out so many months ago.
    Expired(u32),
    /// Ended on a breach.
    Terminated,
    /// A later one took its place.
    Replaced,
    /// Registered without knowing its end.
    EndUnknown,
    /// In its window, and nobody can be written to.
    WithoutAddress,
}

/// The scenes of the first office, in the order of [`AGENCIES`].
const FIRST: &[Scene] = &[
    Scene::DueToday,
    Scene::Window,
    Scene::Overdue,
    Scene::InForce(3),
    Scene::InForce(14),
    Scene::Requested,
    Scene::EarlyDraft,
    Scene::LateDraft,
    Scene::AwaitingStart,
    Scene::Expired(2),
    Scene::Terminated,
    Scene::Replaced,
    Scene::EndUnknown,
    Scene::WithoutAddress,
    Scene::InForce(7),
    Scene::InForce(1),
    Scene::InForce(10),
    Scene::Window,
    Scene::InForce(18),
    Scene::InForce(5),
    Scene::Expired(9),
    Scene::InForce(12),
    Scene::Overdue,
    Scene::InForce(16),
    Scene::InForce(2),
    Scene::EarlyDraft,
    Scene::InForce(8),
    Scene::Requested,
];

/// The scenes of the second office.
const SECOND: &[Scene] = &[
    Scene::Window,
    Scene::InForce(4),
    Scene::DueToday,
    Scene::InForce(11),
    Scene::LateDraft,
    Scene::Expired(4),
    Scene::Overdue,
    Scene::InForce(15),
    Scene::Requested,
    Scene::InForce(6),
    Scene::EarlyDraft,
    Scene::Terminated,
];

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

/// Gives a fact sheet its signing date and numbers.
fn signed(facts: &FactSheet, on: NaiveDate, n: usize) -> FactSheet {
    use chrono::Datelike;
    let mut facts = facts.clone();
    facts.signing.on = Some(on);
    facts.provider.number = Some(format!("400.12/{}/PKS/{}", 100 + n, on.year()));
    facts.user.number = Some(format!("470/{:04}/{}", 400 + n * 7, on.year()));
    for letter in &mut facts.approval_letters {
        letter.on = Some(on - Days::new(61));
    }
    facts
}

/// Something that happens on a day.
enum Deedlet {
    Add(Box<(FactSheet, Origin, State)>),
    Draft(Box<FactSheet>),
    DraftThenSign(Box<(FactSheet, FactSheet)>),
    Letter(String, LetterIn),
    End(String, Ended),
    Met(String, MetDuty),
}

/// Deeds by day, in the order in which they were planned.
#[derive(Default)]
struct Timed(BTreeMap<NaiveDate, Vec<Deedlet>>);

impl Timed {
    fn at(&mut self, day: NaiveDate, deed: Deedlet) {
        self.0.entry(day).or_default().push(deed);
    }

    fn planned(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }
}

/// Plans the deeds that bring a fact sheet into its scene today.
fn stage(acts: &mut Timed, facts: &FactSheet, scene: Scene, today: NaiveDate) {
    let n = acts.planned();
    // The day before the anniversary is the last one: an agreement that ends on `end` was signed the
    // day after, two years before.
    let ending = |end: NaiveDate| sub_months(end + Days::new(1), 24);
    let last_letter_day = |letter_due: NaiveDate| add_months(letter_due, 2);
    let on = match scene {
        Scene::EarlyDraft => {
            let mut facts = facts.clone();
            facts.access.elements.clear();
            facts.feedback.items.clear();
            facts.copies.count = None;
            return acts.at(today - Days::new(9), Deedlet::Draft(Box::new(facts)));
        }
        Scene::LateDraft => return acts.at(today - Days::new(4), Deedlet::Draft(Box::new(facts.clone()))),
        Scene::AwaitingStart => {
            let mut facts = signed(facts, today - Days::new(6), n);
            facts.term.start_on = Some(today + Days::new(25));
            return acts
                .at(today - Days::new(6), Deedlet::Add(Box::new((facts, Origin::Imported, State::Signed))));
        }
        Scene::InForce(months) => sub_months(today, months) - Days::new(u64::from(months) % 9),
        Scene::Window | Scene::WithoutAddress => ending(last_letter_day(today + Days::new(12))),
        Scene::DueToday => ending(last_letter_day(today)),
        Scene::Overdue => ending(last_letter_day(today - Days::new(13))),
        Scene::Requested => ending(last_letter_day(today + Days::new(3))),
        Scene::Expired(months) => ending(sub_months(today, months)),
        Scene::Terminated => sub_months(today, 15),
        Scene::Replaced => sub_months(today, 20),
        Scene::EndUnknown => sub_months(today, 11),
    };
    let mut facts = signed(facts, on, n);
    match scene {
        Scene::WithoutAddress => {
            facts.user.institution.email = None;
            facts.user.official.email = None;
        }
        Scene::EndUnknown => facts.term.months = None,
        _ => {}
    }
    let number = facts.provider.number.clone().unwrap_or_default();
    reports(acts, &facts, &number, today);
    // One in five is late with something else, as in life.
    if !n.is_multiple_of(5) {
        settle(acts, &facts, today);
    }
    match scene {
        Scene::Requested => acts.at(
            today - Days::new(5),
            Deedlet::Letter(
                number,
                LetterIn { number: format!("470/{}/PKS", 800 + n), on: today - Days::new(6) },
            ),
        ),
        Scene::Terminated => acts.at(
            today - Days::new(40),
            Deedlet::End(
                number,
                Ended {
                    on: today - Days::new(39),
                    cause: EndCause::Breach,
                    letter: Some(format!("400.12/{}/PKS", 900 + n)),
                },
            ),
        ),
        Scene::Replaced => {
            acts.at(
                today - Days::new(30),
                Deedlet::End(
                    number,
                    Ended { on: today - Days::new(30), cause: EndCause::Replaced, letter: None },
                ),
            );
        }
        _ => {}
    }
    // Half of the first were drafted and signed in Kawal, all others registered when it was introduced.
    if n.is_multiple_of(2) && n < 400 && scene != Scene::EndUnknown {
        let mut draft = facts.clone();
        draft.signing.on = None;
        draft.provider.number = None;
        draft.user.number = None;
        acts.at(on, Deedlet::DraftThenSign(Box::new((draft, facts))));
    } else {
        acts.at(on, Deedlet::Add(Box::new((facts, Origin::Registered, State::Signed))));
    }
}

/// Past duties other than reports were met, as in an office that does its work.
fn settle(acts: &mut Timed, facts: &FactSheet, today: NaiveDate) {
    let number = facts.provider.number.clone().unwrap_or_default();
    let calendar = crate::domain::calendar::Calendar::national();
    for deadline in crate::domain::deadline::deadlines(facts, &Acts::default(), &calendar, today) {
        let other = !matches!(deadline.step, Step::RenewalLetter | Step::AgreementEnd | Step::SemesterReport);
        if other && deadline.due_on < today {
            let met = MetDuty {
                step: deadline.step,
                due_on: deadline.due_on,
                on: deadline.due_on - Days::new(3),
                note: None,
            };
            acts.at(deadline.due_on - Days::new(3), Deedlet::Met(number.clone(), met));
        }
    }
}

/// Reports that came in: all but the last one of every third agreement.
fn reports(acts: &mut Timed, facts: &FactSheet, number: &str, today: NaiveDate) {
    let (Some(start), Some(end)) = (facts.signing.on, term_end(facts)) else { return };
    let past: Vec<NaiveDate> =
        reporting_dates(start, end.last_day).into_iter().filter(|due| *due < today).collect();
    let late = acts.planned().is_multiple_of(3);
    let count = if late { past.len().saturating_sub(1) } else { past.len() };
    for due_on in past.into_iter().take(count) {
        let on = day_before(due_on) - Days::new(4);
        let met = MetDuty {
            step: Step::SemesterReport,
            due_on,
            on,
            note: Some("Laporan diterima lewat surel".into()),
        };
        acts.at(on, Deedlet::Met(number.to_owned(), met));
    }
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
            let change =
                agreements::find(db, Scope::office(deed.office_id), id)?.sign(facts).map_err(refused)?;
            let paper = pks::pks(change.agreement.facts(), &PrintState::default())
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
