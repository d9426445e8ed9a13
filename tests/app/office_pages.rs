//! What was promised, what waits, what was done, and the settings: outbox, tasks, log, deadlines.

use kawal::domain::permission::Role;
use kawal::store::outbox::Mail;

use crate::support::browser::Browser;
use crate::support::mailbox::Fault;
use crate::support::{Mailbox, TestApp, cast};

/// The fisheries agency is reminded: one mail waits.
fn reminded(test: &TestApp) -> (uuid::Uuid, Mail) {
    let agreement = test.fisheries();
    test.on("2027-06-16");
    test.scan();
    let mail = test.outbox(test.office).remove(0);
    (agreement, mail)
}

/// An agency without any address, so that its reminder becomes a task.
fn unreachable(test: &TestApp) -> uuid::Uuid {
    let office = test.office(test.office);
    let agency = "Pemerintah Desa Mekarsari";
    let head = cast::head("Sumarni", agency, None);
    let id =
        test.add_agreement(test.office, cast::agreement(&office, agency, head, "2025-09-16", "2027-09-16"));
    test.on("2027-07-16");
    test.scan();
    id
}

/// The key of the button that posts to a path.
fn key_of(body: &str, path: &str) -> String {
    let start = body.find(&format!("action=\"{path}\"")).unwrap_or_else(|| panic!("no button to {path}"));
    let rest = &body[start..];
    let rest = &rest[rest.find("name=\"_key\" value=\"").unwrap() + 19..];
    rest[..rest.find('"').unwrap()].to_owned()
}

#[actix_web::test]
async fn a_mail_is_read_as_text_and_as_html_under_its_own_policy() {
    let test = TestApp::new();
    let (agreement, mail) = reminded(&test);
    let mut hendra = Browser::of(&test, cast::HENDRA).await;
    let list = hendra.get("/surel").await;
    assert!(list.shows(&mail.subject) && list.shows("Server surel belum diatur"));
    let page = hendra.get(&format!("/surel/{}", mail.id)).await;
    assert!(page.shows("Drs. Wira Adinata, M.Si. <wira@perikanan.example>"));
    assert!(page.body.contains(&format!("/perjanjian/{agreement}")));
    let part = hendra.get(&format!("/surel/{}/html", mail.id)).await;
    assert_eq!(part.body, mail.html);
    for rule in ["default-src 'none'", "sandbox", "frame-ancestors 'self'"] {
        assert!(part.policy.contains(rule), "{}", part.policy);
    }
    assert!(!part.policy.contains("script-src"));

    let mut sari = Browser::of(&test, cast::SARI).await;
    for path in [format!("/surel/{}", mail.id), format!("/surel/{}/html", mail.id)] {
        assert_eq!(sari.get(&path).await.status, 404, "{path}");
    }
    assert_eq!(sari.get(&format!("/surel?sesudah={}", mail.id)).await.status, 404);
}

#[actix_web::test]
async fn mails_are_narrowed_by_state_searched_and_paged() {
    let test = TestApp::new();
    let (_, mail) = reminded(&test);
    for n in 0..60 {
        test.write(test.office, |db, deed| {
            let copy = kawal::store::outbox::OutgoingMail {
                kind: "renewal_reminder",
                to_name: format!("Penerima {n:02}"),
                to_address: format!("penerima{n}@contoh.example"),
                cc_address: None,
                subject: "Percobaan".into(),
                text: "teks".into(),
                html: "<p>teks</p>".into(),
                message_id: format!("uji-{n}@contoh.example"),
            };
            kawal::store::outbox::put(db, deed, None, None, &copy)
        });
    }
    let mut rini = Browser::of(&test, cast::RINI).await;
    let page = rini.get("/surel").await;
    assert!(page.shows("Menampilkan 50 surel") && page.shows("61 menunggu"));
    let next = page.body.split("href=\"").find(|rest| rest.starts_with("/surel?sesudah=")).unwrap();
    let page = rini.get(next.split('"').next().unwrap()).await;
    assert!(page.shows("Menampilkan 11 surel") && page.shows(&mail.subject));
    let back = page.body.split("href=\"").find(|rest| rest.starts_with("/surel?sebelum=")).unwrap();
    assert!(rini.get(back.split('"').next().unwrap()).await.shows("Menampilkan 50 surel"));
    assert!(rini.get("/surel?cari=WIRA").await.shows("Menampilkan 1 surel"));
    assert!(rini.get("/surel?cari=penerima+07&keadaan=menunggu").await.shows("Menampilkan 1 surel"));
    assert!(rini.get("/surel?keadaan=terkirim").await.shows("Tidak ada surel yang cocok."));
}

#[actix_web::test]
async fn a_refused_mail_is_sent_again_by_staff_once() {
    let test = TestApp::new();
    let (_, mail) = reminded(&test);
    let mailbox = Mailbox::open();
    mailbox.fail(&mail.to_address, Fault::RefusedAtRcpt);
    test.deliver(&mailbox.relay());
    assert_eq!(test.outbox(test.office)[0].state, "dead");
    let path = format!("/surel/{}", mail.id);
    let again = format!("{path}/kirim");

    let mut hendra = Browser::of(&test, cast::HENDRA).await;
    assert!(!hendra.get(&path).await.body.contains(&again), "no button for the auditor");
    assert_eq!(hendra.post(&again, &[("_key", "k")]).await.status, 403);

    let mut rini = Browser::of(&test, cast::RINI).await;
    let page = rini.get(&path).await;
    assert!(page.shows("Surel ini tidak sampai"));
    let key = key_of(&page.body, &again);
    for _ in 0..2 {
        let done = rini.post(&again, &[("_key", &key)]).await;
        assert_eq!((done.status, done.location.as_deref()), (303, Some(path.as_str())));
    }
    assert_eq!(test.outbox(test.office)[0].state, "queued");
    assert!(test.tasks(test.office).is_empty(), "the task about it is closed");
    let told = test.sentences(test.office);
    assert_eq!(told.iter().filter(|line| line.contains("mengirim ulang surel")).count(), 1, "{told:?}");

    mailbox.recover();
    test.deliver(&mailbox.relay());
    assert_eq!(rini.post(&again, &[("_key", "later")]).await.status, 409, "it was sent meanwhile");
    let mut sari = Browser::of(&test, cast::SARI).await;
    assert_eq!(sari.post(&again, &[("_key", "k")]).await.status, 404);
}

#[actix_web::test]
async fn a_task_leads_to_the_letter_and_is_done_once() {
    let test = TestApp::new();
    let agreement = unreachable(&test);
    let task = test.tasks(test.office).remove(0);
    let done = format!("/tugas/{}/selesai", task.id);
    let mut rini = Browser::of(&test, cast::RINI).await;
    let page = rini.get("/tugas").await;
    assert!(page.shows("Pemerintah Desa Mekarsari"));
    assert!(page.body.contains(&format!("/perjanjian/{agreement}/naskah/surat-pemberitahuan.pdf")));
    let key = key_of(&page.body, &done);

    let mut hendra = Browser::of(&test, cast::HENDRA).await;
    assert!(!hendra.get("/tugas").await.body.contains(&done));
    assert_eq!(hendra.post(&done, &[("_key", "k")]).await.status, 403);
    let mut sari = Browser::of(&test, cast::SARI).await;
    assert_eq!(sari.post(&done, &[("_key", "k")]).await.status, 404);

    for _ in 0..2 {
        assert_eq!(rini.post(&done, &[("_key", &key)]).await.status, 303);
    }
    assert!(test.tasks(test.office).iter().all(|open| open.id != task.id));
    let mut bagus = Browser::of(&test, cast::BAGUS).await;
    assert_eq!(bagus.post(&done, &[("_key", "his")]).await.status, 409, "Rini was faster");
    assert!(rini.get("/tugas?selesai=1").await.shows("oleh Rini Wulandari"));
}

#[actix_web::test]
async fn an_address_that_is_filled_in_sends_what_found_none() {
    let test = TestApp::new();
    let agreement = unreachable(&test);
    let institution = test.institution_of(test.office, agreement);
    assert!(test.outbox(test.office).is_empty());
    let mut rini = Browser::of(&test, cast::RINI).await;
    let path = format!("/instansi/{institution}/ubah");
    let typed = rini.get(&path).await.filled(&[("email", "desa@mekarsari.example")]);
    assert_eq!(rini.submit(&path, &typed).await.status, 303);
    let mails = test.outbox(test.office);
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to_address, "desa@mekarsari.example");
}

#[actix_web::test]
async fn a_held_scan_is_confirmed_on_the_page_of_tasks() {
    let test = TestApp::new();
    test.on("2027-01-04");
    test.scan();
    test.fisheries();
    test.on("2027-06-16");
    test.scan();
    assert!(test.outbox(test.office).is_empty(), "held after a long gap");
    let mut rini = Browser::of(&test, cast::RINI).await;
    let page = rini.get("/tugas").await;
    let key = key_of(&page.body, "/tugas/lanjutkan-pengingat");
    assert_eq!(rini.post("/tugas/lanjutkan-pengingat", &[("_key", &key)]).await.status, 303);
    assert_eq!(test.outbox(test.office).len(), 1);
    assert!(test.tasks(test.office).is_empty());
    let mut hendra = Browser::of(&test, cast::HENDRA).await;
    assert_eq!(hendra.post("/tugas/lanjutkan-pengingat", &[("_key", "k")]).await.status, 403);
}

#[actix_web::test]
async fn the_log_is_read_by_day_and_narrowed() {
    let test = TestApp::new();
    let (agreement, _) = reminded(&test);
    let mut hendra = Browser::of(&test, cast::HENDRA).await;
    let page = hendra.get("/catatan").await;
    assert!(page.shows("Rabu, 16 Juni 2027") && page.shows("Senin, 2 November 2026"));
    assert!(page.shows("Rantai catatan belum diperiksa"));
    assert!(hendra.get("/catatan?periksa=1").await.shows("Rantai utuh sampai no."));

    let page = hendra.get(&format!("/catatan?perjanjian={agreement}")).await;
    assert!(page.shows(&format!("Perjanjian dengan {}", cast::FISHERIES)));
    assert!(page.shows("Sistem menyiapkan pengingat") && !page.shows("membuka kantor"));
    let page = hendra.get("/catatan?siapa=sistem").await;
    assert!(page.shows("Sistem menyiapkan pengingat") && !page.shows("menambah pengguna"));
    let page = hendra.get("/catatan?jenis=masuk").await;
    assert!(page.shows("Hendra Saputra masuk") && !page.shows("menyiapkan pengingat"));
    let page = hendra.get("/catatan?dari=2026-11-02&sampai=2026-11-02").await;
    assert!(page.shows("membuka kantor") && !page.shows("Rabu, 16 Juni 2027"));

    let mut sari = Browser::of(&test, cast::SARI).await;
    assert_eq!(sari.get(&format!("/catatan?perjanjian={agreement}")).await.status, 404);
    assert!(!sari.get("/catatan").await.shows("Hendra"));
    let mut wira = Browser::of(&test, cast::WIRA).await;
    assert_eq!(wira.get("/catatan").await.status, 403);
}

#[actix_web::test]
async fn a_long_log_is_paged_both_ways() {
    let test = TestApp::new();
    for n in 0..120 {
        test.write(test.office, |db, deed| {
            let name = Some(format!("Kecamatan Uji {n:03}"));
            let institution = kawal::domain::fact_sheet::Institution { name, ..Default::default() };
            kawal::store::institutions::add(db, deed, institution)
        });
    }
    let mut rini = Browser::of(&test, cast::RINI).await;
    let step = |body: &str, name: &str| -> String {
        let start = format!("/catatan?jenis=data&#38;{name}=");
        let rest = body.split("href=\"").find(|rest| rest.starts_with(&start)).expect("a step");
        rest.split('"').next().unwrap().replace("&#38;", "&")
    };
    let first = rini.get("/catatan?jenis=data").await;
    assert!(first.shows("Kecamatan Uji 119") && first.shows("Kecamatan Uji 070"));
    let second = rini.get(&step(&first.body, "sebelum")).await;
    assert!(second.shows("Kecamatan Uji 069") && !second.shows("Kecamatan Uji 070"));
    let back = rini.get(&step(&second.body, "sesudah")).await;
    assert!(
        back.shows("Kecamatan Uji 119")
            && back.shows("Kecamatan Uji 070")
            && !back.shows("Kecamatan Uji 069")
    );
}

#[actix_web::test]
async fn deadlines_stand_under_their_heading_with_rule_and_source() {
    let test = TestApp::new();
    let mut facts = cast::fisheries(&test.office(test.office));
    facts.renewal.clause = Some("Petunjuk Teknis angka VI huruf F".into());
    let agreement = test.add_agreement(test.office, facts);
    let other = test.office(test.office);
    let social = "Dinas Sosial Kabupaten Nusa Kencana";
    let head = cast::head("Ayu Kartika", social, None);
    test.add_agreement(test.office, cast::agreement(&other, social, head, "2026-07-01", "2028-06-30"));
    test.on("2027-07-16");

    let mut rini = Browser::of(&test, cast::RINI).await;
    let page = rini.get("/tenggat").await;
    for words in ["Lewat", "Hari ini", "Jumat, 16 Juli 2027", "Petunjuk Teknis angka VI huruf F", social] {
        assert!(page.shows(words), "{words}");
    }
    assert!(page.body.contains(&format!("/perjanjian/{agreement}/surat-perpanjangan")));
    let page = rini.get("/tenggat?jenis=renewal_letter").await;
    assert!(page.shows("Surat perpanjangan") && !page.shows("Laporan semester I 2027"));

    let mut wira = Browser::of(&test, cast::WIRA).await;
    let page = wira.get("/tenggat").await;
    assert!(page.shows(cast::FISHERIES) && !page.shows(social), "his own agreements only");
    assert!(!page.body.contains("/surat-perpanjangan"), "nothing to press for him");
    let mut sari = Browser::of(&test, cast::SARI).await;
    assert!(sari.get("/tenggat").await.shows("Tidak ada yang lewat"));
}

#[actix_web::test]
async fn settings_change_at_once_and_two_administrators_see_each_other() {
    let test = TestApp::new();
    test.add_user(test.office, "kedua@nusakencana.example", "Tirto Baskoro", Role::Admin, None);
    let (mut dewi, mut tirto) = (
        Browser::of(&test, cast::DEWI).await,
        Browser::of(&test, ("kedua@nusakencana.example", "Tirto Baskoro")).await,
    );
    let before = test.office(test.office);
    let (hers, his) = (dewi.get("/pengaturan").await, tirto.get("/pengaturan").await);
    let typed = his.filled(&[("sender_name", "Layanan PKS"), ("phone", "(0299) 555 0100")]);
    assert_eq!(tirto.submit("/pengaturan", &typed).await.status, 303);
    let page =
        dewi.submit("/pengaturan", &hers.filled(&[("sender_name", "Dukcapil"), ("zone", "wita")])).await;
    assert_eq!(page.status, 409);
    assert!(page.shows("Layanan PKS") && page.shows("Tirto Baskoro"));
    assert_eq!(dewi.submit("/pengaturan", &page.form()).await.status, 303);
    let after = test.office(test.office);
    assert_eq!(after.sender_name, "Dukcapil");
    assert_eq!(after.phone.as_deref(), Some("(0299) 555 0100"));
    assert_eq!(after.zone.code(), "wita");
    assert_eq!(
        (after.short_name, after.region_code, after.email),
        (before.short_name, before.region_code, before.email)
    );

    let page = dewi.get("/pengaturan").await;
    let page = dewi.submit("/pengaturan", &page.filled(&[("office_name", ""), ("reply_to", "bukan")])).await;
    assert_eq!(page.status, 422);
    assert_eq!(page.errors_at("office_name"), ["Isi nama kantor."]);
    assert_eq!(page.errors_at("reply_to").len(), 1);
}

#[actix_web::test]
async fn an_administrator_adds_people_who_then_sign_in() {
    let test = TestApp::new();
    let agreement = test.fisheries();
    let institution = test.institution_of(test.office, agreement).to_string();
    let mut dewi = Browser::of(&test, cast::DEWI).await;
    let path = "/pengaturan/pengguna";
    let typed = dewi.get(path).await.filled(&[
        ("name", "Laksmi Paramita"),
        ("email", "laksmi@perikanan.example"),
        ("role", "operator"),
        ("password", "pendek"),
        ("password_again", "pendek"),
    ]);
    let page = dewi.submit(path, &typed).await;
    assert_eq!(page.status, 422);
    assert_eq!(page.errors_at("institution"), ["Pilih instansinya."]);
    assert_eq!(page.errors_at("password").len(), 1);
    assert!(!page.body.contains("pendek\""), "a password is never sent back");

    let typed = page.filled(&[
        ("institution", &institution),
        ("password", cast::PASSWORD),
        ("password_again", cast::PASSWORD),
    ]);
    for _ in 0..2 {
        assert_eq!(dewi.submit(path, &typed).await.status, 303);
    }
    assert!(dewi.get(path).await.shows("laksmi@perikanan.example"));
    let mut laksmi = Browser::of(&test, ("laksmi@perikanan.example", "Laksmi Paramita")).await;
    assert_eq!(laksmi.get(&format!("/perjanjian/{agreement}")).await.status, 200);
    assert_eq!(laksmi.get("/instansi").await.status, 403);

    for person in [cast::RINI, cast::BAGUS, cast::HENDRA, cast::WIRA] {
        let mut browser = Browser::of(&test, person).await;
        for path in ["/pengaturan", path] {
            assert_eq!(browser.get(path).await.status, 403, "{} {path}", person.1);
            assert_eq!(browser.post(path, &[("_key", "k")]).await.status, 403, "{} {path}", person.1);
        }
    }
}
