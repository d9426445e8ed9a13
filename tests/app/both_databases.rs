//! SQLite and PostgreSQL hold and answer the same. Run once on each; what both are held against is
//! the same text, so they are equal to each other.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, Duration, NaiveDate};
use kawal::app::App;
use kawal::clock::{Clock, Ids};
use kawal::config::{Config, Flags};
use kawal::domain::acts::{Acts, EndCause, Ended, LetterIn};
use kawal::domain::agreement::{Agreement, Origin, State};
use kawal::domain::fact_sheet::{FactSheet, Official};
use kawal::domain::status::{Status, status};
use kawal::store::agreement_lines::{self, Asked, From, Page, Sort};
use kawal::store::agreements::{self, Scope, dates_of};
use kawal::store::audit_log::{self, Verdict};
use kawal::store::connection::{self, DatabaseUrl};
use uuid::Uuid;

use crate::support::database::Database;
use crate::support::rows::{columns, execute, rows};
use crate::support::{TestApp, cast};

/// Columns as `schema.rs` writes them.
fn declared() -> BTreeMap<String, Vec<String>> {
    let schema = include_str!("../../src/store/schema.rs");
    schema
        .split("diesel::table! {")
        .skip(1)
        .map(|block| {
            let mut lines = block.lines().map(str::trim);
            let head = lines.find(|line| line.ends_with(") {")).unwrap();
            let name = head.split(' ').next().unwrap().to_owned();
            let columns = lines.take_while(|line| *line != "}").filter_map(|line| line.split_once(" -> "));
            (name, columns.map(|(column, _)| column.to_owned()).collect())
        })
        .collect()
}

#[test]
fn the_tables_are_as_the_schema_says() {
    let test = TestApp::empty();
    let declared = declared();
    assert!(
        declared.len() >= 20 && declared["agreements"].contains(&"next_due_on".to_owned()),
        "{declared:#?}"
    );
    assert_eq!(columns(test.app.store.url()), declared);
}

#[test]
fn both_databases_have_the_same_migrations() {
    let names = |database: &str| -> Vec<String> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(database);
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
    assert!(names("sqlite").len() >= 3);
}

/// Numbers that look random and are the same on each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn one_in(&mut self, sides: u64) -> bool {
        self.roll(sides) == 0
    }
}

/// An agreement in any state that can be stored.
fn any_agreement(test: &TestApp, dice: &mut Dice, n: usize) -> Agreement {
    let office = test.office(test.office);
    let agency = format!("Dinas Nomor {n}");
    let head = cast::head("Wira Adinata", &agency, Some("wira@perikanan.example"));
    let mut facts = cast::agreement(&office, &agency, head, "2025-01-01", "2027-01-01");
    let signed = cast::day("2023-06-01") + Days::new(dice.roll(1_500));
    facts.signing.on = Some(signed);
    facts.term = Default::default();
    match dice.roll(5) {
        0 => {}
        1 => facts.term.end_on = Some(signed + Days::new(30 + dice.roll(900))),
        _ => facts.term.months = Some(6 + u32::try_from(dice.roll(40)).unwrap()),
    }
    if dice.one_in(6) {
        facts.term.start_on = Some(signed + Days::new(dice.roll(30)));
    }
    let mut acts = Acts::default();
    let mut state = State::Signed;
    if dice.one_in(8) {
        (facts.signing.on, facts.term.start_on, state) = (None, None, State::Drafting);
    } else {
        if dice.one_in(3) {
            let on = signed + Days::new(dice.roll(700));
            acts.renewal_letter = Some(LetterIn { number: format!("523/{n}"), on });
        }
        if dice.one_in(5) {
            let causes = EndCause::ALL;
            let cause = causes[usize::try_from(dice.roll(causes.len() as u64)).unwrap()];
            acts.ended = Some(Ended { on: signed + Days::new(dice.roll(900)), cause, letter: None });
            state = State::Ended;
        }
    }
    Agreement::begin(test.app.ids.next(), test.office, Origin::Registered, state, facts, acts)
        .unwrap()
        .agreement
}

fn store(test: &TestApp, agreements: &[Agreement]) {
    test.write(test.office, |db, deed| {
        for agreement in agreements {
            let parts = (agreement.facts().clone(), agreement.acts().clone());
            let change = Agreement::begin(
                agreement.id(),
                test.office,
                Origin::Registered,
                agreement.state(),
                parts.0,
                parts.1,
            )
            .unwrap();
            agreements::add(db, deed, &change)?;
        }
        Ok(())
    });
}

#[test]
fn a_status_is_the_same_in_the_domain_and_in_the_database() {
    let test = TestApp::new();
    let mut dice = Dice(20_261_102);
    let all: Vec<Agreement> = (0..300).map(|n| any_agreement(&test, &mut dice, n)).collect();
    store(&test, &all);
    let scope = Scope::office(test.office);
    let mut days: Vec<NaiveDate> = (0..8).map(|n| cast::day("2024-02-01") + Days::new(n * 173)).collect();
    // On the very days on which something turns: the day before, the day, the day after.
    for agreement in all.iter().step_by(40) {
        let dates = dates_of(agreement);
        for day in
            [dates.letter_due_on, dates.ends_on, dates.window_from, dates.ended_on].into_iter().flatten()
        {
            days.extend([day - Days::new(1), day, day + Days::new(1)]);
        }
    }
    let mut met = BTreeSet::new();
    for today in days {
        let mut expected: BTreeMap<&str, BTreeSet<Uuid>> = BTreeMap::new();
        for agreement in &all {
            let status = status(&dates_of(agreement), today);
            expected.entry(status.code()).or_default().insert(agreement.id());
        }
        let counts = test.app.store.read_now(|db| agreement_lines::counts(db, scope, today)).unwrap();
        for &wanted in Status::ALL {
            let asked = Asked { status: Some(wanted), limit: 1_000, ..Asked::default() };
            let (page, count) = test
                .app
                .store
                .read_now(|db| {
                    Ok((
                        agreement_lines::page(db, scope, today, &asked)?,
                        agreement_lines::count(db, scope, today, &asked)?,
                    ))
                })
                .unwrap();
            let found: BTreeSet<Uuid> = page.lines.iter().map(|line| line.id).collect();
            // The same lines, found by the order's index as where they are many.
            let many = Asked { many: true, ..asked.clone() };
            let again = test.app.store.read_now(|db| agreement_lines::page(db, scope, today, &many)).unwrap();
            assert_eq!(again.lines, page.lines, "{} on {today}", wanted.code());
            let expected = expected.remove(wanted.code()).unwrap_or_default();
            assert_eq!(found, expected, "{} on {today}", wanted.code());
            let size = i64::try_from(expected.len()).unwrap();
            assert_eq!((count, counts.of(wanted)), (size, size), "{} on {today}", wanted.code());
            if !expected.is_empty() {
                met.insert(wanted.code());
            }
            for line in &page.lines {
                assert_eq!(status(&line.dates, today), wanted, "the line of a list says the same");
            }
        }
    }
    assert_eq!(met.len(), Status::ALL.len(), "every status was met: {met:?}");
}

/// Every line, page by page: forward from the first, or backward from the last.
fn walked(test: &TestApp, scope: Scope, asked: &Asked, backward: bool) -> Vec<Uuid> {
    let mut from = if backward { From::Last } else { From::First };
    let mut ids: Vec<Uuid> = Vec::new();
    for round in 0.. {
        assert!(round < 100, "paging does not end");
        let asked = Asked { from: from.clone(), ..asked.clone() };
        let page: Page =
            test.app.store.read_now(|db| agreement_lines::page(db, scope, test.today(), &asked)).unwrap();
        assert!(page.lines.len() <= asked.limit);
        let here: Vec<Uuid> = page.lines.iter().map(|line| line.id).collect();
        if backward {
            ids.splice(0..0, here);
        } else {
            ids.extend(here);
        }
        let more = if backward { page.has_previous } else { page.has_next };
        match (more, backward) {
            (false, _) => break,
            (true, true) => from = From::Before(page.lines[0].cursor.clone()),
            (true, false) => from = From::After(page.lines.last().unwrap().cursor.clone()),
        }
    }
    ids
}

#[test]
fn paging_visits_every_line_once_in_every_order_and_both_directions() {
    let test = TestApp::new();
    let mut dice = Dice(7);
    let office = test.office(test.office);
    let mut all = BTreeSet::new();
    for n in 0..60 {
        // Many lines stand at the same place: same agency, no number, same last day, same instant.
        let agency = format!(
            "Dinas {}",
            ["Anggrek", "Melati", "Écolé", "anggrek"][usize::try_from(dice.roll(4)).unwrap()]
        );
        let head = Official { ..cast::head("Wira Adinata", &agency, None) };
        let end = cast::day("2027-01-01") + Days::new(dice.roll(6));
        let mut facts: FactSheet = cast::agreement(&office, &agency, head, "2025-01-02", &end.to_string());
        facts.provider.number = (n % 3 == 0).then(|| format!("400.12/{:03}/2025", dice.roll(1_000) * 60 + n));
        if n % 7 == 0 {
            facts.term.end_on = None;
        }
        all.insert(test.add_agreement(test.office, facts));
        if n % 5 == 0 {
            test.advance(Duration::milliseconds(1));
        }
    }
    test.add_agreement(test.kota, cast::social_agency(&test.office(test.kota)));
    let agency = test.institution_of(test.office, *all.first().unwrap());
    let of_one = Scope { office_id: test.office, institution_id: Some(agency) };
    for sort in [Sort::Changed, Sort::Agency, Sort::Number, Sort::End] {
        for descending in [false, true] {
            let asked = Asked { sort, descending, limit: 7, ..Asked::default() };
            let scope = Scope::office(test.office);
            let forward = walked(&test, scope, &asked, false);
            let what = format!("{sort:?}, descending {descending}");
            assert_eq!(forward.len(), all.len(), "{what}");
            assert_eq!(forward.iter().copied().collect::<BTreeSet<_>>(), all, "{what}");
            assert_eq!(walked(&test, scope, &asked, true), forward, "{what}: backward is the same order");
            let mut turned = walked(&test, scope, &Asked { descending: !descending, ..asked.clone() }, false);
            turned.reverse();
            assert_eq!(turned, forward, "{what}: the other way round is the reverse");
            let few = walked(&test, of_one, &asked, false);
            let kept: Vec<Uuid> = forward.iter().copied().filter(|id| few.contains(id)).collect();
            assert!(few.len() > 5 && few == kept, "{what}: one institution's lines in the same order");
        }
    }
    let asked =
        Asked { sort: Sort::End, from: From::Day(cast::day("2027-01-04")), limit: 7, ..Asked::default() };
    let page = test
        .app
        .store
        .read_now(|db| agreement_lines::page(db, Scope::office(test.office), test.today(), &asked));
    assert!(
        page.unwrap()
            .lines
            .iter()
            .all(|line| line.dates.ends_on.is_none_or(|end| end >= cast::day("2027-01-04")))
    );
}

fn verdict(test: &TestApp, office: Uuid) -> Verdict {
    test.app.store.read_now(|db| audit_log::verify(db, office)).unwrap()
}

#[test]
fn a_log_that_was_altered_shortened_or_reordered_is_found_out() {
    let told = |sql: &str| {
        let test = TestApp::new();
        test.fisheries();
        let before = verdict(&test, test.office);
        assert!(before.broken.is_none() && before.entries >= 8, "{before:?}");
        execute(test.app.store.url(), sql);
        let after = verdict(&test, test.office);
        (before, after)
    };
    for (sql, place, reason) in [
        ("UPDATE audit_events SET actor_name = 'Orang Lain' WHERE seq = 3", 3, "sidik jari"),
        ("UPDATE audit_events SET payload = '{}' WHERE seq = 4", 4, "sidik jari"),
        ("UPDATE audit_events SET verb = 'signed_in' WHERE seq = 2", 2, "sidik jari"),
        ("UPDATE audit_events SET hash = prev_hash WHERE seq = 5", 5, "sidik jari"),
        ("UPDATE audit_events SET format = 2 WHERE seq = 5", 5, "tidak dikenal"),
        ("UPDATE audit_events SET prev_hash = hash WHERE seq = 1", 1, "bersambung"),
        ("DELETE FROM audit_events WHERE seq = 1", 1, "nomor 1 tidak ada"),
        ("DELETE FROM audit_events WHERE seq = 4", 4, "nomor 4 tidak ada"),
        ("UPDATE audit_events SET seq = seq + 1000 WHERE seq = 4", 4, "nomor 4 tidak ada"),
        (
            "UPDATE audit_events SET seq = 9000 WHERE seq = 3; UPDATE audit_events SET seq = 3 WHERE seq = 4; \
             UPDATE audit_events SET seq = 4 WHERE seq = 9000",
            3,
            "bersambung",
        ),
    ] {
        let (_, after) = told(sql);
        let (at, why) = after.broken.unwrap_or_else(|| panic!("not found out: {sql}"));
        assert_eq!(at, place, "{sql}: {why}");
        assert!(why.contains(reason), "{sql}: {why}");
    }
    // A chain cut at its end is whole in itself: only the head that was noted before tells.
    let (before, after) = told("DELETE FROM audit_events WHERE seq >= 8");
    assert_eq!(after.broken, None);
    assert!(after.entries == 7 && after.head != before.head, "{before:?} {after:?}");
}

#[test]
fn an_entry_rewritten_with_a_fitting_hash_breaks_the_next_one() {
    let test = TestApp::new();
    test.fisheries();
    let mut entry = test.log(test.office)[2].clone();
    entry.actor_name = "Orang Lain".to_owned();
    // Whoever can write the table can compute SHA-256; the chain still says where.
    let hash_before = hash_at(&test, 2);
    let forged = audit_log::link(&hash_before, &entry.canonical());
    let office = office_condition(&test);
    execute(
        test.app.store.url(),
        &format!(
            "UPDATE audit_events SET actor_name = 'Orang Lain', hash = '{forged}' WHERE seq = 3 AND {office}"
        ),
    );
    let broken = verdict(&test, test.office).broken.unwrap();
    assert_eq!((broken.0, broken.1.contains("bersambung")), (4, true), "{broken:?}");
}

fn office_condition(test: &TestApp) -> String {
    match test.app.store.url() {
        DatabaseUrl::Sqlite(_) => format!("office_id = x'{}'", test.office.simple()),
        DatabaseUrl::Postgres(_) => format!("office_id = '{}'", test.office),
    }
}

/// The stored hash of an entry of Nusa Kencana: the one that the entry after it names.
fn hash_at(test: &TestApp, seq: i64) -> String {
    let columns = columns(test.app.store.url());
    let place = columns["audit_events"].iter().position(|column| column == "hash").unwrap();
    assert_eq!(place + 1, columns["audit_events"].len(), "the hash is the last column");
    let id = match test.app.store.url() {
        DatabaseUrl::Sqlite(_) => test.office.simple().to_string().to_uppercase(),
        DatabaseUrl::Postgres(_) => test.office.to_string(),
    };
    let rows = rows(test.app.store.url());
    let starts = [format!("X'{id}'|{seq}|"), format!("({id},{seq},")];
    let row =
        rows["audit_events"].iter().find(|row| starts.iter().any(|start| row.starts_with(start))).unwrap();
    let hex: String = row
        .trim_end_matches([')', '\''])
        .chars()
        .rev()
        .take(64)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    assert!(hex.chars().all(|c| c.is_ascii_hexdigit()), "{row}");
    hex
}

/// Settings of a new start on the database of a test.
fn config(test: &TestApp, more: &[(&'static str, &str)]) -> Config {
    let url = match test.app.store.url() {
        DatabaseUrl::Sqlite(path) => format!("sqlite:{path}"),
        DatabaseUrl::Postgres(url) => url.clone(),
    };
    let mut flags = Flags::from([
        ("KAWAL_DATA", test.folder.path().to_string_lossy().into_owned()),
        ("DATABASE_URL", url),
    ]);
    flags.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
    Config::read(&flags, &|_| None).unwrap()
}

fn start(config: Config) -> anyhow::Result<App> {
    App::open(config, Clock::System, Ids::Random)
}

#[test]
fn a_database_from_a_newer_kawal_is_refused_and_left_alone() {
    let test = TestApp::new();
    execute(
        test.app.store.url(),
        "INSERT INTO __diesel_schema_migrations (version) VALUES ('99991231000001')",
    );
    let before = rows(test.app.store.url());
    let error = start(config(&test, &[])).err().expect("refused").to_string();
    assert!(error.contains("lebih baru") && error.contains("99991231000001"), "{error}");
    assert_eq!(before, rows(test.app.store.url()));
}

/// Takes the last migration back, as a database of an earlier release would stand; its version.
fn without_the_last_migration(test: &TestApp) -> String {
    let kind = if Database::is_postgres() { "postgres" } else { "sqlite" };
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(kind);
    let mut steps: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    steps.sort();
    let last = steps.pop().unwrap();
    let sql = std::fs::read_to_string(last.join("up.sql")).unwrap();
    let mut tables: Vec<&str> =
        sql.split("CREATE TABLE ").skip(1).map(|rest| rest.split_whitespace().next().unwrap()).collect();
    assert!(!sql.contains("ALTER TABLE") && !tables.is_empty(), "the last migration only adds tables");
    tables.reverse();
    for table in tables {
        execute(test.app.store.url(), &format!("DROP TABLE {table}"));
    }
    let name = last.file_name().unwrap().to_string_lossy().into_owned();
    let version = name.split('_').next().unwrap().replace('-', "");
    execute(
        test.app.store.url(),
        &format!("DELETE FROM __diesel_schema_migrations WHERE version = '{version}'"),
    );
    version
}

#[test]
fn an_upgrade_saves_a_copy_beside_the_database_first() {
    let test = TestApp::empty();
    let newest = columns(test.app.store.url());
    let version = without_the_last_migration(&test);
    let older = columns(test.app.store.url());
    assert!(older.len() < newest.len());
    let off = start(config(&test, &[("KAWAL_MIGRATE", "off")])).err().expect("refused").to_string();
    assert!(off.contains("kawal migrate"), "{off}");
    assert_eq!(columns(test.app.store.url()), older, "refused, and yet something changed");

    start(config(&test, &[])).unwrap();
    assert_eq!(columns(test.app.store.url()), newest);
    if let DatabaseUrl::Sqlite(path) = test.app.store.url() {
        let copy = format!("{path}.sebelum-{version}");
        assert_eq!(columns(&DatabaseUrl::Sqlite(copy.clone())), older, "the copy is what was there before");
        // A second upgrade keeps the first copy.
        without_the_last_migration(&test);
        start(config(&test, &[])).unwrap();
        assert_eq!(columns(&DatabaseUrl::Sqlite(format!("{copy}.2"))), older);
    }
    // Nothing is pending any more: starting again copies and changes nothing.
    start(config(&test, &[])).unwrap();
    let mut db = connection::open(test.app.store.url()).unwrap();
    let state = connection::schema_state(&mut db).unwrap();
    assert!(state.pending.is_empty() && state.unknown.is_empty() && !state.empty, "{state:?}");
}
