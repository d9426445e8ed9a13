//! Papers leave the house: printed to be signed, signed by hash, issued with a code, checked by whoever
//! holds a copy, withdrawn; numbers come later and scans are noted.

use kawal::documents::model::{Document, Run};
use kawal::domain::fact_sheet::FactSheet;
use kawal::secrets::sha256;
use kawal::store::frozen_papers;
use kawal::store::prints::{self, Print};
use uuid::Uuid;

use crate::agreement_life::{SIGNATURES, draft as complete_draft, id_of};
use crate::support::rows::execute;
use crate::support::{Browser, Page, Site, TestApp, cast};

fn prints_of(test: &TestApp, id: Uuid) -> Vec<Print> {
    test.app.store.read_now(|db| prints::of_agreement(db, test.office, id)).unwrap()
}

fn frozen(test: &TestApp, id: Uuid) -> (Document, String) {
    let frozen = test
        .app
        .store
        .read_now(|db| frozen_papers::find(db, test.office, id, "pks"))
        .unwrap()
        .expect("a frozen PKS");
    (serde_json::from_str(&frozen.text).unwrap(), frozen.sha256)
}

fn document(text: &str) -> Document {
    serde_json::from_str(text).unwrap()
}

fn runs(document: &Document) -> Vec<Run> {
    let mut runs = Vec::new();
    document.each_run(|run| runs.push(run.clone()));
    runs
}

/// Every run that differs, with the slot it stands in.
fn differing(before: &Document, after: &Document) -> Vec<(Option<String>, String)> {
    let (before, after) = (runs(before), runs(after));
    assert_eq!(before.len(), after.len(), "runs came or went");
    let changed = before.into_iter().zip(after).filter(|(old, new)| old != new);
    changed
        .map(|(old, new)| {
            assert_eq!(
                (old.slot.as_ref(), old.bold, old.italic, old.gap),
                (new.slot.as_ref(), new.bold, new.italic, new.gap)
            );
            (new.slot, new.text)
        })
        .collect()
}

/// Presses a button on the papers page and opens where it leads.
fn press(browser: &Browser<'_>, home: &str, action: &str) -> Page {
    let page = browser.open(&format!("{home}/naskah"));
    let answer = browser.press(&page, &format!("{home}/naskah/{action}"));
    assert_eq!(answer.status, 303, "{}", answer.words());
    browser.open(&answer.location())
}

/// A complete draft that names the place of the signing; its address.
fn draft(site: &Site, rini: &Browser<'_>) -> String {
    let home = complete_draft(site, rini);
    revise(&site.test, id_of(&home), |facts| facts.signing.place = Some("Nusa Kencana".into()));
    home
}

/// What is typed when the signed paper came back, with one field otherwise.
fn signatures(otherwise: (&'static str, &'static str)) -> Vec<(&'static str, &'static str)> {
    let typed = SIGNATURES.iter().copied().filter(|(name, _)| *name != otherwise.0);
    typed.chain([otherwise]).collect()
}

/// Revises the facts of a draft.
fn revise(test: &TestApp, id: Uuid, change: impl FnOnce(&mut FactSheet)) {
    let mut facts = test.agreement(test.office, id).facts().clone();
    change(&mut facts);
    test.change(test.office, id, |agreement| agreement.revise(facts));
}

/// A draft whose numbers and date are known already.
fn numbered(test: &TestApp, id: Uuid) {
    revise(test, id, |facts| {
        facts.provider.number = Some("400.12/201/PKS/2026".into());
        facts.user.number = Some("523/077/2026".into());
        facts.signing.on = Some(cast::day("2026-11-09"));
    });
}

#[test]
fn the_print_that_was_signed_is_frozen_and_a_number_registered_later_changes_no_other_word() {
    let site = Site::new();
    let test = &site.test;
    let (rini, bagus) = (site.sign_in(cast::RINI), site.sign_in(cast::BAGUS));
    let home = draft(&site, &rini);
    let id = id_of(&home);

    // Before anything is printed the form says what will be frozen.
    bagus.open(&format!("{home}/tandatangan")).says("Belum ada naskah siap tanda tangan yang dicetak");

    let page = press(&rini, &home, "pks/siap");
    page.says("Naskah siap tanda tangan dicetak dan dicatat.");
    page.says("siap tanda tangan");
    page.says("Masih kosong: Nomor PIHAK KESATU, Nomor PIHAK KEDUA, dan Tanggal perjanjian.");
    let print = prints_of(test, id).remove(0);
    let printed = document(&print.printed.document);
    assert_eq!(printed.furniture.watermark, None);
    assert_eq!(printed.gaps(), [] as [String; 0]);
    let text = rini.open(&format!("{home}/cetakan/{}/pks.txt", print.id)).source();
    assert!(text.contains("……………") && !text.contains("DRAF"), "{text}");
    let pdf = rini.open(&format!("{home}/cetakan/{}/pks.pdf", print.id)).body;
    assert_eq!(sha256(&pdf), print.printed.pdf_sha256);
    assert_eq!(rini.get(&format!("{home}/cetakan/{}/juknis.pdf", print.id)).status, 404);

    // Signed, while the other party's number is still to come.
    test.on("2026-11-10");
    let bagus = site.sign_in(cast::BAGUS);
    let form = bagus.open(&format!("{home}/tandatangan"));
    form.says("Cetakan yang ditandatangani");
    form.says(&print.printed.sha256[..12]);
    assert_eq!(form.field("print"), print.id.to_string());
    let page = bagus.save(&form, &signatures(("user_number", "")));
    page.says("Belum terdaftar: Nomor PIHAK KEDUA.");
    page.says("Ditandatangani dengan tempat kosong untuk Nomor PIHAK KEDUA.");
    page.says("9 November 2026 sampai dengan 8 November 2028");
    let (signed, signed_hash) = frozen(test, id);
    let filled = differing(&printed, &signed);
    assert_eq!(filled.len(), 2, "{filled:?}");
    assert!(filled.contains(&(Some("provider.number".into()), "400.12/201/PKS/2026".into())), "{filled:?}");
    assert!(
        filled.iter().any(|(slot, text)| slot.as_deref() == Some("signing.on/words")
            && text.contains("Senin")
            && text.contains("Sembilan bulan November")),
        "{filled:?}"
    );
    assert_eq!(signed.blanks(), ["user.number"]);
    let told =
        test.log(test.office).into_iter().rev().find(|entry| entry.verb == "agreement_signed").unwrap();
    assert!(told.payload.contains(&print.printed.sha256), "{}", told.payload);

    // Days later the number comes. It is registered on the paper, not beside it.
    test.on("2026-11-20");
    let (rini, bagus) = (site.sign_in(cast::RINI), site.sign_in(cast::BAGUS));
    let beside = rini.submit(&rini.open(&format!("{home}/ubah")), &[("user.number", "523/077/2026")]);
    assert_eq!(beside.status, 422);
    assert!(beside.complaints().contains("didaftarkan lewat halaman Naskah"), "{}", beside.complaints());
    let to = format!("{home}/cetakan/{}/nomor", print.id);
    assert_eq!(rini.get(&to).status, 403, "only those who record signatures");
    let form = bagus.open(&to);
    assert_eq!(bagus.submit(&form, &[]).status, 422);
    let page = bagus.save(&form, &[("user.number", " 523 / 077 / 2026 ")]);
    page.says("Nomor didaftarkan dan diisikan pada naskahnya.");
    page.is_silent_about("Masih kosong");
    let (numbered, numbered_hash) = frozen(test, id);
    assert_eq!(differing(&signed, &numbered), [(Some("user.number".into()), "523 / 077 / 2026".into())]);
    assert_eq!(numbered.blanks(), [] as [String; 0]);
    assert_eq!(
        test.agreement(test.office, id).facts().user.number.as_deref(),
        Some("523 / 077 / 2026"),
        "the fact is known as well"
    );
    let told =
        test.log(test.office).into_iter().rev().find(|entry| entry.verb == "number_registered").unwrap();
    assert!(told.payload.contains(&signed_hash) && told.payload.contains(&numbered_hash), "{}", told.payload);
    assert_eq!(told.sentence(), format!("Bagus Prasetyo mendaftarkan nomor pada naskah {}", cast::FISHERIES));
    assert_eq!(bagus.get(&to).status, 409, "nothing is open any more");

    // Both are kept: what was printed and what stands now.
    let kept = prints_of(test, id).remove(0);
    assert_eq!(kept.printed, print.printed);
    assert_eq!(kept.current().sha256, numbered_hash);
    for (name, hash) in
        [("pks", &kept.current().pdf_sha256), ("pks-sebagaimana-dicetak", &print.printed.pdf_sha256)]
    {
        let pdf = rini.open(&format!("{home}/cetakan/{}/{name}.pdf", print.id)).body;
        assert_eq!(&sha256(&pdf), hash, "{name}");
    }
    rini.open(&home).is_silent_about("Nomor belum lengkap");

    // The head of the agency reads it and changes nothing; a colleague of another office finds nothing.
    let wira = site.sign_in(cast::WIRA);
    wira.open(&format!("{home}/naskah")).says("ditandatangani");
    assert_eq!(wira.get(&to).status, 403);
    assert_eq!(site.sign_in(cast::SARI).get(&format!("{home}/naskah")).status, 404);
}

#[test]
fn a_number_may_only_be_missing_where_the_print_leaves_it_blank() {
    let site = Site::new();
    let test = &site.test;
    let (rini, bagus) = (site.sign_in(cast::RINI), site.sign_in(cast::BAGUS));
    let home = draft(&site, &rini);
    let id = id_of(&home);
    press(&rini, &home, "pks/siap");

    // Composed from the facts, both numbers are asked for.
    let form = bagus.open(&format!("{home}/tandatangan"));
    let refused = bagus.submit(
        &form,
        &[("print", "susun"), ("signed_on", "2026-11-02"), ("provider_number", "1"), ("user_number", "")],
    );
    assert_eq!(refused.status, 422);
    assert!(refused.beside("user_number").contains("Isi nomornya"), "{}", refused.complaints());

    // Nor another place than the print names.
    let elsewhere = bagus.submit(&form, &signatures(("place", "Kota lain")));
    assert!(elsewhere.beside("place").contains("menyebut tempat Nusa Kencana"), "{}", elsewhere.complaints());

    // A print that carries a number takes no other one, and another date neither.
    numbered(test, id);
    press(&rini, &home, "pks/terbit");
    let bagus = site.sign_in(cast::BAGUS);
    let form = bagus.open(&format!("{home}/tandatangan"));
    let issued = prints_of(test, id).remove(0).id.to_string();
    let refused = bagus.submit(
        &form,
        &[
            ("print", &issued),
            ("signed_on", "2026-11-02"),
            ("provider_number", "400.12/1"),
            ("user_number", ""),
        ],
    );
    assert_eq!(refused.status, 422);
    assert!(refused.beside("provider_number").contains("memuat nomor 400.12/201/PKS/2026"));
    assert!(refused.beside("signed_on").contains("bertanggal 9 November 2026"), "{}", refused.complaints());
    // Left empty, the numbers are those of the print.
    let page = bagus.save(
        &form,
        &[("print", &issued), ("signed_on", "2026-11-09"), ("provider_number", ""), ("user_number", "")],
    );
    page.says("523/077/2026");
    let kept = prints_of(test, id);
    let signed = kept.iter().find(|print| print.id.to_string() == issued).unwrap();
    assert!(signed.signed_at.is_some() && signed.registered.is_none());
    assert_eq!(frozen(test, id).1, signed.printed.sha256, "nothing was filled: it is the print itself");
}

#[test]
fn facts_changed_after_the_print_are_put_back_or_printed_again() {
    let site = Site::new();
    let test = &site.test;
    let (rini, bagus) = (site.sign_in(cast::RINI), site.sign_in(cast::BAGUS));
    let home = draft(&site, &rini);
    let id = id_of(&home);
    press(&rini, &home, "pks/siap");
    let stood = test.agreement(test.office, id).facts().subject.purpose.clone();
    revise(test, id, |facts| facts.subject.purpose = Some("keperluan lain".into()));
    revise(test, id, |facts| facts.note = Some("bukan bagian naskah".into()));

    let form = bagus.open(&format!("{home}/tandatangan"));
    let refused = bagus.submit(&form, SIGNATURES);
    assert_eq!(refused.status, 422);
    let said = refused.beside("print");
    assert!(said.contains("diubah: Kegunaan data") && !said.contains("Catatan"), "{said}");

    // Put back, what was printed and what is recorded agree again.
    revise(test, id, |facts| facts.subject.purpose = stood);
    bagus.save(&bagus.open(&format!("{home}/tandatangan")), SIGNATURES).says("Penandatanganan dicatat");
}

#[test]
fn what_is_unknown_keeps_a_paper_from_being_signed_or_issued() {
    let site = Site::new();
    let test = &site.test;
    let rini = site.sign_in(cast::RINI);
    let home = draft(&site, &rini);
    let id = id_of(&home);

    // Numbers and the date alone keep it from being issued, not from being printed to be signed.
    let page = rini.open(&format!("{home}/naskah"));
    let refused = rini.press(&page, &format!("{home}/naskah/pks/terbit"));
    assert_eq!(refused.status, 422);
    refused.says("belum dapat diterbitkan");
    refused.says("nomor PIHAK KESATU");

    revise(test, id, |facts| facts.access.elements.clear());
    let page = rini.open(&format!("{home}/naskah"));
    page.says("belum lengkap");
    let refused = rini.press(&page, &format!("{home}/naskah/pks/siap"));
    assert_eq!(refused.status, 422);
    refused.says("belum dapat dicetak untuk ditandatangani");
    refused.says("elemen data");
    let lines = refused.words();
    assert!(!lines.contains("Isi dahulu: nomor"), "{lines}");
    assert_eq!(prints_of(test, id), []);

    // Until then it can be read as a draft.
    let text = rini.open(&format!("{home}/naskah/pks.txt")).source();
    assert!(text.contains("DRAF"), "{text}");
}

#[test]
fn whoever_holds_a_copy_learns_whether_it_is_the_one_that_was_issued() {
    let site = Site::new();
    let test = &site.test;
    let rini = site.sign_in(cast::RINI);
    let home = draft(&site, &rini);
    let id = id_of(&home);
    numbered(test, id);
    let page = press(&rini, &home, "pks/terbit");
    page.says("Naskah diterbitkan dan dicatat.");
    let print = prints_of(test, id).remove(0);
    let mark = document(&print.printed.document).furniture.check.expect("a check mark");
    assert!(mark.url.ends_with(&format!("/periksa/{}", print.code)), "{mark:?}");
    assert_eq!(print.code.len(), 16);

    // Anybody, on a phone, without an account.
    let stranger = site.browser();
    let check = stranger.open(&format!("/periksa/{}", print.code));
    for words in [
        "Naskah ini diterbitkan dan berlaku",
        "Perjanjian Kerja Sama (PKS)",
        cast::FISHERIES,
        "Dinas Kependudukan dan Pencatatan Sipil Kabupaten Nusa Kencana",
        "9 November 2026",
        &print.printed.pdf_sha256,
        "bukan tanda tangan elektronik",
        "naskah asli yang ditandatangani dengan tinta",
    ] {
        check.says(words);
    }
    let facts = test.agreement(test.office, id).facts().clone();
    let people: Vec<&str> = [&facts.provider.official.name, &facts.user.official.name]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .chain([cast::RINI.1])
        .collect();
    assert_eq!(people.len(), 3);
    for person in people {
        assert!(!check.source().contains(person), "the page names {person}");
    }
    assert_eq!(check.header("x-robots-tag"), Some("noindex, nofollow"));

    // Typed by hand, with dashes and letters that look like digits.
    let typed = kawal::domain::print::grouped(&print.code).to_uppercase().replace('0', "O");
    let found = stranger.get(&format!("/periksa?kode={typed}"));
    assert_eq!((found.status, found.location()), (303, format!("/periksa/{}", print.code)));

    // A copy is compared, and nothing of it is kept.
    let pdf = rini.open(&format!("{home}/cetakan/{}/pks.pdf", print.id)).body;
    assert_eq!(sha256(&pdf), print.printed.pdf_sha256);
    let to = format!("/periksa/{}", print.code);
    let same = stranger.send_file(&to, &[], Some(("salinan.pdf", &pdf)));
    same.says("salinan.pdf sama persis dengan naskah yang diterbitkan");
    let mut altered = pdf.clone();
    *altered.last_mut().unwrap() ^= 1;
    let other = stranger.send_file(&to, &[], Some(("salinan.pdf", &altered)));
    other.says("salinan.pdf berbeda dari naskah yang diterbitkan");
    assert_eq!(stranger.send_file(&to, &[], None).status, 400);

    // A signed scan has a hash of its own, noted beside the issued one.
    let scan = [b"%PDF-1.4 pindaian ".as_slice(), &[7; 3_000]].concat();
    let note = format!("{home}/cetakan/{}/pindaian", print.id);
    let form = rini.open(&note);
    form.says("berkasnya sendiri belum disimpan");
    let refused = rini.upload(&form, &note, ("catatan.txt", b"bukan pindaian"));
    assert_eq!(refused.status, 422);
    refused.says("bukan PDF, JPEG atau PNG");
    let refused = rini.upload(&form, &note, ("pks.pdf", &pdf));
    refused.says("belum ditandatangani");
    let answer = rini.upload(&form, &note, ("PKS bertanda tangan.pdf", &scan));
    let page = rini.open(&answer.location());
    page.says("PKS bertanda tangan.pdf");
    page.says(&sha256(&scan));
    assert_eq!(rini.upload(&rini.open(&note), &note, ("lagi.pdf", &scan)).status, 409);
    let same = stranger.send_file(&to, &[], Some(("foto.pdf", &scan)));
    same.says("foto.pdf sama dengan pindaian bertanda tangan yang tercatat");

    // Withdrawn with a reason that only the office reads.
    test.on("2026-11-12");
    let (rini, bagus) = (site.sign_in(cast::RINI), site.sign_in(cast::BAGUS));
    let to = format!("{home}/cetakan/{}/tarik", print.id);
    assert_eq!(rini.get(&to).status, 403);
    let form = bagus.open(&to);
    assert!(!bagus.submit(&form, &[]).beside("reason").is_empty());
    bagus.save(&form, &[("reason", "Nama dinas keliru")]).says("Nama dinas keliru");
    let check = stranger.open(&format!("/periksa/{}", print.code));
    check.says("Naskah ini sudah ditarik");
    check.says("12 November 2026");
    check.is_silent_about("Nama dinas keliru");
    assert_eq!(bagus.get(&to).status, 409);

    let told = test.sentences(test.office);
    for line in [
        "Rini Wulandari menerbitkan naskah",
        "Rini Wulandari mencatat pindaian bertanda tangan",
        "Bagus Prasetyo menarik naskah",
    ] {
        let line = format!("{line} {}", cast::FISHERIES);
        assert!(told.contains(&line), "{line}: {told:#?}");
    }
}

#[test]
fn every_unknown_code_is_answered_the_same_and_asking_on_and_on_is_slowed_down() {
    let site = Site::new();
    let stranger = site.browser();
    let plain = |page: &Page| page.words().replace(|c: char| c.is_ascii_alphanumeric(), "");
    let first = stranger.get("/periksa/0000000000000000");
    assert_eq!(first.status, 404);
    first.says("Tidak ada naskah dengan kode ini.");
    for code in ["zzzzzzzzzzzzzzzz", "bukan-kode", "1", "0000-0000-0000-0001"] {
        let page = stranger.get(&format!("/periksa/{code}"));
        assert_eq!((page.status, plain(&page)), (404, plain(&first)), "{code}");
    }
    let page = stranger.get("/periksa?kode=apa+saja");
    assert_eq!((page.status, plain(&page)), (404, plain(&first)));
    let refused =
        (0..100).map(|_| stranger.get("/periksa/0000000000000000").status).find(|status| *status == 429);
    assert_eq!(refused, Some(429));
    assert_eq!(site.browser().get("/periksa/0000000000000000").status, 404, "others are not slowed down");
}

#[test]
fn issuing_again_marks_the_older_one_as_replaced_and_posting_twice_prints_once() {
    let site = Site::new();
    let test = &site.test;
    let rini = site.sign_in(cast::RINI);
    let home = draft(&site, &rini);
    let id = id_of(&home);
    let page = rini.open(&format!("{home}/naskah"));
    let to = format!("{home}/naskah/pks/siap");
    let (first, second) = (rini.press(&page, &to), rini.press(&page, &to));
    assert_eq!((first.status, second.status, first.location()), (303, 303, second.location()));
    assert_eq!(prints_of(test, id).len(), 1);

    test.on("2026-11-03");
    let rini = site.sign_in(cast::RINI);
    let page = press(&rini, &home, "pks/siap");
    page.says("diganti cetakan baru");
    let all = prints_of(test, id);
    assert_eq!(all.len(), 2);
    assert_eq!((all[0].replaced_by, all[1].replaced_by), (None, Some(all[0].id)));
    assert_ne!(all[0].code, all[1].code);
    site.browser().open(&format!("/periksa/{}", all[1].code)).says("sudah diganti cetakan yang lebih baru");

    // Signed, neither is printed again.
    test.on("2026-11-10");
    let (rini, bagus) = (site.sign_in(cast::RINI), site.sign_in(cast::BAGUS));
    let form = bagus.open(&format!("{home}/tandatangan"));
    // The ink may stand on the older one: it can be named, too.
    bagus.save(&form, &[SIGNATURES, &[("print", &all[1].id.to_string())]].concat());
    let page = rini.open(&format!("{home}/naskah"));
    assert!(!page.source().contains("naskah/pks/"), "the PKS can be printed again");
    let answer = rini.post(&to, &[("_key", "sesudah tanda tangan")]);
    assert_eq!(answer.status, 409);
    assert!(prints_of(test, id)[1].signed_at.is_some());
    // What was signed is not withdrawn.
    assert_eq!(bagus.get(&format!("{home}/cetakan/{}/tarik", all[1].id)).status, 409);
}

#[test]
fn a_pdf_that_is_not_the_recorded_one_is_not_handed_out() {
    let site = Site::new();
    let test = &site.test;
    let rini = site.sign_in(cast::RINI);
    let home = draft(&site, &rini);
    let id = id_of(&home);
    press(&rini, &home, "pks/siap");
    let print = prints_of(test, id).remove(0);
    let other = sha256(b"PDF lain");
    execute(test.app.store.url(), &format!("UPDATE prints SET pdf_sha256 = '{other}'"));
    let refused = rini.get(&format!("{home}/cetakan/{}/pks.pdf", print.id));
    assert_eq!(refused.status, 409);
    refused.says("tidak sama dengan yang tercatat");
    rini.open(&format!("{home}/cetakan/{}/pks.txt", print.id)).says("PERJANJIAN KERJA");
}

#[test]
fn drawings_are_taken_in_until_the_juknis_is_issued() {
    let site = Site::new();
    let test = &site.test;
    let rini = site.sign_in(cast::RINI);
    let home = draft(&site, &rini);
    let id = id_of(&home);
    let page = rini.open(&format!("{home}/gambar"));
    let to = format!("{home}/gambar/topologi");
    let jpeg = include_bytes!("../fixtures/pictures/topology.jpg");
    let answer = rini.upload(&page, &to, ("topologi.jpg", jpeg));
    let page = rini.open(&answer.location());
    page.says("Gambar disimpan.");
    let png = rini.open(&to);
    assert_eq!(png.header("content-type"), Some("image/png"));
    assert!(png.body.starts_with(b"\x89PNG"));
    let stationery = test.app.store.read_now(|db| test.app.stationery(db, test.office, Some(id))).unwrap();
    let topology = stationery.topology.expect("a topology");
    assert_eq!((topology.width, topology.height), (64, 48));
    assert!(stationery.service_flow.is_none());

    // The same picture taken away twice: the second page was older.
    let gone = rini.press(&page, &format!("{to}/hapus"));
    assert_eq!(gone.status, 303);
    assert_eq!(rini.get(&to).status, 404);
    let again = rini.post(&format!("{to}/hapus"), &[("_key", "kedua"), ("_version", "1")]);
    assert_eq!(again.status, 409);
    assert!(test.sentences(test.office).iter().any(|line| line.contains("mengubah gambar lampiran")));
}
