//! The door: what every request passes and every answer carries (docs/ARCHITECTURE.md, ASVS 3.4, 3.5,
//! 6.3, 7.4, 16.2).

use std::io;
use std::sync::{Arc, Mutex};

use actix_web::http::Method;
use actix_web::test::TestRequest;
use chrono::Duration;
use kawal::domain::fact_sheet::FactSheet;
use kawal::secrets::token_hash;
use kawal::store::frozen_papers;
use kawal::store::users::{IDLE_HOURS, LONGEST_HOURS};
use kawal::web::ROUTES;
use serde_json::Value;

use crate::support::rows::{execute, rows};
use crate::support::web::encoded;
use crate::support::{Page, Site, TestApp, cast};

const HEADERS: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()"),
    ("x-frame-options", "DENY"),
];

/// Headers that every answer carries, whatever it says.
#[track_caller]
fn carries_everything(page: &Page) {
    for (name, value) in HEADERS {
        assert_eq!(page.header(name), Some(*value), "{} {}: {name}", page.status, page.path);
    }
    let policy = page.header("content-security-policy").unwrap_or_default();
    for part in ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "object-src 'none'"] {
        assert!(policy.contains(part), "{} {}: {policy}", page.status, page.path);
    }
    assert!(!policy.contains("unsafe"), "{policy}");
    assert!(page.header("cache-control").is_some(), "{} {}: cache-control", page.status, page.path);
    assert!(page.header("x-request-id").is_some_and(|id| id.len() == 36), "{} {}", page.status, page.path);
    if page.status >= 400 || page.path != "/sehat" && !page.path.starts_with("/assets") && page.status != 303
    {
        assert_eq!(page.header("cache-control"), Some("no-store"), "{} {}", page.status, page.path);
    }
}

/// An error page in Indonesian with its own request id and something to do next.
#[track_caller]
fn is_an_error_page(page: &Page, status: u16, title: &str) {
    assert_eq!(page.status, status, "{}: {}", page.path, page.words());
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"), "{}", page.path);
    page.says(title);
    page.says(page.header("x-request-id").unwrap());
    page.says("Ke beranda");
    carries_everything(page);
}

#[test]
fn every_answer_carries_the_same_headers() {
    let site = Site::new();
    let id = site.test.fisheries();
    let rini = site.sign_in(cast::RINI);
    let nobody = site.browser();
    for (method, route) in ROUTES {
        let address = route
            .replace("{file:.+}", "css/base.css")
            .replace("{file}", "pks.html")
            .replace("{id}", &id.to_string())
            .replace("{step}", "semester_report")
            .replace("{due_on}", "2027-06-30");
        for browser in [&nobody, &rini] {
            let page = if *method == "get" { browser.get(&address) } else { browser.post(&address, &[]) };
            carries_everything(&page);
            assert!(page.status < 500, "{method} {address}: {}", page.status);
        }
    }
}

#[test]
fn every_error_is_a_page_that_says_what_to_do_next() {
    let site = Site::with_route(TestApp::new(), "/uji/panik", || panic!("asked for by the test"));
    let id = site.test.fisheries();
    let (hendra, rini) = (site.sign_in(cast::HENDRA), site.sign_in(cast::RINI));
    is_an_error_page(&rini.post("/perjanjian/baru", &[("note", "tanpa kunci")]), 400, "tidak dapat dibaca");
    is_an_error_page(&hendra.get("/perjanjian/baru"), 403, "bukan untuk peran Anda");
    is_an_error_page(&rini.get("/tidak/ada"), 404, "Halaman tidak ditemukan");
    is_an_error_page(&rini.get("/perjanjian/bukan-id"), 404, "Halaman tidak ditemukan");
    is_an_error_page(&rini.get("/assets/rahasia.txt"), 404, "Halaman tidak ditemukan");
    let wrong = rini.post(&format!("/perjanjian/{id}"), &[]);
    is_an_error_page(&wrong, 405, "Tidak dapat dilakukan di alamat ini");
    assert_eq!(wrong.header("allow"), Some("GET"));
    let trace = rini.take(rini.request(Method::TRACE, "/").insert_header(("sec-fetch-site", "same-origin")));
    is_an_error_page(&trace, 405, "Tidak dapat dilakukan");
    let large = "x".repeat(1_100_000);
    is_an_error_page(&rini.post("/perjanjian/baru", &[("note", &large)]), 413, "terlalu besar");
    is_an_error_page(&rini.get("/uji/panik"), 500, "Ada yang salah di Kawal");
    // The signed text was altered outside Kawal: the store refuses to hand it out.
    site.test.write(site.test.office, |db, deed| frozen_papers::freeze(db, deed, id, "pks", "{}"));
    execute(site.test.app.store.url(), "UPDATE frozen_papers SET document = '[]'");
    is_an_error_page(&rini.get(&format!("/perjanjian/{id}/naskah/pks.pdf")), 500, "Ada yang salah di Kawal");
    // After all that the site still answers.
    rini.open("/perjanjian");
}

#[test]
fn an_error_page_tells_nothing_of_the_inside() {
    let site =
        Site::with_route(TestApp::new(), "/uji/panik", || panic!("asked for by the test: SELECT secret"));
    let page = site.browser().get("/uji/panik");
    for word in ["panic", "SELECT", "src/", ".rs", "diesel", "sqlite", "thread"] {
        assert!(!page.source().contains(word), "{word}");
    }
}

#[test]
fn only_our_own_pages_may_post() {
    let site = Site::new();
    let rini = site.sign_in(cast::RINI);
    let base = site.test.app.config.base_url.clone();
    let before = rows(site.test.app.store.url());
    let from = |headers: &[(&'static str, &str)]| {
        let mut request = rini
            .request(Method::POST, "/perjanjian/baru")
            .insert_header(("content-type", "application/x-www-form-urlencoded"))
            .set_payload(encoded(&[("_key", "kunci-1"), ("note", "dari luar")]));
        for (name, value) in headers {
            request = request.insert_header((*name, *value));
        }
        rini.take(request)
    };
    for foreign in [
        vec![],
        vec![("sec-fetch-site", "cross-site")],
        vec![("sec-fetch-site", "same-site")],
        vec![("sec-fetch-site", "cross-site"), ("origin", base.as_str())],
        vec![("origin", "null")],
        vec![("origin", "https://evil.example")],
        vec![("origin", "http://127.0.0.1:8080.evil.example")],
        vec![("host", "evil.example"), ("origin", "http://evil.example")],
        vec![("referer", base.as_str())],
    ] {
        is_an_error_page(&from(&foreign), 403, "bukan untuk peran Anda");
    }
    assert_eq!(before, rows(site.test.app.store.url()), "a refused POST changed something");
    for (method, route) in ROUTES.iter().filter(|(method, _)| *method == "post") {
        let request = rini.request(Method::POST, &route.replace(['{', '}', ':', '.', '+'], ""));
        assert_eq!(rini.take(request).status, 403, "{method} {route}");
    }
    assert_eq!(from(&[("origin", base.as_str())]).status, 303);
}

#[test]
fn guessing_passwords_is_slowed_down_without_locking_the_owner_out() {
    let site = Site::new();
    let stranger = site.browser();
    for _ in 0..5 {
        let page = stranger.post("/masuk", &[("email", cast::RINI.0), ("password", "bukan ini")]);
        assert_eq!(page.status, 422);
        page.says("Surel atau kata sandi tidak cocok");
        carries_everything(&page);
    }
    let page = stranger.post("/masuk", &[("email", cast::RINI.0), ("password", cast::PASSWORD)]);
    is_an_error_page(&page, 429, "Terlalu banyak percobaan");
    assert_eq!(page.header("retry-after"), Some("180"));
    // Rini elsewhere gets in, and the log tells her office of the tries.
    site.sign_in(cast::RINI).open("/");
    let refused = site.test.sentences(site.test.office);
    assert_eq!(refused.iter().filter(|line| line.contains("ditolak masuk")).count(), 5, "{refused:?}");
}

#[test]
fn a_known_and_an_unknown_address_are_answered_alike() {
    let site = Site::new();
    let told = |email: &str| {
        let page = site.browser().post("/masuk", &[("email", email), ("password", "bukan ini")]);
        let shown: String = page
            .source()
            .replace(email, "SUREL")
            .split(['"', '<', '>'])
            .filter(|part| uuid::Uuid::parse_str(part).is_err())
            .collect();
        (page.status, shown)
    };
    let known = told(cast::RINI.0);
    assert_eq!(known.0, 422);
    assert_eq!(known, told("tidak.ada@nusakencana.example"));
    assert!(!known.1.contains(cast::RINI.1));
}

#[test]
fn the_database_holds_only_the_hash_of_a_session() {
    let site = Site::new();
    let rini = site.sign_in(cast::RINI);
    let token = rini.cookie("kawal").unwrap();
    let stored = rows(site.test.app.store.url());
    let everything = format!("{stored:?}");
    assert!(!everything.contains(&token) && !everything.contains(cast::PASSWORD));
    assert!(stored["sessions"][0].contains(&token_hash(&token)));
    assert_eq!(stored["sessions"].len(), 1);
    // A token that was there before signing in is not the session's.
    let fixed = site.browser();
    fixed.set_cookie("kawal", "ditanam");
    fixed.post("/masuk", &[("email", cast::RINI.0), ("password", cast::PASSWORD)]);
    assert!(fixed.cookie("kawal").is_some_and(|token| token.len() == 64));
}

#[test]
fn signing_out_ends_the_session_for_everybody_who_has_its_cookie() {
    let site = Site::new();
    let rini = site.sign_in(cast::RINI);
    let token = rini.cookie("kawal").unwrap();
    let page = rini.open("/");
    let out = rini.press(&page, "/keluar");
    assert_eq!((out.status, out.location().as_str()), (303, "/masuk"));
    assert!(out.header("clear-site-data").is_some_and(|value| value.contains("cache")));
    assert_eq!(rini.cookie("kawal"), None);
    rini.set_cookie("kawal", &token);
    assert_eq!(rini.get("/").location(), "/masuk");
    let told = site.test.sentences(site.test.office);
    assert_eq!(told.last().unwrap(), "Rini Wulandari keluar");
}

#[test]
fn a_session_ends_when_it_idles_and_in_any_case_after_a_day() {
    let site = Site::new();
    let rini = site.sign_in(cast::RINI);
    site.test.advance(Duration::hours(IDLE_HOURS));
    rini.open("/");
    site.note_sessions();
    site.test.advance(Duration::hours(IDLE_HOURS) + Duration::seconds(1));
    assert_eq!(rini.get("/perjanjian").location(), "/masuk?next=%2Fperjanjian");

    let rini = site.sign_in(cast::RINI);
    for _ in 0..LONGEST_HOURS - 1 {
        site.test.advance(Duration::hours(1));
        rini.open("/");
        site.note_sessions();
    }
    site.test.advance(Duration::hours(1));
    assert_eq!(rini.get("/").status, 303);
}

#[test]
fn a_person_who_may_no_longer_come_in_is_out_at_once() {
    let site = Site::new();
    let rini = site.sign_in(cast::RINI);
    let off = match site.test.app.store.url() {
        kawal::store::connection::DatabaseUrl::Sqlite(_) => "1",
        kawal::store::connection::DatabaseUrl::Postgres(_) => "true",
    };
    execute(
        site.test.app.store.url(),
        &format!("UPDATE users SET disabled = {off} WHERE email = '{}'", cast::RINI.0),
    );
    assert_eq!(rini.get("/").status, 303);
    let again = site.browser().post("/masuk", &[("email", cast::RINI.0), ("password", cast::PASSWORD)]);
    assert_eq!(again.status, 422);
}

#[test]
fn signing_in_leads_back_to_our_own_pages_only() {
    let site = Site::new();
    let nobody = site.browser();
    let asked = nobody.get("/perjanjian?cari=ikan");
    assert_eq!(asked.location(), "/masuk?next=%2Fperjanjian%3Fcari%3Dikan");
    let page = nobody.open(&asked.location());
    let entered = nobody.submit(&page, &[("email", cast::RINI.0), ("password", cast::PASSWORD)]);
    assert_eq!(entered.location(), "/perjanjian?cari=ikan");
    for foreign in
        ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/\r\nx: y"]
    {
        let escaped: String = encoded(&[("next", foreign)]);
        let page = site.browser().open(&format!("/masuk?{escaped}"));
        assert!(!page.source().contains("evil") && !page.source().contains("alert"), "{foreign}");
        let pairs = [("email", cast::RINI.0), ("password", cast::PASSWORD), ("lanjut", foreign)];
        assert_eq!(site.browser().post("/masuk", &pairs).location(), "/", "{foreign}");
    }
}

#[test]
fn with_https_cookies_are_bound_to_the_host_and_browsers_are_told_to_stay() {
    let site = Site::of(TestApp::with(&[("BASE_URL", "https://kawal.nusakencana.example")]).peopled());
    let browser = site.browser();
    let answer = browser.post("/masuk", &[("email", cast::RINI.0), ("password", cast::PASSWORD)]);
    let set: Vec<&str> = answer.headers.get_all("set-cookie").map(|value| value.to_str().unwrap()).collect();
    assert_eq!(set.len(), 1);
    assert!(set[0].starts_with("__Host-kawal="), "{set:?}");
    for part in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
        assert!(set[0].contains(part), "{set:?}");
    }
    assert!(!set[0].contains("Domain"));
    for page in [&answer, &browser.get("/"), &browser.get("/tidak/ada")] {
        assert_eq!(page.header("strict-transport-security"), Some("max-age=31536000; includeSubDomains"));
    }
    assert_eq!(Site::new().browser().get("/masuk").header("strict-transport-security"), None);
}

#[test]
fn a_forwarded_host_or_address_is_believed_by_nobody() {
    let site = Site::new();
    let forged = || {
        TestRequest::get()
            .uri("/masuk")
            .insert_header(("host", "evil.example"))
            .insert_header(("x-forwarded-host", "evil.example"))
            .insert_header(("forwarded", "for=192.0.2.1;host=evil.example"))
            .insert_header(("x-forwarded-for", "192.0.2.1"))
    };
    assert!(!site.send(forged()).source().contains("evil.example"));
    // Another forged address for each try does not start the count anew.
    let stranger = site.browser();
    let mut last = 0;
    for n in 0..6 {
        let request = stranger
            .request(Method::POST, "/masuk")
            .insert_header(("sec-fetch-site", "same-origin"))
            .insert_header(("x-forwarded-for", format!("192.0.2.{n}")))
            .insert_header(("content-type", "application/x-www-form-urlencoded"))
            .set_payload(encoded(&[("email", cast::RINI.0), ("password", "bukan ini")]));
        last = stranger.take(request).status;
    }
    assert_eq!(last, 429);
}

/// A fact sheet that says the same everywhere somebody may write freely.
fn filled_with(mut facts: FactSheet, text: &str) -> FactSheet {
    let all = [
        &mut facts.user.institution.name,
        &mut facts.user.institution.short_name,
        &mut facts.user.institution.address,
        &mut facts.user.official.name,
        &mut facts.user.official.position,
        &mut facts.user.official.degrees_after,
        &mut facts.provider.official.name,
        &mut facts.subject.about,
        &mut facts.subject.purpose,
        &mut facts.signing.place,
        &mut facts.network.facilitator,
        &mut facts.note,
    ];
    for fact in all {
        *fact = Some(text.to_owned());
    }
    facts.feedback.items = vec![text.to_owned()];
    facts
}

#[test]
fn what_somebody_typed_is_never_markup() {
    let site = Site::new();
    let test = &site.test;
    let bait = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}";
    let facts = filled_with(cast::fisheries(&test.office(test.office)), bait);
    let id = test.add_agreement(test.office, facts);
    let institution = test.institution_of(test.office, id);
    let bagus = site.sign_in(cast::BAGUS);
    let home = format!("/perjanjian/{id}");
    let mut shown = 0;
    for path in [
        "/".to_owned(),
        "/perjanjian".to_owned(),
        "/perjanjian?cari=%3Cscript%3Ealert(1)%3C%2Fscript%3E".to_owned(),
        home.clone(),
        format!("{home}/ubah"),
        format!("{home}/surat-perpanjangan"),
        format!("{home}/akhiri"),
        format!("{home}/naskah/pks.html"),
        "/instansi".to_owned(),
        format!("/instansi/{institution}"),
        format!("/instansi/{institution}/ubah"),
        format!("/perjanjian/baru?instansi={institution}"),
        "/perjanjian/baru/pilih".to_owned(),
    ] {
        let page = bagus.open(&path);
        let source = page.source();
        assert!(!source.contains("<script>alert"), "{path}");
        assert!(!source.contains("<img src=x"), "{path}");
        assert!(!source.contains("\"'>"), "{path}");
        shown += usize::from(page.words().contains("<script>alert(1)</script>"));
    }
    assert!(shown >= 8, "the bait was shown on {shown} pages only");
    // Refused input is shown again as it was typed, and as harmless.
    let form = bagus.open("/instansi/baru");
    let refused = bagus.submit(&form, &[("name", ""), ("address", bait)]);
    assert_eq!(refused.status, 422);
    assert_eq!(refused.field("address"), bait);
    assert!(!refused.source().contains("<script>alert"));
}

#[test]
fn styles_and_scripts_are_kept_by_browsers_and_nothing_else_is() {
    let site = Site::new();
    let nobody = site.browser();
    for (file, kind) in [
        ("css/base.css", "text/css; charset=utf-8"),
        ("js/kawal.js", "text/javascript; charset=utf-8"),
        ("icons/sprite.svg", "image/svg+xml"),
        ("fonts/web/plus-jakarta-sans-latin-wght-normal.woff2", "font/woff2"),
    ] {
        let page = nobody.open(&format!("/assets/{file}"));
        assert_eq!(page.header("cache-control"), Some("public, max-age=31536000, immutable"), "{file}");
        assert_eq!(page.header("content-type"), Some(kind), "{file}");
    }
    for outside in
        ["../Cargo.toml", "..%2FCargo.toml", "data/regions.csv", "fonts/liberation-sans/OFL.txt", "css/"]
    {
        assert_eq!(nobody.get(&format!("/assets/{outside}")).status, 404, "{outside}");
    }
    assert_eq!(site.sign_in(cast::RINI).open("/").header("cache-control"), Some("no-store"));
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn the_server_log_has_one_line_per_request_and_tells_no_names_numbers_or_queries() {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_max_level(tracing::Level::DEBUG)
        .with_writer(move || writer.clone())
        .finish();
    // With a single subscriber in the process, what other tests on other threads log first would be
    // remembered as wanted by nobody.
    let _other = tracing::Dispatch::new(tracing_subscriber::registry());
    let _guard = tracing::subscriber::set_default(subscriber);
    tracing::callsite::rebuild_interest_cache();
    let site = Site::with_route(TestApp::new(), "/uji/panik", || panic!("asked for by the test"));
    let id = site.test.fisheries();
    let rini = site.sign_in(cast::RINI);
    let pages = [
        rini.open("/perjanjian?cari=Wira%20Adinata"),
        rini.open(&format!("/perjanjian/{id}")),
        rini.get("/tidak/ada?token=rahasia"),
        rini.post("/instansi/baru", &[("name", "Dinas Rahasia"), ("email", "bukan")]),
        rini.get("/uji/panik"),
        site.browser().post("/masuk", &[("email", "x@y.example\n{\"a\":1}"), ("password", "bukan ini")]),
    ];
    let written = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let told: Vec<Value> =
        written.lines().map(|line| serde_json::from_str(line).expect("one JSON object")).collect();
    for page in &pages {
        let id = page.header("x-request-id").unwrap();
        let about: Vec<&Value> = told.iter().filter(|line| line["request_id"] == id).collect();
        assert_eq!(about.len(), 1, "{} {id}\n{written}", page.path);
        assert_eq!(about[0]["status"], page.status);
        assert!(about[0]["ms"].as_f64().is_some_and(|ms| ms >= 0.0));
    }
    let route = |page: &Page| {
        let id = page.header("x-request-id").unwrap();
        told.iter().find(|line| line["request_id"] == id).unwrap()["route"].clone()
    };
    assert_eq!(route(&pages[1]), "/perjanjian/{id}");
    for secret in [
        "Wira",
        "Rini",
        "rini@",
        "Dinas",
        "400.12",
        "cari=",
        "rahasia",
        "Rahasia",
        "x@y",
        cast::PASSWORD,
        &rini.cookie("kawal").unwrap(),
    ] {
        assert!(!written.contains(secret), "{secret}\n{written}");
    }
}
