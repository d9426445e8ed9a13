#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::documents::clause::{standard, standard_names};

/// What is said when a standard wording is changed so.
fn told(name: &str, change: impl FnOnce(&str) -> String) -> Vec<String> {
    let text = change(standard(name).expect("a standard wording"));
    review(&Wording::standard().with(name, text), name).iter().map(Fault::sentence).collect()
}

fn replaced(name: &str, from: &str, to: &str) -> Vec<String> {
    told(name, |text| {
        assert!(text.contains(from), "{name} has no {from:?}");
        text.replacen(from, to, 1)
    })
}

#[test]
fn every_standard_wording_passes_its_own_check() {
    for name in standard_names() {
        assert_eq!(told(name, ToOwned::to_owned), [] as [String; 0], "{name}");
    }
}

#[test]
fn a_name_that_no_fact_has_is_found_in_a_branch_that_no_sample_takes() {
    let told = told("pks/purpose", |text| {
        format!("{text}{{% if user.kind == \"koperasi\" %}}\n1. {{{{ user.nama }}}}\n{{% endif %}}\n")
    });
    let line = standard("pks/purpose").unwrap().lines().count() + 2;
    assert_eq!(told, [format!("Baris {line}: isian “user.nama” tidak dikenal; mungkin “user.name”?")]);
}

#[test]
fn a_wrong_name_in_a_loop_is_compared_with_what_an_entry_has() {
    let told = replaced("pks/legal_bases", "{{ basis.title }}", "{{ basis.titel }}");
    assert_eq!(told, ["Baris 4: isian “basis.titel” tidak dikenal; mungkin “basis.title”?"]);
}

#[test]
fn what_cannot_be_printed_is_told_with_what_to_write_instead() {
    for (from, what) in [
        ("{{ user }}", "adalah kelompok isian; sebut salah satu isinya, misalnya “user.acts_for”"),
        ("{{ recitals }}", "adalah daftar; cetak satu per satu dengan {% for butir in recitals %}"),
        ("{{ readers.used }}", "adalah ya atau tidak; pakai sebagai syarat, {% if readers.used %}"),
    ] {
        let told = replaced("pks/purpose", "Tujuan", &format!("Tujuan {from}"));
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains(what), "{told:?}");
    }
    let told = replaced("pks/purpose", "Tujuan", "Tujuan {{ signing.place }}");
    assert!(told[0].contains("isian yang boleh kosong dicetak di dalam {% if … %}"), "{told:?}");
}

#[test]
fn markup_that_no_paper_can_hold_is_told_by_line_in_every_branch() {
    let told = replaced("pks/purpose", "{% else %}", "{% else %}\n## Anak judul\n");
    assert_eq!(told, ["Baris 5: judul selain tingkat satu tidak dapat dicetak."]);
    let told = replaced("pks/closing", "Demikian", "Teks <b>tebal</b> dan [tautan](a)\n\nDemikian");
    assert_eq!(
        told,
        ["Baris 3: HTML tidak dapat dicetak.", "Baris 3: tautan atau gambar tidak dapat dicetak."]
    );
}

#[test]
fn a_label_that_stands_twice_in_the_paper_is_told() {
    let told = replaced("pks/closing", "^closing", "^secrecy");
    assert_eq!(told, ["Baris 1: label “^secrecy” dipakai dua kali dalam naskah ini."]);
}

#[test]
fn a_reference_that_leads_nowhere_is_told_where_it_stands() {
    let told = replaced("pks/other", "ref(\"duties.user\")", "ref(\"duties.agency\")");
    assert_eq!(
        told,
        ["Baris 3: rujukan ke label “duties.agency” tidak menemukan “^duties.agency” dalam naskah ini."]
    );
    let told = replaced("pks/duties", " ^duties.user", "");
    assert!(told.len() == 2, "two other wordings refer to it: {told:?}");
    assert!(
        told[0].starts_with("Pada redaksi “Hak PARA PIHAK” baris 4: rujukan ke label “duties.user”"),
        "{told:?}"
    );
    assert!(told[0].ends_with("pertahankan “^duties.user” di sini, atau ubah dahulu rujukan itu."));
}

#[test]
fn a_reference_to_a_clause_that_only_some_agreements_have_is_found() {
    // Every sample with readers has it; an agreement whose readers stay active has not.
    let told = replaced(
        "pks/other",
        "Penambahan atau pengurangan",
        "Sesuai dengan {{ ref(\"deactivation\") }}, penambahan atau pengurangan",
    );
    assert_eq!(
        told,
        ["Baris 4: rujukan ke label “deactivation” tidak menemukan “^deactivation” dalam naskah ini."]
    );
}

#[test]
fn a_paper_without_a_mandatory_part_is_refused_and_how_to_mend_it_is_told() {
    for (name, label, part) in [
        ("pks/duties", " ^secrecy", "larangan memberikan data kepada pihak lain"),
        ("pks/duties", " ^purpose_limit", "larangan menggunakan data di luar maksud dan tujuan"),
        ("pks/rights", " ^rights\n", "hak para pihak"),
        ("pks/reporting", " ^evaluation_result", ""),
        ("pks/term", " ^term\n", "jangka waktu"),
        ("pks/other", " ^financing", "pembiayaan"),
    ] {
        let told = replaced(name, label, if label.ends_with('\n') { "\n" } else { "" });
        if part.is_empty() {
            assert_eq!(told, [] as [String; 0], "{label} is no mandatory part");
            continue;
        }
        let expected = format!(
            "Bagian yang wajib ada dalam PKS tidak ditemukan: {part}; tulis bagian itu, lalu beri label “{}”",
            label.trim()
        );
        assert!(told.iter().any(|one| one.starts_with(&expected)), "{name} {label}: {told:?}");
    }
    let told = replaced("pks/term", "1. {{ pks }} ini", "1. Berlaku. ^term\n1. {{ pks }} ini");
    assert!(told[0].contains("label “^term” dipakai dua kali"), "{told:?}");
    let told = told_of("pks/term", "# Jangka Waktu ^term_article\n\n1. Berlaku. ^term\n");
    assert!(
        told.iter().any(|one| one.contains("bagian berlabel “^term” tidak berisi")
            || one.starts_with("Bagian berlabel “^term” tidak berisi")),
        "{told:?}"
    );
}

fn told_of(name: &str, text: &str) -> Vec<String> {
    told(name, |_| text.to_owned())
}

#[test]
fn a_text_that_is_empty_too_long_or_runs_for_ever_is_refused() {
    assert!(told_of("pks/closing", "  \n")[0].starts_with("Redaksi ini kosong"));
    assert!(told_of("pks/closing", &"a ".repeat(40_000))[0].contains("terlalu panjang"));
    let loops = "{% for a in legal_bases %}".repeat(12);
    let ends = "{% endfor %}".repeat(12);
    let told = told_of("pks/closing", &format!("# Penutup ^closing\n\n{loops}x{ends}"));
    assert!(told.iter().any(|one| one.contains("ulangannya terlalu banyak")), "{told:?}");
}

#[test]
fn an_office_may_write_an_article_of_its_own_and_every_reference_moves() {
    let own = format!(
        "# Pelindungan Data Pribadi ^privacy\n\n1. PARA PIHAK melindungi data pribadi.\n\n{}",
        standard("pks/term").unwrap()
    );
    assert_eq!(told_of("pks/term", &own), [] as [String; 0]);
}
