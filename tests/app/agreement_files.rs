//! Agreement files and lists come in whole or not at all, and go out as they came.

use kawal::app::import::{ImportError, Options, Report};
use kawal::app::{App, os_user};
use kawal::clock::Zone;
use kawal::domain::fact_sheet::FactSheet;
use kawal::export::agreement_file::{write_told, write_yaml};
use kawal::import::agreement_file::{Syntax, read};
use kawal::import::fault::FileFault;
use kawal::import::lists::read_csv;
use kawal::import::{Source, Told};
use kawal::store::agreements::{self, Scope};
use kawal::store::offices::{self, Office};

use super::support::{TestApp, cast, twins};

const LIST: &str = include_str!("../../docs/panduan/contoh-impor.csv");

fn file(told: Told) -> Source {
    Source::Agreement(Box::new(told))
}

fn twin(name: &str) -> Told {
    twins().into_iter().find(|(known, _)| known == name).unwrap().1
}

fn imported(app: &App, source: &Source) -> Report {
    app.import(source, &Options::default(), &os_user()).unwrap()
}

fn refused(app: &App, source: &Source, options: &Options) -> Vec<FileFault> {
    match app.import(source, options, &os_user()) {
        Err(ImportError::Refused(faults)) => faults,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

fn all_offices(app: &App) -> Vec<Office> {
    app.store.read_now(offices::all).unwrap()
}

fn count(app: &App) -> usize {
    let offices = all_offices(app);
    offices.iter().map(|office| app.store.read_now(|db| agreements::ids(db, office.id)).unwrap().len()).sum()
}

fn fisheries(test: &TestApp) -> FactSheet {
    cast::fisheries(&test.office(test.office))
}

fn signed(facts: FactSheet) -> Told {
    let text = write_told(&Told { facts, state: kawal::domain::agreement::State::Signed, ..Told::default() });
    read(text.as_bytes(), Syntax::Yaml).unwrap()
}

#[test]
fn the_first_file_opens_the_office_that_it_names() {
    let test = TestApp::empty();
    let report = imported(&test.app, &file(twin("bpbd")));
    assert!(report.opened);
    let offices = all_offices(&test.app);
    let office = &offices[0];
    assert_eq!(office.name, "Dinas Kependudukan dan Pencatatan Sipil Kabupaten Teluk Kirana");
    assert_eq!((office.head_title.as_str(), office.zone), ("Bupati", Zone::Wib));
    assert_eq!(office.email.as_deref(), Some("disdukcapil@telukkirana.example"));
    assert_eq!(office.sender_name, "Disdukcapil Kabupaten Teluk Kirana");
    let sentences = test.sentences(office.id);
    assert!(
        sentences[0].starts_with("baris perintah (") && sentences[0].contains("membuka kantor"),
        "{sentences:?}"
    );
    assert!(
        sentences.iter().any(|said| said.contains("mengimpor perjanjian Badan Penanggulangan")),
        "{sentences:?}"
    );
}

#[test]
fn an_office_of_the_east_lives_in_its_own_zone() {
    let test = TestApp::empty();
    let mut told = twin("bpbd");
    told.facts.provider.institution.region.code = Some("81.71".to_owned());
    imported(&test.app, &file(told));
    assert_eq!(all_offices(&test.app)[0].zone, Zone::Wit);
}

#[test]
fn every_twin_goes_out_as_it_came_and_comes_in_again() {
    for (name, told) in twins() {
        let (first, second) = (TestApp::empty(), TestApp::empty());
        let mut texts = Vec::new();
        let mut source = told.clone();
        for test in [&first, &second] {
            let report = imported(&test.app, &file(source));
            let office = all_offices(&test.app)[0].id;
            let agreement = test
                .app
                .store
                .read_now(|db| agreements::find(db, Scope::office(office), report.agreements[0].0))
                .unwrap();
            assert_eq!(agreement.facts(), &told.facts, "{name}");
            assert_eq!((agreement.state(), agreement.acts()), (told.state, &told.acts), "{name}");
            texts.push(write_yaml(&agreement));
            source = read(texts.last().unwrap().as_bytes(), Syntax::Yaml).unwrap();
        }
        assert_eq!(texts[0], texts[1], "{name}");
    }
}

#[test]
fn a_file_of_an_unknown_office_is_refused_unless_a_new_one_is_wanted() {
    let test = TestApp::new();
    let source = file(twin("bpbd"));
    let faults = refused(&test.app, &source, &Options::default());
    assert_eq!(faults[0].field, "provider.institution.name");
    assert!(faults[0].expected.contains("--new-office"), "{}", faults[0]);
    assert!(faults[0].expected.contains("Kota Tirta Jaya"), "{}", faults[0]);
    assert_eq!(all_offices(&test.app).len(), 2);
    let options = Options { new_office: true, ..Options::default() };
    assert!(test.app.import(&source, &options, &os_user()).unwrap().opened);
    assert_eq!(all_offices(&test.app).len(), 3);
}

#[test]
fn a_file_of_a_known_office_goes_there_whatever_its_capitals() {
    let test = TestApp::new();
    let mut facts = fisheries(&test);
    let name = facts.provider.institution.name.as_mut().unwrap();
    *name = name.to_uppercase();
    let report = imported(&test.app, &file(signed(facts)));
    assert!(!report.opened);
    assert_eq!(test.agreement(test.office, report.agreements[0].0).name(), cast::FISHERIES);
}

#[test]
fn an_office_cannot_be_opened_from_half_of_its_facts() {
    let test = TestApp::empty();
    let mut told = twin("bpbd");
    told.facts.provider.institution.address = None;
    let faults = refused(&test.app, &file(told.clone()), &Options::default());
    assert_eq!(faults[0].field, "provider.institution.address");
    told.facts.provider.institution.name = None;
    let faults = refused(&test.app, &file(told), &Options::default());
    assert_eq!(faults[0].field, "provider.institution.name");
    assert!(all_offices(&test.app).is_empty());
}

#[test]
fn a_number_that_is_used_already_is_refused_and_nothing_is_written() {
    let test = TestApp::new();
    test.fisheries();
    let (log, before) = (test.log(test.office).len(), count(&test.app));
    let mut facts = fisheries(&test);
    facts.provider.number = Some("400.12/18/PKS/2025".to_owned());
    facts.user.number = Some("523/ 41/2025".to_owned());
    let faults = refused(&test.app, &file(signed(facts.clone())), &Options::default());
    assert_eq!((faults.len(), faults[0].field.as_str()), (1, "user.number"));
    assert!(
        faults[0].to_string().contains("sudah dipakai perjanjian dengan Dinas Perikanan"),
        "{}",
        faults[0]
    );
    assert_eq!((test.log(test.office).len(), count(&test.app)), (log, before));

    // Another year is another series.
    facts.signing.on = Some(cast::day("2026-01-05"));
    imported(&test.app, &file(signed(facts)));
    assert_eq!(count(&test.app), before + 1);
}

#[test]
fn a_dry_run_says_what_would_happen_and_writes_nothing() {
    let test = TestApp::empty();
    let options = Options { dry_run: true, ..Options::default() };
    let report = test.app.import(&file(twin("desa")), &options, &os_user()).unwrap();
    assert!(report.opened && report.agreements.len() == 1);
    assert!(all_offices(&test.app).is_empty());
    let test = TestApp::new();
    test.fisheries();
    assert_eq!(refused(&test.app, &file(signed(fisheries(&test))), &options).len(), 1);
}

#[test]
fn a_list_registers_running_agreements_of_one_office() {
    let test = TestApp::new();
    let source = Source::List(read_csv(LIST.as_bytes()).unwrap());
    let faults = refused(&test.app, &source, &Options::default());
    assert!(faults[0].expected.contains("--office NAMA"), "{}", faults[0]);
    let options =
        Options { office: Some(test.office(test.office).name.to_lowercase()), ..Options::default() };
    let report = test.app.import(&source, &options, &os_user()).unwrap();
    assert_eq!(report.agreements.len(), 3);
    let hospital = test.agreement(test.office, report.agreements[1].0);
    assert_eq!(hospital.facts().provider.institution, test.office(test.office).institution());
    assert_eq!(
        hospital.facts().user.official.full_position().as_deref(),
        Some("Plt. Direktur Rumah Sakit Bahari Kencana")
    );
    let sentences = test.sentences(test.office).join("\n");
    assert!(sentences.contains("mendaftarkan perjanjian berjalan Rumah Sakit Bahari Kencana"), "{sentences}");
}

#[test]
fn a_list_comes_in_whole_or_not_at_all() {
    let test = TestApp::new();
    test.fisheries();
    let again = LIST.replace("400.12/22/PKS/2025", "400.12/17/PKS/2025");
    let source = Source::List(read_csv(again.as_bytes()).unwrap());
    let options = Options { office: Some(test.office(test.office).name), ..Options::default() };
    let faults = refused(&test.app, &source, &options);
    let places: Vec<(Option<u32>, &str)> =
        faults.iter().map(|fault| (fault.line, fault.field.as_str())).collect();
    assert_eq!(places, [(Some(2), "kolom nomor_pihak_kesatu"), (Some(3), "kolom nomor_pihak_kesatu")]);
    assert_eq!(count(&test.app), 1);
}

#[test]
fn a_list_needs_an_office() {
    let test = TestApp::empty();
    let source = Source::List(read_csv(LIST.as_bytes()).unwrap());
    assert!(
        refused(&test.app, &source, &Options::default())[0].expected.contains("kantor yang sudah dibuka")
    );
}
