//! Every template is rendered with its sample; with `KAWAL_LOOK` set, into `target/look` to be looked at.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use std::path::Path;

/// Every page by the name of its picture.
fn pages() -> Vec<(&'static str, String)> {
    let mut pages = vec![
        ("beranda", dashboard::samples::page(true).to_string()),
        ("beranda-sepi", dashboard::samples::page(false).to_string()),
        ("tenggat", deadlines::sample().to_string()),
        ("tugas", tasks::sample().to_string()),
        ("surel", outbox::samples::list().to_string()),
        ("surel-satu", outbox::samples::mail().to_string()),
        ("catatan", audit::sample().to_string()),
        ("instansi", institutions::samples::list().to_string()),
        ("instansi-satu", institutions::samples::page().to_string()),
        ("instansi-baru", institutions::samples::institution_form().to_string()),
        ("pejabat-baru", institutions::samples::official_form().to_string()),
        ("dasar-hukum", legal_bases::samples::list().to_string()),
        ("dasar-hukum-baru", legal_bases::samples::form().to_string()),
        ("redaksi", wordings::samples::list().to_string()),
        ("redaksi-satu", wordings::samples::edit(false).to_string()),
        ("redaksi-ditolak", wordings::samples::edit(true).to_string()),
        ("redaksi-versi", wordings::samples::versions().to_string()),
        ("pengaturan", settings::sample().to_string()),
        ("pengguna", settings::members_sample().to_string()),
        ("siapkan", setup::sample().to_string()),
        ("masuk", session::sample(false).to_string()),
        ("masuk-ditolak", session::sample(true).to_string()),
        ("perjanjian", agreements::samples::list("").to_string()),
        ("perjanjian-kosong", agreements::samples::list("kosong").to_string()),
        ("perjanjian-tak-cocok", agreements::samples::list("tak-cocok").to_string()),
        ("perjanjian-satu", agreements::samples::page(false).to_string()),
        ("perjanjian-kepala", agreements::samples::page(true).to_string()),
        ("perjanjian-tandatangan", agreement_forms::samples::sign().to_string()),
        ("perjanjian-akhiri", agreement_forms::samples::end().to_string()),
        ("perjanjian-surat", agreement_forms::samples::renewal_letter().to_string()),
        ("perjanjian-daftarkan", agreement_forms::samples::register().to_string()),
        ("perjanjian-ubah", agreement_forms::samples::edit(false).to_string()),
        ("perjanjian-bentrok", agreement_forms::samples::edit(true).to_string()),
    ];
    for (name, status) in [
        ("galat-400", 400),
        ("galat-403", 403),
        ("galat-404", 404),
        ("galat-405", 405),
        ("galat-409", 409),
        ("galat-413", 413),
        ("galat-422", 422),
        ("galat-429", 429),
        ("galat-500", 500),
        ("galat-503", 503),
    ] {
        pages.push((name, errors::sample(status).to_string()));
    }
    pages
}

#[test]
fn every_page_renders_with_its_sample() {
    let keep = std::env::var_os("KAWAL_LOOK").is_some();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/look");
    for (name, html) in pages() {
        assert!(html.starts_with("<!doctype html>"), "{name} does not begin as a page");
        assert!(html.trim_end().ends_with("</html>"), "{name} is cut short");
        if keep {
            std::fs::create_dir_all(&folder).expect("folder");
            std::fs::write(folder.join(format!("{name}.html")), html).expect("page");
        }
    }
}

#[test]
fn no_page_needs_more_than_the_strict_policy_allows() {
    for (name, html) in pages() {
        for refused in ["<style", " style=\"", "javascript:", " onclick=", "http://", "https://"] {
            assert!(!html.contains(refused), "{name} holds {refused}");
        }
        assert_eq!(html.matches("<script").count(), 1, "{name}");
    }
}

#[test]
fn every_label_and_every_link_within_a_page_leads_somewhere() {
    for (name, html) in pages() {
        let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        for (i, id) in ids.iter().enumerate() {
            assert!(!ids[..i].contains(id), "{name} has two elements with id {id}");
        }
        for attribute in
            [" for=\"", "href=\"#", "aria-labelledby=\"", "aria-describedby=\"", "popovertarget=\""]
        {
            for target in html.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()) {
                for one in target.split(' ').filter(|one| !one.is_empty()) {
                    assert!(ids.contains(&one), "{name}: {attribute}{one} leads nowhere");
                }
            }
        }
    }
}

#[test]
fn an_error_page_says_what_to_do_and_names_its_request() {
    for status in [403, 404, 409, 413, 422, 429, 500, 503] {
        let page = errors::sample(status);
        assert!(!page.steps.is_empty(), "{status}");
        let html = page.to_string();
        assert!(html.contains(&page.layout.request_id), "{status}");
        assert!(html.contains(&page.title), "{status}");
    }
}

#[test]
fn what_people_typed_never_becomes_markup() {
    let mut page = agreements::samples::page(false);
    page.agency = "<b>Dinas</b>".into();
    page.fact_groups[0].facts[0].value = agreements::FactValue::Text("<script>alert(1)</script>".into());
    let html = page.to_string();
    assert!(!html.contains("<b>Dinas") && !html.contains("<script>alert"));
}

/// The tokens of one colour scheme: name and red, green, blue.
fn tokens(css: &str) -> Vec<(&str, [f64; 3])> {
    css.lines()
        .filter_map(|line| {
            let (name, value) = line.trim().strip_prefix("--")?.split_once(": #")?;
            let value = value.strip_suffix(';').filter(|hex| hex.len() == 6)?;
            let part = |at: usize| u8::from_str_radix(&value[at..at + 2], 16).map(f64::from).ok();
            Some((name, [part(0)?, part(2)?, part(4)?]))
        })
        .collect()
}

/// Contrast of two colours as WCAG 2.2 defines it, between 1 and 21.
fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let luminance = |colour: [f64; 3]| {
        let [r, g, b] = colour.map(|part| {
            let part = part / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_ink_is_readable_on_every_ground_it_stands_on() {
    let css = include_str!("../../../assets/css/base.css");
    let (light, dark) = css.split_once("@media (prefers-color-scheme: dark)").expect("two schemes");
    let pairs: &[(&str, &[&str])] = &[
        ("ink", &["paper", "surface", "sunken", "attention-bg", "overdue-bg", "ok-bg", "nila-bg"]),
        ("soft", &["paper", "surface", "sunken", "quiet-bg"]),
        ("nila-ink", &["paper", "surface", "nila-bg"]),
        ("sogan", &["paper", "surface", "sunken"]),
        ("ok", &["surface", "ok-bg"]),
        ("attention", &["paper", "surface", "attention-bg"]),
        ("overdue", &["paper", "surface", "overdue-bg"]),
        ("on-nila", &["nila", "nila-press"]),
    ];
    for (scheme, css) in [("light", light), ("dark", dark)] {
        let tokens = tokens(css);
        let colour = |name: &str| tokens.iter().find(|(known, _)| *known == name).expect("token").1;
        for (ink, grounds) in pairs {
            for ground in *grounds {
                let found = contrast(colour(ink), colour(ground));
                assert!(found >= 4.5, "{scheme}: {ink} on {ground} has only {found:.2}:1");
            }
        }
    }
}

#[test]
fn every_icon_and_every_asset_that_a_page_names_is_there() {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sprite = include_str!("../../../assets/icons/sprite.svg");
    for (name, html) in pages() {
        for icon in html.split("sprite.svg#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(sprite.contains(&format!("<symbol id=\"{icon}\"")), "{name}: no icon {icon}");
        }
        for asset in html.split("=\"/assets/").skip(1).filter_map(|rest| rest.split(['"', '?', '#']).next()) {
            assert!(assets.join("assets").join(asset).is_file(), "{name}: no asset {asset}");
        }
    }
}
