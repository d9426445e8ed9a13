//! Every release stays readable: its database is upgraded, its agreement files are imported, and what
//! comes out is what its own binary wrote down.
//!
//! `tests/fixtures/releases/<version>/` holds what one release left behind: `kawal.db` (SQLite),
//! `agreements/*.yaml` (its exports) and `recorded.json` (the status of each agreement on some days).
//! A release makes its own, once, and nobody edits it afterwards:
//!
//! ```text
//! KAWAL_MAKE_FIXTURE=0.2.0 cargo test --test app upgrades
//! ```

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use kawal::app::App;
use kawal::app::import::Options;
use kawal::clock::{Clock, Ids};
use kawal::config::{Config, Flags};
use kawal::documents::{Print, pks};
use kawal::domain::acts::{Acts, EndCause, Ended, LetterIn};
use kawal::domain::agreement::{Agreement, Change, Origin, State};
use kawal::domain::audit::Actor;
use kawal::domain::fact_sheet::{FactSheet, Term};
use kawal::domain::print::SignedPaper;
use kawal::domain::status::status;
use kawal::export::agreement_file::{write_told, write_yaml};
use kawal::import::agreement_file::{Syntax, read};
use kawal::import::{Source, Told};
use kawal::secrets::Secrets;
use kawal::store::agreements::{self, Scope, dates_of};
use kawal::store::connection::{self, DatabaseUrl};
use kawal::store::{Store, audit_log, frozen_papers, offices};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::support::rows::execute;
use crate::support::{TestApp, cast, twins};

/// What a release wrote down about one agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Recorded {
    id: Uuid,
    agency: String,
    /// Its export, under `agreements/`.
    file: String,
    /// Code of its status by day.
    status: BTreeMap<NaiveDate, String>,
    /// SHA-256 of the frozen PKS, where it was signed in Kawal.
    #[serde(skip_serializing_if = "Option::is_none")]
    frozen: Option<String>,
}

const DAYS: [&str; 5] = ["2026-11-02", "2027-02-14", "2027-07-16", "2028-09-08", "2030-01-01"];

/// Somebody at the command line; not whoever runs the test, for that is written into the log.
fn rini() -> Actor {
    Actor::Command { os_user: "rini".into() }
}

fn releases() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/releases")
}

fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(releases())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

fn recorded(release: &Path) -> Vec<Recorded> {
    serde_json::from_str(&std::fs::read_to_string(release.join("recorded.json")).unwrap()).unwrap()
}

fn told(release: &Path, recorded: &Recorded) -> Told {
    let bytes = std::fs::read(release.join("agreements").join(&recorded.file)).unwrap();
    read(&bytes, Syntax::Yaml).unwrap_or_else(|faults| panic!("{}: {faults:#?}", recorded.file))
}

fn statuses(agreement: &Agreement) -> BTreeMap<NaiveDate, String> {
    let dates = dates_of(agreement);
    DAYS.iter().map(|day| cast::day(day)).map(|day| (day, status(&dates, day).code().to_owned())).collect()
}

/// Every agreement of an installation as it would be recorded, with its export.
fn present(app: &App) -> Vec<(Recorded, String)> {
    let mut all = Vec::new();
    for office in app.store.read_now(offices::all).unwrap() {
        for id in app.store.read_now(|db| agreements::ids(db, office.id)).unwrap() {
            let (agreement, frozen) = app
                .store
                .read_now(|db| {
                    Ok((
                        agreements::find(db, Scope::office(office.id), id)?,
                        frozen_papers::find(db, office.id, id, "pks")?,
                    ))
                })
                .unwrap();
            let recorded = Recorded {
                id,
                agency: agreement.name(),
                file: format!("{id}.yaml"),
                status: statuses(&agreement),
                frozen: frozen.map(|frozen| frozen.sha256),
            };
            all.push((recorded, write_yaml(&agreement)));
        }
    }
    all.sort_by_key(|(recorded, _)| recorded.id);
    all
}

#[test]
fn every_released_database_is_upgraded_and_nothing_of_it_is_lost() {
    make_if_asked();
    let folders = folders();
    assert!(!folders.is_empty(), "no release has left a fixture");
    for release in folders {
        let name = release.display();
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("kawal.db");
        std::fs::copy(release.join("kawal.db"), &database).unwrap();
        let flags = Flags::from([
            ("KAWAL_DATA", folder.path().to_string_lossy().into_owned()),
            ("DATABASE_URL", format!("sqlite:{}", database.display())),
        ]);
        let config = Config::read(&flags, &|_| None).unwrap();
        let app = App::open(config, Clock::System, Ids::Random).unwrap();
        let present = present(&app);
        let expected = recorded(&release);
        assert!(expected.len() >= 8, "{name}");
        for (now, (expected, (found, export))) in expected.iter().zip(&present).enumerate() {
            assert_eq!(found, expected, "{name}: agreement {now}");
            // In the present spelling of the file, which a later release may have changed.
            assert_eq!(*export, write_told(&told(&release, expected)), "{name}: {}", expected.agency);
        }
        assert_eq!(present.len(), expected.len(), "{name}");
        let mut db = connection::open(app.store.url()).unwrap();
        let state = connection::schema_state(&mut db).unwrap();
        assert!(state.pending.is_empty(), "{name}: {state:?}");
        for office in app.store.read_now(offices::all).unwrap() {
            let verdict = app.store.read_now(|db| audit_log::verify(db, office.id)).unwrap();
            assert!(verdict.broken.is_none() && verdict.entries >= 2, "{name}: {verdict:?}");
        }
    }
}

#[test]
fn every_released_agreement_file_is_imported_and_tells_the_same() {
    make_if_asked();
    for release in folders() {
        let test = TestApp::empty();
        let options = Options { new_office: true, ..Options::default() };
        for recorded in recorded(&release) {
            let told = told(&release, &recorded);
            let written = write_told(&told);
            let source = Source::Agreement(Box::new(told));
            let report = test.app.import(&source, &options, &rini()).unwrap();
            let id = report.agreements[0].0;
            let agreement = test.agreement(report.office_id, id);
            assert_eq!(write_yaml(&agreement), written, "{}", recorded.agency);
            assert_eq!(statuses(&agreement), recorded.status, "{}", recorded.agency);
        }
        let opened = test.app.store.read_now(offices::all).unwrap();
        assert!(opened.len() >= 2, "{}: {opened:?}", release.display());
    }
}

/// Writes the fixture of a new release when `KAWAL_MAKE_FIXTURE` names it. An existing one is kept.
fn make_if_asked() {
    use std::sync::OnceLock;
    static MADE: OnceLock<()> = OnceLock::new();
    MADE.get_or_init(|| {
        if let Ok(version) = std::env::var("KAWAL_MAKE_FIXTURE") {
            let release = releases().join(&version);
            assert!(
                !release.exists(),
                "{} is there already: a fixture is never rewritten",
                release.display()
            );
            make(&release);
        }
    });
}

/// A small installation in which everything that is stored occurs; the same bytes on each run of the
/// same binary.
fn make(release: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kawal.db");
    let url = DatabaseUrl::Sqlite(path.to_string_lossy().into_owned());
    connection::migrate(&mut connection::open(&url).unwrap()).unwrap();
    let flags = Flags::from([
        ("KAWAL_DATA", folder.path().to_string_lossy().into_owned()),
        ("DATABASE_URL", format!("sqlite:{}", path.display())),
        ("MAIL_FROM", "kawal@nusakencana.example".to_owned()),
    ]);
    let config = Config::read(&flags, &|_| None).unwrap();
    let clock = Clock::fixed("2026-11-02T02:00:00Z".parse().unwrap());
    let app = App::of(Store::open(&url).unwrap(), clock, Ids::counted(), Secrets::fixed([7; 32]), config);
    fill(&app);
    std::fs::create_dir_all(release.join("agreements")).unwrap();
    let mut records = Vec::new();
    for (recorded, export) in present(&app) {
        std::fs::write(release.join("agreements").join(&recorded.file), export).unwrap();
        records.push(recorded);
    }
    let mut text = serde_json::to_string_pretty(&records).unwrap();
    text.push('\n');
    std::fs::write(release.join("recorded.json"), text).unwrap();
    // When the migrations ran is the only thing that the machine's clock wrote.
    execute(&url, "UPDATE __diesel_schema_migrations SET run_on = '2026-11-02 02:00:00'");
    drop(app);
    let target = release.join("kawal.db");
    connection::copy_sqlite(&mut connection::open(&url).unwrap(), &target.to_string_lossy()).unwrap();
    let size = std::fs::metadata(&target).unwrap().len();
    assert!(size <= 1024 * 1024, "{size} bytes");
}

fn fill(app: &App) {
    let options = Options { new_office: true, ..Options::default() };
    for (_, told) in twins() {
        let source = Source::Agreement(Box::new(told));
        app.import(&source, &options, &rini()).unwrap();
    }
    let office = app.store.read_now(offices::all).unwrap().remove(0);
    let deed = |app: &App| app.store.read_now(|db| app.deed(db, office.id, rini())).unwrap();
    let scope = Scope::office(office.id);
    let begin = |agency: &str, state: State, change: &dyn Fn(&mut FactSheet)| {
        let head = cast::head("Wira Adinata", agency, Some("wira@perikanan.example"));
        let mut facts = cast::agreement(&office, agency, head, "2025-01-16", "2027-01-15");
        change(&mut facts);
        let origin = if state == State::Drafting { Origin::Drafted } else { Origin::Registered };
        let change =
            Agreement::begin(app.ids.next(), office.id, origin, state, facts, Acts::default()).unwrap();
        app.store.write_now(|db| agreements::add(db, &deed(app), &change)).unwrap();
        change.agreement.id()
    };
    let record = |id: Uuid, verb: &dyn Fn(Agreement) -> Change| {
        let change = verb(app.store.read_now(|db| agreements::find(db, scope, id)).unwrap());
        app.store.write_now(|db| agreements::record(db, &deed(app), &change)).unwrap();
        change.agreement
    };

    // A draft that lacks nearly everything, and one that was signed here, with its frozen paper.
    begin("Dinas Kebun Raya", State::Drafting, &|facts| {
        facts.signing.on = None;
        facts.term.end_on = None;
    });
    let (_, told) = twins().into_iter().find(|(name, _)| name == "kecamatan").unwrap();
    let id = begin("Dinas Pariwisata", State::Drafting, &|facts| {
        let office = facts.provider.institution.clone();
        *facts = told.facts.clone();
        facts.provider.institution = office;
        facts.user.institution.name = Some("Dinas Pariwisata".into());
        facts.papers = Default::default();
        facts.signing.on = None;
        facts.term = Term { months: Some(24), ..Term::default() };
        (facts.provider.number, facts.user.number) = (None, None);
    });
    let signed = record(id, &|draft| {
        let mut facts = draft.facts().clone();
        facts.signing.on = Some(cast::day("2026-10-30"));
        facts.provider.number = Some("400.12/701/2026".into());
        facts.user.number = Some("556/702/2026".into());
        draft.sign(facts, &SignedPaper::default()).unwrap()
    });
    let paper = pks::pks(signed.facts(), &Print::standard()).unwrap().document;
    let text = serde_json::to_string(&paper).unwrap();
    app.store.write_now(|db| frozen_papers::freeze(db, &deed(app), id, "pks", &text)).unwrap();

    // One inside its window and reminded, one whose letter came, one ended, one nobody can write to.
    begin("Dinas Kehutanan", State::Signed, &|_| {});
    let asked = begin("Dinas Perkebunan", State::Signed, &|facts| {
        facts.provider.number = Some("400.12/31/2025".into());
    });
    record(asked, &|agreement| {
        let letter = LetterIn { number: "525/9/2026".into(), on: cast::day("2026-10-28") };
        agreement.log_renewal_letter(letter).unwrap()
    });
    let ended = begin("Dinas Pertambangan", State::Signed, &|_| {});
    record(ended, &|agreement| {
        let ended = Ended {
            on: cast::day("2026-09-01"),
            cause: EndCause::InstitutionChange,
            letter: Some("400.12/77/2026".into()),
        };
        agreement.end(ended).unwrap()
    });
    begin("Kelurahan Sukamaju", State::Signed, &|facts| facts.user.official.email = None);
    for day in ["2026-11-14", "2026-11-16"] {
        app.clock.set(format!("{day}T02:00:00Z").parse().unwrap());
        kawal::jobs::remind::scheduled(app).unwrap();
    }
}
