//! Institutions and their officials in the browser.

use kawal::store::officials;

use crate::support::browser::Browser;
use crate::support::{TestApp, cast};

/// The institution of Nusa Kencana that the cast has.
fn fisheries(test: &TestApp) -> uuid::Uuid {
    let (office, name) = (test.office, cast::FISHERIES);
    test.app.store.read_now(|db| kawal::store::institutions::by_name(db, office, name)).unwrap().unwrap().id
}

#[actix_web::test]
async fn staff_add_an_institution_and_its_head_and_the_log_tells_it() {
    let test = TestApp::new();
    let mut rini = Browser::of(&test, cast::RINI).await;
    let form = rini.get("/instansi/baru").await;
    assert_eq!(form.status, 200);
    assert!(form.form().contains(&("region.name".into(), "Nusa Kencana".into())), "the office's own region");

    let typed = form.filled(&[("name", "Dinas Sosial Kabupaten Nusa Kencana"), ("kind", "perangkat_daerah")]);
    let saved = rini.submit("/instansi/baru", &typed).await;
    assert_eq!(saved.status, 303);
    let home = saved.location.unwrap();
    let page = rini.get(&home).await;
    assert!(page.shows("Belum ada yang menjabat hari ini"), "nobody heads it yet");

    let form = rini.get(&format!("{home}/pejabat/baru")).await;
    let typed = form.filled(&[
        ("name", "Ayu Kartika"),
        ("degrees_after", "S.Sos."),
        ("position", "Kepala Dinas Sosial"),
        ("capacity", "plt"),
        ("nip", "19800101 200501 2 003"),
        ("email", "ayu@dinsos.example"),
    ]);
    assert_eq!(rini.submit(&format!("{home}/pejabat/baru"), &typed).await.status, 303);
    let page = rini.get(&home).await;
    assert!(page.shows("Ayu Kartika, S.Sos.") && page.shows("NIP 19800101 200501 2 003"));
    assert!(rini.get("/instansi").await.shows("Plt. Ayu Kartika, S.Sos."));

    let told = test.sentences(test.office);
    let added = "Rini Wulandari menambah instansi Dinas Sosial Kabupaten Nusa Kencana";
    assert!(told.iter().any(|line| line == added), "{told:?}");
    assert!(
        told.iter().any(|line| line == "Rini Wulandari menambah pejabat Ayu Kartika, S.Sos."),
        "{told:?}"
    );
}

#[actix_web::test]
async fn a_form_posted_twice_adds_one_institution() {
    let test = TestApp::new();
    let mut rini = Browser::of(&test, cast::RINI).await;
    let typed = rini.get("/instansi/baru").await.filled(&[("name", "RSUD Nusa Kencana")]);
    let first = rini.submit("/instansi/baru", &typed).await;
    let second = rini.submit("/instansi/baru", &typed).await;
    assert_eq!((second.status, &second.location), (303, &first.location));
    let added = test.sentences(test.office).iter().filter(|line| line.contains("RSUD")).count();
    assert_eq!(added, 1);
}

#[actix_web::test]
async fn what_does_not_hold_stands_beside_its_field_and_what_was_typed_stays() {
    let test = TestApp::new();
    let mut rini = Browser::of(&test, cast::RINI).await;
    let typed = rini.get("/instansi/baru").await.filled(&[("name", " "), ("email", "bukan surel")]);
    let page = rini.submit("/instansi/baru", &typed).await;
    assert_eq!(page.status, 422);
    assert_eq!(page.errors_at("name"), ["Isi nama instansi."]);
    assert_eq!(page.errors_at("email").len(), 1);
    assert!(page.form().contains(&("email".into(), "bukan surel".into())));

    let typed = page.filled(&[("name", cast::FISHERIES), ("email", "")]);
    let page = rini.submit("/instansi/baru", &typed).await;
    assert_eq!(page.errors_at("name"), [format!("Instansi {} sudah ada.", cast::FISHERIES)]);

    let path = format!("/instansi/{}/pejabat/baru", fisheries(&test));
    let typed = rini.get(&path).await.filled(&[
        ("name", "Wira Adinata"),
        ("position", "Kepala Dinas Perikanan"),
        ("nip", "123"),
        ("from_on", "31/02/2026"),
        ("to_on", "2026-01-01"),
    ]);
    let page = rini.submit(&path, &typed).await;
    assert_eq!(page.status, 422);
    assert_eq!(page.errors_at("nip"), ["Tertulis \"123\"; diharapkan NIP 18 angka."]);
    assert_eq!(page.errors_at("from_on").len(), 1);
    assert!(page.form().contains(&("from_on".into(), "31/02/2026".into())));

    let typed = page.filled(&[("nip", ""), ("from_on", "1/2/2026")]);
    let page = rini.submit(&path, &typed).await;
    assert_eq!(page.errors_at("to_on"), ["Hari terakhir tidak boleh sebelum hari pertama."]);
}

#[actix_web::test]
async fn two_people_editing_at_once_see_each_others_change() {
    let test = TestApp::new();
    let (mut rini, mut bagus) = (Browser::of(&test, cast::RINI).await, Browser::of(&test, cast::BAGUS).await);
    let home = format!("/instansi/{}", fisheries(&test));
    let path = format!("{home}/ubah");
    let (hers, his) = (rini.get(&path).await, bagus.get(&path).await);
    let typed = his.filled(&[("phone", "(0299) 555 0134"), ("email", "baru@perikanan.example")]);
    assert_eq!(bagus.submit(&path, &typed).await.status, 303);

    let typed = hers.filled(&[("email", "lama@perikanan.example"), ("short_name", "Perikanan")]);
    let page = rini.submit(&path, &typed).await;
    assert_eq!(page.status, 409);
    assert!(page.shows("Bagus Prasetyo"), "who was faster");
    assert!(page.shows("baru@perikanan.example") && page.shows("lama@perikanan.example"), "both versions");
    let form = page.form();
    let value = |name: &str| form.iter().find(|(known, _)| known == name).unwrap().1.clone();
    assert_eq!(value("phone"), "(0299) 555 0134", "what only the other changed is taken over");
    assert_eq!(value("email"), "lama@perikanan.example", "what both changed stays as typed");
    assert_eq!(value("_version"), "2");

    assert_eq!(rini.submit(&path, &form).await.status, 303);
    let page = rini.get(&home).await;
    assert!(page.shows("lama@perikanan.example") && page.shows("(0299) 555 0134"));
}

#[actix_web::test]
async fn a_new_head_ends_the_term_of_the_one_before() {
    let test = TestApp::new();
    let agreement = test.fisheries();
    let institution = test.institution_of(test.office, agreement);
    let mut rini = Browser::of(&test, cast::RINI).await;
    let path = format!("/instansi/{institution}/pejabat/baru");
    let typed = rini.get(&path).await.filled(&[
        ("name", "Laksmi Paramita"),
        ("position", "Kepala Dinas Perikanan"),
        ("from_on", "2026-10-01"),
    ]);
    assert_eq!(rini.submit(&path, &typed).await.status, 303);
    let office = test.office;
    let terms = test.app.store.read_now(|db| officials::terms(db, office, institution)).unwrap();
    let seen: Vec<_> =
        terms.iter().map(|term| (term.official.name.as_deref().unwrap(), term.to_on)).collect();
    assert_eq!(seen, [("Laksmi Paramita", None), (cast::WIRA.1, Some(cast::day("2026-09-30")))]);
    let page = rini.get(&format!("/instansi/{institution}")).await;
    assert!(page.shows("sudah berakhir") && page.shows("menjabat"));
}

#[actix_web::test]
async fn two_people_correcting_an_official_see_each_others_change() {
    let test = TestApp::new();
    let agreement = test.fisheries();
    let institution = test.institution_of(test.office, agreement);
    let office = test.office;
    let term = test.app.store.read_now(|db| officials::terms(db, office, institution)).unwrap()[0].id;
    let path = format!("/instansi/{institution}/pejabat/{term}");
    let (mut rini, mut bagus) = (Browser::of(&test, cast::RINI).await, Browser::of(&test, cast::BAGUS).await);
    let (hers, his) = (rini.get(&path).await, bagus.get(&path).await);
    assert_eq!(bagus.submit(&path, &his.filled(&[("email", "wira@kantor.example")])).await.status, 303);
    let page = rini.submit(&path, &hers.filled(&[("rank", "Pembina Utama Muda")])).await;
    assert_eq!(page.status, 409);
    assert!(page.shows("wira@kantor.example"));
    assert_eq!(rini.submit(&path, &page.form()).await.status, 303);
    let term = &test.app.store.read_now(|db| officials::terms(db, office, institution)).unwrap()[0];
    assert_eq!(term.official.email.as_deref(), Some("wira@kantor.example"));
    assert_eq!(term.official.rank.as_deref(), Some("Pembina Utama Muda"));
}

#[actix_web::test]
async fn the_list_is_searched_and_narrowed_and_paged() {
    let test = TestApp::new();
    for n in 1..=60 {
        test.write(test.office, |db, deed| {
            let institution = kawal::domain::fact_sheet::Institution {
                name: Some(format!("Kecamatan Uji {n:02}")),
                email: (n % 2 == 0).then(|| format!("camat{n}@contoh.example")),
                ..Default::default()
            };
            kawal::store::institutions::add(db, deed, institution)
        });
    }
    test.fisheries();
    let mut rini = Browser::of(&test, cast::RINI).await;
    let page = rini.get("/instansi").await;
    assert!(page.shows("Menampilkan 50 dari 61 instansi"), "the cast has one more");
    let next = page.body.split("href=\"").find(|rest| rest.starts_with("/instansi?sesudah=")).unwrap();
    let next = next.split('"').next().unwrap();
    let page = rini.get(next).await;
    assert!(page.shows("Menampilkan 11 dari 61 instansi") && page.shows("Kecamatan Uji 60"));
    assert!(page.body.contains("/instansi?sebelum="));

    let page = rini.get("/instansi?cari=uji+07").await;
    assert!(page.shows("Kecamatan Uji 07") && !page.shows("Kecamatan Uji 08"));
    let page = rini.get("/instansi?cari=adinata").await;
    assert!(page.shows(cast::FISHERIES), "found by the name of its head");
    let page = rini.get("/instansi?kurang=kepala").await;
    assert!(page.shows("Kecamatan Uji 01") && !page.shows(cast::FISHERIES));
    let page = rini.get("/instansi?kurang=surel").await;
    assert!(page.shows("Kecamatan Uji 01") && !page.shows("Kecamatan Uji 02"));
    assert!(!page.shows(cast::FISHERIES), "its head has an address");
}

#[actix_web::test]
async fn strangers_find_nothing_and_readers_change_nothing() {
    let test = TestApp::new();
    let home = format!("/instansi/{}", fisheries(&test));
    let mut sari = Browser::of(&test, cast::SARI).await;
    for path in [home.clone(), format!("{home}/ubah"), format!("{home}/pejabat/baru")] {
        assert_eq!(sari.get(&path).await.status, 404, "{path}");
    }
    let key = [("_key", "k"), ("_version", "1"), ("name", "Direbut")];
    assert_eq!(sari.post(&format!("{home}/ubah"), &key).await.status, 404);
    assert!(!sari.get("/instansi").await.shows(cast::FISHERIES));

    let mut hendra = Browser::of(&test, cast::HENDRA).await;
    assert_eq!(hendra.get(&home).await.status, 200);
    assert!(!hendra.get(&home).await.shows("Ubah instansi"));
    for path in ["/instansi/baru".to_owned(), format!("{home}/ubah"), format!("{home}/pejabat/baru")] {
        assert_eq!(hendra.get(&path).await.status, 403, "{path}");
        assert_eq!(hendra.post(&path, &key).await.status, 403, "{path}");
    }
    let mut wira = Browser::of(&test, cast::WIRA).await;
    assert_eq!(wira.get("/instansi").await.status, 403);
}
