#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::*;

use super::*;
use crate::documents::papers::PaperKind;
use crate::documents::story::{TWINS, count, day, paper, printed, reads_well, says, silent, twin};
use crate::domain::fact_sheet::{AccessMethod, ArticleChange, DataElement};

fn with(twin_name: &str, addenda: Vec<Addendum>) -> FactSheet {
    FactSheet { addenda, ..twin(twin_name) }
}

fn signed() -> Addendum {
    Addendum {
        provider_number: Some("471/20/2026".into()),
        user_number: Some("360/9/2026".into()),
        on: Some(day("2026-02-02")),
        place: Some("Kirana".into()),
        reason: Some("keadaan menghendaki demikian".into()),
        ..Addendum::default()
    }
}

fn extension(end_on: &str) -> Addendum {
    Addendum { end_on: Some(day(end_on)), ..signed() }
}

fn in_words(article: &str, text: &str) -> Addendum {
    let change = ArticleChange { article: Some(article.into()), text: Some(text.into()) };
    Addendum { articles: vec![change], ..signed() }
}

/// The provisions that the addendum at that place changes, as cited.
fn places(facts: &FactSheet, nth: usize) -> Vec<String> {
    let quoted = quoted::quoted(facts, nth, &facts.addenda[nth], &Print::standard()).unwrap();
    quoted.into_iter().filter_map(|one| one.place).collect()
}

fn refusal(facts: &FactSheet) -> String {
    printed(facts, "adendum-1", Stage::Final).unwrap_err().to_string()
}

#[test]
fn the_addenda_of_the_twins_are_printed_with_no_gap_but_what_is_unknown() {
    for name in TWINS {
        let facts = twin(name);
        for nth in 1..=count(&facts, PaperKind::Addendum) {
            let document = paper(&facts, &format!("adendum-{nth}"));
            let expected: &[&str] = match name {
                // Not signed yet.
                "pertanian" => {
                    &["nomor adendum PIHAK KESATU", "nomor adendum PIHAK KEDUA", "tanggal adendum"]
                }
                _ => &[],
            };
            assert_eq!(document.gaps(), expected, "{name} {nth}");
            reads_well(&document);
        }
    }
    assert!(TWINS.iter().filter(|name| !twin(name).addenda.is_empty()).count() >= 2);
}

#[test]
fn an_extension_quotes_the_article_on_the_term_and_nothing_else() {
    let facts = with("bpbd", vec![extension("2029-06-10")]);
    assert_eq!(places(&facts, 0), ["Pasal 4"]);
    let document = paper(&facts, "adendum-1");
    says(
        &document,
        &[
            "ADENDUM PERTAMA PERJANJIAN KERJA SAMA ANTARA",
            "NOMOR PIHAK KESATU: 471/20/2026 NOMOR PIHAK KEDUA: 360/9/2026",
            "TENTANG PERUBAHAN ATAS PERJANJIAN KERJA SAMA TENTANG PEMANFAATAN",
            "Pada hari ini Senin tanggal dua bulan Februari tahun dua ribu dua puluh enam, bertempat di Kirana,",
            "bahwa keadaan menghendaki demikian;",
            "menurut Pasal 9 ayat (2) Perjanjian Kerja Sama",
            "Pasal I Ketentuan Pasal 4 dalam Perjanjian Kerja Sama diubah sehingga berbunyi sebagai berikut: \
             Pasal 4 Jangka Waktu Perjanjian Kerja Sama ini berlaku sejak ditandatangani oleh PARA PIHAK sampai \
             dengan tanggal 10 Juni 2029 dan dapat diperpanjang atas kesepakatan PARA PIHAK. Pasal II",
            "(1) Adendum ini mulai berlaku pada tanggal ditandatangani oleh PARA PIHAK.",
            "Demikian Adendum ini dibuat dan ditandatangani PARA PIHAK dalam rangkap 2 (dua), masing-masing \
             bermeterai cukup",
        ],
    );
}

#[test]
fn with_a_renewal_clause_in_the_same_article_only_the_changed_ayat_is_quoted() {
    let mut facts = with("bpbd", vec![extension("2029-06-10")]);
    facts.renewal.stated_in = crate::domain::fact_sheet::RenewalSource::Pks;
    assert_eq!(places(&facts, 0), ["Pasal 4 ayat (1)"]);
    let document = paper(&facts, "adendum-1");
    says(
        &document,
        &[
            "Ketentuan Pasal 4 ayat (1) dalam Perjanjian Kerja Sama diubah sehingga berbunyi sebagai berikut: (1) \
           Perjanjian Kerja Sama ini berlaku",
        ],
    );
    silent(&document, &["surat permohonan kepada Direktur Jenderal"]);
}

#[test]
fn more_elements_change_duty_and_right_and_the_number_that_is_counted() {
    let mut elements = twin("pertanian").access.elements;
    elements.insert(0, DataElement::FamilyCardNumber);
    let facts = with("pertanian", vec![Addendum { elements, ..signed() }]);
    assert_eq!(places(&facts, 0), ["Pasal 2 ayat (1)", "Pasal 3 ayat (2)"]);
    let document = paper(&facts, "adendum-1");
    says(
        &document,
        &[
            "Beberapa ketentuan dalam Perjanjian Kerja Sama diubah sebagai berikut: 1. Ketentuan Pasal 2 ayat (1) \
             diubah sehingga berbunyi sebagai berikut: (1) PIHAK KESATU berkewajiban:",
            "9 (sembilan) elemen data kependudukan, yaitu Nomor KK, NIK,",
            "2. Ketentuan Pasal 3 ayat (2) diubah sehingga berbunyi sebagai berikut: (2) PIHAK KEDUA berhak:",
        ],
    );
    silent(&document, &["8 (delapan)"]);
}

#[test]
fn a_duty_and_a_right_that_differed_are_one_list_again() {
    let document = paper(&twin("dinas_sosial"), "adendum-1");
    let words = crate::documents::story::words(&document);
    let list = "9 (sembilan) elemen data kependudukan, yaitu Nomor KK, NIK, nama lengkap, jenis kelamin,";
    assert_eq!(words.matches(list).count(), 2, "{words}");
}

#[test]
fn references_inside_a_quotation_are_those_of_the_agreement() {
    let document = paper(&twin("bpbd"), "adendum-1");
    says(
        &document,
        &[
            "mengawasi pelaksanaan kewajiban PIHAK KEDUA sebagaimana dimaksud dalam Pasal 2 ayat (2)",
            "maksud dan tujuan sebagaimana dimaksud dalam Pasal 1;",
        ],
    );
}

#[test]
fn a_second_addendum_changes_what_the_first_one_left() {
    let mut elements = twin("bpbd").access.elements;
    elements.push(DataElement::Religion);
    let first = Addendum { elements: elements.clone(), ..signed() };
    elements.push(DataElement::BloodGroup);
    let second = Addendum { elements, on: Some(day("2026-09-01")), ..signed() };
    let facts = with("bpbd", vec![first, second, extension("2028-06-10")]);
    assert_eq!(places(&facts, 1), ["Pasal 2 ayat (1)", "Pasal 3 ayat (2)"]);
    // The third does not repeat what the others said.
    assert_eq!(places(&facts, 2), ["Pasal 4"]);
    let document = paper(&facts, "adendum-2");
    says(
        &document,
        &[
            "ADENDUM KEDUA PERJANJIAN KERJA SAMA",
            "TENTANG PERUBAHAN KEDUA ATAS PERJANJIAN KERJA SAMA",
            "telah diubah dengan Adendum Pertama Nomor 471/20/2026 dan Nomor 360/9/2026 tanggal 2 Februari 2026",
            "sebagaimana telah diubah dengan Adendum Pertama diubah sebagai berikut",
            "alamat sekarang, agama, dan golongan darah",
        ],
    );
    says(
        &paper(&facts, "adendum-3"),
        &["sebagaimana telah diubah dengan Adendum Pertama dan Adendum Kedua diubah sehingga berbunyi"],
    );
}

#[test]
fn the_same_change_twice_changes_nothing_the_second_time() {
    let facts = with("bpbd", vec![extension("2029-06-10"), extension("2029-06-10")]);
    assert!(printed(&facts, "adendum-1", Stage::Final).is_ok());
    assert!(printed(&facts, "adendum-2", Stage::Final).is_err());
}

#[test]
fn an_addendum_that_changes_nothing_is_refused_in_words() {
    let same = Addendum { elements: twin("bpbd").access.elements, ..signed() };
    for nothing in [signed(), same, Addendum { articles: vec![ArticleChange::default()], ..signed() }] {
        let words = refusal(&with("bpbd", vec![nothing]));
        assert!(words.starts_with("adendum ini tidak mengubah apa pun"), "{words}");
    }
}

#[test]
fn words_of_ones_own_stand_in_the_order_of_the_articles() {
    let own = in_words("Pasal 8 ayat (1)", "(1) PIHAK KEDUA melapor setiap triwulan.");
    let facts = with("bpbd", vec![Addendum { end_on: Some(day("2029-06-10")), ..own }]);
    assert_eq!(places(&facts, 0), ["Pasal 4", "Pasal 8 ayat (1)"]);
    says(
        &paper(&facts, "adendum-1"),
        &["2. Ketentuan Pasal 8 ayat (1) diubah sehingga berbunyi sebagai berikut: (1) PIHAK KEDUA melapor \
           setiap triwulan. Pasal II"],
    );
}

#[test]
fn words_of_ones_own_win_over_the_wording() {
    let own = in_words("Pasal 4", "Perjanjian ini berlaku sampai panen usai.");
    let facts = with("bpbd", vec![Addendum { end_on: Some(day("2029-06-10")), ..own }]);
    assert_eq!(places(&facts, 0), ["Pasal 4"]);
    let document = paper(&facts, "adendum-1");
    says(&document, &["Pasal 4 Jangka Waktu Perjanjian ini berlaku sampai panen usai."]);
    silent(&document, &["10 Juni 2029"]);
}

#[test]
fn a_provision_that_does_not_exist_is_refused() {
    for article in ["Pasal 11", "Pasal 0", "Pasal 8 ayat (9)", "Pasal 4 ayat (1)"] {
        let words = refusal(&with("bpbd", vec![in_words(article, "Bunyi baru.")]));
        assert!(words.contains("tidak ada dalam perjanjian"), "{article}: {words}");
    }
}

#[test]
fn the_wording_never_undoes_what_an_earlier_addendum_said_in_its_own_words() {
    let facts =
        with("bpbd", vec![in_words("Pasal 4", "Perjanjian ini berlaku lama."), extension("2029-06-10")]);
    let refused = printed(&facts, "adendum-2", Stage::Final).unwrap_err().to_string();
    assert!(refused.contains("kata sendiri dalam adendum sebelumnya"), "{refused}");
    // Said again in words, it is fine.
    let again = Addendum { end_on: Some(day("2029-06-10")), ..in_words("Pasal 4", "Berlaku lebih lama.") };
    let facts = with("bpbd", vec![facts.addenda[0].clone(), again]);
    assert!(printed(&facts, "adendum-2", Stage::Final).is_ok());
}

#[test]
fn a_later_first_day_is_said_in_the_second_pasal() {
    let later = Addendum { effective_on: Some(day("2027-06-11")), ..extension("2029-06-10") };
    says(
        &paper(&with("bpbd", vec![later]), "adendum-1"),
        &["(1) Adendum ini mulai berlaku pada tanggal 11 Juni 2027."],
    );
}

#[test]
fn signatures_and_boxes_for_initials_are_those_of_the_agreement() {
    let facts = twin("kecamatan");
    let document = paper(&facts, "adendum-1");
    let agreement = paper(&facts, "pks");
    assert_eq!(document.furniture.paraf, agreement.furniture.paraf);
    assert_eq!(document.blocks.last(), agreement.blocks.last());
}

#[test]
fn a_party_that_signed_the_agreement_late_is_not_late_here() {
    assert!(twin("dinas_sosial").signing.user_on.is_some());
    silent(&paper(&twin("dinas_sosial"), "adendum-1"), &["16 April 2025"]);
}

#[test]
fn numbers_may_be_registered_after_signing() {
    let unnumbered = Addendum { provider_number: None, user_number: None, ..extension("2029-06-10") };
    let facts = with("bpbd", vec![unnumbered]);
    let ready = printed(&facts, "adendum-1", Stage::ReadyToSign { blank_date: false }).unwrap();
    assert_eq!(ready.gaps, Vec::<String>::new());
    assert_eq!(ready.documents[0].blanks(), ["addenda.0.provider_number", "addenda.0.user_number"]);
}

#[test]
fn places_in_the_list_have_names() {
    let names: Vec<String> = [0, 1, 2, 10, 20].map(whole_name).to_vec();
    let expected = ["Pertama", "Kedua", "Ketiga", "Kesebelas", "Kedua Puluh Satu"];
    assert_eq!(names, expected.map(|name| format!("Adendum {name}")));
}

#[test]
fn markup_in_a_value_prints_as_such() {
    let mut facts = with("bpbd", vec![in_words("Pasal 4", "**Bebas** {{ pks }} [1](2) # _x_ ^label")]);
    facts.addenda[0].reason = Some("*alasan* {% if %}".into());
    says(
        &paper(&facts, "adendum-1"),
        &["**Bebas** {{ pks }} [1](2) # _x_ ^label", "bahwa *alasan* {% if %}"],
    );
}

fn text_of(paras: &[Para]) -> String {
    paras
        .iter()
        .map(|para| {
            let runs: String = para.runs.iter().map(|run| run.text.as_str()).collect();
            format!("{} {runs}\n", para.label.as_deref().unwrap_or_default())
        })
        .collect()
}

fn any_change() -> impl Strategy<Value = Addendum> {
    let elements = proptest::sample::subsequence(DataElement::ALL, 0..=DataElement::ALL.len());
    let methods = proptest::sample::subsequence(AccessMethod::ALL, 0..=AccessMethod::ALL.len());
    let items = proptest::collection::vec("[a-z]{3,9}( [a-z]{3,9}){0,2}", 0..4);
    let end_on = proptest::option::of(0_u64..4_000);
    (elements, methods, items, end_on).prop_map(|(elements, methods, feedback_items, days)| Addendum {
        elements,
        methods,
        feedback_items,
        end_on: days.map(|days| day("2027-01-01") + chrono::Days::new(days)),
        ..signed()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// What is quoted is the article of the consolidated PKS word for word, and what is not quoted
    /// did not change.
    #[test]
    fn quotations_are_the_consolidated_agreement(
        twin_name in proptest::sample::select(TWINS.to_vec()),
        first in any_change(),
        second in any_change(),
    ) {
        let facts = with(twin_name, vec![first, second]);
        let print = Print::standard();
        for nth in 0..2 {
            let before = articles_of(&pks(&facts.before_addendum(nth), &print).unwrap().document);
            let after = articles_of(&pks(&facts.before_addendum(nth + 1), &print).unwrap().document);
            let quoted = match quoted::quoted(&facts, nth, &facts.addenda[nth], &print) {
                Ok(quoted) => quoted,
                Err(PaperError::Senseless(_)) => {
                    prop_assert_eq!(before, after);
                    continue;
                }
                Err(other) => return Err(TestCaseError::fail(other.to_string())),
            };
            let mut rebuilt: Vec<String> = before.iter().map(|article| text_of(&article.paras)).collect();
            for one in &quoted {
                let place = one.place.clone().unwrap();
                let number: usize = place.split(' ').nth(1).unwrap().parse().unwrap();
                let new = text_of(&one.paras);
                prop_assert!(text_of(&after[number - 1].paras).contains(&new), "{}", place);
                rebuilt[number - 1] = if place.contains("ayat") {
                    let ayat = place.split(['(', ')']).nth(1).unwrap();
                    let start = rebuilt[number - 1].find(&format!("({ayat}) ")).unwrap();
                    let next: usize = ayat.parse::<usize>().unwrap() + 1;
                    let end = rebuilt[number - 1]
                        .find(&format!("\n({next}) "))
                        .map_or(rebuilt[number - 1].len(), |end| end + 1);
                    format!("{}{new}{}", &rebuilt[number - 1][..start], &rebuilt[number - 1][end..])
                } else {
                    new
                };
            }
            let consolidated: Vec<String> = after.iter().map(|article| text_of(&article.paras)).collect();
            prop_assert_eq!(rebuilt, consolidated);
        }
    }
}
