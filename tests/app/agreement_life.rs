//! The life of an agreement in the browser: from a draft to its end, as staff, approver and head of
//! the agency see it. Every journey ends by reading the log.

use kawal::domain::fact_sheet::FactSheet;
use kawal::domain::fact_sheet::catalogue::FACTS;
use kawal::import::agreement_file::{Syntax, read};
use kawal::store::institutions;
use kawal::web::fact_form::FactForm;
use kawal::web::pages::form::Form;
use uuid::Uuid;

use crate::support::{Browser, Page, Site, TestApp, cast, html, twins};

/// What somebody types into the form for these facts, name by name.
fn typed(facts: &FactSheet) -> Vec<(String, String)> {
    let form = Form {
        action: "/".to_owned(),
        sections: FactForm::open(FACTS, &facts.to_tree()).sections(),
        ..Form::default()
    };
    html::forms(&form.to_string()).remove(0).fields
}

/// Every fact of the fisheries agency's agreement: the twin of a social agency, moved to another region.
pub(crate) fn complete(office: &str) -> FactSheet {
    let twin = std::fs::read_to_string(twins::path("dinas_sosial")).unwrap();
    let moved = twin
        .replace("Dinas Sosial Kota Tirta Jaya", cast::FISHERIES)
        .replace("Kota Tirta Jaya", "Kabupaten Nusa Kencana")
        .replace("Tirta Jaya", "Nusa Kencana")
        .replace("kind: kota", "kind: kabupaten");
    let mut facts = read(moved.as_bytes(), Syntax::Yaml).unwrap().facts;
    facts.provider.institution.name = Some(office.to_owned());
    facts
}

/// Facts that are typed by hand once institution, official and regulations came from the master data.
pub(crate) fn by_hand(facts: &FactSheet) -> Vec<(String, String)> {
    let known =
        ["user.", "provider.institution.", "provider.number", "signing.", "legal_bases.", "term.", "_"];
    typed(facts).into_iter().filter(|(name, _)| !known.iter().any(|known| name.starts_with(known))).collect()
}

pub(crate) fn refs(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// The fisheries agency with its head, entered by staff.
pub(crate) fn enter_fisheries(site: &Site, rini: &Browser<'_>) -> String {
    let agency = site
        .test
        .app
        .store
        .read_now(|db| institutions::by_name(db, site.test.office, cast::FISHERIES))
        .unwrap()
        .unwrap();
    let home = format!("/instansi/{}", agency.id);
    let form = rini.open(&format!("{home}/ubah"));
    rini.save(
        &form,
        &[
            ("short_name", "Dinas Perikanan"),
            ("address", "Jalan Pelabuhan Nomor 7, Nusa Kencana"),
            ("email", "kantor@perikanan.example"),
        ],
    );
    let form = rini.open(&format!("{home}/pejabat/baru"));
    let page = rini.save(
        &form,
        &[
            ("degrees_before", "Drs."),
            ("name", cast::WIRA.1),
            ("degrees_after", "M.Si."),
            ("nip", "197001011995031001"),
            ("email", cast::WIRA.0),
            ("position", "Kepala Dinas Perikanan Kabupaten Nusa Kencana"),
            ("from_on", "2024-01-02"),
        ],
    );
    page.says("Drs. Wira Adinata, M.Si.");
    home
}

/// A complete draft with the fisheries agency; its address.
pub(crate) fn draft(site: &Site, rini: &Browser<'_>) -> String {
    let home = enter_fisheries(site, rini);
    let id = home.rsplit('/').next().unwrap().to_owned();
    let form = rini.open("/perjanjian/baru/pilih");
    let form = rini.save(&form, &[("instansi", &id)]);
    let office = site.test.office(site.test.office).name;
    let page = rini.save(&form, &refs(&by_hand(&complete(&office))));
    page.says("Rancangan disimpan.");
    page.path
}

/// What Bagus types when the paper came back with both signatures.
pub(crate) const SIGNATURES: &[(&str, &str)] = &[
    ("signed_on", "2026-11-09"),
    ("place", "Nusa Kencana"),
    ("provider_number", "400.12/201/PKS/2026"),
    ("user_number", "523/077/2026"),
];

pub(crate) fn id_of(path: &str) -> Uuid {
    path.rsplit('/').next().unwrap().parse().unwrap()
}

/// The auditor reads these sentences in the log.
fn the_log_tells(site: &Site, lines: &[&str]) {
    let page = site.sign_in(cast::HENDRA).open("/catatan");
    for line in lines {
        page.says(line);
    }
}

#[test]
fn an_agreement_is_drafted_signed_reminded_and_ended() {
    let site = Site::new();
    let test = &site.test;
    let (rini, bagus) = (site.sign_in(cast::RINI), site.sign_in(cast::BAGUS));

    // Drafted from the institution: what the office knows already stands in the form.
    let agency = enter_fisheries(&site, &rini);
    let form = rini.open("/perjanjian/baru/pilih");
    let form = rini.save(&form, &[("instansi", agency.rsplit('/').next().unwrap())]);
    for (name, known) in [
        ("user.institution.name", cast::FISHERIES),
        ("user.institution.address", "Jalan Pelabuhan Nomor 7, Nusa Kencana"),
        ("user.official.name", cast::WIRA.1),
        ("user.official.position", "Kepala Dinas Perikanan Kabupaten Nusa Kencana"),
        ("user.official.nip", "197001011995031001"),
        ("provider.institution.name", "Dinas Kependudukan dan Pencatatan Sipil Kabupaten Nusa Kencana"),
        ("term.months", "24"),
        ("legal_bases.0.year", "2006"),
    ] {
        assert_eq!(form.field(name), known, "{name}");
    }
    let page = rini.save(&form, &[]);
    let home = page.path.clone();
    for missing in
        ["Kegunaan data", "Elemen data", "Nomor PIHAK KEDUA", "Tanggal perjanjian", "Data yang diberikan"]
    {
        page.says(missing);
    }
    page.says("Tenggat dihitung setelah perjanjian ditandatangani.");

    // Printed as DRAF meanwhile; nobody signs what is incomplete.
    let paper = rini.open(&format!("{home}/naskah/pks.txt"));
    paper.says("DRAF");
    assert!(rini.open(&format!("{home}/naskah/pks.pdf")).body.starts_with(b"%PDF-"));
    assert!(rini.open(&format!("{home}/naskah/pks.docx")).body.starts_with(b"PK"));
    assert_eq!(rini.get(&format!("{home}/tandatangan")).status, 403);
    let form = bagus.open(&format!("{home}/tandatangan"));
    form.says("Masih kurang, isi dahulu lewat Ubah fakta");
    let refused = bagus.submit(&form, SIGNATURES);
    assert_eq!(refused.status, 422);
    assert!(refused.complaints().contains("Elemen data"), "{}", refused.complaints());
    assert_eq!(refused.field("provider_number"), "400.12/201/PKS/2026");

    // Completed; the list of what is missing shrinks to what only the signatures bring.
    let office = test.office(test.office).name;
    let form = rini.open(&format!("{home}/ubah"));
    let page = rini.save(&form, &refs(&by_hand(&complete(&office))));
    page.says("kurang 3");
    page.is_silent_about("Elemen data kurang");

    // Signed.
    test.on("2026-11-10");
    let (rini, bagus) = (site.sign_in(cast::RINI), site.sign_in(cast::BAGUS));
    let form = bagus.open(&format!("{home}/tandatangan"));
    let page = bagus.save(&form, SIGNATURES);
    page.says("Penandatanganan dicatat");
    page.says("400.12/201/PKS/2026 (Disdukcapil)");
    page.says("523/077/2026 (Dinas Perikanan)");
    page.says("9 November 2026 sampai dengan 8 November 2028");
    page.says("Teks dibekukan saat tanda tangan");

    // Deadlines with their rule and where it stands.
    page.says("Jumat, 8 September 2028");
    page.says("Rabu, 8 November 2028");
    page.says("PKS Pasal");
    page.says("Kebijakan kantor");
    page.says("Laporan semester");
    assert!(!rini.open(&format!("{home}/naskah/pks.txt")).source().contains("DRAF"));

    // Reminded a month before and on the very day.
    for (day, mails) in
        [("2028-08-07", 0), ("2028-08-08", 1), ("2028-09-07", 1), ("2028-09-08", 2), ("2028-09-09", 2)]
    {
        test.on(day);
        test.scan();
        assert_eq!(test.outbox(test.office).len(), mails, "{day}");
    }
    test.on("2028-09-08");
    let rini = site.sign_in(cast::RINI);
    let page = rini.open(&home);
    page.says("Hari ini batas surat perpanjangan");
    page.says("Hari ini batas surat perpanjangan PKS Dinas Perikanan Kabupaten Nusa Kencana");
    page.says("wira@perikanan.example");
    rini.open("/").says(cast::FISHERIES);

    // The letter came in: what was not sent is cancelled, nothing more goes.
    let form = rini.open(&format!("{home}/surat-perpanjangan"));
    let late = rini.submit(&form, &[("letter_number", "523/901/2028"), ("letter_on", "2028-09-09")]);
    assert_eq!(late.status, 422);
    assert!(late.beside("letter_on").contains("sesudah hari ini"), "{}", late.complaints());
    let page = rini.save(&form, &[("letter_number", "523/901/2028"), ("letter_on", "2028-09-07")]);
    page.says("Surat perpanjangan dicatat. Pengingat berhenti.");
    page.says("523/901/2028, 7 September 2028");
    for day in ["2028-09-09", "2028-10-02", "2028-11-08"] {
        test.on(day);
        test.scan();
    }
    let mails = test.outbox(test.office);
    assert_eq!(mails.len(), 2);
    assert!(mails.iter().all(|mail| mail.state == "cancelled"), "{mails:#?}");

    // Ended by agreement of both, on its last day.
    let bagus = site.sign_in(cast::BAGUS);
    let form = bagus.open(&format!("{home}/akhiri"));
    assert!(bagus.submit(&form, &[]).beside("ended_on").contains("Isi tanggalnya"));
    let page = bagus.save(
        &form,
        &[("cause", "replaced"), ("ended_on", "2028-11-08"), ("letter_number", "400.12/9/2028")],
    );
    page.says("Berakhirnya perjanjian dicatat; hari terakhir berlaku 8 November 2028.");
    assert!(!page.source().contains("/ubah\""));

    let told: Vec<String> =
        test.sentences(test.office).into_iter().filter(|line| !line.ends_with(" masuk")).collect();
    let told: Vec<&str> =
        told.iter().skip_while(|line| !line.contains("membuat rancangan")).map(String::as_str).collect();
    assert_eq!(
        told,
        [
            "Rini Wulandari membuat rancangan perjanjian Dinas Perikanan Kabupaten Nusa Kencana",
            "Rini Wulandari mengubah fakta Dinas Perikanan Kabupaten Nusa Kencana",
            "Bagus Prasetyo mencatat penandatanganan Dinas Perikanan Kabupaten Nusa Kencana",
            "Sistem menyiapkan pengingat Dinas Perikanan Kabupaten Nusa Kencana",
            "Sistem menyiapkan pengingat Dinas Perikanan Kabupaten Nusa Kencana",
            "Rini Wulandari mencatat surat perpanjangan Dinas Perikanan Kabupaten Nusa Kencana",
            "Bagus Prasetyo mencatat berakhirnya perjanjian Dinas Perikanan Kabupaten Nusa Kencana",
        ]
    );
    the_log_tells(&site, &told);
    for line in told.iter().filter(|line| !line.contains("membuat")) {
        page.says(line);
    }
}

#[test]
fn what_was_signed_stays_as_it_was_signed() {
    let site = Site::new();
    let test = &site.test;
    test.on("2026-11-10");
    let (rini, bagus) = (site.sign_in(cast::RINI), site.sign_in(cast::BAGUS));
    let home = draft(&site, &rini);
    let agency = format!("/instansi/{}", test.institution_of(test.office, id_of(&home)));
    bagus.save(&bagus.open(&format!("{home}/tandatangan")), SIGNATURES);
    let papers = |browser: &Browser<'_>| -> Vec<Vec<u8>> {
        ["pdf", "html", "txt", "docx"]
            .iter()
            .map(|format| browser.open(&format!("{home}/naskah/pks.{format}")).body)
            .collect()
    };
    let signed = papers(&rini);
    let text = String::from_utf8(signed[2].clone()).unwrap();
    assert!(text.contains("Drs. Wira Adinata, M.Si.") && text.contains("400.12/201/PKS/2026"), "{text}");

    // Another head, another name of the agency, another title of a regulation.
    let form = rini.open(&format!("{agency}/pejabat/baru"));
    rini.save(
        &form,
        &[("name", "Lestari Handayani"), ("position", "Kepala Dinas Kelautan"), ("from_on", "2026-11-10")],
    );
    let form = rini.open(&format!("{agency}/ubah"));
    rini.save(&form, &[("name", "Dinas Kelautan Kabupaten Nusa Kencana")]);
    let bases = rini.open("/dasar-hukum").source();
    for address in bases.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        if address.starts_with("/dasar-hukum/") && !address.ends_with("baru") {
            let form = rini.open(address);
            let renamed = format!("{} yang Diganti Judulnya", form.field("about"));
            rini.save(&form, &[("about", &renamed)]);
        }
    }
    assert_eq!(papers(&rini), signed, "the signed paper changed");

    // The page refuses what the paper states, by name, and takes what it does not state.
    let form = rini.open(&format!("{home}/ubah"));
    form.says("Naskah ini sudah ditandatangani");
    let refused = rini.submit(&form, &[("subject.purpose", "keperluan lain"), ("note", "Catatan baru")]);
    assert_eq!(refused.status, 422);
    assert!(
        refused.complaints().contains("tertulis pada naskah yang sudah ditandatangani"),
        "{}",
        refused.complaints()
    );
    assert_eq!(refused.field("note"), "Catatan baru");
    rini.save(&form, &[("note", "Catatan baru"), ("network.ip_lan", "10.20.30.40")]).says("Fakta disimpan.");
    assert_eq!(papers(&rini), signed);

    let last = test.log(test.office).pop().unwrap();
    assert_eq!(last.sentence(), "Rini Wulandari mengubah fakta Dinas Perikanan Kabupaten Nusa Kencana");
    let mut details = last.details();
    details.sort();
    assert_eq!(details, ["Catatan kantor: “Catatan baru”", "IP LAN (Jaringan): diubah (rahasia)"]);
    the_log_tells(&site, &["IP LAN", "diubah", "Catatan baru", "Rini Wulandari mengubah dasar hukum"]);
    site.sign_in(cast::HENDRA).open("/catatan").is_silent_about("10.20.30.40");
}

#[test]
fn two_people_editing_at_once_see_each_other() {
    let site = Site::new();
    let test = &site.test;
    let (rini, bagus) = (site.sign_in(cast::RINI), site.sign_in(cast::BAGUS));
    let home = draft(&site, &rini);
    let (for_rini, for_bagus) = (rini.open(&format!("{home}/ubah")), bagus.open(&format!("{home}/ubah")));
    bagus.save(&for_bagus, &[("subject.purpose", "pendataan nelayan"), ("note", "Catatan Bagus")]);

    let clash =
        rini.submit(&for_rini, &[("subject.purpose", "pendataan kapal"), ("network.bandwidth", "20 Mbps")]);
    assert_eq!(clash.status, 409);
    clash.says("Fakta ini baru saja diubah orang lain");
    clash.says("Bagus Prasetyo menyimpan perubahan 2 November 2026 09.00 WIB");
    clash.says("pendataan nelayan");
    clash.says("tidak Anda ubah; yang tersimpan dipakai");
    // What only the other changed is taken over; what both changed stays as typed.
    assert_eq!(clash.field("note"), "Catatan Bagus");
    assert_eq!(clash.field("subject.purpose"), "pendataan kapal");
    assert_eq!(clash.field("network.bandwidth"), "20 Mbps");
    assert_eq!(
        test.agreement(test.office, id_of(&home)).facts().subject.purpose.as_deref(),
        Some("pendataan nelayan")
    );

    let page = rini.save(&clash, &[]);
    page.says("Fakta disimpan.");
    let facts = test.agreement(test.office, id_of(&home)).facts().clone();
    assert_eq!(facts.subject.purpose.as_deref(), Some("pendataan kapal"));
    assert_eq!(facts.note.as_deref(), Some("Catatan Bagus"));

    // The same with an act: an agreement that moved meanwhile is not signed unseen.
    let form = bagus.open(&format!("{home}/tandatangan"));
    rini.save(&rini.open(&format!("{home}/ubah")), &[("note", "Catatan Rini")]);
    assert_eq!(bagus.submit(&form, SIGNATURES).status, 409);

    let told = test.log(test.office);
    let told: Vec<String> = told
        .iter()
        .filter(|entry| entry.verb == "facts_revised")
        .map(|entry| format!("{}: {}", entry.sentence(), entry.details().join("; ")))
        .collect();
    assert_eq!(told.len(), 3, "{told:#?}");
    assert!(
        told[1].starts_with("Rini Wulandari mengubah fakta")
            && told[1].contains("dari “pendataan nelayan” menjadi “pendataan kapal”"),
        "{told:#?}"
    );
    the_log_tells(&site, &["pendataan nelayan", "pendataan kapal", "Bagus Prasetyo mengubah fakta"]);
}

#[test]
fn a_form_posted_twice_is_done_once() {
    let site = Site::new();
    let test = &site.test;
    let rini = site.sign_in(cast::RINI);
    let form = rini.open("/perjanjian/baru");
    let first = rini.submit(&form, &[("note", "Sekali saja")]);
    let second = rini.submit(&form, &[("note", "Sekali saja")]);
    assert_eq!((first.status, second.status), (303, 303));
    assert_eq!(first.location(), second.location());

    let form = rini.open("/instansi/baru");
    let to = [("name", "Dinas Kebun Raya Kabupaten Nusa Kencana")];
    assert_eq!(rini.submit(&form, &to).location(), rini.submit(&form, &to).location());

    let id = test.fisheries();
    test.on("2027-07-20");
    let rini = site.sign_in(cast::RINI);
    let form = rini.open(&format!("/perjanjian/{id}/surat-perpanjangan"));
    for _ in 0..2 {
        let answer = rini.submit(&form, &[("letter_number", "523/1/2027"), ("letter_on", "2027-07-19")]);
        assert_eq!((answer.status, answer.location()), (303, format!("/perjanjian/{id}")));
    }
    let told = test.sentences(test.office);
    for once in ["membuat rancangan", "menambah instansi Dinas Kebun", "mencatat surat perpanjangan"] {
        assert_eq!(told.iter().filter(|line| line.contains(once)).count(), 1, "{once}: {told:#?}");
    }
}

#[test]
fn a_number_that_is_taken_is_refused_beside_its_field() {
    let site = Site::new();
    let test = &site.test;
    test.fisheries();
    let rini = site.sign_in(cast::RINI);
    let form = rini.open("/perjanjian/baru");
    // The same number, written another way, in the same year.
    let refused = rini.submit(
        &form,
        &[
            ("provider.number", "400.12 / 17 / pks / 2025"),
            ("signing.on", "2025-12-01"),
            ("user.institution.name", "Dinas Kebun Raya"),
        ],
    );
    assert_eq!(refused.status, 422);
    let beside = refused.beside("provider.number");
    assert!(beside.contains("sudah dipakai perjanjian dengan Dinas Perikanan"), "{}", refused.complaints());
    assert_eq!(refused.field("provider.number"), "400.12 / 17 / pks / 2025");
    assert_eq!(refused.field("user.institution.name"), "Dinas Kebun Raya");
    // Corrected, the same form goes through.
    let page = rini.save(&refused, &[("provider.number", "400.12/18/PKS/2025")]);
    page.says("Dinas Kebun Raya");
    let told = test.sentences(test.office);
    assert_eq!(told.last().unwrap(), "Rini Wulandari membuat rancangan perjanjian Dinas Kebun Raya");
}

#[test]
fn what_cannot_be_is_refused_beside_its_field_and_stays_as_typed() {
    let site = Site::new();
    let rini = site.sign_in(cast::RINI);
    let form = rini.open("/perjanjian/baru");
    let wrong = [
        ("user.official.nip", "12345", "18"),
        ("user.official.email", "bukan surel", "surel"),
        ("signing.on", "31/02/2026", "tanggal"),
        ("copies.count", "dua", "bilangan"),
        ("term.months", "-3", ""),
    ];
    let pairs: Vec<(&str, &str)> = wrong.iter().map(|(name, typed, _)| (*name, *typed)).collect();
    let refused = rini.submit(&form, &pairs);
    assert_eq!(refused.status, 422);
    for (name, typed, said) in wrong {
        assert_eq!(refused.field(name), typed, "{name}");
        let beside = refused.beside(name).to_lowercase();
        assert!(!beside.is_empty() && beside.contains(said), "{name}: {beside:?}");
    }
    refused.says("hal perlu diperbaiki");
    let ends_first = rini
        .submit(&form, &[("signing.on", "2026-10-01"), ("term.months", ""), ("term.end_on", "2026-09-01")]);
    assert_eq!(ends_first.status, 422);
    assert!(!ends_first.beside("term.end_on").is_empty(), "{}", ends_first.complaints());
    assert!(!site.test.sentences(site.test.office).iter().any(|line| line.contains("rancangan")));
}

/// Registers a running agreement from its minimum.
fn register(rini: &Browser<'_>, more: &[(&str, &str)]) -> Page {
    let form = rini.open("/perjanjian/daftarkan");
    let minimum = [
        ("user.institution.name", "Kecamatan Sukamaju"),
        ("user.official.name", "Gilang Mahendra"),
        ("user.official.position", "Camat Sukamaju"),
        ("user.official.email", "camat@sukamaju.example"),
        ("signing.on", "2024-12-11"),
    ];
    let minimum = minimum.into_iter().filter(|(name, _)| !more.iter().any(|(other, _)| other == name));
    let pairs: Vec<(&str, &str)> = minimum.chain(more.iter().copied()).collect();
    rini.submit(&form, &pairs)
}

#[test]
fn an_agreement_registered_inside_its_window_is_reminded_at_once() {
    let site = Site::new();
    let test = &site.test;
    let rini = site.sign_in(cast::RINI);
    let lacking = register(&rini, &[("user.official.name", ""), ("signing.on", "")]);
    assert_eq!(lacking.status, 422);
    assert!(lacking.beside("user.official.name").contains("Isi nama kepalanya"));
    assert!(lacking.beside("signing.on").contains("Isi tanggal"));
    assert_eq!(lacking.field("user.official.email"), "camat@sukamaju.example");

    // Until 10 December 2026, so the letter was due on 10 October: the head hears of it today.
    let answer = register(&rini, &[]);
    let page = rini.open(&answer.location());
    page.says("Perjanjian didaftarkan; tenggatnya sudah dihitung.");
    page.says("Batas surat perpanjangan lewat sejak 10 Oktober 2026");
    let mails = test.outbox(test.office);
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to_address, "camat@sukamaju.example");
    assert!(mails[0].text.contains("Camat Sukamaju"), "{}", mails[0].text);
    test.advance(chrono::Duration::hours(24));
    test.scan();
    assert_eq!(test.outbox(test.office).len(), 1, "reminded twice");

    // One that is far from its window waits.
    let rini = site.sign_in(cast::RINI);
    let later = register(
        &rini,
        &[
            ("user.institution.name", "Kecamatan Sukarela"),
            ("signing.on", "2026-10-05"),
            ("term.months", ""),
            ("term.end_on", "2028-10-04"),
        ],
    );
    rini.open(&later.location()).says("5 Oktober 2026 sampai dengan 4 Oktober 2028");
    assert_eq!(test.outbox(test.office).len(), 1);

    let told = test.sentences(test.office);
    for line in [
        "Rini Wulandari mendaftarkan perjanjian berjalan Kecamatan Sukamaju",
        "Sistem menyiapkan pengingat Kecamatan Sukamaju",
        "Rini Wulandari mendaftarkan perjanjian berjalan Kecamatan Sukarela",
    ] {
        assert!(told.iter().any(|known| known == line), "{line}: {told:#?}");
        the_log_tells(&site, &[line]);
    }
}

#[test]
fn a_city_is_never_told_of_a_regent() {
    let site = Site::new();
    let test: &TestApp = &site.test;
    let (_, twin) = twins().into_iter().find(|(name, _)| name == "dinas_sosial").unwrap();
    let mut facts = twin.facts;
    facts.provider.institution = test.office(test.kota).institution();
    facts.user.official.email = Some("ayu@dinsos.example".into());
    let id = test.add_agreement(test.kota, facts.clone());
    test.on("2027-02-13");
    test.scan();
    test.on("2027-03-05");
    test.scan();
    let sari = site.sign_in(cast::SARI);
    // A draft from the institution, so that everything comes from the city's own master data.
    let institution = test.institution_of(test.kota, id);
    let form = sari.open(&format!("/perjanjian/baru?instansi={institution}"));
    facts.provider.number = None;
    facts.user.number = None;
    let fresh = sari.save(&form, &refs(&by_hand(&facts)));
    let mut read = 0;
    for path in [
        "/".to_owned(),
        "/perjanjian".to_owned(),
        "/instansi".to_owned(),
        "/tenggat".to_owned(),
        "/tugas".to_owned(),
        "/surel".to_owned(),
        "/catatan".to_owned(),
        format!("/instansi/{institution}"),
        format!("/perjanjian/{id}"),
        format!("/perjanjian/{id}/surat-perpanjangan"),
        format!("/perjanjian/{id}/naskah/pks.txt"),
        format!("/perjanjian/{id}/naskah/pks.html"),
        format!("/perjanjian/{id}/naskah/surat-pemberitahuan.txt"),
        fresh.path.clone(),
        format!("{}/naskah/pks.txt", fresh.path),
    ] {
        let page = sari.open(&path);
        assert!(page.words().contains("Tirta Jaya") || path == "/", "{path}");
        speaks_of_a_city(&path, &page.words());
        read += 1;
    }
    for mail in test.outbox(test.kota) {
        for part in [&mail.subject, &mail.text, &html::words(&mail.html)] {
            speaks_of_a_city(&mail.subject, part);
        }
        read += 1;
    }
    for entry in test.log(test.kota) {
        speaks_of_a_city(&entry.sentence(), &entry.sentence());
    }
    assert!(read >= 12, "only {read} papers, pages and mails were read");
    let told = test.sentences(test.kota);
    assert!(
        told.iter()
            .any(|line| line == "Sari Puspita membuat rancangan perjanjian Dinas Sosial Kota Tirta Jaya"),
        "{told:#?}"
    );
}

#[track_caller]
fn speaks_of_a_city(what: &str, text: &str) {
    // "Kabupaten/Kota" is how regulations name both.
    let text = text.replace("Kabupaten/Kota", "").replace("KABUPATEN/KOTA", "");
    for word in ["Bupati", "BUPATI", "Kabupaten", "KABUPATEN"] {
        assert!(!text.contains(word), "{what} says {word}: …{}…", around(&text, word));
    }
}

fn around(text: &str, word: &str) -> String {
    let at = text.find(word).unwrap_or_default();
    text[..at]
        .chars()
        .rev()
        .take(60)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .chain(text[at..].chars().take(60))
        .collect()
}
