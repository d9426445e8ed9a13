//! Every institution has a letterhead of its own, and the office too.

use std::io::Cursor;

use kawal::documents::model::Block;
use kawal::store::pictures::{self, Place};

use crate::support::{Site, cast};

fn png_of(width: u32, height: u32, rgba: [u8; 4]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let data = rgba.repeat((width * height) as usize);
    encoder.write_header().unwrap().write_image_data(&data).unwrap();
    bytes
}

#[test]
fn an_institution_gets_its_own_lines_and_logo() {
    let site = Site::new();
    let test = &site.test;
    let id = test.fisheries();
    let agency = test.institution_of(test.office, id);
    let rini = site.sign_in(cast::RINI);
    rini.open(&format!("/instansi/{agency}")).says("Kop surat");
    let page = rini.open(&format!("/instansi/{agency}/kop"));
    page.says("PEMERINTAH KABUPATEN NUSA KENCANA");
    page.says("DINAS PERIKANAN");

    // Lines: too many are refused and stay as typed; in order they are kept and shown.
    let home = format!("/instansi/{agency}/kop");
    let many = "satu\ndua\ntiga\nempat\nlima\nenam";
    let refused = rini.post(&home, &[("_key", "a"), ("_version", "0"), ("names", many), ("details", "")]);
    assert_eq!(refused.status, 422);
    refused.says("Paling banyak 5 baris");
    let saved = rini.post(
        &home,
        &[
            ("_key", "b"),
            ("_version", "0"),
            ("names", "UPT PELABUHAN\n\nNUSA KENCANA"),
            ("details", "Kotak pos 7"),
        ],
    );
    assert_eq!(saved.status, 303);
    let page = rini.open(&home);
    page.says("UPT PELABUHAN");
    page.says("Kotak pos 7");
    let stale = rini.post(&home, &[("_key", "c"), ("_version", "0"), ("names", "X"), ("details", "")]);
    assert_eq!(stale.status, 409);
    stale.says("baru saja diubah orang lain");

    // Logo: flattened, shrunk, replaced, taken away.
    let to = format!("{home}/logo");
    for (name, file, said) in [
        ("kop.pdf", b"%PDF-1.4".to_vec(), "bukan gambar PNG atau JPEG"),
        ("besar.png", png_of(2_001, 1, [0; 4]), "2001 × 1 piksel"),
        ("gemuk.png", vec![0x89; 1024 * 1024 + 1], "paling banyak 1 MB"),
    ] {
        let refused = rini.upload(&page, &to, (name, &file));
        assert_eq!(refused.status, 422, "{name}");
        refused.says(said);
    }
    let answer = rini.upload(&page, &to, ("logo.png", &png_of(1_200, 900, [0, 0, 0, 0])));
    assert_eq!(answer.location(), home);
    let page = rini.open(&home);
    let kept =
        test.app.store.read_now(|db| pictures::find(db, test.office, agency, Place::Logo)).unwrap().unwrap();
    assert_eq!((kept.width, kept.height), (600, 450));
    let mut reader = png::Decoder::new(Cursor::new(&kept.png)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    assert_eq!(frame.color_type, png::ColorType::Rgb);
    assert!(pixels.iter().all(|sample| *sample == 255), "what is transparent is paper");
    assert_eq!(rini.open(&to).body, kept.png);

    // On papers: both the logo and the lines, for this agency's agreement only.
    let stationery = test.app.store.read_now(|db| test.app.stationery(db, test.office, Some(id))).unwrap();
    assert_eq!(stationery.user_head.names, ["UPT PELABUHAN", "NUSA KENCANA"]);
    assert_eq!(stationery.user_logo.as_ref().map(|logo| logo.width), Some(600));
    assert!(stationery.provider_logo.is_none());
    let head = kawal::documents::letterhead::letterhead(
        &test.agreement(test.office, id).facts().user.institution,
        &stationery.user_head,
        stationery.user_logo.as_ref(),
        "PIHAK KEDUA",
    );
    let block = serde_json::to_value(Block::Letterhead(head)).unwrap();
    assert_eq!(block["logo"]["width"], 600);

    // Somebody who saw an older page does not replace what they did not see.
    let older =
        rini.send_file(&to, &[("_key", "d"), ("_version", "0")], Some(("l.png", &png_of(9, 9, [1; 4]))));
    assert_eq!(older.status, 409);
    let gone = rini.press(&page, &format!("{to}/hapus"));
    assert_eq!((gone.status, gone.location()), (303, home.clone()));
    assert_eq!(rini.get(&to).status, 404);
    let told = test.log(test.office);
    let told: Vec<String> = told
        .iter()
        .filter(|entry| entry.verb == "letterhead_changed")
        .map(|entry| format!("{}: {}", entry.sentence(), entry.details().join("; ")))
        .collect();
    assert_eq!(told.len(), 3, "{told:#?}");
    assert!(told[0].contains("UPT PELABUHAN / NUSA KENCANA") && told[1].contains("sidik jari"), "{told:#?}");

    // The head of the agency and another office do not reach it.
    assert_eq!(site.sign_in(cast::WIRA).get(&home).status, 403);
    assert_eq!(site.sign_in(cast::SARI).get(&home).status, 404);
}

#[test]
fn the_office_sets_its_own_letterhead() {
    let site = Site::new();
    let test = &site.test;
    let dewi = site.sign_in(cast::DEWI);
    let page = dewi.open("/pengaturan/kop");
    page.says("PEMERINTAH KABUPATEN NUSA KENCANA");
    let answer = dewi.upload(&page, "/pengaturan/kop/logo", ("logo.png", &png_of(40, 50, [9, 9, 9, 255])));
    assert_eq!(answer.location(), "/pengaturan/kop");
    let stationery = test.app.store.read_now(|db| test.app.stationery(db, test.office, None)).unwrap();
    assert_eq!(stationery.provider_logo.map(|logo| (logo.width, logo.height)), Some((40, 50)));
    assert!(dewi.open("/pengaturan/naskah/contoh.pdf").body.starts_with(b"%PDF-"));
    assert_eq!(site.sign_in(cast::BAGUS).get("/pengaturan/kop").status, 403);
}
