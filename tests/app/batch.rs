//! Bundles: the papers of one agreement or of hundreds as one file.

use std::future::poll_fn;
use std::io::{Cursor, Read};
use std::process::Command;

use actix_web::body::MessageBody;
use actix_web::dev::Service;
use actix_web::http::header;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::web::Data;
use kawal::domain::acts::Acts;
use kawal::domain::agreement::{Agreement, Origin, State};
use kawal::password::Cost;
use kawal::store::agreements;
use uuid::Uuid;

use crate::support::web::encoded;
use crate::support::{Page, Site, TestApp, cast, twins};

/// Agreements of Nusa Kencana, one per name, in one transaction.
fn agencies(test: &TestApp, names: &[String]) -> Vec<Uuid> {
    let office = test.office(test.office);
    let changes: Vec<_> = names
        .iter()
        .map(|name| {
            let mut facts = cast::fisheries(&office);
            facts.user.institution.name = Some(name.clone());
            (facts.provider.number, facts.user.number) = (None, None);
            let id = test.app.ids.next();
            Agreement::begin(id, test.office, Origin::Registered, State::Signed, facts, Acts::default())
                .unwrap()
        })
        .collect();
    test.write(test.office, |db, deed| {
        changes.iter().try_for_each(|change| agreements::add(db, deed, change))
    });
    changes.iter().map(|change| change.agreement.id()).collect()
}

fn unpacked(zip: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

fn text(files: &[(String, Vec<u8>)], name: &str) -> String {
    let found = files.iter().find(|(known, _)| known == name);
    String::from_utf8(found.unwrap_or_else(|| panic!("no {name}")).1.clone()).unwrap()
}

/// The address with a selection.
fn picking(ids: &[Uuid]) -> String {
    let ids: Vec<String> = ids.iter().map(|id| format!("pilih={id}")).collect();
    format!("/perjanjian/kumpulan?{}", ids.join("&"))
}

/// The form of a page with only the papers of the first shelf.
fn ordered(page: &Page, format: &'static str) -> Vec<(String, String)> {
    let mut fields = page.form().fields;
    fields.retain(|(name, _)| !matches!(name.as_str(), "kelompok" | "bentuk"));
    fields.push(("kelompok".into(), "perjanjian".into()));
    fields.push(("bentuk".into(), format.into()));
    fields
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[test]
fn five_hundred_agreements_arrive_as_one_archive_and_the_one_that_fails_is_told() {
    let site = Site::new();
    let mut names: Vec<String> = (1..=500).map(|number| format!("Desa Sukamaju {number:03}")).collect();
    // Early in the list, for the page tells the first failures only.
    names[36] = "Badan 張先生".into();
    let ids = agencies(&site.test, &names);
    let rini = site.sign_in(cast::RINI);
    let page = rini.open("/perjanjian/kumpulan?semua=1&urut=instansi");
    page.says("Naskah 500 perjanjian dalam satu unduhan");
    page.says("Desa Sukamaju 001");
    let fields = ordered(&page, "zip");
    let job = page.field("_key");

    let answer = rini.post("/perjanjian/kumpulan", &borrowed(&fields));
    assert_eq!(answer.status, 200, "{}", answer.words());
    assert_eq!(answer.header("content-type"), Some("application/zip"));
    assert_eq!(
        answer.header("content-disposition"),
        Some("attachment; filename=\"kumpulan-naskah_2026-11-02_500-perjanjian.zip\"")
    );
    let files = unpacked(answer.body);
    let printed =
        files.iter().filter(|(name, bytes)| name.ends_with("/01_PKS.pdf") && bytes.starts_with(b"%PDF-"));
    assert_eq!(printed.count(), 499);
    let list = text(&files, "isi.txt");
    assert!(list.contains("500 perjanjian, 998 naskah"), "{}", &list[..200]);
    assert!(list.contains("2025-09-16_Desa-Sukamaju-499/"), "{}", &list[..200]);
    let failed = text(&files, "kegagalan.txt");
    assert!(failed.contains("Badan 張先生\n  Perjanjian Kerja Sama (PKS): huruf „張”"), "{failed}");

    // The page that waited tells the same, with a way to the agreement.
    let told: serde_json::Value =
        serde_json::from_slice(&rini.open(&format!("/perjanjian/kumpulan/{job}/kemajuan")).body).unwrap();
    assert_eq!((&told["state"], &told["done"], &told["total"]), (&"done".into(), &500.into(), &500.into()));
    let failures = told["failures"].as_array().unwrap();
    let pks: Vec<_> = failures.iter().filter(|one| one["paper"] == "Perjanjian Kerja Sama (PKS)").collect();
    assert_eq!(pks.len(), 1);
    assert_eq!(pks[0]["href"], format!("/perjanjian/{}", ids[36]));
    let page = rini.open(&format!("/perjanjian/kumpulan/{job}"));
    page.says("Selesai: 500 perjanjian, 998 naskah");
    page.says("Badan 張先生");

    // One entry of the log, that says who, how many and which papers.
    let log = site.test.log(site.test.office);
    let entries: Vec<_> = log.iter().filter(|entry| entry.verb == "bundle_printed").collect();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].sentence(), "Rini Wulandari mencetak kumpulan naskah dari 500 perjanjian");
    assert_eq!(entries[0].details(), ["ZIP; Perjanjian; termasuk draf"]);
    // A colleague sees nothing of the download.
    let bagus = site.sign_in(cast::BAGUS);
    assert_eq!(bagus.get(&format!("/perjanjian/kumpulan/{job}")).status, 404);
    assert_eq!(bagus.get(&format!("/perjanjian/kumpulan/{job}/kemajuan")).status, 404);
}

#[test]
fn more_than_five_hundred_are_refused_with_what_to_do() {
    let site = Site::new();
    let names: Vec<String> = (1..=501).map(|number| format!("Desa Sukamaju {number:03}")).collect();
    let ids = agencies(&site.test, &names);
    let rini = site.sign_in(cast::RINI);
    let listed = rini.open("/perjanjian");
    listed.says("Semua perjanjian (501)");
    let page = rini.get("/perjanjian/kumpulan?semua=1");
    assert_eq!(page.status, 422);
    page.says("Pilihan ini memuat 501 perjanjian; satu kumpulan paling banyak 500");
    // A narrower filter goes through.
    rini.open("/perjanjian/kumpulan?semua=1&cari=Sukamaju+499").says("Naskah 1 perjanjian");
    // The form cannot be stretched either.
    let page = rini.open(&picking(&ids[..2]));
    let mut fields = ordered(&page, "zip");
    fields.extend(ids[2..].iter().map(|id| ("pilih".to_owned(), id.to_string())));
    let answer = rini.post("/perjanjian/kumpulan", &borrowed(&fields));
    assert_eq!(answer.status, 422);
    answer.says("paling banyak 500");
    assert!(site.test.log(site.test.office).iter().all(|entry| entry.verb != "bundle_printed"));
}

#[test]
fn the_list_picks_rows_a_page_or_everything() {
    let site = Site::new();
    let names: Vec<String> = (1..=30).map(|number| format!("Kecamatan {number:02}")).collect();
    let ids = agencies(&site.test, &names);
    let rini = site.sign_in(cast::RINI);
    let page = rini.open("/perjanjian?urut=instansi&cari=Kecamatan");
    page.says("Semua yang cocok dengan saringan ini (30)");
    assert_eq!(page.source().matches("name=\"pilih\"").count(), 25);
    let form = page.form_to("/perjanjian/kumpulan");
    assert_eq!(form.value("cari"), Some("Kecamatan"));
    let of_page: Vec<String> = ids[..25].iter().map(Uuid::to_string).collect();
    assert!(page.source().contains(&of_page.join(",")));

    rini.open(&format!("/perjanjian/kumpulan?halaman={}", of_page.join(","))).says("Naskah 25 perjanjian");
    let three = rini.open(&picking(&[ids[4], ids[2], ids[4], ids[7]]));
    three.says("Naskah 3 perjanjian");
    for kept in ["Kecamatan 05", "Kecamatan 03", "Kecamatan 08"] {
        three.says(kept);
    }
    three.is_silent_about("Kecamatan 06");
    let none = rini.get("/perjanjian/kumpulan");
    assert_eq!(none.status, 422);
    none.says("Belum ada perjanjian yang dipilih");
    // Without any shelf there is nothing to print.
    let mut fields = ordered(&three, "pdf");
    fields.retain(|(name, _)| name != "kelompok");
    let answer = rini.post("/perjanjian/kumpulan", &borrowed(&fields));
    assert_eq!(answer.status, 422);
    answer.says("Pilih sekurangnya satu kelompok naskah");
}

#[test]
fn a_pdf_of_several_agreements_has_each_under_its_name() {
    let site = Site::new();
    let ids =
        agencies(&site.test, &["Dinas Perhubungan".into(), "Dinas 張先生".into(), "Dinas Sosial".into()]);
    let rini = site.sign_in(cast::RINI);
    let page = rini.open(&picking(&ids));
    let answer = rini.post("/perjanjian/kumpulan", &borrowed(&ordered(&page, "pdf")));
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/pdf")));
    let file = lopdf::Document::load_mem(&answer.body).unwrap();
    let titles: Vec<String> = file
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|dict| dict.has(b"Parent") && dict.has(b"Title"))
        .map(|dict| lopdf::decode_text_string(dict.get(b"Title").unwrap()).unwrap())
        .collect();
    for title in ["Dinas Perhubungan", "Dinas Sosial", "Catatan kumpulan", "Yang tidak ikut"] {
        assert!(titles.iter().any(|known| known == title), "{title} is not in the outline: {titles:?}");
    }
    assert!(
        !titles.iter().any(|known| known.contains("張先生")),
        "nothing of it could be printed: {titles:?}"
    );
}

#[test]
fn a_head_gets_the_own_agreement_and_a_stranger_nothing() {
    let site = Site::new();
    let own = site.test.fisheries();
    let other = agencies(&site.test, &["Dinas Kesehatan".into()])[0];
    let wira = site.sign_in(cast::WIRA);
    let page = wira.open(&format!("/perjanjian/{own}"));
    page.says("Unduh semua naskah");
    let answer = wira.open(&format!("/perjanjian/{own}/berkas.zip"));
    assert_eq!(
        answer.header("content-disposition"),
        Some(
            "attachment; filename=\"2025-09-16_400.12-17-PKS-2025_Dinas-Perikanan-Kabupaten-Nusa-Kencana.zip\""
        )
    );
    assert!(unpacked(answer.body).iter().any(|(name, _)| name.ends_with("/01_PKS.pdf")));
    let answer = wira.open(&format!("/perjanjian/{own}/berkas.pdf"));
    assert!(answer.body.starts_with(b"%PDF-1.4"));

    assert_eq!(wira.get(&picking(&[other])).status, 422, "what is out of sight was not picked");
    let page = wira.open(&picking(&[own, other]));
    page.says("Naskah 1 perjanjian");
    let mut fields = ordered(&page, "zip");
    fields.push(("pilih".into(), other.to_string()));
    assert_eq!(wira.post("/perjanjian/kumpulan", &borrowed(&fields)).status, 404);
    let sari = site.sign_in(cast::SARI);
    assert_eq!(sari.get(&format!("/perjanjian/{own}/berkas.zip")).status, 404);
    fields.retain(|(name, value)| name != "pilih" || *value == own.to_string());
    assert_eq!(sari.post("/perjanjian/kumpulan", &borrowed(&fields)).status, 404);
    assert_eq!(site.browser().get(&format!("/perjanjian/{own}/berkas.zip")).status, 303);
}

#[test]
fn the_frozen_text_is_what_arrives_after_signing() {
    let site = Site::new();
    let id = site.test.fisheries();
    let mut text = kawal::documents::pks::pks(
        site.test.agreement(site.test.office, id).facts(),
        &kawal::documents::Print::standard(),
    )
    .unwrap()
    .document;
    text.title = "Perjanjian seperti ditandatangani".into();
    let frozen = serde_json::to_string(&text).unwrap();
    site.test.write(site.test.office, |db, deed| {
        kawal::store::frozen_papers::freeze(db, deed, id, "pks", &frozen).map(|_| ())
    });
    let hendra = site.sign_in(cast::HENDRA);
    let files = unpacked(hendra.open(&format!("/perjanjian/{id}/berkas.zip")).body);
    let list = self::text(&files, "isi.txt");
    assert!(list.contains("Perjanjian seperti ditandatangani"), "{list}");
    assert!(list.contains("; ditandatangani;"), "{list}");
    let pdf = files.iter().find(|(name, _)| name.ends_with("/01_PKS.pdf")).unwrap();
    assert_eq!(pdf.1, kawal::documents::pdf::render(&text).unwrap());
}

#[test]
fn a_reader_who_leaves_stops_the_printing_and_holds_up_nobody() {
    let test = TestApp::new();
    let names: Vec<String> = (1..=60).map(|number| format!("Desa Sukamaju {number:02}")).collect();
    let ids = agencies(&test, &names);
    actix_web::rt::System::new().block_on(async {
        let state = Data::new(kawal::web::State::new(Cost::Cheapest));
        let service = init_service(kawal::web::service(Data::new(test.app.clone()), state)).await;
        let post = |path: &str, cookie: String, pairs: &[(&str, &str)]| {
            TestRequest::post()
                .uri(path)
                .insert_header(("sec-fetch-site", "same-origin"))
                .insert_header((header::COOKIE, cookie))
                .insert_header((header::CONTENT_TYPE, "application/x-www-form-urlencoded"))
                .set_payload(encoded(pairs))
                .to_request()
        };
        let get = |path: String, cookie: String| {
            TestRequest::get().uri(&path).insert_header((header::COOKIE, cookie)).to_request()
        };
        let sign_in = [("email", cast::RINI.0), ("password", cast::PASSWORD)];
        let entered = call_service(&service, post("/masuk", String::new(), &sign_in)).await;
        let cookie = entered.response().cookies().next().unwrap();
        let cookie = format!("{}={}", cookie.name(), cookie.value());

        let job = Uuid::from_u128(0x77).to_string();
        let ids: Vec<String> = ids.iter().map(Uuid::to_string).collect();
        let mut pairs =
            vec![("_key", job.as_str()), ("kelompok", "perjanjian"), ("bentuk", "zip"), ("draf", "ikut")];
        pairs.extend(ids.iter().map(|id| ("pilih", id.as_str())));
        let answer = service.call(post("/perjanjian/kumpulan", cookie.clone(), &pairs)).await.unwrap();
        assert_eq!(answer.status(), 200);
        // The first piece is read; then the reader pauses, and somebody else prints.
        let mut body = Box::pin(answer.into_body());
        let first = poll_fn(|context| body.as_mut().poll_next(context)).await.unwrap().ok().unwrap();
        assert!(first.starts_with(b"PK\x03\x04"));
        let paper = get(format!("/perjanjian/{}/naskah/pks.pdf", ids[0]), cookie.clone());
        assert!(read_body(call_service(&service, paper).await).await.starts_with(b"%PDF-"));
        drop(body);

        let told = loop {
            let asked = get(format!("/perjanjian/kumpulan/{job}/kemajuan"), cookie.clone());
            let told = read_body(call_service(&service, asked).await).await;
            let told: serde_json::Value = serde_json::from_slice(&told).unwrap();
            if told["state"] != "running" {
                break told;
            }
            actix_web::rt::task::yield_now().await;
        };
        assert_eq!(told["state"], "stopped", "{told}");
        assert!(told["done"].as_u64().unwrap() < 60, "{told}");
    });
}

#[test]
fn the_command_line_writes_the_bundle_of_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let (name, told) = twins().remove(0);
    let run = |out: &str, more: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_kawal"))
            .args(["render", "--from"])
            .arg(twins::path(&name))
            .args(["bundel", "--on", "2026-11-02", "--out"])
            .arg(folder.path().join(out))
            .args(more)
            .env_clear()
            .output()
            .unwrap();
        (output.status.code().unwrap(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (status, said) = run("bundel.zip", &[]);
    let files = unpacked(std::fs::read(folder.path().join("bundel.zip")).unwrap());
    let pks =
        files.iter().find(|(name, _)| name.ends_with("/01_PKS.pdf")).unwrap_or_else(|| panic!("{said}"));
    assert!(pks.1.starts_with(b"%PDF-"));
    let short = told.facts.user.institution.short_name.or(told.facts.user.institution.name).unwrap();
    let word: String = short.chars().take_while(char::is_ascii_alphanumeric).collect();
    assert!(pks.0.contains(&word), "{} does not name {word}", pks.0);
    // Whatever is missing is told on stderr and in the archive alike.
    let failed = files.iter().any(|(name, _)| name == "kegagalan.txt");
    assert_eq!((failed, i32::from(failed)), (said.contains("kawal: "), status), "{said}");
    run("bundel.pdf", &[]);
    assert!(std::fs::read(folder.path().join("bundel.pdf")).unwrap().starts_with(b"%PDF-1.4"));
    assert_eq!(run("bundel.docx", &[]).0, 2);
    assert_eq!(run("bundel.zip", &["--siap"]).0, 2);
}
