//! The wording belongs to the office: changed in the browser, checked, kept in versions, given back;
//! and for one agreement, until it is signed.

use kawal::documents::clause::standard;
use kawal::domain::agreement::State;
use kawal::store::wordings::{self, NewText, Owner};
use uuid::Uuid;

use crate::support::{Browser, Page, Site, TestApp, cast, twins};

const CLOSING: &str = "/redaksi/pks/closing";

/// A draft with every fact that a final paper needs.
fn draft(test: &TestApp, name: &str) -> Uuid {
    let (_, told) = twins().into_iter().find(|(known, _)| known == name).unwrap();
    test.add_agreement_as(test.office, State::Drafting, told.facts)
}

/// What stands in the standard wording, with one stretch replaced.
fn changed(name: &str, from: &str, to: &str) -> String {
    let text = standard(name).unwrap();
    assert!(text.contains(from), "{name} has no {from:?}");
    text.replacen(from, to, 1)
}

fn sealed() -> String {
    changed("pks/closing", "Demikian {{ pks }} ini dibuat", "Demikianlah {{ pks }} ini disusun")
}

fn pks(browser: &Browser<'_>, agreement: Uuid) -> String {
    browser.open(&format!("/perjanjian/{agreement}/naskah/pks.txt")).words()
}

#[track_caller]
fn saved(browser: &Browser<'_>, path: &str, text: &str) -> Page {
    let page = browser.open(path);
    let answer = browser.submit(&page, &[("text", text)]);
    assert_eq!(answer.status, 303, "{path}: {}", answer.complaints());
    browser.open(&answer.location())
}

#[test]
fn an_approver_changes_a_wording_and_the_papers_of_the_office_say_so() {
    let test = TestApp::new();
    let agreement = draft(&test, "bpbd");
    let facts = twins().into_iter().find(|(name, _)| name == "dinas_sosial").unwrap().1.facts;
    let elsewhere = test.add_agreement_as(test.kota, State::Drafting, facts);
    let site = Site::of(test);
    let (rini, bagus, sari) = (site.sign_in(cast::RINI), site.sign_in(cast::BAGUS), site.sign_in(cast::SARI));
    let first = bagus.open("/redaksi");
    first.says("semuanya bawaan Kawal");
    bagus.open(CLOSING).says("bawaan Kawal");

    let page = saved(&bagus, CLOSING, &sealed());
    page.says("Redaksi disimpan.");
    page.says("milik kantor, versi 2, 2 November 2026 oleh Bagus Prasetyo");
    page.says("Demikianlah Perjanjian Kerja Sama ini disusun");
    bagus.open("/redaksi").says("1 di antaranya milik kantor");
    assert!(pks(&rini, agreement).contains("Demikianlah Perjanjian Kerja Sama ini disusun"));
    assert!(!pks(&sari, elsewhere).contains("Demikianlah"), "another office keeps its own");

    // Read by the office, changed by those who answer for it; told in the log.
    let read = rini.open(CLOSING);
    read.says("Redaksi yang berlaku");
    assert!(!read.source().contains("Simpan redaksi"));
    let log = site.sign_in(cast::HENDRA).open("/catatan?jenis=redaksi");
    log.says("Bagus Prasetyo mengubah redaksi Penutup");
    log.says("versi 2, sidik jari");
    assert!(site.test.log(site.test.office).last().unwrap().payload.len() < 300, "no text in the log");

    // The same form once more is led to the result of the first.
    let form = bagus.open(CLOSING);
    let once = sealed().replace("sama.", "setara.");
    for _ in 0..2 {
        assert_eq!(bagus.submit(&form, &[("text", once.as_str())]).status, 303);
    }
    bagus.open(&format!("{CLOSING}/versi")).says("Versi 3");
    bagus.open(&format!("{CLOSING}/versi")).is_silent_about("Versi 4");
    assert_eq!(bagus.submit(&bagus.open(CLOSING), &[]).status, 303);
    bagus.open(CLOSING).is_silent_about("versi 4");
}

#[test]
fn a_faulty_wording_is_told_line_by_line_and_what_was_typed_stays() {
    let site = Site::of(TestApp::new());
    let bagus = site.sign_in(cast::BAGUS);
    let typed = "# Penutup ^closing\r\n\r\nOleh {{ user.nama }} dalam {{ ref(\"hilang\") }}.";
    let page = bagus.submit(&bagus.open(CLOSING), &[("text", typed)]);
    assert_eq!(page.status, 422);
    page.says("Baris 3: isian “user.nama” tidak dikenal; mungkin “user.name”?");
    assert_eq!(page.field("text").trim(), typed.replace("\r\n", "\n"));
    let page = bagus.submit(&page, &[("text", &typed.replace("nama", "name"))]);
    assert_eq!(page.status, 422);
    page.says("Baris 3: rujukan ke label “hilang” tidak menemukan “^hilang”");
    let page = bagus
        .submit(&bagus.open("/redaksi/pks/duties"), &[("text", &changed("pks/duties", " ^secrecy", ""))]);
    assert_eq!(page.status, 422);
    page.says("Bagian yang wajib ada dalam PKS tidak ditemukan: larangan memberikan data kepada pihak lain");
    bagus.open("/redaksi").says("semuanya bawaan Kawal");
}

#[test]
fn two_people_changing_a_wording_see_each_others_text() {
    let site = Site::of(TestApp::new());
    let (bagus, dewi) = (site.sign_in(cast::BAGUS), site.sign_in(cast::DEWI));
    let (his, hers) = (bagus.open(CLOSING), dewi.open(CLOSING));
    assert_eq!(bagus.submit(&his, &[("text", &sealed())]).status, 303);
    let mine = changed("pks/closing", "cap resmi", "cap basah");
    let page = dewi.submit(&hers, &[("text", &mine)]);
    assert_eq!(page.status, 409);
    page.says("Bagus Prasetyo menyimpan perubahan");
    page.says("Demikianlah");
    assert!(page.field("text").contains("cap basah"), "{}", page.field("text"));
    assert_eq!(dewi.submit(&page, &[]).status, 303, "having seen both, she may decide");
    dewi.open(CLOSING).says("versi 3, 2 November 2026 oleh Dewi Anggraini");
}

#[test]
fn the_default_comes_back_and_every_version_stays() {
    let test = TestApp::new();
    let agreement = draft(&test, "bpbd");
    let site = Site::of(test);
    let bagus = site.sign_in(cast::BAGUS);
    saved(&bagus, CLOSING, &sealed());
    let asked = bagus.open(&format!("{CLOSING}/bawaan"));
    asked.says("tetap tersimpan di antara versinya");
    bagus.save(&asked, &[]).says("bawaan Kawal");
    assert!(!pks(&bagus, agreement).contains("Demikianlah"));
    let versions = bagus.open(&format!("{CLOSING}/versi?dari=1&ke=2"));
    versions.says("Dari versi 1 ke versi 2");
    for words in ["Versi 3", "Demikianlah", "disusun", "bawaan Kawal saat itu"] {
        versions.says(words);
    }
    assert_eq!(bagus.get(&format!("{CLOSING}/bawaan")).status, 404, "nothing more to go back from");
    let told = site.test.log(site.test.office);
    assert_eq!(told.last().unwrap().sentence(), "Bagus Prasetyo mengembalikan redaksi bawaan Penutup");
}

#[test]
fn a_newer_default_is_pointed_out_until_it_was_considered() {
    let test = TestApp::new();
    // As an older Kawal left it: copied from a default that reads otherwise today.
    let new = NewText {
        name: "pks/closing".into(),
        title: "Penutup".into(),
        after: None,
        text: Some(sealed()),
        base: Some(changed("pks/closing", "semuanya", "seluruhnya")),
        rebased: false,
        read: 0,
    };
    test.write(test.office, |db, deed| wordings::change(db, deed, &new));
    let site = Site::of(test);
    let bagus = site.sign_in(cast::BAGUS);
    bagus.open("/redaksi").says("bawaan berubah");
    let page = bagus.open(CLOSING);
    page.says("Bawaan berubah sejak Anda menyalin");
    let differs = bagus.open(&format!("{CLOSING}/versi?dari=1&ke=bawaan"));
    differs.says("seluruhnya");
    differs.says("semuanya");
    // Saved without the box ticked it is still to be considered.
    assert_eq!(bagus.submit(&page, &[("text", &sealed().replace("cukup", "secukupnya"))]).status, 303);
    let page = bagus.open(CLOSING);
    page.says("Bawaan berubah sejak Anda menyalin");
    assert_eq!(bagus.submit(&page, &[("rebased", "ya")]).status, 303);
    bagus.open(CLOSING).is_silent_about("Bawaan berubah");
    bagus.open("/redaksi").says("milik kantor");
}

#[test]
fn the_preview_shows_the_paper_or_what_is_wrong_and_stores_nothing() {
    let test = TestApp::new();
    let agreement = draft(&test, "desa");
    let site = Site::of(test);
    let bagus = site.sign_in(cast::BAGUS);
    let path = format!("{CLOSING}/pratinjau");
    let ask = |text: &str, sample: &str, fragment: bool| {
        let mut pairs = vec![("_key", "k"), ("text", text), ("sample", sample)];
        if fragment {
            pairs.push(("_fragment", "ya"));
        }
        bagus.post(&path, &pairs)
    };
    let fragment = ask(&sealed(), "contoh:kecamatan", true);
    assert_eq!(fragment.status, 200);
    fragment.says("Demikianlah Perjanjian Kerjasama ini disusun");
    assert!(!fragment.source().contains("<html"), "the script gets the paper alone");
    ask(&sealed(), &agreement.to_string(), true).says("Demikianlah Perjanjian Kerjasama ini disusun");
    let faulty = ask("# Penutup\n\n{{ user.nama }}", "", true);
    faulty.says("Baris 3: isian “user.nama” tidak dikenal");
    assert!(!faulty.source().contains("<article"));
    // Without a script the button brings the whole page, with what was typed.
    let page = ask(&sealed(), "contoh:desa", false);
    assert_eq!(page.field("text"), sealed());
    page.says("Demikianlah");
    assert!(page.source().contains("data-keep=\"changed\""), "leaving it asks first");
    assert_eq!(ask(&sealed(), &Uuid::from_u128(9).to_string(), true).status, 404, "of nobody else");
    bagus.open("/redaksi").says("semuanya bawaan Kawal");
}

/// An article of its own with a label, and a reference to it.
const PRIVACY: &str = "# Pelindungan Data Pribadi ^privacy\n\n1. **PARA PIHAK** melindungi data pribadi sesuai dengan {{ ref(\"purpose\") }}.\n1. Kegagalan pelindungan diberitahukan dalam 3 x 24 jam. ^breach_notice\n";

#[test]
fn an_agreement_has_clauses_of_its_own_until_it_is_signed() {
    let test = TestApp::new();
    let (own, other) = (draft(&test, "bpbd"), draft(&test, "pertanian"));
    let site = Site::of(test);
    let (rini, bagus) = (site.sign_in(cast::RINI), site.sign_in(cast::BAGUS));
    let home = format!("/perjanjian/{own}");
    assert!(pks(&rini, own).contains("dalam Pasal 2 ayat (2) atau Pasal 8 ayat (1)"));
    rini.open(&format!("{home}/redaksi")).says("seluruhnya mengikuti redaksi kantor");

    // An article between purpose and duties: everything behind it moves, and so do all references.
    let form = rini.open(&format!("{home}/redaksi/tambahan/1"));
    form.says("Pasal baru Hanya untuk perjanjian ini");
    let page = rini.save(&form, &[("text", PRIVACY), ("after", "pks/purpose")]);
    page.says("Pelindungan Data Pribadi");
    page.says("sesudah “Maksud dan Tujuan”, versi 1, 2 November 2026 oleh Rini Wulandari");
    let text = pks(&rini, own);
    assert!(text.contains("Pasal 2 Pelindungan Data Pribadi"), "{text}");
    assert!(text.contains("sesuai dengan Pasal 1."), "{text}");
    assert!(text.contains("dalam Pasal 3 ayat (2) atau Pasal 9 ayat (1)"), "{text}");
    assert!(!pks(&rini, other).contains("Pelindungan"), "another agreement has none");

    // A change of the office's text, shown against it; the agreement's own faults are told.
    let path = format!("{home}/redaksi/pks/other");
    let own_text = changed("pks/other", "dapat mengakhiri", "berhak mengakhiri")
        .replace("materi {{ pks }} ini", "materi {{ pks }} ini selain {{ ref(\"breach_notice\") }}");
    let refused = rini.submit(&rini.open(&path), &[("text", &own_text.replace("breach_notice", "notice"))]);
    assert_eq!(refused.status, 422);
    refused.says("rujukan ke label “notice”");
    let page = rini.save(&rini.open(&path), &[("text", &own_text)]);
    page.says("2 berbeda dari redaksi kantor");
    page.says("berhak");
    assert!(pks(&rini, own).contains("selain Pasal 2 ayat (2)"));

    // The article cannot go while another text refers to it; nor under a stale page.
    let back = rini.open(&format!("{home}/redaksi/tambahan/1/batal"));
    let refused = rini.submit(&back, &[]);
    assert_eq!(refused.status, 409);
    refused.says("breach_notice");

    // The history of the agreement tells it; the fact form notices that the version moved.
    rini.open(&home).says("Rini Wulandari mengubah redaksi perjanjian dengan");

    // Signed as it reads now; afterwards nothing of it changes.
    let signing = bagus.open(&format!("{home}/tandatangan"));
    bagus.save(&signing, &[("provider_number", "400.12/201/PKS/2026"), ("user_number", "360/9/2026")]);
    let signed = pks(&rini, own);
    assert!(signed.contains("Pasal 2 Pelindungan Data Pribadi") && signed.contains("berhak mengakhiri"));
    let cited = |page: &Page| page.words().contains("PKS Pasal 9 ayat (1)");
    assert!(cited(&rini.open(&home)), "{}", rini.open(&home).words());
    let two = format!("{}\n# Ketentuan Tambahan\n\nTambahan.\n", standard("pks/purpose").unwrap());
    saved(&bagus, "/redaksi/pks/purpose", &two);
    assert_eq!(pks(&rini, own), signed);
    assert!(cited(&rini.open(&home)), "cited as it was signed");
    assert!(pks(&rini, other).contains("Pasal 2 Ketentuan Tambahan"));
    let read = rini.open(&path);
    read.says("tidak lagi rancangan");
    assert!(!read.source().contains("Simpan untuk perjanjian ini"));
    assert_eq!(rini.post(&path, &[("_key", "k2"), ("text", "# A\n\nB"), ("_version", "2")]).status, 409);
    assert_eq!(rini.get(&format!("{home}/redaksi/tambahan/1/batal")).status, 409);
}

#[test]
fn a_clause_changed_by_two_people_is_told_to_the_second() {
    let test = TestApp::new();
    let own = draft(&test, "bpbd");
    let site = Site::of(test);
    let (rini, bagus) = (site.sign_in(cast::RINI), site.sign_in(cast::BAGUS));
    let path = format!("/perjanjian/{own}/redaksi/pks/closing");
    let facts = rini.open(&format!("/perjanjian/{own}/ubah"));
    let (hers, his) = (rini.open(&path), bagus.open(&path));
    rini.save(&hers, &[("text", &sealed())]);
    let page = bagus.submit(&his, &[("text", &sealed().replace("Demikianlah", "Bahwa"))]);
    assert_eq!(page.status, 409);
    page.says("Rini Wulandari menyimpan perubahan");
    assert!(page.field("text").contains("Bahwa"));
    bagus.save(&page, &[]);
    // Facts that were open meanwhile are not written over the newer agreement unseen.
    assert_eq!(rini.submit(&facts, &[("note", "Catatan")]).status, 409);
    // Taken back, the agreement follows the office again.
    let back = rini.open(&format!("{path}/batal"));
    rini.save(&back, &[]).says("seluruhnya mengikuti redaksi kantor");
    rini.open(&format!("{path}/versi")).says("redaksi kantor saat itu");
    assert!(pks(&rini, own).contains("Demikian Perjanjian Kerja Sama ini dibuat"));
}

#[test]
fn an_agreement_is_told_when_the_office_changes_what_it_copied() {
    let test = TestApp::new();
    let own = draft(&test, "bpbd");
    let site = Site::of(test);
    let (rini, bagus) = (site.sign_in(cast::RINI), site.sign_in(cast::BAGUS));
    let path = format!("/perjanjian/{own}/redaksi/pks/closing");
    rini.save(&rini.open(&path), &[("text", &sealed())]);
    saved(&bagus, CLOSING, &changed("pks/closing", "semuanya", "seluruhnya"));
    rini.open(&format!("/perjanjian/{own}/redaksi")).says("redaksi kantor berubah");
    let page = rini.open(&path);
    page.says("Redaksi kantor berubah sejak perjanjian ini menyalinnya");
    rini.open(&format!("{path}/versi?dari=1&ke=bawaan")).says("seluruhnya");
    rini.save(&page, &[("rebased", "ya")]);
    rini.open(&path).is_silent_about("Redaksi kantor berubah");
}

#[test]
fn every_version_is_kept_for_each_owner_apart() {
    let test = TestApp::new();
    let own = draft(&test, "bpbd");
    let office = test.office;
    let new = |text: &str, read: i32| NewText {
        name: "pks/closing".into(),
        title: "Penutup".into(),
        after: None,
        text: Some(text.into()),
        base: Some("bawaan".into()),
        rebased: false,
        read,
    };
    assert_eq!(test.write(office, |db, deed| wordings::change(db, deed, &new("satu", 0))), 2);
    assert_eq!(test.write(office, |db, deed| wordings::change(db, deed, &new("dua", 2))), 3);
    assert!(test.try_write(office, |db, deed| wordings::change(db, deed, &new("tiga", 2))).is_err());
    let scope = kawal::store::agreements::Scope::office(office);
    let clause = |db: &mut _, deed: &_| wordings::change_clause(db, deed, scope, own, 1, &new("khusus", 0));
    assert_eq!(test.write(office, clause), 2);
    assert_eq!(test.agreement(office, own).version(), 2, "the agreement's version moves with its clauses");
    let texts = |owner: Owner| -> Vec<(i32, bool, String)> {
        let history = test.app.store.read_now(|db| wordings::history(db, owner, "pks/closing")).unwrap();
        history.into_iter().map(|one| (one.version, one.own, one.text)).collect()
    };
    let row = |version, own, text: &str| (version, own, text.to_owned());
    assert_eq!(
        texts(Owner::Office(office)),
        [row(3, true, "dua"), row(2, true, "satu"), row(1, false, "bawaan")]
    );
    assert_eq!(texts(Owner::Agreement(office, own)), [row(2, true, "khusus"), row(1, false, "bawaan")]);
    assert_eq!(texts(Owner::Office(test.kota)), []);
    let wording = |agreement| {
        let stationery = test.app.store.read_now(|db| test.app.stationery(db, office, agreement)).unwrap();
        stationery.wording.get("pks/closing").unwrap().to_owned()
    };
    assert_eq!((wording(None), wording(Some(own))), ("dua".to_owned(), "khusus".to_owned()));
}

#[test]
fn a_signed_paper_whose_lists_differ_keeps_both_and_is_told_as_a_finding() {
    let test = TestApp::new();
    let agreement = |name: &str| {
        let (_, told) = twins().into_iter().find(|(known, _)| known == name).unwrap();
        test.add_agreement_as(test.office, State::Signed, told.facts)
    };
    let (differs, agrees) = (agreement("dinas_sosial"), agreement("bpbd"));
    let site = Site::of(test);
    let rini = site.sign_in(cast::RINI);
    let page = rini.open(&format!("/perjanjian/{differs}"));
    page.says("Temuan terbuka");
    page.says("Daftar elemen data berbeda C4");
    page.says("Selaraskan melalui Adendum, atau saat perpanjangan.");
    rini.open(&format!("/perjanjian/{agrees}")).is_silent_about("Temuan");
    let facts = site.test.agreement(site.test.office, differs).facts().clone();
    assert_ne!(facts.access.elements, facts.access.right_elements);
    let text = pks(&rini, differs);
    for list in [&facts.access.elements, &facts.access.right_elements] {
        let labels: Vec<String> = list.iter().map(|element| element.label().to_owned()).collect();
        assert!(text.contains(&kawal::domain::wording::join_list(&labels)), "{labels:?} in {text}");
    }
}
